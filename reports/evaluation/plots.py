"""The pictures of an evaluation as svg: text as text, colours from the page, equal bytes on every machine.

Shares are drawn between 0 and 1. Every series has a shape of its own, so that no reading depends on colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from reports.pictures.pen import Drawing, Pen, escaped, number
from reports.pictures.text_width import shortened, text_width, wrapped

_PEN = Pen(inline=True)
_LABEL, _TICK = 12.0, 11.0
_SLANT = 52.0
_SHAPES = ("circle", "square", "triangle", "diamond")


class Dot(msgspec.Struct, frozen=True):
    """A value with its interval; `said` is what pointing at it shows. None is not drawn."""

    value: float | None
    low: float | None = None
    high: float | None = None
    said: str = ""
    size: float = 4.5


class Series(msgspec.Struct, frozen=True):
    """One line of a picture, a value for each place on the axis."""

    label: str
    dots: tuple[Dot, ...]


class Axes(msgspec.Struct, frozen=True):
    """A panel: where it stands, and from which share its vertical axis begins."""

    left: float
    top: float
    width: float
    height: float
    least: float = 0.0

    def y(self, share: float) -> float:
        """The height of a share."""
        return self.top + self.height * (1 - (max(share, self.least) - self.least) / (1 - self.least))

    def x(self, share: float) -> float:
        """The place of a share from left to right."""
        return self.left + self.width * share


def learning_plot(
    titles: Sequence[str], ticks: Sequence[str], panels: Sequence[Sequence[Series]], axis: str
) -> Drawing:
    """Panels beside each other, one title each; the series are the same in all, named once above them."""
    parts = list(_legend([series.label for series in panels[0]], 0, 12))
    width, height, gap = 330.0, 250.0, 46.0
    lowest = min((d.low if d.low is not None else d.value or 0.0) for p in panels for s in p for d in s.dots)
    least = max(0.0, math.floor(lowest * 5 - 0.25) / 5)
    for place, (title, panel) in enumerate(zip(titles, panels, strict=True)):
        axes = Axes(36 + place * (width + gap), 66, width - 36, height, least)
        parts.append(_PEN.text(axes.left - 30, 46, title, 13, "ink", bold=True))
        parts += _shares(axes)
        step = axes.width / len(ticks)
        for i, tick in enumerate(ticks):
            parts.append(
                _PEN.text(axes.left + (i + 0.5) * step, axes.top + height + 18, tick, _TICK, "soft", anchor="middle")
            )
        parts.append(
            _PEN.text(axes.left + axes.width / 2, axes.top + height + 38, axis, _LABEL, "soft", anchor="middle")
        )
        for index in reversed(range(len(panel))):
            parts += _line(panel[index], index, len(panel), axes, step)
    return Drawing(2 * width + gap, 66 + height + 46, tuple(parts))


def _line(series: Series, index: int, of: int, axes: Axes, step: float) -> Iterator[str]:
    """A series: the line through its values, and each with its interval, beside those of other series."""
    aside = (index - (of - 1) / 2) * min(9.0, step / 4)
    points = [
        (axes.left + (i + 0.5) * step + aside, axes.y(dot.value), dot)
        for i, dot in enumerate(series.dots)
        if dot.value is not None
    ]
    yield polyline([(x, y) for x, y, _ in points], f"line-{index}")
    for x, y, dot in points:
        yield from _whisker(x, dot, axes, index)
        yield shape(_SHAPES[index], x, y, dot.size, f"dot-{index}", dot.said)


def _whisker(x: float, dot: Dot, axes: Axes, index: int) -> Iterator[str]:
    if dot.low is not None and dot.high is not None:
        yield stroke(x, axes.y(dot.low), x, axes.y(dot.high), f"whisker-{index}")


def _shares(axes: Axes) -> Iterator[str]:
    """Horizontal lines with their shares in percent."""
    for tenth in range(math.ceil(axes.least * 10 - 1e-9), 11):
        if tenth % 2 and axes.least < 0.6:
            continue
        y = axes.y(tenth / 10)
        yield _PEN.line(axes.left, y, axes.left + axes.width, y)
        yield _PEN.text(axes.left - 8, y + 4, str(tenth * 10), _TICK, "soft", anchor="end")


def _legend(labels: Sequence[str], left: float, y: float) -> Iterator[str]:
    x = left
    for index, label in enumerate(labels):
        yield stroke(x, y - 4, x + 22, y - 4, f"line-{index}")
        yield shape(_SHAPES[index], x + 11, y - 4, 4.5, f"dot-{index}")
        yield _PEN.text(x + 29, y, label, _LABEL, "ink")
        x += 29 + text_width(label, _LABEL) + 22


def calibration_plot(dots: Sequence[tuple[float, Dot]], across: str, up: str) -> Drawing:
    """What held against what was said; `dots` are (share said, share held). The line is where both are the same."""
    axes = Axes(56, 12, 330, 330)
    parts = [*_shares(axes), *_shares_across(axes)]
    parts.append(stroke(axes.x(0), axes.y(0), axes.x(1), axes.y(1), "same"))
    parts += [part for x, dot in dots for part in _whisker(axes.x(x), dot, axes, 0)]
    points = [(axes.x(x), axes.y(dot.value or 0.0)) for x, dot in dots]
    parts.append(polyline(points, "line-0"))
    parts += [shape("circle", x, y, dot.size, "dot-0", dot.said) for (x, y), (_, dot) in zip(points, dots, strict=True)]
    parts += _axis_titles(axes, across, up)
    return Drawing(axes.left + axes.width + 14, axes.top + axes.height + 46, tuple(parts))


def reach_plot(
    steps: Sequence[tuple[float, float]], marks: Sequence[tuple[float, Dot, str]], across: str, up: str
) -> Drawing:
    """How often proposals are right (up) by the share of segments that get one (across).

    `steps` are the whole curve, `marks` (share with a proposal, share right, label).
    """
    values = [right for _, right in steps] + [dot.value or 0.0 for _, dot, _ in marks]
    least = max(0.0, math.floor(min([*values, 0.85]) * 10 - 0.5) / 10)
    axes = Axes(56, 12, 480, 260, least)
    parts = [*_shares(axes), *_shares_across(axes)]
    parts.append(polyline([(axes.x(a), axes.y(b)) for a, b in steps], "line-0"))
    taken: list[tuple[float, float]] = []
    for share, dot, label in marks:
        x, y = axes.x(share), axes.y(dot.value or 0.0)
        parts.append(shape("diamond", x, y, 6, "dot-1", dot.said))
        side = -1 if x > axes.left + 60 else 1
        if all(abs(x - a) > 50 or abs(y - b) > 12 for a, b in taken):
            parts.append(_PEN.text(x + side * 9, y + 13, label, _TICK, "ink", anchor="end" if side < 0 else ""))
            taken.append((x, y))
    parts += _axis_titles(axes, across, up)
    return Drawing(axes.left + axes.width + 14, axes.top + axes.height + 46, tuple(parts))


def _shares_across(axes: Axes) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        yield _PEN.text(
            axes.x(tenth / 10), axes.top + axes.height + 17, str(tenth * 10), _TICK, "soft", anchor="middle"
        )


def _axis_titles(axes: Axes, across: str, up: str) -> Iterator[str]:
    yield _PEN.text(axes.left + axes.width / 2, axes.top + axes.height + 38, across, _LABEL, "soft", anchor="middle")
    yield _PEN.text(14, axes.top + axes.height / 2, up, _LABEL, "soft", anchor="middle", turned=90)


class CodeRow(msgspec.Struct, frozen=True):
    """A theme with precision, recall and F1; `note` stands at the end of its line."""

    label: str
    precision: Dot
    recall: Dot
    f1: Dot
    note: str
    is_few: bool = False


def codes_plot(rows: Sequence[CodeRow], legend: Sequence[str]) -> Drawing:
    """A line for each theme: F1 with its interval as a bar, precision and recall as marks on it."""
    left, width, height = 230.0, 380.0, 27.0
    axes = Axes(left, 40, width, height * len(rows))
    parts = list(_code_legend(legend, left))
    for tenth in range(0, 11, 2):
        x = axes.x(tenth / 10)
        parts.append(_PEN.line(x, axes.top - 4, x, axes.top + axes.height))
        parts.append(_PEN.text(x, axes.top + axes.height + 16, str(tenth * 10), _TICK, "soft", anchor="middle"))
    for index, row in enumerate(rows):
        y = axes.top + (index + 0.5) * height
        role = "soft" if row.is_few else "ink"
        parts.append(
            _PEN.text(left - 14, y + 4, shortened(row.label, left - 20, 13), 13, role, anchor="end", whole=row.label)
        )
        parts += _code_marks(row, axes, y)
        parts.append(_PEN.text(axes.left + width + 18, y + 4, row.note, _TICK, "soft"))
    notes = max((text_width(row.note, _TICK) for row in rows), default=0.0)
    return Drawing(left + width + 18 + notes, axes.top + axes.height + 24, tuple(parts))


def _code_marks(row: CodeRow, axes: Axes, y: float) -> Iterator[str]:
    few = " few" if row.is_few else ""
    if row.f1.low is not None and row.f1.high is not None:
        yield stroke(axes.x(row.f1.low), y, axes.x(row.f1.high), y, f"band{few}")
    if row.f1.value is not None:
        x = axes.x(row.f1.value)
        yield stroke(x, y - 8, x, y + 8, f"tick{few}", row.f1.said)
    if row.precision.value is not None:
        yield shape("circle", axes.x(row.precision.value), y, 4.5, f"dot-0{few}", row.precision.said)
    if row.recall.value is not None:
        yield shape("diamond", axes.x(row.recall.value), y, 5.5, f"dot-1 hollow{few}", row.recall.said)


def _code_legend(legend: Sequence[str], left: float) -> Iterator[str]:
    x = left
    for number_, label in enumerate(legend):
        if number_ == 0:
            yield shape("circle", x + 6, 10, 4.5, "dot-0")
        elif number_ == 1:
            yield shape("diamond", x + 6, 10, 5.5, "dot-1 hollow")
        else:
            yield stroke(x - 8, 10, x + 20, 10, "band")
            yield stroke(x + 6, 2, x + 6, 18, "tick")
        after = 28 if number_ > 1 else 20
        yield _PEN.text(x + after, 14, label, _LABEL, "ink")
        x += after + text_width(label, _LABEL) + 30


class Cells(msgspec.Struct, frozen=True):
    """A table of counts: `counts` rows × columns, each with what pointing at it shows; `right` is the column of a row
    that is right, None for a row that has none."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    said: tuple[tuple[str, ...], ...]
    right: tuple[int | None, ...]
    totals: tuple[int, ...]


def confusion_plot(cells: Cells) -> Drawing:
    """A square for each pair, as dark as its share of the row; what is right in another colour than what is not."""
    size, most = 30.0, 165.0
    left = 26 + min(185.0, max(text_width(label, _LABEL) for label in cells.rows))
    longest = min(most, max(text_width(label, _LABEL) for label in cells.columns))
    top = 20 + longest * math.sin(math.radians(_SLANT))
    parts = []
    for column, label in enumerate(cells.columns):
        x = left + (column + 0.5) * size
        name = shortened(label, most, _LABEL)
        parts.append(_PEN.text(x + 2, top - 10, name, _LABEL, "soft", turned=_SLANT, whole=label))
    for row, label in enumerate(cells.rows):
        y = top + row * size
        lines = wrapped(label, left - 18, _LABEL, 2)
        for i, text in enumerate(lines):
            at = y + size / 2 + 4 + (i - (len(lines) - 1) / 2) * 13
            parts.append(_PEN.text(left - 12, at, text, _LABEL, "ink", anchor="end", whole=label if i == 0 else ""))
        for column, count in enumerate(cells.counts[row]):
            parts += _cell(cells, row, column, count, left + column * size, y, size)
    width = left + len(cells.columns) * size + longest * math.cos(math.radians(_SLANT))
    return Drawing(width, top + len(cells.rows) * size + 4, tuple(parts))


def _cell(cells: Cells, row: int, column: int, count: int, x: float, y: float, size: float) -> Iterator[str]:
    share = min(1.0, count / cells.totals[row]) if cells.totals[row] else 0.0
    role = "right" if cells.right[row] == column else "wrong"
    at = f'x="{number(x + 1)}" y="{number(y + 1)}" width="{number(size - 2)}" height="{number(size - 2)}" rx="3"'
    title = f"<title>{escaped(cells.said[row][column])}</title>" if count else ""
    strength = round(0.12 + 0.88 * math.sqrt(share), 2) if count else 0
    fill = f'class="cell-{role}" fill-opacity="{strength:g}"' if count else 'class="cell-none"'
    yield f"<rect {at} {fill}>{title}</rect>"
    if count:
        strong = " strong" if strength > 0.62 else ""
        yield (
            f'<text x="{number(x + size / 2)}" y="{number(y + size / 2 + 4)}" font-size="12" text-anchor="middle"'
            f' class="count-in{strong}">{count}</text>'
        )


def stroke(x: float, y: float, to_x: float, to_y: float, role: str, said: str = "") -> str:
    """A straight line with the look of its role."""
    at = f'x1="{number(x)}" y1="{number(y)}" x2="{number(to_x)}" y2="{number(to_y)}"'
    return f'<line {at} class="{role}">{_title(said)}</line>' if said else f'<line {at} class="{role}"/>'


def polyline(points: Sequence[tuple[float, float]], role: str) -> str:
    """A line through points."""
    at = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline points="{at}" fill="none" class="{role}"/>'


def shape(kind: str, x: float, y: float, r: float, role: str, said: str = "") -> str:
    """A mark: circle, square, triangle or diamond around a point; pointing at it shows `said`."""
    if kind == "circle":
        element, at = "circle", f'cx="{number(x)}" cy="{number(y)}" r="{number(r)}"'
    else:
        corners = {
            "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            "triangle": [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
            "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        }[kind]
        element = "polygon"
        at = f'points="{" ".join(f"{number(x + r * a)},{number(y + r * b)}" for a, b in corners)}"'
    return f'<{element} {at} class="{role}">{_title(said)}</{element}>' if said else f'<{element} {at} class="{role}"/>'


def _title(said: str) -> str:
    return f"<title>{escaped(said)}</title>"
