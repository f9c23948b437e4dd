"""Case × code tables: every 0, 1 and empty cell against a slow twin, and files that other programs open rightly."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from openpyxl import load_workbook
from random_study import TEXT, large_study, random_studies, study_of

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding, ReadMark
from corpus.cases import Case
from corpus.places import Place, Places
from corpus.source import FrontMatter, Source
from reports.aggregate import Filters
from reports.codings_listing import codings_listing
from reports.listing import Listing, csv_bytes
from reports.listing_xlsx import table_xlsx
from reports.tables import CodeTable, Entry, code_table, states_listing, table_listing
from reports.words import DANISH

PENGE = Code("penge", "Penge", codes=(Code("penge.budget", "Budget"),))
FOLK = Code("folk", "Folk", applies_to={"merged": "ja"})
A = Case("a", "Åby", {"group": "few", "merged": "ja"})
B = Case("b", "Birk", {"group": "many", "merged": "nej"})


def source(id: str, case: str, asked: object = "unknown", role: str = "leder") -> Source:
    return Source(id, FrontMatter(case=case, roles=(role,), asked=asked), TEXT)  # type: ignore[arg-type]


def coding(id: str, source: str, code: str, start: int = 0, coder: str = "ana") -> Coding:
    return Coding(id, coder, source, code, start, start + 5, TEXT[start : start + 5])


def read(*sources: str, coder: str = "ana") -> tuple[ReadMark, ...]:
    return tuple(ReadMark(f"r-{coder}-{s}", coder, s) for s in sources)


def cells(table: CodeTable, row: str, values: str = "presence") -> dict[str, Entry]:
    listing = table_listing(table, values, DANISH, plain=True)  # type: ignore[arg-type]
    return next(dict(r) for r in listing.records() if next(iter(r.values())) == row)


def by_hand(coded: CodedStudy, case: Case, code: Code, theme: Code, filters: Filters) -> tuple[int | None, int | None]:
    """Presence and count of one case under one code, counted the long way."""

    def now(id: str) -> str:
        known = {c.id: c for t in coded.codebook.themes for c in t.walk()}
        while known[id].replaced_by:
            id = known[id].replaced_by
        return id

    sources = [s for s in coded.study.sources if s.meta.case == case.id]
    sources = [s for s in sources if not filters.roles or set(filters.roles) & set(s.meta.roles)]
    below = {c.id for c in code.walk()}
    ids = {s.id for s in sources}
    found = {(c.source, now(c.code), c.start, c.end) for c in coded.codings
             if c.coder == "ana" and c.source in ids and now(c.code) in below}  # fmt: skip
    if found:
        return 1, len(found)
    for attribute, value in theme.applies_to.items():
        if case.attributes.get(attribute) != value:
            return None, None
    marked = {(m.source, m.theme) for m in coded.reads if m.coder == "ana"}
    unread = [s for s in sources if (s.id, "") not in marked and (s.id, theme.id) not in marked]
    return (None, None) if unread or not sources else (0, 0)


@given(random_studies())
def test_every_cell_is_what_a_count_by_hand_gives(coded: CodedStudy) -> None:
    for filters in (Filters(), Filters(roles=("leder",)), Filters(where=(("group", "few"),))):
        table = code_table(coded, ("ana",), filters, sub_codes=True)
        kept = [c for c in coded.study.cases if all(c.attributes.get(k) == v for k, v in filters.where)]
        assert [row.facts[0] for row in table.rows] == [case.id for case in kept]
        for case, row in zip(kept, table.rows, strict=True):
            for column, cell in zip(table.codes, row.cells, strict=True):
                expected = by_hand(coded, case, column.code, column.theme, filters)
                assert (cell.presence, cell.count) == expected, (case.id, column.code.id, cell.state)


@given(random_studies())
def test_the_rows_of_sources_add_up_to_those_of_their_cases(coded: CodedStudy) -> None:
    cases = code_table(coded, ("ana",))
    sources = code_table(coded, ("ana",), by="source")
    for case in cases.rows:
        parts = [row for row in sources.rows if row.facts[2] == case.facts[0]]
        for i, cell in enumerate(case.cells):
            assert cell.codings == sum(part.cells[i].codings for part in parts)
            assert (cell.presence == 1) == any(part.cells[i].presence == 1 for part in parts)


def test_a_case_counts_once_and_its_codings_all() -> None:
    coded = study_of(
        (A,), (source("s1", "a"), source("s2", "a")), (PENGE,),
        (coding("k1", "s1", "penge"), coding("k2", "s2", "penge"), coding("k3", "s2", "penge.budget", 7)),
    )  # fmt: skip
    table = code_table(coded, ("ana",))
    assert cells(table, "a")["penge"] == 1
    assert cells(table, "a", "counts")["penge"] == 3


def test_silence_is_0_only_where_everything_was_read_and_the_theme_applies() -> None:
    sources = (source("s1", "a"), source("s2", "a"), source("s3", "b"))
    half = code_table(study_of((A, B), sources, (PENGE, FOLK), (), read("s1", "s3")), ("ana",))
    about = {"case": "a", "label": "Åby", "group": "few", "merged": "ja"}
    assert cells(half, "a") == about | {"penge": None, "folk": None}
    assert cells(half, "b")["penge"] == 0
    assert cells(half, "b")["folk"] is None, "the theme does not apply"
    whole = code_table(study_of((A, B), sources, (PENGE, FOLK), (), read("s1", "s2", "s3")), ("ana",))
    assert (cells(whole, "a")["penge"], cells(whole, "a")["folk"]) == (0, 0)
    nobody = code_table(study_of((A,), (), (PENGE,)), ("ana",))
    assert cells(nobody, "a")["penge"] is None, "there is no source"


def test_those_who_were_not_asked_do_not_count_only_when_they_mention() -> None:
    asked = (Code("t", "T", questions=("1a",)),)
    coded = study_of((A, B), (source("s1", "a", ()), source("s2", "b", ())), asked, (coding("k", "s1", "t"),),
                     read("s1", "s2"))  # fmt: skip
    table = code_table(coded, ("ana",))
    assert [row.cells[0].state for row in table.rows] == ["mentioned", "not_asked"]
    assert [row.cells[0].presence for row in table.rows] == [1, 0]


def test_codes_below_a_theme_have_columns_of_their_own_if_asked() -> None:
    coded = study_of((A,), (source("s", "a"),), (PENGE,), (coding("k", "s", "penge"),), read("s"))
    assert [c.code.id for c in code_table(coded, ("ana",)).codes] == ["penge"]
    table = code_table(coded, ("ana",), sub_codes=True)
    assert cells(table, "a", "counts") | {"penge": 1, "penge.budget": 0} == cells(table, "a", "counts")
    assert table_listing(table, "presence", DANISH).names[-1] == "Penge › Budget"


def test_attributes_of_a_source_alone_stand_in_the_table_by_source_only() -> None:
    coded = study_of((A,), (source("s1", "a"), source("s2", "a")), (PENGE,))
    first, *others = coded.study.sources
    meta = msgspec.structs.replace(first.meta, attributes={"alder": "20"})
    study = msgspec.structs.replace(coded.study, sources=(msgspec.structs.replace(first, meta=meta), *others))
    changed = msgspec.structs.replace(coded, study=study)
    by_source = code_table(changed, ("ana",), by="source")
    assert by_source.facts[-1] == ("alder", "alder")
    assert [row.facts[-1] for row in by_source.rows] == [20, *(None for _ in others)]
    assert ("alder", "alder") not in code_table(changed, ("ana",)).facts


def test_a_source_without_a_case_and_a_study_without_cases_have_rows_by_source() -> None:
    coded = study_of((), (source("s", ""),), (PENGE,), (coding("k", "s", "penge"),))
    assert code_table(coded, ("ana",)).rows == ()
    row = cells(code_table(coded, ("ana",), by="source"), "s")
    assert (row["penge"], row["case"], row["words"], row["group"]) == (1, None, 13, None)


def test_every_column_has_a_name_of_its_own() -> None:
    themes = (Code("group", "Penge"), Code("case", "Penge"), Code("x", "merged"))
    listing = table_listing(code_table(study_of((A,), (), themes), ("ana",)), "presence", DANISH, True)
    assert len(set(listing.keys)) == len(listing.keys) == len(set(listing.names))
    assert "Penge (group)" in listing.names and "Penge (case)" in listing.names
    assert listing.keys[:4] == ("case", "label", "group", "merged")


def test_states_stand_beside_each_code_in_words_or_as_keys() -> None:
    coded = study_of((A,), (source("s", "a", "all"),), (PENGE,), (), read("s"))
    table = code_table(coded, ("ana",))
    readers = table_listing(table, "presence", DANISH, with_states=True)
    programs = table_listing(table, "presence", DANISH, with_states=True, plain=True)
    assert (readers.names[-2:], readers.rows[0][-2:]) == (("Penge", "Penge: tilstand"), (0, "spurgt uden svar"))
    assert (programs.keys[-2:], programs.rows[0][-2:]) == (("penge", "penge.state"), (0, "asked_no_answer"))
    assert states_listing(table, DANISH).rows[0][-1] == "spurgt uden svar"


def test_whole_numbers_among_the_attributes_are_numbers() -> None:
    values = ["57400", "0", "007", "1,5", "٣", "9" * 30, ""]
    rows = [Case(f"c{i}", "x", {"group": value} if value else {}) for i, value in enumerate(values)]
    listing = table_listing(code_table(study_of(tuple(rows), (), ()), ("ana",)), "presence", DANISH)
    assert [row[2] for row in listing.rows] == [57400, 0, "007", "1,5", "٣", "9" * 30, None]


NASTY = Listing(("a", "b"), ("=navn", "Ærø"), (("=1+1", 1), ('"; DROP', None), ("linje\nskift", 0), ("-", -3)))


def test_danish_excel_opens_a_list_as_it_is_and_finds_no_formula() -> None:
    data = csv_bytes(NASTY)
    assert data.startswith(b"\xef\xbb\xbf'=navn;\xc3\x86r\xc3\xb8\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1:] == [["'=1+1", "1"], ['"; DROP', ""], ["linje\nskift", "0"], ["'-", "-3"]]


def test_plain_csv_has_keys_commas_and_every_text_as_it_is() -> None:
    data = csv_bytes(NASTY, plain=True)
    assert data.startswith(b"a,b\n") and b"\r" not in data
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [row["a"] for row in rows] == [row[0] for row in NASTY.rows]
    assert [row["b"] for row in rows] == ["1", "", "0", "-3"]


@pytest.fixture
def table() -> tuple[CodeTable, CodedStudy]:
    coded = study_of(
        (A, B), (source("s1", "a"), source("s2", "b", "all")), (PENGE, FOLK, Code("formel", "=1+1 <b>")),
        (coding("k1", "s1", "penge"), coding("k2", "s1", "penge", 7)), read("s1", "s2"), constructed=True,
    )  # fmt: skip
    return code_table(coded, ("ana",), Filters(where=())), coded


def test_the_workbook_holds_numbers_states_and_how_to_read_them(table: tuple[CodeTable, CodedStudy]) -> None:
    made, coded = table
    book = load_workbook(io.BytesIO(table_xlsx(made, "counts", coded.study.settings, DANISH)))
    assert book.sheetnames == ["Case × kode", "Tilstande", "Kolonner", "Læs mig"]
    values = list(book["Case × kode"].iter_rows(values_only=True))
    assert values == [
        ("Case-id", "Case", "group", "merged", "Penge", "Folk", "=1+1 <b>"),
        ("a", "Åby", "few", "ja", 2, 0, 0),
        ("b", "Birk", "many", "nej", 0, None, 0),
    ]
    states = list(book["Tilstande"].iter_rows(min_row=2, values_only=True))
    assert [row[4:] for row in states] == [
        ("nævnt", "læst, ikke nævnt", "læst, ikke nævnt"), ("spurgt uden svar", "ikke relevant", "spurgt uden svar"),
    ]  # fmt: skip
    assert [cell.data_type for row in book["Case × kode"] for cell in row].count("f") == 0
    said = " ".join(str(v) for row in book["Læs mig"].iter_rows(values_only=True) for v in row if v)
    assert "opdigtede" in said and "Tom: det kan ikke siges." in said and "ana" in said


@pytest.mark.office
def test_libreoffice_reads_the_workbook_as_it_was_written(table: tuple[CodeTable, CodedStudy], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    made, coded = table
    (tmp_path / "t.xlsx").write_bytes(table_xlsx(made, "presence", coded.study.settings, DANISH))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path), str(tmp_path / "t.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    rows = list(csv.reader((tmp_path / "t.csv").read_text("utf-8-sig").splitlines()))
    plain = list(csv.reader(csv_bytes(table_listing(made, "presence", DANISH), plain=True).decode().splitlines()))
    assert rows[1:] == plain[1:]
    assert rows[0][-1] == "=1+1 <b>"


def test_an_empty_study_has_a_table_with_names_and_no_rows() -> None:
    coded = study_of((), (), ())
    made = code_table(coded, ())
    assert csv_bytes(table_listing(made, "presence", DANISH), plain=True) == b"case,label,group,merged\n"
    book = load_workbook(io.BytesIO(table_xlsx(made, "presence", coded.study.settings, DANISH)))
    assert book["Case × kode"].max_row == 1


def test_a_large_study_fits_and_equal_studies_give_equal_bytes() -> None:
    coded = large_study()
    made = code_table(coded, ("ana",), by="source")
    assert (len(made.rows), len(made.codes)) == (450, 30)
    data = table_xlsx(made, "presence", coded.study.settings, DANISH)
    again = code_table(large_study(), ("ana",), by="source")
    assert data == table_xlsx(again, "presence", coded.study.settings, DANISH)


def test_every_coding_of_every_coder_is_a_row_that_finds_its_words_again() -> None:
    coded = study_of(
        (A, B), (source("s1", "a"), source("s2", "b", role="sagsbehandler")),
        (PENGE, Code("old", "Gl", replaced_by="penge.budget")),
        (coding("k1", "s1", "old"), coding("k2", "s2", "penge", 7, "bo"), coding("k3", "s2", "nowhere")),
    )  # fmt: skip
    rows = {row["id"]: row for row in codings_listing(coded, DANISH).records()}
    assert set(rows) == {"k1", "k2", "k3"}
    assert {(row["page"], row["time"]) for row in rows.values()} == {("", "")}
    places = {"s2": Places((Place("page", 0, "3"), Place("time", 7, "0:01:23")))}
    found = msgspec.structs.replace(coded, study=msgspec.structs.replace(coded.study, places=places))
    rows = {row["id"]: row for row in codings_listing(found, DANISH).records()}
    assert {id: (row["page"], row["time"]) for id, row in rows.items()} == {
        "k1": ("", ""), "k2": ("3", "0:01:23"), "k3": ("3", ""),
    }  # fmt: skip
    assert (rows["k1"]["code"], rows["k1"]["theme"], rows["k3"]["theme"]) == ("penge.budget", "penge", "")
    for row in rows.values():
        text = coded.study.source_by_id[str(row["source"])].text
        assert text[slice(row["start"], row["end"])] == row["words"]  # type: ignore[misc]
    assert [r["id"] for r in codings_listing(coded, DANISH, ("bo",)).records()] == ["k2"]
    assert [r["id"] for r in codings_listing(coded, DANISH, (), Filters(("leder",))).records()] == ["k1"]
    assert [r["id"] for r in codings_listing(coded, DANISH, (), Filters((), (("group", "few"),))).records()] == ["k1"]
    assert json.loads(msgspec.json.encode(list(codings_listing(coded, DANISH).records())))
