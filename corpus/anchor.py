"""Where a coding's words stand in the text as it is now.

A coding stores its position, its words and a little context. Where the words are no longer at the position, they are
looked for in the whole text; the context decides between several places, and where it cannot, nobody guesses.
After the annotation anchoring of the Hypothesis client: position first, then the exact quote.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import msgspec

CONTEXT = 32
"""Characters of context that are stored on either side of a quote."""


class Place(msgspec.Struct, frozen=True):
    """`exact` at the recorded position; `moved` found at one other place; `ambiguous` at several; `lost` at none.

    `start` and `end` hold the place for `exact` and `moved`, the recorded position otherwise. `count` is how many
    places were found.
    """

    how: Literal["exact", "moved", "ambiguous", "lost"]
    start: int
    end: int
    count: int = 1


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after `[start, end)` that are stored with a coding."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def place(text: str, start: int, end: int, quote: str, prefix: str = "", suffix: str = "") -> Place:
    """Find `quote` in `text`, first at `[start, end)`, then anywhere."""
    if quote and start >= 0 and text[start:end] == quote:
        return Place("exact", start, end)
    quote, prefix, suffix = (unicodedata.normalize("NFC", part) for part in (quote, prefix, suffix))
    if quote and start >= 0 and text.startswith(quote, start):
        return Place("exact", start, start + len(quote))
    starts = occurrences(text, quote)
    if len(starts) > 1 and (prefix or suffix):
        fitting = [s for s in starts if _fits(text, s, s + len(quote), prefix, suffix)]
        starts = fitting if len(fitting) == 1 else starts
    if not starts:
        return Place("lost", start, end, 0)
    if len(starts) > 1:
        return Place("ambiguous", start, end, len(starts))
    found, length = starts[0], len(quote)
    return Place("moved", found, found + length)


def occurrences(text: str, quote: str) -> list[int]:
    """Every position at which `quote` begins, overlapping ones too; none for an empty quote."""
    starts: list[int] = []
    position = text.find(quote) if quote else -1
    while position >= 0:
        starts.append(position)
        position = text.find(quote, position + 1)
    return starts


def _fits(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    return text.endswith(prefix, 0, start) and text.startswith(suffix, end)
