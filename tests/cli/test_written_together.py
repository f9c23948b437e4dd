"""Two people write charts and findings at once: nothing that somebody wrote is lost, nothing wrong is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from reports.charts import Chart
from reports.charts_edit import remove_chart, write_charts
from reports.findings_edit import change_finding, remove_finding
from reports.theme_edit import NotChanged
from reports.whole_study import WholeStudy, read_whole_study

CASES = ("a", "b", "c", "d", "e", "f")
STUDY = "=== cases.csv\nid,label,group\n" + "".join(f"{c},{c.upper()}by,few\n" for c in CASES)
STUDY += "=== codebook.yaml\nthemes:\n- {id: tid, label: Tid, definition: Om tid.}\n"
for c in CASES:
    STUDY += f"=== sources/k{c}.md\n---\ncase: {c}\n---\n\nDer er travlt.\n=== codings/ana/k{c}.jsonl\n"
    STUDY += f'{{"op":"add","id":"c{c}","code":"tid","start":0,"end":14,"quote":"Der er travlt."}}\n'
FINDING = """=== findings/tid.yaml
theme: tid
findings:
- id: f-1
  text: "{andel} har travlt."
  group: few
  stances: {a: supports}
  evidence: {a: [ca]}
"""
CHART = """=== charts/tid.yaml
theme: tid
charts:
- {case: a, summary: Travlt., evidence: [ca]}
"""


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY + FINDING + CHART)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    return root


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def read(root: Path) -> WholeStudy:
    return read_whole_study(root)[0]


def test_a_stance_is_not_lost_to_one_who_read_the_sentence_before_it(study: Path) -> None:
    before = read(study).finding_by_id["f-1"]
    assert run("finding", "stance", "f-1", "b", "supports").exit_code == 0
    mine = msgspec.structs.replace(before, stances={**before.stances, "c": "supports"})
    for write in (lambda: change_finding(study, mine, before), lambda: remove_finding(study, before)):
        with pytest.raises(NotChanged, match="somebody else"):
            write()
    assert read(study).finding_by_id["f-1"].stances == {"a": "supports", "b": "supports"}


def test_a_summary_is_not_lost_to_one_who_read_the_file_before_it(study: Path) -> None:
    before = read(study).charts
    assert run("chart", "set", "a", "tid", "Meget travlt.").exit_code == 0
    assert run("chart", "set", "b", "tid", "Ret travlt.").exit_code == 0
    text = (study / "charts" / "tid.yaml").read_text("utf-8")
    writes: list[Callable[[], None]] = [
        lambda case=case: write_charts(study, [Chart("tid", case, "Min.", (f"c{case}",))], before)  # type: ignore[misc]
        for case in "ab"
    ]
    for write in (*writes, lambda: remove_chart(study, before[0])):
        with pytest.raises(NotChanged, match="somebody else"):
            write()
    assert (study / "charts" / "tid.yaml").read_text("utf-8") == text


def test_programs_that_write_at_once_lose_nothing(study: Path) -> None:
    """Each that says it wrote has written: none reads the file while another is about to replace it."""
    words = [
        sys.executable,
        "-c",
        "from cli.main import main; main()",
        "finding",
        "add",
        "--theme",
        "tid",
        "--coder",
        "ana",
    ]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    programs = [
        subprocess.Popen([*words, f"Nr. {n} har travlt."], cwd=study, env=env, stdout=subprocess.DEVNULL)
        for n in range(4)
    ]
    done = sum(program.wait() == 0 for program in programs)
    assert done == 4 and len(read(study).finding_by_id) == 5


def test_of_two_findings_with_one_id_none_is_changed(study: Path) -> None:
    file = study / "findings" / "tid.yaml"
    file.write_text(file.read_text("utf-8") + "- {id: f-1, text: En anden., group: few}\n", "utf-8")
    text = file.read_text("utf-8")
    for words in (("edit", "f-1", "Ny."), ("remove", "f-1"), ("note", "f-1", "n"), ("stamp", "f-1")):
        result = run("finding", *words)
        assert result.exit_code == 1 and "more than one 'f-1'" in result.output, words
    assert file.read_text("utf-8") == text


def test_a_file_of_another_name_is_changed_where_it_is(study: Path) -> None:
    for folder in ("findings", "charts"):
        (study / folder / "tid.yaml").rename(study / folder / "andet.yaml")
    assert run("finding", "note", "f-1", "Set på.").exit_code == 0
    assert run("chart", "set", "a", "tid", "Meget travlt.").exit_code == 0
    assert "Set på." in (study / "findings" / "andet.yaml").read_text("utf-8")
    assert "Meget travlt." in (study / "charts" / "andet.yaml").read_text("utf-8")
    assert not (study / "findings" / "tid.yaml").exists() and not (study / "charts" / "tid.yaml").exists()


def test_what_cannot_be_written_is_a_message(study: Path) -> None:
    for folder in ("findings", "charts"):
        (study / folder / "tid.yaml").unlink()
        (study / folder).rmdir()
        (study / folder).write_text("a file", "utf-8")
    for words in (("finding", "add", "--theme", "tid", "x"), ("chart", "draft", "--all")):
        result = run(*words)
        assert result.exit_code == 1 and "could not be written" in result.output, result.output
