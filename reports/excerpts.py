"""Which excerpts a cell shows: representative ones, from different cases and roles, always the same ones.

An excerpt stands for its cell when its words are also the words of the cell's other codings. Each content word (four
letters or more, compared by its first six) scores the number of other cases in whose codings it occurs; the sum is
divided by the excerpt's length, so that long passages do not win by length alone. Whole numbers only: no platform
rounds them otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import msgspec

from codebook.codebook import Code
from coding.coding import Coding
from corpus.source import Source
from reports.matrix import CaseTheme, Cell, Column, Excerpt

MAX_LENGTH = 420
"""Characters: a longer coding is shown up to the last sentence that ends before."""
_ENOUGH = 100
_WORD = re.compile(r"([^\W\d_]{4,6})[^\W\d_]*")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*(?=\s+[A-ZÆØÅÄÖÜ»“\"–—-])|[.!?…][»”\"')\]]*$")


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    case: int
    source: Source
    start: int
    end: int
    words: frozenset[str]


class _Ranked(msgspec.Struct, frozen=True, gc=False):
    score: int
    candidate: _Candidate


def cell_of(theme: Code, column: Column, cases: tuple[CaseTheme, ...], k: int) -> Cell:
    """The cell of a theme and a column: its cases, all their codings, and at most `k` excerpts."""
    codings = tuple(coding for case in cases for coding in case.codings)
    return Cell(theme, column, cases, codings, pick_excerpts(cases, k))


def pick_excerpts(cases: Sequence[CaseTheme], k: int) -> tuple[Excerpt, ...]:
    """At most `k` excerpts of a cell, in order of case and place; no two of them share a character.

    One of a case, then of a role, that is not shown yet comes before others; among these the one with the best score.
    """
    return _picked(_best_first(cases), cases, k) if k > 0 else ()


def pick_excerpts_of(cases: Sequence[CaseTheme], place: int, k: int) -> tuple[Excerpt, ...]:
    """At most `k` excerpts of one of the cases, `cases[place]`, chosen by what the others say too."""
    here = [candidate for candidate in _best_first(cases) if candidate.case == place]
    return _picked(here, cases, k) if k > 0 else ()


def _picked(left: list[_Candidate], cases: Sequence[CaseTheme], k: int) -> tuple[Excerpt, ...]:
    chosen: list[_Candidate] = []
    while left and len(chosen) < k:
        best = _most_different(left, chosen)
        chosen.append(best)
        left = [c for c in left if c.source.id != best.source.id or c.end <= best.start or c.start >= best.end]
    chosen.sort(key=lambda c: (c.case, c.source.id, c.start))
    return tuple(Excerpt(c.source, c.start, c.end, _resting_on(c, cases[c.case].codings)) for c in chosen)


def _most_different(left: Sequence[_Candidate], chosen: Sequence[_Candidate]) -> _Candidate:
    """The first of those that differ most from the chosen ones: by case, then by role."""
    if not chosen:
        return left[0]
    used_cases = {c.case for c in chosen}
    used_roles = {role for c in chosen for role in c.source.meta.roles}

    def likeness(case: int, source: Source) -> tuple[bool, bool]:
        return case in used_cases, not used_roles.isdisjoint(source.meta.roles)

    sources = {(c.case, c.source.id): c.source for c in left}
    least = min(likeness(case, source) for (case, _), source in sources.items())
    return next(c for c in left if likeness(c.case, c.source) == least)


def _best_first(cases: Sequence[CaseTheme]) -> list[_Candidate]:
    """What each coding would show, every stretch of text once, by score; of equal ones the first by case and place."""
    candidates = [candidate for index, case in enumerate(cases) for candidate in _candidates(index, case)]
    words_of_case: dict[int, set[str]] = {}
    for candidate in candidates:
        words_of_case.setdefault(candidate.case, set()).update(candidate.words)
    cases_with = Counter(chain.from_iterable(words_of_case.values()))
    ranked = [_Ranked(_score(c, cases_with), c) for c in candidates]
    ranked.sort(key=attrgetter("score"), reverse=True)
    return [entry.candidate for entry in ranked]


def _candidates(index: int, case: CaseTheme) -> list[_Candidate]:
    sources = {source.id: source for source in case.sources}
    spans = {(c.source, *shown_span(sources[c.source].text, c.start, c.end)) for c in case.codings}
    return [
        _Candidate(index, sources[id], start, end, _words(sources[id].text[start:end]))
        for id, start, end in sorted(spans)
    ]


def _score(candidate: _Candidate, cases_with: Counter[str]) -> int:
    n_words, length = len(candidate.words), candidate.end - candidate.start
    shared = sum(map(cases_with.__getitem__, candidate.words)) - n_words
    return (1000 * shared // (n_words + 12)) * min(length, _ENOUGH) // _ENOUGH


class _ContentWords(dict[str, tuple[str, ...]]):
    """What stands between two spaces → the content words in it, mostly one. Remembered: a study uses its words again
    and again, and to look one up takes a tenth of the time that it takes to find it."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        words = self[piece] = tuple(_WORD.findall(piece.lower()))
        return words


_REMEMBERED = 200_000
_content_words = _ContentWords()


def _words(text: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(_content_words.__getitem__, text.split())))


def shown_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a coding that is shown: all of it, or its first whole sentences where it is very long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start <= MAX_LENGTH:
        return start, end
    ends = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    fitting = [e for e in ends if e - start <= MAX_LENGTH]
    if fitting:
        return start, fitting[-1]
    if ends:
        return start, ends[0]
    return start, end


def _resting_on(candidate: _Candidate, codings: Sequence[Coding]) -> tuple[Coding, ...]:
    """The cell's codings that share words with the excerpt."""
    same = (c for c in codings if c.source == candidate.source.id)
    return tuple(c for c in same if c.start < candidate.end and c.end > candidate.start)
