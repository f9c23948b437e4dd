"""RTF documents: letters of every code page and of Unicode, headings, lists, footnotes, tables, tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Callable

import msgspec

from corpus.problems import Problem
from corpus.readers.archives import TooMuch
from corpus.readers.characters import SYMBOL_FONT, own_words, what_it_is
from corpus.readers.document import Document
from corpus.readers.headings import level_of_style
from corpus.readers.notes import marked, superscript
from corpus.readers.rtf_document import Piece, RtfDocument, RtfState
from corpus.readers.rtf_words import CODE_PAGES, PARAGRAPH_ENDS, SIGNS, SILENT, Token, code_page, rtf_tokens
from corpus.readers.word_numbering import written

_DEEPEST = 5_000
_MOST_TOKENS = 3_000_000
_SYMBOLS = "symbols"
_SAVE = "Open it in Word or LibreOffice, save it as docx, and import that file."


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The RTF document that holds `data`; None where it cannot be read."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        said = f"the file is {what_it_is(data) or 'no RTF document'}, not an .rtf"
        return None, [Problem(file, 0, "unreadable-file", said, _SAVE)]
    try:
        document, fault = _Rtf(data).whole()
    except TooMuch as error:
        fault = str(error)
    return (None, [Problem(file, 0, "unreadable-file", fault, _SAVE)]) if fault else (document, [])


class _Rtf(RtfDocument):
    """One RTF document while it is read, from its first token to its last."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data
        self.page = "cp1252"
        self.raw_utf8 = not data.isascii() and _is_utf8(data)
        self.state.codec = self.page
        self.stack: list[RtfState] = []
        self.at_end: dict[int, Callable[[], None]] = {}
        self.starred = False
        self.to_skip = 0
        self.bytes = bytearray()
        self.high = 0
        self.fonts: dict[int, str] = {}
        self.name: list[str] = []
        self.outline = 0

    def whole(self) -> tuple[Document | None, str]:
        """The whole document, or what is wrong with the file."""
        for number, token in enumerate(rtf_tokens(self.data)):
            if number > _MOST_TOKENS or len(self.stack) > _DEEPEST:
                return None, "the RTF document is nested or cut up as no interview is"
            if token.kind == "close" and len(self.stack) <= 1:
                self.stack.clear()
                break
            self.take(token)
        self.flush()
        if self.stack:
            return None, "the RTF document is cut off: it ends before its last bracket"
        self.end_paragraph()
        self.end_table()
        return self.document(), ""

    def take(self, token: Token) -> None:
        """Do what one token says."""
        kind = token.kind
        if kind == "text" or kind == "byte":
            data = token.data
            if self.to_skip:
                data, self.to_skip = data[self.to_skip :], max(0, self.to_skip - len(data))
            if data and self.state.into != "silent":
                self.take_bytes(data, raw=kind == "text")
            self.starred = False
            return
        if self.bytes:
            self.flush()
        if kind == "open":
            self.to_skip = 0
            self.stack.append(self.state)
            self.state = copy.copy(self.state)
        elif kind == "close":
            self.to_skip = 0
            self.close()
        elif self.to_skip:
            self.to_skip -= 1
        elif token.word == "*":
            self.starred = True
            return
        else:
            self.take_word(token.word, token.number)
        self.starred = False

    def close(self) -> None:
        """The end of a group."""
        if self.state.into == "styles":
            self.end_style()
        if ends := self.at_end.pop(len(self.stack), None):
            ends()
        self.state = self.stack.pop()

    # Letters

    def take_bytes(self, data: bytes, raw: bool) -> None:
        """Bytes in the encoding of the font. They wait, since a letter can be of two bytes."""
        if raw and self.raw_utf8 and not data.isascii():
            self.flush()
            self.put(data.decode("utf-8", "replace"))
        else:
            self.bytes += data

    def flush(self) -> None:
        """Put the bytes that wait as letters."""
        if self.bytes:
            codec = self.state.codec
            if codec == _SYMBOLS:
                text = "".join(SYMBOL_FONT.get(byte, "") if byte > 32 else chr(byte) for byte in self.bytes)
            else:
                text = self.bytes.decode(codec, "replace")
            self.bytes.clear()
            self.put(text)

    def put_unicode(self, number: int) -> None:
        """A letter by its number in Unicode; numbers above 32,767 are written as negative ones or as two halves."""
        number &= 0xFFFF if number < 0 else 0x1FFFFF
        if 0xD800 <= number < 0xDC00:
            self.high = number
            return
        if 0xDC00 <= number < 0xE000:
            number = 0x10000 + ((self.high - 0xD800) << 10) + number - 0xDC00 if self.high else 0xFFFD
        self.high = 0
        if 0xF000 <= number <= 0xF0FF:
            self.put(SYMBOL_FONT.get(number - 0xF000, ""))
        else:
            self.put(chr(number) if number <= 0x10FFFF else "\ufffd")

    def put(self, text: str) -> None:
        """Words, where the group says that they go."""
        state = self.state
        if state.into == "styles":
            self.name.append(text)
        elif state.into == "sign":
            self.piece.sign += text
        elif state.into == "text":
            if state.deleted:
                return
            if state.hidden:
                self.counts["hidden"] += bool(text.strip())
                return
            text = own_words(text)
            self.piece.bold = self.piece.bold and (state.bold or text.isspace() or not text)
            self.piece.parts.append(superscript(text) if state.raised else text)

    # Control words

    def take_word(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        state = self.state
        if word == "u":
            self.put_unicode(number or 0)
            self.to_skip = state.skip
        elif word in _LOOKS:
            setattr(state, _LOOKS[word], number != 0)
            self.count_change(word, number)
        elif word in SIGNS:
            if state.into != "silent":
                self.put(SIGNS[word])
        elif word in _DO:
            _DO[word](self, number if number is not None else 1)
        elif state.into == "text" and word in PARAGRAPH_ENDS:
            self.end_paragraph()
        elif state.into == "text" and word in ("cell", "nestcell"):
            self.end_cell(word)
        elif state.into == "text" and word == "row":
            self.end_row()
        elif word in SILENT or self.starred:
            state.into = "silent"

    def count_change(self, word: str, number: int | None) -> None:
        """Count a tracked change that begins here."""
        if word in ("deleted", "revised") and number != 0 and self.state.into == "text":
            self.counts["deletion" if word == "deleted" else "insertion"] += 1

    def set_page(self, codec: str) -> None:
        """The encoding of the document."""
        if codec:
            self.page = codec
            self.state.codec = codec
            for state in self.stack:
                state.codec = codec

    def set_font(self, number: int) -> None:
        """A font: its letters are in its own encoding. In the table of fonts, the font that is described."""
        self.state.font = number
        if self.state.into != "fonts":
            self.state.codec = self.fonts.get(number, self.page)

    def set_charset(self, number: int) -> None:
        """The encoding of the font that is described."""
        if self.state.into == "fonts" and number != 1:
            self.fonts[self.state.font] = _SYMBOLS if number == 2 else CODE_PAGES.get(number, self.page)

    def set_font_page(self, number: int) -> None:
        """The encoding of the font that is described, by its number."""
        if self.state.into == "fonts" and (codec := code_page(number)):
            self.fonts[self.state.font] = codec

    def plain(self, _: int) -> None:
        """Words look ordinary again."""
        state = self.state
        state.bold = state.raised = state.hidden = state.deleted = state.inserted = False
        state.codec = self.page

    def new_paragraph(self, _: int) -> None:
        """A paragraph of no style."""
        state = self.state
        state.style = state.level = state.depth = 0
        state.in_table = False

    def set_style(self, number: int) -> None:
        """The style of a paragraph, or the one that is described."""
        self.state.style = number

    def set_outline(self, number: int) -> None:
        """How deep a heading is, 0-based; 9 means text."""
        level = number + 1 if 0 <= number < 9 else 0
        if self.state.into == "styles":
            self.outline = level
        else:
            self.state.level = level

    def end_style(self) -> None:
        """The end of a style: its name and depth are known."""
        name = "".join(self.name).split(";")[0].strip()
        if name:
            self.styles[self.state.style] = (name, self.outline or level_of_style(name))
        self.name, self.outline = [], 0

    # Destinations

    def begin(self, into: str) -> None:
        """The rest of the group goes there, unless the group around it is silent."""
        if self.state.into != "silent":
            self.state.into = into

    def begin_again(self, _: int) -> None:
        """Words inside a silent group that are the document's: its Unicode version, its text boxes."""
        self.state.into = "text"

    def begin_piece(self, end: Callable[[Piece], None]) -> None:
        """The rest of the group is a footnote or text box; `end` says what becomes of it."""
        self.outer.append(self.piece)
        self.piece = Piece()
        self.state = msgspec.structs.replace(
            self.state, into="text", bold=False, raised=False, style=0, level=0, depth=0, in_table=False
        )

        def close() -> None:
            self.end_paragraph()
            piece, self.piece = self.piece, self.outer.pop()
            end(piece)

        self.at_end[len(self.stack)] = close

    def begin_note(self, _: int) -> None:
        """A footnote; `\\ftnalt` in it makes it an endnote."""
        if self.state.into != "text" or self.state.hidden or self.state.deleted:
            self.state.into = "silent"
            return
        self.begin_piece(self.end_note)

    def end_note(self, piece: Piece) -> None:
        """The end of a footnote: its mark stands where it began, in the paragraph around it."""
        kind = "endnote" if piece.is_endnote else "footnote"
        self.counts[kind] += 1
        mark = written(self.counts[kind], "lowerRoman") if piece.is_endnote else str(self.counts[kind])
        self.piece.parts.append(marked(mark))
        self.piece.notes.append((mark, " ".join(piece.lines)))

    def make_endnote(self, _: int) -> None:
        """The footnote that has just begun is an endnote, counted on its own."""
        self.piece.is_endnote = bool(self.outer)

    def begin_box(self, _: int) -> None:
        """A text box: its paragraphs come behind the paragraph that it is fixed to."""
        self.begin_piece(self.end_box)

    def end_box(self, piece: Piece) -> None:
        """The end of a text box."""
        self.piece.boxes += piece.lines
        self.piece.notes += piece.notes

    def begin_comment(self, _: int) -> None:
        """A comment in the margin."""
        self.counts["comment"] += 1
        self.state.into = "silent"

    def begin_formula(self, _: int) -> None:
        """A formula: its words are in a notation of their own."""
        if self.state.into == "text":
            self.counts["formula"] += 1
        self.state.into = "silent"


_LOOKS = {
    "b": "bold", "v": "hidden", "deleted": "deleted", "revised": "inserted", "super": "raised", "up": "raised",
}  # fmt: skip
"""Control words that are on or off → the field of a group's state."""

_DO: dict[str, Callable[[_Rtf, int], None]] = {
    "ansicpg": lambda rtf, number: rtf.set_page(code_page(number)),
    "mac": lambda rtf, _: rtf.set_page("mac_roman"),
    "pc": lambda rtf, _: rtf.set_page("cp437"),
    "pca": lambda rtf, _: rtf.set_page("cp850"),
    "uc": lambda rtf, number: setattr(rtf.state, "skip", max(0, min(number, 20))),
    "f": _Rtf.set_font,
    "fcharset": _Rtf.set_charset,
    "cpg": _Rtf.set_font_page,
    "plain": _Rtf.plain,
    "nosupersub": lambda rtf, _: setattr(rtf.state, "raised", False),
    "dn": lambda rtf, _: setattr(rtf.state, "raised", False),
    "sub": lambda rtf, _: setattr(rtf.state, "raised", False),
    "pard": _Rtf.new_paragraph,
    "s": _Rtf.set_style,
    "outlinelevel": _Rtf.set_outline,
    "ilvl": lambda rtf, number: setattr(rtf.state, "depth", max(0, min(number, 8))),
    "intbl": lambda rtf, _: setattr(rtf.state, "in_table", True),
    "fonttbl": lambda rtf, _: rtf.begin("fonts"),
    "stylesheet": lambda rtf, _: rtf.begin("styles"),
    "listtext": lambda rtf, _: rtf.begin("sign"),
    "pntext": lambda rtf, _: rtf.begin("sign"),
    "upr": lambda rtf, _: rtf.begin("silent"),
    "ud": _Rtf.begin_again,
    "shptxt": _Rtf.begin_box,
    "dptxbxtext": _Rtf.begin_box,
    "footnote": _Rtf.begin_note,
    "ftnalt": _Rtf.make_endnote,
    "annotation": _Rtf.begin_comment,
    "mmath": _Rtf.begin_formula,
}
"""Control words → what is done with the number behind them (1 where there is none)."""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
