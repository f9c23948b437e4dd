"""What a word is about: its root, the parts of a compound, and how much it says in this report.

A word that stands in most sections (what the whole report is about) says little of a sentence; one of two or three
sections says much. Sections are counted, not occurrences, so that mending one sentence does not move the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from corpus.compounds import COMPOUNDING, compound_parts
from corpus.lemmas import lemmas
from reports.document.lexicon import Lexicon, compiled
from reports.wording.numbers import number_words

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PART = 0.6
_SPARE = 2
_LEAST = 0.12
_SHORTEST_FIRST, _SHORTEST_REST = 6, 3
_NO_REST = frozenset("erne ernes ene enes ens ets ere ers ede ende ning ninger ningen mæssig mæssige mæssigt".split())  # noqa: SIM905


class Vocabulary(msgspec.Struct, frozen=True):
    """Word in small letters → `(feature, factor)`: its root, and less heavily the roots of its parts."""

    features: dict[str, tuple[tuple[str, float], ...]]
    roots: dict[str, str]
    weights: dict[str, float]

    def of(self, words: Iterable[str]) -> dict[str, float]:
        """The features of some words with their weights; each once, the greatest counts."""
        found: dict[str, float] = {}
        for word in words:
            for feature, factor in self.features.get(word, ()):
                found[feature] = max(found.get(feature, 0.0), factor * self.weights.get(feature, 1.0))
        return found


def vocabulary(sections: Sequence[str], others: Sequence[str], language: Lexicon) -> Vocabulary:
    """The vocabulary of a report: the text of each of its sections, and other texts that count for none (headings)."""
    words = {word for text in (*sections, *others) for word in words_of(text)}
    known = lemmas(words, language.code)
    parts = compound_parts(words, language.code, words) | _by_first_word(words, known, language)
    roots = {word: root(known[word], language) for word in words}
    features = {word: _features(word, roots, parts, language) for word in words}
    features |= {
        word: features[whole] for word in words if "-" in word and (whole := word.replace("-", "")) in features
    }
    return Vocabulary(features, roots, _weights(sections, features))


def _by_first_word(words: Collection[str], known: Mapping[str, str], language: Lexicon) -> dict[str, tuple[str, ...]]:
    """Compounds that begin with a longer word of the report: `sickness benefit case` is a case of sickness benefit."""
    if language.code not in COMPOUNDING:
        return {}
    found = {}
    for word in words:
        for end in range(len(word) - _SHORTEST_REST, _SHORTEST_FIRST - 1, -1):
            first = word[:end]
            if first in words and first not in language.function and known[first] not in word[end:]:
                rest = word[end:].removeprefix("s")
                if rest not in _NO_REST and known.get(word) != known[first]:
                    found[word] = (known[first], *((known[rest],) if rest in words else ()))
                break
    return found


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return [match[0].lower() for match in WORD.finditer(text)]


def root(word: str, language: Lexicon) -> str:
    """A lemma without its ending, at least four letters: `centralisering` and `centralisere` share one."""
    cut = compiled(language.endings).search(word, 4)
    return word[: cut.start()] if cut else word


def _features(
    word: str, roots: Mapping[str, str], parts: Mapping[str, tuple[str, ...]], language: Lexicon
) -> tuple[tuple[str, float], ...]:
    if word in language.function or word in number_words(language.code) or len(word) < 3:
        return ()
    pieces = [(roots[word], 1.0, word), *((root(part, language), _PART, part) for part in parts.get(word, ()))]
    found: dict[str, float] = {}
    for piece, factor, whole in pieces:
        name = next((name for name, signs in language.concepts if compiled(signs).fullmatch(whole)), piece)
        if piece not in language.function and whole not in language.function:
            found[name] = max(factor, found.get(name, 0.0))
    return tuple(found.items())


def _weights(sections: Sequence[str], features: Mapping[str, tuple[tuple[str, float], ...]]) -> dict[str, float]:
    """Feature → weight, from 1 (in one or two sections) down to almost nothing (in half of them and more)."""
    spread: dict[str, set[int]] = defaultdict(set)
    for at, text in enumerate(sections):
        for word in words_of(text):
            for feature, _ in features.get(word, ()):
                spread[feature].add(at)
    count = max(len(sections), 4)
    return {name: max(_LEAST, 1 - 1.8 * max(0, len(where) - _SPARE) / count) for name, where in spread.items()}
