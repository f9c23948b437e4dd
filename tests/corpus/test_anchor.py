"""Where a coding's words are found again, and when nobody guesses."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.anchor import context, occurrences, place

PIECES = [*"abc æøå.\n½é", "👩\u200d🔬", "e\u0301", "x\u0301"]
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(
    lambda pieces: unicodedata.normalize("NFC", "".join(pieces))
)


@given(TEXT, st.data())
def test_words_at_their_recorded_position_are_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = place(text, start, end, text[start:end], *context(text, start, end))
    assert (found.how, found.start, found.end) == ("exact", start, end)


@given(TEXT, TEXT, TEXT, st.data())
def test_a_coding_never_ends_on_other_words_and_never_on_a_guess(
    text: str, before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    edited = unicodedata.normalize("NFC", before + text + after)
    found = place(edited, start, end, quote, *context(text, start, end))
    places = occurrences(edited, quote)
    if found.how in ("exact", "moved"):
        assert edited[found.start : found.end] == quote
        assert found.how == "exact" or start not in places
    else:
        assert len(places) == 0 if found.how == "lost" else len(places) > 1


def test_context_decides_between_two_places_that_say_the_same() -> None:
    text = "Det tager tid. Lederen: Det tager tid. Slut."
    second = text.rindex("Det")
    found = place(text, 3, 17, "Det tager tid.", "Lederen: ", " Slut.")
    assert (found.how, found.start) == ("moved", second)


def test_two_places_without_context_are_ambiguous_and_not_the_first_one() -> None:
    found = place("Det tager tid. Det tager tid.", 3, 17, "Det tager tid.")
    assert (found.how, found.count) == ("ambiguous", 2)


def test_a_quote_in_another_normal_form_is_the_same_words() -> None:
    text = "Lederen går."
    quote = unicodedata.normalize("NFD", "går")
    assert place(text, 8, 11, quote).how == "exact"


def test_an_empty_quote_is_lost_and_stands_nowhere() -> None:
    assert place("abc", 1, 1, "").how == "lost"


def test_a_position_beyond_the_text_is_no_error() -> None:
    assert place("abc", 900, 950, "c").how == "moved"
    assert place("abc", -2, -1, "b").how == "moved"
