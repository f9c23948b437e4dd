"""Excel workbooks (.xlsx), read straight from their XML.

openpyxl's streaming reader does not tell merged cells and hidden columns, and runs on for hours where a row calls
itself the ten-billionth; python-calamine ends the whole program where two cells stand far apart.
"""

from __future__ import annotations

import posixpath
import re
from zipfile import ZipFile

from corpus.spreadsheets.sheet import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    Cells,
    RefusedError,
    Sheet,
    column_index,
    day_words,
    number_words,
    tidy_cell,
)
from corpus.spreadsheets.xml_part import parse

_MOST_STRINGS = 150_000_000
_LAST_ROW = 1_048_576
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RANGE = re.compile(rf"{_PLACE.pattern}:{_PLACE.pattern}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES, _TIMES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}, {18, 19, 20, 21, 32, 33, 45, 46, 47}
"""Numbers of the formats that every workbook knows."""
_NO_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def sheet_names(archive: ZipFile) -> list[tuple[str, str, bool]]:
    """(name, part, is shown) of every sheet, in their order."""
    book = workbook_part(archive)
    targets = _relations(archive, book)
    found: list[tuple[str, str, bool]] = []

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "sheet" and said.get("id") in targets:
            found.append((said.get("name", ""), targets[said["id"]], said.get("state", "visible") == "visible"))

    parse(archive, book, start)
    return found


def workbook_part(archive: ZipFile) -> str:
    """The part that lists the sheets; empty where the archive is no workbook."""
    names = archive.NameToInfo
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    return next((name for name in names if posixpath.basename(name).lower() == "workbook.xml"), "")


def _relations(archive: ZipFile, part: str) -> dict[str, str]:
    """Id → part, of what a part refers to."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship" and said.get("TargetMode") != "External":
            found[said.get("Id", "")] = posixpath.normpath(posixpath.join(folder, said.get("Target", ""))).lstrip("/")

    parse(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), start)
    return found


class Book:
    """What all sheets of a workbook share: its texts and which formats are dates."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        parts = _relations(archive, workbook_part(archive)).values()
        named = {posixpath.basename(part).lower(): part for part in parts}
        self.strings = _strings(archive, named.get("sharedstrings.xml", "xl/sharedStrings.xml"))
        self.kinds = _kinds(archive, named.get("styles.xml", "xl/styles.xml"))
        self.since_1904 = False
        parse(archive, workbook_part(archive), self._workbook)

    def _workbook(self, tag: str, said: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.since_1904 = said.get("date1904") in ("1", "true")

    def sheet(self, name: str, part: str, others: list[str]) -> Sheet:
        """One sheet."""
        reader = _SheetReader(self)
        parse(self.archive, part, reader.start, reader.end, reader.text)
        return reader.cells.sheet(name, others)


def _strings(archive: ZipFile, part: str) -> list[str]:
    """The texts that cells point to by number; how a reader of Japanese pronounces them is left out."""
    found: list[str] = []
    words: list[str] = []
    at = {"t": False, "rPh": False, "size": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            words.clear()
        elif tag in at:
            at[tag] = True

    def end(tag: str) -> None:
        if tag == "si":
            found.append(tidy_cell(_unescaped("".join(words))))
        elif tag in at:
            at[tag] = False

    def text(said: str) -> None:
        if at["t"] and not at["rPh"]:
            at["size"] += len(said)
            words.append(said)
            if at["size"] > _MOST_STRINGS:
                raise RefusedError(f"its texts are longer than {_MOST_STRINGS:,} characters together")

    parse(archive, part, start, end, text)
    return found


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _kinds(archive: ZipFile, part: str) -> list[str]:
    """For each cell style whether its numbers are days: `date`, `time` or empty."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(_kind(said.get("numFmtId", "0"), codes))
        elif tag in inside:
            inside[tag] = True

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False

    parse(archive, part, start, end)
    return styles


def _kind(number: str, codes: dict[str, str]) -> str:
    if number in codes:
        letters = _NO_WORDS.sub("", codes[number].partition(";")[0]).lower()
        if "general" in letters or "standard" in letters:
            return ""
        # å and t are what a Danish Excel writes for year and hour in a format of the user's own.
        return "date" if re.search("[yåd]", letters) else "time" if re.search("[hs]", letters) else ""
    known = int(number) if number.isdecimal() else 0
    return "time" if known in _TIMES else "date" if known in _DATES else ""


class _SheetReader:
    """The rows of a sheet as they come."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cells = Cells()
        self.line = self.column = 0
        self.row: dict[int, str] = {}
        self.kind = self.style = ""
        self.words: list[str] = []
        self.length = 0
        self.takes = self.has_formula = self.in_cell = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self._cell(said)
        elif tag in ("v", "t"):
            self.takes = self.in_cell
        elif tag == "rPh":
            self.in_cell = False
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            number = said.get("r", "")
            self.line = int(number) if number.isdecimal() and len(number) < 9 else self.line + 1
            self.row, self.column = {}, -1
            if self.line > _LAST_ROW:
                raise RefusedError(f"a row calls itself number {number}")
            self.cells.hidden_rows += said.get("hidden") in ("1", "true")
        elif tag == "col" and said.get("hidden") in ("1", "true"):
            first, last = (int(n) if n.isdecimal() else 0 for n in (said.get("min", ""), said.get("max", "")))
            self.cells.hidden.update(range(max(first - 1, 0), min(last, MOST_COLUMNS)))
        elif tag == "mergeCell" and (place := _RANGE.fullmatch(said.get("ref", ""))):
            left, top, right, bottom = place.groups()
            self.cells.merged.append((int(top), column_index(left), int(bottom), column_index(right)))

    def _cell(self, said: dict[str, str]) -> None:
        place = _PLACE.fullmatch(said.get("r", ""))
        self.column = column_index(place[1]) if place else self.column + 1
        self.kind, self.style = said.get("t", "n"), said.get("s", "")
        self.words, self.length, self.in_cell, self.has_formula = [], 0, True, False

    def text(self, said: str) -> None:
        """Words of a cell."""
        if self.takes:
            self.length += len(said)
            if self.length > 2 * MOST_CHARACTERS:
                raise RefusedError(f"a cell holds more than {MOST_CHARACTERS:,} characters")
            self.words.append(said)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "t"):
            self.takes = False
        elif tag == "rPh":
            self.in_cell = True
        elif tag == "c":
            self.in_cell = False
            value = self._value("".join(self.words))
            if value:
                if self.column >= MOST_COLUMNS:
                    raise RefusedError(f"a row has more than {MOST_COLUMNS:,} columns")
                self.row[self.column] = value
        elif tag == "row" and self.row:
            self.cells.add(self.line, self.row)

    def _value(self, raw: str) -> str:
        if not raw:
            self.cells.empty_formulas += self.has_formula and self.kind != "str"
            return ""
        if self.kind == "s":
            number = raw.strip()
            known = number.isdecimal() and len(number) < 10 and int(number) < len(self.book.strings)
            return self.book.strings[int(number)] if known else ""
        if self.kind in ("str", "inlineStr"):
            return tidy_cell(_unescaped(raw))
        if self.kind == "b":
            return "true" if raw.strip() in ("1", "true") else "false"
        if self.kind == "e":
            self.cells.errors += 1
            return ""
        if self.kind == "d":
            return tidy_cell(raw).removesuffix("Z").replace("T00:00:00", "").replace("T", " ")
        style = int(self.style) if self.style.isdecimal() and len(self.style) < 7 else 0
        kind = self.book.kinds[style] if style < len(self.book.kinds) else ""
        return day_words(raw.strip(), kind, self.book.since_1904) if kind else number_words(raw.strip())
