"""Tables of case files: what a cell means, skip logic, the drafted description, and newer versions of a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from corpus.case_tables.adding import NewTable, TablePlan, apply_table, plan_table
from corpus.case_tables.checks import check_case_table
from corpus.case_tables.draft import draft_table, kept_columns, yaml_text
from corpus.case_tables.file import read_case_table, read_case_tables
from corpus.case_tables.table import (
    Answer,
    CaseTable,
    FileRow,
    Item,
    TableFile,
    band_labels,
    band_of,
    number_of,
)
from corpus.cases import Case, read_cases
from corpus.files import sha256
from corpus.import_undo import undo_import
from corpus.problems import Problem
from corpus.spreadsheets.file import sheet_from_bytes
from corpus.spreadsheets.header import HeadedTable, headed_table

MakeStudy = Callable[..., Path]
NOW = datetime.datetime(2009, 3, 2, 8, 30)
JA_NEJ = {"ja": "Ja", "nej": "Nej"}
TYPE = Item("type", "Sagstype", values={"f": "Fleksjob", "p": "Førtidspension"})
LIMITED = Item("limited", "Begrænset?", values=JA_NEJ, not_documented="fremgår ikke", asked_if={"type": "Fleksjob"})
JUDGED = Item("judged", "Vurderet?", values=JA_NEJ, not_documented=("fremgår ikke",), asked_if={"limited": "ja"})


def table(*items: Item, **columns: list[str]) -> CaseTable:
    rows = zip(*columns.values(), strict=True)
    return CaseTable(
        "t", TableFile(items),
        tuple(FileRow(n, str(n), "", dict(zip(columns, row, strict=True))) for n, row in enumerate(rows, 2)),
    )  # fmt: skip


def states(found: CaseTable, item: str) -> list[str]:
    return [answers[item].state for answers in found.answers]


# What a cell means


def test_not_asked_not_documented_missing_and_unclear_are_four_things() -> None:
    found = table(
        TYPE, LIMITED, JUDGED,
        type=["f", "f", "f", "p", "f", "", "f"],
        limited=["ja", "ja", "nej", "", "fremgår ikke", "", ""],
        judged=["Ja", "fremgår ikke", "", "", "", "", ""],
    )  # fmt: skip
    assert states(found, "limited") == [
        "answered", "answered", "answered", "not_asked", "not_documented", "unclear", "missing"
    ]  # fmt: skip
    assert states(found, "judged") == [
        "answered", "not_documented", "not_asked", "not_asked", "not_asked", "unclear", "unclear"
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["ja", "JA", " Ja ", "ja "])
def test_a_value_is_known_by_itself_or_its_label_whatever_the_case(cell: str) -> None:
    assert table(Item("q", values={"1": "Ja", "ja": "ja"}), q=[cell]).answers[0]["q"].values in (("ja",), ("1",))


def test_several_answers_are_divided_at_semicolons_and_each_counts_once() -> None:
    item = Item("q", kind="several", values=("læge", "psykolog"))
    found = table(item, q=["læge; psykolog;læge", "; ", "læge;præst"])
    assert found.answers[0]["q"] == Answer("answered", ("læge", "psykolog"))
    assert found.answers[1]["q"].state == "missing"
    assert (found.answers[2]["q"].values, found.answers[2]["q"].strange) == (("læge",), ("præst",))


def test_an_answer_that_the_skip_logic_forbids_does_not_count_and_is_marked() -> None:
    found = table(TYPE, LIMITED, type=["p"], limited=["ja"])
    assert found.answers[0]["limited"] == Answer("not_asked", contradicts=True)


def test_not_documented_can_be_an_answer_with_which_another_item_is_asked() -> None:
    why = Item("why", asked_if={"limited": ("nej", "fremgår ikke")})
    limited = Item("limited", values=JA_NEJ, not_documented="fremgår ikke")
    found = table(limited, why, limited=["nej", "fremgår ikke", "ja"], why=["a", "b", ""])
    assert states(found, "why") == ["answered", "answered", "not_asked"]


def test_skip_logic_in_a_circle_counts_as_asked_and_ends() -> None:
    a, b = Item("a", asked_if={"b": "ja"}), Item("b", asked_if={"a": "ja"})
    found = table(a, b, a=["ja"], b=["nej"])
    assert states(found, "a") == ["answered"]
    assert {problem.rule for problem in check_case_table(found, ())} == {"circular-skip"}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("14.750", 14750),
        ("67,7", 67.7),
        ("1.234,5", 1234.5),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("to", None),
        ("", None),
    ],
)
def test_danish_numbers_are_read(written: str, number: float | None) -> None:
    assert number_of(written) == number


def test_numbers_fall_into_bands_and_a_limit_belongs_to_the_band_above() -> None:
    assert band_labels((26, 52)) == ["< 26", "26–51", "≥ 52"]
    assert [band_of(n, (26, 52)) for n in (25.9, 26, 51, 52)] == ["< 26", "26–51", "26–51", "≥ 52"]
    found = table(Item("uger", kind="number", bands=(26,)), uger=["25", "26", "mange"])
    assert [answers["uger"].values for answers in found.answers] == [("< 26",), ("≥ 26",), ()]


# Files and their faults


def test_of_the_same_fault_in_many_rows_the_rest_is_counted() -> None:
    found = table(Item("q", values=("ja",)), q=["jo"] * 30)
    problems = [problem for problem in check_case_table(found, ()) if problem.rule == "unknown-value"]
    assert len(problems) == 21
    assert "10 more rows" in problems[-1].message


def test_a_value_list_may_be_written_short(make_study: MakeStudy) -> None:
    root = make_study("=== tables/t.yaml\nitems:\n- {id: q, values: [ja, nej], bands: []}\n"
                      "- {id: n, kind: number, bands: [26, 52.5]}\n=== tables/t.csv\nQ;n\nja;30\n")  # fmt: skip
    found, problems = read_case_table(root, "t")
    assert problems == [] and found is not None
    assert found.items["q"].choices == {"ja": "ja", "nej": "nej"}
    assert found.answers[0]["q"] == Answer("answered", ("ja",))
    assert found.answers[0]["n"] == Answer("answered", ("26 – < 52.5",))


def test_rows_with_the_same_id_or_none_and_strange_files_are_reported(make_study: MakeStudy) -> None:
    root = make_study("=== tables/t.yaml\nid: nr\nitems: [{id: q}]\n=== tables/t.csv\nnr;q\n1;a\n1;b\n;c\n"
                      "=== tables/x.txt\nx\n=== tables/u.yaml\nitems: []\n")  # fmt: skip
    _, problems = read_case_tables(root)
    assert {(problem.place, problem.rule) for problem in problems} == {
        ("tables/t.csv:3", "duplicate-id"), ("tables/t.csv:4", "missing-key"), ("tables/x.txt", "stray-file"),
        ("tables/u.yaml", "missing-file"),
    }  # fmt: skip


# The drafted description


def headed(text: str) -> HeadedTable:
    sheet, _ = sheet_from_bytes(text.encode(), "t.csv")
    assert sheet is not None
    found, problems = headed_table(sheet, "t.csv")
    assert found is not None and problems == []
    return found


SHEET = "Sagsnr.;Kommune;Begrænset;Vurderet;Afklaring;Uger;CPR\n" + "".join(
    f"S-{n};{'Birkeby' if n % 2 else 'Askhavn'};{'ja' if n % 3 else 'nej'};"
    f"{('ja', 'fremgår ikke')[n % 2] if n % 3 else ''};{'læge; psykolog' if n % 2 else 'læge'};{n * 7};"
    f"010203-{1000 + n}\n"
    for n in range(1, 31)
).replace("læge; psykolog", '"læge; psykolog"')
NOTHING: Mapping[str, str] = {}
NAMES = {"birkeby": "birkeby", "askhavn": "askhavn"}


def test_a_draft_finds_id_case_values_not_documented_several_numbers_and_skip_logic() -> None:
    found = headed(SHEET)
    about = draft_table(found, NAMES, "Gennemgang", {}, kept_columns(found))
    items = {item.id: item for item in about.items}
    assert (about.id, about.case) == ("Sagsnr.", "Kommune")
    assert list(items) == ["begraenset", "vurderet", "afklaring", "uger"], "the column with CPR numbers is left out"
    assert list(items["begraenset"].choices) == ["ja", "nej"]
    assert items["vurderet"].not_documented == ("fremgår ikke",)
    assert items["vurderet"].asked_if == {"begraenset": ("ja",)}
    assert (items["afklaring"].kind, set(items["afklaring"].choices)) == ("several", {"læge", "psykolog"})
    assert items["uger"].kind == "number"


def test_a_draft_is_read_back_as_it_was_meant(make_study: MakeStudy) -> None:
    found = headed(SHEET)
    about = draft_table(found, NAMES, "Gennemgang: »30« sager", {}, kept_columns(found))
    odd = Item(
        "odd", "Er det: »sådan«?", "Kol, 1", values={"no": "Nej: nej", "null": "#", "1": "- x"}, missing=("-", "?")
    )
    about = TableFile((*about.items, odd), about.title, id=about.id, case=about.case)
    root = make_study(f"=== tables/t.yaml\n{yaml_text(about)}=== tables/t.csv\n{SHEET}")
    again, _ = read_case_table(root, "t")
    assert again is not None
    plain = [(i.id, i.label, i.column, i.kind, i.choices, i.asked_if) for i in about.items]
    assert [(i.id, i.label, i.column, i.kind, i.choices, i.asked_if) for i in again.about.items] == plain
    assert again.title == "Gennemgang: »30« sager"
    assert again.items["odd"].missing == ("-", "?")


def test_cells_filled_here_and_there_give_no_skip_logic() -> None:
    text = "nr;a;b\n" + "".join(f"{n};{'ja' if n % 2 else 'nej'};{'x' if n % 5 else ''}\n" for n in range(1, 31))
    found = headed(text)
    assert draft_table(found, {}, "", {}, kept_columns(found)).items[1].asked_if == {}


# Adding to a study


def add(
    root: Path, text: str, given: Mapping[str, str] = NOTHING, replace: bool = False, name: str = "sager"
) -> TablePlan:
    plan, problems = try_to_add(root, text, given, replace, name)
    assert plan is not None, problems
    assert apply_table(root, plan, NOW) == []
    return plan


def try_to_add(
    root: Path,
    text: str,
    given: Mapping[str, str] = NOTHING,
    replace: bool = False,
    name: str = "sager",
) -> tuple[TablePlan | None, list[Problem]]:
    path = root.parent / "sager.csv"
    path.write_text(text)
    new = NewTable(path, sha256(path.read_bytes()), "", headed(text))
    cases: tuple[Case, ...] = read_cases(root)[0]
    return plan_table(root, new, name, cases, given, NOW.date(), replace)


def test_a_table_is_added_with_its_original_and_sound_at_once(make_study: MakeStudy) -> None:
    root = make_study()
    add(root, SHEET)
    tables, problems = read_case_tables(root)
    assert problems == []
    assert check_case_table(tables[0], read_cases(root)[0]) == []
    assert (root / "private" / "originals" / "sager.csv").read_text() == SHEET
    assert "010203" not in (root / "tables" / "sager.csv").read_text("utf-8-sig")


def test_the_same_file_again_writes_nothing_and_an_undo_takes_the_table_away(make_study: MakeStudy) -> None:
    root = make_study()
    add(root, SHEET)
    assert add(root, SHEET).files == ()
    assert undo_import(root)[1] == []
    assert not (root / "tables").exists() and not (root / "private").exists()


def test_a_newer_version_brings_its_rows_and_keeps_what_was_written_about_them(make_study: MakeStudy) -> None:
    root = make_study()
    add(root, SHEET)
    path = root / "tables" / "sager.yaml"
    path.write_text(path.read_text().replace("label: Begrænset", "label: Er evnen begrænset?   # vores ord"))
    longer = SHEET.replace("Uger;CPR", "Uger;CPR;Ny").replace("\n", ";x\n").replace("Ny;x", "Ny")
    plan = add(root, longer.replace("S-1;Birkeby;ja", "S-1;Birkeby;nej") + "S-31;Birkeby;nej;;læge;9;010203-1031;y\n")
    assert (plan.new, plan.gone, plan.new_columns) == (1, 0, ("Ny",))
    assert "Er evnen begrænset?   # vores ord" in path.read_text()
    found, problems = read_case_table(root, "sager")
    assert problems == [] and found is not None
    assert (len(found.rows), "ny" in found.items) == (31, True)
    assert found.about.origin is not None and found.about.origin.file != "sager.csv"


def test_cells_corrected_by_hand_are_not_overwritten_unasked(make_study: MakeStudy) -> None:
    root = make_study()
    add(root, SHEET)
    path = root / "tables" / "sager.csv"
    path.write_text(path.read_text().replace("S-2;Askhavn;ja", "S-2;Askhavn;nej"))
    plan, problems = try_to_add(root, SHEET + "S-31;Birkeby;nej;;læge;9;x\n")
    assert plan is None
    assert [problem.rule for problem in problems] == ["edited-table"]
    add(root, SHEET + "S-31;Birkeby;nej;;læge;9;010203-1031\n", replace=True)
    assert undo_import(root)[1] == []
    assert "S-2;Askhavn;nej" in path.read_text()
