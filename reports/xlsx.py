"""matrix.xlsx: the matrix, the framework matrix, every coding, the codebook and a Read me, linked to one another.

In the matrix a theme takes a few rows: one with its counts, then one for each excerpt. So nothing is merged and every
row has the height that its words need. Links stand in short cells of their own: LibreOffice shows a linked cell on one
line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from reports.cell_view import CellView, ExcerptView
from reports.codebook_view import CodeView
from reports.finding_view import FindingView
from reports.findings_xlsx import finding_numbers, finding_rows, findings_sheet
from reports.matrix import State
from reports.sheet_parts import BOLD, HEAD, HEADER, LINKED, PLAIN, QUIET, head_rows, sheet_link
from reports.tabulation_xlsx import tabulations_sheet
from reports.view import CodingRow, FrameworkCell, ReportView, RowView
from reports.workbook import ACCENT, INK, SOFT, Look, Sheet, Value, workbook_bytes

_SMALL = Look(size=9)
_AGAINST = Look(colour="A8481F")
_AGAIN = Look(colour="A8A499")
"""The theme's name in the rows of its excerpts: there for the filter, and out of the reader's way."""
_FILLS: dict[State, str] = {"mentioned": "E6F1F3", "not_coded": "", "unknown": ""}
_SILENT = "F5F1EA"


def xlsx_bytes(view: ReportView) -> bytes:
    """The workbook's file. Sheets and columns are named in the study's language."""
    counts = (tabulations_sheet(view.tabulations, view.banners, view.words),) if view.tabulations else ()
    found = (findings_sheet(view),) if view.has_findings else ()
    sheets = (_matrix(view), *found, _framework(view), *counts, _excerpts(view), _codebook(view), _read_me(view))
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


def _theme_rows(view: ReportView) -> tuple[int, ...]:
    """The row of the matrix sheet on which each theme begins, and at the end the row after the last."""
    return tuple(accumulate((_n_rows(row) for row in view.rows), initial=HEADER + 1))


def _n_rows(row: RowView) -> int:
    """Rows that a theme takes: as many as its fullest cell, or as what differs between the cells."""
    whole = sum(map(finding_rows, row.whole))
    cells = (sum(map(finding_rows, found)) or 1 + len(cell.excerpts) for cell, found in row.said)
    return max(whole + max(cells, default=1), len(row.difference.texts))


def _matrix(view: ReportView) -> Sheet:
    width = float(min(max(112 // max(len(view.columns), 1), 34), 62))
    last = (48.0,) if view.has_findings else ()
    number = 12.0 if view.has_findings else 10.0
    widths = (24.0, *(w for _ in view.columns for w in (width, number)), *last)
    return Sheet(view.words.matrix, widths, _matrix_rows(view), _theme_rows(view)[-1] - 1, HEADER)


def _matrix_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    groups = (Value(text, HEAD) for c in view.columns for text in (f"{c.label} ({c.n})", words.number))
    last = (Value(words.finding.difference, HEAD),) if view.has_findings else ()
    yield from head_rows(view, words.comparison_matrix, (Value(words.theme, HEAD), *groups, *last))
    numbers = finding_numbers(view)
    for row in view.rows:
        yield from _theme(row, numbers, view)


def _theme(row: RowView, numbers: Mapping[str, int], view: ReportView) -> Iterator[tuple[Value, ...]]:
    """The rows of a theme, a line above the first: what is said of all groups, then each cell from the top down."""
    whole = list(_found(row.whole, numbers, view))
    cells = [list(_cell(cell, found, numbers, view)) for cell, found in row.said]
    texts = row.difference.texts
    for n in range(_n_rows(row)):
        if n < len(whole):
            shown = [whole[n], *[_NOTHING] * (len(cells) - 1)]
        else:
            shown = [cell[n - len(whole)] if n - len(whole) < len(cell) else _NOTHING for cell in cells]
        said = [Value(texts[n] if n < len(texts) else "", _SMALL)] if view.has_findings else []
        line = (Value(row.label, _AGAIN if n else BOLD), *(value for pair in shown for value in pair), *said)
        yield line if n else tuple(msgspec.structs.replace(v, look=_ruled(v.look)) for v in line)


def _ruled(look: Look) -> Look:
    return msgspec.structs.replace(look, rule="thin")


def _cell(
    cell: CellView, found: Sequence[FindingView], numbers: Mapping[str, int], view: ReportView
) -> Iterator[tuple[Value, Value]]:
    """A cell from the top down: its findings, or its count, and excerpts."""
    if found:
        yield from _found(found, numbers, view)
        return
    yield _count(cell, view)
    yield from (_excerpt(excerpt, view) for excerpt in cell.excerpts)


def _found(
    findings: Sequence[FindingView], numbers: Mapping[str, int], view: ReportView
) -> Iterator[tuple[Value, Value]]:
    """Each finding with the line that counts its cases, then its excerpts, then those who say otherwise."""
    words = view.words
    for finding in findings:
        number = numbers[finding.id]
        link = sheet_link(words.finding.findings, 0, HEADER + number)
        below = "\n".join(filter(None, (finding.fault, finding.tally)))
        look = Look(colour=ACCENT, fill=_FILLS["mentioned"], indent=1)
        yield (
            Value(finding.text, Look(fill=_FILLS["mentioned"]), soft=below),
            Value(f"{words.finding.finding} {number}", look, link),
        )
        yield from (_excerpt(excerpt, view) for excerpt in finding.excerpts)
        for said_otherwise, excerpt in finding.said_otherwise:
            yield _excerpt(excerpt, view, said_otherwise)


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


_NOTHING = Value("", Look()), Value("", Look())


def _excerpt(excerpt: ExcerptView | None, view: ReportView, before: str = "") -> tuple[Value, Value]:
    """An excerpt with its citation, and its number in the list; `before` says whose it is where they deviate."""
    if excerpt is None:
        return Value(before, _AGAINST), Value("", Look())
    quote = f"{before}: {excerpt.quote}" if before else excerpt.quote
    cited = f"{excerpt.citation} · {excerpt.note}" if excerpt.note else excerpt.citation
    number = Value(str(excerpt.row or ""), Look(colour=ACCENT, indent=1), _excerpt_link(excerpt.row, view))
    return Value(quote, _AGAINST if before else Look(), soft=cited), number


def _excerpt_link(number: int, view: ReportView) -> str:
    return sheet_link(view.words.excerpts, 0, HEADER + number) if number else ""


def _framework(view: ReportView) -> Sheet:
    widths = (16.0, 22.0, *(28.0 for _ in view.themes))
    pages = max(1, math.ceil(len(view.themes) / 5))
    n_rows = HEADER + 2 * len(view.framework)
    return Sheet(view.words.framework, widths, _framework_rows(view), n_rows, HEADER, 2, pages=pages)


def _framework_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    """Two rows a case: what is known under each theme, and below it the first words of the case."""
    words = view.words
    names = (words.case, words.group, *(label for label, _ in view.themes))
    yield from head_rows(view, words.framework, [Value(name, HEAD) for name in names])
    for row in view.framework:
        states = (_framework_state(cell, view) for cell in row.cells)
        yield (Value(row.label, BOLD), Value(row.group, QUIET), *states)
        said = (_framework_words(cell) for cell in row.cells)
        yield (Value(row.label, _AGAIN), Value(row.group, _AGAIN), *said)


def _framework_words(cell: FrameworkCell) -> Value:
    """The written summary, with a word on it where it does not follow; else the case's first excerpt."""
    if cell.chart:
        return Value(cell.chart.summary, _SMALL, soft=cell.chart.mark)
    return Value(cell.excerpt.quote if cell.excerpt else "", _SMALL)


def _framework_state(cell: FrameworkCell, view: ReportView) -> Value:
    fill = _FILLS.get(cell.state, _SILENT)
    if cell.excerpt is None:
        return Value(cell.state_label, Look(colour=SOFT, fill=fill, rule="thin"))
    link = _excerpt_link(cell.excerpt.row, view)
    return Value(f"{cell.state_label} · {cell.count}", Look(colour=ACCENT, fill=fill, rule="thin"), link)


def _excerpts(view: ReportView) -> Sheet:
    widths = (7.0, 20.0, 20.0, 20.0, 13.0, 15.0, 76.0, 13.0, 10.0, 30.0, 13.0, 22.0, 17.0, 14.0, 17.0)
    n_rows = HEADER + len(view.excerpts)
    return Sheet(view.words.excerpts, widths, _excerpt_rows(view), n_rows, HEADER, printed_columns=11)


def _excerpt_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    names = (
        words.number, words.theme, words.code, words.group, words.case, words.roles, words.excerpt, words.place,
        words.kind, words.memo, words.coder, words.source, words.origin, words.position, words.coding_id,
    )  # fmt: skip
    yield from head_rows(view, words.excerpts, [Value(name, HEAD) for name in names])
    firsts = [
        first + sum(map(finding_rows, row.whole)) for row, first in zip(view.rows, _theme_rows(view), strict=False)
    ]
    for row in view.excerpts:
        theme, column = row.cell
        yield _excerpt_row(row, sheet_link(words.matrix, 2 * column + 1, firsts[theme]))


def _excerpt_row(row: CodingRow, back: str) -> tuple[Value, ...]:
    return (
        Value(row.number, LINKED, back),
        Value(row.theme, PLAIN),
        Value(row.code, PLAIN),
        Value(row.group, QUIET),
        Value(row.case, PLAIN),
        Value(row.roles, PLAIN),
        Value(row.text, PLAIN),
        Value(row.place, QUIET),
        Value(row.kind, QUIET),
        Value(row.memo, PLAIN),
        Value(row.coder, QUIET),
        Value(row.source, QUIET),
        Value(row.origin, QUIET),
        Value(f"{row.start}–{row.end}", QUIET),
        Value(row.id, QUIET),
    )


def _codebook(view: ReportView) -> Sheet:
    widths = (24.0, 28.0, 28.0, 14.0, 40.0, 40.0, 34.0, 40.0, 48.0, 34.0, 20.0)
    return Sheet(view.words.codebook, widths, _codebook_rows(view), HEADER + len(view.codebook), HEADER, 2, pages=2)


def _codebook_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    details = (
        words.definition, words.include, words.exclude, words.examples, words.questions, words.patterns,
        words.replaced_by,
    )  # fmt: skip
    names = (words.theme, words.code, words.code_id, words.codings, *details)
    yield from head_rows(view, words.codebook, [Value(name, HEAD) for name in names])
    rows = dict(zip((row.code_anchor for row in view.rows), _theme_rows(view), strict=False))
    for code in view.codebook:
        back = sheet_link(words.matrix, 0, rows[code.anchor]) if code.anchor in rows else ""
        said = {name: "\n".join(lines) for name, lines in code.details}
        yield (*_code(code, back), *(Value(said.get(name, ""), PLAIN) for name in details))


def _code(code: CodeView, back: str) -> tuple[Value, ...]:
    return (
        Value(code.theme, BOLD if code.level == 0 else _AGAIN),
        Value("    " * (code.level - 1) + code.label if code.level else "", PLAIN),
        Value(code.id, QUIET),
        Value(code.count, LINKED if back else QUIET, back),
    )


def _read_me(view: ReportView) -> Sheet:
    rows = tuple(_read_me_rows(view))
    return Sheet(view.words.read_me, (34.0, 100.0), rows, len(rows), HEADER, filtered=False)


def _read_me_rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    yield from head_rows(view, view.words.read_me, (Value("", HEAD), Value("", HEAD)))
    if view.description:
        yield Value("", Look()), Value(view.description, Look())
    for section in view.notes:
        first, *more = section.paragraphs or ("",)
        yield Value(section.heading, BOLD), Value(first, PLAIN)
        for text in more:
            yield Value("", Look()), Value(text, Look())
        for term, text in section.terms:
            yield Value(term, Look()), Value(text, Look())
