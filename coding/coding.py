"""A coding: one coder gave one code to one span of one source."""

from __future__ import annotations

from typing import Literal

import msgspec

Placement = Literal["exact", "moved"]


class Coding(msgspec.Struct, frozen=True, gc=False):
    """A coding that counts, placed in the text of its source.

    `id` is the id of the event that added it. `start` and `end` are code points into the text, end exclusive.
    `origin` is `person` (a person read and judged), `structure` (a heading or question label), `pattern`, `sheet`
    (a person, in a coding sheet) or the name of a suggester; `run` groups the codings that one command made. `memo`
    is the coder's note, empty where there is none. `file_line` is the line of the log on which it was added.
    """

    id: str
    coder: str
    source: str
    code: str
    start: int
    end: int
    quote: str
    memo: str = ""
    origin: str = "person"
    run: str = ""
    at: str = ""
    placement: Placement = "exact"
    file_line: int = 0


class ReadMark(msgspec.Struct, frozen=True):
    """This coder has read the source, or (with `theme`) has read it for one theme."""

    id: str
    coder: str
    source: str
    theme: str = ""
    at: str = ""
    file_line: int = 0


class SourceMemo(msgspec.Struct, frozen=True):
    """A coder's note on a whole source."""

    id: str
    coder: str
    source: str
    text: str
    at: str = ""
