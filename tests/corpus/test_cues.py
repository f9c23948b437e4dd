"""Subtitles (srt, vtt): cues become turns and paragraphs again, with the times at which they begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read_document_bytes
from corpus.readers.document import Document

ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:05.000
Anna Hansen: Velkommen til interviewet om fleks-

2
00:00:05.000 --> 00:00:08.500
Anna Hansen: job, som vi har talt om kl. 10:30.

3
00:00:08.000 --> 00:00:12.000
Bo Holm (Gæst): Jeg er sagsbehandler &amp; leder.

4
00:00:20.000 --> 00:00:22.000
Bo Holm (Gæst): Det har jeg været længe.
"""
TEAMS = """\ufeffWEBVTT

8b1d5f2c-1234-4f1f-9a2b-0c1d2e3f4a5b/12-0
00:00:03.120 --> 00:00:05.000
<v Anna Hansen>Velkommen til
interviewet.</v>

8b1d5f2c-1234-4f1f-9a2b-0c1d2e3f4a5b/12-1
00:00:05.000 --> 00:00:08.500
<v Bo>Tak.</v> <v Anna Hansen>Godt.</v>
"""
YOUTUBE = """WEBVTT
Kind: captions
Language: da

00:00:00.160 --> 00:00:02.470 align:start position:0%
&nbsp;
hej<00:00:00.480><c> og</c><00:00:00.640><c> velkommen</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
hej og velkommen
&nbsp;

00:00:02.480 --> 00:00:05.110 align:start position:0%
hej og velkommen
til<00:00:02.720><c> os</c>

00:00:05.110 --> 00:00:05.120 align:start position:0%
til os
&nbsp;

00:00:14.120 --> 00:00:17.000 align:start position:0%
til<00:00:14.500><c> os</c>
"""
SRT = """1
00:00:01,000 --> 00:00:02,000
<i>Ja.</i>

2
00:00:02,000 --> 00:00:03,000
Ja.

00:00:04,500 --> 00:00:06,000
- Er det rigtigt?
- Nej, 5 < 6 &lt; 7.

5
00:01:12,000 --> 00:01:14,000
{\\an8}Vi mødes <b>igen</b>.
"""
BROKEN = """1
00:00:01,000 --> 00:00:00,500
Omvendt tid

2
xx --> yy
hej

3
00:00:05,000 --> 99:99:99,999
Slut
"""
SETTINGS = """WEBVTT - et interview

NOTE lavet af mig
på to linjer

STYLE
::cue { color: red }

REGION
id:fred

intro
00:01.000 --> 00:04.000 position:10%,line-left align:left
<v.loud Anna>Hej <b>du</b>

00:04.000 --> 00:05.000
<v Bo>Ja
"""
ZOOM_NAMES = '1 "Anna" (12345)\n00:00:01.000 --> 00:00:02.000\nHej\n\n2 "Bo" (234)\n00:00:03.000 --> 00:00:04.000\nJa\n'


def read(text: str, suffix: str) -> Document:
    document, problems = read_document_bytes(text.encode(), suffix, f"x{suffix}")
    assert document is not None, problems
    return document


def at(document: Document) -> list[tuple[str, str]]:
    """Each time, and the first word there."""
    return [(place.value, document.text[place.start :].split()[0]) for place in document.places]


def test_cues_of_a_speaker_become_one_turn_and_a_pause_a_new_paragraph():
    document = read(ZOOM, ".vtt")
    assert document.text == (
        "Anna Hansen: Velkommen til interviewet om fleksjob, som vi har talt om kl. 10:30.\n\n"
        "Bo Holm (Gæst): Jeg er sagsbehandler & leder.\n\nDet har jeg været længe.\n"
    )
    assert (document.kind, document.speakers) == ("transcript", ("Anna Hansen", "Bo Holm (Gæst)"))
    assert at(document) == [("0:00:03", "Anna"), ("0:00:08", "Bo"), ("0:00:20", "Det")]


def test_voices_of_teams_are_speakers_also_two_in_a_cue():
    document = read(TEAMS, ".vtt")
    assert document.text == "Anna Hansen: Velkommen til interviewet.\n\nBo: Tak.\n\nAnna Hansen: Godt.\n"
    assert at(document) == [("0:00:03", "Anna"), ("0:00:05", "Bo:"), ("0:00:05", "Anna")]


def test_lines_that_scroll_away_are_kept_once_and_words_said_again_twice():
    document = read(YOUTUBE, ".vtt")
    assert document.text == "hej og velkommen til os\n\ntil os\n"
    assert (document.kind, at(document)) == ("transcript", [("0:00:00", "hej"), ("0:00:14", "til")])


def test_tags_numbers_and_entities_go_and_a_repeated_word_stays():
    document = read(SRT, ".srt")
    assert document.text == "Ja. Ja.\n\n- Er det rigtigt?\n\n- Nej, 5 < 6 < 7.\n\nVi mødes igen.\n"
    assert at(document) == [("0:00:01", "Ja."), ("0:00:04", "-"), ("0:00:04", "-"), ("0:01:12", "Vi")]


def test_notes_styles_and_settings_are_no_words():
    assert read(SETTINGS, ".vtt").text == "Anna: Hej du\n\nBo: Ja\n"


def test_the_names_in_front_of_zooms_numbers_are_speakers():
    assert read(f"WEBVTT\n\n{ZOOM_NAMES}", ".vtt").text == "Anna: Hej\n\nBo: Ja\n"


def test_a_long_turn_has_a_time_every_ten_seconds_or_so():
    cues = [f"00:00:{n:02}.000 --> 00:00:{n + 3:02}.000\nAnna: ord {n}" for n in range(0, 54, 3)]
    document = read("WEBVTT\n\n" + "\n\n".join(cues), ".vtt")
    assert at(document) == [("0:00:00", "Anna:"), *((f"0:00:{n}", "ord") for n in (12, 24, 36, 48))]


@pytest.mark.parametrize(
    ("text", "suffix"), [(ZOOM, ".txt"), (SRT, ".txt"), (YOUTUBE, ".txt"), (SRT, ".vtt"), (ZOOM, ".srt")]
)
def test_subtitles_under_another_name_are_read_as_subtitles(text, suffix):
    right = ".srt" if text is SRT else ".vtt"
    assert read(text, suffix).text == read(text, right).text


def test_a_file_without_cues_says_so():
    document, problems = read_document_bytes(b"Her er ingen tider.\n", ".srt", "x.srt")
    assert document is None
    assert [problem.rule for problem in problems] == ["unreadable-file"]


WORDS = st.lists(
    st.sampled_from(("ja", "kommunen,", "kl.", "10:30", "<i>sag</i>", "&amp;", "Hvad?", "–", "æøå")), max_size=8
)


@given(st.lists(st.tuples(st.sampled_from(["", "Anna: ", "<v Bo>"]), WORDS, st.integers(0, 9)), max_size=15))
def test_no_word_of_any_cue_is_lost_or_moved_and_times_rise(cues):
    seconds, lines, said = 0, ["WEBVTT", ""], []
    for speaker, words, pause in cues:
        seconds += pause
        clock = f"00:{seconds // 60:02}:{seconds % 60:02}"
        lines += [f"{clock}.000 --> {clock}.900", speaker + " ".join(words), ""]
        said += [word.removeprefix("<i>").removesuffix("</i>").replace("&amp;", "&") for word in words]
    document, _ = read_document_bytes("\n".join(lines).encode(), ".vtt", "x.vtt")
    names = ("Anna:", "Bo:")
    assert [word for word in (document.text if document else "").split() if word not in names] == said
    values = [place.value for place in document.places] if document else []
    assert values == sorted(values)


def test_times_that_make_no_sense_are_told_and_are_never_words() -> None:
    document, problems = read_document_bytes(BROKEN.encode(), ".srt", "a.srt")
    assert document is not None and not problems
    assert document.text == "Omvendt tid hej\n\nSlut\n"
    told = [repair for repair in document.repairs if repair.startswith("line ")]
    assert [repair.split(": ")[0] for repair in told] == ["line 2", "line 6", "line 10"]
    assert "ends before it begins" in told[0] and "»xx --> yy«" in told[1] and "when" in told[2]


def test_subtitles_of_which_no_time_makes_sense_are_refused() -> None:
    document, problems = read_document_bytes(b"1\nxx --> yy\nhej\n\n2\n00:99:99,000 --> zz\nhej\n", ".srt", "a.srt")
    assert (document, [problem.rule for problem in problems]) == (None, ["unreadable-file"])
