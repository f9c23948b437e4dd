"""Quantities as prose words them: what is found, with which numbers, and what only looks like one."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.wording.licence import unlicensed
from reports.wording.numbers import number_of, number_pattern, number_words
from reports.wording.quantities import quantities
from reports.wording.tally import Tally

THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("3 af de 6 kommuner", "fraction", {"k": 3, "n": 6, "noun": "kommuner"}),
        ("14 ud af de i alt 98 små kommuner", "fraction", {"k": 14, "n": 98, "noun": "kommuner"}),
        ("Tre af de fem, der har kø", "fraction", {"k": 3, "n": 5, "noun": ""}),
        ("Mindst tre ud af seks kommuner", "fraction", {"k": 3, "bound": "at_least"}),
        ("seks kommuner ud af ni", "fraction", {"k": 6, "n": 9, "noun": "kommuner"}),
        ("Mellem 60 og 70 procent af sagerne", "percent", {"share": Fraction(3, 5), "share_to": Fraction(7, 10)}),
        ("60-70 %", "percent", {"share": Fraction(3, 5), "share_to": Fraction(7, 10)}),
        ("67,7 pct. af dem", "percent", {"share": Fraction(677, 1000), "decimals": 1}),
        ("67,7 procent af de 130 kommuner", "percent", {"n": 130, "noun": "kommuner"}),
        ("Halvdelen af de seks kommuner", "half", {"n": 6, "part_of": True}),
        ("knap halvdelen", "half", {"bound": "just_below"}),
        ("hver anden kommune", "half", {"noun": "kommune"}),
        ("hver tredje kommune", "part", {"share": THIRD, "noun": "kommune"}),
        ("en tredjedel af de små kommuner", "part", {"share": THIRD, "noun": "kommuner"}),
        ("flertallet af kommunerne", "majority", {"noun": "kommunerne"}),
        ("over halvdelen", "majority", {}),
        ("et mindretal af kommunerne", "minority", {}),
        ("langt de fleste", "large_majority", {}),
        ("stort set alle", "large_majority", {}),
        ("Næsten alle seks kommuner", "large_majority", {"n": 6}),
        ("Alle på nær én", "all_but", {"but": 1}),
        ("Alle kommuner på nær to", "all_but", {"but": 2, "noun": "kommuner"}),
        ("Alle undtagen Elmsted", "all_but", {"but": None}),
        ("samtlige ni kommuner", "all", {"n": 9}),
        ("begge grupper", "all", {"n": 2, "noun": "grupper"}),
        ("ikke i alle kommuner", "not_all", {"noun": "kommuner"}),
        ("langt fra alle", "not_all", {}),
        ("Ingen af de seks kommuner har nævnt det", "none_mentioned", {"n": 6}),
        ("hverken leder eller sagsbehandler", "neither", {}),
        ("to eller tre kommuner", "count", {"k": 2, "to": 3}),
        ("fem-seks kommuner", "count", {"k": 5, "to": 6}),
        ("mellem to og fire kommuner", "count", {"k": 2, "to": 4}),
        ("op til fem kommuner", "count", {"k": 5, "bound": "at_most"}),
        ("ikke flere end to kommuner", "count", {"k": 2, "bound": "more_than", "negated": True}),
        ("de færreste kommuner", "few", {}),
        ("de seks kommuner", "count", {"k": 6, "definite": True}),
        ("to hundrede og halvtreds kommuner", "count", {"k": 250}),
        ("14.750 sager", "count", {"k": 14750, "noun": "sager"}),
        ("(n = 130)", "base", {"n": 130}),
        ("en af kommunerne", "one", {"k": 1, "part_of": True}),
        ("en enkelt kommune", "one", {"k": 1}),
        ("enkelte kommuner", "some", {}),
        ("en del af kommunerne", "some", {}),
        ("et par kommuner", "couple", {}),
        ("ikke mange kommuner", "many", {"negated": True}),
        ("dobbelt så mange sager", "ratio", {"share": Fraction(2)}),
        ("tre gange så ofte", "ratio", {"share": Fraction(3)}),
    ],
)
def test_danish(text, kind, said):
    (found,) = quantities(f"Her: {text}.", "da")
    assert (found.kind, {name: getattr(found, name) for name in said}) == (kind, said)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("three of the six towns", "fraction", {"k": 3, "n": 6, "noun": "towns"}),
        ("six towns out of nine", "fraction", {"k": 6, "n": 9, "noun": "towns"}),
        ("one in five", "fraction", {"k": 1, "n": 5}),
        ("half of the six towns", "half", {"n": 6}),
        ("three-quarters of the towns", "part", {"share": Fraction(3, 4)}),
        ("every other town", "half", {}),
        ("between 60 and 70 per cent of the cases", "percent", {"share_to": Fraction(7, 10), "noun": "cases"}),
        ("67.7% of them", "percent", {"share": Fraction(677, 1000)}),
        ("a majority of the towns", "majority", {}),
        ("a vast majority of the towns", "large_majority", {}),
        ("almost all", "large_majority", {}),
        ("all but two of the six towns", "all_but", {"n": 6, "but": 2}),
        ("all towns except two", "all_but", {"but": 2}),
        ("not all towns", "not_all", {}),
        ("neither of the two towns", "none", {"n": 2}),
        ("neither leader nor caseworker", "neither", {}),
        ("no town has mentioned it", "none_mentioned", {}),
        ("a few towns", "some", {}),
        ("few towns", "few", {}),
        ("at most three towns", "count", {"bound": "at_most"}),
        ("four to five towns", "count", {"k": 4, "to": 5}),
        ("one hundred and thirty towns", "count", {"k": 130}),
        ("twice as many cases", "ratio", {"share": Fraction(2)}),
        ("only one town", "one", {"k": 1}),
    ],
)
def test_english(text, kind, said):
    (found,) = quantities(f"Here: {text}.", "en")
    assert (found.kind, {name: getattr(found, name) for name in said}) == (kind, said)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Siden 2008 og efter § 7 stk. 2 gælder kapitel 3 og tabel 14.", "da"),
        ("Kl. 12 den 1. januar, 30 timer om ugen, hver fjerde uge, i 14 dage.", "da"),
        ("Den enkelte sag, det enkelte menneske og de enkelte kommuner.", "da"),
        ("Hvor mange? For få, og de kan få det.", "da"),
        ("3 Kommunerne\n", "da"),
        ("Torvet 12, 1602 København V", "da"),
        ("5 procentpoint, 12 mio. kr., de 30-årige, en kommune", "da"),
        ("At all times, at most, the most important, one can say, after all.", "en"),
        ("In 2008, section 3, 30 hours, on 1 January, page 14.", "en"),
    ],
)
def test_what_only_looks_like_a_quantity(text, language):
    assert [q.words for q in quantities(text, language)] == []


def test_several_in_one_sentence():
    text = "Tre af de seks kommuner klager, og i den sidste er halvdelen af lederne nye."
    assert [(q.words, q.kind) for q in quantities(text, "da")] == [
        ("Tre af de seks kommuner", "fraction"), ("halvdelen af lederne", "half"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "tally", "is_allowed"),
    [
        ("Mindst tre ud af seks kommuner", Tally(4, 6, 2), True),
        ("Mindst tre ud af seks kommuner", Tally(2, 6, 4), False),
        ("Alle på nær én", Tally(5, 6, 1), True),
        ("Alle på nær én", Tally(4, 6, 2), False),
        ("Knap halvdelen", Tally(4, 9, 5), True),
        ("Knap halvdelen", Tally(5, 9, 4), False),
        ("Omkring halvdelen", Tally(5, 9, 4), True),
        ("Halvdelen af de otte kommuner", Tally(3, 6, 3), False),
        ("To-tre kommuner", Tally(3, 6, 3), True),
        ("To-tre kommuner", Tally(4, 6, 2), False),
        ("Ikke flere end to kommuner", Tally(2, 6, 4), True),
        ("Ikke flere end to kommuner", Tally(3, 6, 3), False),
        ("Ikke mindre end tre kommuner", Tally(3, 6, 3), True),
        ("Et mindretal", Tally(2, 6, 4), True),
        ("Et mindretal", Tally(3, 6, 3), False),
        ("Mellem 60 og 70 procent af kommunerne", Tally(80, 130, 50), True),
        ("Mellem 60 og 70 procent af kommunerne", Tally(50, 130, 80), False),
        ("Få kommuner", Tally(5, 6, 1), False),
        ("Ikke mange kommuner", Tally(1, 6, 5), True),
        ("Ingen har nævnt", Tally(0, 6, 0, 6), True),
        ("Hverken leder eller sagsbehandler", Tally(3, 6, 3), True),
    ],
)
def test_licence(said, tally, is_allowed):
    (found,) = quantities(f"{said} i byen.", "da")
    assert (not unlicensed(found, tally)) is is_allowed


def test_a_reason_is_given_in_the_language_of_the_report():
    (none,) = quantities("Ingen kommuner klager.", "da")
    assert "tavse" in unlicensed(none, Tally(0, 6, 2, 4), "da") and "silent" in unlicensed(none, Tally(0, 6, 2, 4))


WORDS = (
    "tre 3 én af ud de seks 6 kommuner alle ingen ikke mindst halvdelen procent % mellem og to 14.750 har nævnt 2008 § "
    "hver anden på nær langt fleste three of all but percent a third . , ( - n = Æ e\u0301 🙂"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", " "])


@given(st.lists(PIECES, max_size=30), st.sampled_from(["da", "en"]))
def test_any_text_gives_slices_of_itself_in_order(pieces, language):
    text = " ".join(pieces)
    found = quantities(text, language)
    assert all(q.words == text[q.start : q.end] and q.words.strip() for q in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    for quantity in found:
        unlicensed(quantity, Tally(3, 6, 3))
        assert quantity.n is None or quantity.n >= 0


@pytest.mark.parametrize(
    ("said", "language", "number"),
    [("to hundrede og halvtreds", "da", 250), ("tohundrede", "da", 200), ("to tusind", "da", 2000),
     ("one hundred and thirty", "en", 130), ("two thousand", "en", 2000), ("femoghalvfjerds", "da", 75)],
)  # fmt: skip
def test_great_numbers_in_words(said, language, number):
    assert number_of(said, language) == number


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_number_in_words_is_found(language):
    pattern = re.compile(number_pattern(language, with_articles=True))
    for word, number in number_words(language).items():
        assert pattern.fullmatch(word) and number_of(word, language) == number
