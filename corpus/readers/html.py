"""Web pages, and Word documents saved as such: headings, lists, tables, footnotes; menus and scripts go."""

from __future__ import annotations

import re

import msgspec
from lxml import etree
from lxml.etree import _Element

from corpus.problems import Problem
from corpus.readers.archives import MOST_CHARACTERS, MOST_ELEMENTS, TooMuch
from corpus.readers.blocks import Block
from corpus.readers.characters import decoded_text, own_words
from corpus.readers.document import Document
from corpus.readers.html_notes import HtmlNotes, find_html_notes, note_words
from corpus.readers.notes import marked, superscript
from corpus.readers.paragraphs import Flow, Look, is_layout
from corpus.readers.safe_xml import words_in
from corpus.readers.turn_tables import turns_of_table
from corpus.readers.word_numbering import written

_CHARSET = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{2,40})")
_HEAD_BYTES = 4096

_SILENT_TAGS = (
    "head title script style noscript template svg math iframe object embed audio video canvas map select button "
    "textarea input datalist progress meter option param source track area base basefont link meta frameset "
    "dialog"
)
_SILENT = frozenset(_SILENT_TAGS.split())
"""Elements whose words are none of the document's."""
_BLOCK_TAGS = (
    "address article aside blockquote body center caption dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong"))
_TITLE_CLASSES = frozenset(("title", "msotitle"))
_BESIDE = frozenset(("header", "footer", "aside"))
"""Parts beside the words of a page, where the page says which are its main ones."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page)", re.IGNORECASE)
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_WINDOWS = str.maketrans({code: bytes([code]).decode("cp1252", "ignore") or "\ufffd" for code in range(0x80, 0xA0)})
"""`&#150;` and others that Word wrote for signs of Windows."""


def read(data: bytes, file: str, encoding: str = "") -> tuple[Document | None, list[Problem]]:
    """The web page that holds `data`; None where it cannot be read.

    Its encoding is what `encoding` says, else what its bytes or its own `<meta charset>` say, else found by statistics.
    """
    text, repairs, problems = decoded_text(data, file, encoding, declared=_declared(data), most=len(data))
    if text is None:
        return None, problems
    near = "Open it in a browser or Word, and save its words as docx or text."
    if text.count("<") > MOST_ELEMENTS // 4:
        return None, [Problem(file, 0, "unreadable-file", str(TooMuch("elements")), near)]
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None, [Problem(file, 0, "unreadable-file", "there are no words in the web page", near)]
    fault = parser.error_log.last_error
    if root is None or (fault is not None and fault.type_name == "ERR_RESOURCE_LIMIT"):
        said = "the web page is nested as no interview is, or damaged"
        return None, [Problem(file, 0, "unreadable-file", said, near)]
    page = _Page(root)
    page.told |= dict.fromkeys(repairs)
    try:
        return page.whole(), problems
    except TooMuch as error:
        return None, [*problems, Problem(file, 0, "unreadable-file", str(error), near)]


def _declared(data: bytes) -> str:
    """The encoding that a page says it is in; empty where it says none."""
    head = data[:_HEAD_BYTES]
    found = _CHARSET.search(head) or _XML_ENCODING.match(head)
    return found[1].decode("ascii") if found else ""


class _List(msgspec.Struct):
    """An open list: the notation of its numbers (empty for bullets), and the number of its next item."""

    format: str
    next: int = 1


class _Page(Flow):
    """One web page while it is read, from its first element to its last."""

    def __init__(self, root: _Element) -> None:
        super().__init__()
        self.root = root
        self.notes: HtmlNotes = find_html_notes(root)
        self.has_main = next(root.iter("main"), None) is not None
        self.in_main = self.in_pre = self.bold_around = self.raised = 0
        self.lists: list[_List] = []
        self.tables: list[bool] = []
        self.rows: list[list[str]] = []
        self.row_notes: list[tuple[str, str]] = []
        self.length = 0
        self.parts: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.bold = True
        self.sign = ""
        self.look = Look()

    def whole(self) -> Document:
        """The whole document."""
        walk = etree.iterwalk(self.root, events=("start", "end"))
        skipped: _Element | None = None
        for event, element in walk:
            if event == "start":
                if self.passes_over(element):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self.begin(element)
                    self.put(element.text)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self.end(element)
                self.put(element.tail if element is not self.root else None)
        self.end_paragraph()
        document = self.document()
        title = " ".join(self.clean(self.root.findtext(".//head/title") or "").split())
        return document if document.title or not title else msgspec.structs.replace(document, title=title)

    def passes_over(self, element: _Element) -> bool:
        """Whether an element holds no words of the document; footnotes are taken where their mark stands."""
        tag, style = element.tag, element.get("style", "")
        if element in self.notes.references:
            mark, block = self.notes.references[element]
            self.parts.append(marked(mark))
            self.found.append((mark, self.clean(_without_mark(note_words(block, self.notes.back_links), mark))))
            return True
        if element in self.notes.blocks or tag in _SILENT:
            return True
        if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
            self.counts["hidden"] += bool(words_in(element).strip())
            return True
        if tag == "del":
            self.counts["deletion"] += 1
            return True
        if self.is_beside(element):
            self.counts["menu"] += len(words_in(element).split())
            return True
        if "mso-tab-count" in style:
            self.parts.append("\t")
            return True
        return self.is_contents(element)

    def is_beside(self, element: _Element) -> bool:
        """Whether an element is a menu, or a part beside the main words of the page."""
        if element.tag == "nav" or element.get("role") == "navigation" or element.get("title") in ("header", "footer"):
            return True
        return self.has_main and not self.in_main and element.tag in _BESIDE

    def is_contents(self, element: _Element) -> bool:
        """Whether an element is a table of contents, or a line of one, that Word or LibreOffice wrote."""
        lines = 0
        if element.get("class", "").startswith("MsoToc"):
            lines = 1
        elif element.tag == "div" and element.get("id", "").startswith("Table of Contents"):
            lines = sum(1 for _ in element.iter("p"))
        self.counts["contents"] += lines
        return lines > 0

    def begin(self, element: _Element) -> None:
        """The beginning of an element."""
        tag = element.tag
        if tag in _BLOCKS:
            self.begin_block(element)
        elif tag == "br":
            self.parts.append("\f" if _PAGE_BREAK.search(element.get("style", "")) else "\n")
        elif tag == "hr":
            self.end_paragraph()
            self.blocks.append(Block("break", (), self.at))
        elif tag == "ins":
            self.counts["insertion"] += 1
        self.bold_around += self.is_bold(element)
        self.raised += tag == "sup"

    def begin_block(self, element: _Element) -> None:
        """The beginning of a paragraph, or of what holds paragraphs."""
        tag = element.tag
        if self.tables and self.tables[-1]:
            self.begin_in_table(tag)
        else:
            self.end_paragraph()
        if tag in _LISTS:
            kind = element.get("type", "1")
            start = element.get("start", "1")
            first = int(start) if start.lstrip("-").isdecimal() and len(start) < 8 else 1
            self.lists.append(_List(_LIST_TYPES.get(kind, "decimal") if tag == "ol" else "", first))
        elif tag == "li":
            self.sign = self.item_sign(element)
        elif tag == "table":
            self.tables.append(not _only_arranges(element))
        elif tag == "main":
            self.in_main += 1
        elif tag == "pre":
            self.in_pre += 1
        level = _level(element)
        is_title = bool(_TITLE_CLASSES.intersection(element.get("class", "").lower().split()))
        if level or (is_title and tag == "p"):
            self.look = Look(level or 1, is_title=is_title)
        if _PAGE_BREAK.search(element.get("style", "")) and self.blocks and not self.tables:
            self.end_page()

    def begin_in_table(self, tag: str) -> None:
        """A row or cell of a table of values; paragraphs inside a cell stand on one line."""
        if tag == "tr" or tag in _CELLS:
            self.add_beside_cells()
            if tag == "tr" or not self.rows:
                self.rows.append([])
        else:
            self.parts.append(" ")

    def add_beside_cells(self) -> None:
        """Words of a table that stand in no cell (its caption): a paragraph before it."""
        if words := " ".join(self.clean("".join(self.parts)).split()):
            self.at += 1
            self.add(words, Look())
        self.parts = []

    def item_sign(self, element: _Element) -> str:
        """The number or bullet of an item."""
        if not self.lists or not self.lists[-1].format:
            return "-"
        value = element.get("value", "")
        if value.isdecimal() and len(value) < 8:
            self.lists[-1].next = int(value)
        self.lists[-1].next += 1
        return f"{written(self.lists[-1].next - 1, self.lists[-1].format)}."

    def is_bold(self, element: _Element) -> bool:
        """Whether an element makes its words bold."""
        return element.tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style", "")))

    def end(self, element: _Element) -> None:
        """The end of an element."""
        tag = element.tag
        self.bold_around -= self.is_bold(element)
        self.raised -= tag == "sup"
        if tag not in _BLOCKS:
            return
        if self.tables and self.tables[-1] and tag != "table":
            if tag in _CELLS and self.rows:
                self.rows[-1].append(" ".join(self.clean("".join(self.parts)).split()))
                self.parts = []
            else:
                self.parts.append(" ")
        elif tag == "table":
            self.end_table()
        else:
            self.end_paragraph()
        if tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.sign = ""
        self.in_main -= tag == "main"
        self.in_pre -= tag == "pre"
        self.look = Look()

    def end_table(self) -> None:
        """The end of a table."""
        if self.tables.pop():
            self.add_beside_cells()
            self.at += 1
            if not self.add_turns([[[cell] for cell in row] for row in self.rows], self.found):
                self.add_table(self.rows, self.found)
            self.rows, self.found, self.parts = [], [], []
        else:
            self.end_paragraph()

    def put(self, text: str | None) -> None:
        """A piece of text, its white space as a browser shows it."""
        if text:
            self.length += len(text)
            if self.length > MOST_CHARACTERS:
                raise TooMuch("characters")
            text = own_words(text).translate(_WINDOWS)
            text = text if self.in_pre else _SPACES.sub(" ", text)
            self.bold = self.bold and (self.bold_around > 0 or text.isspace())
            self.parts.append(superscript(text) if self.raised else text)

    def end_paragraph(self) -> None:
        """The end of a paragraph."""
        text = self.clean("".join(self.parts))
        text = text.strip("\n") if self.in_pre else _AROUND_LINE_END.sub("\n", text).strip(" \n")
        if text.strip():
            self.at += 1
            look = msgspec.structs.replace(self.look, sign=self.sign, depth=max(len(self.lists) - 1, 0), bold=self.bold)
            self.add(text, look, self.found)
            self.sign = ""
        elif "\f" in text:
            self.end_page()
        self.parts, self.found, self.bold = [], [], True


def _level(element: _Element) -> int:
    """How deep a heading is; 0 for other elements."""
    tag = element.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    level = element.get("aria-level", "2") if element.get("role") == "heading" else ""
    return int(level) if level.isdecimal() and 0 < int(level) < 10 else 0


def _only_arranges(table: _Element) -> bool:
    """Whether a table holds another one, headings, or long paragraphs, so that it only arranges the page."""
    if next(table.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None:
        return True
    if any(inner is not table for inner in table.iter("table")):
        return True
    cells = [[_paragraphs(cell) for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
    return turns_of_table(cells, 0) is None and is_layout([[list(map(len, cell)) for cell in row] for row in cells])


def _paragraphs(cell: _Element) -> list[str]:
    """The words of each paragraph of a cell, as they stand in the file."""
    return [words_in(paragraph) for paragraph in cell.iter("p", "li")] or [words_in(cell)]


def _without_mark(words: str, mark: str) -> str:
    """The words of a footnote without its mark, where that is repeated before them."""
    return re.sub(rf"^(?:\[{re.escape(mark)}\]|{re.escape(mark)})[.)]?\s+", "", words)
