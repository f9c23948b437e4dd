"""`crosscase import` in a shell: what it prints, its exit codes, and that it ends without a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from corpus.readers import READERS
from corpus.study import read_study

TRANSCRIPT = "Interview 1\n\nI: Hvor mange sager?\n\nS: Tres.\n\nI: Nå.\n\nS: Ja.\n"
MAIN_SUFFIXES = (".txt", ".md", ".docx", ".odt", ".rtf", ".html", ".pdf", ".srt", ".vtt")
GUIDE = "# Guide\n\n## 1. Økonomi\n\n- a. Hvad koster det? {#1a}\n- b. Hvem betaler? {#1b}\n"


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(
        f"=== guide.md\n{GUIDE}\n=== ../inbox/leder.txt\n{TRANSCRIPT}\n=== ../inbox/note.mp3\n\x00\x01\x02\n"
    )
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
    assert "Imported 1 source (1 txt):" in result.stdout
    assert "transcript, 5 paragraphs, speakers I, S, case birkeby" in result.stdout
    assert "Passed over 1 file of other kinds: 1 .mp3" in result.stdout
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
        (["../inbox", "--asked", "all,1a"], "cannot stand beside question ids"),
        (["../inbox", "--encoding", "cp125"], "did you mean 'cp1252'"),
        (["../inbox", "--encoding", "rot13"], "there is no encoding 'rot13'"),
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


def test_help_and_messages_name_every_format_that_can_be_read(study: Path) -> None:
    (study.parent / "empty").mkdir()
    for said in (run("--help").stdout, run("../empty").stdout):
        words = set(re.findall(r"\w+", said))
        assert {suffix[1:] for suffix in READERS if suffix in MAIN_SUFFIXES} <= words
    assert "There were no files to import" in run("../empty").stdout


@pytest.mark.parametrize(
    ("name", "said"), [("svar.xlsx", "crosscase import-survey"), ("projekt.qda", "crosscase import-project")]
)
def test_what_comes_in_by_another_command_is_told(study: Path, name: str, said: str) -> None:
    (study.parent / "inbox" / name).write_bytes(b"x")
    named = run(f"../inbox/{name}")
    assert (named.exit_code, sources(study)) == (1, [])
    assert said in named.stderr
    assert said in run("../inbox").stdout


def test_a_summary_counts_formats_and_files_that_could_not_be_imported(study: Path) -> None:
    inbox = study.parent / "inbox"
    (inbox / "a.md").write_text("# A\n\nTekst a.\n")
    (inbox / "b.html").write_text("<p>Tekst b.</p>")
    (inbox / "c.docx").write_bytes(b"PK\x03\x04 cut off")
    result = run("../inbox")
    assert "Imported 3 sources (1 md, 1 html, 1 txt):" in result.stdout
    assert "Not imported: 1 file" in result.stdout
    assert "c.docx" in result.stderr


def test_an_encoding_can_be_said_for_files_that_were_imported_before(study: Path) -> None:
    path = study.parent / "inbox" / "leder.txt"
    path.write_bytes("På øen så vi færre små børn.\n".encode("cp865"))
    run(str(path), "--encoding", "cp1252")
    result = run(str(path), "--encoding", "CP865")
    assert "Updated 1 source" in result.stdout
    assert read_study(study)[0].sources[0].text == "På øen så vi færre små børn.\n"


def test_the_front_matter_of_a_file_is_used_where_nothing_else_is_said(study: Path) -> None:
    (study.parent / "inbox" / "b.md").write_text(
        "---\ntitel: Ét interview\nsag: Birkeby\nrolle: [leder, souschef]\ndato: 14-01-2009\nspurgt: [1a, 1b]\n"
        "type: udskrift\nsprog: en\ntags: [x]\n---\n\nTekst b.\n"
    )
    assert run("../inbox/b.md", "--role", "sagsbehandler").exit_code == 0
    meta = read_study(study)[0].sources[0].meta
    assert (meta.title, meta.case, meta.roles, str(meta.date)) == (
        "Ét interview",
        "birkeby",
        ("sagsbehandler",),
        "2009-01-14",
    )
    assert (meta.asked, meta.kind, meta.language) == (("1a", "1b"), "transcript", "en")


def test_front_matter_that_cannot_be_used_is_told_and_the_file_imported(study: Path) -> None:
    (study.parent / "inbox" / "b.md").write_text("---\ncase: birkebi\nkind: note\nroles: leder\n---\n\nTekst b.\n")
    result = run("../inbox/b.md")
    assert result.exit_code == 1
    assert "case 'birkebi' is not in cases.csv: that line of its front matter was not used" in result.stderr
    assert "[bad-value]" in result.stderr
    assert read_study(study)[0].sources[0].meta.roles == ("leder",)


def test_one_import_waits_for_another(study: Path) -> None:
    lock = (
        "import sys, time; from pathlib import Path; from corpus.import_journal import import_lock\n"
        "with import_lock(Path(sys.argv[1])):\n  print('locked', flush=True); time.sleep(1.5)\n"
    )
    with subprocess.Popen([sys.executable, "-c", lock, str(study)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n" if os.name != "nt" else b"locked\r\n"
        result = run("../inbox")
        assert "Waiting for it" in result.stderr
        assert other.wait(10) == 0
    assert sources(study) == ["leder"]
