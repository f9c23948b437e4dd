"""Which excerpts a cell shows: representative ones, from different cases and roles, always the same ones.

An excerpt stands for its cell when its words are also the words of the cell's other codings. Each content word (four
letters or more, compared by its first six) scores the number of other cases in whose codings it occurs; the sum is
divided by the excerpt's length, so that long passages do not win by length alone. Whole numbers only: no platform
rounds them otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from codebook.codebook import Code
from coding.coding import Coding
from corpus.source import Source
from reports.matrix import CaseTheme, Cell, Column, Excerpt

MAX_LENGTH = 420
"""Characters: a longer coding is shown up to the last sentence that ends before."""
_ENOUGH = 100
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*(?=\s+[A-ZÆØÅÄÖÜ»“\"–—-])|[.!?…][»”\"')\]]*$")


class _Candidate(msgspec.Struct, frozen=True):
    case: int
    source: Source
    start: int
    end: int
    score: int


def cell_of(theme: Code, column: Column, cases: tuple[CaseTheme, ...], k: int) -> Cell:
    """The cell of a theme and a column: its cases, all their codings, and at most `k` excerpts."""
    codings = tuple(coding for case in cases for coding in case.codings)
    return Cell(theme, column, cases, codings, pick_excerpts(cases, k))


def pick_excerpts(cases: Sequence[CaseTheme], k: int) -> tuple[Excerpt, ...]:
    """At most `k` excerpts of a cell, in order of case and place; no two of them share a character."""
    if k <= 0:
        return ()
    left = _candidates(cases)
    chosen: list[_Candidate] = []
    while left and len(chosen) < k:
        used_cases = {c.case for c in chosen}
        used_roles = {role for c in chosen for role in c.source.meta.roles}
        best = min(left, key=lambda c: (c.case in used_cases, not used_roles.isdisjoint(c.source.meta.roles), -c.score,
                                        c.case, c.source.id, c.start, c.end))  # fmt: skip
        chosen.append(best)
        left = [c for c in left if c.source.id != best.source.id or c.end <= best.start or c.start >= best.end]
    chosen.sort(key=lambda c: (c.case, c.source.id, c.start))
    return tuple(Excerpt(c.source, c.start, c.end, _resting_on(c, cases[c.case].codings)) for c in chosen)


def _candidates(cases: Sequence[CaseTheme]) -> list[_Candidate]:
    spans: dict[tuple[int, str, int, int], Source] = {}
    for index, case in enumerate(cases):
        sources = {source.id: source for source in case.sources}
        for coding in case.codings:
            source = sources[coding.source]
            start, end = shown_span(source.text, coding.start, coding.end)
            spans.setdefault((index, source.id, start, end), source)
    words = {key: _words(source.text[key[2] : key[3]]) for key, source in spans.items()}
    cases_with: dict[str, set[int]] = defaultdict(set)
    for key, found in words.items():
        for word in found:
            cases_with[word].add(key[0])
    return [
        _Candidate(key[0], source, key[2], key[3], _score(source.text[key[2] : key[3]], words[key], cases_with))
        for key, source in spans.items()
    ]


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(text.lower()))


def _score(text: str, words: frozenset[str], cases_with: Mapping[str, set[int]]) -> int:
    shared = sum(len(cases_with[word]) - 1 for word in words)
    length = len(text)
    return (1000 * shared // (len(words) + 12)) * min(length, _ENOUGH) // _ENOUGH


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
