"""The numbers of a text against those of the words it rests on: `65 sager hver` where they say 55."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from reports.wording.nouns import Noun
from reports.wording.numbers import number_of, number_pattern
from reports.wording.quantities import Bound, quantities, words_of

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BRACES = re.compile(r"\{[^{}]*\}")
_CITED = re.compile(r"(?<=[«”\"’›])[ \u00a0]?\([^()]*\)")
"""What stands in brackets right behind a quotation: its citation, `(Aaby, leder, afsnit 3)`."""
_LISTED = re.compile(r"(?:^|[.;:!?,]\s)\s*\(?$")
"""What stands before the number of an item: `1) … 2) …`."""
_SCALES = {
    "da": {"tusind": 3, "tusinde": 3, "mio": 6, "million": 6, "millioner": 6, "mia": 9, "milliard": 9, "milliarder": 9},
    "en": {"thousand": 3, "m": 6, "million": 6, "millions": 6, "bn": 9, "billion": 9},
}
_WORDS_FROM = 11
"""Smaller numbers in words are mostly counts of what the writer himself lists."""
_BEFORE = 24


class Figure(msgspec.Struct, frozen=True):
    """A number of a text as it is written, at `start`; `bound`: a word before it makes it a least or a most."""

    start: int
    words: str
    value: Decimal
    bound: Bound = ""


def without_support(text: str, words: Sequence[str], noun: Noun, language: str) -> Iterator[Figure]:
    """The numbers of a text that none of the words it rests on has, in digits or words.

    Numbers up to ten in words are left alone: they are mostly counts of what the writer himself lists. So are years,
    which a writer takes from the question, the numbers of paragraphs, citations and list items, and what is said of how
    many cases, which the states measure. "Over 50" holds where the words have a greater number, "4 mio." where they
    have 4.000.000.
    """
    there = {value for said in words for value in _values(said, language)}
    plain = _blanked(_CITED, _blanked(_BRACES, text))
    of_cases = [(q.start, q.end) for q in quantities(plain, language) if q.kind != "count" and q.is_of(noun)]
    for figure in figures(plain, language):
        is_of_cases = any(start <= figure.start < end for start, end in of_cases)
        if not is_of_cases and not any(_agrees(figure, value) for value in there):
            yield figure


def figures(text: str, language: str) -> Iterator[Figure]:
    """The numbers that have to follow: in digits, or in words from eleven on or of a scale (`seks millioner`)."""
    known = words_of(language)
    label = re.compile(rf"(?<!\w){known.not_after}", re.IGNORECASE)
    for found in re.finditer(rf"(?<![\w.,]){number_pattern(language)}(?!\w|[.,]\d)", text, re.IGNORECASE):
        value, before = number_of(found[0], language), text[max(0, found.start() - _BEFORE) : found.start()]
        if value is None or label.search(before) or _YEAR.fullmatch(found[0]):
            continue
        in_digits, scale = found[0][0].isdigit(), _scale(text, found.end(), language)
        is_item = in_digits and text[found.end() : found.end() + 1] in (")", ".") and _LISTED.search(before)
        if not is_item and (in_digits or scale or value >= _WORDS_FROM):
            bounds = known.bounds.items()
            bound = next((b for b, said in bounds if re.search(rf"(?<!\w)(?:{said}) $", before, re.IGNORECASE)), "")
            yield Figure(found.start(), found[0], value.scaleb(scale), bound)  # type: ignore[arg-type]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with what the pattern finds as spaces, so that places stay."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _values(text: str, language: str) -> Iterator[Decimal]:
    """Every number of a text, in digits or words; one of millions also as its zeros say it."""
    for found in re.finditer(rf"(?<!\w){number_pattern(language, with_articles=True)}(?!\w)", text, re.IGNORECASE):
        value = number_of(found[0], language)
        if value is not None:
            yield value
            yield value.scaleb(_scale(text, found.end(), language))


def _scale(text: str, end: int, language: str) -> int:
    """The power of ten that the word behind a number stands for: `4 mio.` has six zeros."""
    word = re.match(r"[ \u00a0](\w+)", text[end : end + 16])
    return _SCALES["da" if language == "da" else "en"].get(word[1].lower(), 0) if word else 0


def _agrees(said: Figure, there: Decimal) -> bool:
    """Whether a number of the evidence is what is said; "over 50" is said of 55, and not of any greater number."""
    match said.bound:
        case "at_least" | "more_than" | "just_above":
            return said.value <= there <= 2 * said.value
        case "at_most" | "less_than" | "just_below":
            return said.value / 2 <= there <= said.value
        case "about":
            return abs(there - said.value) <= abs(said.value) / 10
        case _:
            return there == said.value
