"""Edited texts: what becomes of codings, what people decide about them, and that nothing of it is silent or lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.acts import Span, added, write_events
from coding.anchors import (
    AnchorEvent,
    Orphaned,
    Settled,
    TakenBack,
    anchor_acts,
    anchors_file,
    decisions,
    parse_anchors,
    read_anchors,
    write_anchors,
)
from coding.coded_study import CodedStudy, read_coded_study
from coding.events import Resize, Torn
from coding.log import append_events
from coding.reanchor import clear_place, orphaned, questions, settled, state_after, taking_back
from coding.word_difference import changed_words, word_difference
from corpus.anchor import context
from corpus.problems import Problem
from corpus.source import Source

SENTENCES = (
    "Der er alt for mange sager pr. sagsbehandler.",
    "Det tager tid at få en læge til at skrive.",
    "Vi har penge nok til det hele i år.",
    "Det tager tid at få en læge til at skrive.",
    "Ellers går det godt 🙂 siger lederen.",
)
TEXT = "\n\n".join(SENTENCES)
CODEBOOK = "=== codebook.yaml\nthemes:\n- {id: sager, label: Sager, definition: Om sager.}\n"


def study(make_study: Callable[..., Path], *coded: tuple[str, int], text: str = TEXT, name: str = "study") -> Path:
    """A study in which ana gave 'sager' to sentences (quote, nth), c0, c1, …"""
    root = make_study(CODEBOOK, name)
    edit(root, text)
    source = Source("k", None, text)  # type: ignore[arg-type]
    events = []
    for number, (quote, nth) in enumerate(coded):
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        event = added(source, "sager", Span(start, start + len(quote)))
        events.append(type(event)(**{**{f: getattr(event, f) for f in event.__struct_fields__}, "id": f"c{number}"}))
    write_events(root, "ana", {"k": events})
    return root


def edit(root: Path, text: str, newline: str = "\n") -> None:
    (root / "sources").mkdir(exist_ok=True)
    whole = f"---\ncase: birkeby\n---\n\n{text}\n".replace("\n", newline)
    (root / "sources" / "k.md").write_bytes(whole.encode("utf-8"))


def read(root: Path) -> tuple[CodedStudy, list[Problem]]:
    return read_coded_study(root)


def states(root: Path) -> dict[str, str]:
    """Coding → what became of it."""
    coded, _ = read(root)
    return {c.id: "exact" for c in coded.codings} | {a.id: a.state for a in coded.anchored}


def quotes(root: Path) -> dict[str, str]:
    coded, _ = read(root)
    for coding in coded.codings:
        assert coded.study.source_by_id[coding.source].text[coding.start : coding.end] == coding.quote
    return {coding.id: coding.quote for coding in coded.codings}


def rules(root: Path) -> set[str]:
    return {problem.rule for problem in read(root)[1] if problem.rule.endswith("-quote")}


def decide(root: Path, id: str, start: int, end: int, by: str = "bo") -> Settled:
    coded, _ = read(root)
    anchor = next(anchor for anchor in coded.anchored if anchor.id == id)
    event = settled(anchor, coded.study.source_by_id["k"], start, end, by)
    write_anchors(root, {"k": [event]})
    return event


def test_a_coding_in_an_unedited_text_is_exact_and_nothing_is_said(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[0], 0))
    coded, _ = read(root)
    assert [(c.placement, c.anchor) for c in coded.codings] == [("exact", None)]
    assert (coded.anchored, rules(root)) == ((), set())


def test_what_became_of_each_coding_is_told_and_only_placed_ones_count(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[0], 0), (SENTENCES[1], 0), (SENTENCES[2], 0), (SENTENCES[4], 0))
    now = "Indledning.\n\n" + TEXT.replace("mange sager", "mnge sager").replace(SENTENCES[2], "Helt andre ord her.")
    edit(root, now)
    assert states(root) == {"c0": "changed", "c1": "uncertain", "c2": "lost", "c3": "moved"}
    assert quotes(root) == {"c0": "Der er alt for mnge sager pr. sagsbehandler.", "c3": SENTENCES[4]}
    assert rules(root) == {"moved-quote", "changed-quote", "uncertain-quote", "lost-quote"}
    coded, problems = read(root)
    assert {c.id: c.placement for c in coded.codings} == {"c0": "changed", "c3": "moved"}
    assert all("crosscase reanchor" in p.hint for p in problems if p.rule.endswith("-quote"))


def test_a_log_of_many_moved_codings_is_one_warning(make_study: Callable[..., Path]) -> None:
    long = "\n\n".join(f"Sætning nummer {n} siger noget om sager." for n in range(12))
    root = study(make_study, *((f"Sætning nummer {n} siger noget om sager.", 0) for n in range(12)), text=long)
    edit(root, "Ny indledning.\n\n" + long)
    found = [p for p in read(root)[1] if p.rule == "moved-quote"]
    assert len(found) == 1
    assert "12 codings" in found[0].message


def test_an_accepted_place_is_followed_and_no_longer_reported(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    now = TEXT.replace("penge nok", "pænge nok")
    edit(root, now)
    assert rules(root) == {"changed-quote"}
    start = now.index("Vi har")
    decide(root, "c0", start, start + len(SENTENCES[2]))
    assert states(root) == {"c0": "accepted"}
    assert rules(root) == set()
    (coding,) = read(root)[0].codings
    assert coding.placement == "changed"
    assert coding.anchor is not None and (coding.anchor.by, coding.anchor.coded) == ("bo", SENTENCES[2])


def test_a_decision_survives_a_further_edit(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    now = TEXT.replace("Vi har penge nok til det hele i år.", "Der er kun lidt, men det går an.")
    edit(root, now)
    assert states(root)["c0"] in ("uncertain", "lost")
    start = now.index("Der er kun lidt")
    decide(root, "c0", start, start + len("Der er kun lidt, men det går an."))
    assert states(root) == {"c0": "accepted"}
    edit(root, "Et nyt afsnit forrest.\n\n" + now)
    assert states(root) == {"c0": "moved"}, "found again by the words that were decided on, and reported"
    assert quotes(root) == {"c0": "Der er kun lidt, men det går an."}
    edit(root, TEXT)
    assert states(root) == {"c0": "exact"}, "the text is as it was coded"


def test_an_orphan_is_not_asked_about_nor_counted_and_comes_back_only_with_its_words(
    make_study: Callable[..., Path],
) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    edit(root, TEXT.replace(SENTENCES[2], "Noget andet."))
    coded, _ = read(root)
    write_anchors(root, {"k": [orphaned(coded.anchored[0], coded.study.source_by_id["k"], "bo")]})
    assert (states(root), quotes(root), rules(root)) == ({"c0": "orphan"}, {}, set())
    edit(root, "Mere.\n\n" + TEXT)
    assert states(root) == {"c0": "orphan"}, "a person said that the words are gone"
    edit(root, TEXT)
    assert states(root) == {"c0": "exact"}


def test_a_decision_ends_where_the_coder_gives_the_coding_other_words(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    now = TEXT.replace("penge nok", "pænge nok")
    edit(root, now)
    start = now.index("Vi har")
    decide(root, "c0", start, start + 20)
    words = SENTENCES[0]
    write_events(root, "ana", {"k": [Resize(id="e1", at="2030-01-01T00:00:00Z", target="c0", start=0, end=len(words),
                                            quote=words)]})  # fmt: skip
    assert quotes(root) == {"c0": words}
    assert states(root) == {"c0": "exact"}


def test_decisions_are_taken_back_and_brought_back(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    now = TEXT.replace("penge nok", "pænge nok")
    edit(root, now)
    decide(root, "c0", 0, len(SENTENCES[0]))
    assert quotes(root) == {"c0": SENTENCES[0]}
    for expected in ("Vi har pænge nok til det hele i år.", SENTENCES[0], "Vi har pænge nok til det hele i år."):
        write_anchors(root, taking_back(anchor_acts(root, "bo")[0], "bo"))
        assert quotes(root) == {"c0": expected}
    assert anchor_acts(root, "ana") == []


def test_the_other_of_two_equal_sentences_is_never_taken_for_the_coded_one(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[1], 0))
    edit(root, TEXT.replace(SENTENCES[0] + "\n\n" + SENTENCES[1] + "\n\n", ""))
    assert (states(root), quotes(root)) == ({"c0": "uncertain"}, {})


def test_a_text_with_other_line_ends_is_the_same_text(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[1], 1), (SENTENCES[4], 0))
    edit(root, TEXT, "\r\n")
    assert set(states(root).values()) == {"exact"}
    edit(root, "Mere.\n\n" + unicodedata.normalize("NFD", TEXT), "\r\n")
    assert set(states(root).values()) == {"moved"}


def test_decisions_about_nothing_are_reported(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[0], 0))
    stray = Settled(
        id="a1", at="2030-01-01T00:00:00Z", coder="ana", coding="c9", span="c9", start=0, end=3, quote="Der"
    )
    write_anchors(root, {"k": [stray, TakenBack(id="r1", target="a7")], "m": [stray]})
    (root / "anchors" / "x.txt").write_text("x")
    found = {(p.rule, p.file) for p in read(root)[1]}
    assert {("unknown-target", "anchors/k.jsonl"), ("unknown-source", "anchors/m.jsonl"),
            ("stray-file", "anchors/x.txt")} <= found  # fmt: skip
    assert sum(p.rule == "unknown-target" for p in read(root)[1]) == 2


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_read() -> None:
    good = b'{"op":"orphan","id":"o1","at":"2030-01-01T00:00:00Z","coder":"ana","coding":"c1","span":"c1"}\n'
    data = good + b'{"op":"add","id":"x"}\nnix\n' + good.replace(b"c1", b"c2") + b'{"op":"orp'
    lines, problems = parse_anchors(data, "anchors/k.jsonl")
    assert [line.event.id for line in lines] == ["o1"]
    assert [(p.rule, p.line) for p in problems] == [
        ("unknown-op", 2), ("bad-line", 3), ("torn-line", 5), ("duplicate-id", 4),
    ]  # fmt: skip
    assert decisions(parse_anchors(good + good, "x")[0]).keys() == {("ana", "c1")}, "a line twice is one event"
    empty = b'{"op":"place","id":"a1","coder":"a","coding":"c","span":"c","start":0,"end":1,"quote":" ","at":"nu"}\n'
    lines, problems = parse_anchors(empty, "x")
    assert {p.rule for p in problems} == {"bad-time", "empty-coding"}
    assert decisions(lines) == {}


IDS = st.sampled_from(["c1", "c2"])
EVENTS = st.lists(
    st.one_of(
        st.builds(lambda c, n: ("place", c, n), IDS, st.integers(0, 9)),
        st.builds(lambda c, n: ("orphan", c, n), IDS, st.integers(0, 9)),
        st.builds(lambda t, n: ("retract", t, n), st.integers(0, 9), st.integers(0, 9)),
    ),
    max_size=10,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_what_was_decided_does_not_depend_on_the_order_of_the_lines(
    made: list[tuple[str, object, int]], shuffle: random.Random
) -> None:
    from coding.anchors import AnchorLine

    events: list[AnchorEvent] = []
    for number, (op, what, minute) in enumerate(made):
        at = f"2030-01-01T00:0{minute}:00Z"
        if op == "retract":
            events.append(TakenBack(id=f"e{number}", at=at, target=f"e{what}"))
        elif op == "orphan":
            events.append(Orphaned(id=f"e{number}", at=at, coder="ana", coding=str(what), span="s"))
        else:
            events.append(Settled(id=f"e{number}", at=at, coder="ana", coding=str(what), span="s", start=0, end=1,
                                  quote=str(number)))  # fmt: skip
    lines = [AnchorLine(event, n) for n, event in enumerate(events, 1)]
    moved = [*lines]
    shuffle.shuffle(moved)
    assert decisions(lines) == decisions(moved)
    latest = {e.coding: e for e in sorted(events, key=lambda e: (e.at, e.id)) if isinstance(e, Settled | Orphaned)}
    if not any(isinstance(event, TakenBack) for event in events):
        assert decisions(lines) == {("ana", id): event for id, event in latest.items()}


def test_git_merges_two_branches_of_decisions_by_keeping_both(tmp_path: Path) -> None:
    from corpus.new_study import GITATTRIBUTES

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip

    def orphan(id: str, minute: int) -> Orphaned:
        return Orphaned(id=id, at=f"2030-01-01T00:0{minute}:00Z", coder="ana", coding=id, span=id)

    try:
        git("init", "-b", "main")
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("git is not installed")
    (tmp_path / ".gitattributes").write_text(GITATTRIBUTES)
    write_anchors(tmp_path, {"k": [orphan("c1", 1)]})
    git("add", "-A")
    git("commit", "-m", "base")
    git("checkout", "-b", "office")
    write_anchors(tmp_path, {"k": [orphan("c2", 2)]})
    git("commit", "-am", "office")
    git("checkout", "main")
    write_anchors(tmp_path, {"k": [orphan("c3", 3)]})
    git("commit", "-am", "home")
    git("merge", "office")
    lines, problems = read_anchors(tmp_path, "k")
    assert problems == []
    assert set(decisions(lines)) == {("ana", "c1"), ("ana", "c2"), ("ana", "c3")}


LOOP = """
import sys
from pathlib import Path
from coding.anchors import Orphaned, write_anchors
root, name = Path(sys.argv[1]), sys.argv[2]
n = 0
while True:
    write_anchors(root, {"k": [Orphaned(id=f"{name}-{n}", coder="ana", coding=f"{name}-{n}", span="s", text="x" * 64)]})
    print(f"{name}-{n}", flush=True)
    n += 1
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not on Windows")
def test_no_decision_that_was_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    acknowledged: set[str] = set()
    for round_ in range(6):
        command = [sys.executable, "-c", LOOP, str(tmp_path), f"r{round_}"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(0.005 * round_)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        acknowledged |= set((first + rest).decode().split("\n")[:-1])
    write_anchors(tmp_path, {"k": [Orphaned(id="last", coder="ana", coding="last", span="s")]})
    lines, problems = read_anchors(tmp_path, "k")
    assert problems == []
    assert acknowledged | {"last"} <= {line.event.id for line in lines}
    assert len(acknowledged) >= 6


def test_a_torn_line_is_set_aside_by_the_next_decision(tmp_path: Path) -> None:
    path = tmp_path / anchors_file("k")
    append_events(path, [Orphaned(id="o1", coder="ana", coding="c1", span="s")])
    path.write_bytes(path.read_bytes() + b'{"op":"place","id":"a')
    assert [p.rule for p in read_anchors(tmp_path, "k")[1]] == ["torn-line"]
    write_anchors(tmp_path, {"k": [Orphaned(id="o2", coder="ana", coding="c2", span="s")]})
    lines, problems = read_anchors(tmp_path, "k")
    assert problems == []
    assert [type(line.event) for line in lines] == [Orphaned, Torn, Orphaned]


# What an edit would do


def test_what_an_edit_would_do_is_told_and_nothing_is_written(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[0], 0), (SENTENCES[2], 0), (SENTENCES[4], 0))
    files = sorted(path for path in root.rglob("*") if path.is_file())
    before = {path: path.read_bytes() for path in files}
    same = state_after(root, "k", TEXT + "\n")
    assert same.counts == {"exact": 3, "accepted": 0, "moved": 0, "changed": 0, "ambiguous": 0, "uncertain": 0,
                           "lost": 0, "orphan": 0}  # fmt: skip
    now = TEXT.replace("mange", "mnge").replace(SENTENCES[2] + "\n\n", "")
    after = state_after(root, "k", now + "\n")
    assert {k: n for k, n in after.counts.items() if n} == {"changed": 1, "moved": 1, "lost": 1}
    assert [(a.id, a.state) for a in after.of("changed", "lost")] == [("c0", "changed"), ("c1", "lost")]
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    edit(root, now)
    assert states(root) == {"c0": "changed", "c1": "lost", "c2": "moved"}
    assert sum(state_after(root, "nowhere", now).counts.values()) == 0


def test_several_codes_on_the_same_words_are_one_question(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0), (SENTENCES[2], 0), (SENTENCES[0], 0))
    edit(root, "Nu er alt skrevet om fra en ende af.")
    found = questions(read(root)[0].anchored)
    assert [[a.id for a in question.those] for question in found] == [["c2"], ["c0", "c1"]]


def test_only_clear_places_can_be_accepted_in_bulk(make_study: Callable[..., Path]) -> None:
    twice = f"Anna: {SENTENCES[1]}\n\nBo: {SENTENCES[1]}"
    root = study(make_study, (SENTENCES[1], 0), text=f"Eva: {SENTENCES[1]}")
    edit(root, twice)
    (anchor,) = read(root)[0].anchored
    assert anchor.state == "ambiguous"
    assert clear_place(anchor, 0.0) is None
    edit(root, f"Mere.\n\nEva: {SENTENCES[1]}")
    (anchor,) = read(root)[0].anchored
    assert clear_place(anchor, 0.9) == (anchor.place.start, anchor.place.end)
    assert clear_place(anchor, 1.0) is None


# Random edits, decided on and edited again


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.data())
def test_no_coding_ever_counts_on_other_words_than_its_quote_without_being_reported(
    parts: list[str], data: st.DataObject
) -> None:
    from coding.fold import fold
    from coding.log import LogLine
    from coding.placing import LogCodings, placed_codings
    from corpus.source import FrontMatter

    text = "\n\n".join(parts)
    source = Source("k", FrontMatter(), text)
    events = []
    for n in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 2))
        end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
        if text[start:end].strip():
            prefix, suffix = context(text, start, end)
            span = added(source, "sager", Span(start, end))
            assert (span.prefix, span.suffix) == (prefix, suffix)
            events.append(LogLine(span, n + 1))
    folded = fold(events, "ana", "k", "f")[0].codings
    decided: dict[tuple[str, str], Settled | Orphaned] = {}
    for _ in range(3):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 30))
        text = text[:at] + data.draw(st.sampled_from(["", "x", "æ🙂", *SENTENCES])) + text[at + cut :]
        source = Source("k", FrontMatter(), unicodedata.normalize("NFC", text))
        (placed,) = placed_codings(source, [LogCodings("ana", "f", (), folded)], decided)
        told = {anchor.id: anchor for anchor in placed.anchored}
        counted = {coding.id for coding in placed.codings}
        assert counted | {a.id for a in placed.anchored if not a.counts} == {entry.add.id for entry in folded}
        for coding in placed.codings:
            assert source.text[coding.start : coding.end] == coding.quote
            own = next(entry.add for entry in folded if entry.add.id == coding.id)
            assert (coding.quote == own.quote and coding.start == own.start) or coding.id in told
            assert (coding.placement == "changed") == (coding.quote != own.quote)
        reported = {problem.rule for problem in placed.problems}
        assert reported == {f"{a.state}-quote" for a in placed.anchored if a.state not in ("accepted", "orphan")}
        for anchor in placed.anchored:
            if anchor.state in ("moved", "changed", "uncertain") and data.draw(st.booleans()):
                one = anchor.place.candidates[0]
                decided["ana", anchor.id] = settled(anchor, source, one.start, one.end, "bo")
        (placed,) = placed_codings(source, [LogCodings("ana", "f", (), folded)], decided)
        for anchor in placed.anchored:
            event = decided.get(("ana", anchor.id))
            if isinstance(event, Settled) and event.text == source.sha256:
                assert (anchor.state, anchor.place.start) == ("accepted", event.start)


# Differences of words


@given(st.text(alphabet="ab æ,.", max_size=40), st.text(alphabet="ab æ,.", max_size=40))
def test_the_pieces_of_a_difference_give_both_versions(was: str, now: str) -> None:
    pieces = word_difference(was, now)
    assert "".join(p.text for p in pieces if p.kind != "gone") == now
    assert "".join(p.text for p in pieces if p.kind != "new") == was


def test_a_difference_in_a_line() -> None:
    assert changed_words("Hverken budget bliver nævnt", "Hverken budgt bliver nogensinde nævnt") == (
        "budget → budgt; + nogensinde"
    )
    assert changed_words("a b c d e", "v b x d z", most=1) == "a → v; and 2 more"
    assert changed_words("nok penge", "penge") == "- nok"


def test_a_decision_is_one_readable_line(make_study: Callable[..., Path]) -> None:
    root = study(make_study, (SENTENCES[2], 0))
    edit(root, TEXT.replace("penge nok", "pænge nok"))
    start = TEXT.index("Vi har")
    decide(root, "c0", start, start + len(SENTENCES[2]))
    (line,) = (root / "anchors" / "k.jsonl").read_text("utf-8").splitlines()
    found = json.loads(line)
    assert list(found)[:3] == ["op", "id", "at"]
    assert (found["op"], found["coding"], found["coder"], found["by"]) == ("place", "c0", "ana", "bo")
    assert found["quote"] == "Vi har pænge nok til det hele i år."
    assert len(found["text"]) == 64
