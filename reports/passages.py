"""Passages: whole paragraphs of a source with the codings in them, cut so that overlapping codings can be marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from coding.coding import Coding
from corpus.source import Source
from corpus.text import TextStructure


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text under the same codings throughout. `marks` are their numbers."""

    text: str
    marks: tuple[int, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """Neighbouring paragraphs of one source, as indexes of its blocks, and the codings that touch them."""

    first: int
    last: int
    codings: tuple[Coding, ...]


def blocks_at(structure: TextStructure, start: int, end: int) -> tuple[int, int]:
    """The blocks (paragraphs and headings) that `[start, end)` touches, as a range of indexes: at least one."""
    blocks, starts = structure.paragraphs, structure.starts
    if not blocks:
        return 0, 0
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_left(starts, end), first + 1)
    if blocks[first].end <= start and first + 1 < last:
        first += 1
    return first, last


def spans(source: Source, codings: Sequence[Coding]) -> tuple[Span, ...]:
    """The paragraphs that `codings` (all of this source) touch, in order; those that share a paragraph together."""
    found: list[tuple[int, int, list[Coding]]] = []
    for coding in sorted(codings, key=lambda c: (c.start, c.end)):
        first, last = blocks_at(source.structure, coding.start, coding.end)
        if found and first < found[-1][1]:
            begin, stop, inside = found[-1]
            inside.append(coding)
            found[-1] = (begin, max(stop, last), inside)
        else:
            found.append((first, last, [coding]))
    return tuple(Span(first, last, tuple(inside)) for first, last, inside in found)


def segments(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int]], names: Sequence[int] = ()
) -> tuple[Segment, ...]:
    """`[start, end)` of the text, cut wherever one of `marks` (start, end) begins or ends.

    `names` are numbers that the segments call the marks by, rising; left out, their places in `marks`.
    """
    if not marks:
        return (Segment(text[start:end]),) if start < end else ()
    cuts: dict[int, tuple[list[int], list[int]]] = {start: ([], []), end: ([], [])}
    for name, (begin, stop) in zip(names or range(len(marks)), marks, strict=True):
        begin, stop = max(begin, start), min(stop, end)
        if begin < stop:
            cuts.setdefault(begin, ([], []))[0].append(name)
            cuts.setdefault(stop, ([], []))[1].append(name)
    found: list[Segment] = []
    inside: set[int] = set()
    for here, there in pairwise(sorted(cuts)):
        opening, closing = cuts[here]
        inside.difference_update(closing)
        inside.update(opening)
        found.append(Segment(text[here:there], tuple(sorted(inside))))
    return tuple(found)
