"""`crosscase build`: write the reports, or check that those on disk still follow from the data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from cli.options import json_option, print_json, show_problems, stop, study_option, study_root


def _known_kinds(_: click.Context, __: click.Parameter, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds asked for; a usage error where no file is of such a kind."""
    if not kinds:
        return ()
    from reports.outputs import KINDS

    for kind in kinds:
        if kind not in KINDS:
            raise click.BadParameter(f"no file of a build is '{kind}'. Kinds are: {', '.join(KINDS)}")
    return tuple(dict.fromkeys(kinds))


@click.command()
@click.option(
    "--only",
    "kinds",
    metavar="KIND",
    multiple=True,
    callback=_known_kinds,
    help="Build or check only files of this kind: html, xlsx, docx, md, json, csv or svg (repeatable).",
)
@click.option("--check", "only_check", is_flag=True,
              help="Write nothing; exit 1 with what differs, and why, where build/ no longer follows.")  # fmt: skip
@click.option("--with-problems", is_flag=True, help="Build in spite of errors; what they concern is left out.")
@study_option
@json_option
def build(kinds: tuple[str, ...], only_check: bool, with_problems: bool, study_dir: Path | None, as_json: bool) -> None:
    """Write the matrix as web page, Excel, Word, Markdown and JSON.

    The files go to build/, with lists of the codebook and of all excerpts beside them. Equal inputs give equal bytes on
    any machine; build/manifest.json lists inputs and outputs with their digests.

    With --only, files of other kinds stay as they are. Those that come from other inputs are then stale: they are
    named, and --check fails until they are built again or removed. A kind that was never built is not missed.

    \b
    Example:
      crosscase build
      crosscase build --only docx
      crosscase build --check
    """
    from corpus.import_interrupted import interrupted_imports
    from reports.build import build as build_study
    from reports.build import check_build, is_up_to_date, stale_files
    from reports.outputs import KINDS, names_of

    root = study_root(study_dir)
    if only_check:
        with _progress() as progress:
            found = check_build(root, with_problems, progress, kinds)
        _report_check(found.differing, found.reasons, kinds, as_json)
    if is_up_to_date(root, kinds or KINDS, with_problems):
        stale = stale_files(root)
        show_problems(interrupted_imports(root))
        if as_json:
            print_json({"written": [], "up_to_date": True, "stale": stale})
        else:
            files = ", ".join(_shown(root / "build" / name) for name in names_of(kinds))
            click.echo(f"Up to date: {files}" if kinds else "build/ is up to date.")
            _report_stale(root, stale)
        return
    try:
        with _progress() as progress:
            done = build_study(root, with_problems, progress, kinds or KINDS)
    except OSError as error:
        close = " Close programs that have it open and build again." if isinstance(error, PermissionError) else ""
        stop(f"{error.filename or _shown(root / 'build')}: {error.strerror}.{close}")
    show_problems(done.problems)
    if as_json:
        print_json(
            {
                "written": done.written,
                "unchanged": done.unchanged,
                "stale": done.stale,
                "stopped": done.stopped,
                "withheld": done.withheld,
            }
        )
    if done.stopped:
        stop("Nothing was written: mend the errors above, or leave out what they concern with --with-problems.")
    if not as_json:
        for name in done.written:
            click.echo(f"wrote  {_shown(root / 'build' / name)}")
        if done.unchanged:
            n = len(done.unchanged)
            click.echo("1 file was already as it should be" if n == 1 else f"{n} files were already as they should be")
        _report_stale(root, done.stale)
    if done.withheld:
        stop("What is made for the public was not written: it would hold real names (see above).")


def _report_stale(root: Path, stale: tuple[str, ...]) -> None:
    for name in stale:
        click.secho(f"stale  {_shown(root / 'build' / name)}", err=True, fg="yellow")
    if stale:
        click.secho("Stale files are of an earlier build. Renew them with: crosscase build", err=True, fg="yellow")


def _report_check(
    differing: tuple[str, ...], reasons: tuple[str, ...], kinds: tuple[str, ...], as_json: bool
) -> NoReturn:
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
        every = f"every {' and '.join(kinds)} file" if kinds else "every file"
        click.echo(f"build/ follows from the data: {every} is what the study gives.")
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
