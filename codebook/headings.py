"""A first codebook from the headings of a text, for reports that are compared section by section."""

from __future__ import annotations

from codebook.codebook import Code, Codebook
from corpus.ids import make_id
from corpus.source import Source
from corpus.text import Heading


def codebook_from_headings(source: Source, language: str) -> Codebook:
    """One theme for each section that has no numbered section below it, in order; a number is not part of its label.

    Where no heading carries a number, every heading that has none below it is a theme. A title that stands twice is
    one theme.
    """
    themes: dict[str, Code] = {}
    for heading in _sections(source.structure.headings):
        label = heading.title.removeprefix(heading.number).lstrip(".) \t") or heading.title
        id = make_id(label, {theme.id for theme in themes.values()})
        said = f"{heading.number} {label}".strip()
        definition = (
            f"Hvad teksten siger i afsnittet »{said}«." if language == "da" else f"What the text says under “{said}”."
        )
        themes.setdefault(label.casefold(), Code(id, label, definition))
    return Codebook(tuple(themes.values()))


def _sections(headings: tuple[Heading, ...]) -> list[Heading]:
    """The innermost headings among those that carry a number, or among all where none does."""
    counted = [(i, h) for i, h in enumerate(headings) if h.number] or list(enumerate(headings))
    above = {_above(h.parent, headings, {i for i, _ in counted}) for _, h in counted}
    return [heading for index, heading in counted if index not in above]


def _above(index: int | None, headings: tuple[Heading, ...], counted: set[int]) -> int | None:
    while index is not None and index not in counted:
        index = headings[index].parent
    return index
