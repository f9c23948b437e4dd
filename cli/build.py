"""`crosscase build`: write the reports, or check that those on disk still follow from the data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.options import json_option, print_json, show_problems, stop, study_option, study_root


@click.command()
@click.option("--check", "only_check", is_flag=True,
              help="Write nothing; exit 1 with what differs, and why, where build/ no longer follows.")  # fmt: skip
@click.option("--with-problems", is_flag=True, help="Build in spite of errors; what they concern is left out.")
@study_option
@json_option
def build(only_check: bool, with_problems: bool, study_dir: Path | None, as_json: bool) -> None:
    """Write the matrix as Excel, web page, Markdown and JSON.

    The files go to build/, with lists of the codebook and of all excerpts beside them. Equal inputs give equal bytes on
    any machine; build/manifest.json lists inputs and outputs with their digests.

    \b
    Example:
      crosscase build
      crosscase build --check
    """
    from reports.build import build as build_study
    from reports.build import check_build, is_up_to_date

    root = study_root(study_dir)
    if only_check:
        with _progress() as progress:
            found = check_build(root, with_problems, progress)
        _report_check(found.differing, found.reasons, as_json)
    if is_up_to_date(root):
        print_json({"written": [], "up_to_date": True}) if as_json else click.echo("build/ is up to date.")
        return
    try:
        with _progress() as progress:
            done = build_study(root, with_problems, progress)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}. Close programs that have it open and build again.")
    show_problems(done.problems)
    if as_json:
        print_json({"written": done.written, "unchanged": done.unchanged, "stopped": done.stopped})
    if done.stopped:
        stop("Nothing was written: mend the errors above, or leave out what they concern with --with-problems.")
    if not as_json:
        for name in done.written:
            click.echo(f"wrote  {_shown(root / 'build' / name)}")
        if done.unchanged:
            click.echo(f"{len(done.unchanged)} files were already as they should be")


def _report_check(differing: tuple[str, ...], reasons: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json({"follows": not differing, "differing": differing, "reasons": reasons})
    elif differing:
        click.echo("build/ does not follow from the data:")
        for name in differing:
            click.echo(f"  differs  {name}")
        click.echo("because of:")
        for reason in reasons:
            click.echo(f"  {reason}")
    else:
        click.echo("build/ follows from the data: every file is what the study gives.")
    raise SystemExit(1 if differing else 0)


def _shown(path: Path) -> str:
    """The path as seen from here, where that is shorter."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Say on the terminal which step is running; say nothing where there is none."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("building") as status:
        yield lambda step: status.update(f"building: {step}")
