"""The rows of a summary table and the chapters they sum up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from reports.document.likeness import overlap
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of

_LIKE = 0.5


class RowOf(msgspec.Struct, frozen=True):
    """A row of a table: its label, its cells by column, and what is stated where the report treats the same."""

    label: str
    line: int
    cells: tuple[tuple[Statement, ...], ...]
    sections: frozenset[int]
    told: tuple[Statement, ...]


def rows_of(report: Report) -> Iterator[RowOf]:
    """The rows of every table that has a column for each group, with the statements of the sections they sum up."""
    by_row: dict[tuple[int, str], list[Statement]] = {}
    for cell in report.cells:
        by_row.setdefault((cell.sentence.line, cell.label), []).append(cell)
    width = max(len(report.groups.groups), 2)
    titles = _titles(report)
    by_section: dict[int, list[Statement]] = defaultdict(list)
    for statement in report.statements:
        if "announces" not in statement.flags and statement.role != "summary":
            by_section[statement.sentence.section].append(statement)
    for (line, label), cells in by_row.items():
        columns = tuple(tuple(c for c in cells if c.column == at) for at in range(width))
        if sum(map(bool, columns)) < 1:
            continue
        sections = _sections(report, label, titles)
        told = tuple(statement for section in sorted(sections) for statement in by_section[section])
        yield RowOf(label, line, columns, sections, told)


def _titles(report: Report) -> dict[int, dict[str, float]]:
    """The features of the headings of what may be summed up, each with the weight 1."""
    return {
        at: dict.fromkeys(_names(report, section.title), 1.0)
        for at, section in enumerate(report.structure.sections)
        if section.role in ("chapter", "method") and section.title
    }


def _sections(report: Report, label: str, titles: dict[int, dict[str, float]]) -> frozenset[int]:
    """The sections whose headings are most like the label of a row, with those below them."""
    wanted = dict.fromkeys(_names(report, label), 1.0)
    likeness: dict[int, float] = {}
    for at, names in titles.items():
        found = overlap(wanted, names)
        likeness[at] = found.of_heavier + 0.5 * found.of_lighter if found.count else 0.0
    best = max(likeness.values(), default=0.0)
    if best < _LIKE:
        return frozenset()
    chosen = {at for at, like in likeness.items() if like >= best - 0.05}
    chosen |= {
        parent
        for at in chosen
        if not report.structure.sections[at].number
        and (parent := report.structure.sections[at].parent) >= 0
        and set(wanted) <= _names(report, report.structure.sections[parent].title)
    }
    below = {at for at in range(len(report.structure.sections)) if chosen & set(report.structure.path(at))}
    return frozenset(chosen | below)


def _names(report: Report, title: str) -> set[str]:
    """The features of a title; the word for a case itself says nothing."""
    return {name for name in report.words.of(words_of(title)) if name not in report.groups.units}


def told_of(row: RowOf, column: int, statements: Sequence[Statement] = ()) -> tuple[Statement, ...]:
    """What the sections of a row state of the group of one column."""
    return tuple(s for s in (statements or row.told) if column in s.groups)
