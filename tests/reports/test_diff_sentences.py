"""Which summaries and sentences differ between two versions of a study, and how that is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.build import build
from reports.diff.difference import Difference, difference, of_themes
from reports.diff.markdown import diff_markdown
from reports.diff.revisions import read_sides
from reports.diff.view import diff_view
from reports.diff.words import DANISH, ENGLISH

TEXT = "Der er mange sager. Vi har for få folk.\n"
ADD = '{"op":"add","id":"%s","code":"sager","start":7,"end":18,"quote":"mange sager"}\n'
STUDY = f"""=== study.toml
format = "crosscase-study/1"
title = "Prøve"
[groups]
noun = ["en kommune", "kommuner"]
[groups.labels]
few = "Få"
many = "Mange"
[matrix]
coders = "ana"
=== cases.csv
id,label,group
a,Aby,few
b,Bro,few
c,Cap,many
=== codebook.yaml
themes:
- {{id: sager, label: Sager, definition: Om sager.}}
=== sources/ka.md
---
case: a
---

{TEXT}
=== sources/kb.md
---
case: b
---

{TEXT}
=== sources/kc.md
---
case: c
---

{TEXT}
=== codings/ana/ka.jsonl
{ADD % "c1"}{'{"op":"read","id":"r1"}'}
=== codings/ana/kb.jsonl
{ADD % "c2"}
=== charts/sager.yaml
theme: sager
charts:
- {{case: a, summary: Mange sager., evidence: [c1]}}
=== findings/sager.yaml
theme: sager
difference: De få har flest.
findings:
- id: f-aaaa
  group: few
  text: "{{andel}} har mange sager."
  stances: {{a: supports}}
  evidence: {{a: [c1]}}
- {{id: f-bbbb, text: Nogle er tilfredse.}}
"""


def replaced(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def two(make_study: Callable[..., Path], tmp_path: Path) -> tuple[Path, Path]:
    old = make_study(STUDY)
    return old, Path(shutil.copytree(old, tmp_path / "new"))


def found(two: tuple[Path, Path]) -> Difference:
    return difference(*read_sides(str(two[0]), str(two[1]), None))


def test_the_same_sentences_are_no_difference(two: tuple[Path, Path]) -> None:
    replaced(two[1], "findings/sager.yaml", "- {id: f-bbbb,", "# set efter\n- {note: Set efter., id: f-bbbb,")
    assert found(two).equal, "a note and a comment change nothing that a reader of the matrix sees"


def test_a_stance_changes_the_sentence_that_is_filled_in_from_it(two: tuple[Path, Path]) -> None:
    replaced(two[1], "findings/sager.yaml", "stances: {a: supports}", "stances: {a: supports, b: supports}")
    replaced(two[1], "findings/sager.yaml", "evidence: {a: [c1]}", "evidence: {b: [c2]}")
    diff = found(two)
    assert not diff.equal and not diff.cells
    (said,) = diff.sentences
    assert (said.kind, said.theme, said.subject, said.change, said.group) == (
        "finding", "sager", "f-aaaa", "changed", "few"
    )  # fmt: skip
    assert (said.was, said.now) == ("Én af de to kommuner har mange sager.", "Begge kommuner har mange sager.")
    assert said.stances == {"b": ("", "supports")}
    assert (said.evidence_new, said.evidence_gone) == (("c2",), ("c1",))
    page = diff_markdown(diff_view(diff, DANISH)).decode()
    for part in ("Ingen række, kolonne eller celle er anderledes. 1 sætning eller sammenfatning er anderledes.",
                 "### Sager · Få (f-aaaa)", "➖ Én af de to kommuner", "➕ Begge kommuner",
                 "Bro: ingen stilling → støtter",
                 "nyt belæg: c2"):  # fmt: skip
        assert part in page, page


def test_summaries_sentences_and_differences_come_and_go(two: tuple[Path, Path]) -> None:
    replaced(two[1], "charts/sager.yaml", "case: a,", "case: b,")
    replaced(two[1], "charts/sager.yaml", "[c1]", "[c2]")
    replaced(two[1], "findings/sager.yaml", "difference: De få har flest.\n", "")
    replaced(two[1], "findings/sager.yaml", "f-bbbb", "f-cccc")
    diff = found(two)
    assert {(s.kind, s.subject, s.change) for s in diff.sentences} == {
        ("summary", "a", "gone"), ("summary", "b", "new"), ("difference", "", "gone"),
        ("finding", "f-bbbb", "gone"), ("finding", "f-cccc", "new"),
    }  # fmt: skip
    view = diff_view(diff, ENGLISH)
    assert "5 findings and summaries differ." in view.summary
    assert {said.place for said in view.sentences} >= {"Sager · summary of Aby", "Sager · what differs"}
    assert of_themes(diff, ["andet"]).sentences == ()


def test_a_sentence_that_became_stale_says_so_beside_the_cell(two: tuple[Path, Path]) -> None:
    with (two[1] / "codings" / "ana" / "ka.jsonl").open("a") as log:
        log.write('{"op":"retract","id":"x1","target":"c1"}\n')
    diff = found(two)
    assert {(s.kind, s.subject, s.stale) for s in diff.sentences} == {
        ("summary", "a", True), ("finding", "f-aaaa", True)
    }  # fmt: skip
    assert diff.cells, "the cell differs, too"
    assert "stale: words that it rests on changed" in [
        fact[0] for s in diff_view(diff, ENGLISH).sentences for fact in s.facts
    ]


def test_a_build_is_compared_with_the_study_as_it_is_now(two: tuple[Path, Path]) -> None:
    root = two[0]
    assert not build(root, with_problems=True, kinds=("json",)).stopped
    replaced(root, "charts/sager.yaml", "Mange sager.", "For mange sager.")
    diff = difference(*read_sides("build", "now", root))
    assert [(s.was, s.now) for s in diff.sentences] == [("Mange sager.", "For mange sager.")]
    assert diff.causes == "exact"
