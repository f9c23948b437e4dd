"""Answers to suggestions on the command line: accepted, changed, rejected, undone, reviewed, counted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import CodedStudy, read_coded_study

STUDY = """=== codebook.yaml
themes:
- id: penge
  label: Kommunens økonomi
  definition: Om budget og udgifter spiller ind.
- id: folk
  label: Personale
  definition: Om der er medarbejdere nok, og om de bliver.
  codes:
  - {id: folk.udskiftning, label: Udskiftning}
- id: laege
  label: Lægens rolle
  definition: Hvad lægekonsulenten betyder for sagen.
=== sources/ask.md
---
case: askhavn
---

Budgettet er stramt, og udgifterne stiger hvert år.

Der mangler medarbejdere, og personaleudskiftningen er stor.

Lægekonsulenten bliver spurgt i alle sager.
=== sources/bir.md
---
case: birkeby
---

Her ser man ikke på økonomien.

Medarbejderne har siddet her i mange år.

Lægens ord vejer tungest.
=== codings/ana/ask.jsonl
{"op":"read","id":"d1"}
"""


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str, keys: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(main, words, input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == code, result.output
    return result


def events(root: Path, source: str = "ask", coder: str = "ana") -> list[dict[str, Any]]:
    file = root / "codings" / coder / f"{source}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def coded(root: Path) -> CodedStudy:
    found, problems = read_coded_study(root)
    assert not problems
    return found


def ranked(root: Path, line: int, source: str = "ask") -> list[tuple[str, float]]:
    """Code and score of every suggestion for the segment on this line of the file."""
    place = coded(root).study.source_by_id[source]
    for entry in map(json.loads, run("suggest", source, "--all", "--json").stdout.splitlines()):
        if place.file_line(entry["start"]) == line:
            return [(s["code"], s["score"]) for s in entry["suggestions"]]
    raise AssertionError(f"no segment on line {line}")


def test_accepting_writes_the_answer_and_a_coding_whose_origin_is_the_model(study: Path) -> None:
    said = json.loads(run("suggest", "accept", "ask:5", "--json").stdout)
    _, accept, add = events(study)
    assert (accept["op"], add["op"]) == ("accept", "add")
    assert accept["coding"] == add["id"] == said["coding"] and accept["run"] == add["run"]
    assert accept["target"] == f"crosscase/2:penge:ask:{add['start']}-{add['end']}"
    (coding,) = coded(study).codings
    assert (coding.code, coding.origin, coding.aided) == ("penge", "crosscase/2", True)
    assert coding.quote == "Budgettet er stramt, og udgifterne stiger hvert år."
    assert "[suggestions seen]" in run("code", "list").output


def test_a_quote_narrows_the_coding_to_words_of_the_segment(study: Path) -> None:
    run("suggest", "accept", "sources/ask.md:5", "--quote", "udgifterne  stiger")
    assert [c.quote for c in coded(study).codings] == ["udgifterne stiger"]
    assert "not in the segment" in run("suggest", "accept", "ask:5", "--quote", "medarbejdere", code=1).output
    assert "stand" in run("suggest", "accept", "ask:5", "--quote", "e", code=1).output
    assert len(events(study)) == 3


def test_any_code_of_the_ranking_can_be_accepted_and_the_same_coding_only_once(study: Path) -> None:
    run("suggest", "accept", "ask:7", "folk.udskiftning")
    assert "already given" in run("suggest", "accept", "ask:7", "folk.udskiftning", code=1).output
    assert [c.code for c in coded(study).codings] == ["folk.udskiftning"]


def test_one_undo_takes_back_both_the_answer_and_the_coding(study: Path) -> None:
    run("suggest", "accept", "ask:5")
    assert "1 × accept, 1 × crosscase/2" in run("code", "undo").output
    found = coded(study)
    assert (found.codings, found.judgements) == ((), ())
    assert "0%" not in run("suggest", "stats").output


def test_a_rejected_code_is_last_and_not_proposed_again_to_this_coder_only(study: Path) -> None:
    assert ranked(study, 5)[0][0] == "penge"
    run("suggest", "reject", "ask:5")
    assert events(study)[-1]["op"] == "reject" and coded(study).codings == ()
    assert ranked(study, 5)[0][0] != "penge" and dict(ranked(study, 5))["penge"] == 0
    assert "penge" not in "".join(run("suggest", "ask", "--top", "1").output.splitlines()[1:5])
    assert json.loads(run("suggest", "ask", "--json").stdout.splitlines()[0])["abstained"] is True
    run("code", "read", "ask", "--coder", "bo")
    said = run("suggest", "ask", "--coder", "bo", "--json").stdout.splitlines()
    assert json.loads(said[0])["suggestions"][0]["code"] == "penge"


def test_a_rejection_holds_until_the_words_are_changed_and_can_be_undone(study: Path) -> None:
    run("suggest", "reject", "ask:5")
    file = study / "sources" / "ask.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("Budgettet er", "Et nyt afsnit.\n\nBudgettet er"), "utf-8")
    assert dict(ranked(study, 7))["penge"] == 0, "it holds where the words have moved"
    file.write_text(text.replace("stramt", "meget stramt"), "utf-8")
    assert ranked(study, 5)[0][0] == "penge"
    file.write_text(text, "utf-8")
    run("code", "undo")
    assert ranked(study, 5)[0][0] == "penge"


def test_a_rejected_code_that_is_replaced_or_gone_since_stands_in_nobodys_way(study: Path) -> None:
    run("suggest", "reject", "ask:5")
    run("suggest", "reject", "ask:7", "folk.udskiftning")
    book = study / "codebook.yaml"
    text = book.read_text("utf-8")
    book.write_text(text.replace("- id: penge\n", "- id: penge\n  replaced_by: folk\n"), "utf-8")
    assert {code for code, _ in ranked(study, 5)} == {"folk", "folk.udskiftning", "laege"}
    book.write_text(text.replace("penge", "midler").replace("folk.udskiftning", "folk.nye"), "utf-8")
    assert ranked(study, 5)[0][0] == "midler" and dict(ranked(study, 7))["folk.nye"] > 0


def test_rejecting_a_theme_rejects_what_is_below_it_and_a_later_accept_takes_it_back(study: Path) -> None:
    run("suggest", "reject", "ask:7", "folk")
    assert dict(ranked(study, 7))["folk.udskiftning"] == 0
    run("suggest", "accept", "ask:7", "folk.udskiftning")
    assert dict(ranked(study, 7))["folk"] > 0


def test_changing_gives_the_other_code_as_the_persons_own(study: Path) -> None:
    run("suggest", "change", "ask:5", "--code", "laege")
    _, accept, add = events(study)
    assert (accept["code"], add["code"], add.get("origin", "person")) == ("laege", "laege", "person")
    assert [(j.verdict, j.code) for j in coded(study).judgements] == [("changed", "laege")]
    assert coded(study).codings[0].aided
    assert dict(ranked(study, 5))["penge"] == 0
    assert "is the suggested code" in run("suggest", "change", "ask:7", "--code", "folk", code=2).output


def test_a_code_below_the_suggested_one_is_a_change_but_no_rejection(study: Path) -> None:
    run("suggest", "change", "ask:7", "--code", "folk.udskiftning")
    assert dict(ranked(study, 7))["folk"] > 0


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (["accept"], 2, "Say which suggestion"),
        (["accept", "ask"], 2, "is no place"),
        (["accept", "aks:5"], 2, "did you mean 'ask'"),
        (["accept", "ask:5", "pengee"], 2, "did you mean 'penge'"),
        (["accept", "ask:x"], 1, "is no place"),
        (["accept", "ask:6"], 1, "the nearest begin on 5, 7, 9"),
        (["accept", "ask:0-3"], 1, "There is no segment 0-3"),
        (["accept", "--proposed", "--json"], 2, "add --yes"),
        (["accept", "--proposed", "--quote", "x"], 2, "--quote narrows one"),
        (["change", "ask:5"], 2, "--code"),
        (["reject", "bir:5"], 1, "Kept back: 1 source (bir)"),
        (["accept", "bir:5"], 1, "--unlock"),
        (["--next", "--unlock"], 2, "--next orders whole sources"),
        (["--all", "accept", "ask:5"], 2, "'accept' comes first, options behind it"),
        (["stats", "--coder", "anna"], 2, "did you mean 'ana'"),
        (["accept", "ask:5", "qqq"], 2, "There is no code 'qqq'. crosscase"),
    ],
)
def test_misuse_and_locked_sources_write_nothing(study: Path, words: list[str], exit_code: int, said: str) -> None:
    assert said in run("suggest", *words, code=exit_code).output
    assert len(events(study)) == 1 and not events(study, "bir")


def test_how_a_command_below_is_called_does_not_begin_with_sources() -> None:
    assert "suggest accept [OPTIONS] PLACE" in run("suggest", "accept", "--help").output
    assert "suggest [OPTIONS] [SOURCE]..." in run("suggest", "--help").output


def test_two_windows_that_accept_at_once_give_one_coding(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the other window had written between reading the study and writing."""
    run("suggest", "accept", "ask:5")
    before = events(study)
    monkeypatch.setattr("coding.acts.same_coding", lambda *_: None)
    assert (
        f"has already given penge to these words: coding {before[-1]['id']}"
        in run("suggest", "accept", "ask:5", code=1).output
    )
    start, end = str(before[-1]["start"]), str(before[-1]["end"])
    run("code", "add", "ask", "penge", "--start", start, "--end", end, code=1)
    assert events(study) == before
    run("code", "undo")
    run("suggest", "accept", "ask:5")
    assert len(coded(study).codings) == 1, "what was taken back can be given again"


def test_what_the_coder_has_given_cannot_be_rejected_before_it_is_taken_back(study: Path) -> None:
    run("suggest", "accept", "ask:7", "folk.udskiftning", "--quote", "personaleudskiftningen er stor")
    given = coded(study).codings[0].id
    assert f"crosscase code retract {given}" in run("suggest", "reject", "ask:7", "folk", code=1).output
    run("suggest", "reject", "ask:7", "penge")
    run("code", "retract", given)
    run("suggest", "reject", "ask:7", "folk")
    assert [j.verdict for j in coded(study).judgements].count("rejected") == 2


def test_a_look_before_coding_is_on_disk_once_stays_open_and_cannot_be_undone(study: Path) -> None:
    shown = run("suggest", "--unlock", "--json")
    assert "suggestions seen before coding, 1 source" in shown.stderr
    assert [e["op"] for e in events(study, "bir")] == ["unlock"]
    run("suggest", "bir", "--unlock")
    again = run("suggest", "bir")
    assert "sources/bir.md:5" in again.output and "Kept back" not in again.output
    assert len(events(study, "bir")) == 1, "noted once"
    run("code", "undo")
    assert [e["op"] for e in events(study, "bir")] == ["unlock"], "the undo was of the read mark in ask"
    assert [mark.source for mark in coded(study).unlocks] == ["bir"]
    assert "nothing left to undo" in run("code", "undo", code=1).output


def test_codings_after_a_look_are_marked_and_those_before_are_not(study: Path) -> None:
    run("code", "add", "bir", "penge", "--quote", "økonomien")
    run("suggest", "bir", "--unlock")
    run("code", "add", "bir", "folk", "--quote", "Medarbejderne")
    assert {c.code: c.aided for c in coded(study).codings} == {"penge": False, "folk": True}
    said = json.loads(run("code", "list", "--json").stdout)
    assert {entry["code"]: entry["aided"] for entry in said} == {"penge": False, "folk": True}
    assert "seen before coding: bir" in run("suggest", "stats").output


def test_a_study_that_shows_suggestions_always_notes_the_look_too(study: Path) -> None:
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[suggest]\nunlock = "always"\n')
    assert "sources/bir.md:5" in run("suggest").output
    assert [e["op"] for e in events(study, "bir")] == ["unlock"]


def test_a_source_is_named_like_a_command_behind_two_strokes(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_study(STUDY.replace("sources/bir.md", "sources/accept.md"), "named"))
    assert "sources/accept.md:5" in run("suggest", "--unlock", "--", "accept").output


def test_a_review_shows_words_in_context_and_each_key_does_what_it_says(study: Path) -> None:
    result = run("suggest", "review", "ask", "--unsure", keys="y\nn\nc\nfolk\n")
    assert "Budgettet er stramt" in result.output and "1 of 3" in result.output and "3 answers written" in result.output
    assert [(j.verdict, j.way) for j in coded(study).judgements] == [
        ("accepted", "review"), ("rejected", "review"), ("changed", "review")]  # fmt: skip
    assert {c.code for c in coded(study).codings} == {"penge", "folk"}
    assert "3 judged: 1 accepted (33%), 1 changed, 1 rejected" in result.output


def test_a_review_can_skip_take_back_narrow_and_quit(study: Path) -> None:
    result = run("suggest", "review", "ask", "--unsure", keys="x\ny\nu\nw\nfindes ikke\nw\nudgifterne\ns\n2\n")
    assert "y yes" in result.output and "not in the segment" in result.output and "Taken back." in result.output
    found = coded(study)
    assert "udgifterne" in [coding.quote for coding in found.codings]
    assert [j.verdict for j in found.judgements] == ["accepted", "changed"]
    run("suggest", "review", "ask", "--unsure", keys="q\n")
    assert len(coded(study).judgements) == 2


def test_a_code_that_is_typed_wrong_is_asked_for_again(study: Path) -> None:
    said = run("suggest", "review", "ask", "--unsure", keys="c\npennge\nq\n").output
    assert "did you mean 'penge'" in said and coded(study).judgements == ()


def test_a_review_keeps_to_the_lock(study: Path) -> None:
    assert "Kept back" in run("suggest", "review", "bir", "--unsure").output
    run("suggest", "review", "bir", "--unsure", "--unlock", keys="q\n")
    assert [e["op"] for e in events(study, "bir")] == ["unlock"]


def test_what_to_code_next_has_reasons_and_names_no_theme_of_a_locked_source(study: Path) -> None:
    said = run("suggest", "--next").output
    assert "bir  (suggestions kept back" in said and "not begun" in said
    assert "nothing of case birkeby is coded before it" in said
    assert not any(code in said for code in ("penge", "folk", "laege"))
    (entry,) = json.loads(run("suggest", "--next", "--json").stdout)
    assert (entry["source"], entry["locked"], entry["uncoded"], entry["look_at"]) == ("bir", True, 3, [])
    assert "aided" not in entry and not events(study, "bir")


def test_stats_as_json_and_in_the_status(study: Path) -> None:
    assert "Nobody has answered" in run("suggest", "stats").output
    assert "suggestions," not in run("status").output
    run("suggest", "accept", "ask:5")
    run("suggest", "reject", "ask:7")
    (found,) = json.loads(run("suggest", "stats", "--json").stdout)
    assert (found["judged"], found["accepted"], found["rejected"], found["share_accepted"]) == (2, 1, 1, 0.5)
    assert found["timed"] == 1 and found["median_seconds"] >= 0
    assert "suggestions, ana: 2 judged: 1 accepted (50%)" in run("status").output
    run("code", "read", "ask", "--coder", "bo")
    (nobody,) = json.loads(run("suggest", "stats", "--coder", "bo", "--json").stdout)
    assert (nobody["judged"], nobody["share_accepted"]) == (0, None)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example study, in which ana has not coded one source and asks for its suggestions."""
    root = tmp_path / "study"
    with as_file(files("cli") / "example_study") as found:
        shutil.copytree(found, root)
    (root / "codings" / "ana" / "birkeby-leder.jsonl").write_text('{"op":"unlock","id":"v1birkeby"}\n', "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def test_all_that_is_proposed_is_accepted_at_once_only_when_asked_and_is_one_run(example: Path) -> None:
    words = ("suggest", "accept", "--proposed", "birkeby-leder")
    assert "Nothing was written" in run(*words, keys="n\n", code=1).output
    assert len(events(example, "birkeby-leder")) == 1
    said = json.loads(run(*words, "--yes", "--json").stdout)
    written = events(example, "birkeby-leder")[1:]
    assert said["accepted"] > 5 and len(written) == 2 * said["accepted"]
    assert {e["run"] for e in written} == {said["run"]}
    assert {e["way"] for e in written if e["op"] == "accept"} == {"batch"}
    (found,) = json.loads(run("suggest", "stats", "--json").stdout)
    assert (found["in_batches"], found["batches"], found["median_seconds"]) == (said["accepted"], 1, None)
    run("code", "undo", said["run"])
    assert read_coded_study(example)[0].judgements == ()
