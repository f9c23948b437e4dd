"""Ten constructed reports: the planted contradictions are found, and their look-alikes are not taken for any."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reports.alarms import Alarm
from reports.document.check import check_document
from reports.document.languages import language_of
from reports.document.lines import Line, read_lines

FIXTURES = Path(__file__).parent / "fixtures"
KNOWN: dict[str, Any] = json.loads((FIXTURES / "planted.json").read_text("utf-8"))
PLANTED: dict[str, list[dict[str, str]]] = KNOWN["planted"]
HELD_OUT: dict[str, list[dict[str, Any]]] = KNOWN["held_out"]

RULES_OF = {
    "table": ("table-contradicts-text", "trait-of-both-groups"),
    "difference": ("difference-denied",),
    "exception": ("exception-to-all", "opposite-sentences"),
    "scope": ("wider-scope",),
    "plural": ("plural-for-one",),
    "strength": ("stronger-words",),
    "support": ("no-support",),
    "silence": ("unmentioned-as-absent",),
    "count": ("different-counts",),
    "unasked": ("share-over-unasked",),
    "percent": ("impossible-percentage", "wrong-share", "wrong-sum"),
}
"""Kind of what was planted → the rules that may find it."""


@cache
def checked(name: str) -> tuple[tuple[Line, ...], tuple[Alarm, ...]]:
    lines, problems = read_lines(FIXTURES / name)
    assert lines is not None and not problems
    return lines, check_document(lines, name, language_of(lines))


def holds(alarm: Alarm, words: str, lines: tuple[Line, ...]) -> bool:
    """Whether a side of the alarm, or the line that it stands on, has the words (one of several, between bars)."""
    texts = [side.text for side in alarm.sides]
    texts += [line.text for line in lines for side in alarm.sides if line.number == side.line]
    return any(part.strip() in text for part in words.split("|") if part.strip() for text in texts)


def fitting(plant: dict[str, str], name: str) -> set[int]:
    lines, alarms = checked(name)
    return {
        at
        for at, alarm in enumerate(alarms)
        if holds(alarm, plant["one"], lines) and (not plant["other"] or holds(alarm, plant["other"], lines))
    }


def plants() -> Iterator[Any]:
    for name, planted in PLANTED.items():
        for plant in planted:
            yield pytest.param(name, plant, id=f"{name}: {plant['one'][:40]}")


@pytest.mark.parametrize(("name", "plant"), list(plants()))
def test_what_was_planted_is_found_by_its_rule(name: str, plant: dict[str, str]) -> None:
    _, alarms = checked(name)
    rules = {alarms[at].rule for at in fitting(plant, name)}
    assert rules & set(RULES_OF[plant["kind"]]), f"found by {sorted(rules) or 'no rule'}"


@pytest.mark.parametrize("name", HELD_OUT)
def test_of_reports_written_after_the_rules_is_found_what_docs_verify_says(name: str) -> None:
    for plant in HELD_OUT[name]:
        assert bool(fitting(plant, name)) is plant["found"], plant["one"]


@pytest.mark.parametrize("name", [*PLANTED, *HELD_OUT])
def test_nothing_else_is_raised(name: str) -> None:
    _, alarms = checked(name)
    planted = [*PLANTED.get(name, ()), *HELD_OUT.get(name, ())]
    expected = {at for plant in planted for at in fitting(plant, name)}
    others = [alarm for at, alarm in enumerate(alarms) if at not in expected]
    assert others == []
