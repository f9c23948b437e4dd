"""Coding in a shell: what is written, what is refused, and that everything can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import read_coded_study

STUDY = """=== codebook.yaml
themes:
- {id: sager, label: Sager, definition: Om sager., patterns: [sag], codes: [{id: sager.mange, label: Mange}]}
- {id: tid, label: Tid, definition: Om tid.}
=== sources/k.md
---
case: birkeby
---

## Sager

Der er for mange sager. Det tager tid. Alt andet er godt. Det tager tid.
=== sources/l.md
---
case: askhavn
---

Sagen er lukket 👩‍🔬 af lederen.
"""


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["code", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def codings(root: Path) -> list[tuple[str, str, str]]:
    return [(c.coder, c.code, c.quote) for c in read_coded_study(root)[0].codings]


def test_words_get_a_code_and_one_undo_takes_it_back(study: Path) -> None:
    result = run("add", "k", "sager", "--quote", "for mange sager", "--memo", "tydeligt")
    assert result.exit_code == 0
    assert codings(study) == [("ana", "sager", "for mange sager")]
    assert run("undo").exit_code == 0
    assert codings(study) == []


def test_an_undo_can_be_undone_by_its_name(study: Path) -> None:
    run("add", "k", "sager", "--quote", "for mange sager")
    name = run("undo").output.split()[-1]
    assert run("undo", name).exit_code == 0
    assert codings(study) == [("ana", "sager", "for mange sager")]


def test_words_that_stand_twice_must_be_chosen_and_are_not_guessed(study: Path) -> None:
    refused = run("add", "k", "tid", "--quote", "Det tager tid.")
    assert refused.exit_code == 1
    assert "2 places" in refused.output
    assert codings(study) == []
    assert run("add", "k", "tid", "--quote", "Det tager tid.", "--nth", "2").exit_code == 0
    text = read_coded_study(study)[0].study.source_by_id["k"].text
    assert read_coded_study(study)[0].codings[0].start == text.rindex("Det tager tid.")


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["add", "x", "sager", "--quote", "sager"], 2, "no source 'x'"),
        (["add", "k", "sagr", "--quote", "mange"], 2, "did you mean 'sager'"),
        (["add", "k", "sager", "--quote", "findes ikke"], 1, "not in sources/k.md"),
        (["add", "k", "sager"], 2, "Say which words"),
        (["add", "k", "sager", "--start", "5", "--end", "3"], 1, "not a stretch"),
        (["add", "k", "sager", "--start", "0", "--end", "99999"], 1, "not a stretch"),
        (["add", "k", "sager", "--quote", "mange", "--coder", "Ana!"], 2, "coder id"),
        (["retract", "c0"], 2, "no coding 'c0'"),
        (["undo"], 1, "nothing left"),
        (["undo", "zzz"], 1, "no act 'zzz'"),
        (["read", "zzz"], 2, "no source 'zzz'"),
        (["read", "k", "--theme", "sager.mange"], 2, "not a theme"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    study: Path, words: list[str], exit_code: int, said: str
) -> None:
    result = run(*words)
    assert result.exit_code == exit_code
    assert said in result.output
    assert not (study / "codings").exists()


def test_who_codes_must_be_known(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSCASE_CODER")
    assert "Who is coding?" in run("add", "k", "sager", "--quote", "mange").output
    assert run("me", "bo").exit_code == 0
    assert run("add", "k", "sager", "--quote", "mange").exit_code == 0
    assert codings(study)[0][0] == "bo"


def test_the_same_code_on_the_same_words_is_not_written_twice(study: Path) -> None:
    run("add", "k", "sager", "--quote", "mange sager")
    assert run("add", "k", "sager", "--quote", "mange sager").exit_code == 1
    assert len(codings(study)) == 1


def test_a_coding_can_be_recoded_resized_noted_and_all_of_it_undone(study: Path) -> None:
    run("add", "k", "sager", "--quote", "mange sager")
    id = read_coded_study(study)[0].codings[0].id
    assert run("recode", id, "sager.mange").exit_code == 0
    assert run("resize", id, "--quote", "for mange sager").exit_code == 0
    assert run("memo", id, "jf. 3e").exit_code == 0
    (coding,) = read_coded_study(study)[0].codings
    assert (coding.code, coding.quote, coding.memo) == ("sager.mange", "for mange sager", "jf. 3e")
    for _ in range(3):
        run("undo")
    (coding,) = read_coded_study(study)[0].codings
    assert (coding.code, coding.quote, coding.memo) == ("sager", "mange sager", "")


def test_one_coder_cannot_change_anothers_codings(study: Path) -> None:
    run("add", "k", "sager", "--quote", "mange sager")
    id = read_coded_study(study)[0].codings[0].id
    result = run("retract", id, "--coder", "bo")
    assert (result.exit_code, "ana's" in result.output) == (2, True)


def test_a_lost_coding_is_found_again_by_resize(study: Path) -> None:
    run("add", "k", "sager", "--quote", "for mange sager")
    id = read_coded_study(study)[0].codings[0].id
    source = study / "sources" / "k.md"
    source.write_text(source.read_text("utf-8").replace("for mange sager", "alt for mange åbne sager"), "utf-8")
    assert {p.rule for p in read_coded_study(study)[1]} >= {"uncertain-quote"}
    assert run("resize", id, "--quote", "alt for mange åbne sager").exit_code == 0
    assert read_coded_study(study)[0].codings[0].quote == "alt for mange åbne sager"


def test_read_marks_are_kept_shown_and_undone(study: Path) -> None:
    assert run("read", "--all").exit_code == 0
    assert run("read").output.split() == ["k", "read", "l", "read"]
    run("undo")
    assert run("read").output.split() == ["k", "-", "l", "-"]
    run("read", "k", "--theme", "tid")
    assert "read for tid" in run("read").output


@pytest.mark.parametrize(("command", "origin"), [("patterns", "pattern"), ("structure", "structure")])
def test_drafts_are_shown_first_written_when_told_to_and_undone_at_once(study: Path, command: str, origin: str) -> None:
    shown = run(command)
    assert shown.exit_code == 0
    assert "Nothing was written" in shown.output
    assert codings(study) == []
    assert run(command, "--apply").exit_code == 0
    written = read_coded_study(study)[0].codings
    assert written
    assert {c.origin for c in written} == {origin}
    assert "Nothing new" in run(command, "--apply").output
    assert run("undo").exit_code == 0
    assert codings(study) == []


def test_the_list_shows_words_and_place_and_is_json_for_programs(study: Path) -> None:
    run("add", "l", "sager.mange", "--quote", "👩‍🔬 af")
    assert "l:5 [" in run("list", "--code", "sager").output
    (record,) = json.loads(CliRunner().invoke(main, ["code", "list", "--json"]).stdout)
    text = read_coded_study(study)[0].study.source_by_id["l"].text
    assert text[record["start"] : record["end"]] == record["quote"] == "👩‍🔬 af"
