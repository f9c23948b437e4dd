"""Writing an Excel workbook so that equal content gives equal bytes on any machine, however many rows it has.

openpyxl makes everything but the rows: styles, column widths, frozen panes, filters, print settings. The rows are
streamed into its sheets as text, since openpyxl takes 25 µs for a cell with a style and a list of excerpts has a
million of them. What differs between machines and days is fixed, as `reports.office_file` says.
"""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import msgspec
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.office_file import for_xml, part_info

MAX_CHARACTERS = 32_767
MAX_LINKS = 65_000
"""Excel refuses a sheet with more than 65,530 links."""
MAX_HEIGHT = 409.0
_KNOWN = 10_000
"""Cells that are remembered while a sheet is written: most cells of a long list say what others say."""
LINE = 12.9
"""Points of a line of 10-point Arial."""
_NO_ROWS = re.compile(rb"<sheetData(?:\s*/>|></sheetData>)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THEN = datetime.datetime(1980, 1, 1)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/extended-properties"><Application>Microsoft Excel</Application></Properties>'
)

INK, SOFT, LINE_COLOUR, ACCENT = "20242A", "5A6069", "D5D1C8", "17596B"
_RULES = {
    "thin": Border(top=Side(style="thin", color=LINE_COLOUR)),
    "head": Border(bottom=Side(style="medium", color=INK)),
}


class Look(msgspec.Struct, frozen=True):
    """How a cell looks. `fill` is a colour, empty for none; `rule` is a `thin` line above it, a `head` line below."""

    bold: bool = False
    size: float = 10
    colour: str = INK
    fill: str = ""
    rule: str = ""
    wrap: bool = True
    italic: bool = False
    indent: int = 0


_SOFT = Look(size=8.5, colour=SOFT)


class Value(msgspec.Struct, frozen=True):
    """A cell: text or number, its look, and where a click leads (`'Uddrag'!A12`, empty for nowhere).

    `soft` is text on the lines below, smaller and grey.
    """

    text: str | int
    look: Look = Look()
    link: str = ""
    soft: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its rows (`n_rows` of them, read once), column widths in characters, and how it prints.

    `frozen` rows and columns stay in sight; the last frozen row is the header, repeated on every page. `pages` is how
    many pages wide the print is; where `printed_columns` is given, the columns after them stay off the paper.
    """

    title: str
    widths: tuple[float, ...]
    rows: Iterable[Sequence[Value]]
    n_rows: int
    frozen_rows: int
    frozen_columns: int = 1
    pages: int = 1
    printed_columns: int = 0
    filtered: bool = True


def workbook_bytes(sheets: Sequence[Sheet], title: str, language: str, cut: str) -> bytes:
    """The workbook's file. `cut` is said at the end of a text that is too long for a cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _set_default_font(book)
    book.properties.title, book.properties.creator = clean(title, ""), "crosscase"
    book.properties.language = language
    book.properties.created = book.properties.modified = _THEN
    styles = _Styles(book.create_sheet("styles"))
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _set_up(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    bodies = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)}
    ExcelWriter(book, _FixedZip(out, bodies, styles, cut)).save()
    return out.getvalue()


def _set_default_font(book: Any) -> None:
    """Arial, which every system has or has a twin of: a column's width is counted in digits of the default font."""
    book._fonts[0] = book._named_styles["Normal"].font = Font("Arial", 10)


def _set_up(out: Any, sheet: Sheet) -> None:
    last = get_column_letter(len(sheet.widths))
    out.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}{sheet.frozen_rows + 1}"
    out.sheet_view.showGridLines = False
    for index, width in enumerate(sheet.widths, 1):
        out.column_dimensions[get_column_letter(index)].width = width
    if sheet.filtered:
        out.auto_filter.ref = f"A{sheet.frozen_rows}:{last}{sheet.n_rows}"
    out.print_title_rows = f"{sheet.frozen_rows}:{sheet.frozen_rows}"
    if sheet.pages > 1:
        out.print_title_cols = f"A:{get_column_letter(sheet.frozen_columns)}"
    out.page_setup.orientation, out.page_setup.paperSize = "landscape", 9
    out.page_setup.fitToWidth, out.page_setup.fitToHeight = sheet.pages, 0
    out.sheet_properties.pageSetUpPr.fitToPage = True
    out.page_margins.left = out.page_margins.right = 0.45
    out.page_margins.top = out.page_margins.bottom = 0.6
    out.page_margins.header = out.page_margins.footer = 0.3
    if sheet.printed_columns:
        out.print_area = f"A1:{get_column_letter(sheet.printed_columns)}{sheet.n_rows}"
    out.oddFooter.left.text, out.oddFooter.right.text = "&A", "&P / &N"


class _Styles:
    """Numbers of the looks in the workbook's list of styles; a look is added when it is first used."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.known: dict[tuple[Look, bool], int] = {}

    def number(self, look: Look, quote: bool) -> int:
        key = (look, quote)
        if key not in self.known:
            cell = Cell(self.sheet, 1, 1)
            cell.font = Font("Arial", look.size, bold=look.bold, italic=look.italic, color=look.colour)
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=look.wrap, indent=look.indent)
            if look.fill:
                cell.fill = PatternFill("solid", look.fill)
            if look.rule:
                cell.border = _RULES[look.rule]
            cell.quotePrefix = quote
            self.known[key] = cell.style_id
        return self.known[key]


def _body(sheet: Sheet, styles: _Styles, cut: str, links: list[str]) -> Iterator[bytes]:
    """The rows as XML, some hundred at a time; the links met on the way are added to `links`."""
    letters = [get_column_letter(index) for index in range(1, len(sheet.widths) + 1)]
    known: dict[Value, str] = {}
    parts: list[str] = []
    for n, row in enumerate(sheet.rows, 1):
        parts.append(f'<row r="{n}" ht="{row_height(row, sheet.widths)}" customHeight="1">')
        for letter, value in zip(letters, row, strict=False):
            inside = known.get(value)
            if inside is None:
                inside = _cell(value, styles, cut)
                if len(known) < _KNOWN:
                    known[value] = inside
            parts.append(f'<c r="{letter}{n}"{inside}')
            if value.link and len(links) < MAX_LINKS:
                links.append(f'<hyperlink ref="{letter}{n}" location="{_escaped(value.link)}"/>')
        parts.append("</row>")
        if len(parts) > 4000:
            yield "".join(parts).encode()
            parts.clear()
    yield "".join(parts).encode()


def _cell(value: Value, styles: _Styles, cut: str) -> str:
    """A cell as XML, after its place: a number, or text that no program takes for a formula."""
    if isinstance(value.text, int):
        return f' s="{styles.number(value.look, False)}"><v>{value.text}</v></c>'
    text = clean(value.text, cut)
    style = styles.number(value.look, text.startswith(_FORMULA))
    if not text and not value.soft:
        return f' s="{style}"/>'
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    said = f"<t{keep}>{_escaped(text)}</t>"
    if value.soft:
        soft = f'<t xml:space="preserve">\n{_escaped(clean(value.soft, cut))}</t>'
        said = f"<r>{_run(value.look)}{said}</r><r>{_run(_SOFT)}{soft}</r>"
    return f' s="{style}" t="inlineStr"><is>{said}</is></c>'


def _run(look: Look) -> str:
    """How a part of a text looks, where the parts of a cell differ."""
    bold, italic = "<b/>" * look.bold, "<i/>" * look.italic
    return f'<rPr><rFont val="Arial"/>{bold}{italic}<color rgb="FF{look.colour}"/><sz val="{look.size:g}"/></rPr>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def clean(text: str, cut: str) -> str:
    """`text` as an Excel cell can hold it: no characters that XML forbids, and not too long, with `cut` at its end."""
    text = for_xml(text)
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - len(cut)] + cut


def row_height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Points that a row needs for its texts, wrapped at the widths of their columns; Excel allows 409 at most."""
    lines = 1.0
    for value, width in zip(row, widths, strict=False):
        text = value.text
        if isinstance(text, str) and (len(text) > width or value.soft or "\n" in text or value.look.size > 10):
            lines = max(lines, _lines(text, value, width))
    return min(round(lines * LINE + 5, 1), MAX_HEIGHT)


def _lines(text: str, value: Value, width: float) -> float:
    """Lines of 10 points that a text takes; letters are on average a little narrower than a column's unit."""
    size = value.look.size / 10
    if not value.look.wrap:
        return size
    lines = _wrapped(text, width * (1.0 if value.look.bold else 1.08) / size) * size
    return lines + (0.86 * _wrapped(value.soft, width * 1.25) if value.soft else 0)


def _wrapped(text: str, room: float) -> int:
    """Lines that a text takes where each has room for so many characters; long words are broken."""
    lines = 0
    for line in text.split("\n"):
        lines += 1
        left = room
        for word in line.split(" ") if len(line) > room else ():
            if len(word) > left:
                more = math.ceil(len(word) / room)
                lines, left = lines + (more if left < room else more - 1), room * more
            left -= len(word) + 1
    return lines


class _FixedZip(ZipFile):
    """A zip file in which nothing tells when, where or with what it was made, and sheets get their rows."""

    def __init__(self, out: io.BytesIO, sheets: dict[str, Sheet], styles: _Styles, cut: str) -> None:
        super().__init__(out, "w", ZIP_STORED)
        self.sheets, self.styles, self.cut = sheets, styles, cut

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """One of the small parts."""
        name = str(zinfo_or_arcname)
        super().writestr(part_info(name), _APP if name == "docProps/app.xml" else data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """A sheet: what openpyxl made of it, with the rows and links where they belong."""
        name = str(arcname)
        sheet, links = self.sheets[name], list[str]()
        empty: bytes = Path(filename).read_bytes()
        before, after = _NO_ROWS.split(empty)
        between, _, end = after.partition(b"<pageMargins")
        size = f'ref="A1:{get_column_letter(len(sheet.widths))}{sheet.n_rows}"'
        with self.open(part_info(name), "w") as out:
            out.write(before.replace(b'ref="A1:A1"', size.encode(), 1) + b"<sheetData>")
            for part in _body(sheet, self.styles, self.cut, links):
                out.write(part)
            hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
            out.write(b"</sheetData>" + between + hyperlinks.encode() + b"<pageMargins" + end)
