"""From shares to probabilities, and how far the best theme must lead before it is proposed.

Both are learned from what the coder said of cases that were held out when the shares were made, never from segments
that the model has seen. Below five codings of a code from four cases there is no probability for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

FEWEST_CODINGS, FEWEST_CASES = 5, 4
_FEWEST_SEGMENTS = 20
_FEWEST_ABOVE = 10
UNCALIBRATED_MARGINS = ((0.95, 0.88), (0.9, 0.68), (0.85, 0.5), (0.8, 0.2))
"""`(precision, margin)` measured without any coding on the example study and on a constructed report, both with a
codebook of labels alone (tests/constructed): what is used before there are codings. Where texts hardly share a word
with the codebook and with each other, no margin tells."""
NEVER = 2.0
"""A margin that no segment reaches: margins are at most 1."""


class Calibration(msgspec.Struct, frozen=True):
    """How shares become probabilities: `1 / (1 + exp(-(slope · logit(share) + intercept)))`.

    `codes` are those with enough codings; for others the probability is None. `margins` are pairs (margin, whether
    the best theme was right) of every held-out segment, widest first; empty where there are too few to tell.
    """

    codes: frozenset[str] = frozenset()
    slope: float = 1.0
    intercept: float = 0.0
    margins: tuple[tuple[float, bool], ...] = ()

    def probability(self, code: str, share: float) -> float | None:
        """The probability that this coder gives the code to a segment with this share of it."""
        import math

        if code not in self.codes:
            return None
        value = self.slope * _logit(share) + self.intercept
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, value))))

    def least_margin(self, precision: float) -> float:
        """The smallest lead at which the best theme was right as often as `precision` asks; `NEVER` where at none."""
        if not self.margins:
            return next((margin for p, margin in reversed(UNCALIBRATED_MARGINS) if p >= precision), NEVER)
        return least_margin(self.margins, precision)


def least_margin(pairs: Sequence[tuple[float, bool]], precision: float) -> float:
    """The smallest margin above which enough were right, and at least ten lie; `pairs` (margin, right) widest first."""
    best, right = NEVER, 0
    for count, (margin, is_right) in enumerate(pairs, 1):
        right += is_right
        is_last_of_its_margin = count == len(pairs) or pairs[count][0] < margin
        if is_last_of_its_margin and count >= _FEWEST_ABOVE and right >= precision * count:
            best = margin
    return best


def _logit(share: float) -> float:
    import math

    share = min(1 - 1e-6, max(1e-6, share))
    return math.log(share / (1 - share))


def codes_with_enough(examples: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The codes with at least five codings from at least four cases; `examples`: code → the case of each coding."""
    return frozenset(
        code
        for code, cases in examples.items()
        if len(cases) >= FEWEST_CODINGS and len({case for case in cases if case}) >= FEWEST_CASES
    )


def margin_of(shares: Sequence[float]) -> float:
    """How far the best share leads before the second; of one code alone, its lead before nothing."""
    first, second = sorted([*shares, 0.0, 0.0], reverse=True)[:2]
    return float(first - second)


def calibration(shares: Any, given: Any, codes: Sequence[str], enough: frozenset[str]) -> Calibration:
    """The calibration from held-out segments.

    `shares` and `given` (true or false): segments × codes. One curve serves all codes that have enough codings: with
    some twenty codings a code, curves of their own would follow chance.
    """
    import numpy as np

    if len(shares) < _FEWEST_SEGMENTS or not enough:
        return Calibration()
    best = shares.argmax(1)
    pairs = sorted(
        ((margin_of(row), bool(given[i, best[i]])) for i, row in enumerate(shares)), key=lambda p: (-p[0], p[1])
    )
    columns = [number for number, code in enumerate(codes) if code in enough]
    values = np.clip(shares[:, columns].ravel(), 1e-6, 1 - 1e-6)
    slope, intercept = _curve(np.log(values / (1 - values)), given[:, columns].ravel())
    return Calibration(enough, slope, intercept, tuple(pairs))


def _curve(logits: Any, given: Any) -> tuple[float, float]:
    """Slope and intercept by logistic regression (Platt 1999); never falling, for a higher share is never worse."""
    from sklearn.linear_model import LogisticRegression

    if given.all() or not given.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=100.0).fit(logits[:, None], given)
    return max(0.0, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])
