"""Where words stand that are almost a quote: the stretches of a text that share pieces with it and its context.

Nothing is compared with a whole text. The text is cut into pieces of ten characters, and those that stand in a quote
with its context are looked up; where several stand one behind the other as in the quote, that stretch alone is aligned
with it (Levenshtein, by rapidfuzz).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from corpus.occurrences import blocks_of

if TYPE_CHECKING:
    from corpus.anchor import Recorded

_PIECE = 10
"""Characters of a piece. Shorter ones are words that stand everywhere; longer ones do not survive two typing errors."""
_COMMON = 16
"""A piece that stands at more places tells nothing about any of them."""
_SHARE = 0.25
"""The share of its pieces that a stretch must have in common with a quote and its context."""
_STRETCHES = 4
"""Stretches of the text that are aligned with a quote: those that share most pieces with it."""
_AROUND = 4_000
"""Characters on either side of the old position that are searched where no piece of a quote is left."""
_SEARCHED = 200
"""Quotes of one text that are searched for so, which takes a millisecond each; of others nothing is left."""
_WORD = 24
"""Characters by which a stretch may grow to hold the whole of its first and last word."""

_ZWJ = "\N{ZERO WIDTH JOINER}"
_JOINERS = (_ZWJ, "\N{VARIATION SELECTOR-15}", "\N{VARIATION SELECTOR-16}")


class _Stretch(msgspec.Struct, frozen=True):
    """A stretch of the text that shares pieces with a quote: by them it begins at `start` and ends at `end`."""

    pieces: int
    start: int
    end: int


def near_places(text: str, doubtful: Mapping[Recorded, Collection[int]]) -> dict[Recorded, set[tuple[int, int]]]:
    """Words → the spans of the text that may be these words, changed. Most of them are not: they are to be judged.

    `doubtful` says of all words where they may begin by what is known of their neighbours.
    """
    pieces = blocks_of(text, _PIECE)
    found = {}
    searched = 0
    for entry, expected in doubtful.items():
        stretches = _stretches(entry, pieces)
        if not stretches and searched < _SEARCHED:
            searched += 1
            stretches = list(_searched(text, entry))
        stretches += [_Stretch(0, start, start + len(entry.quote)) for start in expected if 0 <= start < len(text)]
        spans = (_aligned(text, entry, start, end) for start, end in dict.fromkeys(_pairs(entry, stretches)))
        found[entry] = {span for span in spans if span[0] < span[1]}
    return found


def _stretches(entry: Recorded, pieces: Mapping[str, Sequence[int]]) -> list[_Stretch]:
    """Stretches with pieces in the places that they have in the quote, give or take a third of its length."""
    begin, end = len(entry.prefix), len(entry.prefix) + len(entry.quote)
    whole, hits = entry.whole, []
    for offset in range(len(whole) - _PIECE + 1):
        places = pieces.get(whole[offset : offset + _PIECE])
        if places and len(places) <= _COMMON:
            hits += [(place - offset, offset) for place in places]
    hits.sort()
    groups: list[list[tuple[int, int]]] = []
    for hit in hits:
        if groups and hit[0] - groups[-1][-1][0] <= max(_PIECE, len(entry.quote) // 3):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    groups = [group for group in groups if len(group) >= len(whole) * _SHARE // _PIECE]
    groups.sort(key=len, reverse=True)
    found = []
    for group in groups[:_STRETCHES]:
        first = min(group, key=lambda hit: abs(hit[1] + _PIECE // 2 - begin))
        last = min(group, key=lambda hit: abs(hit[1] + _PIECE // 2 - end))
        found.append(_Stretch(len({offset for _, offset in group}), first[0] + begin, last[0] + end))
    return found


def _pairs(entry: Recorded, stretches: Sequence[_Stretch]) -> Iterator[tuple[int, int]]:
    """Where the words may begin and end: each stretch, and two of them with what was put between."""
    for one in stretches:
        yield one.start, max(one.start, one.end)
        for other in stretches:
            if one.end < other.end and other.end - one.start <= 2 * len(entry.quote) + _PIECE:
                yield one.start, other.end


def _searched(text: str, entry: Recorded) -> Iterator[_Stretch]:
    """The stretch around the old position that is most like the quote."""
    from rapidfuzz import fuzz

    around = max(0, min(entry.start, len(text)) - _AROUND)
    there = fuzz.partial_ratio_alignment(entry.quote, text[around : around + 2 * _AROUND], score_cutoff=50)
    if there is not None:
        yield _Stretch(0, around + there.dest_start, around + there.dest_end)


def _aligned(text: str, entry: Recorded, start: int, end: int) -> tuple[int, int]:
    """The span that the quote becomes where it and its context are edited into the text around `[start, end)`."""
    from rapidfuzz.distance import Levenshtein

    first = max(0, start - len(entry.prefix))
    around = text[first : end + len(entry.suffix)]
    begin = len(entry.prefix)
    last = begin + len(entry.quote) - 1
    for op in Levenshtein.opcodes(entry.whole, around):
        if op.src_start <= begin < op.src_end:
            start = first + op.dest_start + min(begin - op.src_start, op.dest_end - op.dest_start)
        if op.src_start <= last < op.src_end:
            end = first + op.dest_start + min(last - op.src_start + 1, op.dest_end - op.dest_start)
    return _whole_words(text, entry, start, end)


def _whole_words(text: str, entry: Recorded, start: int, end: int) -> tuple[int, int]:
    """The span, with all of its first and last word where the quote had all of them, and without space at its ends."""
    while start < end and text[start].isspace() and not entry.quote[0].isspace():
        start += 1
    while start < end and text[end - 1].isspace() and not entry.quote[-1].isspace():
        end -= 1
    if start >= end:
        return start, start
    if not _inside_word(entry.prefix[-1:], entry.quote[:1]):
        least = max(0, start - _WORD)
        while start > least and _inside_word(text[start - 1], text[start]):
            start -= 1
    if not _inside_word(entry.quote[-1:], entry.suffix[:1]):
        most = min(len(text), end + _WORD)
        while end < most and _inside_word(text[end - 1], text[end]):
            end += 1
    return start, end


def _inside_word(one: str, other: str) -> bool:
    """Whether two neighbouring characters belong together: letters and digits of one word, a sign and its accents."""
    if not one or not other:
        return False
    joined = unicodedata.combining(other) or other in _JOINERS or one == _ZWJ
    return bool(joined) or (one.isalnum() and other.isalnum())
