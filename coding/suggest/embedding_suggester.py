"""The suggester that compares meanings: words as vectors, by a static model that study.toml names.

`arbejdsløs` and `ledig` share no letters, and a model that has read millions of texts knows that they are neighbours.
It is asked only where the study names it (`[suggest] embeddings`), and `crosscase evaluate` says whether it helps.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from coding.suggest.classifier import MOST_ROWS, fitted_weights, scores, thinned
from coding.suggest.features import words_with_spans
from coding.suggest.segment_list import Segment
from coding.suggest.similarity import background, kind_of, z_scores
from coding.suggest.suggester import Ranked, Training
from corpus.compounds import compound_parts
from corpus.lemmas import lemmas
from corpus.vectors import WordVectors

NAME = "embeddings"
_LIKENESS_BASE, _LIKENESS_COLD = 0.06, 0.1
_MOST_WORDS, _LEAST_LIKENESS = 4, 0.3
Spans = tuple[tuple[int, int], ...]


def words_wanted(texts: Iterable[str], language: str) -> set[str]:
    """The words whose vectors these texts need: as they stand, their lemmas, and the parts of compounds."""
    words = {word for text in texts for word, _, _ in words_with_spans(text)}
    parts = compound_parts(sorted(words), language, words)
    return words | set(lemmas(words, language).values()) | {part for found in parts.values() for part in found}


class EmbeddingSuggester:
    """Compares the mean of a segment's word vectors with that of each code's text, and learns from the examples.

    A word that the model does not have is read by its lemma, or by the parts of a compound. Frequent words weigh less
    (by how many segments have them), and what all segments share is taken away (Arora, Liang & Ma 2017).
    """

    name, weight, learns = NAME, 0.4, True

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        label = f"{vectors.name}-{vectors.version}" if vectors.version else vectors.name
        self.version = re.sub(r"[^\w.+-]+", "_", label)
        self._made_of: tuple[Any, ...] = ()

    def fit(self, view: Training) -> None:
        """Learn the codes from their texts and from the examples; segments tell which words are frequent."""
        import numpy as np

        self._make_space(view)
        own = [example for example in view.examples if example.weight >= 1.0]
        soft = [example for example in view.examples if example.weight < 1.0]
        examples = [own[i] for i in thinned(len(own), MOST_ROWS)]
        examples += [soft[i] for i in thinned(len(soft), max(0, MOST_ROWS - len(examples)))]
        known = self._of_texts([example.text for example in examples])
        self._known = np.vstack([self._themes, known])
        codes = self._codes
        degrees = np.array([[example.codes.get(code, 0.0) for code in codes] for example in examples])
        targets = np.vstack([2.0 * np.eye(len(codes)) - 1.0, 2.0 * degrees.reshape(len(examples), len(codes)) - 1.0])
        weights = [1.0] * len(codes) + [example.weight for example in examples]
        kernel = self._known @ self._known.T
        self._dual = fitted_weights(kernel, targets, weights) if codes else np.zeros((0, 0))
        passages = sum(max(example.codes.values(), default=0.0) == 1.0 for example in own)
        self._likeness_counts = _LIKENESS_BASE + _LIKENESS_COLD / max(1.0, passages / max(1, len(codes)))

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        """Scores for every code, and the words that lie nearest to its text."""
        import numpy as np

        if not segments or not self._codes:
            return [Ranked({}) for _ in segments]
        texts = self._of_texts([segment.said for segment in segments])
        likeness = z_scores(texts @ self._themes.T, [kind_of(segment) for segment in segments], self._background)
        values = scores(texts @ self._known.T, self._dual) + self._likeness_counts * likeness
        values = np.where(texts.any(1, keepdims=True), values, 0.0)  # nothing is known of a text without known words
        found = [self._near(segment) for segment in segments] if evidence else [{}] * len(segments)
        return [
            Ranked(dict(zip(self._codes, map(float, row), strict=True)), near)
            for row, near in zip(values, found, strict=True)
        ]

    def _make_space(self, view: Training) -> None:
        """Vectors of words, and of the texts that stay the same whatever the examples are."""
        import numpy as np

        made_of = (view.segments, view.texts, view.language)
        if made_of == self._made_of:
            return
        self._made_of = made_of
        self._codes = [code.id for code in view.codes]
        said = [segment.said for segment in view.segments]
        words = sorted(
            {word for text in (*said, *(t.text for t in view.texts)) for word, _, _ in words_with_spans(text)}
        )
        spread = Counter(word for text in said for word in {word for word, _, _ in words_with_spans(text)})
        self._values: dict[str, Any] = {}
        for word, value in self._of_words(words, view.language).items():
            rarity = np.log((1 + len(said)) / (1 + spread[word])) + 0.1
            self._values[word] = value * rarity
        self._mean = np.zeros(self._vectors.values.shape[1])
        whole = self._of_texts(said)
        self._mean = whole.mean(0) if len(whole) else self._mean
        self._themes = self._of_texts([t.text for t in view.texts])
        against = self._of_texts(said) @ self._themes.T
        self._background = background(against, [kind_of(segment) for segment in view.segments])

    def _of_words(self, words: Sequence[str], language: str) -> dict[str, Any]:
        """Word → vector of length 1, for every word that the model knows by itself, its lemma or its parts."""
        import numpy as np

        parts = compound_parts(words, language, set(words))
        of_lemma = lemmas(words, language)
        found = {}
        for word in words:
            named = next((w for w in (word, of_lemma[word]) if w in self._vectors.rows), "")
            known = [named] if named else [part for part in parts.get(word, ()) if part in self._vectors.rows]
            if known:
                value = np.mean([self._vectors.values[self._vectors.rows[w]] for w in known], axis=0, dtype=float)
                if length := float(np.linalg.norm(value)):
                    found[word] = value / length
        return found

    def _of_texts(self, texts: Sequence[str]) -> Any:
        """Texts × dimensions, rows of length 1; a row of zeros for a text of which no word is known."""
        import numpy as np

        rows = np.zeros((len(texts), self._vectors.values.shape[1]))
        for row, text in enumerate(texts):
            known = [self._values[word] for word, _, _ in words_with_spans(text) if word in self._values]
            if known:
                rows[row] = np.sum(known, axis=0)
                rows[row] /= max(float(np.linalg.norm(rows[row])), 1e-12)
                rows[row] -= self._mean
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

    def _near(self, segment: Segment) -> dict[str, Spans]:
        """Code → where the words stand that lie nearest to its text, a few at most."""
        import numpy as np

        places = [(word, a, b) for word, a, b in words_with_spans(segment.text) if word in self._values]
        if not places:
            return {}
        words = sorted({word for word, _, _ in places})
        values = np.stack([self._values[word] for word in words])
        lengths = np.linalg.norm(values, axis=1, keepdims=True)
        likeness = (values / np.maximum(lengths, 1e-12)) @ self._themes.T
        found: dict[str, Spans] = {}
        for number, code in enumerate(self._codes):
            best = np.argsort(-likeness[:, number] * lengths[:, 0], kind="stable")[:_MOST_WORDS]
            near = {words[row] for row in best if likeness[row, number] >= _LEAST_LIKENESS}
            if near:
                found[code] = tuple((segment.start + a, segment.start + b) for word, a, b in places if word in near)
        return found
