"""What stands on page after page: running heads, running feet, page numbers. They go; the page numbers are kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from corpus.readers.blocks import listed
from corpus.readers.pdf_lines import Row, row_text

_MOST_ROWS = 4
"""So many rows at the top and at the foot of a page can be running heads."""
_EDGE = 0.15
"""The part of the page's height in which they stand."""
_WIDER, _LARGER = 1.1, 1.2
_MOST_PAGES = 0.6
_SAME_PLACE = 3.0
_MARGIN = 53.0
_LONGEST_NOTE = 12
_NUMBER = re.compile(r"(?<![\d.,/-])\d{1,4}(?![\d,]|\.\d)")
_ROMAN = re.compile(r"\b[ivxlc]{1,7}\b", re.IGNORECASE)
_ALONE = re.compile(
    r"[-–—\[( ]*(?:(?:side|page|seite|sida|s\.|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:af|of|von|/)\s*\d{1,4})?[-–—\]) .]*",
    re.IGNORECASE,
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Running(msgspec.Struct):
    """The rows of each page without what runs, what ran on each page, and what is to be told of it."""

    pages: list[list[Row]]
    texts: list[list[str]]
    told: list[str]


def without_running(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> Running:
    """The rows of all pages without running heads and feet, which are found by their recurrence at one place."""
    running = Running([list(rows) for rows in pages], [[] for _ in pages], [])
    wide = _wide_gap(pages)
    for top in (True, False):
        gone: list[str] = []
        for _ in range(_MOST_ROWS):
            found = _running_rows(running.pages, heights, top, wide)
            if not found:
                break
            for page in sorted(found):
                text = row_text(running.pages[page].pop(0 if top else -1))
                running.texts[page].append(text)
                gone.append(text)
        if gone:
            what = "heads" if top else "feet"
            kinds = list(dict.fromkeys(_key(text) for text in gone))
            shown = [next(text for text in gone if _key(text) == key) for key in kinds]
            running.told.append(f"running {what} were left out on {_several(len(gone), 'line')}: {listed(shown)}")
    return running


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _wide_gap(pages: Sequence[Sequence[Row]]) -> float:
    """The distance of base lines from which more white stands between them than between paragraphs (points)."""
    inner = [rows[2:-2] for rows in pages if len(rows) > 6] or pages
    gaps = sorted(b[0].base - a[0].base for rows in inner for a, b in pairwise(rows))
    return _WIDER * gaps[int(0.9 * (len(gaps) - 1))] if gaps else 0.0


def _running_rows(pages: Sequence[Sequence[Row]], heights: Sequence[float], top: bool, wide: float) -> set[int]:
    """The pages whose first (or last) row runs."""
    places: list[tuple[float, int]] = []
    for page, rows in enumerate(pages):
        if rows:
            base = rows[0 if top else -1][0].base
            place = base if top else heights[page] - base
            if place <= _EDGE * heights[page] and (top or not _ends_note(rows)):
                places.append((place, page))
    found: set[int] = set()
    group: list[int] = []
    last = 0.0
    for place, page in [*sorted(places), (float("inf"), -1)]:
        if group and place - last > _SAME_PLACE:
            found |= _Group(sorted(group), pages, heights, top, wide).running()
            group = []
        group.append(page)
        last = place
    return found


def _ends_note(rows: Sequence[Row]) -> bool:
    """Whether the last row belongs to a footnote: it, or one right above it, begins with a mark used in the text."""
    marks = {word.text.strip(".,()") for row in rows for word in row[1:] if word.raised}
    for index in range(len(rows) - 1, max(len(rows) - _LONGEST_NOTE, -1) if marks else len(rows), -1):
        row = rows[index]
        if len(row) > 1 and (row[0].raised or row[0].text.strip(".()") in marks):
            return True
        if not index or row[0].base - rows[index - 1][0].base > 1.6 * row[-1].size:
            return False
    return False


class _Group:
    """The outermost rows of some pages, which stand at one place."""

    def __init__(
        self, group: Sequence[int], pages: Sequence[Sequence[Row]], heights: Sequence[float], top: bool, wide: float
    ) -> None:
        self.group, self.pages, self.heights, self.top, self.wide = group, pages, heights, top, wide
        self.texts = {page: row_text(self.row(page)) for page in group}
        self.keys = Counter(map(_key, self.texts.values()))

    def row(self, page: int, depth: int = 0) -> Row:
        """The outermost row of a page, or one further in."""
        return self.pages[page][depth if self.top else -1 - depth]

    def running(self) -> set[int]:
        """The pages on which the row runs.

        It must say the same on several pages, but for numbers, and stand apart from the text: by more white than there
        is between paragraphs, or in the margin of the paper; else it must stand on most pages, and the row next to it
        must not.
        """
        apart = {page for page in self.group if self.is_apart(page)}
        margin = {page for page in self.group if self.is_in_margin(page)}
        if len(self.pages) == 1:
            return {page for page in apart if _ALONE.fullmatch(self.texts[page]) and _NUMBER.search(self.texts[page])}
        if len(self.group) == len(self.pages) and apart & margin == set(self.group):
            return apart
        numbers = self.page_numbers()
        again = {page for page, text in self.texts.items() if self.keys[_key(text)] > 1 and _key(text) != "#"} | numbers
        again -= {page for page in again if self.is_large(page)}
        if len(again) * 2 < len(self.group):
            return set()
        outside = apart | margin
        if len(again & outside) * 2 >= len(again):
            return again | (outside if len(outside) * 2 > len(self.group) else set())
        return again if self.is_alone_in_running(again) else set()

    def is_alone_in_running(self, again: set[int]) -> bool:
        """Whether the row stands on most pages of the file and the next row in says something else on each."""
        inner = Counter(_key(row_text(self.row(page, 1))) for page in again if len(self.pages[page]) > 1)
        most = len(again) > 3 and len(again) >= _MOST_PAGES * len(self.pages)
        return most and max(inner.values(), default=0) * 3 < len(again)

    def page_numbers(self) -> set[int]:
        """The pages whose row is a page number alone, which counts on with the pages."""
        offsets = {
            page: numbers[0][0] - page
            for page, text in self.texts.items()
            if _ALONE.fullmatch(text) and (numbers := _candidates(text))
        }
        counts = Counter(offsets.values())
        return {page for page, offset in offsets.items() if counts[offset] > 1 or len(self.texts) == 1}

    def is_apart(self, page: int) -> bool:
        """Whether wide white space ends the first rows of the page, or it has no other row."""
        rows = self.pages[page][: _MOST_ROWS + 1] if self.top else self.pages[page][-_MOST_ROWS - 1 :]
        return len(rows) < 2 or any(b[0].base - a[0].base > max(self.wide, 1.6 * a[0].size) for a, b in pairwise(rows))

    def is_in_margin(self, page: int) -> bool:
        """Whether the row stands where running text never does, within two centimetres of the paper's edge."""
        word = self.row(page)[0]
        return word.base < _MARGIN if self.top else self.heights[page] - word.base < _MARGIN - word.size

    def is_large(self, page: int) -> bool:
        """Whether the row is in larger type than the page, as titles are and running heads are not."""
        usual = median(row[0].size for row in self.pages[page])
        return self.row(page)[0].size > _LARGER * usual and not self.is_in_margin(page)


def _key(text: str) -> str:
    """A row's text with every number as #, so that it is the same on every page."""
    return " ".join(_ROMAN.sub("#", re.sub(r"\d+", "#", text.lower())).split())


def _candidates(text: str) -> list[tuple[int, str]]:
    """The numbers in `text` that can be page numbers, with how they are written."""
    found = [(int(number[0]), number[0]) for number in _NUMBER.finditer(text)]
    return found + [(value, roman[0]) for roman in _ROMAN.finditer(text) if (value := _roman(roman[0]))]


def _roman(text: str) -> int:
    """The value of a Roman numeral; 0 where it is none."""
    digits = [_VALUES[sign] for sign in text.lower()]
    value = sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
    return value if 0 < value < 400 and _written(value) == text.lower() else 0


def _written(value: int) -> str:
    text = ""
    for amount, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += sign * (value // amount)
        value %= amount
    return text


def page_labels(running: Sequence[Sequence[str]], given: Sequence[str]) -> tuple[list[str], str]:
    """What each page is called, and how that is told: as printed, else as the file says, else counted from 1.

    A page without a printed number gets the one that the pages beside it leave for it; where these leave none, it is
    counted in brackets, so that it is not confused with the page that prints this number.
    """
    votes: dict[tuple[bool, bool, int], set[int]] = defaultdict(set)
    written: dict[tuple[int, bool, bool, int], str] = {}
    for page, texts in enumerate(running):
        for value, text in (found for line in texts for found in _candidates(line)):
            kind = (text.isdigit(), text.isupper(), value - page)
            votes[kind].add(page)
            written[page, *kind] = text
    labels = [""] * len(running)
    for kind, pages in sorted(votes.items(), key=lambda entry: -len(entry[1])):
        new = {page for page in pages if not labels[page]}
        if len(new) > 1:
            for page in new:
                labels[page] = written[page, *kind]
    if not any(labels):
        if any(given) and len(set(given)) == len(given):
            return list(given), "pages are called as the file says, since no number is printed on them"
        return [str(page + 1) for page in range(len(running))], ""
    printed = [label for label in labels if label]
    _fill(labels)
    said = f"the page numbers printed on the pages ({printed[0]}–{printed[-1]}) are kept for citations"
    if "" in labels:
        said += "; a page without one is counted in brackets"
    return [label or f"[{page + 1}]" for page, label in enumerate(labels)], said


def _fill(labels: list[str]) -> None:
    """Give pages without a number the one that follows from the page before or after, unless another page has it."""
    used = set(labels)
    for step, pages in ((-1, range(len(labels) - 1)[::-1]), (1, range(1, len(labels)))):
        for page in pages:
            beside = labels[page - step]
            if not labels[page] and beside:
                value = (int(beside) if beside.isdigit() else _roman(beside)) + step
                text = str(value) if beside.isdigit() else _written(value) if value > 0 else ""
                text = text.upper() if beside.isupper() else text
                if value > 0 and text not in used:
                    labels[page] = text
                    used.add(text)
