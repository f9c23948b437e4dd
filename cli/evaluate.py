"""`crosscase evaluate`: how good the suggestions are for one coder, by held-out case, beside the plain way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.export_files import refuse_the_studys_own, write_file
from cli.options import coder_option, counted, json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.evaluation import Evaluation


@click.command()
@coder_option
@click.option("--against", metavar="CODER", default="", help="What this coder said is what is right.")
@click.option("--hide-headings", is_flag=True, help="Hide headings and question labels, as in texts without them.")
@click.option("--quick", is_flag=True, help="Only the ends of the learning curve: no codings, and all.")
@click.option("--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Also write it as a web page with pictures and a text for a methods section.")  # fmt: skip
@study_option
@json_option
def evaluate(
    coder: str | None, against: str, hide_headings: bool, quick: bool, html: Path | None, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Measure how good suggestions are for a coder, on cases held out, beside the plain way.

    For each case in turn, the model learns from the coder's other cases and ranks the themes of its segments; so do two
    baselines, with the same passages. Intervals are 95 %, by drawing whole cases again. Codes below a theme count as
    their theme. With 14 sources it takes about half a minute, --quick a few seconds.

    A pipeline or word vectors that study.toml names are measured too: the same cases with them and without.

    \b
    Example:
      crosscase evaluate --coder ana
      crosscase evaluate --coder ana --html evaluation.html
      crosscase evaluate --coder ana --against bo --hide-headings --quick
    """
    from cli.evaluate_show import show_evaluation
    from cli.options import who_codes
    from cli.suggesters import asked_suggesters, show_faults
    from coding.coded_study import read_coded_study
    from coding.suggest import evaluate as evaluation
    from coding.suggest.guard import faults_of
    from corpus.problems import errors

    root = study_root(study_dir)
    if html is not None:
        refuse_the_studys_own(html, root)
    who = who_codes(root, coder)
    coded, problems = read_coded_study(root)
    if n := len(errors(problems)):
        said = f"{counted(n, 'error')}: what they concern is left out. crosscase check shows them."
        click.secho(said, err=True, fg="yellow")
    _check_coders(coded, [who, against] if against else [who])
    against = "" if against == who else against
    asked, faults = asked_suggesters(coded, structure=not hide_headings)
    points = (0, evaluation.ALL) if quick else evaluation.PASSAGES
    found = evaluation.evaluate(
        coded, who, against=against, indexes=asked.indexes, suggesters=asked.suggesters, passages=points,
        structure=not hide_headings,
    )  # fmt: skip
    failed = faults_of(asked.suggesters)
    show_faults(failed)
    if as_json:
        print_json(found)
    else:
        show_evaluation(found)
    if html is not None:
        _write_page(html, found, coded.study.settings.report_language, as_json)
    raise SystemExit(1 if faults or failed else 0)


def _check_coders(coded: CodedStudy, names: Sequence[str]) -> None:
    """A usage error for one who has coded nothing; ends where nobody has, or where there are no themes."""
    from corpus.problems import did_you_mean

    if not coded.codebook.active_themes:
        stop("There are no themes to measure yet: crosscase codebook derive makes them from the guide.")
    have = tuple(coder for coder in coded.coders if any(coding.coder == coder for coding in coded.codings))
    if not have:
        stop("Nothing is coded yet, so there is nothing to measure against. crosscase status says how to begin.")
    for name in names:
        if name not in have:
            near = did_you_mean(name, have)
            raise click.UsageError(f"'{name}' has no codings; there are those of {', '.join(have)}. {near}".rstrip())


def _write_page(file: Path, found: Evaluation, language: str, is_quiet: bool) -> None:
    from reports.evaluation.page import evaluation_page

    write_file(file, evaluation_page(found, language))
    click.echo(f"wrote  {file}", err=is_quiet)
