"""One key as an answer, for commands that ask about one thing at a time."""

from __future__ import annotations

import sys

import click


def key_pressed() -> str:
    """The key that was pressed; where the answers do not come from a terminal, the first letter of the next line."""
    click.echo("  > ", nl=False)
    try:
        key = click.getchar() if sys.stdin.isatty() else (sys.stdin.readline() or "q").strip()[:1]
    except (EOFError, KeyboardInterrupt):
        key = "q"
    click.echo(key if key.isprintable() else "")
    return key.lower()
