"""How alarms are shown in the terminal: each with the places that stand against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reports.alarms import Alarm

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def show_alarms(alarms: Sequence[Alarm]) -> None:
    """Each alarm with its rule, why, every place with what stands there, and what to do."""
    from corpus.problems import RULES

    for number, alarm in enumerate(alarms, 1):
        severity = click.style(alarm.severity, fg=_COLOURS[alarm.severity])
        click.echo(f"{number}. {severity}: {alarm.reason}  [{alarm.rule}]")
        for side in alarm.sides:
            place = click.style(f"{side.file}:{side.line}", bold=True)
            click.echo(f"     {place}: »{side.text}«" if side.text else f"     {place}")
        click.echo(f"     {alarm.hint or RULES[alarm.rule].fix}")
