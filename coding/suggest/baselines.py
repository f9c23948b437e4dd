"""The plain way to the same ranking, for comparison: TF-IDF of whole words with logistic regression.

With no passage at all there is nothing to learn from, and the likeness of TF-IDF vectors to the codes' texts stands in.
The baseline gets exactly the passages that the model gets; the fairer of the two gets the codes' texts as training
documents too, which is most of what the model knows without any coding. Its settings are scikit-learn's own with codes
weighted alike, which was the strongest on the example study with all cases coded: of C = 1, 10, 100 and 1000, with and
without that weighting, none did better.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from coding.suggest.one_thread import one_thread
from coding.suggest.suggester import Training

BASELINE = "TF-IDF + logistic regression"
BASELINE_WITH_TEXTS = "the same with the codebook's texts"


class Baseline:
    """A baseline for one study; the weighting of words is fitted once on all its texts."""

    def __init__(self, view: Training, with_headings: bool = False) -> None:
        """`with_headings`: the titles above a segment count as its words, where the model may see them too."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.codes = [code.id for code in view.codes]
        texts = [
            "\n".join((*segment.headings, segment.text)) if with_headings else segment.text for segment in view.segments
        ]
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
        return self._learned(wanted, self._words.transform([words for words, _ in passages]), labels)

    def scores_with_texts(self, rows: Sequence[int], passages: Sequence[tuple[str, str]]) -> Any:
        """As `scores`, learned from the codes' texts as well: one document a code, beside the passages."""
        import numpy as np
        from scipy.sparse import vstack

        if self._words is None or len(self.codes) < 2:
            return self.scores(rows, passages)
        labels = [*range(len(self.codes)), *(self.codes.index(code) for _, code in passages)]
        words = [words for words, _ in passages]
        known = vstack([self._themes, self._words.transform(words)]) if words else self._themes
        return np.asarray(self._learned(self._segments[list(rows)], known, labels))

    def _learned(self, wanted: Any, known: Any, labels: Sequence[int]) -> Any:
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        with one_thread(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The number of unique classes")  # a theme with a single text is no fault
            fitted = LogisticRegression(class_weight="balanced", max_iter=300).fit(known, labels)
        found = np.zeros((len(wanted.indptr) - 1, len(self.codes)))
        found[:, fitted.classes_] = fitted.predict_proba(wanted)
        return found
