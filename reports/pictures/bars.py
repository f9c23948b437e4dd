"""The picture made of bars: sources down, and across them what is counted of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.pictures.pen import Drawing, Pen
from reports.pictures.picture import BarRow, Bars
from reports.pictures.text_width import shortened, text_width
from reports.words import Words, digits

LABEL_SIZE, NAME_SIZE, HEAD_SIZE = 13, 12, 12.5
LABEL_ROOM, BAR_ROOM, GAP, ROW = 250.0, 130.0, 28.0, 20.0


def bars(page: Bars, pen: Pen, words: Words) -> Drawing:
    """A row for each source; a measure has one scale for the whole study."""
    labels = [row.label for _, group in page.groups for row in group]
    left = min(max(text_width(label, LABEL_SIZE) for label in labels), LABEL_ROOM)
    widths = [_measure_width(n, m, words) for n, m in zip(page.measures, page.most, strict=True)]
    starts = [left + GAP + sum(widths[:i]) + i * GAP for i in range(len(widths))]
    right = starts[-1] + widths[-1]
    heads = zip(starts, page.measures, strict=True)
    parts = [pen.text(x, 12, name, HEAD_SIZE, "ink", bold=True) for x, name in heads]
    parts.append(pen.line(0, 19, right, 19, "soft"))
    y = 23.0
    for label, group in page.groups:
        if label:
            parts.append(pen.text(0, y + 19, shortened(label, right, NAME_SIZE), NAME_SIZE, "soft"))
            y += 27
        for row in group:
            parts += [pen.row_start(row), *_row(row, page.most, left, starts, y, pen, words), "</g>"]
            y += ROW
    return Drawing(right + 1, y + 5, (*parts, pen.line(0, y + 4, right, y + 4)))


def _measure_width(name: str, most: int, words: Words) -> float:
    return max(BAR_ROOM + 6 + text_width(digits(most, words), NAME_SIZE), text_width(name, HEAD_SIZE, bold=True))


def _row(
    row: BarRow, most: Sequence[int], left: float, starts: Sequence[float], y: float, pen: Pen, words: Words
) -> Iterator[str]:
    yield pen.text(0, y + 14.5, shortened(row.label, left, LABEL_SIZE), LABEL_SIZE, "ink", link=row.link)
    for i, (x, n, greatest) in enumerate(zip(starts, row.numbers, most, strict=True)):
        length = BAR_ROOM * n / greatest if n else 0.0
        if n:
            yield pen.bar(x, y + 4.5, max(length, 1.0), 11, "accent" if i else "pale")
        yield pen.text(x + length + 6, y + 14.5, digits(n, words), NAME_SIZE, "soft")
