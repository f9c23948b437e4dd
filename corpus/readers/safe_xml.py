"""XML out of files from anywhere, parsed with care."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

from corpus.readers.archives import MOST_ELEMENTS, TooMuch


def safe_xml(part: bytes) -> _Element:
    """The root of one XML file. Entities are not resolved, nothing is fetched, and depth and length are limited.

    Raises XMLSyntaxError where the file is damaged, TooMuch where it has more elements than any interview.
    """
    if part.count(b"<") > MOST_ELEMENTS:
        raise TooMuch("elements")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(part, parser)


def words_in(element: _Element) -> str:
    """All text inside an element."""
    return "".join(map(str, element.itertext()))
