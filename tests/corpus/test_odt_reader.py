"""OpenDocument texts: the same words and structure as a Word document gives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.readers import read_document, read_document_bytes
from corpus.readers.document import Document

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def odt(body: str, styles: str = "", locked: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
        content += f"<office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{content}</office:document-content>")
        if locked:
            archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    return file.getvalue()


def read(body: str, styles: str = "") -> Document:
    document, problems = read_document_bytes(odt(body, styles), ".odt", "f.odt")
    assert document is not None, problems
    assert problems == []
    return document


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_headings_paragraphs_and_spaces_are_as_they_look() -> None:
    body = (
        '<text:h text:outline-level="2">Økonomi</text:h>'
        + p("Ingen\n  rolle<text:s text:c='3'/>her.")
        + p("Ord<text:tab/>ord<text:line-break/>næste linje.")
    )
    assert read(body).text == "## Økonomi\n\nIngen rolle her.\n\nOrd ord\nnæste linje.\n"


def test_a_title_gives_the_document_its_title() -> None:
    style = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    document = read(p("Interview, Birkeby", "P1") + p("x."), style)
    assert (document.title, document.text) == ("Interview, Birkeby", "# Interview, Birkeby\n\nx.\n")


LIST = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
)


def items(name: str, *words: str, more: str = "") -> str:
    inside = "".join(w if w.startswith("<") else f"<text:list-item>{p(w)}</text:list-item>" for w in words)
    return f'<text:list text:style-name="{name}" {more}>{inside}</text:list>'


def test_lists_have_the_numbers_and_bullets_that_are_printed() -> None:
    under = f"<text:list><text:list-item>{p('under')}</text:list-item></text:list>"
    inner = f"<text:list-item>{p('to')}{under}</text:list-item>"
    body = items("N", "et", inner) + p("Imellem.") + items("B", "punkt") + p("Så.")
    body += items("N", "tre", more='text:continue-numbering="true"') + p("Og.") + items("N", "forfra")
    assert read(body, LIST).text == (
        "1. et\n2. to\n  a) under\n\nImellem.\n\n- punkt\n\nSå.\n\n3. tre\n\nOg.\n\n1. forfra\n"
    )


def test_footnotes_stand_behind_their_paragraph() -> None:
    note = "<text:note text:note-class='{0}'><text:note-citation>9</text:note-citation>"
    note += "<text:note-body>{1}</text:note-body></text:note>"
    body = p(f"Tallet er 60{note.format('footnote', p('Kilde.'))}.") + p(
        f"Slut{note.format('endnote', p('Se også.'))}."
    )
    assert read(body).text == "Tallet er 60 [1].\n\n[1] Kilde.\n\nSlut [i].\n\n[i] Se også.\n"


def test_a_table_is_a_line_for_each_row_with_its_footnotes_behind() -> None:
    def row(*cells: str) -> str:
        inside = "".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    note = f"<text:note><text:note-body>{p('Note.')}</text:note-body></text:note>"
    body = f"<table:table><table:table-header-rows>{row('Tema', 'Svar')}</table:table-header-rows>"
    body += f"{row('Økonomi', f'Ingen{note}')}</table:table>"
    assert (
        read(p("Før.") + body + p("Efter.")).text == "Før.\n\nTema | Svar\nØkonomi | Ingen [1]\n\n[1] Note.\n\nEfter.\n"
    )


def test_tracked_changes_are_accepted_and_comments_and_hidden_text_left_out_and_told() -> None:
    changes = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('slettet')}</text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    body = changes + p(
        "Det er <text:change-start/>meget <text:change-end/><text:change/>godt<office:annotation>"
        f"{p('Hm')}</office:annotation>.<text:span text:style-name='H'>skjult</text:span>"
    )
    document = read(body, hidden)
    assert document.text == "Det er meget godt.\n"
    said = " ".join(document.repairs)
    assert "1 insertion kept, 1 deletion left out" in said
    assert "1 comment" in said and "1 piece of hidden text" in said


def test_words_that_were_deleted_but_still_stand_in_the_text_are_left_out() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion/></text:changed-region>"
        "<text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body = p(
        "Det er <text:change-start text:change-id='c2'/>meget <text:change-end text:change-id='c2'/>"
        "<text:change-start text:change-id='c1'/>slet <text:span>ikke </text:span>"
        "<text:change-end text:change-id='c1'/>godt."
    )
    assert read(changes + body).text == "Det er meget godt.\n"


def test_page_ends_that_the_file_knows_become_pages() -> None:
    body = p("Første side.") + "<text:soft-page-break/>" + p("Anden side går <text:soft-page-break/>over på tredje.")
    document = read(body)
    assert document.text == "Første side.\n\nAnden side går over på tredje.\n"
    assert [(place.value, document.text[place.start :].split()[0]) for place in document.places] == [
        ("1", "Første"), ("2", "Anden"), ("3", "over"),
    ]  # fmt: skip


def test_contents_are_left_out_text_boxes_and_sections_are_read() -> None:
    contents = f"<text:table-of-content><text:index-body>{p('Økonomi 3')}</text:index-body></text:table-of-content>"
    box = f"<draw:frame><draw:text-box>{p('I boksen.')}</draw:text-box></draw:frame>"
    document = read(contents + f"<text:section>{p('Se her' + box + '.')}</text:section>")
    assert document.text == "Se her.\n\nI boksen.\n"
    assert "table of contents (1 line)" in document.repairs[0]


def test_bold_paragraphs_are_headings_where_there_are_no_others() -> None:
    look = '<style:text-properties fo:font-weight="bold"/>'
    bold = f'<style:style style:name="F" style:family="paragraph">{look}</style:style>'
    body = p("Økonomi", "F") + p("Ingen rolle.") + p("Kultur", "F") + p("Den er god.")
    assert read(body, bold).text == "## Økonomi\n\nIngen rolle.\n\n## Kultur\n\nDen er god.\n"


def test_a_flat_file_and_a_locked_one() -> None:
    body = f"<office:body><office:text>{p('Vi har få sager.')}</office:text></office:body>"
    flat = f"<office:document {NAMES}>{body}</office:document>"
    document, _ = read_document_bytes(flat.encode(), ".fodt", "f")
    assert document is not None and document.text == "Vi har få sager.\n"
    document, problems = read_document_bytes(odt(p("x"), locked=True), ".odt", "f")
    assert document is None and "password" in problems[0].message


def test_a_real_file_of_another_tool(shared: Path) -> None:
    document, problems = read_document(shared / "interop" / "exports" / "qualcoder-examples" / "ID2.odt")
    assert document is not None
    assert (problems, document.repairs) == ([], ())
    assert len(document.text.split("\n\n")) == 3 and "€200.00" in document.text


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_a_file_that_is_cut_off_is_refused_by_its_name(cut: float) -> None:
    data = odt(p("Vi har få sager. ") * 50)
    document, problems = read_document_bytes(data[: int(len(data) * cut)], ".odt", "mappe/f.odt")
    assert document is None
    assert problems[0].file == "mappe/f.odt" and "damaged" in problems[0].message
