"""Pieces of XML as REFI-QDA wants them: no forbidden characters, no empty containers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coding.events import is_time

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile('[&<>"\r\n\t]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_IN_TEXT = re.compile("[&<>\r]")
_ODD = re.compile("[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_IN_TEXT = re.compile("[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Whatever the patterns above look for: most words hold nothing of it."""


def element_text(words: str) -> str:
    """Words as the content of an element."""
    if not _ODD_IN_TEXT.search(words):
        return words
    return _IN_TEXT.sub(lambda found: _ESCAPES[found[0]], allowed(words))


def attribute(words: str) -> str:
    """Words as the value of an attribute."""
    if not _ODD.search(words):
        return words
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], allowed(words))


def allowed(words: str) -> str:
    """The words without characters that XML forbids."""
    return _NO_XML.sub("", words)


def container(name: str, children: Iterable[str]) -> Iterator[str]:
    """The children within an element, or nothing: REFI-QDA allows no empty containers."""
    is_open = False
    for child in children:
        if not is_open:
            yield f"<{name}>\n"
            is_open = True
        yield child
    if is_open:
        yield f"</{name}>\n"


def note_refs(guids: Iterable[str]) -> list[str]:
    """References to notes."""
    return [f'<NoteRef targetGUID="{guid}"/>\n' for guid in guids]


def created(at: str) -> str:
    """The attribute that says when; nothing where that is not known."""
    return f' creationDateTime="{at}"' if at and is_time(at) else ""
