"""`crosscase suggest --next`: which sources to code next, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cli.options import print_json

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.model import Model


def print_next(coded: CodedStudy, model: Model, source_ids: Sequence[str], top: int, as_json: bool) -> None:
    """The order as a list with reasons; as JSON all of it, in the terminal the first `top`."""
    import msgspec

    from coding.suggest.next_up import next_up

    found = next_up(coded, model, source_ids)
    if as_json:
        print_json([msgspec.to_builtins(entry) for entry in found])
        return
    if not model.view.segments:
        click.echo("Nothing to code: the sources hold no paragraphs, or headings alone.")
    elif not found:
        click.echo("Nothing left to code: every source is marked as read, or all its segments are coded.")
    for number, entry in enumerate(found[:top], 1):
        click.secho(f"{number:2}  {entry.source}", bold=True, nl=False)
        click.echo("  (suggestions kept back until you have coded it)" if entry.locked else "")
        for reason in entry.why:
            click.echo(f"      {reason}")
        source = coded.study.source_by_id[entry.source]
        if lines := [str(source.file_line(start)) for start, _ in entry.look_at]:
            click.echo(f"      look first at {source.file}, line {', '.join(lines)}")
    if len(found) > top:
        click.echo(f"… and {len(found) - top} more: --json has them all.")
