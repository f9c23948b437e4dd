"""Tables, surveys and counts in a shell: what is printed, the exit codes, and that nothing ends in a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.checks import check_study
from corpus.problems import errors

ROWS = "".join(
    f"S-{n};{'Birkeby' if n % 2 else 'Askhavn'};{'ja' if n % 3 else 'nej'};"
    f"{('ja', 'fremgår ikke')[n % 2] if n % 3 else ''}\n"
    for n in range(1, 31)
)
TABLE = f"Sagsnr.;Kommune;Begrænset;Vurderet\n{ROWS}"
SURVEY = (
    "Svar-ID;Kommune;Alder;Hvad er svært?\n1;Birkeby;20;Der er alt for mange sager i år\n"
    "2;Askhavn;30;Det er at finde tid til det\n"
)


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(f"=== ../sager.csv\n{TABLE}\n=== ../svar.csv\n{SURVEY}")
    monkeypatch.chdir(root)
    return root


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_a_table_is_added_shown_counted_and_taken_back(study: Path) -> None:
    added = run("table", "add", "../sager.csv")
    assert added.exit_code == 0
    assert "30 rows, 2 items" in added.stdout and "if begraenset=ja" in added.stdout
    assert errors(check_study(study)[1]) == []
    assert "sager" in run("table", "list").stdout
    shown = run("table", "show", "sager").stdout
    assert "not documented" in shown and "vurderet" in shown
    counted = run("tabulate", "vurderet", "--by", "none")
    assert counted.exit_code == 0
    assert "10 af 20 · 50\u00a0%" in counted.stdout
    assert "af 30 i alt" in counted.stdout
    assert "Recognised" in run("table", "add", "../sager.csv").stdout
    undone = run("import", "--undo")
    assert "tables/sager.csv" in undone.stdout
    assert run("table", "list").stdout.startswith("The study has no tables")


def test_a_dry_run_writes_nothing(study: Path) -> None:
    before = sorted(study.rglob("*"))
    assert "Would add table 'sager'" in run("table", "add", "../sager.csv", "--dry-run").stdout
    assert "Would import survey 'svar'" in run("import-survey", "../svar.csv", "--dry-run").stdout
    assert sorted(study.rglob("*")) == before


def test_counts_go_to_files_to_programs_and_into_the_report(study: Path) -> None:
    run("table", "add", "../sager.csv")
    for name in ("c.xlsx", "c.csv", "c.md"):
        assert run("tabulate", "vurderet", "--out", f"../{name}").exit_code == 0
        assert (study.parent / name).stat().st_size > 100
    said = json.loads(run("tabulate", "vurderet", "--by", "group", "--json").stdout)
    assert [(column["id"], column["n_applies"], column["n_all"]) for column in said["columns"]] == [
        ("few", 10, 15), ("many", 10, 15), ("", 20, 30)
    ]  # fmt: skip
    first = run("tabulate", "vurderet", "--where", "begraenset=ja", "--title", "Vurderet?", "--report")
    assert "Added to study.toml" in first.stdout
    assert (
        "already" in run("tabulate", "vurderet", "--where", "begraenset=ja", "--title", "Vurderet?", "--report").stdout
    )
    assert (
        (study / "study.toml")
        .read_text()
        .endswith('[[tabulate]]\nitems = "vurderet"\nwhere = "begraenset=ja"\ntitle = "Vurderet?"\n')
    )
    assert errors(check_study(study)[1]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tabulate", "vurdert"], "did you mean 'vurderet'"),
        (["tabulate", "vurderet", "--where", "begraenset=måske"], "there are: ja, nej"),
        (["tabulate", "vurderet", "--where", "begraenset"], "NAME=VALUE"),
        (["tabulate", "vurderet", "--out", "x.pdf"], ".xlsx"),
        (["tabulate", "vurderet", "--out", "tables/x.csv"], "part of the study"),
        (["table", "show", "sagr"], "did you mean 'sager'"),
        (["table", "add", "../sager.csv", "--case", "By"], "no column 'By'"),
        (["table", "add", "../sager.csv", "--name", "Ø"], "characters other than"),
        (["table", "add", "../nope.csv"], "nope.csv"),
        (["import-survey", "../svar.csv", "--open", "Nix"], "no column 'Nix'"),
        (["import-survey", "../sager.csv", "--skip", "Kommune", "--sheet", "Ark1"], "no sheets"),
    ],
)
def test_misuse_is_explained(study: Path, words: list[str], said: str) -> None:
    run("table", "add", "../sager.csv")
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert said in " ".join(result.output.split())


def test_a_survey_is_shown_column_by_column_imported_and_taken_back(study: Path) -> None:
    result = run("import-survey", "../svar.csv", "--title", "Ledere")
    assert result.exit_code == 0, result.output
    for words in ("Hvad er svært?", "attribute", "words on average", "2 new sources", "crosscase import --undo"):
        assert words in result.stdout
    assert (study / "sources" / "svar-1.md").read_text().startswith('---\ntitle: "1, Ledere"\ncase: birkeby\n')
    assert "Nothing new" in run("import-survey", "../svar.csv").stdout
    assert run("import", "--undo").exit_code == 0
    assert not (study / "sources" / "svar-1.md").exists()


def test_a_later_export_is_known_by_its_columns_and_says_what_changed(study: Path) -> None:
    run("import-survey", "../svar.csv")
    later = study.parent / "svar_marts.csv"
    later.write_text(SURVEY.replace(";20;", ";21;") + "3;Birkeby;40;Vi har ikke nok folk til det\n")
    result = run("import-survey", str(later))
    assert result.exit_code == 1, "a change is something to look at"
    assert "this is survey 'svar', imported before" in result.stdout
    assert "1 new source" in result.stdout and "2 respondents as before" not in result.stdout
    assert "Alder: '20' → '21'" in result.stderr
    said = json.loads(run("import-survey", str(later), "--update", "--json").stdout)
    assert (said["updated"], said["sources"], said["changed"]) == (["1"], [], [])
    assert "Alder: 21" in (study / "sources" / "svar-1.md").read_text()


def test_respondents_do_not_become_cases_of_another_study_unasked(study: Path) -> None:
    path = study.parent / "andre.csv"
    path.write_text("id;Alder;Hvad?\nx1;20;Der er alt for mange sager i år\nx2;30;Det er at finde tid til det\n")
    result = run("import-survey", str(path))
    assert result.exit_code == 2 and "--respondents cases" in result.stderr
    assert run("import-survey", str(path), "--respondents", "cases").exit_code == 0
    assert (study / "cases.csv").read_text().endswith("x1,x1,,,20\nx2,x2,,,30\n")


def test_what_tells_who_somebody_is_stays_out_of_an_archive(study: Path) -> None:
    text = SURVEY.replace("Svar-ID;", "Svar-ID;E-mail;").replace("\n1;", "\n1;a@x.dk;").replace("\n2;", "\n2;b@x.dk;")
    (study.parent / "svar.csv").write_text(text)
    (study.parent / "cpr.csv").write_text(
        TABLE.replace("Vurderet\n", "Vurderet;CPR\n").replace("ja\n", "ja;010203-1234\n")
    )
    assert "private/originals/svar.csv" in run("import-survey", "../svar.csv").stdout
    assert "private/originals/cpr.csv" in run("table", "add", "../cpr.csv").stdout
    (study / "originals").mkdir(exist_ok=True)
    (study / "originals" / "igen.csv").write_text(text)
    said = run("export", "study", "../whole.zip")
    assert said.exit_code == 0 and "left out: originals/igen.csv, private/" in said.stdout
    with zipfile.ZipFile(study.parent / "whole.zip") as file:
        inside = b"".join(map(file.read, file.namelist()))
    assert b"a@x.dk" not in inside and b"010203-1234" not in inside


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--respondents", "cases"], "respondents are sources"),
        (["--case", "Alder"], "column 'Alder' is closed, not case"),
        (["--open", "Alder"], "column 'Alder' is closed, not open"),
        (["--title", "Andet"], "its title is 'svar', not 'Andet'"),
        (["--asked", "answered"], "its asked is 'all', not 'answered'"),
    ],
)
def test_an_option_that_says_otherwise_of_a_survey_in_the_study_is_refused(
    study: Path, words: list[str], said: str
) -> None:
    first = ("import-survey", "../svar.csv", "--case", "Kommune", "--closed", "Alder")
    assert run(*first).exit_code == 0
    assert "Nothing new" in run(*first).stdout, "the same again is recognised"
    result = run("import-survey", "../svar.csv", *words)
    assert result.exit_code == 2
    assert f"imported before, and otherwise: {said}" in " ".join(result.stderr.split())


def test_a_survey_without_respondents_is_said_to_have_none(study: Path) -> None:
    (study.parent / "tom.csv").write_text(SURVEY.split("\n")[0] + "\n")
    result = run("import-survey", "../tom.csv")
    assert result.exit_code == 1 and "no respondents" in result.stderr
    assert not (study / "surveys").exists()


def test_a_count_is_not_written_into_a_folder_that_is_not_there(study: Path) -> None:
    run("table", "add", "../sager.csv")
    result = run("tabulate", "vurderet", "--out", "../nope/x.csv")
    assert result.exit_code == 2 and "There is no folder ../nope" in result.stderr
    assert not (study.parent / "nope").exists()


def test_an_import_that_was_killed_is_said_by_check_status_and_build(study: Path) -> None:
    kill = (
        "import os, signal, corpus.import_journal as j\nfrom cli.main import main\n"
        "def killed(path, *_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "j._move = killed\nmain(['import-survey', '../svar.csv'])"
    )
    assert run("build").exit_code in (0, 1)
    assert subprocess.run([sys.executable, "-c", kill], cwd=study).returncode < 0
    for command in ("check", "status", "build"):
        assert "was interrupted" in run(command).output, command
    assert run("import-survey", "../svar.csv").exit_code == 0
    assert "was interrupted" not in run("check").output
    run("import", "--undo")
    assert "was interrupted" in run("status").output
    run("import", "--undo")
    assert "was interrupted" not in run("status").output
    assert not (study / "surveys").exists() and not (study / "originals").exists()


def test_without_tables_the_commands_say_how_to_get_one(study: Path) -> None:
    assert "crosscase table add" in run("table", "list").stdout
    assert "crosscase table add" in run("table", "show").stdout
    assert json.loads(run("table", "list", "--json").stdout) == []
