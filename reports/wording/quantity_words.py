"""The wordings of quantities as rows of a table: what kind, the words it can begin with, and its pattern.

In a pattern a blank is any space or one line break; `<K>`, `<M>` and `<N>` are numbers (`<N>` never the articles *en*
and *et*), `<NOUN>` what is counted, with or without *af* / *of* before it, and `<OF>` the same where it must have it
(»halvdelen klager« counts no *klager*). A row that can begin with a number has `#` among its first words.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal[
    "fraction", "part", "percent", "all", "all_but", "none", "none_mentioned", "neither", "not_all", "large_majority",
    "most", "majority", "half", "minority", "many", "several", "couple", "some", "few", "one", "count", "ratio",
    "base", "examples", "example",
]  # fmt: skip
"""What a wording says. `neither` (hverken … eller) denies of two named things and counts no cases; `ratio` compares;
`base` is `n = 130`."""
Bound = Literal["", "at_least", "at_most", "more_than", "less_than", "about", "just_below", "just_above"]
"""What stands before a number: mindst, højst, mere end, under, cirka, knap, godt."""


class Wording(msgspec.Struct, frozen=True):
    """One way of saying how many: its kind, the words it can begin with (`#`: a number) and its pattern."""

    kind: Kind
    first: frozenset[str]
    pattern: str


class QuantityWords(msgspec.Struct, frozen=True):
    """How a language words quantities, and what looks like one and is none."""

    table: tuple[Wording, ...]
    bounds: dict[Bound, str]
    """Words before a quantity that make it a least, a most, or about so many."""
    not_after: str
    """What a quantity cannot stand behind: kapitel 3, § 7, kl. 12, hvor mange, den enkelte."""
    denied: str
    """What denies a quantity that it stands before."""
    no_noun: frozenset[str]
    """Verbs and small words that may follow a quantity and are not what it counts."""
    units: frozenset[str]
    """Units, months and the like: numbers of them count no cases."""
    adjectives: str
    """Words that may stand between a quantity and its noun."""
    of: str
    """Small words before the noun: *af de*, *of the*."""
    parts: dict[str, int]
    tops: dict[str, int]
    times: dict[str, tuple[int, int]]
    not_behind: dict[Kind, str]
    """Per kind, words that make it something else: *for få*, *hvor mange*, *den enkelte*, *at most*."""


def wordings(*rows: tuple[Kind, str, str]) -> tuple[Wording, ...]:
    """The table from its rows: kind, first words, pattern."""
    return tuple(Wording(kind, frozenset(first.split()), pattern) for kind, first, pattern in rows)
