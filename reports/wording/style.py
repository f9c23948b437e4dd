"""Sentences and numbers on the page: where one begins, and whether its numbers are words or digits.

METHODS, "Quantifier licence": zero to ten in words, from eleven in digits; both in one sentence, and all are digits.
Years, dates, ordinals and the numbers of chapters, laws and tables are digits everywhere and do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reports.wording.numbers import DIGITS, WORDS_UP_TO, number_of
from reports.wording.quantities import quantities, words_of

_ABBREVIATIONS = (
    r"f\.\s?eks|bl\.\s?a|ca|kl|nr|jf|dvs|stk|kap|hhv|evt|inkl|ekskl|mht|pga|iht|ift|vedr|pr|afs|ad|fhv|d|s|"
    r"e\.\s?g|i\.\s?e|cf|vs|approx|p|pp|fig|sec|mr|mrs|ms|dr"
)
"""What has a full stop and goes on."""
_STARTS = re.compile(r"(?:^|\n\s*\n|\n(?=[ \t]*[-*•])|[.!?…]['\"»«”’)]*\s)\s*(?:[-*•–]\s+|\d+[.)]\s+)?['\"»«“‘(]*$")
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{_ABBREVIATIONS})\.\s+$", re.IGNORECASE)
_END = re.compile(r"[.!?…]['\"»«”’)]*(?=\s+['\"»«“‘(]*[A-ZÆØÅ{\d])|\n\s*\n")
_NOT_COUNTED = re.compile(r"(?:1[89]|20)\d\d")


def is_sentence_start(before: str) -> bool:
    """Whether what follows these words begins a sentence: nothing stands before it, or a full stop that ends one."""
    return _STARTS.search(before) is not None and _ABBREVIATED.search(before) is None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as `(start, end)`; a full stop behind an abbreviation ends none."""
    start = 0
    for found in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, found.start() - 12) : found.end()] + " "):
            yield start, found.end()
            start = found.end()
    if text[start:].strip():
        yield start, len(text)


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/§-])(?:{DIGITS})(?![\w/-]|\.\s*[a-zæøå])")


def numbers_in_digits(sentence: str, language: str) -> Iterator[str]:
    """The numbers in digits that count something: no years, dates, ordinals, and no numbers of chapters or laws."""
    label = re.compile(rf"(?<!\w){words_of(language).not_after}", re.IGNORECASE)
    for found in _digits().finditer(sentence):
        before = sentence[max(0, found.start() - 24) : found.start()]
        if not _NOT_COUNTED.fullmatch(found[0]) and not label.search(before):
            yield found[0]


def needs_digits(sentence: str, language: str) -> bool:
    """Whether a number in a sentence is above ten, so that all of them are written in digits."""
    numbers = (number_of(said, language) for said in numbers_in_digits(sentence, language))
    return any(number is not None and number > WORDS_UP_TO for number in numbers)


def mixed_numbers(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """For every sentence with both: a quantity in words and a number in digits (`tre kommuner … 14 sager`)."""
    return tuple(pair for start, end in sentences(text) if (pair := _mixed(text[start:end], language)) is not None)


def _mixed(sentence: str, language: str) -> tuple[str, str] | None:
    digits = next(numbers_in_digits(sentence, language), None)
    in_words = next(
        (
            q.words
            for q in quantities(sentence, language)
            if q.kind in ("count", "fraction") and not re.search(r"\d", q.words)
        ),
        None,
    )
    return (in_words, digits) if in_words and digits else None
