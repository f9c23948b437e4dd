"""PDFs: paragraphs, columns and headings again, without what only the pages needed; and files made to harm."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import pdf_process, read_document_bytes
from corpus.readers.document import Document

PROSE = (
    "Vi har i kommunen valgt at lægge vægt på en tidlig indsats over for de sygemeldte borgere, og det mener vi selv "
    "kan ses på tallene. Sagsbehandlerne har omkring halvtreds sager hver, hvilket er færre end for to år siden. "
    "Lægekonsulenten deltager i de møder, hvor det skønnes nødvendigt, og det er ikke altid."
)
LATER = (
    "Samarbejdet med praktiserende læger er blevet bedre, siden der blev aftalt faste tidsfrister. Tidligere kunne en "
    "erklæring ligge i ugevis, og imens gik sagen i stå, uden at nogen rigtig havde ansvaret for at følge op på den."
)
FINAL = (
    "Økonomien spiller ikke nogen rolle i den enkelte sag, siger lederen. Men alle ved, hvad en førtidspension koster "
    "kommunen i forhold til et fleksjob, og det kan ikke undgå at ligge i baghovedet, når der skal tages stilling."
)
FONTS = {"r": "Courier", "b": "Courier-Bold"}
LEFT, TOP, PITCH, WIDTH = 72, 760, 14, 70


def text_at(x: float, y: float, text: str, font: str = "r", size: float = 10, before: str = "") -> bytes:
    """The drawing operation for one line of text."""
    words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT {before} /{font} {size} Tf {x} {y} Td (".encode() + words + b") Tj ET\n"


def paragraphs_at(paragraphs: Sequence[str], x: float = LEFT, y: float = TOP, width: int = WIDTH) -> bytes:
    """Paragraphs wrapped at `width` characters, with half a line of white between them."""
    drawn = b""
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False):
            drawn += text_at(x, y, line)
            y -= PITCH
        y -= PITCH / 2
    return drawn


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + rows
        + (b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data)))
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def made(
    *pages: bytes,
    page: bytes = b"",
    catalogue: bytes = b"",
    font: bytes = b"/Encoding/WinAnsiEncoding",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF with these pages. `page` and `catalogue` add entries; objects in `more` are numbered from 6 on."""
    first = 6 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        *(b"<</Type/Font/Subtype/Type1/BaseFont/%s%s>>" % (name.encode(), font) for name in FONTS.values()),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\nx\nendstream",
        *more,
    ]
    for index, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%s/Resources<</Font<</r 3 0 R/b 4 0 R>>"
            b"/XObject<</I 5 0 R/X 6 0 R>>>>>>" % (first + 2 * index + 1, page)
        )
        objects.append(stream(content))
    return pdf_of(objects)


PICTURE = b"q 595 0 0 842 0 0 cm /I Do Q\n"


def read(data: bytes) -> Document:
    document, problems = read_document_bytes(data, ".pdf", "file.pdf")
    assert document is not None, problems
    assert not problems
    return document


def refused(data: bytes) -> str:
    document, problems = read_document_bytes(data, ".pdf", "file.pdf")
    assert document is None
    assert [problem.rule for problem in problems] == ["unreadable-file"]
    assert problems[0].hint
    return problems[0].message


def page_of(document: Document, words: str) -> str:
    """The page on which the first occurrence of `words` begins."""
    start = document.text.index(words)
    return [place.value for place in document.places if place.start <= start][-1]


def told(document: Document) -> str:
    return "\n".join(document.repairs)


# Paragraphs


def test_wrapped_lines_are_paragraphs_again_with_danish_letters() -> None:
    document = read(made(paragraphs_at([PROSE, LATER, FINAL])))
    assert document.text == f"{PROSE}\n\n{LATER}\n\n{FINAL}\n"
    assert "lines became paragraphs again" in told(document)


def test_indents_tell_paragraphs_apart_where_no_white_does() -> None:
    drawn, y = b"", TOP
    for paragraph in (PROSE, LATER, FINAL):
        for number, line in enumerate(textwrap.wrap("   " + paragraph, WIDTH, drop_whitespace=False)):
            drawn += text_at(LEFT + 18 * (number == 0), y, line.strip())
            y -= PITCH
    assert read(made(drawn)).text == f"{PROSE}\n\n{LATER}\n\n{FINAL}\n"


def test_words_that_a_hyphen_broke_are_whole_again_and_told() -> None:
    document = read(
        made(text_at(72, 760, "Der er tale om en forholdsvis stor sagsbehand-") + text_at(72, 746, "lergruppe."))
    )
    assert document.text == "Der er tale om en forholdsvis stor sagsbehandlergruppe.\n"
    assert "page 1: a broken sentence was rejoined" in told(document)


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_the_page_is_known() -> None:
    lines = textwrap.wrap(f"{PROSE} {LATER} {FINAL}", WIDTH)
    pages = [
        b"".join(text_at(LEFT, TOP - PITCH * i, line) for i, line in enumerate(part)) for part in (lines[:6], lines[6:])
    ]
    document = read(made(*pages))
    assert document.text == f"{PROSE} {LATER} {FINAL}\n"
    begins = len(" ".join(lines[:6])) + 1
    assert [(place.start, place.value) for place in document.places] == [(0, "1"), (begins, "2")]


def test_line_ends_that_a_person_made_stay() -> None:
    address = ["Anvendt Kommunalforskning", "Nyropsgade 37", "1602 Kbh. V"]
    drawn = b"".join(text_at(LEFT, 500 - PITCH * i, line) for i, line in enumerate(address))
    assert read(made(paragraphs_at([PROSE, LATER]) + drawn)).text.endswith("\n\n" + "\n".join(address) + "\n")


def test_columns_are_read_one_after_the_other_below_a_title_across_both() -> None:
    drawn = text_at(LEFT, 800, "Et referat af to interview i en kommune", "b", 14)
    drawn += paragraphs_at([LATER, PROSE], width=32) + paragraphs_at([FINAL, PROSE], x=320, width=32)
    assert read(made(drawn)).text == (
        f"# Et referat af to interview i en kommune\n\n{LATER}\n\n{PROSE}\n\n{FINAL}\n\n{PROSE}\n"
    )


# What only the pages need


def numbered_pages(heads: Sequence[str], feet: Sequence[str]) -> bytes:
    """Pages of prose with running heads and feet of their own."""
    texts = [PROSE, LATER, FINAL]
    return made(
        *(
            text_at(LEFT, 800, head)
            + paragraphs_at([texts[index % 3], texts[(index + 1) % 3]])
            + text_at(300, 40, foot)
            for index, (head, foot) in enumerate(zip(heads, feet, strict=True))
        )
    )


@pytest.mark.parametrize("form", ["{}", "- {} -", "Side {} af 17", "{}/17", "[{}]"])
def test_running_heads_and_page_numbers_go_and_the_printed_number_is_cited(form: str) -> None:
    feet = [form.format(number) for number in (11, 12, 13, 14)]
    document = read(numbered_pages(["Rapport om fleksjob"] * 4, feet))
    assert "Rapport om" not in document.text
    assert not re.search(r"\d", document.text)
    assert "running heads were left out on 4 lines: »Rapport om fleksjob«" in told(document)
    assert "(11–14)" in told(document)
    assert page_of(document, FINAL) == "12"


def test_heads_that_alternate_and_name_the_chapter_go() -> None:
    heads = ["1 Metode", "AKF Working Paper", "1 Metode", "AKF Working Paper", "2 Resultater", "AKF Working Paper"]
    document = read(numbered_pages(heads, ["i", "ii", "iii", "iv", "v", "vi"]))
    assert not any(word in document.text for word in ("Metode", "Working", "Resultater"))
    assert [place.value for place in document.places] == ["i", "ii", "iii", "iv", "v", "vi"]


def test_a_page_that_prints_no_number_is_not_confused_with_the_page_that_does() -> None:
    cover = text_at(LEFT, 600, "Fleksjob i ni kommuner", "b", 20)
    texts = [PROSE, LATER, FINAL]
    pages = (paragraphs_at([text]) + text_at(300, 40, str(number)) for number, text in enumerate(texts, 1))
    assert [place.value for place in read(made(cover, *pages)).places] == ["[1]", "1", "2", "3"]


def test_a_first_line_that_stands_on_many_pages_stays_where_it_is_text() -> None:
    words = ["Ja.", "Nej.", "Ja.", "Det ved jeg ikke.", "Måske.", "Ja."]
    texts = [PROSE, LATER, FINAL]
    turns = ([f"Ana: {word}", f"Bo: {texts[i % 3]}", f"Ana: {texts[(i + 1) % 3]}"] for i, word in enumerate(words))
    document = read(made(*(paragraphs_at(page) for page in turns)))
    assert document.text.count("Ana: Ja.\n") == 3
    assert document.kind == "transcript"


@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_in_the_margin_go_and_it_is_told(step: int) -> None:
    lines = textwrap.wrap(" ".join((PROSE, LATER, FINAL)), 40)
    drawn = b"".join(text_at(LEFT, TOP - PITCH * i, line) for i, line in enumerate(lines))
    drawn += b"".join(
        text_at(40, TOP - PITCH * i, str(i + 1), size=8) for i in range(len(lines)) if (i + 1) % step == 0 or step == 1
    )
    pages = [drawn, drawn] if step == 5 else [drawn]
    document = read(made(*pages))
    assert not re.search(r"\d", document.text)
    assert "line numbers in the margin" in told(document)


def test_numbers_of_questions_are_not_taken_for_line_numbers() -> None:
    document = read(made(paragraphs_at([f"{number}. {text}" for number, text in enumerate((PROSE, LATER, FINAL), 1)])))
    assert [line[:3] for line in document.text.split("\n") if line] == ["1. ", "2. ", "3. "]


def test_the_table_of_contents_goes() -> None:
    entries = [
        "1 Sammenfatning ............. 7",
        "2 Metode .................... 12",
        "3 Resultater ................ 20",
    ]
    document = read(
        made(b"".join(text_at(LEFT, 800 - PITCH * i, e) for i, e in enumerate(entries)) + paragraphs_at([PROSE], y=700))
    )
    assert document.text == PROSE + "\n"
    assert "the table of contents (3 lines) was left out" in told(document)


# Structure


def test_larger_type_makes_headings_and_bold_lines_those_below_them() -> None:
    drawn = text_at(LEFT, 800, "Fleksjob i ni kommuner", "b", 18) + text_at(LEFT, 770, "Metode", "r", 14)
    drawn += text_at(LEFT, 745, "Udvalg af kommuner", "b") + paragraphs_at([PROSE], y=725)
    drawn += text_at(LEFT, 600, "Resultater", "r", 14) + paragraphs_at([LATER, FINAL], y=580)
    headings = [line for line in read(made(drawn)).text.split("\n") if line.startswith("#")]
    assert headings == ["# Fleksjob i ni kommuner", "## Metode", "### Udvalg af kommuner", "## Resultater"]


def test_a_footnote_goes_behind_the_paragraph_with_its_mark() -> None:
    drawn = paragraphs_at([PROSE]) + text_at(LEFT, 660, "Det siger loven") + text_at(164, 664, "1", size=6)
    drawn += text_at(170, 660, " ganske klart.") + paragraphs_at([LATER], y=630)
    drawn += text_at(LEFT, 104, "1", size=5) + text_at(LEFT + 6, 100, "Lov nr. 563 om en aktiv", size=8)
    drawn += text_at(LEFT, 90, "socialpolitik.", size=8)
    document = read(made(drawn))
    assert (
        "Det siger loven [1] ganske klart.\n\n[1] Lov nr. 563 om en aktiv socialpolitik.\n\nSamarbejdet"
        in document.text
    )


def test_bullets_make_a_list_with_whole_items() -> None:
    drawn = paragraphs_at([PROSE])
    for number, y in enumerate((660, 632)):
        drawn += text_at(LEFT, y, "\u2022") + text_at(
            LEFT + 18, y, f"Punkt {number} om den indsats, som er aftalt med borgeren og"
        )
        drawn += text_at(LEFT + 18, y - PITCH, "lægen.")
    assert read(made(drawn)).text.endswith(
        "\n\n- Punkt 0 om den indsats, som er aftalt med borgeren og lægen.\n"
        "- Punkt 1 om den indsats, som er aftalt med borgeren og lægen.\n"
    )


def test_rows_of_a_table_are_lines() -> None:
    cells = [("Kommune", "Fleksjob", "Pension"), ("Birkeby", "32", "79"), ("Elmsted", "14", "130")]
    drawn = b"".join(
        text_at(LEFT + 120 * k, 600 - PITCH * i, cell) for i, row in enumerate(cells) for k, cell in enumerate(row)
    )
    document = read(made(paragraphs_at([PROSE]) + drawn))
    assert document.text.endswith("\n\nKommune | Fleksjob | Pension\nBirkeby | 32 | 79\nElmsted | 14 | 130\n")


def test_ruled_lines_say_which_words_share_a_cell() -> None:
    drawn = paragraphs_at([PROSE]) + text_at(75, 590, "Ressourcer") + text_at(75, 560, "Kultur")
    drawn += text_at(205, 590, "Oplever mangel") + text_at(205, 576, "på tilbud") + text_at(205, 560, "Fokus")
    for x in (70, 200, 330):
        drawn += f"{x} 550 m {x} 605 l S\n".encode()
    for y in (550, 572, 605):
        drawn += f"70 {y} m 330 {y} l S\n".encode()
    assert read(made(drawn)).text.endswith("\n\nRessourcer | Oplever mangel på tilbud\nKultur | Fokus\n")


def test_turns_of_a_transcript_are_found_also_where_labels_hang() -> None:
    drawn, y = b"", TOP
    for index, words in enumerate((PROSE, LATER, FINAL, PROSE)):
        drawn += text_at(LEFT, y, "Ana:" if index % 2 else "Interviewer:")
        for line in textwrap.wrap(words, 55):
            drawn += text_at(LEFT + 90, y, line)
            y -= PITCH
    document = read(made(drawn))
    assert document.text == f"Interviewer: {PROSE}\n\nAna: {LATER}\n\nInterviewer: {FINAL}\n\nAna: {PROSE}\n"
    assert document.speakers == ("Interviewer", "Ana")


# Words that are odd


def test_ligatures_and_soft_hyphens_become_letters() -> None:
    font = b"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl/uni00AD]>>"
    drawn = b"BT /r 10 Tf 72 700 Td (Speci\\001kke a\\002edninger, per\\003sonale.) Tj ET"
    assert read(made(drawn, font=font)).text == "Specifikke afledninger, personale.\n"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    across = {
        0: b"1 0 0 1 0 0", 90: b"0 1 -1 0 595 0", 180: b"-1 0 0 -1 595 842", 270: b"0 -1 1 0 0 842",
    }[turn]  # fmt: skip
    drawn = b"q " + across + b" cm\n" + paragraphs_at([PROSE, LATER], y=500) + b"Q\n"
    assert read(made(drawn, page=b"/Rotate %d" % turn)).text == f"{PROSE}\n\n{LATER}\n"


def test_words_that_nobody_sees_go_and_are_counted() -> None:
    drawn = paragraphs_at([PROSE, LATER]) + text_at(-500, 300, "udenfor") + text_at(72, 300, "lillebitte", size=1)
    drawn += text_at(72, 280, "usynlig", before="3 Tr") + text_at(72, 260, "hvid", before="0 Tr 1 g")
    drawn += b"0 g 0 0 0 rg 70 210 200 20 re f\n" + text_at(72, 215, "negativ", before="1 g")
    document = read(made(drawn))
    assert document.text == f"{PROSE}\n\n{LATER}\n\nnegativ\n"
    assert "4 words that no reader of the page sees were left out" in told(document)


def test_a_watermark_goes_and_is_told() -> None:
    drawn = paragraphs_at([PROSE]) + b"BT /b 60 Tf .7 .7 -.7 .7 150 300 Tm (UDKAST) Tj ET\n"
    document = read(made(drawn))
    assert document.text == PROSE + "\n"
    assert "»UDKAST«" in told(document)


def test_what_was_filled_in_in_a_form_is_read_and_scripts_are_not_run() -> None:
    field = stream(
        text_at(2, 4, "Udfyldt svar"), b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</r 3 0 R>>>>"
    )
    widget = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(svar)/V(Udfyldt svar)/Rect[72 500 272 520]/F 4/AP<</N 6 0 R>>>>"
    data = made(
        paragraphs_at([PROSE]),
        page=b"/Annots[7 0 R]",
        catalogue=b"/AcroForm<</Fields[7 0 R]>>/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        more=[field, widget],
    )
    assert read(data).text == f"{PROSE}\n\nUdfyldt svar\n"


# Pictures of words


def test_scanned_pages_are_refused_with_a_way_out() -> None:
    assert refused(made(PICTURE, PICTURE)) == "the pages hold pictures, not words"
    assert refused(made(b"0 0 10 10 re f")) == "there are no words on the pages"


def test_a_file_that_is_scanned_in_part_says_which_pages_are_missing() -> None:
    document = read(made(paragraphs_at([PROSE]), PICTURE, paragraphs_at([LATER]), PICTURE))
    assert "pages 2, 4 hold a picture without words" in told(document)
    assert [place.value for place in document.places] == ["1", "3"]


def test_recognised_words_behind_a_picture_are_read_with_a_warning() -> None:
    unseen = paragraphs_at([PROSE]).replace(b"BT ", b"BT 3 Tr ")
    document = read(made(PICTURE + unseen))
    assert document.text == PROSE + "\n"
    assert "page 1 holds words that a program recognised in a picture (OCR)" in told(document)


# Files that cannot be read


def test_a_locked_file_says_so() -> None:
    lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32)
    data = made(paragraphs_at([PROSE])).replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock)
    assert refused(data) == "the PDF is locked with a password"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(share: float) -> None:
    data = made(paragraphs_at([PROSE]), paragraphs_at([LATER]))
    assert "cut off" in refused(data[: int(share * len(data))]) or share < 0.1


def test_a_page_that_cannot_be_loaded_is_no_silent_loss() -> None:
    data = made(paragraphs_at([PROSE]), paragraphs_at([LATER])).replace(b"/Kids[6 0 R 8 0 R]", b"/Kids[6 0 R 99 0 R]")
    assert "damaged" in refused(data)


def bomb() -> bytes:
    """Two kilobytes that ask for ten thousand million words: forms that draw forms that draw forms …"""
    forms = [
        stream(
            b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (7 + depth)
        )
        for depth in range(10)
    ]
    last = stream(text_at(1, 1, "hej"), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</r 3 0 R>>>>")
    return made(b"/X Do " * 10, more=[*forms, last])


def test_a_file_made_to_harm_is_given_up_and_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_PAGE_SECONDS", 0.5)
    assert refused(bomb()).startswith("page 1: ")
    monkeypatch.undo()
    assert read(made(paragraphs_at([PROSE]))).text == PROSE + "\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_form_that_draws_itself_is_refused_before_it_takes_much_memory(tmp_path: Path) -> None:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 4 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
        form + b"/Length 11>>stream\n/X Do /X Do\nendstream",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    (tmp_path / "a.pdf").write_bytes(pdf_of(objects))
    code = (
        "import resource, sys; from corpus.readers import pdf_process\n"
        "found = pdf_process.pages_of(open(sys.argv[1], 'rb').read()); pdf_process._end()\n"
        "print(found.kind, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.pdf")]
    kind, kilobytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert kind in ("crashed", "crowded", "slow")
    assert int(kilobytes) < 700_000


def test_a_crash_of_the_library_is_a_problem_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_START", "import os; os.abort()")
    pdf_process._end()
    assert "cannot be read" in refused(made(paragraphs_at([PROSE])))
    monkeypatch.undo()
    assert read(made(paragraphs_at([PROSE]))).text == PROSE + "\n"


def test_more_pages_than_a_report_has_are_refused() -> None:
    data = made(b"").replace(b"/Kids[6 0 R]/Count 1", b"/Kids[%s]/Count 6000" % (b"6 0 R " * 6000))
    assert "pages" in refused(data)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(["bytes", "numbers", "hole"]))
def test_damaged_files_give_a_document_or_a_problem(seed: int, how: str) -> None:
    chance = random.Random(seed)
    drawn = numbered_streams()
    if how == "numbers":
        drawn = [
            re.sub(rb"\d+", lambda n: chance.choice([b"0", b"-1e9", b"1e30", n[0], n[0], n[0]]), page) for page in drawn
        ]
    data = bytearray(made(*drawn))
    if how == "bytes":
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif how == "hole":
        start = chance.randrange(len(data))
        del data[start : start + chance.randrange(400)]
    document, problems = read_document_bytes(bytes(data), ".pdf", "file.pdf")
    assert document is not None or problems
    if document is not None:
        document.text.encode()
        assert "\x00" not in document.text


def numbered_streams() -> list[bytes]:
    return [
        text_at(LEFT, 800, "Rapport") + paragraphs_at([text]) + text_at(300, 40, "3") for text in (PROSE, LATER, FINAL)
    ]
