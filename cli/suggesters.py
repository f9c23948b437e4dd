"""Who is asked for suggestions, as study.toml says: for every command that suggests or measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.options import show_problems, stop

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.named_models import Asked


def asked_suggesters(coded: CodedStudy, structure: bool = True) -> tuple[Asked, list[str]]:
    """What study.toml names; says what is wrong with it, and ends where a named model is missing or nothing is left."""
    from coding.suggest.named_models import asked

    found = asked(coded, structure)
    show_problems((*found.problems, *found.missing))
    for fault in found.faults:
        click.secho(f"study.toml: [suggest] {fault}", err=True, fg="red")
    if found.missing:
        stop("A model that study.toml names cannot be used, and nothing else takes its place.")
    if not found.suggesters:
        stop("There is no suggester to ask: name at least one under [suggest] suggesters in study.toml.")
    return found, list(found.faults)
