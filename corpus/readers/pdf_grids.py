"""Tables of a PDF whose cells are ruled: the lines that are drawn say what belongs together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from corpus.readers.pdf_lines import line_of, rows_of
from corpus.readers.pdf_words import Box, Page, Word
from corpus.readers.sentences import Vocabulary, seam

_THIN, _TOUCH = 3.0, 4.0
_MOST_RULES = 600
_OPEN = 8.0
"""Where the sides of a table go on so far beyond its last line, a row goes on on the next page (points)."""
_NOTHING = Vocabulary(())


class Grid(msgspec.Struct):
    """A ruled table: where its columns and rows begin and end (points), and its rows with a tab between the cells."""

    columns: list[float]
    lines: list[float]
    rows: tuple[str, ...] = ()


def grids_on(page: Page) -> tuple[list[Grid], list[Word]]:
    """The ruled tables of a page, and the words that stand in none of them."""
    grids = [grid for rules in _joined(_rules(page.rules)) if (grid := _grid(rules))]
    words: list[list[Word]] = [[] for _ in grids]
    others: list[Word] = []
    for word in page.words:
        inside = next((i for i, grid in enumerate(grids) if _is_inside(word, grid)), -1)
        (words[inside] if inside >= 0 else others).append(word)
    kept = []
    for grid, found in zip(grids, words, strict=True):
        grid.rows = _rows(grid, found)
        if grid.rows:
            kept.append(grid)
        else:
            others += found
    return kept, others


def _is_inside(word: Word, grid: Grid) -> bool:
    middle, height = (word.left + word.right) / 2, word.base - 0.3 * word.size
    return grid.columns[0] <= middle <= grid.columns[-1] and grid.lines[0] <= height <= grid.lines[-1]


def _rows(grid: Grid, words: Sequence[Word]) -> tuple[str, ...]:
    """The rows of a table; none where most of it is empty, as in a picture with lines."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = bisect_right(grid.lines, word.base - 0.3 * word.size) - 1
        column = bisect_right(grid.columns, word.left + 0.2 * word.size) - 1
        cells.setdefault((row, max(column, 0)), []).append(word)
    filled = {row for row, _ in cells}
    if len(filled) * 2 < len(grid.lines) - 1 or len({column for _, column in cells}) < 2:
        return ()
    width = len(grid.columns) - 1
    rows = ("\t".join(_cell(cells.get((row, column), ())) for column in range(width)) for row in sorted(filled))
    return tuple(row.rstrip("\t") for row in rows)


def _cell(words: Sequence[Word]) -> str:
    """The words of a cell on one line."""
    text = ""
    for row in rows_of(words):
        line = line_of(row, 0).text
        drop, space = seam(text, line, _NOTHING)
        text = text[: len(text) - drop] + (space if text else "") + line
    return text


def _rules(shapes: Sequence[Box]) -> list[Box]:
    """The straight lines among the shapes, and the sides of frames; pieces of one line put together."""
    across: dict[int, list[Box]] = {}
    down: dict[int, list[Box]] = {}
    for left, top, right, bottom in shapes:
        if bottom - top <= _THIN:
            across.setdefault(round((top + bottom) / 2), []).append((left, top, right, bottom))
        elif right - left <= _THIN:
            down.setdefault(round((left + right) / 2), []).append((left, top, right, bottom))
        else:
            for y in (top, bottom):
                across.setdefault(round(y), []).append((left, y, right, y))
            for x in (left, right):
                down.setdefault(round(x), []).append((x, top, x, bottom))
    return [rule for group in across.values() for rule in _whole(group, 0)] + [
        rule for group in down.values() for rule in _whole(group, 1)
    ]


def _whole(pieces: Sequence[Box], axis: int) -> list[Box]:
    """Pieces of lines at one height (or in one upright) as whole lines, where they touch."""
    whole: list[Box] = []
    for piece in sorted(pieces, key=lambda box: box[axis]):
        if whole and piece[axis] <= whole[-1][axis + 2] + _TOUCH:
            whole[-1] = _around((whole[-1], piece))
        else:
            whole.append(piece)
    return whole


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _joined(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups that touch; none where there are more than tables have."""
    if len(rules) > _MOST_RULES:
        return []
    groups: list[list[Box]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is other for other in touching)]
        groups.append([rule, *(other for group in touching for other in group)])
    return groups


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] + _TOUCH and b[0] <= a[2] + _TOUCH and a[1] <= b[3] + _TOUCH and b[1] <= a[3] + _TOUCH


def _grid(rules: Sequence[Box]) -> Grid | None:
    """The columns and rows between the rules; None where there are not two columns."""
    left, top, right, bottom = _around(rules)
    upright = [rule for rule in rules if rule[2] - rule[0] <= _THIN]
    level = [rule for rule in rules if rule[3] - rule[1] <= _THIN]
    columns = _places([(rule[0] + rule[2]) / 2 for rule in upright if rule[3] - rule[1] > 0.25 * (bottom - top)])
    lines = _places([(rule[1] + rule[3]) / 2 for rule in level if rule[2] - rule[0] > 0.25 * (right - left)])
    for end in (top, bottom):
        if lines and all(abs(end - line) > _OPEN for line in lines):
            lines = sorted([*lines, end])
    return Grid(columns, lines) if len(columns) > 2 and len(lines) > 1 else None


def _places(values: Sequence[float]) -> list[float]:
    """Places in order, those next to each other as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH:
            places.append(value)
    return places
