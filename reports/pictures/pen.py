"""The pen that pictures are drawn with: words, lines, bars and the signs of states, for the page or for a file."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import msgspec

from reports.matrix import State
from reports.pictures.picture import BarRow, Mark
from reports.pictures.text_width import one_line

FONTS = "Arial, Helvetica, Liberation Sans, sans-serif"
LINE_HEIGHT = 16.0
SIGNS: Mapping[str, str] = {
    "mentioned": '<circle cx="8" cy="8" r="6" fill="{ink}"/>',
    "asked_no_answer": '<circle cx="8" cy="8" r="5" fill="none" stroke="{ink}" stroke-width="1.7"/>',
    "read_absent": '<circle cx="8" cy="8" r="5" fill="none" stroke="{ink}" stroke-width="1.6"'
    ' stroke-dasharray="2.2 1.8"/>',
    "not_coded": '<rect x="3.2" y="3.2" width="9.6" height="9.6" fill="none" stroke="{ink}" stroke-width="1.5"'
    ' stroke-dasharray="2.4 1.6"/>',
    "not_asked": '<path d="M3 8h10" fill="none" stroke="{ink}" stroke-width="1.8"/>',
    "not_applicable": '<path d="M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6" fill="none" stroke="{ink}" stroke-width="1.5"/>',
    "elsewhere": '<circle cx="8" cy="8" r="2.2" fill="{ink}"/>',
    "unknown": '<path d="M5.3 6.1a2.7 2.5 0 1 1 3.9 2.2c-.8.5-1.2.9-1.2 1.9" fill="none" stroke="{ink}"'
    ' stroke-width="1.6"/><circle cx="8" cy="12.6" r="1.1" fill="{ink}"/>',
}
"""State → its sign in a square of 16; `elsewhere` is a mention that the page's filter hides."""
STANCE_SIGNS: Mapping[str, str] = {
    "supports": '<path d="M8 2L14.6 13.6H1.4z" fill="{ink}"/>',
    "contradicts": '<path d="M8 14L1.4 2.4H14.6z" fill="{ink}"/>',
    "mixed": '<path d="M8 1.6L14.4 8L8 14.4L1.6 8z" fill="none" stroke="{ink}" stroke-width="1.4"/>'
    '<path d="M8 1.6L14.4 8H1.6z" fill="{ink}"/>',
    "unclear": '<path d="M8 1.9L14.1 8L8 14.1L1.9 8z" fill="none" stroke="{ink}" stroke-width="1.5"/>',
    "unjudged": '<circle cx="8" cy="8" r="6" fill="{ink}" fill-opacity=".35"/>',
}
"""Stance on a finding → its sign; `unjudged` is a mention that nobody has judged."""
COLOURS: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#20242a", "soft": "#5a6069", "line": "#dcd8cf", "accent": "#17596b",
    "silent": "#75695a", "pale": "#c3bcae",
}  # fmt: skip
"""The colours of a file: those of the web page in light, on white."""


class Drawing(msgspec.Struct, frozen=True):
    """A part of a picture: SVG elements, and how much room they take from (0, 0)."""

    width: float
    height: float
    parts: tuple[str, ...]


def number(value: float) -> str:
    """A length in pixels, with one decimal at most."""
    return f"{round(value, 1):g}"


def escaped(text: str) -> str:
    """`text` on one line, as XML has it, also between quotation marks."""
    return escape(one_line(text))


class Pen(msgspec.Struct, frozen=True):
    """Draws with the page's colours (`inline`), named by classes, or with fixed ones.

    Positions are pixels from the upper left; a text stands on its `y`.
    """

    inline: bool

    def _filled(self, role: str) -> str:
        return f'class="{role}"' if self.inline else f'fill="{COLOURS[role]}"'

    def text(
        self, x: float, y: float, text: str, size: float, role: str, *, bold: bool = False, anchor: str = "",
        turned: float = 0, whole: str = "", link: str = "",
    ) -> str:  # fmt: skip
        """Words. `whole` is what they are short for, `link` where they lead."""
        at = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}"'
        at += ' font-weight="600"' if bold else ""
        at += f' text-anchor="{anchor}"' if anchor else ""
        at += f' transform="rotate({number(-turned)} {number(x)} {number(y)})"' if turned else ""
        title = f"<title>{escaped(whole)}</title>" if whole else ""
        return self._linked(f"<text {at} {self._filled(role)}>{title}{escaped(text)}</text>", link)

    def _linked(self, drawn: str, link: str) -> str:
        """In the page, a link that a mouse can follow; for keys, the matrix has the same links."""
        return f'<a href="#{escaped(link)}" tabindex="-1">{drawn}</a>' if link and self.inline else drawn

    def line(self, x: float, y: float, to_x: float, to_y: float, role: str = "line") -> str:
        """A hairline."""
        at = f'x1="{number(x)}" y1="{number(y)}" x2="{number(to_x)}" y2="{number(to_y)}"'
        return f'<line {at} class="rule {role}"/>' if self.inline else f'<line {at} stroke="{COLOURS[role]}"/>'

    def bar(self, x: float, y: float, width: float, height: float, role: str) -> str:
        """A bar."""
        at = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        return f"<rect {at} {self._filled(role)}/>"

    def row_start(self, row: BarRow) -> str:
        """The beginning of what belongs to one source; pointing at it says what it is."""
        return f"<g><title>{escaped(row.said)}</title>"

    def mark(self, mark: Mark, x: float, y: float, size: float) -> str:
        """A case under a theme; pointing at it says which, and in the page it leads to the evidence."""
        said = f"<title>{escaped(mark.said)}</title>"
        if not self.inline:
            return self.sign(mark.state, x, y, size, said)
        at = f'x="{number(x)}" y="{number(y)}" width="{number(size)}" height="{number(size)}"'
        return self._linked(f'<use href="#sign-{mark.state}" class="{mark.state}" {at}>{said}</use>', mark.link)

    def sign(self, state: State, x: float, y: float, size: float, said: str = "") -> str:
        """The sign of a state, drawn with a fixed colour."""
        ink = COLOURS["accent" if state == "mentioned" else "silent"]
        place = f"translate({number(x)} {number(y)}) scale({round(size / 16, 3):g})"
        return f'<g transform="{place}">{said}{SIGNS[state].format(ink=ink)}</g>'
