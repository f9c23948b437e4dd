"""matrix.xlsx: the matrix, the framework matrix, every coding, the codebook and a Read me, linked to one another.

In the matrix a theme takes a few rows: one with its counts, then one for each excerpt. So nothing is merged and every
row has the height that its words need. Links stand in short cells of their own: LibreOffice shows a linked cell on one
line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from reports.cell_view import CellView, ExcerptView
from reports.codebook_view import CodeView
from reports.matrix import State
from reports.tabulation_xlsx import tabulations_sheet
from reports.view import CodingRow, FrameworkCell, ReportView, RowView
from reports.workbook import ACCENT, INK, SOFT, Look, Sheet, Value, workbook_bytes

_HEADER = 3
"""Rows above every table: the title, what the study is, the names of the columns."""
_TITLE = Look(bold=True, size=14, wrap=False)
_ABOUT = Look(size=9, colour=SOFT, wrap=False)
_HEAD = Look(bold=True, rule="head")
_PLAIN = Look(rule="thin")
_BOLD = Look(bold=True, rule="thin")
_QUIET = Look(colour=SOFT, rule="thin")
_LINKED = Look(colour=ACCENT, rule="thin")
_SMALL = Look(size=9)
_AGAIN = Look(colour="A8A499")
"""The theme's name in the rows of its excerpts: there for the filter, and out of the reader's way."""
_FILLS: dict[State, str] = {"mentioned": "E6F1F3", "not_coded": "", "unknown": ""}
_SILENT = "F5F1EA"


def xlsx_bytes(view: ReportView) -> bytes:
    """The workbook's file. Sheets and columns are named in the study's language."""
    counts = (tabulations_sheet(view.tabulations, view.banners, view.words),) if view.tabulations else ()
    sheets = (_matrix(view), _framework(view), *counts, _excerpts(view), _codebook(view), _read_me(view))
    return workbook_bytes(sheets, view.title, view.words.language, view.words.cut_cell)


def excerpts_xlsx(view: ReportView) -> bytes:
    """A workbook with the list of excerpts and the Read me."""
    return _part(view, _excerpts(view))


def codebook_xlsx(view: ReportView) -> bytes:
    """A workbook with the codebook and the Read me."""
    return _part(view, _codebook(view))


def _part(view: ReportView, sheet: Sheet) -> bytes:
    """One sheet without its links to others, and the Read me."""
    rows = (tuple(msgspec.structs.replace(value, link="") for value in row) for row in sheet.rows)
    alone = msgspec.structs.replace(sheet, rows=rows)
    return workbook_bytes((alone, _read_me(view)), view.title, view.words.language, view.words.cut_cell)


def _head(view: ReportView, name: str, columns: Sequence[Value]) -> tuple[tuple[Value, ...], ...]:
    """The rows above a table. What must be known before anything is read stands on every sheet."""
    about = " · ".join((view.facts, *view.banners))
    return (Value(f"{view.title} · {name}", _TITLE),), (Value(about, _ABOUT),), tuple(columns)


def _to(sheet: str, column: int, row: int) -> str:
    """A link to a cell; `column` counts from 0, `row` from 1."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    return f"{quote_sheetname(sheet)}!{get_column_letter(column + 1)}{row}"


def _theme_rows(view: ReportView) -> tuple[int, ...]:
    """The row of the matrix sheet on which each theme begins, and at the end the row after the last."""
    return tuple(accumulate((_n_rows(row) for row in view.rows), initial=_HEADER + 1))


def _n_rows(row: RowView) -> int:
    return 1 + max((len(cell.excerpts) for cell in row.cells), default=0)


def _matrix(view: ReportView) -> Sheet:
    width = float(min(max(112 // max(len(view.columns), 1), 34), 62))
    widths = (24.0, *(w for _ in view.columns for w in (width, 10.0)))
    return Sheet(view.words.matrix, widths, _matrix_rows(view), _theme_rows(view)[-1] - 1, _HEADER)


def _matrix_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    groups = (Value(text, _HEAD) for c in view.columns for text in (f"{c.label} ({c.n})", words.number))
    yield from _head(view, words.comparison_matrix, (Value(words.theme, _HEAD), *groups))
    for row in view.rows:
        yield (Value(row.label, _BOLD), *(value for cell in row.cells for value in _count(cell, view)))
        for n in range(_n_rows(row) - 1):
            shown = (cell.excerpts[n] if n < len(cell.excerpts) else None for cell in row.cells)
            yield (Value(row.label, _AGAIN), *(value for excerpt in shown for value in _excerpt(excerpt, view)))


def _count(cell: CellView, view: ReportView) -> tuple[Value, Value]:
    """The count in words, and the numbers that the cell's codings have in the list of excerpts."""
    mentioned, fill = cell.state == "mentioned", _FILLS.get(cell.state, _SILENT)
    said = Look(bold=mentioned, colour=INK if mentioned else SOFT, fill=fill, rule="thin")
    rest = "\n".join(line for line in (cell.rest, cell.asked) if line)
    first, last = cell.listed
    numbers = f"{first}–{last}" if last > first else str(first or "")
    link = _excerpt_link(first, view)
    return Value(cell.count, said, soft=rest), Value(
        numbers, Look(colour=ACCENT, fill=fill, rule="thin", indent=1), link
    )


def _excerpt(excerpt: ExcerptView | None, view: ReportView) -> tuple[Value, Value]:
    """An excerpt with its citation, and its number in the list."""
    if excerpt is None:
        return Value("", Look()), Value("", Look())
    cited = f"{excerpt.citation} · {excerpt.note}" if excerpt.note else excerpt.citation
    number = Value(str(excerpt.row), Look(colour=ACCENT, indent=1), _excerpt_link(excerpt.row, view))
    return Value(excerpt.quote, Look(), soft=cited), number


def _excerpt_link(number: int, view: ReportView) -> str:
    return _to(view.words.excerpts, 0, _HEADER + number) if number else ""


def _framework(view: ReportView) -> Sheet:
    widths = (16.0, 22.0, *(28.0 for _ in view.themes))
    pages = max(1, math.ceil(len(view.themes) / 5))
    n_rows = _HEADER + 2 * len(view.framework)
    return Sheet(view.words.framework, widths, _framework_rows(view), n_rows, _HEADER, 2, pages=pages)


def _framework_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    """Two rows a case: what is known under each theme, and below it the first words of the case."""
    words = view.words
    names = (words.case, words.group, *(label for label, _ in view.themes))
    yield from _head(view, words.framework, [Value(name, _HEAD) for name in names])
    for row in view.framework:
        states = (_framework_state(cell, view) for cell in row.cells)
        yield (Value(row.label, _BOLD), Value(row.group, _QUIET), *states)
        quotes = (Value(cell.excerpt.quote if cell.excerpt else "", _SMALL) for cell in row.cells)
        yield (Value(row.label, _AGAIN), Value(row.group, _AGAIN), *quotes)


def _framework_state(cell: FrameworkCell, view: ReportView) -> Value:
    fill = _FILLS.get(cell.state, _SILENT)
    if cell.excerpt is None:
        return Value(cell.state_label, Look(colour=SOFT, fill=fill, rule="thin"))
    link = _excerpt_link(cell.excerpt.row, view)
    return Value(f"{cell.state_label} · {cell.count}", Look(colour=ACCENT, fill=fill, rule="thin"), link)


def _excerpts(view: ReportView) -> Sheet:
    widths = (7.0, 20.0, 20.0, 20.0, 13.0, 15.0, 76.0, 13.0, 10.0, 30.0, 13.0, 22.0, 17.0, 14.0, 17.0)
    n_rows = _HEADER + len(view.excerpts)
    return Sheet(view.words.excerpts, widths, _excerpt_rows(view), n_rows, _HEADER, printed_columns=11)


def _excerpt_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    names = (
        words.number, words.theme, words.code, words.group, words.case, words.roles, words.excerpt, words.place,
        words.kind, words.memo, words.coder, words.source, words.origin, words.position, words.coding_id,
    )  # fmt: skip
    yield from _head(view, words.excerpts, [Value(name, _HEAD) for name in names])
    themes = _theme_rows(view)
    for row in view.excerpts:
        theme, column = row.cell
        yield _excerpt_row(row, _to(words.matrix, 2 * column + 1, themes[theme]))


def _excerpt_row(row: CodingRow, back: str) -> tuple[Value, ...]:
    return (
        Value(row.number, _LINKED, back),
        Value(row.theme, _PLAIN),
        Value(row.code, _PLAIN),
        Value(row.group, _QUIET),
        Value(row.case, _PLAIN),
        Value(row.roles, _PLAIN),
        Value(row.text, _PLAIN),
        Value(row.place, _QUIET),
        Value(row.kind, _QUIET),
        Value(row.memo, _PLAIN),
        Value(row.coder, _QUIET),
        Value(row.source, _QUIET),
        Value(row.origin, _QUIET),
        Value(f"{row.start}–{row.end}", _QUIET),
        Value(row.id, _QUIET),
    )


def _codebook(view: ReportView) -> Sheet:
    widths = (24.0, 28.0, 28.0, 14.0, 40.0, 40.0, 34.0, 40.0, 48.0, 34.0, 20.0)
    return Sheet(view.words.codebook, widths, _codebook_rows(view), _HEADER + len(view.codebook), _HEADER, 2, pages=2)


def _codebook_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    details = (
        words.definition, words.include, words.exclude, words.examples, words.questions, words.patterns,
        words.replaced_by,
    )  # fmt: skip
    names = (words.theme, words.code, words.code_id, words.codings, *details)
    yield from _head(view, words.codebook, [Value(name, _HEAD) for name in names])
    rows = dict(zip((row.code_anchor for row in view.rows), _theme_rows(view), strict=False))
    for code in view.codebook:
        back = _to(words.matrix, 0, rows[code.anchor]) if code.anchor in rows else ""
        said = {name: "\n".join(lines) for name, lines in code.details}
        yield (*_code(code, back), *(Value(said.get(name, ""), _PLAIN) for name in details))


def _code(code: CodeView, back: str) -> tuple[Value, ...]:
    return (
        Value(code.theme, _BOLD if code.level == 0 else _AGAIN),
        Value("    " * (code.level - 1) + code.label if code.level else "", _PLAIN),
        Value(code.id, _QUIET),
        Value(code.count, _LINKED if back else _QUIET, back),
    )


def _read_me(view: ReportView) -> Sheet:
    rows = tuple(_read_me_rows(view))
    return Sheet(view.words.read_me, (34.0, 100.0), rows, len(rows), _HEADER, filtered=False)


def _read_me_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    yield from _head(view, view.words.read_me, (Value("", _HEAD), Value("", _HEAD)))
    if view.description:
        yield Value("", Look()), Value(view.description, Look())
    for section in view.notes:
        first, *more = section.paragraphs or ("",)
        yield Value(section.heading, _BOLD), Value(first, _PLAIN)
        for text in more:
            yield Value("", Look()), Value(text, Look())
        for term, text in section.terms:
            yield Value(term, Look()), Value(text, Look())
