"""Transcripts that were set as a table in a word processor: its rows are turns, and other tables stay tables."""

from __future__ import annotations

import io

import docx
import pytest

from corpus.readers import read_document_bytes
from corpus.readers.document import Document


def word_file(rows: list[list[str]]) -> Document:
    """A Word document that holds this table, read; a line end in a cell is a new paragraph there."""
    file = docx.Document()
    file.add_paragraph("Interview i Birkeby")
    table = file.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
    data = io.BytesIO()
    file.save(data)
    document, problems = read_document_bytes(data.getvalue(), ".docx", "x.docx")
    assert document is not None, problems
    return document


def test_columns_of_time_speaker_and_words_are_turns_with_times():
    long = "Jeg er leder.\nOg sagsbehandler. " + "Vi har mange sager. " * 20
    rows = [["Tid", "Taler", "Udsagn"], ["00:00:03", "Anna", "Hvad laver du?"], ["00:00:08", "Bo:", long]]
    document = word_file(rows)
    assert document.text.startswith(
        "Interview i Birkeby\n\nAnna: Hvad laver du?\n\nBo: Jeg er leder.\n\nOg sagsbehandler. Vi"
    )
    assert (document.kind, document.speakers) == ("transcript", ("Anna", "Bo"))
    assert [place.value for place in document.places] == ["0:00:03", "0:00:08"]
    assert any("Tid | Taler | Udsagn" in repair for repair in document.repairs)


def test_two_columns_of_speakers_and_words_are_turns():
    document = word_file([["I:", "Hvad laver du?"], ["B:", "Jeg er leder."], ["I:", "Godt"], ["B:", "Ja, i ti år."]])
    assert document.text.endswith("I: Hvad laver du?\n\nB: Jeg er leder.\n\nI: Godt\n\nB: Ja, i ti år.\n")


def test_times_from_and_to_and_numbers_of_rows_are_no_words():
    document = word_file([["1", "0:00,0 - 0:12,3", "Hej med dig", "Anna"], ["2", "0:12,3 - 0:15,0", "Hej", "Bo"],
                          ["3", "0:15,3 - 0:18,0", "Farvel du", "Anna"]])  # fmt: skip
    assert document.text.endswith("\n\nAnna: Hej med dig\n\nBo: Hej\n\nAnna: Farvel du\n")
    assert [place.value for place in document.places] == ["0:00:00", "0:00:12", "0:00:15"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Kommune", "Svar"], ["Birkeby", "Mange får fleksjob her"], ["Askhavn", "Få får fleksjob der"]],
        [["09:00", "Velkomst og kaffe"], ["09:30", "Oplæg ved lederen"], ["11:00", "Frokost i kantinen"]],
        [["Tema", "Få", "Mange"], ["Penge", "Ingen mangler", "Alle mangler"], ["Folk", "Nok", "For få"]],
        [["1", "2009"], ["2", "2010"], ["3", "2011"]],
    ],
)
def test_other_tables_stay_tables(rows):
    document = word_file(rows)
    assert "\n".join(" | ".join(row) for row in rows) in document.text
    assert (document.kind, document.places) == ("summary", ())
