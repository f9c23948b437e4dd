"""Claims of a summary and what the chapters say of the same: which statements speak for a claim, and how strongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reports.document.likeness import Index, Overlap, is_one_sentence, overlap
from reports.document.rows import RowOf, rows_of
from reports.document.statements import Report, Statement


class Support(msgspec.Struct, frozen=True):
    """A statement of a chapter that is about the same as a claim. `cover` is the share of the claim that it holds."""

    statement: Statement
    shared: Overlap
    cover: float


class Claim(msgspec.Struct, frozen=True):
    """A statement that sums up: a cell (of `row`), a sentence of a summary, or one that opens a chapter."""

    statement: Statement
    supports: tuple[Support, ...]
    row: RowOf | None = None

    def of_group(self) -> tuple[Support, ...]:
        """The support that is about the groups of the claim."""
        return tuple(s for s in self.supports if s.statement.groups & self.statement.groups)


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every claim of a report with what is near to it in the chapters, the nearest first."""
    told = [s for s in report.statements if s.role == "chapter" and "announces" not in s.flags]
    index = Index(told)
    cells = [
        Claim(cell, _supports(cell, row.told), row)
        for row in rows_of(report)
        for cells in row.cells
        for cell in cells
        if row.sections
    ]
    others = [
        Claim(s, _supports(s, [told[at] for at in index.near(s.features)]))
        for s in (*_summary(report), *_openings(report))
    ]
    return (*cells, *others)


def _summary(report: Report) -> Iterator[Statement]:
    for statement in report.statements:
        if statement.role == "summary" and "announces" not in statement.flags and statement.features:
            yield statement


def _openings(report: Report) -> Iterator[Statement]:
    """Statements of a chapter about all cases or about groups as a whole: what follows may say it of fewer."""
    for statement in report.statements:
        is_whole = statement.scope in ("all", "generic") and statement.is_group_said
        if statement.role == "chapter" and is_whole and "announces" not in statement.flags:
            yield statement


def _supports(claim: Statement, told: Sequence[Statement]) -> tuple[Support, ...]:
    weight = sum(claim.topic.values()) or 1.0
    found = []
    for statement in told:
        if is_one_sentence(claim, statement):
            continue
        shared = overlap(claim.topic, statement.topic)
        if shared.count:
            found.append(Support(statement, shared, shared.weight / weight))
    return tuple(sorted(found, key=lambda s: (-s.cover, s.statement.sentence.line)))
