"""`crosscase init` and `crosscase demo`: a new study folder, empty or with the constructed example."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import stop


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The study's title (default: the folder's name).")
@click.option("--language", type=click.Choice(["da", "en", "nb", "nn", "no", "sv", "de"]), default="da",
              show_default=True, help="Language of the material; reports are Danish for da, else English.")  # fmt: skip
def init(folder: Path, title: str | None, language: str) -> None:
    """Start an empty study in a new folder, with commented files.

    \b
    Example:
      crosscase init my-study --title "Tildeling af fleksjob" --language da
    """
    from corpus.files import forbidden_character
    from corpus.new_study import write_new_study

    _refuse_if_used(folder)
    title = " ".join((title or folder.resolve().name).split())
    if bad := forbidden_character(title):
        raise click.UsageError(f"The title holds the character {bad}, which no report can show.")
    try:
        files = write_new_study(folder, title, language)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}")
    click.echo(f"Started a study in {folder}: {', '.join(files)}")
    click.echo(f"Next: cd {folder}, then crosscase codebook derive GUIDE and crosscase import FOLDER")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def demo(folder: Path) -> None:
    """Write the constructed example study into a new folder.

    Fourteen Danish interview summaries from nine invented municipalities, with guide, codebook and two coders'
    codings. Everything in it is invented.

    \b
    Example:
      crosscase demo my-study && cd my-study && crosscase build
    """
    from importlib.resources import as_file, files

    from corpus.new_study import copy_study

    _refuse_if_used(folder)
    try:
        with as_file(files("cli") / "example_study") as example:
            count = copy_study(example, folder)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}")
    click.echo(f"Wrote the example study (constructed material) to {folder}: {count} files.")
    click.echo(f"Next: cd {folder}, then crosscase status, crosscase verify, crosscase build")


def _refuse_if_used(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"{folder} already exists and is not an empty folder. Nothing was written.")
