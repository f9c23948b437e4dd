"""Whether a real name from private/names.csv stands in a report that is made to be published.

private/ is never read to *make* a report: the public Word file is the same with and without it. It is only looked at
afterwards, so that a name that was overlooked when the sources were given pseudonyms does not leave the house.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from corpus.problems import Problem
from corpus.study import read_settings
from corpus.tables import read_table
from reports.hidden_names import FoundName, hidden_names

NAMES_FILE = "private/names.csv"
"""A table of real names, in its column `name`; what else stands in it is for people and is not used."""
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_ALOUD = re.compile(r'<w:tbl(?:Caption|Description) w:val="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def read_private_names(root: Path) -> tuple[Mapping[str, int], list[Problem]]:
    """Real name → the line of private/names.csv on which it stands; nothing where the study has no such file."""
    if not (root / NAMES_FILE).is_file():
        return {}, []
    table, problems = read_table(root / NAMES_FILE, NAMES_FILE)
    if table.columns and "name" not in table.columns:
        return {}, [*problems, Problem(NAMES_FILE, 1, "missing-key", "the table has no column 'name'")]
    return {row.cells["name"]: row.line for row in table.rows if row.cells.get("name")}, problems


def private_names_in(root: Path, made: Mapping[str, bytes]) -> list[Problem]:
    """Real names that stand in files for the public (name → bytes), each once for every file, and what is wrong with
    the table itself."""
    known, problems = read_private_names(root)
    settings = read_settings(root)[0] if known else None
    names = hidden_names({name: name for name in known}, settings.language if settings else "")
    found = []
    for file, data in made.items():
        beside: dict[str, str] = {}
        for text in word_texts(data) if names else ():
            for at in names.in_text(text) if names else ():
                beside.setdefault(at.whose, _beside(text, at))
        for name, said in beside.items():
            told = f"a name of this line stands in {file}: »{said}«"
            found.append(Problem(NAMES_FILE, known[name], "private-name", told))
    return [*problems, *found]


def word_texts(data: bytes) -> Iterator[str]:
    """The paragraphs, the properties and what is read aloud for tables (in attributes) of a Word file."""
    try:
        with ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    except (BadZipFile, UnicodeDecodeError):
        return
    for part in parts:
        for piece in (*(_PARAGRAPH.findall(part) or [part]), *_ALOUD.findall(part)):
            text = _TAG.sub("", piece)
            for entity, character in _ENTITIES:
                text = text.replace(entity, character)
            if text.strip():
                yield text


def _beside(text: str, at: FoundName) -> str:
    """The words around a name, so that it can be found in the sources."""
    start = max(at.start - 30, 0)
    return " ".join(text[start : start + 80].split())
