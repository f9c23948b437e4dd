"""One document gives the same text from every format that LibreOffice can save it in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.readers import read_document

docx = pytest.importorskip("docx")


def make_document(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Interview i Birkeby", 0)
    document.add_heading("Økonomi", 1)
    paragraph = document.add_paragraph("Der er ½ stilling – og “mange” sager, § 7. 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" kr. og ").bold = True
    paragraph.add_run("hemmeligt ").font.hidden = True
    paragraph.add_run("slut med 漢字 og 😀.")
    document.add_heading("Årsag", 2)
    for style in ("List Bullet", "List Number"):
        document.add_paragraph("et punkt", style=style)
        document.add_paragraph("et til", style=style)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Tema", "Svar", "Økonomi", "Ingen rolle"), strict=True):
        cell.text = words
    document.add_paragraph("Linje\tmed tab").add_run().add_break()
    document.add_paragraph("Før sidebrud.")
    document.add_page_break()
    for number in range(40):
        document.add_paragraph(f"Afsnit {number}: Sagsbehandlerne har omkring halvtreds sager hver, og det er færre.")
    document.save(str(path))


@pytest.mark.office
def test_odt_rtf_and_html_of_one_document_give_the_text_of_its_docx(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    make_document(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for format in ("odt", "fodt", "rtf", "html"):
        words = [
            office,
            profile,
            "--headless",
            "--convert-to",
            format,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.docx"),
        ]
        subprocess.run(words, check=True, capture_output=True, timeout=180)
    whole, _ = read_document(tmp_path / "a.docx")
    assert whole is not None and "hemmeligt" not in whole.text
    for format in ("odt", "fodt", "rtf"):
        document, problems = read_document(tmp_path / f"a.{format}")
        assert document is not None and problems == []
        assert (document.text, document.title) == (whole.text, whole.title), format
    page, _ = read_document(tmp_path / "a.html")
    assert page is not None
    assert page.text.replace("Interview i", "# Interview i", 1) == whole.text  # html does not say what a title is
    pages, _ = read_document(tmp_path / "a.odt")
    assert pages is not None
    assert {place.value for place in pages.places} >= {"1", "2"}
