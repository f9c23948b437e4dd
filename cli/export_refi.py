"""`crosscase export refi`: the study for NVivo, MAXQDA, ATLAS.ti, QualCoder and other programs that read REFI-QDA."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.export_files import refuse_the_studys_own, write_file
from cli.options import json_option, print_json, show_problems, study_option, study_root

if TYPE_CHECKING:
    from coding.exchange.project import Loss


@click.command("refi")
@click.argument("out", metavar="OUT.qdpx", type=click.Path(dir_okay=False, path_type=Path))
@study_option
@json_option
def refi(out: Path, study_dir: Path | None, as_json: bool) -> None:
    """Write the study as a REFI-QDA project (.qdpx).

    All coders' codings travel, with sources, codes, cases, attributes, memos and notes. Findings, charts, the guide
    and read marks have no place of their own in the format; they travel as notes, and import-project brings them back.
    What does not travel is listed.

    \b
    Example:
      crosscase export refi my-study.qdpx
    """
    from coding.coded_study import read_coded_study
    from coding.exchange.refi_files import left_behind, read_study_files
    from coding.exchange.refi_write import refi_project
    from corpus.problems import errors

    root = study_root(study_dir)
    if out.suffix.lower() != ".qdpx":
        raise click.UsageError(f"{out} does not end in .qdpx, which other programs expect.")
    refuse_the_studys_own(out, root)
    coded, problems = read_coded_study(root)
    if n := len(errors(problems)):
        click.secho(
            f"{n} errors: what they concern is left out, or travels as notes. crosscase check shows them.",
            err=True,
            fg="yellow",
        )
    files, faults = read_study_files(root)
    show_problems(faults)
    made = refi_project(coded, files, program())
    write_file(out, made.data)
    losses = (*made.losses, *left_behind(root, problems))
    if as_json:
        print_json({"written": str(out), "sources": len(coded.study.sources), "codings": len(coded.codings),
                    "coders": coded.coders, "not_carried": losses})  # fmt: skip
        return
    click.echo(f"wrote  {out}  ({len(coded.study.sources)} sources, {len(coded.codings)} codings)")
    show_left(losses)


def show_left(losses: tuple[Loss, ...]) -> None:
    """What does not travel."""
    click.secho("Not in the file, or only as notes:", bold=True)
    for loss in losses:
        count = f"{loss.count:,} × " if loss.count > 1 or loss.what == "codings" else ""
        click.echo(f"  {count}{loss.what}{f' {loss.where}' if loss.where else ''}: {loss.why}")


def program() -> str:
    """The program and its version, as the file names its origin."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"crosscase {version('crosscase')}"
    except PackageNotFoundError:
        return "crosscase"
