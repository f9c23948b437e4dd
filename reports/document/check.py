"""`crosscase verify --document`: all rules on one report, the surest alarms first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.problems import RULES
from reports.alarms import Alarm, Side, ranked
from reports.document.against_study import study_alarms
from reports.document.cause_rules import cause_alarms
from reports.document.claim_rules import claim_alarms
from reports.document.claims import claims_of
from reports.document.count_rules import count_alarms
from reports.document.lexicon import lexicon
from reports.document.lines import Line
from reports.document.number_rules import number_alarms
from reports.document.opposite_rules import opposite_alarms
from reports.document.silence_rules import silence_alarms
from reports.document.statements import Report, report_of
from reports.document.structure import structure_of
from reports.document.support_rules import support_alarms
from reports.document.table_rules import table_alarms
from reports.whole_study import WholeStudy


def check_document(
    lines: Sequence[Line], file: str, language: str, whole: WholeStudy | None = None
) -> tuple[Alarm, ...]:
    """Where a report contradicts itself and, where it is given, its study."""
    labels = tuple(whole.coded.study.settings.groups.labels.values()) if whole is not None else ()
    report = report_of(structure_of(lines), file, lexicon(language), labels)
    found = [*_alarms(report), *(study_alarms(report, whole) if whole is not None else ())]
    hinted = [msgspec.structs.replace(alarm, hint=alarm.hint or RULES[alarm.rule].fix) for alarm in found]
    return _once_a_pair(ranked(hinted))


def _once_a_pair(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Of alarms about the same two places only the surest: one repair mends them all."""
    found: dict[frozenset[Side], Alarm] = {}
    for alarm in alarms:
        found.setdefault(frozenset(alarm.sides), alarm)
    return tuple(found.values())


def _alarms(report: Report) -> Iterator[Alarm]:
    claims = claims_of(report)
    yield from table_alarms(report)
    yield from opposite_alarms(report)
    yield from claim_alarms(report, claims)
    yield from support_alarms(report, claims)
    yield from silence_alarms(report, claims)
    yield from cause_alarms(report)
    yield from count_alarms(report)
    yield from number_alarms(report)
