"""OpenDocument spreadsheets (.ods), read straight from their XML."""

from __future__ import annotations

import datetime
import re
from zipfile import ZipFile

from corpus.spreadsheets.sheet import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    Cells,
    RefusedError,
    Sheet,
    moment_words,
    number_words,
    tidy_cell,
)
from corpus.spreadsheets.xml_part import parse

_TIME = re.compile(r"P(?:(\d+)D)?T(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_LAST_ROW = 1_048_576


def sheets_of(archive: ZipFile) -> list[tuple[str, bool, Cells]]:
    """(name, is shown, cells) of every sheet of the file, in their order."""
    reader = _Reader()
    parse(archive, "content.xml", reader.start, reader.end, reader.text)
    return reader.tables


def sheet_named(tables: list[tuple[str, bool, Cells]], name: str) -> Sheet:
    """One of the sheets."""
    others = [other for other, _, _ in tables if other != name]
    return next(cells.sheet(found, others) for found, _, cells in tables if found == name)


class _Reader:
    """The tables of a file as they come."""

    def __init__(self) -> None:
        self.tables: list[tuple[str, bool, Cells]] = []
        self.unshown: set[str] = set()
        self.style = ""
        self.cells = Cells()
        self.line = self.column = self.rows_repeated = self.repeated = 1
        self.row: dict[int, str] = {}
        self.said: dict[str, str] = {}
        self.words: list[str] = []
        self.length = self.aside = self.table_column = self.depth = 0
        self.takes = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        """An element begins."""
        if tag in ("annotation", "tracked-changes"):
            self.aside += 1
        if self.aside:
            return
        if tag in ("table-cell", "covered-table-cell"):
            self.said, self.words, self.length = said, [], 0
            self.repeated = _number(said.get("number-columns-repeated"))
            if said.get("value-type") and tag == "table-cell":
                self._merge(said)
        elif tag == "p":
            self.takes = True
            if self.words:
                self.words.append("\n")
        elif tag in _SIGNS and self.takes:
            self.words.append(_SIGNS[tag] * min(_number(said.get("c")), 1000))
        elif tag == "table-row":
            self.row, self.column = {}, 0
            self.rows_repeated = _number(said.get("number-rows-repeated"))
            if said.get("visibility") in ("collapse", "filter"):
                self.cells.hidden_rows += 1
        else:
            self._outside(tag, said)

    def _outside(self, tag: str, said: dict[str, str]) -> None:
        """What stands above the rows: styles, tables, columns."""
        if tag == "table-column":
            repeated = _number(said.get("number-columns-repeated"))
            if said.get("visibility") == "collapse":
                last = min(self.table_column + repeated, MOST_COLUMNS)
                self.cells.hidden.update(range(self.table_column, last))
            self.table_column += repeated
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.cells, self.line, self.table_column = Cells(), 1, 0
                self.tables.append((said.get("name", ""), said.get("style-name") not in self.unshown, self.cells))
        elif tag == "style":
            self.style = said.get("name", "")
        elif tag == "table-properties" and said.get("display") == "false":
            self.unshown.add(self.style)

    def _merge(self, said: dict[str, str]) -> None:
        down, across = _number(said.get("number-rows-spanned")), _number(said.get("number-columns-spanned"))
        if down > 1 or across > 1:
            self.cells.merged.append((self.line, self.column, self.line + down - 1, self.column + across - 1))

    def text(self, said: str) -> None:
        """Words of a cell."""
        if self.takes and not self.aside:
            self.length += len(said)
            if self.length > 2 * MOST_CHARACTERS:
                raise RefusedError(f"a cell holds more than {MOST_CHARACTERS:,} characters")
            self.words.append(said)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("annotation", "tracked-changes"):
            self.aside -= 1
        elif self.aside:
            return
        elif tag == "p":
            self.takes = False
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self.depth -= 1

    def _end_cell(self) -> None:
        value = self._value()
        if value:
            if self.column + self.repeated > MOST_COLUMNS:
                raise RefusedError(f"a row has more than {MOST_COLUMNS:,} columns")
            self.row.update(dict.fromkeys(range(self.column, self.column + self.repeated), value))
        self.column += self.repeated

    def _end_row(self) -> None:
        if self.row:
            if self.rows_repeated * len(self.row) > MOST_CELLS:
                raise RefusedError(f"a row is said to repeat {self.rows_repeated:,} times")
            for number in range(self.rows_repeated):
                self.cells.add(self.line + number, dict(self.row) if number else self.row)
        self.line += self.rows_repeated
        if self.line > 4 * _LAST_ROW:
            raise RefusedError("the sheet claims to have millions of rows")

    def _value(self) -> str:
        kind, said = self.said.get("value-type", ""), self.said
        shown = "".join(self.words)
        if kind in ("float", "percentage", "currency"):
            if (formula := said.get("formula", "")) in _TRUTH:
                return _TRUTH[formula]
            return number_words(said.get("value", ""))
        if kind == "boolean":
            return "true" if said.get("boolean-value") == "true" else "false"
        if kind == "date":
            return _date(said.get("date-value", ""))
        if kind == "time":
            return _time(said.get("time-value", ""))
        if shown.startswith(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "Err:")) and said.get("formula"):
            self.cells.errors += 1
            return ""
        return tidy_cell(said.get("string-value") or shown)


_TRUTH = {"of:=TRUE()": "true", "of:=FALSE()": "false"}
"""How LibreOffice keeps a truth value of an Excel workbook that has no format for it."""
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 9 else 1


def _date(said: str) -> str:
    try:
        return moment_words(datetime.datetime.fromisoformat(said))
    except ValueError:
        return tidy_cell(said)


def _time(said: str) -> str:
    found = _TIME.fullmatch(said)
    if not found:
        return tidy_cell(said)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    clock = f"{days * 24 + hours:02}:{minutes:02}"
    return f"{clock}:{seconds:02}" if seconds else clock
