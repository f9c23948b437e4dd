"""What a report states: of which group, of how many cases, what is denied, and what does not count as stated."""

from __future__ import annotations

import time

import pytest

from reports.document.check import check_document
from reports.document.languages import language_of
from reports.document.lexicon import lexicon
from reports.document.lines import lines_of, plain
from reports.document.statements import Report, Statement, report_of
from reports.document.structure import structure_of

TABLE = (
    "| | Kommuner, der giver relativt få lån | Kommuner, der giver relativt mange lån |\n|---|---|---|\n"
    "| A | B. | C. |\n\n"
)
SIZES = "De seks kommuner, der giver relativt få lån, og de tre kommuner, som giver relativt mange lån, er besøgt.\n\n"


def read(text: str, code: str = "da") -> Report:
    return report_of(structure_of(lines_of(text)), "r", lexicon(code))


def last(sentence: str) -> Statement:
    return read(TABLE + SIZES + sentence).statements[-1]


@pytest.mark.parametrize(
    ("sentence", "groups", "scope", "k", "n"),
    [
        ("Kommuner, som giver forholdsvis få lån, har lange ventelister.", {0}, "generic", 0, 0),
        ("Fire af de seks kommuner, der giver relativt få lån, har lange ventelister.", {0}, "part", 4, 6),
        ("De tre kommuner, der giver relativt mange lån, har lange ventelister.", {1}, "all", 3, 3),
        ("Med undtagelse af en kommune har kommuner, der giver relativt få lån, ventelister.", {0}, "part", 5, 6),
        (
            "Både kommuner, der giver relativt få lån, og de, som giver relativt mange, har lister.",
            {0, 1},
            "generic",
            0,
            0,
        ),
        ("I kommuner, der giver relativt mange lån, har mange kommuner ventelister.", {1}, "some", 0, 0),
        ("En af de kommuner, der giver relativt mange lån, har ventelister.", {1}, "part", 1, 3),
        ("Generelt har kommuner, der giver relativt mange lån, ventelister.", {1}, "soft", 0, 0),
        ("I alle kommuner er der ventelister.", {0, 1, 2, 3}, "all", 9, 9),
    ],
)
def test_groups_and_amounts_are_read(sentence: str, groups: set[int], scope: str, k: int, n: int) -> None:
    said = last(sentence)
    assert (set(said.groups), said.scope, said.k, said.n) == (groups, scope, k, n)


def test_the_sizes_of_the_groups_are_learned_from_the_report() -> None:
    assert read(TABLE + SIZES).groups.sizes == (6, 3)


def test_a_sentence_without_a_group_is_about_that_of_the_one_before_it() -> None:
    said = last("I kommuner, der giver relativt få lån, er der travlt. I en anden kommune er der køer.")
    assert (set(said.groups), said.is_group_said, said.scope) == ({0}, False, "one")


def test_groups_without_a_table_are_found_by_opposites() -> None:
    text = "Small farms are old. Large farms are new. All farms have a well. Two of the farms rest. Small farms pay.\n"
    report = read(text, "en")
    assert [set(s.groups) for s in report.statements] == [{0}, {1}, {0, 1, 2, 3}, {0, 1, 2, 3}, {0}]


def test_denials_reach_over_their_clause_and_a_following_that() -> None:
    said = last("Interviewene viser ikke, at der er lange ventelister, fordi personalet er nyt.")
    assert "ventelist" in said.denied and "=staff" in said.stated


def test_conditions_relative_clauses_and_what_cannot_be_told_deny_nothing() -> None:
    assert "ventelist" not in last("Hvis der ikke er ventelister, går det hurtigt.").features
    assert not last("Det gælder sager, hvor der ikke er ventelister.").denied
    assert not last("Det kan ikke konkluderes, at der er ventelister.").denied


def test_a_sign_is_turned_round_by_a_denial() -> None:
    (lacking,) = last("De mangler personale.").signs
    (enough,) = last("De mangler ikke personale.").signs
    assert (lacking.axis, lacking.plus, enough.plus) == ("enough", False, True)
    assert "=staff" in lacking.about


def test_markup_is_no_part_of_what_is_quoted() -> None:
    assert plain("**Bold** and *slanted* <sup>3</sup>[words](http://x.y)") == "Bold and slanted words"
    assert plain("3 * 4 * 5 and a_b_c") == "3 * 4 * 5 and a_b_c"


def test_comments_code_and_front_matter_keep_their_lines() -> None:
    text = "---\ntitle: x\n---\n<!-- a\nb -->\n```\nNo farms.\n```\nWords.\n"
    assert [line.number for line in lines_of(text) if line.text] == [9]


@pytest.mark.parametrize(
    "text",
    ["", " \n\n", "|||||\n" * 50, "\t\t\n\t\t\n", "😀 alle 😀 skoler. Ingen 😀!", "20 a og " * 4000 + "i alt 3.",
     "Ikke alle kommuner har nogen forskel i deres praksis.\n\n" * 1500, "a | b | c\n" * 2000,
     "".join(f"# {i} Kapitel {i}\n\nAlle skoler har mange elever.\n\n" for i in range(500))],
)  # fmt: skip
def test_odd_reports_are_read_in_reasonable_time(text: str) -> None:
    start = time.process_time()
    lines = lines_of(text)
    check_document(lines, "r", language_of(lines))
    assert time.process_time() - start < 30
