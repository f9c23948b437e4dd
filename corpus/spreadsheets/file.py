"""Reading a spreadsheet as rows of text: csv, tsv, xlsx and ods, whatever the suffix says.

`read_sheet` never raises: what cannot be read is a `Problem`. Formulas are never computed, nothing is fetched, and
memory and time are bounded for files made to do harm.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError

import msgspec

from corpus.files import shown
from corpus.problems import Problem, did_you_mean, hint
from corpus.readers.archives import ZIP_FAULTS
from corpus.readers.characters import what_it_is
from corpus.readers.encodings import decode
from corpus.spreadsheets.csv_text import csv_rows
from corpus.spreadsheets.sheet import MOST_FILE_BYTES, Cells, RefusedError, Sheet, tidy_cell

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")
_SAVE = "Save it as xlsx or as csv (UTF-8) in the program it comes from."
_Read = tuple[Sheet | None, list[Problem]]


def read_sheet(path: Path, sheet: str = "", encoding: str = "") -> tuple[Sheet | None, list[Problem]]:
    """A sheet of the spreadsheet `path`, and its faults; None where it cannot be read.

    `sheet` names one; otherwise it is the first that is shown and has something in it.
    """
    file = shown(path)
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            said = f"the file is larger than {MOST_FILE_BYTES // 1_000_000} MB"
            return None, [Problem(file, 0, "unreadable-file", said, "Import it in parts.")]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return sheet_from_bytes(data, file, sheet, encoding)


def sheet_from_bytes(data: bytes, file: str, sheet: str = "", encoding: str = "") -> tuple[Sheet | None, list[Problem]]:
    """A sheet of the spreadsheet in `data`; `file` is named in the faults. The format is seen from the bytes."""
    try:
        if data.startswith(b"PK"):
            return _from_archive(data, file, sheet)
        return _from_text(data, file, sheet, encoding)
    except RefusedError as error:
        return _refused(file, str(error))
    except ExpatError as error:
        return _refused(file, f"the spreadsheet is damaged ({error})", "Open it, save it anew, and import that file.")
    except (*ZIP_FAULTS, LookupError) as error:
        said = f"the spreadsheet is damaged: not all of it is there ({type(error).__name__})"
        return _refused(file, said, "Open it, save it anew, and import that file.")


def _refused(file: str, said: str, near: str = _SAVE) -> tuple[None, list[Problem]]:
    return None, [Problem(file, 0, "unreadable-file", said, near)]


def _from_archive(data: bytes, file: str, wanted: str) -> _Read:
    from corpus.spreadsheets import ods, xlsx
    from corpus.spreadsheets.xml_part import check_archive

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive)
        if xlsx.workbook_part(archive):
            return _xlsx(archive, file, wanted)
        if b"opendocument.spreadsheet" in data[:200] or "table:table" in _head(archive):
            tables = ods.sheets_of(archive)
            names = [(name, is_shown) for name, is_shown, _ in tables]
            if wanted:
                name, fault = _chosen([n for n, _ in names], wanted, file)
                return (None, [fault]) if fault else (ods.sheet_named(tables, name), [])
            filled = [name for name, is_shown, cells in tables if is_shown and cells.rows]
            return (ods.sheet_named(tables, filled[0]), []) if filled else _empty(file)
    return _refused(file, "the file is a zip archive without a spreadsheet in it")


def _head(archive: zipfile.ZipFile) -> str:
    if "content.xml" not in archive.NameToInfo:
        return ""
    with archive.open("content.xml") as part:
        return part.read(200_000).decode("utf-8", "replace")


def _xlsx(archive: zipfile.ZipFile, file: str, wanted: str) -> _Read:
    from corpus.spreadsheets import xlsx

    sheets = xlsx.sheet_names(archive)
    names = [name for name, _, _ in sheets]
    if wanted:
        name, fault = _chosen(names, wanted, file)
        if fault:
            return None, [fault]
        sheets = [found for found in sheets if found[0] == name]
    book = xlsx.Book(archive)
    for name, part, is_shown in sheets:
        if wanted or is_shown:
            read = book.sheet(name, part, [other for other in names if other != name])
            if read.rows or wanted:
                return read, []
    return _empty(file)


def _chosen(names: list[str], wanted: str, file: str) -> tuple[str, Problem | None]:
    """The sheet that is meant, without regard to case."""
    found = next((name for name in names if name.casefold() == wanted.casefold()), None)
    if found is not None:
        return found, None
    near = hint(did_you_mean(wanted, names), f"sheets: {', '.join(names) or 'none'}")
    return "", Problem(file, 0, "missing-file", f"the file has no sheet '{wanted}'", near)


def _empty(file: str) -> tuple[None, list[Problem]]:
    return _refused(file, "the spreadsheet has nothing in it", "Look whether it was saved.")


def _from_text(data: bytes, file: str, wanted: str, encoding: str) -> _Read:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _refused(file, "the file is an old Excel workbook (.xls), or locked with a password")
    if kind := what_it_is(data):
        return _refused(file, f"the file is {kind}, not a table")
    if wanted:
        return _refused(file, f"a csv has no sheets, so there is no sheet '{wanted}'", "Leave out --sheet.")
    decoded = decode(data, file, encoding)
    if decoded.text is None:
        return None, list(decoded.problems)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\x00") > 0:
        return _refused(file, "the file is not text: it holds NUL characters")
    sheet = _csv_cells(text).sheet("", ())
    if not sheet.rows:
        return _empty(file)
    return msgspec.structs.replace(sheet, is_text=True, notes=decoded.repairs), list(decoded.problems)


def _csv_cells(text: str) -> Cells:
    """The rows of a csv that have something in them."""
    cells = Cells()
    try:
        for line, row in csv_rows(text):
            found = {column: value for column, cell in enumerate(row) if (value := tidy_cell(cell))}
            if found:
                found.setdefault(len(row) - 1, "")
                cells.add(line, found)
    except csv.Error as error:
        raise RefusedError(f"csv: {error}") from error
    return cells
