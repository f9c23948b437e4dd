"""`crosscase matrix`: the comparison matrix and the framework matrix in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.filters import asked_filters, filter_options, matrix_coder_option, matrix_coders_of, only_themes
from cli.options import json_option, stop, study_option, study_root

if TYPE_CHECKING:
    from rich.text import Text

    from reports.cell_view import CellView, ExcerptView
    from reports.finding_view import FindingView
    from reports.matrix import CaseTheme, FrameworkMatrix
    from reports.view import ReportView


_NO_BREAK = "\u00a0"


@click.command()
@filter_options
@matrix_coder_option
@click.option("--by-case", is_flag=True, help="Only the case × theme matrix.")
@click.option("--by-group", is_flag=True, help="Only the comparison of groups.")
@study_option
@json_option
def matrix(
    theme: tuple[str, ...],
    role: tuple[str, ...],
    cluster: str | None,
    where: tuple[str, ...],
    coder: str | None,
    by_case: bool,
    by_group: bool,
    study_dir: Path | None,
    as_json: bool,
) -> None:
    """Show the comparison matrix and the case × theme matrix in the terminal.

    \b
    Example:
      crosscase matrix --theme ressourcer --theme medarbejdere
      crosscase matrix --role leder --cluster nord --by-case
    """
    from coding.coded_study import read_coded_study
    from corpus.problems import errors
    from reports.aggregate import compare
    from reports.json_file import matrix_json
    from reports.matrix_findings import read_matrix_findings
    from reports.view import report

    root = study_root(study_dir)
    coded, problems = read_coded_study(root)
    filters = asked_filters(coded, role, cluster, where)
    coders = matrix_coders_of(coded, coder)
    coded = only_themes(coded, theme)
    compared, framework, faults = compare(coded, coders, filters)
    problems += faults
    found = read_matrix_findings(coded, compared, framework)
    if as_json:
        click.echo(matrix_json(compared, coded.study, found).decode(), nl=False)
        return
    if n := len(errors(problems)):
        click.secho(f"{n} errors: what they concern is left out. crosscase check shows them.", err=True, fg="yellow")
    if n_found := sum(a.state in ("moved", "changed") and a.coder in coders for a in coded.anchored):
        said = f"{n_found} codings were found again in edited texts: crosscase reanchor --list shows them."
        click.secho(said, err=True, fg="yellow")
    if not compared.rows or not compared.columns:
        stop("There is nothing to compare yet: crosscase status says what is missing.")
    view = report(coded, compared, framework, n, found=found)
    _print(view, framework, show_groups=not by_case or by_group, show_cases=by_case or not (by_group or theme))


def _print(view: ReportView, framework: FrameworkMatrix, show_groups: bool, show_cases: bool) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    console.print(view.title, style="bold", markup=False)
    console.print(view.facts, style="dim", markup=False)
    for banner in view.banners:
        console.print(banner, style="yellow", markup=False)
    if show_groups:
        console.print(_groups_table(view))
    if show_cases:
        for table in _case_tables(view, framework, console.width):
            console.print(table)
        console.print(" · ".join(f"{_SIGNS[s]} {label}" for s, label in view.words.states.items()), style="dim")


def _groups_table(view: ReportView) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1))
    table.add_column(view.words.theme, ratio=2, style="bold", overflow="fold")
    for column in view.columns:
        table.add_column(f"{column.label} ({column.n.replace(' ', _NO_BREAK)})", ratio=5, overflow="fold")
    if view.has_findings:
        table.add_column(view.words.finding.difference, ratio=3, overflow="fold")
    for row in view.rows:
        if row.whole:
            whole = _findings_text(row.whole)
            about = Text(f"{row.label}\n").append(view.words.finding.whole, style="not bold dim")
            table.add_row(about, whole)
        cells = [_findings_text(found) if found else _cell_text(cell) for cell, found in row.said]
        last = (Text("\n".join(row.difference.texts)),) if view.has_findings else ()
        table.add_row(Text(row.label), *cells, *last)
    return table


def _cell_text(cell: CellView) -> Text:
    """The count, what holds for the other cases, and the excerpts."""
    from rich.text import Text

    text = Text(cell.count, style="bold")
    for line in filter(None, (cell.rest, cell.asked)):
        text.append(f"\n{line}", style="not bold dim")
    for excerpt in cell.excerpts:
        _append_excerpt(text, excerpt)
    return text


def _findings_text(findings: Sequence[FindingView]) -> Text:
    """The sentences, each with its excerpts, those who say otherwise, and the line that counts its cases."""
    from rich.text import Text

    text = Text()
    for n, finding in enumerate(findings):
        text.append(f"\n\n{finding.text}" if n else finding.text, style="bold")
        if finding.fault:
            text.append(f"\n{finding.fault}", style="not bold yellow")
        for excerpt in finding.excerpts:
            _append_excerpt(text, excerpt)
        for said, otherwise in finding.said_otherwise:
            if said:
                text.append(f"\n{said}", style="not bold red")
            if otherwise:
                _append_excerpt(text, otherwise)
        text.append(f"\n{finding.tally}", style="not bold dim")
    return text


def _append_excerpt(text: Text, excerpt: ExcerptView) -> None:
    text.append(f"\n{excerpt.quote}", style="not bold")
    text.append(f" ({excerpt.citation})", style="not bold cyan")


_SIGNS: dict[str, str] = {
    "mentioned": "●",
    "asked_no_answer": "○",
    "read_absent": "–",
    "not_coded": "?",
    "not_asked": "·",
    "not_applicable": "×",
    "unknown": "·?",
}


def _case_tables(view: ReportView, framework: FrameworkMatrix, width: int) -> list[Any]:
    """Themes down, cases across: as many cases a table as the terminal is wide."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    across = max(1, (width - 34) // 13)
    tables = []
    for first in range(0, len(framework.cases), across):
        shown = range(first, min(first + across, len(framework.cases)))
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        table.add_column(view.words.theme, min_width=24, max_width=32)
        for case in shown:
            label = Text(framework.cases[case].label)
            table.add_column(label, justify="center", max_width=12, overflow="fold")
        for index, theme in enumerate(framework.themes):
            table.add_row(Text(theme.label), *(_mark(framework.cells[case][index]) for case in shown))
        tables.append(table)
    return tables


def _mark(cell: CaseTheme) -> str:
    """The sign of the state and, where there are any, how many codings."""
    return f"{_SIGNS[cell.state]} {len(cell.codings) or ''}".rstrip()
