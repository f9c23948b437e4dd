"""A study as rows of plain values, for scripts: codings, cases, sources, cells, states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args

from coding.coded_study import CodedStudy
from reports.aggregate import EVERYTHING, Filters, compare
from reports.codings_listing import codings_listing
from reports.labels import unique_names
from reports.matrix import ComparisonMatrix, FrameworkMatrix
from reports.tables import code_table, table_listing
from reports.words import words_for

What = Literal["codings", "cases", "sources", "cells", "states"]
WHAT: tuple[What, ...] = get_args(What)
Record = dict[str, Any]


def records_of(
    coded: CodedStudy, what: What, coders: Sequence[str] = (), filters: Filters = EVERYTHING
) -> list[Record]:
    """The rows of one kind, a dict each, all with the same keys in the same order.

    `coders` fill the matrix; of `codings` they are those whose are given, all where none is named. None stands for what
    cannot be said, and for an attribute that a case does not have.
    """
    words = words_for(coded.study.settings.report_language)
    if what == "codings":
        return [dict(row) for row in codings_listing(coded, words, coders, filters).records()]
    if what in ("cases", "sources"):
        table = code_table(coded, coders, filters, "case" if what == "cases" else "source")
        return [dict(row) for row in table_listing(table, "presence", words, plain=True).records()]
    matrix, framework, _ = compare(coded, coders, filters)
    return list(_cells(matrix) if what == "cells" else _states(framework, coded.study.attributes))


def _cells(matrix: ComparisonMatrix) -> Iterator[Record]:
    for row in matrix.rows:
        for cell in row.cells:
            yield {
                "theme": row.theme.id,
                "theme_label": row.theme.label,
                "column": cell.column.id,
                "column_label": cell.column.label,
                "n_group": cell.n_group,
                "n_applicable": cell.n_applicable,
                "n_asked": cell.n_asked,
                "n_unknown": cell.n_unknown,
                "n_mentioning": cell.n_mentioning,
                "n_codings": cell.n_codings,
            }


def _states(framework: FrameworkMatrix, attributes: Sequence[str]) -> Iterator[Record]:
    names = unique_names()
    fixed = ("case", "case_label", "theme", "state", "asked", "codings", "sources", "sources_mentioning")
    keys = [names(name) for name in (*fixed, *attributes)]
    for cells in framework.cells:
        for cell in cells:
            values = (cell.case.id, cell.case.label, cell.theme.id, cell.state, cell.asked, len(cell.codings),
                      len(cell.sources), len(cell.sources_mentioning))  # fmt: skip
            of_case = (cell.case.attributes.get(name) for name in attributes)
            yield dict(zip(keys, (*values, *of_case), strict=True))
