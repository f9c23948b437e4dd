"""Texts as numbers: character n-grams, lemmas and the parts of compounds, weighted by how rare they are.

All features of a word depend on the word alone, so each different word is taken apart once and a text is the sum of
its words. scikit-learn and numpy are imported when a space is made, not before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from corpus.compounds import compound_parts
from corpus.lemmas import lemmas

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST_GRAM, _LONGEST_GRAM = 4, 6
_LONGEST_WORD = 60


def words_with_spans(text: str) -> list[tuple[str, int, int]]:
    """`(word in small letters, start, end)` of every word of a text; numbers and signs are left out."""
    return [(match[0].lower()[:_LONGEST_WORD], match.start(), match.end()) for match in _WORD.finditer(text)]


def _words(text: str) -> list[str]:
    return [word.lower()[:_LONGEST_WORD] for word in _WORD.findall(text)]


class TextSpace(msgspec.Struct, frozen=True):
    """The words of a study as features, and what each feature is worth.

    `words`: word → row. `grams` and `terms`: sparse matrices, words × features (character n-grams; lemmas and parts of
    compounds), 1 where a word has a feature. `rarity`: the two fitted tf-idf weightings.
    """

    words: dict[str, int]
    grams: Any
    terms: Any
    rarity: tuple[Any, Any]

    def vectors(self, texts: Sequence[str]) -> Any:
        """Sparse matrix, texts × features: both kinds of features beside each other, each of length 1 for a text.

        Words that the space does not have count nothing; a text without words is a row of zeros.
        """
        from scipy import sparse

        if not texts:
            return sparse.csr_matrix((0, self.grams.shape[1] + self.terms.shape[1]))
        counts = _counts(texts, self.words)
        parts = [
            fitted.transform(counts @ of) for of, fitted in zip((self.grams, self.terms), self.rarity, strict=True)
        ]
        return sparse.hstack(parts).tocsr()

    def word_features(self) -> Any:
        """Sparse matrix, words × features, each feature by its rarity: what a word can contribute to a text."""
        from scipy import sparse

        pairs = zip((self.grams, self.terms), self.rarity, strict=True)
        return sparse.hstack([of.multiply(fitted.idf_) for of, fitted in pairs]).tocsr()


def text_space(texts: Iterable[str], language: str, known_lemmas: Mapping[str, str] | None = None) -> TextSpace:
    """The space of these texts. `known_lemmas` (word → lemma) go before the dictionary's: a pipeline's, for one."""
    from sklearn.feature_extraction.text import TfidfTransformer

    texts = list(texts) or [""]
    frequency = Counter(word for text in texts for word in _words(text))
    words = {word: row for row, word in enumerate(sorted(frequency))}
    grams = _incidence([_grams(word) for word in words])
    terms = _incidence(_terms(words, language, frequency, known_lemmas or {}))
    counts = _counts(texts, words)
    fitted = tuple(TfidfTransformer(sublinear_tf=True).fit(counts @ of) for of in (grams, terms))
    return TextSpace(words, grams, terms, (fitted[0], fitted[1]))


def _grams(word: str) -> list[str]:
    """The stretches of four to six characters of a word with a space before and after it."""
    padded = f" {word} "
    lengths = range(_SHORTEST_GRAM, min(_LONGEST_GRAM, len(padded)) + 1)
    return list(dict.fromkeys(padded[i : i + n] for n in lengths for i in range(len(padded) - n + 1)))


def _terms(words: Iterable[str], language: str, own: Counter[str], known: Mapping[str, str]) -> list[list[str]]:
    words = list(words)
    missing = lemmas([word for word in words if word not in known], language)
    parts = compound_parts(words, language, own)
    return [list(dict.fromkeys((known.get(w) or missing.get(w, w), *parts.get(w, ())))) for w in words]


def _incidence(features: Sequence[Sequence[str]]) -> Any:
    """Sparse matrix, words × features, of ones; one empty column at least, so that a study without words works."""
    import numpy as np
    from scipy import sparse

    numbers: dict[str, int] = {}
    rows = np.repeat(np.arange(len(features)), [len(entry) for entry in features])
    columns = [numbers.setdefault(feature, len(numbers)) for entry in features for feature in entry]
    shape = (len(features), max(len(numbers), 1))
    return sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape)


def _counts(texts: Sequence[str], words: Mapping[str, int]) -> Any:
    """Sparse matrix, texts × words: how often each word stands in each text."""
    import numpy as np
    from scipy import sparse

    columns: list[int] = []
    ends = [0]
    for text in texts:
        columns += [row for word in _words(text) if (row := words.get(word)) is not None]
        ends.append(len(columns))
    counts = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(words)))
    counts.sum_duplicates()
    return counts
