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
from corpus.tables import read_table
from reports.hidden_names import hidden_names

NAMES_FILE = "private/names.csv"
"""A table of real names, in its column `name`; what else stands in it is for people and is not used."""
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
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
    found = []
    for file, data in made.items():
        texts = list(word_texts(data)) if known else []
        for name, line in known.items():
            names = hidden_names([name])
            at = next((text for text in texts if names and names.found_in(text)), None)
            if at is not None:
                said = f"a name of this line stands in {file}: »{_beside(at, name)}«"
                found.append(Problem(NAMES_FILE, line, "private-name", said))
    return [*problems, *found]


def word_texts(data: bytes) -> Iterator[str]:
    """The paragraphs and the properties of a Word file."""
    try:
        with ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    except (BadZipFile, UnicodeDecodeError):
        return
    for part in parts:
        for piece in _PARAGRAPH.findall(part) or [part]:
            text = _TAG.sub("", piece)
            for entity, character in _ENTITIES:
                text = text.replace(entity, character)
            if text.strip():
                yield text


def _beside(text: str, name: str) -> str:
    """The words around a name, so that it can be found in the sources."""
    names = hidden_names([name])
    match = names.one.search(text) if names else None
    start = max((match.start() if match else 0) - 30, 0)
    return " ".join(text[start : start + 80].split())
