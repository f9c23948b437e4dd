"""The words of one Word paragraph: runs, links, tracked changes, footnote marks, text boxes."""

from __future__ import annotations

import re
from collections import Counter

import msgspec
from lxml.etree import _Element

from corpus.readers.characters import SYMBOL_FONT
from corpus.readers.notes import marked, superscript
from corpus.readers.word_numbering import written
from corpus.readers.word_xml import MATH, MC, W, value

DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
AROUND = frozenset(
    f"{W}{name}" for name in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo")
) | {f"{MC}AlternateContent", f"{MC}Choice"}
"""Elements that stand around words and add none."""

_RUN, _RUN_LOOK, _TEXT, _BREAK = f"{W}r", f"{W}rPr", f"{W}t", f"{W}br"
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{MC}AlternateContent"))
_CODE = re.compile("F0[0-9A-F]{2}")
_OFF = frozenset(("0", "false", "off", "none"))


class Note(msgspec.Struct, frozen=True):
    """A footnote or endnote that a paragraph points to: its id in Word, and the mark that readers see."""

    kind: str
    id: str
    mark: str


class Words(msgspec.Struct):
    """What one paragraph holds: pieces of text in order, the notes it points to, and text boxes fixed to it.

    `bold` is false as soon as a word is not bold.
    """

    parts: list[str] = []
    notes: list[Note] = []
    boxes: list[_Element] = []
    bold: bool = True


def gather(element: _Element, words: Words, counts: Counter[str]) -> None:
    """Add the words inside `element` to `words`. Insertions are kept and deletions dropped; both are counted."""
    for child in element:
        tag = child.tag
        if tag == _RUN:
            _run(child, words, counts)
        elif tag in INSERTED:
            counts["insertion"] += 1
            gather(child, words, counts)
        elif tag in DELETED:
            counts["deletion"] += 1
        elif tag in AROUND:
            gather(child, words, counts)
        elif tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
            words.parts += [text.text or "" for text in child.iter(f"{MATH}t")]


def _run(run: _Element, words: Words, counts: Counter[str]) -> None:
    bold = raised = False
    pieces: list[str] = []
    for child in run:
        tag = child.tag
        if tag == _TEXT:
            pieces.append(child.text or "")
        elif tag == _RUN_LOOK:
            if _is_on(child, "vanish"):
                counts["hidden"] += 1
                return
            bold, raised = _is_on(child, "b"), _is_raised(child)
        elif tag in _SIGNS:
            pieces.append(_SIGNS[tag])
        elif tag == _BREAK:
            pieces.append("\f" if child.get(f"{W}type") == "page" else "\n")
        elif tag in _NOTES:
            pieces.append(_note(_NOTES[tag], child, words, counts))
        elif tag in _DRAWN:
            words.boxes += _text_boxes(child)
        elif tag == f"{W}sym":
            pieces.append(_symbol(child))
    text = "".join(pieces)
    if text:
        words.bold = words.bold and (bold or text.isspace())
        words.parts.append(superscript(text) if raised else text)


def _note(kind: str, reference: _Element, words: Words, counts: Counter[str]) -> str:
    counts[kind] += 1
    mark = str(counts[kind]) if kind == "footnote" else written(counts[kind], "lowerRoman")
    words.notes.append(Note(kind, reference.get(f"{W}id", ""), mark))
    return marked(mark)


def _is_on(look: _Element, name: str) -> bool:
    found = look.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _is_raised(look: _Element) -> bool:
    """Whether the run is superscript, by name or by a position above the line."""
    height = value(look, "position")
    return value(look, "vertAlign") == "superscript" or (height.isdecimal() and int(height) > 0)


def _text_boxes(drawn: _Element) -> list[_Element]:
    """The text boxes in a drawing; the copy that Word keeps for older programs is left out."""
    boxes = list(drawn.iter(f"{W}txbxContent"))
    return [box for box in boxes if next(box.iterancestors(f"{MC}Fallback"), None) is None]


def _symbol(sign: _Element) -> str:
    """A sign of a symbol font: arrows and bullets that are common, else nothing, since the font alone knows it."""
    code = sign.get(f"{W}char", "").upper()
    return SYMBOL_FONT.get(int(code[-2:], 16), "") if _CODE.fullmatch(code) else ""
