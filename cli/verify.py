"""`crosscase verify`: whether what is written follows from what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.alarms import show_alarms
from cli.options import counted, json_option, print_json, show_problems, study_option, study_root
from cli.written import the_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.alarms import Alarm
    from reports.whole_study import WholeStudy


@click.command()
@click.option(
    "--document", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Verify a written report instead (docx, md, txt, html, pdf, odt, rtf).",
)  # fmt: skip
@click.option("--language", metavar="CODE", help="The report's language, da or en (default: as its words say).")
@click.option("--theme", "themes", metavar="THEME", multiple=True, help="Only this theme of the study (repeatable).")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the first N alarms.")
@study_option
@json_option
def verify(
    document: Path | None, language: str | None, themes: tuple[str, ...], top: int | None, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Verify that every sentence of the matrix follows from the words it rests on.

    Every finding and every written summary is held against the states of its cases and the codings it names: each
    quantity, number and quotation, each stance, and each pair of cells that speak of the same case. What cannot be read
    in their files is an alarm too; faults of other files are told by crosscase check.

    With --document, a written report is read instead: its summary table against its chapters, its sentences and its
    numbers against each other. It need not belong to a study; inside one (or with --study) its quotations are looked
    up in the sources, and its counts are held against the findings. Alarms stand with the surest first; lines are
    those of the text file, of any other format those of the text that crosscase reads from it.

    Every alarm says which rule, why, and what stands at both places. Exit code 1 when there is an alarm or a file has
    an error; notes alone leave it 0.

    \b
    Example:
      crosscase verify
      crosscase verify --theme ressourcer
      crosscase verify --document report.docx --top 20
      crosscase verify --document report.pdf --json > alarms.json
    """
    if document is None and language:
        raise click.UsageError("--language is for --document; a study says its language in study.toml.")
    if document is not None and themes:
        raise click.UsageError("--theme is for a study; with --document the whole report is read.")
    elsewhere = 0
    if document:
        alarms = _of_document(document, language, study_dir)
    else:
        alarms, elsewhere = _of_study(study_root(study_dir), themes, as_json)
    shown = alarms[:top] if top else alarms
    if as_json:
        from reports.alarms import alarms_json

        print_json(alarms_json(shown))
    else:
        show_alarms(shown)
        more = f", the first {len(shown)} are shown" if len(shown) < len(alarms) else ""
        click.echo(f"{_counted(alarms)}{more}.")
    raise SystemExit(1 if elsewhere or any(alarm.severity != "note" for alarm in alarms) else 0)


def _of_document(path: Path, language: str | None, study_dir: Path | None) -> Sequence[Alarm]:
    from reports.document.check import check_document
    from reports.document.languages import language_of, other_language
    from reports.document.lines import read_lines

    if language not in (None, "da", "en"):
        raise click.UsageError(f"Reports are read in Danish (da) and English (en), not in '{language}'.")
    lines, problems = read_lines(path)
    show_problems(problems)
    if lines is None:
        raise SystemExit(1)
    other = None if language else other_language(lines)
    if other:
        raise click.UsageError(
            f"{path.name} seems to be written in {other}; reports are read in Danish and English. "
            "Is it one of them, say which: --language da or --language en."
        )
    return check_document(lines, path.name, language or language_of(lines), _study_here(study_dir))


def _study_here(study_dir: Path | None) -> WholeStudy | None:
    """The study that is named, or the one that the command is called in; None outside of any."""
    from corpus.study import find_study
    from reports.whole_study import read_whole_study

    root = study_root(study_dir) if study_dir is not None else find_study(Path.cwd())
    return read_whole_study(root)[0] if root is not None else None


def _of_study(root: Path, themes: Sequence[str], is_quiet: bool) -> tuple[Sequence[Alarm], int]:
    """The alarms of a study, and how many errors there are outside charts/ and findings/."""
    from coding.coded_study import matrix_coders
    from corpus.problems import errors
    from reports.verify.study import faults_of_files, verify_study
    from reports.whole_study import read_whole_study

    whole, problems = read_whole_study(root)
    problems += matrix_coders(whole.coded)[1]
    for theme in themes:
        the_theme(whole, theme)
    alarms = verify_study(whole)
    of_files = faults_of_files(root, problems, alarms)
    elsewhere = sum(not problem.file.startswith(("charts/", "findings/")) for problem in errors(problems))
    if elsewhere:
        said = (
            f"{counted(elsewhere, 'error')} in other files: what they concern is left out. crosscase check shows them."
        )
        click.secho(said, err=True, fg="yellow")
    n_findings = sum(len(of_theme.findings) for of_theme in whole.findings)
    if not is_quiet:
        click.echo(f"{counted(n_findings, 'finding')} and {_summaries(len(whole.charts))} verified.")
    files = {f"{folder}/{theme}.yaml" for theme in themes for folder in ("charts", "findings")}
    found = sorted((*of_files, *alarms), key=lambda alarm: (alarm.sides[0].file, alarm.sides[0].line))
    return [alarm for alarm in found if not themes or any(side.file in files for side in alarm.sides)], elsewhere


def _summaries(n: int) -> str:
    return "1 summary" if n == 1 else f"{n} summaries"


def _counted(alarms: Sequence[Alarm]) -> str:
    """`2 errors, 1 warning`, or that there is none."""
    kinds = [alarm.severity for alarm in alarms]
    said = (counted(kinds.count(kind), kind) for kind in ("error", "warning", "note") if kind in kinds)
    return ", ".join(said) or "No alarm"
