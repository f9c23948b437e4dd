"""matrix.json: the comparison matrix for programs. Its types are its specification; docs/schemas/ is made from them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from corpus.study import Study
from reports.citation import citation
from reports.matrix import Cell, Column, ComparisonMatrix, Excerpt, State
from reports.words import Words, words_for

Count = Annotated[int, msgspec.Meta(ge=0)]


class ExcerptJson(msgspec.Struct, frozen=True):
    """Words of a source: the slice `[start, end)` of its text in Unicode code points, and the codings it rests on."""

    source: str
    start: Count
    end: Count
    text: str
    citation: str
    codings: tuple[str, ...]


class CellJson(msgspec.Struct, frozen=True):
    """A theme and a group: the state of every case, and the counts with their denominators.

    n_group cases in the column; n_applicable of them the theme applies to; of these n_asked were asked and of n_unknown
    it is not known whether they were; n_mentioning have at least one coding.
    """

    column: str
    states: dict[str, State]
    n_group: Count
    n_asked: Count
    n_applicable: Count
    n_unknown: Count
    n_mentioning: Count
    n_codings: Count
    excerpts: tuple[ExcerptJson, ...]


class ColumnJson(msgspec.Struct, frozen=True):
    """A group: the value of the grouping attribute, its label, and the ids of its cases."""

    id: str
    label: str
    cases: tuple[str, ...]


class RowJson(msgspec.Struct, frozen=True):
    """A theme with its cells, in the order of the columns."""

    id: str
    label: str
    cells: tuple[CellJson, ...]


class MatrixJson(msgspec.Struct, frozen=True):
    """matrix.json. `coders` fill the matrix; `filters` say which part of the material it is about, as `name=value`."""

    format: Literal["crosscase-matrix/1"]
    title: str
    language: Literal["da", "en"]
    constructed: bool
    coders: tuple[str, ...]
    filters: tuple[str, ...]
    columns: tuple[ColumnJson, ...]
    rows: tuple[RowJson, ...]


def matrix_json(matrix: ComparisonMatrix, study: Study) -> bytes:
    """The whole file, indented by two."""
    return msgspec.json.format(msgspec.json.encode(matrix_value(matrix, study)), indent=2) + b"\n"


def matrix_value(matrix: ComparisonMatrix, study: Study) -> MatrixJson:
    """The matrix in plain values: ids, labels, numbers, states, and excerpts with their citations."""
    settings, words = study.settings, words_for(study.settings.report_language)
    return MatrixJson(
        format="crosscase-matrix/1",
        title=settings.title,
        language=settings.report_language,
        constructed=settings.constructed,
        coders=matrix.coders,
        filters=matrix.filters,
        columns=tuple(_column(column) for column in matrix.columns),
        rows=tuple(
            RowJson(row.theme.id, row.theme.label, tuple(_cell(cell, study, words) for cell in row.cells))
            for row in matrix.rows
        ),
    )


def _column(column: Column) -> ColumnJson:
    return ColumnJson(column.id, column.label, tuple(case.id for case in column.cases))


def _cell(cell: Cell, study: Study, words: Words) -> CellJson:
    return CellJson(
        column=cell.column.id,
        states={case.case.id: case.state for case in cell.cases},
        n_group=cell.n_group,
        n_asked=cell.n_asked,
        n_applicable=cell.n_applicable,
        n_unknown=cell.n_unknown,
        n_mentioning=cell.n_mentioning,
        n_codings=cell.n_codings,
        excerpts=tuple(_excerpt(excerpt, study, words) for excerpt in cell.excerpts),
    )


def _excerpt(excerpt: Excerpt, study: Study, words: Words) -> ExcerptJson:
    return ExcerptJson(
        source=excerpt.source.id,
        start=excerpt.start,
        end=excerpt.end,
        text=excerpt.text,
        citation=citation(study, excerpt.source, excerpt.start, excerpt.end, words),
        codings=tuple(coding.id for coding in excerpt.codings),
    )
