"""A list of codings on its way into a study: what cannot be told is asked, in the terminal or in a file."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import counted, stop

if TYPE_CHECKING:
    from coding.exchange.locate import Question
    from coding.exchange.project import Project
    from corpus.problems import Problem
    from corpus.source import Source


def project_of_list(
    file: Path, root: Path, choices: Path | None, quiet: bool
) -> tuple[Project | None, list[Problem]]:  # fmt: skip
    """The list in `file` with its words found in the study's sources.

    Questions are asked one by one in a terminal; else they are written to `choices`, or their number is told.
    """
    from coding.exchange.choices_file import read_choices
    from coding.exchange.codings_list import read_list
    from coding.exchange.locate import located
    from corpus.study import STUDY_FILE, read_study

    listed, problems = read_list(file)
    if listed is None:
        return None, problems
    sources = read_study(root)[0].sources if (root / STUDY_FILE).is_file() else ()
    answers: dict[int, int] = {}
    if choices is not None and choices.exists():
        answers, faults = read_choices(choices)
        problems += faults
    found, faults = located(listed, sources, answers)
    by_id = {source.id: source for source in sources}
    if found.questions and not quiet and choices is None and sys.stdin.isatty() and sys.stdout.isatty():
        answers |= _asked(found.questions, by_id)
        found, faults = located(listed, sources, answers)
    elif found.questions and not quiet:
        _tell(found.questions, by_id, file, choices)
    return found.project, [*problems, *faults]


def _asked(questions: Sequence[Question], sources: Mapping[str, Source]) -> dict[int, int]:
    """Row → the number that the person at the terminal chose; q leaves the rest open."""
    from coding.exchange.choices_file import place_in_words

    answers: dict[int, int] = {}
    click.echo(f"{counted(len(questions), 'segment')} of the list cannot be placed without you.")
    for count, question in enumerate(questions, 1):
        click.secho(f"\n{count} of {len(questions)}, row {question.row}, {'; '.join(question.codes)}", bold=True)
        click.echo(f"  {question.words}")
        for number in range(1, len(question.options) + 1):
            click.echo(f"  {number}  {place_in_words(question, number, sources)}")
        keys = [*(str(number) for number in range(len(question.options) + 1)), "s", "q"]
        said = click.prompt("  Which? (0: none of them, s: later, q: all others later)", type=click.Choice(keys),
                            show_choices=False)  # fmt: skip
        if said == "q":
            break
        if said != "s":
            answers[question.row] = int(said)
    return answers


def _tell(questions: Sequence[Question], sources: Mapping[str, Source], file: Path, choices: Path | None) -> None:
    """How many questions are open, and where they can be answered; a file that is filled in is never overwritten."""
    from coding.exchange.choices_file import choices_csv
    from corpus.files import write_whole

    said = f"{counted(len(questions), 'segment')} cannot be placed without you and "
    said += "was left out." if len(questions) == 1 else "were left out."
    if choices is None:
        near = f"To choose: crosscase import-project {file} --choices choices.csv"
    elif choices.exists():
        near = f"They are not answered in {choices}."
    else:
        try:
            write_whole(choices, choices_csv(questions, sources))
        except OSError as error:
            stop(f"{choices}: {error.strerror}")
        near = f"Fill in the column 'choice' of {choices} and give the same command again."
    click.secho(f"{said} {near}", err=True, fg="yellow")
