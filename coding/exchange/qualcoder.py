"""QualCoder projects: the folder `NAME.qda` with its `data.qda`, or that database by itself.

Positions are code points, end exclusive, into `source.fulltext` (checked on projects of versions 1 to 4 of the schema's
life: 14 texts, 2,000 codings, all quotes equal). Categories become codes that only hold others.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from coding.exchange.project import (
    About,
    Loss,
    Project,
    ProjectAttribute,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSource,
    ValueType,
)
from coding.exchange.sqlite_file import Database, damaged, database, has_tables, key, text, whole
from corpus.problems import Problem

_DATABASE = "data.qda"


def recognises(path: Path, head: bytes) -> bool:
    """Whether `path` is a QualCoder project."""
    if path.is_dir():
        file = path / _DATABASE
        return file.is_file() and recognises(file, file.open("rb").read(32))
    return has_tables(path, head, "code_name", "code_text", "source")


def read_project(path: Path) -> tuple[Project | None, list[Problem]]:
    """The project in `path`, and why it cannot be read."""
    file = path / _DATABASE if path.is_dir() else path
    try:
        with database(file) as found:
            return _project(found, path), []
    except (sqlite3.Error, OSError) as error:
        return None, [damaged(file, error)]


def _project(db: Database, path: Path) -> Project:
    about, memo = next(((text(a), text(m)) for a, m in db.rows("project", "about", "memo")), ("", ""))
    sources, losses = _sources(db)
    texts = {source.key: source.text for source in sources}
    attributes = _attributes(db)
    cases, more = _cases(db, texts, attributes["case"])
    codings, dropped = _codings(db, texts)
    folder = path.parent if path.name == _DATABASE else path
    return Project(
        tool=about or "QualCoder",
        name=folder.name.partition(".qda")[0],
        description=memo,
        coders=_coders(db),
        codes=tuple(_codes(db)),
        attributes=tuple(_attribute_types(db)),
        sources=tuple(
            ProjectSource(
                s.key, s.name, s.text, memo=s.memo, coder=s.coder, at=s.at, attributes=attributes["file"][s.key]
            )
            for s in sources
        ),
        cases=tuple(cases),
        codings=tuple(codings),
        notes=tuple(_notes(db, texts)),
        losses=(*losses, *more, *dropped, *_left_behind(db)),
    )


def _coders(db: Database) -> tuple[ProjectCoder, ...]:
    """Everyone who wrote anything."""
    tables = ("code_text", "annotation", "source", "code_name", "journal")
    owners = [text(owner) for table in tables for (owner,) in db.rows(table, "owner")]
    return tuple(ProjectCoder(owner, owner) for owner in dict.fromkeys(owners) if owner)


def _codes(db: Database) -> Iterator[ProjectCode]:
    """Categories first, then codes; a code stands below another code or below its category."""
    for id, name, memo, above in db.rows("code_cat", "catid", "name", "memo", "supercatid"):
        parent = key(above)
        yield ProjectCode(f"category {key(id)}", text(name), f"category {parent}" if parent else "", text(memo),
                          codable=False)  # fmt: skip
    for id, name, memo, category, above, colour in db.rows(
        "code_name", "cid", "name", "memo", "catid", "supercid", "color"
    ):
        parent = key(above) or (f"category {key(category)}" if key(category) else "")
        yield ProjectCode(key(id), text(name), parent, text(memo), text(colour))


def _sources(db: Database) -> tuple[list[ProjectSource], list[Loss]]:
    sources, losses = [], []
    for id, name, full, memo, owner, at, media in db.rows(
        "source", "id", "name", "fulltext", "memo", "owner", "date", "mediapath"
    ):
        if text(full).strip():
            sources.append(ProjectSource(key(id), text(name), text(full), text(memo), coder=text(owner), at=text(at)))
        elif not text(media).startswith(("/docs/", "docs:")) and media:
            losses.append(Loss("pictures, sound and film", "crosscase codes text", text(name)))
        else:
            losses.append(Loss("files without text", "there are no words in it", text(name)))
    return sources, losses


def _attribute_types(db: Database) -> Iterator[ProjectAttribute]:
    values = defaultdict(list)
    for name, value in db.rows("attribute", "name", "value"):
        if text(value).strip():
            values[text(name)].append(text(value))
    for name, memo, kind in db.rows("attribute_type", "name", "memo", "valuetype"):
        numeric = text(kind) == "numeric"
        type: ValueType = "text"
        if numeric:
            type = "integer" if all(v.lstrip("-").isdecimal() for v in values[text(name)]) else "float"
        yield ProjectAttribute(text(name), type, text(memo))


def _attributes(db: Database) -> dict[str, dict[str, dict[str, str]]]:
    """`case` or `file` → key → attribute → value."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, about, value, id in db.rows("attribute", "name", "attr_type", "value", "id"):
        if text(value).strip():
            found[text(about)][key(id)][text(name)] = text(value)
    return found


def _cases(
    db: Database, texts: dict[str, str], attributes: dict[str, dict[str, str]]
) -> tuple[list[ProjectCase], list[Loss]]:
    sources: dict[str, list[str]] = defaultdict(list)
    parts: Counter[str] = Counter()
    for case, source, start, end in db.rows("case_text", "caseid", "fid", "pos0", "pos1"):
        if key(source) in texts:
            sources[key(case)].append(key(source))
            length = len(texts[key(source)])
            parts[key(case)] += (whole(start) or 0) > 0 or (whole(end) or length) < length - 1
    cases = [
        ProjectCase(key(id), text(name), text(memo), attributes[key(id)], tuple(dict.fromkeys(sources[key(id)])))
        for id, name, memo in db.rows("cases", "caseid", "name", "memo")
    ]
    why = "a source belongs to a case as a whole: its whole text counts for the case"
    return cases, [
        Loss("parts of texts that belong to a case", why, case.name, parts[case.key], kept=True)
        for case in cases
        if parts[case.key]
    ]


def _codings(db: Database, texts: dict[str, str]) -> tuple[list[ProjectCoding], list[Loss]]:
    codings, lost, important = [], 0, 0
    for code, source, quote, start, end, owner, at, memo, mark in db.rows(
        "code_text", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"
    ):
        first, last = whole(start), whole(end)
        if first is None or last is None or key(source) not in texts:
            lost += 1
            continue
        important += bool(whole(mark))
        codings.append(
            ProjectCoding(key(source), first, last, key(code), text(owner), text(memo), text(at), text(quote))
        )
    losses = [Loss("codings", "they name no text, or no position in it", count=lost)] if lost else []
    if important:
        losses.append(Loss("marks »important« on codings", "a coding of crosscase has no such mark", count=important))
    return codings, losses


def _notes(db: Database, texts: dict[str, str]) -> Iterator[ProjectNote]:
    """Annotations of stretches of text, and the journal."""
    for id, source, start, end, memo, owner, at in db.rows(
        "annotation", "anid", "fid", "pos0", "pos1", "memo", "owner", "date"
    ):
        if key(source) in texts and text(memo).strip():
            span = About("source", key(source), whole(start) or 0, whole(end) or 0)
            yield ProjectNote(f"annotation {key(id)}", text(memo), coder=text(owner), at=text(at), about=(span,))
    for id, name, entry, owner, at in db.rows("journal", "jid", "name", "jentry", "owner", "date"):
        if text(entry).strip():
            yield ProjectNote(f"journal {key(id)}", text(entry), text(name), text(owner), text(at), (About("project"),))


def _left_behind(db: Database) -> Iterator[Loss]:
    """What the project holds that has no place in a study."""
    for table, what in (
        ("code_image", "codings of pictures"),
        ("code_av", "codings of sound and film"),
        ("graph", "graphs"),
        ("stored_sql", "stored queries"),
        ("ris", "lines of bibliographic references"),
    ):
        if count := db.count(table):
            yield Loss(what, "crosscase has no such thing", count=count)
