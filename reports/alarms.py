"""Alarms: what `crosscase verify` has to say, with both sides quoted, whether of a study or of a written report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from corpus.problems import Problem

AlarmSeverity = Literal["error", "warning", "note"]


class Side(msgspec.Struct, frozen=True):
    """What stands at one place, quoted: `file` relative to the study folder (or the report's name), `line` from 1."""

    file: str
    line: int
    text: str


class Alarm(msgspec.Struct, frozen=True):
    """Something that does not follow: the rule, why in words, and the one or two places that stand against each other.

    `rule` is an entry of the catalogue in `corpus.problems`. `score` orders alarms of one run; greater is surer.
    """

    rule: str
    severity: AlarmSeverity
    reason: str
    sides: tuple[Side, ...]
    hint: str = ""
    score: float = 0.0


def ranked(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Alarms in the order they are shown: the surest first, then by place; the same twice only once."""
    once = dict.fromkeys(alarms)
    return tuple(sorted(once, key=lambda alarm: (-alarm.score, _place(alarm), alarm.rule, alarm.reason)))


def _place(alarm: Alarm) -> tuple[tuple[str, int, str], ...]:
    return tuple((side.file, side.line, side.text) for side in alarm.sides)


def to_problem(alarm: Alarm) -> Problem:
    """The alarm as a problem at its first side, every side quoted in the message."""
    first = alarm.sides[0]
    quoted = [f"»{' '.join(first.text.split())}«"]
    quoted += [f"{side.file}:{side.line}: »{' '.join(side.text.split())}«" for side in alarm.sides[1:]]
    return Problem(first.file, first.line, alarm.rule, f"{alarm.reason}: {' ↔ '.join(quoted)}", alarm.hint)


def alarms_json(alarms: Iterable[Alarm]) -> list[dict[str, Any]]:
    """Alarms for programs: {rule, severity, reason, sides: [{file, line, text}], hint, score}."""
    return [msgspec.to_builtins(alarm) for alarm in alarms]
