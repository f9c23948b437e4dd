"""Numbers of cases in words and back; what a wording claims, and what a tally allows."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.wording.certainty import certainty, hedges
from reports.wording.licence import unlicensed
from reports.wording.negation import is_negated, negations
from reports.wording.nouns import DEFAULT, noun_of
from reports.wording.numbers import number_of, number_words, spelled
from reports.wording.quantities import quantities, reachable
from reports.wording.rendering import Fault, render
from reports.wording.tally import Tally

KOMMUNE, CENTER = noun_of(("en kommune", "kommuner"), "da"), noun_of(("et jobcenter", "jobcentre"), "da")
TOWN = noun_of(("a municipality", "municipalities"), "en")
LANGUAGES = (("da", KOMMUNE, ("{andel}", "{kvantor}", "{antal}")), ("da", CENTER, ("{andel}", "{kvantor}", "{antal}")),
             ("en", TOWN, ("{share}", "{quantifier}", "{count}")), ("da", DEFAULT["da"], ("{andel}", "{kvantor}")),
             ("en", DEFAULT["en"], ("{share}", "{quantifier}", "{count}")))  # fmt: skip


def every_tally() -> list[Tally]:
    """All k of n up to ten in which the rest contradicts, and some larger ones."""
    small = [Tally(k, n, n - k) for n in range(1, 11) for k in range(n + 1) if (k, n) != (0, 1)]
    return [*small, Tally(79, 130, 51), Tally(9, 11, 2), Tally(3, 45, 42), Tally(1250, 14750, 13500)]


@pytest.mark.parametrize(("language", "noun", "placeholders"), LANGUAGES)
def test_what_is_rendered_is_read_back_and_is_licensed(language, noun, placeholders):
    for tally in every_tally():
        for placeholder in placeholders:
            said = render(f"{placeholder} {'har set det' if language == 'da' else 'saw it'}.", tally, noun, language)
            assert isinstance(said, str) and (said[0].isupper() or said[0].isdigit())
            found = quantities(said, language)
            assert len(found) == 1 and found[0].is_of(noun), (said, found)
            assert not unlicensed(found[0], tally), (said, found, unlicensed(found[0], tally))
            if placeholder in ("{andel}", "{share}") and 0 < tally.supports < tally.n:
                assert (found[0].k, found[0].n) == (tally.supports, tally.n)
            if placeholder in ("{antal}", "{count}") and tally.supports > 1:
                assert found[0].k == tally.supports


@pytest.mark.parametrize(("language", "noun", "placeholders"), LANGUAGES)
def test_a_share_that_is_one_off_is_not_licensed(language, noun, placeholders):
    for tally in every_tally():
        said = render(f"{placeholders[0]} ser.", tally, noun, language)
        assert isinstance(said, str)
        for other in (tally.supports - 1, tally.supports + 1):
            if 0 <= other <= tally.n:
                assert unlicensed(quantities(said, language)[0], Tally(other, tally.n, tally.n - other)), (said, other)


@pytest.mark.parametrize(
    ("template", "tally", "noun", "language", "said"),
    [
        ("{andel} har oplevet uro.", Tally(3, 6, 3), KOMMUNE, "da", "Tre ud af seks kommuner har oplevet uro."),
        ("{andel} har oplevet uro.", Tally(1, 3, 2), KOMMUNE, "da", "Én af de tre kommuner har oplevet uro."),
        ("{andel} har uro.", Tally(1, 6, 5), CENTER, "da", "Ét ud af seks jobcentre har uro."),
        ("{andel} har uro.", Tally(2, 2), KOMMUNE, "da", "Begge kommuner har uro."),
        ("{andel} har uro.", Tally(1, 1), CENTER, "da", "Det ene jobcenter har uro."),
        ("{andel} har uro.", Tally(9, 9), KOMMUNE, "da", "Alle ni kommuner har uro."),
        ("{andel} har uro.", Tally(0, 6, 6), KOMMUNE, "da", "Ingen af de seks kommuner har uro."),
        ("{andel} kommuner har uro.", Tally(3, 6, 3), KOMMUNE, "da", "Tre ud af seks kommuner har uro."),
        ("{andel} af kommunerne har uro.", Tally(3, 6, 3), KOMMUNE, "da", "Tre ud af seks kommuner har uro."),
        ("Der er uro i {antal}.", Tally(3, 6, 3), KOMMUNE, "da", "Der er uro i tre kommuner."),
        ("Der er uro. {antal} klager.", Tally(1, 6, 5), KOMMUNE, "da", "Der er uro. Én kommune klager."),
        ("{kvantor} klager.", Tally(4, 6, 2), KOMMUNE, "da", "De fleste kommuner klager."),
        ("{kvantor} klager.", Tally(2, 3, 1), CENTER, "da", "Et flertal af jobcentrene klager."),
        ("{kvantor} klager.", Tally(1, 3, 2), CENTER, "da", "Et enkelt jobcenter klager."),
        ("{andel} klager.", Tally(79, 130, 51), KOMMUNE, "da", "79 ud af 130 kommuner klager."),
        ("{andel} klager.", Tally(2, 14, 12), KOMMUNE, "da", "2 ud af 14 kommuner klager."),
        ("{andel} klager.", Tally(3, 6, 1, 2, 2), KOMMUNE, "da",
         "Tre ud af seks kommuner (to er ikke spurgt) klager."),
        ("{andel} klager.", Tally(3, 4, 1, asked_only=True), KOMMUNE, "da", "Tre ud af fire spurgte kommuner klager."),
        ("{share} {has|have} seen it.", Tally(1, 3, 2), TOWN, "en", "One of the three municipalities has seen it."),
        ("{share} {has|have} seen it.", Tally(4, 9, 5), TOWN, "en", "Four of nine municipalities have seen it."),
        ("{share} of the municipalities saw it.", Tally(0, 2, 2), TOWN, "en",
         "Neither of the two municipalities saw it."),
        ("{count} saw it, {quantifier} did not.", Tally(1, 6, 5), TOWN, "en",
         "One municipality saw it, a single municipality did not."),
        ("Intet at udfylde.", Tally(0, 6), KOMMUNE, "da", "Intet at udfylde."),
    ],
)  # fmt: skip
def test_sentences(template, tally, noun, language, said):
    assert render(template, tally, noun, language) == said


@pytest.mark.parametrize("tally", [Tally(0, 6, 5, 1), Tally(0, 0), Tally(0, 6, 0, 6), Tally(0, 1, 1)])
def test_none_is_not_said_of_silent_cases(tally):
    assert isinstance(render("{andel} har uro.", tally, KOMMUNE, "da"), Fault)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Tre af de i alt seks kommuner klager.", "da", [("fraction", 3, 6, "kommuner")]),
        ("Seks kommuner ud af ni klager.", "da", [("fraction", 6, 9, "kommuner")]),
        ("I 3 ud af 6 kommuner klages der.", "da", [("fraction", 3, 6, "kommuner")]),
        ("En ud af fem har klaget.", "da", [("fraction", 1, 5, "")]),
        ("Ni ud af ti er enige.", "da", [("fraction", 9, 10, "")]),
        ("Langt de fleste kommuner klager.", "da", [("large_majority", None, None, "kommuner")]),
        ("Over halvdelen af kommunerne klager.", "da", [("majority", None, None, "kommunerne")]),
        ("Halvdelen klager.", "da", [("half", None, None, "")]),
        ("Ikke alle kommuner klager.", "da", [("not_all", None, None, "kommuner")]),
        ("Langt fra alle klager.", "da", [("not_all", None, None, "klager")]),
        ("Ingen har nævnt ventetid.", "da", [("none_mentioned", None, None, "")]),
        ("Ikke én eneste kommune klager.", "da", [("none", None, None, "kommune")]),
        ("Der er eksempler på ventetid.", "da", [("examples", None, None, "")]),
        ("Der er et eksempel på ventetid.", "da", [("example", None, None, "")]),
        ("Siden 1. januar 2007 og § 7 i kapitel 3 er der 30 timer.", "da", []),
        ("I 2008 kom der 55 sager.", "da", [("count", 55, None, "sager")]),
        ("Kun én kommune klager.", "da", [("one", 1, None, "kommune")]),
        ("Der er en kommune med kø.", "da", []),
        ("Two out of the six municipalities object.", "en", [("fraction", 2, 6, "municipalities")]),
        ("None of the four towns object.", "en", [("none", None, 4, "towns")]),
        ("Not all municipalities object.", "en", [("not_all", None, None, "municipalities")]),
        ("Almost all object in chapter 3 from 2008.", "en", [("large_majority", None, None, "")]),
    ],
)
def test_quantities_in_prose(text, language, found):
    assert [(q.kind, q.k, q.n, q.noun) for q in quantities(text, language)] == found


@pytest.mark.parametrize(
    ("text", "share", "decimals"),
    [("67,7 procent af sagerne", Fraction(677, 1000), 1), ("93 % af dem", Fraction(93, 100), 0),
     ("to tredjedele", Fraction(2, 3), 0), ("hver fjerde", Fraction(1, 4), 0)],
)  # fmt: skip
def test_shares_in_prose(text, share, decimals):
    (found,) = quantities(text, "da")
    assert (found.share, found.decimals) == (share, decimals)


def test_a_percentage_that_no_whole_number_gives():
    """METHODS: 93 % is impossible with n = 79."""
    assert reachable(Fraction(93, 100), 79, 0) == ()
    assert reachable(Fraction(677, 1000), 130, 1) == (88,)


@given(st.integers(1, 400), st.data())
def test_every_percentage_of_a_whole_number_is_reachable(n, data):
    k, decimals = data.draw(st.integers(0, n)), data.draw(st.integers(0, 2))
    share = Fraction(round(Fraction(100 * k, n), decimals)) / 100
    assert k in reachable(share, n, decimals)


@given(st.integers(0, 10**7))
def test_digits_are_read_as_they_are_written(n):
    for language in ("da", "en"):
        assert number_of(spelled(n, language), language) == n


def test_number_words():
    words = number_words("da")
    assert (words["femogtyve"], words["halvfems"], words["nioghalvfjerds"], words["ét"]) == (25, 90, 79, 1)
    assert number_words("en")["forty-two"] == 42
    assert number_of("14.750", "da") == 14750 and number_of("67,7", "da") == Decimal("67.7")
    assert number_of("14,750", "en") == 14750 and number_of("1.5", "da") == Decimal("1.5")


@pytest.mark.parametrize(
    ("said", "tally", "is_allowed"),
    [
        ("De fleste kommuner", Tally(4, 6, 2), True),
        ("De fleste kommuner", Tally(2, 3, 1), False),
        ("Et flertal af kommunerne", Tally(3, 6, 3), False),
        ("Langt de fleste kommuner", Tally(4, 6, 2), False),
        ("Ni ud af ti kommuner", Tally(117, 130, 13), True),
        ("Ni ud af ti kommuner", Tally(112, 130, 18), False),
        ("Ingen kommuner", Tally(0, 6, 4, 2), False),
        ("Ingen kommuner", Tally(0, 6, 6), True),
        ("Eksempler på uro", Tally(1, 6, 5), False),
        ("Et eksempel på uro", Tally(1, 6, 5), True),
        ("50 procent af kommunerne", Tally(3, 6, 3), False),
        ("60,8 procent af kommunerne", Tally(79, 130, 51), True),
        ("60 procent af kommunerne", Tally(79, 130, 51), False),
        ("Begge kommuner", Tally(3, 3), False),
        ("Alle seks kommuner", Tally(6, 6), True),
        ("Alle seks kommuner", Tally(5, 6, 1), False),
        ("Ikke alle kommuner", Tally(6, 6), False),
        ("Halvdelen af kommunerne", Tally(3, 6, 3), True),
        ("To tredjedele af kommunerne", Tally(4, 6, 2), True),
        ("Et par kommuner", Tally(3, 6, 3), False),
        ("Mange kommuner", Tally(2, 6, 4), True),
    ],
)
def test_licence(said, tally, is_allowed):
    (quantity,) = quantities(f"{said} klager.", "da")
    assert (not unlicensed(quantity, tally)) is is_allowed


def test_the_ladder_of_certainty():
    rungs = [
        "Der er eksempler på uro.", "Der er en tendens til uro.", "Der er indikationer på uro.",
        "Der er en stærk indikation af uro.", "Uroen kan henføres til reformen.",
    ]  # fmt: skip
    assert [certainty(text, "da") for text in rungs] == [1, 2, 3, 4, 5]
    assert certainty("Uroen skyldes måske reformen.", "da") == 4
    assert certainty("Der er uro.", "da") is None
    assert [h.words for h in hedges("This may suggest a strong indication.", "en")] == [
        "may", "suggest", "strong indication",
    ]  # fmt: skip


def test_a_negation_reaches_to_the_end_of_its_clause():
    text = "Der er ikke ventetid, men der er få folk."
    assert is_negated(text, text.index("ventetid"), "da")
    assert not is_negated(text, text.index("folk"), "da")
    assert not negations("Det er ikke kun ventetid.", "da")
    assert not is_negated("Det er ikke uden problemer.", 18, "da")
    assert is_negated("They don't wait, but hurry.", 11, "en")


def test_a_long_text_is_read_in_time_that_grows_with_it():
    text = "I tre ud af seks kommuner var der 1.250 sager i 2008, og de fleste er enige, men ingen nævner det. " * 200
    times = []
    for factor in (1, 2, 4):
        started = time.process_time()
        n = len(quantities(text * factor, "da"))
        times.append(time.process_time() - started)
        assert n >= 600 * factor
    assert times[2] < 12 * max(times[0], 0.01)
