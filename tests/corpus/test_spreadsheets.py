"""Spreadsheets become rows of text: what people and survey tools save, and what is made to do harm."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.problems import Problem
from corpus.spreadsheets import sheet as bounds
from corpus.spreadsheets.csv_text import csv_rows, delimiter_of
from corpus.spreadsheets.file import read_sheet, sheet_from_bytes
from corpus.spreadsheets.guess import facts_of, id_column, is_personal
from corpus.spreadsheets.header import Column, HeadedTable, headed_table
from corpus.spreadsheets.sheet import Sheet, column_index, column_name, day_words, number_words
from corpus.tables import table_from_bytes

ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def read(data: bytes | str, sheet: str = "", file: str = "t.csv") -> Sheet:
    found, problems = sheet_from_bytes(data.encode() if isinstance(data, str) else data, file, sheet)
    assert found is not None, [str(problem) for problem in problems]
    return found


def refused(data: bytes, sheet: str = "") -> Problem:
    found, problems = sheet_from_bytes(data, "t.xlsx", sheet)
    assert found is None
    assert len(problems[0].hint or "") > 10
    return problems[0]


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


def headed(data: bytes | str, **how: int) -> HeadedTable:
    table, problems = headed_table(read(data), "t.csv", **how)
    assert table is not None and problems == [], problems
    return table


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Mapping[str, Callable[[bytes], bytes]], **new_parts: bytes) -> bytes:
    """The archive with some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, lambda part: part)(old.read(name)))
        for name, part in new_parts.items():
            new.writestr(name, part)
    return out.getvalue()


def ods(tables: str, styles: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{n}="{OFFICE}{n}:1.0"' for n in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
TWO_CELLS = workbook(lambda book: book.worksheets[0].append(["a", "b"]))


def with_strings(*texts: str) -> bytes:
    """A workbook whose first row points to a list of texts, as Excel writes it."""
    places = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(len(texts)))
    row = f"<sheetData><row>{places}</row></sheetData>".encode()
    strings = f"<sst>{''.join(f'<si>{text}</si>' for text in texts)}</sst>".encode()

    def rows(part: bytes) -> bytes:
        return part[: part.index(b"<sheetData>")] + row + part[part.index(b"</sheetData>") + 12 :]

    return repacked(TWO_CELLS, {SHEET: rows}, **{"xl/sharedStrings.xml": strings})


# csv


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\n1,5;2,5\n3,5;4\n", [("a", "b"), ("1,5", "2,5"), ("3,5", "4")]),
        ("sep=;\na;b\n1;2\n", [("a", "b"), ("1", "2")]),
        ('"sep=,"\r\na,b\r\n1,"x;y"\r\n', [("a", "b"), ("1", "x;y")]),
        ("a\tb\n1\t2\n", [("a", "b"), ("1", "2")]),
        ("a|b\n1|2\n", [("a", "b"), ("1", "2")]),
        ('id;svar\n1;"Linje 1\nLinje 2"\n2;x\n', [("id", "svar"), ("1", "Linje 1\nLinje 2"), ("2", "x")]),
        ("svar\nJa, tit\nNej, aldrig, nej\n", [("svar",), ("Ja, tit",), ("Nej, aldrig, nej",)]),
        ("\ufeffa;b\n\n;\n1;2\n", [("a", "b"), ("1", "2")]),
        ("Navn, kode;Svar\nx, y;Ja, altid\nz;Nej\n", [("Navn, kode", "Svar"), ("x, y", "Ja, altid"), ("z", "Nej")]),
    ],
)
def test_the_delimiter_is_seen_from_the_lines(text: str, rows: list[tuple[str, ...]]) -> None:
    assert cells(read(text)) == rows


def test_rows_know_their_lines_in_spite_of_line_breaks_in_cells() -> None:
    sheet = read('sep=;\na;b\n1;"x\ny"\n2;z\n')
    assert [row.line for row in sheet.rows] == [2, 3, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_danish_letters_survive_every_encoding(encoding: str) -> None:
    text = "navn;svar\nKøbenhavn;Vi så på, hvad der skete på værkstedet\nÅrhus;Det går\n"
    assert cells(read(text.encode(encoding)))[1] == ("København", "Vi så på, hvad der skete på værkstedet")


def test_quotes_that_never_end_are_a_problem_and_no_swallowed_table() -> None:
    assert refused(b'a;b\n1;"x\n2;y\n3;z\n').rule == "unreadable-file"


def test_a_row_of_another_length_is_reported_and_left_out() -> None:
    table, problems = headed_table(read("a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;3;\n"), "t.csv")
    assert table is not None
    assert [row.line for row in table.rows] == [2, 5]
    assert [(problem.rule, problem.line) for problem in problems] == [("bad-table", 3), ("bad-table", 4)]


def test_tables_of_the_study_understand_sep_and_decimal_commas() -> None:
    table, problems = table_from_bytes("sep=;\nid;label;pct\nx;Ø;1,5\n".encode("cp1252"), "cases.csv")
    assert problems == []
    assert (table.columns, table.rows[0].cells, table.rows[0].line) == (
        ("id", "label", "pct"), {"id": "x", "label": "Ø", "pct": "1,5"}, 3
    )  # fmt: skip


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=8)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from(";,\t|"))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    import csv

    out = io.StringIO()
    out.write(f"sep={delimiter}\n")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert [found for _, found in csv_rows(out.getvalue())] == rows


def test_a_large_sample_is_cut_at_a_line() -> None:
    assert delimiter_of("a;b\n" + "1,5;2\n" * 50_000) == ";"


# xlsx


def survey_book(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    sheet.title = "Svar"
    sheet.append(["id", "dato", "tid", "tal", "sandt", "tom", "skjult", "langt"])
    sheet.append(["R1", datetime.date(2009, 1, 14), datetime.time(9, 30), 3.5, True, None, "010203-1234", "=x"])
    sheet.append(["R2", datetime.datetime(2009, 1, 14, 9, 30), None, 12345678901234, False, "", "", "æ\nø"])
    sheet.append(["R3", None, None, 0.1 + 0.2, None, None, None, None])
    sheet["H2"].data_type = "s"
    sheet.column_dimensions["G"].hidden = True
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Kodebog").append(["x"])


def test_dates_numbers_truth_values_and_empty_cells_come_as_text() -> None:
    sheet = read(workbook(survey_book))
    assert cells(sheet)[1:] == [
        ("R1", "2009-01-14", "09:30", "3.5", "true", "", "010203-1234", "=x"),
        ("R2", "2009-01-14 09:30", "", "12345678901234", "false", "", "", "æ\nø"),
        ("R3", "", "", "0.3"),
    ]
    assert (sheet.name, sheet.others, sheet.hidden) == ("Svar", ("Kodebog",), {6})
    assert any("hidden row" in note for note in sheet.notes)


def test_texts_of_several_looks_are_one_and_readings_are_left_out() -> None:
    rich = "<r><t>æ</t></r><r><rPr/><t xml:space='preserve'> ø</t></r><rPh><t>no</t></rPh>"
    sheet = read(with_strings(rich, "<t>a_x000D_\nb</t>", "<t/>", "<t>=1+1</t>"))
    assert cells(sheet) == [("æ ø", "a\nb", "", "=1+1")]


def test_a_formula_gives_its_stored_value_and_is_never_computed() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["a", "b"])
        book.worksheets[0].append(["=1+1", "=2+2"])

    def stored(part: bytes) -> bytes:
        return part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>7</v>").replace(
            b"<f>1+1</f><v/>", b"<f>1+1</f><v>7</v>"
        )

    sheet = read(repacked(workbook(fill), {SHEET: stored}))
    assert cells(sheet)[1] == ("7",)
    assert any("no stored value" in note for note in sheet.notes)


def test_a_merged_cell_counts_for_every_row_that_it_covers() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for row in (["område", "navn"], ["Nord", "a"], [None, "b"], [None, "c"], ["Syd", "d"]):
            sheet.append(row)
        sheet.merge_cells("A2:A4")

    assert [row[0] for row in cells(read(workbook(fill)))[1:]] == ["Nord", "Nord", "Nord", "Syd"]


def test_a_sheet_is_chosen_by_name_and_hidden_ones_are_not_taken_unasked() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].title, book.worksheets[0].sheet_state = "Gemt", "hidden"
        book.worksheets[0].append(["gemt"])
        book.create_sheet("Tom")
        book.create_sheet("Vist").append(["vist"])

    data = workbook(fill)
    assert cells(read(data)) == [("vist",)]
    assert cells(read(data, "gemt")) == [("gemt",)]
    assert "did you mean 'Vist'" in refused(data, "Vits").hint


@pytest.mark.parametrize(
    ("serial", "words"),
    [("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("39827", "2009-01-14"),
     ("39827.5", "2009-01-14 12:00"), ("0.25", "06:00"), ("-5", "-5"), ("1e99", "1e+99"), ("x", "x")],
)  # fmt: skip
def test_day_numbers_are_dates_as_excel_shows_them(serial: str, words: str) -> None:
    assert day_words(serial, "date", since_1904=False) == words


@pytest.mark.parametrize(
    ("stored", "words"), [("33.0", "33"), ("0.30000000000000004", "0.3"), ("1E3", "1000"), ("nan", "")]
)
def test_a_number_is_written_as_it_was_meant(stored: str, words: str) -> None:
    assert number_words(stored) == words


@given(st.integers(0, 20_000))
def test_columns_have_letters_and_back(index: int) -> None:
    assert column_index(column_name(index)) == index


# ods


def test_an_ods_says_the_same_as_an_xlsx() -> None:
    def cell(kind: str, inside: str, said: str = "") -> str:
        return f'<table:table-cell office:value-type="{kind}" {said}><text:p>{inside}</text:p></table:table-cell>'

    rows = [
        cell("string", "id") + cell("string", "dato") + cell("string", "tal") + cell("string", "sandt"),
        cell("string", "R1") + cell("date", "14-01-09", 'office:date-value="2009-01-14"')
        + cell("float", "3,50", 'office:value="3.5"') + cell("boolean", "SAND", 'office:boolean-value="true"'),
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        "<text:p>a<text:s text:c=\"2\"/>b</text:p><text:p>c</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="3"/>',
    ]  # fmt: skip
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    sheet = read(ods(f'<table:table table:name="Svar">{body}{empty}</table:table><table:table table:name="B"/>'))
    assert cells(sheet) == [("id", "dato", "tal", "sandt"), ("R1", "2009-01-14", "3.5", "true"), ("a  b\nc",)]
    assert (sheet.name, sheet.others) == ("Svar", ("B",))


def test_repeated_and_covered_cells_of_an_ods_are_written_out() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" '
        'office:value-type="string"><text:p>y</text:p></table:table-cell><table:covered-table-cell/></table:table-row>'
    )
    assert cells(read(ods(f'<table:table table:name="A">{row}</table:table>'))) == [("x", "x"), ("x", "x"), ("y", "y")]


# What is made to do harm


def _bomb(part: bytes) -> bytes:
    return part.replace(b"<sheetData>", b"<sheetData><!--" + b" " * 450_000_000 + b"-->")


def _changed(old: bytes, new: bytes) -> bytes:
    return repacked(TWO_CELLS, {SHEET: lambda part: part.replace(old, new)})


def _with_entities() -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return repacked(TWO_CELLS, {SHEET: lambda part: part.replace(b"<worksheet", doctype + b"<worksheet", 1)})


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04", id="nothing of a zip"),
        pytest.param(TWO_CELLS[:-700], id="cut off"),
        pytest.param(TWO_CELLS[: len(TWO_CELLS) // 2], id="half"),
        pytest.param(_changed(b'r="1"', b'r="99999999"'), id="row ninety-nine million"),
        pytest.param(_changed(b'r="B1"', b'r="XFD1"'), id="column sixteen thousand"),
        pytest.param(_with_entities(), id="entities"),
        pytest.param(_changed(b"<sheetData>", b"<sheetData><"), id="no XML"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, id="xls"),
        pytest.param(b"%PDF-1.7 ...", id="pdf"),
        pytest.param(b"a;b\n1;\x00\n", id="NUL"),
        pytest.param(b"x" * 300_000, id="one cell of a csv that is longer than any"),
        pytest.param(ods('<table:table table:name="A"><table:table-row table:number-rows-repeated="99999999">'
                         '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
                         "</table:table-row></table:table>"), id="ods of a hundred million rows"),
        pytest.param(ods('<table:table table:name="A"><table:table-row><table:table-cell '
                         'table:number-columns-repeated="99999999" office:value-type="string"><text:p>x</text:p>'
                         "</table:table-cell></table:table-row></table:table>"), id="ods of a hundred million columns"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_problem(data: bytes) -> None:
    assert refused(data).rule in ("unreadable-file", "bad-table")


def test_a_zip_bomb_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.spreadsheets.xml_part.MOST_UNPACKED", 20_000)
    grown = repacked(TWO_CELLS, {SHEET: lambda part: part + b" " * 30_000})
    assert "unpack" in refused(grown).message


def test_a_huge_cell_and_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "characters" in refused(with_strings(f"<t>{'a' * 300_000}</t>")).message
    assert "characters" in refused(_changed(b"<t>a</t>", b"<t>" + b"a" * 900_000 + b"</t>")).message
    monkeypatch.setattr(bounds, "MOST_CELLS", 100)
    many = workbook(lambda book: [book.worksheets[0].append(["x"] * 20) for _ in range(10)])  # type: ignore[func-returns-value]
    assert "more than 100" in refused(many).message


def test_two_cells_at_the_far_corners_take_no_room_between() -> None:
    far = _changed(b"</row>", b'</row><row r="1048576"><c r="A1048576"><v>5</v></c></row>')
    assert [row.line for row in read(far).rows] == [1, 1_048_576]


def test_a_merge_of_the_whole_sheet_fills_only_what_is_there() -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert cells(read(_changed(b"</sheetData>", merged))) == [("a", "b")]


@settings(max_examples=40)
@given(st.binary(max_size=200), st.integers(0, len(TWO_CELLS) - 1))
def test_no_damage_makes_the_reader_raise(noise: bytes, at: int) -> None:
    damaged = TWO_CELLS[:at] + noise + TWO_CELLS[at + len(noise) :]
    found, problems = sheet_from_bytes(damaged, "t.xlsx")
    assert found is not None or problems


@given(st.text(max_size=60))
def test_no_xml_makes_the_reader_raise(noise: str) -> None:
    for data in (
        _changed(b"<t>a</t>", noise.encode("utf-8", "replace")),
        ods(noise.encode("utf-8", "replace").decode()),
    ):
        found, problems = sheet_from_bytes(data, "t.xlsx")
        assert found is not None or problems


# Headers


def test_a_title_above_the_table_is_no_header() -> None:
    table = headed("Undersøgelse 2009;;\n;;\nid;alder;svar\n1;20;ja\n")
    assert ([column.name for column in table.columns], table.header_line) == (["id", "alder", "svar"], 3)


def test_qualtrics_writes_three_header_rows() -> None:
    text = (
        'ResponseId,Q1,Q2\nResponse ID,"Hvor mange <b>sager</b> har I?",Hvad er svært?\n'
        '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\nR_1,20,Tiden\n'
    )
    table = headed(text)
    assert [(column.name, column.text) for column in table.columns] == [
        ("ResponseId", "Response ID"), ("Q1", "Hvor mange sager har I?"), ("Q2", "Hvad er svært?")
    ]  # fmt: skip
    assert [row.cells for row in table.rows] == [("R_1", "20", "Tiden")]


def test_two_header_rows_can_be_named() -> None:
    table = headed("q1;q2\nHvor?;Hvornår?\nher;nu\n", header_rows=2)
    assert [column.text for column in table.columns] == ["Hvor?", "Hvornår?"]
    assert len(table.rows) == 1


def test_columns_without_a_name_or_with_the_same_are_told_apart() -> None:
    table = headed("a;;A;d\n1;2;3;\n")
    assert [column.name for column in table.columns] == ["a", "column B", "A (2)", "d"]


# What columns hold


@pytest.mark.parametrize(
    ("values", "free"),
    [
        (
            [
                "Vi har for mange sager og for lidt tid til dem.",
                "Der mangler folk i hele afdelingen, synes jeg.",
                "Fint",
            ],
            True,
        ),
        (["Ja, i meget høj grad i dag", "Nej, slet ikke på nogen måde"] * 10, False),
        (["ja", "nej", "ja"], False),
        (["1,5", "2", "3.000"], False),
        (["læge; psykolog", "læge", "psykolog", "læge; psykolog"], False),
    ],
)
def test_free_text_is_long_and_different(values: list[str], free: bool) -> None:
    assert facts_of(values).is_free_text is free


def test_columns_that_tell_who_somebody_is_are_known() -> None:
    assert is_personal(Column("E-mail", "E-mail", 0), ["x"])
    assert is_personal(Column("q7", "q7", 0), ["010203-1234", "020304-2345"])
    assert is_personal(Column("hvor", "hvor", 0), ["ana@example.org"])
    assert not is_personal(Column("Kommune", "Kommune", 0), ["Birkeby"])


def test_the_id_is_named_so_or_stands_first() -> None:
    columns = [Column(name, name, n) for n, name in enumerate(("Svar-ID", "Alder"))]
    values = [["7", "9"], ["20", "30"]]
    assert id_column(columns, values, [facts_of(v) for v in values], 2) == 0
    assert id_column(columns[1:], values[1:], [facts_of(values[1])], 2) == 0
    assert id_column(columns[1:], [["ja", "nej"]], [facts_of(["ja", "nej"])], 2) == -1


def test_real_examples_of_another_tool_are_read(shared: Path) -> None:
    folder = shared / "interop" / "exports" / "qualcoder-examples"
    for name, columns in (("survey456.csv", 5), ("survey789.xlsx", 6), ("cases123.csv", 4), ("cases456.xlsx", 4)):
        sheet, problems = read_sheet(folder / name)
        assert problems == [] and sheet is not None
        table, faults = headed_table(sheet, name)
        assert table is not None and faults == []
        assert (len(table.columns), len(table.rows)) == (columns, 3)
