"""A sheet of a spreadsheet as plain text cells, and the bounds within which any file is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

import msgspec

from corpus.readers.characters import tidy_characters

MOST_FILE_BYTES = 64_000_000
MOST_UNPACKED = 400_000_000
MOST_CELLS = 3_000_000
MOST_COLUMNS = 4_096
MOST_MERGED = 50_000
MOST_CHARACTERS = 200_000
"""Characters of a cell. Excel holds 32,767; a longer text is no answer to a question."""
_KNOWN = 200_000
_AROUND_LINE_END = re.compile(r"[ \t]*\n[ \t]*")


class SheetRow(msgspec.Struct, frozen=True, gc=False):
    """One row with something in it: its 1-based line (in csv) or row number, and its cells up to the last filled."""

    line: int
    cells: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True):
    """One sheet. Cells are text: a number as 33 or 1.5, a date as 2009-01-14, true or false, and "" for nothing.

    `hidden` are the columns (from 0) that the spreadsheet program does not show; `others` the names of the file's other
    sheets; `notes` say what a reader should know: merged cells, formulas without a value, hidden rows.
    """

    name: str = ""
    rows: tuple[SheetRow, ...] = ()
    hidden: frozenset[int] = frozenset()
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_text: bool = False
    """Read from csv, where a row with too few cells is a fault."""


class RefusedError(Exception):
    """Why a file is not read, in words; caught by `read_sheet`, never seen by anybody else."""


class Cells:
    """The rows of one sheet while it is read. Refuses what no person could have filled in."""

    def __init__(self) -> None:
        self.rows: list[SheetRow] = []
        self.used: set[int] = set()
        self.known: dict[str, str] = {}
        self.count = 0
        self.hidden: set[int] = set()
        self.hidden_rows = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.empty_formulas = 0
        self.errors = 0

    def add(self, line: int, cells: dict[int, str]) -> None:
        """Another row; cells are those with something in them, column (from 0) → text."""
        self.count += len(cells)
        if self.count > MOST_CELLS:
            raise RefusedError(f"the sheet has more than {MOST_CELLS:,} filled cells")
        self.used.update(cells)
        known = self.known
        if len(known) > _KNOWN:
            known.clear()
        width = max(cells, default=-1) + 1
        # Most cells of a survey say what others say: each wording is kept once.
        inside = tuple(known.setdefault(value, value) for column in range(width) for value in (cells.get(column, ""),))
        self.rows.append(SheetRow(line, inside))

    def sheet(self, name: str, others: Iterable[str]) -> Sheet:
        """The finished sheet. A merged cell's value is given to every cell that it covers."""
        self.rows.sort(key=attrgetter("line"))
        filled = self._fill_merged()
        notes = (
            (filled, "cell below a merged one was", "cells below merged ones were", "given the merged cell's value"),
            (self.hidden_rows, "hidden row was", "hidden rows were", "read too (a filter, perhaps)"),
            (self.empty_formulas, "formula has", "formulas have", "no stored value; read as empty"),
            (self.errors, "cell holds", "cells hold", "an error such as #N/A; read as empty"),
        )
        said = tuple(f"{n:,} {one if n == 1 else many} {what}" for n, one, many, what in notes if n)
        hidden = frozenset(self.hidden & self.used)
        return Sheet(name, tuple(self.rows), hidden, tuple(others), said)

    def _fill_merged(self) -> int:
        """Fill merged cells, in rows and columns that are in use only; how many were filled."""
        if not self.merged:
            return 0
        lines = {row.line: dict(enumerate(row.cells)) for row in self.rows}
        width = 1 + max(self.used, default=0)
        filled = 0
        for top, left, bottom, right in self.merged[:MOST_MERGED]:
            value = lines.get(top, {}).get(left, "")
            if not value:
                continue
            inside = range(top, bottom + 1) if bottom - top < len(lines) else lines
            for line in inside:
                cells = lines.get(line) if top <= line <= bottom else None
                for column in range(left, min(right + 1, width)) if cells is not None else ():
                    if cells is not None and not cells.get(column):
                        cells[column] = value
                        filled += 1
                        self.count += 1
            if self.count > MOST_CELLS:
                raise RefusedError(f"merged cells would fill more than {MOST_CELLS:,} cells")
        order = {line: range(max(cells, default=-1) + 1) for line, cells in lines.items()}
        self.rows = [SheetRow(line, tuple(cells.get(c, "") for c in order[line])) for line, cells in lines.items()]
        return filled


def tidy_cell(text: str) -> str:
    """The text of a cell as a study can hold it: normal form C, LF, nothing invisible, no spaces at its ends."""
    if len(text) > MOST_CHARACTERS:
        raise RefusedError(f"a cell holds {len(text):,} characters; {MOST_CHARACTERS:,} can be read")
    if text.isascii() and text.isprintable():
        return text.strip()
    return _AROUND_LINE_END.sub("\n", tidy_characters(text)[0]).strip()


def number_words(text: str) -> str:
    """A number as stored, without what only the storage adds: `33` of `33.0`, `0.3` of `0.30000000000000004`."""
    try:
        number = float(text)
    except ValueError:
        return tidy_cell(text)
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def moment_words(moment: datetime.datetime, has_day: bool = True) -> str:
    """A date as 2009-01-14, with its time where there is one (2009-01-14 09:30), or a time of day alone."""
    time = moment.time().replace(microsecond=0)
    clock = time.isoformat("seconds" if time.second else "minutes")
    if not has_day:
        return clock
    return moment.date().isoformat() if time == datetime.time() else f"{moment.date().isoformat()} {clock}"


def day_words(serial: str, kind: str, since_1904: bool) -> str:
    """A spreadsheet's day number as a date; one that is no date stays the number it is."""
    try:
        days = float(serial)
        if days < 0:
            return number_words(serial)
        # Excel counts 29 February 1900, which never was: days before it are one off.
        start = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30 + (days < 60))
        moment = start + datetime.timedelta(seconds=round(days * 86_400))
    except (ValueError, OverflowError):
        return number_words(serial)
    return moment_words(moment, has_day=days >= 1 and kind != "time")


def column_name(index: int) -> str:
    """The letters of a column: A for 0, AA for 26."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(letters: str) -> int:
    """The column (from 0) of letters like `AB`; far outside where they are none."""
    index = 0
    for letter in letters[:4]:
        index = 26 * index + ord(letter) - 64
    return index - 1


def column_names(columns: Sequence[int]) -> str:
    """`B, D` for messages."""
    return ", ".join(map(column_name, sorted(columns)))
