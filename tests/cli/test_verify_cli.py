"""`crosscase verify` on a study: what could not be read was not verified, and what was drafted by the tool holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

MakeStudy = Callable[..., Path]

STUDY = """=== codebook.yaml
themes:
- {id: tid, label: Tid, definition: Om tid.}
=== sources/b-leder.md
---
case: birkeby
roles: [leder]
asked: all
---

Der er travlt. Vi har 55 sager hver.

Det er den 3. omlægning.
=== codings/ana/b-leder.jsonl
{"op":"add","id":"b1","code":"tid","start":0,"end":14,"quote":"Der er travlt."}
{"op":"add","id":"b2","code":"tid","start":15,"end":36,"quote":"Vi har 55 sager hver."}
{"op":"read","id":"r1"}
"""


def run(root: Path, *words: str) -> Result:
    return CliRunner(env={"CROSSCASE_CODER": "ana"}).invoke(main, [*words, "--study", str(root)])


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "missing-key"),
        ("- a list\n", "bad-value"),
        ("theme: tid\nfindings:\n\t- id: f-1\n", "bad-yaml"),
        ("theme: tid\nfindings:\n- {id: f-1, text: x, stances: {birkeby: ja}}\n", "bad-value"),
        ("theme: tid\nfindings:\n- {id: f-1, text: x}\n- {id: f-1, text: y}\n", "duplicate-id"),
        ("theme: tid\nfindings:\n- {id: f-1, text: x, evidence: {birkeby: [nope]}}\n", "unknown-evidence"),
    ],
)
def test_a_file_that_cannot_be_read_is_no_green_verify(content: str, rule: str, make_study: MakeStudy) -> None:
    root = make_study(STUDY)
    (root / "findings").mkdir()
    (root / "findings" / "tid.yaml").write_text(content, "utf-8")
    found = run(root, "verify")
    assert found.exit_code == 1 and f"[{rule}]" in found.output and "findings/tid.yaml:" in found.output
    alarms = json.loads(run(root, "verify", "--json").output)
    assert rule in {alarm["rule"] for alarm in alarms}
    assert run(root, "verify", "--theme", "tid").exit_code == 1


def test_an_error_in_another_file_is_said_and_is_no_green_verify(make_study: MakeStudy) -> None:
    root = make_study(STUDY)
    assert run(root, "verify").exit_code == 0
    (root / "codings" / "ana" / "b-leder.jsonl").write_text('{"op":"add"}\n', "utf-8")
    found = run(root, "verify")
    assert found.exit_code == 1 and "in other files" in found.output


def test_a_drafted_summary_does_not_stop_the_next_build(make_study: MakeStudy) -> None:
    """Its citations hold numbers of paragraphs, which are no claims."""
    root = make_study(STUDY)
    assert run(root, "chart", "draft", "--all").exit_code == 0
    assert "afsnit 1" in (root / "charts" / "tid.yaml").read_text("utf-8")
    found = run(root, "verify")
    assert found.exit_code == 0, found.output
    assert run(root, "build").exit_code == 0


def test_whose_codings_count_has_to_be_clear(make_study: MakeStudy) -> None:
    """Without that the states of the cases are not known, and a build would be refused."""
    root = make_study(
        STUDY.replace("=== codings", '=== study.toml\nformat = "crosscase-study/1"\ntitle = "T"\n=== codings', 1)
    )
    other = root / "codings" / "bo" / "b-leder.jsonl"
    other.parent.mkdir()
    other.write_text('{"op":"read","id":"r2"}\n', "utf-8")
    found = run(root, "verify")
    assert found.exit_code == run(root, "check").exit_code == 1, found.output
    assert "in other files" in found.output


FRESH = """theme: tid
findings:
- {id: f-1, text: "{andel} har travlt.", group: few}
"""


def test_a_fresh_sentence_raises_one_alarm_and_is_no_firm_sentence(make_study: MakeStudy) -> None:
    root = make_study(STUDY)
    (root / "findings").mkdir()
    (root / "findings" / "tid.yaml").write_text(FRESH, "utf-8")
    assert [alarm["rule"] for alarm in json.loads(run(root, "verify", "--json").output)] == ["finding-without-evidence"]
    said = run(root, "robust").output
    assert "1 sentence cannot be said with every case there: f-1" in said and "0 of 0 sentences hold" in said
    assert "Every stance" not in said
    assert json.loads(run(root, "robust", "--json").output)["unsaid"] == ["f-1"]
    assert "crosscase verify" in run(root, "status").output


def test_one_firm_sentence_holds(make_study: MakeStudy) -> None:
    root = make_study(STUDY + "=== cases.csv\nid,label,group\nbirkeby,Birkeby,few\nelm,Elm,few\n")
    (root / "findings").mkdir()
    stances = "stances: {birkeby: supports, elm: supports}}"
    (root / "findings" / "tid.yaml").write_text(FRESH.replace("group: few}", f"group: few, {stances}"), "utf-8")
    said = run(root, "robust").output
    assert "1 of 1 sentence holds whatever is left out (2 cases, 1 coder, one at a time); 0 turn" in said


def test_an_unknown_id_is_told_in_one_space(make_study: MakeStudy) -> None:
    root = make_study(STUDY)
    for words in (("finding", "show", "nope"), ("verify", "--theme", "nope"), ("chart", "show", "birkeby", "nope")):
        result = run(root, *words)
        assert result.exit_code == 2 and "'nope'." in result.output and ".  " not in result.output


def test_an_empty_summary_is_not_taken_for_none_at_all(make_study: MakeStudy) -> None:
    root = make_study(STUDY)
    run(root, "chart", "set", "birkeby", "tid", "Travlt.")
    result = run(root, "chart", "set", "birkeby", "tid", " ")
    assert result.exit_code == 2 and "The summary is empty" in result.output


@pytest.mark.parametrize(
    "text", ["{{andel}} x", "{andel!r} x", "{andel:>9} x", "{} x", "}{ x", "{a|b|c} x", "{andel x"]
)
def test_only_whole_placeholders_are_filled_in(text: str, make_study: MakeStudy) -> None:
    result = run(make_study(STUDY), "finding", "add", "--theme", "tid", text)
    assert result.exit_code == 2 and "unknown-placeholder" in result.output, result.output
