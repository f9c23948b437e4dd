"""Paragraph styles of a Word document: which are headings, in any language of Word, and which are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import msgspec
from lxml.etree import _Element

from corpus.readers.headings import level_of_style
from corpus.readers.word_xml import W, value, word_xml

_TITLES = frozenset(("title", "titel"))


class Style(msgspec.Struct, frozen=True):
    """What a paragraph style says: depth of a heading (0: none), the list that numbers it, title, table of contents."""

    level: int = 0
    num_id: str = ""
    depth: int = 0
    title: bool = False
    contents: bool = False


@lru_cache(maxsize=16)
def read_styles(part: bytes) -> Mapping[str, Style]:
    """Style id → style, with what it takes over from the styles it is based on; `part` is the XML of styles.xml.

    Files that come from one template share their styles, which are read once.
    """
    elements = {
        element.get(f"{W}styleId", ""): element
        for element in word_xml(part).findall(f"{W}style")
        if element.get(f"{W}type", "paragraph") == "paragraph"
    }
    return MappingProxyType({id: _style(id, elements) for id in elements})


def _style(id: str, elements: dict[str, _Element]) -> Style:
    name = value(elements[id], "name").lower() or id.lower()
    level, num_id, depth = 0, "", 0
    seen: set[str] = set()
    above = id
    while above in elements and above not in seen:
        seen.add(above)
        element = elements[above]
        level = level or _level(above, element)
        properties = element.find(f"{W}pPr")
        if properties is not None and not num_id:
            num_id = value(properties, f"numPr/{W}numId")
            own = value(properties, f"numPr/{W}ilvl")
            depth = int(own) if own.isdecimal() else depth
        above = value(element, "basedOn")
    title = name in _TITLES
    contents = name.startswith(("toc ", "indholdsfortegnelse", "verzeichnis ")) or name == "toc"
    return Style(1 if title else level, num_id, depth or max(level - 1, 0) * bool(num_id), title, contents)


def _level(id: str, element: _Element) -> int:
    for name in (value(element, "name"), id):
        if level := level_of_style(name):
            return level
    outline = value(element, f"pPr/{W}outlineLvl")
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0
