"""What a summary says and no chapter says, or says of another group only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm
from reports.document.claims import Claim
from reports.document.likeness import overlap
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of


def support_alarms(report: Report, claims: tuple[Claim, ...]) -> Iterator[Alarm]:
    """Cells and sentences of a summary without support."""
    yield from (found for claim in claims if (found := _of_other_group(report, claim)) is not None)
    yield from _nowhere(report)


def _of_other_group(report: Report, claim: Claim) -> Alarm | None:
    """A cell about one group of which the chapter says it only of another."""
    statement, row = claim.statement, claim.row
    if row is None:
        return None
    if any(statement.column in s.groups and s.is_group_said and s.flags & {"also in", "same"} for s in row.told):
        return None
    signs = {(s.axis, s.plus) for s in statement.signs}
    if any(signs & {(t.axis, t.plus) for t in s.signs} for s in row.told if statement.column in s.groups):
        return None
    own = _own_words(claim)
    here = [overlap(own, s.topic).weight for s in row.told if statement.column in s.groups]
    there = [
        s for s in row.told if statement.column not in s.groups and "past" not in s.flags and _can_say(statement, s)
    ]
    best = max(there, key=lambda s: overlap(own, s.topic).weight, default=None)
    if best is None:
        return None
    shared = overlap(own, best.topic)
    cover = shared.weight / (sum(own.values()) or 1.0)
    is_one_word = shared.count < 2 and not signs & {(s.axis, s.plus) for s in best.signs}
    if is_one_word or shared.weight < 0.8 or cover < 0.2 or max(here, default=0.0) >= 0.6 * shared.weight:
        return None
    reason = "the section says this of the other group only"
    return alarm(report, "no-support", reason, [statement, best], 0.5 + 0.3 * cover)


def _own_words(claim: Claim) -> dict[str, float]:
    """What a cell has and the cells beside it have not; all of it where they are alike."""
    row, statement = claim.row, claim.statement
    cells = [c for cells in (row.cells if row else ()) for c in cells if c.column != statement.column]
    beside = {name for cell in cells for name in cell.topic}
    return {name: weight for name, weight in statement.topic.items() if name not in beside} or statement.topic


def _can_say(cell: Statement, told: Statement) -> bool:
    """Whether a statement could be what a cell sums up: nothing in it says the opposite."""
    signs = {(s.axis, s.plus) for s in told.signs}
    return not any((s.axis, not s.plus) in signs for s in cell.signs) and bool(cell.denied) == bool(told.denied)


def _nowhere(report: Report) -> Iterator[Alarm]:
    """Sentences of a summary about cases whose telling words no chapter has."""
    if not any(s.role == "chapter" for s in report.statements):
        return
    told = {name for s in report.statements if s.role in ("chapter", "method") for name in s.topic}
    told |= {name for section in report.structure.sections for name in report.words.of(words_of(section.title))}
    for statement in report.statements:
        is_claim = statement.role == "summary" and statement.scope != "unsaid"
        if not is_claim or statement.flags & {"announces", "design", "no cause", "advice"}:
            continue
        unseen, share = _unseen(statement.topic, told)
        first, share_first = _unseen(_first_said(report, statement), told)
        if min(len(unseen), len(first)) >= 2 and min(share, share_first) >= 0.38:
            yield alarm(report, "no-support", "no chapter says anything like it", [statement], 0.3 + 0.3 * share)


def _unseen(topic: dict[str, float], told: set[str]) -> tuple[list[str], float]:
    """The telling features that no chapter has, and the share they make of the topic."""
    unseen = {name: weight for name, weight in topic.items() if name not in told and weight >= 0.8}
    return list(unseen), sum(unseen.values()) / (sum(topic.values()) or 1.0)


def _first_said(report: Report, statement: Statement) -> dict[str, float]:
    """The topic of a sentence without what it says further (`, and this …`): a comment on a finding is none."""
    first = re.split(report.language.goes_on, statement.text)[0]
    said = report.words.of(words_of(first))
    return {name: weight for name, weight in statement.topic.items() if name in said} or statement.topic
