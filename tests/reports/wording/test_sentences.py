"""Sentences with placeholders: capitals, what is not said twice, digits beside digits, and what cannot be said."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.wording.licence import unlicensed
from reports.wording.nouns import Noun, noun_of
from reports.wording.quantities import quantities
from reports.wording.rendering import Fault, render
from reports.wording.style import is_sentence_start, mixed_numbers, sentences
from reports.wording.tally import Tally

KOMMUNE, CENTER = noun_of(("en kommune", "kommuner"), "da"), noun_of(("et jobcenter", "jobcentre"), "da")
LEDER, TOWN = noun_of(("en leder", "ledere"), "da"), noun_of(("a town", "towns"), "en")


@pytest.mark.parametrize(
    ("template", "tally", "noun", "language", "said"),
    [
        ("Her, f.eks. {andel}, er der uro.", Tally(3, 6, 3), KOMMUNE, "da",
         "Her, f.eks. tre ud af seks kommuner, er der uro."),
        ("Der er uro i bl.a. {antal}.", Tally(2, 6, 4), KOMMUNE, "da", "Der er uro i bl.a. to kommuner."),
        ("Der er uro osv. {andel} klager.", Tally(2, 6, 4), KOMMUNE, "da",
         "Der er uro osv. To ud af seks kommuner klager."),
        ("»{andel} klager,« skrev de.", Tally(9, 9), KOMMUNE, "da", "»Alle ni kommuner klager,« skrev de."),
        ("- {andel} klager\n- {antal} tier", Tally(1, 2, 1), KOMMUNE, "da",
         "- Én af de to kommuner klager\n- Én kommune tier"),
        ("Uroen begyndte i 2007. {andel} klager.", Tally(1, 2, 1), CENTER, "da",
         "Uroen begyndte i 2007. Ét af de to jobcentre klager."),
        ("{andel} af de små kommuner klager.", Tally(3, 6, 3), KOMMUNE, "da", "Tre ud af seks små kommuner klager."),
        ("{andel} små kommuner klager.", Tally(0, 6, 6), KOMMUNE, "da", "Ingen af de seks små kommuner klager."),
        ("{antal} af kommunerne klager.", Tally(1, 6, 5), KOMMUNE, "da", "Én af kommunerne klager."),
        ("{antal} af de små kommuner klager.", Tally(1, 6, 5), KOMMUNE, "da", "Én af de små kommuner klager."),
        ("{antal} af kommunerne klager.", Tally(2, 2), KOMMUNE, "da", "Begge kommuner klager."),
        ("{kvantor} af lederne klager.", Tally(4, 6, 2), LEDER, "da", "De fleste ledere klager."),
        ("{kvantor} klager.", Tally(2, 3, 1), LEDER, "da", "Et flertal af lederne klager."),
        ("{andel} har flere kommuner at vælge imellem.", Tally(1, 6, 5), LEDER, "da",
         "Én ud af seks ledere har flere kommuner at vælge imellem."),
        ("{andel} bruger 12 timer.", Tally(3, 6, 3), KOMMUNE, "da", "3 ud af 6 kommuner bruger 12 timer."),
        ("{andel} er færdige siden 2007. {antal} har 14 sager.", Tally(3, 6, 3), KOMMUNE, "da",
         "Tre ud af seks kommuner er færdige siden 2007. 3 kommuner har 14 sager."),
        ("{andel} klager over § 17 i kapitel 12.", Tally(3, 6, 3), KOMMUNE, "da",
         "Tre ud af seks kommuner klager over § 17 i kapitel 12."),
        ("{antal}, altså {andel}.", Tally(3, 14, 11), KOMMUNE, "da", "3 kommuner, altså 3 ud af 14 kommuner."),
        ("{andel} klager, og {kvantor} tier.", Tally(3, 6, 2, 1, 1), CENTER, "da",
         "Tre ud af seks jobcentre (ét er ikke spurgt) klager, og flere jobcentre tier."),
        ("{andel} klager.", Tally(1250, 14750, 13500), KOMMUNE, "da", "1.250 ud af 14.750 kommuner klager."),
        ("{share} {has|have} it.", Tally(0, 2, 2), TOWN, "en", "Neither of the two towns has it."),
        ("{share} of the small towns {has|have} it.", Tally(4, 4), TOWN, "en", "All four small towns have it."),
        ("{count} of the towns {has|have} it.", Tally(1, 4, 3), TOWN, "en", "One of the towns has it."),
        ("{kvantor} klager.", Tally(4, 6, 2, asked_only=True), KOMMUNE, "da", "De fleste spurgte kommuner klager."),
        ("{kvantor} klager.", Tally(2, 3, 1, asked_only=True), CENTER, "da",
         "Et flertal af de spurgte jobcentre klager."),
        ("{kvantor} af kommunerne klager.", Tally(2, 6, 4), KOMMUNE, "da", "Et par af kommunerne klager."),
        ("{quantifier} of the towns object.", Tally(2, 6, 4), TOWN, "en", "A couple of the towns object."),
        ("{quantifier} object.", Tally(0, 4, 4, asked_only=True), TOWN, "en", "None of the towns asked object."),
        ("{share} see towns.", Tally(2, 2), TOWN, "en", "Both towns see towns."),
    ],
)  # fmt: skip
def test_sentences(template, tally, noun, language, said):
    assert render(template, tally, noun, language) == said


@pytest.mark.parametrize(
    ("tally", "language", "kind", "alternative"),
    [
        (Tally(0, 6, 0, 6), "da", "silent", "Ingen af de seks kommuner har nævnt"),
        (Tally(0, 1, 0, 1), "da", "silent", "Den ene kommune har ikke nævnt"),
        (Tally(0, 14, 3, 11), "da", "silent", "Ingen af de 14 kommuner har nævnt"),
        (Tally(0, 2, 0, 2), "en", "silent", "Neither of the two towns has mentioned"),
        (Tally(0, 1, 1), "da", "only_one_denies", ""),
        (Tally(0, 0), "da", "no_case", ""),
    ],
)
def test_what_cannot_be_said_comes_with_what_can(tally, language, kind, alternative):
    noun, placeholder = (KOMMUNE, "{andel}") if language == "da" else (TOWN, "{share}")
    fault = render(f"{placeholder} ser.", tally, noun, language)
    assert isinstance(fault, Fault) and (fault.kind, fault.alternative) == (kind, alternative)
    if alternative and tally.n > 1:
        assert alternative in fault.instead
        (found,) = quantities(f"{alternative} ventetid.", language)
        assert found.kind == "none_mentioned" and not unlicensed(found, tally)


def test_a_description_for_several_is_not_put_to_one():
    assert isinstance(render("{antal} små kommuner klager.", Tally(1, 6, 5), KOMMUNE, "da"), Fault)


@given(st.integers(1, 10), st.data(), st.sampled_from(["", "Der er uro i ", "Se fx her: ", "Uro, jf. bilag. "]))
def test_a_capital_stands_at_the_start_of_a_sentence_only(n, data, before):
    k = data.draw(st.integers(0, n))
    said = render(f"{before}{{andel}} igen.", Tally(k, n, n - k), KOMMUNE, "da")
    if isinstance(said, str):
        assert said.startswith(before)
        assert said[len(before)].isupper() is (before == "" or before.endswith(". "))


@pytest.mark.parametrize(
    ("noun", "the_many"),
    [(KOMMUNE, "kommunerne"), (CENTER, "jobcentrene"), (LEDER, "lederne"), (Noun("et", "hold", "hold"), "holdene"),
     (Noun("et", "tilfælde", "tilfælde"), "tilfældene"), (Noun("et", "interview", "interview"), "interviewene")],
)  # fmt: skip
def test_the_definite_plural(noun, the_many):
    assert noun.the_many == the_many and {the_many, f"{the_many}s", noun.one} <= set(noun.forms())


def test_sentences_end_where_they_end():
    text = "Der er f.eks. to. Tre er væk i 2007. Og én til: »Ja.« Slut"
    assert [text[slice(*span)].strip() for span in sentences(text)] == [
        "Der er f.eks. to.", "Tre er væk i 2007.", "Og én til: »Ja.«", "Slut",
    ]  # fmt: skip
    assert is_sentence_start("Slut. ") and not is_sentence_start("Det er ca. ") and is_sentence_start("")


@pytest.mark.parametrize(
    ("text", "is_mixed"),
    [
        ("Tre kommuner har 14 sager.", True),
        ("Tre kommuner klager. 14 sager venter.", False),
        ("3 kommuner har 14 sager.", False),
        ("Tre kommuner klagede i 2008 over § 17.", False),
        ("Tre kommuner klager hver 14. dag.", False),
    ],
)
def test_words_and_digits_in_one_sentence(text, is_mixed):
    assert bool(mixed_numbers(text, "da")) is is_mixed


def test_the_table_in_the_documentation_is_what_is_written():
    page = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) of (\d+)[^|]*\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    assert len(rows) >= 7
    for k, n, *said in rows:
        tally = Tally(int(k), int(n), int(n) - int(k))
        made = [render(f"I {{{name}}}", tally, KOMMUNE, "da") for name in ("andel", "antal", "kvantor")]
        assert made == [f"I {words}" for words in said]


@given(st.integers(1, 500), st.data(), st.sampled_from(["andel", "kvantor", "antal"]), st.booleans())
def test_any_tally_is_read_back_and_licensed(n, data, placeholder, is_asked):
    k = data.draw(st.integers(0 if n > 1 else 1, n))
    tally = Tally(k, n, n - k, asked_only=is_asked)
    said = render(f"Der er uro i {{{placeholder}}}.", tally, KOMMUNE, "da")
    assert isinstance(said, str)
    (found,) = quantities(said, "da")
    assert found.noun in KOMMUNE.forms() and not unlicensed(found, tally), (said, found)


def test_a_long_text_is_filled_in_time_and_each_sentence_begins_with_a_capital() -> None:
    """Its length counts once: each placeholder looks at the end of what stands before it only."""
    text = "{andel} har for lidt tid, og i {andel} er der travlt. "
    before = time.process_time()
    said = render(text * 1500, Tally(3, 6), KOMMUNE, "da")
    assert time.process_time() - before < 4
    one = "Tre ud af seks kommuner har for lidt tid, og i tre ud af seks kommuner er der travlt. "
    assert said == one * 1500


def test_no_case_asked_is_said_as_that() -> None:
    fault = render("{andel} har travlt.", Tally(0, 0, asked_only=True), KOMMUNE, "da")
    assert isinstance(fault, Fault) and "asked" in fault.reason and "asked:" in fault.instead
    fault = render("{andel} har travlt.", Tally(0, 0), KOMMUNE, "da")
    assert isinstance(fault, Fault) and "no case that the sentence is about" in fault.reason
