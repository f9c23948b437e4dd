"""What a text denies: negating words and how far they reach.

A negation reaches to the end of its clause: the next full stop, semicolon or bracket, or a comma or conjunction that
opens a new clause (`men`, `fordi`, `som`; but, because, which). `at` and *that* open none: what is not said to be so is
denied too (»de mener ikke, at der er ventetid«). `uden` and *without* reach to the next comma. Two in one clause undo
each other (`ikke uden problemer`, `mangler ikke folk`). Words with a prefix (ustabil, unstable, usikker) are words of
their own and no negations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Literal

import msgspec


class Negation(msgspec.Struct, frozen=True):
    """A negating word at `[start, end)`; it reaches from `start` to `reach`.

    `kind`: `not` denies a clause (ikke, aldrig), `none` a thing (ingen, hverken), `without` what follows (uden), and
    `lack` says that something is missing (mangler, savner).
    """

    start: int
    end: int
    reach: int
    words: str
    kind: Literal["not", "none", "without", "lack"] = "not"


_WORDS = {
    "da": (
        ("not", r"ikke|aldrig|næppe|ej|ingensinde|langtfra"),
        ("none", r"ingen|intet|hverken|ingenting|ingensteder"),
        ("without", r"uden"),
        ("lack", r"mangl(?:er|ede|et|ende)|mangel\s+på|savn(?:er|ede|et)|fravær(?:et)?\s+af|undlad(?:er|t)|undlod"),
    ),
    "en": (
        ("not", r"not|never|hardly|scarcely|barely|\w+n['’]t|cannot|far\s+from|no\s+longer"),
        ("none", r"no|none|nor|neither|nobody|no\s+one|nothing|nowhere"),
        ("without", r"without"),
        ("lack", r"lack(?:s|ed|ing)?(?:\s+of)?|(?:is|are|was|were)\s+missing|absence\s+of|fail(?:s|ed)?\s+to"),
    ),
}
_NEW_CLAUSE = {
    "da": (
        r"men|dog|fordi|da|hvis|når|som|der|hvor|hvorimod|så|mens|medmindre|selvom|selv\s+om|idet|"
        r"og\s+(?:det|de|den|der|vi|han|hun|at)"
    ),
    "en": (
        r"but|however|because|since|if|unless|when|which|who|where|whereas|so|while|although|though|"
        r"and\s+(?:it|they|the|there|we|he|she|that)"
    ),
}
_DENY_NOTHING = {
    "da": r"\s+(?:kun|mindst|alene|bare|blot|udelukkende|tvivl|desto|sandt)(?!\w)|-\w",
    "en": r"\s+(?:only|least|just|merely|doubt|to\s+mention|other\s+than)(?!\w)|\.\s?\d|-\w",
}
"""`ikke kun`, `ikke mindst`, `uden tvivl`, `not only`, `no. 3`, `no doubt`: words that deny nothing."""


@cache
def _word(language: str) -> re.Pattern[str]:
    kinds = "|".join(f"(?P<{kind if kind != 'not' else 'not_'}>{words})" for kind, words in _WORDS[language])
    return re.compile(rf"(?<![\w-])(?:{kinds})(?!\w)", re.IGNORECASE)


@cache
def _clause_end(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"[.!?](?=['\"»«”’)]*(?:\s|$))|[;:()–]|\n\s*\n|,\s+(?=(?:{_NEW_CLAUSE[language]})\b)|"
        rf"\s(?=(?:{_NEW_CLAUSE[language]})\s)",
        re.IGNORECASE,
    )


@cache
def _nothing(language: str) -> re.Pattern[str]:
    return re.compile(_DENY_NOTHING[language], re.IGNORECASE)


def negations(text: str, language: str) -> tuple[Negation, ...]:
    """The negating words of a text in its order, each with how far it reaches."""
    tongue = "da" if language == "da" else "en"
    ends = [found.start() for found in _clause_end(tongue).finditer(text)] + [len(text)]
    commas = [at for at, letter in enumerate(text) if letter == ","] + [len(text)]
    made = []
    for word in _word(tongue).finditer(text):
        if _nothing(tongue).match(text, word.end()):
            continue
        kind = (word.lastgroup or "not").rstrip("_")
        reach = ends[bisect_left(ends, word.end())]
        if kind == "without":
            reach = min(reach, commas[bisect_left(commas, word.end())])
        made.append(Negation(*word.span(), reach, word[0], kind))  # type: ignore[arg-type]
    return tuple(made)


def is_negated(text: str, position: int, language: str) -> bool:
    """Whether what stands at `position` is denied: an odd number of negations before it reach it."""
    return reaches(negations(text, language), position)


def reaches(found: tuple[Negation, ...], position: int) -> bool:
    """The same, where the negations of the text are known."""
    return sum(n.start <= position < n.reach for n in found) % 2 == 1
