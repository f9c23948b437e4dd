"""The plain way to the same ranking, for comparison: TF-IDF of whole words with logistic regression.

With no passage at all there is nothing to learn from, and the likeness of TF-IDF vectors to the codes' texts stands in.
The baseline gets exactly the passages that the model gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coding.suggest.suggester import Training

BASELINE = "TF-IDF + logistic regression"


class Baseline:
    """A baseline for one study; the weighting of words is fitted once on all its texts."""

    def __init__(self, view: Training) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.codes = [code.id for code in view.codes]
        texts = [segment.text for segment in view.segments]
        try:
            self._words = TfidfVectorizer(sublinear_tf=True).fit([*texts, *(t.text for t in view.texts)])
            self._segments = self._words.transform(texts)
            self._themes = self._words.transform([t.text for t in view.texts])
        except ValueError:  # not a single word
            self._words = None

    def scores(self, rows: Sequence[int], passages: Sequence[tuple[str, str]]) -> Any:
        """Segments × codes for the segments `rows`, learned from `passages`: (words, code)."""
        import numpy as np

        if self._words is None:
            return np.zeros((len(rows), len(self.codes)))
        wanted = self._segments[list(rows)]
        labels = [self.codes.index(code) for _, code in passages]
        if len(set(labels)) < 2:
            if not labels:
                return (wanted @ self._themes.T).toarray()
            return np.tile(np.eye(len(self.codes))[labels[0]], (len(rows), 1))
        return self._learned(wanted, [words for words, _ in passages], labels)

    def _learned(self, wanted: Any, texts: Sequence[str], labels: Sequence[int]) -> Any:
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        assert self._words is not None
        fitted = LogisticRegression(C=10.0, max_iter=300).fit(self._words.transform(texts), labels)
        found = np.zeros((len(wanted.indptr) - 1, len(self.codes)))
        found[:, fitted.classes_] = fitted.predict_proba(wanted)
        return found
