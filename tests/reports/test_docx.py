"""matrix.docx holds the table that a researcher pastes into a report, and Word and LibreOffice can show it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import msgspec
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from report_values import CODINGS, SOURCES, coded_study, same_as_gold, settings, source, view

from coding.checks import check_study
from coding.coding import Coding
from corpus.new_study import copy_study
from reports.docx import column_widths, docx_bytes, row_height
from reports.outputs import outputs
from reports.view import ReportView
from reports.word_file import TEXT_WIDTH

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"


def opened(shown: ReportView | None = None) -> WordDocument:
    return Document(io.BytesIO(docx_bytes(shown or view())))


def said(paragraph: Paragraph) -> str:
    """The words of a paragraph, those of its fields too."""
    parts = paragraph._p.iter(qn("w:t"), qn("w:tab"))
    return "".join(
        "→" if part.tag == qn("w:tab") else part.text or "" for part in parts if part.getparent().tag == qn("w:r")
    )


def lines(document: WordDocument) -> Iterator[str]:
    """The document as text: each paragraph with its style, each cell indented under its row."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for n, row in enumerate(block.rows):
                yield f"row {n}"
                for cell in row.cells:
                    yield from (f"  [{p.style.name}] {said(p)}" for p in cell.paragraphs)
        else:
            yield f"[{block.style.name}] {said(block)}"
    yield from (f"[{p.style.name}] {said(p)}" for p in document.sections[0].footer.paragraphs)


def cell_text(document: WordDocument, row: int, column: int) -> list[str]:
    return [said(p).replace("\u00a0", " ") for p in document.tables[0].cell(row, column).paragraphs]


def text_of(document: WordDocument) -> str:
    return "\n".join(lines(document)).replace("\u00a0", " ")


def test_the_document_reads_as_it_should() -> None:
    same_as_gold("matrix_document.txt", "\n".join(lines(opened())).replace("\u00a0", "~") + "\n")


def test_a_cell_holds_its_count_what_holds_for_the_others_and_cited_excerpts() -> None:
    assert cell_text(opened(), 1, 1) == [
        "Nævnt hos én ud af to",
        "Øvrige: én ikke spurgt (Elmsted)",
        "»Økonomien spiller ingen rolle. Budgettet er stramt, men det«",
        "Birkeby, leder, afsnit 1 · referat",
        "»Budgettet er stramt«",
        "Birkeby, leder, afsnit 1 · referat",
    ]
    assert cell_text(opened(), 1, 2)[-1] == "Askhavn, leder, afsnit 2", "words from a transcript are the informant's"


def test_a_constructed_study_says_so_before_the_table_and_on_every_page() -> None:
    assert [p.text for p in opened().paragraphs[:2]][1].startswith("Konstrueret eksempel.")
    assert "Konstrueret eksempel." in said(opened().sections[0].footer.paragraphs[0])
    real = opened(view(coded_study(settings=settings(constructed=False))))
    assert "Konstrueret" not in text_of(real)


def test_the_notes_say_what_a_reader_of_the_table_needs_and_nothing_of_other_files() -> None:
    shown = text_of(opened())
    needed = (
        "(n = 2): Birkeby og Elmsted", "En case er spurgt, når", "Nævneren er de cases", "mærket »referat«",
        "2 tematiserede referater og én udskrift", "kodninger af Ana Holm", "crosscase build --check",
    )  # fmt: skip
    assert [text for text in needed if text not in shown] == []
    for elsewhere in ("csv", "står under »Uddrag«", "Bo Lind"):
        assert elsewhere not in shown


def test_only_states_that_the_table_names_are_explained() -> None:
    assert "ikke spurgt: Kilderne er læst" in text_of(opened())
    assert "uvist: Casen har ingen kilde" not in text_of(opened())


def test_what_a_study_says_of_itself_stands_with_its_material() -> None:
    described = opened(view(coded_study(settings=settings(description="Ni kommuner, foråret 2009."))))
    assert "Materiale→Ni kommuner, foråret 2009." in text_of(described)


def test_errors_that_were_left_out_are_told() -> None:
    assert "Studiet har 2 fejl" in text_of(opened(view(n_errors=2)))


def test_the_language_of_the_study_is_that_of_words_quotation_marks_and_proofing() -> None:
    for language, tag, quote, page in (("da", "da-DK", "»Den betyder alt.«", "Side 1 af 1"),
                                       ("en", "en-GB", "“Den betyder alt.”", "Page 1 of 1")):  # fmt: skip
        document = opened(view(coded_study(settings=settings(language=language))))
        shown = text_of(document)
        assert quote in shown and page in shown
        assert document.core_properties.language == tag
        assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {tag}


def test_the_page_is_landscape_and_the_header_row_comes_again() -> None:
    document = opened()
    section, table = document.sections[0], document.tables[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(TEXT_WIDTH * 635)
    rows = [row._tr for row in table.rows]
    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True, False, False, False]
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in rows)


def test_the_table_can_be_read_aloud_and_restyled() -> None:
    document = opened()
    table = document.tables[0]._tbl.tblPr
    assert table.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Sammenligningsmatrix: Prøve")
    assert table.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Hver celle siger")
    assert table.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Noter til tabellen"]
    body = document.element.body
    assert [e for name in ("sz", "color", "rFonts", "b", "i") for e in body.iter(qn(f"w:{name}"))] == [], (
        "styles decide"
    )
    known = {style.style_id for style in document.styles}
    used = {e.get(qn("w:val")) for name in ("pStyle", "rStyle", "tblStyle") for e in body.iter(qn(f"w:{name}"))}
    assert used <= known


def test_fonts_are_named_once_and_are_on_every_computer() -> None:
    fonts = {font for e in opened().styles.element.iter(qn("w:rFonts")) for font in e.attrib.values()}
    assert fonts == {"Arial"}


def test_counts_and_citations_are_not_torn_apart() -> None:
    shown = "\n".join(lines(opened()))
    assert "(n\u00a0=\u00a02)" in shown
    assert "afsnit\u00a01\u00a0·\u00a0referat" in shown


@pytest.mark.parametrize("n", range(1, 25))
def test_columns_fill_the_page_and_those_of_groups_are_equal(n: int) -> None:
    first, *groups = column_widths(n)
    assert first + sum(groups) == TEXT_WIDTH
    assert len(set(groups)) == 1 and len(groups) == n
    assert n > 5 or min(groups) > 2500, "44 mm, enough for a long Danish word"


def test_a_row_higher_than_a_page_may_be_divided_and_holds_all_its_words() -> None:
    text = "En sætning, der aldrig hører op, " * 200 + "slut."
    long = source("birkeby-lang", "birkeby", text, ("leder",))
    coding = Coding("long", "ana", long.id, "oekonomi", 0, len(text), text)
    shown = view(coded_study((coding, *CODINGS[3:]), (*SOURCES, long)))
    assert row_height(shown.rows[0], (2200, 6185, 6185)) > 10_000 > row_height(shown.rows[1], (2200, 6185, 6185))
    document = opened(shown)
    assert [bool(row._tr.findall(f".//{qn('w:cantSplit')}")) for row in document.tables[0].rows[1:3]] == [False, True]
    assert f"»{text}«" in cell_text(document, 1, 1)


def test_a_study_without_codings_or_without_themes_still_makes_a_document() -> None:
    assert cell_text(opened(view(coded_study(()))), 1, 1) == [
        "Ingen har nævnt det",
        "Én spurgt uden svar (Birkeby); én ikke spurgt (Elmsted)",
    ]
    empty = opened(msgspec.structs.replace(view(), rows=(), columns=(), banners=(view().words.empty_matrix,)))
    assert empty.tables == []
    assert "Matrixen er tom" in text_of(empty)
    assert "Matrixen er tom" not in said(empty.sections[0].footer.paragraphs[0])


ODD = "Side\x0cskift \x00\x01 _x0041_ \ufffe\ud800 =1+1 <w:p/> ]]> &amp; 🙂 \u202e og\ttab"


def test_no_words_can_break_the_file() -> None:
    odd = source("birkeby-odd", "birkeby", ODD, ("leder",))
    coding = Coding("odd", "ana", odd.id, "oekonomi", 0, len(ODD), ODD)
    document = opened(view(coded_study((coding,), (*SOURCES, odd), settings(title=ODD * 9, description=ODD))))
    assert (
        cell_text(document, 1, 1)[2]
        == "»Side skift \ufffd\ufffd _x0041_ \ufffd\ufffd =1+1 <w:p/> ]]> &amp; 🙂 \u202e og tab«"
    )
    assert len(document.core_properties.title) <= 255


@hypothesis.settings(deadline=None, max_examples=30)
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_words_give_parts_that_are_well_formed(text: str) -> None:
    shown = view()
    row = msgspec.structs.replace(shown.rows[0], label=text)
    data = docx_bytes(msgspec.structs.replace(shown, title=text, facts=text, banners=(text,), rows=(row,)))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            etree.fromstring(parts.read(name))


def test_equal_studies_give_equal_bytes_without_times_or_traces_of_the_library() -> None:
    data = docx_bytes(view())
    assert data == docx_bytes(view(coded_study()))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in parts.infolist()} == {zipfile.ZIP_STORED}, "zlib's builds differ"
        assert {info.create_system for info in parts.infolist()} == {3}
        names = parts.namelist()
        properties = parts.read("docProps/core.xml").decode()
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    assert len(names) == 8
    assert b"python-docx" not in data and b"thumbnail" not in data
    assert re.findall(r"\d{4}-\d\d-\d\d", properties) == []
    assert "<dc:creator>crosscase</dc:creator>" in properties


def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom report_values import view\nfrom reports.docx import docx_bytes\n"
        "Path(sys.argv[1]).write_bytes(docx_bytes(view()))"
    )
    here = Path(__file__).parent
    env = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(here)}
    file = tmp_path / "matrix.docx"
    subprocess.run([sys.executable, "-c", code, str(file)], cwd=here.parents[1], env=env, check=True)
    assert file.read_bytes() == docx_bytes(view())


def pdf_pages(data: bytes, folder: Path) -> list[str]:
    """The text of each page as LibreOffice shows the document, laid out as on paper; skips where it is missing."""
    for program in ("soffice", "pdftotext", "pdfinfo"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (LibreOffice, poppler-utils)")
    (folder / "matrix.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "matrix.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-layout", "matrix.pdf", "-"], cwd=folder, check=True, capture_output=True
    ).stdout.decode()
    return text.split("\f")[:-1]


@pytest.mark.office
def test_on_paper_every_page_of_the_table_is_landscape_with_its_header(tmp_path: Path) -> None:
    copy_study(EXAMPLE, tmp_path / "study")
    coded, _ = check_study(tmp_path / "study")
    pages = pdf_pages(outputs(coded, ("ana",), ("matrix.docx",))["matrix.docx"], tmp_path)
    assert len(pages) > 2
    info = subprocess.run(["pdfinfo", tmp_path / "matrix.pdf"], check=True, capture_output=True).stdout.decode()
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    assert size and (round(float(size[1])), round(float(size[2]))) == (842, 595)
    labels = coded.study.settings.groups.labels.values()
    header = re.compile(r"Tema\s+" + r"\s+".join(re.escape(label) + r" \(n.=.\d\)" for label in labels))
    of_table = [page for page in pages if "»" in page and "Nævnt" in page]
    assert len(of_table) > 2
    for page in of_table:
        assert header.search(page)
    assert "Sammenligningsmatrix" in pages[0] and "Sammenligningsmatrix" not in pages[1]
    for n, page in enumerate(pages, 1):
        assert f"Side {n} af {len(pages)}" in page
        assert "Konstrueret eksempel" in page
    whole = "\n".join(pages)
    assert [theme.label for theme in coded.codebook.active_themes if theme.label.split()[0] not in whole] == []
    assert "Noter til tabellen" in whole


@pytest.mark.office
def test_on_paper_a_row_higher_than_a_page_loses_no_words(tmp_path: Path) -> None:
    text = " ".join(f"Ord{n}" for n in range(1500)) + "."
    long = source("birkeby-lang", "birkeby", text, ("leder",))
    coding = Coding("long", "ana", long.id, "oekonomi", 0, len(text), text)
    pages = pdf_pages(docx_bytes(view(coded_study((coding,), (*SOURCES, long)))), tmp_path)
    shown = "\n".join(pages).split()
    assert [f"Ord{n}" for n in range(1, 1499) if f"Ord{n}" not in shown] == []
