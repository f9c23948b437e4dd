"""What a log means: the same whatever the order of its lines, and an undo of an undo is a redo."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.events import Add, AnyEvent, Memo, Read, Recode, Resize, Restore, Retract
from coding.fold import active_ids, fold
from coding.log import LogLine, append_events, read_log
from corpus.new_study import GITATTRIBUTES

FILE = "codings/ana/k.jsonl"


def time(n: int) -> str:
    """The n-th second of a day, as events have it."""
    return f"2009-03-02T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z"


def lines(events: list[AnyEvent]) -> list[LogLine]:
    return [LogLine(event, number) for number, event in enumerate(events, 1)]


def meaning(events: list[AnyEvent]) -> object:
    state, problems = fold(lines(events), "ana", "k", FILE)
    codings = {(c.add.id, c.code, c.span.start, c.span.end, c.memo) for c in state.codings}
    return (
        codings,
        {r.id for r in state.reads},
        {(m.id, m.text) for m in state.memos},
        {p.message for p in problems},
    )


@st.composite
def logs(draw: st.DrawFn) -> list[AnyEvent]:
    """Up to a dozen events, each acting on some earlier one; times may be equal."""
    events: list[AnyEvent] = [Add(id="e0", at=time(0), code="a", start=0, end=2, quote="xx")]
    for n in range(1, draw(st.integers(1, 12))):
        id, at = f"e{n}", time(draw(st.integers(0, 4)))
        target = draw(st.sampled_from([e.id for e in events]))
        events.append(
            draw(
                st.sampled_from(
                    [
                        Add(id=id, at=at, code="b", start=n, end=n + 2, quote="xx"),
                        Retract(id=id, at=at, target=target),
                        Restore(id=id, at=at, target=target),
                        Recode(id=id, at=at, target=target, code=f"c{n}"),
                        Resize(id=id, at=at, target=target, start=n, end=n + 1, quote="x"),
                        Memo(id=id, at=at, target=draw(st.sampled_from(["", target])), text=f"m{n}"),
                        Read(id=id, at=at),
                    ]
                )
            )
        )
    return events


@given(logs(), st.randoms())
def test_the_order_of_the_lines_does_not_matter(events: list[AnyEvent], rng: random.Random) -> None:
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert meaning(shuffled) == meaning(events)


@given(logs(), st.randoms())
def test_a_line_that_stands_twice_counts_once(events: list[AnyEvent], rng: random.Random) -> None:
    assert meaning(events + rng.choices(events, k=3)) == meaning(events)


@given(logs())
def test_undo_takes_an_event_away_and_undo_of_the_undo_brings_it_back(events: list[AnyEvent]) -> None:
    last = events[-1]
    before = active_ids(lines(events))
    undone = [*events, Retract(id="u1", at=time(8), target=last.id)]
    redone = [*undone, Retract(id="u2", at=time(9), target="u1")]
    assert last.id not in active_ids(lines(undone))
    assert active_ids(lines(redone)) - {"u2"} == before
    assert meaning(undone)[0] == meaning(events[:-1])[0]  # type: ignore[index]
    assert meaning(redone)[0] == meaning(events)[0]  # type: ignore[index]


def test_the_later_of_two_changes_counts_whatever_line_it_stands_on() -> None:
    add = Add(id="c", code="a", start=0, end=2, quote="xx")
    early, late = Recode(id="e1", at=time(1), target="c", code="b"), Recode(id="e2", at=time(2), target="c", code="z")
    assert fold(lines([late, add, early]), "ana", "k", FILE)[0].codings[0].code == "z"


def test_restore_brings_back_a_retracted_coding_by_the_codings_own_id() -> None:
    add = Add(id="c", code="a", start=0, end=2, quote="xx")
    events = [add, Retract(id="r", at=time(1), target="c"), Restore(id="s", at=time(2), target="c")]
    assert [c.add.id for c in fold(lines(events), "ana", "k", FILE)[0].codings] == ["c"]


def test_a_thousand_undos_of_undos_are_no_recursion_error() -> None:
    events: list[AnyEvent] = [Add(id="c", code="a", start=0, end=2, quote="xx")]
    for n in range(5000):
        events.append(Retract(id=f"r{n}", at=time(n), target=events[-1].id))
    assert "c" in active_ids(lines(events)), "an even number of undos"
    assert "c" not in active_ids(lines(events[:-1]))


def test_events_that_undo_each_other_are_a_problem() -> None:
    events: list[AnyEvent] = [Retract(id="a", target="b"), Retract(id="b", target="a")]
    assert "circular-undo" in {p.rule for p in fold(lines(events), "ana", "k", FILE)[1]}


def test_an_event_whose_target_is_missing_is_reported_with_its_line() -> None:
    problems = fold(lines([Recode(id="e", target="gone", code="b")]), "ana", "k", FILE)[1]
    assert [(p.rule, p.line) for p in problems] == [("unknown-target", 1)]


def test_two_different_events_with_one_id_are_a_problem() -> None:
    a, b = (
        Add(id="c", code="a", start=0, end=2, quote="xx"),
        Add(id="c", code="b", start=0, end=2, quote="xx"),
    )
    assert [(p.rule, p.line) for p in fold(lines([a, b]), "ana", "k", FILE)[1]] == [("duplicate-id", 2)]


def test_git_merges_two_branches_of_a_log_by_keeping_both(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip

    try:
        git("init", "-b", "main")
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("git is not installed")
    (tmp_path / ".gitattributes").write_text(GITATTRIBUTES)
    log = tmp_path / "codings" / "ana" / "k.jsonl"
    base = Add(id="c0", at=time(0), code="a", start=0, end=2, quote="xx")
    append_events(log, [base])
    git("add", "-A")
    git("commit", "-m", "base")
    git("checkout", "-b", "office")
    append_events(log, [Recode(id="e1", at=time(1), target="c0", code="b")])
    git("commit", "-am", "office")
    git("checkout", "main")
    append_events(
        log,
        [Add(id="c1", at=time(2), code="a", start=2, end=4, quote="yy"), Retract(id="r", at=time(3), target="c1")],
    )
    git("commit", "-am", "home")
    git("merge", "office")
    merged, problems = read_log(log, FILE)
    assert problems == []
    assert {line.event.id for line in merged} == {"c0", "e1", "c1", "r"}
    assert [(c.add.id, c.code) for c in fold(merged, "ana", "k", FILE)[0].codings] == [("c0", "b")]
