"""Marks: where a page or a time begins, carried inside the lines of a text until the whole text is known.

Readers put `page_mark("12")` or `time_mark(83.4)` in front of the words with which the page or the time begins, at the
beginning of a line or in the middle of it. Repairs move lines about, and the marks move with their words;
`document_from_blocks` takes them out at the end and knows where each of them stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from corpus.places import Place as Place
from corpus.places import PlaceKind, clock
from corpus.readers.blocks import Block

_PAGE, _TIME, _CLOSE = "\ufdd2", "\ufdd3", "\ufdd4"
"""A mark is `_PAGE` or `_TIME`, the hexadecimal digits of its value in UTF-8 (from U+FDE0 on), and `_CLOSE`.

None of these is a character in Unicode: no text holds them, `tidy_characters` takes them out of every file, and no
regular expression takes them for letters, digits or spaces.
"""
_TO_DIGITS = str.maketrans({digit: 0xFDE0 + value for value, digit in enumerate("0123456789abcdef")})
_FROM_DIGITS = {code: digit for digit, code in _TO_DIGITS.items()}
_ANY = re.compile("[\ufdd2-\ufdef]+")
_MARKS = f"(?:[{_PAGE}{_TIME}](?:[\ufde0-\ufdef]{{2}})*{_CLOSE})+"
_RUN = re.compile(f"{_MARKS}(?:[ \t]*{_MARKS})*[ \t]*")
_BLANK = re.compile(r"[ \t]")
_ONE = re.compile(f"([{_PAGE}{_TIME}])((?:[\ufde0-\ufdef]{{2}})*){_CLOSE}")
_AT_BEGINNING = re.compile(f"[ \t]*({_MARKS}(?:[ \t]*{_MARKS})*)")
_MAY_BEGIN = frozenset((_PAGE, _TIME, " ", "\t"))
_LONGEST = 40


def page_mark(label: str) -> str:
    """The mark for the beginning of the page that is called `label`; empty for a page without a name."""
    label = " ".join(_ANY.sub("", label).split())[:_LONGEST]
    return _mark(_PAGE, label) if label else ""


def time_mark(seconds: float) -> str:
    """The mark for `seconds` from the beginning of the recording."""
    return _mark(_TIME, clock(seconds))


def _mark(sign: str, value: str) -> str:
    return sign + value.encode("utf-8", "replace").hex().translate(_TO_DIGITS) + _CLOSE


def without_marks(text: str) -> str:
    """`text` without any mark; spaces stay as they are."""
    return _ANY.sub("", text) if _CLOSE in text else text


def marks_of(text: str) -> str:
    """The marks of `text` alone, in order."""
    return "".join(mark[0] for mark in _ONE.finditer(text))


def split_at_beginning(text: str) -> tuple[str, str]:
    """The marks at the beginning of `text`, and what comes after them."""
    found = _AT_BEGINNING.match(text) if text[:1] in _MAY_BEGIN and _CLOSE in text else None
    return (marks_of(found[1]), text[found.end() :]) if found else ("", text)


def begins_with_time(line: str) -> bool:
    """Whether a time begins right where `line` begins."""
    return _CLOSE in line and _TIME in split_at_beginning(line)[0]


def split_marks(text: str) -> tuple[str, tuple[Place, ...]]:
    """`text` without marks, and where each of them stood: at the next word, without the blanks before it.

    Spaces that stood on both sides of a mark become one, those at a line's beginning or end go. Of two marks of a kind
    at one place the last counts; one that no words follow is left out.
    """
    if _CLOSE not in text:
        return text, ()
    parts: list[str] = []
    found: list[tuple[int, str, str]] = []
    length = end = 0
    for run in _RUN.finditer(text):
        before = _ANY.sub("", text[end : run.start()])
        words = before.rstrip(" \t")
        begins_line = words.endswith("\n") if words else not end
        ends_line = run.end() == len(text) or text[run.end()] == "\n"
        if begins_line:
            words = before
        elif not ends_line and (len(words) < len(before) or _BLANK.search(run[0])):
            words += " "
        parts.append(words)
        length += len(words)
        found += [(length, mark[1], mark[2]) for mark in _ONE.finditer(run[0])]
        end = run.end()
    clean = "".join([*parts, _ANY.sub("", text[end:])])
    return clean, _places(clean, found)


def _places(clean: str, found: Sequence[tuple[int, str, str]]) -> tuple[Place, ...]:
    places: dict[tuple[str, int], Place] = {}
    for at, sign, digits in found:
        start = _next_word(clean, at)
        if start < len(clean):
            kind: PlaceKind = "page" if sign == _PAGE else "time"
            places[kind, start] = Place(kind, start, _value(digits))
    return tuple(places.values())


_WORD = re.compile(r"\S")


def _next_word(text: str, at: int) -> int:
    """Where the word at or after `at` begins: a page may begin in the middle of one that a hyphen had broken."""
    if at and at < len(text) and not text[at].isspace():
        return max(text.rfind(" ", max(at - _LONGEST, 0), at), text.rfind("\n", max(at - _LONGEST, 0), at), -1) + 1
    word = _WORD.search(text, at)
    return word.start() if word else len(text)


def _value(digits: str) -> str:
    return bytes.fromhex(digits.translate(_FROM_DIGITS)).decode("utf-8", "replace")


def with_marks_on_words(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with the marks of those without words in front of the next words, so that none is lost."""
    if not any(_CLOSE in line for block in blocks for line in block.lines):
        return list(blocks)
    kept: list[Block] = []
    waiting = ""
    for block in blocks:
        marks = "".join(map(marks_of, block.lines))
        if block.kind == "break" or (marks and not any(without_marks(line).strip() for line in block.lines)):
            waiting += marks
            lines = tuple(without_marks(line) for line in block.lines)
            kept += [msgspec.structs.replace(block, lines=lines)] if block.kind == "break" else []
        elif waiting and block.lines:
            kept.append(with_marks_before(block, waiting))
            waiting = ""
        else:
            kept.append(block)
    return kept


def with_marks_before(block: Block, marks: str) -> Block:
    """`block` with `marks` in front of its first word."""
    first = block.lines[0]
    indent = len(first) - len(first.lstrip(" \t"))
    return msgspec.structs.replace(block, lines=(first[:indent] + marks + first[indent:], *block.lines[1:]))


def moved_with_lines(places: Sequence[Place], old: str, new: str) -> tuple[Place, ...]:
    """`places` of `old` in `new`, where only the beginnings of lines differ (the signs of headings)."""
    if not places or old == new:
        return tuple(places)
    old_ends = [end.end() for end in re.finditer(r"\n|\Z", old)]
    new_ends = [end.end() for end in re.finditer(r"\n|\Z", new)]
    moved = []
    line = 0
    for place in places:
        while old_ends[line] <= place.start and line + 1 < len(old_ends):
            line += 1
        before = new_ends[line - 1] if line else 0
        moved.append(msgspec.structs.replace(place, start=max(before, new_ends[line] - (old_ends[line] - place.start))))
    return tuple(moved)


def places_from(places: Sequence[Place], start: int, length: int) -> tuple[Place, ...]:
    """`places` of a part of a text, `length` characters from `start`; what it begins in begins with it."""
    inside = [
        msgspec.structs.replace(place, start=max(place.start - start, 0))
        for place in places
        if place.start < start + length
    ]
    return tuple({(place.kind, place.start): place for place in inside}.values())
