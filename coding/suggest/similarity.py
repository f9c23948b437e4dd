"""How like a code's text a segment is, seen against how like it all segments of the same kind are.

A general label (`Organisation`) is a little like everything, a rare one like nothing. So each code's likeness is
turned into a z-score over the study's segments: how many standard deviations above the code's own mean. Short cells and
long paragraphs, answers and paragraphs, have means of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import msgspec

from coding.suggest.segment_list import Segment

_SHORT = 15
_FEWEST = 10
EVERYTHING = "all"


def kind_of(segment: Segment) -> Hashable:
    """Which texts a segment is compared with: its kind, and whether it is shorter than fifteen words."""
    return segment.kind, len(segment.text.split(None, _SHORT - 1)) < _SHORT


class Background(msgspec.Struct, frozen=True):
    """Mean and standard deviation of each code's likeness, by kind of text: kind → two arrays, one value a code.

    Kinds with fewer than ten texts have no entry and go by that of all texts, `EVERYTHING`.
    """

    means: dict[Hashable, Any]
    deviations: dict[Hashable, Any]


def background(likeness: Any, kinds: Sequence[Hashable]) -> Background:
    """The background of a matrix texts × codes; a code that is equally like all texts gets the deviation 1."""
    import numpy as np

    groups: dict[Hashable, list[int]] = {EVERYTHING: list(range(len(kinds)))}
    for row, kind in enumerate(kinds):
        groups.setdefault(kind, []).append(row)
    chosen = {kind: rows for kind, rows in groups.items() if kind == EVERYTHING or len(rows) >= _FEWEST}
    means = {k: likeness[rows].mean(0) if rows else np.zeros(likeness.shape[1]) for k, rows in chosen.items()}
    spread = {k: likeness[rows].std(0) if rows else np.ones(likeness.shape[1]) for k, rows in chosen.items()}
    return Background(means, {kind: np.where(value > 1e-12, value, 1.0) for kind, value in spread.items()})


def z_scores(likeness: Any, kinds: Sequence[Hashable], against: Background) -> Any:
    """Matrix texts × codes of z-scores: (likeness − mean of the kind) / standard deviation of the kind."""
    import numpy as np

    known = [kind if kind in against.means else EVERYTHING for kind in kinds]
    if not known:
        return np.zeros_like(likeness)
    means = np.stack([against.means[kind] for kind in known])
    return (likeness - means) / np.stack([against.deviations[kind] for kind in known])
