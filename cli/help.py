"""`crosscase help`: the pages of the documentation in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@click.command("help")
@click.argument("topic", required=False)
def help_(topic: str | None) -> None:
    """Show a page of the documentation in the terminal.

    Without TOPIC, list the pages. They are the same as in docs/.

    \b
    Example:
      crosscase help
      crosscase help methods
      crosscase help tutorial-researcher
    """
    from corpus.problems import did_you_mean

    pages = _pages()
    if topic is None:
        for name, page in pages.items():
            click.echo(f"{name:22} {_title(page)}")
        click.echo("\nShow one with: crosscase help TOPIC")
        return
    if topic not in pages:
        raise click.UsageError(f"There is no page '{topic}'. {did_you_mean(topic, pages)} crosscase help lists them.")
    text = pages[topic].read_text("utf-8")
    if sys.stdout.isatty():
        _show(text)
    else:
        click.echo(text)


def _pages() -> dict[str, Traversable]:
    """The pages by name, in the order of the alphabet; `decisions` is a folder of its own."""
    from importlib.resources import files

    folder = files("crosscase_docs")
    pages = {page.name.removesuffix(".md"): page for page in folder.iterdir() if page.name.endswith(".md")}
    pages["decisions"] = folder / "decisions" / "README.md"
    return dict(sorted((name, page) for name, page in pages.items() if name != "index"))


def _title(page: Traversable) -> str:
    return page.read_text("utf-8").partition("\n")[0].lstrip("# ")


def _show(text: str) -> None:
    """The page, formatted; a long one in the terminal's pager."""
    from contextlib import nullcontext

    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(Console().width, 100))
    is_long = len(text.splitlines()) > console.height
    with console.pager(styles=True) if is_long else nullcontext():
        console.print(Markdown(text))
