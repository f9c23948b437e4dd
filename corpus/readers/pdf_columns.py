"""Columns: which part of a page is read before which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from corpus.readers.pdf_lines import Row

_GAP = 0.7
"""White space between words from which a gutter may run there (times the size of the type)."""
_NARROWEST = 6.0
"""The narrowest gutter (points)."""
_LEAST_ROWS = 4
_FULL, _FULL_IF_CLEAR, _WORDS = 0.55, 0.4, 2.5
"""Lines of prose fill so much of their column with so many words, cells of a table less; less will do where no line
runs across the gutter."""
_DEEPEST = 3
_CROSSED = (0.02, 0.15, 0.35, 0.6)
"""How many rows may run across a gutter, of those that run where most do: the clearest gutter is looked for first."""
_MOST_STRIPES = 4
_FEW = 0.2


class Part(msgspec.Struct):
    """Rows that are read one below the other; `column` says which column they stand in: () for the whole width."""

    rows: list[Row]
    column: tuple[int, ...] = ()


class _Split(msgspec.Struct):
    """Rows on both sides of a gutter, and the indexes of those that run across it."""

    left: list[tuple[int, Row]]
    right: list[tuple[int, Row]]
    across: set[int]


def find_gutters(pages: Sequence[Sequence[Row]]) -> list[float]:
    """Where gutters between columns stand in a file (points from the left), the ones of most pages first."""
    found: Counter[float] = Counter()
    for rows in pages:
        gutter = _gutter(rows)
        if gutter is not None:
            found[next((other for other in found if abs(gutter - other) < 2 * _NARROWEST), gutter)] += 1
    return [gutter for gutter, _ in found.most_common()]


def parts_of(rows: Sequence[Row], gutters: Sequence[float], depth: int = 0) -> list[Part]:
    """The parts of a page in reading order: rows across the page, and between them columns from left to right.

    `gutters` are those of the whole file: beside one of them a few lines are enough to make a column.
    """
    gutter = None
    if gutters and depth < _DEEPEST:
        known = (x for x in gutters[:1] if _is_divided(_split(rows, x), rows))
        gutter = next(known, None) or _gutter(rows)
    if gutter is None:
        return [Part(list(rows))] if rows else []
    split = _split(rows, gutter)
    parts: list[Part] = []
    band: tuple[list[Row], list[Row]] = ([], [])
    left, right = dict(split.left), dict(split.right)
    for index, row in enumerate(rows):
        if index in split.across:
            parts += _columns(band, gutters, depth)
            band = ([], [])
            if not parts or parts[-1].column:
                parts.append(Part([]))
            parts[-1].rows.append(row)
        else:
            band[0].extend([left[index]] if index in left else [])
            band[1].extend([right[index]] if index in right else [])
    return [*parts, *_columns(band, gutters, depth)]


def _columns(band: tuple[list[Row], list[Row]], gutters: Sequence[float], depth: int) -> list[Part]:
    """Both columns of a band, each perhaps in columns again."""
    found = []
    for number, rows in enumerate(band):
        for part in parts_of(rows, gutters, depth + 1):
            part.column = (number, *part.column)
            found.append(part)
    return found


def _gutter(rows: Sequence[Row]) -> float | None:
    """The middle of the white stripe between two columns of prose, or None where there is none."""
    pieces = [piece for row in rows for piece in _pieces(row)]
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    low, high = min(left for left, _ in pieces), max(right for _, right in pieces)
    cover = [0] * (int(high - low) + 3)
    for left, right in pieces:
        cover[int(left - low)] += 1
        cover[int(right - low) + 1] -= 1
    for x in range(1, len(cover)):
        cover[x] += cover[x - 1]
    for share in _CROSSED:
        for start, end in _stripes(cover, share * max(cover)):
            middle = low + (start + end) / 2
            if _is_column(_split(rows, middle), _LEAST_ROWS):
                return middle
    return None


def _stripes(cover: Sequence[int], most: float) -> list[tuple[int, int]]:
    """Where in the middle of a page at most so many rows run, the widest stripe first."""
    first, last = int(0.15 * len(cover)), int(0.85 * len(cover))
    stripes: list[tuple[int, int]] = []
    start = first
    for x in range(first, last + 1):
        if x == last or cover[x] > most:
            if x - start >= _NARROWEST:
                stripes.append((start, x))
            start = x + 1
    return sorted(stripes, key=lambda stripe: stripe[0] - stripe[1])[:_MOST_STRIPES]


def _pieces(row: Row) -> list[tuple[float, float]]:
    """Left and right end of what stands in a row without wide white space in it."""
    pieces = [(row[0].left, row[0].right)]
    for word in row[1:]:
        if word.left - pieces[-1][1] > _GAP * word.size and not word.glued:
            pieces.append((word.left, word.right))
        else:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], word.right))
    return pieces


def _split(rows: Sequence[Row], gutter: float) -> _Split:
    split = _Split([], [], set())
    for index, row in enumerate(rows):
        if any(left < gutter < right for left, right in _pieces(row)):
            split.across.add(index)
            continue
        left = [word for word in row if word.right <= gutter + 1]
        right = [word for word in row if word.right > gutter + 1]
        if left:
            split.left.append((index, left))
        if right:
            split.right.append((index, right))
    return split


def _is_column(split: _Split, least: int) -> bool:
    """Whether both sides hold prose, beside each other."""
    if min(len(split.left), len(split.right)) < least:
        return False
    clear = not split.across and min(len(split.left), len(split.right)) > 2 * _LEAST_ROWS
    tops = max(split.left[0][1][0].base, split.right[0][1][0].base)
    ends = min(split.left[-1][1][0].base, split.right[-1][1][0].base)
    full = _FULL_IF_CLEAR if clear else _FULL
    return tops < ends and all(_is_prose([row for _, row in side], full) for side in (split.left, split.right))


def _is_divided(split: _Split, rows: Sequence[Row]) -> bool:
    """Whether hardly a row runs across a gutter of the file, so that a few lines beside each other are columns."""
    return min(len(split.left), len(split.right)) > 1 and len(split.across) <= _FEW * len(rows)


def _is_prose(rows: Sequence[Row], full: float) -> bool:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    filled = sum(row[-1].right - row[0].left for row in rows)
    words = sum(map(len, rows))
    return filled >= full * (right - left) * len(rows) and words >= _WORDS * len(rows)
