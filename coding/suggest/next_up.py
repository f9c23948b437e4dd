"""What to code next, and why: the sources from which a coder, and the coder's model, learn most.

Four things speak for a source, each between 0 and 1: how much of it is not coded yet; how unsure the model is of its
uncoded segments (the entropy of the themes' shares; uncertainty sampling, Lewis and Gale 1994); how little the coder
has of its case; and how much of it seems to be about themes that have fewer than five codings. Sources are chosen one
after another, each as if those before it were coded, so that the first few are of different cases and themes.

What the model thinks a source is about is a suggestion. For a source that is kept back only numbers are said, no theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from coding.coded_study import CodedStudy
from coding.suggest.calibration import FEWEST_CODINGS
from coding.suggest.lock import SourceState, source_states
from coding.suggest.model import Model
from coding.suggest.segment_list import Segment

WEIGHTS = {"uncoded": 1.0, "unsure": 1.0, "case": 1.0, "themes": 1.0}
UNSURE = 0.5
"""A segment is called unsure where the entropy of its shares is at least half of the largest possible."""
_LEAST_SHARE = 0.3
"""A theme is expected in a segment from this share on."""
_MOST_SEGMENTS = 3


class Next(msgspec.Struct, frozen=True):
    """A source to code, in its place in the order. `parts` are what speaks for it, `score` their weighted mean.

    `look_at` are its segments that the model is least sure of, as `[start, end)`: only for a source that is open, where
    they are what is left to do.
    """

    source: str
    case: str
    segments: int
    uncoded: int
    read: bool
    locked: bool
    score: float
    parts: Mapping[str, float]
    why: tuple[str, ...]
    look_at: tuple[tuple[int, int], ...] = ()


class _Candidate(msgspec.Struct, frozen=True):
    state: SourceState
    case: str
    unsure: tuple[float, ...]
    """For each uncoded segment: the entropy of its shares, 0 to 1."""
    shares: Any
    """Uncoded segments × themes."""


def next_up(coded: CodedStudy, model: Model, source_ids: Sequence[str] = ()) -> list[Next]:
    """The sources that are not done yet, in the order in which to code them; of these ids, or all.

    A source is done when it was marked as read, or when every segment has a coding.
    """
    themes = [code.id for code in model.view.codes]
    cases, codings = _had(coded, model.coder)
    left = _candidates(coded, model, source_ids)
    found = []
    while left:
        judged = [(candidate, _parts(candidate, cases, codings, themes)) for candidate in left]
        best, parts = max(judged, key=lambda pair: (_score(pair[1]), -left.index(pair[0])))
        found.append(_entry(best, parts, cases, codings, themes))
        cases[best.case] = cases.get(best.case, 0) + 1
        for theme, expected in _expected(best, themes).items():
            codings[theme] = codings.get(theme, 0) + expected
        left.remove(best)
    return found


def _had(coded: CodedStudy, coder: str) -> tuple[dict[str, float], dict[str, float]]:
    """What the coder has: case → how many of its sources hold codings or are read; theme → how many codings."""
    theme_of = coded.codebook.theme_of
    case_of = {source.id: source.meta.case or source.id for source in coded.study.sources}
    begun = {c.source for c in coded.codings if c.coder == coder}
    begun |= {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme}
    cases: dict[str, float] = {}
    for id in begun & case_of.keys():
        cases[case_of[id]] = cases.get(case_of[id], 0) + 1
    codings: dict[str, float] = {}
    for coding in coded.codings:
        if coding.coder == coder and coding.code in theme_of:
            theme = theme_of[coding.code].id
            codings[theme] = codings.get(theme, 0) + 1
    return cases, codings


def _candidates(coded: CodedStudy, model: Model, source_ids: Sequence[str]) -> list[_Candidate]:
    states = source_states(coded, model.view.segments, model.coder, source_ids)
    wanted = [state for state in states if not state.read and state.bare]
    shares = model.shares([segment for state in wanted for segment in state.bare])
    entropies = _entropies(shares)
    found, at = [], 0
    for state in wanted:
        rows = slice(at, at + len(state.bare))
        at += len(state.bare)
        case = coded.study.source_by_id[state.source].meta.case or state.source
        found.append(_Candidate(state, case, tuple(float(e) for e in entropies[rows]), shares[rows]))
    return found


def _entropies(shares: Any) -> Any:
    """The entropy of each row, as a share of the largest possible; 0 where there is but one theme."""
    import numpy as np

    if not shares.size or shares.shape[1] < 2:
        return np.zeros(len(shares))
    inside = np.clip(shares, 1e-12, 1.0)
    return -(inside * np.log(inside)).sum(1) / np.log(shares.shape[1])


def _parts(
    candidate: _Candidate, cases: Mapping[str, float], codings: Mapping[str, float], themes: Sequence[str]
) -> dict[str, float]:
    thin = [number for number, theme in enumerate(themes) if codings.get(theme, 0) < FEWEST_CODINGS]
    return {
        "uncoded": len(candidate.state.bare) / len(candidate.state.segments),
        "unsure": sum(candidate.unsure) / len(candidate.unsure),
        "case": 1 / (1 + cases.get(candidate.case, 0)),
        "themes": float(candidate.shares[:, thin].sum(1).mean()) if thin else 0.0,
    }


def _score(parts: Mapping[str, float]) -> float:
    return sum(WEIGHTS[name] * value for name, value in parts.items()) / sum(WEIGHTS.values())


def _expected(candidate: _Candidate, themes: Sequence[str]) -> dict[str, int]:
    """Theme → in how many of the uncoded segments it is expected; those in none are left out."""
    counts = (candidate.shares >= _LEAST_SHARE).sum(0)
    return {theme: int(n) for theme, n in zip(themes, counts, strict=True) if n}


def _entry(
    candidate: _Candidate,
    parts: Mapping[str, float],
    cases: Mapping[str, float],
    codings: Mapping[str, float],
    themes: Sequence[str],
) -> Next:
    state = candidate.state
    expected = _expected(candidate, themes)
    thin = [theme for theme in expected if codings.get(theme, 0) < FEWEST_CODINGS]
    unsure = sorted(zip(candidate.unsure, state.bare, strict=True), key=lambda pair: (-pair[0], pair[1].start))
    return Next(
        source=state.source,
        case=candidate.case if candidate.case != state.source else "",
        segments=len(state.segments),
        uncoded=len(state.bare),
        read=state.read,
        locked=not state.open,
        score=round(_score(parts), 4),
        parts={name: round(value, 4) for name, value in parts.items()},
        why=tuple(_why(candidate, cases, thin)),
        look_at=_look_at(unsure) if state.open else (),
    )


def _look_at(unsure: Sequence[tuple[float, Segment]]) -> tuple[tuple[int, int], ...]:
    return tuple((segment.start, segment.end) for value, segment in unsure[:_MOST_SEGMENTS] if value >= UNSURE)


def _why(candidate: _Candidate, cases: Mapping[str, float], thin: Sequence[str]) -> Iterable[str]:
    """What speaks for the source, in words, most telling first."""
    state = candidate.state
    n, of = len(state.bare), len(state.segments)
    had = int(cases.get(candidate.case, 0))
    yield "not begun" if n == of else f"{of - n} of {of} segments coded, not marked as read"
    if candidate.case != state.source:
        yield (
            f"nothing of case {candidate.case} is coded before it"
            if not had
            else f"{had} {'source' if had == 1 else 'sources'} of case {candidate.case} coded before it"
        )
    if thin:
        named = f": {', '.join(thin[:4])}{', …' if len(thin) > 4 else ''}" if state.open else ""
        many = f"{len(thin)} themes" if len(thin) > 1 else "a theme"
        yield f"seems to speak of {many} with fewer than {FEWEST_CODINGS} codings{named}"
    if unsure := sum(value >= UNSURE for value in candidate.unsure):
        yield f"the model is unsure of {unsure} of its {n} uncoded segments"
