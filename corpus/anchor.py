"""Where a coding's words stand in the text as it is now.

A coding stores its position, its words and a little context. They are looked for at the position, then anywhere, then
words like them; every place found is scored, and only a clear winner is taken. Where there is none, nobody guesses.

The order and the weights (quote 50, text before and after 20 each, distance 2) are those of the Hypothesis client
(github.com/hypothesis/client, src/annotator/anchoring/match-quote.ts). Different here: every place is judged, where
Hypothesis takes the best or the first; a context that was not stored is no evidence, where Hypothesis counts it as
fitting; and words of other codings that stand where they should tell by how much the text between them has moved.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from corpus.occurrences import occurrences_of

CONTEXT = 32
"""Characters of context that are stored on either side of a quote."""
_QUOTE, _CONTEXT, _DISTANCE = 50, 40, 2
"""Weights of a score. Where only one side's context is stored, it has the weight of both."""
PLACED = 0.78
"""The least score of a place that is taken without asking. The very words with the context of one side intact have
more, whatever stands on the other side; with other text on both sides they have about 0.7, since a sentence may stand
twice."""
_ALIKE = 0.75
"""The least likeness of changed words that are taken without asking: three of four characters are as they were."""
LEAD = 0.1
"""By how much the best place must lead: half of what one side's context weighs. Two places nearer to each other differ
by a word of their surroundings, which any edit may have changed."""
_SURE = 0.95
"""The least score of a place where the words stand elsewhere too, and of one that tells by how much the text around it
has moved: both sides of the context are intact but for a letter or two."""
_NEGATIONS = frozenset([
    "ikke", "ingen", "intet", "aldrig", "hverken", "uden", "ej", "næppe",
    "not", "no", "never", "none", "nothing", "neither", "nor", "without", "cannot", "n't", "n’t",
    "ikkje", "aldri", "inte", "inget", "inga", "aldrig", "utan",
    "kein", "keine", "keinen", "nicht", "nichts", "nie", "niemals", "ohne",
])  # fmt: skip
"""Words that turn a sentence round. Changed words with more or fewer of them than the quote are not taken without
asking, however alike they are: a coding must not rest on the opposite of what was coded."""
_LONG = 40
"""Characters of a sentence: the very words, this long, at one place only and moved as far as their neighbours, are
taken although the text on both sides is another (headings were put between paragraphs)."""
_LEAST_ALIKE = 0.5
"""Words that have less in common with the quote are not shown: Hypothesis allows as many errors as half its length."""
_MOST_PLACES = 200
"""Places of one quote that are compared; a quote with more is a word like `ja`, which only its context can place."""
_MOST_SHOWN = 9
"""Candidates that are kept of an uncertain coding: as many as a person can choose from with one key."""

_WORD = re.compile(r"n['’]t\b|[^\W\d_]+?(?=n['’]t\b)|[^\W\d_]+")

How = Literal["exact", "moved", "changed", "ambiguous", "uncertain", "lost"]


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """What was stored of some words: `[start, end)`, the words, and the text before and after them."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @property
    def whole(self) -> str:
        """The words in their context."""
        return self.prefix + self.quote + self.suffix

    def stands_at(self, text: str, start: int) -> bool:
        """Whether the words stand at `start` of the text, and all the stored context around them."""
        first = start - len(self.prefix)
        return first >= 0 and text.startswith(self.whole, first)


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place where the words may stand now. `words` is how alike they are, 1.0 for the very words."""

    start: int
    end: int
    score: float
    words: float = 1.0


class Place(msgspec.Struct, frozen=True):
    """Where words stand now, from 0 (nothing fits) to 1 (everything does) in `score`.

    `exact`: at the recorded position. `moved`: the very words at another place. `changed`: other words, clearly those.
    `ambiguous`: the very words at several places, and nothing tells which. `uncertain`: something like them, not surely
    them. `lost`: nothing like them. `start` and `end` are the place for the first three, the recorded position for the
    others. `candidates` are the places that were compared, best first; `count` is how many of them have the very words:
    all there are, or 200 where there are more, or the one that has all the context too.
    """

    how: How
    start: int
    end: int
    score: float = 1.0
    count: int = 1
    candidates: tuple[Candidate, ...] = ()


def confidence(score: float) -> str:
    """A score as people read it, rounded down: only what fits in everything has 1.00."""
    return f"{int(score * 100 + 1e-6) / 100:.2f}"


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after `[start, end)` that are stored with a coding."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def place(text: str, start: int, end: int, quote: str, prefix: str = "", suffix: str = "") -> Place:
    """Find `quote` in `text`, first at `[start, end)`, then anywhere, then words like it."""
    return places(text, [Recorded(start, end, quote, prefix, suffix)])[0]


def places(text: str, recorded: Sequence[Recorded]) -> list[Place]:
    """Where each of `recorded` stands in `text`, in their order.

    The time grows with the length of the text plus the number and length of the quotes, not with their product.
    """
    wanted = {entry: _in_normal_form(entry) for entry in dict.fromkeys(recorded)}
    entries = list(dict.fromkeys(wanted.values()))
    found = _unmistakable(text, entries)
    left = [entry for entry in entries if entry not in found]
    if left:
        found |= _judged(text, left, _Neighbours(found))
    sure = _Neighbours(found)
    for entry in entries if sure.moved or left else ():
        found[entry] = _between(text, entry, found[entry], *sure.of(entry)) or found[entry]
    likely = _Neighbours(found, _is_likely)
    for entry in left:
        found[entry] = _in_sequence(entry, found[entry], *likely.of(entry)) or found[entry]
    return [found[wanted[entry]] for entry in recorded]


def _in_normal_form(entry: Recorded) -> Recorded:
    if unicodedata.is_normalized("NFC", entry.whole):
        return entry
    quote, prefix, suffix = (unicodedata.normalize("NFC", part) for part in (entry.quote, entry.prefix, entry.suffix))
    return Recorded(entry.start, entry.end, quote, prefix, suffix)


def _unmistakable(text: str, recorded: Sequence[Recorded]) -> dict[Recorded, Place]:
    """Those that stand as they were recorded, or with all their context at one other place."""
    found: dict[Recorded, Place] = {}
    elsewhere = []
    for entry in recorded:
        if entry.quote and entry.stands_at(text, entry.start):
            found[entry] = Place("exact", entry.start, entry.start + len(entry.quote))
        elif not entry.quote.strip():
            found[entry] = Place("lost", entry.start, entry.end, 0.0, 0)
        else:
            elsewhere.append(entry)
    whole = occurrences_of(text, (entry.whole for entry in elsewhere), 2)
    for entry in elsewhere:
        starts = whole[entry.whole]
        if len(starts) == 1 and not _is_at(text, entry, entry.start):
            start = starts[0] + len(entry.prefix)
            found[entry] = _taken("moved", [_candidate(text, entry, start)], 1)
    return found


def _judged(text: str, recorded: Sequence[Recorded], neighbours: _Neighbours) -> dict[Recorded, Place]:
    """Those of which the words stand at several places, or in another context, or nowhere."""
    exact = occurrences_of(text, (entry.quote for entry in recorded), _MOST_PLACES)
    known: dict[Recorded, list[Candidate]] = {}
    expected: dict[Recorded, set[int]] = {}
    for entry in recorded:
        shifts = [place.start - mark.start for mark, place in filter(None, neighbours.of(entry))]
        expected[entry] = {entry.start, *(entry.start + shift for shift in shifts)}
        starts = {*exact[entry.quote], *(start for start in expected[entry] if _is_at(text, entry, start))}
        known[entry] = [_candidate(text, entry, start) for start in starts]
    doubtful = {entry: expected[entry] for entry in recorded
                if max((c.score for c in known[entry]), default=0.0) < 1 - LEAD}  # fmt: skip
    if doubtful:
        from corpus.near_words import near_places

        for entry, spans in near_places(text, doubtful).items():
            known[entry] += _near(text, entry, spans, known[entry])
    return {entry: _judge(text, entry, there) for entry, there in known.items()}


def _near(text: str, entry: Recorded, spans: Iterable[tuple[int, int]], exact: Sequence[Candidate]) -> list[Candidate]:
    """Candidates of other words than the quote; of those that overlap each other or the very words, the best one."""
    near = [_candidate(text, entry, start, end) for start, end in {*spans} - {(c.start, c.end) for c in exact}]
    near.sort(key=lambda c: (-c.score, c.start, c.end))
    kept: list[Candidate] = []
    for one in near:
        better = [*kept, *(c for c in exact if c.score >= one.score)]
        if one.words >= _LEAST_ALIKE and all(one.end <= c.start or c.end <= one.start for c in better):
            kept.append(one)
    return kept


def _judge(text: str, entry: Recorded, there: Sequence[Candidate]) -> Place:
    """Which of the candidates it is, if that is clear."""
    ordered = sorted(there, key=lambda c: (-c.score, abs(c.start - entry.start), c.start))
    count = sum(c.words == 1 for c in ordered)
    if not ordered:
        return Place("lost", entry.start, entry.end, 0.0, 0)
    best = ordered[0]
    rivals = [c for c in ordered if c.score > best.score - LEAD]
    at_place = next((c for c in ordered if c.start == entry.start and c.words == 1), None)
    if len(rivals) == 1 and best is at_place and best.score >= PLACED:
        return _taken("exact", ordered, count)
    enough = _SURE if count > 1 else PLACED
    alike = best.words == 1 or (count == 0 and best.words >= _ALIKE)
    alike = alike and _negations(text[best.start : best.end]) == _negations(entry.quote)
    if len(rivals) == 1 and at_place is None and best.score >= enough and alike:
        return _taken("moved" if best.words == 1 else "changed", ordered, count)
    same = {c.start for c in (*rivals, *([at_place] if at_place else ())) if c.words == 1}
    how: How = "ambiguous" if len(same) > 1 else "uncertain"
    return Place(how, entry.start, entry.end, best.score, count, tuple(ordered[:_MOST_SHOWN]))


def _taken(how: How, ordered: Sequence[Candidate], count: int) -> Place:
    best = ordered[0]
    return Place(how, best.start, best.end, best.score, count, tuple(ordered[:_MOST_SHOWN]))


def _is_at(text: str, entry: Recorded, start: int) -> bool:
    return start >= 0 and text.startswith(entry.quote, start)


def _negations(words: str) -> int:
    return sum(word in _NEGATIONS for word in _WORD.findall(words.lower()))


# Scores


def _candidate(text: str, entry: Recorded, start: int, end: int = -1) -> Candidate:
    """The place `[start, end)` with its score; without `end` the very words stand there."""
    words = 1.0 if end < 0 else _likeness(text[start:end], entry.quote)
    end = start + len(entry.quote) if end < 0 else end
    parts = [(float(_QUOTE), words), (_DISTANCE, max(0.0, 1 - abs(start - entry.start) / max(1, len(text))))]
    sides = [
        _likeness(text[max(0, start - len(entry.prefix)) : start], entry.prefix) if entry.prefix else None,
        _likeness(text[end : end + len(entry.suffix)], entry.suffix) if entry.suffix else None,
    ]
    stored = [side for side in sides if side is not None]
    parts += [(_CONTEXT / len(stored), side) for side in stored]
    score = sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)
    return Candidate(start, end, int(score * 10_000 + 1e-6) / 10_000, words)


def _likeness(one: str, other: str) -> float:
    """1 for the same string, down to 0: the share of characters that need no edit (Levenshtein)."""
    if one == other:
        return 1.0
    from rapidfuzz.distance import Levenshtein

    return min(Levenshtein.normalized_similarity(one, other), 0.9999)


# Neighbours


_Mark = tuple[Recorded, Place] | None


def _is_sure(entry: Recorded, place: Place) -> bool:
    return place.how in ("exact", "moved") and place.score >= _SURE


def _is_likely(entry: Recorded, place: Place) -> bool:
    """Whether the very words, long enough not to stand there by chance, were found at one place only."""
    alone = place.how == "uncertain" and place.count == 1 and len(entry.quote) >= _LONG
    return _is_sure(entry, place) or (alone and place.candidates[0].words == 1)


class _Neighbours:
    """Words whose places are known well enough to tell where the words between them are."""

    def __init__(self, found: Mapping[Recorded, Place], known: Callable[[Recorded, Place], bool] = _is_sure) -> None:
        self.marks = sorted((pair for pair in found.items() if known(*pair)), key=lambda pair: pair[0].start)
        self.starts = [entry.start for entry, _ in self.marks]
        self.moved = any(place.how != "exact" for _, place in self.marks)

    def of(self, entry: Recorded) -> tuple[_Mark, _Mark]:
        """The nearest mark before the recorded position and the nearest after it, itself not counted."""
        first = bisect_left(self.starts, entry.start)
        last = bisect_right(self.starts, entry.start)
        return self.marks[first - 1] if first else None, self.marks[last] if last < len(self.marks) else None


def _between(text: str, entry: Recorded, here: Place, before: _Mark, after: _Mark) -> Place | None:
    """Words between two others that have moved equally far have moved with them; None where that is known already.

    So a sentence that stands many times is found again, and one that by chance stands at its old position in an edited
    text is not taken for the coded one.
    """
    if not before or not after:
        return None
    shift = before[1].start - before[0].start
    start = entry.start + shift
    if after[1].start - after[0].start != shift or (here.how in ("exact", "moved") and here.start == start):
        return None
    best = max((c.score for c in here.candidates), default=here.score)
    if not _is_at(text, entry, start) or (one := _candidate(text, entry, start)).score <= best - LEAD:
        return None
    others = [c for c in here.candidates if c.start != start or c.words < 1]
    return _taken("exact" if shift == 0 else "moved", [one, *others], max(here.count, 1))


def _in_sequence(entry: Recorded, here: Place, before: _Mark, after: _Mark) -> Place | None:
    """Long words at one place only, that moved farther than what was before them and less far than what was behind, are
    the ones, though the text around is another (headings were put between paragraphs); None where that is not so."""
    if not _is_likely(entry, here) or here.how != "uncertain" or not after:
        return None
    only, *others = here.candidates
    shifts = sorted((_shift(before) if before else 0, _shift(after)))
    alone = all(other.score <= only.score - LEAD for other in others)
    if not alone or not shifts[0] <= only.start - entry.start <= shifts[1]:
        return None
    return _taken("exact" if only.start == entry.start else "moved", here.candidates, 1)


def _shift(mark: tuple[Recorded, Place]) -> int:
    """How far a mark has moved, or probably has."""
    entry, place = mark
    return (place.candidates[0].start if place.how == "uncertain" else place.start) - entry.start
