"""All suggesters together: their scores added up, the order of the segments heard, one answer for each segment.

Two rounds. The first gives every segment that nobody has coded a share for each theme, and the order of the segments
may correct it. In the second these segments are examples themselves, of less weight than a person's (a semi-supervised
step, as in Nigam et al. 2000): the study's own words for a theme are learned from where the guide's order or the
codebook's words already place it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from coding.suggest.order import smoothed, transition_models
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Example, Ranked, Suggester, Training

TEMPERATURE = 0.12
"""Scores are divided by this before they become shares: where the shares of the example study's codings were best
predicted, with codings and without."""
_UNCODED_WEIGHT = 0.3
_ORDER_SHARE = 0.25
"""How much of the final answer is the order's; the rest is the second round's, which has learned from it."""
_LEAST = 1e-6


class Answer(msgspec.Struct, frozen=True):
    """What all suggesters together say: `shares` of each segment's themes (segments × codes, rows sum to 1), the model
    of the `order` that was chosen, and the examples of the second round."""

    shares: Any
    order: str
    examples: tuple[Example, ...] = ()


def combined(
    suggesters: Sequence[Suggester],
    view: Training,
    segments: Sequence[Segment],
    coded: Mapping[int, Sequence[float]],
    orders: Mapping[str, Sequence[int]],
) -> Answer:
    """The answer for `segments`, those of one source together and in their order.

    `coded`: number of a segment → degree of each code, for those that the coder has coded (all zeros: read, and none
    of the codes fits). `orders`: the orders of the codes that the text may follow. All suggesters must be fitted but
    those that learn, which are fitted here.
    """
    import numpy as np

    n = len(view.codes)
    if not n or not segments:
        return Answer(np.zeros((len(segments), n)), "none")
    learners = [suggester for suggester in suggesters if suggester.learns]
    signs = summed([suggester for suggester in suggesters if not suggester.learns], segments, view)
    for learner in learners:
        learner.fit(view)
    first = shares_of(summed(learners, segments, view) + signs)
    heard, order = _in_order(first, segments, coded, orders)
    uncoded = [i for i in range(len(segments)) if i not in coded]
    if not learners or not uncoded:
        return Answer(_mixed(first, heard) if order != "none" else first, order)
    codes = [code.id for code in view.codes]
    soft = [
        Example(segments[i].text, dict(zip(codes, map(float, heard[i]), strict=True)), _UNCODED_WEIGHT) for i in uncoded
    ]
    examples = (*view.examples, *soft)
    again = msgspec.structs.replace(view, examples=examples)
    for learner in learners:
        learner.fit(again)
    second = shares_of(summed(learners, segments, view) + signs)
    return Answer(_mixed(second, heard) if order != "none" else second, order, examples)


def summed(suggesters: Sequence[Suggester], segments: Sequence[Segment], view: Training) -> Any:
    """Segments × codes: the scores of all suggesters, each times its weight."""
    import numpy as np

    codes = [code.id for code in view.codes]
    total = np.zeros((len(segments), len(codes)))
    for suggester in suggesters:
        total += suggester.weight * as_matrix(suggester.suggest(segments, evidence=False), codes)
    return total


def as_matrix(answers: Sequence[Ranked], codes: Sequence[str]) -> Any:
    """Segments × codes of one suggester's scores; what is not a number counts as nothing."""
    import numpy as np

    rows = [[answer.scores.get(code, 0.0) for code in codes] for answer in answers]
    return np.nan_to_num(np.array(rows, dtype=float).reshape(len(answers), len(codes)), posinf=0.0, neginf=0.0)


def shares_of(scores: Any) -> Any:
    """Each theme's share of a segment, by softmax at `TEMPERATURE`: rows sum to 1."""
    import numpy as np

    if not scores.size:
        return scores
    raised = np.exp((scores - scores.max(1, keepdims=True)) / TEMPERATURE)
    return raised / raised.sum(1, keepdims=True)


def _mixed(shares: Any, heard: Any) -> Any:
    """The weighted geometric mean of the words' shares and the order's, so that neither can silence the other."""
    import numpy as np

    logs = (1 - _ORDER_SHARE) * np.log(shares + _LEAST) + _ORDER_SHARE * np.log(heard + _LEAST)
    raised = np.exp(logs - logs.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def _in_order(
    shares: Any, segments: Sequence[Segment], coded: Mapping[int, Sequence[float]], orders: Mapping[str, Sequence[int]]
) -> tuple[Any, str]:
    """The shares after the order has spoken. Coded segments stand in it with what the coder said of them."""
    import numpy as np

    known = shares.copy()
    for row, degrees in coded.items():
        if any(degrees):
            known[row] = np.asarray(degrees) / sum(degrees)
    rows_of: dict[str, list[int]] = {}
    for row, segment in enumerate(segments):
        rows_of.setdefault(segment.source, []).append(row)
    is_coded = [sum(row in coded for row in rows) > len(rows) / 2 for rows in rows_of.values()]
    given = [
        np.array([coded[row] for row in rows if row in coded], dtype=float).reshape(-1, shares.shape[1])
        for rows, is_known in zip(rows_of.values(), is_coded, strict=True)
        if is_known
    ]
    models = transition_models(shares.shape[1], orders, given)
    judged = [not is_known for is_known in is_coded]
    found, name = smoothed([known[rows] for rows in rows_of.values()], models, judged)
    heard = np.empty_like(shares)
    for rows, values in zip(rows_of.values(), found, strict=True):
        heard[rows] = values
    return heard, name
