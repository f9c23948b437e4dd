"""Which wording a tally allows (METHODS, "Quantifier licence").

| wording                              | allowed where, with k of n cases                                         |
|--------------------------------------|--------------------------------------------------------------------------|
| alle, samtlige, begge / all, both    | k = n                                                                    |
| ingen / none                         | every case explicitly contradicts; else "ingen har nævnt"                |
| langt de fleste / the great majority | k ≥ 4/5 n, n ≥ 5                                                         |
| de fleste / most                     | k ≥ 2/3 n, n ≥ 5                                                         |
| et flertal / a majority              | k > 1/2 n                                                                |
| halvdelen / half; a third …          | k = that part of n; above 10 cases within 2.5 points                     |
| flere, nogle, eksempler på / several | k ≥ 2                                                                    |
| et par / a couple                    | k = 2                                                                    |
| en enkelt, eksempel på / a single    | k = 1                                                                    |
| k ud af n / k of n                   | the same k and n; "ni ud af ti" of another n within 2.5 points           |
| a percentage                         | n > 10, and a whole number of cases gives it                             |
| mange, få / many, few                | not judged: METHODS has no number for them                               |
"""

from __future__ import annotations

from fractions import Fraction

from reports.wording.quantities import Quantity, reachable
from reports.wording.tally import Tally

_NEAR = Fraction(25, 1000)
_FEWEST_FOR_MOST = 5


def unlicensed(said: Quantity, tally: Tally) -> str:
    """Why the tally does not allow the wording, in a sentence; empty where it does, or where nothing is known of it."""
    k, n = tally.supports, tally.n
    so = f"{k} of {n} support it"
    if n == 0:
        return "there is no case that it is about"
    why = _why(said, tally, so)
    if said.negated and said.kind not in ("none", "none_mentioned", "fraction", "count", "percent"):
        return "" if why else f"it is denied, and {so}"
    return why


def _why(said: Quantity, tally: Tally, so: str) -> str:
    k, n = tally.supports, tally.n
    kind = said.kind
    if kind == "fraction":
        return _fraction(said, tally, so)
    if kind == "percent":
        return _percent(said, tally, so)
    if kind in ("part", "half"):
        return "" if said.share is not None and _is_part(said.share, k, n) else so
    if kind == "all":
        if said.n not in (None, n):
            return f"it is about {n} cases"
        return "" if k == n else so
    if kind == "none":
        return _none(said, tally)
    if kind == "none_mentioned":
        return "" if k == 0 else so
    if kind == "not_all":
        return "" if k < n else so
    if kind == "count":
        return "" if said.k == k or said.k == n else so
    least = {
        "large_majority": 5 * k >= 4 * n and n >= _FEWEST_FOR_MOST,
        "most": 3 * k >= 2 * n and n >= _FEWEST_FOR_MOST,
        "majority": 2 * k > n,
        "several": k >= 2,
        "some": k >= 2 or (k == 1 and said.words.lower().startswith(("nogen", "certain"))),
        "couple": k == 2,
        "one": k == 1,
        "examples": k >= 2,
        "example": k == 1,
    }
    if least.get(kind, True):
        return ""
    few = f", and there are fewer than {_FEWEST_FOR_MOST} cases" if kind in ("most", "large_majority") and n < 5 else ""
    return so + few


def _fraction(said: Quantity, tally: Tally, so: str) -> str:
    k, n = tally.supports, tally.n
    if said.n == n:
        return "" if said.k == k else so
    if said.n == 10 and said.k is not None:
        return "" if abs(Fraction(said.k, 10) - Fraction(k, n)) <= _NEAR else so
    return f"it is about {n} cases, and {so}"


def _none(said: Quantity, tally: Tally) -> str:
    if tally.supports:
        return f"{tally.supports} of {tally.n} support it"
    if said.n not in (None, tally.n):
        return f"it is about {tally.n} cases"
    if tally.is_none:
        return ""
    return f"only {tally.contradicts} of {tally.n} contradict it: the others are silent, and silent is not none"


def _percent(said: Quantity, tally: Tally, so: str) -> str:
    k, n = tally.supports, tally.n
    if n <= 10:
        return f"a percentage of {n} cases: for up to ten write a fraction ({so})"
    assert said.share is not None
    numerators = reachable(said.share, n, said.decimals)
    if not numerators:
        return f"no whole number of {n} cases gives it"
    return "" if k in numerators else so


def _is_part(share: Fraction, k: int, n: int) -> bool:
    here = Fraction(k, n)
    return here == share or (n > 10 and abs(here - share) <= _NEAR)
