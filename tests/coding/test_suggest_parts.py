"""The parts of the model: segments, z-scores, features, calibration, theme texts."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.coded_study import read_coded_study
from coding.coding import Coding
from coding.suggest.calibration import (
    NEVER,
    Calibration,
    LeadCurve,
    calibration,
    codes_with_enough,
    lead_curve,
    least_chance,
    margin_for,
    margin_of,
)
from coding.suggest.classifier import thinned
from coding.suggest.features import text_space, words_with_spans
from coding.suggest.segment_list import Segment, segments, themes_coded
from coding.suggest.similarity import EVERYTHING, background, z_scores
from coding.suggest.theme_texts import theme_texts

numbers = st.floats(-5, 5).map(lambda value: round(value, 3))


def test_paragraphs_are_segments_with_the_headings_and_questions_above_them(make_study: Callable[..., Path]) -> None:
    study = make_study(
        "=== guide.md\n## 3. Penge {#3}\n\na. Skeles der til økonomien? {#3a}\n"
        "=== sources/s.md\n# Titel\n\nIndledning.\n\n## 3a. Økonomi\n\nFørste.\n\nAnden.\n"
    )
    found = segments(read_coded_study(study)[0])["s"]
    assert [(s.text, s.headings, s.questions) for s in found] == [
        ("Indledning.", ("Titel",), ()),
        ("Første.", ("Titel", "3a. Økonomi"), ("3a",)),
        ("Anden.", ("Titel", "3a. Økonomi"), ("3a",)),
    ]


def test_what_is_said_between_two_questions_is_one_answer(make_study: Callable[..., Path]) -> None:
    study = make_study(
        "=== sources/t.md\n---\nkind: transcript\n---\n"
        "Ivar: Hvordan går det?\nBo: Godt.\nKaj: Enig.\nIvar: Og pengene?\nBo: Dem er der ingen af.\n"
    )
    found = segments(read_coded_study(study)[0])["t"]
    assert [s.text for s in found] == ["Godt.\nKaj: Enig.", "Dem er der ingen af."]
    assert {s.kind for s in found} == {"answer"}


def test_a_coding_belongs_to_the_segment_it_shares_half_of_itself_with() -> None:
    segment = Segment("s", 10, 30, 1, "0123456789abcdefghij")

    def at(start: int, end: int, code: str = "a.below") -> Coding:
        return Coding("c", "ana", "s", code, start, end, "")

    theme = {"a": "a", "a.below": "a"}
    assert themes_coded(segment, [at(12, 14)], theme) == {"a": "23"}
    assert themes_coded(segment, [at(26, 40)], theme) == {}
    assert themes_coded(segment, [at(0, 100)], theme) == {"a": segment.text}
    assert themes_coded(segment, [at(12, 14), at(13, 16), at(20, 21, "a")], theme) == {"a": "2345 a"}
    assert themes_coded(segment, [at(12, 14, "unknown")], theme) == {}


@given(st.lists(st.tuples(numbers, numbers, st.sampled_from("xy")), min_size=1, max_size=30))
def test_z_scores_are_what_the_textbook_says_for_each_kind(rows: list[tuple[float, float, str]]) -> None:
    likeness = np.array([row[:2] for row in rows])
    kinds = [row[2] for row in rows]
    found = z_scores(likeness, kinds, background(likeness, kinds))
    for place, (*values, kind) in enumerate(rows):
        alike = [row for row in rows if row[2] == kind]
        group = alike if len(alike) >= 10 else rows
        for code, value in enumerate(values):
            column = [row[code] for row in group]
            spread = statistics.pstdev(column)
            expected = (value - statistics.fmean(column)) / (spread if spread > 1e-12 else 1.0)
            assert found[place, code] == pytest.approx(expected, abs=1e-6)


def test_a_kind_that_was_never_seen_goes_by_all_texts() -> None:
    against = background(np.array([[0.0], [2.0]]), ["a", "a"])
    assert z_scores(np.array([[2.0]]), ["new"], against) == pytest.approx(np.array([[1.0]]))
    assert list(against.means) == [EVERYTHING]


def test_inflections_and_compounds_of_a_word_are_alike_and_other_words_are_not() -> None:
    texts = ["lægekonsulentens vurdering", "Lægen", "budgettet for 2009"]
    vectors = text_space(texts, "da").vectors(texts)
    like = (vectors @ vectors.T).toarray()
    assert like[0, 1] > 0.05
    assert like[0, 2] == pytest.approx(0, abs=1e-9)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_text_has_vectors_of_length_one_or_none(texts: list[str]) -> None:
    vectors = text_space(texts, "xx").vectors(texts)
    lengths = np.asarray(vectors.multiply(vectors).sum(1)).ravel()
    assert all(length == pytest.approx(0) or 0.99 < length < 2.01 for length in lengths)


@given(st.text(max_size=60))
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    for word, start, end in words_with_spans(text):
        assert text[start:end].lower().startswith(word)


def test_an_exclusion_that_names_a_code_speaks_for_that_code() -> None:
    codes = (
        Code("penge", "Økonomi", exclude="Mangel på folk (folk)."),
        Code("folk", "Personale", codes=(Code("folk.ny", "Nye"),)),
    )
    money, people = theme_texts(codes, Codebook(codes), Guide())
    assert "Mangel på folk" in people.text and "Mangel" not in money.text
    assert money.counter == "Mangel på folk (folk)."
    assert people.text.count("Nye") == 3


def test_a_code_needs_five_codings_from_four_cases_for_a_probability() -> None:
    cases = {"a": ["x", "y", "z", "w", "w"], "b": ["x", "y", "z", "w"], "c": ["x"] * 9, "d": ["x", "y", "z", "", ""]}
    assert codes_with_enough(cases) == {"a"}
    assert Calibration(frozenset({"a"})).probability("b", 0.9) is None


def test_probabilities_follow_how_often_a_share_was_right() -> None:
    chance = np.random.default_rng(1)
    shares = chance.uniform(0.01, 0.99, size=(900, 1))
    both = np.hstack([shares, 1 - shares])
    right = chance.uniform(size=900) < shares[:, 0]
    found = calibration(both, np.stack([right, ~right], 1), ["a", "b"], frozenset({"a", "b"}))
    for share in (0.1, 0.3, 0.7, 0.9):
        assert found.probabilities(["a", "b"], [share, 1 - share]) == pytest.approx([share, 1 - share], abs=0.1)


def test_the_wanted_precision_sets_the_margin() -> None:
    sure, unsure, wrong = [(0.9, True)] * 20, [(0.5, True)] * 8 + [(0.4, False)] * 2, [(0.1, False)] * 30
    found = Calibration(frozenset("a"), margins=tuple(sure + unsure + wrong))
    assert found.bar(0.99).margin == 0.5
    assert found.bar(0.9).margin == 0.4
    assert Calibration(frozenset("a"), margins=((0.9, False),) * 30).bar(0.5).margin == NEVER
    assert Calibration().bar(0.999).margin == NEVER


def test_a_single_proposal_may_be_wrong_twice_as_often_as_all_together_and_no_more_often_than_right() -> None:
    assert [least_chance(wanted) for wanted in (0.95, 0.9, 0.75, 0.3)] == pytest.approx([0.9, 0.8, 0.5, 0.5])
    lead = LeadCurve(2.0, -1.0)
    many_sure = Calibration(frozenset("ab"), margins=((0.99, True),) * 90 + ((0.3, False),) * 5, lead=lead)
    bar = many_sure.bar(0.9)
    assert lead.chance(bar.margin) == pytest.approx(0.8), "together they would do from 0.3 on"
    at = (1 + bar.margin) / 2
    assert many_sure.proposes(["a", "b"], [at + 0.001, 1 - at - 0.001], bar)
    assert not many_sure.proposes(["a", "b"], [at - 0.001, 1 - at + 0.001], bar)
    assert not many_sure.proposes(["x", "b"], [0.99, 0.01], bar), "a code without a probability is not proposed"
    assert not many_sure.proposes([], [], bar)


def test_what_does_not_lead_is_never_proposed() -> None:
    always_right = Calibration(frozenset("ab"), margins=((0.5, True),) * 50 + ((0.0, True),) * 50, lead=LeadCurve(0, 3))
    assert always_right.bar(0.9).margin == 0.0
    assert not always_right.proposes(["a", "b"], [0.5, 0.5], always_right.bar(0.9))
    assert always_right.proposes(["a", "b"], [0.51, 0.49], always_right.bar(0.9))


def test_margins_and_thinning() -> None:
    assert margin_of([0.7, 0.1, 0.2]) == pytest.approx(0.5)
    assert margin_of([1.0]) == 1.0
    assert thinned(3, 5) == [0, 1, 2]
    assert thinned(10, 4) == [0, 2, 5, 7]


def test_the_curve_of_the_lead_follows_how_often_a_lead_was_right() -> None:
    chance = np.random.default_rng(2)
    leads = chance.uniform(0, 0.999, size=800)
    pairs = sorted(((float(lead), bool(chance.uniform() < 1 - (1 - lead) ** 2)) for lead in leads), reverse=True)
    curve = lead_curve(pairs)
    for lead in (0.3, 0.6, 0.9):
        assert curve.chance(lead) == pytest.approx(1 - (1 - lead) ** 2, abs=0.1)
    assert curve.chance(margin_for(curve, 0.9)) == pytest.approx(0.9)


def test_a_few_lapses_of_themes_that_lead_by_far_do_not_flatten_the_curve() -> None:
    chance = np.random.default_rng(3)
    leads = sorted((float(lead) for lead in chance.uniform(0, 0.99, size=1500)), reverse=True)
    pairs = [(lead, lead > 0.5 and bool(chance.uniform() < 0.97)) for lead in leads]
    curve = lead_curve(pairs)
    assert curve.lapses == pytest.approx(0.03, abs=0.015)
    assert 0.4 < margin_for(curve, 0.9) < 0.6
    assert margin_for(curve, 0.999) == NEVER


def test_a_few_that_were_all_right_make_no_lead_certain_and_a_useless_lead_gives_the_plain_share() -> None:
    assert margin_for(lead_curve([(0.9, True)] * 8), 0.95) == NEVER
    assert margin_for(lead_curve([(0.9, True)] * 80), 0.95) < 0.95
    flat = lead_curve([(0.9, False)] * 5 + [(0.1, True)] * 15)
    assert flat.slope == 0.0 and flat.chance(0.1) == flat.chance(0.9) == pytest.approx(0.75, abs=0.05)
    assert margin_for(flat, 0.9) == NEVER and margin_for(flat, 0.5) == 0.0


def test_no_code_is_more_probable_than_the_one_that_leads() -> None:
    found = Calibration(frozenset("abc"), slope=3.0, intercept=2.0, margins=((0.5, True),), lead=LeadCurve(1.0, -1.0))
    first, second, third = found.probabilities(["b", "a", "c"], [0.5, 0.4, 0.1])
    assert first is not None and second is not None and third is not None
    assert third < second == first < 0.5
    assert found.probabilities(["x", "a"], [0.9, 0.1])[0] is None
    assert found.probabilities([], []) == []
