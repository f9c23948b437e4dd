"""How the codebook is shown: every theme and code with what it says, and how often it was used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from reports.labels import Labels
from reports.matrix import ComparisonMatrix
from reports.words import Words, counted

_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")


class CodeView(msgspec.Struct, frozen=True):
    """A theme (`level` 0) or a code below it. `details` are (name, texts) of what the codebook says about it.

    `count` is `12 codings`, empty where there are none; `n_codings` is the same as a number.
    """

    id: str
    anchor: str
    level: int
    theme: str
    label: str
    details: tuple[tuple[str, tuple[str, ...]], ...]
    count: str
    n_codings: int
    color: str = ""
    """`#rrggbb`, as another program showed the code; empty where there is none."""


def codebook_view(
    codebook: Codebook, guide: Guide, matrix: ComparisonMatrix, anchors: Mapping[str, str], labels: Labels
) -> tuple[CodeView, ...]:
    """Every theme and code in order; `anchors` says where each stands in the page."""
    words = labels.words
    codings = (coding for row in matrix.rows for cell in row.cells for coding in cell.codings)
    used = Counter(codebook.current(coding.code) for coding in codings)
    return tuple(
        CodeView(
            id=code.id,
            anchor=anchors[code.id],
            level=level,
            theme=theme.label,
            label=code.label,
            details=tuple(_details(code, guide, words)),
            count=counted(used[code.id], words.codings_one, words.codings_many, words) if used[code.id] else "",
            n_codings=used[code.id],
            color=code.color if _COLOR.fullmatch(code.color) else "",
        )
        for theme, code, level in _with_levels(codebook)
    )


def _with_levels(codebook: Codebook) -> Iterator[tuple[Code, Code, int]]:
    """Each code once, with its theme and how deep below it stands."""
    seen: set[str] = set()

    def walk(theme: Code, code: Code, level: int) -> Iterator[tuple[Code, Code, int]]:
        if code.id not in seen:
            seen.add(code.id)
            yield theme, code, level
        for below in code.codes:
            yield from walk(theme, below, level + 1)

    for theme in codebook.themes:
        yield from walk(theme, theme, 0)


def _details(code: Code, guide: Guide, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the codebook says of a code, under the names of its fields; nothing for what it leaves out."""
    questions = tuple(f"{id}. {guide.by_id[id].text}" if id in guide.by_id else id for id in code.questions)
    yield from (
        (name, said)
        for name, said in (
            (words.definition, (code.definition,)),
            (words.include, (code.include,)),
            (words.exclude, (code.exclude,)),
            (words.examples, code.examples),
            (words.questions, questions),
            (words.patterns, (" · ".join(code.patterns),)),
            (words.replaced_by, (code.replaced_by,)),
        )
        if any(said)
    )
