"""How good rankings are: top-1, top-3, precision and recall per code, coverage at a precision, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from coding.suggest.calibration import Calibration, margin_of

RESAMPLES = 500
LEVEL = 0.95


class Interval(msgspec.Struct, frozen=True):
    """A share between 0 and 1 with its 95 % interval by resampling cases; None where there is nothing to count."""

    value: float | None
    low: float | None
    high: float | None


class CodeQuality(msgspec.Struct, frozen=True):
    """How well one code is found. `given`: segments that bear it; `proposed`: that it was proposed for; `right`: both.

    `precision`: of the proposed, how many bear it. `recall`: of those that bear it, for how many it was proposed. `f1`:
    their harmonic mean. Each is None where its denominator is 0.
    """

    code: str
    given: int
    proposed: int
    right: int
    precision: Interval
    recall: Interval
    f1: Interval


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
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(mean, float(low), float(high))


def per_code(
    scores: Any, given: Any, codes: Sequence[str], proposed: Any | None = None, cases: Sequence[str] = ()
) -> list[CodeQuality]:
    """One entry a code. `proposed` (segments × codes, true or false) is the best code of each segment if not given.

    With `cases`, the case of each segment, there are intervals, by drawing whole cases again.
    """
    import numpy as np

    if proposed is None:
        proposed = np.zeros(given.shape, dtype=bool)
        if scores.size:
            proposed[np.arange(len(scores)), scores.argmax(1)] = True
    names = sorted(set(cases))
    place = {name: number for number, name in enumerate(names)}
    of = np.array([place[case] for case in cases], dtype=int) if cases else np.zeros(len(given), dtype=int)
    n = max(1, len(names))
    counts = np.zeros((3, n, len(codes)))
    for number, what in enumerate((given, proposed, given & proposed)):
        np.add.at(counts[number], of, what)
    return [_quality(code, counts[:, :, number]) for number, code in enumerate(codes)]


def _quality(code: str, counts: Any) -> CodeQuality:
    """The measures of one code from `counts`: (given, proposed, both) × cases."""
    given, proposed, both = counts
    return CodeQuality(
        code,
        int(given.sum()),
        int(proposed.sum()),
        int(both.sum()),
        _ratio(both, proposed),
        _ratio(both, given),
        _ratio(2 * both, given + proposed),
    )


def _ratio(parts: Any, wholes: Any, seed: int = 0) -> Interval:
    """Sum of parts by sum of wholes over the cases, with its interval; draws without any whole are left out."""
    import numpy as np

    if not wholes.sum():
        return Interval(None, None, None)
    value = float(parts.sum() / wholes.sum())
    if len(wholes) < 2:
        return Interval(value, None, None)
    drawn = np.random.default_rng(seed).integers(0, len(wholes), size=(RESAMPLES, len(wholes)))
    below = wholes[drawn].sum(1)
    shares = parts[drawn].sum(1)[below > 0] / below[below > 0]
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(value, float(low), float(high))


class Coverage(msgspec.Struct, frozen=True):
    """At a wanted precision: the share of segments whose best theme is proposed, and how many of those were right.

    `reached` is None where nothing is proposed.
    """

    precision: float
    coverage: float
    reached: float | None


def coverage_at(
    scores: Any,
    given: Any,
    cases: Sequence[str],
    precisions: Sequence[float],
    codes: Sequence[str],
    curves: Mapping[str, Calibration],
) -> list[Coverage]:
    """For each precision, how many segments would be proposed, by what was learned of the other cases.

    `curves`: case → the calibration from all others; it decides as it does for `crosscase suggest`. Segments that bear
    no code count: proposing anything for them is wrong.
    """
    right = hits(scores, given, 1)
    shares = [[float(share) for share in row] for row in scores]
    found = []
    for wanted in precisions:
        bars = {case: curve.bar(wanted) for case, curve in curves.items()}
        chosen = [bool(right[i]) for i, case in enumerate(cases) if curves[case].proposes(codes, shares[i], bars[case])]
        reached = sum(chosen) / len(chosen) if chosen else None
        found.append(Coverage(wanted, len(chosen) / len(shares) if shares else 0.0, reached))
    return found


class Reach(msgspec.Struct, frozen=True):
    """If the share `coverage` of the segments got a proposal, those whose best theme leads furthest, the share `right`
    of these proposals would be right."""

    coverage: float
    right: float


def reach(scores: Any, given: Any, most: int = 100) -> list[Reach]:
    """From proposing only where the best theme leads furthest to proposing everywhere.

    At most `most` steps, evenly spread; segments of one lead are proposed together.
    """
    right = hits(scores, given, 1)
    pairs = sorted(((margin_of(row), bool(right[i])) for i, row in enumerate(scores)), key=lambda p: (-p[0], p[1]))
    steps, so_far = [], 0
    for count, (margin, is_right) in enumerate(pairs, 1):
        so_far += is_right
        if count == len(pairs) or pairs[count][0] < margin:
            steps.append(Reach(count / len(pairs), so_far / count))
    if len(steps) <= most:
        return steps
    return [steps[(number + 1) * len(steps) // most - 1] for number in range(most)]


class Bin(msgspec.Struct, frozen=True):
    """Suggestions with a probability in `[low, high)`: how many, their mean probability, and how often they held, with
    the interval of that (None with fewer than two cases)."""

    low: float
    high: float
    count: int
    said: float
    held: float
    held_low: float | None = None
    held_high: float | None = None


def calibration_bins(
    said: Sequence[float], held: Sequence[bool], bins: int = 10, cases: Sequence[str] = ()
) -> list[Bin]:
    """The points of a calibration plot; empty bins are left out."""
    found = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [i for i, p in enumerate(said) if low <= p < high or (p == 1.0 == high)]
        if inside:
            mean = sum(said[i] for i in inside) / len(inside)
            of = [cases[i] for i in inside] if cases else [""] * len(inside)
            share = interval([float(held[i]) for i in inside], of)
            found.append(Bin(low, high, len(inside), mean, share.value or 0.0, share.low, share.high))
    return found


def calibration_quality(said: Sequence[float], held: Sequence[bool]) -> tuple[int, float, float, float]:
    """How many, their Brier score, that of always saying the base rate, and the expected calibration error."""
    import numpy as np

    chances, came = np.array(said), np.array(held, dtype=float)
    bins = calibration_bins(said, held)
    error = sum(entry.count * abs(entry.said - entry.held) for entry in bins) / len(said)
    return len(said), float(((chances - came) ** 2).mean()), float(((came.mean() - came) ** 2).mean()), float(error)
