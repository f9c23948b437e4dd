"""`crosscase verify`: a written report against itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import counted, json_option, print_json, show_problems, study_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.alarms import Alarm

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@click.option(
    "--document", metavar="FILE", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A written report (docx, md, txt, html, pdf, odt, rtf).",
)  # fmt: skip
@click.option("--language", metavar="CODE", help="The report's language, da or en (default: as its words say).")
@click.option("--top", type=click.IntRange(min=1), help="Only the first N alarms, the surest first.")
@study_option
@json_option
def verify(
    document: Path, language: str | None, top: int | None, study_dir: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Find where a written report contradicts itself.

    With --document, a report is read: its summary table against its chapters, its sentences and its numbers against
    each other. It need not belong to a study. Each alarm names the rule, why, and both places with their lines: of a
    text file its own lines, of any other format those of the text that crosscase reads from it.

    Exit code 1 means that there are alarms. An alarm is a question to the writer: read both places.

    \b
    Example:
      crosscase verify --document report.docx
      crosscase verify --document report.txt --language da --top 20
      crosscase verify --document report.pdf --json > alarms.json
    """
    alarms = _of_document(document, language)
    shown = alarms[:top] if top else alarms
    if as_json:
        from reports.alarms import alarms_json

        print_json(alarms_json(shown))
    else:
        _show(shown)
        more = f", the first {len(shown)} are shown" if len(shown) < len(alarms) else ""
        click.echo(f"{counted(len(alarms), 'alarm')}{more}.")
    raise SystemExit(1 if alarms else 0)


def _of_document(path: Path, language: str | None) -> Sequence[Alarm]:
    from reports.document.check import check_document, language_of
    from reports.document.lines import read_lines

    if language not in (None, "da", "en"):
        raise click.UsageError(f"Reports are read in Danish (da) and English (en), not in '{language}'.")
    lines, problems = read_lines(path)
    show_problems(problems)
    if lines is None:
        raise SystemExit(1)
    return check_document(lines, path.name, language or language_of(lines))


def _show(alarms: Sequence[Alarm]) -> None:
    """Each alarm with its places below it."""
    from corpus.problems import RULES

    for number, alarm in enumerate(alarms, 1):
        severity = click.style(alarm.severity, fg=_COLOURS[alarm.severity])
        click.echo(f"{number}. {severity}: {alarm.reason}  [{alarm.rule}]")
        for side in alarm.sides:
            place = click.style(f"{side.file}:{side.line}", bold=True)
            click.echo(f"     {place}: »{side.text}«")
        click.echo(f"     {alarm.hint or RULES[alarm.rule].fix}")
