"""Paragraphs and tables of a word processor's file as blocks: the same rules for Word, OpenDocument, RTF and html."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.readers.archives import MOST_PARAGRAPHS, TooMuch
from corpus.readers.blocks import Block, Repair, counted, with_whole_lists
from corpus.readers.characters import tidy_words
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.lines import Layout, blocks_from_lines
from corpus.readers.marks import without_marks
from corpus.readers.notes import without_marks as without_note_marks
from corpus.readers.sentences import PAGE_BREAK
from corpus.readers.turn_tables import turns_of_table

_LAYOUT_CELL = 300
"""Characters in a cell of several paragraphs from which a table is taken for page layout, not for rows of values."""
_DEEPEST_LIST = 8


class Look(msgspec.Struct, frozen=True):
    """What a paragraph is: a heading of depth `level`, an item with its `sign` in a list of this `depth`, or text.

    `is_title` is true for the title of the document, which is a heading too.
    """

    level: int = 0
    sign: str = ""
    depth: int = 0
    bold: bool = False
    is_title: bool = False


class Flow:
    """What was read of a document so far: its blocks in order, what was mended, and what was counted.

    `at` is the number of the paragraph that is being read. A footnote is its mark and its words.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.repairs: list[Repair] = []
        self.told: dict[str, None] = {}
        self.counts: Counter[str] = Counter()
        self.at = 0
        self.title = ""

    def document(self) -> Document:
        """The document that the blocks make."""
        told = (*self.told, *_left_out(self.counts))
        repairs = [*((0, said) for said in told), *self.repairs]
        return document_from_blocks(with_whole_lists(self.blocks), repairs, title=self.title, unit="paragraph")

    def clean(self, text: str) -> str:
        """`text` in normal form C without invisible characters; marks of footnotes and pages stay."""
        text, told = tidy_words(text)
        if told:
            self.told |= dict.fromkeys(told)
        return text

    def add(self, text: str, look: Look, notes: Iterable[tuple[str, str]] = ()) -> None:
        """A paragraph with words, and its footnotes; line ends and page ends in it count as in a text file.

        Raises TooMuch above the number of paragraphs that any interview has.
        """
        if self.at > MOST_PARAGRAPHS:
            raise TooMuch
        if look.level:
            title = " ".join(f"{look.sign} {text}".split())
            self.title = self.title or (without_marks(without_note_marks(title)) if look.is_title else "")
            self.blocks.append(Block("heading", (title,), self.at, level=look.level))
        elif look.sign:
            indent = "  " * min(look.depth, _DEEPEST_LIST)
            self.blocks.append(Block("list", (f"{indent}{look.sign} {' '.join(text.split())}",), self.at))
        elif "\n" in text or "\f" in text:
            blocks, repairs = blocks_from_lines(text.split("\n"), Layout())
            self.blocks += [msgspec.structs.replace(block, at=self.at, bold=look.bold) for block in blocks]
            self.repairs += [(self.at, said) for _, said in repairs]
        else:
            self.blocks.append(Block("text", (text.strip(),), self.at, bold=look.bold))
        self.add_notes(notes)

    def add_notes(self, notes: Iterable[tuple[str, str]]) -> None:
        """Footnotes of the paragraph or table that was added last."""
        self.blocks += [Block("note", (words,), self.at, mark=mark) for mark, words in notes if words]

    def add_table(self, rows: Iterable[Sequence[str]], notes: Iterable[tuple[str, str]] = ()) -> None:
        """A table, a line for each row that has words, and the footnotes in it."""
        lines = tuple(line for row in rows if (line := "\t".join(row).rstrip()).strip())
        if len(lines) > MOST_PARAGRAPHS:
            raise TooMuch("rows")
        if lines:
            self.blocks.append(Block("table", lines, self.at))
            self.add_notes(notes)

    def add_turns(self, rows: Sequence[Sequence[Sequence[str]]], notes: Iterable[tuple[str, str]] = ()) -> bool:
        """A table whose rows are turns of a transcript, as paragraphs; false, and nothing added, where it is another.

        `rows` has the paragraphs of each cell of each row.
        """
        turns = turns_of_table(rows, self.at)
        if turns is None:
            return False
        self.blocks += turns[0]
        self.repairs += turns[1]
        self.add_notes(notes)
        return True

    def end_page(self) -> None:
        """The end of a page between paragraphs."""
        self.blocks.append(Block("break", PAGE_BREAK, self.at))


def is_layout(rows: Iterable[Sequence[Sequence[int]]]) -> bool:
    """Whether a table only arranges paragraphs on the page: no row has two cells, or a cell holds paragraphs of prose.

    `rows` says for each cell of each row how long its paragraphs are (characters).
    """
    prose = columns = False
    for row in rows:
        columns = columns or len(row) > 1
        prose = prose or any(len(lengths) > 1 and sum(lengths) > _LAYOUT_CELL for lengths in row)
    return prose or not columns


def _left_out(counts: Counter[str]) -> Iterator[str]:
    """What a file holds beside the words that were kept, in words."""
    if counts["insertion"] or counts["deletion"]:
        kept, gone = counted(counts["insertion"], "insertion"), counted(counts["deletion"], "deletion")
        yield f"tracked changes were taken as accepted: {kept} kept, {gone} left out"
    if counts["hidden"]:
        yield f"{counted(counts['hidden'], 'piece')} of hidden text left out"
    if counts["contents"]:
        yield f"the table of contents ({counted(counts['contents'], 'line')}) was left out"
    if counts["comment"]:
        yield f"{counted(counts['comment'], 'comment')} in the margin not taken over"
    if counts["formula"]:
        yield f"{counted(counts['formula'], 'formula')} left out"
    if counts["menu"]:
        yield f"menus and navigation of the web page ({counted(counts['menu'], 'word')}) left out"
