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
    389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 556: "#$?0123456789L_abdeghnopqu«»–", 584: "+<=>~×÷±",
    611: "FTZßø", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQØ", 833: "Mm", 889: "%æ", 944: "Wœ", 1000: "…—ÆŒ",
    1015: "@",
}  # fmt: skip
_WIDTH = {character: width for width, characters in _THOUSANDTHS.items() for character in characters}
_BOLD, _SLACK = 1.07, 1.1
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+")
_BREAK = re.compile(r"(?<=[-/–—›])(?=\w)|(?<= )")


def one_line(text: str) -> str:
    """`text` as it can be drawn: on one line, without characters that XML forbids or that have no shape."""
    return " ".join(_NOT_SHOWN.sub(" ", text).split())


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
    line = ""
    for piece in _BREAK.split(one_line(text)):
        if text_width((line + piece).rstrip(), size, bold) <= width:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        *whole, line = _broken(piece, width, size, bold)
        lines += whole
    lines += [line.rstrip()] if line.strip() else []
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, size, bold))


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in parts that fit, each but the last with a hyphen."""
    parts = []
    while text_width(word.rstrip(), size, bold) > width and len(word.rstrip()) > 2:
        n = 1
        while n < len(word) - 1 and text_width(word[: n + 1] + "-", size, bold) <= width:
            n += 1
        parts.append(word[:n] + "-")
        word = word[n:]
    return [*parts, word]


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """`text` where it fits, else as much of its beginning as fits with `…` behind it."""
    text = one_line(text)
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip(" ,;:-–·") + "…"
