"""Structural coding: headings and question labels of a themed summary say what the paragraphs are about.

A heading is read as a question label (`3a-3c.`) where it has one, else by its words; where neither is clear,
nothing is said. A paragraph stands under the nearest heading above it that has a theme: sub-headings override
the headings that they belong to. A heading without a theme closes the one before it on the same level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from codebook.codebook import Codebook
from codebook.guide import Guide
from coding.draft import Draft
from coding.heading_words import ThemeWords, meaning, theme_words
from coding.question_labels import LabelReader, label_reader
from corpus.source import Source
from corpus.text import Heading, Paragraph

Why = Literal["question-label", "label", "wording"]
_NUMBERING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+")
_CLEAR_SHARE = 2 / 3


class HeadingTheme(msgspec.Struct, frozen=True):
    """What a heading, or a question label at the beginning of a paragraph, says about the text below it.

    `heading` is its index in the source's headings, None for a paragraph's label. `[start, end)` are its
    words in the text. `code` is a theme or a code below it; `score` is between 0 and 1 (1 for a question
    label). `words` are those that told: of the heading, or the question ids.
    """

    heading: int | None
    start: int
    end: int
    code: str
    score: float
    why: Why
    words: tuple[str, ...]


class _Place(msgspec.Struct, frozen=True):
    """A heading or a paragraph's label: its questions, and its theme where one is clear. It ends at `end`."""

    heading: int | None
    paragraph: int
    end: int
    questions: tuple[str, ...]
    theme: HeadingTheme | None


class _Known(msgspec.Struct, frozen=True):
    """A codebook and guide, and what is made of them once for all sources."""

    codebook: Codebook
    guide: Guide
    labels: LabelReader
    words: ThemeWords


def heading_themes(source: Source, codebook: Codebook, guide: Guide) -> list[HeadingTheme]:
    """The headings and question labels of a source that say clearly which theme follows, in order."""
    return [place.theme for place in _places(source, codebook, guide) if place.theme]


def asked_by_structure(source: Source, codebook: Codebook, guide: Guide) -> frozenset[str]:
    """The themes whose heading or question label stands in the text: they count as asked.

    A label counts for every theme that has the question, also where it is open which of them the text is
    about.
    """
    found: set[str] = set()
    for place in _places(source, codebook, guide):
        found |= _themes_of(place.questions, codebook).keys()
        if place.theme:
            found.add(codebook.theme_of[place.theme.code].id)
    return frozenset(found)


def suggest_by_structure(source: Source, codebook: Codebook, guide: Guide) -> list[Draft]:
    """One draft for each paragraph that stands under a heading or question label with a clear theme.

    A paragraph that is only a question is left out.
    """
    places = _places(source, codebook, guide)
    by_heading = {place.heading: place for place in places if place.heading is not None}
    by_paragraph = {place.paragraph: place for place in places if place.heading is None}
    drafts: list[Draft] = []
    label: _Place | None = None
    for paragraph in source.structure.paragraphs:
        if paragraph.is_heading:
            label = None
            continue
        own = by_paragraph.get(paragraph.number)
        label = own or label
        place = label or _heading_above(source, paragraph, by_heading)
        if place is None or place.theme is None or (own and _is_question_only(source, paragraph, own)):
            continue
        span, evidence = (paragraph.body, paragraph.end), ((place.theme.start, place.theme.end),)
        drafts.append(Draft(source.id, place.theme.code, *span, "structure", evidence, _said(source, place)))
    return drafts


def _heading_above(source: Source, paragraph: Paragraph, by_heading: Mapping[int, _Place]) -> _Place | None:
    """The nearest heading above, from the inside out, that has a theme, a question label or a number.

    A sub-heading without a number divides what its section is about; a numbered one begins something new.
    """
    index = paragraph.heading
    while index is not None:
        place = by_heading[index]
        heading = source.structure.headings[index]
        if place.theme or place.questions or heading.number:
            return place
        index = heading.parent
    return None


def _is_question_only(source: Source, paragraph: Paragraph, place: _Place) -> bool:
    rest = source.text[place.end : paragraph.end].strip()
    return not rest or (rest.endswith("?") and not re.search(r"[.?!]\s", rest))


def _said(source: Source, place: _Place) -> str:
    """Why a paragraph gets its code, in a line."""
    assert place.theme is not None
    told = ", ".join(place.theme.words)
    if place.heading is None:
        return f"question {told}"
    title = source.structure.headings[place.heading].title
    if place.theme.why == "question-label":
        return f"question {told}: '{title}'"
    return f"heading '{title}': {told}"


def _places(source: Source, codebook: Codebook, guide: Guide) -> list[_Place]:
    """All headings, and all paragraphs that begin with a question label, in order."""
    known = _known(codebook, guide)
    headings = source.structure.headings
    title = _title_of(headings, known.labels)
    found: list[_Place] = []
    for paragraph in source.structure.paragraphs:
        if paragraph.is_heading and paragraph.heading is not None:
            heading = headings[paragraph.heading]
            start = source.text.index(heading.title, heading.start)
            words = heading.title if paragraph.heading != title else ""
            found.append(_heading_place(paragraph.heading, start, words, known))
        else:
            words = source.text[paragraph.body : min(paragraph.end, paragraph.body + 80)]
            questions, end = known.labels.read(words, is_heading=False)
            if questions:
                theme = _by_questions(None, paragraph.body, words[:end].rstrip(), questions, "", known)
                found.append(_Place(None, paragraph.number, paragraph.body + end, questions, theme))
    return found


def _heading_place(heading: int, start: int, title: str, known: _Known) -> _Place:
    """What a heading says: by its question label, else by its words."""
    questions, end = known.labels.read(title, is_heading=True)
    if questions:
        theme = _by_questions(heading, start, title, questions, title[end:], known)
    else:
        said = meaning(_NUMBERING.sub("", title), known.words)
        span = (start, start + len(title))
        theme = HeadingTheme(heading, *span, said.code, said.score, said.why, said.words) if said else None
    return _Place(heading, 0, start + len(title), questions, theme)


def _by_questions(
    heading: int | None, start: int, title: str, questions: tuple[str, ...], rest: str, known: _Known
) -> HeadingTheme | None:
    """The theme that most of the questions belong to; between equals, the one that the `rest` of the title means."""
    counts = _themes_of(questions, known.codebook)
    most = max(counts.values(), default=0)
    leading = [theme for theme, count in counts.items() if count == most]
    code, score = "", 0.0
    if len(leading) == 1 and most / len(questions) >= _CLEAR_SHARE:
        code, score = _code_of_questions(leading[0], questions, known.codebook), round(most / len(questions), 2)
    elif leading and (said := meaning(rest, known.words, leading)):
        code, score = said.code, said.score
    if not code:
        return None
    return HeadingTheme(heading, start, start + len(title), code, score, "question-label", questions)


def _themes_of(questions: tuple[str, ...], codebook: Codebook) -> dict[str, int]:
    """Theme → how many of the questions belong to it, in the order of the codebook."""
    if not questions:
        return {}
    of_theme, asked = codebook.questions_of_theme, set(questions)
    counts = {theme.id: len(of_theme[theme.id] & asked) for theme in codebook.active_themes}
    return {theme: count for theme, count in counts.items() if count}


def _code_of_questions(theme: str, questions: tuple[str, ...], codebook: Codebook) -> str:
    """The theme, or the one code below it that alone has these questions."""
    codes = [code for code in codebook.by_id[theme].walk() if not code.replaced_by]
    having = [code.id for code in codes if set(code.questions) & set(questions)]
    return having[0] if len(having) == 1 else theme


def _title_of(headings: tuple[Heading, ...], labels: LabelReader) -> int | None:
    """The index of the heading that is the title of the whole text and says nothing of themes, or None."""
    if len(headings) < 2 or headings[0].number or labels.read(headings[0].title, is_heading=True)[0]:
        return None
    same = [heading for heading in headings if heading.marks <= headings[0].marks and not heading.number]
    return 0 if len(same) == 1 else None


_latest: list[_Known] = []


def _known(codebook: Codebook, guide: Guide) -> _Known:
    """What is made of a codebook and guide; the latest is remembered, since a build asks for every source."""
    known = _latest[0] if _latest else None
    if known is None or known.codebook is not codebook or known.guide is not guide:
        known = _Known(codebook, guide, label_reader(codebook, guide), theme_words(codebook, guide))
        _latest[:] = [known]
    return known
