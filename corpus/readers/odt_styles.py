"""Styles and lists of an OpenDocument text: what a paragraph's style says, and how its lists are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec
from lxml.etree import _Element

from corpus.readers.word_numbering import Level, Lists

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

OUTLINE = "\0outline"
"""The name under which the numbering of headings stands among the lists."""

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TITLES = frozenset(("title", "titel"))
_PARAGRAPH_LOOK, _TEXT_LOOK = f"{STYLE}paragraph-properties", f"{STYLE}text-properties"
_DEEPEST = 10


class OdtStyle(msgspec.Struct, frozen=True):
    """What a style says, with what it takes over from its parents.

    `level` is the depth of a heading (0: none); `page` the number of the page that it begins (0: as it comes).
    """

    level: int = 0
    title: bool = False
    bold: bool = False
    hidden: bool = False
    raised: bool = False
    begins_page: bool = False
    page: int = 0
    list_name: str = ""


Styles = Mapping[tuple[str, str], OdtStyle]
"""Family (`paragraph` or `text`) and name → style."""


def read_odt_styles(roots: Iterable[_Element]) -> Styles:
    """The styles in the parts of a document, those of its text after those of the whole."""
    elements = {
        (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")): style
        for root in roots
        for style in root.iter(f"{STYLE}style")
    }
    return MappingProxyType({key: _style(key, elements) for key in elements if key[0] in ("paragraph", "text")})


def _style(key: tuple[str, str], elements: Mapping[tuple[str, str], _Element]) -> OdtStyle:
    found: dict[str, str] = {}
    names: list[str] = []
    family, name = key
    while (family, name) in elements and name not in names:
        style = elements[family, name]
        names.append(name)
        for part in (style, *style.iterfind(_PARAGRAPH_LOOK), *style.iterfind(_TEXT_LOOK)):
            for attribute, value in part.items():
                found.setdefault(str(attribute), str(value))
        found.pop(f"{STYLE}parent-style-name", None)
        name = style.get(f"{STYLE}parent-style-name", "")
    names.append(name)
    level, page = found.get(f"{STYLE}default-outline-level", ""), found.get(f"{STYLE}page-number", "")
    height = found.get(f"{STYLE}text-position", "").split(" ")[0]
    return OdtStyle(
        level=int(level) if level.isdecimal() and int(level) < _DEEPEST else 0,
        title=any(name.replace("_20_", " ").lower() in _TITLES for name in names),
        bold=found.get(f"{FO}font-weight", "") in ("bold", "600", "700", "800", "900"),
        hidden=found.get(f"{TEXT}display", "") == "none",
        raised=height == "super" or (height[:1].isdigit() and not height.startswith("0")),
        begins_page=found.get(f"{FO}break-before", "") == "page" or bool(found.get(f"{STYLE}master-page-name")),
        page=int(page) if page.isdecimal() and len(page) < 6 else 0,
        list_name=found.get(f"{STYLE}list-style-name", ""),
    )


def read_odt_lists(roots: Iterable[_Element]) -> Lists:
    """The lists in the parts of a document, by the name of their style; the numbering of headings is one of them."""
    levels: dict[str, Mapping[int, Level]] = {}
    for root in roots:
        for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
            name = OUTLINE if style.tag == f"{TEXT}outline-style" else style.get(f"{STYLE}name", "")
            levels[name] = MappingProxyType(dict(_level(element) for element in style if _depth(element)))
    return Lists(MappingProxyType({name: name for name in levels}), MappingProxyType(levels))


def _depth(level: _Element) -> int:
    depth = level.get(f"{TEXT}level", "")
    return int(depth) if depth.isdecimal() and int(depth) <= _DEEPEST else 0


def _level(element: _Element) -> tuple[int, Level]:
    depth = _depth(element)
    if element.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
        return depth - 1, Level(1, "bullet", "-")
    format = _FORMATS.get(element.get(f"{STYLE}num-format", ""), "none")
    shown, start = element.get(f"{TEXT}display-levels", "1"), element.get(f"{TEXT}start-value", "1")
    first = depth - min(int(shown) if shown.isdecimal() else 1, depth) + 1
    numbers = ".".join(f"%{above}" for above in range(first, depth + 1))
    text = f"{element.get(f'{STYLE}num-prefix', '')}{numbers}{element.get(f'{STYLE}num-suffix', '')}"
    return depth - 1, Level(int(start) if start.isdecimal() and len(start) < 9 else 1, format, text)
