"""The numbers that Word prints in front of headings and list items, which stand nowhere in its text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import msgspec
from lxml.etree import _Element

from corpus.readers.word_xml import W, value, word_xml

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 100_000


class Level(msgspec.Struct, frozen=True):
    """How one level of a list is numbered. `text` holds `%1`, `%2` … for the number of each level."""

    start: int
    format: str
    text: str


class Lists(msgspec.Struct, frozen=True):
    """The lists of a document: list id → the pattern it follows, and pattern → its levels by depth."""

    pattern_of: Mapping[str, str]
    levels: Mapping[str, Mapping[int, Level]]


@lru_cache(maxsize=16)
def read_lists(part: bytes) -> Lists:
    """The lists in the XML of numbering.xml. Files that come from one template share them, and they are read once."""
    levels: dict[str, Mapping[int, Level]] = {}
    pattern_of: dict[str, str] = {}
    for element in word_xml(part):
        if element.tag == f"{W}abstractNum":
            levels[element.get(f"{W}abstractNumId", "")] = MappingProxyType(_levels(element))
        elif element.tag == f"{W}num":
            pattern_of[element.get(f"{W}numId", "")] = value(element, "abstractNumId")
    return Lists(MappingProxyType(pattern_of), MappingProxyType(levels))


def _levels(pattern: _Element) -> dict[int, Level]:
    levels = {}
    for element in pattern.findall(f"{W}lvl"):
        start, depth = value(element, "start"), element.get(f"{W}ilvl", "")
        if depth.isdecimal():
            first = int(start) if start.isdecimal() else 1
            levels[int(depth)] = Level(first, value(element, "numFmt") or "decimal", value(element, "lvlText"))
    return levels


class Numbering:
    """Counts the numbered paragraphs of one Word document, in the order in which they come."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.counts: dict[str, dict[int, int]] = {}

    def label(self, num_id: str, depth: int) -> str:
        """What Word prints in front of the next paragraph of this list: `2.1`, `c)`, or `-` for any bullet.

        Empty where the list is not known or has no sign.
        """
        pattern = self.lists.pattern_of.get(num_id, "")
        levels = self.lists.levels.get(pattern, {})
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return "-"
        counts = self.counts.setdefault(pattern, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        label = level.text
        for above in range(depth + 1):
            shown = levels.get(above)
            if shown is not None and f"%{above + 1}" in label:
                counts.setdefault(above, shown.start)
                label = label.replace(f"%{above + 1}", written(counts[above], shown.format))
        return label.strip()


def written(number: int, format: str) -> str:
    """A number in Word's notation of that name: decimal, lowerLetter (aa after z), upperRoman …"""
    if not 0 < number < _MOST:
        return str(number)
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format == "upperLetter" else letter
    if format in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if format == "upperRoman" else roman
    return f"{number:02}" if format == "decimalZero" else str(number)
