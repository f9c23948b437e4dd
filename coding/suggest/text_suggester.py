"""The suggester that reads the words: likeness to the codes' texts, and a linear classifier over the examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coding.suggest.classifier import MOST_ROWS, Solver, scores, solver, thinned
from coding.suggest.features import TextSpace, text_space, words_with_spans
from coding.suggest.neighbours import Neighbours, neighbours, neighbours_count
from coding.suggest.segment_list import Segment
from coding.suggest.similarity import background, kind_of, z_scores
from coding.suggest.suggester import Example, Ranked, Training

_LIKENESS_BASE, _LIKENESS_COLD = 0.06, 0.1
"""What one standard deviation of likeness counts for, against a classifier's score: base + cold / max(1, k), with k
examples a code. It stays a little where there are many examples, and means most where there are none."""
_COUNTER = 0.1
_MOST_WORDS, _LEAST_SHARE, _LEAST_OF_ALL = 8, 0.25, 0.15
_SPEAKING = 1.0
"""How many standard deviations, over the words of the study, a word must raise a score to speak for a code."""

_LEAST_KNOWN = 0.03
"""How like some text that is known a code's a text must be for anything to be said of it (2: the same words). Every
paragraph of the example study and of four constructed texts is more than twice as like; one in another language or
without words is not, and what was said of it was chance."""
_AT_ONCE = 1000
"""Texts that are compared at a time, so that memory stays bounded."""
_MOST_KEPT = 60_000_000
"""Likenesses of texts beyond the background that are kept for the next round, at most: half a gigabyte."""

Spans = tuple[tuple[int, int], ...]


class TextSuggester:
    """Compares words: character n-grams, lemmas and parts of compounds.

    The space of words and the likeness of all texts to each other are made once for a study and kept as long as the
    texts stay the same, so that fitting again with other examples is a matter of milliseconds.
    """

    name, version, weight, learns = "text", "2", 1.0, True

    def __init__(self, space: TextSpace | None = None) -> None:
        """`space` is one made of the same segments before, to be used as it is."""
        self._given = space
        self._space: TextSpace | None = None
        self._made_of: tuple[Any, ...] = ()
        self._rows: dict[str, int] = {}
        self._vectors: Any = None
        self._kernel: Any = None
        self._near: Neighbours | None = None
        self._together: dict[float, Any] = {}
        self._solved: tuple[tuple[Any, ...], Solver] | None = None
        self._learned: tuple[Any, ...] = ()
        self._said: tuple[list[str], list[Any], Any] | None = None
        self._beyond: tuple[dict[str, int], Any, Any] | None = None

    def fit(self, view: Training) -> None:
        """Learn the codes from their texts and from the examples; segments serve as background only."""
        import numpy as np

        self._make_space(view)
        examples = _thinned(view.examples, MOST_ROWS - len(view.codes))
        codes = [code.id for code in view.codes]
        learned = (self._made_of, codes, examples)
        if learned == self._learned:
            return  # a study with many codings has no room for others: then a round changes nothing
        self._learned, self._said = learned, None
        self._codes = codes
        texts = [t.text for t in view.texts] + [example.text for example in examples]
        self._know(texts)
        self._trained = [self._rows[text] for text in texts]
        anchors = 2.0 * np.eye(len(codes)) - 1.0
        degrees = np.array([[example.codes.get(code, 0.0) for code in codes] for example in examples])
        targets = np.vstack([anchors, 2.0 * degrees.reshape(len(examples), len(codes)) - 1.0])
        weights = [1.0] * len(codes) + [example.weight for example in examples]
        self._sure = [row for row, weight in zip(self._trained, weights, strict=True) if weight >= 1.0]
        passages = sum(max(example.codes.values(), default=0.0) == example.weight == 1.0 for example in examples)
        self._see_together(neighbours_count(passages / max(1, len(codes))))
        self._dual = self._solver(weights).weights(targets) if codes else np.zeros((0, 0))
        self._likeness_counts = _LIKENESS_BASE + _LIKENESS_COLD / max(1.0, passages / max(1, len(codes)))

    def _solver(self, weights: Sequence[float]) -> Solver:
        """The solver for the texts trained on, kept for the next round: then only their codes differ."""
        import numpy as np

        key = (self._count, tuple(self._trained), tuple(weights))
        if self._solved is None or self._solved[0] != key:
            self._solved = key, solver(self._seen[np.ix_(self._trained, self._trained)], weights)
        return self._solved[1]

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        """Scores for every code, and the words that raise a code's score most.

        Nothing for a segment that has next to no words in common with any code's text or any coding.
        """
        values = self.matrix(segments)
        words = self._evidence(segments) if evidence else [{}] * len(segments)
        return [
            Ranked(dict(zip(self._codes, map(float, row), strict=True)), found if row.any() else {})
            for row, found in zip(values, words, strict=True)
        ]

    @property
    def space(self) -> TextSpace | None:
        """The space of the latest fit."""
        return self._space

    def matrix(self, segments: Sequence[Segment]) -> Any:
        """The scores as a matrix, segments × codes."""
        import numpy as np

        texts = [segment.said for segment in segments]
        if not texts or not self._codes:
            return np.zeros((len(texts), len(self._codes)))
        kinds = [kind_of(segment) for segment in segments]
        if self._said is None or (texts, kinds) != self._said[:2]:
            parts = [slice(at, at + _AT_ONCE) for at in range(0, len(texts), _AT_ONCE)]
            place, beyond = self._likeness_beyond([text for text in dict.fromkeys(texts) if text not in self._rows])
            found = [self._values(texts[part], kinds[part], place, beyond) for part in parts]
            self._said = texts, kinds, np.vstack(found)
        return self._said[2].copy()

    def _values(self, texts: Sequence[str], kinds: Sequence[Any], place: dict[str, int], beyond: Any) -> Any:
        """The scores of some texts; `place` and `beyond` are as `_likeness_beyond` gives them."""
        import numpy as np

        assert self._near is not None
        own, kernel = np.empty((len(texts), len(self._rows))), np.empty((len(texts), len(self._rows)))
        known = [number for number, text in enumerate(texts) if text in self._rows]
        rows = [self._rows[texts[number]] for number in known]
        own[known], kernel[known] = self._kernel[rows], self._seen[rows]
        if new := [number for number, text in enumerate(texts) if text not in self._rows]:
            own[new] = beyond[[place[texts[number]] for number in new]]
            kernel[new] = self._near.of_new(own[new], self._count)
        said = z_scores(kernel[:, self._themes], kinds, self._of_themes)
        if any(self._has_counter):
            against = z_scores(kernel[:, self._counters], kinds, self._of_counters)
            said = said - _COUNTER * np.where(self._has_counter, np.maximum(against, 0.0), 0.0)
        found = scores(kernel[:, self._trained], self._dual) + self._likeness_counts * said
        return np.where(own[:, self._sure].max(1, keepdims=True) >= _LEAST_KNOWN, found, 0.0)

    def _likeness_beyond(self, texts: Sequence[str]) -> tuple[dict[str, int], Any]:
        """Likeness to all texts that are known of these, which are not among them: text → row, and the matrix.

        It is kept for the next round, in which some of these texts may have become examples.
        """
        import numpy as np

        assert self._space is not None
        if self._beyond is None or not self._beyond[0].keys() >= set(texts):
            vectors = self._space.vectors(texts)
            place, found = {text: number for number, text in enumerate(texts)}, (vectors @ self._vectors.T).toarray()
        else:
            place, vectors, found = self._beyond
            if found.shape[1] < len(self._rows):
                found = np.hstack([found, (vectors @ self._vectors[found.shape[1] :].T).toarray()])
        self._beyond = (place, vectors, found) if texts and found.size <= _MOST_KEPT else None
        return place, found

    def _make_space(self, view: Training) -> None:
        """The space for these texts, with the background of the segments; kept where nothing of it has changed."""
        made_of = (view.segments, view.texts, view.language, view.lemmas)
        if self._space is not None and made_of == self._made_of and len(self._rows) < 4 * MOST_ROWS:
            return
        texts = [said for t in view.texts for said in (t.text, t.counter)]
        self._made_of = made_of
        said = [s.said for s in view.segments] + texts
        self._space = self._given or text_space(said, view.language, view.lemmas)
        self._rows, self._vectors, self._near, self._beyond, self._learned = {}, None, None, None, ()
        background = [view.segments[i] for i in thinned(len(view.segments), MOST_ROWS)]
        self._kinds = [kind_of(segment) for segment in background]
        self._know([*texts, *(segment.said for segment in background)])
        self._first = len(self._rows)
        self._themes = [self._rows[t.text] for t in view.texts]
        self._counters = [self._rows[t.counter] for t in view.texts]
        self._has_counter = [bool(t.counter) for t in view.texts]
        self._passages = [self._rows[segment.said] for segment in background]

    def _see_together(self, count: float) -> None:
        """Likeness with neighbours that count for `count`; made once for each, and with it what is usual for a code."""
        if self._near is None:
            self._near = neighbours(self._kernel, self._passages, self._themes, self._first)
            self._together, self._solved = {}, None
        if count not in self._together:
            self._together = {count: self._near.together(count)}
        self._count, self._seen = count, self._together[count]
        self._of_themes = background(self._seen[self._passages][:, self._themes], self._kinds)
        self._of_counters = background(self._seen[self._passages][:, self._counters], self._kinds)

    def _know(self, texts: Sequence[str]) -> None:
        """Make sure that the likeness of these texts to all others is known."""
        import numpy as np
        from scipy import sparse

        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if not new:
            return
        assert self._space is not None
        self._rows |= {text: len(self._rows) + number for number, text in enumerate(new)}
        self._near = None
        vectors = self._space.vectors(new)
        own = (vectors @ vectors.T).toarray()
        if self._vectors is None:
            self._vectors, self._kernel = vectors, own
            return
        across = (vectors @ self._vectors.T).toarray()
        self._kernel = np.block([[self._kernel, across.T], [across, own]])
        self._vectors = sparse.vstack([self._vectors, vectors]).tocsr()

    def _evidence(self, segments: Sequence[Segment]) -> list[dict[str, Spans]]:
        """For each segment: code → where the words stand that raise its score most, at least a quarter of the best."""

        assert self._space is not None and self._near is not None
        if not self._codes or not self._space.words:
            return [{} for _ in segments]
        direction = self._vectors.T @ self._near.spread(self._counts_of_texts(), self._count)
        worth = self._space.word_features() @ direction
        worth = worth - worth.mean(1, keepdims=True)
        floor = _SPEAKING * worth.std(0)
        return [self._speaking(segment, worth, floor) for segment in segments]

    def _counts_of_texts(self) -> Any:
        """Texts × codes: what likeness to each text counts for in the score of each code."""
        import numpy as np

        found = np.zeros((len(self._rows), len(self._codes)))
        np.add.at(found, self._trained, self._dual)
        np.add.at(found, (self._themes, range(len(self._codes))), self._likeness_counts)
        return found

    def _speaking(self, segment: Segment, worth: Any, floor: Any) -> dict[str, Spans]:
        """Code → the places of its best words; only words that raise its score more than most words do speak for it."""
        import numpy as np

        assert self._space is not None
        places = [(self._space.words.get(w, -1), a, b) for w, a, b in words_with_spans(segment.text)]
        places = [place for place in places if place[0] >= 0]
        if not places:
            return {}
        rows, of_place = np.unique([row for row, _, _ in places], return_inverse=True)
        value = worth[rows]
        tops = value.max(0)
        eighth = np.partition(value, -_MOST_WORDS, axis=0)[-_MOST_WORDS] if len(rows) > _MOST_WORDS else 0.0
        least = np.maximum(_LEAST_SHARE * tops, max(_LEAST_OF_ALL * float(value.max()), 1e-9))
        least = np.maximum(least, floor)
        speaks = (value >= np.maximum(least, eighth))[of_place.ravel()]
        found: dict[str, list[tuple[int, int]]] = {}
        spans = [(segment.start + a, segment.start + b) for _, a, b in places]
        for number, place in zip(*(entry.tolist() for entry in np.nonzero(speaks.T)), strict=True):
            found.setdefault(self._codes[number], []).append(spans[place])
        return {code: tuple(entry) for code, entry in found.items()}


def _thinned(examples: Sequence[Example], most: int) -> list[Example]:
    """The examples, or an even choice among them; a person's come before those of an earlier round."""
    own = [example for example in examples if example.weight >= 1.0]
    own = [own[i] for i in thinned(len(own), most)]
    others = [example for example in examples if example.weight < 1.0]
    return own + [others[i] for i in thinned(len(others), most - len(own))]
