"""How good rankings are: top-1, top-3, precision and recall per code, coverage at a precision, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from coding.suggest.calibration import least_margin, margin_of

RESAMPLES = 500
_LEVEL = 0.95


class Interval(msgspec.Struct, frozen=True):
    """A share between 0 and 1 with its 95 % interval by resampling cases; None where there is nothing to count."""

    value: float | None
    low: float | None
    high: float | None


class CodeQuality(msgspec.Struct, frozen=True):
    """How well one code is found. `given`: segments that bear it; `proposed`: that it was proposed for; `right`: both.

    Precision, recall and F1 are None where their denominator is 0.
    """

    code: str
    given: int
    proposed: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of the proposed, how many bear it."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """Of those that bear it, for how many it was proposed."""
        return self.right / self.given if self.given else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.given + self.proposed) if self.given + self.proposed else None


def hits(scores: Any, given: Any, most: int) -> Any:
    """For each segment, whether one of the `most` best codes was given to it; ties go to the earlier code."""
    import numpy as np

    if not scores.size:
        return np.zeros(len(scores), dtype=bool)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    return np.take_along_axis(given, best, axis=1).any(1)


def interval(values: Sequence[float], cases: Sequence[str], seed: int = 0) -> Interval:
    """The mean of values with its interval: whole cases are drawn with replacement, as segments of one are alike.

    With fewer than two cases there is no interval.
    """
    import numpy as np

    if not len(values):
        return Interval(None, None, None)
    names = sorted(set(cases))
    place = {name: number for number, name in enumerate(names)}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, case in zip(values, cases, strict=True):
        sums[place[case]] += value
        counts[place[case]] += 1
    mean = float(sums.sum() / counts.sum())
    if len(names) < 2:
        return Interval(mean, None, None)
    drawn = np.random.default_rng(seed).integers(0, len(names), size=(RESAMPLES, len(names)))
    shares = sums[drawn].sum(1) / counts[drawn].sum(1)
    low, high = np.quantile(shares, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Interval(mean, float(low), float(high))


def per_code(scores: Any, given: Any, codes: Sequence[str], proposed: Any | None = None) -> list[CodeQuality]:
    """One entry a code. `proposed` (segments × codes, true or false) is the best code of each segment if not given."""
    import numpy as np

    if proposed is None:
        proposed = np.zeros(given.shape, dtype=bool)
        if scores.size:
            proposed[np.arange(len(scores)), scores.argmax(1)] = True
    both = given & proposed
    return [
        CodeQuality(code, int(given[:, n].sum()), int(proposed[:, n].sum()), int(both[:, n].sum()))
        for n, code in enumerate(codes)
    ]


class Coverage(msgspec.Struct, frozen=True):
    """At a wanted precision: the share of segments whose best theme leads far enough, and how many of those were right.

    `reached` is None where no segment leads far enough.
    """

    precision: float
    coverage: float
    reached: float | None


def coverage_at(scores: Any, given: Any, cases: Sequence[str], precisions: Sequence[float]) -> list[Coverage]:
    """For each precision, how many segments would be proposed, by a margin that was set on the other cases.

    Segments that bear no code count: proposing anything for them is wrong.
    """
    right = hits(scores, given, 1)
    leads = [margin_of(row) for row in scores]
    found = []
    for wanted in precisions:
        chosen: list[bool] = []
        for case in sorted(set(cases)):
            others = [(leads[i], bool(right[i])) for i, name in enumerate(cases) if name != case]
            least = least_margin(sorted(others, key=lambda pair: (-pair[0], pair[1])), wanted)
            chosen += [bool(right[i]) for i, name in enumerate(cases) if name == case and leads[i] >= least]
        share = len(chosen) / len(leads) if leads else 0.0
        found.append(Coverage(wanted, share, sum(chosen) / len(chosen) if chosen else None))
    return found


class Bin(msgspec.Struct, frozen=True):
    """Suggestions with a probability in `[low, high)`: how many, their mean probability, and how often they held."""

    low: float
    high: float
    count: int
    said: float
    held: float


def calibration_bins(said: Sequence[float], held: Sequence[bool], bins: int = 10) -> list[Bin]:
    """The points of a calibration plot; empty bins are left out."""
    found = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [(p, h) for p, h in zip(said, held, strict=True) if low <= p < high or (p == 1.0 == high)]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            found.append(Bin(low, high, len(inside), mean, sum(h for _, h in inside) / len(inside)))
    return found
