"""What is usual in a file: the size of its type, the distance of its lines, the edges of its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from corpus.readers.pdf_lines import Cell, Line

_GAP = 1.28
"""A distance between two lines from which white space stands between them (times the usual distance)."""
_LEAST = 8
"""Edges of a column are taken from at least so many lines."""


class Measures(msgspec.Struct, frozen=True):
    """`size` is that of the running text, `pitch` the usual distance of its lines for each size of type (points).

    `flush` says that lines reach the right edge exactly (justified text); `spaced` that white space stands between
    paragraphs, so that a short line without it is a line end and no end of a paragraph; `indented` that a paragraph's
    first line is set in.
    """

    size: float
    pitch: dict[float, float]
    flush: bool
    spaced: bool
    indented: bool = False

    def is_gap(self, first: Line, second: Line) -> bool:
        """Whether more white than usual stands between two lines of a column."""
        size = max(first.size, second.size)
        usual = self.pitch.get(_half(size), 1.2 * size)
        return second.base - first.base > _GAP * usual + 0.5


def _is_full(line: Line) -> bool:
    """Whether a line reaches from edge to edge, so that its white space was stretched."""
    return line.left - line.edges[0] < 3 * line.size and abs(line.right - line.edges[1]) < 1.5


def _half(size: float) -> float:
    return round(2 * size) / 2


_FLUSH = 0.25
"""The share of lines that end at one place from which that place is the right edge."""


def measured(lines: Sequence[Line]) -> Measures:
    """The measures of a file; `lines` in reading order, and the edges of their columns are set here."""
    _set_edges(lines)
    _set_room(lines)
    for line in lines:
        if line.even and len(line.cells) > 1 and _is_full(line):
            line.cells = (Cell(line.left, line.right, line.text),)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_half(line.size)] += sum(len(cell.text) for cell in line.cells)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    pairs = [(a, b) for a, b in pairwise(lines) if is_below(a, b)]
    pitch = _pitches(pairs)
    body = [line for line in lines if abs(line.size - size) < 0.6 and not line.rows]
    flush = sum(abs(line.right - line.edges[1]) < 1.2 for line in body) > 0.5 * len(body)
    measures = Measures(size, pitch, flush, False)
    gaps = short = 0
    for a, b in pairs:
        if abs(a.size - size) < 0.6 and abs(b.size - size) < 0.6:
            if measures.is_gap(a, b):
                gaps += 1
            elif fits(a, b) and abs(a.left - b.left) < 3 and not b.bullet:
                short += 1
    indents = sum(_is_first(a, b, measures) for a, b in pairs)
    return msgspec.structs.replace(measures, spaced=2 * gaps >= short, indented=indents > 0.05 * len(pairs))


def _is_first(line: Line, after: Line, measures: Measures) -> bool:
    """Whether a line is set in and the line below it is not."""
    indent = line.left - line.edges[0]
    return (
        0.4 * line.size < indent < 5 * line.size
        and after.left - after.edges[0] < 2
        and not measures.is_gap(line, after)
    )


def is_below(first: Line, second: Line) -> bool:
    """Whether `second` is the next line of the same column on the same page."""
    return first.page == second.page and first.column == second.column and second.base > first.base


def fits(first: Line, second: Line, right: float = 0.0) -> bool:
    """Whether the first word of `second` would have found room at the end of `first`, so that a person ended the line.

    `right` is the right edge where the lines do not reach that of their column.
    """
    room = (right or first.edges[1]) - first.right
    return room > second.first + 0.28 * first.size + 0.5


def _pitches(pairs: Sequence[tuple[Line, Line]]) -> dict[float, float]:
    """Size of type → the usual distance of two lines in it."""
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for a, b in pairs:
        if abs(a.size - b.size) < 0.6 and b.base - a.base < 4 * a.size:
            distances[_half(a.size)][_half(b.base - a.base)] += 1
    return {size: _usual(counts) for size, counts in distances.items()}


def _usual(counts: Counter[float]) -> float:
    """The distance that most pairs have; of several frequent ones the smallest, since white space only adds."""
    most = counts.most_common(1)[0][1]
    return min(distance for distance, count in counts.items() if count >= 0.4 * most)


def _set_edges(lines: Sequence[Line]) -> None:
    """Give every line the edges of its column: those of its page where it is full, else of all pages of its kind."""
    by_kind: dict[tuple[int, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.rows:
            continue
        by_kind[(*line.column, -1)].append(line)
        by_kind[(*line.column, line.page % 2)].append(line)
    edges = {kind: _edges(found) for kind, found in by_kind.items()}
    for line in lines:
        own = (*line.column, line.page % 2)
        line.edges = edges.get(own if len(by_kind[own]) >= _LEAST else (*line.column, -1), (line.left, line.right))


def _set_room(lines: Sequence[Line]) -> None:
    """Give every line the room that its column left on its page, judged by the longest column of its kind."""
    last: dict[tuple[int, ...], float] = defaultdict(float)
    for line in lines:
        for kind in ((line.page, *line.column), (-1, *line.column)):
            last[kind] = max(last[kind], line.base)
    for line in lines:
        line.room = last[-1, *line.column] - last[line.page, *line.column]


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    lefts = Counter(round(line.left) for line in lines)
    often = [left for left, count in lefts.items() if count + lefts[left - 1] + lefts[left + 1] >= 0.06 * len(lines)]
    left = float(min(often or lefts))
    rights = sorted(line.right for line in lines)
    ends = Counter(round(right) for right in rights)
    end, count = max(ends.items(), key=lambda entry: (entry[1], entry[0]))
    if count + ends[end - 1] + ends[end + 1] > _FLUSH * len(lines):
        return left, max(right for right in rights if right < end + 1.5)
    return left, rights[int(0.985 * (len(rights) - 1))]
