"""What all commands that read a spreadsheet are told about it, and how they read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.options import show_problems, stop

if TYPE_CHECKING:
    from corpus.problems import Problem
    from corpus.spreadsheets.header import HeadedTable
    from corpus.spreadsheets.sheet import Sheet

F = TypeVar("F", bound=Callable[..., Any])


def spreadsheet_options(function: F) -> F:
    """The options --sheet, --header-row, --header-rows and --encoding."""
    for option in (
        click.option("--encoding", default="", metavar="NAME", help="The encoding of a csv, if guessed wrong."),
        click.option("--header-rows", type=click.IntRange(1, 3), default=None, metavar="N",
                     help="How many rows the header has: 2 where the questions stand below short names."),
        click.option("--header-row", type=click.IntRange(1), default=None, metavar="N",
                     help="The row with the names of the columns (default: found)."),
        click.option("--sheet", default="", metavar="NAME", help="The sheet (default: the first that is shown)."),
    ):  # fmt: skip
        function = option(function)
    return function


def read_spreadsheet(
    path: Path, sheet: str, header_row: int | None, header_rows: int | None, encoding: str
) -> tuple[HeadedTable, Sheet, str, list[Problem]]:
    """The table in the file, its sheet, the digest of its bytes, and the faults; ends the command where it has none."""
    from corpus.files import sha256, shown
    from corpus.spreadsheets.file import sheet_from_bytes
    from corpus.spreadsheets.header import headed_table
    from corpus.spreadsheets.sheet import MOST_FILE_BYTES

    if path.stat().st_size > MOST_FILE_BYTES:
        stop(f"{path}: the file is larger than {MOST_FILE_BYTES // 1_000_000} MB. Import it in parts.")
    data = path.read_bytes()
    read, problems = sheet_from_bytes(data, shown(path), sheet, encoding)
    table = None
    if read is not None:
        table, faults = headed_table(read, shown(path), header_row or 0, header_rows or 0)
        problems += faults
    if read is None or table is None:
        show_problems(problems)
        stop("Nothing was imported.")
    return table, read, sha256(data), problems


def show_original(path: str) -> None:
    """Where the file itself is kept, and that it holds what the study leaves out."""
    if path.startswith("private/"):
        click.echo(
            f"The file itself, with all its columns, is kept as {path}: git ignores it, no export takes it along."
        )
    else:
        click.echo(f"The file itself, with all its columns, is kept as {path}.")


def show_notes(sheet: Sheet, table: HeadedTable) -> None:
    """What a reader of the file should know: which sheet was read, hidden columns, merged cells."""
    if sheet.others:
        others = ", ".join(f"'{name}'" for name in sheet.others[:6])
        click.echo(f"Read sheet '{sheet.name}'; there are also {others} (--sheet).")
    for note in table.notes:
        click.echo(f"Note: {note}")
