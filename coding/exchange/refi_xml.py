"""REFI-QDA's XML, read piece by piece: no entities, memory bounded, well-formed as far as it can be made.

Elements are known by their local names, since the namespace differs between tools and versions. Selections, of which
there may be a million, are handed over as lxml has them; everything else as an `Element`, which is easier to read.
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
_CHUNK = 1 << 16
_LONGEST_PROLOG = 64
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


class Handler(Protocol):
    """Who gets the elements."""

    def take(self, element: Element) -> None:
        """An element that has ended."""

    def take_selection(self, found: Any) -> None:
        """A selection of a text, as lxml has it; it is emptied afterwards."""


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


def read_elements(
    package: Package, member: str, file: str, new_handler: Callable[[], Handler], names: Collection[str]
) -> None:
    """Give each selection of a text and each element of these names, when it has ended, to a handler.

    XML with characters or an encoding that it may not have is mended; then a new handler starts from the beginning.
    Raises Unreadable.
    """
    from lxml import etree

    try:
        with package.open(member) as stream:
            _check_beginning(stream, file)
        with package.open(member) as stream:
            _read(_Counted(stream, file), file, new_handler(), names)
    except (expat.ExpatError, etree.XMLSyntaxError, LookupError, ValueError) as error:
        mended = _mended(package, member)
        if mended is None:
            raise Unreadable(_fault(error, file)) from error
        try:
            _check_beginning(io.BytesIO(mended), file)
            _read(io.BytesIO(mended), file, new_handler(), names)
        except (expat.ExpatError, etree.XMLSyntaxError, LookupError, ValueError) as again:
            raise Unreadable(_fault(again, file)) from again


SELECTION = "PlainTextSelection"
_FOR_THEIR_SOURCE = ("Representation", "TextDescription", "Transcript")
"""Elements that the source around them needs again."""


def _read(stream: Any, file: str, handler: Handler, names: Collection[str]) -> None:
    """Hand over every element of these names when it ends, and free it. Raises etree.XMLSyntaxError."""
    from lxml import etree

    local: dict[str, str] = {}
    events = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{name}" for name in (SELECTION, *names)],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    for _, found in events:
        name = local.get(found.tag) or local.setdefault(found.tag, found.tag.rpartition("}")[2])
        if name == SELECTION:
            handler.take_selection(found)
        else:
            handler.take(_element(found, file))
        if name not in _FOR_THEIR_SOURCE:
            found.clear()
            before = found.getprevious()
            if before is not None and before.tag == found.tag:
                found.getparent().remove(before)


def _element(found: Any, file: str) -> Element:
    """An element of lxml with all in it as one of ours."""
    top = Element("", {})
    stack = [(found, top, 0)]
    while stack:
        node, parent, depth = stack.pop()
        if depth > _DEEPEST:
            raise Unreadable(_problem(file, f"the XML is nested more than {_DEEPEST} deep"))
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        element = Element(name, {key.rpartition("}")[2]: value for key, value in node.items()})
        parent.children.append(element)
        if name in _WITH_TEXT:
            element.text = "".join(node.itertext()) if len(node) else (node.text or "")
        else:
            stack += [(child, element, depth + 1) for child in reversed(node)]
    return top.children[0]


class _Counted:
    """A stream that ends where no project's XML is larger, and whose beginning was looked at before."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        self.stream, self.left, self.file = stream, _LARGEST, file

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises Unreadable where there were too many."""
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise Unreadable(_problem(self.file, "the project's XML is larger than a gigabyte"))
        return data


class _Begun(Exception):
    """The first element has begun, and no document type was declared before it."""


def _check_beginning(stream: IO[bytes], file: str) -> None:
    """Read up to the first element. Raises Unreadable where a document type is declared, and expat.ExpatError."""

    def declared(*_: object) -> None:
        said = "the XML declares a document type, which a REFI-QDA file never does and which can hide an attack"
        raise Unreadable(_problem(file, said))

    def begun(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        for _ in range(_LONGEST_PROLOG):
            data = stream.read(_CHUNK)
            parser.Parse(data, not data)
    except _Begun:
        return
    raise Unreadable(_problem(file, "the project's XML does not begin"))


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
