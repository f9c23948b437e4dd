"""Neighbours: likeness with the nearest passages, against the same made of the texts themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.suggest.neighbours import neighbours, neighbours_count


def texts(seed: int, count: int) -> np.ndarray:
    """Rows of features of length √2, as texts have them."""
    found = np.random.default_rng(seed).random((count, 12)) ** 3
    return found * np.sqrt(2) / np.linalg.norm(found, axis=1, keepdims=True)


def held_together(own: np.ndarray, near: np.ndarray, others: np.ndarray, count: float) -> np.ndarray:
    """The slow twin: each text's features and those of its neighbours added up, and brought to one length."""
    found = own + count * near @ others
    return found * np.sqrt(2) / np.linalg.norm(found, axis=1, keepdims=True)


@given(st.integers(0, 50), st.integers(3, 30), st.floats(0.0, 0.9))
def test_likeness_with_neighbours_is_that_of_texts_that_hold_them(seed: int, count: int, weight: float) -> None:
    own = texts(seed, count)
    found = neighbours(own @ own.T, range(2, count), range(2))
    whole = held_together(own, found.of.toarray(), own, weight * found.trust)
    assert found.together(weight) == pytest.approx(whole @ whole.T)


@given(st.integers(0, 50), st.integers(3, 30), st.floats(0.0, 0.9))
def test_a_score_can_be_led_back_to_the_texts_own_words(seed: int, count: int, weight: float) -> None:
    own = texts(seed, count)
    found = neighbours(own @ own.T, range(count), [0])
    dual = np.random.default_rng(seed).random((count, 2))
    whole = held_together(own, found.of.toarray(), own, weight * found.trust)
    assert own.T @ found.spread(dual, weight) == pytest.approx(whole.T @ dual)


def test_no_text_is_its_own_neighbour_and_shares_sum_to_one() -> None:
    own = texts(1, 20)
    of = neighbours(own @ own.T, range(5, 20), range(5)).of.toarray()
    assert not of.diagonal().any()
    assert not of[:, :5].any()
    assert of.sum(1) == pytest.approx(np.ones(20))
    assert (of > 0).sum(1).max() <= 10


def test_a_new_text_is_seen_with_its_ten_nearest_passages() -> None:
    own, new = texts(2, 25), texts(3, 4)
    found = neighbours(own @ own.T, range(25), [0, 1])
    above = np.maximum(new @ own.T - np.median(own @ own.T, axis=0), 0)
    above[above < np.sort(above, axis=1)[:, [-10]]] = 0
    weight = 0.5 * found.trust
    known = held_together(own, found.of.toarray(), own, weight)
    expected = held_together(new, above / above.sum(1, keepdims=True), own, weight) @ known.T
    assert found.of_new(new @ own.T, 0.5) == pytest.approx(expected)
    assert found.of_new(new @ own.T, 0.0) == pytest.approx(new @ own.T)


def test_neighbours_count_less_with_every_coding_and_nothing_where_the_codebook_is_not_found() -> None:
    assert neighbours_count(0) == neighbours_count(1) > neighbours_count(3) > 0
    far = np.eye(12) * 2
    assert neighbours(far, range(2, 12), [0, 1]).trust == 0.0
    own = texts(4, 12)
    assert neighbours(own @ own.T, range(2, 12), [0, 1]).trust > 0.5


def test_texts_without_words_and_studies_without_passages_do_no_harm() -> None:
    nothing = np.zeros((3, 3))
    assert np.isfinite(neighbours(nothing, [1, 2], [0]).together(0.5)).all()
    assert neighbours(np.full((2, 2), 2.0), [], [0, 1]).together(0.5) == pytest.approx(np.full((2, 2), 2.0))
