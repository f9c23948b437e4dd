"""Every reader on hostile files: a document or a problem that names the file, and never an exception."""

from __future__ import annotations

import importlib
import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.problems import errors
from corpus.readers import READERS, TEXT_READERS, read_document_bytes

SUFFIXES = sorted(READERS)
MODULES = sorted(set(READERS.values()))
CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

SAID = "Vi har på kontoret prøvet at få færre sager, og det er gået – sådan da."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def packed(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def docx(body: str) -> bytes:
    return packed(word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def odt(body: str, mimetype: str = "application/vnd.oasis.opendocument.text") -> bytes:
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return packed(mimetype=mimetype, content_xml=content + "</office:document-content>")


def html(body: str) -> bytes:
    return f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>".encode()


def rtf(body: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}{body}}}".encode("cp1252", "replace")


def lines(count: int) -> str:
    return "\n".join(f"{SAID} {n}." for n in range(count))


@cache
def examples() -> dict[str, bytes]:
    """A small good file for each suffix that tests can write without another program; the others get plain text."""
    paragraphs = range(20)
    cues = "".join(f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\nI: {SAID}\n\n" for n in paragraphs)
    flat = f"<office:document {ODF}><office:body><office:text><text:p>{SAID}</text:p></office:text></office:body>"
    made = {
        ".docx": docx("".join(f"<w:p><w:r><w:t>{SAID} {n}</w:t></w:r></w:p>" for n in paragraphs)),
        ".odt": odt("".join(f"<text:p>{SAID} {n}</text:p>" for n in paragraphs)),
        ".fodt": (flat + "</office:document>").encode(),
        ".rtf": rtf("".join(f"\\pard\\s1 {SAID} \\'e6\\u230?{{\\b x}}\\par\n" for _ in paragraphs)),
        ".html": html("".join(f"<p>{SAID} <b>{n}</b></p><ul><li>x</ul>" for n in paragraphs)),
        ".srt": cues.encode(),
        ".vtt": ("WEBVTT\n\n" + cues.replace(",000", ".000")).encode(),
    }
    made |= {".htm": made[".html"], ".xhtml": made[".html"]}
    return {suffix: made.get(suffix, lines(30).encode()) for suffix in SUFFIXES}


def read_any(data: bytes, suffix: str) -> None:
    """Read, and see that the answer is whole: a text that can be kept, or an error that names the file."""
    document, problems = read_document_bytes(data, suffix, f"mappe/fil{suffix}")
    assert all(problem.file == f"mappe/fil{suffix}" and problem.message for problem in problems)
    assert (document is None) == bool(errors(problems))
    if document is not None:
        document.text.encode()
        assert document.text.strip()
        assert "\x00" not in document.text and "\r" not in document.text
        assert all(0 <= place.start < len(document.text) for place in document.places)


def test_the_good_files_are_read() -> None:
    for suffix, data in examples().items():
        if READERS[suffix] in TEXT_READERS or suffix in (".docx", ".odt", ".fodt", ".rtf"):
            document, problems = read_document_bytes(data, suffix, f"fil{suffix}")
            assert document is not None, (suffix, problems)
            assert "prøvet at få færre sager" in document.text, suffix


@pytest.mark.parametrize("suffix", SUFFIXES)
@CALM
@given(data=st.data())
def test_a_file_that_is_cut_off_anywhere(suffix: str, data: st.DataObject) -> None:
    whole = examples()[suffix]
    read_any(whole[: data.draw(st.integers(0, len(whole)))], suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@CALM
@given(seed=st.integers(0, 10**9))
def test_a_file_in_which_bytes_are_changed(suffix: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(examples()[suffix])
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 5))] = chance.randbytes(chance.choice((0, 1, 5)))
    read_any(bytes(data), suffix)


MAGIC = (
    b"", b"PK\x03\x04", b"%PDF-1.7\n", b"{\\rtf1 ", b"<html>", b"WEBVTT\n\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
    b"\xff\xfe\x00\x00", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"1\n00:00:01,000 --> ",
)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@CALM
@given(magic=st.sampled_from(MAGIC), rest=st.binary(max_size=400))
def test_random_bytes_behind_a_right_beginning(suffix: str, magic: bytes, rest: bytes) -> None:
    read_any(magic + rest, suffix)


TAGS = (
    "<p> </p> <div> </div> <table> <tr> <td> </td> </tr> </table> <ul> <ol> <li> </li> </ul> <a_href='#x'> </a> <h1> "
    "<br> <sup> </sup> <!-- --> <b> <pre> <main> <nav> </nav> &#0; &#xD800; &#128; &nbsp; ord \x01 å <del> <hr> "
    "</pre> <x_id='x'>"
)  # fmt: skip
CONTROL_WORDS = (
    r"{ } \par \pard \b \b0 \v \u230? \u-10179? \u-8000 \uc0 \uc9 \'e6 \'f \bin3 \trowd \cell \row \intbl {\footnote "
    r"{\*\x \ftnalt \page \s1 \f0 \f9 {\fonttbl {\stylesheet {\listtext \ilvl5 {\shptxt {\upr {\*\ud \plain "
    r"\deleted ord å ; \~ \ \ansicpg1 \fcharset128 \cpg7 \outlinelevel3 \outlinelevel99999 \mac \cpg"
)  # fmt: skip


@settings(CALM, max_examples=200)
@given(st.lists(st.sampled_from(TAGS.split(" ")).map(lambda tag: tag.replace("_", " ")), max_size=60))
def test_any_arrangement_of_tags(tags: list[str]) -> None:
    read_any(("<html>" + "".join(tags)).encode("utf-8", "replace"), ".html")


@settings(CALM, max_examples=200)
@given(st.lists(st.sampled_from(CONTROL_WORDS.split(" ")), max_size=60))
def test_any_arrangement_of_control_words(words: list[str]) -> None:
    body = " ".join(words)
    read_any(f"{{\\rtf1 {body}{'}' * (body.count('{') - body.count('}') + 1)}".encode("cp1252"), ".rtf")


ODF_PIECES = st.sampled_from([
    "<text:p>ord</text:p>", "<text:h text:outline-level='x'>ord</text:h>",
    "<text:list><text:list-item><text:p>ord</text:p></text:list-item></text:list>",
    "<text:p><text:s text:c='99999999999'/><text:tab/></text:p>",
    "<text:p>a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>",
    "<table:table><table:table-row><table:table-cell table:number-columns-repeated='999999999'><text:p>c</text:p>"
    "</table:table-cell></table:table-row></table:table>", "<text:soft-page-break/>", "<draw:frame><draw:text-box>"
    "<text:p>b</text:p></draw:text-box></draw:frame>", "<text:p text:style-name='findes ikke'>&#65535;&#1;</text:p>",
    "<text:list text:style-name='L'><text:list-item text:start-value='-4'/></text:list>", "ord", "<text:p/>",
])  # fmt: skip


@CALM
@given(st.lists(ODF_PIECES, max_size=20))
def test_any_arrangement_of_opendocument_elements(pieces: list[str]) -> None:
    read_any(odt("".join(pieces)), ".odt")


# What is large, deep, or locked


@pytest.mark.parametrize("depth", [300, 5_000, 100_000])
def test_files_that_are_nested_deep(depth: int) -> None:
    read_any(html("<div>" * depth + "ord" + "</div>" * depth), ".html")
    read_any(html("<ul><li>" * depth + "ord"), ".html")
    read_any(html("<table><tr><td>" * depth + "ord"), ".html")
    read_any(rtf("{" * depth + "ord" + "}" * depth), ".rtf")
    read_any(rtf("{\\footnote " * depth + "ord" + "}" * depth), ".rtf")
    read_any(odt("<text:list><text:list-item>" * depth + "</text:list-item></text:list>" * depth), ".odt")
    read_any(docx("<w:sdt>" * depth + "</w:sdt>" * depth), ".docx")


def test_nothing_of_a_page_that_is_nested_too_deep_is_lost_in_silence() -> None:
    document, _ = read_document_bytes(html("<div>" * 1500 + "inderst" + "</div>" * 1500 + "sidst"), ".html", "f")
    assert document is not None and "inderst" in document.text and "sidst" in document.text
    document, problems = read_document_bytes(html("<div>" * 9000 + "inderst" + "</div>" * 9000), ".html", "f")
    assert document is None and "nested" in problems[0].message


BOMB = "A" * 90_000_000


@pytest.mark.parametrize("make", [docx, odt])
def test_archives_that_unpack_without_measure_are_refused(make: Callable[[str], bytes]) -> None:
    suffix = ".docx" if make is docx else ".odt"
    document, problems = read_document_bytes(make(BOMB), suffix, f"f{suffix}")
    assert document is None and "unpack" in problems[0].message


@pytest.mark.parametrize("suffix", [".odt", ".fodt", ".html"])
def test_entities_are_neither_expanded_nor_fetched(suffix: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    ) + '<!ENTITY z SYSTEM "file:///etc/passwd">]>'  # fmt: skip
    body = "<office:body><office:text><text:p>ord &m;&z;</text:p></office:text></office:body>"
    flat = f"{bomb}<office:document {ODF}>{body}</office:document>"
    packed_xml = packed(mimetype="application/vnd.oasis.opendocument.text", content_xml=flat)
    data = {".odt": packed_xml, ".fodt": flat.encode(), ".html": f"{bomb}<html><p>ord &m;&z;</p>".encode()}[suffix]
    document, _ = read_document_bytes(data, suffix, f"f{suffix}")
    assert document is None or ("root:" not in document.text and len(document.text) < 2000)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "sign", [b"a", b"\xe6", b"<", b"{", b"\\'e6", b"\n", b" ", b"\x00", b"&#1;", b"I: a\n\n", b"\xff"]
)
def test_a_long_file_of_one_sign(suffix: str, sign: bytes) -> None:
    read_any(examples()[suffix][:20] + sign * (200_000 // len(sign)), suffix)
    read_any(sign * (100_000 // len(sign)), suffix)


@pytest.mark.parametrize("module", MODULES)
def test_a_reader_that_is_given_another_kind_of_file_says_so(module: str) -> None:
    read = importlib.import_module(module).read
    for suffix, data in examples().items():
        document, problems = read(data, f"f{suffix}")
        assert document is not None or errors(problems)
    for data in (b"", b"\x00", b"PK\x03\x04", b"%PDF-1.4", b"{\\rtf", b"<html", b"\xff\xfe\x00"):
        document, problems = read(data, "f")
        assert document is not None or errors(problems)


@pytest.mark.parametrize("module", sorted(TEXT_READERS & set(MODULES)))
def test_a_reader_of_text_takes_an_encoding(module: str) -> None:
    suffix = next(suffix for suffix in SUFFIXES if READERS[suffix] == module)
    data = examples()[suffix].decode().replace("–", "-").encode("cp865")
    document, problems = importlib.import_module(module).read(data, "f", "cp865")
    assert document is not None, problems
    assert "prøvet at få færre sager" in document.text
