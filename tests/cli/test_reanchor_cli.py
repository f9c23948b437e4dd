"""`crosscase reanchor`: what is listed, asked, written and taken back, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import read_coded_study

CODED = "Det tager tid at få en læge til at skrive."
LOST = "Vi har penge nok til det hele i år."
PLAIN = "Ellers går det godt, siger lederen om det hele."
TEXT = f"{CODED}\n\nSå er der pengene.\n\n{LOST}\n\n{PLAIN}"
STUDY = f"""=== codebook.yaml
themes:
- {{id: sager, label: Sager, definition: Om sager.}}
- {{id: tid, label: Tid, definition: Om tid.}}
=== sources/k.md
---
case: birkeby
---

{TEXT}
=== sources/l.md
---
case: askhavn
---

Ja.

Nej.
"""
EDITED = "En ny begyndelse.\n\n" + TEXT.replace("tager tid", "tar tid").replace(LOST, "Noget andet står her.")


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in which three sentences were coded, one of them with two codes, and then the text was edited."""
    root = make_study(STUDY)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    for words, code in ((CODED, "sager"), (LOST, "sager"), (LOST, "tid"), (PLAIN, "tid")):
        assert CliRunner().invoke(main, ["code", "add", "k", code, "--quote", words]).exit_code == 0
    edit(root, EDITED)
    return root


def edit(root: Path, text: str) -> None:
    (root / "sources" / "k.md").write_text(f"---\ncase: birkeby\n---\n\n{text}\n", "utf-8")


def run(*words: str, answers: str = "", expect: int | None = None) -> Result:
    result = CliRunner().invoke(main, ["reanchor", *words], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert expect is None or result.exit_code == expect, result.output
    return result


def states(root: Path) -> list[str]:
    return sorted(anchor.state for anchor in read_coded_study(root)[0].anchored)


def ids(root: Path, state: str) -> list[str]:
    return [anchor.id for anchor in read_coded_study(root)[0].anchored if anchor.state == state]


def words(root: Path) -> dict[str, str]:
    return {coding.id: coding.quote for coding in read_coded_study(root)[0].codings}


def test_the_list_shows_states_confidence_and_the_difference(study: Path) -> None:
    result = run(expect=1)
    assert "k: 2 lost, 1 changed, 1 moved" in result.output
    assert "[-tager-]{+tar+}" in result.output
    assert "2 codings to decide" in result.output
    assert "--accept-above" in result.output


def test_json_has_every_coding_with_its_candidates(study: Path) -> None:
    found = json.loads(run("--json", expect=1).stdout)
    by_state = {entry["state"]: entry for entry in found}
    assert set(by_state) == {"moved", "changed", "lost"}
    changed = by_state["changed"]
    assert changed["coded"] == CODED
    assert EDITED[changed["place"]["start"] : changed["place"]["end"]] == changed["place"]["text"]
    assert by_state["lost"]["place"] is None
    assert json.loads(run("l", "--json", expect=0).stdout) == []


def test_nothing_to_decide_is_exit_0(study: Path) -> None:
    edit(study, TEXT)
    assert "Nothing to decide" in run(expect=0).output


def test_accepting_what_is_clear_leaves_the_rest_and_is_undone(study: Path) -> None:
    result = run("--accept-above", "0.8", expect=0)
    assert "2 places accepted; 2 codings left" in result.output
    assert states(study) == ["accepted", "accepted", "lost", "lost"]
    assert "2 decisions" in run("--undo", expect=0).output
    assert states(study) == ["changed", "lost", "lost", "moved"]
    assert "nothing left" in run("--undo", expect=1).output


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["--quote", "Noget  andet står"], "Noget andet står"),
        (["--at", f"{EDITED.index('Noget')}:{EDITED.index('Noget') + 5}"], "Noget"),
    ],
)
def test_a_place_is_named_by_words_or_position(study: Path, where: list[str], expected: str) -> None:
    id = ids(study, "lost")[0]
    run("--accept", id, *where, expect=0)
    assert words(study)[id] == expected
    assert f"“{expected}”" in run("--accept", id, *where, expect=0).output, "a decision can be made again"


def test_a_candidate_is_chosen_by_its_number(study: Path) -> None:
    edit(study, "Ny.\n\n" + f"Anna: {CODED}\n\nBo: {CODED}\n\n{LOST}\n\n{PLAIN}")
    (id,) = (anchor.id for anchor in read_coded_study(study)[0].anchored if anchor.recorded.quote == CODED)
    assert "--candidate" in run("--accept", id, expect=2).output
    run("--accept", id, "--candidate", "2", expect=0)
    assert words(study)[id] == CODED
    assert run("--accept", id, "--candidate", "9").exit_code == 2


def test_orphans_are_listed_and_no_longer_asked_about(study: Path) -> None:
    lost = ids(study, "lost")
    run("--orphan", lost[0], "--orphan", lost[1], expect=0)
    result = run("--list", expect=0)
    assert "orphan" in result.output and "(ana, " in result.output
    assert states(study) == ["changed", "moved", "orphan", "orphan"]
    run("--accept", lost[0], "--quote", "Noget andet", expect=0)
    assert states(study) == ["accepted", "changed", "moved", "orphan"]


def test_the_questions_show_old_and_new_and_every_answer_is_on_disk_at_once(study: Path) -> None:
    result = run("--ask", answers="w\nNoget andet står her.\n1\na\ny\n", expect=0)
    assert "Så er der pengene." in result.output, "the old context"
    assert "sager" in result.output and "tid" in result.output, "both codes on the words are one question"
    assert states(study) == ["accepted"] * 4
    assert sorted(words(study).values()).count("Noget andet står her.") == 2
    assert "Nothing to decide" in run("--ask", expect=0).output


def test_skip_quit_undo_and_wrong_keys(study: Path) -> None:
    assert run("--ask", answers="s\ns\nn\n", expect=1).output.count("left to decide") == 1
    assert states(study) == ["changed", "lost", "lost", "moved"]
    run("--ask", answers="q\n", expect=1)
    assert not (study / "anchors").exists()
    result = run("--ask", answers="o\nu\nz\n9\n\no\nq\n", expect=0)
    assert "Taken back" in result.output
    assert states(study) == ["changed", "moved", "orphan", "orphan"]
    run("--ask", answers="", expect=0)
    assert run("--ask", answers="w\nfindes ikke\na\nn\n", expect=0).output.count("not in the text") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["--accept", "c-none"],
        ["--accept", "x", "--undo"],
        ["--candidate", "2"],
        ["--accept", "a", "--accept", "b", "--at", "1:2"],
        ["--accept", "a", "--at", "1:2", "--quote", "b"],
        ["--accept-above", "2"],
        ["nowhere"],
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(study: Path, wrong: list[str]) -> None:
    assert run(*wrong, expect=2).output.startswith(("Usage:", "Error:"))


def test_places_that_are_none_are_refused(study: Path) -> None:
    id = ids(study, "lost")[0]
    for at in ("x:3", "3", "-1:4"):
        run("--accept", id, "--at", at, expect=2)
    run("--accept", id, "--at", "5:99999", expect=1)
    assert "1 place" not in run("--accept", id, "--quote", "det", expect=1).output
    run("--accept", id, expect=2)
    edit(study, TEXT)
    assert "stands where it was coded" in run("--accept", id, "--at", "0:3", expect=2).output


def test_nobody_decides_without_a_name(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSCASE_CODER")
    assert "Who is coding?" in run("--accept-above", "0.9", expect=2).output
    assert not (study / "anchors").exists()


def test_status_and_check_say_what_waits_and_what_to_do(study: Path) -> None:
    status = CliRunner().invoke(main, ["status"]).output
    assert "2 codings found again, 2 to decide, 0 kept without their words" in status
    assert "crosscase reanchor" in status
    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == 1
    assert "2 codings of edited texts wait for a decision: crosscase reanchor" in checked.output
    run("--accept-above", "0.8", expect=0)
    run("--orphan", *" --orphan ".join(ids(study, "lost")).split(), expect=0)
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_coder_can_take_back_a_coding_whose_words_are_lost(study: Path) -> None:
    id = ids(study, "lost")[0]
    assert CliRunner().invoke(main, ["code", "retract", id]).exit_code == 0
    assert states(study) == ["changed", "lost", "moved"]


def test_code_list_says_what_was_moved_or_changed(study: Path) -> None:
    listed = CliRunner().invoke(main, ["code", "list"]).output
    assert "[changed]" in listed and "[moved]" in listed
    entries = json.loads(CliRunner().invoke(main, ["code", "list", "--json"]).stdout)
    assert {entry["placement"] for entry in entries} == {"changed", "moved"}
    assert all(0.78 < entry["confidence"] < 1 and entry["coded"] for entry in entries)
