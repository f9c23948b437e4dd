"""Alarms are local: a repaired place drops its alarms and no others, and raises none."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.alarms import Alarm
from reports.document.check import check_document
from reports.document.languages import language_of
from reports.document.lines import lines_of, read_lines

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[4] / "shared" / "study"

REPAIRS = [
    ("da-skoler.md", "| Mangler tid til at forberede", "| Mangler ikke tid til at forberede"),
    ("da-klubber.md", "De kommunale klubber har faste", "Tre af de fire kommunale klubber har faste"),
    ("da-plejehjem.md", "Ni ud af tolv plejehjem har", "Otte ud af tolv plejehjem har"),
    ("en-schools.md", "Examples of schools that share", "An example of a school that shares"),
    ("en-clinics.md", "None of the clinics have problems", "One of the ten clinics has problems"),
    ("en-museums.txt", "a total of 560 items", "a total of 550 items"),
    ("en-shelters.md", "All shelters let guests", "Eight of the nine shelters let guests"),
]


def key(alarm: Alarm) -> tuple[str, tuple[tuple[int, str], ...]]:
    return alarm.rule, tuple((side.line, side.text) for side in alarm.sides)


def alarms(text: str, language: str) -> dict[tuple[str, tuple[tuple[int, str], ...]], Alarm]:
    return {key(alarm): alarm for alarm in check_document(lines_of(text), "r", language)}


@pytest.mark.parametrize(("name", "before", "after"), REPAIRS)
def test_a_repair_drops_the_alarms_of_its_place_and_nothing_else(name: str, before: str, after: str) -> None:
    text = (FIXTURES / name).read_text("utf-8")
    language = language_of(lines_of(text))
    assert before in text
    line = text[: text.index(before)].count("\n") + 1
    old, new = alarms(text, language), alarms(text.replace(before, after), language)
    gone, come = set(old) - set(new), set(new) - set(old)
    assert gone and all(line in [at for at, _ in sides] for _, sides in gone)
    assert come == set()


def test_the_same_report_gives_the_same_alarms() -> None:
    text = (FIXTURES / "da-sygehuse.txt").read_text("utf-8")
    assert list(alarms(text, "da")) == list(alarms(text, "da"))


def test_a_long_report_is_read_and_what_is_known_of_it_is_found() -> None:
    files = sorted(SHARED.glob("001_*.txt")) if SHARED.is_dir() else []
    if not files:
        pytest.skip("the long report lies outside of the project (../shared/study)")
    lines, _ = read_lines(files[0])
    assert lines is not None
    found = check_document(lines, files[0].name, "da")
    pairs = [{side.line for side in alarm.sides} for alarm in found]
    assert any({126, 294} <= pair for pair in pairs), "the row of the table and the section that says the opposite"
    assert any({294, 308} <= pair for pair in pairs), "none, and one"
    assert len(found) >= 30 and found[0].rule == "table-contradicts-text"
