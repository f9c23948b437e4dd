"""`crosscase import` in a shell: what it prints, its exit codes, and that it ends without a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from corpus.study import read_study

TRANSCRIPT = "Interview 1\n\nI: Hvor mange sager?\n\nS: Tres.\n\nI: Nå.\n\nS: Ja.\n"
GUIDE = "# Guide\n\n## 1. Økonomi\n\n- a. Hvad koster det? {#1a}\n- b. Hvem betaler? {#1b}\n"


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(f"=== guide.md\n{GUIDE}\n=== ../inbox/leder.txt\n{TRANSCRIPT}\n=== ../inbox/note.pdf\nx\n")
    monkeypatch.chdir(root)
    return root


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["import", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def sources(root: Path) -> list[str]:
    return [source.id for source in read_study(root)[0].sources]


def test_an_import_says_what_became_of_each_file_and_what_to_do_next(study: Path) -> None:
    result = run("../inbox", "--case", "Birkeby", "--role", "leder", "--role", "souschef", "--date", "14-01-2009")
    assert result.exit_code == 0
    assert "Imported 1 source" in result.stdout
    assert "transcript, 5 paragraphs, speakers I, S, case birkeby" in result.stdout
    assert "Passed over 1 file of other kinds: 1 .pdf" in result.stdout
    assert "asked" in result.stdout
    assert "crosscase import --undo" in result.stdout
    assert result.stderr == ""
    assert sources(study) == ["leder"]


def test_an_undo_takes_the_last_import_back(study: Path) -> None:
    run("../inbox")
    result = run("--undo")
    assert (result.exit_code, sources(study)) == (0, [])
    assert "1 source removed" in result.stdout
    assert run("--undo").exit_code == 1


def test_an_undo_that_would_lose_work_says_so(study: Path) -> None:
    run("../inbox")
    path = study / "sources" / "leder.md"
    path.write_text(path.read_text() + "\nMere.\n")
    result = run("--undo")
    assert (result.exit_code, sources(study)) == (1, ["leder"])
    assert "cannot-undo" in result.stderr
    assert "Nothing was taken back" in result.stderr


def test_a_dry_run_shows_and_writes_nothing(study: Path) -> None:
    result = run("../inbox", "--dry-run")
    assert (result.exit_code, sources(study)) == (0, [])
    assert "Would import 1 source" in result.stdout
    assert not (study / ".crosscase").exists()


def test_programs_get_json_with_every_repair(study: Path) -> None:
    path = study.parent / "inbox" / "brudt.txt"
    path.write_text("Der var i de år en ganske stor og tydelig perso-\n\nnaleudskiftning i kommunen.\n")
    said = json.loads(run("../inbox/brudt.txt", "../inbox/leder.txt", "--asked", "1a,1b", "--json").stdout)
    assert [entry["id"] for entry in said["imported"]] == ["brudt", "leder"]
    assert "personaleudskiftning" in said["imported"][0]["repairs"][0]
    assert said["imported"][1]["asked"] == ["1a", "1b"]
    assert said["imported"][1]["speakers"] == ["I", "S"]
    again = json.loads(run("../inbox", "--json").stdout)
    assert [entry["id"] for entry in again["recognised"]] == ["brudt", "leder"]
    assert json.loads(run("--undo", "--json").stdout)["undone"]


def test_a_problem_is_shown_the_others_are_imported_and_the_exit_code_is_1(study: Path) -> None:
    (study.parent / "inbox" / "tom.txt").write_text("")
    result = run("../inbox", "nope.docx")
    assert (result.exit_code, sources(study)) == (1, ["leder"])
    assert "[unreadable-file]" in result.stderr
    assert "[missing-file]" in result.stderr
    as_json = json.loads(run("../inbox", "--json").stdout)
    assert [problem["rule"] for problem in as_json["problems"]] == ["unreadable-file"]


def test_a_table_fills_in_what_is_known_later(study: Path) -> None:
    run("../inbox")
    (study / "files.csv").write_text("fil;sag;spurgt\nleder.txt;Birkeby;1a\n")
    result = run("--table", "files.csv")
    assert result.exit_code == 0
    assert "Filled in case, asked of source 'leder'" in result.stdout
    assert read_study(study)[0].sources[0].meta.case == "birkeby"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Name the files"),
        (["--undo", "../inbox"], "takes no files"),
        (["../inbox", "--case", "birkebi"], "did you mean 'birkeby'"),
        (["../inbox", "--date", "igår"], "14-01-2009"),
        (["../inbox", "--asked", "9z"], "not in guide.md"),
        (["../inbox", "--kind", "film"], "summary"),
        (["../inbox", "--table", "nope.csv"], "nope.csv"),
        (["../inbox/leder.txt", "../inbox/note.txt", "--study", "/nowhere"], "study.toml"),
    ],
)
def test_misuse_is_explained_and_the_exit_code_is_2(study: Path, words: list[str], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, sources(study)) == (2, [])
    assert said in " ".join(result.stderr.split())


def test_an_id_or_title_is_for_one_file(study: Path) -> None:
    (study.parent / "inbox" / "b.txt").write_text("Tekst b.")
    assert run("../inbox", "--id", "x").exit_code == 2
    assert run("../inbox/b.txt", "--id", "x", "--title", "Ét interview").exit_code == 0
    assert read_study(study)[0].sources[0].title == "Ét interview"


def test_many_files_are_summed_up(study: Path) -> None:
    for number in range(60):
        (study.parent / "inbox" / f"i{number:02}.txt").write_text(f"Tekst {number}.")
    result = run("../inbox")
    assert "Imported 61 sources" in result.stdout
    assert "31 more" in result.stdout
    assert len(result.stdout.splitlines()) < 45
    assert result.stderr == ""
