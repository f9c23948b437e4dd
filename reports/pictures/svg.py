"""How pictures look: SVG written from their values, with text as text, equal bytes on every machine.

Inside the web page a picture takes its colours and its signs from the page, light or dark; as a file of its own it
brings a title, a legend and fixed light colours, so that it can be put into a report.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from reports.pictures.bars import bars
from reports.pictures.marks import grid, strips
from reports.pictures.pen import COLOURS, FONTS, Drawing, Pen, escaped, number
from reports.pictures.picture import Bars, Grid, Page, Picture
from reports.pictures.text_width import text_width, wrapped
from reports.view import ReportView
from reports.words import Words

MARGIN, LEAST_WIDTH = 24.0, 620.0


class Frame(msgspec.Struct, frozen=True):
    """What stands around a picture that is a file: the study's title, and what must be known of its material."""

    words: Words
    study: str
    notes: tuple[str, ...] = ()


def frame_of(view: ReportView) -> Frame:
    """The frame of a report's pictures."""
    return Frame(view.words, view.title, view.banners)


def drawn(page: Page, pen: Pen, words: Words) -> Drawing:
    """One page of a picture."""
    if isinstance(page, Grid):
        return grid(page, pen)
    return bars(page, pen, words) if isinstance(page, Bars) else strips(page, pen)


def inline_svg(picture: Picture, index: int, words: Words) -> str:
    """A page of the picture as an element of the web page, which holds the signs and says title and legend itself."""
    drawing = drawn(picture.pages[index], Pen(inline=True), words)
    return svg_element(
        drawing, f"picture-{picture.key}-{index + 1}", picture.title, picture.description, 'class="drawing"'
    )


def picture_svg(picture: Picture, frame: Frame) -> bytes:
    """The picture as a file, its pages below one another."""
    return _file(picture, picture.pages, frame)


def page_svgs(picture: Picture, frame: Frame) -> tuple[bytes, ...]:
    """The picture as files, one for each page."""
    return tuple(_file(picture, (page,), frame) for page in picture.pages)


def picture_files(view: ReportView) -> dict[str, bytes]:
    """Every picture of a report, a file for each page: `coverage.svg`, or `coverage-1.svg`, `coverage-2.svg`."""
    frame = frame_of(view)
    files = {}
    for picture in view.pictures:
        pages = page_svgs(picture, frame)
        for n, page in enumerate(pages, 1):
            files[f"{picture.key}-{n}.svg" if len(pages) > 1 else f"{picture.key}.svg"] = page
    return files


def _file(picture: Picture, pages: Sequence[Page], frame: Frame) -> bytes:
    pen = Pen(inline=False)
    drawings = [drawn(page, pen, frame.words) for page in pages]
    width = max([LEAST_WIDTH, *(drawing.width for drawing in drawings)])
    title = _lines(wrapped(picture.title, width, 17, 3, bold=True), 17, 22, "ink", pen)
    hint = _lines(wrapped(picture.hint, width, 12, 4), 12, 17, "soft", pen)
    notes = [line for note in (frame.study, *frame.notes) for line in wrapped(note, width, 11, 3)]
    legend = _legend(picture, width, pen, frame.words)
    below = _lines(notes, 11, 15, "soft", pen)
    stacked = [(title, 4.0), (hint, 16.0), *((drawing, 22.0) for drawing in drawings), (legend, 10.0), (below, 0.0)]
    y, parts = MARGIN, [f'<rect width="100%" height="100%" fill="{COLOURS["paper"]}"/>']
    for drawing, gap in stacked:
        if drawing.parts:
            parts += [f'<g transform="translate({number(MARGIN)} {number(y)})">', *drawing.parts, "</g>"]
            y += drawing.height + gap
    whole = Drawing(width + 2 * MARGIN, y + MARGIN - 4, tuple(parts))
    about = f'xmlns="http://www.w3.org/2000/svg" xml:lang="{frame.words.language}" font-family="{FONTS}"'
    body = svg_element(whole, picture.key, f"{picture.title} · {frame.study}", picture.description, about)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def svg_element(drawing: Drawing, name: str, title: str, description: str, attributes: str) -> str:
    """The `svg` element, named and described for those who do not see it; `name` begins the ids inside."""
    width, height = math.ceil(drawing.width), math.ceil(drawing.height)
    return "\n".join((
        f'<svg {attributes} width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc">',
        f'<title id="{name}-title">{escaped(title)}</title>',
        f'<desc id="{name}-desc">{escaped(description)}</desc>',
        *drawing.parts, "</svg>",
    ))  # fmt: skip


def _lines(lines: Sequence[str], size: float, height: float, role: str, pen: Pen) -> Drawing:
    """Lines of text below one another."""
    bold = role == "ink"
    parts = (pen.text(0, size + i * height, line, size, role, bold=bold) for i, line in enumerate(lines))
    return Drawing(0, len(lines) * height, tuple(parts))


def _legend(picture: Picture, width: float, pen: Pen, words: Words) -> Drawing:
    """The signs that occur, each with its state in words."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for state in picture.states:
        room = 18 + text_width(words.states[state], 12) + 16
        if x and x + room > width:
            x, y = 0.0, y + 20
        parts += [pen.sign(state, x, y, 13), pen.text(x + 19, y + 10.5, words.states[state], 12, "soft")]
        x += room
    return Drawing(width, y + 18, tuple(parts))
