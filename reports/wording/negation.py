"""What a text denies: negating words and how far they reach.

A negation reaches to the end of its clause: the next full stop, semicolon, or a comma or conjunction that opens a new
clause (`men`, `fordi`, `som`; but, because, which). Two in one clause undo each other (`ikke uden problemer`).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec


class Negation(msgspec.Struct, frozen=True):
    """A negating word at `[start, end)`; it reaches from `start` to `reach`."""

    start: int
    end: int
    reach: int
    words: str


_WORDS = {
    "da": r"ingen|intet|ikke|hverken|aldrig|uden|næppe|ej|ingenting|ingensteder",
    "en": r"no|none|not|nor|neither|never|without|hardly|nobody|nothing|nowhere|\w+n['’]t|cannot",
}
_NEW_CLAUSE = {
    "da": r"men|dog|fordi|da|hvis|når|som|der|hvor|så|mens|selvom|selv\s+om|og\s+(?:det|de|den|der|vi|han|hun)",
    "en": (
        r"but|however|because|since|if|when|which|who|that|where|so|while|although|though|"
        r"and\s+(?:it|they|the|there|we|he|she)"
    ),
}


@cache
def _word(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_WORDS[language]})(?!\w)", re.IGNORECASE)


@cache
def _clause_end(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"[.;:!?](?=\s|$)|\n|,\s+(?=(?:{_NEW_CLAUSE[language]})\b)|\s(?=(?:{_NEW_CLAUSE[language]})\s)", re.I
    )


def negations(text: str, language: str) -> tuple[Negation, ...]:
    """The negating words of a text in its order, each with how far it reaches."""
    tongue = "da" if language == "da" else "en"
    found = []
    for word in _word(tongue).finditer(text):
        if _is_no_negation(text, word):
            continue
        end = _clause_end(tongue).search(text, word.end())
        found.append(Negation(*word.span(), end.start() if end else len(text), word[0]))
    return tuple(found)


def _is_no_negation(text: str, word: re.Match[str]) -> bool:
    """`ikke kun`, `ikke mindst`, `not only`, `no. 3`: words that deny nothing."""
    after = text[word.end() : word.end() + 12].lower()
    return bool(re.match(r"\s+(?:kun|mindst|alene|bare|only|least|just)\b", after)) or (
        word[0].lower() == "no" and after.startswith(".")
    )


def is_negated(text: str, position: int, language: str) -> bool:
    """Whether what stands at `position` is denied: an odd number of negations reach it."""
    return sum(n.start <= position < n.reach for n in negations(text, language)) % 2 == 1
