"""Which theme is taken for which, most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coding.suggest.evaluation import Confusion, Place
from coding.suggest.segment_list import Segment


def confusions(scores: Any, given: Any, codes: Sequence[str], segments: Sequence[Segment]) -> tuple[Confusion, ...]:
    """The pairs of a theme that segments bear and another that ranks first for them.

    `scores` and `given` (true or false) are segments × codes. Segments that bear no theme stand under the theme "".
    """
    if not len(segments) or not codes:
        return ()
    found: dict[tuple[int, int], list[Place]] = {}
    for row, segment in enumerate(segments):
        best = int(scores[row].argmax())
        if given[row, best]:
            continue
        place = Place(segment.source, segment.start, segment.end, segment.number)
        bears = [number for number in range(len(codes)) if given[row, number]] or [-1]
        for number in bears:
            found.setdefault((number, best), []).append(place)
    counts = {-1: int((~given.any(1)).sum())} | {n: int(given[:, n].sum()) for n in range(len(codes))}
    made = [
        Confusion(codes[a] if a >= 0 else "", codes[b], len(places), counts[a], tuple(places))
        for (a, b), places in sorted(found.items())
    ]
    return tuple(sorted(made, key=lambda entry: -entry.count))
