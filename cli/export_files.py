"""What every `crosscase export` command does: read the study, guard its own files, write the result whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.filters import only_themes
from cli.options import stop

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy

_OF_THE_STUDY = {
    "study.toml", "guide.md", "codebook.yaml", "codebook.log.jsonl", "cases.csv", "sources", "originals", "codings",
    "anchors", "places", "charts", "findings", "private", "build", "notes", "tables", "surveys",
    ".crosscase",
}  # fmt: skip
"""What an export never overwrites, in the study's folder."""


def coded_study(root: Path) -> CodedStudy:
    """The study; says how many errors there are."""
    from coding.coded_study import read_coded_study
    from corpus.problems import errors

    coded, problems = read_coded_study(root)
    if n := len(errors(problems)):
        click.secho(f"{n} errors: what they concern is left out. crosscase check shows them.", err=True, fg="yellow")
    return coded


def codes_of(coded: CodedStudy, theme: tuple[str, ...]) -> frozenset[str] | None:
    """The codes of the themes; None for all codes, also those that the codebook does not have."""
    if not theme:
        return None
    only_themes(coded, theme)
    return frozenset(id for id, above in coded.codebook.theme_of.items() if above.id in theme)


def refuse_the_studys_own(target: Path, root: Path) -> None:
    """A usage error where writing would replace a part of the study, or where the folder to write into is missing."""
    path = target.resolve()
    if path == root.resolve():
        raise click.UsageError("Choose a folder of its own, for instance: figures")
    if path.is_relative_to(root.resolve()) and path.relative_to(root.resolve()).parts[0].lower() in _OF_THE_STUDY:
        raise click.UsageError(f"{target} is a part of the study. Choose another name, as: export-{target.name}")
    refuse_missing_folder(target)


def refuse_missing_folder(target: Path) -> None:
    """A usage error where the folder that `target` would lie in is not there: its name may be misspelt."""
    if not target.parent.is_dir():
        raise click.UsageError(f"There is no folder {target.parent}. Make it first, or choose another place.")


def write_file(path: Path, data: bytes) -> None:
    """Write `data` whole, or end the command with why it could not be."""
    from corpus.files import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        stop(f"{path}: {error.strerror}. Close programs that have it open and try again.")
