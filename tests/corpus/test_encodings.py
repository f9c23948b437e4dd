"""Encodings of plain text: every letter right, or the doubt reported with the words and the next step."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.problems import Problem, errors
from corpus.readers import read_document, read_document_bytes
from corpus.readers.encodings import ENCODING_NAMES, decode
from corpus.tables import table_from_bytes

SENTENCES = (
    "Vi har i kommunen valgt at lægge vægt på en tidlig indsats over for de sygemeldte borgere.",
    "Sagsbehandlerne har omkring halvtreds sager hver, hvilket er færre end for to år siden.",
    "Lægekonsulenten deltager i møderne, når det skønnes nødvendigt.",
    "Det går ikke så godt, men vi prøver igen til næste år.",
    "Økonomien spiller ingen rolle, siger lederen.",
    "Ærligt talt ved jeg ikke, hvad der skal ske.",
    "Århus og Ålborg gør det på samme måde.",
    "Hun har haft en idé om, at én sagsbehandler følger hele forløbet.",
    "Der er ½ stilling til opgaven, og den har stået tom siden forår og sommer.",
    "Efter § 7 skal kommunen følge op hver fjerde uge på sygdommens forløb.",
    "Grøn, blå og rød er farverne på de tre slags æsker, vi bruger.",
    "Müller og Böttcher kom fra Flensborg for at høre om ordningen, og det var både hyggeligt og lærerigt.",
    "MØDET BLEV HOLDT PÅ RÅDHUSET, OG ALLE VAR DÉR.",
)
QUOTED = (
    "Hun sagde: “Det er for sent” – og så gik hun, før nogen nåede at svare på det.",
    "»Det må være nok nu«, sagde han, og så blev der stille på kontoret …",
    "Det ‘gode’ forløb er sjældent — men vi håber på det, når borgeren selv vil.",
)
MODERN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
OLD = ("cp1252", "iso8859-1", "iso8859-15", "cp865", "cp850", "mac_roman")


def in_encoding(text: str, encoding: str) -> tuple[bytes, str]:
    """`text` in this encoding and as it can be read back: characters that the encoding lacks are left out."""
    data = text.encode(encoding, "ignore")
    return data, data.decode(encoding)


def is_right_or_reported(data: bytes, text: str) -> bool:
    decoded = decode(data, "f.txt")
    return decoded.text == text or bool(decoded.problems)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(SENTENCES + QUOTED), min_size=1, max_size=60), st.sampled_from(OLD + MODERN))
def test_a_danish_text_of_any_length_is_right_in_every_encoding_or_the_doubt_is_reported(
    sentences: list[str], encoding: str
) -> None:
    data, text = in_encoding(" ".join(sentences), encoding)
    assert is_right_or_reported(data, text)


@pytest.mark.parametrize("encoding", OLD)
def test_a_page_of_danish_is_right_in_every_old_encoding_without_a_doubt(encoding: str) -> None:
    data, text = in_encoding("\r\n\r\n".join(SENTENCES), encoding)
    decoded = decode(data, "f.txt")
    assert (decoded.text, decoded.problems) == (text, ())
    assert "was read as" in decoded.repairs[0]


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_sentence_is_right_or_reported_and_mostly_right(sentence: str, encoding: str) -> None:
    data, text = in_encoding(sentence, encoding)
    assert is_right_or_reported(data, text)


def test_nearly_every_single_sentence_is_right_without_a_doubt() -> None:
    certain = [
        not (decoded := decode(in_encoding(sentence, encoding)[0], "f.txt")).problems
        and decoded.text == in_encoding(sentence, encoding)[1]
        for sentence in SENTENCES
        for encoding in OLD
    ]
    assert sum(certain) >= 0.9 * len(certain)


@pytest.mark.parametrize("encoding", MODERN)
def test_unicode_is_told_by_its_mark_or_its_zeros(encoding: str) -> None:
    decoded = decode("Løn på København – “ærligt”\nnæste linje\n".encode(encoding), "f.txt")
    assert decoded.text == "Løn på København – “ærligt”\nnæste linje\n"
    assert decoded.problems == ()
    assert bool(decoded.repairs) != encoding.startswith("utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Jag vet inte om det är möjligt, men jag skulle vilja försöka igen.", "mac_roman"),
        ("Jag vet inte om det är möjligt, men jag skulle vilja försöka igen.", "cp850"),
        ("Ich weiß nicht, ob das möglich ist, aber ich möchte es versuchen.", "cp850"),
        ("Die Würde des Menschen ist unantastbar. „Schön“, sagte er – und ging.", "cp1252"),
        ("I don’t know whether it’s possible. “Well,” she said – “we’ll see.”", "cp1252"),
        ("Jeg vet ikke om det er mulig, men jeg vil gjerne prøve på Østlandet.", "cp865"),
        ("Nie wiem, czy to jest możliwe, ale chciałbym spróbować. Proszę o odpowiedź.", "cp1250"),
        ("Nevím, jestli je to možné, ale chtěl bych to zkusit. Příliš žluťoučký kůň.", "cp1250"),
        ("Je ne sais pas si c’est possible, mais j’aimerais essayer. Ça va très bien.", "mac_roman"),
        ("No sé si es posible, pero me gustaría intentarlo. ¿Qué tal está usted, señor?", "cp850"),
    ],
)
def test_other_languages_are_right_or_reported_too(text: str, encoding: str) -> None:
    assert is_right_or_reported(text.encode(encoding), text)


def test_a_doubt_names_the_words_and_the_next_step() -> None:
    data = "Økonomi".encode("mac_roman")
    document, problems = read_document_bytes(data, ".txt", "f.txt")
    assert document is not None
    assert [p.rule for p in problems] == ["uncertain-encoding"]
    assert "Økonomi" in problems[0].message
    assert "--encoding" in problems[0].hint
    assert errors(problems) == []


def test_a_line_of_dos_in_a_windows_file_is_a_doubt_that_names_its_words() -> None:
    data = "\r\n".join(SENTENCES).encode("cp1252") + "\r\nSå forstår man det også.".encode("cp865")
    decoded = decode(data, "f.txt")
    said = "".join(problem.message for problem in decoded.problems)
    assert "»forst†r« would be »forstår«" in said


def test_utf8_in_part_of_a_file_is_a_clear_problem_at_the_line_where_it_changes() -> None:
    document, problems = read_document_bytes(b"p\xc3\xa5 vej\nto\np\xe5 vej\n", ".txt", "f.txt")
    assert document is None
    assert (problems[0].rule, problems[0].line) == ("unreadable-file", 3)
    assert "UTF-8 and part is not" in problems[0].message


@given(st.sampled_from(sorted(ENCODING_NAMES)), st.sampled_from(SENTENCES))
def test_a_researchers_word_on_the_encoding_is_obeyed(encoding: str, sentence: str) -> None:
    data, text = in_encoding(sentence, encoding)
    decoded = decode(data, "f.txt", encoding)
    assert (decoded.text, decoded.problems) == (text, ())


def test_an_encoding_that_does_not_fit_or_does_not_exist_is_a_problem() -> None:
    assert "is not utf-8" in fault(decode("på".encode("cp1252"), "f.txt", "utf-8"))
    assert "no encoding 'cp125'" in fault(decode(b"x", "f.txt", "cp125"))
    assert "no encoding 'base64'" in fault(decode(b"x", "f.txt", "base64"))
    assert "no encoding" in fault(decode(b"x", "f.txt", "\x00"))


def fault(decoded: object) -> str:
    problems: tuple[Problem, ...] = decoded.problems  # type: ignore[attr-defined]
    return problems[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_unicode_that_is_cut_off_is_a_clear_problem(encoding: str) -> None:
    decoded = decode("Løn på København".encode(encoding)[:-1], "f.txt")
    assert decoded.text is None
    assert "in the middle of a letter" in decoded.problems[0].message


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_problem(data: bytes) -> None:
    decoded = decode(data, "f.txt")
    assert decoded.text is not None or decoded.problems


def test_a_table_is_read_in_every_encoding() -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([("fil", "sag"), ("a.txt", "Sønderå"), ("b.txt", "Næstved på øen")])
    for encoding in ("utf-8-sig", "utf-16", *OLD):
        table, problems = table_from_bytes(file.getvalue().encode(encoding), "t.csv")
        assert errors(problems) == []
        assert [row.cells["sag"] for row in table.rows] == ["Sønderå", "Næstved på øen"]


def test_real_files_of_one_text_in_two_encodings_are_the_same(shared: Path) -> None:
    folder = shared / "interop" / "encodings"
    documents = [read_document(path) for path in sorted(folder.glob("*.txt"))]
    assert [problems for _, problems in documents] == [[], []]
    texts = sorted((d.text.strip() for d, _ in documents if d), key=len)
    assert texts[1].startswith(texts[0])
    assert "príncipe regente D. João" in texts[1]


def test_a_real_report_is_the_same_in_every_old_encoding(shared: Path) -> None:
    (path,) = (shared / "study").glob("001_*.txt")
    whole = path.read_text(encoding="utf-8")
    for encoding in OLD:
        data, text = in_encoding(whole, encoding)
        decoded = decode(data, "f.txt")
        assert decoded.text == text


# Encodings that a researcher names


@pytest.mark.parametrize(
    ("said", "real"), [("utf-16", "utf-8"), ("cp865", "mac_roman"), ("cp1252", "utf-8"), ("koi8-r", "cp1252")]
)
def test_a_wrong_encoding_is_obeyed_with_a_warning_that_names_a_better_one(said: str, real: str) -> None:
    data = "\n".join((*SENTENCES[:8], "")).encode(real)
    data += b"\n" * (len(data) % 2)
    decoded = decode(data, "a.txt", said)
    assert decoded.text == data.decode(said)
    assert [problem.rule for problem in decoded.problems] == ["uncertain-encoding"]
    assert f"--encoding {real}" in decoded.problems[0].hint


@pytest.mark.parametrize("encoding", [*MODERN, *OLD, "cp037", "utf-7"])
@pytest.mark.parametrize("text", SENTENCES)
def test_a_right_encoding_is_obeyed_without_a_warning(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding, "replace"), "a.txt", encoding).problems == ()


@pytest.mark.parametrize(
    ("text", "encoding"), [("Привет, это интервью.", "koi8-r"), ("τι κάνεις Anna", "cp1253"), ("你好这是采访", "gbk")]
)
def test_the_statistics_are_silent_about_other_scripts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt", encoding).problems == ()


def test_letters_written_as_utf_7_are_a_doubt() -> None:
    decoded = decode(SENTENCES[0].encode("utf-7"), "a.txt")
    assert [problem.rule for problem in decoded.problems] == ["uncertain-encoding"]
    assert "»+AOY-« would be »æ«" in decoded.problems[0].message
    assert decode(b"Ring +45 12345678 + A/B-test+AB-\n", "a.txt").problems == ()
