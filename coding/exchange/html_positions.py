"""A web page as plain study text, with positions in its words (tags stripped, entities resolved) moved along.

Taguette keeps documents as HTML and positions in what is left when the tags are stripped. Stripped text runs paragraphs
together; a study's text has them apart. So the text is built anew, and every character remembers where it came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import accumulate
from typing import Literal

import msgspec

Unit = Literal["UTF-8 bytes", "code points", "UTF-16 units"]

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_SILENT = frozenset(("script", "style", "template", "noscript"))


class PositionedText(msgspec.Struct, frozen=True, dict=True):
    """`text` is plain study text, `stripped` the same words as they stand in the page without its tags.

    `places[i]` is where character i of `stripped` stands in `text`, or -1 where it is white space that went.
    """

    text: str
    stripped: str
    places: Sequence[int]

    def slice(self, start: int, end: int, unit: Unit) -> tuple[int, int]:
        """Positions in `stripped`, counted in `unit`, as code points of it."""
        return self._code_point(start, unit), self._code_point(end, unit)

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Code points of `stripped` as positions in `text`; equal ones where nothing but white space was meant."""
        kept = [place for place in self.places[start:end] if place >= 0]
        return (kept[0], kept[-1] + 1) if kept else (0, 0)

    def _code_point(self, position: int, unit: Unit) -> int:
        if unit == "code points":
            return max(0, min(position, len(self.stripped)))
        ends = self._ends(unit)
        return bisect_left(ends, position)

    def _ends(self, unit: Unit) -> list[int]:
        """How many units there are up to each code point of `stripped`."""
        known: dict[Unit, list[int]] = self.__dict__.setdefault("known", {})
        if unit not in known:
            sizes = _utf8_sizes(self.stripped) if unit == "UTF-8 bytes" else _utf16_sizes(self.stripped)
            known[unit] = [0, *accumulate(sizes)]
        return known[unit]


def _utf8_sizes(text: str) -> list[int]:
    return [1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text]


def _utf16_sizes(text: str) -> list[int]:
    return [1 if c < "\U00010000" else 2 for c in text]


def positioned_text(html: str) -> PositionedText:
    """The text of a page or a part of one. Never fails: what is no tag is text, as browsers have it."""
    page = _Page()
    page.feed(html)
    page.close()
    text = "".join(page.out).rstrip()
    return PositionedText(text + "\n" if text else "", "".join(page.stripped), page.places)


class _Page(HTMLParser):
    """A page while it is read: what was written so far, and what the next word begins with."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.stripped: list[str] = []
        self.places: list[int] = []
        self.length = 0
        self.before = ""
        self.begins = True
        self.silent = 0
        self.cells = 0
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in ("td", "th"):
            self.before = " | " if self.cells and not self.begins else self.before
            self.cells += 1
        elif tag == "br":
            self.before = self.before if self.begins else "\n"
        elif tag in _BLOCKS:
            before = self.before.lstrip("\n") if self.begins else ""
            self.new_block(tag, "- " if tag == "li" else _HEADINGS.get(tag, before))
        if tag == "pre":
            self.preformatted += 1

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in ("br", "hr"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.new_block(tag)
        if tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)

    def new_block(self, tag: str, sign: str = "") -> None:
        """What is written goes on in a new paragraph, for rows and items on a new line, behind `sign`."""
        gap = "" if not self.length else "\n" if tag in ("tr", "li") else "\n\n"
        lines = gap if not self.begins else max(gap, "\n" * self.before.count("\n"), key=len)
        self.before = lines + sign
        self.begins = True
        self.cells = 0

    def handle_data(self, data: str) -> None:
        if self.silent:
            self.stripped.append(data)
            self.places += [-1] * len(data)
            return
        for character in data:
            self.stripped.append(character)
            if character.isspace():
                self.places.append(-1)
                if self.preformatted and character == "\n" and not self.begins:
                    self.before = "\n"
                elif not self.begins and not self.before:
                    self.before = " "
            else:
                self.put(character)

    def put(self, character: str) -> None:
        """A character that is no space, behind what has to come before it."""
        if self.before:
            self.out.append(self.before)
            self.length += len(self.before)
            self.before = ""
        self.places.append(self.length)
        self.out.append(character)
        self.length += 1
        self.begins = False
