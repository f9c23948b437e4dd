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
