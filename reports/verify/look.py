"""What every rule looks at: the study with its sentences, their ledgers and their words as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from coding.coding import Coding
from reports.aggregate import columns
from reports.alarms import Side
from reports.findings import CaseStand, Finding, Ledger, ThemeFindings
from reports.matrix import Column
from reports.whole_study import WholeStudy
from reports.wording.nouns import Noun, noun_of
from reports.wording.rendering import Fault, render
from reports.wording.tally import Tally
from reports.words import words_for

_LONGEST = 240


class Look(msgspec.Struct, frozen=True, dict=True):
    """A study as the rules look at it; everything is computed once."""

    whole: WholeStudy

    @property
    def language(self) -> str:
        """The language of the sentences."""
        return self.whole.coded.study.settings.report_language

    @cached_property
    def noun(self) -> Noun:
        """What a case is called."""
        return noun_of(self.whole.coded.study.settings.groups.noun, self.language)

    def tally(self, finding: Finding) -> Tally:
        """The numbers of a sentence, by the study's denominator."""
        return self.ledgers[finding.id].tally(self.whole.coded.study.settings.findings.denominator)

    @cached_property
    def sentences(self) -> dict[str, str | Fault]:
        """Id of a finding → its sentence as a reader sees it, or why it cannot be filled in."""
        return {f.id: render(f.text, self.tally(f), self.noun, self.language) for f in self.findings}

    def sentence(self, finding: Finding) -> str:
        """The sentence as a reader sees it; with its placeholders where they cannot be filled in."""
        said = self.sentences[finding.id]
        return said if isinstance(said, str) else finding.text

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All sentences, theme by theme."""
        return tuple(finding for of_theme in self.whole.findings for finding in of_theme.findings)

    @cached_property
    def ledgers(self) -> dict[str, Ledger]:
        """Id of a finding → where each case stands."""
        return {finding.id: self.whole.ledger(finding) for finding in self.findings}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The groups."""
        return columns(self.whole.coded)

    def themes(self) -> Iterator[ThemeFindings]:
        """The sentences of each theme."""
        yield from self.whole.findings

    def words_at(self, coding: Coding) -> Side:
        """A coding's words at their place in the source."""
        source = self.whole.coded.study.source_by_id[coding.source]
        return Side(source.file, source.file_line(coding.start), shortened(coding.quote))

    def said(self, finding: Finding, text: str | None = None) -> Side:
        """The sentence, or another text of the finding, at its place in findings/."""
        return Side(finding.file, finding.line, shortened(self.sentence(finding) if text is None else text))

    def stands(self, finding: Finding) -> Side:
        """Where the cases stand, in words, at the place where the stances are: `supports: A, B · contradicts: C`."""
        return Side(finding.file, finding.line, stands_in_words(self.ledgers[finding.id]))

    def roles_of(self, coding: Coding) -> tuple[str, ...]:
        """Who speaks in the source of a coding."""
        return self.whole.coded.study.source_by_id[coding.source].meta.roles


def stands_in_words(ledger: Ledger) -> str:
    """`supports: Birkeby, Lindkær · contradicts: Elmsted · asked, no answer: Egemose`."""
    states = words_for("en").states
    by_stand: dict[str, list[str]] = {}
    for case in ledger.cases:
        said = case.stand if case.is_persons or case.stand not in states else states[case.stand]
        by_stand.setdefault(said, []).append(case.case.label)
    return " · ".join(f"{stand}: {', '.join(named)}" for stand, named in by_stand.items())


def shortened(text: str) -> str:
    """A text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def labels(cases: Sequence[CaseStand]) -> str:
    """The labels of some cases, with commas."""
    return ", ".join(case.case.label for case in cases)
