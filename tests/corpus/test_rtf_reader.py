"""RTF: every way to write a letter, and the same structure as a Word document gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read_document, read_document_bytes
from corpus.readers.document import Document

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset2 Symbol;}{\f3\fcharset77 Geneva;}"
    r"{\f4\fcharset128 MS Mincho;}}"
)
STYLES = (
    r"{\stylesheet{Normal;}{\s1\b heading 1;}{\s2 Overskrift 2;}{\s3\outlinelevel1 Min egen;}{\s4 Title;}{\s5 toc 1;}}"
)


def rtf(body: str, head: str = r"\ansi\ansicpg1252\uc1") -> bytes:
    return f"{{\\rtf1{head}{FONTS}{STYLES}{body}}}".encode("latin-1")


def read(body: str | bytes, head: str = r"\ansi\ansicpg1252\uc1") -> Document:
    data = body if isinstance(body, bytes) else rtf(body, head)
    document, problems = read_document_bytes(data, ".rtf", "f.rtf")
    assert document is not None, problems
    assert problems == []
    return document


@pytest.mark.parametrize(
    ("written", "head"),
    [
        (r"f\'f8rst\'e5r \'c6", r"\ansi\ansicpg1252"),
        (r"f\u248?rst\u229?r \u198?", r"\ansi\ansicpg1252\uc1"),
        (r"f\u248\'f8rst\u229\'e5r \u198\'c6", r"\ansi"),
        (r"f\uc0\u248 rst\u229 r \u198 ", r"\ansi\ansicpg1252\cocoartf2639"),
        (r"f{\uc2\u248 ab}rst{\uc0\u229}r \u198?", r"\ansi"),
        (r"f\'bfrst\'8cr \'ae", r"\mac"),
        (r"f\'9brst\'86r \'92", r"\pca"),
        (r"{\f3 f\'bfrst\'8cr} \'c6", r"\ansi\ansicpg1252"),
        (r"f\u-65288?rst\u229?r \u198?", r"\ansi"),
        (r"{\upr{fxrstxr X}{\*\ud{f\u248?rst\u229?r \u198?}}}", r"\ansi"),
        ("f\xf8rst\xe5r \xc6", r"\ansi"),
    ],
)
def test_a_letter_is_itself_however_it_is_written(written: str, head: str) -> None:
    assert read(written, head).text == "førstår Æ\n"


def test_raw_utf8_is_read_as_such() -> None:
    assert read("{\\rtf1\\ansi Vi forstår få.}".encode()).text == "Vi forstår få.\n"


def test_fonts_of_other_alphabets_and_signs() -> None:
    assert read(r"{\f1 \'b3\'f3d\'9f} {\f4 \'82\'a0\'82\'a2} \emdash \lquote x\rquote \~\u-10179?\u-8704?").text == (
        "łódź あい —‘x’ 😀\n"
    )


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30))
def test_any_text_written_by_numbers_comes_back(text: str) -> None:
    units = [int.from_bytes(pair, "little", signed=True) for pair in _pairs(f"x{text}x".encode("utf-16-le"))]
    written = "".join(f"\\u{unit}?" for unit in units)
    expected = read_document_bytes(f"x{text}x".encode(), ".txt", "f")[0]
    assert expected is not None
    assert "".join(read(written).text.split()) == "".join(expected.text.split()) or set("#*_-=~|<>[`") & set(text)


def _pairs(data: bytes) -> list[bytes]:
    return [data[i : i + 2] for i in range(0, len(data), 2)]


def test_headings_by_style_name_by_outline_level_and_title() -> None:
    body = r"\pard\s4 Interview\par\pard\s1 A\par\pard\s2 B\par\pard\s3 C\par\pard\outlinelevel2 D\par\pard Ord.\par"
    document = read(body)
    assert document.text == "# Interview\n\n# A\n\n## B\n\n## C\n\n### D\n\nOrd.\n"
    assert document.title == "Interview"


def test_line_ends_in_the_file_mean_nothing_and_a_backslash_before_one_is_a_paragraph() -> None:
    assert read("Vi\nhar f\\'e5.\\\nN\\'e6ste\\line linje.\\par").text == "Vihar få.\n\nNæste\nlinje.\n"


def test_lists_keep_the_sign_that_is_printed() -> None:
    body = r"\pard{\listtext\f2\'b7\tab}\ls1 et\par\pard{\listtext\f2\'b7\tab}\ls1 to\par"
    body += r"\pard{\pntext 1.\tab}f\'f8rste\par\pard{\listtext a)\tab}\ilvl1 under\par"
    assert read(body).text == "- et\n- to\n1. første\n  a) under\n"


def test_footnotes_and_endnotes_stand_behind_their_paragraph() -> None:
    body = r"Tallet{\super\chftn{\footnote\pard\plain{\super\chftn} Kilde: \i \'e5rsrapport.}} er 60."
    body += r"{\super\chftn}{\footnote\ftnalt{\super\chftn} Se ogs\'e5.}\par N\'e6ste.\par"
    assert read(body).text == "Tallet [1] er 60. [i]\n\n[1] Kilde: årsrapport.\n\n[i] Se også.\n\nNæste.\n"


def test_a_table_is_a_line_for_each_row() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {0}\cell {1}\cell\row"
    body = (
        r"F\'f8r.\par"
        + row.format("Tema", "Svar")
        + row.format(r"\'d8konomi", r"Ingen\par rolle")
        + r"\pard Efter.\par"
    )
    assert read(body).text == "Før.\n\nTema | Svar\nØkonomi | Ingen rolle\n\nEfter.\n"


def test_a_transcript_in_a_table_gives_turns() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {0}\cell {1}\cell\row"
    document = read(
        "".join(row.format(*turn) for turn in (("I", "Hvor mange?"), ("S", "Tres."), ("I", "Ja."), ("S", "Nej.")))
    )
    assert document.text == "I: Hvor mange?\n\nS: Tres.\n\nI: Ja.\n\nS: Nej.\n"


def test_what_is_no_text_is_left_out_and_told_where_it_was_words() -> None:
    body = (
        r"{\info{\title Nej}}{\header Nej}{\*\generator Nej}{\pict 0102}\pard\s5 Indhold 3\par\pard Synlig{\v  skjult}"
        r"{\deleted  slettet}{\revised  indsat}{\*\atnid A}{\chatn{\*\annotation Hm}}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt  linket}}{\*\bkmkstart b}.\par"
    )
    document = read(body)
    assert document.text == "Synlig indsat linket.\n"
    said = " ".join(document.repairs)
    assert all(
        word in said for word in ("1 insertion kept, 1 deletion", "1 piece of hidden", "1 comment", "contents (1 line)")
    )


def test_text_boxes_come_behind_their_paragraph_and_raised_digits_stay_raised() -> None:
    body = r"10{\super 6} kr.{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt I boksen.\par}}{\shprslt Nej}} Mere.\par"
    assert read(body).text == "10⁶ kr. Mere.\n\nI boksen.\n"


def test_bytes_that_a_picture_holds_are_passed_over() -> None:
    data = b"{\\rtf1\\ansi F\\'f8r {\\pict\\bin8 }}{{\\\\}}} efter.}"
    assert read(data).text == "Før efter.\n"


@pytest.mark.parametrize("data", [b"{\\rtf1 Vi har", b"{\\rtf1 {\\b Vi} {har", b"{\\rtf1"])
def test_a_file_that_is_cut_off_is_refused(data: bytes) -> None:
    document, problems = read_document_bytes(data, ".rtf", "f.rtf")
    assert document is None
    assert "cut off" in problems[0].message or "no words" in problems[0].message


@pytest.mark.parametrize(
    "body",
    [
        r"{\shptxt \ftnalt}x", r"\ansicpg1 x", r"{\fonttbl{\f0\cpg1 A;}}\f0 x", r"{\footnote {\footnote a}}x",
        r"\row\cell\row x",
        r"\u55357?x", r"\uc-5\u230?x", r"\bin-3 x", r"\ilvl-7{\listtext -}x", r"}}}x",
    ],
)  # fmt: skip
def test_what_broke_the_reader_once_or_could(body: str) -> None:
    read_document_bytes(rtf(body), ".rtf", "f.rtf")


def test_a_real_file_with_letters_by_number(shared: Path) -> None:
    document, problems = read_document(shared / "interop" / "encodings" / "1556_16292-utf8.rtf")
    text, _ = read_document(shared / "interop" / "encodings" / "1556_16296-cp1252.txt")
    assert document is not None and text is not None
    assert problems == []
    assert document.text.split() == text.text.split()
