"""`crosscase chart`: the written summaries of the framework matrix, looked at: list, table, show."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.chart_write import draft, edit, remove, set_, stamp
from cli.options import counted, json_option, print_json, study_option, study_root
from cli.written import (
    change_lines,
    evidence_lines,
    evidence_records,
    staleness_lines,
    state_of,
    the_cell,
    themes_and_cases,
    which_options,
    whole_study,
)

if TYPE_CHECKING:
    from reports.charts import Chart
    from reports.matrix import CaseTheme
    from reports.whole_study import WholeStudy


@click.group()
def chart() -> None:
    """Charts: what each case says under each theme, in a sentence or two, with the codings it rests on.

    They are kept in charts/THEME.yaml and bound to their codings: when one of these changes, the summary is stale and
    says so.

    \b
    Example:
      crosscase chart draft --theme ressourcer
      crosscase chart set birkeby ressourcer "For mange sager pr. medarbejder."
      crosscase chart list --stale
    """


for command in (draft, set_, edit, stamp, remove):
    chart.add_command(command)

_SIGNS = {"written": "●", "draft": "○", "stale": "!", "missing": "–", "no codings": " "}


def _stand(whole: WholeStudy, cell: CaseTheme) -> str:
    """What there is of a cell: written, draft, stale, missing, or nothing to write about."""
    there = whole.chart_by_cell.get((cell.case.id, cell.theme.id))
    if there is None:
        return "missing" if cell.codings else "no codings"
    return "stale" if whole.staleness_of(there).is_stale else "draft" if there.is_draft else "written"


@chart.command("list")
@which_options
@click.option("--stale", is_flag=True, help="Only summaries whose evidence changed.")
@click.option("--missing", is_flag=True, help="Only cells with codings and no summary.")
@click.option("--drafts", is_flag=True, help="Only drafts that nobody has taken on.")
@study_option
@json_option
def list_(
    themes: tuple[str, ...], cases: tuple[str, ...], all_cells: bool, stale: bool, missing: bool, drafts: bool,
    study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """List the cells of the framework matrix: written, drafted, stale, missing. Exit code 1 when one is stale.

    Cells without codings are left out, unless with --all.

    \b
    Example:
      crosscase chart list --stale
      crosscase chart list --missing --theme ressourcer
    """
    whole = whole_study(study_root(study_dir), ("charts/",))
    wanted = {name for name, asked in (("stale", stale), ("missing", missing), ("draft", drafts)) if asked}
    shown_themes, shown_cases = themes_and_cases(whole, themes, cases)
    rows = []
    for theme in shown_themes:
        for case in shown_cases:
            cell = the_cell(whole, case, theme)
            stand = _stand(whole, cell)
            if stand in wanted if wanted else (all_cells or stand != "no codings"):
                rows.append((cell, stand))
    if as_json:
        print_json([_record(whole, cell, stand) for cell, stand in rows])
    else:
        for cell, stand in rows:
            there = whole.chart_by_cell.get((cell.case.id, cell.theme.id))
            said = _short(there.summary) if there else counted(len(cell.codings), "coding")
            more = len(whole.staleness_of(there).not_covered) if there else 0
            note = f"  [{counted(more, 'coding')} not covered]" if more else ""
            click.echo(f"{cell.theme.id:20} {cell.case.id:14} {stand:10} {said}{note}")
        found = [stand for _, stand in rows]
        counts = (f"{found.count(name)} {name}" for name in _SIGNS if name in found)
        click.echo(", ".join(counts) or "nothing of the kind", err=True)
    raise SystemExit(1 if any(stand == "stale" for _, stand in rows) else 0)


def _record(whole: WholeStudy, cell: CaseTheme, stand: str) -> dict[str, Any]:
    there = whole.chart_by_cell.get((cell.case.id, cell.theme.id))
    record: dict[str, Any] = {
        "theme": cell.theme.id,
        "case": cell.case.id,
        "stand": stand,
        "codings": len(cell.codings),
    }
    if there is None:
        return record
    found = whole.staleness_of(there)
    return record | {
        "summary": there.summary, "by": there.by, "note": there.note, "evidence": list(there.evidence),
        "freshness": found.freshness, "gone": list(found.gone), "elsewhere": list(found.elsewhere),
        "not_covered": [coding.id for coding in found.not_covered], "file": there.file, "line": there.line,
    }  # fmt: skip


@chart.command()
@which_options
@study_option
def table(themes: tuple[str, ...], cases: tuple[str, ...], all_cells: bool, study_dir: Path | None) -> None:
    """The framework matrix as a table: a sign for each case and theme, or with one theme or case the summaries.

    \b
    Example:
      crosscase chart table
      crosscase chart table --theme ressourcer
    """
    from rich.console import Console

    whole = whole_study(study_root(study_dir), ("charts/",))
    shown_themes, shown_cases = themes_and_cases(whole, themes, cases)
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    with_words = not all_cells and (len(themes) == 1 or len(cases) == 1)
    for part in _words_table(whole, shown_themes, shown_cases) if with_words else _signs_table(
        whole, shown_themes, shown_cases, console.width
    ):  # fmt: skip
        console.print(part)
    if not with_words:
        console.print(" · ".join(f"{sign} {name}" for name, sign in _SIGNS.items() if sign.strip()), style="dim")


def _signs_table(whole: WholeStudy, themes: list[str], cases: list[str], width: int) -> list[Any]:
    """Themes down, cases across: as many cases a table as the terminal is wide."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    across = max(1, (width - 34) // 13)
    tables = []
    for first in range(0, len(cases), across):
        part = cases[first : first + across]
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        table.add_column("", min_width=24, max_width=32)
        for case in part:
            label = Text(whole.coded.study.case_by_id[case].label)
            table.add_column(label, justify="center", max_width=12, overflow="fold")
        for theme in themes:
            signs = (_SIGNS[_stand(whole, the_cell(whole, case, theme))] for case in part)
            table.add_row(Text(whole.coded.codebook.by_id[theme].label), *signs)
        tables.append(table)
    return tables


def _words_table(whole: WholeStudy, themes: list[str], cases: list[str]) -> list[Any]:
    """A row for each case of a theme, with its summary."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.HORIZONTALS, show_lines=True, show_header=False, expand=True, padding=(0, 1))
    table.add_column("", ratio=2, style="bold")
    table.add_column("", ratio=7)
    for theme in themes:
        for case in cases:
            cell = the_cell(whole, case, theme)
            stand, there = _stand(whole, cell), whole.chart_by_cell.get((case, theme))
            text = Text(there.summary if there else counted(len(cell.codings), "coding") if cell.codings else "")
            if stand not in ("written", "no codings"):
                text.append(f"  [{stand}]", style="yellow")
            label = cell.case.label if len(themes) == 1 else cell.theme.label
            table.add_row(Text(label), text)
    return [table]


@chart.command()
@click.argument("case")
@click.argument("theme")
@study_option
@json_option
def show(case: str, theme: str, study_dir: Path | None, as_json: bool) -> None:
    """Show a summary with the words it rests on, and what changed since it was written.

    \b
    Example:
      crosscase chart show birkeby ressourcer
    """
    from reports.evidence import evidence_codings
    from reports.evidence_changes import evidence_changes

    whole = whole_study(study_root(study_dir), ("charts/",))
    cell = the_cell(whole, case, theme)
    there = whole.chart_by_cell.get((case, theme))
    codings = evidence_codings(there.evidence, whole.coded) if there else cell.codings
    changes = evidence_changes(there.evidence, there.evidence_sha, whole.coded) if there and there.evidence_sha else ()
    if as_json:
        record = _record(whole, cell, _stand(whole, cell)) | {"codings": evidence_records(whole, codings)}
        print_json(record | {"changes": None if changes is None else [_as_dict(change) for change in changes]})
        return
    click.secho(f"{cell.case.label} · {cell.theme.label}", bold=True)
    if there is None:
        click.echo(f"Nobody has written a summary. crosscase chart draft --case {case} --theme {theme} drafts one.")
    else:
        _show_chart(whole, there, change_lines(changes))
    for line in evidence_lines(whole, codings):
        click.echo(f"  {line}")


def _show_chart(whole: WholeStudy, there: Chart, changed: list[str]) -> None:
    click.echo(f"{there.summary}\n")
    by = "a draft that nobody has taken on" if there.is_draft else f"by {there.by}" if there.by else ""
    found = whole.staleness_of(there)
    for line in filter(None, (by, there.note and f"note: {there.note}", f"evidence: {state_of(found)}")):
        click.echo(line)
    for line in staleness_lines(found, "summary"):
        click.secho(f"  {line}", fg="yellow")
    for line in changed:
        click.secho(f"  {line}", fg="yellow")


def _as_dict(change: Any) -> dict[str, str]:
    import msgspec

    record: dict[str, str] = msgspec.to_builtins(change)
    return record


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 60 else f"{one_line[:59]}…"
