"""How a cell is shown: its count in words, what holds for every case, excerpts, and all its evidence in context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from coding.coding import Coding
from corpus.source import Source
from reports.chart_view import ChartView
from reports.citation import citation
from reports.labels import Labels, coding_key
from reports.matrix import CaseTheme, Cell, Excerpt, State
from reports.passages import blocks_at, spans
from reports.sentences import asked_line, case_facts, count_line, rest_line
from reports.source_view import Block, marked_blocks
from reports.words import Words, digits

ChartKey = tuple[str, str]
"""Case and theme."""


class ExcerptView(msgspec.Struct, frozen=True):
    """An excerpt as a cell shows it: its words in quotation marks, and its citation.

    `note` says that the words are not the informant's own (*referat*). `anchor` is its place among the evidence,
    `source_anchor` its paragraph in the source, `row` its number in the list of excerpts (0 where it has none).
    """

    quote: str
    citation: str
    note: str
    anchor: str
    source_id: str
    source_anchor: str
    case_id: str
    roles: tuple[str, ...]
    row: int


class Passage(msgspec.Struct, frozen=True):
    """Whole paragraphs of a source with the codings of one cell marked in them."""

    anchor: str
    source_id: str
    source_anchor: str
    roles: tuple[str, ...]
    citation: str
    note: str
    blocks: tuple[Block, ...]


class CaseView(msgspec.Struct, frozen=True):
    """One case in a cell: its state in a word, whether it was asked, what there is of it, and its passages."""

    id: str
    label: str
    anchor: str
    state: State
    state_label: str
    facts: str
    roles: tuple[str, ...]
    passages: tuple[Passage, ...]
    chart: ChartView | None = None


class CellView(msgspec.Struct, frozen=True):
    """A cell in words. `numbers` are (name, number) pairs without noughts; `state` is `mentioned` where any case does.

    `listed` are the first and last number of its codings in the list of excerpts, 0 where it has none.
    """

    anchor: str
    column: str
    count: str
    rest: str
    asked: str
    state: State
    numbers: tuple[tuple[str, str], ...]
    cases: tuple[CaseView, ...]
    excerpts: tuple[ExcerptView, ...]
    listed: tuple[int, int]


def cell_view(cell: Cell, key: str, labels: Labels, charts: Mapping[ChartKey, ChartView]) -> CellView:
    """The cell in words; `key` is its column's name in links, `charts` the summaries of its cases."""
    words = labels.words
    numbers = (
        (words.n_mentioning, cell.n_mentioning),
        (words.n_asked_name, cell.n_asked),
        (words.n_unknown_name, cell.n_unknown),
        (words.n_applicable, cell.n_applicable),
        (words.n_group, cell.n_group),
        (words.n_codings, cell.n_codings),
    )
    return CellView(
        anchor=labels.name(f"cell-{cell.theme.id}-{key}"),
        column=cell.column.label,
        count=count_line(cell, words),
        rest=rest_line(cell, words),
        asked=asked_line(cell, words),
        state="mentioned" if cell.n_mentioning else _silent_state(cell.cases),
        numbers=tuple((said, digits(n, words)) for said, n in numbers if n),
        cases=tuple(_case_view(case, labels, charts.get((case.case.id, cell.theme.id))) for case in cell.cases),
        excerpts=tuple(excerpt_view(excerpt, labels) for excerpt in cell.excerpts),
        listed=_listed(cell, labels),
    )


def _listed(cell: Cell, labels: Labels) -> tuple[int, int]:
    rows = [labels.row_of[coding_key(coding)] for coding in cell.codings]
    return (min(rows), max(rows)) if rows else (0, 0)


def _silent_state(cases: Sequence[CaseTheme]) -> State:
    """The state that most cases of a cell without mentions have; the first of them where several are as many."""
    states = [case.state for case in cases]
    return max(states, key=states.count) if states else "unknown"


def _case_view(case: CaseTheme, labels: Labels, chart: ChartView | None) -> CaseView:
    by_source: dict[str, list[Coding]] = {}
    for coding in case.codings:
        by_source.setdefault(coding.source, []).append(coding)
    return CaseView(
        id=case.case.id,
        label=case.case.label,
        anchor=labels.name(f"case-{case.theme.id}-{case.case.id}"),
        state=case.state,
        state_label=labels.words.states[case.state],
        facts=case_facts(case, labels.words),
        roles=tuple(dict.fromkeys(role for source in case.sources for role in source.meta.roles)),
        passages=tuple(p for s in case.sources for p in _passages(s, by_source.get(s.id, ()), labels)),
        chart=chart,
    )


def _passages(source: Source, codings: Sequence[Coding], labels: Labels) -> Iterator[Passage]:
    for span in spans(source, codings):
        start, end = span.codings[0].start, max(coding.end for coding in span.codings)
        yield Passage(
            anchor=labels.evidence[coding_key(span.codings[0])],
            source_id=source.id,
            source_anchor=_place_anchor(source, start, end, labels),
            roles=source.meta.roles,
            citation=citation(labels.study, source, start, end, labels.words),
            note=labels.words.kind_notes[source.meta.kind],
            blocks=marked_blocks(source, span.first, span.last, span.codings, labels),
        )


def excerpt_view(excerpt: Excerpt, labels: Labels) -> ExcerptView:
    """The excerpt in quotation marks with its citation. It rests on at least one coding; where that is none of the
    matrix (another coder's, named as evidence), the excerpt leads to its place in the source."""
    source, words = excerpt.source, labels.words
    at = _place_anchor(source, excerpt.start, excerpt.end, labels)
    first = coding_key(excerpt.codings[0])
    return ExcerptView(
        quote=quoted(excerpt.text, words),
        citation=citation(labels.study, source, excerpt.start, excerpt.end, words),
        note=words.kind_notes[source.meta.kind],
        anchor=labels.evidence.get(first, at),
        source_id=source.id,
        source_anchor=at,
        case_id=source.meta.case,
        roles=source.meta.roles,
        row=labels.row_of.get(first, 0),
    )


def _place_anchor(source: Source, start: int, end: int, labels: Labels) -> str:
    """The first paragraph that `[start, end)` touches; the source itself where it has none."""
    blocks = labels.block_anchors[source.id]
    return blocks[blocks_at(source.structure, start, end)[0]] if blocks else labels.source_anchors[source.id]


def quoted(text: str, words: Words) -> str:
    """Words of a source between quotation marks, on one line."""
    return f"{words.quotes[0]}{' '.join(text.split())}{words.quotes[1]}"
