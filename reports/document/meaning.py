"""What a statement says and what it denies: its features, and the signs of a pair of opposites in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from reports.document.groups import Mention
from reports.document.lexicon import Lexicon, compiled
from reports.document.vocabulary import Vocabulary, words_of

_BEFORE, _BEHIND = 5, 7
"""Words before and behind a sign that say what it is about."""


class Sign(msgspec.Struct, frozen=True):
    """An expression of one of two opposites, after negation: `plus` is true for `enough` and for `no lack`."""

    axis: str
    plus: bool
    word: str
    about: frozenset[str] = frozenset()
    """The features of the words around it: of what there is enough, in what there is a difference."""


class Meaning(msgspec.Struct, frozen=True):
    """Features with their weights, stated and denied, the signs, and all features with those of the signs."""

    stated: dict[str, float]
    denied: dict[str, float]
    signs: tuple[Sign, ...]
    topic: dict[str, float]


def meaning_of(
    text: str, named: Sequence[Mention], is_all_denied: bool, words: Vocabulary, language: Lexicon
) -> Meaning:
    """What a statement means, without the words that name its cases.

    A denial holds for its clause and for a following `that …`. Conditions state nothing; a denial in a relative clause
    (`cases whose deadline has not passed`) picks cases out and denies nothing; `we cannot tell whether` does neither.
    """
    for mention in reversed(named):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    stated: dict[str, float] = {}
    denied: dict[str, float] = {}
    signs: list[Sign] = []
    was_denied = was_unknown = False
    for at, clause in enumerate(re.split(language.clause, text)):
        own = words_of(clause)
        has_negator = any(word in language.negators for word in own)
        is_relative = at > 0 and bool(own) and own[0] in language.relative
        if compiled(language.condition).match(clause) or (is_relative and has_negator):
            continue
        follows = bool(compiled(language.that).match(clause))
        was_unknown = bool(compiled(language.no_cause).search(clause)) or (was_unknown and follows)
        was_denied = is_all_denied or has_negator or (was_denied and follows)
        found = [] if was_unknown else _signs(own, was_denied, words, language)
        said = {sign.word for sign in found}
        (denied if was_denied and not was_unknown else stated).update(words.of(w for w in own if w not in said))
        signs += found
    return Meaning(stated, denied, tuple(dict.fromkeys(signs)), words.of(words_of(text)))


def _signs(words: Sequence[str], is_denied: bool, known: Vocabulary, language: Lexicon) -> list[Sign]:
    """The signs among the words of one clause, in order."""
    found = []
    for at, word in enumerate(words):
        pair = " ".join(words[at : at + 2])
        for axis in language.axes:
            is_plus = _fits(axis.plus, word, pair)
            if is_plus or _fits(axis.minus, word, pair):
                around = [w for w in words[max(0, at - _BEFORE) : at + _BEHIND] if w != word]
                found.append(Sign(axis.name, is_plus != is_denied, word, frozenset(known.of(around))))
    return found


def _fits(pattern: str, word: str, pair: str) -> bool:
    expression = compiled(pattern)
    return bool(expression.fullmatch(word) or expression.fullmatch(pair))
