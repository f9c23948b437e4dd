"""Transcripts with times: the times go out of the words and beside the text, whatever program wrote them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read_document_bytes
from corpus.readers.document import Document

ANNA_AND_BO = "Anna: Hvad laver du?\n\nBo: Jeg er leder.\n"


def read(text: str, suffix: str = ".txt") -> Document:
    document, problems = read_document_bytes(text.encode(), suffix, f"x{suffix}")
    assert document is not None, problems
    return document


def at(document: Document) -> list[tuple[str, str]]:
    """Each time, and the first word there."""
    return [(place.value, document.text[place.start :].split()[0]) for place in document.places]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[00:00:03] Anna: Hvad laver du?\n[00:00:08] Bo: Jeg er leder.", id="brackets"),
        pytest.param("[0:03] Anna: Hvad laver du?\n\n[0:08] Bo: Jeg er leder.", id="brackets without hours"),
        pytest.param("(00:00:03) Anna: Hvad laver du?\n(00:00:08) Bo: Jeg er leder.", id="parentheses"),
        pytest.param("00:00:03 Anna: Hvad laver du?\n00:00:08 Bo: Jeg er leder.", id="bare"),
        pytest.param("[00:00:03.16] Anna: Hvad laver du?\n[00:00:08.02] Bo: Jeg er leder.", id="Trint"),
        pytest.param("[00:00:03.440] - Anna\nHvad laver du?\n\n[00:00:08.120] - Bo\nJeg er leder.", id="HappyScribe"),
        pytest.param("Anna [00:00:03]: Hvad laver du?\nBo [00:00:08]: Jeg er leder.", id="behind the name"),
        pytest.param("Anna (00:03):\nHvad laver du?\n\nBo (00:08):\nJeg er leder.", id="Rev"),
        pytest.param("Anna: (00:03)\nHvad laver du?\n\nBo: (00:08)\nJeg er leder.", id="Rev, older"),
        pytest.param("Anna: [00:00:03] Hvad laver du?\nBo: [00:00:08] Jeg er leder.", id="behind the colon"),
        pytest.param("Anna  0:03  \nHvad laver du?\n\nBo  0:08  \nJeg er leder.", id="Otter"),
        pytest.param("Anna 00:00:03\nHvad laver du?\n\nBo 00:00:08\nJeg er leder.", id="Amberscript"),
        pytest.param("00:00:03 Anna\nHvad laver du?\n\n00:00:08 Bo\nJeg er leder.", id="Word"),
        pytest.param("0:0:3.0 --> 0:0:7.460\nAnna\nHvad laver du?\n0:0:8.5 --> 0:0:9.0\nBo\nJeg er leder.", id="Teams"),
        pytest.param("00:00:03\nAnna: Hvad laver du?\n\n00:00:08\nBo: Jeg er leder.", id="times alone"),
        pytest.param("#00:00:03-0# Anna: Hvad laver du?\n#00:00:08-4# Bo: Jeg er leder.", id="f4 in front"),
        pytest.param("[00:00:03] **Anna:** Hvad laver du?\n**[00:00:08] Bo:** Jeg er *leder*.", id="bold labels"),
        pytest.param("**Anna** 0:03\nHvad laver du?\n\n**Bo** 0:08\nJeg er leder.", id="bold names"),
    ],
)
def test_a_transcript_with_times_reads_the_same_whatever_program_wrote_it(text):
    document = read(text)
    assert document.text == ANNA_AND_BO
    assert (document.kind, document.speakers) == ("transcript", ("Anna", "Bo"))
    assert at(document) == [("0:00:03", "Anna:"), ("0:00:08", "Bo:")]


def test_in_f4_a_time_is_where_a_turn_ends_and_the_next_begins():
    document = read(
        "I: Hvad laver du? #00:00:05-4#\n\nB: Jeg er leder. Og så #00:00:12-1# også sagsbehandler. #00:00:20-0#\n\n"
        "I: Tak.#01:02:03-9#"
    )
    assert document.text == "I: Hvad laver du?\n\nB: Jeg er leder. Og så også sagsbehandler.\n\nI: Tak.\n"
    assert at(document) == [("0:00:05", "B:"), ("0:00:12", "også"), ("0:00:20", "I:")]


def test_otter_goes_on_above_the_hour_and_clock_times_in_the_words_stay():
    document = read(
        "Anna Hansen  59:58\nVi mødes kl. 10:30.\n\nUnknown Speaker  1:00:03\nJa, 10:30 eller (11:15).\n\n"
        "Anna Hansen  1:00:09\nGodt.\n\nTranscribed by https://otter.ai"
    )
    assert document.speakers == ("Anna Hansen", "Unknown Speaker")
    assert "Vi mødes kl. 10:30.\n\nUnknown Speaker: Ja, 10:30 eller (11:15)." in document.text
    assert at(document) == [("0:59:58", "Anna"), ("1:00:03", "Unknown"), ("1:00:09", "Anna")]


def test_times_among_the_words_become_places_there():
    document = read(
        "Anna: Vi begynder nu [00:01:23] og går videre [00:02:00]. Det er godt.\n\nBo: Ja.\n\nAnna: Og[00:03:00]så."
    )
    assert "Anna: Vi begynder nu og går videre. Det er godt.\n" in document.text
    assert document.text.endswith("Anna: Og så.\n")
    assert at(document) == [("0:01:23", "og"), ("0:02:00", "Det"), ("0:03:00", "så.")]


@pytest.mark.parametrize(
    "text",
    [
        "Vi mødtes kl. 10:30 og gik kl. 11:15.\n\n10:30 kom han ind.\n\nMødet sluttede (12:30).\n\n11:15 gik han.",
        "Program\n\n9:00 Velkomst\n\n9:15 Oplæg\n\n10:00 Pause\n\n11:30 Frokost",
        "Mødet startede 10:30\nDet var godt.\nDet sluttede 11:30\nSå gik vi.",
        "Start: 10:00\nSlut: 11:00\nVarighed: 00:45:12\n\nKommunen bruger fleksjob.",
        "Scenen er kort.\n\nHan siger [utydeligt 00:00:09] og [latter].",
        "1:00 pm Velkomst\n\n2:00 pm Oplæg\n\n3:00 pm Pause",
        "Blandingen 1:10 er for svag, 1:5 for stærk, (1:20) passer.",
    ],
)
def test_clock_times_in_prose_are_words(text):
    document = read(text)
    assert (document.kind, document.places) == ("summary", ())
    assert re.findall(r"\d+:\d+", document.text) == re.findall(r"\d+:\d+", text)


def test_a_recording_in_two_files_may_begin_anew():
    lines = [f"[00:{minute:02}:00] {who}: Ja." for _ in (1, 2) for minute, who in enumerate(["Anna", "Bo"] * 5)]
    values = [value for value, _ in at(read("\n".join(lines)))]
    assert values == [f"0:{minute:02}:00" for _ in (1, 2) for minute in range(10)]


def test_what_whisper_prints_becomes_paragraphs_of_whole_sentences():
    document = read("[00:00.000 --> 00:04.000]  Hej og velkommen\n[00:04.000 --> 00:08.000]  til os.\n")
    assert document.text == "Hej og velkommen til os.\n"
    assert (document.kind, at(document)) == ("transcript", [("0:00:00", "Hej")])


def test_a_wrapped_transcript_keeps_its_turns():
    words = "vi har mange sager om fleksjob og pension i kommunen her ved fjorden og det bliver ved med at vokse"
    lines = []
    for number, who in enumerate(["Anna", "Bo"] * 4):
        turn = f"[00:{number:02}:00] {who}: {words}"
        lines += [turn[:60].rsplit(" ", 1)[0], turn[len(turn[:60].rsplit(" ", 1)[0]) + 1 :] + ".", ""]
    document = read("\n".join(lines))
    assert document.text.count("\n\n") == 7
    assert [word for _, word in at(document)] == ["Anna:", "Bo:"] * 4


WORDS = ("ja", "nej", "kommunen", "ca.", "10:30", "(11:15)", "fleksjob,", "Så", "Hvad?", "–", "æøå", "3:4", "sags-")
TURNS = st.lists(
    st.tuples(st.sampled_from(("Anna", "Bo", "I")), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)),
    max_size=12,
)
LAYOUTS = (
    "[{t}] {who}: {words}", "{t} {who}: {words}", "{who} [{t}]: {words}", "{who}: {words} #{t}-1#", "({t}) {words}",
    "{who}  {t}\n{words}\n", "{t}\n{who}: {words}\n", "{who}: {words} [{t}] {words}",
)  # fmt: skip


@given(st.sampled_from(LAYOUTS), TURNS)
def test_no_word_is_lost_or_moved_and_times_rise_as_in_the_file(layout, turns):
    lines = [
        layout.format(t=f"00:{number:02}:07", who=who, words=" ".join(words))
        for number, (who, words) in enumerate(turns)
    ]
    document, _ = read_document_bytes("\n".join(lines).encode(), ".txt", "x.txt")
    if document is None:
        assert not turns
        return

    def letters(text: str) -> str:
        return "".join(re.findall(r"[^\W_]+", re.sub(r"#?00:\d\d:07(?:-1#)?", " ", text)))

    assert letters(document.text) == letters("\n".join(lines))
    values = [place.value for place in document.places]
    assert values == sorted(values)
