"""Full-text search in all sources: which paragraphs hold some words, and where in them the words stand.

The index (SQLite FTS5) lies in .crosscase and follows the texts: a source whose file has changed is indexed anew.
Without the folder it is made again, with the same answers.
"""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from corpus.source import SOURCES_FOLDER, Source, read_source
from corpus.study import CACHE_FOLDER

INDEX_FILE = f"{CACHE_FOLDER}/search.sqlite3"
_FORMAT = 1
_OPENS, _CLOSES = "\x02", "\x03"
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_SIGNS = re.compile(r"[\"\x00-\x1f\ud800-\udfff]")
_LETTER = re.compile(r"\w")
_TABLES = f"""
CREATE VIRTUAL TABLE passages USING fts5(words, tokenize = "unicode61 remove_diacritics 0");
CREATE TABLE places (id INTEGER PRIMARY KEY, source TEXT, start INTEGER);
CREATE TABLE sources (
    id TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inode INTEGER, sha256 TEXT, first INTEGER, last INTEGER
);
PRAGMA user_version = {_FORMAT};
"""


class Hit(msgspec.Struct, frozen=True):
    """A paragraph that holds the words: its span in the source's text, its words, and where those asked for stand.

    `found` are spans into the source's text in code points, end exclusive. `rank` is SQLite's BM25 (Robertson et al.
    1994), lower for a better fit.
    """

    source: str
    start: int
    end: int
    words: str
    found: tuple[tuple[int, int], ...]
    rank: float


def search(root: Path, asked: str, limit: int = 20, sources: Sequence[str] = ()) -> tuple[list[Hit], int]:
    """The paragraphs of the study in `root` that hold all that is `asked`, and in how many the words stand in all.

    Best first and at most `limit` of them; with `limit` 0 all, in order of source and place. `"exact words"` stand
    beside each other, `begin*` is the beginning of a word, capitals do not matter. `sources` are ids; none means all.
    Raises ValueError where nothing is asked.
    """
    query = _query(asked)
    with closing(search_index(root)) as db:
        return hits(db, query, limit, sources)


def _query(asked: str) -> str:
    """What is asked in the language of FTS5; every word in quotation marks, so that none is taken for an operator."""
    terms = []
    for phrase, word in _TERM.findall(unicodedata.normalize("NFC", asked)):
        words = phrase or word
        if _LETTER.search(words):
            begins = "*" if word.endswith("*") else ""
            terms.append(f'"{_SIGNS.sub(" ", words.rstrip("*"))}"{begins}')
    if not terms:
        raise ValueError("there are no words to look for")
    return " AND ".join(terms)


def hits(db: sqlite3.Connection, query: str, limit: int, sources: Sequence[str] = ()) -> tuple[list[Hit], int]:
    """What `search` gives, from an open index and a query in the language of FTS5."""
    marks = ", ".join("?" * len(sources))
    chosen = f"AND passages.rowid IN (SELECT id FROM places WHERE source IN ({marks}))" if sources else ""
    matching = f"FROM passages WHERE passages MATCH ? {chosen}"
    (total,) = db.execute(f"SELECT count(*) {matching}", (query, *sources)).fetchone()
    best = "ORDER BY rank, rowid LIMIT ?" if limit else ""
    marked = f"highlight(passages, 0, '{_OPENS}', '{_CLOSES}')"
    found = f"""SELECT source, start, words, fit FROM
        (SELECT rowid AS number, rank AS fit, {marked} AS words {matching} {best})
        JOIN places ON id = number ORDER BY {"fit, id" if limit else "source, start"}"""
    rows = db.execute(found, (query, *sources, *((limit,) if limit else ())))
    return [_hit(*row) for row in rows], total


def _hit(source: str, start: int, marked: str, rank: float) -> Hit:
    words, found, at = [], [], 0
    for number, piece in enumerate(re.split(f"[{_OPENS}{_CLOSES}]", marked)):
        words.append(piece)
        if number % 2:
            found.append((start + at, start + at + len(piece)))
        at += len(piece)
    return Hit(source, start, start + at, "".join(words), tuple(found), rank)


def search_index(root: Path) -> sqlite3.Connection:
    """The index of the study in `root`, up to date. One that cannot be read, or is of another format, is made anew."""
    path = root / INDEX_FILE
    path.parent.mkdir(exist_ok=True)
    for attempt in (1, 2):
        db = sqlite3.connect(path, timeout=30)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version not in (0, _FORMAT):
                raise sqlite3.DatabaseError("of another format")
            if version == 0:
                db.executescript(_TABLES)
            with db:
                _follow_texts(db, root)
        except sqlite3.DatabaseError:
            db.close()
            if attempt == 2:
                raise
            path.unlink(missing_ok=True)
        else:
            return db
    raise AssertionError("two attempts end above")


def _follow_texts(db: sqlite3.Connection, root: Path) -> None:
    """Index the sources whose files are others than when they were indexed, and forget those that are gone."""
    known = {id: tuple(hint) for id, *hint in db.execute("SELECT id, size, mtime, inode, sha256 FROM sources")}
    seen: set[str] = set()
    for path, state in _files(root):
        id = path.stem
        seen.add(id)
        if known.get(id, ())[:3] == state:
            continue
        source, _ = read_source(path)
        if source is None:
            seen.discard(id)
        elif id in known and known[id][3] == source.sha256:
            db.execute("UPDATE sources SET size = ?, mtime = ?, inode = ? WHERE id = ?", (*state, id))
        else:
            _forget(db, id)
            _add(db, source, state)
    for id in known.keys() - seen:
        _forget(db, id)


def _files(root: Path) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    """Each source's file with its size, time and inode: a hint that its text is as it was."""
    folder = root / SOURCES_FOLDER
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.endswith(".md") and not entry.name.startswith(".") and entry.is_file():
                state = entry.stat()
                yield Path(entry.path), (state.st_size, state.st_mtime_ns, state.st_ino)


def _forget(db: sqlite3.Connection, id: str) -> None:
    for first, last in db.execute("SELECT first, last FROM sources WHERE id = ?", (id,)).fetchall():
        db.execute("DELETE FROM passages WHERE rowid BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM places WHERE id BETWEEN ? AND ?", (first, last))
    db.execute("DELETE FROM sources WHERE id = ?", (id,))


def _add(db: sqlite3.Connection, source: Source, state: tuple[int, int, int]) -> None:
    """Every paragraph and heading of the source becomes a passage."""
    (first,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM places").fetchone()
    spans = [(paragraph.start, paragraph.end) for paragraph in source.structure.paragraphs]
    texts = (source.text[start:end].replace(_OPENS, " ").replace(_CLOSES, " ") for start, end in spans)
    db.executemany("INSERT INTO passages (rowid, words) VALUES (?, ?)", enumerate(texts, first))
    places = ((number, source.id, start) for number, (start, _) in enumerate(spans, first))
    db.executemany("INSERT INTO places VALUES (?, ?, ?)", places)
    row = (source.id, *state, source.sha256, first, first + len(spans) - 1)
    db.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", row)
