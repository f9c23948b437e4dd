"""What the sheets of matrix.xlsx have in common: the rows above every table, the looks of its cells, links."""

from __future__ import annotations

from collections.abc import Sequence

from reports.view import ReportView
from reports.workbook import ACCENT, SOFT, Look, Value

HEADER = 3
"""Rows above every table: the title, what the study is, the names of the columns."""
HEAD = Look(bold=True, rule="head")
PLAIN = Look(rule="thin")
BOLD = Look(bold=True, rule="thin")
QUIET = Look(colour=SOFT, rule="thin")
LINKED = Look(colour=ACCENT, rule="thin")
_TITLE = Look(bold=True, size=14, wrap=False)
_ABOUT = Look(size=9, colour=SOFT, wrap=False)


def head_rows(view: ReportView, name: str, columns: Sequence[Value]) -> tuple[tuple[Value, ...], ...]:
    """The rows above a table. What must be known before anything is read stands on every sheet."""
    about = " · ".join((view.facts, *view.banners))
    return (Value(f"{view.title} · {name}", _TITLE),), (Value(about, _ABOUT),), tuple(columns)


def sheet_link(sheet: str, column: int, row: int) -> str:
    """A link to a cell; `column` counts from 0, `row` from 1."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    return f"{quote_sheetname(sheet)}!{get_column_letter(column + 1)}{row}"
