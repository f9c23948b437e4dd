"""Numbers of one sentence that do not follow from each other (METHODS, "Numbers in prose").

»79 ud af 130 (62 procent)«: the percentage is not that of the parts. »93 procent (n = 79)« and »93 procent af de 79
sager«: no whole number gives it. »Halvdelen, altså fire af ni«: four of nine is no half. Only what the sentence itself
puts side by side is compared: in brackets, or with *svarende til*, *altså*, *dvs.*, *that is*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import msgspec

from reports.wording.arithmetic import percentage, reachable
from reports.wording.quantities import Quantity, quantities
from reports.wording.style import sentences

_BESIDE = re.compile(
    r"(?:\s+[^\W\d_]\w*){0,3}\s*(?:\(|[–-]\s|,?\s*(?:svarende\s+til|hvilket\s+svarer\s+til|altså|dvs\.?|det\s+vil\s+sige|"
    r"nemlig|that\s+is|i\.e\.|or|corresponding\s+to|which\s+is)\s)\s*(?:svarende\s+til\s+|i\.e\.\s+|dvs\.?\s+)?",
    re.IGNORECASE,
)
_CLOSE_ENOUGH = Fraction(25, 1000)


class Unfollowed(msgspec.Struct, frozen=True):
    """A share that does not follow from the numbers said beside it.

    `numerators`: the counts that would give the share, none where no whole number does; `right`: the percentage of the
    parts that are said, None where only their sum is.
    """

    share: Quantity
    parts: Quantity
    numerators: tuple[int, ...]
    right: Fraction | None


def unfollowed(text: str, language: str) -> tuple[Unfollowed, ...]:
    """Every share of a text that its own sentence contradicts, in the order of the text; positions are the text's."""
    found = quantities(text, language)
    made: list[Unfollowed] = []
    for start, end in sentences(text):
        here = [q for q in found if start <= q.start < end]
        made += [fault for pair in _pairs(here, text) if (fault := _fault(*pair)) is not None]
    return tuple(made)


def _pairs(found: list[Quantity], text: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Shares and the parts that stand beside them: `(share, parts)`; a share that says its own n is its own parts."""
    for quantity in found:
        if quantity.kind == "percent" and quantity.n:
            yield quantity, quantity
    for first, second in pairwise(found):
        if not _BESIDE.fullmatch(text[first.end : second.start]):
            continue
        share, parts = (first, second) if second.kind in ("fraction", "base") else (second, first)
        if share.kind in ("percent", "part", "half") and parts.kind in ("fraction", "base"):
            yield share, parts


def _fault(share: Quantity, parts: Quantity) -> Unfollowed | None:
    n = parts.n
    if share.share is None or not n or share.share_to is not None or share.bound or parts.bound:
        return None
    k = parts.k if parts.kind == "fraction" else None
    right = None if k is None else percentage(k, n)
    if share.kind == "percent":
        numerators = reachable(share.share, n, share.decimals)
        return (
            None if (k in numerators if k is not None else numerators) else Unfollowed(share, parts, numerators, right)
        )
    if k is None or abs(Fraction(k, n) - share.share) <= (_CLOSE_ENOUGH if n > 10 else 0):
        return None
    whole = share.share * n
    return Unfollowed(share, parts, (int(whole),) if whole.denominator == 1 else (), right)
