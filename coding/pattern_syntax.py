"""What a pattern of the codebook says.

A pattern is one of

- a sequence of lemmas: `virksomhedspraktik`, `psykisk lidelse`. Each matches its word in every inflection,
  next to each other, with no punctuation between. `*` stands for any letters inside a word: `lægekonsulent*`,
  `*revalidering*`, `syge*sag`.
- `"exact words"`: these very words, as they are written.
- `/regular expression/`: in the syntax of Python's re, tried on each sentence. `^` and `$` are the sentence's
  ends, and a line break in it counts as a space.

None of them regards capitals, and none reaches beyond a sentence.
"""

from __future__ import annotations

import unicodedata
from re import Pattern as Regex
from typing import Literal

import msgspec

from coding.regex_cost import compiled_regex, needles

_QUOTES = '"“”„'
_NOT_IN_WORDS = frozenset(",;:!?()[]{}…»«" + _QUOTES)
_SIGNS = frozenset("§%&")
_MOST_STARS = 3


class Pattern(msgspec.Struct, frozen=True):
    """A pattern as parsed. `words` are in small letters: lemmas (with `*`), the exact words, or none."""

    text: str
    kind: Literal["lemmas", "exact", "regex"]
    words: tuple[str, ...] = ()
    regex: Regex[str] | None = None
    needles: tuple[str, ...] = ()


def parse_pattern(text: str) -> Pattern | str:
    """The pattern, or what is wrong with it, as the end of a sentence."""
    text = unicodedata.normalize("NFC", text).strip()
    if text.startswith("/"):
        return _parse_regex(text)
    if text[:1] and text[0] in _QUOTES:
        return _parse_exact(text)
    words = tuple(text.lower().split())
    if not words:
        return "is empty"
    for word in words:
        if why := _why_no_word(word):
            return why
    return Pattern(text, "lemmas", words)


def _parse_regex(text: str) -> Pattern | str:
    if len(text) < 3 or not text.endswith("/"):
        return "begins with / and does not end with /"
    regex = compiled_regex(text[1:-1])
    return regex if isinstance(regex, str) else Pattern(text, "regex", (), regex, needles(text[1:-1]))


def _parse_exact(text: str) -> Pattern | str:
    if len(text) < 2 or text[-1] not in _QUOTES:
        return "begins with a quotation mark and does not end with one"
    words = tuple(text[1:-1].lower().split())
    if not any(letter.isalnum() for word in words for letter in word):
        return "has no word between its quotation marks"
    return Pattern(text, "exact", words)


def _why_no_word(word: str) -> str:
    """Why a word of a pattern could never match a word of a text; empty where it can."""
    if bad := next((letter for letter in word if letter in _NOT_IN_WORDS), ""):
        return f"has '{bad}': a word has no punctuation; give each pattern a place of its own in the list"
    letters = sum(letter.isalnum() for letter in word)
    if "*" in word and letters < 2:
        return f"has '{word}', which would match nearly everything"
    if word.count("*") > _MOST_STARS:
        return f"has more than {_MOST_STARS} * in '{word}'"
    return "" if letters or word in _SIGNS else f"has '{word}', which is no word"
