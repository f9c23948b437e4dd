"""`crosscase code sheet` and `crosscase code import` in a shell: what is shown, asked, written and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from cli.main import main
from coding.coded_study import read_coded_study

STUDY = """=== codebook.yaml
themes:
- {id: sager, label: Sager, definition: Om sager.}
- {id: tid, label: Tid, definition: Om tid.}
=== sources/k.md
---
case: birkeby
---

Der er for mange sager.

Det tager tid.
=== sources/l.md
---
case: askhavn
---

Sagen er lukket.
"""


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str, answer: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["code", *words], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def codings(root: Path) -> list[tuple[str, str, str]]:
    return [(c.coder, c.code, c.quote) for c in read_coded_study(root)[0].codings]


def type_in(root: Path, cell: str, value: object, tab: str = "k", file: str = "s.xlsx") -> None:
    book = load_workbook(root / file)
    book[tab][cell] = value
    book.save(root / file)


def test_work_in_a_sheet_comes_back_and_one_undo_takes_it_out(study: Path) -> None:
    result = run("sheet", "-o", "s.xlsx")
    assert result.exit_code == 0
    assert "s.xlsx: 2 sources, 3 paragraphs, to be coded by ana" in result.output
    type_in(study, "C5", "sager — Sager")
    type_in(study, "C5", "tid", tab="l")
    result = run("import", "s.xlsx", "--yes")
    assert result.exit_code == 0
    assert codings(study) == [("ana", "sager", "Der er for mange sager."), ("ana", "tid", "Sagen er lukket.")]
    result = run("import", "s.xlsx", "--yes")
    assert (result.exit_code, "Nothing to import" in result.output) == (0, True)
    assert run("undo").exit_code == 0
    assert codings(study) == []


def test_changes_are_shown_and_not_written_where_nobody_can_answer(study: Path) -> None:
    run("sheet", "k", "-o", "s.xlsx")
    type_in(study, "C6", "tid")
    result = run("import", "s.xlsx")
    assert result.exit_code == 1
    assert "paragraph 2" in result.output and "+ tid" in result.output and "--yes" in result.output
    assert codings(study) == []
    assert run("import", "s.xlsx", "--dry-run").exit_code == 0
    assert codings(study) == []


@pytest.mark.parametrize(("answer", "written"), [("y\n", 1), ("n\n", 0)])
def test_in_a_terminal_it_asks(study: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: int) -> None:
    monkeypatch.setattr("cli.code_sheets._is_terminal", lambda: True)
    run("sheet", "k", "-o", "s.xlsx")
    type_in(study, "C6", "tid")
    result = run("import", "s.xlsx", answer=answer)
    assert "Write these changes?" in result.output
    assert (len(codings(study)), result.exit_code) == (written, 1 - written)


def test_nothing_is_written_while_there_are_problems_unless_they_are_skipped(study: Path) -> None:
    run("sheet", "k", "-o", "s.xlsx")
    type_in(study, "C5", "sagger")
    type_in(study, "C6", "tid")
    result = run("import", "s.xlsx", "--yes")
    assert result.exit_code == 1
    assert "s.xlsx:5: tab 'k': 'sagger' is no code  [unknown-code]" in result.output
    assert "did you mean 'sager'?" in result.output
    assert codings(study) == []
    assert run("import", "s.xlsx", "--yes", "--skip-problems").exit_code == 0
    assert codings(study) == [("ana", "tid", "Det tager tid.")]


def test_another_coders_sheet_needs_that_coders_name(study: Path) -> None:
    run("sheet", "k", "-o", "s.xlsx", "--coder", "bo")
    type_in(study, "C6", "tid")
    result = run("import", "s.xlsx", "--yes", "--skip-problems")
    assert result.exit_code == 1
    assert "the sheet is bo's, and you code as ana" in result.output
    assert run("import", "s.xlsx", "--yes", "--coder", "bo").exit_code == 0
    assert codings(study) == [("bo", "tid", "Det tager tid.")]


def test_without_a_name_it_takes_the_sources_not_yet_read(study: Path) -> None:
    run("read", "k")
    assert run("sheet", "-o", "s.xlsx", "--json").exit_code == 0
    assert load_workbook("s.xlsx").sheetnames == ["Vejledning", "Koder", "l", "crosscase"]
    result = run("sheet", "-o", "alle.xlsx", "--all", "--json")
    assert json.loads(result.stdout) == {"file": "alle.xlsx", "coder": "ana", "sources": ["k", "l"], "paragraphs": 3}
    run("read", "l")
    result = run("sheet", "-o", "t.xlsx")
    assert (result.exit_code, "--all" in result.output) == (1, True)


def test_json_tells_changes_and_problems_and_writes_only_when_told_to(study: Path) -> None:
    run("sheet", "k", "-o", "s.xlsx")
    type_in(study, "C6", "tid")
    type_in(study, "I6", "note")
    type_in(study, "N6", "mit")
    result = run("import", "s.xlsx", "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["written"]) == (1, "")
    assert said["changes"] == [{"source": "k", "paragraph": 2, "kind": "add", "code": "tid", "to": "note",
                                "words": "Det tager tid."}]  # fmt: skip
    assert [p["rule"] for p in said["problems"]] == ["sheet-not-used"]
    said = json.loads(run("import", "s.xlsx", "--json", "--yes").stdout)
    assert said["written"] and codings(study) == [("ana", "tid", "Det tager tid.")]


def test_work_that_was_not_imported_is_not_overwritten(study: Path) -> None:
    run("sheet", "k", "-o", "s.xlsx")
    type_in(study, "C6", "tid")
    assert run("sheet", "k", "-o", "s.xlsx").exit_code == 1
    assert load_workbook("s.xlsx")["k"]["C6"].value == "tid"
    assert run("sheet", "k", "-o", "s.xlsx", "--force").exit_code == 0
    assert load_workbook("s.xlsx")["k"]["C6"].value is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["sheet", "kk", "-o", "s.xlsx"], 2, "no source 'kk'"),
        (["sheet", "k", "-o", "s.ods"], 2, "does not end in .xlsx"),
        (["sheet", "k"], 2, "--output"),
        (["import", "none.xlsx"], 1, "bad-sheet"),
        (["import", "study.toml"], 1, "not an xlsx workbook"),
        (["import", "sources"], 1, "bad-sheet"),
    ],
)
def test_misuse_is_told_apart_from_problems(study: Path, words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert said in result.output
    assert not (study / "s.xlsx").exists()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(study: Path) -> None:
    (study / "fil").write_text("x")
    result = run("sheet", "k", "-o", "fil/s.xlsx")
    assert result.exit_code == 1
    assert "fil/s.xlsx" in result.output.replace("\\", "/")


def test_a_study_without_codes_has_nothing_to_choose_from(make_study: Callable[..., Path]) -> None:
    root = make_study("=== sources/k.md\nOrd.\n")
    result = run("sheet", "-o", str(root / "s.xlsx"), "--study", str(root), "--coder", "ana")
    assert (result.exit_code, "crosscase codebook derive" in result.output) == (1, True)


def test_an_error_elsewhere_in_the_study_is_mentioned(study: Path) -> None:
    (study / "sources" / "k.md").write_text("---\ncase: birkby\n---\n\nOrd her.\n", "utf-8")
    result = run("sheet", "k", "-o", "s.xlsx")
    assert (result.exit_code, "crosscase check" in result.output) == (0, True)
