"""The things that the XML of a REFI-QDA project holds, as it says them.

References are GUIDs as `guid_key` writes them; whatever an element leaves out is empty.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

NO_GUID = "without GUID "
"""How the keys of codes begin that have none; a number follows."""


class RawCoding(msgspec.Struct, frozen=True, gc=False):
    """A code given to a selection or a source."""

    guid: str
    code: str
    user: str
    at: str
    notes: tuple[str, ...]


class RawSelection(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a text with positions as written. `media` says of what it is where it is none of a text."""

    guid: str
    name: str
    start: str
    end: str
    user: str
    at: str
    description: str
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]
    media: str = ""
    quote: str = ""


class RawText(NamedTuple):
    """A text source, a note, or the text of a PDF, picture or recording. `content` is None where a path names it."""

    kind: str
    guid: str
    name: str
    plain_path: str
    rich_path: str
    content: str | None
    description: str
    user: str
    at: str
    selections: list[RawSelection]
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


class RawSource(NamedTuple):
    """A source: its own text or those of its representation and transcripts, and selections of other kinds."""

    kind: str
    guid: str
    name: str
    path: str
    description: str
    user: str
    at: str
    texts: list[RawText]
    selections: list[RawSelection]
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


class RawCode(NamedTuple):
    """A code and the GUID of the one above it."""

    guid: str
    name: str
    parent: str
    colour: str
    codable: bool
    description: str
    notes: tuple[str, ...]


class RawCase(NamedTuple):
    """A case with its codes, values, sources and selections."""

    guid: str
    name: str
    description: str
    codes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    selections: tuple[str, ...]


class RawSet(NamedTuple):
    """A set and its members."""

    guid: str
    name: str
    description: str
    codes: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
