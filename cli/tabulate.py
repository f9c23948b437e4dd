"""`crosscase tabulate`: counts with denominators."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cli.filters import matrix_coder_option, matrix_coders_of
from cli.options import json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.tabulated import Request
    from corpus.case_tables.table import CaseTable
    from corpus.study import Tabulate
    from reports.tabulate import Tabulation
    from reports.tabulation_view import TabulationView
    from reports.words import Words


@click.command()
@click.argument("items", metavar="ITEM...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", multiple=True,
              help="Compare by an attribute or item (default: the groups; `none`: nothing; repeatable).")  # fmt: skip
@click.option("--where", metavar="NAME=VALUE", multiple=True, help="Only rows or cases with this value (repeatable).")
@click.option("--of", type=click.Choice(["applies", "documented"]), default="applies",
              help="What percentages are of: all to whom the item applies (default), or those with a documented "
              "answer.")  # fmt: skip
@click.option("--title", default="", help="The title of the table.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write .xlsx, .csv or .md instead of showing it.")  # fmt: skip
@click.option("--plain", is_flag=True, help="csv for R or pandas: commas, no byte order mark, ids as names of columns.")
@click.option(
    "--report", is_flag=True, help="Also add it to study.toml, so that `crosscase build` has it in the report."
)
@matrix_coder_option
@study_option
@json_option
def tabulate(
    items: tuple[str, ...], by: tuple[str, ...], where: tuple[str, ...], of: Literal["applies", "documented"],
    title: str, out: Path | None, plain: bool, report: bool, coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Count answers with their denominators: of those asked, of all.

    ITEM is an item of a table of case files (crosscase table list), an attribute of the cases, or a theme, which a case
    counts once for. Several are cross-tabulated. What was not asked, what is not documented and what is not filled in
    are told apart, and no percentage stands without the number it is of.

    \b
    Example:
      crosscase tabulate vurderet-udvikling
      crosscase tabulate vurderet-udvikling --by cluster --where fleksjobtype=midlertidigt
      crosscase tabulate ressourcer --by merged --out ressourcer.xlsx
    """
    from corpus.study import Tabulate
    from reports.tabulate import can_say
    from reports.tabulate import tabulate as count
    from reports.tabulation_view import tabulation_value, tabulation_view
    from reports.words import words_for

    root = study_root(study_dir)
    _check_out(out, root, plain)
    coded, tables = _read(root)
    said = Tabulate(items, by, where, of, title)
    request = _request(said, coded, tables)
    coders = matrix_coders_of(coded, coder) if _has_themes(request) else ()
    if wrong := can_say(request, coded, tables, coders):
        raise click.UsageError(wrong[0])
    found = count(request, coded, tables, coders)
    words = words_for(coded.study.settings.report_language)
    view = tabulation_view(found, words, coded.study.settings.coders)
    if out is not None:
        _write(out, found, view, coded, plain)
    elif as_json:
        print_json(tabulation_value(found))
    else:
        _print(view, coded, words)
    if report:
        _add_to_report(root, said, as_json)


def _read(root: Path) -> tuple[CodedStudy, tuple[CaseTable, ...]]:
    """The study and its tables; says how many errors there are."""
    from coding.checks import check_study
    from corpus.case_tables.file import read_case_tables
    from corpus.problems import errors

    coded, problems = check_study(root)
    if n := len(errors(problems)):
        click.secho(f"{n} errors: what they concern is left out. crosscase check shows them.", err=True, fg="yellow")
    return coded, read_case_tables(root)[0]


def _request(said: Tabulate, coded: CodedStudy, tables: tuple[CaseTable, ...]) -> Request:
    from coding.tabulated import request_of

    request, faults = request_of(said, coded, tables)
    if request is None:
        raise click.UsageError("\n".join(f"{fault.message}. {fault.hint}".strip() for fault in faults))
    return request


def _has_themes(request: Request) -> bool:
    return any(field.theme for field in (*request.items, *request.by, *(field for field, _ in request.where)))


def _check_out(out: Path | None, root: Path, plain: bool) -> None:
    from cli.export_files import refuse_the_studys_own

    if out is None:
        return
    if out.suffix.lower() not in (".csv", ".xlsx", ".md"):
        raise click.UsageError(f"{out} ends neither in .xlsx, .csv nor .md.")
    if plain and out.suffix.lower() != ".csv":
        raise click.UsageError("--plain is for csv.")
    refuse_the_studys_own(out, root)


def _print(view: TabulationView, coded: CodedStudy, words: Words) -> None:
    """The table on the terminal; plain text where nobody is looking."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(view.title, style="bold", markup=False)
    for line in (view.facts, words.constructed if coded.study.settings.constructed else ""):
        if line:
            console.print(line, style="dim", markup=False)
    table = Table(box=box.HORIZONTALS, padding=(0, 1))
    table.add_column(Text(words.tabulation.answer))
    for label, size in view.head:
        table.add_column(Text(f"{label} ({size})"), justify="right")
    for row in view.rows:
        style = {"answer": "", "rest": "dim", "sum": "bold"}[row.kind]
        table.add_row(Text(row.label), *map(Text, row.cells), style=style)
    console.print(table)
    for text in view.said:
        console.print(text, markup=False)
    for text in view.notes:
        console.print(text, style="dim", markup=False)


def _write(out: Path, found: Tabulation, view: TabulationView, coded: CodedStudy, plain: bool) -> None:
    from corpus.files import write_whole
    from reports.listing import csv_bytes
    from reports.tabulation_view import tabulation_listing
    from reports.words import words_for

    settings = coded.study.settings
    words = words_for(settings.report_language)
    suffix = out.suffix.lower()
    if suffix == ".csv":
        data = csv_bytes(tabulation_listing(found, words), plain)
    elif suffix == ".xlsx":
        from reports.tabulation_xlsx import tabulation_xlsx

        data = tabulation_xlsx(found, view, settings, words)
    else:
        from reports.markdown import tabulation_lines

        data = "\n".join(tabulation_lines(view, words)).encode()
    try:
        write_whole(out, data)
    except OSError as error:
        stop(f"{out}: {error.strerror}. Close programs that have it open and try again.")
    click.echo(f"wrote  {out}", err=True)


def _add_to_report(root: Path, said: Tabulate, as_json: bool) -> None:
    """The tabulation as a `[[tabulate]]` entry at the end of study.toml."""
    import msgspec

    from corpus.files import write_whole
    from corpus.study import STUDY_FILE

    path = root / STUDY_FILE
    lines = ["[[tabulate]]"]
    for key in ("items", "by", "where", "of", "title"):
        value = getattr(said, key)
        if value and value != "applies":
            value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
            lines.append(f"{key} = {msgspec.json.encode(value).decode()}")
    text = path.read_text("utf-8").rstrip("\n")
    block = "\n".join(lines)
    if block in text:
        click.echo("It is in study.toml already.", err=as_json)
        return
    write_whole(path, f"{text}\n\n{block}\n".encode())
    click.echo("Added to study.toml; crosscase build puts it into the report.", err=as_json)
