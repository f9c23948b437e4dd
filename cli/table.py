"""`crosscase table`: sheets with a row for each case file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted, json_option, print_json, show_problems, stop, study_option, study_root
from cli.spreadsheet_options import read_spreadsheet, show_notes, show_original, spreadsheet_options

if TYPE_CHECKING:
    from corpus.case_tables.adding import TablePlan
    from corpus.case_tables.table import CaseTable
    from corpus.problems import Problem


@click.group()
def table() -> None:
    """Sheets with a row for each case file: closed items, skip logic, "not documented".

    A table lives in tables/ as a csv and a yaml that says what its columns hold. crosscase check looks through it, and
    crosscase tabulate counts in it.

    \b
    Example:
      crosscase table add sagsgennemgang.xlsx
      crosscase table show sagsgennemgang
    """


@table.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--name", default="", help="What the table is called here (default: the file's name).")
@click.option("--title", default="", help="The title that readers see.")
@click.option("--id", "id_", default="", metavar="COLUMN", help="The column that tells the rows apart.")
@click.option("--case", default="", metavar="COLUMN", help="The column with the case: its id or label in cases.csv.")
@click.option("--keep", multiple=True, metavar="COLUMN", help="Take a hidden or personal column all the same.")
@click.option("--skip", multiple=True, metavar="COLUMN", help="Leave this column out (repeatable).")
@click.option("--replace", is_flag=True, help="Let the spreadsheet take the place of cells that were edited by hand.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@spreadsheet_options
@study_option
@json_option
def add(
    path: Path, name: str, title: str, id_: str, case: str, keep: tuple[str, ...], skip: tuple[str, ...],
    replace: bool, dry_run: bool, sheet: str, header_row: int | None, header_rows: int | None, encoding: str,
    study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a table of a spreadsheet (csv, tsv, xlsx, ods), with a first description of its columns.

    The description is a draft: values in order, which of them say "not documented", and skip logic as the empty cells
    suggest it. A later version of the spreadsheet takes the table's place, and what the description says stays.
    Columns that are hidden or tell who somebody is stay outside the study. crosscase import --undo takes it back.

    \b
    Example:
      crosscase table add sagsgennemgang.xlsx --case kommune --id sagsnr
      crosscase table add sagsgennemgang.xlsx --dry-run
    """
    import datetime

    from corpus.case_tables.adding import NewTable, apply_table, plan_table
    from corpus.cases import read_cases
    from corpus.ids import make_id, why_illegal

    root = study_root(study_dir)
    name = name or make_id(path.stem)
    if why := why_illegal(name):
        raise click.UsageError(f"--name {name} {why}")
    headed, read, digest, problems = read_spreadsheet(path, sheet, header_row, header_rows, encoding)
    for column in (*keep, *skip, *filter(None, (id_, case))):
        if headed.named(column) < 0:
            raise click.UsageError(f"{path} has no column '{column}'; it has: "
                                   f"{', '.join(c.name for c in headed.columns[:20])}")  # fmt: skip
    now = datetime.datetime.now().astimezone()
    new = NewTable(path, digest, read.name, headed, keep, skip)
    given = {"title": title, "id": id_, "case": case}
    plan, faults = plan_table(root, new, name, read_cases(root)[0], given, now.date(), replace)
    problems += faults
    if plan is None:
        show_problems(problems)
        stop("Nothing was written.")
    if not dry_run:
        problems += apply_table(root, plan, now)
    if as_json:
        print_json(_plan_value(plan, dry_run, problems))
    else:
        show_notes(read, headed)
        _show_plan(plan, dry_run)
        show_problems(problems)
    raise SystemExit(1 if problems else 0)


def _plan_value(plan: TablePlan, dry_run: bool, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "dry_run": dry_run, "name": plan.name, "is_new": plan.is_new, "rows": plan.n_rows,
        "written": [] if dry_run else [file.path for file in plan.files], "items": [i.id for i in plan.about.items],
        "id": plan.about.id, "case": plan.about.case, "left_out": plan.left_out, "original": plan.original,
        "new_columns": plan.new_columns,
        "new": plan.new, "changed": plan.changed, "gone": plan.gone,
        "problems": [{"file": p.file, "line": p.line, "rule": p.rule, "message": p.message} for p in problems],
    }  # fmt: skip


def _show_plan(plan: TablePlan, dry_run: bool) -> None:
    about = plan.about
    if not plan.files:
        click.echo(f"Recognised: table '{plan.name}' holds this file already. Nothing to write.")
        return
    verb = ("Would add" if plan.is_new else "Would update") if dry_run else ("Added" if plan.is_new else "Updated")
    click.secho(f"{verb} table '{plan.name}': {counted(plan.n_rows, 'row')}, {counted(len(about.items), 'item')}",
                bold=True)  # fmt: skip
    if not plan.is_new:
        click.echo(f"  rows: {plan.new} new, {plan.changed} changed, {plan.gone} gone")
        if plan.new_columns:
            click.echo(f"  new columns, added to the description: {', '.join(plan.new_columns)}")
    click.echo(f"  id: {about.id or 'none'}   case: {about.case or 'none'}")
    for item in about.items if plan.is_new else ():
        values = ", ".join(list(item.choices)[:6]) + (" …" if len(item.choices) > 6 else "")
        asked = "".join(f"  if {o}={'/'.join(w if isinstance(w, tuple) else (w,))}" for o, w in item.asked_if.items())
        nothing = f"  [{', '.join(item.not_documented)}: not documented]" if item.not_documented else ""
        click.echo(f"  {item.id:28} {item.kind:8} {values}{nothing}{asked}")
    if plan.left_out:
        click.echo(
            f"Left out (hidden, or telling who somebody is): {', '.join(plan.left_out)}. --keep COLUMN takes one."
        )
        show_original(plan.original)
    if dry_run:
        click.echo("Nothing was written. Without --dry-run it will be.")
    else:
        click.echo(f"Next: look through tables/{plan.name}.yaml, then: crosscase check")
        click.echo("To take it back: crosscase import --undo")


@table.command("list")
@study_option
@json_option
def list_(study_dir: Path | None, as_json: bool) -> None:
    """List the tables of the study, with their rows and items.

    \b
    Example:
      crosscase table list
    """
    from corpus.case_tables.file import read_case_tables

    tables, _ = read_case_tables(study_root(study_dir))
    if as_json:
        print_json([{"name": t.name, "title": t.title, "rows": len(t.rows), "items": list(t.items)} for t in tables])
        return
    for found in tables:
        click.echo(
            f"{found.name:24} {counted(len(found.rows), 'row')}, {counted(len(found.items), 'item')}  {found.title}"
        )
    if not tables:
        click.echo("The study has no tables. crosscase table add FILE makes one of a spreadsheet.")


@table.command()
@click.argument("name", required=False)
@study_option
@json_option
def show(name: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Show the items of a table: how many rows have an answer, and why the others have none.

    \b
    Example:
      crosscase table show sagsgennemgang
    """
    from corpus.case_tables.file import read_case_tables
    from corpus.problems import did_you_mean

    tables, _ = read_case_tables(study_root(study_dir))
    names = [found.name for found in tables]
    if name is not None and name not in names:
        raise click.UsageError(
            f"There is no table '{name}'. {did_you_mean(name, names)} crosscase table list shows all."
        )
    shown = [found for found in tables if name in (None, found.name)]
    if as_json:
        print_json([{"name": found.name, "title": found.title, "rows": len(found.rows), "items": _items(found)}
                    for found in shown])  # fmt: skip
        return
    for found in shown:
        _show_table(found)
    if not shown:
        click.echo("The study has no tables. crosscase table add FILE makes one of a spreadsheet.")


def _items(found: CaseTable) -> list[dict[str, Any]]:
    from collections import Counter

    from corpus.case_tables.table import STATES

    items = []
    for id, item in found.items.items():
        states = Counter(answers[id].state for answers in found.answers)
        values = Counter(value for answers in found.answers for value in answers[id].values)
        items.append({"id": id, "label": item.name, "kind": item.kind, "column": item.column or id,
                      "values": {value: values[value] for value in item.choices or list(values)[:20]},
                      "states": {state: states[state] for state in STATES},
                      "asked_if": item.asked_if})  # fmt: skip
    return items


def _show_table(found: CaseTable) -> None:
    import sys

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(Text(f"{found.title} ({found.name}): {counted(len(found.rows), 'row')}", style="bold"))
    columns = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for column, justify in (("item", "left"), ("answered", "right"), ("not documented", "right"), ("missing", "right"),
                            ("not asked", "right"), ("unclear", "right"), ("values", "left")):  # fmt: skip
        columns.add_column(column, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for item in _items(found):
        values = ", ".join(f"{value} {n}" for value, n in list(item["values"].items())[:8])
        values = "free text" if item["kind"] == "text" else "numbers" if item["kind"] == "number" else values
        label = item["id"] if item["label"] == item["id"] else f"{item['id']}\n{item['label']}"
        columns.add_row(Text(label), *(str(n) if n else "·" for n in item["states"].values()), Text(values))
    console.print(columns)
