"""Readers: plain study text out of txt, md and docx, with words unchanged and every repair told."""

from __future__ import annotations

import io
import random
import re
import textwrap
import unicodedata
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.problems import errors
from corpus.readers import READERS, read_document, read_document_bytes
from corpus.readers.document import Document
from corpus.readers.word_numbering import written
from corpus.text import text_structure

PROSE = (
    "Vi har i kommunen valgt at lægge vægt på en tidlig indsats over for de sygemeldte borgere, og det mener vi selv "
    "kan ses på tallene. Sagsbehandlerne har omkring halvtreds sager hver, hvilket er færre end for to år siden. "
    "Lægekonsulenten deltager i de møder, hvor det skønnes nødvendigt, og det er ikke altid."
)


def read(text: str | bytes, suffix: str = ".txt") -> Document:
    data = text.encode() if isinstance(text, str) else text
    document, problems = read_document_bytes(data, suffix, f"file{suffix}")
    assert document is not None, problems
    assert not problems
    return document


def refused(data: bytes, suffix: str) -> str:
    document, problems = read_document_bytes(data, suffix, f"file{suffix}")
    assert document is None
    assert [problem.rule for problem in problems] == ["unreadable-file"]
    return problems[0].message


# Characters


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_danish_letters_survive_every_encoding_that_is_read(encoding: str, told: str) -> None:
    document = read("Løn på København – “ærligt”\n".encode(encoding))
    assert document.text == "Løn på København – “ærligt”\n"
    assert bool(document.repairs) == bool(told)
    assert told in "".join(document.repairs)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_every_kind_of_line_end_gives_the_same_text(line_end: str) -> None:
    assert read(line_end.join(["Første afsnit.", "", "Andet afsnit."])).text == "Første afsnit.\n\nAndet afsnit.\n"


def test_letters_in_two_pieces_become_one_and_it_is_told() -> None:
    document = read(unicodedata.normalize("NFD", "Så gør vi det på én måde."))
    assert document.text == "Så gør vi det på én måde.\n"
    assert "NFC" in document.repairs[0]


def test_invisible_characters_and_wide_spaces_become_ordinary_text() -> None:
    assert read("60\u00a0sager, per\u00adsonale\u200b, 5\u202f%, dobbelt  mellemrum").text == (
        "60 sager, personale, 5 %, dobbelt mellemrum\n"
    )


# Paragraphs and wraps


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_lines_become_paragraphs_again(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(PROSE, width, break_on_hyphens=False) for _ in range(3))
    document = read(wrapped)
    assert document.text == "\n\n".join([PROSE] * 3) + "\n"
    assert "wrapped" in document.repairs[0]


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    document = read(f"Økonomi\n{PROSE}\n{PROSE}\n")
    assert document.text == f"Økonomi\n\n{PROSE}\n\n{PROSE}\n"
    assert document.repairs == ()


def test_short_lines_of_an_address_stay_lines() -> None:
    text = f"Jobcenter Birkeby\nSøndergade 3\n1234 Birkeby\n\n{PROSE}\n"
    assert read(text).text == text


def test_single_line_ends_are_wraps_in_markdown_but_hard_breaks_stay() -> None:
    assert (
        read("Den ene linje\nog den anden.  \nTredje linje.", ".md").text
        == "Den ene linje og den anden.\nTredje linje.\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Der var stor perso-", "naleudskiftning i de år.", "Der var stor personaleudskiftning i de år."),
        ("Der er både fleksjob-", "og pensionssager i år.", "Der er både fleksjob- og pensionssager i år."),
        ("De har fået et nyt IT-", "system til alle sagerne.", "De har fået et nyt IT-system til alle sagerne."),
        ("Indsatsen har været god i forhold til de", "ledige borgere i kommunen.",
         "Indsatsen har været god i forhold til de ledige borgere i kommunen."),
    ],
)  # fmt: skip
def test_a_sentence_broken_by_a_page_is_rejoined_and_told(first: str, second: str, whole: str) -> None:
    for between in ("\n\n", "\n\n---\n\n", "\n\f", "\n\n12\n\n", "\n\n- 12 -\n\f\n"):
        document = read(f"Indledning.\n\n{first}{between}{second}\n")
        assert document.text == f"Indledning.\n\n{whole}\n"
        assert any("rejoined" in repair and repair.startswith("line ") for repair in document.repairs)


def test_a_hyphen_stays_where_the_text_writes_the_word_with_it_elsewhere() -> None:
    document = read("A well-known rule.\n\nThis is, as everyone in the office says, a well-\n\nknown rule.\n")
    assert "a well-known rule" in document.text


@pytest.mark.parametrize(
    "text",
    [
        "Den første sætning er slut her, og den er lang nok.\n\nog så en med lille begyndelsesbogstav.\n",
        "Økonomi\n\nikke nævnt af nogen af de to.\n",
        "Vi har set på de to ting, som kommunen har gjort\n\nDet Lokale Råd har været med.\n",
        "- det første punkt på en liste over noget\n\nog så går det videre efter listen.\n",
    ],
)
def test_what_is_no_broken_sentence_is_left_alone(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert document.repairs == ()


def test_a_number_alone_on_its_line_stays_unless_a_page_ends_there() -> None:
    assert read("Antal sager:\n\n60\n\nDet er mange.\n").text == "Antal sager:\n\n60\n\nDet er mange.\n"
    assert read("Det er mange.\n\n12\n\f\nDet næste afsnit.\n").text == "Det er mange.\n\nDet næste afsnit.\n"


def test_lists_and_tables_stay_readable_lines() -> None:
    document = read("Vi gør dette:\n\n• samtaler,\n• praktik og\n• tilskud.\n\nTema\tSvar\nØkonomi\tIngen rolle\n")
    assert document.text == (
        "Vi gør dette:\n\n- samtaler,\n- praktik og\n- tilskud.\n\nTema | Svar\nØkonomi | Ingen rolle\n"
    )


def test_a_markdown_table_loses_its_frame() -> None:
    assert read("| Tema | Svar |\n|:---|---:|\n| **A** | Ja |\n", ".md").text == "Tema | Svar\nA | Ja\n"


# Inline markup


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Det er **meget** vigtigt, *også* her.", "Det er meget vigtigt, også her."),
        ("__Fed__ og _kursiv_ og ***begge***.", "Fed og kursiv og begge."),
        ("Se [rapporten](http://eksempel.dk/a_(b)) og <https://eksempel.dk>.", "Se rapporten og https://eksempel.dk."),
        ("Et <b>fedt</b> ord, <span class='x'>et</span> andet.", "Et fedt ord, et andet."),
        ("min\\_fil og 2 \\* 3", "min_fil og 2 * 3"),
        ("min_lange_fil.docx og snake_case", "min_lange_fil.docx og snake_case"),
        ("5 * 6 * 7 og a*", "5 * 6 * 7 og a*"),
        ("Tre &lt; fire &amp; mere", "Tre < fire & mere"),
        ("~~væk~~ og `kode`", "væk og kode"),
        ("Hun sagde <griner> og <3", "Hun sagde <griner> og <3"),
        ("Før <!-- side 3 --> efter", "Før efter"),
        ("10<sup>6</sup> m<sup>2</sup>", "10⁶ m²"),
    ],
)
def test_inline_markup_goes_and_words_stay(marked: str, plain: str) -> None:
    assert read(marked, ".md").text == plain + "\n"


def test_stars_in_plain_text_are_words_of_the_transcriber() -> None:
    assert read("Ja *griner* det ved jeg ikke.\n").text == "Ja *griner* det ved jeg ikke.\n"


def test_a_text_file_that_holds_markdown_is_read_as_such() -> None:
    assert (
        read("### **3.2 Økonomi og budget**\n\nIngen *rolle*.\n").text == "### 3.2 Økonomi og budget\n\nIngen rolle.\n"
    )


def test_front_matter_of_a_markdown_file_is_no_text() -> None:
    document = read("---\ntitle: Møde\ntags: [a]\n---\n\nTekst.\n", ".md")
    assert (document.text, document.title) == ("Tekst.\n", "Møde")
    assert "front matter" in document.repairs[0]


ALIASES = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 8)}]\n" for a, b in pairwise("abcdefghij")
)


@pytest.mark.parametrize(
    ("front", "line", "why"),
    [("title: [x\n", 3, "flow sequence"), ("b: 1\nb: 2\n", 3, "second"), (ALIASES, 2, "aliases")],
)
def test_front_matter_that_cannot_be_read_is_a_problem_with_its_line(front: str, line: int, why: str) -> None:
    document, problems = read_document_bytes(f"---\n{front}---\n\nHej igen.\n".encode(), ".md", "b.md")
    assert document is None
    assert [(problem.file, problem.line) for problem in problems] == [("b.md", line)]
    assert "front matter" in problems[0].message and why in problems[0].message


def test_words_between_two_rules_are_no_front_matter() -> None:
    text = read("---\nAnna Hansen sagde: nej: aldrig.\n---\n\nHej.\n", ".md").text
    assert text == "## Anna Hansen sagde: nej: aldrig.\n\nHej.\n"


def test_a_file_of_nothing_but_signs_of_emphasis_is_refused_as_markdown_and_kept_as_text() -> None:
    signs = "*_" * 60_000
    assert "signs of emphasis" in refused(signs.encode(), ".md")
    assert read(f"# Titel\n\nord {signs}\n").text.count("*") == 60_000


def test_emphasis_goes_from_all_of_a_very_long_line() -> None:
    assert read("et *vigtigt* ord, " * 20_000, ".md").text == " ".join(["et vigtigt ord,"] * 20_000) + "\n"


def test_a_file_without_words_is_told_in_the_terms_of_its_format() -> None:
    hints = {
        suffix: read_document_bytes(data, suffix, "a")[1][0].hint
        for suffix, data in ((".rtf", b"{\\rtf1 }"), (".md", b"---\n\n---\n"))
    }
    assert not any("Scanned" in hint for hint in hints.values())
    assert "program that wrote it" in hints[".rtf"]
    assert "zero bytes" in refused(bytes(1000), ".txt")


# Footnotes


def test_footnotes_move_behind_their_paragraph() -> None:
    document = read("Et afsnit[^a] her.\n\nEt andet[^b].\n\n[^a]: Note om det første.\n[^b]: Note *to*.\n", ".md")
    assert document.text == "Et afsnit [a] her.\n\n[a] Note om det første.\n\nEt andet [b].\n\n[b] Note to.\n"
    assert len(document.repairs) == 2


def test_a_footnote_between_the_halves_of_a_word_moves_and_the_word_is_whole_again() -> None:
    text = (
        "# A\n\nI 2008<sup>2</sup> var det så, og dertil kom-\n\n---\n\n<sup>2</sup> En note.\n\nmer, at det svinger.\n"
    )
    assert read(text).text == "# A\n\nI 2008 [2] var det så, og dertil kommer, at det svinger.\n\n[2] En note.\n"


def test_notes_that_are_numbered_anew_on_each_page_find_their_own_paragraph() -> None:
    page = "Afsnit {0}<sup>1</sup>.\n\n<sup>1</sup> Note {0}.\n\n"
    document = read("# A\n\n" + page.format("et") + page.format("to"))
    assert document.text == "# A\n\nAfsnit et [1].\n\n[1] Note et.\n\nAfsnit to [1].\n\n[1] Note to.\n"


# Headings


def depths(text: str) -> list[tuple[int, str]]:
    return [(heading.marks, heading.title) for heading in text_structure(text).headings]


def test_the_depth_of_headings_follows_their_numbers() -> None:
    document = read("# 1 A\n\nx.\n\n# 1.1 B\n\nx.\n\n#### 2 C\n\nx.\n\n## 2.1 D\n\nx.\n\n### E\n\nx.\n")
    assert depths(document.text) == [(1, "1 A"), (2, "1.1 B"), (1, "2 C"), (2, "2.1 D"), (3, "E")]
    assert "follows their numbers" in "".join(document.repairs)


def test_a_list_numbered_from_one_inside_a_section_does_not_end_the_section() -> None:
    text = "## 2 A\n\nx.\n\n## 2.2 B\n\nx.\n\n### 1. Et\n\nx.\n\n## 2. To\n\nx.\n\n## 3. Tre\n\nx.\n\n### 3 C\n\nx.\n"
    document = read(text)
    assert depths(document.text) == [(1, "2 A"), (2, "2.2 B"), (3, "1. Et"), (3, "2. To"), (3, "3. Tre"), (1, "3 C")]


def test_levels_that_no_number_contradicts_stay_as_they_are() -> None:
    text = "## Titel\n\nx.\n\n#### 1 A\n\nx.\n\n###### 1.1 B\n\nx.\n"
    assert read(text).text == text
    assert read(text).repairs == ()


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "1 ", "2 ", "3. ", "1.1 ", "2.1 ", "2.2 ", "2.1.1 "])))
)
def test_corrected_headings_are_right_and_are_not_corrected_again(entries: list[tuple[int, str]]) -> None:
    text = "".join(f"{'#' * marks} {number}A\n\nx.\n\n" for marks, number in entries) or "x"
    once = read(text).text
    assert [h.level for h in text_structure(once).headings] == [h.level for h in text_structure(text).headings]
    assert read(once).text == once


def test_numbered_lines_are_headings_where_the_file_marks_none() -> None:
    text = "1. Økonomi\n\nDet koster.\n\n1.1 Budget\n\nDet er lavt.\n\n2. Kultur\n\nDen er god.\n"
    document = read(text)
    assert depths(document.text) == [(1, "1. Økonomi"), (2, "1.1 Budget"), (1, "2. Kultur")]
    assert "headings" in document.repairs[0]


def test_a_numbered_list_is_no_row_of_headings() -> None:
    text = "Vi gør:\n\n1. Samtaler\n\n2. Praktik\n\n3. Tilskud\n\nOg mere.\n"
    assert read(text).text == text


def test_underlined_titles_are_headings() -> None:
    assert read("Titel\n=====\n\nTekst.\n\nDel\n---\n\nMere.\n").text == "# Titel\n\nTekst.\n\n## Del\n\nMere.\n"


def test_the_title_is_the_first_heading_or_a_first_line_that_can_be_one() -> None:
    assert read("# Interview, Birkeby\n\nTekst.").title == "Interview, Birkeby"
    assert read("Interview med leder, Birkeby\n\nTekst.").title == "Interview med leder, Birkeby"
    assert read("Dato: 14-01-2009\n\nTekst.").title == ""
    assert read(PROSE).title == ""


# Speakers


def test_turns_become_paragraphs_and_the_document_a_transcript() -> None:
    document = read("Interview 3\nI: Hvor mange sager?\nLeder:  Omkring 60.\nI: Nå.\nLeder: Ja.\n")
    assert document.kind == "transcript"
    assert document.speakers == ("I", "Leder")
    assert document.text == "Interview 3\n\nI: Hvor mange sager?\n\nLeder: Omkring 60.\n\nI: Nå.\n\nLeder: Ja.\n"


def test_a_wrapped_transcript_keeps_its_turns() -> None:
    turns = [f"{'I' if n % 2 == 0 else 'S1'}: {PROSE}" for n in range(6)]
    document = read("\n".join(textwrap.fill(turn, 70, break_on_hyphens=False) for turn in turns))
    assert document.speakers == ("I", "S1")
    assert document.text == "\n\n".join(turns) + "\n"


@pytest.mark.parametrize(
    "written",
    [
        "[id1] Hej.\n\n[id2] Goddag.\n\n[id1] Ja.\n",
        "id1\tHej.\nid2\tGoddag.\nid1\tJa.\n",
        "id1:\nHej.\n\nid2:\n\nGoddag.\n\nid1:\nJa.\n",
        "**id1:** Hej.\n**id2:** Goddag.\n**id1:** Ja.\n",
        "id1:Hej.\nid2:Goddag.\nid1:Ja.\n",
    ],
)
def test_other_ways_to_write_a_speaker_become_a_name_and_a_colon(written: str) -> None:
    document = read(written)
    assert document.text == "id1: Hej.\n\nid2: Goddag.\n\nid1: Ja.\n"
    assert document.speakers == ("id1", "id2")


def test_labels_here_and_there_do_not_make_a_summary_a_transcript() -> None:
    part = f"{PROSE}\n\n{PROSE}\n\nMål:\n\nEt godt resultat.\n\nTidsplan:\n\nI marts.\n\n{PROSE}\n\n"
    document = read(part * 3)
    assert (document.kind, document.speakers) == ("summary", ())


def test_a_head_of_data_on_the_interview_is_no_list_of_speakers() -> None:
    document = read("Dato: 1. maj\nSted: Birkeby\nI: Hej?\nS: Ja.\nI: Nå?\nS: Nej.\n")
    assert document.speakers == ("I", "S")


# Properties

words = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=9)
sentences = st.lists(words, min_size=1, max_size=12).map(lambda w: " ".join(w) + ".")
paragraphs = st.lists(sentences, min_size=1, max_size=6)


@settings(max_examples=60)
@given(paragraphs, st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n\n\n\n"]), st.sampled_from([".txt", ".md"]))
def test_no_word_is_ever_changed(given_paragraphs: list[str], between: str, suffix: str) -> None:
    text = between.join(given_paragraphs)
    expected = unicodedata.normalize("NFC", "".join(text.split()))
    assert "".join(read(text, suffix).text.split()) == expected


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab. \n\t-*_#:|>[]()1<§\f\r")), st.sampled_from([".txt", ".md"]))
def test_letters_survive_any_arrangement_of_signs(text: str, suffix: str) -> None:
    document, _ = read_document_bytes(text.encode(), suffix, "file")
    if document is not None and not re.search(r"[<\[(]", text):
        assert re.findall("[ab§]", document.text) == re.findall("[ab§]", text)
        assert "\n\n\n" not in document.text
        assert document.text == document.text.strip("\n") + "\n"


@given(st.binary(max_size=300), st.sampled_from(sorted(READERS)))
def test_any_bytes_give_a_document_or_a_problem(data: bytes, suffix: str) -> None:
    document, problems = read_document_bytes(data, suffix, "file")
    assert (document is None) == bool(errors(problems))


# Word

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; other parts of it by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{content}</w:{name}>")
    return file.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*runs: str, look: str = "", style: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{style}{look}</w:pPr>{inside}</w:p>"


def style(id: str, name: str, look: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{look}</w:style>'


@pytest.mark.parametrize(
    ("id", "name"),
    [("Heading2", "heading 2"), ("Overskrift2", "heading 2"), ("berschrift2", "heading 2"),
     ("Overskrift2", "Overskrift 2"), ("a", "Überschrift 2")],
)  # fmt: skip
def test_heading_styles_are_known_in_every_language_of_word(id: str, name: str) -> None:
    data = word(par("Økonomi", style=id) + par("Ingen rolle."), styles=style(id, name))
    assert read(data, ".docx").text == "## Økonomi\n\nIngen rolle.\n"


def test_a_style_based_on_a_heading_and_an_outline_level_are_headings_too() -> None:
    styles = style("h", "heading 1") + style("own", "Min egen", '<w:basedOn w:val="h"/>')
    data = word(par("A", style="own") + par("B", look='<w:outlineLvl w:val="1"/>') + par("x."), styles=styles)
    assert read(data, ".docx").text == "# A\n\n## B\n\nx.\n"


def test_a_title_gives_the_document_its_title() -> None:
    data = word(par("Interview, Birkeby", style="Titel") + par("x."), styles=style("Titel", "Title"))
    assert (read(data, ".docx").title, read(data, ".docx").text) == (
        "Interview, Birkeby",
        "# Interview, Birkeby\n\nx.\n",
    )


LIST = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
)


def numbered(list_id: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_the_numbers_that_word_prints_before_headings_become_text() -> None:
    styles = style("h1", "heading 1", f"<w:pPr>{numbered(1)}</w:pPr>")
    styles += style("h2", "heading 2", f"<w:pPr>{numbered(1, 1)}</w:pPr>")
    body = "".join(
        par(t, style=s) for t, s in [("A", "h1"), ("B", "h2"), ("C", "h2"), ("D", "h1"), ("E", "h2"), ("x.", "")]
    )
    assert read(word(body, styles=styles, numbering=LIST), ".docx").text == (
        "# 1 A\n\n## 1.1 B\n\n## 1.2 C\n\n# 2 D\n\n## 2.1 E\n\nx.\n"
    )


def test_items_of_a_list_are_lines_of_one_paragraph() -> None:
    body = par("Vi gør:") + par("samtaler", look=numbered(2)) + par("praktik", look=numbered(2)) + par("Slut.")
    assert read(word(body, numbering=LIST), ".docx").text == "Vi gør:\n\n- samtaler\n- praktik\n\nSlut.\n"


@pytest.mark.parametrize(
    ("number", "format", "shown"),
    [(3, "lowerLetter", "c"), (28, "upperLetter", "BB"), (14, "lowerRoman", "xiv"), (4, "decimalZero", "04")],
)
def test_numbers_are_written_as_word_writes_them(number: int, format: str, shown: str) -> None:
    assert written(number, format) == shown


def test_short_bold_paragraphs_are_headings_where_there_are_no_heading_styles() -> None:
    bold = [par(run(t, "<w:b/>")) for t in ("Økonomi", "Kultur")]
    document = read(word(bold[0] + par("Ingen rolle.") + bold[1] + par(run("Den er ", "<w:b/>"), "god.")), ".docx")
    assert document.text == "## Økonomi\n\nIngen rolle.\n\n## Kultur\n\nDen er god.\n"
    assert "headings" in document.repairs[0]


def test_insertions_are_kept_and_deletions_dropped_and_both_told() -> None:
    inserted = f"<w:ins>{run('meget ')}</w:ins>"
    deleted = "<w:del><w:r><w:delText>slet ikke </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('væk ')}</w:moveFrom>"
    document = read(word(par("Det er ", inserted, deleted, moved, "godt.")), ".docx")
    assert document.text == "Det er meget godt.\n"
    assert "1 insertion kept, 2 deletions left out" in document.repairs[0]


def test_a_deleted_paragraph_end_joins_the_paragraphs() -> None:
    body = par("Det ene ", look="<w:rPr><w:del/></w:rPr>") + par("og det andet.")
    assert read(word(body), ".docx").text == "Det ene og det andet.\n"


def test_word_footnotes_stand_behind_their_paragraph() -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    notes = f'<w:footnote w:id="5">{par(" Kilde: årsrapporten.")}</w:footnote>'
    document = read(word(par("Tallet er 60", mark, ".") + par("Næste."), footnotes=notes), ".docx")
    assert document.text == "Tallet er 60 [1].\n\n[1] Kilde: årsrapporten.\n\nNæste.\n"
    assert document.repairs[0].startswith("paragraph 1: footnote 1")


def test_a_table_is_a_line_for_each_row() -> None:
    rows = [("Tema", "Svar"), ("Økonomi", "Ingen rolle")]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{par(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    document = read(word(par("Før.") + f"<w:tbl>{table}</w:tbl>" + par("Efter.")), ".docx")
    assert document.text == "Før.\n\nTema | Svar\nØkonomi | Ingen rolle\n\nEfter.\n"


def test_a_transcript_in_a_table_gives_turns() -> None:
    rows = [("I", "Hvor mange?"), ("S", "Tres."), ("I", "Nå."), ("S", "Ja.")]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{par(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    document = read(word(f"<w:tbl>{table}</w:tbl>"), ".docx")
    assert document.text == "I: Hvor mange?\n\nS: Tres.\n\nI: Nå.\n\nS: Ja.\n"
    assert document.speakers == ("I", "S")


def test_a_table_that_only_arranges_the_page_gives_paragraphs() -> None:
    table = f"<w:tr><w:tc>{par('Økonomi')}</w:tc><w:tc>{par(PROSE)}{par(PROSE)}</w:tc></w:tr>"
    assert read(word(f"<w:tbl>{table}</w:tbl>"), ".docx").text == f"Økonomi\n\n{PROSE}\n\n{PROSE}\n"


def test_tabs_soft_line_breaks_and_split_labels_do_not_hide_turns() -> None:
    body = par(run("S"), run("2:"), "<w:r><w:tab/><w:t>Ja.</w:t><w:br/><w:t>I: Nå.</w:t></w:r>") + par("S2: Nej.")
    document = read(word(body), ".docx")
    assert document.text == "S2: Ja.\n\nI: Nå.\n\nS2: Nej.\n"
    assert document.speakers == ("S2", "I")


def test_hidden_text_contents_and_comments_are_left_out_and_told() -> None:
    body = par("Indhold 1", style="toc") + par("Synlig", run(" usynlig", "<w:vanish/>"), ".")
    data = word(body, styles=style("toc", "toc 1"), comments="<w:comment/><w:comment/>")
    document = read(data, ".docx")
    assert document.text == "Synlig.\n"
    assert [word in " ".join(document.repairs) for word in ("hidden", "contents", "2 comments")] == [True] * 3


def test_text_boxes_links_and_content_controls_are_read_once() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{par('I boksen.')}</w:txbxContent></w:drawing></w:r>"
    link = f"<w:hyperlink>{run('linket')}</w:hyperlink>"
    body = f"<w:sdt><w:sdtContent>{par('Se ', link, '.', box)}</w:sdtContent></w:sdt>"
    assert read(word(body), ".docx").text == "Se linket.\n\nI boksen.\n"


def test_raised_digits_do_not_run_into_the_number_before_them() -> None:
    assert read(word(par("10", run("6", '<w:vertAlign w:val="superscript"/>'), " kr.")), ".docx").text == "10⁶ kr.\n"


def test_a_file_of_python_docx_is_read() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Interview", 1)
    document.add_paragraph("Vi har få sager.")
    document.add_paragraph("et punkt", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    assert read(file.getvalue(), ".docx").text == "# Interview\n\nVi har få sager.\n\n- et punkt\n"


# Files that cannot be read


def test_files_that_hold_no_text_are_refused_with_a_reason() -> None:
    assert "empty" in refused(b"", ".txt")
    assert "empty" in refused(b" \n\n", ".md")
    assert "control" in refused(b"abc\x00def", ".txt")
    assert "picture" in refused(b"\x89PNG\r\n\x1a\n...", ".md")
    assert "UTF-8" in refused("på".encode() + b"\xe5", ".txt")
    assert "no words" in refused(word(par("")), ".docx")


def test_damaged_and_disguised_word_files_are_refused_with_a_reason() -> None:
    whole = word("".join(par(f"{PROSE} {n}") for n in range(30)))
    assert "damaged" in refused(whole[: len(whole) // 2], ".docx")
    assert "no Word document" in refused(b"\x00\x01hello\x02", ".docx")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(locked, ".docx")
    assert "damaged" in refused(word("<w:p>"), ".docx")
    noise = random.Random(5).randbytes(len(whole))
    assert "damaged" in refused(b"PK\x03\x04" + noise, ".docx")


def test_a_word_file_that_would_unpack_without_measure_is_not_unpacked() -> None:
    assert "unpack" in refused(word(" " * 90_000_000), ".docx")


def test_entities_are_neither_expanded_nor_fetched() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entity = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        archive.writestr(
            "word/document.xml", f"{entity}<w:document {NAMES}><w:body>{par('x&a;y')}</w:body></w:document>"
        )
    assert read(file.getvalue(), ".docx").text in ("xy\n", "x\n")


@pytest.mark.parametrize(
    "sign", ["a", "a ", "* a", "**a ", "[", "](x", "<b ", "I: ", "`a ", "- ", "a\n", "- a\n", "x[^1]\n\n[^1]: n\n\n"]
)
def test_long_files_of_one_sign_are_read_without_trouble(sign: str) -> None:
    for suffix in (".txt", ".md"):
        assert len(read("x " + sign * 20_000, suffix).repairs) <= 1001


def test_a_suffix_without_reader_names_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "interview.abc").write_bytes(b"\x00\x01\x02\x03")
    document, problems = read_document(tmp_path / "interview.abc")
    assert document is None
    assert problems[0].rule == "unsupported-file"
    assert ".docx" in problems[0].hint


# Real files


@pytest.mark.parametrize("name", ["Ana", "David", "Jessica"])
def test_a_real_interview_gives_the_same_turns_from_word_and_from_text(shared: Path, name: str) -> None:
    folder = shared / "interop" / "transcripts"
    versions = [read_document(folder / f"{name}{suffix}")[0] for suffix in (".docx", ".txt")]
    assert all(version is not None and version.speakers == ("Researcher 1", name) for version in versions)
    turns = [text_structure(v.text, speakers=True).paragraphs for v in versions if v is not None]
    assert [t.speaker for t in turns[0]][1:] == [t.speaker for t in turns[1]][1:]
    texts = [
        [v.text[t.body : t.end] for t in ts if not t.is_heading][-70:]
        for v, ts in zip(versions, turns, strict=True)
        if v
    ]
    assert sum(a == b for a, b in zip(*texts, strict=True)) >= 55


def test_real_german_transcripts_give_their_speakers(shared: Path) -> None:
    expected = {"1": ("I", "S2", "S1"), "2": ("I", "S3", "S4"), "3": ("I", "S5", "S6")}
    for number, speakers in expected.items():
        name = f"NodeGrade_paper_ECSEE_qualitative_data_interview{number}_german.docx"
        document, problems = read_document(shared / "interop" / "transcripts" / name)
        assert document is not None
        assert (document.speakers, problems) == (speakers, [])


def test_a_real_report_is_mended_and_every_repair_told(shared: Path) -> None:
    (path,) = (shared / "study").glob("001_*.txt")
    document, problems = read_document(path)
    assert document is not None
    assert problems == []
    headings = text_structure(document.text).headings
    assert {h.number.count(".") + 1 == h.level for h in headings if re.match(r"\d+(\.\d)? [^.]*$", h.title)} == {True}
    assert not re.search(r"[*<>]|^---|\S-$", document.text, re.MULTILINE)
    assert sum("footnote" in repair for repair in document.repairs) == 5
    assert sum("rejoined" in repair for repair in document.repairs) == 12
    assert sum("→" in repair for repair in document.repairs) == 3


def test_study_text_read_again_is_the_same_text(shared: Path) -> None:
    paths = [*(shared / "study").glob("*.txt"), *(shared / "interop" / "transcripts").iterdir()]
    for path in paths:
        document, _ = read_document(path)
        assert document is not None
        assert read(document.text).text == document.text
