"""From shares to probabilities, and how far the best theme must lead before it is proposed.

The best theme's probability comes from its lead, by a curve of its own: fitted together with all others it was said to
be far less sure than it was. A theme is proposed where such proposals together were right as often as is wanted, and
where it is itself probable enough: among many that are sure, an unsure one must not slip through, so that a single
proposal may be wrong twice as often as all together, and no more often than it is right. To ask as much of each one as
of all together was tried: a proposal fewer for one in eight segments of the example study, and right far more often
than was wanted.

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
_RIDGE, _MOST_LAPSES = 0.005, 0.1
_STRONGEST = 14.0
"""A lead of all but a millionth counts like one of all: `-log(1 - margin)` has no bound."""


class LeadCurve(msgspec.Struct, frozen=True):
    """How often the best theme is right: `(1 - lapses) / (1 + exp(slope · log(1 - margin) - intercept))`."""

    slope: float
    intercept: float
    lapses: float = 0.0

    def chance(self, margin: float) -> float:
        """The probability that the best theme is right where it leads so far."""
        return (1 - self.lapses) * _chance(self.slope * _strength(margin) + self.intercept)


class Calibration(msgspec.Struct, frozen=True):
    """How shares become probabilities: `1 / (1 + exp(-(slope · logit(share) + intercept)))`.

    `codes` are those with enough codings; for others the probability is None. `margins` are pairs (margin, whether
    the best theme was right) of every held-out segment, widest first; empty where there are too few to tell. `lead` is
    the best theme's own curve; None where there is none.
    """

    codes: frozenset[str] = frozenset()
    slope: float = 1.0
    intercept: float = 0.0
    margins: tuple[tuple[float, bool], ...] = ()
    lead: LeadCurve | None = None

    def probability(self, code: str, share: float) -> float | None:
        """The probability that this coder gives the code to a segment with this share of it."""
        return _chance(self.slope * _logit(share) + self.intercept) if code in self.codes else None

    def probabilities(self, codes: Sequence[str], shares: Sequence[float]) -> list[float | None]:
        """The probability of each code of one segment: the best one's by its lead, and no other is more sure."""
        chances = [self.probability(code, share) for code, share in zip(codes, shares, strict=True)]
        if self.lead is None or not chances:
            return chances
        best = max(range(len(shares)), key=lambda number: shares[number])
        first = self.lead.chance(margin_of(shares))
        capped = [None if chance is None else min(chance, first) for chance in chances]
        return [first if number == best and chance is not None else chance for number, chance in enumerate(capped)]

    def bar(self, precision: float) -> Bar:
        """What the best theme of a segment needs to be proposed, where proposals have to be right so often."""
        if not self.margins:
            return Bar(next((margin for p, margin in reversed(UNCALIBRATED_MARGINS) if p >= precision), NEVER))
        least, chance = least_margin(self.margins, precision), least_chance(precision)
        return Bar(least if self.lead is None else max(least, margin_for(self.lead, chance)), chance)

    def proposes(self, codes: Sequence[str], shares: Sequence[float], bar: Bar) -> bool:
        """Whether the best theme of a segment with these shares is proposed: over the bar, and with a probability."""
        if not codes:
            return False
        best = max(range(len(shares)), key=lambda number: shares[number])
        chance = self.probabilities(codes, shares)[best]
        return chance is not None and bar.is_cleared(margin_of(shares), chance)


class Bar(msgspec.Struct, frozen=True):
    """What a proposal needs: `margin`, how far it leads, and `chance`, its own probability where there is one."""

    margin: float
    chance: float = 0.0

    def is_cleared(self, margin: float, chance: float | None) -> bool:
        """Whether a theme with this lead and this probability clears it; one that does not lead at all never does."""
        return margin >= self.margin and margin > 0 and (chance is None or chance >= self.chance - 1e-9)


def least_chance(precision: float) -> float:
    """How probable a single proposal must be: wrong at most twice as often as all together, and right as often as not.

    0.8 where 0.9 is wanted of all.
    """
    return max(0.5, 2 * precision - 1)


def least_margin(pairs: Sequence[tuple[float, bool]], precision: float) -> float:
    """The smallest margin above which enough were right, and at least ten lie; `pairs` (margin, right) widest first."""
    best, right = NEVER, 0
    for count, (margin, is_right) in enumerate(pairs, 1):
        right += is_right
        is_last_of_its_margin = count == len(pairs) or pairs[count][0] < margin
        if is_last_of_its_margin and count >= _FEWEST_ABOVE and right >= precision * count:
            best = margin
    return best


def lead_curve(pairs: Sequence[tuple[float, bool]]) -> LeadCurve:
    """How often the best theme is right, by its lead; `pairs` as in `Calibration`.

    A logistic curve with lapses: now and then a theme that leads by far is wrong for reasons that its lead says nothing
    about, and without a place for these few the curve would flatten for all (Wichmann and Hill 2001, Perception &
    Psychophysics 63). With Platt's targets (Platt 1999) a curve is found where all were right or none, and a few cannot
    make it certain. Where a longer lead was no better, the curve is flat.
    """
    import numpy as np
    from scipy.optimize import minimize

    right = sum(is_right for _, is_right in pairs)
    high, low = (right + 1) / (right + 2), 1 / (len(pairs) - right + 2)
    targets = np.array([high if is_right else low for _, is_right in pairs])
    strengths = np.array([_strength(margin) for margin, _ in pairs])

    def cost(curve: Any) -> tuple[float, Any]:
        slope, intercept, lapses = curve
        plain = 1 / (1 + np.exp(-np.clip(slope * strengths + intercept, -30, 30)))
        said = np.clip((1 - lapses) * plain, 1e-12, 1 - 1e-12)
        push = (said - targets) / (said * (1 - said))
        along = push * (1 - lapses) * plain * (1 - plain)
        gradient = np.array([along @ strengths + 2 * _RIDGE * slope, along.sum(), -(push * plain).sum()])
        value = -(targets * np.log(said) + (1 - targets) * np.log(1 - said)).sum()
        return float(value) + _RIDGE * slope**2, gradient

    bounds = [(0, None), (None, None), (0, _MOST_LAPSES)]
    starts = ([1.0, 0.0, 0.0], [2.0, -1.0, _MOST_LAPSES / 2])
    found = [minimize(cost, start, jac=True, bounds=bounds, method="L-BFGS-B") for start in starts]
    best = min(found, key=lambda result: float(result.fun))
    return LeadCurve(*(float(value) for value in best.x))


def margin_for(lead: LeadCurve, precision: float) -> float:
    """The smallest margin at which the curve says `precision` or more; `NEVER` where it nowhere does."""
    import math

    if precision >= 1 - lead.lapses:
        return NEVER
    missing = _logit(precision / (1 - lead.lapses)) - lead.intercept
    if missing <= 0:
        return 0.0
    least = missing / lead.slope if lead.slope > 0 else _STRONGEST
    return 1 - math.exp(-least) if least < _STRONGEST else NEVER


def _strength(margin: float) -> float:
    import math

    return min(_STRONGEST, -math.log(max(1e-9, 1 - margin)))


def _chance(value: float) -> float:
    import math

    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, value))))


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

    `shares` and `given` (true or false): segments × codes. One curve serves the best themes and one all others, for
    all codes that have enough codings: with some twenty codings a code, curves of their own would follow chance.
    """
    import numpy as np

    if len(shares) < _FEWEST_SEGMENTS or not enough:
        return Calibration()
    best = shares.argmax(1)
    pairs = sorted(
        ((margin_of(row), bool(given[i, best[i]])) for i, row in enumerate(shares)), key=lambda p: (-p[0], p[1])
    )
    asked = np.tile([code in enough for code in codes], (len(shares), 1))
    asked[np.arange(len(shares)), best] = False
    values = np.clip(shares[asked], 1e-6, 1 - 1e-6)
    slope, intercept = _curve(np.log(values / (1 - values)), given[asked])
    return Calibration(enough, slope, intercept, tuple(pairs), lead_curve(pairs))


def _curve(logits: Any, given: Any) -> tuple[float, float]:
    """Slope and intercept by logistic regression (Platt 1999); never falling, for a higher share is never worse."""
    from sklearn.linear_model import LogisticRegression

    if not len(given) or given.all() or not given.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=100.0).fit(logits[:, None], given)
    return max(0.0, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])
