"""Sentences from the command line: written, given stances with evidence, shown, changed, stamped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from reports.findings import Finding
from reports.whole_study import check_whole_study, read_whole_study

TEXT = "Der er mange sager. Vi har for få folk.\n"
STUDY = f"""=== cases.csv
id,label,group
a,Aby,few
b,Bro,few
c,Cap,many
=== codebook.yaml
themes:
- {{id: sager, label: Sager, definition: Om sager.}}
- {{id: folk, label: Folk, definition: Om folk.}}
=== sources/ka.md
---
case: a
roles: [leder]
asked: all
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
"""


def log(source: str, *codings: tuple[str, str, str]) -> str:
    lines = ""
    for id, code, quote in codings:
        start = TEXT.index(quote)
        said = {"op": "add", "id": id, "code": code, "start": start, "end": start + len(quote), "quote": quote}
        lines += json.dumps(said, ensure_ascii=False) + "\n"
    return f"=== codings/ana/{source}.jsonl\n{lines}"


LOGS = log("ka", ("c1", "sager", "mange sager"), ("c2", "sager", "Der er"), ("c3", "folk", "få folk"))
LOGS += log("kb", ("c4", "sager", "mange sager"))


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY + LOGS)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str, code: int = 0, says: str = "", keys: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["finding", *words], input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert says in result.output, result.output
    return result


def add(text: str = "{andel} har mange sager.", group: str = "few", *more: str) -> str:
    said = json.loads(run("add", text, "--theme", "sager", "--group", group, "--json", *more).stdout)
    return str(said["id"])


def found(root: Path, id: str) -> Finding:
    whole, problems = read_whole_study(root)
    assert problems == []
    return whole.finding_by_id[id]


def test_a_sentence_gets_an_id_and_says_how_to_go_on(study: Path) -> None:
    id = add("{andel} har mange   sager.", "few", "--note", "n", "--claim", "mange")
    assert id.startswith("f-") and 4 <= len(id) - 2 <= 8
    said = found(study, id)
    assert (said.text, said.group, said.claim, said.note, said.by) == (
        "{andel} har mange sager.", "few", "mange", "n", "ana"
    )  # fmt: skip
    result = run("add", "Nogle har folk.", "--theme", "folk", says="crosscase finding stance")
    assert found(study, result.stdout.split()[0]).group == ""


def test_a_stance_takes_the_only_coding_as_evidence_or_asks_for_it(study: Path) -> None:
    id = add()
    run("stance", id, "b", "contradicts")
    assert found(study, id).evidence == {"b": ("c4",)}
    said = run("stance", id, "a", "supports", says="nothing shows it yet").output
    assert "c1  »mange sager« (Aby, leder, afsnit 1)" in said
    assert found(study, id).evidence == {"b": ("c4",)}, "nothing is guessed"
    run("stance", id, "a", "mixed", "--evidence", "c2,c1")
    assert found(study, id).stances == {"a": "mixed", "b": "contradicts"}
    assert found(study, id).evidence == {"b": ("c4",), "a": ("c2", "c1")}
    assert read_whole_study(study)[0].staleness_of(found(study, id)).freshness == "fine"
    run("stance", id, "b", "none")
    assert (found(study, id).stances, found(study, id).evidence) == ({"a": "mixed"}, {"a": ("c2", "c1")})


def test_all_codings_of_a_case_can_be_its_evidence(study: Path) -> None:
    id = add()
    run("stance", id, "a", "supports", "--evidence", "all")
    assert found(study, id).evidence == {"a": ("c2", "c1")}


def test_show_tells_the_stand_of_every_case_with_its_words(study: Path) -> None:
    id = add(group="few")
    run("stance", id, "a", "supports", "--evidence", "c1")
    said = run("show", id).output
    for part in (
        "1 of 2 supports it · 1 silent",
        "text: {andel} har mange sager.",
        "Aby: supports",
        "c1  »mange sager« (Aby, leder, afsnit 1)",
        "Bro: (mentioned)",
        "evidence: fine",
    ):
        assert part in said, said
    record = json.loads(run("show", "--theme", "sager", "--json").stdout)[0]
    assert record["counts"]["bounds"] == [0.5, 1.0]
    assert [case["stand"] for case in record["cases"]] == ["supports", "mentioned"]
    assert record["cases"][0]["evidence"][0]["words"] == "mange sager"
    assert record["cases"][1]["evidence"] == [], "a case without a stance has no evidence"


def test_a_sentence_is_filled_in_from_the_stances_or_says_why_not(study: Path) -> None:
    text = '[groups]\nnoun = ["en kommune", "kommuner"]\n'
    (study / "study.toml").write_text((study / "study.toml").read_text("utf-8") + text, "utf-8")
    id = add()
    run("show", id, says="no case supports it")
    run("stance", id, "a", "supports", "--evidence", "c1", says=f"{id}  Én af de to kommuner har mange sager.")
    run("stance", id, "b", "supports", says="Begge kommuner har mange sager.")
    run("stance", id, "a", "contradicts")
    said = run("stance", id, "b", "contradicts", says="Ingen af de to kommuner har mange sager.").output
    assert "0 of 2 support it · 2 contradict it" in said
    assert json.loads(run("show", id, "--json").stdout)[0]["sentence"] == "Ingen af de to kommuner har mange sager."


def test_the_denominator_is_what_study_toml_says(study: Path) -> None:
    (study / "study.toml").write_text(
        (study / "study.toml").read_text("utf-8") + '[findings]\ndenominator = "asked"\n', "utf-8"
    )
    id = add()
    run("stance", id, "a", "supports", "--evidence", "c1")
    run("list", says="Det ene spurgte tilfælde har mange sager.")
    run("list", says="1 of 1 asked supports it")


def test_the_list_is_in_the_order_of_the_matrix(study: Path) -> None:
    folk = json.loads(run("add", "Nogle har folk.", "--theme", "folk", "--json").stdout)["id"]
    sager = add()
    assert [r["id"] for r in json.loads(run("list", "--json").stdout)] == [sager, folk]
    assert [r["id"] for r in json.loads(run("list", "--group", "few", "--json").stdout)] == [sager]
    assert folk not in run("list", "--theme", "sager").output


def test_a_changed_word_makes_the_sentence_stale_until_it_is_stamped(study: Path) -> None:
    id = add()
    run("stance", id, "a", "supports", "--evidence", "c1,c2")
    path = study / "codings" / "ana" / "ka.jsonl"
    path.write_text(path.read_text("utf-8") + '{"op":"retract","id":"r1","target":"c2"}\n', "utf-8")
    run("list", "--stale", says=id)
    run("show", id, says="c2 counts no longer; it was sager: “Der er”")
    assert {p.rule for p in check_whole_study(study)[1]} >= {"gone-evidence"}
    run("stamp", "--all", keys="n\n", says="0 findings stamped")
    run("stamp", "--all", keys="y\n", says="1 finding stamped")
    assert found(study, id).evidence == {"a": ("c1",)}
    assert run("list", "--stale", "--json").stdout.strip() == "[]"
    run("stamp", "--all", says="0 findings stamped")


def test_a_stance_does_not_hide_what_changed_under_the_others(study: Path) -> None:
    id = add()
    run("stance", id, "a", "supports", "--evidence", "c1,c2")
    path = study / "codings" / "ana" / "ka.jsonl"
    path.write_text(
        path.read_text("utf-8") + '{"op":"resize","id":"r1","target":"c2","start":0,"end":3,"quote":"Der"}\n'
    )
    before = (study / "findings" / "sager.yaml").read_bytes()
    run("stance", id, "b", "supports", code=1, says=f"crosscase finding stamp {id}")
    assert (study / "findings" / "sager.yaml").read_bytes() == before
    run("stamp", id)
    run("stance", id, "b", "supports")


def test_a_hand_written_sentence_stays_unstamped_until_somebody_stamps_it(study: Path) -> None:
    file = study / "findings" / "sager.yaml"
    file.parent.mkdir()
    file.write_text("theme: sager\nfindings:\n- {id: f-aaaa, text: T, stances: {a: supports}, evidence: {a: [c1]}}\n")
    run("stance", "f-aaaa", "b", "supports")
    assert found(study, "f-aaaa").evidence_sha == ""
    run("stamp", "f-aaaa")
    assert read_whole_study(study)[0].staleness_of(found(study, "f-aaaa")).freshness == "fine"


def test_a_sentence_can_be_changed_noted_moved_and_taken_out(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id, other = add(), add("{andel} har færre.", "many")
    run("edit", id, "{andel} har alt for mange sager.", "--claim", "alt", "--coder", "bo")
    assert (found(study, id).text, found(study, id).claim, found(study, id).by) == (
        "{andel} har alt for mange sager.", "alt", "bo"
    )  # fmt: skip
    run("note", id, "Drøftet.")
    run("edit", id, "--group", "all")
    assert (found(study, id).note, found(study, id).group) == ("Drøftet.", "")
    run("stance", id, "c", "unclear")
    run("edit", id, "--group", "few", code=1, says="c would not be in the group any more")
    run("note", id, "")
    assert "note" not in (study / "findings" / "sager.yaml").read_text()
    monkeypatch.setattr(click, "edit", lambda text: text.replace("alt for ", ""))
    run("edit", id)
    assert found(study, id).text == "{andel} har mange sager."
    run("remove", other, says="taken out")
    assert other not in (study / "findings" / "sager.yaml").read_text()


def test_what_differs_is_a_persons_sentence(study: Path) -> None:
    run("difference", "sager", "Kun de mange har mange sager.")
    add()
    run("show", "--theme", "sager", says="What differs under sager: Kun de mange har mange sager.")
    run("difference", "sager", "", says="taken out")
    assert "difference" not in (study / "findings" / "sager.yaml").read_text()


def test_comments_and_order_in_a_hand_written_file_stay(study: Path) -> None:
    file = study / "findings" / "sager.yaml"
    file.parent.mkdir()
    file.write_text(
        "# Række 1\ntheme: sager\nfindings:\n# den svære\n- id: f-aaaa\n  text: Nogle.  # løst\n"
        "  stances:\n    # Bo er i tvivl\n    a: supports\n- {id: f-bbbb, text: Andre.}\n"
    )
    run("stance", "f-aaaa", "a", "mixed", "--evidence", "c1")
    run("stance", "f-aaaa", "b", "unclear")
    run("stance", "f-bbbb", "c", "unclear")
    text = file.read_text()
    for kept in (
        "# Række 1\n",
        "# den svære\n- id: f-aaaa\n",
        "# løst\n",
        "    # Bo er i tvivl\n    a: mixed\n    b: unclear\n",
    ):
        assert kept in text, text
    assert found(study, "f-bbbb").stances == {"c": "unclear"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "T", "--theme", "sage"), "did you mean 'sager'?"),
        (("add", "T", "--theme", "sager", "--group", "fwe"), "did you mean 'few'?"),
        (("add", "{andle} T", "--theme", "sager"), "did you mean 'andel'?"),
        (("add", " ", "--theme", "sager"), "empty"),
        (("show", "f-aaab"), "did you mean 'f-aaaa'?"),
        (("stance", "f-aaaa", "x", "supports"), "There is no case 'x'"),
        (("stance", "f-aaaa", "c", "supports"), "not in group 'few'"),
        (("stance", "f-aaaa", "a", "suports"), "suports"),
        (("stance", "f-aaaa", "a", "supports", "--evidence", "c3"), "which is not 'sager'"),
        (("stance", "f-aaaa", "a", "supports", "--evidence", "c4"), "of case 'b'"),
        (("stance", "f-aaaa", "a", "none", "--evidence", "c1"), "leave --evidence out"),
        (("stamp",), "--all"),
        (("difference", "x", "T"), "There is no theme 'x'"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(words: tuple[str, ...], says: str, study: Path) -> None:
    file = study / "findings" / "sager.yaml"
    file.parent.mkdir()
    file.write_text("theme: sager\nfindings:\n- {id: f-aaaa, group: few, text: Nogle.}\n")
    before = file.read_bytes()
    run(*words, code=2, says=says)
    assert file.read_bytes() == before


def test_line_ends_of_windows_stay(study: Path) -> None:
    file = study / "findings" / "sager.yaml"
    file.parent.mkdir()
    file.write_bytes(b"theme: sager\r\nfindings:\r\n- {id: f-aaaa, group: few, text: Nogle.}\r\n")
    run("stance", "f-aaaa", "b", "supports")
    data = file.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    assert found(study, "f-aaaa").evidence == {"b": ("c4",)}
