"""Footnotes of a web page: a link down to the words, and a link from there back up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml.etree import _Element

from corpus.readers.safe_xml import words_in

_BLOCKS = frozenset(("p", "li", "div", "dd", "aside", "td", "section", "article", "body"))
_AROUND = frozenset(("div", "li", "aside", "dd"))
_NEAR, _FAR = 3, 6
_MOST_ANSWERS = 5


class HtmlNotes(NamedTuple):
    """The footnotes of a page: link → its mark and the element with its words, and those that are links back up."""

    references: dict[_Element, tuple[str, _Element]]
    blocks: frozenset[_Element]
    back_links: frozenset[_Element]


def find_html_notes(root: _Element) -> HtmlNotes:
    """Every pair of links that point at each other, or at the elements around each other; the first is the reference.

    So footnotes are written by Word, LibreOffice, Pandoc and wikis alike, each with names of their own.
    """
    links = [(link, unquote(href[1:])) for link in root.iter("a") if (href := link.get("href", "")).startswith("#")]
    place = {link: number for number, (link, _) in enumerate(links)}
    at_home: dict[str, list[tuple[_Element, str]]] = {}
    for link, target in links:
        for name in dict.fromkeys(_names(link, _FAR)):
            answers = at_home.setdefault(name, [])
            if len(answers) < _MOST_ANSWERS:
                answers.append((link, target))
    references: dict[_Element, tuple[str, _Element]] = {}
    back_links: set[_Element] = set()
    for link, target in links:
        own = set(_names(link, _NEAR))
        for answer, back in at_home.get(target, ()):
            if back in own and place[answer] > place[link] and link not in back_links:
                mark = _words(link).strip("[]() ") or str(len(references) + 1)
                references[link] = (mark[:12], _note_block(answer, target))
                back_links.add(answer)
                break
    return HtmlNotes(references, frozenset(block for _, block in references.values()), frozenset(back_links))


def _names(link: _Element, most: int) -> Iterator[str]:
    """The names of a link, of what is in it, and of the nearest elements around it."""
    for element in (link, *islice(link, 3)):
        yield from filter(None, (element.get("id"), element.get("name")))
    for number, above in enumerate(link.iterancestors()):
        if number == most:
            return
        if name := above.get("id"):
            yield name


def _note_block(answer: _Element, target: str) -> _Element:
    """The element that holds all words of the footnote which the link `answer` belongs to."""
    named = next((e for e in answer.iterancestors() if e.get("id") == target and e.tag in _BLOCKS), None)
    block = named if named is not None else next((e for e in answer.iterancestors() if e.tag in _BLOCKS), answer)
    above = block.getparent()
    if above is not None and above.tag in _AROUND and (above.get("id") or "mso-element" in above.get("style", "")):
        return above
    return block


def _words(element: _Element) -> str:
    return " ".join(words_in(element).split())


def note_words(block: _Element, back_links: frozenset[_Element]) -> str:
    """The words of a footnote on one line, without the link back up."""
    parts: list[str] = []
    inside = 0
    walk = [(block, False)]
    while walk:
        element, ended = walk.pop()
        if ended:
            inside -= element in back_links
            if element is not block:
                parts += ["", element.tail or ""] if not inside else []
            if element.tag in _BLOCKS or element.tag == "br":
                parts.append(" ")
            continue
        inside += element in back_links
        if not inside and isinstance(element.tag, str) and element.tag not in ("script", "style"):
            parts.append(element.text or "")
        walk.append((element, True))
        walk += [(child, False) for child in reversed(element)]
    return " ".join("".join(parts).split())
