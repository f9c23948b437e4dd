"""The same counted twice, and shares of cases that were not all asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reports.alarms import Alarm
from reports.document.alarm import alarm
from reports.document.groups import value_of
from reports.document.lexicon import compiled
from reports.document.likeness import Index, is_one_sentence, is_same, overlap
from reports.document.rows import rows_of
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of


def count_alarms(report: Report) -> Iterator[Alarm]:
    """Counts that differ, and shares over cases of which some were not asked."""
    yield from _different_counts(report)
    yield from _shares_over_unasked(report)


def _different_counts(report: Report) -> Iterator[Alarm]:
    counted = [s for s in (*report.cells, *report.statements) if _is_count(s)]
    index = Index(counted)
    for at, one in enumerate(counted):
        for there in index.near(one.features):
            other = counted[there]
            if there <= at or is_one_sentence(one, other) or one.n != other.n or one.k == other.k:
                continue
            if not one.groups & other.groups or _is_told_apart(one, other):
                continue
            shared = overlap(_counted(report, one), _counted(report, other))
            of_heavier = 0.3 if shared.of_lighter >= 0.9 else 0.45
            if not is_same(shared) and (shared.count < 2 or shared.weight < 1.0):
                continue
            is_beside = _is_told_beside(one, other, shared.weight, counted)
            if is_beside or _is_told_beside(other, one, shared.weight, counted):
                continue
            if shared.of_lighter >= 0.6 and shared.of_heavier >= of_heavier:
                yield alarm(
                    report, "different-counts", f"of {one.n}, {one.k} in one place and {other.k} in the other",
                    [one, other], 0.6 + 0.3 * shared.of_lighter,
                )  # fmt: skip


def _counted(report: Report, statement: Statement) -> dict[str, float]:
    """The features of what is counted, without what is said of it further (`, and this is …`)."""
    parts = re.split(report.language.goes_on, statement.text)
    first = next((part for part in parts if statement.n in _numbers(report, part)), statement.text)
    said = report.words.of(words_of(first))
    return {name: weight for name, weight in statement.features.items() if name in said} or statement.features


def _is_told_beside(one: Statement, other: Statement, weight: float, counted: Sequence[Statement]) -> bool:
    """Whether the count of `one` stands in the paragraph of `other` too: then `other` counts something else."""
    return any(
        s.sentence.paragraph == other.sentence.paragraph >= 0
        and (s.k, s.n) == (one.k, one.n)
        and overlap(one.features, s.features).weight >= weight
        for s in counted
        if s is not one
    )


def _is_count(statement: Statement) -> bool:
    return (
        statement.scope in ("part", "all")
        and 0 < statement.k <= statement.n
        and statement.n > 1
        and bool(statement.features)
    )


def _is_told_apart(one: Statement, other: Statement) -> bool:
    """Whether one says it and the other denies it, or the opposite of it: then other cases are counted."""
    if bool(one.denied) != bool(other.denied):
        return True
    signs = {(s.axis, s.plus) for s in one.signs}
    return (
        any((s.axis, not s.plus) in signs for s in other.signs)
        or one.sentence.paragraph == other.sentence.paragraph >= 0
    )


def _shares_over_unasked(report: Report) -> Iterator[Alarm]:
    """Fractions about what a sentence says was not asked of everybody."""
    unasked = [(s, _words(report, s)) for s in report.statements if "unasked" in s.flags]
    if not unasked:
        return
    sections = {id(cell): row.sections for row in rows_of(report) for cells in row.cells for cell in cells}
    for share in (*report.cells, *report.statements):
        if share.scope not in ("part", "all") or not share.k > 0 or share.n < 2 or "unasked" in share.flags:
            continue
        words = _words(report, share)
        for said, asked in unasked:
            weight = _about_unasked(report, share, words, said, asked, sections.get(id(share), frozenset()))
            if weight:
                yield alarm(
                    report, "share-over-unasked", f"a share of {share.n}, and not everybody was asked",
                    [share, said], 0.78 + 0.12 * min(weight, 1.5) / 1.5,
                )  # fmt: skip
                break


def _about_unasked(
    report: Report, share: Statement, words: dict[str, float], said: Statement, unasked: dict[str, float],
    sections: frozenset[int],
) -> float:  # fmt: skip
    """How much a share is about what was not asked of everybody; 0 where it is about something else, or counts only
    those who were asked."""
    shared = overlap(words, unasked)
    if share.n != said.n and share.n in (said.k, *_numbers(report, said.text)):
        return 0.0
    is_of_row = said.sentence.section in sections
    if (is_of_row and shared.weight >= 0.3) or (shared.weight >= 1.2 and shared.of_lighter >= 0.4):
        return shared.weight
    if not compiled(report.language.fraction).search(share.text):
        return 0.0
    question = compiled(report.language.question_about).search(said.sentence.text)
    asked = report.words.of(words_of(question["topic"])) if question else {}
    title = report.structure.sections[share.sentence.section].title
    here = {**report.words.of(words_of(title)), **words}
    topic = overlap(asked, here)
    return topic.weight if topic.weight >= 0.5 and topic.weight >= 0.8 * sum(asked.values()) else 0.0


def _numbers(report: Report, text: str) -> set[int]:
    """The numbers that a text gives, in words or digits."""
    return {value_of(word, report.language) for word in re.findall(r"\w+", text)} - {0}


def _words(report: Report, statement: Statement) -> dict[str, float]:
    """All features of the words, also of those that are signs (`turnover`)."""
    return report.words.of(words_of(statement.text))
