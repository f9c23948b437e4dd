"""Quotations in written text, and whether they are slices of a source.

What stands between quotation marks must stand in a source letter for letter. `[…]` leaves words out, `[ ]` around
letters or words changes them (both marked, so both allowed); white space and the marks of quotations inside are free,
and so is the punctuation before the closing mark.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from corpus.source import Source

_MARKS = {"»": "«", "“": "”", "„": "“”", "›": "‹", "«": "»"}
_ALIKE = {
    '"': re.compile(r'"([^"\n]{1,2000})"'),
    "”": re.compile(r"(?<![\w.,;:!?…)\]])”([^”\n]{1,2000})”"),
}
"""Marks that are the same before and behind: the straight one, and that of Danish typing, which stands behind white
space where it opens."""
_LONGEST = 2000
_FEWEST_WORDS = 2
_OMITTED = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")
_CHANGED = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"\w")


class Quotation(msgspec.Struct, frozen=True):
    """Words between quotation marks: `[start, end)` of the text they stand in, without the marks."""

    start: int
    end: int
    words: str


def quotations(text: str) -> Iterator[Quotation]:
    """The quotations of a text, outermost only, of two words or more: single words in marks are terms, not quotes."""
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in _MARKS:
            end = _closing(text, at)
            if end > at:
                yield from _quotation(text, at + 1, end)
                at = end
        elif mark in _ALIKE and (found := _ALIKE[mark].match(text, at)):
            yield from _quotation(text, *found.span(1))
            at = found.end() - 1
        at += 1


def _closing(text: str, at: int) -> int:
    """Where the mark that closes the one at `at` stands; -1 where none does."""
    opening, closing = text[at], _MARKS[text[at]]
    depth = 0
    for place in range(at, min(len(text), at + _LONGEST)):
        if text[place] == opening and opening not in closing:
            depth += 1
        elif text[place] in closing:
            depth -= 1
            if depth <= 0:
                return place
    return -1


def _quotation(text: str, start: int, end: int) -> Iterator[Quotation]:
    words = text[start:end]
    if len(words.split()) >= _FEWEST_WORDS and _WORD.search(words):
        yield Quotation(start, end, words)


def is_slice(words: str, sources: Iterable[Source]) -> bool:
    """Whether the words of a quotation stand in one of the sources, its parts in order."""
    pattern = _pattern(words)
    return pattern is not None and any(pattern.search(source.text) for source in sources)


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str] | None:
    """A quotation as a pattern: parts between omissions in order within a paragraph or two; None where nothing is left.

    What is between two parts is at most 2,000 characters, so that the search stays linear.
    """
    parts = [_part(part) for part in _OMITTED.split(words)]
    parts = [part for part in parts if part]
    return re.compile(r"[\s\S]{0,2000}?".join(parts)) if parts else None


def _part(part: str) -> str:
    """A part without omissions: words as they are, changed letters as anything, white space and inner marks free."""
    part = part.strip().rstrip(".,;:!?").strip("\"'»«“”„›‹")
    pieces = [r"\s+".join(map(_word, piece.split())) for piece in _CHANGED.split(part)]
    edges = [(not a or a[-1:].isspace(), not b or b[:1].isspace()) for a, b in _neighbours(_CHANGED.split(part))]
    made = pieces[0] if pieces else ""
    for (before, after), piece in zip(edges, pieces[1:], strict=True):
        gap = r"[\s\S]{0,80}?" if before or after else r"\w{0,30}"
        made += gap + piece
    return made


def _neighbours(pieces: list[str]) -> Iterator[tuple[str, str]]:
    return itertools.pairwise(pieces)


def _word(word: str) -> str:
    return "".join(r"[\"'»«“”„›‹]?" if mark in "\"'»«“”„›‹" else re.escape(mark) for mark in word)
