"""Taguette projects (`.sqlite3`): documents as HTML, highlights with tags.

A highlight's positions count UTF-8 bytes in the document without its tags (taguette/extract.py, 1.5.2). Whether that
holds, and whether white space before the first tag counts (browsers count it, Taguette's own export does not), is
judged for each document by the words that Taguette stored with its highlights.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.exchange.html_positions import PositionedText, Unit, positioned_text
from coding.exchange.project import (
    Loss,
    Project,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectSource,
)
from coding.exchange.sqlite_file import Database, Value, damaged, database, has_tables, key, text, whole
from corpus.files import shown
from corpus.problems import Problem

_UNITS: tuple[Unit, ...] = ("UTF-8 bytes", "code points", "UTF-16 units")


class _Highlight(msgspec.Struct, frozen=True):
    """A highlight as stored: `start` and `end` in the unit that is to be found, `words` with spaces tidied."""

    key: str
    start: int
    end: int
    words: str


def recognises(path: Path, head: bytes) -> bool:
    """Whether `path` is Taguette's database."""
    return has_tables(path, head, "highlights", "documents", "tags")


def read_project(path: Path, wanted: str = "") -> tuple[Project | None, list[Problem]]:
    """The project in `path`; `wanted` names one of several (a Taguette database holds all projects of its users)."""
    try:
        with database(path) as found:
            projects = list(found.rows("projects", "id", "name", "description"))
            chosen = [row for row in projects if not wanted or wanted in (text(row[1]), text(row[0]))]
            if len(chosen) != 1:
                return None, [_which(projects, wanted, path)]
            return _project(found, *chosen[0]), []
    except (sqlite3.Error, OSError) as error:
        return None, [damaged(path, error)]


def _which(projects: Sequence[tuple[Value, ...]], wanted: str, path: Path) -> Problem:
    names = ", ".join(f"»{text(name)}« ({text(id)})" for id, name, _ in projects)
    said = f"there is no project »{wanted}« in it" if wanted else f"it holds {len(projects)} projects"
    return Problem(shown(path), 0, "unreadable-file", said, f"Name one with --project: {names}" if names else "")


def _project(db: Database, id: Value, name: Value, description: Value) -> Project:
    tags = tuple(_tags(db, id))
    known = {tag.key for tag in tags}
    tags_of: dict[str, list[str]] = defaultdict(list)
    for highlight, tag in db.rows("highlight_tags", "highlight_id", "tag_id"):
        if key(tag) in known:
            tags_of[key(highlight)].append(key(tag))
    highlights, authors = _highlights(db), _authors(db, id)
    sources: list[ProjectSource] = []
    codings: list[ProjectCoding] = []
    losses: list[Loss] = []
    for doc, label, about, file, at, project, html in db.rows(
        "documents", "id", "name", "description", "filename", "created", "project_id", "contents"
    ):
        if key(project) == key(id):
            page, found = positioned_text(text(html)), highlights[key(doc)]
            unit, skipped, said = _reading(page, found)
            title = text(label) or text(file)
            source = ProjectSource(key(doc), title, page.text, description=text(about), at=text(at), positions=said)
            placed = [_placed(page, highlight, unit, skipped) for highlight in found]
            sources.append(source)
            codings += _codings(source.key, placed, tags_of, authors)
            losses += _unused(title, placed, tags_of)
    coders = dict.fromkeys(coding.coder for coding in codings if coding.coder)
    return Project(
        tool="Taguette", name=text(name), description=text(description),
        coders=tuple(ProjectCoder(login, login) for login in coders),
        codes=tags, sources=tuple(sources), codings=tuple(codings), losses=tuple(losses),
    )  # fmt: skip


def _placed(page: PositionedText, highlight: _Highlight, unit: Unit, skipped: int) -> _Highlight:
    """The highlight with positions in the new text, and the words to compare it with: those there if they agree."""
    start, end = page.slice(highlight.start + skipped, highlight.end + skipped, unit)
    first, last = page.moved(start, end)
    agrees = _tidy(page.stripped[start:end]) == highlight.words
    return _Highlight(highlight.key, first, last, page.text[first:last] if agrees else highlight.words)


def _codings(
    source: str,
    highlights: Iterable[_Highlight],
    tags_of: Mapping[str, Sequence[str]],
    authors: Mapping[str, tuple[str, str]],
) -> Iterator[ProjectCoding]:
    """A coding for each tag of each highlight."""
    for highlight in highlights:
        coder, at = authors[highlight.key]
        for tag in tags_of.get(highlight.key, ()) if highlight.start < highlight.end else ():
            yield ProjectCoding(source, highlight.start, highlight.end, tag, coder, at=at, quote=highlight.words)


def _unused(title: str, highlights: Sequence[_Highlight], tags_of: Mapping[str, Sequence[str]]) -> Iterator[Loss]:
    """The highlights that are no codings."""
    if untagged := sum(not tags_of.get(highlight.key) for highlight in highlights):
        yield Loss("highlights without a tag", "a coding needs a code", title, untagged)
    if empty := sum(highlight.start == highlight.end for highlight in highlights):
        yield Loss("highlights without words", "they hold nothing but white space", title, empty)


def _tags(db: Database, project: Value) -> Iterator[ProjectCode]:
    """The tags as codes: `a.b` stands below `a` where there is a tag `a`, as Taguette groups them."""
    found = [
        (key(id), text(path), text(description))
        for id, of, path, description in db.rows("tags", "id", "project_id", "path", "description")
        if key(of) == key(project)
    ]
    by_path = {path: id for id, path, _ in found}
    for id, path, description in found:
        above = path.rpartition(".")[0]
        while above and above not in by_path:
            above = above.rpartition(".")[0]
        name = path.removeprefix(f"{above}.") if above else path
        yield ProjectCode(id, name or path, by_path.get(above, ""), description)


def _authors(db: Database, project: Value) -> dict[str, tuple[str, str]]:
    """Highlight → who made it, and when, from the log of commands; else the only member of the project."""
    members = [
        text(login) for of, login in db.rows("project_members", "project_id", "user_login") if key(of) == key(project)
    ]
    found: dict[str, tuple[str, str]] = defaultdict(lambda: (members[0] if len(members) == 1 else "", ""))
    for login, at, payload in db.rows("commands", "user_login", "date", "payload"):
        said = _decoded(text(payload))
        if said.get("type") == "highlight_add":
            found.setdefault(str(said.get("highlight_id")), (text(login), text(at)))
    return found


def _decoded(payload: str) -> dict[str, object]:
    try:
        said = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return {}
    return said if isinstance(said, dict) else {}


def _highlights(db: Database) -> dict[str, list[_Highlight]]:
    """Document → its highlights."""
    found: dict[str, list[_Highlight]] = defaultdict(list)
    for id, doc, start, end, snippet in db.rows(
        "highlights", "id", "document_id", "start_offset", "end_offset", "snippet"
    ):
        words = _tidy(positioned_text(text(snippet)).stripped)
        found[key(doc)].append(_Highlight(key(id), whole(start) or 0, whole(end) or 0, words))
    return found


def _reading(page: PositionedText, highlights: Sequence[_Highlight]) -> tuple[Unit, int, str]:
    """The unit of the positions, what to add to them, and the evidence in words."""
    blank = len(page.stripped) - len(page.stripped.lstrip())
    best: tuple[int, Unit, int] = (-1, "UTF-8 bytes", 0)
    for unit in _UNITS:
        for skipped in dict.fromkeys((0, blank)):
            fits = sum(_words_at(page, h, unit, skipped) == h.words for h in highlights)
            if fits > best[0]:
                best = (fits, unit, skipped)
    fits, unit, skipped = best
    if not highlights:
        return unit, skipped, ""
    return unit, skipped, f"{unit}, as {fits} of {len(highlights)} highlights show by their words"


def _words_at(page: PositionedText, highlight: _Highlight, unit: Unit, skipped: int) -> str:
    start, end = page.slice(highlight.start + skipped, highlight.end + skipped, unit)
    return _tidy(page.stripped[start:end])


def _tidy(words: str) -> str:
    return " ".join(words.split())
