"""How wide words are drawn, so that labels of a picture can be wrapped and cut before anyone draws them.

Widths are those of Helvetica (Adobe's font metrics), which Arial and Liberation Sans share; a system font of a page may
be a little wider, so a tenth is added. No font is opened: the same label breaks at the same place on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_THOUSANDTHS = {
    191: "'", 222: "ijl’‘", 260: "|", 278: " !,./:;I[]\\ftı", 333: "()-`r›‹“”", 334: "{}", 350: "•", 355: '"',
    389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 556: "#$?0123456789L_abdeghnopqu«»–", 549: "÷±", 584: "+<=>~×",
    611: "FTZßø", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQØ", 833: "Mm", 889: "%æ", 944: "Wœ", 1000: "…—ÆŒ",
    1015: "@",
}  # fmt: skip
_WIDTH = {character: width for width, characters in _THOUSANDTHS.items() for character in characters}
_BOLD, _SLACK = 1.07, 1.1
_NO_SHAPE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOT_XML = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_BREAK = re.compile(r"(?<=\w\w[-/–—])(?=\w)|(?<= )")


def one_line(text: str) -> str:
    """`text` as it can be drawn: on one line, without characters that XML forbids or that have no shape."""
    return " ".join(_NOT_XML.sub(" ", _NO_SHAPE.sub("", text)).split())


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide `text` is in letters of `size`, in the same unit, with a tenth to spare."""
    return sum(map(_width, text)) / 1000 * size * (_BOLD if bold else 1) * _SLACK


@lru_cache(4096)
def _width(character: str) -> int:
    if character in _WIDTH:
        return _WIDTH[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1250
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTH.get(base, 722 if character.isupper() else 600)


def wrapped(text: str, width: float, size: float, most: int = 3, bold: bool = False) -> tuple[str, ...]:
    """`text` on at most `most` lines no wider than `width`; what does not fit is cut with `…`, long words broken."""
    lines: list[str] = []
    left = one_line(text)
    while left and len(lines) < most - 1:
        line = _fitting(left, width, size, bold)
        left = left[len(line) :]
        lines.append(line.rstrip() + ("-" if _is_broken(line, left) else ""))
    return (*lines, shortened(left, width, size, bold)) if left else tuple(lines)


def _fitting(text: str, width: float, size: float, bold: bool) -> str:
    """The beginning of `text` that fits on a line: whole words, or where even one is too long as much as fits."""
    line = ""
    for piece in _BREAK.split(text):
        if text_width((line + piece).rstrip(), size, bold) > width:
            break
        line += piece
    if line:
        return line
    n = 1
    while n < len(text) and text_width(text[: n + 1] + "-", size, bold) <= width:
        n += 1
    return text[:n]


def _is_broken(line: str, left: str) -> bool:
    """Whether a line ends inside a word of an alphabet; scripts that set no spaces may break anywhere."""
    return bool(left) and line[-1].isalnum() and left[0].isalnum() and _width(line[-1]) <= 1000


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """`text` where it fits, else as much of its beginning as fits with `…` behind it."""
    text = one_line(text)
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip(" ,;:-–·") + "…"
