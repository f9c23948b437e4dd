"""`crosscase diff`: what changed in the matrix between two versions of a study, and because of what."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.export_files import refuse_missing_folder
from cli.options import json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from reports.diff.view import CellView, ChangeView, DiffView

_MOST_CHANGES, _MOST_CAUSES, _MOST_NUMBERS = 12, 6, 30
_COLOURS = {"+": "green", "-": "red", "~": "yellow"}


@click.command()
@click.argument("old", metavar="[OLD]", default="build")
@click.argument("new", metavar="[NEW]", default="now")
@click.option("--theme", metavar="THEME", multiple=True, help="Only this row (may be given again).")
@click.option("--output", "-o", metavar="FILE.md", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the whole comparison as Markdown, in the study's language.")  # fmt: skip
@study_option
@json_option
def diff(
    old: str, new: str, theme: tuple[str, ...], output: Path | None, study_dir: Path | None, as_json: bool
) -> None:
    """Say which cells of the matrix changed between two versions, and because of what.

    OLD and NEW are each a study folder, a build folder or its matrix.json, a git revision of the study (HEAD~3, a tag,
    REV:FOLDER), "build" (the last build, the default for OLD) or "now" (the default for NEW). For every cell that
    differs: the numbers, states and excerpts before and after, and the coding, codebook, cases, settings or text edit
    that caused it. Then every summary and finding that reads otherwise or rests on something else. Exit code 0 when the
    matrices are equal, 1 when they differ.

    \b
    Example:
      crosscase diff
      crosscase diff HEAD~3
      crosscase diff v1.0 v2.0 -o what-changed.md
    """
    from corpus.files import write_whole
    from reports.diff.difference import difference, of_themes
    from reports.diff.markdown import diff_markdown
    from reports.diff.revisions import CannotCompare, read_sides
    from reports.diff.view import diff_view
    from reports.diff.words import ENGLISH, diff_words

    if output is not None:
        refuse_missing_folder(output)
    try:
        found = difference(*read_sides(old, new, _root(old, new, study_dir)))
    except CannotCompare as error:
        raise click.UsageError(str(error)) from error
    unknown = [id for id in theme if id not in found.labels.themes]
    if unknown:
        raise click.UsageError(f"'{unknown[0]}' is no theme. crosscase codebook list shows all themes.")
    if theme:
        found = of_themes(found, theme)
    if as_json:
        print_json(found)
    else:
        _print(diff_view(found, ENGLISH))
    if output is not None:
        try:
            write_whole(output, diff_markdown(diff_view(found, diff_words(found.language))))
        except OSError as error:
            stop(f"{output}: {error.strerror}")
        click.echo(f"wrote  {output}", err=as_json)
    raise SystemExit(0 if found.equal else 1)


def _root(old: str, new: str, study_dir: Path | None) -> Path | None:
    """The study at hand; there need not be one where both sides are paths."""
    from corpus.study import find_study

    sides_are_paths = all(side not in ("now", "build") and Path(side).exists() for side in (old, new))
    return find_study(Path.cwd()) if sides_are_paths and study_dir is None else study_root(study_dir)


def _print(view: DiffView) -> None:
    click.secho(view.study, bold=True)
    for name, label in view.sides:
        click.echo(f"  {name}  {label}")
    click.echo()
    _say(f"{view.summary} {view.no_effect}".rstrip())
    for note in view.notes:
        _say(note, colour="yellow")
    _print_changes(view.words.what_changed, view.changes[:_MOST_CHANGES], view, len(view.changes) - _MOST_CHANGES)
    _print_changes(view.words.inputs, view.inputs, view)
    for head in view.heads:
        click.echo()
        _say(head.sentence, bold=True)
        _print_causes(head.causes, view, "  ")
    for row in view.rows:
        click.echo()
        _say(row.label, bold=True)
        for cell in row.cells:
            _print_cell(cell, view)
    if view.sentences:
        click.echo()
        _say(view.words.sentences, bold=True)
    for said in view.sentences:
        _say(said.place, "  ", colour="cyan")
        for sign, words in said.words:
            _say(f"{sign} {words}", "    ", hang=2, colour=_COLOURS[sign])
        for fact in said.facts:
            _say(": ".join(filter(None, fact)), "    ", hang=2)
    _print_changes(view.words.more_changes, view.changes[_MOST_CHANGES:], view)


def _print_changes(title: str, changes: Sequence[ChangeView], view: DiffView, left: int = 0) -> None:
    """The changes and where they show, those that show in most cells first; `left` more stand at the end."""
    if not changes:
        return
    click.echo()
    click.secho(title, bold=True)
    for change in changes:
        number = f"[{change.number}] " if change.number else ""
        when = f", {change.when}" if change.when else ""
        memo = f" ({change.memo})" if change.memo else ""
        aside = " · ".join(filter(None, (change.place, change.cells)))
        _say(f"{number}{change.sentence}{when}{memo}", "  ", hang=len(number) or 2, aside=aside)
    if left > 0:
        _say(view.words.more.format(n=left), "  ")


def _print_cell(cell: CellView, view: DiffView) -> None:
    _say(f"{cell.column}{f' ({cell.note})' if cell.note else ''}", "  ", colour="cyan")
    width = max((len(name) for name, _ in cell.facts), default=0)
    for name, value in cell.facts:
        _say(f"{name:{width}}  {value}", "    ", hang=width + 2)
    for sign, text in cell.excerpts:
        _say(f"{sign} {text}", "    ", hang=2, colour=_COLOURS[sign])
    _print_causes(cell.causes, view, "    ")


def _print_causes(causes: Sequence[ChangeView], view: DiffView, indent: str) -> None:
    for cause in causes[:_MOST_CAUSES]:
        _say(f"{view.words.because} [{cause.number}] {cause.short}", indent, hang=len(view.words.because) + 1)
    if left := causes[_MOST_CAUSES:]:
        numbers = ", ".join(f"[{cause.number}]" for cause in left) if len(left) <= _MOST_NUMBERS else ""
        _say(f"{view.words.more.format(n=len(left))}{f': {numbers}' if numbers else ''}", indent + "  ", hang=2)


def _say(
    text: str, indent: str = "", hang: int = 0, bold: bool = False, colour: str | None = None, aside: str = ""
) -> None:
    """A paragraph, wrapped to the terminal, with what is looked up on a line of its own below it."""
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))
    below = indent + " " * hang
    lines = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False)
    click.secho("\n".join(lines), bold=bold, fg=colour)
    if aside:
        click.secho(below + aside, dim=True)
