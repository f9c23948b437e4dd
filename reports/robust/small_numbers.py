"""The exact statistics of every claim that two groups share, for those who ask for them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reports.findings import Ledger
from reports.robust.exact import Design, Sentence, exact_statistics
from reports.verify.look import Look


class ClaimStatistics(msgspec.Struct, frozen=True):
    """A claim of two groups: of those that support or contradict it, how many support it, and its statistics."""

    theme: str
    claim: str
    texts: tuple[str, str]
    first: tuple[int, int]
    second: tuple[int, int]
    statistics: Sentence


class NotTwoGroups(Exception):
    """Exact statistics compare two groups; the study has another number of them."""


def small_numbers(look: Look, themes: Sequence[str] = ()) -> tuple[ClaimStatistics, ...]:
    """Statistics of every claim that both groups have a finding about, in the order of the findings.

    Cases that support it count as yes and those that contradict it as no; silent, mixed and unclear ones are left out,
    which the counts show. Raises NotTwoGroups where the matrix has not two groups with cases.
    """
    columns = [column for column in look.columns if column.cases]
    if len(columns) != 2:
        raise NotTwoGroups(f"exact statistics compare two groups; here are {len(columns)} with cases")
    first, second = columns
    cluster = look.whole.coded.study.settings.groups.cluster
    cases = [*first.cases, *second.cases]
    design = Design(
        {case.id: case in first.cases for case in cases},
        {case.id: case.attributes.get(cluster) or "" for case in cases},
    )
    pairs = _pairs(look, (first.id, second.id), themes)
    answers = {f"{theme}\0{claim}": _answers(pair) for (theme, claim), pair in pairs.items()}
    found = exact_statistics(design, answers)
    return tuple(
        ClaimStatistics(
            theme=theme,
            claim=claim,
            texts=(look.sentence(pair[0].finding), look.sentence(pair[1].finding)),
            first=_counts(pair[0]),
            second=_counts(pair[1]),
            statistics=found[f"{theme}\0{claim}"],
        )
        for (theme, claim), pair in pairs.items()
    )


def _pairs(look: Look, groups: tuple[str, str], themes: Sequence[str]) -> dict[tuple[str, str], tuple[Ledger, Ledger]]:
    """(theme, claim) → the ledgers of both groups; of two findings of a group with one claim the first."""
    found: dict[tuple[str, str], dict[str, Ledger]] = {}
    for finding in look.findings:
        if finding.group in groups and (not themes or finding.theme in themes):
            of = found.setdefault((finding.theme, finding.claim_key), {})
            of.setdefault(finding.group, look.ledgers[finding.id])
    return {key: (of[groups[0]], of[groups[1]]) for key, of in found.items() if len(of) == 2}


def _answers(pair: Sequence[Ledger]) -> dict[str, bool]:
    stands = [case for ledger in pair for case in ledger.applicable]
    return {case.case.id: case.stand == "supports" for case in stands if case.stand in ("supports", "contradicts")}


def _counts(ledger: Ledger) -> tuple[int, int]:
    return ledger.supports, ledger.supports + ledger.contradicts
