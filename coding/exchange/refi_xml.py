"""REFI-QDA's XML, read piece by piece: no entities, memory bounded, well-formed as far as it can be made.

Elements are known by their local names, since the namespace differs between tools and versions. The parser is expat,
which calls a function for each tag and builds nothing: of a hundred thousand selections none is ever an element.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterator
from typing import IO, Any, Protocol
from xml.parsers import expat

import msgspec

from coding.exchange.refi_package import Package
from corpus.problems import Problem

_LARGEST = 1_000_000_000
_LARGEST_MENDED = 400_000_000
_DEEPEST = 500
_CHUNK = 1 << 18
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml.*?\?>", re.DOTALL)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});")
_BARE_AMPERSAND = re.compile(r"&(?!#|amp;|lt;|gt;|quot;|apos;)")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WITH_TEXT = frozenset(
    (
        "Description",
        "PlainTextContent",
        "TextValue",
        "BooleanValue",
        "IntegerValue",
        "FloatValue",
        "DateValue",
        "DateTimeValue",
    )
)
"""The elements whose characters mean something; markup within them is left out and its characters are kept."""


class Element(msgspec.Struct, gc=False):
    """An element: its local name, its attributes, the elements in it, and its characters where they mean something."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = []
    text: str = ""

    def get(self, name: str) -> str | None:
        """The attribute of this name."""
        return self.attributes.get(name)


Start = Callable[[str, dict[str, str]], None]
"""What is called with the name and attributes of a tag."""


class Handler(Protocol):
    """Who gets the elements."""

    def take(self, element: Element) -> None:
        """An element that has ended."""

    def selection_reader(self, parser: expat.XMLParserType) -> tuple[Start, Callable[[str], bool]]:
        """Functions that get the tags of selections, from the selection's own on; the second one says at each end
        whether the selection has ended."""


def guid_key(guid: str | None) -> str:
    """A GUID as we compare it: lower case, without braces."""
    if not guid:
        return ""
    if len(guid) == 36 and guid.isascii():
        return guid.lower()
    return _DASHES.sub("-", guid.strip()).strip("{}").strip().lower()


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements in this one with one of these names."""
    return (child for child in element.children if child.name in names)


def child_text(element: Element, name: str) -> str:
    """The text of the first element of this name in this one; empty where there is none."""
    return next((child.text for child in element.children if child.name == name), "")


class Unreadable(Exception):
    """The XML cannot be read; the problem says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


SELECTION = "PlainTextSelection"
_FOR_THEIR_SOURCE = ("Representation", "TextDescription", "Transcript")
"""Elements that the source around them needs again."""


def read_elements(
    package: Package, member: str, file: str, new_handler: Callable[[], Handler], names: Collection[str]
) -> None:
    """Give each selection of a text and each element of these names, when it has ended, to a handler.

    XML with characters or an encoding that it may not have is mended; then a new handler starts from the beginning.
    Raises Unreadable.
    """
    try:
        with package.open(member) as stream:
            _Reader(file, new_handler(), names).read(stream)
    except (expat.ExpatError, LookupError, ValueError) as error:
        mended = _mended(package, member)
        if mended is None:
            raise Unreadable(_fault(error, file)) from error
        try:
            _Reader(file, new_handler(), names).read(io.BytesIO(mended))
        except (expat.ExpatError, LookupError, ValueError) as again:
            raise Unreadable(_fault(again, file)) from again


class _Reader:
    """Builds elements as the parser meets them, and hands those of the names wanted over when they end."""

    def __init__(self, file: str, handler: Handler, names: Collection[str]) -> None:
        self.file, self.handler, self.names = file, handler, frozenset(names)
        self.stack: list[Element] = [Element("", {})]
        self.text_of: Element | None = None
        self.parts: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.in_selection, self.ends_selection = handler.selection_reader(self.parser)

    def read(self, stream: IO[bytes]) -> None:
        """Parse a stream to its end. Raises expat.ExpatError and Unreadable."""
        left = _LARGEST
        while data := stream.read(_CHUNK):
            left -= len(data)
            if left < 0:
                raise Unreadable(_problem(self.file, "the project's XML is larger than a gigabyte"))
            self.parser.Parse(data, False)
        self.parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        said = "the XML declares a document type, which a REFI-QDA file never does and which can hide an attack"
        raise Unreadable(_problem(self.file, said))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == SELECTION and self.text_of is None:
            self.parser.StartElementHandler = self.in_selection
            self.parser.EndElementHandler = self._end_in_selection
            self.in_selection(name, attributes)
            return
        element = Element(name, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        self.stack[-1].children.append(element)
        self.stack.append(element)
        if len(self.stack) > _DEEPEST:
            raise Unreadable(_problem(self.file, f"the XML is nested more than {_DEEPEST} deep"))
        if name in _WITH_TEXT and self.text_of is None:
            self.text_of = element
            self.parser.CharacterDataHandler = self.parts.append

    def _end_in_selection(self, tag: str) -> None:
        if self.ends_selection(tag):
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    def _end(self, _: str) -> None:
        element = self.stack.pop()
        if self.text_of is element:
            self.parser.CharacterDataHandler = None
            element.text = "".join(self.parts)
            self.text_of, self.parts = None, []
        elif element.name in self.names:
            self.handler.take(element)
            if element.name not in _FOR_THEIR_SOURCE:
                self.stack[-1].children.pop()


def _mended(package: Package, member: str) -> bytes | None:
    """The XML with what is not allowed in it replaced, one character for one; None where nothing could be mended."""
    with package.open(member) as stream:
        data = stream.read(_LARGEST_MENDED + 1)
    if len(data) > _LARGEST_MENDED:
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    text = _BARE_AMPERSAND.sub("&amp;", _NO_XML.sub(" ", _DECLARATION.sub("", text)))
    text = _REFERENCE.sub(lambda found: " " if _is_forbidden(found[1]) else found[0], text)
    mended = text.encode("utf-8")
    return mended if mended != data else None


def _is_forbidden(number: str) -> bool:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code > 0x10FFFF or _NO_XML.match(chr(code)) is not None


def _fault(error: Any, file: str) -> Problem:
    said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error).split(", line")[0]
    near = "Export the project anew; if it is damaged there too, repair it in the program it came from first."
    line = int(getattr(error, "lineno", 0) or 0)
    return Problem(file, line, "unreadable-file", f"the project's XML breaks off or is damaged: {said}", near)


def _problem(file: str, said: str) -> Problem:
    return Problem(file, 0, "unreadable-file", said, "Export the project anew from the program it came from.")
