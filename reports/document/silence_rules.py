"""What nobody mentioned, taken for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm
from reports.document.claims import Claim
from reports.document.lexicon import compiled
from reports.document.likeness import is_one_sentence, overlap
from reports.document.statements import Report, Statement

_NEXT = 2


def silence_alarms(report: Report, claims: tuple[Claim, ...]) -> Iterator[Alarm]:
    """Silence turned into a finding, in the next sentence or in the summary."""
    yield from _concluded(report)
    yield from _summed_up(report, claims)


def _concluded(report: Report) -> Iterator[Alarm]:
    """`None mentioned … Thus there is no …`: the conclusion stands in one of the next sentences."""
    told = report.statements
    for at, silent in enumerate(told):
        if "silence" not in silent.flags or silent.role == "left out":
            continue
        for said in told[at + 1 : at + 1 + _NEXT + 1]:
            is_next = 0 <= silent.sentence.paragraph == said.sentence.paragraph or _is_next_paragraph(silent, said)
            if not is_next or is_one_sentence(silent, said) or "inference" not in said.flags or "silence" in said.flags:
                continue
            earlier = told[at - 1].features if at and not silent.features else {}
            shared = overlap({**earlier, **silent.features}, said.features)
            is_next_step = compiled(report.language.next_step).search(said.text)
            if not _is_about_all(said) and (shared.weight < 0.5 or is_next_step):
                continue
            if shared.weight >= 0.5 or said.sentence.paragraph == silent.sentence.paragraph:
                yield alarm(
                    report, "unmentioned-as-absent", "what was not mentioned is concluded not to be there",
                    [silent, said], 0.74 + 0.1 * min(shared.of_lighter, 1.0),
                )  # fmt: skip
                break


def _is_next_paragraph(silent: Statement, said: Statement) -> bool:
    same = silent.sentence.section == said.sentence.section
    return same and said.sentence.paragraph == silent.sentence.paragraph + 1 >= 1


def _is_about_all(said: Statement) -> bool:
    return said.scope in ("all", "generic") or bool(said.denied)


def _summed_up(report: Report, claims: tuple[Claim, ...]) -> Iterator[Alarm]:
    """A claim whose only support is that something was not mentioned."""
    for claim in claims:
        statement = claim.statement
        if statement.role != "summary" or "silence" in statement.flags:
            continue
        for support in claim.of_group():
            told = support.statement
            if "silence" not in told.flags or not _say_the_same(statement, told):
                continue
            if claim.row is None and support.shared.weight < 1.5:
                continue
            if any(s.cover >= support.cover and _is_heard(statement, s.statement) for s in claim.of_group()):
                continue
            yield alarm(
                report, "unmentioned-as-absent", "stated in the summary, and only not mentioned in the chapter",
                [statement, told], 0.62 + 0.2 * min(support.cover, 1.0),
            )  # fmt: skip
            break


def _is_heard(claim: Statement, told: Statement) -> bool:
    """Whether a statement says the same as the claim, and not only that nothing was mentioned."""
    return "silence" not in told.flags and _say_the_same(claim, told)


def _say_the_same(claim: Statement, silent: Statement) -> bool:
    """Whether the claim states what the silence would mean: both deny it, or both have the same sign."""
    signs = {(s.axis, s.plus) for s in silent.signs}
    if claim.signs:
        return any((s.axis, s.plus) in signs for s in claim.signs)
    return bool(claim.denied) and overlap(claim.denied, silent.denied).of_lighter >= 0.5
