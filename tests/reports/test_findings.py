"""Charts, findings and their ledger as values; and a broken study for each rule about their files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli.main import main
from corpus.problems import Problem
from reports.alarms import Alarm, Side, alarms_json, ranked, to_problem
from reports.evidence import evidence_sha
from reports.findings import Finding, Ledger
from reports.verify.study import verify_study
from reports.whole_study import WholeStudy, check_whole_study, read_whole_study

TEXT = "Der er mange sager. Vi har for få folk.\n"
CASES = "=== cases.csv\nid,label,group,cluster\na,A,few,n\nb,B,few,n\nc,C,few,s\nd,D,many,s\n"
CODEBOOK = """=== codebook.yaml
themes:
- {id: sager, label: Sager, definition: Om sager., questions: [q1], codes: [{id: sager.antal, label: Antal}]}
- {id: folk, label: Folk, definition: Om folk., questions: [q2]}
- {id: bemanding, label: Bemanding, replaced_by: folk}
"""
GUIDE = "=== guide.md\n# Guide\n\n## 1. Sager {#s}\n\na. Sager? {#q1}\nb. Folk? {#q2}\n"


def source(id: str, case: str, asked: str = "all") -> str:
    return f"=== sources/{id}.md\n---\ncase: {case}\nasked: {asked}\n---\n\n{TEXT}"


def add(id: str, code: str = "sager", quote: str = "mange sager") -> str:
    start = TEXT.index(quote)
    said = {"op": "add", "id": id, "code": code, "start": start, "end": start + len(quote), "quote": quote}
    return json.dumps(said, ensure_ascii=False) + "\n"


def event(op: str, id: str, target: str, **more: str) -> str:
    return json.dumps({"op": op, "id": id, "target": target, **more}) + "\n"


def log(source: str, *lines: str) -> str:
    return f"=== codings/ana/{source}.jsonl\n" + "".join(lines) + f'{{"op":"read","id":"read-{source}"}}\n'


LOG_A = log("ka", add("c1"), add("c2", "sager.antal", "mange"), add("c3", "folk", "få folk"), add("c9"),
            event("retract", "r1", "c9"))  # fmt: skip
SOUND = (
    CASES + CODEBOOK + GUIDE + source("ka", "a") + source("kb", "b") + source("kc", "c", "[q2]") + source("kd", "d")
    + LOG_A + log("kb", add("c4")) + log("kc") + log("kd", add("c5"))
)  # fmt: skip
CHARTS = """=== charts/sager.yaml
theme: sager
charts:
- case: a
  summary: Mange sager.
  evidence: [c1, c2]
"""
FINDINGS = """=== findings/sager.yaml
theme: sager
difference: De har flere.
findings:
- id: f-1a2b
  group: few
  text: "{andel} har mange sager."
  stances: {a: supports, b: contradicts}
  evidence:
    a: [c1]
    b: [c4]
"""

BROKEN: dict[str, tuple[str, str]] = {
    "unknown-row": (CHARTS.replace("theme: sager", "theme: bemanding"), "charts/sager.yaml:1"),
    "misnamed-file": (CHARTS.replace("theme: sager", "theme: folk"), "charts/sager.yaml:1"),
    "unknown-case": (FINDINGS.replace("{a: supports", "{aa: supports"), "findings/sager.yaml:7"),
    "duplicate-chart": (CHARTS + "- {case: a, summary: Igen.}\n", "charts/sager.yaml:6"),
    "duplicate-id": (FINDINGS + "- {id: f-1a2b, text: Igen.}\n", "findings/sager.yaml:11"),
    "illegal-id": (FINDINGS.replace("f-1a2b", "F 1"), "findings/sager.yaml:4"),
    "bad-value": (FINDINGS.replace("supports", "support"), "findings/sager.yaml:7"),
    "unknown-key": (CHARTS.replace("summary:", "sumary:"), "charts/sager.yaml:4"),
    "bad-yaml": (CHARTS + "- [\n", "charts/sager.yaml:7"),
    "unknown-group": (FINDINGS.replace("group: few", "group: fwe"), "findings/sager.yaml:5"),
    "case-outside-group": (FINDINGS.replace("b: contradicts", "d: contradicts"), "findings/sager.yaml:7"),
    "unknown-placeholder": (FINDINGS.replace("{andel}", "{andle}"), "findings/sager.yaml:6"),
    "unknown-evidence": (FINDINGS.replace("[c1]", "[c1x]"), "findings/sager.yaml:9"),
    "gone-evidence": (CHARTS.replace("[c1, c2]", "[c1, c9]"), "charts/sager.yaml:5"),
    "foreign-evidence": (FINDINGS.replace("[c4]", "[c3]"), "findings/sager.yaml:10"),
    "stale-chart": (CHARTS + "  evidence_sha: 0123456789abcdef\n", "charts/sager.yaml:3"),
    "stray-file": ("=== findings/noter.txt\nHej.\n", "findings/noter.txt"),
}


GARBAGE_STUDY = {
    "study.toml": 'format = "crosscase-study/1"\ntitle = "T"\n',
    "cases.csv": "id,label,group\na,A,few\n",
    "codebook.yaml": "themes:\n- {id: sager, label: Sager, definition: D}\n",
}


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def whole_of(root: Path) -> WholeStudy:
    whole, problems = read_whole_study(root)
    assert problems == []
    return whole


def ledger_of(whole: WholeStudy, **changes: object) -> Ledger:
    finding = Finding(**{"id": "f-1", "theme": "sager", "group": "few", "text": "x"} | changes)  # type: ignore[arg-type]
    return whole.ledger(finding)


def test_a_sound_study_with_charts_and_findings_has_no_problem(make_study: Callable[..., Path]) -> None:
    whole, problems = check_whole_study(make_study(SOUND + CHARTS + FINDINGS))
    assert problems == []
    assert whole.chart_by_cell["a", "sager"].summary == "Mange sager."
    assert whole.findings_of("sager").difference == "De har flere."
    assert whole.finding_by_id["f-1a2b"].evidence == {"a": ("c1",), "b": ("c4",)}
    assert whole.findings_of("folk").findings == ()


def test_a_study_without_charts_and_findings_is_as_it_was(make_study: Callable[..., Path]) -> None:
    whole, problems = check_whole_study(make_study(SOUND))
    assert (whole.charts, whole.findings, problems) == ((), (), [])


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_about_charts_and_findings_is_found_at_its_place(rule: str, make_study: Callable[..., Path]) -> None:
    broken, place = BROKEN[rule]
    found = [p for p in check_whole_study(make_study(SOUND + broken))[1] if p.rule == rule]
    assert found, f"{rule} was not found"
    assert any(problem.place.startswith(place) for problem in found), [p.place for p in found]
    assert len(str(found[0]).split("\n")[1].strip()) > 10, "says what to do next"


def test_a_retracted_coding_is_told_from_one_that_never_was(make_study: Callable[..., Path]) -> None:
    problems = check_whole_study(make_study(SOUND + CHARTS.replace("[c1, c2]", "[c9, c8]")))[1]
    said = {(p.rule, p.message) for p in problems}
    assert ("gone-evidence", "coding 'c9' was retracted") in said
    assert ("unknown-evidence", "there is no coding 'c8'") in said


def test_all_faults_of_a_file_are_reported_at_once(make_study: Callable[..., Path]) -> None:
    broken = FINDINGS.replace("{andel}", "{andle}").replace("[c4]", "[c3]").replace("few", "fwe")
    found = rules(check_whole_study(make_study(SOUND + broken))[1])
    assert {"unknown-placeholder", "foreign-evidence", "unknown-group"} <= set(found)


def test_the_ledger_takes_a_persons_stance_else_the_state(make_study: Callable[..., Path]) -> None:
    whole = whole_of(make_study(SOUND))
    said = ledger_of(whole, stances={"a": "supports"}, evidence={"a": ("c2",)})
    assert [(case.case.id, case.stand, case.is_persons) for case in said.cases] == [
        ("a", "supports", True),
        ("b", "mentioned", False),
        ("c", "not_asked", False),
    ]
    assert [c.id for c in said.cases[0].codings] == ["c2"], "the evidence named, not all of the cell"
    assert [c.id for c in said.cases[1].codings] == ["c4"]


def test_being_mentioned_is_no_support(make_study: Callable[..., Path]) -> None:
    said = ledger_of(whole_of(make_study(SOUND)))
    assert (said.supports, said.contradicts, said.silent, said.n_unasked) == (0, 0, 3, 1)
    assert said.bounds == (0.0, 1.0), "nobody has judged: nothing is known"


def test_counts_and_bounds_of_a_ledger(make_study: Callable[..., Path]) -> None:
    whole = whole_of(make_study(SOUND))
    said = ledger_of(whole, group="", stances={"a": "supports", "b": "contradicts", "d": "mixed"})
    assert (said.n, said.n_applicable, said.n_asked) == (4, 4, 3)
    assert (said.supports, said.contradicts, said.mixed, said.unclear, said.silent) == (1, 1, 1, 0, 1)
    assert said.bounds == (1 / 4, 3 / 4)
    assert (said.denominator("applicable"), said.denominator("asked")) == (4, 3)


def test_a_case_that_the_theme_does_not_apply_to_is_not_counted(make_study: Callable[..., Path]) -> None:
    restricted = CODEBOOK.replace("label: Folk,", "label: Folk, applies_to: {cluster: s},")
    said = ledger_of(whole_of(make_study(SOUND + restricted)), theme="folk", group="", stances={"d": "supports"})
    assert (said.n, said.n_applicable) == (4, 3), "a is not in cluster s, but speaks of it; b does neither"
    assert said.cases[1].stand == "not_applicable"


def test_the_digest_of_evidence_is_of_words_and_codes_not_of_places(make_study: Callable[..., Path]) -> None:
    before = whole_of(make_study(SOUND, "before")).coded
    sha = evidence_sha(("c1", "c2"), before)
    assert len(sha) == 16
    assert sha == evidence_sha(("c2", "c1", "c1"), before), "order and repetition do not count"
    assert evidence_sha((), before) == ""

    moved = SOUND.replace(
        "sources/ka.md\n---\ncase: a\nasked: all\n---\n\n", "sources/ka.md\n---\ncase: a\nasked: all\n---\n\nNyt. "
    )
    after = read_whole_study(make_study(moved, "moved"))[0].coded
    assert after.codings_by_id["c1"].start == before.codings_by_id["c1"].start + 5
    assert evidence_sha(("c1", "c2"), after) == sha, "the words stand elsewhere and are the same"

    recoded = SOUND.replace(LOG_A, LOG_A + event("recode", "e1", "c2", code="sager"))
    assert evidence_sha(("c1", "c2"), whole_of(make_study(recoded, "recoded")).coded) != sha
    retracted = SOUND.replace(LOG_A, LOG_A + event("retract", "e1", "c2"))
    assert evidence_sha(("c1", "c2"), whole_of(make_study(retracted, "retracted")).coded) != sha


def test_a_chart_says_when_it_is_stale_and_what_it_does_not_cover(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND + CHARTS.replace("[c1, c2]", "[c1]"))
    whole = whole_of(root)
    chart = whole.chart_by_cell["a", "sager"]
    found = whole.staleness_of(chart)
    assert (found.freshness, found.is_stale) == ("never_stamped", False)
    assert [c.id for c in found.not_covered] == ["c2"]

    stamp = evidence_sha(("c1",), whole.coded)
    stamped = CHARTS.replace("[c1, c2]", f"[c1]\n  evidence_sha: {stamp}")
    assert whole_of(make_study(SOUND + stamped, "stamped")).staleness_of(chart).freshness == "never_stamped"
    whole = whole_of(make_study(SOUND + stamped, "again"))
    assert whole.staleness_of(whole.chart_by_cell["a", "sager"]).freshness == "fine"


def test_alarms_quote_both_sides_and_are_ranked() -> None:
    sides = (Side("r.md", 3, "Ingen  har\npenge."), Side("r.md", 9, "Tre har."))
    alarm = Alarm("duplicate-id", "error", "det ene siger ingen", sides, "Ret den ene.", 0.5)
    problem = to_problem(alarm)
    assert (problem.file, problem.line, problem.rule) == ("r.md", 3, "duplicate-id")
    assert "»Ingen har penge.«" in problem.message and "r.md:9: »Tre har.«" in problem.message
    assert alarms_json([alarm])[0]["sides"][1] == {"file": "r.md", "line": 9, "text": "Tre har."}
    surer = Alarm("duplicate-id", "note", "mere", sides[:1], score=0.9)
    assert ranked([alarm, surer, alarm]) == (surer, alarm)


@pytest.mark.parametrize("noun", ['["kommune", "kommuner"]', '["en kommune"]', '["en kommune", ""]'])
def test_a_noun_without_its_article_or_plural_is_named(noun: str, make_study: Callable[..., Path]) -> None:
    toml = f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "T"\n[groups]\nnoun = {noun}\n'
    problems = check_whole_study(make_study(SOUND + toml))[1]
    assert [p.message for p in problems if p.rule == "bad-value"] == [
        "[groups] 'noun' is the singular with its article, and the plural"
    ]


def test_the_noun_and_the_denominator_can_be_set_from_the_command_line(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND)
    for words in (("groups.noun", "et jobcenter", "jobcentre"), ("findings.denominator", "asked")):
        assert CliRunner().invoke(main, ["set", *words, "--study", str(root)]).exit_code == 0
    settings = whole_of(root).coded.study.settings
    assert settings.groups.noun == ("et jobcenter", "jobcentre")
    assert settings.findings.denominator == "asked"


def test_a_coding_that_another_sentence_of_the_theme_names_is_not_missed(make_study: Callable[..., Path]) -> None:
    one = "- {id: f-1, text: T, stances: {a: supports}, evidence: {a: [c1]}}\n"
    other = "- {id: f-2, text: U, stances: {a: mixed}, evidence: {a: [c2]}}\n"
    head = "=== findings/sager.yaml\ntheme: sager\nfindings:\n"
    alone, both = (
        whole_of(make_study(SOUND + head + said, said[7:10] + str(len(said)))) for said in (one, one + other)
    )
    assert [c.id for c in alone.staleness_of(alone.finding_by_id["f-1"]).not_covered] == ["c2"]
    assert both.staleness_of(both.finding_by_id["f-1"]).not_covered == ()


GARBAGE = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"", b"3", b"- a", b"theme:", b"theme: sager\ncharts: 3\nfindings: x", b"theme: sager\ncharts: [1, [], {}]",
         b"theme: sager\nfindings: [{id: f-1, text: T, stances: [a], evidence: {a: c1, b: [[c1]]}}]",
         b"theme: [sager]", b"theme: sager\nfindings: &x [*x]", b"\xff\xfe", b"theme: sager\n\x00"],
    ),
)  # fmt: skip


@given(st.sampled_from(["charts", "findings"]), GARBAGE)
def test_whatever_stands_in_a_file_is_a_problem_and_never_a_traceback(folder: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, text in GARBAGE_STUDY.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        (root / folder).mkdir()
        (root / folder / "sager.yaml").write_bytes(data)
        whole, problems = check_whole_study(root)
        assert all(str(problem) for problem in problems)
        assert all(isinstance(whole.ledger(finding), Ledger) for finding in whole.finding_by_id.values())


def test_folders_and_broken_links_in_the_place_of_files_are_named(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND)
    (root / "charts" / "sager.yaml").mkdir(parents=True)
    (root / "findings").mkdir()
    (root / "findings" / "folk.yaml").symlink_to(root / "nowhere")
    found = {(p.file, p.rule) for p in check_whole_study(root)[1]}
    assert {file for file, _ in found} == {"charts/sager.yaml", "findings/folk.yaml"}


def test_what_nobody_stamped_is_a_note_of_verify_and_no_problem_of_check(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND + CHARTS)
    assert check_whole_study(root)[1] == []
    (note,) = (alarm for alarm in verify_study(read_whole_study(root)[0]) if alarm.rule == "never-stamped")
    assert (note.severity, note.sides[0].file) == ("note", "charts/sager.yaml")
