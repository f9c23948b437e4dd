"""A part of a document, from one heading to another: the chapters of a report that are to be coded."""

from __future__ import annotations

import msgspec

from corpus.problems import Problem
from corpus.readers.document import Document
from corpus.readers.marks import places_from
from corpus.text import Heading, text_structure


class Part(msgspec.Struct, frozen=True):
    """From the heading `first` (or the beginning) up to the heading `last`, which is left out (or to the end)."""

    first: str = ""
    last: str = ""


def part_of(document: Document, part: Part, file: str) -> tuple[Document | None, list[Problem]]:
    """The part of the document, and that it is one among its repairs; None where a heading is not found.

    A heading is named by its number (`3`), or by the beginning of its words, capitals or not.
    """
    headings = text_structure(document.text).headings
    start, end, problems = 0, len(document.text), []
    begins, ends = "the beginning", "the end"
    if part.first:
        found = _find(headings, part.first, 0)
        start, begins = (found.start, f"»{found.title}«") if found else (0, "")
        problems += [] if found else [_missing(part.first, headings, file)]
    if part.last:
        found = _find(headings, part.last, start + 1)
        end, ends = (found.start, f"»{found.title}«") if found else (end, "")
        problems += [] if found else [_missing(part.last, headings, file)]
    if problems:
        return None, problems
    start = end - len(document.text[start:end].lstrip())
    text = document.text[start:end].rstrip() + "\n"
    places = places_from(document.places, start, len(text) - 1)
    told = f"only a part was imported: from {begins} to {ends}"
    return msgspec.structs.replace(document, text=text, places=places, repairs=(told, *document.repairs)), []


def _find(headings: tuple[Heading, ...], wanted: str, after: int) -> Heading | None:
    """The heading from `after` on with this number, else with this title, else that begins so.

    Of several the one highest in the hierarchy, and of those the first: `4` is chapter 4 and no fourth point of 2.2.
    """
    words = " ".join(wanted.casefold().split())
    later = [heading for heading in headings if heading.start >= after]
    titles = {heading.start: " ".join(heading.title.casefold().split()) for heading in later}
    for fits in (
        lambda h: h.number and h.number == words.rstrip(".)"),
        lambda h: titles[h.start] == words,
        lambda h: titles[h.start].removeprefix(h.number).lstrip(".) ") == words,
        lambda h: titles[h.start].startswith(words),
    ):
        if found := min(filter(fits, later), key=lambda h: (h.level, h.start), default=None):
            return found
    return None


def _missing(wanted: str, headings: tuple[Heading, ...], file: str) -> Problem:
    titles = ", ".join(f"»{heading.title}«" for heading in headings[:12])
    more = f" and {len(headings) - 12} more" if len(headings) > 12 else ""
    hint = f"headings: {titles}{more}" if headings else "the document has no headings"
    return Problem(file, 0, "missing-heading", f"there is no heading »{wanted}« where a part was to begin or end", hint)
