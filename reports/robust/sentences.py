"""Leave out each case, each cluster, each coder: which sentences would then be others, and what would they be?

A sentence *turns* when what it says changes kind: from all to some, from more than half to less, to another word for
how many, or from something that can be said to nothing. That a denominator becomes smaller by one turns nothing;
`changes` holds those sentences too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from coding.coded_study import CodedStudy
from reports.aggregate import cells_of
from reports.differences import ClaimDifference, claim_differences
from reports.findings import CaseStand, Denominator, Finding, Ledger
from reports.matrix import CaseTheme
from reports.verify.look import Look
from reports.wording.licence import unlicensed
from reports.wording.nouns import Noun
from reports.wording.quantities import quantities
from reports.wording.rendering import Fault, placeholders, render
from reports.wording.tally import Tally

What = Literal["case", "cluster", "coder"]
Compared = Mapping[tuple[str, str], ClaimDifference]
"""(theme, claim) → how the groups compare on it."""


class LeftOut(msgspec.Struct, frozen=True):
    """What is left out: a case, all cases of a cluster, or all that one coder coded; `label` is its name.

    `is_everything`: every stance rests on it (a study of one coder), so that nothing is left to say without it.
    """

    what: What
    id: str
    label: str
    is_everything: bool = False


class SentenceChange(msgspec.Struct, frozen=True):
    """A sentence with and without what is left out. `after` is empty where it can no longer be said, `why` says why.

    `turns`: it says something of another kind, or cannot be said.
    """

    left_out: LeftOut
    finding: Finding
    before: str
    after: str
    turns: bool
    why: str = ""


class DifferenceChange(msgspec.Struct, frozen=True):
    """How two groups compare on a claim, with and without what is left out; `after` is empty where a group is."""

    left_out: LeftOut
    theme: str
    claim: str
    before: str
    after: str


class Robustness(msgspec.Struct, frozen=True):
    """Everything that was left out in turn, and what changed. `findings` is how many sentences were looked at.

    `unsaid` are those of them that no case has a stance on, or that cannot be filled in, with everything there.
    """

    left_out: tuple[LeftOut, ...]
    findings: int
    changes: tuple[SentenceChange, ...]
    differences: tuple[DifferenceChange, ...]
    unsaid: tuple[Finding, ...] = ()

    @property
    def turning(self) -> tuple[SentenceChange, ...]:
        """The sentences that turn."""
        return tuple(change for change in self.changes if change.turns)

    @property
    def firm(self) -> int:
        """How many sentences can be said and never turn, whatever is left out of what is not everything."""
        return self.findings - len(self.unsaid) - len({change.finding.id for change in self.turning})


def robustness(look: Look, themes: Sequence[str] = ()) -> Robustness:
    """What every sentence, or those of some themes, would be without each case, each cluster and each coder."""
    ledgers = [look.ledgers[f.id] for f in look.findings if not themes or f.theme in themes]
    rule = look.whole.coded.study.settings.findings.denominator
    unsaid = tuple(ledger.finding for ledger in ledgers if not _is_said(ledger, look))
    left_aside = {finding.id for finding in unsaid}
    changes: list[SentenceChange] = []
    differences: list[DifferenceChange] = []
    outs: list[LeftOut] = []
    compared = _compared(ledgers, look)
    for out in _everything(look, ledgers):
        without = _without(out, look, ledgers)
        left = any(case.is_persons for ledger in without for case in ledger.cases)
        if out.what == "coder" and not left and len(unsaid) < len(ledgers):
            outs.append(msgspec.structs.replace(out, is_everything=True))
            continue
        outs.append(out)
        for before, after in zip(ledgers, without, strict=True):
            if before.finding.id not in left_aside:
                changes += _change(out, before, after, rule, look.noun, look.language)
        differences += _differences(out, compared, _compared(without, look))
    return Robustness(tuple(outs), len(ledgers), tuple(changes), tuple(differences), unsaid)


def _is_said(ledger: Ledger, look: Look) -> bool:
    """Whether some case has a stance on the sentence and it can be filled in."""
    return any(case.is_persons for case in ledger.cases) and isinstance(look.sentences[ledger.finding.id], str)


def _everything(look: Look, ledgers: Sequence[Ledger]) -> Iterator[LeftOut]:
    """Cases in the order of the columns, clusters of several cases, and coders whose codings are evidence."""
    cases = [case for column in look.columns for case in column.cases]
    settings = look.whole.coded.study.settings
    for case in cases:
        yield LeftOut("case", case.id, case.label)
    clusters: dict[str, int] = {}
    for case in cases:
        if cluster := case.attributes.get(settings.groups.cluster):
            clusters[cluster] = clusters.get(cluster, 0) + 1
    for cluster, n in clusters.items():
        if n > 1 and n < len(cases):
            yield LeftOut("cluster", cluster, cluster)
    coders = dict.fromkeys(c.coder for ledger in ledgers for case in ledger.cases for c in case.codings)
    for coder in sorted(coders):
        yield LeftOut("coder", coder, settings.coders.get(coder, coder))


def _without(out: LeftOut, look: Look, ledgers: Sequence[Ledger]) -> list[Ledger]:
    if out.what == "coder":
        cells = _cells_without(out.id, look)
        return [without_coder(ledger, out.id, cells) for ledger in ledgers]
    cluster = look.whole.coded.study.settings.groups.cluster
    return [
        msgspec.structs.replace(
            ledger,
            cases=tuple(
                case
                for case in ledger.cases
                if (case.case.attributes.get(cluster) if out.what == "cluster" else case.case.id) != out.id
            ),
        )
        for ledger in ledgers
    ]


def _cells_without(coder: str, look: Look) -> Mapping[tuple[str, str], CaseTheme]:
    """The cells of the framework matrix as the other coders give them."""
    coded: CodedStudy = look.whole.coded
    others = tuple(one for one in look.whole.coders if one != coder)
    rows = cells_of(coded, coded.study.cases, coded.codebook.active_themes, others).cells
    return {(cell.case.id, cell.theme.id): cell for row in rows for cell in row}


def without_coder(ledger: Ledger, coder: str, cells: Mapping[tuple[str, str], CaseTheme]) -> Ledger:
    """A ledger without one coder's codings: a stance that rests on them alone is gone, and the data speak."""
    return msgspec.structs.replace(
        ledger, cases=tuple(_stand_without(case, ledger.finding, coder, cells) for case in ledger.cases)
    )


def _stand_without(
    case: CaseStand, finding: Finding, coder: str, cells: Mapping[tuple[str, str], CaseTheme]
) -> CaseStand:
    left = tuple(coding for coding in case.codings if coding.coder != coder)
    if case.is_persons and (left or not case.has_evidence):
        return msgspec.structs.replace(case, codings=left)
    cell = cells.get((case.case.id, finding.theme))
    state = cell.state if cell else "unknown"
    return CaseStand(case.case, state, False, case.asked, bool(cell and cell.is_applicable), left)


def _change(
    out: LeftOut, before: Ledger, after: Ledger, rule: Denominator, noun: Noun, language: str
) -> Iterator[SentenceChange]:
    """The change of one sentence; nothing where it says the same."""
    finding, was, now = before.finding, before.tally(rule), after.tally(rule)
    if was == now:
        return
    said, then = (render(finding.text, tally, noun, language) for tally in (was, now))
    if not isinstance(said, str):
        return
    if isinstance(then, Fault):
        yield SentenceChange(out, finding, said, "", True, then.reason)
        return
    why = _turns(finding, said, was, now, noun, language)
    if why or then != said:
        yield SentenceChange(out, finding, said, "" if why and then == said else then, bool(why), why)


def _turns(finding: Finding, said: str, was: Tally, now: Tally, noun: Noun, language: str) -> str:
    """Why the sentence is of another kind now, in a few words; empty where it is not."""
    kinds = set(placeholders(finding.text))
    if "quantifier" in kinds:
        before, after = (render(_QUANTIFIER[language], tally, noun, language) for tally in (was, now))
        if before != after and isinstance(before, str) and isinstance(after, str):
            return f"“{before}” becomes “{after}”"
    if "share" in kinds and kind_of(was) != kind_of(now):
        return f"from {kind_of(was)} to {kind_of(now)}"
    for quantity in quantities(said, language):
        is_typed = quantity.is_of(noun) and quantity.words.lower() in finding.text.lower()
        if is_typed and not unlicensed(quantity, was) and (why := unlicensed(quantity, now)):
            return f"“{quantity.words}” would not hold: {why}"
    if was.supports and not now.supports:
        return "nothing would support it"
    return "it would be contradicted as often as supported" if was.supports > was.contradicts >= now.supports else ""


_QUANTIFIER = {"da": "{kvantor}", "en": "{quantifier}"}


def kind_of(tally: Tally) -> str:
    """What kind of share a tally is: all, more than half, half or less, none, or nothing that can be said."""
    k, n = tally.supports, tally.n
    if n == 0 or (k == 0 and not tally.is_none):
        return "nothing that can be said"
    if k in (0, n):
        return "all" if k else "none"
    return "more than half" if 2 * k > n else "half or less"


def _differences(out: LeftOut, was: Compared, now: Compared) -> Iterator[DifferenceChange]:
    """Claims of two groups whose comparison comes out otherwise."""
    for (theme, claim), difference in was.items():
        there = now.get((theme, claim))
        if there is None or _verdict(there) != _verdict(difference):
            yield DifferenceChange(out, theme, claim, _verdict(difference), _verdict(there) if there else "")


def _compared(ledgers: Sequence[Ledger], look: Look) -> Compared:
    groups = [column.id for column in look.columns]
    of_theme: dict[str, list[Ledger]] = {}
    for ledger in ledgers:
        of_theme.setdefault(ledger.finding.theme, []).append(ledger)
    return {
        (theme, found.claim): found
        for theme, here in of_theme.items()
        for found in claim_differences(here, groups, leave_out=False)
    }


def _verdict(difference: ClaimDifference) -> str:
    """`no difference`, `not decided`, or `more in few`."""
    verdicts = {"same": "no difference", "uncertain": "not decided", "different": f"more in {difference.more}"}
    return verdicts[difference.verdict]
