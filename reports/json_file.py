"""matrix.json: the comparison matrix for programs. Its types are its specification; docs/schemas/ is made from them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from corpus.study import Study
from reports.citation import citation
from reports.differences import ClaimDifference, Verdict
from reports.finding_sentences import filled_in
from reports.findings import CaseStand, Ledger, Stand
from reports.matrix import Cell, Column, ComparisonMatrix, Excerpt, State
from reports.matrix_findings import NO_FINDINGS, FreshChart, MatrixFindings
from reports.wording.nouns import noun_of
from reports.words import Words, words_for

Count = Annotated[int, msgspec.Meta(ge=0)]


class ExcerptJson(msgspec.Struct, frozen=True):
    """Words of a source: the slice `[start, end)` of its text in Unicode code points, and the codings it rests on."""

    source: str
    start: Count
    end: Count
    text: str
    citation: str
    codings: tuple[str, ...]


class StandJson(msgspec.Struct, frozen=True):
    """Where a case stands on a sentence: a person's stance (`by` is `person`), or the state of its cell (`data`).

    `evidence` are ids of codings; `asked` is null where it is not known whether the case was asked.
    """

    stand: Stand
    by: Literal["person", "data"]
    asked: bool | None
    evidence: tuple[str, ...]


class FindingJson(msgspec.Struct, frozen=True):
    """A sentence about a group, or with an empty `group` about the cases of all columns.

    `text` is the sentence as shown, its shares filled in (empty where they cannot be); `template` as it was written.
    Of `n_applicable` cases `supports` support it and `contradicts` contradict it; `mixed`, `unclear` and `silent` could
    go either way, so that the share lies in `bounds`. `n_asked` of them were asked.
    """

    id: str
    group: str
    claim: str
    text: str
    template: str
    supports: Count
    contradicts: Count
    mixed: Count
    unclear: Count
    silent: Count
    n_asked: Count
    n_applicable: Count
    n_group: Count
    bounds: tuple[float, float]
    cases: dict[str, StandJson]
    note: str


class ShareJson(msgspec.Struct, frozen=True):
    """A group's share of a claim: `supports` and `contradicts` of `n` cases; `open` ones could go either way."""

    supports: Count
    contradicts: Count
    open: Count
    n: Count


class ClaimJson(msgspec.Struct, frozen=True):
    """How groups compare on a claim that they share; `shares` is group → its share.

    `different`: the share of `more` is above that of `less` whatever the open cases would say, and `rests_on` are cases
    without any one of which that could not be said. `same`: equal shares. `uncertain`: the open cases of `less` could
    close the gap, and `needed` of them would do, or (`needed` 0) nobody has judged a case of `less` yet.
    """

    claim: str
    verdict: Verdict
    more: str
    less: str
    shares: dict[str, ShareJson]
    rests_on: tuple[str, ...]
    needed: Count


class DifferenceJson(msgspec.Struct, frozen=True):
    """What differs between the cells of a row: a person's sentence (empty without one), and what was counted."""

    sentence: str
    claims: tuple[ClaimJson, ...]


class ChartJson(msgspec.Struct, frozen=True):
    """The written summary of a case under a theme. `stale`: its evidence changed since it was written."""

    summary: str
    evidence: tuple[str, ...]
    by: str
    stale: bool


class CellJson(msgspec.Struct, frozen=True):
    """A theme and a group: the state of every case, and the counts with their denominators.

    n_group cases in the column; n_applicable of them the theme applies to; of these n_asked were asked and of n_unknown
    it is not known whether they were; n_mentioning have at least one coding.
    """

    column: str
    states: dict[str, State]
    n_group: Count
    n_asked: Count
    n_applicable: Count
    n_unknown: Count
    n_mentioning: Count
    n_codings: Count
    excerpts: tuple[ExcerptJson, ...]


class ColumnJson(msgspec.Struct, frozen=True):
    """A group: the value of the grouping attribute, its label, and the ids of its cases."""

    id: str
    label: str
    cases: tuple[str, ...]


class RowJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A theme with its cells, in the order of the columns.

    Where people wrote them: `findings` (the sentences about its groups and about all cases), `difference` (what differs
    between the groups) and `charts` (case → its summary). A matrix without findings and charts has none of the three.
    """

    id: str
    label: str
    cells: tuple[CellJson, ...]
    findings: tuple[FindingJson, ...] = ()
    difference: DifferenceJson | None = None
    charts: dict[str, ChartJson] = {}


class MatrixJson(msgspec.Struct, frozen=True):
    """matrix.json. `coders` fill the matrix; `filters` say which part of the material it is about, as `name=value`."""

    format: Literal["crosscase-matrix/1"]
    title: str
    language: Literal["da", "en"]
    constructed: bool
    coders: tuple[str, ...]
    filters: tuple[str, ...]
    columns: tuple[ColumnJson, ...]
    rows: tuple[RowJson, ...]


def matrix_json(matrix: ComparisonMatrix, study: Study, found: MatrixFindings = NO_FINDINGS) -> bytes:
    """The whole file, indented by two."""
    return msgspec.json.format(msgspec.json.encode(matrix_value(matrix, study, found)), indent=2) + b"\n"


def matrix_value(matrix: ComparisonMatrix, study: Study, found: MatrixFindings = NO_FINDINGS) -> MatrixJson:
    """The matrix in plain values: ids, labels, numbers, states, excerpts with their citations, and what was written."""
    settings, words = study.settings, words_for(study.settings.report_language)
    return MatrixJson(
        format="crosscase-matrix/1",
        title=settings.title,
        language=settings.report_language,
        constructed=settings.constructed,
        coders=matrix.coders,
        filters=matrix.filters,
        columns=tuple(_column(column) for column in matrix.columns),
        rows=tuple(
            _written(
                RowJson(row.theme.id, row.theme.label, tuple(_cell(cell, study, words) for cell in row.cells)),
                found,
                study,
            )
            for row in matrix.rows
        ),
    )


def _column(column: Column) -> ColumnJson:
    return ColumnJson(column.id, column.label, tuple(case.id for case in column.cases))


def _cell(cell: Cell, study: Study, words: Words) -> CellJson:
    return CellJson(
        column=cell.column.id,
        states={case.case.id: case.state for case in cell.cases},
        n_group=cell.n_group,
        n_asked=cell.n_asked,
        n_applicable=cell.n_applicable,
        n_unknown=cell.n_unknown,
        n_mentioning=cell.n_mentioning,
        n_codings=cell.n_codings,
        excerpts=tuple(_excerpt(excerpt, study, words) for excerpt in cell.excerpts),
    )


def _excerpt(excerpt: Excerpt, study: Study, words: Words) -> ExcerptJson:
    return ExcerptJson(
        source=excerpt.source.id,
        start=excerpt.start,
        end=excerpt.end,
        text=excerpt.text,
        citation=citation(study, excerpt.source, excerpt.start, excerpt.end, words),
        codings=tuple(coding.id for coding in excerpt.codings),
    )


def _written(row: RowJson, found: MatrixFindings, study: Study) -> RowJson:
    """The row with its findings, with what differs, and with the summaries of its cases."""
    here = found.of_theme(row.id)
    charts = {case: fresh for (case, theme), fresh in found.charts.items() if theme == row.id}
    states = dict.fromkeys(case for cell in row.cells for case in cell.states)
    claims = tuple(_claim(claim) for claim in here.claims)
    return msgspec.structs.replace(
        row,
        findings=tuple(_finding(ledger, study) for ledger in here.ledgers),
        difference=DifferenceJson(here.difference, claims) if here.difference or claims else None,
        charts={case: _chart(charts[case]) for case in states if case in charts},
    )


def _finding(ledger: Ledger, study: Study) -> FindingJson:
    said, settings = ledger.finding, study.settings
    noun = noun_of(settings.groups.noun, settings.report_language)
    low, high = ledger.bounds
    return FindingJson(
        id=said.id,
        group=said.group,
        claim=said.claim,
        text=filled_in(ledger, settings.findings.denominator, noun, words_for(settings.report_language)),
        template=said.text,
        supports=ledger.supports,
        contradicts=ledger.contradicts,
        mixed=ledger.mixed,
        unclear=ledger.unclear,
        silent=ledger.silent,
        n_asked=ledger.n_asked,
        n_applicable=ledger.n_applicable,
        n_group=ledger.n,
        bounds=(round(low, 4), round(high, 4)),
        cases={case.case.id: _stand(case) for case in ledger.cases},
        note=said.note,
    )


def _stand(case: CaseStand) -> StandJson:
    evidence = tuple(coding.id for coding in case.codings) if case.has_evidence else ()
    return StandJson(case.stand, "person" if case.is_persons else "data", case.asked, evidence)


def _claim(claim: ClaimDifference) -> ClaimJson:
    shares = {s.group: ShareJson(s.supports, s.contradicts, len(s.open), s.n) for s in claim.shares}
    return ClaimJson(claim.claim, claim.verdict, claim.more, claim.less, shares, claim.rests_on, claim.needed)


def _chart(fresh: FreshChart) -> ChartJson:
    return ChartJson(fresh.chart.summary.strip(), fresh.chart.evidence, fresh.chart.by, fresh.is_stale)
