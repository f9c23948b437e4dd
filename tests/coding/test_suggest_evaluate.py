"""The evaluation: held-out cases only, the same passages for the baseline, and honest about too little."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.coded_study import CodedStudy, read_coded_study
from coding.suggest.calibration import Calibration as Curve
from coding.suggest.calibration import lead_curve
from coding.suggest.evaluate import ALL, draw, evaluate
from coding.suggest.gold import case_of, gold_of, training_view
from coding.suggest.measures import CodeQuality, calibration_bins, coverage_at, hits, interval, per_code
from coding.suggest.model import fit
from coding.suggest.named_models import default_suggesters
from corpus.tokens import read_tokens


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


def test_what_is_proposed_goes_by_the_coders_own_codings_whoever_is_right(example: CodedStudy) -> None:
    """Bo's codings moved about: what Ana's model proposes, and how sure it is, stays; it is only less right."""
    themes = [code.id for code in example.codebook.active_themes]
    others = dict(zip(themes, [*themes[1:], themes[0]], strict=True))
    wrong = [
        msgspec.structs.replace(c, code=others[example.codebook.theme_of[c.code].id]) if c.coder == "bo" else c
        for c in example.codings
    ]
    found, moved = (
        evaluate(coded, "ana", against="bo", passages=(ALL,), structure=False)
        for coded in (example, msgspec.structs.replace(example, codings=tuple(wrong)))
    )
    for as_is, changed in zip(found.coverage, moved.coverage, strict=True):
        assert as_is.coverage == changed.coverage > 0.5
        assert as_is.reached is not None and changed.reached is not None
        assert changed.reached < 0.2 < 0.8 < as_is.reached
    assert [(b.count, b.said) for b in found.bins] == [(b.count, b.said) for b in moved.bins]


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


def test_coverage_goes_by_what_was_learned_of_the_other_cases() -> None:
    scores = np.array([[0.9, 0.1]] * 12 + [[0.6, 0.4]] * 12)
    right = np.array([[1, 0]] * 12 + [[0, 1]] * 12, dtype=bool)
    pairs = tuple([(0.8, True)] * 12 + [(0.2, False)] * 12)
    lead = lead_curve(pairs)
    both = Curve(frozenset("ab"), margins=pairs, lead=lead)
    cases, codes = ["x", "y"] * 12, ["a", "b"]
    (found,) = coverage_at(scores, right, cases, (0.9,), codes, {"x": both, "y": both})
    assert (found.coverage, found.reached) == (0.5, 1.0), "half are right, but those that lead little never"
    (found,) = coverage_at(scores, right, cases, (0.9,), codes, {"x": both, "y": Curve()})
    assert (found.coverage, found.reached) == (0.25, 1.0), "where nothing is calibrated nothing is proposed"
    only_b = Curve(frozenset("b"), margins=pairs, lead=lead)
    (found,) = coverage_at(scores, right, cases, (0.9,), codes, {"x": only_b, "y": only_b})
    assert (found.coverage, found.reached) == (0.0, None), "nor a code with too few codings"
    assert coverage_at(scores[:0], right[:0], [], (0.9,), codes, {})[0].reached is None


def test_what_is_said_of_proposals_is_what_suggest_does_with_a_case_it_has_not_seen(example: CodedStudy) -> None:
    case_of_source = {source.id: source.meta.case for source in example.study.sources}
    indexes, _ = read_tokens(example.study, forget=False)
    suggesters = default_suggesters(example, structure=False)
    whole = fit(example, "ana", indexes=indexes, suggesters=suggesters, calibrate=False)
    codes, segments = [code.id for code in whole.view.codes], whole.view.segments
    proposed: list[bool] = []
    for case in sorted(set(case_of_source.values())):
        rest = msgspec.structs.replace(
            example,
            codings=tuple(c for c in example.codings if case_of_source[c.source] != case),
            reads=tuple(mark for mark in example.reads if case_of_source[mark.source] != case),
        )
        rows = [row for row in sorted(whole.gold.given) if segments[row].case == case]
        model = fit(rest, "ana", indexes=indexes, suggesters=suggesters, precision=0.9)
        for row, found in zip(rows, model.suggest([segments[row] for row in rows]), strict=True):
            if found.proposed:
                theme = example.codebook.theme_of[found.suggestions[0].code].id
                proposed.append(whole.gold.given[row][codes.index(theme)] > 0)
    said = evaluate(example, "ana", indexes=indexes, suggesters=suggesters, passages=(ALL,), structure=False)
    at = next(entry for entry in said.coverage if entry.precision == 0.9)
    assert at.reached is not None and at.reached >= 0.9 and at.coverage >= 0.7
    assert at.coverage == pytest.approx(len(proposed) / len(whole.gold.given), abs=0.03)
    assert at.reached == pytest.approx(np.mean(proposed), abs=0.03)


def test_bins_count_what_was_said_and_what_held() -> None:
    found = calibration_bins([0.05, 0.95, 1.0, 0.91], [False, True, True, False])
    assert [(b.low, b.count, b.held) for b in found] == [(0.0, 1, 0.0), (0.9, 3, pytest.approx(2 / 3))]
