"""The structure of a source's text: headings, paragraphs and speaker turns, each with its span.

Every position is a span `[start, end)` in Unicode code points from the beginning of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property

import msgspec

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?(?=\s)")
_SPEAKER = re.compile(r"([^\W_][^:\n]{0,39}?)[ \t]*:(?=\s|$)")


class Heading(msgspec.Struct, frozen=True):
    """A `#` line. `level` is its depth in the hierarchy, 1-based, which follows the numbering where there is one."""

    start: int
    end: int
    title: str
    number: str
    marks: int
    level: int
    parent: int | None
    """Index of the heading above it, or None."""


class Paragraph(msgspec.Struct, frozen=True):
    """A block of lines between blank lines: text, or a heading itself.

    `number` counts text paragraphs from 1 (0 for headings); `heading` is the index of the heading it stands under,
    for a heading its own; `body` is where the words begin after a speaker label.
    """

    start: int
    end: int
    number: int
    heading: int | None
    speaker: str
    body: int
    is_heading: bool = False


class TextStructure(msgspec.Struct, frozen=True, dict=True):
    """Headings and paragraphs of one text, in order."""

    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Where each paragraph starts, to find the one at a position."""
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_at(self, position: int) -> Paragraph | None:
        """The paragraph that holds `position`, or the last one before it; None before the first."""
        index = bisect_right(self.starts, position) - 1
        return self.paragraphs[index] if index >= 0 else None

    def paragraphs_in(self, start: int, end: int) -> tuple[Paragraph, ...]:
        """Text paragraphs that share at least one character with `[start, end)`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, end - 1)
        return tuple(p for p in self.paragraphs[first:last] if p.end > start and not p.is_heading)

    def heading_path(self, index: int | None) -> tuple[Heading, ...]:
        """The headings above a paragraph, outermost first."""
        path: list[Heading] = []
        while index is not None:
            path.append(self.headings[index])
            index = self.headings[index].parent
        return tuple(reversed(path))


def word_count(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or a digit, headings included."""
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())


def text_structure(text: str, speakers: bool = False) -> TextStructure:
    """Headings, paragraphs and, with `speakers`, turns that begin with `Name:`.

    A paragraph ends at a blank line, at a heading and, with `speakers`, at the next speaker label. A label is one that
    begins a paragraph somewhere or several lines, or is a name (one or two words with a capital) below another label:
    `three things:` in the middle of a turn is none.
    """
    labels = _speaker_labels(text) if speakers else frozenset()
    headings: list[Heading] = []
    paragraphs: list[Paragraph] = []
    nesting: list[int] = []
    block: tuple[int, int, str, int] | None = None
    count = position = 0
    speaker = ""

    def close() -> None:
        nonlocal block, count
        if block is not None:
            count += 1
            start, end, who, body = block
            paragraphs.append(Paragraph(start, end, count, len(headings) - 1 if headings else None, who, body))
            block = None

    for line in text.split("\n"):
        stripped = line.strip()
        start = position + (len(line) - len(line.lstrip()))
        end = start + len(stripped)
        position += len(line) + 1
        if not stripped:
            close()
        elif mark := _HEADING.match(line):
            close()
            speaker = ""
            headings.append(_heading(mark, start, end, headings, nesting))
            index = len(headings) - 1
            paragraphs.append(Paragraph(start, end, 0, index, "", start, is_heading=True))
        elif labels and (label := _SPEAKER.match(stripped)) and (block is None or label[1] in labels):
            close()
            speaker = label[1]
            words = stripped[label.end() :]
            block = (start, end, speaker, end - len(words.lstrip()))
        elif block is None:
            block = (start, end, speaker, start)
        else:
            block = (block[0], end, block[2], block[3])
    close()
    return TextStructure(tuple(headings), tuple(paragraphs))


def _speaker_labels(text: str) -> frozenset[str]:
    """The words before a colon that are taken for speakers: at the beginning of a paragraph, or of several lines."""
    counts: Counter[str] = Counter()
    labels: set[str] = set()
    in_paragraph = in_turn = False
    for line in text.split("\n"):
        stripped = line.strip()
        label = _SPEAKER.match(stripped) if stripped else None
        if label:
            counts[label[1]] += 1
            if not in_paragraph or (in_turn and _is_name(label[1])):
                labels.add(label[1])
        in_turn = bool(label) or (in_turn and bool(stripped))
        in_paragraph = bool(stripped) and not _HEADING.match(line)
    return frozenset(labels | {label for label, n in counts.items() if n > 1})


def _is_name(label: str) -> bool:
    return label[:1].isupper() and len(label.split()) <= 2


def _heading(mark: re.Match[str], start: int, end: int, headings: list[Heading], nesting: list[int]) -> Heading:
    """The heading in its place; `nesting` holds the indexes of the open headings, outermost first, and is updated."""
    marks, title = len(mark[1]), mark[2].rstrip(" \t#").lstrip()
    numbered = _NUMBER.match(title)
    number = numbered[1] if numbered else ""
    keep = _open_above(number, marks, [headings[i] for i in nesting])
    del nesting[keep:]
    parent = nesting[-1] if nesting else None
    nesting.append(len(headings))
    return Heading(start, end, title, number, marks, len(nesting), parent)


def _open_above(number: str, marks: int, above: list[Heading]) -> int:
    """How many of the open headings `above` stay open over a new one with this number and these `#` marks.

    `3.1` belongs under `3` whatever the marks say, and `4` stands beside `3`; a number that nothing open comes before
    (a list from 1 inside section 2.2) and a heading without a number go by their marks.
    """
    if number:
        new = _parts(number)
        open_numbers = [(index, _parts(h.number)) for index, h in enumerate(above) if h.number]
        for index, old in reversed(open_numbers):
            if new[: len(old)] == old and len(new) > len(old):
                return index + 1
        beside = [(i, old) for i, old in open_numbers if old[:-1] == new[:-1] and old <= new]
        if beside:
            return max(beside, key=lambda b: (b[1][-1] + 1 == new[-1], above[b[0]].marks == marks, b[0]))[0]
        before = [index for index, old in open_numbers if old < new]
        if before:
            return before[0]
    keep = len(above)
    while keep and above[keep - 1].marks >= marks:
        keep -= 1
    return keep


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def line_of(text: str, position: int) -> int:
    """1-based line of `position` in `text`."""
    return text.count("\n", 0, position) + 1
