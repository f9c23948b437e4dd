from __future__ import annotations

import io
import re
import zipfile

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from report_values import SOURCES, coded_study, same_as_gold, settings, source, view

from coding.coding import Coding
from corpus.source import Source
from reports.view import ReportView
from reports.workbook import MAX_CHARACTERS, Look, Sheet, Value, clean, row_height, workbook_bytes
from reports.xlsx import xlsx_bytes


def opened(shown: ReportView | None = None) -> Workbook:
    return load_workbook(io.BytesIO(xlsx_bytes(shown or view())))


def column(book: Workbook, sheet: str, name: str) -> list[object]:
    rows = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_the_sheets_are_named_in_the_language_of_the_study() -> None:
    assert opened().sheetnames == ["Matrix", "Case × tema", "Uddrag", "Kodebog", "Læs mig"]
    english = view(coded_study(settings=settings(language="en")))
    assert opened(english).sheetnames == ["Matrix", "Case × theme", "Excerpts", "Codebook", "Read me"]


def test_the_matrix_sheet_reads_as_it_should() -> None:
    lines = []
    for row in opened()["Matrix"].iter_rows(values_only=True):
        cells = [str(value).replace("\n", " / ") for value in row if value is not None]
        lines.append("\t".join(cells))
    same_as_gold("matrix_sheet.txt", "\n".join(lines) + "\n")


def test_nothing_is_a_formula_and_text_that_looks_like_one_stays_text() -> None:
    book = opened()
    assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    assert "=cmd|' /C calc'!A0" in column(book, "Uddrag", "Uddrag")
    memo = next(cell for row in book["Uddrag"] for cell in row if cell.value == "=1+1")
    assert memo.data_type == "s" and memo.quotePrefix, "so that it stays text when someone edits the cell"


def test_every_link_leads_to_a_cell_that_exists_and_back() -> None:
    book = opened()
    links = 0
    for sheet in book:
        for row in sheet:
            for cell in row:
                if cell.hyperlink:
                    name, place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location).groups()
                    assert book[name][place].value is not None, f"{sheet.title}!{cell.coordinate} leads to {place}"
                    links += 1
    assert links > 12


def test_an_excerpt_leads_to_its_row_and_the_row_back_to_its_cell() -> None:
    book = opened()
    quote = (
        next(cell for row in book["Matrix"] for cell in row if str(cell.value).startswith("»=cmd")) if False else None
    )
    assert quote is None
    matrix = book["Matrix"]
    cell = next(c for row in matrix for c in row if str(c.value).startswith("»Budgettet er stramt«"))
    place = matrix.cell(cell.row, cell.column + 1).hyperlink.location.split("!")[1]
    row = book["Uddrag"][place].row
    assert [book["Uddrag"].cell(row, n).value for n in (1, 7)] == [2, "Budgettet er stramt"]
    back = book["Uddrag"][place].hyperlink.location.split("!")[1]
    assert str(matrix[back].value).startswith("Nævnt hos")
    assert matrix[back].column == cell.column


def test_the_list_of_excerpts_holds_the_exact_words() -> None:
    assert column(opened(), "Uddrag", "Uddrag") == [
        "Økonomien spiller ingen rolle. Budgettet er stramt,\nmen det", "Budgettet er stramt", "=cmd|' /C calc'!A0",
        "Den betyder alt.", "Der mangler <script>alert(1)</script> folk 🙂 & tid.",
        "60 sager | 45 sager. *Ingen* drukner i ça̧ va.",
    ]  # fmt: skip


def test_every_sheet_can_be_printed_filtered_and_scrolled() -> None:
    for sheet in opened():
        assert sheet.freeze_panes == ("C4" if sheet.title in ("Case × tema", "Kodebog") else "B4")
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.cell(3, 1).alignment.wrap_text and sheet.cell(3, 1).alignment.vertical == "top"
        if sheet.title != "Læs mig":
            left, top, right, bottom = range_boundaries(sheet.auto_filter.ref)
            assert (left, top, right, bottom) == (1, 3, sheet.max_column, sheet.max_row)
        for row in range(1, sheet.max_row + 1):
            assert 10 < sheet.row_dimensions[row].height <= 409


def test_states_are_said_in_words_and_not_by_colour_alone() -> None:
    states = {str(cell.value) for row in opened()["Case × tema"].iter_rows(min_row=4, min_col=3) for cell in row}
    assert {"nævnt · 3 kodninger", "ikke spurgt", "spurgt uden svar", "ikke læst endnu", "ikke relevant"} <= states


def long_source(text: str) -> tuple[Source, Coding]:
    long = source("birkeby-lang", "birkeby", text, ("leder",))
    return long, Coding("long", "ana", long.id, "oekonomi", 0, len(text), text)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    long, whole = long_source("ord " * 10_000)
    shown = column(opened(view(coded_study((whole,), (*SOURCES, long)))), "Uddrag", "Uddrag")[0]
    assert len(str(shown)) == MAX_CHARACTERS
    assert str(shown).startswith("ord ord") and str(shown).endswith("højst rumme 32.767 tegn)")


def test_characters_that_xml_forbids_are_replaced() -> None:
    odd, whole = long_source("Side\x0cskift og _x0041_ og \ufffe.")
    book = opened(view(coded_study((whole,), (*SOURCES, odd))))
    assert column(book, "Uddrag", "Uddrag") == ["Side\ufffdskift og _x005F_x0041_ og \ufffd."]


@hypothesis.settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    rows = [[Value("kop")], [Value(text, soft=text)]]
    data = workbook_bytes([Sheet("x", (20.0,), rows, 2, 1)], text, "da", " […]")
    cell = load_workbook(io.BytesIO(data))["x"]["A2"]
    assert cell.data_type != "f"


def test_equal_studies_give_equal_bytes_without_times_or_versions() -> None:
    data = xlsx_bytes(view())
    assert data == xlsx_bytes(view(coded_study()))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in parts.infolist()} == {zipfile.ZIP_STORED}, "zlib's builds differ"
        assert {info.create_system for info in parts.infolist()} == {3}
        properties = parts.read("docProps/app.xml") + parts.read("docProps/core.xml")
    assert b"openpyxl" not in data
    assert re.findall(rb"\d{4}-\d\d-\d\dT", properties) == [b"1980-01-01T"] * 2


@pytest.mark.parametrize(("text", "lines"), [("kort", 1), ("et langt ord " * 10, 7), ("a\nb\nc", 3), ("x" * 100, 5)])
def test_a_row_is_as_high_as_its_longest_text(text: str, lines: int) -> None:
    assert row_height([Value("a"), Value(text)], (20.0, 20.0)) == pytest.approx(lines * 12.9 + 5, abs=0.1)
    assert row_height([Value(text * 500)], (20.0,)) <= 409
    assert row_height([Value(text, Look(wrap=False))], (20.0,)) == pytest.approx(17.9)


def test_text_within_the_limit_is_not_touched() -> None:
    assert clean("å 🙂 _x", "cut") == "å 🙂 _x"
    assert clean("a" * MAX_CHARACTERS, "cut") == "a" * MAX_CHARACTERS


def test_a_study_without_codings_still_makes_a_workbook() -> None:
    book = opened(view(coded_study(())))
    assert column(book, "Uddrag", "Uddrag") == []
