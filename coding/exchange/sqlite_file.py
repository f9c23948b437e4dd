"""Reading the SQLite databases in which other tools keep their projects: never changed, and never trusted.

Versions of a tool differ in their tables and columns; a column that is not there is read as nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.files import shown
from corpus.problems import Problem

MAGIC = b"SQLite format 3\x00"
Value = str | int | float | bytes | None


class Database:
    """An open database: its tables, and their rows as plain values."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.columns = {name: self._columns_of(name) for (name,) in names.fetchall()}

    def _columns_of(self, table: str) -> frozenset[str]:
        return frozenset(row[1] for row in self.connection.execute(f"PRAGMA table_info({_quoted(table)})"))

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """These columns of every row in the order in which they were put in; nothing where there is no such table."""
        if table not in self.columns:
            return iter(())
        named = [_quoted(name) if name in self.columns[table] else "NULL" for name in columns]
        return self.connection.execute(f"SELECT {', '.join(named)} FROM {_quoted(table)} ORDER BY rowid")

    def count(self, table: str) -> int:
        """How many rows a table has; 0 where there is no such table."""
        if table not in self.columns:
            return 0
        return int(self.connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0])


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


@contextmanager
def database(path: Path) -> Iterator[Database]:
    """The database in `path`, to be read only. Raises sqlite3.Error where it cannot be read, or not to its end."""
    address = path.resolve().as_uri()
    try:
        try:
            connection = _connected(f"{address}?mode=ro")
        except sqlite3.OperationalError:
            connection = _connected(f"{address}?mode=ro&immutable=1")
        with closing(connection):
            yield Database(connection)
    except (UnicodeError, OverflowError, MemoryError) as error:
        raise sqlite3.DatabaseError(f"it is damaged ({type(error).__name__})") from error


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def has_tables(path: Path, head: bytes, *tables: str) -> bool:
    """Whether `path`, whose first bytes are `head`, is a database with these tables."""
    if not head.startswith(MAGIC):
        return False
    try:
        with database(path) as found:
            return found.columns.keys() >= set(tables)
    except (sqlite3.Error, OSError):
        return False


def damaged(path: Path, error: Exception) -> Problem:
    """That the database cannot be read to its end."""
    said = f"the database cannot be read: {error}"
    near = "Close the program that has it open, or open it there and save a copy, and import the copy."
    return Problem(shown(path), 0, "unreadable-file", said, near)


def text(value: Value) -> str:
    """A value as text; nothing is empty, and a number of a REAL column has no needless `.0`."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def whole(value: Value) -> int | None:
    """A value as a whole number; None where it is none."""
    try:
        return int(float(text(value)))
    except (ValueError, OverflowError):
        return None


def key(value: Value) -> str:
    """A row's number as the key of a thing; empty for 0, -1 and nothing, by which tools say `none`."""
    number = whole(value)
    return str(number) if number is not None and number > 0 else ""
