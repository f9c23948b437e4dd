"""What answers to suggestions add up to: what was turned down, how much was accepted, how fast; what to code next."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest

from codebook.codebook import Code, Codebook
from coding.acts import undoing
from coding.coded_study import CodedStudy, read_coded_study
from coding.coding import Coding, Judgement, UnlockMark
from coding.events import Accept, Add, AnyEvent, Reject, Retract, Unlock
from coding.fold import fold
from coding.log import LogLine, parse_log
from coding.suggest.judgement_stats import JudgementStats, all_judgement_stats, judgement_stats
from coding.suggest.judging import segment_at, turned_down, words_digest
from coding.suggest.lock import open_up, source_states
from coding.suggest.model import fit
from coding.suggest.next_up import next_up
from coding.suggest.segment_list import Segment, segments

BOOK = Codebook((Code("a", "A", codes=(Code("a.x", "X"),)), Code("b", "B")))
WORDS = words_digest("Nogle ord.")


def judgement(
    n: int, verdict: str, code: str, given: str = "", coder: str = "ana", at: str = "", way: str = ""
) -> Judgement:
    at = at or f"2009-03-02T08:{n // 60 % 60:02}:{n % 60:02}Z"
    return Judgement(f"k{n}", coder, "k", verdict, f"m/1:{code}:k:0-9", "", given, WORDS, way, "", at)  # type: ignore[arg-type]


def rejected(*judgements: Judgement) -> set[str]:
    return set(turned_down(judgements, "ana", BOOK).get(("k", WORDS), ()))


def test_what_was_said_last_counts_whatever_the_order() -> None:
    no, yes = judgement(1, "rejected", "a"), judgement(2, "accepted", "a")
    assert rejected(no) == {"a"}
    assert rejected(no, yes) == rejected(yes, no) == set()
    assert rejected(judgement(0, "accepted", "a"), no) == {"a"}


def test_another_code_turns_down_the_suggested_one_unless_it_stands_below_it() -> None:
    assert rejected(judgement(1, "changed", "a", "b")) == {"a"}
    assert rejected(judgement(1, "changed", "a", "a.x")) == set()
    assert rejected(judgement(1, "rejected", "b"), judgement(2, "changed", "a", "b")) == {"a"}


def test_only_this_coder_and_these_words_and_only_real_suggestions() -> None:
    assert rejected(judgement(1, "rejected", "a", coder="bo")) == set()
    bare = msgspec.structs.replace(judgement(1, "rejected", "a"), words="")
    assert turned_down([bare], "ana", BOOK) == {}
    odd = msgspec.structs.replace(judgement(1, "rejected", "a"), target="noget andet")
    assert "a" not in rejected(odd)


def test_white_space_does_not_make_words_others() -> None:
    assert words_digest("Nogle\n  ord. ") == WORDS != words_digest("Nogle ord")


def with_judgements(*judgements: Judgement) -> CodedStudy:
    coded = msgspec.convert(
        {"study": None, "guide": None, "codebook": None, "codings": (), "reads": (), "memos": (), "coders": ()},
        type=dict,
    )
    return CodedStudy(**coded, judgements=judgements)


def many(n: int, seconds: int, verdict: str = "accepted", way: str = "review") -> list[Judgement]:
    return [judgement(i * seconds, verdict, "a", way=way) for i in range(n)]


def test_speed_is_the_median_between_answers_without_pauses() -> None:
    times = ("08:00:00", "08:00:04", "08:00:10", "08:30:00", "08:30:08.5")
    said = [judgement(n, "accepted", "a", at=f"2009-03-02T{time}Z") for n, time in enumerate(times)]
    random.Random(1).shuffle(said)
    found = judgement_stats(with_judgements(*said), "ana")
    assert (found.median_seconds, found.timed) == (6.0, 3)
    assert judgement_stats(with_judgements(said[0]), "ana").median_seconds is None


@pytest.mark.parametrize(
    ("said", "warns"),
    [
        (many(20, 4), True),
        (many(20, 5), False),
        (many(19, 1), False),
        ([*many(20, 1), judgement(90, "rejected", "a")], True),
        ([*many(20, 1), judgement(90, "rejected", "a"), judgement(91, "changed", "a", "b")], False),
        (many(30, 1, way="batch"), True),
        ([*many(12, 60), *many(10, 1, way="batch")], False),
        ([], False),
    ],
)
def test_it_warns_where_nearly_all_is_accepted_fast_or_at_once(said: Sequence[Judgement], warns: bool) -> None:
    found: JudgementStats = judgement_stats(with_judgements(*said), "ana")
    assert bool(found.warning) == warns, found
    assert found.judged == found.accepted + found.changed + found.rejected == len(said)


def test_every_coder_with_an_answer_or_a_look_has_figures_of_their_own() -> None:
    coded = with_judgements(judgement(1, "accepted", "a"), judgement(2, "rejected", "a", coder="bo"))
    coded = msgspec.structs.replace(coded, unlocks=(UnlockMark("v", "cy", "k"),))
    found = all_judgement_stats(coded)
    assert [(s.coder, s.judged, s.share_accepted, s.unlocked) for s in found] == [
        ("ana", 1, 1.0, ()), ("bo", 1, 0.0, ()), ("cy", 0, None, ("k",))]  # fmt: skip


def test_answers_count_until_undone_and_a_look_counts_for_ever() -> None:
    log: list[AnyEvent] = [
        Add(id="c", code="a", start=0, end=2, quote="xx"),
        Accept(id="k", target="m/1:a:k:0-2", coding="c"),
        Reject(id="j", target="m/1:b:k:0-2"),
        Unlock(id="v"),
    ]
    undone = [*log, *(Retract(id=f"r{e.id}", at="2009-03-02T08:00:00Z", target=e.id) for e in log)]
    for events, n in ((log, 2), (undone, 0)):
        state, problems = fold([LogLine(event, n) for n, event in enumerate(events)], "ana", "k", "f")
        assert not problems
        assert (len(state.judgements), len(state.unlocks)) == (n, 1)


def test_an_older_log_with_less_in_its_answers_is_read() -> None:
    lines, problems = parse_log(b'{"op":"accept","id":"k","target":"m/1:a:k:0-2"}\n{"op":"unlock","id":"v"}\n', "f")
    assert not problems and [type(line.event).__name__ for line in lines] == ["Accept", "Unlock"]


TEXTS = "".join(
    f"=== sources/{name}.md\n---\ncase: {case}\n---\n\n"
    "Budgettet er stramt.\n\nMedarbejderne rejser.\n\nVejret er fint.\n"
    for name, case in (("a1", "askhavn"), ("a2", "askhavn"), ("b1", "birkeby"))
)
STUDY = "=== codebook.yaml\nthemes:\n- {id: penge, label: Budget}\n- {id: folk, label: Medarbejdere}\n" + TEXTS


def study_of(root: Path) -> tuple[CodedStudy, list[Segment]]:
    coded = read_coded_study(root)[0]
    return coded, [segment for found in segments(coded).values() for segment in found]


def coding(segment: Segment, code: str, coder: str = "ana") -> Coding:
    name = f"c{coder}{segment.source}{segment.start}"
    return Coding(name, coder, segment.source, code, segment.start, segment.end, segment.text)


def test_a_source_opens_when_half_is_coded_when_it_is_read_or_when_it_was_asked_for(
    make_study: Callable[..., Path],
) -> None:
    coded, every = study_of(make_study(STUDY))

    def kept_back(study: CodedStudy, coder: str = "ana", unlock: bool = False) -> tuple[str, ...]:
        return open_up(source_states(study, every, coder), False, unlock).kept_back

    assert kept_back(coded) == ("a1", "a2", "b1")
    one = msgspec.structs.replace(coded, codings=(coding(every[0], "penge"),))
    assert kept_back(one) == ("a1", "a2", "b1")
    two = msgspec.structs.replace(coded, codings=(coding(every[0], "penge"), coding(every[1], "folk")))
    assert kept_back(two) == ("a2", "b1") and kept_back(two, "bo") == ("a1", "a2", "b1")
    seen = msgspec.structs.replace(coded, unlocks=(UnlockMark("v", "ana", "b1"),))
    assert kept_back(seen) == ("a1", "a2")
    opened = open_up(source_states(seen, every, "ana"), False, True)
    assert opened.unlocked == ("a1", "a2") and opened.kept_back == ()
    assert open_up(source_states(two, every, "ana", ["a1"]), False, False).segments == (every[2],)
    assert open_up(source_states(two, every, "ana", ["a1"]), True, False).segments == tuple(every[:3])


def test_a_place_is_a_line_of_the_file_or_a_span(make_study: Callable[..., Path]) -> None:
    coded, every = study_of(make_study(STUDY))
    source = coded.study.source_by_id["a1"]
    own = [segment for segment in every if segment.source == "a1"]
    assert segment_at(source, own, "7") is own[1]
    assert segment_at(source, own, f"{own[2].start}-{own[2].end}") is own[2]
    assert isinstance(segment_at(source, own, "6"), str)
    assert isinstance(segment_at(source, own, "-"), str)


def test_next_are_sources_of_other_cases_first_and_each_counts_as_coded_for_the_rest(
    make_study: Callable[..., Path],
) -> None:
    coded, every = study_of(make_study(STUDY))
    nothing = next_up(coded, fit(coded, None))
    assert [entry.source for entry in nothing] == ["a1", "b1", "a2"]
    assert nothing[0].parts["case"] == 1.0 and nothing[2].parts["case"] == 0.5
    assert all(entry.locked and entry.why for entry in nothing)
    done = msgspec.structs.replace(coded, codings=tuple(coding(s, "penge") for s in every if s.source == "a1"))
    assert [entry.source for entry in next_up(done, fit(done, "ana"))] == ["b1", "a2"]
    assert [entry.source for entry in next_up(coded, fit(coded, None), ["a2"])] == ["a2"]


def test_next_names_thin_themes_and_lines_only_where_the_source_is_open(make_study: Callable[..., Path]) -> None:
    coded, every = study_of(make_study(STUDY))
    seen = msgspec.structs.replace(coded, unlocks=(UnlockMark("v", "ana", "b1"),))
    model = fit(seen, "ana")
    shares = np.tile([[0.95, 0.05], [0.05, 0.95], [0.5, 0.5]], (3, 1))
    model = msgspec.structs.replace(model, answer=msgspec.structs.replace(model.answer, shares=shares))
    found = {entry.source: entry for entry in next_up(seen, model)}
    assert any("2 themes with fewer than 5 codings: penge, folk" in reason for reason in found["b1"].why)
    assert found["b1"].look_at == ((every[8].start, every[8].end),), "the weather is of no theme"
    assert not found["a1"].look_at and not any("penge" in reason for reason in found["a1"].why)


def test_an_answer_and_its_coding_are_one_act_that_is_taken_back_together() -> None:
    from coding.acts import acts

    log: list[AnyEvent] = [
        Accept(id="k", target="m/1:a:k:0-2", coding="c", run="b1"),
        Add(id="c", code="a", start=0, end=2, quote="xx", origin="m/1", run="b1"),
        Unlock(id="v"),
    ]
    (act,) = acts({"k": [LogLine(event, n) for n, event in enumerate(log, 1)]})
    assert act.kinds == {"accept": 1, "m/1": 1}
    assert {event.target for event in undoing(act)["k"] if isinstance(event, Retract)} == {"k", "c"}
