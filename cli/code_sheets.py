"""`crosscase code sheet` and `crosscase code import`: coding in Excel or LibreOffice, and bringing the
work back.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import (
    coder_option,
    json_option,
    print_json,
    show_problems,
    stop,
    study_option,
    study_root,
    who_codes,
    yes_option,
)

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.sheet_changes import SheetChange, SheetChanges
    from corpus.problems import Problem
    from corpus.source import Source


@click.command()
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE.xlsx",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write.",
)
@click.option("--all", "all_sources", is_flag=True, help="All sources, also those you have marked as read.")
@click.option("--force", is_flag=True, help="Replace FILE.xlsx; what was typed into it and not imported is lost.")
@coder_option
@study_option
@json_option
def sheet(
    source_ids: tuple[str, ...], output: Path, all_sources: bool, force: bool, coder: str | None,
    study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a workbook to code in: a tab for each source, a row for each paragraph, codes in drop-down lists.

    Without SOURCE it holds the sources that you have not marked as read. It shows your own codings and nobody
    else's. Bring your work back with `crosscase code import`.

    \b
    Example:
      crosscase code sheet birkeby-leder birkeby-sagsbehandler -o birkeby.xlsx
      crosscase code sheet -o unread.xlsx --coder ana
    """
    from coding.coded_study import read_coded_study
    from coding.sheet_file import write_sheet
    from coding.sheets import TAB_LIMIT, sheet_plan

    root = study_root(study_dir)
    who = who_codes(root, coder)
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{output} does not end in .xlsx.")
    coded, problems = read_coded_study(root)
    _mention(problems)
    sources = _wanted(coded, source_ids, all_sources, who)
    if len(sources) > TAB_LIMIT:
        stop(f"{len(sources)} sources are more than a workbook can hold ({TAB_LIMIT}). Name some of them.")
    plan = sheet_plan(coded, sources, who)
    if not plan.codes:
        stop("There are no codes to choose from. Draft a codebook with: crosscase codebook derive guide.md")
    if output.exists() and not force:
        stop(f"{output} is there already, perhaps with work in it. Choose another name, or replace it with --force.")
    try:
        write_sheet(output, plan)
    except OSError as error:
        stop(f"{output}: {error.strerror}. If it is open in another program, close it there.")
    rows = sum(len(page.source.rows) for page in plan.pages)
    if as_json:
        print_json({"file": str(output), "coder": who, "sources": [s.id for s in sources], "paragraphs": rows})
        return
    size = f"{_count(len(sources), 'source')}, {_count(rows, 'paragraph')}"
    click.echo(f"wrote  {output}: {size}, to be coded by {who}")
    click.echo(f"Bring it back with: crosscase code import {output}")


@click.command("import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--skip-problems", is_flag=True, help="Apply the rest where some cells or rows have problems.")
@yes_option
@coder_option
@study_option
@json_option
def import_sheet(
    file: Path,
    dry_run: bool,
    skip_problems: bool,
    yes: bool,
    coder: str | None,
    study_dir: Path | None,
    as_json: bool,
) -> None:
    """Bring a coding sheet back: show what was changed in it, ask, and write that as your codings.

    Only what was changed in the sheet is applied; what was coded elsewhere meanwhile stays. The same sheet
    can be imported again: what is there already is not written twice. One `crosscase code undo` takes all of
    it back.

    \b
    Example:
      crosscase code import birkeby.xlsx
      crosscase code import birkeby.xlsx --yes
    """
    from coding.coded_study import read_coded_study
    from coding.sheet_changes import changes_from_sheet
    from coding.sheet_reader import read_sheet
    from corpus.problems import errors

    root = study_root(study_dir)
    who = who_codes(root, coder)
    filled, problems = read_sheet(file)
    found: SheetChanges | None = None
    faults: list[Problem] = []
    if filled is not None:
        coded, study_problems = read_coded_study(root)
        _mention(study_problems)
        found, faults = changes_from_sheet(coded, filled, who, _active_ids(root, who))
    problems = sorted({*problems, *faults})
    refused = found is None or any(p.rule in ("sheet-other-study", "sheet-other-coder") for p in problems)
    blocked = refused or (bool(errors(problems)) and not skip_problems)
    changes: Sequence[SheetChange] = found.changes if found else ()
    if not as_json:
        show_problems(problems)
        _show(changes)
    may_write = not dry_run and not blocked and bool(changes) and (yes or _agreed(as_json))
    written = found.run if found and may_write else ""
    if found and may_write:
        _write(root, who, found)
    if as_json:
        print_json({"file": str(file), "coder": who, "written": written, "changes": changes,
                    "problems": [_record(p) for p in problems]})  # fmt: skip
    _close(changes, written, blocked, refused, dry_run, as_json)


def _wanted(coded: CodedStudy, source_ids: tuple[str, ...], all_sources: bool, coder: str) -> list[Source]:
    """The sources named, or all, or those that the coder has not marked as read."""
    from corpus.problems import did_you_mean

    known = coded.study.source_by_id
    for id in source_ids:
        if id not in known:
            raise click.UsageError(f"There is no source '{id}'. {did_you_mean(id, known)}".strip())
    if source_ids:
        return [known[id] for id in dict.fromkeys(source_ids)]
    if not coded.study.sources:
        stop("The study has no sources yet. Bring interviews in with: crosscase import FILE…")
    read = {m.source for m in coded.reads if m.coder == coder and not m.theme}
    wanted = [source for source in coded.study.sources if all_sources or source.id not in read]
    return wanted or stop(f"{coder} has marked all sources as read. Name sources, or take them all with --all.")


def _mention(problems: Sequence[Problem]) -> None:
    """One line that the study itself has errors; `crosscase check` tells which."""
    from corpus.problems import errors

    if faults := errors(problems):
        there = "are errors" if len(faults) > 1 else "is an error"
        click.secho(f"There {there} in the study ({len(faults)}): crosscase check shows more.", err=True, fg="yellow")


def _active_ids(root: Path, coder: str) -> frozenset[str]:
    from coding.acts import read_logs_of
    from coding.fold import active_ids

    return frozenset(id for lines in read_logs_of(root, coder).values() for id in active_ids(lines))


def _show(changes: Sequence[SheetChange]) -> None:
    """The changes by source, a line each."""
    for source, group in groupby(changes, key=lambda change: change.source):
        here = list(group)
        click.secho(f"{source}  ({_count(len(here), 'change')})", bold=True)
        for change in here:
            where = f"paragraph {change.paragraph}" if change.paragraph else ""
            click.echo(f"  {where:14} {_told(change)}")


def _told(change: SheetChange) -> str:
    words, memo = _short(change.words, 60), f"  memo “{_short(change.to, 40)}”" if change.to else ""
    match change.kind:
        case "add":
            return f"+ {change.code}{memo}  “{words}”"
        case "retract":
            return f"− {change.code}  “{words}”"
        case "recode":
            return f"{change.code} → {change.to}  “{words}”"
        case "shorten":
            return f"− {change.code}, here only  “{words}”"
        case "memo":
            return f"{change.code}: {memo.strip() or 'memo removed'}"
        case "note":
            return f"memo on the source: “{_short(change.to, 60)}”" if change.to else "memo on the source removed"
        case "read":
            return "marked as read"
    return "no longer marked as read"


def _agreed(as_json: bool) -> bool:
    """Ask, where somebody can answer."""
    return not as_json and _is_terminal() and click.confirm("Write these changes?", err=True)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _write(root: Path, coder: str, found: SheetChanges) -> None:
    from coding.acts import write_events

    try:
        write_events(root, coder, found.events)
    except OSError as error:
        stop(f"{error.filename or root}: {error.strerror}. Sources before it were written; "
             "import the sheet again when this is mended, and only what is lacking is added.")  # fmt: skip


def _record(problem: Problem) -> dict[str, object]:
    return {"file": problem.file, "line": problem.line, "rule": problem.rule, "severity": problem.severity,
            "message": problem.message, "hint": problem.hint}  # fmt: skip


def _close(
    changes: Sequence[SheetChange], written: str, blocked: bool, refused: bool, dry_run: bool, as_json: bool
) -> None:
    """The last line, and the exit code: 1 where something was to be written and was not."""
    if blocked:
        rest = "" if refused else " Mend the errors above, or leave out what they concern with --skip-problems."
        stop(f"Nothing was written.{rest}")
    if written:
        undo = f"Take all of it back with: crosscase code undo {written}"
        click.echo(f"{_count(len(changes), 'change')} written. {undo}", err=as_json)
    elif not changes:
        click.echo("Nothing to import: the sheet says what the log says already.", err=as_json)
    elif dry_run:
        click.echo(f"Nothing was written. {_count(len(changes), 'change')} would be.", err=as_json)
    else:
        stop("Nothing was written. To apply the changes above: --yes")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _short(text: str, limit: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= limit else one_line[: limit - 1] + "…"
