"""How a whole source, and a passage of one, are shown: paragraphs with their codings marked and noted beside them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from coding.coding import Coding, ReadMark, SourceMemo
from coding.word_difference import changed_words
from corpus.anchor import confidence
from corpus.source import Source
from reports.labels import Labels, coding_key, origin_words
from reports.passages import Segment, blocks_at, segments
from reports.words import counted, date_words, joined

BY_PEOPLE = ("person", "sheet", "import")
"""Origins of codings that a person gave. So is one with a stroke in it: a suggestion that a person accepted."""
"""Origins of codings that a person read and judged; all others are named where the coding is shown."""


class CodingNote(msgspec.Struct, frozen=True):
    """What stands beside a paragraph about one coding in it.

    `number` is its place among the codings shown together. `machine` is true where no person coded it, `counts` false
    where its coder does not fill the matrix, `continued` true where it began in a paragraph before. `evidence` is where
    it stands as evidence of a cell, empty where it counts in none. `edited` says what became of it where the text was
    edited after it was coded.
    """

    number: int
    id: str
    code: str
    path: str
    coder: str
    memo: str
    origin: str
    machine: bool
    counts: bool
    continued: bool
    evidence: str
    edited: str = ""


class Block(msgspec.Struct, frozen=True):
    """A heading (`level` from 1) or a paragraph (`level` 0, `number` from 1) with its codings.

    `speaker` is the label that a turn begins with, as written. The numbers in `segments` are those of
    `CodingNote.number`.
    """

    anchor: str
    level: int
    number: int
    speaker: str
    segments: tuple[Segment, ...]
    notes: tuple[CodingNote, ...] = ()


class SourceView(msgspec.Struct, frozen=True):
    """A source as shown. `facts` are short statements of what it is; `memos` are (heading, text)."""

    id: str
    anchor: str
    title: str
    case: str
    case_id: str
    roles: tuple[str, ...]
    facts: tuple[str, ...]
    language: str
    n_codings: str
    memos: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def source_view(
    source: Source,
    codings: Sequence[Coding],
    reads: Sequence[ReadMark],
    memos: Sequence[SourceMemo],
    labels: Labels,
) -> SourceView:
    """The whole source with `codings` (all of this source) marked in it."""
    words = labels.words
    case = labels.study.case_by_id.get(source.meta.case)
    readers = list(dict.fromkeys(mark.coder for mark in reads if not mark.theme))
    read = words.read_by.format(coders=labels.names(readers)) if readers else words.not_read
    n_paragraphs = sum(not block.is_heading for block in source.structure.paragraphs)
    facts = (
        words.kinds[source.meta.kind],
        joined(source.meta.roles, words),
        date_words(source.meta.date, words),
        counted(n_paragraphs, words.paragraphs_one, words.paragraphs_many, words),
        read,
    )
    counting = sum(coding.coder in labels.coders for coding in codings)
    return SourceView(
        id=source.id,
        anchor=labels.source_anchors[source.id],
        title=source.title,
        case=case.label if case else words.no_case,
        case_id=case.id if case else "",
        roles=source.meta.roles,
        facts=tuple(fact for fact in facts if fact),
        language=source.meta.language,
        n_codings=counted(counting, words.codings_one, words.codings_many, words),
        memos=tuple((words.memo_on_source.format(coder=labels.coder(m.coder)), m.text) for m in memos),
        blocks=marked_blocks(source, 0, len(source.structure.paragraphs), codings, labels),
    )


def marked_blocks(
    source: Source, first: int, last: int, codings: Sequence[Coding], labels: Labels
) -> tuple[Block, ...]:
    """The blocks `first` to `last` (exclusive) of the source with `codings` marked and noted."""
    ordered = sorted(codings, key=lambda c: (c.start, -c.end, c.coder, c.id))
    touching: dict[int, list[tuple[int, Coding, bool]]] = {}
    for number, coding in enumerate(ordered):
        begin, stop = blocks_at(source.structure, coding.start, coding.end)
        for index in range(max(begin, first), min(stop, last)):
            touching.setdefault(index, []).append((number, coding, index > begin))
    blocks = source.structure.paragraphs
    return tuple(
        _block(source, index, touching.get(index, ()), labels) for index in range(first, min(last, len(blocks)))
    )


def _block(source: Source, index: int, touching: Sequence[tuple[int, Coding, bool]], labels: Labels) -> Block:
    block = source.structure.paragraphs[index]
    heading = source.structure.headings[block.heading or 0] if block.is_heading else None
    start = source.text.find(heading.title, block.start) if heading else block.body
    end = start + len(heading.title) if heading else block.end
    marks, numbers = [(c.start, c.end) for _, c, _ in touching], [number for number, _, _ in touching]
    return Block(
        anchor=labels.block_anchors[source.id][index],
        level=heading.level if heading else 0,
        number=block.number,
        speaker=source.text[block.start : block.body],
        segments=segments(source.text, start, end, marks, numbers),
        notes=tuple(_note(number, coding, continued, labels) for number, coding, continued in touching),
    )


def _note(number: int, coding: Coding, continued: bool, labels: Labels) -> CodingNote:
    code = labels.codebook.current(coding.code)
    return CodingNote(
        number=number,
        id=coding.id,
        code=labels.code_labels.get(code, code),
        path=labels.code_paths.get(code, code),
        coder=labels.coder(coding.coder),
        memo=coding.memo,
        origin=origin_words(coding.origin, labels.words),
        machine=coding.origin not in BY_PEOPLE and "/" not in coding.origin,
        counts=coding.coder in labels.coders,
        continued=continued,
        evidence=labels.evidence.get(coding_key(coding), ""),
        edited=_edited(coding, labels) if coding.anchor else "",
    )


def _edited(coding: Coding, labels: Labels) -> str:
    """Where the text was edited: that the coding was found elsewhere, that its words are others, and who agreed."""
    words, anchor = labels.words, coding.anchor
    if anchor is None or (anchor.state == "accepted" and coding.placement != "changed"):
        return ""
    said = []
    if coding.placement == "changed":
        said.append(words.edited_words.format(what=changed_words(anchor.coded, coding.quote, words.edited_more)))
    elif coding.placement == "moved":
        said.append(words.edited_place)
    if anchor.state == "accepted":
        said.append(words.edited_accepted.format(coder=labels.coder(anchor.by)))
    else:
        said.append(words.edited_confidence.format(score=confidence(anchor.place.score).replace(".", words.decimal)))
    return "; ".join(said)
