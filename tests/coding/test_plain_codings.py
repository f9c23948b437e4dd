"""Two ways through a log, a short one for codings that nothing happened to, and a long one: both say the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import coded_study
from coding.coded_study import read_coded_study
from coding.events import Add, AnyEvent, Memo, Read, Recode, Resize, Retract
from coding.log import event_line, log_file
from coding.plain_codings import plain_codings
from corpus.anchor import context
from corpus.source import FrontMatter, Source

TEXT = "Der er for få penge. Øget pres gør det svært.\n\nDer er for få penge, siger de 👩‍👩‍👧 i kommunen.\n"
CODEBOOK = "themes:\n- {id: penge, label: Penge}\n"
SOURCE_FILE = f"---\ncase: birkeby\n---\n\n{TEXT}"
SOURCE = Source("k", FrontMatter(), TEXT)
CODES = {"penge": "penge"}


def add(n: int, start: int, end: int, **more: str) -> Add:
    """A coding of the words that stand there, unless `more` says otherwise."""
    prefix, suffix = context(TEXT, start, end)
    said = {"code": "penge", "quote": TEXT[start:end], "prefix": prefix, "suffix": suffix}
    return Add(id=f"c{n}", at=f"2009-03-02T08:{n:02}:00.000000Z", start=start, end=end, **said | more)


@st.composite
def logs(draw: st.DrawFn) -> list[AnyEvent]:
    """Codings as crosscase writes them, and now and then all that can be otherwise."""
    events: list[AnyEvent] = []
    spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
    for n, (start, length) in enumerate(draw(st.lists(spans, max_size=8))):
        odd = draw(st.sampled_from([{}, {}, {"memo": "n"}, {"code": "pence"}, {"quote": "få penge"}, {"quote": " "}]))
        events.append(add(n, start, min(start + length, len(TEXT)), **odd))
    for n, target in enumerate([event.id for event in events]):
        at = f"2009-03-02T09:{n:02}:00.000000Z"
        later: list[AnyEvent] = [
            Retract(id=f"r{n}", at=at, target=target),
            Recode(id=f"r{n}", at=at, target=target, code="pence"),
            Memo(id=f"r{n}", at="in March", target=target, text="Husk"),
            Resize(id=f"r{n}", at=at, target=target, start=0, end=3, quote="Der"),
            Read(id=f"r{n}", at=at),
            add(n, 0, 3),
        ]
        events += draw(st.lists(st.sampled_from(later), max_size=1)) if n % 3 == 0 else []
    return events


def meaning(root: Path) -> tuple[object, ...]:
    coded, problems = read_coded_study(root)
    return coded.codings, coded.reads, coded.memos, coded.anchored, problems


@settings(max_examples=60)
@given(logs(), st.randoms())
def test_both_ways_give_the_same_codings_and_the_same_problems(
    tmp_path_factory: pytest.TempPathFactory, events: list[AnyEvent], rng: random.Random
) -> None:
    root = tmp_path_factory.mktemp("both")
    rng.shuffle(events)
    (root / "sources").mkdir()
    (root / "sources" / "k.md").write_text(SOURCE_FILE, "utf-8")
    (root / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    log = root / log_file("ana", "k")
    log.parent.mkdir(parents=True)
    log.write_bytes(b"".join(map(event_line, events)))
    both = meaning(root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(coded_study, "plain_codings", lambda *_: None)
        assert meaning(root) == both


def test_an_untouched_coding_goes_the_short_way_and_every_other_event_the_long_way() -> None:
    events = [add(0, 0, 20), add(1, 0, 20, memo="Se her"), add(2, 21, 45), Retract(id="r", target="c2"), Read(id="d")]
    found = plain_codings(b"".join(map(event_line, events)), "ana", SOURCE, CODES)
    assert found is not None
    codings, others = found
    assert [(c.id, c.quote, c.file_line) for c in codings] == [("c0", TEXT[:20], 1)]
    assert [(line.event.id, line.line) for line in others] == [("c1", 2), ("c2", 3), ("r", 4), ("d", 5)]


@pytest.mark.parametrize("line", [b"\n", b"{}\n", event_line(add(0, 0, 20))])
def test_a_log_with_a_line_that_needs_a_second_look_goes_the_long_way_as_a_whole(line: bytes) -> None:
    assert plain_codings(event_line(add(0, 0, 20)) + line, "ana", SOURCE, CODES) is None


def test_the_codings_of_a_source_are_those_of_all_coders_in_order(make_study: Callable[..., Path]) -> None:
    ana, bo = (event_line(event).decode() for event in (add(0, 21, 45), add(1, 0, 20)))
    files = f"=== sources/k.md\n{SOURCE_FILE}=== codebook.yaml\n{CODEBOOK}"
    root = make_study(f"{files}=== codings/ana/k.jsonl\n{ana}=== codings/bo/k.jsonl\n{bo}")
    coded, _ = read_coded_study(root)
    assert [(c.coder, c.id) for c in coded.codings_by_source["k"]] == [("ana", "c0"), ("bo", "c1")]
    assert [c.id for c in coded.codings_in("k", "bo")] == ["c1"]
    assert coded.codings_in("elsewhere") == ()
