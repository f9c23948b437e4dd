"""What differs between groups of which the same is said, and how sure that is: counted from the ledgers alone.

Each group has a least and a greatest share of cases that can support the claim: [s/N, (N − c)/N] over the N cases that
the theme applies to. Where two such ranges do not meet, the groups differ, whatever the cases would say of which it is
not known. Then each case is left out in turn, to see whether the difference rests on one of them. Nothing here is a
test, and nothing is said of cases outside the study (METHODS: small numbers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Literal

import msgspec

from reports.findings import Ledger, Stand

Verdict = Literal["same", "different", "uncertain"]
Why = Literal["", "open", "nobody"]


class GroupShare(msgspec.Struct, frozen=True):
    """One group's share of a claim: `supports` and `contradicts` of `n` cases that the theme applies to.

    `open` are the stands of the other cases (silent, mixed or unclear), which could go either way; `judged` is how many
    of the n cases a person has given a stance.
    """

    group: str
    finding: str
    supports: int
    contradicts: int
    n: int
    judged: int
    open: tuple[Stand, ...]

    @property
    def low(self) -> Fraction:
        """The least share: only those that are known to support it."""
        return Fraction(self.supports, self.n)

    @property
    def high(self) -> Fraction:
        """The greatest share: all but those that are known to contradict it."""
        return Fraction(self.n - self.contradicts, self.n)


class ClaimDifference(msgspec.Struct, frozen=True):
    """How groups compare on one claim. `shares` are in the order of the columns.

    `different`: the ranges of `more` and `less` do not meet; `rests_on` are ids of cases that the difference depends
    on: without any one of them it could not be said. `same`: the same share in every group. `uncertain`: the shares
    differ, but the open cases of `less` could close the gap, and `needed` of them would do (`why` is `open`); or nobody
    has given a case of `less` a stance yet (`nobody`).
    """

    claim: str
    shares: tuple[GroupShare, ...]
    verdict: Verdict
    more: str = ""
    less: str = ""
    rests_on: tuple[str, ...] = ()
    why: Why = ""
    needed: int = 0

    @property
    def n_open(self) -> int:
        """Cases of all groups that could go either way."""
        return sum(len(share.open) for share in self.shares)

    def share(self, group: str) -> GroupShare:
        """The share of one group."""
        return next(share for share in self.shares if share.group == group)


def claim_differences(
    ledgers: Sequence[Ledger], groups: Sequence[str], leave_out: bool = True
) -> tuple[ClaimDifference, ...]:
    """Every claim that at least two groups of a row have a finding about, in the order of the findings.

    `ledgers` are those of one theme, `groups` the columns. Of two findings of one group with the same claim the first
    counts. Groups without a case that the theme applies to are left out: they have no share. Without `leave_out` no
    case is left out to see what a difference rests on, and `rests_on` is empty.
    """
    by_claim: dict[str, dict[str, Ledger]] = {}
    for ledger in ledgers:
        if ledger.finding.group in groups and ledger.n_applicable:
            by_claim.setdefault(ledger.finding.claim_key, {}).setdefault(ledger.finding.group, ledger)
    return tuple(
        _difference(claim, [found[group] for group in groups if group in found], leave_out)
        for claim, found in by_claim.items()
        if len(found) > 1
    )


def _difference(claim: str, ledgers: Sequence[Ledger], leave_out: bool) -> ClaimDifference:
    shares = tuple(map(_share, ledgers))
    nobody = next((share.group for share in shares if not share.judged), None)
    if nobody is not None:
        return ClaimDifference(claim, shares, "uncertain", less=nobody, why="nobody")
    if len({share.low for share in shares}) == 1:
        return ClaimDifference(claim, shares, "same")
    more, less = _furthest(shares)
    if more.low > less.high:
        rests_on = tuple(_rests_on(ledgers, more.group, less.group)) if leave_out else ()
        return ClaimDifference(claim, shares, "different", more.group, less.group, rests_on)
    more, less = max(shares, key=lambda share: share.low), min(shares, key=lambda share: share.low)
    return ClaimDifference(claim, shares, "uncertain", more.group, less.group, why="open", needed=_needed(more, less))


def _share(ledger: Ledger) -> GroupShare:
    return GroupShare(
        ledger.finding.group,
        ledger.finding.id,
        ledger.supports,
        ledger.contradicts,
        ledger.n_applicable,
        sum(case.is_persons for case in ledger.applicable),
        tuple(case.stand for case in ledger.applicable if case.stand not in ("supports", "contradicts")),
    )


def _furthest(shares: Sequence[GroupShare]) -> tuple[GroupShare, GroupShare]:
    """The two groups that are surest to differ: the widest gap between the least of one and the greatest of another."""
    return max(permutations(shares, 2), key=lambda pair: pair[0].low - pair[1].high)


def _needed(more: GroupShare, less: GroupShare) -> int:
    """How many open cases of `less` would have to support the claim for its share to reach that of `more`."""
    return -(-more.low.numerator * less.n // more.low.denominator) - less.supports


def _rests_on(ledgers: Sequence[Ledger], more: str, less: str) -> Iterator[str]:
    """The cases of two groups without which their ranges meet, or without which a group is empty."""
    pair = [ledger for ledger in ledgers if ledger.finding.group in (more, less)]
    for ledger in pair:
        for left_out in ledger.applicable:
            cases = tuple(case for case in ledger.cases if case is not left_out)
            without = [msgspec.structs.replace(one, cases=cases) if one is ledger else one for one in pair]
            if not all(one.n_applicable for one in without) or not _apart(without, more):
                yield left_out.case.id


def _apart(pair: Sequence[Ledger], more: str) -> bool:
    """Whether the ranges of two groups do not meet, with that of `more` above."""
    above, below = sorted(map(_share, pair), key=lambda share: share.group != more)
    return above.low > below.high
