"""A coded study with the summaries and sentences that people wrote about it: everything that reports are made from.

`coding` knows nothing of charts and findings; here they are put beside the study, and their problems beside its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from coding.checks import check_study
from coding.coded_study import CodedStudy, matrix_coders, read_coded_study
from corpus.problems import Problem
from reports.aggregate import cells_of, columns
from reports.charts import Chart, staleness
from reports.charts_file import read_charts
from reports.evidence import Staleness, freshness
from reports.findings import Finding, Ledger, ThemeFindings, finding_staleness, ledger_of
from reports.findings_file import read_findings
from reports.matrix import CaseTheme
from reports.wording.nouns import noun_of
from reports.wording.rendering import Fault, render
from reports.wording.tally import Tally


class WholeStudy(msgspec.Struct, frozen=True, dict=True):
    """A coded study, its charts and its findings, in order of their files."""

    coded: CodedStudy
    charts: tuple[Chart, ...] = ()
    findings: tuple[ThemeFindings, ...] = ()

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Whose codings fill the matrix; none where that is unclear."""
        return matrix_coders(self.coded)[0]

    @cached_property
    def cells(self) -> dict[tuple[str, str], CaseTheme]:
        """(case, theme) → the cell of the framework matrix, for all cases and all themes."""
        cases, themes = self.coded.study.cases, self.coded.codebook.active_themes
        rows = cells_of(self.coded, cases, themes, self.coders).cells
        return {(cell.case.id, cell.theme.id): cell for row in rows for cell in row}

    @cached_property
    def chart_by_cell(self) -> dict[tuple[str, str], Chart]:
        """(case, theme) → its summary; the first where there are two."""
        found: dict[tuple[str, str], Chart] = {}
        for chart in self.charts:
            found.setdefault((chart.case, chart.theme), chart)
        return found

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Id → finding."""
        return {finding.id: finding for of_theme in self.findings for finding in of_theme.findings}

    def findings_of(self, theme: str) -> ThemeFindings:
        """The sentences of a theme; empty where nobody wrote one."""
        return next((found for found in self.findings if found.theme == theme), ThemeFindings(theme))

    def cells_of_finding(self, finding: Finding) -> tuple[CaseTheme, ...]:
        """The cells that a finding is about: its theme, the cases of its group in the order of the matrix."""
        shown = (column for column in columns(self.coded) if finding.group in ("", column.id))
        keys = ((case.id, finding.theme) for column in shown for case in column.cases)
        return tuple(self.cells[key] for key in keys if key in self.cells)

    def ledger(self, finding: Finding) -> Ledger:
        """Where each case of the finding's group stands."""
        return ledger_of(finding, self.cells_of_finding(finding), self.coded)

    def tally(self, finding: Finding) -> Tally:
        """The numbers of a sentence, over the denominator that study.toml names."""
        return self.ledger(finding).tally(self.coded.study.settings.findings.denominator)

    def sentence(self, finding: Finding) -> str | Fault:
        """The sentence as a reader gets it; where a placeholder cannot honestly be filled in, why."""
        settings = self.coded.study.settings
        language = settings.report_language
        return render(finding.text, self.tally(finding), noun_of(settings.groups.noun, language), language)

    def staleness_of(self, said: Chart | Finding) -> Staleness:
        """Whether a summary or a sentence still rests on what it was written from."""
        if isinstance(said, Finding):
            used = {id for other in self.findings_of(said.theme).findings for id in other.evidence_ids}
            return finding_staleness(said, self.cells_of_finding(said), self.coded, used)
        return staleness(said, self.cells.get((said.case, said.theme)), self.coded)


def read_whole_study(root: Path) -> tuple[WholeStudy, list[Problem]]:
    """The study in `root` with its charts and findings, and every fault that reading it met."""
    return _with_written(root, *read_coded_study(root))


def check_whole_study(root: Path) -> tuple[WholeStudy, list[Problem]]:
    """The study and all its problems, in order of file and line: what `crosscase check` shows."""
    whole, problems = _with_written(root, *check_study(root))
    return whole, sorted({*problems, *_stale_charts(whole)})


def _with_written(root: Path, coded: CodedStudy, problems: list[Problem]) -> tuple[WholeStudy, list[Problem]]:
    charts, chart_faults = read_charts(root, coded)
    findings, finding_faults = read_findings(root, coded)
    return WholeStudy(coded, charts, findings), sorted({*problems, *chart_faults, *finding_faults})


def _stale_charts(whole: WholeStudy) -> Iterator[Problem]:
    """Summaries whose evidence changed. What is gone or lies elsewhere is a problem of its own already."""
    for chart in whole.charts:
        if freshness(chart.evidence, chart.evidence_sha, whole.coded) == "stale":
            said = f"the words or codes that the summary of '{chart.case}' rests on changed after it was written"
            show = f"crosscase chart show {chart.case} {chart.theme}"
            yield Problem(chart.file, chart.line, "stale-chart", said, f"Read the two again: {show}")
