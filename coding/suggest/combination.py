"""All suggesters together: their scores added up, the order of the segments heard, one answer for each segment.

In rounds. The first gives every segment that nobody has coded a share for each theme, and the order of the segments may
correct it. In the following ones these segments are examples themselves, of less weight than a person's (a
semi-supervised step, as in Nigam et al. 2000): the study's own words for a theme are learned from where the guide's
order or the codebook's words already place it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from coding.suggest.order import Transitions, chosen, smoothed, transition_models
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Example, Ranked, Suggester, Training

TEMPERATURE = 0.12
"""Scores are divided by this before they become shares: where the shares of the example study's codings were best
predicted, with codings and without."""
_UNCODED_WEIGHT = 0.3
_ROUNDS = 3
"""Rounds after the first; more than three change hardly anything."""
_ORDER_SHARE = 0.25
"""How much of the final answer is the order's; the rest is the last round's, which has learned from it."""
_BELIEF = 0.4
"""The power that final shares are raised to: with it the best theme's share is about how often it is right without
any coding, in texts whose words say what they are about."""
_LEAST = 1e-9


class Answer(msgspec.Struct, frozen=True):
    """What all suggesters together say: `shares` of each segment's themes (segments × codes, rows sum to 1), the model
    of the `order` that was chosen, and the examples of the last round."""

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
    shares = shares_of(summed(learners, segments, view) + signs)
    order = _order(shares, segments, coded, orders)
    heard = _in_order(shares, segments, coded, order)
    uncoded = [i for i in range(len(segments)) if i not in coded]
    examples: tuple[Example, ...] = ()
    for number in range(_ROUNDS if learners and uncoded else 0):
        examples = (*view.examples, *_as_examples(segments, heard, uncoded, view))
        for learner in learners:
            learner.fit(msgspec.structs.replace(view, examples=examples))
        shares = shares_of(summed(learners, segments, view) + signs)
        order = _order(shares, segments, coded, orders) if number == _ROUNDS - 1 else order
        heard = _in_order(shares, segments, coded, order)
    return Answer(as_shown(_mixed(shares, heard) if order.name != "none" else shares), order.name, examples)


def _as_examples(segments: Sequence[Segment], shares: Any, rows: Sequence[int], view: Training) -> list[Example]:
    """Segments that nobody has coded as examples, with the shares that they have so far."""
    codes = [code.id for code in view.codes]
    return [
        Example(segments[i].said, dict(zip(codes, map(float, shares[i]), strict=True)), _UNCODED_WEIGHT) for i in rows
    ]


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


def as_shown(shares: Any) -> Any:
    """Shares made less sure of themselves, in the same order: what has learned from its own answers believes them."""
    import numpy as np

    if not shares.size:
        return shares
    raised = np.exp(_BELIEF * np.log(shares + _LEAST))
    return raised / raised.sum(1, keepdims=True)


def _mixed(shares: Any, heard: Any) -> Any:
    """The weighted geometric mean of the words' shares and the order's, so that neither can silence the other."""
    import numpy as np

    logs = (1 - _ORDER_SHARE) * np.log(shares + _LEAST) + _ORDER_SHARE * np.log(heard + _LEAST)
    raised = np.exp(logs - logs.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def _order(
    shares: Any, segments: Sequence[Segment], coded: Mapping[int, Sequence[float]], orders: Mapping[str, Sequence[int]]
) -> Transitions:
    """The order of the themes that the texts follow.

    Which it is, the sources tell that are coded less than half. Where there are none, the others tell, and the order of
    the coder's own themes is not among those to choose from: it was learned from them.
    """
    import numpy as np

    n = shares.shape[1]
    sources = _rows_of(segments)
    is_known = [sum(row in coded for row in rows) > len(rows) / 2 for rows in sources]
    given = [
        np.array([coded[row] for row in rows if row in coded], dtype=float).reshape(-1, n)
        for rows, is_mostly_coded in zip(sources, is_known, strict=True)
        if is_mostly_coded
    ]
    fresh = [not is_mostly_coded for is_mostly_coded in is_known]
    judged = fresh if any(fresh) else [any(row not in coded for row in rows) for rows in sources]
    models = transition_models(n, orders, given if any(fresh) else ())
    known = _with_coded(shares, coded)
    return chosen([known[rows] for rows in sources], models, judged)


def _in_order(
    shares: Any, segments: Sequence[Segment], coded: Mapping[int, Sequence[float]], order: Transitions
) -> Any:
    """The shares after the order has spoken. Coded segments stand in it with what the coder said of them."""
    import numpy as np

    sources, known = _rows_of(segments), _with_coded(shares, coded)
    heard = np.empty_like(shares)
    for rows, values in zip(sources, smoothed([known[rows] for rows in sources], order), strict=True):
        heard[rows] = values
    return heard


def _with_coded(shares: Any, coded: Mapping[int, Sequence[float]]) -> Any:
    """The shares, with what the coder said in place of those of coded segments that bear a code."""
    import numpy as np

    known = shares.copy()
    for row, degrees in coded.items():
        if any(degrees):
            known[row] = np.asarray(degrees) / sum(degrees)
    return known


def _rows_of(segments: Sequence[Segment]) -> list[list[int]]:
    """The numbers of the segments of each source, in order."""
    found: dict[str, list[int]] = {}
    for row, segment in enumerate(segments):
        found.setdefault(segment.source, []).append(row)
    return list(found.values())
