"""Line ends inside a paragraph: wraps of an editor, which go, and line ends that a person meant, which stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from corpus.readers.sentences import is_open

_DOTS = re.compile(r"\.{3,}|\t")
_FIRST_WORD = re.compile(r"\S{1,80}")
_LONG = 120
"""A line above this is a paragraph of its own (characters)."""
_SENTENCE = 40

Meaning = Literal["wrap", "line", "paragraph"]
"""What a line end is: a wrap to be undone, a line end to be kept, or the end of a paragraph."""


def wrap_width(lines: Sequence[str], begins_anew: Callable[[str], bool]) -> int:
    """The width in characters that a text was wrapped to, or 0 where its line ends are not wraps.

    `begins_anew` knows lines that begin something (a turn, a list item). A text is wrapped if most line ends inside
    paragraphs come where the next word did not fit, and a good part of the next lines begin with a small letter.
    """
    pairs = [
        (a, b)
        for a, b in pairwise(lines)
        if a and b and not a.isspace() and not b.isspace() and not begins_anew(b) and not _DOTS.search(a)
    ]
    if len(pairs) < 3:
        return 0
    lengths = sorted(len(a.rstrip()) for a, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not 30 <= width <= 140:
        return 0
    wrapped = sum(_did_not_fit(a, b, width) or (len(a) >= 0.7 * width and is_open(a)) for a, b in pairs)
    small = sum(b.lstrip()[:1].islower() for _, b in pairs)
    return width if wrapped >= 0.5 * len(pairs) and small >= 0.25 * len(pairs) else 0


def line_end(first: str, second: str, width: int) -> Meaning:
    """What the line end between two lines of plain text is; `width` is what the text was wrapped to, or 0."""
    first, second = first.rstrip(), second.lstrip()
    small = second[:1].islower()
    open_ = is_open(first)
    if open_ and small and (width or len(first) >= _SENTENCE or first.endswith("-")):
        return "wrap"
    if width:
        if _did_not_fit(first, second, width) or (len(first) >= 0.7 * width and (open_ or small)):
            return "wrap"
        return "line" if open_ and len(second) < 0.7 * width else "paragraph"
    if len(first) > _LONG or len(second) > _LONG or not open_:
        return "paragraph"
    return "line"


def _did_not_fit(first: str, second: str, width: int) -> bool:
    word = _FIRST_WORD.search(second[:200])
    return len(first.rstrip()) + 1 + len(word[0] if word else "") > width
