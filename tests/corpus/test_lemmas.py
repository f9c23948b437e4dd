"""Lemmas: inflections and compounds meet in one form, and words that the table mistakes are put right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lemmas import LEMMA_LANGUAGES, lemma, lemmas, stem


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("lægekonsulentens Lægekonsulenten lægekonsulenterne", "lægekonsulent"),
        ("sygedagpengesagerne sygedagpengesager", "sygedagpengesag"),
        ("visitationsteamet visitationsteamets", "visitationsteam"),
        ("førtidspensionssagerne FØRTIDSPENSIONSSAG", "førtidspensionssag"),
        ("kommunens kommunerne kommune", "kommune"),
        ("jobcentret jobcentrets jobcentrene", "jobcenter"),
        ("it-systemet it-systemer", "it-system"),
        ("praktikken praktikker", "praktik"),
        ("birkebys birkeby", "birkeby"),
    ],
)
def test_danish_inflections_compounds_and_genitives_have_one_lemma(words, wanted):
    assert {word: lemma(word, "da") for word in words.split()} == dict.fromkeys(words.split(), wanted)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("under", "under"), ("leder", "leder"), ("lederen", "leder"), ("egne", "egen"), ("svært", "svær"),
        ("godt", "god"), ("tunge", "tung"), ("stop", "stop"), ("analyser", "analyse"), ("gør", "gøre"),
        ("vil", "ville"), ("erfaren", "erfaren"), ("sagsbehandler", "sagsbehandler"), ("an", "an"),
        ("2007", "2007"), ("…", "…"), ("stress", "stress"),
    ],
)  # fmt: skip
def test_danish_words_that_look_like_another_word_keep_their_own_lemma(word, wanted):
    assert lemma(word, "da") == wanted


@pytest.mark.parametrize(
    ("language", "word", "wanted"),
    [
        ("en", "municipalities", "municipality"), ("en", "children's", "child"), ("en", "flex-jobs", "flex-job"),
        ("sv", "kommunernas", "kommun"), ("sv", "sjukpenningärenden", "sjukpenningärende"),
        ("nb", "saksbehandlerens", "saksbehandler"), ("nb", "sykepengesakene", "sykepengesak"),
        ("de", "Vermittlungsfachkräfte", "vermittlungsfachkraft"), ("de", "Häuser", "haus"),
        ("xx", "Kommunerne", "kommunerne"),
    ],
)  # fmt: skip
def test_other_languages(language, word, wanted):
    assert lemma(word, language) == wanted


@settings(deadline=None)  # the first example loads spaCy or a dictionary
@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from([*LEMMA_LANGUAGES, "xx"]))
def test_every_word_has_a_lemma_that_does_not_depend_on_its_capitals(words, language):
    found = lemmas(words, language)
    assert set(found) == set(words)
    assert found == {word: lemma(word.lower(), language) for word in words}
    assert all(bool(found[word]) == bool(word) for word in words)


def test_very_long_words_are_left_alone():
    word = "sag" * 5000 + "erne"
    assert lemma(word, "da") == word


@pytest.mark.parametrize(
    "forms",
    ["borger borgeren borgerens borgernes borgere", "praktik praktikken", "mål målene målet", "ressource ressourcer",
     "lægen læge lægernes", "ledelse ledelsen", "tilbud tilbuddene", "resource resources"],
)  # fmt: skip
def test_stems_of_inflections_are_equal(forms):
    assert len({stem(form) for form in forms.split()}) == 1
    assert all(len(stem(form)) >= 3 for form in forms.split())
