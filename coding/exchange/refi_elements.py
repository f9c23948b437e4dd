"""What the XML of a REFI-QDA project says, element by element, before anything is made of it.

References are GUIDs as `guid_key` writes them; whatever an element leaves out is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat

import msgspec

from coding.exchange.refi_raw import NO_GUID, RawCase, RawCode, RawCoding, RawSelection, RawSet, RawSource, RawText
from coding.exchange.refi_selections import at_in, known_key, selection_reader, user_in
from coding.exchange.refi_xml import Element, Start, child_text, children, guid_key

TEXTS = ("TextSource", "Representation", "TextDescription", "Transcript", "Note")
SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
NAMES = (
    "Project",
    "User",
    "CodeBook",
    "Variable",
    "Case",
    *SOURCES,
    "Representation",
    "TextDescription",
    "Transcript",
    "Note",
    "Link",
    "Set",
    "Graph",
)
"""The elements that are taken when they have ended."""
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


class RawProject:
    """Everything in the XML, gathered while it is read."""

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self.description = ""
        self.notes_of_project: tuple[str, ...] = ()
        self.users: list[tuple[str, str, str]] = []
        self.codes: list[RawCode] = []
        self.variables: list[tuple[str, str, str, str]] = []
        self.cases: list[RawCase] = []
        self.sources: list[RawSource] = []
        self.notes: list[RawText] = []
        self.links: list[tuple[str, str, str]] = []
        self.sets: list[RawSet] = []
        self.graphs: list[str] = []
        self._selections: list[RawSelection] = []
        self._texts: list[RawText] = []

    def take(self, element: Element) -> None:
        """Take what an element that has ended says."""
        name = element.name
        if name in ("Representation", "TextDescription", "Transcript"):
            self._texts.append(self._text(name, element))
        elif name == "Note":
            self.notes.append(self._text(name, element))
        elif name in SOURCES:
            self.sources.append(self._source(name, element))
        elif name == "Project":
            self._project(element)
        else:
            self._small(name, element)

    def selection_reader(self, parser: expat.XMLParserType) -> tuple[Start, Callable[[str], bool]]:
        """The functions that read selections tag by tag: a project has as many as everything else together."""
        take = lambda found: self._selections.append(found)  # noqa: E731
        return selection_reader(parser, take)

    def _small(self, name: str, element: Element) -> None:
        get = element.get
        guid = guid_key(get("guid"))
        if name == "User":
            self.users.append((guid, (get("name") or "").strip(), (get("id") or "").strip()))
        elif name == "CodeBook":
            self.codes += raw_codes(element)
            self.attributes = self.attributes or element.attributes
        elif name == "Variable":
            kind = (get("typeOfVariable") or "Text").strip().lower()
            self.variables.append((guid, (get("name") or "").strip(), kind, child_text(element, "Description").strip()))
        elif name == "Case":
            self.cases.append(_raw_case(element))
        elif name == "Link":
            self.links.append((guid_key(get("originGUID")), guid_key(get("targetGUID")), (get("name") or "").strip()))
        elif name == "Set":
            self.sets.append(raw_set(element))
        elif name == "Graph":
            self.graphs.append((get("name") or "").strip())

    def _project(self, element: Element) -> None:
        self.attributes = element.attributes
        self.description = child_text(element, "Description").strip()
        self.notes_of_project = _refs(element, "NoteRef")

    def _text(self, kind: str, element: Element) -> RawText:
        selections, self._selections = self._selections, []
        selections += [raw_selection(s, "fromSyncPoint", "toSyncPoint") for s in _transcript_selections(element)]
        found = next(children(element, "PlainTextContent"), None)
        content = None if found is None else found.text
        get = element.get
        return RawText(
            kind,
            guid_key(get("guid")),
            (get("name") or "").strip(),
            (get("plainTextPath") or "").strip(),
            (get("richTextPath") or "").strip(),
            content,
            child_text(element, "Description"),
            user_in(element.attributes),
            at_in(element.attributes),
            selections,
            _codings(element),
            _refs(element, "NoteRef"),
            _values(element),
        )

    def _source(self, kind: str, element: Element) -> RawSource:
        if kind == "TextSource":
            text = self._text(kind, element)
            return RawSource(
                kind,
                text.guid,
                text.name,
                text.plain_path or text.rich_path,
                text.description,
                text.user,
                text.at,
                [text],
                [],
                text.codings,
                text.notes,
                text.values,
            )
        texts, self._texts = self._texts, []
        whole = [text for text in texts if text.guid not in _texts_of_selections(element)]
        selections = [_media_selection(found) for found in element.children if found.name.endswith("Selection")]
        get = element.get
        return RawSource(
            kind,
            guid_key(get("guid")),
            (get("name") or "").strip(),
            (get("path") or get("currentPath") or "").strip(),
            child_text(element, "Description"),
            user_in(element.attributes),
            at_in(element.attributes),
            whole,
            selections,
            _codings(element),
            _refs(element, "NoteRef"),
            _values(element),
        )


def raw_selection(element: Element, start: str, end: str) -> RawSelection:
    """A selection of a text, with the attributes `start` and `end` as they are written."""
    get = element.attributes.get
    codings, notes = _codings(element), _refs(element, "NoteRef")
    description = child_text(element, "Description")
    return RawSelection(
        guid_key(get("guid")),
        get("name", ""),
        get(start, ""),
        get(end, ""),
        user_in(element.attributes),
        at_in(element.attributes),
        description,
        codings,
        notes,
    )


def _media_selection(element: Element) -> RawSelection:
    """A selection of a page, a picture or a recording: where it is, in words, and its own text if it has one."""
    found = raw_selection(element, "begin", "end")
    keys = ("page", "firstX", "firstY", "secondX", "secondY", "begin", "end")
    where = ", ".join(f"{key} {element.get(key)}" for key in keys if element.get(key) is not None)
    inner = next(children(element, "Representation"), None)
    quote = child_text(inner, "PlainTextContent") if inner is not None else ""
    return msgspec.structs.replace(found, media=f"{element.name} ({where})", quote=quote)


def _texts_of_selections(element: Element) -> frozenset[str]:
    found = (inner for s in element.children if s.name.endswith("Selection") for inner in children(s, "Representation"))
    return frozenset(guid_key(inner.get("guid")) for inner in found)


def _transcript_selections(element: Element) -> Iterator[Element]:
    """A transcript's selections, their sync points replaced by the positions that they stand for."""
    points = {guid_key(p.get("guid")): p.get("position") or "" for p in children(element, "SyncPoint")}
    for selection in children(element, "TranscriptSelection"):
        for key in ("fromSyncPoint", "toSyncPoint"):
            selection.attributes[key] = points.get(guid_key(selection.get(key)), "")
        yield selection


def raw_codes(codebook: Element) -> list[RawCode]:
    """All codes below `CodeBook`, each after the one it stands under; however deep, without recursion."""
    found: list[RawCode] = []
    stack = [(code, "") for top in children(codebook, "Codes") for code in children(top, "Code")]
    stack = [*stack, *((code, "") for code in children(codebook, "Code"))][::-1]
    while stack:
        element, parent = stack.pop()
        get = element.get
        guid = guid_key(get("guid")) or f"{NO_GUID}{len(found)}"
        codable = (get("isCodable") or "true").strip().lower() not in ("false", "0")
        found.append(
            RawCode(
                guid,
                (get("name") or "").strip(),
                parent,
                (get("color") or get("colour") or "").strip(),
                codable,
                child_text(element, "Description").strip(),
                _refs(element, "NoteRef"),
            )
        )
        stack += [(below, guid) for below in children(element, "Code")][::-1]
    return found


def raw_set(element: Element) -> RawSet:
    """A set; members are named by `targetGUID` or `guid`."""
    return RawSet(
        guid_key(element.get("guid")),
        (element.get("name") or "").strip(),
        child_text(element, "Description").strip(),
        _refs(element, "MemberCode"),
        _refs(element, "MemberSource"),
        _refs(element, "MemberNote"),
    )


def _raw_case(element: Element) -> RawCase:
    return RawCase(
        guid_key(element.get("guid")),
        (element.get("name") or "").strip(),
        child_text(element, "Description").strip(),
        _refs(element, "CodeRef"),
        _values(element),
        _refs(element, "SourceRef"),
        _refs(element, "SelectionRef"),
    )


def _codings(element: Element) -> tuple[RawCoding, ...]:
    return tuple(_coding(coding) for coding in children(element, "Coding"))


def _coding(element: Element) -> RawCoding:
    code = ""
    notes: tuple[str, ...] = ()
    for child in element.children:
        if child.name == "CodeRef" and not code:
            code = known_key(child.get("targetGUID") or child.get("guid"))
        elif child.name == "NoteRef":
            notes = _refs(element, "NoteRef")
    return RawCoding(
        guid_key(element.attributes.get("guid")), code, user_in(element.attributes), at_in(element.attributes), notes
    )


def _refs(element: Element, name: str) -> tuple[str, ...]:
    return tuple(guid_key(ref.get("targetGUID") or ref.get("guid")) for ref in children(element, name))


def _values(element: Element) -> tuple[tuple[str, str], ...]:
    """(GUID of the variable, value as text) of every value that is not empty."""
    found = []
    for value in children(element, "VariableValue"):
        variable = next(iter(_refs(value, "VariableRef")), "")
        said = next((child.text for child in children(value, *_VALUES)), "")
        if said.strip():
            found.append((variable, said.strip()))
    return tuple(found)
