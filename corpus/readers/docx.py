"""Word documents (.docx), read straight from their XML: styles, numbers, tracked changes, footnotes, tables."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from lxml.etree import XMLSyntaxError, _Element

from corpus.problems import Problem
from corpus.readers.blocks import Block, Repair
from corpus.readers.characters import tidy_characters, what_it_is
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.lines import Layout, blocks_from_lines
from corpus.readers.notes import OPEN, split_at_marks
from corpus.readers.sentences import PAGE_BREAK
from corpus.readers.word_numbering import Numbering, read_lists
from corpus.readers.word_styles import Style, read_styles
from corpus.readers.word_text import AROUND, DELETED, INSERTED, Words, gather
from corpus.readers.word_xml import MC, W, value, word_xml

_MOST_BYTES = 80_000_000
_MOST_RATIO = 200
_EMPTY = b"<none/>"
_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_LAYOUT_CELL = 300
"""Characters in a cell of several paragraphs from which a table is taken for page layout, not for rows of values."""


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The Word document that holds `data`; None where it cannot be read."""
    if not data.startswith(b"PK"):
        kind = what_it_is(data) or "no Word document"
        locked = " or locked with a password" if data.startswith(b"\xd0\xcf\x11\xe0") else ""
        return None, [Problem(file, 0, "unreadable-file", f"the file is {kind}{locked}, not a .docx")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if why := _why_refused(archive):
                return None, [Problem(file, 0, "unreadable-file", why)]
            return _Word(archive).document(), []
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError):
        said = "the file is damaged: not all of it is there"
    except XMLSyntaxError as error:
        said = f"the Word document is damaged: {error.msg}"
    return None, [Problem(file, 0, "unreadable-file", said, "Open it in Word, save it anew, and import that file.")]


def _why_refused(archive: zipfile.ZipFile) -> str:
    """Why the archive is not opened: it would grow beyond measure, is locked, or holds no Word document."""
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > _MOST_BYTES or (size > 20_000_000 and size > _MOST_RATIO * packed):
        return f"the file would unpack from {packed:,} to {size:,} bytes, as no interview does"
    if any(part.flag_bits & 1 for part in parts):
        return "the file is locked with a password"
    if "word/document.xml" not in archive.NameToInfo:
        return "the file is a zip archive without a Word document in it"
    return ""


class _Word:
    """One Word document while it is read, from its first paragraph to its last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.styles = read_styles(self.part("styles") or _EMPTY)
        self.numbering = Numbering(read_lists(self.part("numbering") or _EMPTY))
        self.notes: dict[str, dict[str, str]] = {}
        self.blocks: list[Block] = []
        self.repairs: list[Repair] = []
        self.told: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.at = 0
        self.title = ""
        self.carried: Words | None = None

    def part(self, name: str) -> bytes:
        """One XML part of the document; empty where there is none."""
        path = f"word/{name}.xml"
        return self.archive.read(path) if path in self.archive.NameToInfo else b""

    def document(self) -> Document:
        """The whole document."""
        body = word_xml(self.part("document")).find(f"{W}body")
        if body is not None:
            self.read_all(body)
        repairs = [*((0, said) for said in sorted(self.told)), *((0, said) for said in self.left_out()), *self.repairs]
        blocks = _with_whole_lists(self.blocks)
        return document_from_blocks(blocks, repairs, title=self.title, unit="paragraph")

    def left_out(self) -> Iterator[str]:
        """What the Word file holds beside the words that were kept."""
        counts = self.counts
        if counts["insertion"] or counts["deletion"]:
            kept, gone = _count(counts["insertion"], "insertion"), _count(counts["deletion"], "deletion")
            yield f"tracked changes were taken as accepted: {kept} kept, {gone} left out"
        if counts["hidden"]:
            yield f"{_count(counts['hidden'], 'piece')} of hidden text left out"
        if counts["contents"]:
            yield f"the table of contents ({_count(counts['contents'], 'line')}) was left out"
        comments = word_xml(self.part("comments") or _EMPTY)
        if len(comments):
            yield f"{_count(len(comments), 'comment')} in the margin of the Word file not taken over"

    def read_all(self, elements: Iterable[_Element]) -> None:
        """Paragraphs and tables, also inside content controls and tracked insertions."""
        for element in elements:
            if element.tag == _PARAGRAPH:
                self.paragraph(element)
            elif element.tag == _TABLE:
                self.table(element)
            elif element.tag in AROUND or element.tag in INSERTED:
                self.read_all(element)
            elif element.tag in DELETED:
                self.counts["deletion"] += 1

    def paragraph(self, element: _Element) -> None:
        """One paragraph: a heading, an item of a list, or text."""
        self.at += 1
        properties = element.find(f"{W}pPr")
        words, self.carried = self.carried or Words(), None
        gather(element, words, self.counts)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.carried = words
            return
        text = self.clean("".join(words.parts))
        style = self.style_of(properties)
        if style.contents:
            self.counts["contents"] += bool(text.strip())
        elif text.strip():
            self.add(text, style, properties, words)
        elif "\f" in text:
            self.blocks.append(Block("break", PAGE_BREAK, self.at))
        for box in words.boxes:
            self.read_all(box)

    def clean(self, text: str) -> str:
        """`text` in normal form C without invisible characters; marks of footnotes stay."""
        if text.isascii():
            return text
        parts = []
        for part in split_at_marks(text):
            clean, told = tidy_characters(part) if not part.startswith(OPEN) else (part, [])
            self.told.update(said.split(": ", 1)[-1] for said in told)
            parts.append(clean)
        return "".join(parts)

    def style_of(self, properties: _Element | None) -> Style:
        """The paragraph's style, with its own outline level where it has one."""
        if properties is None:
            return Style()
        style = self.styles.get(value(properties, "pStyle"), Style())
        outline = value(properties, "outlineLvl")
        if outline.isdecimal() and int(outline) < 9:
            return msgspec.structs.replace(style, level=int(outline) + 1)
        return style

    def label(self, properties: _Element | None, style: Style) -> tuple[str, int]:
        """The number or bullet that Word prints in front of the paragraph, and how deep the list is."""
        num_id, depth = style.num_id, style.depth
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            num_id = value(own, "numId") or num_id
            level = value(own, "ilvl")
            depth = int(level) if level.isdecimal() else depth
        return self.numbering.label(num_id, depth), min(depth, 8)

    def add(self, text: str, style: Style, properties: _Element | None, words: Words) -> None:
        """The blocks of a paragraph with words, and its footnotes."""
        sign, depth = self.label(properties, style)
        if style.level:
            title = f"{sign} {' '.join(text.split())}".strip()
            self.title = self.title or (title if style.title else "")
            self.blocks.append(Block("heading", (title,), self.at, level=style.level))
        elif sign:
            self.blocks.append(Block("list", (f"{'  ' * depth}{sign} {' '.join(text.split())}",), self.at))
        elif "\n" in text or "\f" in text:
            blocks, repairs = blocks_from_lines(text.split("\n"), Layout())
            self.blocks += [msgspec.structs.replace(block, at=self.at, bold=words.bold) for block in blocks]
            self.repairs += [(self.at, said) for _, said in repairs]
        else:
            self.blocks.append(Block("text", (text.strip(),), self.at, bold=words.bold))
        self.add_notes(words)

    def add_notes(self, words: Words) -> None:
        """The footnotes that a paragraph points to."""
        for note in words.notes:
            if note.kind not in self.notes:
                self.notes[note.kind] = self.note_texts(note.kind)
            if text := self.notes[note.kind].get(note.id):
                self.blocks.append(Block("note", (text,), self.at, mark=note.mark))

    def note_texts(self, kind: str) -> dict[str, str]:
        """Id of a footnote → its words on one line."""
        return {note.get(f"{W}id", ""): self.cell_text(note) for note in word_xml(self.part(f"{kind}s") or _EMPTY)}

    def table(self, table: _Element) -> None:
        """A table: a line for each row, or paragraphs where the table only arranges them on the page."""
        rows = [row for row in _inside(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(_inside(row, f"{W}tc")) for row in rows]
        if all(len(row) <= 1 for row in cells) or any(self.is_layout(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self.read_all(cell)
            return
        self.at += 1
        words = Words()
        lines = ["\t".join(self.cell_text(cell, words) for cell in row) for row in cells]
        if lines := [line.rstrip() for line in lines if line.strip()]:
            self.blocks.append(Block("table", tuple(lines), self.at))
            self.add_notes(words)

    def is_layout(self, cell: _Element) -> bool:
        """Whether a cell holds several paragraphs of prose."""
        if len(cell.findall(f"{W}p")) < 2:
            return False
        return sum(len(text.text or "") for text in cell.iter(f"{W}t")) > _LAYOUT_CELL

    def cell_text(self, cell: _Element, words: Words | None = None) -> str:
        """All paragraphs of a cell or footnote on one line; the notes in them are added to `words`."""
        lines = []
        for paragraph in cell.iter(_PARAGRAPH):
            if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None:
                found = Words()
                gather(paragraph, found, self.counts)
                lines.append(" ".join(self.clean("".join(found.parts)).split()))
                if words is not None:
                    words.notes += found.notes
        return " ".join(filter(None, lines))


def _inside(element: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in AROUND or child.tag in INSERTED:
            yield from _inside(child, tag)


def _with_whole_lists(blocks: list[Block]) -> list[Block]:
    """`blocks` with the items of a list in one block, and their footnotes behind it."""
    whole: list[Block] = []
    for is_list, run in groupby(blocks, key=lambda block: block.kind in ("list", "note")):
        items = list(run)
        lists = [block for block in items if block.kind == "list"]
        if is_list and len(lists) > 1:
            before = [block for block in items if block.at < lists[0].at]
            lines = tuple(line for block in lists for line in block.lines)
            whole += [*before, msgspec.structs.replace(lists[0], lines=lines)]
            whole += [block for block in items if block.kind == "note" and block.at >= lists[0].at]
        else:
            whole += items
    return whole


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
