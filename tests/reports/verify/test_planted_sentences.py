"""How many planted faults are found, and that sound sentences which look like them are left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from planted_sentences import MISSED, PLANTED, SOUND, Row, study_text

from reports.alarms import Alarm
from reports.verify.study import verify_study
from reports.whole_study import read_whole_study

MakeStudy = Callable[..., Path]


def alarms(make_study: MakeStudy, row: Row) -> list[Alarm]:
    whole, problems = read_whole_study(make_study(study_text(row)))
    assert problems == []
    return [alarm for alarm in verify_study(whole) if alarm.severity != "note"]


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: row.label)
def test_a_planted_fault_is_found_by_its_rule(row: Row, make_study: MakeStudy) -> None:
    assert row.rule in {alarm.rule for alarm in alarms(make_study, row)}


@pytest.mark.parametrize("row", SOUND, ids=lambda row: row.label)
def test_a_sound_sentence_is_left_alone(row: Row, make_study: MakeStudy) -> None:
    assert [alarm.reason for alarm in alarms(make_study, row)] == []


def test_what_is_missed_is_known(make_study: MakeStudy) -> None:
    """One that is found one day moves to the planted ones."""
    found = [
        row.label for n, row in enumerate(MISSED)
        if row.rule in {alarm.rule for alarm in alarms(lambda text, n=n: make_study(text, f"s{n}"), row)}
    ]  # fmt: skip
    assert found == []
