"""Summaries from the command line: drafted, written, listed, stale when their words change, stamped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from reports.charts import DRAFTED
from reports.whole_study import WholeStudy, check_whole_study, read_whole_study

TEXT = "Der er mange sager. Vi har for få folk. Det tager lang tid at finde dem.\n"
STUDY = f"""=== cases.csv
id,label,group
a,Aby,few
b,Bro,few
c,Cap,many
=== codebook.yaml
themes:
- {{id: sager, label: Sager, definition: Om sager., codes: [{{id: sager.tid, label: Tid}}]}}
- {{id: folk, label: Folk, definition: Om folk.}}
=== sources/ka.md
---
case: a
roles: [leder]
---

{TEXT}
=== sources/kb.md
---
case: b
roles: [leder]
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


LOGS = log(
    "ka",
    ("c1", "sager", "mange sager"),
    ("c2", "sager.tid", "Det tager lang tid at finde dem."),
    ("c3", "folk", "for få folk"),
)
LOGS += log("kb", ("c4", "sager", "Der er mange sager."))


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY + LOGS)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str, code: int = 0, says: str = "", keys: str | None = None) -> Result:
    result = CliRunner().invoke(main, words, input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert says in result.output, result.output
    return result


def whole(root: Path) -> WholeStudy:
    return read_whole_study(root)[0]


def edit_text(root: Path, source: str, old: str, new: str) -> None:
    path = root / "sources" / f"{source}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_draft_is_excerpts_cited_with_their_evidence_and_says_that_it_is_one(study: Path) -> None:
    run("chart", "draft", "--theme", "sager", says="2 summaries drafted")
    chart = whole(study).chart_by_cell["a", "sager"]
    assert (
        chart.summary
        == "»mange sager« (Aby, leder, afsnit 1) »Det tager lang tid at finde dem.« (Aby, leder, afsnit 1)"
    )
    assert (chart.evidence, chart.by) == (("c1", "c2"), DRAFTED)
    assert whole(study).staleness_of(chart).freshness == "fine"
    assert ("a", "folk") not in whole(study).chart_by_cell, "of another theme"
    assert check_whole_study(study)[1] == []


def test_a_draft_of_one_excerpt_rests_on_that_excerpt_only(study: Path) -> None:
    run("chart", "draft", "--case", "a", "--theme", "sager", "--excerpts", "1")
    chart = whole(study).chart_by_cell["a", "sager"]
    assert chart.evidence == ("c1",), "the words that the other case says too"
    assert [c.id for c in whole(study).staleness_of(chart).not_covered] == ["c2"]


def test_what_a_person_wrote_is_never_drafted_over(study: Path) -> None:
    run("chart", "set", "a", "sager", "Mange sager, og det tager tid.", says="resting on 2 codings, by ana")
    before = (study / "charts" / "sager.yaml").read_bytes()
    run("chart", "draft", "--case", "a", "--theme", "sager", "--renew", says="0 summaries drafted")
    assert (study / "charts" / "sager.yaml").read_bytes() == before


def test_a_draft_is_renewed_only_when_asked_and_only_when_its_cell_changed(study: Path) -> None:
    run("chart", "draft", "--all", says="3 summaries drafted")
    run("chart", "draft", "--all", "--renew", says="0 summaries drafted")
    run("code", "retract", "c2")
    run("chart", "draft", "--all", says="0 summaries drafted")
    run("chart", "draft", "--all", "--renew", says="1 summary drafted")
    assert whole(study).chart_by_cell["a", "sager"].evidence == ("c1",)


def test_a_draft_taken_on_is_a_persons(study: Path) -> None:
    run("chart", "draft", "--case", "a", "--theme", "sager")
    run("chart", "list", "--drafts", says="draft")
    run("chart", "set", "a", "sager")
    chart = whole(study).chart_by_cell["a", "sager"]
    assert (chart.by, chart.summary[:13]) == ("ana", "»mange sager«")
    assert "sager" not in run("chart", "list", "--drafts").stdout


def test_without_saying_which_nothing_is_drafted(study: Path) -> None:
    run("chart", "draft", code=2, says="--theme THEME")
    run("chart", "draft", "--all", "--dry-run", says="would be drafted")
    assert not (study / "charts").exists()


def test_the_list_tells_what_is_missing_written_and_stale_and_exits_1_for_stale(study: Path) -> None:
    run("chart", "set", "a", "sager", "Mange sager.", "--evidence", "c1")
    listed = json.loads(run("chart", "list", "--json").stdout)
    assert [(r["theme"], r["case"], r["stand"]) for r in listed] == [
        ("sager", "a", "written"), ("sager", "b", "missing"), ("folk", "a", "missing"),
    ]  # fmt: skip
    assert listed[0]["not_covered"] == ["c2"]
    assert "kb" not in run("chart", "list", "--missing").stdout
    edit_text(study, "ka", "mange sager", "mange nye sager")
    run("chart", "list", "--stale", code=1, says="stale")
    assert len(json.loads(run("chart", "list", "--all", "--json", code=1).stdout)) == 6


@pytest.mark.parametrize("how", ["edited", "recoded", "resized", "retracted"])
def test_a_changed_coding_makes_its_summary_stale_and_show_says_what_it_was(how: str, study: Path) -> None:
    run("chart", "set", "a", "sager", "Det tager tid.", "--evidence", "c1,c2")
    if how == "edited":
        edit_text(study, "ka", "lang tid at finde", "lang tid at finder")
        then, now = "“Det tager lang tid at finde dem.”", "“Det tager lang tid at finder dem”"
    elif how == "recoded":
        run("code", "recode", "c2", "sager")
        then, now = "c2 was sager.tid", "is sager now"
    elif how == "resized":
        run("code", "resize", "c2", "--quote", "Det tager lang tid")
        then, now = "“Det tager lang tid at finde dem.”", "“Det tager lang tid”"
    else:
        run("code", "retract", "c2")
        then, now = "c2 counts no longer; it was sager.tid", "“Det tager lang tid at finde dem.”"
    said = run("chart", "show", "a", "sager", says="STALE").output
    assert then in said and now in said
    rules = {problem.rule for problem in check_whole_study(study)[1]}
    assert "stale-chart" in rules
    assert ("gone-evidence" in rules) == (how == "retracted")
    run("chart", "stamp", "a", "sager", says="1 summary stamped")
    assert whole(study).chart_by_cell["a", "sager"].evidence == (("c1",) if how == "retracted" else ("c1", "c2"))
    assert not {"stale-chart", "gone-evidence"} & {problem.rule for problem in check_whole_study(study)[1]}


def test_an_edit_elsewhere_in_the_source_makes_nothing_stale(study: Path) -> None:
    run("chart", "set", "a", "sager", "Det tager tid.", "--evidence", "c2")
    edit_text(study, "ka", "Der er mange", "Der er rigtig mange")
    chart = whole(study).chart_by_cell["a", "sager"]
    assert whole(study).staleness_of(chart).freshness == "fine"


def test_stamping_all_asks_for_each_and_can_cover_what_is_new(study: Path) -> None:
    run("chart", "set", "a", "sager", "Mange.", "--evidence", "c1")
    run("chart", "set", "b", "sager", "Mange.")
    run("chart", "stamp", "--all", says="0 summaries stamped")
    run("chart", "stamp", "--all", "--cover", keys="n\n", says="0 summaries stamped")
    run("chart", "stamp", "--all", "--cover", keys="y\n", says="not covered, perhaps newer: c2")
    assert whole(study).chart_by_cell["a", "sager"].evidence == ("c1", "c2")


def test_what_a_person_wrote_around_a_summary_stays(study: Path) -> None:
    file = study / "charts" / "sager.yaml"
    file.parent.mkdir()
    file.write_text(
        "# Om sager\ntheme: sager\ncharts:\n# Aby først\n- case: a\n  note: Spørg Bo.  # haster\n  summary: Få.\n"
    )
    run("chart", "set", "a", "sager", "Mange.", "--evidence", "c1")
    run("chart", "set", "b", "sager", "Også mange.")
    text = file.read_text()
    for kept in ("# Om sager\n", "# Aby først\n- case: a\n  note: Spørg Bo.  # haster\n  summary: Mange.\n"):
        assert kept in text
    run("chart", "remove", "b", "sager", says="b taken out")
    assert "case: b" not in file.read_text() and "# Aby først" in file.read_text()


def test_a_file_with_faults_is_not_written_to(study: Path) -> None:
    file = study / "charts" / "sager.yaml"
    file.parent.mkdir()
    file.write_text("theme: sager\ncharts:\n- case: a\n  sumary: Få.\n")
    run("chart", "set", "b", "sager", "Mange.", code=1, says="Mend them first")
    assert "case: b" not in file.read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set", "x", "sager", "T"), "There is no case 'x'"),
        (("set", "a", "sage", "T"), "did you mean 'sager'?"),
        (("set", "a", "sager.tid", "T"), "It counts for theme 'sager'"),
        (("set", "a", "sager", "T", "--evidence", "c9"), "there is no coding 'c9'"),
        (("set", "a", "sager", "T", "--evidence", "c4"), "of case 'b', not of 'a'"),
        (("set", "a", "sager", "T", "--evidence", "c3"), "which is not 'sager' nor below it"),
        (("set", "a", "sager"), "give its TEXT"),
        (("stamp",), "CASE and THEME"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(words: tuple[str, ...], says: str, study: Path) -> None:
    run("chart", *words, code=2, says=says)
    assert not (study / "charts").exists()


def test_the_editor_shows_the_words_and_saves_what_is_written(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def editor(text: str) -> str:
        shown.append(text)
        return f"Mange sager.\n\n{text}"

    monkeypatch.setattr(click, "edit", editor)
    run("chart", "edit", "a", "sager")
    assert "# c1  »mange sager« (Aby, leder, afsnit 1)" in shown[0]
    assert whole(study).chart_by_cell["a", "sager"].summary == "Mange sager."
    monkeypatch.setattr(click, "edit", lambda text: None)
    run("chart", "edit", "a", "sager", code=1, says="nothing was changed")


def test_the_table_has_a_sign_for_each_cell_or_the_words_of_one_theme(study: Path) -> None:
    run("chart", "set", "a", "sager", "Mange sager.")
    signs = run("chart", "table").output
    assert "●" in signs and "–" in signs and "Cap" in signs
    assert "Mange sager." in run("chart", "table", "--theme", "sager").output


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(study: Path) -> None:
    from reports.charts_file import ChartsFile
    from reports.theme_edit import NotChanged, edit_theme_file

    file = study / "charts" / "sager.yaml"
    file.parent.mkdir()
    file.write_text("theme: sager\n")

    def edit(text: str) -> str:
        file.write_text("theme: sager\n# af en anden\n")
        return f"{text}# af mig\n"

    with pytest.raises(NotChanged, match="somebody else"):
        edit_theme_file(study, "charts/sager.yaml", edit, ChartsFile, "")
    assert file.read_text() == "theme: sager\n# af en anden\n"
