"""All that findings and charts say about one matrix: ledgers, what differs between the groups, and summaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from coding.coded_study import CodedStudy
from reports.charts import Chart, staleness
from reports.charts_file import read_charts
from reports.differences import ClaimDifference, claim_differences
from reports.evidence import Freshness
from reports.findings import Ledger, ThemeFindings, ledger
from reports.findings_file import read_findings
from reports.matrix import ComparisonMatrix, FrameworkMatrix


class FreshChart(msgspec.Struct, frozen=True):
    """A summary, and whether it still follows from its evidence."""

    chart: Chart
    freshness: Freshness
    is_stale: bool


class ThemeLedgers(msgspec.Struct, frozen=True):
    """One row: a person's sentence on what differs, the ledgers of its findings, and how the groups compare."""

    difference: str = ""
    ledgers: tuple[Ledger, ...] = ()
    claims: tuple[ClaimDifference, ...] = ()

    def of_group(self, group: str) -> tuple[Ledger, ...]:
        """The ledgers of one column, or (empty) of the findings about all columns."""
        return tuple(ledger for ledger in self.ledgers if ledger.finding.group == group)


NO_LEDGERS = ThemeLedgers()


class MatrixFindings(msgspec.Struct, frozen=True):
    """Theme id → what its findings say; (case id, theme id) → the case's summary.

    `left_out` says that the study has findings which this matrix cannot show, since it is filtered by role.
    """

    themes: Mapping[str, ThemeLedgers] = {}
    charts: Mapping[tuple[str, str], FreshChart] = {}
    left_out: bool = False

    def of_theme(self, theme: str) -> ThemeLedgers:
        """What the findings of a row say; nothing where it has none."""
        return self.themes.get(theme, NO_LEDGERS)

    @property
    def is_shown(self) -> bool:
        """Whether there is any finding, or any sentence on what differs."""
        return bool(self.themes)


NO_FINDINGS = MatrixFindings()


def read_matrix_findings(coded: CodedStudy, matrix: ComparisonMatrix, framework: FrameworkMatrix) -> MatrixFindings:
    """The findings and charts of the study, as they bear on a matrix of it. Faults in them are for `check` to tell."""
    findings, _ = read_findings(coded.study.root, coded)
    charts, _ = read_charts(coded.study.root, coded)
    return matrix_findings(coded, matrix, framework, findings, charts)


def matrix_findings(
    coded: CodedStudy,
    matrix: ComparisonMatrix,
    framework: FrameworkMatrix,
    findings: Sequence[ThemeFindings],
    charts: Sequence[Chart],
) -> MatrixFindings:
    """Findings and charts as they bear on a matrix.

    In a matrix of some cases the ledgers are over these, and a person's sentence on the whole is left out. In a matrix
    of some roles there are no findings at all: a stance is about all that the case says.
    """
    shown = {theme.id for theme in framework.themes}
    of_rows = [file for file in findings if file.theme in shown]
    if any(said.startswith("role=") for said in matrix.filters):
        return MatrixFindings(left_out=any(file.findings for file in of_rows))
    themes: dict[str, ThemeLedgers] = {}
    for file in of_rows:
        known = themes.get(file.theme, NO_LEDGERS)
        ledgers = (*known.ledgers, *(ledger(f, framework, matrix.columns, coded) for f in file.findings))
        difference = known.difference or ("" if matrix.filters else file.difference.strip())
        if ledgers or difference:
            claims = claim_differences(ledgers, [column.id for column in matrix.columns])
            themes[file.theme] = ThemeLedgers(difference, ledgers, claims)
    return MatrixFindings(themes, dict(_fresh(coded, framework, charts)))


def _fresh(
    coded: CodedStudy, framework: FrameworkMatrix, charts: Sequence[Chart]
) -> Iterator[tuple[tuple[str, str], FreshChart]]:
    """The first summary of every case and theme that the framework matrix has, and whether it is stale."""
    cells = {(cell.case.id, cell.theme.id): cell for row in framework.cells for cell in row}
    for chart in reversed(charts):
        key = chart.case, chart.theme
        if key in cells and chart.summary.strip():
            found = staleness(chart, cells[key], coded)
            yield key, FreshChart(chart, found.freshness, found.is_stale)
