"""Where a coding's words are found again, and when nobody guesses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.anchor import PLACED, Recorded, context, place, places
from corpus.occurrences import occurrences, occurrences_of

PIECES = [*"abc æøå.\n½é", "👩\u200d🔬", "e\u0301", "x\u0301"]
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(
    lambda pieces: unicodedata.normalize("NFC", "".join(pieces))
)
SENTENCES = [
    "Det tager tid at få en læge til at skrive.",
    "Vi har for mange sager pr. sagsbehandler.",
    "Ja.",
    "Praktik før fleksjob er blevet fast.",
    "Borgeren møder tre forskellige medarbejdere 🙂.",
    "Lederen siger, at der er penge nok.",
    "Der er ingen budgetramme for området.",
    "Å x\u0301 æ ø: det går godt nok.",
]


def recorded(text: str, start: int, end: int) -> Recorded:
    return Recorded(start, end, text[start:end], *context(text, start, end))


def record(text: str, quote: str, nth: int = 0) -> Recorded:
    start = occurrences(text, quote)[nth]
    return recorded(text, start, start + len(quote))


def words(text: str, found: object) -> str:
    return text[found.start : found.end]  # type: ignore[attr-defined]


@given(TEXT, st.data())
def test_words_at_their_recorded_position_are_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = place(text, start, end, text[start:end], *context(text, start, end))
    assert (found.how, found.start, found.end, found.score) == ("exact", start, end, 1.0)


@given(TEXT, TEXT, TEXT, st.data())
def test_only_what_is_called_exact_or_moved_has_the_very_words(
    text: str, before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    edited = unicodedata.normalize("NFC", before + text + after)
    found = place(edited, start, end, quote, *context(text, start, end))
    if found.how in ("exact", "moved"):
        assert words(edited, found) == quote
        assert (found.how == "exact") == (found.start == start)
    elif found.how == "changed":
        assert words(edited, found) != quote
        assert found.score >= PLACED
    else:
        assert (found.start, found.end) == (start, end)
        assert found.how != "lost" or not found.candidates
        assert found.how != "ambiguous" or found.count > 1


# Edits of which it is known what became of every character


class Edited:
    """A text of paragraphs in which each character knows where it stood before any edit (-1: it was put in)."""

    def __init__(self, paragraphs: list[str]) -> None:
        self.text = "\n\n".join(paragraphs)
        self.characters = list(zip(self.text, range(len(self.text)), strict=True))

    def now(self) -> str:
        return "".join(character for character, _ in self.characters)

    def start_of(self, start: int, end: int) -> int | None:
        """Where `[start, end)` begins now; None where it was torn apart or edited itself."""
        origins = [origin for _, origin in self.characters]
        first = origins.index(start) if start in origins else -1
        return first if first >= 0 and origins[first : first + end - start] == list(range(start, end)) else None


@st.composite
def edits(draw: st.DrawFn) -> tuple[Edited, list[tuple[int, int]]]:
    """A text, spans of it that were coded, and random edits that touch none of these."""
    paragraphs = draw(
        st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=9)
    )
    edited = Edited([unicodedata.normalize("NFC", paragraph) for paragraph in paragraphs])
    text, spans = edited.text, []
    for _ in range(draw(st.integers(1, 6))):
        sentence = unicodedata.normalize("NFC", draw(st.sampled_from(SENTENCES)))
        starts = occurrences(text, sentence)
        if starts:
            start = draw(st.sampled_from(starts))
            spans.append((start, start + len(sentence)))
    coded = {at for start, end in spans for at in range(start, end)}
    inner = {at for start, end in spans for at in range(start + 1, end)}
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["insert", "delete", "replace", "duplicate", "move"]))
        characters = edited.characters
        at = draw(st.integers(0, len(characters)))
        upto = min(len(characters), at + draw(st.integers(1, 60)))
        piece = characters[at:upto]
        if (at < len(characters) and characters[at][1] in inner) or (
            upto < len(characters) and characters[upto][1] in inner
        ):
            continue
        new = [(character, -1) for character in unicodedata.normalize("NFC", draw(st.sampled_from(SENTENCES)) + "\n\n")]
        if kind == "insert":
            characters[at:at] = new
        elif kind == "duplicate":
            characters[upto:upto] = [(character, -1) for character, _ in piece]
        elif kind == "move":
            rest = [*characters[:at], *characters[upto:]]
            to = draw(st.integers(0, len(rest)))
            if to == len(rest) or rest[to][1] not in inner:
                edited.characters = [*rest[:to], *piece, *rest[to:]]
        elif not any(origin in coded for _, origin in piece):
            characters[at:upto] = new if kind == "replace" else []
    return edited, spans


@given(edits())
def test_after_edits_outside_all_codings_each_is_found_at_its_place_or_reported(
    made: tuple[Edited, list[tuple[int, int]]],
) -> None:
    edited, spans = made
    now = edited.now()
    wanted = [recorded(edited.text, start, end) for start, end in spans]
    for entry, found in zip(wanted, places(now, wanted), strict=True):
        true = edited.start_of(entry.start, entry.end)
        assert true is not None
        assert found.how not in ("lost", "changed"), "the very words are in the text"
        if found.how == "exact":
            assert found.start == true or entry.stands_at(now, found.start), "silently on words that were not coded"
        if found.how == "moved":
            assert words(now, found) == entry.quote
            assert found.start == true or found.count > 1 or entry.stands_at(now, found.start)


@given(edits(), st.data())
def test_edited_words_are_never_taken_for_the_words_themselves(
    made: tuple[Edited, list[tuple[int, int]]], data: st.DataObject
) -> None:
    edited, spans = made
    for start, end in spans[:1]:
        at = edited.characters.index((edited.text[start], start)) + data.draw(st.integers(1, end - start - 1))
        edited.characters[at:at] = [(data.draw(st.sampled_from("xå🙂 ")), -1)]
        now, entry = edited.now(), recorded(edited.text, start, end)
        found = place(now, *entry_fields(entry))
        if found.how in ("exact", "moved"):
            assert words(now, found) == entry.quote
        elif found.how == "changed":
            assert words(now, found) != entry.quote


def entry_fields(entry: Recorded) -> tuple[int, int, str, str, str]:
    return entry.start, entry.end, entry.quote, entry.prefix, entry.suffix


# Single cases

TEXT_OF_TURNS = "Leder: Vi har travlt. Det tager tid at få en læge. Ellers går det godt.\n\nSagsbehandler: Ja, enig."


def test_words_behind_an_inserted_paragraph_have_moved() -> None:
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")
    found = place("Indledning.\n\n" + TEXT_OF_TURNS, *entry_fields(entry))
    assert (found.how, found.start, found.count) == ("moved", entry.start + 13, 1)
    assert found.score > 0.95


def test_a_typing_error_in_the_words_is_a_change_with_all_of_the_words() -> None:
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")
    now = TEXT_OF_TURNS.replace("tager", "tagr").replace("læge", "lægge")
    found = place(now, *entry_fields(entry))
    assert found.how == "changed"
    assert words(now, found) == "Det tagr tid at få en lægge."
    assert 0.9 < found.score < 1


def test_words_put_into_the_middle_belong_to_the_changed_words() -> None:
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")
    now = TEXT_OF_TURNS.replace("tager tid", "tager alt for lang tid")
    found = place(now, *entry_fields(entry))
    assert found.how == "uncertain", "a third of the words is new"
    assert words(now, found.candidates[0]) == "Det tager alt for lang tid at få en læge."


def test_changed_words_end_where_a_word_and_a_sign_ends() -> None:
    entry = record("Vi møder borgeren 🙂 og tager kaffe. Slut.", "møder borgeren")
    now = "Vi møderr borgerrne 👩\u200d🔬 og tager kaffe. Slut."
    assert words(now, place(now, *entry_fields(entry))) == "møderr borgerrne"


def test_much_rewritten_words_are_shown_and_not_taken() -> None:
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")
    now = TEXT_OF_TURNS.replace("Det tager tid at få en læge.", "Det varer længe, før man får en læge.")
    found = place(now, *entry_fields(entry))
    assert found.how == "uncertain"
    assert (found.start, found.end) == (entry.start, entry.end)
    assert found.candidates[0].score == found.score < 0.9


def test_words_that_are_gone_are_lost() -> None:
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")
    assert place("Noget helt andet om vejret.", *entry_fields(entry)).how == "lost"


TWICE = "Spørger: Hvor lang tid går der?\n\nAnna: Det tager tid.\n\nSpørger: Og hos jer?\n\nBo: Det tager tid.\n\nTak."


def test_the_other_of_two_equal_sentences_at_the_old_position_is_not_taken() -> None:
    first, second = (record(TWICE, "Det tager tid.", nth) for nth in (0, 1))
    cut = "Et helt andet forord, ikke så langt.xx " + TWICE[second.start :]
    assert cut.index(first.quote) == first.start
    assert place(cut, *entry_fields(first)).how == "uncertain"
    shifted = "x" * (second.start - first.start) + TWICE
    found = place(shifted, *entry_fields(second))
    assert shifted[second.start : second.end] == second.quote, "the first one now stands where the second one stood"
    assert found.how == "ambiguous"


def test_neighbours_that_moved_together_tell_which_of_two_equal_sentences_it_is() -> None:
    text = "Her begynder det hele.\n\n" + "Ja.\n\n" * 30 + "Og her slutter det nu."
    middle = record(text, "Ja.", 15)
    now = "Ja.\n\n" + text
    alone = place(now, *entry_fields(middle))
    assert alone.start == middle.start, "nothing tells that the text has moved"
    around = [record(text, "Her begynder det hele."), middle, record(text, "Og her slutter det nu.")]
    found = places(now, around)
    assert [one.start - entry.start for one, entry in zip(found, around, strict=True)] == [5, 5, 5]
    assert {one.how for one in found} == {"moved"}


def test_a_deleted_sentence_is_not_found_in_its_twin() -> None:
    entry = record(TWICE, "Det tager tid.", 0)
    now = TWICE.replace("Anna: Det tager tid.\n\n", "")
    assert place(now, *entry_fields(entry)).how == "uncertain"


def test_context_decides_between_two_places_that_say_the_same() -> None:
    text = "Det tager tid. Lederen: Det tager tid. Slut."
    second = text.rindex("Det")
    found = place(text, 3, 17, "Det tager tid.", "Lederen: ", " Slut.")
    assert (found.how, found.start) == ("moved", second)


def test_two_places_without_context_are_ambiguous_and_not_the_first_one() -> None:
    found = place("Det tager tid. Det tager tid.", 3, 17, "Det tager tid.")
    assert (found.how, found.count) == ("ambiguous", 2)
    assert [c.start for c in found.candidates] == [0, 15]


def test_headings_put_between_paragraphs_leave_long_words_where_their_neighbours_are() -> None:
    paragraphs = [
        f"Afsnit {n}: {sentence} Og mere om det hele." for n, sentence in enumerate(SENTENCES) if sentence != "Ja."
    ]
    text = "\n\n".join(paragraphs)
    wanted = [record(text, paragraph) for paragraph in paragraphs]
    now = "\n\n".join(f"## Et ganske nyt tema her, nummer {n}\n\n{p}" for n, p in enumerate(paragraphs))
    *found, last = places(now, wanted)
    assert [words(now, one) for one in found] == paragraphs[:-1]
    assert last.how == "uncertain", "nothing behind it tells how far the text has moved"


@given(st.integers(0, 28), st.integers(0, 28))
def test_the_nearer_to_what_was_recorded_the_higher_the_score(fewer: int, more: int) -> None:
    fewer, more = sorted((fewer, more))
    entry = record(TEXT_OF_TURNS, "Det tager tid at få en læge.")

    def score(n: int) -> float:
        now = TEXT_OF_TURNS.replace(entry.quote, "x" * n + entry.quote[n:])
        return max((c.score for c in place(now, *entry_fields(entry)).candidates), default=1.0 if n == 0 else 0.0)

    assert score(fewer) >= score(more)


def test_a_fitting_context_and_a_short_way_score_higher() -> None:
    text = "Anna: Ja. Slut her. Bo: Ja. Slut der. Eva: Ja."
    found = place(text, 100, 103, "Ja.", "Bo: ", " Slut nu")
    assert [text[c.start - 4 : c.start] for c in found.candidates] == ["Bo: ", "na: ", "va: "]
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)


def test_a_quote_in_another_normal_form_is_the_same_words() -> None:
    text = "Lederen går."
    quote = unicodedata.normalize("NFD", "går")
    assert place(text, 8, 11, quote).how == "exact"


def test_an_empty_quote_is_lost_and_stands_nowhere() -> None:
    assert place("abc", 1, 1, "").how == "lost"


def test_a_position_beyond_the_text_is_no_error() -> None:
    assert place("abc", 900, 950, "c").how == "moved"
    assert place("abc", -2, -1, "b").how == "moved"
    assert place("", 0, 3, "abc", "x", "y").how == "lost"


def test_a_text_that_repeats_one_letter_ends_and_guesses_nothing() -> None:
    text = "a" * 20_000
    wanted = [Recorded(at, at + 50, "a" * 49 + "b", "a" * 32, "a" * 32) for at in range(0, 2_000, 10)]
    assert "moved" not in {found.how for found in places(text, wanted)}


# Looking for many strings at once


@given(TEXT, st.lists(TEXT, max_size=8), st.data())
def test_many_quotes_at_once_are_found_where_each_alone_is(text: str, others: list[str], data: st.DataObject) -> None:
    long = text * data.draw(st.integers(1, 6))
    quotes = [*others]
    for _ in range(4):
        start = data.draw(st.integers(0, len(long) - 1))
        quotes.append(long[start : start + data.draw(st.integers(1, 80))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.occurrences._FEW", 0)
        assert occurrences_of(long, quotes) == {quote: occurrences(long, quote) for quote in quotes}
