"""csv tables as people save them: `;` or `,` or tab, UTF-8 with or without a byte order mark, or Windows-1252."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import msgspec

from corpus.files import forbidden_character
from corpus.problems import Problem


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
    """The csv in `data`. Text that is not UTF-8 is read as Windows-1252, as Danish Excel saves it."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        said = "this is a workbook and no csv: save it as csv in the program that wrote it"
        return Table((), ()), [Problem(file, 0, "bad-table", said)]
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    problems: list[Problem] = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    line = 1
    try:
        for cells in lines:
            at, line = line, lines.line_num + 1
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not columns:
                columns = tuple(cells)
                problems += _header_faults(columns, file, at)
                continue
            if bad := forbidden_character("".join(cells)):
                problems.append(Problem(file, at, "bad-characters", f"the row holds the character {bad}"))
                continue
            if len(cells) > len(columns) and not any(cells[len(columns) :]):
                cells = cells[: len(columns)]
            if len(cells) != len(columns):
                said = f"{len(cells)} cells under a header of {len(columns)}"
                problems.append(Problem(file, at, "bad-table", said))
                continue
            rows.append(Row({c: v for c, v in zip(columns, cells, strict=True) if c}, at))
    except csv.Error as error:
        problems.append(Problem(file, lines.line_num, "bad-table", f"csv: {error}"))
    return Table(tuple(c for c in columns if c), tuple(rows)), problems


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return unicodedata.normalize("NFC", data.decode("latin-1"))


def _delimiter(text: str) -> str:
    """The separator that the header line holds most of; a comma where it holds none."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _header_faults(columns: tuple[str, ...], file: str, line: int) -> list[Problem]:
    seen: set[str] = set()
    faults = []
    for column in filter(None, columns):
        if column.lower() in seen:
            faults.append(Problem(file, line, "duplicate-key", f"column '{column}' stands twice in the header"))
        seen.add(column.lower())
    return faults
