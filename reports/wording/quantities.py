"""What a text says of how many: fractions, quantifiers and percentages found in prose, with the noun they are of.

Years, paragraphs of a law, chapters, dates, times, sums of money and ages are numbers and no quantities; what kind of
thing a quantity counts is told by its noun, and the reader of the answer decides whether that concerns it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

import msgspec

from reports.wording.nouns import Noun
from reports.wording.numbers import number_of, number_pattern, whole_number_of
from reports.wording.quantity_words import DANISH, ENGLISH, NO_NOUN, NOUN, UNITS, Kind


class Quantity(msgspec.Struct, frozen=True):
    """One statement of how many, at `[start, end)` of the text.

    `k` of `n` where they are said; `share` where one is said without them (a half, 67,7 percent: 0.677), `decimals` how
    many places a percentage is given with; `noun` the word for what is counted, in small letters, empty where none
    follows. `negated`: `ikke mange`, `not several`.
    """

    start: int
    end: int
    kind: Kind
    words: str
    k: int | None = None
    n: int | None = None
    share: Fraction | None = None
    decimals: int = 0
    noun: str = ""
    negated: bool = False

    def is_of(self, noun: Noun) -> bool:
        """Whether it counts cases: its noun is that of the cases, or it has none."""
        return not self.noun or self.noun in noun.forms()


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a text in its order; where two overlap, the longer one."""
    found = sorted(_all(text, language), key=lambda q: (q.start, -q.end, _ORDER.index(q.kind)))
    kept: list[Quantity] = []
    for quantity in found:
        if kept and quantity.start < kept[-1].end:
            if quantity.end - quantity.start > kept[-1].end - kept[-1].start:
                kept[-1] = quantity
            continue
        kept.append(quantity)
    return tuple(kept)


_ORDER: tuple[Kind, ...] = (
    "fraction", "none_mentioned", "not_all", "large_majority", "majority", "most", "part", "half", "percent",
    "examples", "example", "none", "all", "couple", "one", "some", "several", "many", "few", "count",
)  # fmt: skip


@cache
def _patterns(language: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    number = number_pattern(language)
    loose = number_pattern(language, with_articles=True)
    table = DANISH if language == "da" else ENGLISH
    noun = NOUN[language]
    made: list[tuple[Kind, re.Pattern[str]]] = []
    for kind, pattern in table:
        filled = pattern.replace("<K>", f"(?P<k>{loose})").replace("<N>", f"(?P<n>{number})").replace("<NOUN>", noun)
        made.append((kind, re.compile(rf"(?<![\w§.,/-]){filled}(?!\w)", re.IGNORECASE)))
    return tuple(made)


_PARTS = {"tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "tiende": 10, "third": 3, "quarter": 4, "fourth": 4,
          "fifth": 5, "sixth": 6, "tenth": 10}  # fmt: skip
_TOPS = {"en": 1, "a": 1, "one": 1, "to": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4}
_NO_QUANTITY = re.compile(
    r"(?:§+|kapitel|afsnit|bilag|tabel|figur|side|s\.|nr\.|kl\.|år(?:et)?|stk\.|chapter|section|appendix|table|figure|"
    r"page|p\.|no\.|paragraph|year|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"january|february|march|may|june|july|october|december|match|type|gruppe|group)\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NOT = {"da": re.compile(r"\b(?:ikke|næppe|aldrig)\s+$", re.I), "en": re.compile(r"\b(?:not|hardly|never)\s+$", re.I)}


def _all(text: str, language: str) -> Iterator[Quantity]:
    tongue = "da" if language == "da" else "en"
    for kind, pattern in _patterns(tongue):
        for found in pattern.finditer(text):
            quantity = _quantity(kind, found, text, tongue)
            if quantity is not None:
                yield quantity


def _quantity(kind: Kind, found: re.Match[str], text: str, language: str) -> Quantity | None:
    parts = found.groupdict()
    noun, end = _noun(parts.get("noun"), found, language)
    k, n = (whole_number_of(parts[name], language) if parts.get(name) else None for name in ("k", "n"))
    before = text[max(0, found.start() - 24) : found.start()]
    negated = _NOT[language].search(before) is not None
    words = text[found.start() : end]
    made = Quantity(found.start(), end, kind, words, k, n, noun=noun, negated=negated)
    if kind == "fraction":
        is_whole = k is not None and n is not None and 0 <= k <= n and n > 0
        return made if is_whole and noun not in UNITS and not _NO_QUANTITY.search(before) else None
    if kind == "percent":
        return _percent(made, parts["k"], language)
    if kind == "part":
        top = _TOPS.get((parts.get("top") or "a").lower(), 1)
        part = next((n for name, n in _PARTS.items() if parts["part"].lower().startswith(name)), 0)
        return msgspec.structs.replace(made, share=Fraction(top, part)) if part and top < part else None
    if kind == "half":
        return msgspec.structs.replace(made, share=Fraction(1, 2))
    if kind == "all" and re.match(r"begge|both", words, re.IGNORECASE):
        return msgspec.structs.replace(made, n=2)
    if kind == "count":
        return _count(made, parts["n"], before)
    if kind == "one":
        return msgspec.structs.replace(made, k=1)
    return made


def _noun(said: str | None, found: re.Match[str], language: str) -> tuple[str, int]:
    """The noun, and where the quantity ends: a verb or a small word behind it is none and stays outside."""
    if not said:
        return "", found.end()
    noun = said.lower()
    if noun not in NO_NOUN[language]:
        return noun, found.end()
    end = found.start("noun")
    if found.end("noun") != found.end():
        return "", found.end()
    inside = found[0][: end - found.start()].rstrip()
    return "", found.start() + len(re.sub(r"\s+(?:af|of|de|det|den|the)$", "", inside))


def _percent(made: Quantity, said: str, language: str) -> Quantity | None:
    number = number_of(said, language)
    if number is None or "point" in made.words.lower():
        return None
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return msgspec.structs.replace(made, share=Fraction(number) / 100, decimals=decimals, k=None)


def _count(made: Quantity, said: str, before: str) -> Quantity | None:
    """A number of things: with a noun that is no unit, and not a year, a date, or the number of a chapter."""
    if made.n is None or not made.noun or made.noun in UNITS or _YEAR.fullmatch(said) or _NO_QUANTITY.search(before):
        return None
    return msgspec.structs.replace(made, k=made.n, n=None)


def reachable(share: Fraction, n: int, decimals: int) -> tuple[int, ...]:
    """The whole numerators of `n` that round to a percentage given with so many decimals (GRIM; Brown & Heathers 2017).

    `share` is between 0 and 1; rounding up and to even both count. Empty where no whole number gives it.
    """
    half = Fraction(1, 2 * 100 * 10**decimals)
    low, high = (share - half) * n, (share + half) * n
    first = -(-low.numerator // low.denominator)
    return tuple(k for k in range(max(0, first), min(n, high.numerator // high.denominator) + 1))


def as_decimal(share: Fraction) -> Decimal:
    """A share as a percentage."""
    return Decimal(share.numerator * 100) / Decimal(share.denominator)
