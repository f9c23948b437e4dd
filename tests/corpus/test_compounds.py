"""Compounds are split into words that the dictionary or the study has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.compounds import compound_parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("lægekonsulentens", ("læge", "konsulent")),
        ("målgruppe", ("mål", "gruppe")),
        ("pensionssager", ("pension", "sag")),
        ("ressourceprofilen", ("ressource", "profil")),
    ],
)
def test_danish_compounds_are_split_and_their_parts_are_lemmas(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts([word], "da", ("mål", "sag")) == {word: parts}


@pytest.mark.parametrize("word", ["borgeren", "stillinger", "forklaringen", "kommune", "og", "", "12345678"])
def test_words_that_are_no_compounds_have_no_entry(word: str) -> None:
    assert compound_parts([word], "da") == {}


@pytest.mark.parametrize(
    ("language", "word", "part"),
    [("nb", "arbeidsmarked", "marked"), ("sv", "arbetsmarknad", "marknad"), ("de", "Arbeitsmarkt", "arbeit")],
)
def test_norwegian_swedish_and_german_compounds_are_split_too(language: str, word: str, part: str) -> None:
    assert part in next(iter(compound_parts([word], language).values()))


def test_english_words_are_split_at_hyphens_only() -> None:
    assert compound_parts(["part-time", "caseworker"], "en") == {"part-time": ("part", "time")}


@given(st.lists(st.text(max_size=30), max_size=5), st.sampled_from(["da", "en", "xx"]))
def test_any_words_can_be_asked_for(words: list[str], language: str) -> None:
    found = compound_parts(words, language, words)
    assert set(found) <= {word.lower() for word in words}
    assert all(len(parts) > 1 for parts in found.values())
