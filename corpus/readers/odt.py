"""OpenDocument texts (.odt, .fodt), read straight from their XML: headings, lists, footnotes, tables, changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import msgspec
from lxml.etree import XMLSyntaxError, _Element

from corpus.problems import Problem
from corpus.readers.archives import ZIP_FAULTS, TooMuch, why_refused
from corpus.readers.characters import own_words, what_it_is
from corpus.readers.document import Document
from corpus.readers.marks import page_mark
from corpus.readers.notes import marked, superscript
from corpus.readers.odt_styles import OFFICE, OUTLINE, TEXT, OdtStyle, Styles, read_odt_lists, read_odt_styles
from corpus.readers.paragraphs import Flow, Look, is_layout
from corpus.readers.safe_xml import safe_xml, words_in
from corpus.readers.turn_tables import turns_of_table
from corpus.readers.word_numbering import Numbering, written

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_PARAGRAPHS = frozenset((f"{TEXT}p", f"{TEXT}h"))
_SOFT_BREAK = f"{TEXT}soft-page-break"
_CONTENTS = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
    )
)
_SILENT = frozenset((
    f"{OFFICE}forms", f"{OFFICE}annotation-end", f"{OFFICE}script", f"{TEXT}script", f"{TEXT}tracked-changes",
    f"{TEXT}ruby-text", f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls",
    f"{TEXT}note-citation", "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
))  # fmt: skip
"""Elements whose words are none of the document's."""
_CHANGES = frozenset((f"{TEXT}change-start", f"{TEXT}change-end"))
_ROWS = frozenset(f"{TABLE}{name}" for name in ("table-rows", "table-header-rows", "table-row-group"))
_CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 100
_PLAIN = OdtStyle()


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The OpenDocument text that holds `data`, packed or flat; None where it cannot be read."""
    said = "the file is damaged: not all of it is there"
    try:
        if not data.startswith(b"PK"):
            return _flat(data, file)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if why := why_refused(archive, "content.xml", "an OpenDocument text") or _why_locked(archive):
                return None, [Problem(file, 0, "unreadable-file", why)]
            names = [name for name in ("styles.xml", "content.xml") if name in archive.NameToInfo]
            roots = [safe_xml(archive.read(name)) for name in names]
        return _Odt(roots).whole(), []
    except XMLSyntaxError as error:
        said = f"the OpenDocument text is damaged: {error.msg}"
    except TooMuch as error:
        said = str(error)
    except ZIP_FAULTS:
        pass
    near = "Open it in LibreOffice or Word, save it anew, and import that file."
    return None, [Problem(file, 0, "unreadable-file", said, near)]


def _why_locked(archive: zipfile.ZipFile) -> str:
    manifest = archive.NameToInfo.get("META-INF/manifest.xml")
    locked = manifest is not None and b"encryption-data" in archive.read(manifest)
    return "the file is locked with a password" if locked else ""


def _flat(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    kind = what_it_is(data)
    if b"office:document" not in data[:4096]:
        said = f"the file is {kind or 'no OpenDocument text'}, not an .odt"
        return None, [Problem(file, 0, "unreadable-file", said)]
    return _Odt([safe_xml(data)]).whole(), []


class _Words(msgspec.Struct):
    """What one paragraph holds: pieces of text, its footnotes (mark and words), text boxes; `bold` if every word is."""

    parts: list[str] = []
    notes: list[tuple[str, str]] = []
    boxes: list[_Element] = []
    bold: bool = True


class _Odt(Flow):
    """One OpenDocument text while it is read, from its first paragraph to its last."""

    def __init__(self, roots: list[_Element]) -> None:
        super().__init__()
        self.body = roots[-1].find(f"{OFFICE}body/{OFFICE}text")
        self.styles: Styles = read_odt_styles(roots)
        self.numbering = Numbering(read_odt_lists(roots))
        self.has_pages = self.body is not None and next(self.body.iter(_SOFT_BREAK), None) is not None
        self.page = 0
        self.waiting = ""
        self.deletions: set[str] = set()
        self.deleting: set[str] = set()

    def whole(self) -> Document:
        """The whole document."""
        if self.body is not None:
            if self.has_pages:
                self.begin_page()
            self.count_changes(self.body)
            self.read_all(self.body)
        return self.document()

    def begin_page(self, number: int = 0) -> None:
        """Count a page; its mark waits for the next words."""
        self.page = number or self.page + 1
        self.waiting = page_mark(str(self.page)) if self.has_pages else ""

    def count_changes(self, body: _Element) -> None:
        """How many tracked changes the file holds."""
        for change in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
            self.counts["insertion"] += change.find(f"{TEXT}insertion") is not None
            if change.find(f"{TEXT}deletion") is not None:
                self.counts["deletion"] += 1
                self.deletions.add(change.get(f"{TEXT}id", ""))

    def follow_change(self, mark: _Element) -> None:
        """The beginning or end of a tracked change: words that were deleted may still stand where they stood."""
        name = mark.get(f"{TEXT}change-id", "")
        if mark.tag == f"{TEXT}change-end":
            self.deleting.discard(name)
        elif name and name in self.deletions:
            self.deleting.add(name)

    def read_all(self, parent: _Element) -> None:
        """Everything below `parent` that stands beside paragraphs."""
        for element in parent:
            tag = element.tag
            if tag in _PARAGRAPHS:
                self.paragraph(element)
            elif tag == f"{TEXT}list":
                self.read_list(element)
            elif tag == f"{TABLE}table":
                self.table(element)
            elif tag == _SOFT_BREAK:
                self.begin_page()
            elif tag in _CHANGES:
                self.follow_change(element)
            elif tag in _CONTENTS:
                self.counts["contents"] += len([line for line in element.iter(*_PARAGRAPHS) if words_in(line)])
            elif tag == f"{TEXT}section" and element.get(f"{TEXT}display") == "none":
                self.counts["hidden"] += 1
            elif tag not in _SILENT and tag != f"{OFFICE}annotation":
                self.read_all(element)

    def style(self, element: _Element, family: str = "paragraph") -> OdtStyle:
        """The style of a paragraph or of words."""
        return self.styles.get((family, element.get(f"{TEXT}style-name", "")), _PLAIN)

    def paragraph(self, element: _Element, sign: str = "", depth: int = 0) -> None:
        """One paragraph: a heading, an item of a list (where it has a `sign`), or text."""
        self.at += 1
        style = self.style(element)
        if style.begins_page:
            self.break_page(style.page)
        if style.hidden:
            self.counts["hidden"] += 1
            return
        before, self.waiting = self.waiting, ""
        words = _Words()
        self.gather(element, words, style)
        text = self.clean("".join(words.parts)).strip(" ")
        if text.strip():
            level = self.level(element, style)
            sign = sign or (self.outline(level, style) if level else "")
            look = Look(level, sign, depth, words.bold or style.bold, style.title)
            self.add(before + text, look, words.notes)
        else:
            self.waiting = before
        for box in words.boxes:
            self.read_all(box)

    def break_page(self, number: int) -> None:
        """A page that begins by the style of its first paragraph."""
        if self.blocks:
            self.end_page()
            self.begin_page(number)
        elif number:
            self.begin_page(number)

    def level(self, element: _Element, style: OdtStyle) -> int:
        """How deep a heading is; 0 for other paragraphs."""
        if style.title:
            return 1
        level = element.get(f"{TEXT}outline-level", "")
        if element.tag == f"{TEXT}h":
            return int(level) if level.isdecimal() and 0 < int(level) < 10 else 1
        return style.level

    def outline(self, level: int, style: OdtStyle) -> str:
        """The number in front of a heading that stands in no list."""
        return "" if style.title else self.numbering.label(OUTLINE, level - 1)

    def gather(self, element: _Element, words: _Words, style: OdtStyle) -> None:
        """Add the words inside `element`, which look as `style` says, to `words`."""
        self.add_words(element.text, words, style)
        for child in element:
            self.gather_child(child, words, style)
            self.add_words(child.tail, words, style)

    def gather_child(self, child: _Element, words: _Words, style: OdtStyle) -> None:
        """Add what a child of a paragraph stands for."""
        tag = child.tag
        if tag in _CHANGES:
            self.follow_change(child)
        elif self.deleting:
            self.gather(child, words, style)
        elif tag == f"{TEXT}span":
            look = self.style(child, "text")
            if look.hidden:
                self.counts["hidden"] += 1
            else:
                self.gather(child, words, look if look.bold or look.raised else style)
        elif tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            words.parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_REPEATED))
        elif tag == f"{TEXT}tab":
            words.parts.append("\t")
        elif tag == f"{TEXT}line-break":
            words.parts.append("\n")
        elif tag == _SOFT_BREAK:
            self.begin_page()
            words.parts.append(self.waiting)
            self.waiting = ""
        elif tag == f"{TEXT}note":
            self.note(child, words)
        elif tag == f"{OFFICE}annotation":
            self.counts["comment"] += 1
        elif tag.startswith(DRAW):
            words.boxes += _text_boxes(child)
        elif child.get(f"{TEXT}is-hidden") == "true" or tag == f"{TEXT}hidden-paragraph":
            self.counts["hidden"] += 1
        elif tag not in _SILENT:
            self.gather(child, words, style)

    def add_words(self, text: str | None, words: _Words, style: OdtStyle) -> None:
        """A piece of text, its white space as OpenDocument counts it."""
        if text and not self.deleting:
            text = _SPACES.sub(" ", own_words(text))
            words.bold = words.bold and (style.bold or text == " ")
            words.parts.append(superscript(text) if style.raised else text)

    def note(self, note: _Element, words: _Words) -> None:
        """A footnote or endnote: its mark where it stands, its words with the paragraph."""
        kind = "endnote" if note.get(f"{TEXT}note-class") == "endnote" else "footnote"
        self.counts[kind] += 1
        mark = str(self.counts[kind]) if kind == "footnote" else written(self.counts[kind], "lowerRoman")
        words.parts.append(marked(mark))
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            words.notes.append((mark, self.cell_text(body)))

    def read_list(self, element: _Element, name: str = "", depth: int = 0) -> None:
        """A list with its items; `name` is the style that it takes over from the list around it."""
        name = element.get(f"{TEXT}style-name", "") or name
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if not depth and not goes_on:
            self.numbering.counts.pop(name, None)
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            start = item.get(f"{TEXT}start-value", "")
            if start.isdecimal() and len(start) < 9:
                self.numbering.counts.setdefault(name, {})[depth] = int(start) - 1
            sign = ""
            numbered = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag in _PARAGRAPHS:
                    sign = self.numbering.label(name, depth) if numbered else ""
                    self.paragraph(child, sign, min(depth, 8))
                    numbered = False
                elif child.tag == f"{TEXT}list":
                    self.read_list(child, name, depth + 1)
                elif child.tag == _SOFT_BREAK:
                    self.begin_page()

    def table(self, table: _Element) -> None:
        """A table: a line for each row, or paragraphs where the table only arranges them on the page."""
        rows = [[cell for cell in row if cell.tag in _CELLS] for row in _rows(table)]
        texts = [[_paragraphs(cell) for cell in row] for row in rows]
        is_turns = turns_of_table(texts, self.at) is not None
        if not is_turns and is_layout([[list(map(len, cell)) for cell in row] for row in texts]):
            for row in rows:
                for cell in row:
                    self.read_all(cell)
            return
        self.at += 1
        before, self.waiting = self.waiting, ""
        words = _Words()
        cells = [list(self.row_cells(row, words)) for row in rows]
        if before and cells and cells[0]:
            cells[0][0] = [before + "".join(cells[0][0][:1]), *cells[0][0][1:]]
        if not (is_turns and self.add_turns(cells, words.notes)):
            self.add_table([[" ".join(filter(None, cell)) for cell in row] for row in cells], words.notes)

    def row_cells(self, row: list[_Element], words: _Words) -> Iterator[list[str]]:
        """The paragraphs of each cell of a row; a cell that is repeated comes as often."""
        for cell in row:
            again = cell.get(f"{TABLE}number-columns-repeated", "1")
            lines = self.cell_lines(cell, words)
            for _ in range(min(int(again) if again.isdecimal() else 1, _MOST_REPEATED)):
                yield lines

    def cell_text(self, cell: _Element) -> str:
        """All paragraphs of a footnote on one line."""
        return " ".join(filter(None, self.cell_lines(cell)))

    def cell_lines(self, cell: _Element, words: _Words | None = None) -> list[str]:
        """The paragraphs of a cell or footnote, each on one line; the notes in them are added to `words`."""
        lines = []
        for paragraph in cell.iter(*_PARAGRAPHS):
            if not _is_apart(paragraph, cell):
                found = _Words()
                self.gather(paragraph, found, self.style(paragraph))
                lines.append(" ".join(self.clean("".join(found.parts)).split()))
                if words is not None:
                    words.notes += found.notes
        return lines


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _ROWS:
            yield from _rows(child)


def _is_apart(paragraph: _Element, cell: _Element) -> bool:
    """Whether a paragraph inside `cell` belongs to a footnote or comment in it."""
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if above.tag in (f"{TEXT}note-body", f"{OFFICE}annotation"):
            return True
    return False


def _paragraphs(cell: _Element) -> list[str]:
    """The words of each paragraph of a cell, as they stand in the file."""
    return [words_in(paragraph) for paragraph in cell if paragraph.tag in _PARAGRAPHS]


def _text_boxes(drawn: _Element) -> list[_Element]:
    """The outermost elements in a drawing that hold paragraphs."""
    boxes = [drawn] if any(child.tag in _PARAGRAPHS for child in drawn) else list(drawn.iter(f"{DRAW}text-box"))
    return [box for box in boxes if next(box.iterancestors(f"{DRAW}text-box"), None) is None]
