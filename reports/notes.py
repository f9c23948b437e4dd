"""The Read me of a report: what the numbers count, what the material is, who coded, and how to make the file again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from coding.coding import Anchored
from corpus.anchor import confidence
from reports.labels import Labels
from reports.matrix import STATES, ComparisonMatrix
from reports.words import counted, joined


class Section(msgspec.Struct, frozen=True):
    """A heading with its paragraphs, and a list of (term, text) below them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


def notes(
    matrix: ComparisonMatrix,
    other_coders: Sequence[str],
    labels: Labels,
    n_errors: int,
    anchored: Sequence[Anchored] = (),
    has_findings: bool = False,
) -> tuple[Section, ...]:
    """Everything that a reader of the matrix has to know beside it. `other_coders` are shown but do
    not count; `anchored` are codings of edited texts; `has_findings` says that cells hold sentences."""
    words = labels.words
    states = tuple((words.states[state], words.state_meanings[state]) for state in STATES)
    k = labels.study.settings.matrix.excerpts
    excerpts = tuple(text.format(k=k) for text in words.about_excerpts_text)
    listed = (words.about_listed,) if matrix.undecided is None else ()
    left_out = counted(n_errors, words.errors_one, words.errors_many, words)
    problems = (Section(words.about_problems, (left_out,)),) if n_errors else ()
    groups = (
        Section(words.about_counts, words.about_counts_text),
        Section(words.about_groups, _left_out(matrix, labels), _groups(matrix, labels)),
    )
    return (
        *(_findings(labels) if has_findings else ()),
        *(_columns(matrix, labels) or groups),
        Section(words.about_states, (), states),
        Section(words.about_material, _material(matrix, labels)),
        Section(words.about_excerpts, (*excerpts, *listed, words.about_csv)),
        Section(words.about_coders, _coders(matrix, other_coders, labels)),
        *_edited(matrix, anchored, labels),
        *problems,
        Section(words.about_regenerate, words.about_regenerate_text),
    )


def _findings(labels: Labels) -> tuple[Section, ...]:
    """What a sentence rests on, and when groups are said to differ."""
    said = labels.words.finding
    denominator = said.denominators[labels.study.settings.findings.denominator]
    paragraphs = tuple(text.format(denominator=denominator) for text in said.about_findings_text)
    stands = tuple((said.stands[stand], meaning) for stand, meaning in said.stand_meanings.items())
    return (
        Section(said.about_findings, paragraphs, stands),
        Section(said.about_difference, said.about_difference_text),
    )


def _columns(matrix: ComparisonMatrix, labels: Labels) -> tuple[Section, ...]:
    """What a cell holds where columns are codes, and how much text stands in none."""
    if matrix.undecided is None:
        return ()
    words = labels.words
    one, many = words.units[labels.study.settings.matrix.unit]
    several, none = (counted(n, f"1 {one}", many, words) for n in (matrix.undecided.several, matrix.undecided.none))
    said = tuple(text.format(unit=one, several=several, none=none) for text in words.about_columns_text)
    return (Section(words.about_columns, said),)


def _left_out(matrix: ComparisonMatrix, labels: Labels) -> tuple[str, ...]:
    """The sources of a whole study that stand in no column, since their case has no group or they have no case."""
    counted_here = {source.id for source in matrix.sources}
    left = [source.title for source in labels.study.sources if source.id not in counted_here]
    if not left or not counted_here or matrix.filters:
        return ()
    words = labels.words
    n = counted(len(left), words.sources_one, words.sources_many, words)
    return (words.about_left_out.format(sources=n, names=joined(left, words)),)


def _groups(matrix: ComparisonMatrix, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Each group with its size and its cases."""
    return tuple(
        (f"{column.label} ({labels.words.n_is.format(n=len(column.cases))})",
         joined([case.label for case in column.cases], labels.words))
        for column in matrix.columns
    )  # fmt: skip


def _material(matrix: ComparisonMatrix, labels: Labels) -> tuple[str, ...]:
    """What the sources are, by kind, and what that means for their words."""
    words = labels.words
    kinds: Counter[str] = Counter(source.meta.kind for source in matrix.sources)
    counts = []
    for kind, (one, many) in words.source_counts.items():
        if n := kinds[kind]:
            counts.append(one if n == 1 else many.format(n=n))
    said = joined(counts, words)
    what = (f"{said[:1].upper()}{said[1:]}.",) if said else ()
    return (*what, words.about_summaries) if kinds["summary"] else what


def _edited(matrix: ComparisonMatrix, anchored: Sequence[Anchored], labels: Labels) -> tuple[Section, ...]:
    """What became of the matrix's codings in texts that were edited since they were coded."""
    words, sources = labels.words, {source.id: source for source in matrix.sources}
    here = [a for a in anchored if a.coder in labels.coders and a.source in sources]
    changed = [a for a in here if a.counts and a.coded != sources[a.source].text[a.place.start : a.place.end]]
    moved = [a for a in here if a.counts and a not in changed]
    unconfirmed = [a for a in (*moved, *changed) if a.state != "accepted"]
    least = confidence(min((a.place.score for a in unconfirmed), default=1.0)).replace(".", words.decimal)
    parts = ((moved, words.about_moved), (changed, words.about_changed), (unconfirmed, words.about_unconfirmed),
             ([a for a in here if not a.counts], words.about_left))  # fmt: skip
    said = tuple(text[len(those) != 1].format(n=len(those), score=least) for those, text in parts if those)
    return (Section(words.about_edited, said),) if said else ()


def _coders(matrix: ComparisonMatrix, other_coders: Sequence[str], labels: Labels) -> tuple[str, ...]:
    words = labels.words
    said = []
    if matrix.coders:
        said.append(words.about_coders_text.format(coders=labels.names(matrix.coders)))
    if len(matrix.coders) > 1:
        said.append(words.about_union)
    if other_coders:
        said.append(words.about_other_coders.format(coders=labels.names(other_coders)))
    return tuple(said)
