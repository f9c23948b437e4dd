"""Drafts of summaries: the words of a few excerpts of a cell, quoted and cited. Nothing is the program's own.

A draft says by whom it is (`crosscase/draft`), so that nobody takes it for a person's summary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reports.charts import DRAFTED, Chart
from reports.citation import citation
from reports.evidence import evidence_sha
from reports.excerpts import pick_excerpts_of
from reports.matrix import CaseTheme, Excerpt
from reports.whole_study import WholeStudy
from reports.words import words_for


def draft_charts(
    whole: WholeStudy, themes: Collection[str], cases: Collection[str], n: int, renew: bool
) -> list[Chart]:
    """A draft for each cell of these themes and cases that has codings and no summary, of at most `n` excerpts each.

    With `renew` also for cells whose summary is a draft that says something else than a new one would. What a person
    wrote is never drafted over.
    """
    return [
        chart
        for theme in whole.coded.codebook.active_themes
        if theme.id in themes
        for chart in _drafts_of(whole, theme.id, cases, n, renew)
    ]


def _drafts_of(whole: WholeStudy, theme: str, cases: Collection[str], n: int, renew: bool) -> Iterator[Chart]:
    row = [whole.cells[case.id, theme] for case in whole.coded.study.cases]
    for place, cell in enumerate(row):
        there = whole.chart_by_cell.get((cell.case.id, theme))
        is_free = there is None or (renew and there.is_draft)
        if cell.case.id in cases and cell.codings and is_free:
            chart = draft(whole, row, place, n)
            if there is None or (there.summary, there.evidence, there.evidence_sha) != _says(chart):
                yield chart


def _says(chart: Chart) -> tuple[str, tuple[str, ...], str]:
    return chart.summary, chart.evidence, chart.evidence_sha


def draft(whole: WholeStudy, row: Sequence[CaseTheme], place: int, n: int) -> Chart:
    """The draft for `row[place]`; the other cells of the theme decide which of its words are the ones that others
    say too. Its evidence are the codings that the excerpts rest on."""
    cell = row[place]
    excerpts = pick_excerpts_of(row, place, n)
    evidence = tuple(dict.fromkeys(coding.id for excerpt in excerpts for coding in excerpt.codings))
    summary = " ".join(_cited(whole, excerpt) for excerpt in excerpts)
    return Chart(cell.theme.id, cell.case.id, summary, evidence, evidence_sha(evidence, whole.coded), DRAFTED)


def _cited(whole: WholeStudy, excerpt: Excerpt) -> str:
    """`»Der er for mange sager.« (Birkeby, leder, afsnit 12)`; […] where a long coding goes on."""
    study = whole.coded.study
    words = words_for(study.settings.report_language)
    is_cut = all(coding.quote.strip() != excerpt.text for coding in excerpt.codings)
    left, right = words.quotes
    said = " ".join(excerpt.text.split()) + (" […]" if is_cut else "")
    return f"{left}{said}{right} ({citation(study, excerpt.source, excerpt.start, excerpt.end, words)})"
