"""charts/<theme>.yaml: the summaries of one theme, read with the line of every fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from coding.coded_study import CodedStudy
from corpus.ids import Id
from corpus.problems import Problem
from reports.charts import Chart
from reports.theme_files import Named, ThemeFile, case_faults, evidence_faults, line_at, read_theme_files, theme_faults

CHARTS_FOLDER = "charts"


class ChartEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One summary as the file has it; see `reports.charts.Chart`."""

    case: Id
    summary: str
    evidence: tuple[str, ...] = ()
    evidence_sha: str = ""
    by: str = ""
    note: str = ""
    line: int = 0


class ChartsFile(msgspec.Struct, frozen=True):
    """charts/<theme>.yaml."""

    theme: Id
    charts: tuple[ChartEntry, ...] = ()


def charts_file(theme: str) -> str:
    """The file's path relative to the study folder."""
    return f"{CHARTS_FOLDER}/{theme}.yaml"


def read_charts(root: Path, coded: CodedStudy) -> tuple[tuple[Chart, ...], list[Problem]]:
    """All summaries of the study, in order of the files' names and of their entries, and every fault in them.

    What can be read is returned even where it names a theme, case or coding that is not there.
    """
    files, problems = read_theme_files(root, CHARTS_FOLDER, ChartsFile)
    charts: list[Chart] = []
    for at in files:
        here = charts_in(at)
        problems += [*theme_faults(at.said.theme, at, coded), *_faults(here, at, coded)]
        charts += here
    return tuple(charts), problems


def charts_in(at: ThemeFile[ChartsFile]) -> list[Chart]:
    """The summaries of one file."""
    return [
        Chart(at.said.theme, e.case, e.summary, e.evidence, e.evidence_sha, e.by, e.note, at.file, e.line)
        for e in at.said.charts
    ]


def _faults(charts: list[Chart], at: ThemeFile[ChartsFile], coded: CodedStudy) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    named = []
    for chart in charts:
        yield from case_faults(chart.case, at.file, chart.line, coded)
        if chart.case in seen:
            said = f"case '{chart.case}' has a summary on line {seen[chart.case]} already"
            yield Problem(at.file, chart.line, "duplicate-chart", said)
        seen.setdefault(chart.case, chart.line)
        line = line_at(at.entry("charts", chart.line), "evidence")
        named.append(Named(chart.evidence, chart.case, chart.theme, at.file, line))
    yield from evidence_faults(named, coded)
