"""What was edited in a text: the paragraphs that differ, and the words before and after."""

from __future__ import annotations

from difflib import SequenceMatcher

import msgspec

_AROUND = 24
"""Characters shown on either side of the words that differ."""


class Edit(msgspec.Struct, frozen=True):
    """Neighbouring lines that differ: `[first, last)` of the old text, from `line` on in the new one, all from 0."""

    line: int
    first: int
    last: int
    was: str
    now: str


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Where two texts differ, line by line, in order; what is only moved counts as taken out and put in."""
    before, after = old.split("\n"), new.split("\n")
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            was, now = " ".join(before[i:j]).strip(), " ".join(after[k:m]).strip()
            found.append(Edit(k, i, j, *differing(was, now)))
    return tuple(found)


def edit_at(found: tuple[Edit, ...], old: str, start: int, end: int) -> Edit | None:
    """The edit that touches `[start, end)` of the old text; None where the words themselves were not edited."""
    first, last = old.count("\n", 0, start), old.count("\n", 0, end)
    return next((edit for edit in found if edit.first <= last and first < max(edit.last, edit.first + 1)), None)


def differing(was: str, now: str) -> tuple[str, str]:
    """The words that differ, with a little around them; `…` where something equal is left out."""
    first = 0
    while first < min(len(was), len(now)) and was[first] == now[first]:
        first += 1
    last = 0
    while last < min(len(was), len(now)) - first and was[-1 - last] == now[-1 - last]:
        last += 1
    start, end = _word_before(was, first - _AROUND), last - _AROUND
    return _cut(was, start, end), _cut(now, start, end)


def _word_before(text: str, position: int) -> int:
    """The beginning of the word at `position`; 0 where that is near the beginning of the text."""
    if position <= _AROUND // 2:
        return 0
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + _AROUND else position


def _cut(text: str, start: int, left: int) -> str:
    """`text` from `start`, without the last `left` characters, up to the end of a word."""
    end = len(text)
    if left > _AROUND // 2:
        end = max(start, text.rfind(" ", start, len(text) - left))
        end = end if end > start else len(text) - left
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
