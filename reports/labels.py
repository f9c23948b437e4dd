"""What all views of one report share: its wording, who codes, and what every place in it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from codebook.codebook import Code, Codebook
from coding.coding import Coding
from corpus.study import Study
from reports.matrix import ComparisonMatrix
from reports.wording.nouns import Noun, noun_of
from reports.words import Words, joined, words_for

CHAPTERS = (
    "matrix", "framework", "pictures", "tabulations", "evidence", "sources", "codebook", "about", "top", "panel",
)  # fmt: skip
"""Places in a page that nothing else may be named like."""

CodingKey = tuple[str, str, str, int]
"""Source, coder, id and start: what tells a coding from all others, even where two logs hold the same id, and the
passages of one coding from each other where columns are codes."""


class Labels(msgspec.Struct, frozen=True):
    """The study, its wording, and names for everything that can be linked to.

    `coders` fill the matrix. `name` gives a wanted name for a place once. `evidence` is where a coding stands as
    evidence of its cell, `row_of` its number in the list of excerpts, from 1; both hold the codings of the matrix only.
    `is_part`: the matrix is of some of the cases or sources only.
    """

    study: Study
    codebook: Codebook
    words: Words
    coders: frozenset[str]
    name: Callable[[str], str]
    code_labels: Mapping[str, str]
    code_paths: Mapping[str, str]
    source_anchors: Mapping[str, str]
    block_anchors: Mapping[str, tuple[str, ...]]
    evidence: Mapping[CodingKey, str]
    row_of: Mapping[CodingKey, int]
    noun: Noun
    is_part: bool = False

    def coder(self, id: str) -> str:
        """The coder's name, else id."""
        return self.study.settings.coders.get(id, id)

    def names(self, coders: Sequence[str]) -> str:
        """Several coders as a list in a sentence."""
        return joined([self.coder(id) for id in coders], self.words)


def labels_of(study: Study, codebook: Codebook, matrix: ComparisonMatrix) -> Labels:
    """The labels of one report. Codings are named and numbered in the order of the matrix, cell by cell."""
    words = words_for(study.settings.report_language)
    name = unique_names()
    for chapter in CHAPTERS:
        name(chapter)
    sources, blocks = block_names(study, name)
    codings = [coding for row in matrix.rows for cell in row.cells for coding in cell.codings]
    return Labels(
        study=study,
        codebook=codebook,
        words=words,
        coders=frozenset(matrix.coders),
        name=name,
        code_labels={code.id: code.label for code in codebook.by_id.values()},
        code_paths=code_paths(codebook),
        source_anchors=sources,
        block_anchors=blocks,
        evidence={coding_key(coding): name(f"excerpt-{coding.id}") for coding in codings},
        row_of={coding_key(coding): number for number, coding in enumerate(codings, 1)},
        noun=noun_of(study.settings.groups.noun, study.settings.report_language),
        is_part=bool(matrix.filters),
    )


def code_paths(codebook: Codebook) -> dict[str, str]:
    """Id → label, a code's behind those that it stands under: `Ressourcer › Personale`."""
    return {id: path for theme in codebook.themes for id, path in _paths(theme, "")}


def _paths(code: Code, above: str) -> Iterator[tuple[str, str]]:
    path = f"{above} › {code.label}" if above else code.label
    yield code.id, path
    for below in code.codes:
        yield from _paths(below, path)


def origin_words(origin: str, words: Words) -> str:
    """Where a coding comes from, in words; one taken from a suggestion names the suggester and its version."""
    if "/" in origin:
        return words.accepted_suggestion.format(origin=origin)
    return words.origins.get(origin, origin)


def coding_key(coding: Coding) -> CodingKey:
    """The key of a coding."""
    return coding.source, coding.coder, coding.id, coding.start


def unique_names() -> Callable[[str], str]:
    """A function that gives each wanted name once: a name wanted again gets a number behind it."""
    taken: set[str] = set()
    last: dict[str, int] = {}

    def name(wanted: str) -> str:
        given = wanted
        while given in taken:
            last[wanted] = last.get(wanted, 1) + 1
            given = f"{wanted}--{last[wanted]}"
        taken.add(given)
        return given

    return name


def block_names(study: Study, name: Callable[[str], str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The place in the page of each source, and of each paragraph (`-p12`) and heading (`-h3`) in it."""
    sources = {source.id: name(f"source-{source.id}") for source in study.sources}
    blocks = {}
    for source in study.sources:
        inside = source.structure.paragraphs
        marks = [f"h{(block.heading or 0) + 1}" if block.is_heading else f"p{block.number}" for block in inside]
        blocks[source.id] = tuple(name(f"{sources[source.id]}-{mark}") for mark in marks)
    return sources, blocks
