"""Blocks out of the paragraphs of a PDF: headings by size and weight, lists, tables and footnotes, with page marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from corpus.readers.blocks import Block, Repair, listed
from corpus.readers.marks import page_mark, without_marks
from corpus.readers.pdf_lines import Line
from corpus.readers.pdf_measures import Measures
from corpus.readers.pdf_paragraphs import Paragraph, paragraphs_of, words
from corpus.readers.pdf_tables import Table, tables_in
from corpus.readers.sentences import Vocabulary, said_of_seam, seam
from corpus.readers.speakers import Speakers

_LARGER = 1.1
"""Type of a heading, times the size of the running text."""
_LONGEST_HEADING, _MOST_HEADING_LINES = 200, 4
_MOST_LEVELS, _DEEPEST = 4, 6
_COUNTED = re.compile(r"(?:\d{1,3}|[a-zæøåA-ZÆØÅ]|[ivxIVX]{1,5})[.)]\s+(?=\S)")
_ADDRESS = re.compile(r"(?:://|www\.|[\\/]\S*[\\/])\S*[/\\?=&_.]$")
_SUFFIX = re.compile(r"\b(?:og|eller|samt|and|or|und|oder) -$")
_SIGN = re.compile(r"\S+\s+")


class Writer:
    """Turns the lines of a file into blocks, and puts a mark where each page begins."""

    def __init__(self, measures: Measures, speakers: Speakers, labels: Sequence[str], vocabulary: Vocabulary) -> None:
        self.measures, self.speakers, self.labels, self.vocabulary = measures, speakers, labels, vocabulary
        self.levels: dict[float, int] = {}
        self.blocks: list[Block] = []
        self.repairs: list[Repair] = []
        self.page = -1
        self.steps: list[float] = []
        self.places: tuple[float, ...] = ()

    def write(self, lines: Sequence[Line], notes: Sequence[Sequence[Line]]) -> None:
        """The blocks of running text and tables, and each footnote behind the words of its page."""
        found = self.paragraphs(lines)
        self.levels = _levels(found, self.measures)
        bold = self.bold_headings(found)
        waiting = list(notes)
        for index, paragraph in enumerate(found):
            if isinstance(paragraph, Table):
                self.table(paragraph)
            elif paragraph.lines[0].bullet or self.is_counted(found, index):
                self.item(paragraph)
            else:
                self.text(paragraph, index in bold)
            ends = found[index + 1].first.at if index + 1 < len(found) else float("inf")
            while waiting and waiting[0][0].at < ends:
                self.note(waiting.pop(0))

    def paragraphs(self, lines: Sequence[Line]) -> list[Paragraph | Table]:
        """The paragraphs, and the tables between them."""
        found: list[Paragraph | Table] = []
        start = 0
        for table in tables_in(lines, self.measures, self.speakers, self.vocabulary):
            found += paragraphs_of(lines[start : table.start], self.measures, self.speakers)
            found.append(table)
            start = table.end
        return [*found, *paragraphs_of(lines[start:], self.measures, self.speakers)]

    def is_counted(self, paragraphs: Sequence[Paragraph | Table], index: int) -> bool:
        """Whether a paragraph and one beside it begin with `1.`, `a)` or the like, in running type."""
        return any(
            all(0 <= i < len(paragraphs) and self.begins_with_count(paragraphs[i]) for i in pair)
            for pair in ((index - 1, index), (index, index + 1))
        )

    def begins_with_count(self, paragraph: Paragraph | Table) -> bool:
        """Whether a paragraph in running type begins with `1.`, `a)` or the like."""
        first = paragraph.first
        usual = not first.bold and first.size < _LARGER * self.measures.size
        return isinstance(paragraph, Paragraph) and usual and bool(_COUNTED.match(first.text))

    def bold_headings(self, paragraphs: Sequence[Paragraph | Table]) -> set[int]:
        """Indexes of short bold lines that are headings below those in larger type.

        None in a transcript, where bold words are questions, and none where no type is larger: then they are judged
        together with those of other formats.
        """
        if self.speakers.names or not self.levels:
            return set()
        bold = [index for index, paragraph in enumerate(paragraphs) if _is_bold_title(paragraph, self.levels)]
        chosen = [i for i in bold if i + 1 < len(paragraphs) and i + 1 not in bold]
        if not chosen or len(chosen) * 3 > len(paragraphs):
            return set()
        titles = listed([words(paragraphs[index].first) for index in chosen])
        said = (
            "1 short bold line is taken for a heading"
            if len(chosen) == 1
            else f"{len(chosen)} short bold lines are taken for headings"
        )
        self.repairs.append((0, f"{said}: {titles}"))
        return set(chosen)

    def text(self, paragraph: Paragraph, is_title: bool) -> None:
        """A heading, or a paragraph of running text."""
        first = paragraph.first
        lines = self.joined(paragraph.lines, paragraph.ends)
        level = self.levels.get(_half(first.size), 0) if _like_heading(paragraph) else 0
        level = min(len(self.levels) + 1, _DEEPEST) if is_title else level
        if level:
            self.blocks.append(Block("heading", (" ".join(lines),), first.at, level=level))
        else:
            bold = all(line.bold for line in paragraph.lines)
            self.blocks.append(Block("text", tuple(lines), first.at, bold=bold))

    def item(self, paragraph: Paragraph) -> None:
        """An item of a list, in one block with the items right above it; deeper ones are set in by two spaces."""
        first = paragraph.first
        before = self.blocks[-1] if self.blocks else None
        if before is None or before.kind != "list":
            self.steps = []
        while self.steps and first.left < self.steps[-1] - 3:
            self.steps.pop()
        if not self.steps or first.left > self.steps[-1] + 3:
            self.steps.append(first.left)
        mark = self.new_page(first)
        text = " ".join(self.joined(paragraph.lines, paragraph.ends))
        if first.bullet:
            text = "- " + _SIGN.sub("", text, count=1)
        line = "  " * (len(self.steps) - 1) + mark + text
        if before is not None and before.kind == "list":
            self.blocks[-1] = msgspec.structs.replace(before, lines=(*before.lines, line))
        else:
            self.blocks.append(Block("list", (line,), first.at))

    def table(self, table: Table) -> None:
        """A table: a line for each row."""
        rows = list(table.rows)
        before = self.blocks[-1] if self.blocks else None
        goes_on = (
            before is not None and before.kind == "table" and table.first.places and self.places == table.first.places
        )
        if goes_on and before is not None:
            above = list(before.lines)
            if without_marks(above[0]) == rows[0]:
                del rows[0]
            if rows and rows[0].startswith("\t"):
                above[-1] = _row_across(above[-1], rows.pop(0), self.new_page(table.first))
            if rows:
                rows[0] = self.new_page(table.first) + rows[0]
            self.blocks[-1] = msgspec.structs.replace(before, lines=(*above, *rows))
        else:
            rows[0] = self.new_page(table.first) + rows[0]
            self.blocks.append(Block("table", tuple(rows), table.first.at))
        self.places = table.first.places

    def note(self, lines: Sequence[Line]) -> None:
        """A footnote, on one line."""
        text = " ".join(self.joined(lines, ["wrap"] * (len(lines) - 1), pages=False))
        self.blocks.append(Block("note", (text,), lines[0].at, mark=lines[0].opening))

    def new_page(self, line: Line) -> str:
        """The mark of the page that begins with `line`; empty where none does."""
        if line.page <= self.page:
            return ""
        self.page = line.page
        return page_mark(self.labels[line.page])

    def joined(self, lines: Sequence[Line], ends: Sequence[str], pages: bool = True) -> list[str]:
        """The lines of a paragraph with their wraps undone, and words that a hyphen broke put together."""
        whole: list[list[str]] = []
        for index, line in enumerate(lines):
            mark = self.new_page(line) if pages else ""
            text = line.text
            if not whole or ends[index - 1] != "wrap":
                whole.append([mark, text])
                continue
            left = whole[-1][-1]
            drop, space = (0, "") if _goes_on(left) else seam(left, text, self.vocabulary)
            if not space:
                self.repairs.append((line.at, said_of_seam(words(lines[index - 1]), text, drop, space)))
            whole[-1][-1] = left[: len(left) - drop] + space
            whole[-1] += [mark, text]
        return ["".join(parts) for parts in whole]


def _goes_on(left: str) -> bool:
    """Whether the next line goes on without a space: inside an address, or behind the hyphen of `og -forberedelse`."""
    return bool(_ADDRESS.search(left[-200:]) or _SUFFIX.search(left[-20:]))


def _row_across(above: str, below: str, mark: str) -> str:
    """A row of a table that a page broke, put together cell by cell; the page's mark stands in the first of these."""
    first, second = above.split("\t"), below.split("\t")
    width = max(len(first), len(second))
    cells = zip(first + [""] * (width - len(first)), second + [""] * (width - len(second)), strict=True)
    place = next((index for index, cell in enumerate(second) if cell), 0)
    joined = [f"{a} {mark if index == place else ''}{b}".strip() for index, (a, b) in enumerate(cells)]
    return "\t".join(joined)


def _half(size: float) -> float:
    return round(2 * size) / 2


def _like_heading(paragraph: Paragraph) -> bool:
    lines = paragraph.lines
    length = sum(len(words(line)) for line in lines)
    return len(lines) <= _MOST_HEADING_LINES and length <= _LONGEST_HEADING and any(c.isalpha() for c in lines[0].text)


def _is_bold_title(paragraph: Paragraph | Table, levels: Mapping[float, int]) -> bool:
    if not isinstance(paragraph, Paragraph) or not _like_heading(paragraph) or _half(paragraph.first.size) in levels:
        return False
    return (
        all(line.bold and not line.bullet for line in paragraph.lines) and words(paragraph.lines[-1])[-1:] not in ".,;"
    )


def _levels(paragraphs: Sequence[Paragraph | Table], measures: Measures) -> dict[float, int]:
    """Size of type → depth of the headings in it, the largest type the highest; empty where no type is larger."""
    sizes = Counter(
        _half(paragraph.first.size)
        for paragraph in paragraphs
        if isinstance(paragraph, Paragraph)
        and paragraph.first.size > _LARGER * measures.size
        and _like_heading(paragraph)
    )
    return {size: min(level, _MOST_LEVELS) for level, size in enumerate(sorted(sizes, reverse=True), 1)}
