"""The segments of a study: the paragraphs, or the answers of a transcript, that suggestions are made for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.question_labels import LabelReader, label_reader
from corpus.source import Source
from corpus.text import Paragraph

SegmentKind = Literal["paragraph", "answer"]
_LEAST_QUESTIONS = 0.5
"""A speaker whose turns end with a question mark at least this often is the one who asks."""
_LABEL_LENGTH = 80


class Segment(msgspec.Struct, frozen=True):
    """A stretch `[start, end)` of a source that is read and coded as one.

    `number` is that of its first paragraph, from 1. `headings` are the titles above it, outermost first, `questions`
    the ids that the nearest question label names. `case` is that of its source, empty where it has none. `kind` tells
    what it is compared with: paragraphs with paragraphs, answers with answers. `asked` is what was said right before an
    answer by the one who asks.
    """

    source: str
    start: int
    end: int
    number: int
    text: str
    case: str = ""
    headings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    speaker: str = ""
    kind: SegmentKind = "paragraph"
    asked: str = ""

    @property
    def said(self) -> str:
        """The words to read it by: an answer often does not name what it is about, for the question has."""
        return f"{self.asked}\n{self.text}" if self.asked else self.text


def segments(coded: CodedStudy) -> dict[str, tuple[Segment, ...]]:
    """Source id → its segments in order; a source without text has none."""
    reader = label_reader(coded.codebook, coded.guide)
    return {source.id: tuple(segments_of(source, reader)) for source in coded.study.sources}


def segments_of(source: Source, reader: LabelReader) -> Iterator[Segment]:
    """The segments of one source.

    In a transcript, what is said between two questions is one answer, whoever says it; the questions themselves are no
    segments. Where nobody can be told to be the one who asks, every turn is an answer.
    """
    questions: tuple[str, ...] = ()
    asker, asked = _asker(source), ""
    for group in _groups(source, asker):
        first, last = group[0], group[-1]
        if first.is_heading:
            title = source.structure.headings[first.heading or 0].title
            questions, asked = reader.read(title, is_heading=True)[0], ""
            continue
        label = reader.read(source.text[first.body : first.body + _LABEL_LENGTH], is_heading=False)[0]
        questions = label or questions
        if first.speaker and first.speaker == asker:
            asked = source.text[first.body : last.end]
            continue
        yield Segment(
            source=source.id,
            start=first.body,
            end=last.end,
            number=first.number,
            text=source.text[first.body : last.end],
            case=source.meta.case,
            headings=tuple(heading.title for heading in source.structure.heading_path(first.heading)),
            questions=questions,
            speaker=first.speaker,
            kind="answer" if first.speaker else "paragraph",
            asked=asked if first.speaker else "",
        )


def _asker(source: Source) -> str:
    """The speaker who asks the questions; empty where there is none or only one speaker."""
    turns: dict[str, list[bool]] = defaultdict(list)
    for paragraph in source.structure.paragraphs:
        if paragraph.speaker and paragraph.body < paragraph.end:
            turns[paragraph.speaker].append(source.text[paragraph.body : paragraph.end].rstrip("»”\"' ").endswith("?"))
    if len(turns) < 2:
        return ""
    share, speaker = max((sum(asked) / len(asked), speaker) for speaker, asked in turns.items())
    return speaker if share >= _LEAST_QUESTIONS else ""


def _groups(source: Source, asker: str) -> Iterator[list[Paragraph]]:
    """Paragraphs that belong together: the turns of one answer, else each for itself."""
    group: list[Paragraph] = []
    for paragraph in source.structure.paragraphs:
        if not paragraph.is_heading and paragraph.body >= paragraph.end:
            continue
        goes_on = (
            group
            and paragraph.speaker
            and asker not in (paragraph.speaker, group[-1].speaker)
            and group[-1].speaker
            and asker
        )
        if group and not goes_on:
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def themes_coded(segment: Segment, codings: Iterable[Coding], theme_of: dict[str, str]) -> dict[str, str]:
    """Code → the words of the segment that were given it, for every code of a coding that belongs to the segment.

    A coding belongs to a segment with which it shares at least half of its own characters or of the segment's.
    `theme_of` maps codes to those that are asked for (themes); codes it does not have are left out.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for coding in codings:
        start, end = max(coding.start, segment.start), min(coding.end, segment.end)
        shorter = min(coding.end - coding.start, segment.end - segment.start)
        code = theme_of.get(coding.code)
        if code and end > start and 2 * (end - start) >= shorter:
            found.setdefault(code, []).append((start, end))
    text, zero = segment.text, segment.start
    return {code: " ".join(text[a - zero : b - zero] for a, b in _merged(spans)) for code, spans in found.items()}


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
