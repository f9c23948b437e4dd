"""The words of a PDF with their places on the page: the only module that knows the PDF library (PDFium).

PDFium keeps one state for the whole process and may take any time over a file that was made to harm; it runs in a
process of its own (`corpus.readers.pdf_process`).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pypdfium2.raw as pdfium

from corpus.readers.pdf_words import Box, Fault, Page, Word

MOST_PAGES = 5_000
MOST_CHARACTERS = 300_000
"""A page above this is no page that somebody reads."""
_MOST_OBJECTS = 20_000
_MOST_RULES = 3_000
_FEW_CHARACTERS = 100
"""A page with fewer may be a picture with a caption."""
_SMALLEST, _LARGEST, _LARGEST_PAGE = 1.5, 2_000.0, 20_000.0
"""Type below and above this, and pages above this (points), are not for reading."""
_INVISIBLE, _CLIPPED = 3, 7
_STROKED = 2
_FORCE_BOLD = 1 << 18
_WHITE = 250
_BOLD = re.compile(r"bold|black|heavy|demi|-bd|cmbx|sfbx|ecbx|cmssbx", re.IGNORECASE)
_TOKEN = re.compile("(?:[^\\s\ufffe\uffff]|(?<=\\S)\xa0(?=\\S))+\ufffe?|\ufffe")
"""A word, up to the hyphen at a line end, which PDFium gives as a sign of its own."""
_FILLED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET)
_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_STRIKEOUT,
)


def pages_in(data: bytes) -> Iterator[Page | Fault]:
    """The pages of the PDF that holds `data`, one after the other; a fault ends them."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        yield Fault("locked" if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else "damaged")
        return
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if not 0 < count <= MOST_PAGES:
            yield Fault("pages" if count > 0 else "damaged")
            return
        for index in range(count):
            found = _page(document, index)
            yield found
            if isinstance(found, Fault):
                return
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: pdfium.FPDF_DOCUMENT, index: int) -> Page | Fault:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Fault("damaged", index + 1)
    comments, filled = _annotations(page)
    if filled and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            return Fault("damaged", index + 1)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        if not text:
            return Fault("damaged", index + 1)
        if pdfium.FPDFText_CountChars(text) > MOST_CHARACTERS:
            return Fault("crowded", index + 1)
        sides = (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        if not all(0 < side <= _LARGEST_PAGE for side in sides):
            return Fault("damaged", index + 1)
        return _Reading(page, text).page(_label(document, index), comments)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _annotations(page: pdfium.FPDF_PAGE) -> tuple[int, bool]:
    """How many comments are pinned to the page, and whether it has form fields or boxes of text to be read."""
    comments, filled = 0, False
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OBJECTS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            comments += kind in _COMMENTS and pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0) > 2
            filled = filled or kind in _FILLED
            pdfium.FPDFPage_CloseAnnot(note)
    return comments, filled


def _label(document: pdfium.FPDF_DOCUMENT, index: int) -> str:
    size = pdfium.FPDF_GetPageLabel(document, index, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetPageLabel(document, index, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


class _Look(msgspec.Struct):
    """How the words of one drawing operation look. `turn` counts quarter turns, -1 for a slant."""

    size: float
    bold: bool
    turn: int
    seen: bool
    white: bool
    known: bool


class _Reading:
    """One page while its words are gathered."""

    def __init__(self, page: pdfium.FPDF_PAGE, text: pdfium.FPDF_TEXTPAGE) -> None:
        self.handle, self.text = page, text
        self.turns = pdfium.FPDFPage_GetRotation(page) % 4
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.box = (box.left, box.bottom, box.right, box.top)
        self.looks: dict[int, _Look] = {}
        self.boxes: list[Box] | None = None
        self.paths: list[Box] = []
        self.has_picture = False

    def page(self, label: str, comments: int) -> Page:
        """The words of the page, most of them upright."""
        by_turn: dict[int, list[Word]] = {}
        unseen: dict[int, list[Word]] = {}
        lengths: Counter[int] = Counter()
        hidden = unknown = 0
        slanted: list[str] = []
        for word, look in self.words():
            if look.turn < 0:
                slanted.append(word.text)
            elif (
                not _SMALLEST <= look.size <= _LARGEST
                or not self.is_on_page(word, look)
                or (look.white and self.is_on_paper(word, look))
            ):
                hidden += 1
            elif not look.seen:
                unseen.setdefault(look.turn, []).append(word)
            else:
                by_turn.setdefault(look.turn, []).append(word)
                lengths[look.turn] += len(word.text)
                unknown += not look.known
        behind = sum(len(word.text) for words in unseen.values() for word in words)
        picture = sum(lengths.values()) < max(_FEW_CHARACTERS, behind) and self.picture()
        recognised = picture and bool(unseen)
        for turn, words in unseen.items():
            if recognised:
                by_turn.setdefault(turn, []).extend(words)
                lengths[turn] += sum(len(word.text) for word in words)
            else:
                hidden += len(words)
        main = lengths.most_common(1)[0][0] if lengths else 0
        width, height = self.extent(main)
        rules = self.rules(main) if len(self.drawn()) < _MOST_RULES else []
        return Page(
            width, height, label, by_turn.pop(main, []), list(by_turn.values()), " ".join(slanted)[:200], hidden,
            unknown, comments, picture, recognised, rules,
        )  # fmt: skip

    def extent(self, turn: int) -> tuple[float, float]:
        """Width and height of the page with words of that turn upright."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if (turn - self.turns) % 2 else (width, height)

    def words(self) -> Iterator[tuple[Word, _Look]]:
        """Each word, or piece of a word in one type, with its place in the frame of its turn.

        Asks the library four times for a word, not for each of its characters: that is most of the time that it takes.
        """
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        origin, loose, text = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox, self.text
        left, _, _, top = self.box
        for start, end, word, glued, owner in self.pieces():
            look = self.looks.get(owner) or self.look(owner, start)
            origin(text, start, x, y)
            loose(text, end, box)
            if look.turn == self.turns:
                ends = (x.value - left, box.right - left, top - y.value)
            else:
                first = self.framed((x.value, y.value, x.value, y.value), look.turn)
                last = self.framed((box.left, box.bottom, box.right, box.top), look.turn)
                ends = (first[0], last[2], first[1])
            yield Word(*ends, look.size, word, look.bold, glued), look

    def pieces(self) -> Iterator[tuple[int, int, str, bool, int]]:
        """First and last character of each piece, its text, whether it is glued to the last one, and what draws it."""
        characters = self.characters()
        object_of, text, address = pdfium.FPDFText_GetTextObject, self.text, ctypes.addressof
        for token in _TOKEN.finditer(characters):
            start, end = token.span()
            first = object_of(text, start)
            last = object_of(text, end - 1) if end - start > 1 else first
            if first and last and (key := address(first.contents)) == address(last.contents):
                yield start, end - 1, token[0], False, key
                continue
            owners = [object_of(text, at) for at in range(start, end)]
            keys = [address(owner.contents) if owner else 0 for owner in owners]
            begin = start
            for at in range(start + 1, end + 1):
                if at == end or keys[at - start] != keys[begin - start]:
                    yield begin, at - 1, characters[begin:at], begin > start, keys[begin - start]
                    begin = at

    def characters(self) -> str:
        """The characters of the page, as many as the library counts (a letter beyond the first plane becomes one)."""
        count = pdfium.FPDFText_CountChars(self.text)
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        length = pdfium.FPDFText_GetText(self.text, 0, count, buffer) - 1
        if length == count:
            found = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
            if len(found) == count:
                return found
        code = pdfium.FPDFText_GetUnicode
        return "".join(chr(code(self.text, at) or 0xFFFF).replace("\x02", "\ufffe") for at in range(count))

    def look(self, key: int, at: int) -> _Look:
        """How the words look that one operation draws; `at` is a character of it."""
        owner = pdfium.FPDFText_GetTextObject(self.text, at)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, at, matrix)
        size = pdfium.FPDFText_GetFontSize(self.text, at) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        quarter = round(angle / 90)
        turn = (quarter + self.turns) % 4 if abs(angle - 90 * quarter) < 5 else -1
        mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        painted = owner and pdfium.FPDFPageObj_GetFillColor(owner, red, green, blue, alpha)
        white = bool(painted) and min(red.value, green.value, blue.value) >= _WHITE and mode != 1
        known = pdfium.FPDFText_HasUnicodeMapError(self.text, at) != 1
        seen = mode not in (_INVISIBLE, _CLIPPED) and not (painted and alpha.value < 8)
        self.looks[key] = _Look(round(size, 2), self.is_bold(owner, mode), turn, seen, white, known)
        return self.looks[key]

    def is_bold(self, owner: ctypes._Pointer[pdfium.fpdf_pageobject_t__], mode: int) -> bool:
        """Whether the font says that it is bold, or its letters are drawn thicker."""
        font = pdfium.FPDFTextObj_GetFont(owner) if owner else None
        if not font:
            return False
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        flags = pdfium.FPDFFont_GetFlags(font)
        return (
            bool(_BOLD.search(name.value.decode("latin-1")))
            or mode == _STROKED
            or (flags > 0 and bool(flags & _FORCE_BOLD))
        )

    def is_on_page(self, word: Word, look: _Look) -> bool:
        """Whether the word lies on the page, not beside it."""
        width, height = self.extent(look.turn)
        return word.right > -1 and word.left < width + 1 and -1 < word.base < height + look.size

    def framed(self, box: Box, turn: int) -> Box:
        """A box of the file as left, top, right, bottom of the page as it is read, with words of that turn upright."""
        left, bottom, right, top = self.box
        turn = (turn - self.turns) % 4
        if turn == 0:
            return box[0] - left, top - box[3], box[2] - left, top - box[1]
        if turn == 1:
            return box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left
        if turn == 2:
            return right - box[2], box[1] - bottom, right - box[0], box[3] - bottom
        return top - box[3], right - box[2], top - box[1], right - box[0]

    def rules(self, turn: int) -> list[Box]:
        """The lines and frames among the shapes, not more than a table of many rows has."""
        self.drawn()
        found = (self.framed(box, turn) for box in self.paths)
        return [box for box in found if all(-_LARGEST_PAGE < side < _LARGEST_PAGE for side in box)]

    def is_on_paper(self, word: Word, look: _Look) -> bool:
        """Whether nothing is drawn below a white word, so that it cannot be seen."""
        self.drawn()
        x, y = (word.left + word.right) / 2, word.base - 0.3 * look.size
        boxes = (self.framed(box, look.turn) for box in self.boxes or ())
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    def drawn(self) -> list[Box]:
        """The boxes of the pictures and shapes on the page."""
        if self.boxes is None:
            self.boxes = []
            width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
            sides = [ctypes.c_float() for _ in range(4)]
            for index in range(min(pdfium.FPDFPage_CountObjects(self.handle), _MOST_OBJECTS)):
                shape = pdfium.FPDFPage_GetObject(self.handle, index)
                kind = pdfium.FPDFPageObj_GetType(shape)
                if kind != pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFPageObj_GetBounds(shape, *sides):
                    left, bottom, right, top = (side.value for side in sides)
                    self.boxes.append((left, bottom, right, top))
                    if kind == pdfium.FPDF_PAGEOBJ_PATH and max(right - left, top - bottom) > 1:
                        self.paths.append((left, bottom, right, top))
                    large = (right - left) * (top - bottom) > 0.4 * width * height
                    self.has_picture = self.has_picture or (large and kind != pdfium.FPDF_PAGEOBJ_PATH)
        return self.boxes

    def picture(self) -> bool:
        """Whether a picture fills most of the page."""
        self.drawn()
        return self.has_picture
