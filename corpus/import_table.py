"""The table that says whose interview each file is (`crosscase import --table files.csv`), or options that say it."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from corpus.cases import CASES_FILE, Case
from corpus.files import shown
from corpus.ids import make_id, why_illegal
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import Asked, Kind
from corpus.tables import Row, read_table

_COLUMNS = {
    "file": ("file", "fil", "filnavn", "filename", "file name", "dokument", "document"),
    "id": ("id", "kilde", "source"),
    "case": ("case", "sag", "kommune", "municipality"),
    "roles": ("roles", "role", "rolle", "roller", "rolle(r)"),
    "date": ("date", "dato", "interviewdato"),
    "asked": ("asked", "spurgt", "spørgsmål", "questions"),
    "kind": ("kind", "type", "art", "slags"),
    "title": ("title", "titel"),
    "language": ("language", "sprog"),
}
"""Field → the names that its column may have, in English and Danish."""
_FIELD_OF = {name: field for field, names in _COLUMNS.items() for name in names}

_KINDS: Mapping[str, Kind] = {
    "summary": "summary", "referat": "summary", "resumé": "summary", "sammenfatning": "summary",
    "transcript": "transcript", "udskrift": "transcript", "transskription": "transcript", "transskript": "transcript",
    "document": "document", "dokument": "document",
}  # fmt: skip
_ASKED: Mapping[str, Asked] = {
    "all": "all", "alle": "all", "alt": "all", "unknown": "unknown", "ukendt": "unknown", "?": "unknown",
}  # fmt: skip
_DATE = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?")


class Given(msgspec.Struct, frozen=True):
    """What a row of the table, or the options, say about a file. Empty values say nothing.

    `file` and `line` are the file's name as written and its row in the table. `refused`: the row has a fault, which is
    reported, and its file is not imported until that is mended.
    """

    file: str = ""
    id: str = ""
    title: str = ""
    case: str = ""
    roles: tuple[str, ...] = ()
    date: datetime.date | None = None
    kind: Kind | None = None
    asked: Asked = ()
    language: str = ""
    line: int = 0
    refused: bool = False

    def with_(self, other: Given) -> Given:
        """What is said here, and by `other` where nothing is said here."""
        if other == _NOTHING:
            return self
        said = {name: getattr(self, name) or getattr(other, name) for name in self.__struct_fields__}
        return Given(**said)


_NOTHING = Given()


class FileTable(msgspec.Struct, frozen=True):
    """The rows of a table of files; `file` is the table's own name."""

    file: str = ""
    rows: tuple[Given, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """What values are checked against; nothing is checked where the study has no cases or no questions."""

    cases: tuple[Case, ...] = ()
    questions: frozenset[str] = frozenset()


def read_file_table(path: Path, known: Known) -> tuple[FileTable, list[Problem]]:
    """The table in `path` and its faults. A row with a fault is marked: its file is not imported by halves."""
    file = shown(path)
    table, problems = read_table(path, file)
    fields = {column: _FIELD_OF[column.lower()] for column in table.columns if column.lower() in _FIELD_OF}
    for column in table.columns:
        if column not in fields:
            near = hint(did_you_mean(column.lower(), _FIELD_OF), f"columns: {', '.join(_COLUMNS)}")
            problems.append(
                Problem(file, 1, "unknown-key", f"the column '{column}' is not known and was not used", near)
            )
    if table.columns and not {"file", "id"} & set(fields.values()):
        said = "the table has no column 'file' (fil) that says which file a row is about"
        return FileTable(file), [*problems, Problem(file, 1, "missing-key", said)]
    rows = []
    for row in table.rows:
        given, faults = _given(row, fields, file, known)
        problems += faults
        rows.append(msgspec.structs.replace(given, refused=bool(faults)))
    return FileTable(file, tuple(rows)), problems


def _given(row: Row, fields: Mapping[str, str], file: str, known: Known) -> tuple[Given, list[Problem]]:
    said = {field: row.cells[column] for column, field in fields.items() if row.cells.get(column)}
    given, problems = given_from_words(said, file, row.line, known)
    if not given.file and not given.id and not problems:
        problems.append(Problem(file, row.line, "missing-key", "the row names no file"))
    return given, problems


def given_from_words(said: Mapping[str, str], file: str, line: int, known: Known) -> tuple[Given, list[Problem]]:
    """What the words in `said` (field → words, as in a cell or an option) mean, and the faults in them."""
    problems: list[Problem] = []
    values: dict[str, Any] = {"line": line}
    for field, words in said.items():
        value, fault = _READERS[field](words.strip(), known)
        if fault is not None:
            rule, message, near = fault
            problems.append(Problem(file, line, rule, message, near))
        else:
            values[field] = value
    return Given(**values), problems


def given_from_front_matter(about: Mapping[str, str], file: str, known: Known) -> tuple[Given, list[Problem]]:
    """What the front matter of an imported file (key → words) says of its source; keys not known here say nothing.

    A value that cannot be used is told and left out: the file may not have been written for this study.
    """
    if not about:
        return _NOTHING, []
    fields = {_FIELD_OF[key.lower()]: words for key, words in about.items() if key.lower() in _FIELD_OF}
    given, faults = given_from_words({f: w for f, w in fields.items() if f not in ("file", "id")}, file, 0, known)
    return given, [
        msgspec.structs.replace(fault, message=f"{fault.message}: that line of its front matter was not used")
        for fault in faults
    ]


_Fault = tuple[str, str, str]
_Value = tuple[Any, _Fault | None]


def _words(words: str, known: Known) -> _Value:
    return words, None


def _one_line(words: str, known: Known) -> _Value:
    return " ".join(words.split()), None


def _id(words: str, known: Known) -> _Value:
    why = why_illegal(words)
    return words, ("illegal-id", f"id '{words}' {why}", "") if why else None


def _case(words: str, known: Known) -> _Value:
    """A case by its id, or by its label where that is written just so."""
    ids = {name.casefold(): case.id for case in known.cases for name in (case.label, case.id)}
    if not ids or words.casefold() in ids:
        return ids.get(words.casefold(), words), None
    near = difflib.get_close_matches(words.casefold(), ids, n=1)
    meant = f"did you mean '{ids[near[0]]}'?" if near else ""
    return None, (
        "unknown-case",
        f"case '{words}' is not in {CASES_FILE}",
        hint(meant, f"{CASES_FILE} lists all cases"),
    )


def _roles(words: str, known: Known) -> _Value:
    return tuple(filter(None, (role.strip() for role in re.split(r"[;,+]", words)))), None


def _date(words: str, known: Known) -> _Value:
    found = _DATE.fullmatch(words)
    try:
        if found and found[3]:
            return datetime.date(int(found[3]), int(found[2]), int(found[1])), None
        if found:
            return datetime.date(int(found[4]), int(found[5]), int(found[6])), None
    except ValueError:
        pass
    return None, ("bad-value", f"'{words}' is not a date", "Write 2009-01-14 or 14-01-2009 (day, month, year).")


def _asked(words: str, known: Known) -> _Value:
    questions = tuple(dict.fromkeys(re.findall(r"[^\s,;+]+", words)))
    for question in questions:
        if value := _ASKED.get(question.lower()):
            if len(questions) == 1:
                return value, None
            near = f"Write '{question}' alone, or the ids of the questions."
            return None, ("bad-value", f"asked '{words}': '{question}' cannot stand beside question ids", near)
        if known.questions and question not in known.questions:
            near = hint(did_you_mean(question, known.questions), "`crosscase codebook questions` lists them")
            return None, ("unknown-question", f"question '{question}' is not in guide.md", near)
    return questions, None


def _kind(words: str, known: Known) -> _Value:
    kind = _KINDS.get(words.lower())
    said = "it can be summary (referat), transcript (udskrift) or document (dokument)"
    return kind, None if kind else ("bad-value", f"kind '{words}' is not known", said)


_READERS: Mapping[str, Callable[[str, Known], _Value]] = {
    "file": _words, "id": _id, "title": _one_line, "case": _case, "roles": _roles,
    "date": _date, "kind": _kind, "asked": _asked, "language": _one_line,
}  # fmt: skip


def rows_of_files(table: FileTable, paths: Sequence[Path]) -> tuple[dict[Path, Given], list[Given], list[Problem]]:
    """File → its row; the rows that name none of `paths`; and the faults.

    A row names a file by its name, or by the end of its path (`birkeby/leder.docx`), small or capital letters, with or
    without the suffix; a row without a file by the id that the file's name gives.
    """
    by_name: dict[str, list[Path]] = {}
    for path in paths if table.rows else ():
        for name in {_plain(path.name), _plain(path.stem)}:
            by_name.setdefault(name, []).append(path)
        by_name.setdefault(f"id {make_id(path.stem)}", []).append(path)
    rows: dict[Path, Given] = {}
    others: list[Given] = []
    problems: list[Problem] = []
    for row in table.rows:
        found = _files_of(row, by_name)
        if not found:
            others.append(row)
        elif len(found) > 1:
            named = ", ".join(shown(path) for path in found[:3])
            said = f"'{row.file or row.id}' names {len(found)} files: {named}"
            problems.append(Problem(table.file, row.line, "unmatched-row", said, "Write the folder too: folder/name."))
        elif found[0] in rows:
            said = f"'{row.file or row.id}' stands on line {rows[found[0]].line} already"
            problems.append(Problem(table.file, row.line, "unmatched-row", said, "Keep one row for each file."))
        else:
            rows[found[0]] = row
    return rows, others, problems


def _files_of(row: Given, by_name: Mapping[str, list[Path]]) -> list[Path]:
    if not row.file:
        return by_name.get(f"id {row.id}", [])
    wanted = _plain(row.file.replace("\\", "/"))
    name = wanted.rpartition("/")[2]
    found = by_name.get(name, [])
    if name != wanted:
        found = [path for path in found if _ends_with(path, wanted) or _ends_with(path.with_suffix(""), wanted)]
    exact = [path for path in found if _plain(path.name) == name]
    return exact or found


def _ends_with(path: Path, wanted: str) -> bool:
    return f"/{_plain(path.as_posix())}".endswith(f"/{wanted}")


def _plain(name: str) -> str:
    """A file's name as it is compared: in normal form C (macOS writes å as two characters), without regard to case."""
    return unicodedata.normalize("NFC", name).casefold()
