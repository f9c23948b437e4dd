"""A report beside its study: quotations are looked up in the sources, counts are held against the findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.alarms import Alarm
from reports.document.check import check_document
from reports.document.lines import lines_of
from reports.whole_study import WholeStudy, read_whole_study

EXAMPLE = Path(__file__).parents[3] / "cli" / "example_study"
GROUPS = "Kommuner, der tildeler relativt få, og kommuner, der tildeler relativt mange, er forskellige.\n\n"


@pytest.fixture(scope="module")
def whole() -> WholeStudy:
    return read_whole_study(EXAMPLE)[0]


def found(text: str, whole: WholeStudy) -> list[Alarm]:
    return [a for a in check_document(lines_of(GROUPS + text), "r.md", "da", whole) if a.score >= 0]


def test_the_very_words_of_a_source_raise_nothing(whole: WholeStudy) -> None:
    assert found("Lederen siger: »Kommunens økonomi får ikke lov til at afgøre en pensionssag«.", whole) == []
    assert found("Lederen siger: »Kommunens økonomi […] afgøre en pensionssag«.", whole) == []


def test_altered_words_are_shown_beside_those_of_the_source(whole: WholeStudy) -> None:
    (alarm,) = found("Lederen siger: »Kommunens økonomi får aldrig lov til at afgøre en pensionssag«.", whole)
    assert (alarm.rule, alarm.severity) == ("quotation-altered", "error")
    assert alarm.sides[0].line == 3 and "aldrig" in alarm.sides[0].text
    assert alarm.sides[1].file == "sources/askhavn-leder.md" and "ikke lov" in alarm.sides[1].text


def test_words_that_no_source_has_are_a_warning_and_terms_are_no_quotations(whole: WholeStudy) -> None:
    (alarm,) = found("Lederen siger: »Månen er lavet af en grøn ost« om »det brede«.", whole)
    assert (alarm.rule, alarm.severity) == ("quotation-not-found", "warning")


def test_a_count_is_held_against_the_stances_of_the_finding(whole: WholeStudy) -> None:
    (alarm,) = found("To ud af seks kommuner, der tildeler relativt få, afklarer trin for trin.", whole)
    assert alarm.rule == "differs-from-finding" and "5 of 6 support it" in alarm.reason
    assert alarm.sides[1].file == "findings/afklaring.yaml"
    assert found("Fem ud af seks kommuner, der tildeler relativt få, afklarer trin for trin.", whole) == []


def test_the_other_group_is_another_finding(whole: WholeStudy) -> None:
    others = found("To ud af tre kommuner, der tildeler relativt mange, afklarer efter en helt egen opskrift.", whole)
    assert others == []


def test_quotations_of_footnotes_and_between_the_marks_of_danish_typing_are_looked_up(whole: WholeStudy) -> None:
    for text in (
        "Lederen er klar.[^1]\n\n[^1]: »Kommunens økonomi får aldrig lov til at afgøre en pensionssag«.",
        "Lederen siger ”Kommunens økonomi får aldrig lov til at afgøre en pensionssag”.",
    ):
        (alarm,) = found(text, whole)
        assert alarm.rule == "quotation-altered"
