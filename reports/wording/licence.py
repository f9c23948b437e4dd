"""Which wording a tally allows (METHODS, "Quantifier licence").

| wording                               | allowed where, with k of n cases                                        |
|---------------------------------------|-------------------------------------------------------------------------|
| alle, samtlige, begge / all, both     | k = n                                                                   |
| alle på nær to / all but two          | k = n − 2; without a number k < n                                       |
| ikke alle / not all                   | k < n                                                                   |
| ingen / none                          | every case explicitly contradicts; else "ingen har nævnt"               |
| ingen har nævnt / none has mentioned  | k = 0                                                                   |
| langt de fleste, næsten alle / nearly all | k ≥ 4/5 n, n ≥ 5                                                    |
| de fleste / most                      | k ≥ 2/3 n, n ≥ 5                                                        |
| et flertal / a majority               | k > 1/2 n                                                               |
| et mindretal / a minority             | 0 < k < 1/2 n                                                           |
| halvdelen / half; a third …           | k = that part of n; above 10 cases within 2.5 points                    |
| flere, nogle, mange, eksempler på / several, some, many | k ≥ 2                                                 |
| et par / a couple                     | k = 2                                                                   |
| en enkelt, eksempel på / a single     | k = 1                                                                   |
| få / few                              | 0 < k ≤ 1/2 n                                                           |
| k ud af n / k of n                    | the same k and n; "ni ud af ti" of another n within 2.5 points          |
| to-tre, mellem to og tre              | k between them                                                          |
| a percentage                          | n > 10, and a whole number of cases gives it                            |
| mindst, over, højst, under            | k at least, more than, at most, less than what is said                  |
| cirka; knap, næsten; godt             | within ten points; below and within ten points; above likewise          |
| dobbelt så mange, hverken … eller     | not judged: they are not about one group's count                        |

A wording that is denied (»ikke mange«) is allowed where the wording itself is not.
"""

from __future__ import annotations

from fractions import Fraction

from reports.wording.arithmetic import reachable
from reports.wording.licence_words import REASONS
from reports.wording.quantities import Quantity
from reports.wording.tally import Tally

_NEAR = Fraction(25, 1000)
_ABOUT = Fraction(1, 10)
FEWEST_FOR_MOST = 5
"""From so many cases on `de fleste` and `langt de fleste` can be said."""
_UNJUDGED = ("ratio", "neither")
_DENIES_ITSELF = ("none", "none_mentioned", "not_all")


def unlicensed(said: Quantity, tally: Tally, language: str = "en") -> str:
    """Why the tally does not allow the wording, in a sentence; empty where it does, or where nothing is known of it.

    `language` is that of the reason, not of the wording.
    """
    why = REASONS["da" if language == "da" else "en"]
    if said.kind in _UNJUDGED:
        return ""
    if tally.n == 0:
        return why.no_cases
    reason = _why(said, tally)
    if said.negated and said.kind not in _DENIES_ITSELF:
        reason = "" if reason else "denied"
    frame: str = getattr(why, reason) if reason else ""
    return frame.format(k=tally.supports, n=tally.n, c=tally.contradicts, fewest=FEWEST_FOR_MOST)


def _why(said: Quantity, tally: Tally) -> str:
    """The name of the reason (`Reasons`), empty where the wording is allowed."""
    k, n = tally.supports, tally.n
    if said.kind == "fraction":
        return _fraction(said, k, n)
    if said.kind == "none":
        return _none(said, tally)
    if said.n not in (None, n):
        return "other_cases"
    match said.kind:
        case "base":
            return ""
        case "percent":
            return _percent(said, k, n)
        case "part" | "half":
            return _unless(said.share is not None and _is_part(said, said.share, k, n))
        case "count":
            return _unless(_is_count(said, k) or (said.k == n and said.to is None))
        case "most" | "large_majority" if n < FEWEST_FOR_MOST:
            return "few_cases"
        case _:
            return _unless(_is_word(said, k, n))


def _unless(allowed: bool) -> str:
    return "" if allowed else "support"


def _is_word(said: Quantity, k: int, n: int) -> bool:
    """Whether a quantifier without numbers holds."""
    match said.kind:
        case "all":
            return k == n
        case "all_but":
            return k == n - said.but if said.but is not None else k < n
        case "not_all":
            return k < n
        case "none_mentioned":
            return k == 0
        case "large_majority":
            return 5 * k >= 4 * n
        case "most":
            return 3 * k >= 2 * n
        case "majority":
            return 2 * k > n
        case "minority":
            return 0 < 2 * k < n
        case "few":
            return 0 < 2 * k <= n
        case "couple":
            return k == 2
        case "one" | "example":
            return k == 1
        case "some":
            return k >= 2 or (k == 1 and said.words.lower().startswith(("nogen", "certain")))
        case _:
            return k >= 2


def _is_count(said: Quantity, k: int) -> bool:
    if said.k is None:
        return False
    if said.to is not None:
        return said.k <= k <= said.to
    match said.bound:
        case "at_least":
            return k >= said.k
        case "at_most":
            return k <= said.k
        case "more_than" | "just_above":
            return k > said.k
        case "less_than" | "just_below":
            return k < said.k
        case "about":
            return abs(k - said.k) <= _ABOUT * said.k
        case _:
            return k == said.k


def _fraction(said: Quantity, k: int, n: int) -> str:
    share = Fraction(said.k or 0, said.n or 1)
    if said.n not in (n, 10):
        return "other_cases"
    if said.bound:
        return _unless(_is_bound(said, share, Fraction(k, n)))
    if said.n == n:
        return _unless(said.k == k)
    return _unless(abs(share - Fraction(k, n)) <= _NEAR)


def _none(said: Quantity, tally: Tally) -> str:
    if tally.supports:
        return "support"
    if said.n not in (None, tally.n):
        return "other_cases"
    if tally.is_none:
        return ""
    return "silent" if tally.contradicts else "silent_all"


def _percent(said: Quantity, k: int, n: int) -> str:
    if n <= 10:
        return "percent_of_few"
    assert said.share is not None
    here = Fraction(k, n)
    if said.share_to is not None:
        return _unless(said.share <= here <= said.share_to)
    if said.bound:
        return _unless(_is_bound(said, said.share, here))
    numerators = reachable(said.share, n, said.decimals)
    return _unless(k in numerators) if numerators else "impossible"


def _is_part(said: Quantity, share: Fraction, k: int, n: int) -> bool:
    here = Fraction(k, n)
    if said.bound:
        return _is_bound(said, share, here)
    return here == share or (n > 10 and abs(here - share) <= _NEAR)


def _is_bound(said: Quantity, share: Fraction, here: Fraction) -> bool:
    match said.bound:
        case "at_least":
            return here >= share
        case "at_most":
            return here <= share
        case "more_than":
            return here > share
        case "less_than":
            return here < share
        case "just_below":
            return share - _ABOUT <= here < share
        case "just_above":
            return share < here <= share + _ABOUT
        case _:
            return abs(here - share) <= _ABOUT
