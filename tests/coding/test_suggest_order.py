"""The order of segments: forward-backward against all paths, and when order is not listened to."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.suggest.order import Transitions, chosen, forward_backward, no_order, smoothed, transition_models

positive = st.floats(0.01, 1.0)


def by_all_paths(emissions: np.ndarray, model: Transitions) -> tuple[np.ndarray, float]:
    """The slow twin: every path through the themes, one by one."""
    steps, n = emissions.shape
    total, found = 0.0, np.zeros((steps, n))
    for path in itertools.product(range(n), repeat=steps):
        weight = model.first[path[0]] * emissions[0, path[0]]
        for step in range(1, steps):
            weight *= model.next[path[step - 1], path[step]] * emissions[step, path[step]]
        total += weight
        for step, code in enumerate(path):
            found[step, code] += weight
    return found / total, math.log(total)


@given(st.data(), st.integers(1, 5), st.integers(2, 3))
def test_forward_backward_gives_what_all_paths_together_give(data: st.DataObject, steps: int, n: int) -> None:
    def row(count: int) -> np.ndarray:
        return np.array(data.draw(st.lists(positive, min_size=count, max_size=count)))

    emissions = row(steps * n).reshape(steps, n)
    following = row(n * n).reshape(n, n)
    first = row(n)
    model = Transitions("drawn", first / first.sum(), following / following.sum(1, keepdims=True))
    found, likelihood = forward_backward(emissions, [no_order(n), model])
    expected, log = by_all_paths(emissions, model)
    assert found[1] == pytest.approx(expected)
    assert likelihood[1] == pytest.approx(log)


@given(st.integers(2, 8), st.randoms(use_true_random=False))
def test_transitions_are_probabilities(n: int, chance: object) -> None:
    order = list(range(n))
    chance.shuffle(order)  # type: ignore[attr-defined]
    coded = [np.eye(n)[:2], np.eye(n)[1:]]
    for model in transition_models(n, {"guide": order}, coded):
        assert model.first.sum() == pytest.approx(1)
        assert model.next.sum(1) == pytest.approx(np.ones(n))
        assert (model.next >= 0).all()


def shares(themes: list[int], n: int, sure: float = 0.6) -> np.ndarray:
    found = np.full((len(themes), n), (1 - sure) / (n - 1))
    found[range(len(themes)), themes] = sure
    return found


def test_themes_in_the_order_of_the_guide_are_recognised_and_correct_a_doubtful_one() -> None:
    doubtful = shares([0, 1, 2, 3, 4, 5, 6, 7], 8)
    doubtful[4] = 1 / 8
    sources = [doubtful, shares(list(range(8)), 8)]
    model = chosen(sources, transition_models(8, {"codebook": range(8)}))
    assert model.name == "codebook"
    assert smoothed(sources, model)[0][4].argmax() == 4


def test_a_theme_that_goes_on_is_recognised_where_the_order_is_unknown() -> None:
    themes = [5] * 5 + [1] * 6 + [7] * 5 + [3] * 6
    assert chosen([shares(themes, 8)], transition_models(8, {"codebook": range(8)})).name == "sticky"


def test_themes_in_no_order_come_back_untouched() -> None:
    given_shares = [shares([3, 7, 1, 5, 0, 6, 2, 4, 1, 6, 3, 0, 7, 2], 8)]
    model = chosen(given_shares, transition_models(8, {"codebook": range(8)}))
    assert model.name == "none"
    assert smoothed(given_shares, model)[0] is given_shares[0]


def test_only_sources_that_are_judged_choose_the_order() -> None:
    in_order, mixed = shares(list(range(8)), 8), shares([3, 7, 1, 5, 0, 6, 2, 4], 8)
    models = transition_models(8, {"codebook": range(8)})
    assert chosen([in_order, in_order, mixed], models, [False, False, True]).name == "none"
    assert chosen([in_order, in_order, mixed], models, [True, True, False]).name == "codebook"
    assert chosen([in_order], models, [False]).name == "none"


def test_sources_without_segments_and_a_single_theme_do_no_harm() -> None:
    nothing = np.zeros((0, 3))
    assert chosen([nothing], transition_models(3, {})).name == "none"
    assert smoothed([nothing, shares([0, 1], 3)], transition_models(3, {"codebook": range(3)})[-1])[0] is nothing
    assert chosen([np.ones((2, 1))], transition_models(1, {"codebook": [0]})).name == "none"


def test_the_order_in_which_a_coder_used_the_themes_is_learned_from_two_sources() -> None:
    odd = [4, 1, 6, 0, 3, 7, 2, 5]
    coded = [np.eye(8)[odd] for _ in range(6)]
    models = transition_models(8, {"codebook": range(8)}, coded)
    assert models[-1].name == "learned"
    assert chosen([shares(odd, 8)], models).name == "learned"
    assert "learned" not in [m.name for m in transition_models(8, {}, coded[:1])]
