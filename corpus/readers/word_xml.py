"""The XML of Word documents: its names, and how its values are found."""

from __future__ import annotations

from lxml.etree import _Element

from corpus.readers.safe_xml import safe_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def word_xml(part: bytes) -> _Element:
    """The root of one XML part. Entities are not resolved and nothing is fetched; names of strict files are made usual.

    Raises XMLSyntaxError where the part is damaged.
    """
    return safe_xml(part.replace(_STRICT, W[1:-1].encode()))


def value(element: _Element, path: str) -> str:
    """What the `w:val` of the element at `path` says; empty where there is none."""
    found = element.find(f"{W}{path}")
    return found.get(f"{W}val", "") if found is not None else ""
