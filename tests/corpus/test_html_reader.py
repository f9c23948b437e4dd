"""Web pages: what is meant to be read, with its structure, and nothing of what surrounds it."""

from __future__ import annotations

import pytest

from corpus.readers import read_document_bytes
from corpus.readers.document import Document


def read(body: str, head: str = "<title>Side</title>") -> Document:
    return read_bytes(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def read_bytes(data: bytes, encoding: str = "") -> Document:
    document, problems = read_document_bytes(data, ".html", "f.html", encoding)
    assert document is not None, problems
    assert problems == []
    return document


def test_headings_paragraphs_and_line_breaks() -> None:
    document = read(
        "<h2>Økonomi &amp;\n  budget</h2><p>Ingen\n <b>rolle</b><br>Næste&nbsp;linje.</p>Løs tekst<div>Mere.</div>"
    )
    assert document.text == "## Økonomi & budget\n\nIngen rolle\nNæste linje.\n\nLøs tekst\n\nMere.\n"


def test_the_title_of_the_page_is_the_documents_where_no_heading_is() -> None:
    assert read("<p>Vi har få sager.</p>").title == "Side"
    assert read("<h1>Interview</h1><p>Vi har få sager.</p>").title == "Interview"


def test_lists_are_numbered_as_a_browser_shows_them() -> None:
    body = "<ul><li>et<li>to<ol type=a start=3><li>under</li><li value=9>igen</li></ol></ul>"
    body += "<ol><li><p>første</p></li></ol>"
    assert read(body).text == "- et\n- to\n  c. under\n  i. igen\n1. første\n"


def test_a_table_is_a_line_for_each_row_and_one_for_layout_gives_paragraphs() -> None:
    body = "<table><caption>Svar</caption><tr><th>Tema<th>Svar<tr><td>Økonomi<td><p>Ingen</p><p>rolle</p></table>"
    assert read(body).text == "Svar\n\nTema | Svar\nØkonomi | Ingen rolle\n"
    prose = "Vi har i kommunen valgt at lægge vægt på en tidlig indsats over for de sygemeldte borgere. " * 3
    layout = f"<table><tr><td>Menu</td><td><h2>A</h2><p>{prose}</p><p>{prose}</p></td></tr></table>"
    assert read(layout).text == f"Menu\n\n## A\n\n{prose.strip()}\n\n{prose.strip()}\n"


def test_scripts_menus_and_what_is_hidden_are_no_text_and_what_had_words_is_told() -> None:
    body = (
        "<nav>Forside Om os</nav><script>x</script><style>y</style><noscript>z</noscript><p hidden>skjult</p>"
        "<p style='display: none'>skjult</p><button>Del</button><p>Det er <del>ikke </del><ins>meget </ins>godt.</p>"
    )
    document = read(body)
    assert document.text == "Det er meget godt.\n"
    said = " ".join(document.repairs)
    assert all(
        words in said for words in ("navigation of the web page (3 words)", "2 pieces of hidden", "1 deletion left out")
    )


def test_beside_the_main_part_head_and_foot_of_the_page_go() -> None:
    page = "<header>Avisen</header><main><header>Interview</header><p>Ord.</p></main><footer>Kontakt</footer>"
    assert read(page).text == "Interview\n\nOrd.\n"
    assert read(page.replace("main>", "div>")).text == "Avisen\n\nInterview\n\nOrd.\n\nKontakt\n"


WORD_NOTE = (
    "<p class=MsoNormal>Tallet er 60<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>[1]</a>.</p>"
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
    "<a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Kilde: årsrapport.</p></div></div>"
)
LIBRE_NOTE = (
    "<p>Tallet er 60<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a>.</p>"
    "<div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>1</a>"
    "Kilde: årsrapport.</p></div>"
)
PANDOC_NOTE = (
    "<p>Tallet er 60<a href='#fn1' class='footnote-ref' id='fnref1'><sup>1</sup></a>.</p><section><hr><ol><li id='fn1'>"
    "<p>Kilde: årsrapport.<a href='#fnref1' class='footnote-back'>↩︎</a></p></li></ol></section>"
)
WIKI_NOTE = (
    "<p>Tallet er 60<sup id='cite_ref-1'><a href='#cite_note-1'>[1]</a></sup>.</p><ol><li id='cite_note-1'>"
    "<span><a href='#cite_ref-1'>↑</a></span> <span>Kilde: årsrapport.</span></li></ol>"
)


@pytest.mark.parametrize(
    "page", [WORD_NOTE, LIBRE_NOTE, PANDOC_NOTE, WIKI_NOTE], ids=["word", "libre", "pandoc", "wiki"]
)
def test_footnotes_of_every_program_stand_behind_their_paragraph(page: str) -> None:
    assert read(f"{page}<p>Næste.</p>").text == "Tallet er 60 [1].\n\n[1] Kilde: årsrapport.\n\nNæste.\n"


def test_ordinary_links_inside_the_page_are_words() -> None:
    page = "<p><a href='#a'>Til A</a></p><p id=a>A <a href='#top'>op</a></p>"
    assert read(page).text == "Til A\n\nA op\n"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>", "iso8859-15"),
        ("<meta charset=x-mac-roman>", "mac_roman"),
        ("<meta charset=macintosh>", "mac_roman"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("<meta charset=utf-8>", "cp1252"),
        ("", "cp1252"),
        ("", "utf-16"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=findes-ikke>", "cp1252"),
    ],
)
def test_letters_are_right_whatever_the_page_says_of_itself(declared: str, encoding: str) -> None:
    text = "Vi forstår på kontoret, at der er få sager, og det er gået – sådan da."
    page = f"<html><head>{declared}</head><body><p>{text}</p></body></html>"
    data = page.encode(encoding, "ignore")
    assert read_bytes(data).text.split() == text.encode(encoding, "ignore").decode(encoding).split()


def test_numbers_of_signs_of_windows_are_those_signs() -> None:
    assert read("<p>&#147;ja&#148; &#150; &#8217; &aring; &#x61; &ukendt; &#0;</p>").text.startswith(
        "“ja” – ’ å a &ukendt;"
    )


def test_turns_of_a_transcript_and_preformatted_lines() -> None:
    turns = "".join(
        f"<p><b>{who}:</b> {said}</p>" for who, said in (("I", "Hvor?"), ("S", "Her."), ("I", "Nå."), ("S", "Ja."))
    )
    assert read(turns).speakers == ("I", "S")
    assert read("<pre>I: Hvor?\nS: Her.\n\nI: Nå.\nS: Ja.</pre>").text == "I: Hvor?\n\nS: Her.\n\nI: Nå.\n\nS: Ja.\n"


def test_tracked_contents_and_titles_of_a_page_that_word_saved() -> None:
    page = (
        "<p class=MsoTitle>Interview, Birkeby</p><p class=MsoToc1>1 Økonomi 3</p><h1>1 Økonomi<o:p></o:p></h1>"
        "<p class=MsoNormal>Ingen rolle<span style='mso-tab-count:1'>   </span>her.<o:p>&nbsp;</o:p></p>"
    )
    document = read(page)
    assert document.text == "# Interview, Birkeby\n\n# 1 Økonomi\n\nIngen rolle her.\n"
    assert document.title == "Interview, Birkeby"
    assert "contents (1 line)" in document.repairs[0]


def test_a_page_without_words_is_refused() -> None:
    document, problems = read_document_bytes(b"<html><script>x</script></html>", ".html", "mappe/f.html")
    assert document is None and problems[0].file == "mappe/f.html"


def test_a_transcript_in_a_table_gives_turns() -> None:
    turns = (("I", "Hvor mange?"), ("S", "Tres."), ("I", "Nå."), ("S", "Ja."))
    table = "".join(f"<tr><td>{who}</td><td><p>{said}</p></td></tr>" for who, said in turns)
    document = read(f"<table>{table}</table>")
    assert document.text == "I: Hvor mange?\n\nS: Tres.\n\nI: Nå.\n\nS: Ja.\n"
    assert document.speakers == ("I", "S")
