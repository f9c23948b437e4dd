"""Selections of texts read tag by tag, without an element for any of them: a project may have a million."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from coding.exchange.refi_raw import RawCoding, RawSelection
from coding.exchange.refi_xml import SELECTION, Start, guid_key

known_key = lru_cache(maxsize=4096)(guid_key)
"""`guid_key` for GUIDs that recur: of users and codes."""


def selection_reader(
    parser: expat.XMLParserType, take: Callable[[RawSelection], None]
) -> tuple[Start, Callable[[str], bool]]:
    """Functions for the tags of a selection: its description, its codings with their codes and notes, its notes."""
    selection: dict[str, str] = {}
    coding: dict[str, str] | None = None
    code = ""
    codings: list[RawCoding] = []
    notes: list[str] = []
    notes_on_coding: list[str] = []
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal selection, coding, code
        name = tag if ":" not in tag else tag.rpartition(":")[2]
        if name == "CodeRef":
            code = code or known_key(attributes.get("targetGUID") or attributes.get("guid"))
        elif name == "Coding":
            coding, code = attributes, ""
        elif name == SELECTION:
            selection, coding = attributes, None
        elif name == "NoteRef":
            guid = known_key(attributes.get("targetGUID") or attributes.get("guid"))
            (notes if coding is None else notes_on_coding).append(guid)
        elif name == "Description":
            parser.CharacterDataHandler = words.append

    def end(tag: str) -> bool:
        nonlocal coding
        name = tag if ":" not in tag else tag.rpartition(":")[2]
        if name == "Coding" and coding is not None:
            guid = guid_key(coding.get("guid"))
            codings.append(RawCoding(guid, code, user_in(coding), at_in(coding), tuple(notes_on_coding)))
            coding = None
            notes_on_coding.clear()
        elif name == "Description":
            parser.CharacterDataHandler = None
        elif name == SELECTION:
            get = selection.get
            take(
                RawSelection(
                    guid_key(get("guid")),
                    get("name", ""),
                    get("startPosition", ""),
                    get("endPosition", ""),
                    user_in(selection),
                    at_in(selection),
                    "".join(words) if words else "",
                    tuple(codings),
                    tuple(notes) if notes else (),
                )
            )
            codings.clear()
            notes.clear()
            words.clear()
            return True
        return False

    return start, end


def user_in(attributes: dict[str, str]) -> str:
    """The GUID of the user who made the thing, or changed it last."""
    said = attributes.get("creatingUser") or attributes.get("creatingUserGUID") or attributes.get("modifyingUser")
    return known_key(said) if said else ""


def at_in(attributes: dict[str, str]) -> str:
    """When the thing was made, or changed last."""
    return attributes.get("creationDateTime") or attributes.get("modifiedDateTime") or ""
