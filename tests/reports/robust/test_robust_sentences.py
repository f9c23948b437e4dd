"""Which sentences turn without a case, a cluster or a coder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from reports.robust.sentences import Robustness, kind_of, robustness
from reports.robust.small_numbers import NotTwoGroups, small_numbers
from reports.verify.look import Look
from reports.whole_study import read_whole_study
from reports.wording.tally import Tally

MakeStudy = Callable[..., Path]
TEXT = "Vi har travlt hele dagen."
GROUPS = {"a": "few", "b": "few", "c": "few", "d": "few", "m": "many", "n": "many"}
CLUSTERS = {"a": "x", "b": "x", "m": "x", "c": "y", "d": "y", "n": "y"}


def log(coder: str, case: str) -> str:
    add = {"op": "add", "id": f"{coder}{case}", "code": "tid", "start": 0, "end": len(TEXT) - 1, "quote": TEXT[:-1]}
    read = {"op": "read", "id": f"r{coder}{case}"}
    return f"=== codings/{coder}/{case}.jsonl\n{json.dumps(add)}\n{json.dumps(read)}\n"


def study(findings: str, coders: tuple[str, ...] = ("ana",), toml: str = "") -> str:
    rows = "".join(f"{id},{id.upper()},{group},{CLUSTERS[id]}\n" for id, group in GROUPS.items())
    sources = "".join(f"=== sources/{id}.md\n---\ncase: {id}\nasked: all\n---\n\n{TEXT}\n" for id in GROUPS)
    logs = "".join(log(coder, id) for coder in coders for id in GROUPS)
    return (
        f"""=== study.toml
format = "crosscase-study/1"
title = "Seks"
language = "da"
[groups]
noun = ["en kommune", "kommuner"]
[groups.labels]
few = "Få"
many = "Mange"
{toml}
=== cases.csv
id,label,group,cluster
{rows}=== codebook.yaml
themes:
- {{id: tid, label: Tid, definition: Om tid.}}
"""
        + sources
        + logs
        + (f"=== findings/tid.yaml\ntheme: tid\nfindings:\n{findings}" if findings else "")
    )


def finding(text: str, stances: dict[str, str], group: str = "few", id: str = "f-1111", coder: str = "ana") -> str:
    evidence = ", ".join(f"{case}: [{coder}{case}]" for case in stances)
    said = ", ".join(f"{case}: {stance}" for case, stance in stances.items())
    stands = f"stances: {{{said}}}, evidence: {{{evidence}}}"
    return f'- {{id: {id}, group: {group}, claim: travlt, text: "{text}", {stands}}}\n'


def robust(make_study: MakeStudy, text: str) -> Robustness:
    whole, problems = read_whole_study(make_study(text))
    assert problems == []
    return robustness(Look(whole))


def turning(found: Robustness) -> dict[str, str]:
    return {change.left_out.label: change.after for change in found.turning}


S, C = "supports", "contradicts"


def test_a_share_turns_where_more_than_half_becomes_less(make_study: MakeStudy) -> None:
    found = robust(make_study, study(finding("{andel} har travlt.", {"a": S, "b": S, "c": C, "d": C})))
    assert turning(found) == {
        "C": "To af de tre kommuner har travlt.",
        "D": "To af de tre kommuner har travlt.",
        "x": "Ingen af de to kommuner har travlt.",
        "y": "Begge kommuner har travlt.",
    }
    assert found.findings - found.firm == 1
    counts = {change.left_out.label for change in found.changes if not change.turns}
    assert counts == {"A", "B"}, "one of three is no other kind of share than two of four"


def test_a_sentence_that_holds_whatever_is_left_out(make_study: MakeStudy) -> None:
    found = robust(make_study, study(finding("{andel} har travlt.", dict.fromkeys("abcd", S))))
    assert (found.turning, found.firm) == ((), 1)
    assert {out.what for out in found.left_out} == {"case", "cluster", "coder"}


def test_typed_words_turn_where_they_would_not_be_licensed(make_study: MakeStudy) -> None:
    found = robust(make_study, study(finding("Et par kommuner har travlt.", {"a": S, "b": S, "c": C, "d": C})))
    assert {change.left_out.label for change in found.turning} == {"A", "B", "x"}
    assert all("Et par kommuner" in change.why and not change.after for change in found.turning)


def test_a_word_for_how_many_turns_into_another(make_study: MakeStudy) -> None:
    found = robust(make_study, study(finding("{kvantor} har travlt.", {"a": S, "b": S, "c": S, "d": C})))
    assert turning(found)["D"] == "Alle kommuner har travlt."
    assert "C" not in turning(found), "three of four and two of three are both a majority"


def test_the_only_coder_is_said_to_be_everything(make_study: MakeStudy) -> None:
    found = robust(make_study, study(finding("{andel} har travlt.", {"a": S, "b": S})))
    assert [out.id for out in found.left_out if out.is_everything] == ["ana"]


def test_without_one_of_two_coders_the_stances_that_rest_on_him_are_gone(make_study: MakeStudy) -> None:
    stances = {"a": S, "b": S, "c": S, "d": S}
    findings = finding("{andel} har travlt.", stances).replace("[anad]", "[bod]").replace("[anac]", "[anac, boc]")
    found = robust(make_study, study(findings, ("ana", "bo"), toml='[matrix]\ncoders = ["ana", "bo"]'))
    assert turning(found)["bo"] == "Tre ud af fire kommuner har travlt.", "c has another coding, d has none"
    assert turning(found)["ana"] == "To ud af fire kommuner har travlt."


def test_a_comparison_that_rests_on_one_case(make_study: MakeStudy) -> None:
    both = finding("{andel} har travlt.", dict.fromkeys("abcd", S)) + finding(
        "{andel} har travlt.", {"m": S, "n": C}, "many", "f-2222"
    )
    found = robust(make_study, study(both))
    without = {(d.left_out.label, d.before, d.after) for d in found.differences}
    assert ("N", "more in few", "no difference") in without
    assert not any(label in "ABCD" for label, _, _ in without)


def test_kinds_of_shares() -> None:
    kinds = [kind_of(Tally(k, 4, 4 - k)) for k in range(5)]
    assert kinds == ["none", "half or less", "half or less", "more than half", "all"]
    assert kind_of(Tally(0, 4, 3, 1)) == "nothing that can be said"


def test_exact_statistics_leave_silent_cases_out(make_study: MakeStudy) -> None:
    both = finding("{andel} har travlt.", {"a": S, "b": S, "c": S}) + finding(
        "{andel} har travlt.", {"m": C, "n": C}, "many", "f-2222"
    )
    (one,) = small_numbers(Look(read_whole_study(make_study(study(both)))[0]))
    assert (one.first, one.second) == ((3, 3), (0, 2))
    assert one.statistics.fisher is not None and one.statistics.fisher.p == one.statistics.fisher.floor


def test_exact_statistics_need_two_groups(make_study: MakeStudy) -> None:
    text = study(finding("{andel} har travlt.", {"a": S})).replace("n,N,many", "n,N,others")
    with pytest.raises(NotTwoGroups):
        small_numbers(Look(read_whole_study(make_study(text))[0]))


def test_the_command_says_it_in_words_and_in_json(make_study: MakeStudy) -> None:
    both = finding("{andel} har travlt.", {"a": S, "b": S, "c": C, "d": C}) + finding(
        "{andel} har travlt.", {"m": S, "n": C}, "many", "f-2222"
    )
    root = str(make_study(study(both)))
    result = CliRunner().invoke(main, ["robust", "--exact", "--study", root])
    assert result.exit_code == 0, result.output
    for said in (
        "without C: To af de tre",
        "hold whatever is left out",
        "Fisher",
        "least possible 1/15",
        "any of these",
    ):
        assert said in result.output
    assert "signific" not in result.output.lower() and "p <" not in result.output
    found = json.loads(CliRunner().invoke(main, ["robust", "--exact", "--json", "--study", root]).output)
    assert found["findings"] == 2 and {c["turns"] for c in found["changes"]} == {True}
    assert set(found["exact"][0]["fisher"]) == {"p", "floor", "any"}
    assert "exact" not in json.loads(CliRunner().invoke(main, ["robust", "--json", "--study", root]).output)


def test_a_study_without_findings_says_what_to_do(make_study: MakeStudy) -> None:
    result = CliRunner().invoke(main, ["robust", "--study", str(make_study(study("")))])
    assert result.exit_code == 1 and "crosscase finding add" in result.output
