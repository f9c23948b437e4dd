"""The order of segments: a summary follows its guide, and a theme goes on for a while.

A hidden Markov model over the segments of each source, by forward and backward steps (Rabiner 1989, section III). Its
transitions are not learned but chosen, by the likelihood of all sources together, among: none, staying with the theme,
going on in the order of the codebook or of the guide, and the order in which the coder's own themes follow each other.
Where none of them explains the text clearly better than no order at all, order does not count: it must do no harm to a
text whose segments stand in any order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

_STAYS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85)
_FALLS = (0.15, 0.3, 0.6)
_ANYWHERE = (0.05, 0.1, 0.25)
_GATE = 2.0
"""By how much (natural logarithm) a model must beat no order at all, beside the logarithm of how many models of its
name are tried: the best of many fits a little better by chance."""
_FLOOR = 0.02
_COUNT_BEFORE = 0.15


class Transitions(msgspec.Struct, frozen=True):
    """One way in which themes follow each other. `first`: codes; `next`: codes × codes, rows sum to 1."""

    name: str
    first: Any
    next: Any


def no_order(n: int) -> Transitions:
    """Every theme follows every other alike."""
    import numpy as np

    return Transitions("none", np.full(n, 1 / n), np.full((n, n), 1 / n))


def transition_models(n: int, orders: Mapping[str, Sequence[int]], coded: Sequence[Any] = ()) -> list[Transitions]:
    """The models to choose from, `none` first.

    `orders`: name → the codes' numbers in that order. `coded`: for each source that the coder has coded, a matrix
    segments × codes of what was given; two sources at least are needed to learn from.
    """
    import numpy as np

    models = [no_order(n)]
    if n < 2:
        return models
    alike, same = np.full((n, n), 1 / n), np.eye(n)
    models += [Transitions("sticky", alike[0], a * same + (1 - a) * alike) for a in _STAYS[1:]]
    for name, order in orders.items():
        place = np.argsort(np.asarray(order))
        ahead = place[None, :] - place[:, None]
        for fall in _FALLS:
            onward = np.where(ahead > 0, fall ** np.maximum(ahead - 1.0, 0.0), 0.0)
            total = onward.sum(1, keepdims=True)
            onward = np.where(total > 0, onward / np.where(total > 0, total, 1.0), 1 / n)
            begin = fall**place / (fall**place).sum()
            for anywhere in _ANYWHERE:
                moved = (1 - anywhere) * onward + anywhere / n
                first = (1 - anywhere) * begin + anywhere / n
                models += [Transitions(name, first, stay * same + (1 - stay) * moved) for stay in _STAYS]
    if sum(bool(given.any()) for given in coded) >= 2:
        models.append(_learned(n, coded))
    return models


def _learned(n: int, coded: Sequence[Any]) -> Transitions:
    """How the coder's themes followed each other, with a little added everywhere; uncoded segments are passed over."""
    import numpy as np

    first, following = np.full(n, 2 * _COUNT_BEFORE), np.full((n, n), _COUNT_BEFORE)
    for given in coded:
        rows = [row / row.sum() for row in given if row.any()]
        for before, after in pairwise(rows):
            following += np.outer(before, after)
        if rows:
            first += rows[0]
    return Transitions("learned", first / first.sum(), following / following.sum(1, keepdims=True))


def forward_backward(emissions: Any, models: Sequence[Transitions]) -> tuple[Any, Any]:
    """`(posteriors, log likelihoods)` of one sequence under every model at once.

    `emissions`: segments × codes, how likely each segment is under each code (up to a factor a segment). Posteriors:
    models × segments × codes, rows sum to 1; log likelihoods: one a model.
    """
    import numpy as np

    following = np.stack([model.next for model in models])
    forward, likelihood = _forward(emissions, models, following)
    backward = np.ones((len(models), emissions.shape[1]))
    found = np.empty_like(forward)
    for step in range(len(emissions) - 1, -1, -1):
        both = forward[:, step] * backward
        found[:, step] = both / both.sum(1, keepdims=True)
        backward = np.matmul(following, (emissions[step] * backward)[:, :, None])[:, :, 0]
        backward = backward / backward.sum(1, keepdims=True)
    return found, likelihood


def _forward(emissions: Any, models: Sequence[Transitions], following: Any) -> tuple[Any, Any]:
    """`(forward probabilities, log likelihoods)`; `following`: models × codes × codes, their transitions."""
    import numpy as np

    steps, n = emissions.shape
    forward = np.empty((len(models), steps, n))
    likelihood = np.zeros(len(models))
    state = np.stack([model.first for model in models])
    for step in range(steps):
        if step:
            state = np.matmul(state[:, None, :], following)[:, 0]
        state = state * emissions[step]
        total = state.sum(1)
        likelihood += np.log(total)
        state = forward[:, step] = state / total[:, None]
    return forward, likelihood


def chosen(shares: Sequence[Any], models: Sequence[Transitions], judged: Sequence[bool] | None = None) -> Transitions:
    """The model that explains the sources best, `models[0]` (no order at all) where none is clearly better.

    `shares`: for each source, segments × codes, rows sum to 1. `judged` tells which sources the choice goes by
    (default: all): those that a coder has coded say nothing of the others, and the learned model fits them because it
    was learned from them.
    """
    import numpy as np

    counts = judged if judged is not None else [True] * len(shares)
    wanted = [share for share, is_judged in zip(shares, counts, strict=True) if is_judged and len(share)]
    if not wanted or len(models) < 2:
        return models[0]
    following = np.stack([model.next for model in models])
    gain = sum(_forward(_emissions(share), models, following)[1] for share in wanted)
    alike = Counter(model.name for model in models)
    gates = [0.0 if model.name == "none" else _GATE + math.log(alike[model.name]) for model in models]
    return models[int(np.argmax(gain - np.array(gates)))]


def smoothed(shares: Sequence[Any], model: Transitions) -> list[Any]:
    """The shares of each source after the order has spoken; without an order they come back as they are."""
    if model.name == "none":
        return list(shares)
    return [forward_backward(_emissions(share), [model])[0][0] if len(share) else share for share in shares]


def _emissions(share: Any) -> Any:
    """Shares with a floor, so that no theme is impossible, as multiples of an even share."""
    return ((1 - _FLOOR) * share + _FLOOR / share.shape[1]) * share.shape[1]
