"""`crosscase search`: words in all sources, and where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import counted, json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from corpus.search import Hit

_AROUND = 160


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "sources", metavar="ID", multiple=True, help="Only in this source (repeatable).")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="How many paragraphs to show, the best first.")
@click.option("--all", "everything", is_flag=True, help="All of them, in order of source and place.")
@study_option
@json_option
def search(
    words: tuple[str, ...], sources: tuple[str, ...], limit: int, everything: bool, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Find words in all sources: the paragraphs that hold them, best first.

    Every word must stand in the paragraph. "exact words" (in quotation marks of their own) stand beside each other, and
    begin* is the beginning of a word. Capitals do not matter, æ, ø and å are letters of their own.

    \b
    Example:
      crosscase search praktik
      crosscase search 'læge* "syge dagpenge"' --source birkeby-leder
      crosscase search ressourcer --all --json
    """
    import sqlite3

    from corpus.problems import did_you_mean
    from corpus.search import search as find
    from corpus.source import SOURCES_FOLDER

    root = study_root(study_dir)
    known = [path.stem for path in (root / SOURCES_FOLDER).glob("*.md")]
    for id in sources:
        if id not in known:
            raise click.UsageError(f"There is no source '{id}'. {did_you_mean(id, known)}")
    asked = " ".join(words)
    try:
        hits, total = find(root, asked, 0 if everything else limit, sources)
    except ValueError as error:
        raise click.UsageError(f"'{asked}': {error}.") from error
    except (sqlite3.Error, OSError) as error:
        stop(f"The index in .crosscase cannot be used: {error}. Delete .crosscase/search.sqlite3 and search again.")
    if as_json:
        import msgspec

        print_json({"asked": asked, "paragraphs": total, "hits": msgspec.to_builtins(hits)})
        return
    _show(root, hits)
    shown = "" if len(hits) == total else f", the best {len(hits)} are shown (--all shows all)"
    click.echo(f"{counted(total, 'paragraph')}{shown}.")


def _show(root: Path, hits: list[Hit]) -> None:
    from corpus.source import SOURCES_FOLDER, read_source

    texts = {id: read_source(root / SOURCES_FOLDER / f"{id}.md")[0] for id in {hit.source for hit in hits}}
    for hit in hits:
        source = texts[hit.source]
        line = source.file_line(hit.found[0][0] if hit.found else hit.start) if source is not None else 0
        click.secho(f"{SOURCES_FOLDER}/{hit.source}.md:{line}", bold=True)
        click.echo(f"  {_with_marks(hit)}")


def _with_marks(hit: Hit) -> str:
    """The words around the first place, with those asked for in bold."""
    first = hit.found[0][0] - hit.start if hit.found else 0
    start = max(0, first - _AROUND)
    end = min(len(hit.words), first + 2 * _AROUND)
    pieces, at = [], start
    for begins, ends in ((a - hit.start, b - hit.start) for a, b in hit.found):
        if at <= begins and ends <= end:
            pieces += [hit.words[at:begins], click.style(hit.words[begins:ends], bold=True, fg="cyan")]
            at = ends
    text = "".join([*pieces, hit.words[at:end]])
    return f"{'…' if start else ''}{' '.join(text.split())}{'…' if end < len(hit.words) else ''}"
