"""Every string that a reader of a report will see, in the study's language, with the names of the places they link to.

`report` is computed once; the writers (`html`, `xlsx`, `markdown`, `csv_file`) decide only how it looks. Words of a
source are always slices of its text: around them stand the quotation marks of the language, and in a table their line
breaks become spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding, ReadMark, SourceMemo
from corpus.ids import make_id
from reports.cell_view import CellView, ChartKey, ExcerptView, cell_view, excerpt_view
from reports.chart_view import ChartView, chart_view
from reports.citation import whole_place
from reports.codebook_view import CodeView, codebook_view
from reports.excerpts import shown_span
from reports.finding_view import (
    NO_DIFFERENCE,
    DifferenceView,
    FindingView,
    difference_view,
    finding_views,
)
from reports.labels import Labels, coding_key, labels_of, origin_words
from reports.matrix import CaseTheme, Cell, ComparisonMatrix, Excerpt, FrameworkMatrix, Row, State
from reports.matrix_findings import NO_FINDINGS, NO_LEDGERS, MatrixFindings
from reports.notes import Section, notes
from reports.pictures.picture import Picture
from reports.pictures.values import pictures
from reports.source_view import SourceView, source_view
from reports.tabulate import Tabulation
from reports.tabulation_view import TabulationView, tabulation_view
from reports.words import Words, counted, digits

T = TypeVar("T", Coding, ReadMark, SourceMemo)


class ColumnView(msgspec.Struct, frozen=True):
    """A group: `key` is its id made fit for a link, `cases` are (id, label)."""

    id: str
    key: str
    label: str
    n: str
    cases: tuple[tuple[str, str], ...]


class RowView(msgspec.Struct, frozen=True):
    """A theme with its cells, in the order of the columns. `code_anchor` is its place in the codebook.

    `findings` are, for each cell, the sentences about its group; `whole` those about the cases of all columns, whose
    evidence is at `anchor`; `difference` is what the last column of a matrix with findings says.
    """

    id: str
    label: str
    definition: str
    code_anchor: str
    cells: tuple[CellView, ...]
    findings: tuple[tuple[FindingView, ...], ...] = ()
    whole: tuple[FindingView, ...] = ()
    anchor: str = ""
    difference: DifferenceView = NO_DIFFERENCE

    @property
    def said(self) -> Iterator[tuple[CellView, tuple[FindingView, ...]]]:
        """Each cell with the findings about its group."""
        return zip(self.cells, self.findings or ((),) * len(self.cells), strict=True)


class FrameworkCell(msgspec.Struct, frozen=True):
    """A case under a theme; `count` is empty where there are no codings, `anchor` is its evidence.

    `chart` is the written summary, where there is one; then the excerpt is not shown.
    """

    state: State
    state_label: str
    count: str
    anchor: str
    excerpt: ExcerptView | None
    chart: ChartView | None = None


class FrameworkRow(msgspec.Struct, frozen=True):
    """A case with its cells, in the order of the themes."""

    id: str
    label: str
    group: str
    group_number: int
    cells: tuple[FrameworkCell, ...]


class CodingRow(msgspec.Struct, frozen=True):
    """One coding in the list of excerpts; `cell` is the place of its cell, (theme, column) from 0."""

    number: int
    theme: str
    code: str
    group: str
    case: str
    roles: str
    source: str
    place: str
    text: str
    memo: str
    coder: str
    origin: str
    kind: str
    start: int
    end: int
    id: str
    cell: tuple[int, int]


class ReportView(msgspec.Struct, frozen=True):
    """A whole report. `banners` are what must be known before anything is read; `notes` are the Read me.

    `themes` are (label, place in the codebook) of the framework matrix's columns; `other_coders` are named where the
    sources show codings that do not count.
    """

    words: Words
    title: str
    description: str
    facts: str
    how_to_read: str
    banners: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    themes: tuple[tuple[str, str], ...]
    framework: tuple[FrameworkRow, ...]
    pictures: tuple[Picture, ...]
    sources: tuple[SourceView, ...]
    codebook: tuple[CodeView, ...]
    excerpts: tuple[CodingRow, ...]
    notes: tuple[Section, ...]
    tabulations: tuple[TabulationView, ...]
    roles: tuple[str, ...]
    coders: tuple[str, ...]
    other_coders: str
    has_findings: bool = False
    has_charts: bool = False


def report(
    coded: CodedStudy,
    matrix: ComparisonMatrix,
    framework: FrameworkMatrix,
    n_errors: int = 0,
    tabulations: Sequence[Tabulation] = (),
    found: MatrixFindings = NO_FINDINGS,
) -> ReportView:
    """The report of a matrix. Codings of coders who do not fill it are shown in the sources only.

    `n_errors` is how many errors of the study were left out of account; `tabulations` are its tables of counts,
    `found` its findings and charts.
    """
    study, codebook = coded.study, coded.codebook
    labels = labels_of(study, codebook, matrix)
    columns = _columns(matrix, labels.words)
    code_anchors = {id: labels.name(f"code-{id}") for id in codebook.by_id}
    charts = {key: chart_view(fresh, labels.words) for key, fresh in found.charts.items()}
    rows = tuple(_row(row, columns, code_anchors, labels, found, charts) for row in matrix.rows)
    others = tuple(dict.fromkeys(c.coder for c in coded.codings if c.coder not in labels.coders))
    return ReportView(
        words=labels.words,
        title=study.settings.title,
        description=study.settings.description,
        facts=_facts(matrix, labels),
        how_to_read=_how_to_read(matrix, found, labels.words),
        banners=_banners(matrix, found, labels),
        columns=columns,
        rows=rows,
        themes=tuple((theme.label, code_anchors.get(theme.id, "")) for theme in framework.themes),
        framework=_framework(matrix, framework, rows, charts, labels),
        pictures=pictures(study, matrix, framework, [row.cells for row in rows], labels),
        sources=_sources(coded, labels),
        codebook=codebook_view(codebook, coded.guide, matrix, code_anchors, labels),
        excerpts=tuple(_coding_rows(matrix, labels)),
        notes=notes(matrix, others, labels, n_errors, coded.anchored, found.is_shown),
        tabulations=tuple(tabulation_view(table, labels.words, study.settings.coders) for table in tabulations),
        roles=tuple(dict.fromkeys(role for source in study.sources for role in source.meta.roles)),
        coders=tuple(map(labels.coder, matrix.coders)),
        other_coders=labels.names(others),
        has_findings=found.is_shown,
        has_charts=bool(found.charts),
    )


def _how_to_read(matrix: ComparisonMatrix, found: MatrixFindings, words: Words) -> str:
    if matrix.undecided is not None:
        return words.how_to_read_passages
    return words.finding.how_to_read if found.is_shown else words.how_to_read


def _columns(matrix: ComparisonMatrix, words: Words) -> tuple[ColumnView, ...]:
    keys: list[str] = []
    for column in matrix.columns:
        keys.append(make_id(column.id, set(keys)))
    return tuple(
        ColumnView(
            id=column.id,
            key=key,
            label=column.label,
            n=_size(matrix, index, words),
            cases=tuple((case.id, case.label) for case in column.cases),
        )
        for index, (column, key) in enumerate(zip(matrix.columns, keys, strict=True))
    )


def _size(matrix: ComparisonMatrix, index: int, words: Words) -> str:
    """How much a column holds: its cases, or where it is a code its passages."""
    column = matrix.columns[index]
    if not column.code:
        return words.n_is.format(n=digits(len(column.cases), words))
    spans = {(c.source, c.start, c.end) for row in matrix.rows for c in row.cells[index].codings}
    return counted(len(spans), words.passages_one, words.passages_many, words)


def _row(
    row: Row, columns: Sequence[ColumnView], anchors: Mapping[str, str], labels: Labels, found: MatrixFindings,
    charts: Mapping[ChartKey, ChartView],
) -> RowView:  # fmt: skip
    cells = tuple(cell_view(cell, column.key, labels, charts) for cell, column in zip(row.cells, columns, strict=True))
    shown = RowView(row.theme.id, row.theme.label, row.theme.definition, anchors.get(row.theme.id, ""), cells)
    here = found.of_theme(row.theme.id)
    if here is NO_LEDGERS:
        return shown
    inside = {case.case.id: case for cell in row.cells for case in cell.cases}
    places = {case.id: case.anchor for cell in cells for case in cell.cases}
    findings = tuple(finding_views(here.of_group(c.id), inside, places, charts, labels) for c in columns)
    whole = finding_views(here.of_group(""), inside, places, charts, labels)
    return msgspec.structs.replace(
        shown,
        findings=findings,
        whole=whole,
        anchor=labels.name(f"all-{row.theme.id}") if whole else "",
        difference=difference_view(
            here,
            sum(map(bool, findings)),
            labels.words,
            labels.noun,
            {column.id: column.label for column in columns},
            lambda id: labels.study.case_by_id[id].label,
        ),
    )


def _facts(matrix: ComparisonMatrix, labels: Labels) -> str:
    """What the study consists of, in one line."""
    words = labels.words
    n_cases = len({case.id for column in matrix.columns if not column.code for case in column.cases})
    n_codings = sum(cell.n_codings for row in matrix.rows for cell in row.cells)
    spans = {(c.source, c.start, c.end) for row in matrix.rows for cell in row.cells for c in cell.codings}
    parts = (
        counted(len(matrix.rows), words.themes_one, words.themes_many, words),
        counted(n_cases, words.cases_one, words.cases_many, words) if n_cases else "",
        counted(len(matrix.sources), words.sources_one, words.sources_many, words),
        counted(len(spans), words.passages_one, words.passages_many, words)
        if matrix.undecided is not None
        else counted(n_codings, words.codings_one, words.codings_many, words),
        words.coded_by.format(coders=labels.names(matrix.coders)) if matrix.coders else "",
    )
    return " · ".join(part for part in parts if part)


def _banners(matrix: ComparisonMatrix, found: MatrixFindings, labels: Labels) -> tuple[str, ...]:
    words, said = labels.words, []
    if labels.study.settings.constructed:
        said.append(words.constructed)
    if matrix.filters:
        said.append(words.filtered_matrix.format(filters=", ".join(matrix.filters)))
    if found.left_out:
        said.append(words.finding.left_out_by_role)
    if not matrix.rows or not matrix.columns:
        said.append(words.empty_matrix)
    return tuple(said)


def _coding_rows(matrix: ComparisonMatrix, labels: Labels) -> Iterator[CodingRow]:
    """Every coding of the matrix, cell by cell, in the order of `labels.row_of`."""
    number = 0
    for i, row in enumerate(matrix.rows):
        for j, cell in enumerate(row.cells):
            for case in cell.cases:
                for coding in case.codings:
                    number += 1
                    yield _coding_row(number, coding, case, cell, (i, j), labels)


def _coding_row(
    number: int, coding: Coding, case: CaseTheme, cell: Cell, at: tuple[int, int], labels: Labels
) -> CodingRow:
    words, source = labels.words, labels.study.source_by_id[coding.source]
    code = labels.codebook.current(coding.code)
    return CodingRow(
        number=number,
        theme=cell.theme.label,
        code=labels.code_labels.get(code, code),
        group=cell.column.label,
        case=case.case.label,
        roles=", ".join(source.meta.roles),
        source=source.id,
        place=whole_place(labels.study, source, coding.start, coding.end, words),
        text=source.text[coding.start : coding.end],
        memo=coding.memo,
        coder=labels.coder(coding.coder),
        origin=origin_words(coding.origin, words),
        kind=words.kinds[source.meta.kind],
        start=coding.start,
        end=coding.end,
        id=coding.id,
        cell=at,
    )


def _framework(
    matrix: ComparisonMatrix, framework: FrameworkMatrix, rows: Sequence[RowView], charts: Mapping[ChartKey, ChartView],
    labels: Labels,
) -> tuple[FrameworkRow, ...]:  # fmt: skip
    groups = [(i, column) for i, column in enumerate(matrix.columns) if not column.code]
    group = {case.id: (i, column.label) for i, column in groups for case in column.cases}
    anchors = {(row.id, case.id): case.anchor for row in rows for cell in row.cells for case in cell.cases}
    return tuple(
        FrameworkRow(
            id=case.id,
            label=case.label,
            group=group.get(case.id, (0, ""))[1],
            group_number=group.get(case.id, (0, ""))[0],
            cells=tuple(
                _framework_cell(
                    cell, anchors.get((cell.theme.id, case.id), ""), charts.get((case.id, cell.theme.id)), labels
                )
                for cell in cells
            ),
        )
        for case, cells in zip(framework.cases, framework.cells, strict=True)
    )


def _framework_cell(cell: CaseTheme, anchor: str, chart: ChartView | None, labels: Labels) -> FrameworkCell:
    words, n = labels.words, len(cell.codings)
    excerpt = None
    first = next((coding for coding in cell.codings if coding_key(coding) in labels.evidence), None)
    if first is not None:
        source = labels.study.source_by_id[first.source]
        excerpt = excerpt_view(Excerpt(source, *shown_span(source.text, first.start, first.end), (first,)), labels)
    count = counted(n, words.codings_one, words.codings_many, words) if n else ""
    return FrameworkCell(cell.state, words.states[cell.state], count, anchor, excerpt, chart)


def _sources(coded: CodedStudy, labels: Labels) -> tuple[SourceView, ...]:
    codings, reads, memos = _by_source(coded.codings), _by_source(coded.reads), _by_source(coded.memos)
    return tuple(
        source_view(s, codings.get(s.id, ()), reads.get(s.id, ()), memos.get(s.id, ()), labels)
        for s in coded.study.sources
    )


def _by_source(entries: Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for entry in entries:
        found.setdefault(entry.source, []).append(entry)
    return found
