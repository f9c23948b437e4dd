"""Reads a coding sheet as it came back from a person: saved by any spreadsheet program, changed in any way.

Nothing in it is trusted. What cannot be read is a `Problem` with the file, the row and, in its words, the
tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from coding.sheet_cells import tidy
from coding.sheet_words import WORDS
from coding.sheets import FORMAT, Exported
from coding.workbook import read_workbook
from corpus.files import sha256
from corpus.problems import Problem

_HEADER_WITHIN = 60
_CODE = re.compile(rf"(?:{'|'.join(w.code for w in WORDS.values())}) (\d{{1,3}})", re.IGNORECASE)
_SOURCE = re.compile(rf"(?:{'|'.join(w.source for w in WORDS.values())}): ([a-z0-9][a-z0-9._-]*)")
_TEXT = {w.text.casefold() for w in WORDS.values()}
_MEMO = {w.memo.casefold() for w in WORDS.values()}
_SPEAKER = {w.speaker.casefold() for w in WORDS.values()}
_READ = {w.read.casefold() for w in WORDS.values()}
_NEW_SHEET = "crosscase code sheet makes a new one"


class FilledRow(msgspec.Struct, frozen=True):
    """A row below the header as a person left it. `line` is its row in the tab; `number` is None where it has
    none.

    `cells` are the code cells by column, empty ones as ""; `readable` is false where a cell held a formula, a
    date or an error, which is reported.
    """

    line: int
    number: int | None
    words: str
    cells: tuple[str, ...]
    memo: str
    readable: bool = True

    @property
    def says_something(self) -> bool:
        """Whether a code or a memo stands in it."""
        return bool(self.memo or any(self.cells))


class FilledPage(msgspec.Struct, frozen=True):
    """A source's tab as a person left it; `read` is the read mark's cell, None where there is no such
    cell.
    """

    tab: str
    source: str
    read: str | None
    read_line: int
    rows: tuple[FilledRow, ...]


class FilledSheet(msgspec.Struct, frozen=True):
    """A workbook as it came back. `file` is its name, for problems."""

    file: str
    exported: Exported
    pages: tuple[FilledPage, ...]


class _Layout(msgspec.Struct, frozen=True):
    """Where the header stands and what its columns are: 0-based; None where a column is missing."""

    row: int
    number: int | None
    text: int | None
    memo: int | None
    codes: dict[int, int]
    known: frozenset[int]


def read_sheet(path: Path) -> tuple[FilledSheet | None, list[Problem]]:
    """The coding sheet in `path` and what could not be read in it; None where it is no coding sheet."""
    file = path.name
    book = read_workbook(path)
    if isinstance(book, str):
        return None, [Problem(file, 0, "bad-sheet", book)]
    tabs = book.tabs
    exported, fault = _exported(tabs)
    if exported is None:
        return None, [Problem(file, 0, "bad-sheet", fault)]
    pages, problems = _pages(tabs, exported, file)
    if book.comments:
        said = "the workbook has comments; they are not read"
        problems.append(Problem(file, 0, "sheet-not-used", said, "Write in the column Memo what is to be kept."))
    return FilledSheet(file, exported, pages), problems


def _exported(tabs: dict[str, list[tuple[Any, ...]]]) -> tuple[Exported | None, str]:
    """What the sheet stood for, from the tab that begins with the format's name; or why it cannot be
    known.
    """
    for rows in tabs.values():
        column = [str(row[0].value or "") if row else "" for row in rows]
        if not column or not column[0].startswith("crosscase-sheet/"):
            continue
        if column[0] != FORMAT:
            return (
                None,
                f"it is of the format {column[0]}, made by another version of crosscase: update crosscase",
            )
        text = "".join(column[2:])
        if len(column) < 3 or sha256(text) != column[1]:
            return None, f"its hidden tab was changed, so it cannot be compared: {_NEW_SHEET}"
        try:
            return msgspec.json.decode(text, type=Exported), ""
        except msgspec.DecodeError as error:
            return None, f"its hidden tab cannot be read ({error}): {_NEW_SHEET}"
    return None, f"it is not a coding sheet, or its hidden tab was deleted: {_NEW_SHEET}"


def _pages(
    tabs: dict[str, list[tuple[Any, ...]]], exported: Exported, file: str
) -> tuple[tuple[FilledPage, ...], list[Problem]]:
    problems: list[Problem] = []
    by_tab = {source.tab: source.id for source in exported.sources}
    ids = set(by_tab.values())
    pages: dict[str, FilledPage] = {}
    for tab, rows in tabs.items():
        layout = _layout(rows)
        if layout is None:
            problems += _unused_tab(tab, rows, exported, file)
            continue
        source = _said_source(rows[: layout.row], ids) or by_tab.get(tab, "")
        if not source or source in pages:
            why = f"also stands for source '{source}'" if source else "does not say which source it is"
            near = "Write 'Source: ID' in its second row, as it was." if not source else "Delete one of the two tabs."
            problems.append(Problem(file, 0, "bad-sheet", f"tab '{tab}' {why}", near))
            continue
        page, faults = _page(tab, rows, layout, source, _needed(exported, source), file)
        problems += faults
        if page is not None:
            pages[source] = page
    return tuple(pages.values()), problems


def _unused_tab(tab: str, rows: Sequence[tuple[Any, ...]], exported: Exported, file: str) -> Iterator[Problem]:
    """A tab without the header of a source: a fault where it was one, a remark where it is a person's own."""
    filled = any(cell.value not in (None, "") for row in rows for cell in row)
    if tab in {source.tab for source in exported.sources}:
        said = f"tab '{tab}' has lost its header row (#, Text, Code 1 …, Memo)"
        yield Problem(file, 0, "bad-sheet", said, "Copy the header row from another tab, or make a new sheet.")
    elif filled and tab not in exported.tabs and not _is_data(rows):
        yield Problem(file, 0, "sheet-not-used", f"tab '{tab}' is not a source's; it is not read")


def _is_data(rows: Sequence[tuple[Any, ...]]) -> bool:
    return bool(rows and rows[0] and rows[0][0].value == FORMAT)


def _layout(rows: Sequence[tuple[Any, ...]]) -> _Layout | None:
    """The header row of a source's tab: the first that has a column Code N beside # or Text."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [_plain(cell.value).casefold() for cell in row]
        codes: dict[int, int] = {}
        for column, name in enumerate(names):
            if match := _CODE.fullmatch(name):
                codes.setdefault(int(match[1]), column)
        number, text, memo, speaker = (_first(names, known) for known in ({"#"}, _TEXT, _MEMO, _SPEAKER))
        if codes and (number is not None or text is not None):
            known = [c for c in (number, text, memo, speaker, *codes.values()) if c is not None]
            return _Layout(index, number, text, memo, codes, frozenset(known))
    return None


def _first(names: Sequence[str], known: Iterable[str]) -> int | None:
    return next((column for column, name in enumerate(names) if name in known), None)


def _said_source(rows: Sequence[tuple[Any, ...]], ids: set[str]) -> str:
    """The source id in the line under the title; empty where it is not there."""
    for row in rows:
        for cell in row:
            if (match := _SOURCE.match(_plain(cell.value))) and match[1] in ids:
                return match[1]
    return ""


def _needed(exported: Exported, source: str) -> int:
    """How many code columns of a source had something in them when the sheet was written."""
    return max((len(row.codes) for s in exported.sources if s.id == source for row in s.rows), default=0)


def _page(
    tab: str, rows: Sequence[tuple[Any, ...]], layout: _Layout, source: str, needed: int, file: str
) -> tuple[FilledPage | None, list[Problem]]:
    lacking = [f"Code {n}" for n in range(1, needed + 1) if n not in layout.codes]
    lacking += ["Memo"] if layout.memo is None else []
    if lacking:
        said = f"tab '{tab}' has no column {', '.join(lacking)}, so it cannot be told what was cleared"
        near = "Put the header back, or make a new sheet."
        return None, [Problem(file, layout.row + 1, "bad-sheet", said, near)]
    problems: list[Problem] = []
    filled = []
    for line, row in enumerate(rows[layout.row + 1 :], layout.row + 2):
        entry, faults = _row(tab, line, row, layout, file)
        problems += faults
        if entry is not None:
            filled.append(entry)
    read, read_line, faults = _read_mark(tab, rows[: layout.row], file)
    problems += [*faults, *_outside(tab, rows, layout, file)]
    return FilledPage(tab, source, read, read_line, tuple(filled)), problems


def _row(tab: str, line: int, row: Sequence[Any], layout: _Layout, file: str) -> tuple[FilledRow | None, list[Problem]]:
    problems: list[Problem] = []

    def said(column: int | None) -> str:
        if column is None or column >= len(row):
            return ""
        text, fault = _cell_text(row[column])
        if fault:
            place = f"tab '{tab}', column {_letter(column)}"
            problems.append(Problem(file, line, "sheet-cell", f"{place}: {fault}"))
        return text

    cells = tuple(said(layout.codes.get(n)) for n in range(1, max(layout.codes) + 1))
    memo = said(layout.memo)
    text = row[layout.text] if layout.text is not None and layout.text < len(row) else None
    number = row[layout.number] if layout.number is not None and layout.number < len(row) else None
    words = tidy(str(text.value)) if text is not None and text.value is not None else ""
    filled = FilledRow(line, _number(number), words, cells, memo, not problems)
    blank = not (filled.says_something or words or filled.number is not None or problems)
    return (None if blank else filled), problems


def _cell_text(cell: Any) -> tuple[str, str]:
    """What a cell says, and why it cannot be taken as it is (or nothing)."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "holds a formula; type what is meant"
    if cell.data_type == "e":
        return "", f"holds the error {value}; type what is meant"
    if isinstance(value, str):
        return tidy(value), ""
    if isinstance(value, bool):
        return str(value).lower(), ""
    if isinstance(value, int | float):
        return f"{value:.15g}", ""
    return "", f"was made a date ({value}); format the cell as text and type it again"


def _number(cell: Any) -> int | None:
    """The paragraph number in a cell of the column #, or None."""
    text = _plain(cell.value) if cell is not None else ""
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else None


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(tidy(str(value)).split()) if value is not None else ""


def _read_mark(tab: str, rows: Sequence[tuple[Any, ...]], file: str) -> tuple[str | None, int, list[Problem]]:
    """The cell to the right of the question whether the source was read; None where the question is gone."""
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if _plain(cell.value).casefold() in _READ:
                answer, fault = _cell_text(row[column + 1]) if column + 1 < len(row) else ("", "")
                if fault:
                    said = f"tab '{tab}': the read mark {fault}"
                    return None, line, [Problem(file, line, "sheet-cell", said)]
                return answer, line, []
    said = f"tab '{tab}' has no read mark any more; whether the source was read stays as it is"
    return None, 0, [Problem(file, 0, "sheet-not-used", said)]


def _outside(tab: str, rows: Sequence[tuple[Any, ...]], layout: _Layout, file: str) -> Iterator[Problem]:
    """Columns of the person's own, one remark each."""
    found: dict[int, list[int]] = {}
    for line, row in enumerate(rows[layout.row + 1 :], layout.row + 2):
        for column, cell in enumerate(row):
            if column not in layout.known and cell.value not in (None, ""):
                found.setdefault(column, []).append(line)
    for column, lines in sorted(found.items()):
        cells = "1 cell is" if len(lines) == 1 else f"{len(lines)} cells are"
        said = f"tab '{tab}': column {_letter(column)} is not part of the sheet; its {cells} not read"
        yield Problem(file, lines[0], "sheet-not-used", said, "Move what is to be kept to the column Memo.")


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column + 1)
