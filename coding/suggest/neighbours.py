"""Texts seen together with the passages that are most like them in the same study.

A label and a question are a dozen words, and what people say about the theme they say in others. But they say it again
and again: the passages nearest to the label's own words hold the words that this study has for it, and so do the
passages nearest to a passage. So each text is compared together with its ten nearest passages (query expansion by
pseudo-relevance feedback, Rocchio 1971; here on both sides). It matters most before there is any coding, and fades as
codings come. Where the codebook's words are hardly found in the texts, the nearest passages are near by chance, and
count little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

_NEAREST = 10
_COUNTS = 0.5
_NEAR_ENOUGH = 0.12
"""How much more like a code's text its ten nearest passages are than is usual, on average, in a study where they can be
relied on. In the example study and a constructed report it is 0.15 to 0.34; in constructed transcripts that do without
the codebook's words 0.02, and there the nearest passages bear the same code as seldom as any."""


def neighbours_count(passages_a_code: float) -> float:
    """What the neighbours of a text count for beside its own words, with so many coded passages a code."""
    return _COUNTS / max(1.0, passages_a_code)


class Neighbours(msgspec.Struct, frozen=True):
    """The likeness of a study's texts to each other, with their neighbours and without.

    `kernel`: texts × texts, likeness by their own words. `passages`: the numbers of the texts that can be neighbours,
    and `usual` how like each of them is to the middle one of the study's texts. `of`: sparse matrix, texts × texts, how
    much each neighbour counts; rows sum to 1, or to 0 where nothing is near. `one`: likeness of a text's neighbours to
    another text; `both`: to the neighbours of the other. `trust`: from 0 to 1, how far neighbours can be relied on.
    """

    kernel: Any
    passages: Any
    usual: Any
    of: Any
    one: Any
    both: Any
    trust: float = 1.0

    def together(self, count: float) -> Any:
        """Texts × texts: likeness where the neighbours of each text count for `count` beside its own words.

        Every text is brought to the same length, that of a text by itself: its likeness to itself is 2.
        """
        import numpy as np

        count *= self.trust
        found = self.kernel + count * (self.one + self.one.T) + count**2 * self.both
        lengths = _lengths(found.diagonal())
        return 2.0 * found / np.outer(lengths, lengths)

    def of_new(self, likeness: Any, count: float) -> Any:
        """The same for new texts: new texts × texts, from their likeness to the texts by their own words."""
        count *= self.trust
        near = _nearest(likeness, self.passages, self.usual, ())
        around = near @ self.kernel
        squared = 2.0 + 2 * count * near.multiply(likeness).sum(1).A1 + count**2 * near.multiply(around).sum(1).A1
        found = likeness + count * around
        found = found + count * (self.of @ found.T).T
        known = _lengths((self.kernel + 2 * count * self.one + count**2 * self.both).diagonal())
        return 2.0 * found / _lengths(squared)[:, None] / known[None, :]

    def spread(self, dual: Any, count: float) -> Any:
        """Texts × codes: what the own words of each text count for, where `dual` is what each text with its neighbours
        counts for. It undoes `together`, so that a score can be led back to words."""
        count *= self.trust
        known = _lengths((self.kernel + 2 * count * self.one + count**2 * self.both).diagonal())
        scaled = dual * (2.0**0.5 / known)[:, None]
        return scaled + count * (self.of.T @ scaled)


def neighbours(kernel: Any, passages: Sequence[int], codes: Sequence[int], first: int | None = None) -> Neighbours:
    """The neighbours of every text among `passages`; a text is no neighbour of its own. `codes`: the codes' texts.

    What is usual is told by the `first` texts alone (default: all): those that are there before any coding, so that it
    does not change with texts that were examples once.
    """
    import numpy as np

    chosen = np.array(sorted(set(passages)), dtype=int)
    usual = np.median(kernel[:first, chosen], axis=0) if len(chosen) else np.zeros(0)
    of = _nearest(kernel, chosen, usual, range(len(kernel)))
    one = of @ kernel
    return Neighbours(kernel, chosen, usual, of, one, (of @ one.T).T, _trust(kernel[list(codes)][:, chosen] - usual))


def _trust(above: Any) -> float:
    """From how much more like each code's text each passage is than is usual (codes × passages)."""
    import numpy as np

    if not above.size:
        return 1.0
    nearest = np.sort(np.maximum(above, 0.0), axis=1)[:, -_NEAREST:]
    return float(min(1.0, nearest.mean() / _NEAR_ENOUGH))


def _nearest(likeness: Any, passages: Any, usual: Any, own: Sequence[int]) -> Any:
    """Sparse matrix, texts × all texts: the shares of the ten passages most like each text, more than is usual.

    `own`: the number of each text among all of them, empty where they are new.
    """
    import numpy as np
    from scipy import sparse

    texts, width = likeness.shape
    above = np.maximum(likeness[:, passages] - usual, 0.0)
    place = {int(passage): column for column, passage in enumerate(passages)}
    for row, number in enumerate(own):
        if number in place:
            above[row, place[number]] = 0.0
    most = min(_NEAREST, above.shape[1])
    if not most:
        return sparse.csr_matrix((texts, width))
    columns = np.sort(np.argpartition(-above, most - 1, axis=1)[:, :most], axis=1)
    values = np.take_along_axis(above, columns, axis=1)
    total = values.sum(1, keepdims=True)
    values = values / np.where(total > 0, total, 1.0)
    rows = np.repeat(np.arange(texts), most)
    return sparse.csr_matrix((values.ravel(), (rows, passages[columns.ravel()])), shape=(texts, width))


def _lengths(squared: Any) -> Any:
    """Lengths of texts; 1 for one without words."""
    import numpy as np

    return np.where(squared > 1e-12, np.sqrt(np.maximum(squared, 1e-12)), 1.0)
