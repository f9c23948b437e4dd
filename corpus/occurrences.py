"""Where words stand in a text: one quote, or thousands of them at once."""

from __future__ import annotations

from collections.abc import Iterable

_FEW = 150
"""Up to so many strings, looking for each on its own is faster than preparing the text for all (measured)."""
_BLOCKS = (24, 12, 6)
"""Characters of the blocks that a text is cut into; strings too short to hold one are looked for on their own."""
_MANY = 2_000
"""Where a block stands at more places, the strings that hold it are looked for on their own."""


def occurrences(text: str, quote: str, most: int = 0) -> list[int]:
    """Every position at which `quote` begins, overlapping ones too (at most `most`); none for an empty quote."""
    starts: list[int] = []
    position = text.find(quote) if quote else -1
    while position >= 0 and (not most or len(starts) < most):
        starts.append(position)
        position = text.find(quote, position + 1)
    return starts


def occurrences_of(text: str, quotes: Iterable[str], most: int = 0) -> dict[str, list[int]]:
    """Quote → every position at which it begins, as `occurrences` has them, for many quotes at once.

    The text is cut into blocks. Wherever a quote stands, one of these blocks is a piece of it; so each quote is only
    compared with the places of a few blocks, however long the text is.
    """
    left = list(dict.fromkeys(quotes))
    found: dict[str, list[int]] = {}
    for length in _BLOCKS:
        fitting = [quote for quote in left if len(quote) >= 2 * length - 1]
        if len(fitting) > _FEW:
            blocks = blocks_of(text, length)
            for quote in fitting:
                starts = _starts(text, quote, blocks, length)
                if starts is not None:
                    found[quote] = starts[:most] if most else starts
            left = [quote for quote in left if quote not in found]
    return found | {quote: occurrences(text, quote, most) for quote in left}


def blocks_of(text: str, length: int) -> dict[str, list[int]]:
    """The text cut into blocks of `length` characters: block → where it begins."""
    found: dict[str, list[int]] = {}
    for at in range(0, len(text) - length + 1, length):
        found.setdefault(text[at : at + length], []).append(at)
    return found


def _starts(text: str, quote: str, blocks: dict[str, list[int]], length: int) -> list[int] | None:
    """Where a quote begins; None where a block in it stands at too many places."""
    starts = []
    for offset in range(length):
        places = blocks.get(quote[offset : offset + length])
        if places is None:
            continue
        if len(places) > _MANY:
            return None
        starts += [at - offset for at in places if at >= offset and text.startswith(quote, at - offset)]
    starts.sort()
    return starts
