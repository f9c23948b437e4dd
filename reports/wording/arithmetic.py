"""Numbers of a text against each other: which counts a percentage allows, and whether stated parts give it.

GRIM (Brown & Heathers 2017, "granularity-related inconsistency of means"): a percentage of `n` cases must be that of a
whole number of them. 93 percent of 79 is impossible: 73 are 92.4 percent and 74 are 93.7.
"""

from __future__ import annotations

from fractions import Fraction


def reachable(share: Fraction, n: int, decimals: int) -> tuple[int, ...]:
    """The whole numerators of `n` that round to a percentage given with so many decimals (GRIM).

    `share` is between 0 and 1; rounding up and to even both count. Empty where no whole number gives it.
    """
    half = Fraction(1, 2 * 100 * 10**decimals)
    low, high = (share - half) * n, (share + half) * n
    first = -(-low.numerator // low.denominator)
    return tuple(range(max(0, first), min(n, high.numerator // high.denominator) + 1))


def percentage(k: int, n: int, decimals: int = 1) -> Fraction:
    """`k` of `n` in percent, rounded half up to so many places: 79 of 130 is 60.8."""
    scale = 10**decimals
    return Fraction((200 * k * scale + n) // (2 * n), scale)


def is_times(times: Fraction, first: Fraction, second: Fraction, tolerance: Fraction = Fraction(1, 10)) -> bool:
    """Whether `first` is so many times `second` ("dobbelt så mange"), within a tenth of it."""
    return second > 0 and abs(first / second - times) <= tolerance * times
