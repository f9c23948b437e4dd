"""What five reports showed that were written before the rules were looked at: a test for each gap that was mended."""

from __future__ import annotations

import pytest

from reports.document.check import check_document
from reports.document.languages import language_of, other_language
from reports.document.lines import lines_of
from reports.document.structure import Structure, structure_of

FARMS = "| | Farms on clay | Farms on sand |\n|---|---|---|\n| Sowing | Sown late | Sown early |\n"
TEAMS = "| | Distrikter med faste teams | Distrikter uden faste teams |\n|---|---|---|\n| Plan | Lang | Kort |\n"


def rules(text: str, language: str = "en") -> list[str]:
    return [alarm.rule for alarm in check_document(lines_of(text), "r", language)]


def roles(text: str) -> dict[str, str]:
    return {section.title: section.role for section in structure(text).sections if section.title}


def structure(text: str) -> Structure:
    return structure_of(lines_of(text))


def summed_up(summary: str, chapter: str, language: str = "en", table: str = "") -> list[str]:
    """The rules that speak when a summary says this and a chapter that."""
    words = ("Summary", "Findings") if language == "en" else ("Resumé", "Fund")
    return rules(f"# 1 {words[0]}\n\n{summary}\n\n{table}\n# 2 {words[1]}\n\n{chapter}\n", language)


# Headings


def test_chapters_below_a_title_are_no_part_of_it() -> None:
    text = "# On farms\n\n## Foreword\n\nThanks.\n\n## Executive summary\n\nFarms pay.\n\n## 1. Money\n\nFarms pay.\n"
    found = structure(text)
    assert roles(text) == {"On farms": "left out", "Foreword": "left out", "Executive summary": "summary",
                           "Money": "chapter"}  # fmt: skip
    assert all(section.parent == -1 for section in found.sections)


def test_headings_in_capitals_underlined_and_by_their_word_need_no_mark() -> None:
    text = "A STUDY\n\nSUMMARY\n\nFarms pay.\n\nWho pays\n--------\n\nFarms.\n\nConclusion\n\nFarms pay.\n"
    assert roles(text) == {"A STUDY": "left out", "SUMMARY": "summary", "Who pays": "chapter", "Conclusion": "summary"}


def test_a_short_line_of_text_is_no_heading() -> None:
    text = "1 Fund\n\nGennemgangen har til formål\n\nat se på gårde.\n\nTo gårde\n\nDe er små.\n"
    assert roles(text) == {"Fund": "chapter"}


@pytest.mark.parametrize("title", ["5 Opsamling", "5 Sammendrag", "5 Main points", "5 Summing up", "5 Kort fortalt"])
def test_other_names_of_a_summary(title: str) -> None:
    assert set(roles(f"{title}\n\nFarms pay.\n").values()) == {"summary"}


# Groups


def test_groups_are_named_by_a_preposition_and_by_it_alone() -> None:
    chapter = "No farm on clay keeps sheep. Farms on sand keep sheep.\n\nOn clay two farms keep geese in the orchard."
    assert summed_up("Farms on sand keep no geese in the orchard.", chapter, table=FARMS) == []
    assert "exception-to-all" in summed_up(
        "None of the farms on clay keeps geese in the orchard.", chapter, table=FARMS
    )


def test_groups_are_told_apart_by_with_and_without() -> None:
    said = "Ingen af distrikterne med faste teams bruger vikarer fra bureauer."
    of_others = "Tre af de fire distrikter uden faste teams bruger vikarer fra bureauer."
    of_these = "Et af distrikterne med faste teams bruger vikarer fra bureauer."
    assert summed_up(said, of_others, "da", TEAMS) == []
    assert summed_up(said, of_these, "da", TEAMS) == ["exception-to-all"]


def test_what_sets_a_group_apart_may_stand_behind_what_both_have() -> None:
    table = "| | Kommuner med undervisning i skoletiden | Kommuner med undervisning efter skoletid |\n|---|---|---|\n"
    table += "| Plan | Lang | Kort |\n"
    said = "I kommuner med undervisning i skoletiden betaler forældrene ikke for instrumenter."
    one = "I en af kommunerne med undervisning {} betaler forældrene for instrumenter."
    assert summed_up(said, one.format("i skoletiden"), "da", table) == ["exception-to-all"]
    assert summed_up(said, one.format("efter skoletid"), "da", table) == []


# Numbers


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("Out of 18 farmers, 47 per cent said that they break even.", "en", ["impossible-percentage"]),
        ("Blandt de 23 lærere siger 54 procent, at de savner ro.", "da", ["impossible-percentage"]),
        ("Omkring 45 procent af de 23 lærere savner ro.", "da", []),
        ("About 45 per cent of the 23 teachers want quiet.", "en", []),
        ("Of the 120 who began 66 finished, while 44 gave up, in total 120.", "en", ["wrong-sum"]),
        ("Af 110 deltagere gennemførte 66, mens 44 faldt fra, i alt 110.", "da", []),
        ("Fifteen of the 24 clerks agreed, five did not and three did not mind, 24 in all.", "en", ["wrong-sum"]),
        (
            "Of the 60 men, 38 have a son here, 14 have a friend here and 9 have neither, 60 in all.",
            "en",
            ["wrong-sum"],
        ),
        ("Of 60 men, 38 have a son here, 14 have a friend here and 8 have neither, 60 in all.", "en", []),
        ("Sixteen of the 24 clerks agreed, five did not and three did not mind, 24 in all.", "en", []),
    ],
)
def test_percentages_and_sums_as_they_are_written(sentence: str, language: str, found: list[str]) -> None:
    assert rules(f"1 Numbers\n\n{sentence}\n", language) == found


def test_thirty_three_is_not_three() -> None:
    text = (
        "All 52 visitors had a card.\n\n# 2 Cards\n\nThirty-three of the 52 visitors had a card. Visitors came late.\n"
    )
    (alarm,) = [a for a in check_document(lines_of(f"# 1 Summary\n\n{text}"), "r", "en") if a.rule == "wider-scope"]
    assert "33 of 52" in alarm.reason


def test_what_is_said_further_does_not_hide_a_count() -> None:
    said = "Seks af de otte skoler har en koordinator, og det er den ændring, som ledelserne selv peger på."
    assert "different-counts" in summed_up(said, "Fem af de otte skoler har en koordinator.", "da")


# Shares of those who were asked


ASKED = "Spørgsmålet om nattevagter er kun stillet i seks af de ni distrikter."


def test_a_share_of_all_where_only_some_were_asked() -> None:
    over_all = f"{ASKED}\n\nFire af de ni distrikter har svært ved at besætte nattevagterne."
    over_asked = f"{ASKED}\n\nFire af de seks distrikter har svært ved at besætte nattevagterne."
    assert rules(f"1 Fund\n\n{over_all}\n", "da") == ["share-over-unasked"]
    assert rules(f"1 Fund\n\n{over_asked}\n", "da") == []


def test_the_heading_says_what_the_share_is_about() -> None:
    text = "# 1 Method\n\nThe question of safety was asked only in four of the branches.\n\n# 2 {}\n\n"
    share = "Six of the 11 branches have visitors who stay at home.\n"
    assert rules(text.format("Safety") + share) == ["share-over-unasked"]
    assert rules(text.format("Music") + share) == []


# Causes, denials, silence


@pytest.mark.parametrize(
    ("summary", "chapter", "language"),
    [
        ("Sygefraværet er faldet, og faldet er en følge af de faste teams.",
         "Sygefraværet er faldet siden. Faldet kan muligvis hænge sammen med de faste teams.", "da"),
        ("Fraværet stiger i ottende klasse, fordi eleverne skifter klasselærer.",
         "Det er muligt, at skiftet af klasselærer har betydning for, at fraværet stiger.", "da"),
        ("Vandalism went up because the clerks had left.",
         "Vandalism went up that winter. Perhaps the absence of clerks played a part.", "en"),
    ],
)  # fmt: skip
def test_a_cause_that_the_chapter_only_weighs(summary: str, chapter: str, language: str) -> None:
    assert "stronger-words" in summed_up(summary, chapter, language)


def test_a_cause_that_the_chapter_states_too_is_supported() -> None:
    chapter = "Vandalism went up because the clerks had left. Perhaps the weather played a part in vandalism too."
    assert "stronger-words" not in summed_up("Vandalism went up because the clerks had left.", chapter)


def test_nearly_the_same_words_of_which_one_denies() -> None:
    said, denied = "Clerks have a say in which evenings they work.", "Clerks have no say in which evenings they work."
    assert summed_up(said, denied) == ["opposite-sentences"]
    assert summed_up(said, said) == []
    assert summed_up(f"In 2015, {denied}", f"In 2020, {said}") == []


def test_how_it_was_once_is_no_contradiction() -> None:
    table = "| | Kommuner med hold | Kommuner uden hold |\n|---|---|---|\n| Adgang | Kræver ikke henvisning | Let |\n"
    past = "## 2.1 Adgang\n\nTidligere krævede alle kommuner henvisning."
    now = "## 2.1 Adgang\n\nAlle kommuner kræver henvisning."
    assert "table-contradicts-text" not in summed_up("Kommuner har hold.", past, "da", table)
    assert "table-contradicts-text" in summed_up("Kommuner har hold.", now, "da", table)


def test_a_cell_of_two_words_is_denied_by_its_section() -> None:
    table = "| | Farms on clay | Farms on sand |\n|---|---|---|\n| Weeds | Use glyphosate | Do not use glyphosate |\n"
    found = summed_up("Farms differ.", "## 2.1 Weeds\n\nThe farms on sand also use glyphosate.", table=table)
    assert {"table-contradicts-text", "trait-of-both-groups"} & set(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No farmer complained about late payment. So the payment always arrives on time.", "en"),
        ("Rådgiverne taler ikke om lægerne. Vi konkluderer derfor, at lægerne ikke henviser.", "da"),
    ],
)
def test_silence_in_other_words(text: str, language: str) -> None:
    assert rules(f"1 Fund\n\n{text}\n", language) == ["unmentioned-as-absent"]


def test_to_ask_because_nobody_mentioned_it_is_sound() -> None:
    assert rules("1 Findings\n\nNo teacher mentioned bullying. We therefore asked pupils about bullying.\n") == []


def test_generally_and_most_of_the_opposite() -> None:
    most = "De fleste rådgivere siger, at uddannelsen er tilstrækkelig. Alle rådgivere er unge."
    found = summed_up("Rådgivere har generelt for lidt uddannelse.", most, "da")
    assert "opposite-sentences" in found


def test_advice_and_what_the_report_is_about_need_no_chapter() -> None:
    chapter = "Farms are small. All farms have a well. Two of the farms are old."
    assert summed_up("All farms should consider a windmill and a greenhouse.", chapter) == []
    assert summed_up("We followed eighteen farms through three wet winters.", chapter) == []
    assert summed_up("All farms own a windmill and a greenhouse.", chapter) == ["no-support"]


def test_one_telling_word_is_enough_for_all_and_some_of_the_same_number() -> None:
    assert summed_up("All nine schools have a plan.", "Three of the nine schools have a plan.") == ["wider-scope"]


def test_often_in_an_aside_does_not_soften_a_sentence() -> None:
    table = "| | Town farms | Village farms |\n|---|---|---|\n| Hiring | Hiring is easy | Hiring is slow |\n"
    chapter = "## 2.1 Hiring\n\nHiring is not easy at the town farms, where people move often."
    assert "table-contradicts-text" in summed_up("Farms differ.", chapter, table=table)


def test_a_comment_with_no_one_does_not_deny_the_sentence_before_it() -> None:
    said = "Town farms train every second week"
    assert summed_up(f"{said}.", f"{said}, and no one minds.") == []


def test_how_it_was_with_the_other_group_is_no_trait_of_both() -> None:
    table = "| | Town farms | Village farms |\n|---|---|---|\n| Ploughs | Ploughs are new | Ploughs are old |\n"
    chapter = "## 2.1 Ploughs\n\n{} the town farms had old ploughs too."
    assert summed_up("Farms differ.", chapter.format("Before 2018"), table=table) == []
    assert summed_up("Farms differ.", chapter.format("This year"), table=table) != []


def test_everywhere_is_said_of_all() -> None:
    chapter = "To af de ti kommuner har problemer med lokaler. Alle kommuner har et klaver."
    assert summed_up("Lokaler er et problem overalt.", chapter, "da")


# Other languages, and what is no text


def test_a_report_in_another_language_is_told() -> None:
    german = "Alle neun Schulen haben einen Plan, und die Lehrer sind mit der Ausstattung nicht zufrieden."
    swedish = "Alla nio skolor har en plan och det finns inte några problem med utrustningen."
    assert other_language(lines_of(german)) == "German" and other_language(lines_of(swedish)) == "Swedish"
    assert other_language(lines_of("Alle ni skoler har en plan, og det er der ingen problemer med.")) is None
    mixed = "The teachers of all of the nine schools say that »det er godt og det er der en grund til« is what it was, "
    mixed += "and that this is not for the head of the school to say."
    assert other_language(lines_of(mixed)) is None and language_of(lines_of(mixed)) == "en"


def test_a_run_without_blanks_is_no_word() -> None:
    assert lines_of("a " + "#" * 500 + " b")[0].text == "a  b"
