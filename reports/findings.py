"""Findings: sentences about a group, each with a stand for every case and the codings it rests on.

The *ledger* of a finding says for each case where it stands: a person's stance where there is one (supports,
contradicts, mixed, unclear), else the state that the data give. Being mentioned is not support: a case whose passages
nobody has judged is silent on the sentence. What can be said is bounded by what is known (METHODS: Sandelowski 2001 on
verbal counting; Maxwell 2010).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from corpus.cases import Case
from reports.evidence import Staleness, evidence_staleness
from reports.matrix import CaseTheme, Column, FrameworkMatrix
from reports.wording.tally import Tally

Stance = Literal["supports", "contradicts", "mixed", "unclear"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Stand = Literal[
    "supports", "contradicts", "mixed", "unclear",
    "mentioned", "asked_no_answer", "read_absent", "not_coded", "not_asked", "not_applicable", "unknown",
]  # fmt: skip
"""Where a case stands on a sentence: a person's stance, or the state of its cell in the data."""
Denominator = Literal["applicable", "asked"]
PLACEHOLDERS = ("andel", "antal", "kvantor", "share", "count", "quantifier")
"""What a sentence can leave to be filled in from its ledger, in braces."""


class Finding(msgspec.Struct, frozen=True):
    """A sentence about a group (`group` empty: about the cases of all groups) under a theme.

    `text` may hold placeholders (`{andel}`, `{share}` …) that are filled in from the ledger. Findings of several groups
    with one `claim`, or with the same text, say the same of each group. `stances` is case → stance, `evidence` case →
    coding ids, `evidence_sha` the digest of all of it when somebody last looked.
    """

    id: str
    theme: str
    group: str
    text: str
    claim: str = ""
    stances: dict[str, Stance] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    evidence_sha: str = ""
    note: str = ""
    by: str = ""
    file: str = ""
    line: int = 0

    @property
    def claim_key(self) -> str:
        """What findings of several groups share when they say the same of each: the claim's name, else the text."""
        return self.claim or self.text

    @property
    def evidence_ids(self) -> tuple[str, ...]:
        """The ids of all its evidence, each once, case by case."""
        return tuple(dict.fromkeys(id for ids in self.evidence.values() for id in ids))


class ThemeFindings(msgspec.Struct, frozen=True):
    """findings/<theme>.yaml: the sentences of one row, and a person's sentence on what differs between the groups."""

    theme: str
    difference: str = ""
    findings: tuple[Finding, ...] = ()
    file: str = ""
    line: int = 0


class CaseStand(msgspec.Struct, frozen=True):
    """Where one case stands on a sentence. `is_persons`: a person said so; else it is what the data give.

    `asked`: whether the theme was put to anyone of the case (None: not known). `applies`: whether the theme is known to
    apply to it. `codings` are the evidence of the case, or, where the finding names none, those of its cell.
    """

    case: Case
    stand: Stand
    is_persons: bool
    asked: bool | None
    applies: bool
    codings: tuple[Coding, ...] = ()
    has_evidence: bool = False


class Ledger(msgspec.Struct, frozen=True, dict=True):
    """A finding and where each case of its group stands, in the order of the framework matrix.

    Counts are over cases that the theme applies to; a joint interview is one source and a case counts once.
    """

    finding: Finding
    cases: tuple[CaseStand, ...]

    @cached_property
    def applicable(self) -> tuple[CaseStand, ...]:
        """The cases that the theme is known to apply to."""
        return tuple(case for case in self.cases if case.applies)

    def _of(self, *stands: Stand) -> tuple[CaseStand, ...]:
        return tuple(case for case in self.applicable if case.stand in stands)

    @property
    def supports(self) -> int:
        """Cases that support the sentence."""
        return len(self._of("supports"))

    @property
    def contradicts(self) -> int:
        """Cases that contradict it."""
        return len(self._of("contradicts"))

    @property
    def mixed(self) -> int:
        """Cases that speak for and against it, as when leader and caseworker disagree."""
        return len(self._of("mixed"))

    @property
    def unclear(self) -> int:
        """Cases that a person looked at and could not place."""
        return len(self._of("unclear"))

    @property
    def silent(self) -> int:
        """Applicable cases that nobody has given a stance, whether or not the theme is mentioned there."""
        return sum(not case.is_persons for case in self.applicable)

    @property
    def n(self) -> int:
        """All cases of the group."""
        return len(self.cases)

    @property
    def n_applicable(self) -> int:
        """Cases that the theme is known to apply to."""
        return len(self.applicable)

    @property
    def n_asked(self) -> int:
        """Applicable cases that are known to have been asked."""
        return sum(case.asked is True for case in self.applicable)

    @property
    def n_unasked(self) -> int:
        """Applicable cases that are known not to have been asked and have no stance."""
        return sum(case.asked is False and not case.is_persons for case in self.applicable)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest share of applicable cases that can support it: [s/N, (N − c)/N]; [0, 1] if N = 0.

        The width is what is not known: silent, mixed and unclear cases could go either way.
        """
        n = self.n_applicable
        return (self.supports / n, (n - self.contradicts) / n) if n else (0.0, 1.0)

    def counted(self, rule: Denominator = "applicable") -> tuple[CaseStand, ...]:
        """The cases of the denominator: the applicable ones, or those of them that are known to have been asked."""
        return tuple(case for case in self.applicable if rule == "applicable" or case.asked is True)

    def denominator(self, rule: Denominator = "applicable") -> int:
        """How many cases a share is of."""
        return len(self.counted(rule))

    def tally(self, rule: Denominator = "applicable") -> Tally:
        """The numbers that a sentence is filled in from and measured against, over the cases of the denominator."""
        counted = self.counted(rule)
        supports = sum(case.stand == "supports" for case in counted)
        contradicts = sum(case.stand == "contradicts" for case in counted)
        return Tally(
            supports=supports,
            n=len(counted),
            contradicts=contradicts,
            silent=len(counted) - supports - contradicts,
            unasked=sum(case.asked is False and not case.is_persons for case in counted),
            asked_only=len(counted) < self.n_applicable,
        )


def ledger(finding: Finding, framework: FrameworkMatrix, columns: Iterable[Column], coded: CodedStudy) -> Ledger:
    """The claim ledger: for every case of the finding's group a person's stance, else the state of its cell.

    `columns` are the groups of the comparison matrix; a finding without a group is about the cases of all of them, and
    an unknown group has no cases. A theme that is no row of the framework gives no cases.
    """
    return ledger_of(finding, cells_of_finding(finding, framework, columns), coded)


def ledger_of(finding: Finding, cells: Iterable[CaseTheme], coded: CodedStudy) -> Ledger:
    """The same from the cells that the finding is about."""
    known = coded.codings_by_id
    return Ledger(finding, tuple(_stand(finding, cell, known) for cell in cells))


def cells_of_finding(finding: Finding, framework: FrameworkMatrix, columns: Iterable[Column]) -> tuple[CaseTheme, ...]:
    """The cells of the framework matrix that a finding is about: its theme, the cases of its group."""
    place = next((n for n, theme in enumerate(framework.themes) if theme.id == finding.theme), None)
    if place is None:
        return ()
    wanted = {case.id for column in columns if finding.group in ("", column.id) for case in column.cases}
    return tuple(row[place] for case, row in zip(framework.cases, framework.cells, strict=True) if case.id in wanted)


def _stand(finding: Finding, cell: CaseTheme, known: Mapping[str, Coding]) -> CaseStand:
    stance = finding.stances.get(cell.case.id)
    named = tuple(known[id] for id in finding.evidence.get(cell.case.id, ()) if id in known)
    return CaseStand(
        cell.case,
        stand=stance or cell.state,
        is_persons=stance is not None,
        asked=cell.asked,
        applies=cell.is_applicable or stance is not None,
        codings=named or cell.codings,
        has_evidence=bool(named),
    )


def finding_staleness(
    finding: Finding, cells: Sequence[CaseTheme], coded: CodedStudy, used: Collection[str] = ()
) -> Staleness:
    """Whether the sentence still rests on the words it was stamped with; `cells` are those of its group and theme.

    Not missed as evidence are codings that other sentences of the theme name (`used`), and those of a case that the
    finding gives no stance: nobody has judged the case yet.
    """
    found = evidence_staleness(finding.evidence_ids, finding.evidence_sha, cells, coded)
    judged = {s.id for case in finding.stances for s in coded.study.sources_of_case.get(case, ())}
    missed = (c for c in found.not_covered if c.source in judged and c.id not in used)
    return msgspec.structs.replace(found, not_covered=tuple(missed))
