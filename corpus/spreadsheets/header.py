"""Where a sheet's header is, and what its columns are called: one row, or the two or three that survey tools write.

Qualtrics writes a row of short names, one of questions, and one of `{"ImportId": …}`; others put a title above the
table, or HTML into the questions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import msgspec

from corpus.problems import Problem
from corpus.spreadsheets.sheet import Sheet, SheetRow, column_name

_IMPORT_ID = re.compile(r"^\{\s*['\"]ImportId['\"]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LOOKED_AT = 12
_MOST_FAULTS = 20


class Column(msgspec.Struct, frozen=True):
    """A column: its short name, the question it answers (the name itself where the file has only one header row), its
    place in the sheet (from 0), and whether the spreadsheet program hides it."""

    name: str
    text: str
    index: int
    hidden: bool = False


class HeadedTable(msgspec.Struct, frozen=True):
    """The columns of a sheet that have a name or values, and its rows with a cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    header_line: int = 0
    notes: tuple[str, ...] = ()

    def named(self, name: str) -> int:
        """The place (among the columns) of the one that is called `name` or asks it, whatever the case; -1 for none."""
        wanted = name.strip().casefold()
        for place, column in enumerate(self.columns):
            if wanted in (column.name.casefold(), column.text.casefold()):
                return place
        return -1

    def values(self, place: int) -> list[str]:
        """The cells of a column."""
        return [row.cells[place] for row in self.rows]


def headed_table(
    sheet: Sheet, file: str, header_row: int = 0, header_rows: int = 0
) -> tuple[HeadedTable | None, list[Problem]]:
    """The sheet with its header understood, and its faults.

    `header_row` is the row (or line) that holds the names, `header_rows` how many rows the header has; 0 lets both be
    found: the first row with a name in at least half of the columns, and below it Qualtrics' two others.
    """
    rows = sheet.rows
    start = _header_place(rows) if not header_row else next((i for i, r in enumerate(rows) if r.line == header_row), -1)
    if start < 0 or start >= len(rows):
        said = f"there is no row {header_row} for a header" if header_row else "the table has no header"
        return None, [Problem(file, header_row, "bad-table", said, "Name the row with --header-row.")]
    header = rows[start]
    ids = next((n for n in (1, 2) if start + n < len(rows) and _is_import_ids(rows[start + n])), 0)
    questions = rows[start + 1] if ids == 2 or header_rows > 1 else None
    skip = max(ids, header_rows - 1, 0) + 1
    below = rows[start + skip :]
    width = max((len(row.cells) for row in (header, *below)), default=0)
    notes = [*sheet.notes, *(_ids_note(ids) if ids else ())]
    if start:
        notes.append(f"{start} rows above the header (row {header.line}) were passed over")
    columns = _columns(header, questions, below, width, sheet.hidden)
    named = 1 + max((index for index, cell in enumerate(header.cells) if cell), default=-1)
    table_rows, problems = _rows(below, columns, named, sheet.is_text, file)
    if not columns:
        return None, [Problem(file, header.line, "bad-table", "the table has no columns")]
    return HeadedTable(columns, table_rows, header.line, tuple(notes)), problems


def _ids_note(ids: int) -> tuple[str, ...]:
    return (f"the {'second and third' if ids == 2 else 'second'} row belong to the header (Qualtrics)",)


def _header_place(rows: Sequence[SheetRow]) -> int:
    """The first row that has about as many cells as the rows below it: a title above a table has one or two."""
    looked = rows[:_LOOKED_AT]
    filled = [sum(1 for cell in row.cells if cell) for row in looked]
    most = max(filled, default=0)
    return next((place for place, n in enumerate(filled) if n >= max(1, most / 2)), -1)


def _is_import_ids(row: SheetRow) -> bool:
    filled = [cell for cell in row.cells if cell]
    return bool(filled) and all(_IMPORT_ID.match(cell) for cell in filled)


def _columns(
    header: SheetRow, questions: SheetRow | None, below: Sequence[SheetRow], width: int, hidden: frozenset[int]
) -> tuple[Column, ...]:
    """The columns that have a name or values. Names are made different from one another."""
    used = {index for row in below for index, cell in enumerate(row.cells) if cell}
    found: list[Column] = []
    taken: set[str] = set()
    for index in range(width):
        name, text = plain_header(_cell(header, index)), plain_header(_cell(questions, index))
        if not name and not text and index not in used:
            continue
        name = name or text or f"column {column_name(index)}"
        wanted, n = name, 2
        while name.casefold() in taken:
            name, n = f"{wanted} ({n})", n + 1
        taken.add(name.casefold())
        found.append(Column(name, text or wanted, index, index in hidden))
    return tuple(found)


def _cell(row: SheetRow | None, index: int) -> str:
    return row.cells[index] if row is not None and index < len(row.cells) else ""


def plain_header(words: str) -> str:
    """A question on one line, without the HTML that some tools keep in it."""
    if "<" in words or "&" in words:
        words = html.unescape(_TAG.sub(" ", words))
    return " ".join(words.split())


def _rows(
    below: Sequence[SheetRow], columns: Sequence[Column], width: int, is_text: bool, file: str
) -> tuple[tuple[SheetRow, ...], list[Problem]]:
    """The rows below the header. In csv a row of another length has its values in the wrong columns and is left out."""
    problems: list[Problem] = []
    rows = []
    for row in below:
        cells = row.cells
        if is_text and (len(cells) < width or any(cells[width:])):
            said = f"{len(cells)} cells under a header of {width}; the row is left out"
            if len(problems) < _MOST_FAULTS:
                problems.append(Problem(file, row.line, "bad-table", said))
            continue
        values = tuple(cells[column.index] if column.index < len(cells) else "" for column in columns)
        if any(values):
            rows.append(SheetRow(row.line, values))
    return tuple(rows), problems
