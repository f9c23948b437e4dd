"""Counts against a slow twin, and what a reader is told beside each number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.checks import check_study
from coding.coded_study import CodedStudy, read_coded_study
from coding.tabulated import request_of
from corpus.case_tables.file import read_case_tables
from corpus.case_tables.table import CaseTable, FileRow, Item, TableFile
from corpus.problems import Problem
from corpus.study import Tabulate
from reports.build import build, check_build, is_up_to_date
from reports.tabulate import Column, Tabulation, tabulate
from reports.tabulation_view import percent, tabulation_listing, tabulation_value, tabulation_view
from reports.words import DANISH, ENGLISH

MakeStudy = Callable[..., Path]
YAML = """\
=== tables/sager.yaml
title: 130 sager
row: sag
rows: sager
case: kommune
items:
- {id: begraenset, label: Begrænset, values: {ja: Ja, nej: Nej}}
- {id: vurderet, label: Vurderet, values: {ja: Ja, nej: Nej}, not_documented: fremgår ikke, asked_if: {begraenset: ja}}
- {id: afklaring, label: Afklaring, kind: several, values: {l: Læge, p: Psykolog}}
- {id: note, label: Note, kind: text}
"""


def csv(*rows: tuple[int, str]) -> str:
    """A csv with so many of each row `kommune;begraenset;vurderet;afklaring`."""
    return "=== tables/sager.csv\nkommune;begraenset;vurderet;afklaring;note\n" + "".join(
        f"{row};\n" * number for number, row in rows
    )


REVIEW = YAML + csv((20, "Birkeby;ja;ja;l;"), (12, "Askhavn;ja;ja;l; p".replace("l; p", '"l; p"')),
                    (47, "Birkeby;ja;fremgår ikke;l"), (51, "Askhavn;nej;;p"))  # fmt: skip
REVIEW = REVIEW.replace(";;\n", ";\n")


def counted(root: Path, *items: str, **said: object) -> Tabulation:
    found, problems = try_to_count(root, *items, **said)
    assert found is not None, problems
    return found


def try_to_count(root: Path, *items: str, **said: object) -> tuple[Tabulation | None, list[Problem]]:
    coded, _ = read_coded_study(root)
    tables, problems = read_case_tables(root)
    assert problems == []
    request, faults = request_of(Tabulate(items, **said), coded, tables)  # type: ignore[arg-type]
    return (tabulate(request, coded, tables, ("ana",)) if request else None), faults


def numbers(column: Column) -> tuple[int, int, int]:
    return column.n_documented, column.n_applies, column.n_all


def cell(found: Tabulation, row: str, column: int = -1) -> str:
    view = tabulation_view(found, DANISH)
    return next(r.cells[column] for r in view.rows if r.label == row)


def test_32_of_79_of_130_in_all(make_study: MakeStudy) -> None:
    found = counted(make_study(REVIEW), "vurderet")
    assert (found.total.values["ja"], *numbers(found.total)) == (32, 32, 79, 130)
    assert cell(found, "Ja") == "32 af 79 · 41\u00a0%"
    assert cell(found, "Ikke dokumenteret") == "47 af 79 · 59\u00a0%"
    assert cell(found, "Spørgsmålet gælder for") == "79 af 130 · 61\u00a0%"
    assert cell(found, "Ikke spurgt") == "51 af 130 · 39\u00a0%"
    said = tabulation_view(found, DANISH).said[0]
    assert said == "Ja: 32 ud af de 79 sager, som spørgsmålet gælder for (41 procent), af 130 i alt."


def test_percentages_can_be_of_the_documented_answers(make_study: MakeStudy) -> None:
    found = counted(make_study(REVIEW), "vurderet", of="documented")
    assert cell(found, "Ja") == "32 af 32 · 100\u00a0%"
    assert cell(found, "Ikke dokumenteret") == "47 af 79 · 59\u00a0%", "its own denominator stays"
    assert "med et dokumenteret svar" in tabulation_view(found, DANISH).said[0]


def test_groups_of_the_study_are_compared_unless_something_else_is_said(make_study: MakeStudy) -> None:
    root = make_study(REVIEW)
    assert [(c.id, numbers(c)) for c in counted(root, "vurderet").columns] == [
        ("few", (20, 67, 67)), ("many", (12, 12, 63)), ("", (32, 79, 130))
    ]  # fmt: skip
    assert [c.label for c in counted(root, "vurderet", by="none").columns] == ["I alt"]
    assert [c.label for c in counted(root, "vurderet", by="begraenset").columns] == ["Ja", "Nej", "I alt"]
    assert [c.label for c in counted(root, "vurderet", by="case").columns] == ["Birkeby", "Askhavn", "I alt"]
    both = counted(root, "vurderet", by=("cluster", "begraenset"))
    assert [c.label for c in both.columns] == ["nord · Ja", "nord · Nej", "I alt"]


def test_where_keeps_what_fits_by_value_or_label(make_study: MakeStudy) -> None:
    root = make_study(REVIEW)
    assert counted(root, "vurderet", where="begraenset=Nej").total.n_all == 51
    assert counted(root, "vurderet", where=("begraenset=ja", "group=many")).total.n_all == 12
    assert counted(root, "vurderet", where="vurderet=not_documented").total.n_all == 47
    assert "Udsnit: Begrænset = Nej" in tabulation_view(counted(root, "vurderet", where="begraenset=nej"), DANISH).facts


def test_several_answers_count_a_row_in_each_and_say_so(make_study: MakeStudy) -> None:
    found = counted(make_study(REVIEW), "afklaring")
    assert found.total.values == {"l": 79, "p": 63}
    assert found.total.n_documented == 130
    assert DANISH.tabulation.several in tabulation_view(found, DANISH).notes


def test_items_are_cross_tabulated_where_all_of_them_are_answered(make_study: MakeStudy) -> None:
    found = counted(make_study(REVIEW), "begraenset", "vurderet", by="none")
    assert [(label, found.total.values[value]) for value, label in found.values] == [("Ja · Ja", 32)]
    assert found.total.states == {"answered": 32, "not_documented": 47, "not_asked": 51}


def test_a_few_have_no_percentage_and_no_number_stands_alone(make_study: MakeStudy) -> None:
    root = make_study(YAML + csv((3, "Birkeby;ja;ja;l"), (8, "Askhavn;ja;nej;p")))
    view = tabulation_view(counted(root, "vurderet"), DANISH)
    rows = {row.label: row.cells for row in view.rows}
    assert rows["Ja"] == ("3 af 3", "0 af 8", "3 af 11 · 27\u00a0%")
    assert DANISH.tabulation.few in view.notes
    for row in view.rows[:-1]:
        assert all(" af " in cell for cell in row.cells), row


@pytest.mark.parametrize(
    ("k", "n", "whole"),
    [(32, 79, 41), (88, 130, 68), (1, 8, None), (5, 10, None), (1, 200, 1), (0, 11, 0), (11, 11, 100)],
)
def test_percentages_are_whole_and_halves_go_up(k: int, n: int, whole: int | None) -> None:
    assert percent(k, n) == whole


def test_cases_are_counted_for_attributes_and_themes(make_study: MakeStudy) -> None:
    source = "=== sources/k.md\n---\ncase: birkeby\n---\n\nDer er mange sager.\n"
    code = '=== codings/ana/k.jsonl\n{"op":"add","id":"c1","code":"t","start":0,"end":3,"quote":"Der"}\n'
    book = "=== codebook.yaml\nthemes:\n- {id: t, label: Sager, definition: D}\n"
    root = make_study(source + code + book)
    theme = counted(root, "t")
    assert [(c.id, c.values, numbers(c)) for c in theme.columns] == [
        ("few", {"mentioned": 1}, (1, 1, 1)), ("many", {}, (0, 0, 1)), ("", {"mentioned": 1}, (1, 1, 2))
    ]  # fmt: skip
    assert theme.state_labels == {"unclear": DANISH.states["unknown"]}
    by_theme = counted(root, "cluster", by="t")
    assert [(c.label, c.values) for c in by_theme.columns] == [
        ("nævnt", {"nord": 1}), ("uvist", {"nord": 1}), ("I alt", {"nord": 2})
    ]  # fmt: skip


def test_a_row_without_a_case_counts_in_a_column_of_its_own(make_study: MakeStudy) -> None:
    found = counted(make_study(YAML + csv((2, "Birkeby;ja;ja;l"), (3, ";ja;ja;l"))), "vurderet")
    assert [(c.label, c.n_all) for c in found.columns] == [("few", 2), ("Uoplyst", 3), ("I alt", 5)]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"items": "vurderdt"}, "vurderdt"),
        ({"items": "note"}, "free text"),
        ({"items": "vurderet", "by": "nix"}, "nix"),
        ({"items": "vurderet", "where": "begraenset"}, "no ="),
        ({"items": ()}, "no item"),
        ({"items": ("vurderet", "andet")}, "different tables"),
    ],
)
def test_what_cannot_be_counted_is_a_problem_of_study_toml(
    said: dict[str, object], message: str, make_study: MakeStudy
) -> None:
    root = make_study(REVIEW + "=== tables/u.yaml\nitems: [{id: andet}]\n=== tables/u.csv\nandet\nx\n")
    _, problems = try_to_count(root, *_items(said), **{k: v for k, v in said.items() if k != "items"})
    assert any(message in problem.message for problem in problems)


def _items(said: dict[str, object]) -> tuple[str, ...]:
    items = said["items"]
    return (items,) if isinstance(items, str) else tuple(items)  # type: ignore[arg-type]


def test_a_name_of_two_things_has_to_say_which(make_study: MakeStudy) -> None:
    root = make_study(REVIEW + "=== codebook.yaml\nthemes:\n- {id: vurderet, label: V, definition: D}\n")
    _, problems = try_to_count(root, "vurderet")
    assert "sager:vurderet, theme:vurderet" in problems[0].hint
    assert counted(root, "sager:vurderet").total.n_all == 130
    assert counted(root, "theme:vurderet").total.n_all == 2


CELLS = st.sampled_from(["ja", "nej", "fremgår ikke", ""])
ROWS = st.lists(st.tuples(st.sampled_from(["birkeby", "askhavn", ""]), CELLS, CELLS), max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_counts_agree_with_a_slow_twin_and_add_up(rows: list[tuple[str, str, str]], empty: CodedStudy) -> None:
    values = {"ja": "Ja", "nej": "Nej"}
    items = (
        Item("a", values=values, not_documented="fremgår ikke"),
        Item("b", values=values, not_documented="fremgår ikke", asked_if={"a": "ja"}),
    )
    table = CaseTable("t", TableFile(items, case="c"), tuple(
        FileRow(n, str(n), case, {"a": a, "b": b}) for n, (case, a, b) in enumerate(rows)
    ))  # fmt: skip
    request, faults = request_of(Tabulate("b"), empty, [table])
    assert request is not None and faults == []
    found = tabulate(request, empty, [table])
    assert sum(c.n_all for c in found.columns[:-1]) == found.total.n_all == len(rows)
    for column, case in (("few", "birkeby"), ("many", "askhavn"), ("", None)):
        here = [(a, b) for c, a, b in rows if case in (c, None)]
        asked = [b for a, b in here if a == "ja"]
        shown = next((c for c in found.columns if c.id == column), None)
        if shown is None:
            assert not here
            continue
        blank = sum(a == "" and b == "" for a, b in here)
        loose = [b for a, b in here if a == "" and b]
        assert shown.values.get("ja", 0) == [*asked, *loose].count("ja")
        assert shown.n_documented == sum(b in ("ja", "nej") for b in (*asked, *loose))
        assert shown.n_applies == len(asked) + len(loose)
        assert shown.states.get("unclear", 0) == blank
        assert shown.n_all == len(here)


@pytest.fixture
def empty(make_study: MakeStudy) -> CodedStudy:
    return read_coded_study(make_study())[0]


def test_numbers_for_programs_carry_their_denominators(make_study: MakeStudy) -> None:
    found = counted(make_study(REVIEW), "vurderet", by="none")
    (column,) = tabulation_value(found)["columns"]
    assert column["answers"][0] == {"id": "ja", "label": "Ja", "n": 32, "of": 79, "percent": 41}
    assert (column["n_not_documented"], column["n_not_asked"], column["n_all"]) == (47, 51, 130)
    listing = tabulation_listing(found, ENGLISH)
    assert listing.rows[0] == ("vurderet", "Ja", "ja", "I alt", "", 32, 32, 79, 130, 41)


# In the report

WANTED = """\
=== study.toml
format = "crosscase-study/1"
title = "Prøve"
language = "da"

[matrix]
coders = "ana"

[[tabulate]]
items = "vurderet"

[[tabulate]]
items = ["begraenset"]
by = "none"
title = "Hvor mange | er begrænsede?"
"""


def test_tables_of_study_toml_stand_in_every_report_and_follow_the_data(make_study: MakeStudy) -> None:
    root = make_study(REVIEW + WANTED)
    done = build(root, with_problems=True)
    assert not done.stopped
    page = (root / "build" / "matrix.html").read_text().replace("\u00a0", " ")
    assert "32 af 79 · 41 %" in page and "Hvor mange | er begrænsede?" in page
    text = (root / "build" / "matrix.md").read_text()
    assert "| Ja | 20 af 67 · 30\u00a0% | 12 af 12 · 100\u00a0% | 32 af 79 · 41\u00a0% |" in text
    assert is_up_to_date(root, with_problems=True)
    path = root / "tables" / "sager.csv"
    path.write_text(path.read_text().replace("Birkeby;ja;ja", "Birkeby;ja;nej", 1))
    assert not is_up_to_date(root, with_problems=True)
    assert "changed: tables/sager.csv" in check_build(root, with_problems=True).reasons


def test_word_and_excel_have_the_tables_too(make_study: MakeStudy) -> None:
    import io

    import docx
    import openpyxl

    root = make_study(REVIEW + WANTED)
    build(root, with_problems=True)
    word = docx.Document(str(root / "build" / "matrix.docx"))
    tables = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in word.tables[-2].rows]
    assert ["Ja", "20 af 67 · 30 %", "12 af 12 · 100 %", "32 af 79 · 41 %"] in tables
    book = openpyxl.load_workbook(io.BytesIO((root / "build" / "matrix.xlsx").read_bytes()))
    said = [[cell.value for cell in row] for row in book["Optællinger"].iter_rows()]
    assert any(row[:2] == ["Ja", "20 af 67 · 30\u00a0%"] for row in said)


def test_a_faulty_entry_is_named_with_its_line(make_study: MakeStudy) -> None:
    root = make_study(REVIEW + WANTED.replace('["begraenset"]', '["begrænst"]'))
    faults = [problem for problem in check_study(root)[1] if problem.rule == "unknown-item"]
    assert [fault.place for fault in faults] == ["study.toml:11"]
    assert "did you mean 'begraenset'" in faults[0].hint
