"""A list for a spreadsheet or a script: named columns and rows, before it becomes csv, xlsx or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import msgspec

Entry = str | int | None
"""A text, a whole number, or nothing where nothing can be said."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Listing(msgspec.Struct, frozen=True):
    """Columns, each with a key for programs and a name for readers, and rows with an entry for each column."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    rows: Sequence[Sequence[Entry]]

    def records(self) -> Iterator[Mapping[str, Entry]]:
        """Each row as key → entry."""
        return (dict(zip(self.keys, row, strict=True)) for row in self.rows)


def csv_bytes(listing: Listing, plain: bool = False) -> bytes:
    """The list as csv in UTF-8; nothing is an empty field.

    As a Danish Excel opens it: byte order mark, `;`, CRLF, and an apostrophe before what would be read as a formula.
    `plain` is for R and pandas: commas, keys as names, every text exactly as it is.
    """
    out = io.StringIO(newline="")
    if plain:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(listing.keys)
        writer.writerows(listing.rows)
        return out.getvalue().encode()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(name) for name in listing.names])
    writer.writerows([_safe(entry) for entry in row] for row in listing.rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(entry: Entry) -> Entry:
    """The entry, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{entry}" if isinstance(entry, str) and entry.startswith(_FORMULA) else entry
