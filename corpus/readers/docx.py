"""Word documents (.docx), read straight from their XML: styles, numbers, tracked changes, footnotes, tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

import msgspec
from lxml.etree import XMLSyntaxError, _Element

from corpus.problems import Problem
from corpus.readers.archives import ZIP_FAULTS, TooMuch, why_refused
from corpus.readers.characters import what_it_is
from corpus.readers.document import Document
from corpus.readers.paragraphs import Flow, Look, is_layout
from corpus.readers.turn_tables import turns_of_table
from corpus.readers.word_numbering import Numbering, read_lists
from corpus.readers.word_styles import Style, read_styles
from corpus.readers.word_text import AROUND, DELETED, INSERTED, Words, gather
from corpus.readers.word_xml import MC, W, value, word_xml

_EMPTY = b"<none/>"
_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The Word document that holds `data`; None where it cannot be read."""
    if not data.startswith(b"PK"):
        kind = what_it_is(data) or "no Word document"
        locked = " or locked with a password" if data.startswith(b"\xd0\xcf\x11\xe0") else ""
        return None, [Problem(file, 0, "unreadable-file", f"the file is {kind}{locked}, not a .docx")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if why := why_refused(archive, "word/document.xml", "a Word document"):
                return None, [Problem(file, 0, "unreadable-file", why)]
            return _Word(archive).whole(), []
    except XMLSyntaxError as error:
        said = f"the Word document is damaged: {error.msg}"
    except TooMuch as error:
        said = str(error)
    except ZIP_FAULTS:
        said = "the file is damaged: not all of it is there"
    return None, [Problem(file, 0, "unreadable-file", said, "Open it in Word, save it anew, and import that file.")]


class _Word(Flow):
    """One Word document while it is read, from its first paragraph to its last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        super().__init__()
        self.archive = archive
        self.styles = read_styles(self.part("styles") or _EMPTY)
        self.numbering = Numbering(read_lists(self.part("numbering") or _EMPTY))
        self.notes: dict[str, dict[str, str]] = {}
        self.carried: Words | None = None

    def part(self, name: str) -> bytes:
        """One XML part of the document; empty where there is none."""
        path = f"word/{name}.xml"
        return self.archive.read(path) if path in self.archive.NameToInfo else b""

    def whole(self) -> Document:
        """The whole document."""
        body = word_xml(self.part("document")).find(f"{W}body")
        if body is not None:
            self.read_all(body)
        self.counts["comment"] = len(word_xml(self.part("comments") or _EMPTY))
        return self.document()

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
            sign, depth = self.label(properties, style)
            self.add(text, Look(style.level, sign, depth, words.bold, style.title), self.notes_of(words))
        elif "\f" in text:
            self.end_page()
        for box in words.boxes:
            self.read_all(box)

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
        return self.numbering.label(num_id, depth), depth

    def notes_of(self, words: Words) -> Iterator[tuple[str, str]]:
        """Mark and words of each footnote that a paragraph points to."""
        for note in words.notes:
            if note.kind not in self.notes:
                self.notes[note.kind] = self.note_texts(note.kind)
            yield note.mark, self.notes[note.kind].get(note.id, "")

    def note_texts(self, kind: str) -> dict[str, str]:
        """Id of a footnote → its words on one line."""
        return {note.get(f"{W}id", ""): self.cell_text(note) for note in word_xml(self.part(f"{kind}s") or _EMPTY)}

    def table(self, table: _Element) -> None:
        """A table: a line for each row, or paragraphs where the table only arranges them on the page."""
        rows = [row for row in _inside(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(_inside(row, f"{W}tc")) for row in rows]
        texts = [[_paragraphs(cell) for cell in row] for row in cells]
        is_turns = turns_of_table(texts, self.at) is not None
        if not is_turns and is_layout([[list(map(len, cell)) for cell in row] for row in texts]):
            for row in cells:
                for cell in row:
                    self.read_all(cell)
            return
        self.at += 1
        words = Words()
        lines = [[self.cell_lines(cell, words) for cell in row] for row in cells]
        if not (is_turns and self.add_turns(lines, self.notes_of(words))):
            self.add_table([[" ".join(cell) for cell in row] for row in lines], self.notes_of(words))

    def cell_text(self, cell: _Element) -> str:
        """All paragraphs of a footnote on one line."""
        return " ".join(self.cell_lines(cell))

    def cell_lines(self, cell: _Element, words: Words | None = None) -> list[str]:
        """The paragraphs of a cell or footnote, each on one line; the notes in them are added to `words`."""
        lines = []
        for paragraph in cell.iter(_PARAGRAPH):
            if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None:
                found = Words()
                gather(paragraph, found, self.counts)
                lines.append(" ".join(self.clean("".join(found.parts)).split()))
                if words is not None:
                    words.notes += found.notes
        return list(filter(None, lines))


def _paragraphs(cell: _Element) -> list[str]:
    """The words of each paragraph of a cell, as far as they are needed to know what kind of table it is in."""
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in cell.findall(_PARAGRAPH)]


def _inside(element: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in AROUND or child.tag in INSERTED:
            yield from _inside(child, tag)
