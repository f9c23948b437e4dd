"""Sentences of the text against each other: opposites, and exceptions to what is said of all."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm
from reports.document.opposites import Clash, clashes
from reports.document.statements import Report, Statement


def opposite_alarms(report: Report) -> Iterator[Alarm]:
    """One alarm for each sentence that others speak against, with those that do, nearest first."""
    against: dict[tuple[int, str, str], list[Clash]] = {}
    for clash in clashes(report):
        general = _general(clash)
        against.setdefault((general.sentence.line, general.text, clash.kind), []).append(clash)
    for (_, _, kind), found in against.items():
        for clash in sorted(found, key=lambda c: -c.strength):
            general = _general(clash)
            special = clash.other if general is clash.one else clash.one
            if kind == "exception":
                rule, reason = (
                    "exception-to-all",
                    "said of all or of the whole group, and elsewhere there is an exception",
                )
            else:
                rule, reason = "opposite-sentences", "the two say the opposite of each other"
            yield alarm(report, rule, reason, [general, special], 0.35 + 0.55 * clash.strength)


def _general(clash: Clash) -> Statement:
    """The statement about all, or the first of two that are alike."""
    wide = ("all", "generic", "unsaid", "soft", "most", "part", "some", "one")
    return min((clash.one, clash.other), key=lambda s: wide.index(s.scope) if clash.kind == "exception" else 0)
