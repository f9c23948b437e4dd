"""Write the generated pages of docs/: problems, commands and schemas. With --check, only say which are out of date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from cli.main import COMMANDS, main
from codebook.codebook import CodebookFile
from coding.events import AnyEvent
from coding.suggest.evaluation import Evaluation
from corpus.case_tables.table import TableFile
from corpus.problems import RULES
from corpus.source import FrontMatter
from corpus.study import Settings
from corpus.surveys.survey import Survey
from reports.charts_file import ChartsFile
from reports.diff.difference import Difference
from reports.findings_file import FindingsFile
from reports.json_file import MatrixJson
from reports.manifest import Manifest

DOCS = Path(__file__).parent
SCHEMAS: dict[str, tuple[str, Any]] = {
    "study": ("study.toml: the settings of a study", Settings),
    "codebook": ("codebook.yaml: themes and codes", CodebookFile),
    "charts": ("charts/<theme>.yaml: the summaries of each case under a theme", ChartsFile),
    "findings": (
        "findings/<theme>.yaml: the sentences of a theme, with a stance per case and their evidence",
        FindingsFile,
    ),
    "table": ("tables/<name>.yaml: what the columns of a table of case files hold", TableFile),
    "survey": ("surveys/<name>.yaml: how a survey was imported", Survey),
    "source": ("Front matter of sources/<id>.md", FrontMatter),
    "event": ("A line of codings/<coder>/<source>.jsonl", AnyEvent),
    "matrix": ("build/matrix.json: the comparison matrix", MatrixJson),
    "diff": ("crosscase diff --json: what changed between two versions of a matrix, and why", Difference),
    "evaluation": ("crosscase evaluate --json: how good the suggestions are for one coder", Evaluation),
    "manifest": ("build/manifest.json: what a build was made from and what it wrote", Manifest),
}

STRICT = ("study", "codebook", "source", "charts", "findings", "table", "survey")
"""Files that people write: a misspelt key must not be ignored."""


def problems_page() -> str:
    """Every rule of the catalogue: what it means, why it matters, how to mend it."""
    lines = [
        "# Problems",
        "",
        "Everything `crosscase check` can find, with the reason and the remedy. Errors stop a build; warnings are",
        "shown and the build goes on. `crosscase check --explain RULE` shows one of them in the terminal.",
        "",
        "| Rule | | What it says |",
        "|---|---|---|",
        *(f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.title} |" for rule in RULES.values()),
    ]
    for rule in RULES.values():
        lines += ["", f"## {rule.id}", "", f"**{rule.title}** ({rule.severity})", "", rule.why, "",
                  f"What to do: {rule.fix}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """The help of every command, as the terminal shows it."""
    lines = [
        "# Commands",
        "",
        "What `crosscase COMMAND --help` says. Exit codes: 0 fine, 1 problems found, 2 misuse.",
        "",
    ]
    for path, command in walk("crosscase", main):
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        lines += [f"## {path}", "", "```", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(lines)


def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, with the words that call each."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        names = list(COMMANDS) if command is main else sorted(command.list_commands(context))
        for name in names:
            below = command.get_command(context, name)
            assert below is not None
            yield from walk(f"{path} {name}", below)


def schema(title: str, type_: Any, is_strict: bool) -> str:
    """JSON Schema of a file, from the type that the program reads it into. A strict one allows no unknown key."""
    (root,), definitions = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **root,
        "$defs": definitions,
    }
    return json.dumps(_as_written(whole, is_strict), indent=2, ensure_ascii=False) + "\n"


def _as_written(node: Any, is_strict: bool) -> Any:
    """The schema without the `line` that records remember, which is no key of the file."""
    if isinstance(node, list):
        return [_as_written(entry, is_strict) for entry in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _as_written(value, is_strict) for key, value in node.items()}
    if is_strict and isinstance(kept.get("properties"), dict):
        kept["properties"].pop("line", None)
        kept["additionalProperties"] = False
    return kept


def pages() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    return {
        DOCS / "problems.md": problems_page(),
        DOCS / "commands.md": commands_page(),
        **{
            DOCS / "schemas" / f"{name}.schema.json": schema(*entry, is_strict=name in STRICT)
            for name, entry in SCHEMAS.items()
        },
    }


def run(only_check: bool) -> int:
    """Write what differs, or with `only_check` name it; 1 where something was out of date."""
    stale = {p: text for p, text in pages().items() if not p.exists() or p.read_text("utf-8") != text}
    for path, text in stale.items():
        print(f"{'out of date' if only_check else 'wrote'}: docs/{path.relative_to(DOCS).as_posix()}")
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    if only_check and stale:
        print("Run: make docs")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv[1:]))
