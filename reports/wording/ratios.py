"""Ratios in prose: »dobbelt så mange« must be twice the number beside it (METHODS, "Numbers in prose")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from reports.wording.arithmetic import is_times
from reports.wording.numbers import number_pattern, whole_number_of
from reports.wording.quantities import Quantity, quantities
from reports.wording.style import sentences

_AS = {
    "da": r"\s+så\s+(?:mange|stor|store|stort|meget|ofte|høj|højt|høje|hyppig|hyppigt|lang|længe)",
    "en": r"\s+as\s+\w+",
}
_FIXED = {
    "da": {
        "dobbelt": Fraction(2),
        "tredobbelt": Fraction(3),
        "halvt": Fraction(1, 2),
        "halvanden gang": Fraction(3, 2),
    },
    "en": {"twice": Fraction(2), "double": Fraction(2), "half": Fraction(1, 2), "one and a half times": Fraction(3, 2)},
}
_TIMES = {"da": "gange", "en": "times"}
_BOUND = {
    "da": re.compile(r"(?:over|mere\s+end|mindst)\s+$", re.IGNORECASE),
    "en": re.compile(r"(?:over|more\s+than|at\s+least)\s+$", re.IGNORECASE),
}


class Ratio(msgspec.Struct, frozen=True):
    """A ratio at `[start, end)` of the text that the two quantities of its sentence do not have."""

    start: int
    end: int
    words: str
    times: Fraction
    first: Quantity
    second: Quantity


def wrong_ratios(text: str, language: str) -> tuple[Ratio, ...]:
    """The ratios whose sentence says exactly two quantities of one kind that are not in that ratio, either way round.

    Within a tenth counts as right ("dobbelt så mange" of 13 against 6); "mere end" takes any greater ratio.
    """
    found = quantities(text, language)
    made: list[Ratio] = []
    for start, end in sentences(text):
        for at, to, times in _said(text, start, end, language):
            pair = _two([q for q in found if start <= q.start < end and not at <= q.start < to])
            if pair and not _holds(times, *pair, is_bound=_BOUND[language].search(text[start:at]) is not None):
                made.append(Ratio(at, to, text[at:to], times, *pair))
    return tuple(made)


def _said(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int, Fraction]]:
    """Where a sentence says a ratio, and which."""
    for words, times in _FIXED[language].items():
        for found in re.finditer(rf"(?<!\w){words}{_AS[language]}(?!\w)", text[start:end], re.IGNORECASE):
            yield start + found.start(), start + found.end(), times
    number = rf"(?<!\w)({number_pattern(language)})\s+{_TIMES[language]}{_AS[language]}(?!\w)"
    for found in re.finditer(number, text[start:end], re.IGNORECASE):
        n = whole_number_of(found[1], language)
        if n:
            yield start + found.start(), start + found.end(), Fraction(n)


def _two(found: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two quantities that a ratio can be of; None where the sentence says fewer, more, or of several kinds."""
    said = [quantity for quantity in found if _value(quantity) is not None]
    return (said[0], said[1]) if len(said) == 2 and said[0].kind == said[1].kind else None


def _value(quantity: Quantity) -> Fraction | None:
    if quantity.bound or quantity.share_to is not None:
        return None
    if quantity.kind == "count" and quantity.k:
        return Fraction(quantity.k)
    if quantity.kind == "fraction" and quantity.k and quantity.n:
        return Fraction(quantity.k, quantity.n)
    return quantity.share if quantity.kind == "percent" and quantity.share else None


def _holds(times: Fraction, first: Quantity, second: Quantity, is_bound: bool) -> bool:
    a, b = _value(first), _value(second)
    assert a is not None and b is not None
    if is_bound:
        return max(a, b) / min(a, b) >= max(times, 1 / times)
    return is_times(times, a, b) or is_times(times, b, a)
