"""From words with places to rows and lines: raised marks, cells, ligatures, hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from corpus.readers.characters import tidy_characters
from corpus.readers.notes import marked, superscript
from corpus.readers.pdf_words import Box, Word

Row = list[Word]
"""Words on one base line, from left to right."""

_MOST_DOTS = 300
_CELL_GAP = 1.5
"""White space between two words from which they stand in cells of their own (times the size of the type)."""
_NOTE_MARK = re.compile(r"\(?(\d{1,3}|\*{1,3}|[†‡§])\)?")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BROKEN = "\ufffe\xad\u2010\u2011"
"""The hyphens that writers of PDFs put at the end of a line."""
_BULLETS = dict.fromkeys("•●○◦▪■□▫‣⁃∙·❖➢➤✓✔➔→*o", "-") | {chr(code): "-" for code in range(0xF000, 0xF100)}


class Cell(msgspec.Struct, frozen=True):
    """Words without wide white space between them, and where they begin and end."""

    left: float
    right: float
    text: str


class Line(msgspec.Struct):
    """One line of a column. `at` counts the lines of the file from 1; `page` counts pages from 0.

    `edges` are the left and right edge of its column; `first` is the width of its first word; `opening` is the mark of
    a footnote that begins with this line; `bullet` is true for an item of a list, `plain` where no word is bold.
    `even` says that all white space in it is equally wide, `rows` are the rows of a ruled table that stands here
    as a whole, and `places` where its columns begin. `room` is the white below the last line of its column (points).
    """

    at: int
    page: int
    base: float
    size: float
    bold: bool
    cells: tuple[Cell, ...]
    first: float
    opening: str = ""
    bullet: bool = False
    plain: bool = True
    even: bool = False
    rows: tuple[str, ...] = ()
    places: tuple[float, ...] = ()
    column: tuple[int, ...] = ()
    edges: tuple[float, float] = (0.0, 0.0)
    room: float = 0.0

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where its last word ends."""
        return self.cells[-1].right

    @property
    def text(self) -> str:
        """The words, with one space where a wider one stood."""
        return self.cells[0].text if len(self.cells) == 1 else " ".join(cell.text for cell in self.cells)

    @property
    def tabbed(self) -> str:
        """The words, with a tab where wide white space stood."""
        return "\t".join(cell.text for cell in self.cells)


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The words of a page in rows from top to bottom; raised ones stand in the row that they belong to."""
    _lower_raised(words)
    rows: list[Row] = []
    base = size = 0.0
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - base <= 0.3 * min(size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, size = word.base, word.size
    for row in rows:
        row.sort(key=lambda word: word.left)
    return [_without_doubles(row) for row in rows]


def with_dots(rows: Sequence[Row], shapes: Sequence[Box]) -> None:
    """Put a bullet in front of every row before which a dot is drawn: browsers draw the bullets of a list so."""
    dots = [box for box in shapes if 1.5 < box[2] - box[0] < 7 and 1.5 < box[3] - box[1] < 7][:_MOST_DOTS]
    for left, top, right, bottom in dots:
        middle = (top + bottom) / 2
        for row in rows:
            first = row[0]
            if 0.05 < (first.base - middle) / first.size < 0.65 and 0.2 < (first.left - right) / first.size < 2.5:
                row.insert(0, Word(left, right, first.base, first.size, "•", False, False))
                break


def _lower_raised(words: Sequence[Word]) -> None:
    """Give every small word above the base line of its neighbour that base line, and remember that it was raised."""
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        after = words[index + 1] if index + 1 < len(words) else None
        if before and _is_raised(word, before) and -0.2 <= (word.left - before.right) / before.size <= 0.5:
            word.raised, word.base = True, before.base
        elif after and _is_raised(word, after) and -0.2 <= (after.left - word.right) / after.size <= 2:
            word.raised, word.base = True, after.base


def _is_raised(word: Word, beside: Word) -> bool:
    if beside.raised:
        return word.size <= 1.05 * beside.size and word.base < beside.base
    return word.size <= 0.85 * beside.size and 0.12 <= (beside.base - word.base) / beside.size <= 0.75


def _without_doubles(row: Row) -> Row:
    """The row without words that are drawn twice to look bold."""
    kept: Row = []
    for word in row:
        same = next((w for w in kept[-2:] if w.text == word.text and abs(w.left - word.left) < 0.12 * word.size), None)
        if same is None:
            kept.append(word)
        else:
            same.bold = True
    return kept


def row_text(row: Iterable[Word]) -> str:
    """The words of a row as one text."""
    return "".join((word.text if word.glued else f" {word.text}") for word in row).strip()


def line_of(row: Row, page: int) -> Line:
    """The line that the words of one column's row make."""
    sizes: Counter[float] = Counter()
    bold = 0
    for word in row:
        sizes[word.size] += len(word.text)
        bold += len(word.text) * word.bold
    size = sizes.most_common(1)[0][0]
    opening = ""
    if row[0].raised and len(row) > 1 and (mark := _NOTE_MARK.fullmatch(row[0].text)):
        opening = mark[1]
        row = row[1:]
    bullet = (
        len(row) > 1 and row[0].text in _BULLETS and (row[0].text not in "*o→·" or _gap(row[0], row[1]) > 0.5 * size)
    )
    gaps = [_gap(a, b) for a, b in pairwise(row) if not b.glued]
    line = Line(0, page, row[-1].base, size, bold > 0.9 * sum(sizes.values()), (), 0.0, opening, bullet, not bold)
    line.cells = tuple(_cell(words) for words in _cells(row, size, bullet))
    line.first = next((a.right for a, b in pairwise(row) if _may_break(a, b)), row[-1].right) - row[0].left
    line.even = bool(gaps) and min(gaps) > 0.5 * max(gaps)
    return line


def _may_break(first: Word, second: Word) -> bool:
    """Whether a line may end between two words; not before a full stop or a closing bracket, even behind a space."""
    return not second.glued and second.text[0] not in ".,;:!?…)]}" and first.text[-1] not in "([{"


def _gap(first: Word, second: Word) -> float:
    return second.left - first.right


def _cells(row: Row, size: float, bullet: bool) -> list[Row]:
    """The row cut where wide white space stands, but not behind the sign of a list item."""
    cells = [[row[0]]]
    for index in range(1, len(row)):
        word = row[index]
        wide = _gap(row[index - 1], word) > _CELL_GAP * size and not word.glued and not (bullet and index == 1)
        cells.append([word]) if wide else cells[-1].append(word)
    return cells


def _cell(words: Row) -> Cell:
    parts: list[str] = []
    for index, word in enumerate(words):
        text = word.text
        if not text.isascii():
            text = text.translate(_LIGATURES)
            if text[-1] in _BROKEN:
                text = text[:-1] + "-"
            text = tidy_characters(text)[0]
        if word.raised:
            mark = _NOTE_MARK.fullmatch(text)
            text = marked(mark[1]) if mark and index else superscript(text)
        parts.append(text if word.glued or not parts else f" {text}")
    whole = "".join(parts)
    return Cell(words[0].left, words[-1].right, whole)
