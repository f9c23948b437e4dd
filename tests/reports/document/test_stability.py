"""Alarms are local: a repaired place drops its alarms and no others, and raises none."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reports.alarms import Alarm, Side
from reports.document.check import check_document
from reports.document.languages import language_of
from reports.document.lexicon import lexicon
from reports.document.lines import Line, lines_of, read_lines
from reports.document.statements import report_of
from reports.document.structure import structure_of

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


GROUPS_SAID = {
    frozenset({0}): "Om kommuner, der tildeler relativt få, står mere andetsteds.",
    frozenset({1}): "Om kommuner, der tildeler relativt mange, står mere andetsteds.",
}
"""A sentence that claims nothing and names the same group, since the sentence behind it may be about that group."""


def mended(lines: tuple[Line, ...], side: Side, groups: frozenset[int]) -> tuple[Line, ...] | None:
    """The lines with the words of a side taken out, in every cell of the row that has them; None where they are not
    on one line as they are quoted."""
    cell = side.text.split(": ", 1)[-1]
    found = []
    for line in lines:
        text = line.text
        if line.number == side.line:
            is_cell = side.text not in text
            words, neutral = (cell, "–") if is_cell else (side.text, GROUPS_SAID.get(groups, "Mere står andetsteds."))
            if words not in text:
                return None
            text = text.replace(words, neutral)
        found.append(msgspec.structs.replace(line, text=text))
    return tuple(found)


def test_each_of_the_surest_alarms_of_a_long_report_rests_on_its_own_sentences() -> None:
    """A neutral sentence instead of one that is quoted: all alarms that quote it go, no other does, and what comes is
    about what the alarms that went were about (the next nearest sentence, or the rest of several)."""
    files = sorted(SHARED.glob("001_*.txt")) if SHARED.is_dir() else []
    if not files:
        pytest.skip("the long report lies outside of the project (../shared/study)")
    lines, _ = read_lines(files[0])
    assert lines is not None
    report = report_of(structure_of(lines), "r", lexicon("da"))
    groups = {(s.sentence.line, " ".join(s.sentence.text.split())): s.groups for s in report.statements}
    old = {key(alarm): alarm for alarm in check_document(lines, "r", "da")}
    surest = list(old.values())[:20]
    sides = dict.fromkeys([alarm.sides[-1] for alarm in surest] + [alarm.sides[0] for alarm in surest[:6]])
    tried = 0
    for side in sides:
        changed = mended(lines, side, groups.get((side.line, side.text), frozenset()))
        if changed is None:
            continue
        tried += 1
        new = {key(alarm) for alarm in check_document(changed, "r", "da")}
        gone, come = set(old) - new, new - set(old)
        assert gone == {known for known, alarm in old.items() if side in alarm.sides}, side.line
        near = {place for _, places in gone for place in places} - {(side.line, side.text)}
        assert all(near & set(places) for _, places in come), (side.line, come)
    assert tried >= 18
