"""What a file is goes by what it holds; its name only decides between formats that look alike."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.readers import can_read, holds_text, read_document, read_document_bytes
from corpus.readers.contents import is_junk, kind_of
from corpus.readers.document import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "Vi har få sager."
RTF = b"{\\rtf1\\ansi Vi har f\\'e5 sager.\\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = "<!DOCTYPE html>\n<html><head><title>x</title></head><p>Vi har få sager.</p></html>".encode()


def archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


DOCX = archive(
    word__document_xml=f"<w:document {W}><w:body><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></w:body></w:document>"
)
ODT = archive(
    mimetype="application/vnd.oasis.opendocument.text",
    content_xml='<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    f"<o:body><o:text><t:p>{SAID}</t:p></o:text></o:body>"
    "</o:document-content>",
)  # fmt: skip


def read(data: bytes, suffix: str) -> Document:
    document, problems = read_document_bytes(data, suffix, f"fil{suffix}")
    assert document is not None, problems
    return document


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".odt", ".rtf", ".html", ".md", "", ".bin"])
@pytest.mark.parametrize("data", [DOCX, ODT, RTF, HTML], ids=["docx", "odt", "rtf", "html"])
def test_a_document_is_read_as_what_it_is_whatever_its_name(data: bytes, suffix: str) -> None:
    assert read(data, suffix).text == "Vi har få sager.\n"


def test_a_wrong_name_is_told_and_a_right_one_is_not() -> None:
    assert read(DOCX, ".txt").repairs[0] == "the file is called .txt, but it is a Word document, and was read as that"
    assert read(RTF, "").repairs[0].endswith("it was read as an RTF document")
    assert [read(data, suffix).repairs for data, suffix in ((DOCX, ".docx"), (RTF, ".rtf"), (HTML, ".htm"))] == [()] * 3


def test_text_with_the_suffix_of_a_word_processor_is_read_as_text() -> None:
    document = read("Vi har få sager.".encode("cp1252"), ".docx")
    assert document.text == "Vi har få sager.\n"
    assert "plain text" in document.repairs[0]


def test_text_of_an_unknown_suffix_is_read_when_it_is_asked_for_by_name(tmp_path: Path) -> None:
    path = tmp_path / "referat.notat"
    path.write_text("Vi har få sager.", encoding="utf-8")
    assert (can_read(path), holds_text(path)) == (False, True)
    document, problems = read_document(path)
    assert document is not None and problems == []
    assert document.text == "Vi har få sager.\n"
    assert document.repairs == ("the suffix .notat is not known: it was read as plain text",)


def test_markdown_keeps_its_own_reader_though_it_looks_like_text() -> None:
    assert read(b"Et **ord**.", ".md").text == "Et ord.\n"


@pytest.mark.parametrize(
    ("data", "name", "advice"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), ".doc", "--convert-to docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "take the password off"),
        (b"SQLite format 3\x00 ...", "a database", "import-project"),
        (archive(**{"project.qde": "<x/>"}), "REFI-QDA", "import-project"),
        (b"\x89PNG\r\n\x1a\n", "picture", "OCR"),
        (b"\xff\xd8\xff\xe0", "picture", "OCR"),
        (b"ID3\x04\x00", "sound", "transcript"),
        (b"\x00\x00\x00\x20ftypM4A ", "recording", "transcript"),
        (archive(**{"a.txt": "x"}), "zip archive", "Unpack"),
        (archive(mimetype="application/epub+zip"), "e-book", "save it as docx"),
        (b"From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\nx", "mht", "save it as docx"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_the_way_out(data: bytes, name: str, advice: str) -> None:
    for suffix in (".txt", ".doc", ""):
        document, problems = read_document_bytes(data, suffix, "mappe/fil")
        assert document is None
        assert (problems[0].file, problems[0].rule) == (
            "mappe/fil", "unreadable-file" if suffix == ".txt" else "unsupported-file"
        )  # fmt: skip
        assert name in problems[0].message
        assert advice in problems[0].hint


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHej", ".vtt"),
        ("\ufeffWEBVTT - Zoom\n\n", ".vtt"),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nHej\r\n", ".srt"),
        ("<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE html PUBLIC 'x'>", ".html"),
        ("  <html lang='da'>", ".html"),
        ("{\\rtf1 x}", ".rtf"),
    ],
)
def test_texts_with_a_structure_of_their_own_are_known_by_their_beginning(text: str, suffix: str) -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        kind = kind_of(text.encode(encoding))
        if suffix != ".rtf" or encoding == "utf-8":
            assert kind is not None and kind.suffix == suffix


@pytest.mark.parametrize(
    "text",
    ["1. Hvad gør I?\n00:01 begynder det", "<3 sagde hun", "WEBVTTER er sjældne", "HTML er et sprog", "<b>x</b>"],
)
def test_ordinary_text_is_not_taken_for_something_else(text: str) -> None:
    assert kind_of(text.encode()) is None


def test_what_programs_leave_behind_is_junk_and_interviews_are_not() -> None:
    junk = (
        ".DS_Store",
        "Thumbs.db",
        "~$leder.docx",
        "desktop.ini",
        "__MACOSX",
        ".~lock.leder.odt#",
        "a.part",
        "b.txt~",
    )
    assert all(map(is_junk, junk))
    assert not any(map(is_junk, ("leder.docx", "Thumbs up.txt", "interview", "a.tmpl", "README.md")))
