"""Numbers in prose, both ways: `tre` and 3, `halvfems` and 90, `14.750` and `67,7`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache

_UNITS: dict[str, tuple[str, ...]] = {
    "da": ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
           "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
           "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
}  # fmt: skip
_TENS: dict[str, dict[int, tuple[str, ...]]] = {
    "da": {20: ("tyve",), 30: ("tredive",), 40: ("fyrre", "fyrretyve"), 50: ("halvtreds", "halvtredsindstyve"),
           60: ("tres", "tresindstyve"), 70: ("halvfjerds", "halvfjerdsindstyve"), 80: ("firs", "firsindstyve"),
           90: ("halvfems", "halvfemsindstyve")},
    "en": {20: ("twenty",), 30: ("thirty",), 40: ("forty",), 50: ("fifty",), 60: ("sixty",), 70: ("seventy",),
           80: ("eighty",), 90: ("ninety",)},
}  # fmt: skip
_ONE = {"da": ("én", "ét", "een", "eet", "en", "et"), "en": ("one",)}
_HUNDRED = {"da": ("hundrede", "et hundrede", "hundred"), "en": ("a hundred", "one hundred", "hundred")}
WORDS_UP_TO = 10
"""Greater numbers are written in digits (METHODS: zero to ten in words)."""


def spelled(n: int, language: str, gender: str = "en", beside: int = 0) -> str:
    """`n` as a sentence has it: in words up to ten, and in digits from eleven or where `beside` is in digits.

    One is `én` or `ét` by the gender of its noun's article, so that it cannot be read as the article.
    """
    if n > WORDS_UP_TO or beside > WORDS_UP_TO:
        return grouped(n, language)
    if n == 1 and language == "da":
        return "ét" if gender == "et" else "én"
    return _UNITS[language][n]


def grouped(n: int, language: str) -> str:
    """`n` in digits, grouped from four digits on: 14.750 in Danish, 14,750 in English."""
    return f"{n:,}".replace(",", "." if language == "da" else ",")


@cache
def number_words(language: str) -> dict[str, int]:
    """Every word for a whole number from 0 to 100, in small letters; `en` and `et` are among them."""
    units, tens = _UNITS[language], _TENS[language]
    found = dict(zip(units, range(20), strict=True)) | dict.fromkeys(_ONE[language], 1)
    for ten, names in tens.items():
        for name in names:
            found[name] = ten
            for unit in range(1, 10):
                both = f"{units[unit]}og{name}" if language == "da" else f"{name}-{units[unit]}"
                found[both] = ten + unit
    return found | dict.fromkeys(_HUNDRED[language], 100)


DIGITS = r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
"""A number in digits, whole or with decimals, grouped or not."""


@cache
def number_pattern(language: str, with_articles: bool = False) -> str:
    """A pattern (no groups) for a number in words or digits: `tre`, `to hundrede og halvtreds`, `14.750`.

    `en` and `et` are articles far more often than numbers and are left out unless asked for; `én` and `ét` are in it.
    """
    articles = ("en", "et") if language == "da" else ()
    units = [word for word in (*_UNITS[language], *_ONE[language]) if with_articles or word not in articles]
    one, below = _any_of((*units, *_HUNDRED[language])), _below_hundred_pattern(language)
    hundred, and_ = _GREAT[language]
    great = rf"(?:{below}[\s-]?)?(?:{hundred})(?:\s?{and_}\s?{below}|\s?{below})?(?!\w)"
    return rf"(?:{DIGITS}|{great}|{_tens_pattern(language)}|{one})"


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, set(words)), key=len, reverse=True))})"


def _tens_pattern(language: str) -> str:
    """`tyve`, `femogtyve`, `forty-two`: composed, since a list of all hundred is slow to compile."""
    tens = _any_of(name for names in _TENS[language].values() for name in names)
    digits = _any_of(_UNITS[language][1:10])
    return rf"(?:{digits}og)?{tens}" if language == "da" else rf"{tens}(?:-{digits})?"


def _below_hundred_pattern(language: str) -> str:
    return rf"(?:{_tens_pattern(language)}|{_any_of((*_UNITS[language][1:], *_ONE[language]))})"


_GREAT = {"da": (r"hundrede|tusinde?", "og"), "en": (r"hundred|thousand", "and")}
"""What is counted in hundreds and thousands, and the word between them and the rest."""


@cache
def _below_hundred(language: str) -> dict[str, int]:
    return {word: number for word, number in number_words(language).items() if 0 < number < 100}


@cache
def _great(language: str) -> re.Pattern[str]:
    hundred, and_ = _GREAT[language]
    return re.compile(rf"(?P<times>\S*?)[\s-]?(?P<unit>{hundred})(?:\s?{and_})?\s?(?P<rest>\S*)")


def _number_of_words(small: str, language: str) -> int | None:
    """The number in words: those of the table, and `to hundrede og halvtreds`, `one hundred and thirty`."""
    if small in number_words(language):
        return number_words(language)[small]
    found, words = _great(language).fullmatch(small), _below_hundred(language) | {"": 0, "a": 1}
    if found is None or found["times"] not in words or found["rest"] not in words:
        return None
    unit = 100 if found["unit"].startswith("hund") else 1000
    return max(1, words[found["times"]]) * unit + words[found["rest"]]


def number_of(said: str, language: str) -> Decimal | None:
    """The number that a word or digits stand for; None where it is none.

    The language tells `.` and `,` apart: `14.750` is fourteen thousand in Danish and fourteen and three quarters
    in English, `1.5` and `1,5` are one and a half in both, since no thousand has one digit.
    """
    small = " ".join(said.lower().split())
    in_words = _number_of_words(small, language)
    if in_words is not None:
        return Decimal(in_words)
    thousands, point = (".", ",") if language == "da" else (",", ".")
    plain = re.sub(r"(?<=\d)[\u00a0 ](?=\d{3})", "", small)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(point)}\d+)?", plain):
        plain = plain.replace(thousands, "")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def whole_number_of(said: str, language: str) -> int | None:
    """The same where it is whole; None otherwise."""
    number = number_of(said, language)
    return int(number) if number is not None and number == number.to_integral_value() else None
