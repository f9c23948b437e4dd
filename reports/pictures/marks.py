"""Pictures made of marks: themes down, and across them cases (coverage) or groups (prevalence)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from reports.pictures.pen import LINE_HEIGHT, Drawing, Pen
from reports.pictures.picture import Grid, MarkRow, Strip, Strips
from reports.pictures.text_width import shortened, text_width, wrapped

LABEL_SIZE, NAME_SIZE, GROUP_SIZE = 13, 12, 12.5
LABEL_ROOM, NAME_ROOM, GRID_ROOM, STRIPS_ROOM, GAP = 230.0, 110.0, 620.0, 840.0, 28.0
SLOPE = 60
"""Degrees by which names rise where columns are too narrow for them."""


class _Columns(msgspec.Struct, frozen=True):
    """Groups beside one another: where each begins, where the last ends, and how high their heads are."""

    starts: tuple[float, ...]
    right: float
    top: float
    heads: tuple[str, ...]


def _columns(labels: Sequence[str], sizes: Sequence[str], widths: Sequence[float], left: float, pen: Pen) -> _Columns:
    """Columns with their labels above them, and below a label its size where that is said."""
    starts = tuple(left + GAP + sum(widths[:i]) + i * GAP for i in range(len(widths)))
    lines = [wrapped(label, width, GROUP_SIZE, 4, bold=True) for label, width in zip(labels, widths, strict=True)]
    deep = max((len(head) + bool(size) for head, size in zip(lines, sizes, strict=True)), default=0)
    top = deep * LINE_HEIGHT
    heads: list[str] = []
    for label, head, size, x, width in zip(labels, lines, sizes, starts, widths, strict=True):
        y = top - (len(head) + bool(size)) * LINE_HEIGHT + 12
        for i, line in enumerate(head):
            heads.append(
                pen.text(x, y + i * LINE_HEIGHT, line, GROUP_SIZE, "ink", bold=True, whole=_if_cut(label, head))
            )
        if size:
            heads.append(pen.text(x, y + len(head) * LINE_HEIGHT, size, NAME_SIZE, "soft"))
        if head:
            heads.append(pen.line(x, top + 3, x + width, top + 3, "soft"))
    return _Columns(starts, starts[-1] + widths[-1], top + 10 if deep else 0, tuple(heads))


def _if_cut(label: str, lines: Sequence[str]) -> str:
    """The label, where its lines do not show all of it."""
    return label if lines and lines[-1].endswith("…") else ""


def _labels(labels: Sequence[str]) -> tuple[list[tuple[str, ...]], float]:
    """The labels of rows on their lines, and the room that the widest line takes."""
    lines = [wrapped(label, LABEL_ROOM, LABEL_SIZE) for label in labels]
    return lines, min(max((text_width(line, LABEL_SIZE) for label in lines for line in label), default=0.0), LABEL_ROOM)


def _row_label(label: str, lines: Sequence[str], middle: float, pen: Pen) -> Iterator[str]:
    first = middle - (len(lines) - 1) * LINE_HEIGHT / 2 + 4.5
    for i, line in enumerate(lines):
        yield pen.text(0, first + i * LINE_HEIGHT, line, LABEL_SIZE, "ink", whole=_if_cut(label, lines))


def grid(page: Grid, pen: Pen) -> Drawing:
    """Cases as columns. Their names are level where there is room for them; a mark's area grows with its codings."""
    labels, left = _labels([row.label for row in page.rows])
    pitch = min(max(GRID_ROOM / sum(len(group) for _, group in page.groups), 16.0), 76.0)
    size = NAME_SIZE if pitch >= 20 else 11
    names = [shortened(name, NAME_ROOM, size) for _, group in page.groups for name in group]
    longest = max(text_width(name, size) for name in names)
    level = longest <= pitch - 4
    widths = [max(len(group) * pitch, 90.0 if label else 0.0) for label, group in page.groups]
    columns = _columns([label for label, _ in page.groups], [""] * len(widths), widths, left, pen)
    y = columns.top + (14.0 if level else longest * math.sin(math.radians(SLOPE)) + 14)
    parts = [*columns.heads, *_names(page, columns.starts, pitch, y - 2, size, level, pen)]
    y += 7
    for row, lines in zip(page.rows, labels, strict=True):
        height = max(len(lines) * LINE_HEIGHT, 14.0) + 9
        parts.append(pen.line(0, y, columns.right, y))
        parts += _row_label(row.label, lines, y + height / 2, pen)
        parts += _grid_marks(row, page.most, columns.starts, pitch, y + height / 2, pen)
        y += height
    parts.append(pen.line(0, y, columns.right, y))
    over = 0.0 if level else text_width(names[-1], size) * math.cos(math.radians(SLOPE)) - pitch / 2 + 4
    return Drawing(columns.right + max(over, 0.0) + 1, y + 1, tuple(parts))


def _names(
    page: Grid, starts: Sequence[float], pitch: float, y: float, size: float, level: bool, pen: Pen
) -> Iterator[str]:
    """The label of each case above its column."""
    for (_, group), start in zip(page.groups, starts, strict=True):
        for i, name in enumerate(group):
            x, said = start + (i + 0.5) * pitch, shortened(name, NAME_ROOM, size)
            whole = _if_cut(name, [said])
            if level:
                yield pen.text(x, y, said, size, "soft", anchor="middle", whole=whole)
            else:
                yield pen.text(x + 3, y, said, size, "soft", turned=SLOPE, whole=whole)


def _grid_marks(
    row: MarkRow, most: int, starts: Sequence[float], pitch: float, middle: float, pen: Pen
) -> Iterator[str]:
    room = min(20.0, pitch - 1)
    for marks, start in zip(row.marks, starts, strict=True):
        for i, mark in enumerate(marks):
            size = max(room * math.sqrt(mark.codings / most), 8.0) if mark.codings else min(13.0, room - 2)
            yield pen.mark(mark, start + (i + 0.5) * pitch - size / 2, middle - size / 2, size)


def strips(page: Strips, pen: Pen) -> Drawing:
    """Groups as columns: in each a mark for every case, on several lines where they are many, and how many mention."""
    labels, left = _labels([row.label for row in page.rows])
    most = max(n for _, n, _ in page.groups)
    pitch = 20.0 if most <= 12 else 14.0 if most <= 30 else 9.0
    a_line = _marks_a_line([n for _, n, _ in page.groups], int(STRIPS_ROOM / pitch))
    widths = [_strip_width(page, i, n * pitch) for i, n in enumerate(a_line)]
    columns = _columns([g[0] for g in page.groups], [g[2] for g in page.groups], widths, left, pen)
    y, parts = columns.top, list(columns.heads)
    for row, lines in zip(page.rows, labels, strict=True):
        deep = max(math.ceil(len(strip.marks) / n) for strip, n in zip(row.strips, a_line, strict=True))
        height = max(len(lines) * LINE_HEIGHT, (deep - 1) * pitch + min(13.0, pitch - 1)) + 9
        if parts and y > columns.top:
            parts.append(pen.line(0, y, columns.right, y))
        parts += _row_label(row.label, lines, y + height / 2, pen)
        for strip, x, n in zip(row.strips, columns.starts, a_line, strict=True):
            parts += _strip(strip, x, y + height / 2, n, pitch, pen)
        y += height
    return Drawing(columns.right + 1, y + 1, (*parts, pen.line(0, y, columns.right, y)))


def _marks_a_line(sizes: Sequence[int], room: int) -> list[int]:
    """How many marks of each group stand on a line: all of them where `room` marks are enough, else as many as fit."""
    most = max(sizes)
    while most > 1 and sum(min(n, most) for n in sizes) > room:
        most -= 1
    return [max(min(n, most), 1) for n in sizes]


def _strip_width(page: Strips, index: int, marks: float) -> float:
    """Room for the marks and the count of a group, and for its label on two lines where that is not too wide."""
    said = max(text_width(row.strips[index].said, NAME_SIZE) for row in page.rows)
    label = text_width(page.groups[index][0], GROUP_SIZE, bold=True)
    return max(marks + 8 + said, min(label / 2 + 30, 240.0), 90.0)


def _strip(strip: Strip, x: float, middle: float, a_line: int, pitch: float, pen: Pen) -> Iterator[str]:
    size = min(13.0, pitch - 1)
    top = middle - math.ceil(len(strip.marks) / a_line) * pitch / 2 + (pitch - size) / 2
    for i, mark in enumerate(strip.marks):
        line, place = divmod(i, a_line)
        yield pen.mark(mark, x + place * pitch, top + line * pitch, size)
    yield pen.text(x + a_line * pitch + 8, middle + 4.2, strip.said, NAME_SIZE, "soft")
