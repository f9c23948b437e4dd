"""The evaluation: held-out cases only, the same passages for the baseline, and honest about too little."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.coded_study import CodedStudy, read_coded_study
from coding.suggest.evaluate import ALL, draw, evaluate
from coding.suggest.gold import case_of, gold_of, training_view
from coding.suggest.measures import CodeQuality, calibration_bins, coverage_at, hits, interval, per_code


@pytest.fixture(scope="module")
def example() -> CodedStudy:
    with as_file(files("cli") / "example_study") as root:
        return read_coded_study(Path(root))[0]


def test_nothing_is_learned_from_the_case_that_is_held_out(example: CodedStudy) -> None:
    view = training_view(example, {})
    gold = gold_of(view, [c for c in example.codings if c.coder == "ana"])
    for k in (0, 2, ALL):
        chosen = draw(view.segments, gold, "birkeby", k, 0)
        assert all(case_of(view.segments[gold.passages[i][0]]) != "birkeby" for i in chosen)
        codes = [gold.passages[i][1] for i in chosen]
        assert k == ALL or all(codes.count(code) == k for code in set(codes))


def test_the_example_study_is_ranked_better_than_by_the_plain_way(example: CodedStudy) -> None:
    found = evaluate(example, "ana", passages=(0, ALL), structure=False)
    assert (found.cases, found.too_few) == (9, "")
    for point in found.curve:
        assert point.gain.low is not None and point.gain.low > 0
    assert sum(quality.given for quality in found.codes) >= found.segments
    assert found.bins and found.coverage[0].coverage <= found.coverage[-1].coverage


def test_another_coder_can_be_what_is_right(example: CodedStudy) -> None:
    found = evaluate(example, "ana", against="bo", passages=(0,), structure=False)
    assert found.against == "bo" and found.segments > 0


def test_a_coder_without_codings_is_told_that_there_is_nothing_to_measure(example: CodedStudy) -> None:
    found = evaluate(example, "nobody", passages=(0, 1))
    assert "nothing" in found.too_few
    assert found.curve[0].top1.value is None


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abcd")), min_size=1, max_size=30))
def test_an_interval_holds_means_that_resampling_can_give(rows: list[tuple[float, str]]) -> None:
    found = interval([value for value, _ in rows], [case for _, case in rows])
    assert found.value == pytest.approx(sum(value for value, _ in rows) / len(rows))
    if len({case for _, case in rows}) < 2:
        assert found.low is None
    else:
        assert found.low is not None and found.high is not None
        least, most = min(v for v, _ in rows), max(v for v, _ in rows)
        assert least - 1e-9 <= found.low <= found.high <= most + 1e-9


def values(quality: CodeQuality) -> tuple[float | None, ...]:
    return tuple(entry.value for entry in (quality.precision, quality.recall, quality.f1))


def test_hits_precision_recall_and_coverage_by_hand() -> None:
    scores = np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.4, 0.3, 0.3], [0.1, 0.2, 0.7]])
    right = np.array([[1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 0]], dtype=bool)
    assert hits(scores, right, 1).tolist() == [True, True, False, False]
    assert hits(scores, right, 2).tolist() == [True, True, True, False]
    first, second, third = per_code(scores, right, ["a", "b", "c"])
    assert values(first) == (0.5, 1.0, pytest.approx(2 / 3))
    assert values(second)[:2] == (1.0, 0.5)
    assert values(third) == (0.0, 0.0, 0.0)


def test_coverage_goes_by_a_margin_that_was_set_on_the_other_cases() -> None:
    scores = np.array([[0.9, 0.1]] * 12 + [[0.6, 0.4]] * 12)
    right = np.array([[1, 0]] * 12 + [[0, 1]] * 12, dtype=bool)
    strict, loose = coverage_at(scores, right, ["x", "y"] * 12, (0.9, 0.5))
    assert (strict.coverage, strict.reached) == (0.0, None)
    assert (loose.coverage, loose.reached) == (0.5, 1.0), "half are right, but those that lead little never"
    many = coverage_at(np.tile(scores, (2, 1)), np.tile(right, (2, 1)), ["x", "y"] * 24, (0.9,))
    assert (many[0].coverage, many[0].reached) == (0.5, 1.0)
    assert coverage_at(scores[:0], right[:0], [], (0.9,))[0].reached is None


def test_bins_count_what_was_said_and_what_held() -> None:
    found = calibration_bins([0.05, 0.95, 1.0, 0.91], [False, True, True, False])
    assert [(b.low, b.count, b.held) for b in found] == [(0.0, 1, 0.0), (0.9, 3, pytest.approx(2 / 3))]
