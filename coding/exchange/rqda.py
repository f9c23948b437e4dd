"""RQDA projects (`.rqda`, SQLite): R's package for coding, no longer kept up, whose projects should not be lost.

Positions are code points, end exclusive, into `source.file`. A row counts where its `status` is 1: what was deleted in
RQDA is still in the file (0 or -1) and stays deleted.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
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
    ProjectSet,
    ProjectSource,
)
from coding.exchange.sqlite_file import Database, Value, damaged, database, has_tables, key, text, whole
from corpus.problems import Problem

_DATE = "%a %b %d %H:%M:%S %Y"


def recognises(path: Path, head: bytes) -> bool:
    """Whether `path` is an RQDA project."""
    return has_tables(path, head, "freecode", "coding", "source")


def read_project(path: Path) -> tuple[Project | None, list[Problem]]:
    """The project in `path`, and why it cannot be read."""
    try:
        with database(path) as found:
            return _Rqda(found).project(path), []
    except (sqlite3.Error, OSError) as error:
        return None, [damaged(path, error)]


class _Rqda:
    """One project while it is read; `deleted` counts the rows of each kind that were left out."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.deleted: Counter[str] = Counter()
        self.losses: list[Loss] = []

    def rows(self, table: str, what: str, *columns: str) -> list[tuple[Value, ...]]:
        """The rows of a table that were not deleted."""
        kept = []
        for status, *row in self.db.rows(table, "status", *columns):
            if whole(status) in (1, None):
                kept.append(tuple(row))
            else:
                self.deleted[what] += 1
        return kept

    def project(self, path: Path) -> Project:
        """The whole project."""
        memo = next((text(memo) for (memo,) in self.db.rows("project", "memo")), "")
        files = self.rows("source", "texts", "id", "name", "file", "memo", "owner", "date")
        of_files = self.values("fileAttr", "fileID")
        sources = tuple(
            ProjectSource(key(id), text(name), text(file), text(note), coder=text(owner), at=_iso(at),
                          attributes=of_files[key(id)])
            for id, name, file, note, owner, at in files
        )  # fmt: skip
        texts = {source.key for source in sources}
        codes = tuple(self.codes())
        codings = tuple(self.codings(texts, {code.key for code in codes}))
        cases, notes = tuple(self.cases(texts)), tuple(self.notes(texts))
        sets = tuple(self.file_categories(texts))
        attributes = tuple(self.attributes())
        owners = [source.coder for source in sources] + [c.coder for c in codings] + [n.coder for n in notes]
        return Project(
            tool="RQDA", name=path.stem, description=memo,
            coders=tuple(ProjectCoder(owner, owner) for owner in dict.fromkeys(owners) if owner),
            codes=codes, attributes=attributes, sources=sources, cases=cases, codings=codings, notes=notes, sets=sets,
            losses=tuple(self.all_losses()),
        )  # fmt: skip

    def codes(self) -> Iterator[ProjectCode]:
        """Code categories, then codes, each below the first category that it is in."""
        categories = self.rows("codecat", "code categories", "catid", "name", "memo")
        for id, name, memo in categories:
            yield ProjectCode(f"category {key(id)}", text(name), description=text(memo), codable=False)
        known = {key(id) for id, _, _ in categories}
        above: dict[str, list[str]] = defaultdict(list)
        for code, category in self.rows("treecode", "code categories of codes", "cid", "catid"):
            if key(category) in known:
                above[key(code)].append(key(category))
        for id, name, memo, colour in self.rows("freecode", "codes", "id", "name", "memo", "color"):
            parents = above[key(id)]
            if len(parents) > 1:
                why = "a code stands in one place of a codebook: it stands in its first category"
                self.losses.append(Loss("further categories of a code", why, text(name), len(parents) - 1))
            yield ProjectCode(
                key(id), text(name), f"category {parents[0]}" if parents else "", text(memo), text(colour)
            )

    def codings(self, sources: set[str], codes: set[str]) -> Iterator[ProjectCoding]:
        """The codings, without those whose text or code was deleted."""
        for code, source, quote, start, end, owner, at, memo in self.rows(
            "coding", "codings", "cid", "fid", "seltext", "selfirst", "selend", "owner", "date", "memo"
        ):
            first, last = whole(start), whole(end)
            if key(source) not in sources or key(code) not in codes:
                self.deleted["codings of deleted codes or texts"] += 1
            elif first is None or last is None:
                self.losses.append(Loss("codings", "they have no position"))
            else:
                yield ProjectCoding(key(source), first, last, key(code), text(owner), text(memo), _iso(at), text(quote))

    def cases(self, sources: set[str]) -> Iterator[ProjectCase]:
        """The cases with the texts that are linked to them."""
        linked: dict[str, list[str]] = defaultdict(list)
        for case, source in self.rows("caselinkage", "links of texts to cases", "caseid", "fid"):
            if key(source) in sources:
                linked[key(case)].append(key(source))
        values = self.values("caseAttr", "caseID")
        for id, name, memo in self.rows("cases", "cases", "id", "name", "memo"):
            found = tuple(dict.fromkeys(linked[key(id)]))
            yield ProjectCase(key(id), text(name), text(memo), values[key(id)], found)

    def attributes(self) -> Iterator[ProjectAttribute]:
        """The attributes that have a description or a type."""
        for name, memo, kind in self.rows("attributes", "attributes", "name", "memo", "class"):
            yield ProjectAttribute(text(name), "float" if text(kind) == "numeric" else "text", text(memo))

    def values(self, table: str, id_column: str) -> dict[str, dict[str, str]]:
        """Key → attribute → value."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name, value, id in self.rows(table, "values of attributes", "variable", "value", id_column):
            if text(value).strip() not in ("", "NA"):
                found[key(id)][text(name)] = text(value)
        return found

    def notes(self, sources: set[str]) -> Iterator[ProjectNote]:
        """Annotations at a position of a text, and the journal."""
        found = self.rows("annotation", "annotations", "fid", "position", "annotation", "owner", "date")
        for number, (source, position, said, owner, at) in enumerate(found, 1):
            if key(source) in sources and text(said).strip():
                place = whole(position) or 0
                about = About("source", key(source), place, place)
                yield ProjectNote(f"annotation {number}", text(said), coder=text(owner), at=_iso(at), about=(about,))
        for number, (name, said, owner, at) in enumerate(
            self.rows("journal", "journal entries", "name", "journal", "owner", "date"), 1
        ):
            if text(said).strip():
                yield ProjectNote(
                    f"journal {number}", text(said), text(name), text(owner), _iso(at), (About("project"),)
                )

    def file_categories(self, sources: set[str]) -> Iterator[ProjectSet]:
        """File categories as sets of sources."""
        members: dict[str, list[str]] = defaultdict(list)
        for source, category in self.rows("treefile", "texts in file categories", "fid", "catid"):
            if key(source) in sources:
                members[key(category)].append(key(source))
        for id, name, memo in self.rows("filecat", "file categories", "catid", "name", "memo"):
            yield ProjectSet(key(id), text(name), text(memo), tuple(members[key(id)]))

    def all_losses(self) -> Iterator[Loss]:
        """What was deleted, and what has no place in a study."""
        yield from self.losses
        for what, count in self.deleted.items():
            yield Loss(f"deleted {what}", "they were deleted in RQDA and stay deleted", count=count)
        for table, what in (("image", "pictures"), ("imageCoding", "codings of pictures")):
            if count := self.db.count(table):
                yield Loss(what, "crosscase codes text", count=count)
        if count := self.db.count("coding2"):
            yield Loss("rows of the table coding2", "RQDA shows them nowhere", count=count)


def _iso(at: Value) -> str:
    """`Thu Apr 30 18:53:37 2015` → `2015-04-30T18:53:37`; empty where it is no such date."""
    try:
        return datetime.strptime(text(at), _DATE).isoformat()
    except ValueError:
        return ""
