"""Exact statistics for two small groups, shown only where somebody asks for them.

Each comes with its *floor*: the smallest value that the design can give at all, so that nobody takes 1 in 84 for a
strong result; and with the chance that at least one of the sentences shown differs as much when the groups' names are
given out by lot. None of them says why groups differ (docs/methods.md, "Small numbers").
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import msgspec

Answer = tuple[int, int]
"""As bits, one a case: the cases that support or contradict a sentence, and those that support it."""

MOST_WAYS = 50_000
"""More ways to give out the groups' names than these are not counted one by one, and nothing is given then."""


class Design(msgspec.Struct, frozen=True):
    """The cases of two groups: case → whether it is in the first one, and case → its cluster ("" without one)."""

    first: Mapping[str, bool]
    cluster: Mapping[str, str]


class Exact(msgspec.Struct, frozen=True):
    """A two-sided chance, as exact fractions.

    `p`: of all ways to give out the groups' names, the share in which the groups differ at least as much. `floor`: the
    smallest p of this design. `any`: the share of ways in which at least one of all sentences has a p as small (the
    minimum-p method of Westfall & Young 1993), None where there are too many ways to count.
    """

    p: Fraction
    floor: Fraction
    any: Fraction | None


class Sentence(msgspec.Struct, frozen=True):
    """The statistics of one sentence; `cases` are those that support or contradict it, the others are left out.

    `fisher` is None where a group has no such case, `blocked` also where no cluster holds cases of both groups.
    """

    cases: int
    fisher: Exact | None
    blocked: Exact | None


def exact_statistics(design: Design, sentences: Mapping[str, Mapping[str, bool]]) -> dict[str, Sentence]:
    """Sentence → its statistics. `sentences`: name → case → whether it supports (silent cases are not in it).

    Fisher's exact test (Fisher 1935; two-sided: all tables that are no more probable than the one seen) gives out the
    names among all cases, the blocked permutation among the cases of each cluster only.
    """
    order = {case: 1 << number for number, case in enumerate(design.first)}
    seen = sum(order[case] for case, is_first in design.first.items() if is_first)
    answers = {
        name: (sum(order[c] for c in said), sum(order[c] for c, yes in said.items() if yes))
        for name, said in sentences.items()
    }
    freely = _ways([list(design.first)], design, order)
    clusters: dict[str, list[str]] = {}
    for case in design.first:
        clusters.setdefault(design.cluster.get(case) or f"\0{case}", []).append(case)
    within = _ways(list(clusters.values()), design, order)
    fisher = _fisher(answers, seen, freely)
    blocked = _blocked(answers, seen, within)
    return {name: Sentence(len(said), fisher[name], blocked[name]) for name, said in sentences.items()}


def _fisher(answers: Mapping[str, Answer], seen: int, ways: Sequence[int]) -> dict[str, Exact | None]:
    chances = {name: _fisher_chance(_counts(seen, answer)) for name, answer in answers.items()}
    least = [_least(_fisher_chance(_counts(way, answer)) for answer in answers.values()) for way in ways]
    found: dict[str, Exact | None] = {}
    for name, answer in answers.items():
        p, counts = chances[name], _counts(seen, answer)
        floor = Fraction(1, math.comb(counts.first + counts.second, counts.first))
        found[name] = None if p is None else Exact(p, floor, _share(least, p))
    return found


def _blocked(answers: Mapping[str, Answer], seen: int, ways: Sequence[int]) -> dict[str, Exact | None]:
    """Each way's p is the share of ways in which the sentence's groups lie at least as far apart."""
    if not ways:
        return dict.fromkeys(answers)
    chances = {name: _ranked([_difference(_counts(way, answer)) for way in ways]) for name, answer in answers.items()}
    least = [min(column) for column in zip(*chances.values(), strict=True)]
    at, found = ways.index(seen), dict[str, Exact | None]()
    for name, answer in answers.items():
        counts, p = _counts(seen, answer), chances[name][at]
        is_empty = not counts.first or not counts.second
        found[name] = None if is_empty else Exact(p, Fraction(1, len(ways)), _share(least, p))
    return found


def _ranked(far: Sequence[Fraction]) -> list[Fraction]:
    """For each way the share of ways that lie at least as far apart."""
    ordered = sorted(far)
    return [Fraction(len(far) - bisect.bisect_left(ordered, one), len(far)) for one in far]


def _least(chances: Iterable[Fraction | None]) -> Fraction:
    return min((chance for chance in chances if chance is not None), default=Fraction(1))


def _share(least: Sequence[Fraction], p: Fraction) -> Fraction | None:
    return Fraction(sum(one <= p for one in least), len(least)) if least else None


def _ways(blocks: Sequence[Sequence[str]], design: Design, order: Mapping[str, int]) -> list[int]:
    """Every first group that can be drawn, as bits; empty where there is one way only, or too many."""
    sizes = [sum(design.first[case] for case in block) for block in blocks]
    ways = math.prod(math.comb(len(block), k) for block, k in zip(blocks, sizes, strict=True))
    if not 1 < ways <= MOST_WAYS:
        return []
    drawn = [
        [sum(order[case] for case in chosen) for chosen in itertools.combinations(block, k)]
        for block, k in zip(blocks, sizes, strict=True)
    ]
    return [sum(parts) for parts in itertools.product(*drawn)]


class Counts(NamedTuple):
    """Cases of the first and of the second group that answer, and those of them that say so."""

    says_first: int
    first: int
    says_second: int
    second: int


def _counts(way: int, answer: Answer) -> Counts:
    there, says = answer
    return Counts(
        (way & says).bit_count(), (way & there).bit_count(), (~way & says).bit_count(), (~way & there).bit_count()
    )


@cache
def _fisher_chance(counts: Counts) -> Fraction | None:
    """The two-sided chance of a 2 × 2 table given its margins; None where a group is empty."""
    says_first, first, says_second, second = counts
    if not first or not second:
        return None
    saying = says_first + says_second
    least, most = max(0, saying - second), min(first, saying)
    ways = [math.comb(first, k) * math.comb(second, saying - k) for k in range(least, most + 1)]
    return Fraction(sum(w for w in ways if w <= ways[says_first - least]), math.comb(first + second, saying))


@cache
def _difference(counts: Counts) -> Fraction:
    """How far the two shares lie apart; 0 where a group has no answer."""
    says_first, first, says_second, second = counts
    return abs(Fraction(says_first, first) - Fraction(says_second, second)) if first and second else Fraction(0)
