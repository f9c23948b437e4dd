"""A sentence that does not follow is found, at its place, with both sides; and a sentence that does is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.problems import RULES
from reports.alarms import Alarm
from reports.build import build
from reports.evidence import evidence_sha
from reports.verify.study import verify_study
from reports.whole_study import read_whole_study

MakeStudy = Callable[..., Path]

TEXT = {
    "leder": "Der er måske for lidt tid. Vi har 55 sager hver, fordi to er rejst. Alt er roligt nu.",
    "sagsbehandler": "Vi har travlt hele dagen. Der er ingen tid til borgerne.",
}
QUOTES = {
    "leder": ("måske for lidt tid", "Vi har 55 sager hver, fordi to er rejst", "Alt er roligt nu"),
    "sagsbehandler": ("Vi har travlt hele dagen",),
}
CASES = ("a", "b", "c", "d", "e", "f")
LABELS = {"a": "Aaby", "b": "Birk", "c": "Cort", "d": "Dal", "e": "Elm", "f": "Fuglse", "m": "Mose"}
HEAD = """=== study.toml
format = "crosscase-study/1"
title = "Seks små kommuner"
language = "da"
[groups]
attribute = "group"
noun = ["en kommune", "kommuner"]
[groups.labels]
few = "Få"
many = "Mange"
=== codebook.yaml
themes:
- {id: tid, label: Tid, definition: Om tid., questions: [q1]}
- {id: ro, label: Ro, definition: Om ro., questions: [q2]}
=== guide.md
# Guide

## 1. Tid {#s}

a. Tid? {#q1}
b. Ro? {#q2}
"""


def study(*findings: str, charts: str = "", difference: str = "", unasked: tuple[str, ...] = ()) -> str:
    """Six cases in `few`, one in `many`; in each a leader and a caseworker, both coded with `tid`."""
    rows = [f"{id},{LABELS[id]},{'many' if id == 'm' else 'few'}" for id in LABELS]
    made = [HEAD, "=== cases.csv\nid,label,group\n" + "\n".join(rows) + "\n"]
    for case in LABELS:
        for role, text in TEXT.items():
            meta = f"case: {case}\nroles: [{role}]\nasked: {'[q2]' if case in unasked else 'all'}"
            made.append(f"=== sources/{case}-{role}.md\n---\n{meta}\n---\n\n{text}\n")
            made.append(f"=== codings/ana/{case}-{role}.jsonl\n" + log(case, role, silent=case in unasked))
    if findings or difference:
        said = f"difference: {json.dumps(difference)}\n" if difference else ""
        made.append(f"=== findings/tid.yaml\ntheme: tid\n{said}findings:\n" + "".join(findings))
    return "".join(made) + charts


def log(case: str, role: str, silent: bool = False) -> str:
    """The coder's log of one source: its quotes as `al`, `al1`, … and that it was read."""
    lines: list[dict[str, object]] = []
    for number, quote in enumerate(() if silent else QUOTES[role]):
        start = TEXT[role].index(quote)
        place = {"start": start, "end": start + len(quote), "quote": quote}
        lines.append({"op": "add", "id": f"{case}{role[0]}{number or ''}", "code": "tid", **place})
    lines.append({"op": "read", "id": f"r{case}{role}"})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def finding(
    text: str, stances: str = "ssssss", id: str = "f-1a2b", group: str = "few", note: str = "", evidence: str = "",
    sha: str = "",
) -> str:  # fmt: skip
    """A finding; `stances` are a letter a case: s, c, m(ixed), u(nclear), - none. Both voices are cited unless said."""
    names = {"s": "supports", "c": "contradicts", "m": "mixed", "u": "unclear"}
    cases = CASES if group == "few" else ("m",) if group else (*CASES, "m")
    stands = {case: names[one] for case, one in zip(cases, stances, strict=False) if one != "-"}
    cited = {case: evidence.format(case=case) or f"[{case}l, {case}s]" for case in stands}
    lines = [f"- id: {id}", f"  text: {json.dumps(text, ensure_ascii=False)}"]
    lines += [f"  group: {group}"] if group else []
    lines += [f"  stances: {{{', '.join(f'{c}: {s}' for c, s in stands.items())}}}"] if stands else []
    lines += (
        [f"  evidence: {{{', '.join(f'{c}: {e}' for c, e in cited.items())}}}"] if stands and evidence != "none" else []
    )
    lines += [f"  note: {json.dumps(note, ensure_ascii=False)}"] if note else []
    lines += [f"  evidence_sha: {sha}"] if sha else []
    return "\n".join(lines) + "\n"


def chart(summary: str, case: str = "a", evidence: str = "[al, as]", sha: str = "") -> str:
    stamp = f"\n  evidence_sha: {sha}" if sha else ""
    said = json.dumps(summary, ensure_ascii=False)
    return (
        f"=== charts/tid.yaml\ntheme: tid\ncharts:\n- case: {case}\n  summary: {said}\n  evidence: {evidence}{stamp}\n"
    )


def alarms(make_study: MakeStudy, text: str) -> list[Alarm]:
    whole, problems = read_whole_study(make_study(text))
    assert problems == []
    return [alarm for alarm in verify_study(whole) if alarm.severity != "note"]


NAMED = "Birk siger det modsatte."
BROKEN: dict[str, str] = {
    "quantifier-not-licensed": study(finding("Alle seks kommuner har travlt.", "sssssc", note="Fuglse ikke.")),
    "none-with-silences": study(finding("Ingen af de seks kommuner har travlt.", "cc----", note="Aaby og Birk.")),
    "share-of-unasked": study(finding("Fire ud af seks kommuner har travlt.", "ssss--"), unasked=("e", "f")),
    "examples-of-one": study(finding("Der er eksempler på travlhed.", "s-----")),
    "finding-without-evidence": study(finding("{andel} har travlt.", "ssssss", evidence="none")),
    "silence-as-claim": study(finding("{andel} har travlt.", "s----c", note="F", evidence="none"), unasked=("f",)),
    "stale-finding": study(finding("{andel} har travlt.", sha="0123456789abcdef")),
    "stale-chart": study(charts=chart("Har travlt.", sha="0123456789abcdef")),
    "contradiction-not-mentioned": study(finding("De fleste kommuner har travlt.", "ssssc-")),
    "cells-contradict": study(
        finding("Der mangler tid i kommunen."), finding("Der mangler ikke tid i kommunen.", id="f-2b3c")
    ),
    "excerpt-not-slice": study(finding("{andel} har travlt: »Vi løber stærkt hver dag«.")),
    "number-does-not-follow": study(charts=chart("Har 65 sager hver.", evidence="[al1]")),
    "stronger-than-evidence": study(charts=chart("Det er en klar indikation på tidnød.", evidence="[al]")),
    "merged-roles": study(finding("{andel} har travlt.", evidence="[{case}l]")),
    "one-interview-carries": study(
        finding("Aaby, Birk og Cort har travlt.", "ss----", evidence="[{case}l, {case}l1, {case}l2]"),
        finding("Aaby har travlt.", "s-----", id="f-2b3c", evidence="[al, al1, al2]"),
    ).replace("b: [bl, bl1, bl2]", "b: [bs]"),
    "unfilled-placeholder": study(finding("{andel} har travlt.", "c-----", note="Aaby siger nej.")),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_its_broken_study(rule: str, make_study: MakeStudy) -> None:
    found = [alarm for alarm in alarms(make_study, BROKEN[rule]) if alarm.rule == rule]
    assert found, f"{rule}: {[a.rule for a in alarms(make_study, BROKEN[rule])]}"
    for alarm in found:
        assert alarm.severity == RULES[rule].severity, "an alarm is as severe as its rule"
        assert alarm.sides and all(side.file and side.text for side in alarm.sides)
        assert alarm.sides[0].file.startswith(("findings/", "charts/")) and alarm.sides[0].line > 0
        assert len(alarm.hint or RULES[rule].fix) > 10


@pytest.mark.parametrize(
    "sound",
    [
        study(finding("{andel} har travlt.")),
        study(finding("{andel} har travlt.", "sssccc")),
        study(finding("Tre ud af seks kommuner har travlt.", "sssccc")),
        study(finding("De fleste kommuner har travlt; Elm og Fuglse har ikke.", "sssscc")),
        study(finding("{kvantor} har travlt.", "ssssmc", note="Elm er delt, Fuglse har ro.")),
        study(finding("Ingen af de seks kommuner har ro nok.", "cccccc", note="Aaby, Birk, Cort, Dal, Elm og Fuglse.")),
        study(finding("{andel} har ro.", "cccccc", note="Aaby, Birk, Cort, Dal, Elm og Fuglse siger det modsatte.")),
        study(finding("Ingen har nævnt en plan.", "u-----")),
        study(finding("{andel} har travlt.", "ssss--"), unasked=("e", "f")),
        study(finding("Fire ud af seks kommuner har travlt; to er ikke spurgt.", "ssss--"), unasked=("e", "f")),
        study(finding("Der er et eksempel på travlhed.", "s-----")),
        study(finding("{andel} har travlt: »Vi har travlt hele dagen«.")),
        study(finding("{andel} har travlt: »Vi har […] hele dagen«.")),
        study(charts=chart("Har 55 sager hver.", evidence="[al1]")),
        study(charts=chart("Travlheden skyldes, at to er rejst.", evidence="[al1]")),
        study(charts=chart("Har måske for lidt tid.", evidence="[al]")),
        study(finding("{andel} har travlt.", evidence="[{case}l1]", note="Kun lederens ord.")),
        study(finding("Der er en tendens til travlhed.", "sssss-")),
        study(finding("Der mangler tid i kommunen.", "ssscc-", note="Dal og Elm har tid."),
              finding("Der mangler ikke tid i kommunen.", "cccss-", id="f-2b3c", note="Aaby, Birk, Cort.")),
        study(finding("Arbejdet gælder for alle, og Elm har ingen plan.", "ssssss")),
    ],
)  # fmt: skip
def test_what_follows_is_left_alone(sound: str, make_study: MakeStudy) -> None:
    assert alarms(make_study, sound) == []


def test_both_groups_feel_limits_and_none_do(make_study: MakeStudy) -> None:
    """The contradiction that the program was made for: a table's row against its own section."""
    text = study(
        finding("Begge grupper oplever økonomiske begrænsninger i tid.", "sssssss", group="", id="f-row1"),
        finding("Ingen af kommunerne oplever økonomiske begrænsninger i tid.", "cccccc", id="f-sec1"),
    )
    found = [alarm for alarm in alarms(make_study, text) if alarm.rule == "cells-contradict"]
    assert len(found) == 1
    assert {side.text.split()[0] for side in found[0].sides} == {"Begge", "Ingen"}
    assert "Aaby, Birk" in found[0].reason


def test_none_is_a_number_of_cases_and_not_the_opposite_of_what_they_said(make_study: MakeStudy) -> None:
    """Typed or computed, "ingen" says what the stances say: that each case denies it."""
    living, typed = "{andel} har folk nok til sagerne.", "Ingen af de seks kommuner har folk nok til sagerne."
    note = "Aaby, Birk, Cort, Dal, Elm og Fuglse mangler folk."
    same = study(finding(living, "cccccc", note=note), finding(typed, "cccccc", id="f-2b3c", note=note))
    assert alarms(make_study, same) == []
    for number, said in enumerate(
        ("Begge grupper har folk nok til sagerne.", "Alle kommuner har folk nok til sagerne.")
    ):
        found = alarms(
            lambda text, n=number: make_study(text, f"d{n}"), study(finding(living, "cccccc"), difference=said)
        )
        assert [alarm.rule for alarm in found] == ["cells-contradict"], said
    denied = study(finding("{andel} har folk nok til sagerne."), difference="Ingen kommuner har folk nok til sagerne.")
    assert [alarm.rule for alarm in alarms(lambda text: make_study(text, "none"), denied)] == ["cells-contradict"]


def test_a_denial_of_something_else_than_cases_stays_a_denial(make_study: MakeStudy) -> None:
    presses = finding("{andel} siger, at borgerne bliver presset.", id="f-2b3c")
    found = alarms(make_study, study(finding("{andel} siger, at ingen borgere bliver presset."), presses))
    assert [alarm.rule for alarm in found] == ["cells-contradict"]


@pytest.mark.parametrize("beside", [", mens Fuglse ikke har.", "; det har Fuglse ikke.", ", men Fuglse mangler ro."])
def test_who_is_otherwise_turns_nothing_round_and_hides_nothing(beside: str, make_study: MakeStudy) -> None:
    """The clause that names the deviating case is no denial of the sentence, and no reason not to compare it."""
    first = finding("{andel} har ro til sagerne" + beside, "sssssc")
    agrees = finding("{andel} har ro til sagerne.", "sssss-", id="f-2b3c")
    assert alarms(make_study, study(first, agrees)) == []
    denies_it = study(first, difference="Ingen kommuner har ro til sagerne.")
    assert [a.rule for a in alarms(lambda text: make_study(text, "denied"), denies_it)] == ["cells-contradict"]


def test_what_changed_is_quoted_as_it_was_and_as_it_is(make_study: MakeStudy) -> None:
    sound = study(finding("{andel} har travlt."))
    whole, _ = read_whole_study(make_study(sound))
    sha = evidence_sha(whole.finding_by_id["f-1a2b"].evidence_ids, whole.coded)
    stamped = study(finding("{andel} har travlt.", sha=sha))
    edited = {"hele dagen": "næsten hele dagen", "Vi har travlt": "Vi har ikke travlt"}
    for number, (old, new) in enumerate(edited.items()):
        text = stamped.replace(
            f"---\n\n{TEXT['sagsbehandler']}", f"---\n\n{TEXT['sagsbehandler'].replace(old, new)}", 1
        )
        whole, _ = read_whole_study(make_study(text, f"edited{number}"))
        alarm = next(alarm for alarm in verify_study(whole) if alarm.rule == "stale-finding")
        said, then, now = alarm.sides
        assert said.text == "Alle seks kommuner har travlt."
        assert (then.file, then.line, then.text) == ("codings/ana/a-sagsbehandler.jsonl", 1, "Vi har travlt hele dagen")
        assert now.file == "sources/a-sagsbehandler.md" and new in now.text
        assert ("ceased to count" in alarm.reason) is ("ikke" in new)


def test_evidence_that_is_named_and_lost_is_not_called_missing(make_study: MakeStudy) -> None:
    text = study(finding("{andel} har travlt.", evidence="[{case}s]", note="Sagsbehandlernes ord."))
    text = text.replace(f"---\n\n{TEXT['sagsbehandler']}", "---\n\nVi har ikke travlt hele dagen.", 1)
    whole, _ = read_whole_study(make_study(text))
    reasons = [alarm.reason for alarm in verify_study(whole) if alarm.rule == "finding-without-evidence"]
    assert reasons == ["no coding counts any more for the stance of Aaby"]


def test_a_stamp_that_holds_is_silent_and_edited_words_are_not(make_study: MakeStudy, tmp_path: Path) -> None:
    sound = study(finding("{andel} har travlt."))
    whole, _ = read_whole_study(make_study(sound))
    ids = whole.finding_by_id["f-1a2b"].evidence_ids
    stamped = study(finding("{andel} har travlt.", sha=evidence_sha(ids, whole.coded)))
    assert alarms(lambda text: make_study(text, "stamped"), stamped) == []
    edited = stamped.replace("Vi har travlt hele dagen. Der er", "Vi har travlt næsten hele dagen. Der er", 1)
    whole, _ = read_whole_study(make_study(edited, "edited"))
    assert "stale-finding" in {alarm.rule for alarm in verify_study(whole)}


def test_a_sentence_that_does_not_follow_does_not_survive_a_build(make_study: MakeStudy) -> None:
    root = make_study(BROKEN["quantifier-not-licensed"])
    made = build(root)
    assert made.stopped and "quantifier-not-licensed" in {problem.rule for problem in made.problems}
    assert not (root / "build").exists()
    assert not build(make_study(study(finding("{andel} har travlt.")), "sound")).stopped


def test_english_sentences_are_verified_by_the_same_rules(make_study: MakeStudy) -> None:
    english = study(finding("Most cases are busy.", "ssscc-", note="Dal and Elm are not.")).replace('"da"', '"en"')
    english = english.replace('noun = ["en kommune", "kommuner"]\n', "")
    assert [alarm.rule for alarm in alarms(make_study, english)] == ["quantifier-not-licensed"]


def test_the_same_study_gives_the_same_alarms(make_study: MakeStudy) -> None:
    root = make_study(BROKEN["cells-contradict"])
    first, second = (verify_study(read_whole_study(root)[0]) for _ in range(2))
    assert first == second
