"""csv tables as people save them: `;` or `,` or tab, in UTF-8 or what a Danish Excel or Mac writes, `sep=;` or not."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import msgspec

from corpus.files import forbidden_character
from corpus.problems import Problem
from corpus.spreadsheets.csv_text import csv_rows


class Row(msgspec.Struct, frozen=True):
    """One row: column name → cell, both stripped; and its 1-based line."""

    cells: dict[str, str]
    line: int


class Table(msgspec.Struct, frozen=True):
    """Column names in order, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, file: str) -> tuple[Table, list[Problem]]:
    """The csv file `path`: its first line is the header. Rows that do not fit it are reported and left out."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Table((), ()), [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return table_from_bytes(data, file)


def table_from_bytes(data: bytes, file: str) -> tuple[Table, list[Problem]]:
    """The csv in `data`; text that is not UTF-8 is decoded as its letters suggest."""
    from corpus.readers.encodings import decode

    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        said = "this is a workbook and no csv: save it as csv in the program that wrote it"
        return Table((), ()), [Problem(file, 0, "bad-table", said)]
    decoded = decode(data, file)
    # A table has few letters beyond ASCII: the likeliest reading is taken without a word about others.
    problems = [problem for problem in decoded.problems if problem.rule != "uncertain-encoding"]
    if decoded.text is None:
        return Table((), ()), problems
    text = unicodedata.normalize("NFC", decoded.text).replace("\r\n", "\n").replace("\r", "\n")
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    line = 0
    try:
        for line, cells in csv_rows(text):
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not columns:
                columns = tuple(cells)
                problems += _header_faults(columns, file, line)
                continue
            row, fault = _row(columns, cells, line, file)
            problems += [fault] if fault else []
            rows += [row] if row else []
    except csv.Error as error:
        problems.append(Problem(file, line + 1, "bad-table", f"csv: {error}"))
    return Table(tuple(c for c in columns if c), tuple(rows)), problems


def _row(columns: tuple[str, ...], cells: list[str], line: int, file: str) -> tuple[Row | None, Problem | None]:
    """The row, or why it is left out."""
    if bad := forbidden_character("".join(cells)):
        return None, Problem(file, line, "bad-characters", f"the row holds the character {bad}")
    if len(cells) > len(columns) and not any(cells[len(columns) :]):
        cells = cells[: len(columns)]
    if len(cells) != len(columns):
        said = f"{len(cells)} cells under a header of {len(columns)}"
        return None, Problem(file, line, "bad-table", said)
    return Row({c: v for c, v in zip(columns, cells, strict=True) if c}, line), None


def _header_faults(columns: tuple[str, ...], file: str, line: int) -> list[Problem]:
    seen: set[str] = set()
    faults = []
    for column in filter(None, columns):
        if column.lower() in seen:
            faults.append(Problem(file, line, "duplicate-key", f"column '{column}' stands twice in the header"))
        seen.add(column.lower())
    return faults
