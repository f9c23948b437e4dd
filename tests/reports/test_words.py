from __future__ import annotations

import datetime
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_values import THEMES

from corpus.cases import Case
from reports.matrix import STATES, CaseTheme, Cell, Column, State
from reports.sentences import asked_line, count_line, rest_line
from reports.words import DANISH, ENGLISH, Words, counted, date_words, joined, number, share


def cell(states: dict[str, State], asked: dict[str, bool | None] | None = None) -> Cell:
    """A cell whose cases have these states; asked as the state has it, or as given."""
    usual = {"not_asked": False, "read_absent": None, "unknown": None}
    cases = tuple(
        CaseTheme(
            Case(name.lower(), name), THEMES[0], state, (asked or {}).get(name, usual.get(state, True)), (), (), (), (),
            state != "not_applicable",
        )
        for name, state in states.items()
    )  # fmt: skip
    return Cell(THEMES[0], Column("few", "Få", tuple(case.case for case in cases)), cases, (), ())


def named(*states: State) -> dict[str, State]:
    return dict(zip(("Ask", "Birk", "Eg", "El", "Lind", "Pil"), states, strict=False))


m, silent, unread, away, absent = "mentioned", "asked_no_answer", "not_coded", "not_applicable", "read_absent"


@pytest.mark.parametrize(
    ("states", "danish", "english"),
    [
        ((m, m, m, silent, silent, silent), "Nævnt hos tre ud af seks", "Mentioned in three of six cases"),
        ((m, m, m), "Nævnt hos alle tre", "Mentioned in all three cases"),
        ((m, m), "Nævnt hos begge", "Mentioned in both cases"),
        ((m,), "Nævnt hos den ene case", "Mentioned in the one case"),
        ((m, silent, unread), "Nævnt hos mindst én ud af tre", "Mentioned in at least one of three cases"),
        ((m, silent, away), "Nævnt hos én af de to, temaet gælder for",
         "Mentioned in one of the two cases that the theme applies to"),
        ((m, m, away), "Nævnt hos begge, temaet gælder for", "Mentioned in both cases that the theme applies to"),
        ((silent, absent), "Ingen har nævnt det", "Nobody has mentioned it"),
        ((silent, unread), "Ingen har nævnt det i det, der er læst", "Nobody has mentioned it in what has been read"),
        ((unread, "unknown"), "Kan ikke siges endnu", "Cannot be said yet"),
        ((away, away), "Temaet gælder ikke for gruppens cases", "The theme does not apply to the cases of this group"),
        ((), "Gruppen er tom i dette udsnit", "The group is empty in this selection"),
    ],
)  # fmt: skip
def test_a_count_has_its_denominator_and_says_no_more_than_was_read(
    states: tuple[State, ...], danish: str, english: str
) -> None:
    counted_cell = cell(named(*states))
    assert count_line(counted_cell, DANISH) == danish
    assert count_line(counted_cell, ENGLISH) == english


def test_every_silent_case_is_typed_and_named() -> None:
    states = named(m, silent, silent, "not_asked")
    assert rest_line(cell(states), DANISH) == "Øvrige: to spurgt uden svar (Birk, Eg); én ikke spurgt (El)"
    assert rest_line(cell(states), ENGLISH) == "The others: two asked, no answer (Birk, Eg); one not asked (El)"
    assert rest_line(cell(named(silent, "unknown")), DANISH) == "Én spurgt uden svar (Ask); én uvist (Birk)"
    assert rest_line(cell(named(m, m)), DANISH) == ""


def test_in_large_groups_silent_cases_are_counted_in_digits_and_not_named() -> None:
    many = cell({f"case{n}": m if n < 3 else silent for n in range(14)})
    assert count_line(many, DANISH) == "Nævnt hos 3 ud af 14"
    assert rest_line(many, DANISH) == "Øvrige: 11 spurgt uden svar"


def test_who_was_asked_is_said_where_the_states_do_not_tell() -> None:
    assert asked_line(cell(named(m, silent)), DANISH) == ""
    assert asked_line(cell(named(m, silent, absent, "not_asked", away)), DANISH) == "", "each state tells it"
    some = cell(named(m, m, "not_asked", away), {"Birk": None})
    assert asked_line(some, DANISH) == "Spurgt: én, uvist om spurgt: én, ikke spurgt: én, ikke relevant: én"


@given(st.lists(st.sampled_from(STATES), max_size=14))
def test_no_line_holds_a_bare_nought(states: list[State]) -> None:
    made = cell({f"case-{chr(97 + n)}": state for n, state in enumerate(states)})
    for words in (DANISH, ENGLISH):
        for line in (count_line(made, words), rest_line(made, words), asked_line(made, words)):
            assert not re.search(rf"\b0\b|\b{words.numbers[0]}\b", line)


@given(st.integers(0, 400), st.integers(1, 400))
def test_numbers_are_words_to_ten_and_digits_where_one_of_the_two_is_larger(k: int, n: int) -> None:
    said = number(k, DANISH, n)
    assert said == (DANISH.numbers[k] if max(k, n) <= 10 else str(k))


def test_shares_of_large_groups_are_digits() -> None:
    assert share(79, 130, DANISH) == "79 ud af 130"
    assert share(14_750, 20_000, DANISH) == "14.750 ud af 20.000"
    assert share(14_750, 20_000, ENGLISH) == "14,750 of 20,000 cases"


def test_lists_dates_and_nouns() -> None:
    assert joined(["leder"], DANISH) == "leder"
    assert joined(["a", "b", "c"], DANISH) == "a, b og c"
    assert joined(["a", "b"], ENGLISH) == "a and b"
    assert date_words(datetime.date(2009, 1, 14), DANISH) == "14. januar 2009"
    assert date_words(None, DANISH) == ""
    assert counted(1, DANISH.sources_one, DANISH.sources_many, DANISH) == "1 kilde"
    assert counted(14, DANISH.sources_one, DANISH.sources_many, DANISH) == "14 kilder"


def _strings(value: object, path: str = "") -> dict[str, str]:
    if isinstance(value, str):
        return {path: value}
    if isinstance(value, dict):
        return {k: s for key, inner in value.items() for k, s in _strings(inner, f"{path}.{key}").items()}
    if isinstance(value, tuple):
        return {k: s for n, inner in enumerate(value) for k, s in _strings(inner, f"{path}.{n}").items()}
    return {}


def test_both_languages_fill_in_the_same_names() -> None:
    def fields(words: Words) -> dict[str, list[str]]:
        said = _strings(msgspec.structs.asdict(words))
        return {path: sorted(set(re.findall(r"\{(\w+)\}", text))) for path, text in said.items()}

    danish, english = fields(DANISH), fields(ENGLISH)
    assert danish == english
    empty = [path for path, text in _strings(msgspec.structs.asdict(DANISH)).items() if not text]
    assert empty == [".kind_notes.transcript", ".kind_notes.document"]
