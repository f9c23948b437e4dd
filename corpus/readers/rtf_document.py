"""What is read of an RTF document: paragraphs, tables, footnotes and text boxes, as the words for them come in."""

from __future__ import annotations

import msgspec

from corpus.readers.archives import MOST_PARAGRAPHS, TooMuch
from corpus.readers.paragraphs import Flow, Look, is_layout

_TITLES = frozenset(("title", "titel"))


class RtfState(msgspec.Struct):
    """How the words of a group look and where they go. A group inherits it and gives it back.

    `into` is where words go: `text`, `silent` (nowhere), `sign` (of a list item), `fonts` or `styles`.
    """

    into: str = "text"
    codec: str = ""
    skip: int = 1
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    bold: bool = False
    raised: bool = False
    style: int = 0
    level: int = 0
    depth: int = 0
    in_table: bool = False


class Piece(msgspec.Struct):
    """Words that are being put together: the document's, or those of one footnote or text box."""

    parts: list[str] = []
    notes: list[tuple[str, str]] = []
    lines: list[str] = []
    sign: str = ""
    bold: bool = True
    boxes: list[str] = []
    is_endnote: bool = False


class Cells(msgspec.Struct):
    """A table that is being put together: its rows of cells, each the paragraphs in it; and their footnotes."""

    rows: list[list[list[str]]] = []
    row: list[list[str]] = []
    cell: list[str] = []
    notes: list[tuple[str, str]] = []


class RtfDocument(Flow):
    """The document so far. Footnotes and text boxes that have not ended have their own piece; `outer` are those around.

    `styles` holds the name of each paragraph style and how deep a heading it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = RtfState()
        self.styles: dict[int, tuple[str, int]] = {}
        self.piece = Piece()
        self.outer: list[Piece] = []
        self.table = Cells()

    def end_paragraph(self) -> None:
        """The end of a paragraph: a heading, an item, text, or a paragraph of a cell or footnote."""
        piece, state = self.piece, self.state
        text = self.clean("".join(piece.parts)).strip(" ")
        if self.outer:
            piece.lines += [" ".join(text.split())] if text.strip() else []
            piece.lines += piece.boxes
        elif state.in_table:
            self.table.cell += [" ".join(text.split())] if text.strip() else []
            self.table.cell += piece.boxes
            self.table.notes += piece.notes
        else:
            self.end_table()
            self.at += 1
            self.add_paragraph(text, piece, state)
        if not self.outer:
            self.piece = Piece()
        else:
            piece.parts, piece.boxes, piece.sign = [], [], ""

    def add_paragraph(self, text: str, piece: Piece, state: RtfState) -> None:
        """A paragraph outside tables and footnotes, and the text boxes fixed to it."""
        name, level = self.styles.get(state.style, ("", 0))
        small = name.lower()
        if small.startswith("toc ") and text.strip():
            self.counts["contents"] += 1
        elif text.strip():
            level = state.level or level
            is_title = small in _TITLES
            look = Look(1 if is_title else level, _sign(self.clean(piece.sign)), state.depth, piece.bold, is_title)
            self.add(text, look, piece.notes)
        elif "\f" in text:
            self.end_page()
        for box in piece.boxes:
            self.add(box, Look())

    def end_cell(self, word: str) -> None:
        """The end of a cell; one in a table inside a table counts as a paragraph."""
        if self.outer:
            self.end_paragraph()
            return
        self.state.in_table = True
        self.end_paragraph()
        if word == "cell":
            self.table.row.append(self.table.cell)
            self.table.cell = []

    def end_row(self) -> None:
        """The end of a row."""
        if self.table.row:
            if len(self.table.rows) > MOST_PARAGRAPHS:
                raise TooMuch("rows")
            self.table.rows.append(self.table.row)
            self.table.row = []

    def end_table(self) -> None:
        """The end of a table: a line for each row, or paragraphs where it only arranges the page."""
        if self.table.cell:
            self.table.row.append(self.table.cell)
        self.end_row()
        table, self.table = self.table, Cells()
        if not table.rows:
            return
        self.at += 1
        if self.add_turns(table.rows, table.notes):
            return
        if is_layout([[[len(line) for line in cell] for cell in row] for row in table.rows]):
            for line in (line for row in table.rows for cell in row for line in cell):
                self.add(line, Look())
                self.at += 1
            self.add_notes(table.notes)
        else:
            self.add_table([[" ".join(cell) for cell in row] for row in table.rows], table.notes)


def _sign(sign: str) -> str:
    """What stands before an item: `2.1`, `c)`, or `-` for any bullet."""
    sign = sign.strip()
    return sign if not sign or (any(c.isalnum() for c in sign) and sign != "o") else "-"
