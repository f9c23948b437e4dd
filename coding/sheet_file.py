"""Writes a coding sheet as an Excel workbook; what it says is decided in `coding.sheets`, here is how it
looks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from coding.sheet_cells import shown
from coding.sheet_words import SheetWords
from coding.sheets import DATA_TAB, FORMAT, Exported, Line, Page, SheetPlan
from corpus.files import sha256, write_whole

HEADER_ROW = 4
READ_ROW = 3
CHOICES = "crosscase_codes"
"""The name of the range with the codes that the drop-down lists offer (a list written out may hold 255
characters).
"""

_CHUNK = 30_000
_LINE, _HIGHEST = 13.5, 409.0
_CODE_WIDTH, _MEMO_WIDTH = 21.0, 36.0
_INK, _PALE, _GREY, _INPUT = "1F3A4D", "F4F7F9", "E3E6E8", "FFF6D6"
_FONT = Font(name="Calibri", size=10)
_BOLD = Font(name="Calibri", size=10, bold=True)
_SOFT = Font(name="Calibri", size=10, color="5F6B73")
_HEAD = Font(name="Calibri", size=10, bold=True, color="FFFFFF")
_TITLE = Font(name="Calibri", size=14, bold=True, color=_INK)
_LINK = Font(name="Calibri", size=10, underline="single", color="0B5CAD")
_WRAP = Alignment(wrap_text=True, vertical="top")
_PLAIN = Alignment(vertical="top")
_CENTRE = Alignment(wrap_text=True, vertical="center")
_THIN = Side(style="thin", color="C5CCD1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def write_sheet(path: Path, plan: SheetPlan) -> None:
    """Write the workbook, whole or not at all. Raises OSError if it cannot be written."""
    write_whole(path, sheet_bytes(plan))


def sheet_bytes(plan: SheetPlan) -> bytes:
    """The workbook: instructions, the list of codes, a tab for each source, and the hidden tab."""
    book = Workbook()
    instructions = book.active
    assert isinstance(instructions, Worksheet)
    instructions.title = plan.words.instructions_tab
    _write_instructions(instructions, plan)
    _write_codes(book.create_sheet(plan.words.codes_tab), plan)
    last = len(plan.codes) + 1
    codes = DefinedName(CHOICES, attr_text=f"'{plan.words.codes_tab}'!$G$2:$G${last}")
    if plan.codes:
        book.defined_names.add(codes)
    for page in plan.pages:
        _write_page(book.create_sheet(page.source.tab), page, plan)
    _write_data(book.create_sheet(DATA_TAB), plan.exported)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _put(
    sheet: Worksheet, row: int, column: int, value: str | int, font: Font = _FONT, align: Alignment = _WRAP
) -> None:
    """A cell that shows exactly `value`: text that begins with = + - @ stays text, also after it was
    edited.
    """
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", shown(value))
    cell.value = value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"
    cell.font, cell.alignment = font, align


def _write_header(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names, 1):
        _put(sheet, row, column, name, _HEAD, _CENTRE)
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=_INK)
    sheet.row_dimensions[row].height = 22


def _widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _height(cells: Iterable[tuple[str, float]], least: float = 18.0) -> float:
    """An estimate of the height that wrapped cells need, in points: pairs of text and column width in
    characters.
    """
    lines = max((sum(ceil(max(len(t), 1) / (w * 1.15)) for t in text.split("\n")) for text, w in cells), default=1)
    return min(max(lines * _LINE + 5, least), _HIGHEST)


def _print_setup(sheet: Worksheet, header: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
    sheet.print_title_rows = f"{header}:{header}"
    sheet.oddFooter.center.text = "&A · &P / &N"  # type: ignore[union-attr]


def _write_instructions(sheet: Worksheet, plan: SheetPlan) -> None:
    words, exported = plan.words, plan.exported
    _widths(sheet, (24, 78, 12, 10))
    _put(sheet, 1, 1, f"{words.title}: {exported.study}", _TITLE, _PLAIN)
    _put(sheet, 2, 1, f"{words.coded_by} {exported.coder}", _SOFT, _PLAIN)
    sheet.row_dimensions[1].height = 24
    row = 4
    for heading, text in words.instructions:
        _put(sheet, row, 1, heading, _BOLD)
        _put(sheet, row, 2, text)
        sheet.row_dimensions[row].height = _height([(text, 78)])
        row += 1
    row += 1
    _write_header(sheet, row, (words.source, words.source_title, words.paragraphs, words.read_short))
    for page in plan.pages:
        row += 1
        source = page.source
        _put(sheet, row, 1, source.id, _LINK)
        sheet.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{source.tab}'!A1")
        _put(sheet, row, 2, page.title)
        _put(sheet, row, 3, len(source.rows), align=Alignment(horizontal="left", vertical="top"))
        _put(sheet, row, 4, words.yes if source.reads else words.no)
        sheet.row_dimensions[row].height = _height([(page.title, 78), (source.id, 24)])
    _print_setup(sheet, 1)
    sheet.sheet_view.showGridLines = False


def _write_codes(sheet: Worksheet, plan: SheetPlan) -> None:
    words = plan.words
    names = (
        words.theme,
        words.code_id,
        words.label,
        words.definition,
        words.include,
        words.exclude,
        words.choice,
    )
    widths = (24, 24, 28, 52, 40, 40, 40)
    _widths(sheet, widths)
    _write_header(sheet, 1, names)
    for row, line in enumerate(plan.codes, 2):
        code = line.code
        texts = (line.theme, code.id, code.label, code.definition, code.include, code.exclude, line.choice)
        for column, text in enumerate(texts, 1):
            bold = line.is_theme and column <= 3
            _put(sheet, row, column, text, _BOLD if bold else _SOFT if column in (1, 7) else _FONT)
            sheet.cell(row, column).border = Border(bottom=_THIN)
            if line.is_theme:
                sheet.cell(row, column).fill = PatternFill("solid", fgColor=_PALE)
        if not line.is_theme:
            sheet.cell(row, 3).alignment = Alignment(wrap_text=True, vertical="top", indent=1)
        sheet.row_dimensions[row].height = _height(zip(texts, widths, strict=True))
    sheet.freeze_panes = "C2"
    _print_setup(sheet, 1)


def _write_page(sheet: Worksheet, page: Page, plan: SheetPlan) -> None:
    words, columns = plan.words, page.source.columns
    names = ["#", *([words.speaker] if page.speakers else []), words.text]
    text_column, first = len(names), len(names) + 1
    names += [f"{words.code} {n}" for n in range(1, columns + 1)] + [words.memo]
    text_width = _text_width(page)
    widths = [5.0, *([14.0] if page.speakers else []), text_width, *([_CODE_WIDTH] * columns), _MEMO_WIDTH]
    _widths(sheet, widths)
    _put(sheet, 1, 1, page.title, _TITLE, _PLAIN)
    sheet.row_dimensions[1].height = 22
    _put(sheet, 2, 1, page.about, _SOFT, _PLAIN)
    _write_read_mark(sheet, page, words, text_column)
    _write_header(sheet, HEADER_ROW, names)
    for row, line in enumerate(page.lines, HEADER_ROW + 1):
        if line.row is None:
            _write_heading(sheet, row, line, text_column, len(names))
        else:
            _write_line(sheet, row, line, text_column, columns)
        said = [line.row.memo if line.row else "", *line.cells]
        seen = [(line.words, text_width), *zip(said, (_MEMO_WIDTH, *[_CODE_WIDTH] * columns), strict=False)]
        sheet.row_dimensions[row].height = _height(seen)
    _write_drop_downs(sheet, page, words, first)
    last = HEADER_ROW + max(len(page.lines), 1)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(names))}{last}"
    sheet.freeze_panes = f"{get_column_letter(first)}{HEADER_ROW + 1}"
    _print_setup(sheet, HEADER_ROW)


def _text_width(page: Page) -> float:
    """Wide enough that the longest paragraph fits the highest row that Excel can show, from 70 to 110
    characters.
    """
    longest = max((len(line.words) for line in page.lines), default=0)
    return min(max(70.0, longest / (_HIGHEST / _LINE)), 110.0)


def _write_read_mark(sheet: Worksheet, page: Page, words: SheetWords, text_column: int) -> None:
    _put(sheet, READ_ROW, text_column, words.read, _BOLD, Alignment(horizontal="right", vertical="center"))
    _put(sheet, READ_ROW, text_column + 1, words.yes if page.source.reads else words.no, _BOLD, _CENTRE)
    _put(sheet, READ_ROW, text_column + 2, f"← {words.read_help}", _SOFT, Alignment(vertical="center"))
    cell = sheet.cell(READ_ROW, text_column + 1)
    cell.fill, cell.border = PatternFill("solid", fgColor=_INPUT), _BOX
    sheet.row_dimensions[READ_ROW].height = 20
    answers = DataValidation(type="list", formula1=f'"{words.yes},{words.no}"', allow_blank=True)
    answers.add(cell.coordinate)
    sheet.add_data_validation(answers)


def _write_heading(sheet: Worksheet, row: int, line: Line, text_column: int, columns: int) -> None:
    _put(sheet, row, text_column, line.words, _BOLD)
    for column in range(1, columns + 1):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=_GREY)


def _write_line(sheet: Worksheet, row: int, line: Line, text_column: int, columns: int) -> None:
    assert line.row is not None
    _put(sheet, row, 1, line.row.number, _SOFT, Alignment(horizontal="center", vertical="top"))
    if text_column == 3:
        _put(sheet, row, 2, line.speaker, _BOLD)
    _put(sheet, row, text_column, line.words)
    for column in range(columns + 1):
        text = line.row.memo if column == columns else line.cells[column] if column < len(line.cells) else ""
        _put(sheet, row, text_column + 1 + column, text)
    for column in range(1, text_column + columns + 2):
        cell = sheet.cell(row, column)
        cell.border = _BOX
        if column > text_column:
            cell.number_format = "@"


def _write_drop_downs(sheet: Worksheet, page: Page, words: SheetWords, first: int) -> None:
    """A drop-down list in every code cell. What is not in it can be typed after a warning: ids, labels,
    old codes.
    """
    codes = DataValidation(type="list", formula1=CHOICES, allow_blank=True, errorStyle="warning",
                           error=words.not_in_list, errorTitle=words.code, showErrorMessage=True)  # fmt: skip
    left, right = get_column_letter(first), get_column_letter(first + page.source.columns - 1)
    for start, end in _runs(n for n, line in enumerate(page.lines, HEADER_ROW + 1) if line.row):
        codes.add(f"{left}{start}:{right}{end}")
    if page.source.rows:
        sheet.add_data_validation(codes)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Consecutive numbers as pairs of first and last."""
    start = last = None
    for number in numbers:
        if start is None or last is None or number != last + 1:
            if start is not None and last is not None:
                yield start, last
            start = number
        last = number
    if start is not None and last is not None:
        yield start, last


def _write_data(sheet: Worksheet, exported: Exported) -> None:
    """What the sheet stood for, as JSON over as many cells as it takes, with its digest.

    Blanks, letters beyond ASCII and what looks like an office escape are written as JSON escapes: programs
    that trim or convert the text of cells leave such JSON as it is.
    """
    text = re.sub(r"_(?=x)|[^\x21-\x7e]", _escaped, msgspec.json.encode(exported).decode())
    for row, part in enumerate((FORMAT, sha256(text)), 1):
        _put(sheet, row, 1, part, align=_PLAIN)
    for row, start in enumerate(range(0, len(text), _CHUNK), 3):
        _put(sheet, row, 1, text[start : start + _CHUNK], align=_PLAIN)
    sheet.sheet_state = "hidden"


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON writes it in ASCII, in two parts if it takes that."""
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
