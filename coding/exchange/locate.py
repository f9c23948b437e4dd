"""Where the words of a list of codings stand in the sources of a study: exactly, nearly, or to be asked about.

Nothing is guessed: words that stand at several places, or are only like something, become a question with its options,
and a coding only when somebody has answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from coding.exchange.codings_list import (
    CodingsList,
    ListedCoding,
    coders_of,
    codes_of,
    project_of,
    segments_only,
)
from coding.exchange.project import Loss, Project, ProjectCoding, ProjectSource
from corpus.anchor import PLACED, Recorded, places
from corpus.ids import make_id
from corpus.problems import Problem
from corpus.source import Source

LEFT_OUT = 0
"""The answer that words stand nowhere."""


_LONG, _MUCH_ALIKE = 40, 0.95
"""A passage this long (characters) that stands nearly so at one place only is taken to be that one."""


class Option(msgspec.Struct, frozen=True):
    """A place where the words may stand: a source's id, the span, and how alike its words are (1.0: the very words)."""

    source: str
    start: int
    end: int
    alike: float


class Question(msgspec.Struct, frozen=True):
    """A row whose words stand at several places, or only nearly at one; its options are numbered from 1."""

    row: int
    words: str
    codes: tuple[str, ...]
    options: tuple[Option, ...]


class Located(msgspec.Struct, frozen=True):
    """A list of codings, placed: the project that it makes, and the questions that are still open."""

    project: Project
    questions: tuple[Question, ...]
    exact: int = 0
    near: int = 0


class _Found(msgspec.Struct, frozen=True):
    row: ListedCoding
    place: Option | None
    options: tuple[Option, ...] = ()


def located(
    listed: CodingsList, sources: Sequence[Source], answers: Mapping[int, int] | None = None
) -> tuple[Located, list[Problem]]:
    """The list with its words found in `sources`, and answers that fit no question.

    A row's document names a source by its id, title or file. A document that is none of the sources is made of its
    segments. Rows without a document are looked for in all sources. `answers`: row → number of an option, 0 to leave
    the row out.
    """
    of_document = {row.document: _source_of(row.document, sources) for row in listed.rows}
    elsewhere = tuple(row for row in listed.rows if row.document and of_document[row.document] is None)
    here = [row for row in listed.rows if row.document not in {other.document for other in elsewhere}]
    found = _found(here, of_document, sources)
    said = answers or {}
    problems = _odd_answers(said, found, listed.file)
    placed, questions, refused = [], [], 0
    for entry in found:
        number = said.get(entry.row.row)
        if entry.place is not None:
            placed.append((entry.row, entry.place))
        elif number is not None and 1 <= number <= len(entry.options):
            placed.append((entry.row, entry.options[number - 1]))
        elif number == LEFT_OUT or not entry.options:
            refused += 1
        else:
            questions.append(Question(entry.row.row, entry.row.words, entry.row.codes, entry.options))
    segments = msgspec.structs.replace(listed, rows=elsewhere, losses=())
    project = project_of(segments, segments_only(segments))
    losses = [*listed.losses, *project.losses]
    if refused:
        losses.append(Loss("segments", "their words stand in no source of the study", count=refused))
    if questions:
        losses.append(
            Loss("segments", "their words stand at several places, or are not quite the same", count=len(questions))
        )
    return Located(
        msgspec.structs.replace(
            project, codes=codes_of(listed), coders=coders_of(listed), losses=tuple(losses),
            sources=(*_own_sources(placed, sources), *project.sources),
            codings=(*(coding for row, place in placed for coding in _codings(row, place, sources)), *project.codings),
        ),
        tuple(questions),
        exact=sum(place.alike == 1 for _, place in placed),
        near=sum(place.alike < 1 for _, place in placed),
    ), problems  # fmt: skip


def _source_of(document: str, sources: Sequence[Source]) -> Source | None:
    """The source that a document's name means; None for none or several."""
    name = document.casefold().strip()
    stem = PurePosixPath(name.replace("\\", "/")).stem if "." in name[-6:] else name
    named = {name, stem, make_id(document), make_id(stem)} if name else set()
    by_id = [source for source in sources if source.id in named]
    by_title = [source for source in sources if source.title.casefold() in named]
    by_file = [s for s in sources if s.meta.origin and PurePosixPath(s.meta.origin.file.casefold()).stem in named]
    return next((found[0] for found in (by_id, by_title, by_file) if len(found) == 1), None)


def _found(
    rows: Sequence[ListedCoding], of_document: Mapping[str, Source | None], sources: Sequence[Source]
) -> list[_Found]:
    """Every row with the place of its words, or what it may be."""
    wanted: dict[str, list[ListedCoding]] = defaultdict(list)
    for row in rows:
        own = of_document.get(row.document)
        for source in (own,) if own is not None else sources:
            wanted[source.id].append(row)
    options: dict[int, list[tuple[Option, bool]]] = defaultdict(list)
    for source in sources:
        searched = wanted.get(source.id, [])
        nowhere = len(source.text)
        marks = [
            Recorded(*((row.start, row.end) if row.start >= 0 else (nowhere, nowhere)), row.words) for row in searched
        ]
        for row, place in zip(searched, places(source.text, marks), strict=True):
            sure = place.how in ("exact", "moved", "changed") and (
                place.how != "exact" or row.start >= 0 or place.count < 2
            )
            options[row.row] += [
                (Option(source.id, c.start, c.end, c.words), sure and n == 0) for n, c in enumerate(place.candidates)
            ] or ([(Option(source.id, place.start, place.end, 1.0), sure)] if place.how == "exact" else [])
    return [_decided(row, options[row.row]) for row in rows]


def _decided(row: ListedCoding, options: Sequence[tuple[Option, bool]]) -> _Found:
    """The one place that is sure, where all the very words stand in one source alone; else the options, best first."""
    sure = [option for option, is_sure in options if is_sure]
    very = [option for option, _ in options if option.alike == 1]
    if len(sure) == 1 and all(option is sure[0] for option in very) and (very or sure[0].alike >= PLACED):
        return _Found(row, sure[0])
    if len(sure) == 1 and row.start >= 0 and sure[0].start == row.start and sure[0].alike == 1:
        return _Found(row, sure[0])
    near = [option for option, _ in options if option.alike >= _MUCH_ALIKE]
    if len(near) == len(options) == 1 and len(row.words) >= _LONG:
        return _Found(row, near[0])
    ordered = sorted((option for option, _ in options), key=lambda o: (-o.alike, o.source, o.start))
    return _Found(row, None, tuple(dict.fromkeys(ordered))[:9])


def _odd_answers(answers: Mapping[int, int], found: Sequence[_Found], file: str) -> list[Problem]:
    most = {entry.row.row: len(entry.options) for entry in found if entry.place is None}
    return [
        Problem(file, row, "bad-value", f"there is no place {number} for the words of this row")
        for row, number in answers.items()
        if number != LEFT_OUT and row in most and not 1 <= number <= most[row]
    ]


def _own_sources(placed: Sequence[tuple[ListedCoding, Option]], sources: Sequence[Source]) -> list[ProjectSource]:
    """The study's sources in which something was found, as a project has them."""
    used = {place.source for _, place in placed}
    return [ProjectSource(s.id, s.title, s.text, id=s.id) for s in sources if s.id in used]


def _codings(row: ListedCoding, place: Option, sources: Sequence[Source]) -> list[ProjectCoding]:
    text = next(source.text for source in sources if source.id == place.source)
    words = text[place.start : place.end]
    return [
        ProjectCoding(place.source, place.start, place.end, code, row.coder, row.memo, row.at, words)
        for code in row.codes
    ]
