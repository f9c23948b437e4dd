"""Options that many commands share, and how commands find a study, print problems and stop."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from corpus.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])

study_option = click.option(
    "--study", "study_dir", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="The study folder (default: the current folder or the nearest one above it that has a study.toml).",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead of text.")
coder_option = click.option("--coder", metavar="ID", help="Who codes (else CROSSCASE_CODER, else .crosscase/me).")
yes_option = click.option("--yes", "-y", is_flag=True, help="Do it without asking.")


def study_root(study_dir: Path | None) -> Path:
    """The study folder that a command works on; a usage error (exit 2) where there is none."""
    from corpus.study import STUDY_FILE, find_study

    if study_dir is not None:
        if (study_dir / STUDY_FILE).is_file():
            return study_dir.resolve()
        raise click.UsageError(f"{study_dir} has no {STUDY_FILE}. Start a study with: crosscase init {study_dir}")
    root = find_study(Path.cwd())
    if root is None:
        raise click.UsageError(
            f"No {STUDY_FILE} here or in any folder above. Name the study with --study DIR, "
            "or start one with: crosscase init DIR"
        )
    return root


def who_codes(root: Path, coder: str | None) -> str:
    """The coder's id: --coder, else CROSSCASE_CODER, else .crosscase/me; a usage error where none is set."""
    said = who_may_code(root, coder)
    if not said:
        raise click.UsageError(
            "Who is coding? Give --coder ID, or set CROSSCASE_CODER, or run once: crosscase code me ID"
        )
    return said


def who_may_code(root: Path, coder: str | None) -> str:
    """The coder's id as `who_codes` finds it; empty where none is set."""
    from corpus.ids import why_illegal

    said = coder or os.environ.get("CROSSCASE_CODER") or _me(root)
    if said and (why := why_illegal(said)):
        raise click.UsageError(f"coder id '{said}' {why}")
    return said


def _me(root: Path) -> str:
    """Who codes on this computer, as .crosscase/me says; empty where it does not."""
    try:
        said = (root / ".crosscase" / "me").read_bytes()
    except OSError:
        return ""
    return said.decode("utf-8-sig", "replace").strip()


def show_problems(problems: Iterable[Problem]) -> None:
    """Every problem on standard error, in order of file and line."""
    for problem in sorted(problems):
        click.secho(str(problem), err=True, fg="red" if problem.severity == "error" else "yellow")


def stop(message: str) -> NoReturn:
    """End the command with a message and exit code 1 (problems found)."""
    click.secho(message, err=True, fg="red")
    raise SystemExit(1)


def print_json(value: object) -> None:
    """`value` as indented JSON on standard output."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def counted(n: int, noun: str) -> str:
    """`1 source`, `2 sources`, `2 summaries`."""
    many = f"{noun[:-1]}ies" if noun.endswith("ary") else f"{noun}s"
    return f"{n} {noun}" if n == 1 else f"{n} {many}"
