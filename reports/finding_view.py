"""How findings are shown: the sentence, who says otherwise, the line that counts, and every case with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from reports.cell_view import ChartKey, ExcerptView, excerpt_view
from reports.chart_view import ChartView
from reports.differences import ClaimDifference, Verdict
from reports.excerpts import pick_excerpts, shown_span
from reports.finding_sentences import (
    claim_in_short,
    deviating,
    deviation_line,
    filled_in,
    is_none_of_all,
    sureness,
    tally_line,
    verdict_line,
    without_braces,
)
from reports.findings import CaseStand, Ledger, Stand
from reports.hidden_names import case_names, hidden_names
from reports.labels import Labels
from reports.matrix import CaseTheme, Excerpt
from reports.matrix_findings import ThemeLedgers
from reports.wording.nouns import Noun
from reports.wording.quantities import quantities
from reports.words import Words

Sign = Stand | Literal["unjudged"]
"""A stand as it is drawn: a mention that nobody has judged must not look like support."""


class StandView(msgspec.Struct, frozen=True):
    """Where one case stands on a sentence, and what that rests on. `anchor` is the case's place in its cell."""

    case_id: str
    case: str
    anchor: str
    stand: Stand
    sign: Sign
    stand_label: str
    is_persons: bool
    asked: str
    evidence: tuple[ExcerptView, ...]
    chart: ChartView | None = None


class DeviationView(msgspec.Struct, frozen=True):
    """Cases that say something else than the sentence, by name, with an excerpt of each that has evidence."""

    said: str
    stand: Stand
    n: int
    excerpts: tuple[ExcerptView, ...]


class FindingView(msgspec.Struct, frozen=True):
    """A finding as its cell shows it. `fault` says why its share could not be filled in; `signs` are (name of
    the sign, what it says), one a case; `counted` the stands that occur."""

    id: str
    anchor: str
    text: str
    fault: str
    tally: str
    signs: tuple[tuple[Sign, str], ...]
    counted: tuple[Stand, ...]
    deviations: tuple[DeviationView, ...]
    excerpts: tuple[ExcerptView, ...]
    stands: tuple[StandView, ...]
    note: str

    @property
    def said_otherwise(self) -> Iterator[tuple[str, ExcerptView | None]]:
        """Who says otherwise, with the first of their excerpts: `Elmsted modsiger`; then each further excerpt."""
        for deviation in self.deviations:
            yield deviation.said, next(iter(deviation.excerpts), None)
            yield from (("", excerpt) for excerpt in deviation.excerpts[1:])


class ClaimView(msgspec.Struct, frozen=True):
    """How the groups compare on one claim. `about` names the claim where a row compares several."""

    verdict: Verdict
    label: str
    about: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it on one line: `… har folk nok: Forskel. Holder, uanset hvilken kommune der udelades.`"""
        about = f"{self.about}: " if self.about else ""
        return " ".join((f"{about}{self.label}.", *self.lines))


class DifferenceView(msgspec.Struct, frozen=True):
    """What differs between the cells of a row: a person's sentence first, then what was counted."""

    sentence: str
    claims: tuple[ClaimView, ...]
    note: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, paragraph by paragraph, the person's sentence first."""
        return tuple(text for text in (self.sentence, *(claim.text for claim in self.claims), self.note) if text)


NO_DIFFERENCE = DifferenceView("", (), "")


def finding_views(
    ledgers: Sequence[Ledger],
    cells: Mapping[str, CaseTheme],
    anchors: Mapping[str, str],
    charts: Mapping[ChartKey, ChartView],
    labels: Labels,
) -> tuple[FindingView, ...]:
    """The findings of one cell. `cells` and `anchors` are case id → its cell of the framework, and its place."""
    k = max(labels.study.settings.matrix.excerpts, 0)
    each = max(k // len(ledgers), 1) if k and ledgers else 0
    return tuple(_finding_view(ledger, cells, anchors, charts, each, labels) for ledger in ledgers)


def _finding_view(
    ledger: Ledger, cells: Mapping[str, CaseTheme], anchors: Mapping[str, str], charts: Mapping[ChartKey, ChartView],
    k: int, labels: Labels,
) -> FindingView:  # fmt: skip
    words, rule = labels.words, labels.study.settings.findings.denominator
    finding = ledger.finding
    text, fault = sentence(ledger, labels)
    return FindingView(
        id=finding.id,
        anchor=labels.name(f"finding-{finding.id}"),
        text=text,
        fault=fault,
        tally=tally_line(ledger, rule, words),
        signs=tuple((sign_of(c.stand), f"{c.case.label}: {words.finding.stands[c.stand]}") for c in ledger.cases),
        counted=tuple(dict.fromkeys(case.stand for case in ledger.cases)),
        deviations=tuple(_deviations(ledger, cells, labels)),
        excerpts=_excerpts(ledger, cells, k, labels),
        stands=tuple(_stand(case, ledger, cells, anchors, charts, labels) for case in ledger.cases),
        note=finding.note,
    )


def sign_of(stand: Stand) -> Sign:
    """The sign of a stand on a sentence."""
    return "unjudged" if stand == "mentioned" else stand


def sentence(ledger: Ledger, labels: Labels) -> tuple[str, str]:
    """The finding's text with its shares filled in, and, where that would not be true or cannot be done, why not."""
    words, text = labels.words, ledger.finding.text
    if labels.is_part and _is_of_the_whole(ledger, labels):
        return claim_in_short([text]), words.finding.of_the_whole
    rule = labels.study.settings.findings.denominator
    said = filled_in(ledger, rule, labels.noun, words)
    if said:
        return said, ""
    return claim_in_short([text]), words.finding.not_filled


def _is_of_the_whole(ledger: Ledger, labels: Labels) -> bool:
    """Whether a sentence says by its own words what holds for more cases than those that are left: it counts itself,
    or it names a case that is not among them."""
    text, group = ledger.finding.text, ledger.finding.group
    attribute = labels.study.settings.groups.attribute
    whole = [
        case
        for case in labels.study.cases
        if case.attributes.get(attribute) and group in ("", case.attributes[attribute])
    ]
    if len(ledger.cases) >= len(whole):
        return False
    counts = any(said.is_of(labels.noun) for said in quantities(without_braces(text), labels.words.language))
    left = {case.case.id for case in ledger.cases}
    named = case_names(case for case in labels.study.cases if case.id not in left)
    names = hidden_names(named, labels.study.settings.language)
    return text == without_braces(text) or counts or bool(names and names.found_in(text))


def _excerpts(ledger: Ledger, cells: Mapping[str, CaseTheme], k: int, labels: Labels) -> tuple[ExcerptView, ...]:
    """Representative excerpts among the evidence of those whom the sentence rests on."""
    rule = labels.study.settings.findings.denominator
    stand: Stand = "contradicts" if is_none_of_all(ledger, rule) else "supports"
    cases = [
        msgspec.structs.replace(cells[case.case.id], codings=_evidence(case, cells))
        for case in ledger.cases
        if case.stand == stand and case.case.id in cells
    ]
    return tuple(excerpt_view(excerpt, labels) for excerpt in pick_excerpts(cases, k))


def _evidence(case: CaseStand, cells: Mapping[str, CaseTheme]) -> tuple:  # type: ignore[type-arg]
    """The evidence that a person named, as far as it lies in the case's sources."""
    here = {source.id for source in cells[case.case.id].sources} if case.case.id in cells else set()
    return tuple(coding for coding in case.codings if coding.source in here) if case.has_evidence else ()


def _deviations(ledger: Ledger, cells: Mapping[str, CaseTheme], labels: Labels) -> Iterator[DeviationView]:
    rule = labels.study.settings.findings.denominator
    for stand, cases in deviating(ledger, rule):
        excerpts = (excerpt for case in cases for excerpt in _said_by(case, cells, labels))
        yield DeviationView(deviation_line(stand, cases, labels.words), stand, len(cases), tuple(excerpts))


def _said_by(case: CaseStand, cells: Mapping[str, CaseTheme], labels: Labels) -> tuple[ExcerptView, ...]:
    """The first excerpt of a case that deviates; of one that speaks for and against, both voices: one of each of two
    sources, or where there is one source its first two."""
    excerpts = case_excerpts(case, cells, labels)
    if case.stand != "mixed":
        return excerpts[:1]
    of_source = {excerpt.source_id: excerpt for excerpt in reversed(excerpts)}
    voices = [excerpt for excerpt in excerpts if of_source[excerpt.source_id] is excerpt]
    return tuple(voices[:2]) if len(voices) > 1 else excerpts[:2]


def case_excerpts(case: CaseStand, cells: Mapping[str, CaseTheme], labels: Labels) -> tuple[ExcerptView, ...]:
    """The words of each coding that a case's stance rests on, in order of source and place, each stretch once."""
    shown: dict[tuple[str, int, int], ExcerptView] = {}
    for coding in sorted(_evidence(case, cells), key=lambda c: (c.source, c.start, c.end)):
        source = labels.study.source_by_id[coding.source]
        span = shown_span(source.text, coding.start, coding.end)
        shown.setdefault((source.id, *span), excerpt_view(Excerpt(source, *span, (coding,)), labels))
    return tuple(shown.values())


def _stand(
    case: CaseStand, ledger: Ledger, cells: Mapping[str, CaseTheme], anchors: Mapping[str, str],
    charts: Mapping[ChartKey, ChartView], labels: Labels,
) -> StandView:  # fmt: skip
    words, id = labels.words, case.case.id
    return StandView(
        case_id=id,
        case=case.case.label,
        anchor=anchors.get(id, ""),
        stand=case.stand,
        sign=sign_of(case.stand),
        stand_label=words.finding.stands[case.stand],
        is_persons=case.is_persons,
        asked=f"{words.was_asked.lower()}: {words.asked[case.asked]}",
        evidence=case_excerpts(case, cells, labels),
        chart=charts.get((id, ledger.finding.theme)),
    )


def difference_view(
    here: ThemeLedgers,
    n_with_findings: int,
    words: Words,
    noun: Noun,
    groups: Mapping[str, str],
    case: Callable[[str], str] | None = None,
) -> DifferenceView:
    """What differs in a row. `groups` is column id → label; `n_with_findings` how many columns have a finding.

    `case` gives the label of a case; without it no case is named, as in a public version.
    """
    several = len({ledger.finding.claim_key for ledger in here.ledgers if ledger.finding.group}) > 1

    def quoted_group(id: str) -> str:
        return f"{words.quotes[0]}{groups.get(id, id)}{words.quotes[1]}"

    claims = tuple(
        ClaimView(
            claim.verdict,
            verdict_line(claim, words),
            _about(claim, here) if several else "",
            tuple(sureness(claim, words, noun, quoted_group, case)),
        )
        for claim in here.claims
    )
    apart = not claims and not here.difference and n_with_findings > 1
    return DifferenceView(here.difference, claims, words.finding.not_compared if apart else "")


def _about(claim: ClaimDifference, here: ThemeLedgers) -> str:
    """The claim in short, as far as its findings say the same; else by its name."""
    named = {share.finding for share in claim.shares}
    said = claim_in_short([ledger.finding.text for ledger in here.ledgers if ledger.finding.id in named])
    return said or claim.claim.replace("-", " ")
