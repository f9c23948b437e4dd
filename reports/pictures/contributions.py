"""How much each source contributes: its length, its codings, and how many of its passages the matrix shows as excerpts.

A matrix that quotes few interviews, or an interview that was hardly coded, is seen here before a reader finds out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from corpus.cases import Case
from corpus.source import Source
from corpus.study import Study
from corpus.text import word_count
from reports.labels import Labels
from reports.matrix import ComparisonMatrix, FrameworkMatrix
from reports.pictures.picture import BarRow, Bars, Picture, paged
from reports.words import Words, counted, digits, joined

SOURCES_A_PAGE = 45


class Contribution(msgspec.Struct, frozen=True):
    """A source with its case, the label of its group, a name of its own, and its numbers."""

    source: Source
    case: Case | None
    group: str
    name: str
    words: int
    codings: int
    excerpts: int

    @property
    def a_thousand(self) -> int:
        """Codings for every thousand words, to the nearest whole number (a half goes up)."""
        return (2000 * self.codings + self.words) // (2 * self.words) if self.words else 0


def contributions(study: Study, matrix: ComparisonMatrix, framework: FrameworkMatrix, labels: Labels) -> Picture:
    """The picture of a study that has at least one source."""
    words, found = labels.words, contribution_list(study, matrix, framework, labels.words)
    measures = (words.length, words.codings, words.shown_excerpts)
    most = tuple(max(numbers) for numbers in zip(*((c.words, c.codings, c.excerpts) for c in found), strict=True))
    pages = tuple(
        Bars(measures, most, tuple(
            (group, tuple(_bar(entry, measures, labels) for entry in part))
            for group, part in groupby(page, lambda entry: entry.group)
        ))
        for page in paged(found, SOURCES_A_PAGE)
    )  # fmt: skip
    said = words.contributions_said.format(
        sources=counted(len(found), words.sources_one, words.sources_many, words),
        shortest=digits(min(c.words for c in found), words),
        longest=digits(most[0], words),
        fewest=digits(min(c.codings for c in found), words),
        most=digits(most[1], words),
    )
    return Picture("sources", words.contributions, words.contributions_hint, said, pages, (), _table(found, words))


def contribution_list(
    study: Study, matrix: ComparisonMatrix, framework: FrameworkMatrix, words: Words
) -> tuple[Contribution, ...]:
    """Every source, in the order of the groups and of cases.csv; those without a group at the end."""
    codings = Counter(coding.source for cells in framework.cells for cell in cells for coding in cell.codings)
    excerpts = Counter(e.source.id for row in matrix.rows for cell in row.cells for e in cell.excerpts)
    groups = [column for column in matrix.columns if not column.code]
    group_of = {case.id: column.label for column in groups for case in column.cases}
    order = {case: n for n, case in enumerate(group_of)}
    sources = sorted(study.sources, key=lambda s: (order.get(s.meta.case, len(order)), s.id))
    names = _names(sources, study, words)
    return tuple(
        Contribution(
            source=source,
            case=study.case_by_id.get(source.meta.case),
            group=group_of.get(source.meta.case, words.no_group if groups else ""),
            name=names[source.id],
            words=word_count(source.text),
            codings=codings[source.id],
            excerpts=excerpts[source.id],
        )
        for source in sources
    )


def _names(sources: Sequence[Source], study: Study, words: Words) -> dict[str, str]:
    """`Birkeby, leder`; where several sources are called so, the id is added."""
    names = {}
    for source in sources:
        case = study.case_by_id.get(source.meta.case)
        parts = (case.label if case else source.title, joined(source.meta.roles, words) if case else "")
        names[source.id] = ", ".join(part for part in parts if part)
    often = Counter(names.values())
    return {id: f"{name} ({id})" if often[name] > 1 else name for id, name in names.items()}


def _bar(entry: Contribution, measures: Sequence[str], labels: Labels) -> BarRow:
    source, numbers = entry.source, (entry.words, entry.codings, entry.excerpts)
    counts = (f"{name}: {digits(n, labels.words)}" for name, n in zip(measures, numbers, strict=True))
    said = " · ".join((source.title, *counts))
    return BarRow(entry.name, said, numbers, labels.source_anchors[source.id])


def _table(found: Sequence[Contribution], words: Words) -> tuple[tuple[str, ...], ...]:
    return tuple(_table_rows(found, words))


def _table_rows(found: Sequence[Contribution], words: Words) -> Iterator[tuple[str, ...]]:
    yield (
        words.source, words.case, words.group, words.roles, words.kind,
        words.length, words.codings, words.codings_a_thousand, words.shown_excerpts,
    )  # fmt: skip
    for entry in found:
        meta, case = entry.source.meta, entry.case.label if entry.case else ""
        numbers = (entry.words, entry.codings, entry.a_thousand, entry.excerpts)
        about = (entry.source.title, case, entry.group, joined(meta.roles, words), words.kinds[meta.kind])
        yield (*about, *(digits(n, words) for n in numbers))
