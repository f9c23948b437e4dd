"""The `crosscase` command: which commands there are, loaded only when one of them is called."""

from __future__ import annotations

import importlib
import io
import sys
from typing import Any

import click

COMMANDS = {
    "init": ("cli.start:init", "Start an empty study in a new folder, with commented files."),
    "demo": ("cli.start:demo", "Write the constructed example study into a new folder."),
    "set": (
        "cli.settings:set_",
        "Change a setting of the study: KEY is written as in study.toml, with full stops between.",
    ),
    "status": ("cli.status:status", "The study at a glance, and what to do next."),
    "import": (
        "cli.importing:import_",
        "Turn interview files into sources of the study, and changed files into updates.",
    ),
    "import-survey": (
        "cli.import_survey:import_survey",
        "Turn a survey export (csv, xlsx, ods; a row for each respondent) into attributes and sources.",
    ),
    "import-project": ("cli.import_project:import_project", "Carry the project of another tool over into a study."),
    "table": ("cli.table:table", 'Sheets with a row for each case file: closed items, skip logic, "not documented".'),
    "codebook": ("cli.codebook:codebook", "Derive a codebook from the interview guide; list codes and questions."),
    "code": ("cli.code:code", "Code sources: by hand, in sheets, by structure, by patterns."),
    "search": ("cli.search:search", "Find words in all sources: the paragraphs that hold them, best first."),
    "suggest": (
        "cli.suggest:suggest",
        "Rank codes for segments that are not coded yet, with the words that speak for them.",
    ),
    "evaluate": (
        "cli.evaluate:evaluate",
        "Measure how good suggestions are for a coder, on cases held out, beside the plain way.",
    ),
    "matrix": ("cli.matrix:matrix", "Show the comparison matrix and the case × theme matrix in the terminal."),
    "chart": (
        "cli.chart:chart",
        "Charts: what each case says under each theme, in a sentence or two, with the codings it rests on.",
    ),
    "finding": (
        "cli.finding:finding",
        "Findings: sentences about a group, with a stance for every case and the codings they rest on.",
    ),
    "robust": (
        "cli.robust:robust",
        "Leave out each case, each cluster and each coder, and show which sentences turn.",
    ),
    "tabulate": ("cli.tabulate:tabulate", "Count answers with their denominators: of those asked, of all."),
    "check": ("cli.check:check", "Find every problem in the study."),
    "verify": (
        "cli.verify:verify",
        "Verify that every sentence of the matrix follows from the words it rests on.",
    ),
    "reanchor": (
        "cli.reanchor:reanchor",
        "Find codings again in texts that were edited: list them, and decide on those that are unclear.",
    ),
    "help": ("cli.help:help_", "Show a page of the documentation in the terminal."),
    "build": ("cli.build:build", "Write the matrix as web page, Excel, Word, Markdown and JSON."),
    "export": ("cli.export:export", "Write tables, lists, pictures, annotations, or the whole study as one file."),
    "diff": ("cli.diff:diff", "Say which cells of the matrix changed between two versions, and because of what."),
}
"""Command → where it is defined, and its one line in `crosscase --help` (a test holds the two together)."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they run, so that `--help` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a study's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A file that cannot be read or written is a message, not a traceback."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="crosscase", message="crosscase %(version)s")
def main() -> None:
    """From a folder of coded interviews to a comparison matrix with cited excerpts.

    Every command works on the study in the current folder (or the nearest one above it), or on --study DIR.

    \b
    Example:
      crosscase demo my-study && cd my-study && crosscase check && crosscase build
    """
