"""Pages and times in a text that was edited since: each is found again by its first words, or left out.

Places come one after the other, and an edit rarely changes their order. So words that stand once in the text, and once
among the places, are certain; what crosses the others is not. Between two certain places the rest is looked for.
Nothing is guessed: a place whose words stand at several possible positions is lost.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from corpus.places import Place, WrittenPlace, first_words

_WORD = re.compile(r"\S+")
_SHORT = 3
"""Words of a beginning or an end that must stand in the text where the rest was changed."""
_ALIKE_HEAD, _ALIKE_TAIL = 0.45, 0.65
"""The share of its first words that a place keeps when some are edited and the first, or last, three are not."""
_LONGEST = 100

_MOST_LIKELY = 20


def found_again(text: str, written: Sequence[WrittenPlace]) -> tuple[Place, ...]:
    """The places in `text`, in order. One that is lost has an empty value and stands right after what comes before."""
    if all(_stands(text, entry) for entry in written):
        return tuple(entry.place for entry in written)
    positions = _positions(text, written)
    places = []
    before = -1
    for index, entry in enumerate(written):
        at = positions.get(index)
        if at is None or at < before:
            places.append(Place(entry.place.kind, before + 1, ""))
        else:
            places.append(msgspec.structs.replace(entry.place, start=at))
            before = at
    return tuple(places)


def _stands(text: str, entry: WrittenPlace) -> bool:
    start = entry.place.start
    return start < len(text) and not text[start].isspace() and first_words(text, start).startswith(entry.words)


class _Index:
    """The words of a text, asked where a sequence of them stands."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self.words = [word[0] for word in found]
        self.starts = [word.start() for word in found]
        self.at: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index in range(len(self.words)):
            for length in range(1, _SHORT + 1):
                self.at[tuple(self.words[index : index + length])].append(index)
        self.known: dict[tuple[str, ...], list[int]] = {}

    def indexes(self, words: Sequence[str]) -> list[int]:
        """Every place at which `words` stand one after the other, as the index of the first of them; in order."""
        key = tuple(words)
        if key not in self.known:
            begun = self.at.get(key[:_SHORT], []) if key else []
            later = words[_SHORT:]
            self.known[key] = [i for i in begun if self.words[i + _SHORT : i + len(words)] == later] if later else begun
        return self.known[key]

    def near(self, word: str, at: int) -> list[int]:
        """Where `word` stands at the index `at`, or a word or two beside it: others were put in or taken out."""
        places = range(max(at - 2, 0), min(at + 3, len(self.words)))
        return [i for i in places if self.words[i] == word]

    def within(self, words: Sequence[str], after: int, before: int, most: int = 0) -> list[int]:
        """Those of them whose positions in the text are in `[after, before)`; none where they are more than `most`."""
        found = self.indexes(words)
        first = bisect_left(found, after, key=self.starts.__getitem__)
        last = bisect_left(found, before, key=self.starts.__getitem__)
        return found[first:last] if not most or last - first <= most else []


def _positions(text: str, written: Sequence[WrittenPlace]) -> dict[int, int]:
    """Number of a place → where it stands now; those that are lost are not in it."""
    index = _Index(text)
    words = [entry.words.split() for entry in written]
    often = Counter((entry.place.kind, entry.words) for entry in written)
    once = [
        (number, index.starts[found[0]])
        for number, entry in enumerate(written)
        if often[entry.place.kind, entry.words] == 1 and len(found := index.indexes(words[number])) == 1
    ]
    certain = dict(_longest_rising(once))
    positions = dict(certain)
    likely: dict[int, int] = {}
    for (first, after), (last, before) in pairwise([(-1, -1), *certain.items(), (len(written), len(text))]):
        shifts = {certain[n] - written[n].place.start for n in (first, last) if n in certain} or {0}
        positions |= _between(range(first + 1, last), written, index, shifts, after, before)
        for number in range(first + 1, last):
            if number not in positions:
                likely |= _by_half(number, words[number], index, after, before)
    at_lines = {kind for kind in ("page", "time") if _begin_lines(text, written, certain, kind)}
    likely = {n: at for n, at in likely.items() if written[n].place.kind not in at_lines or _begins_line(text, at)}
    claims = Counter((written[n].place.kind, at) for found in (positions, likely) for n, at in found.items())
    return positions | {n: at for n, at in likely.items() if claims[written[n].place.kind, at] == 1}


def _begin_lines(text: str, written: Sequence[WrittenPlace], certain: Mapping[int, int], kind: str) -> bool:
    """Whether the places of a kind stand where lines begin, as far as they are certain."""
    starts = [_begins_line(text, at) for number, at in certain.items() if written[number].place.kind == kind]
    return sum(starts) >= 0.9 * len(starts)


def _begins_line(text: str, at: int) -> bool:
    return not at or text[at - 1] == "\n"


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of `pairs` (number, position), in order, whose positions do not fall (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    above: list[int | None] = []
    for k, (_, position) in enumerate(pairs):
        pile = bisect_right(tails, position)
        above.append(ends[pile - 1] if pile else None)
        tails[pile : pile + 1] = [position]
        ends[pile : pile + 1] = [k]
    chain = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(pairs[at])
        at = above[at]
    return chain[::-1]


def _between(
    numbers: range,
    written: Sequence[WrittenPlace],
    index: _Index,
    shifts: set[int],
    after: int,
    before: int,
) -> dict[int, int]:
    """Places between two certain ones whose words stand there as often as there are such places, or just as far on."""
    alike: Mapping[tuple[str, str], list[int]] = defaultdict(list)
    for number in numbers:
        alike[written[number].place.kind, written[number].words].append(number)
    positions: dict[int, int] = {}
    for same in alike.values():
        inside = [index.starts[i] for i in index.within(written[same[0]].words.split(), after, before)]
        if len(inside) == len(same):
            positions |= dict(zip(same, inside, strict=True))
        else:
            moved = {number: {written[number].place.start + shift for shift in shifts} for number in same}
            there = set(inside)
            fitting = {number: sorted(there & moved[number]) for number in same}
            positions |= {number: found[0] for number, found in fitting.items() if len(found) == 1}
    return positions


def _by_half(number: int, words: Sequence[str], index: _Index, after: int, before: int) -> dict[int, int]:
    """The place whose first or last three words stand once between two certain places, with some of the others."""
    if len(words) <= _SHORT:
        return {}
    heads = index.within(words[:_SHORT], after, before, _MOST_LIKELY)
    ends = index.within(words[-_SHORT:], after, before + _LONGEST, _MOST_LIKELY)
    tails = [
        i for end in ends for i in index.near(words[0], end - len(words) + _SHORT) if after <= index.starts[i] < before
    ]
    alike = {i for i in heads if _share(words, index.words[i : i + len(words)]) >= _ALIKE_HEAD}
    alike |= {i for i in tails if _share(words, index.words[i : i + len(words)]) >= _ALIKE_TAIL}
    return {number: index.starts[alike.pop()]} if len(alike) == 1 else {}


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """What share of two sequences of words, or of letters, they have in common, in order (0 to 1)."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
