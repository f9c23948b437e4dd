"""Reads the cells of a workbook that nobody vouches for: damaged, truncated, protected or made to do harm."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

LARGEST = 100_000_000
"""Bytes that a workbook may unpack to; 200 long interviews take a third of it."""
_ROWS, _COLUMNS = 100_000, 250


class Workbook(msgspec.Struct, frozen=True):
    """Tab name → rows of cells (openpyxl's, up to the last filled one), and whether there are comments."""

    tabs: dict[str, list[tuple[Any, ...]]]
    comments: bool


def read_workbook(path: Path) -> Workbook | str:
    """The cells of the xlsx file `path`, formulas as formulas; or why it cannot be read."""
    if fault := _not_a_workbook(path):
        return fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Workbook(_tabs(path), _has_comments(path))
    except Exception as error:
        # openpyxl lets through whatever its parsers raise (KeyError, ParseError, zlib.error and many more)
        return f"it is damaged or not a workbook ({type(error).__name__})"


def _not_a_workbook(path: Path) -> str:
    """Why the file cannot be a workbook, or nothing."""
    try:
        with path.open("rb") as handle:
            start = handle.read(8)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            return "it has a password or is of an old kind (.xls): save it as xlsx without a password"
        if not zipfile.is_zipfile(path):
            return "it is not an xlsx workbook, or it is cut off"
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
            size = sum(part.file_size for part in parts.infolist())
            if "xl/workbook.xml" not in names:
                kind = "an OpenDocument file" if "content.xml" in names else "not an xlsx workbook"
                return f"it is {kind}: save it as xlsx"
            if size > LARGEST:
                return f"it unpacks to {size // 1_000_000} MB, far more than a coding sheet can hold"
            xml = (name for name in names if name.endswith((".xml", ".rels")))
            if any(b"<!DOCTYPE" in parts.read(name) or b"<!ENTITY" in parts.read(name) for name in xml):
                return "it defines XML entities, which no spreadsheet program writes"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    except Exception as error:
        # zipfile lets through zlib.error, NotImplementedError, RuntimeError (encrypted) and more
        return f"it is damaged ({type(error).__name__})"
    return ""


def _tabs(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Tab name → rows of cells, as far as a sheet made for people reaches."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        tabs = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # programs write wrong ones, and rows would then be missed
            tabs[sheet.title] = [_filled(row) for row in islice(sheet.iter_rows(max_col=_COLUMNS), _ROWS)]
        return tabs
    finally:
        book.close()


def _filled(row: Sequence[Any]) -> tuple[Any, ...]:
    """The cells of a row up to the last that holds something."""
    last = next((n for n in range(len(row), 0, -1) if row[n - 1].value is not None), 0)
    return tuple(row[:last])


def _has_comments(path: Path) -> bool:
    with zipfile.ZipFile(path) as parts:
        return any(re.match(r"xl/(?:comments|threadedComments)", name) for name in parts.namelist())
