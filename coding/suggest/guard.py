"""A suggester that is not crosscase's own, watched: what it says wrong is left out and told, and stops no other.

One that fails, or whose answers cannot be told apart, is asked no more. Single values that make no sense (a code that
is not asked for, a score that is no number, a position outside the text) are left out; what else it says counts.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Ranked, Suggester, Training

_NOTHING = Ranked({})


class Guarded:
    """A suggester like the one inside. `faults` are sentences about what was wrong, each kind once; `is_out`: it failed
    and is asked no more."""

    def __init__(self, inside: Suggester, entry: str) -> None:
        self._inside = inside
        self._codes: frozenset[str] = frozenset()
        self._lengths: dict[str, int] = {}
        self.entry = entry
        self.name = inside.name
        self.version = inside.version
        self.weight = inside.weight
        self.learns = inside.learns
        self.is_out = False
        self._said: dict[str, str] = {}

    @property
    def faults(self) -> tuple[str, ...]:
        """What was wrong so far."""
        return tuple(self._said.values())

    def fit(self, view: Training) -> None:
        """Let it learn; one that raises is asked no more."""
        self._codes = frozenset(view.codebook.by_id) | {code.id for code in view.codes}
        self._lengths = {id: len(source.text) for id, source in view.sources.items()}
        if self.is_out:
            return
        try:
            self._inside.fit(view)
        except Exception as error:  # a plug-in can fail in any way, and must not take the others with it
            self._put_out(f"failed while learning ({_named(error)})")

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> Sequence[Ranked]:
        """Its answers as far as they make sense; empty ones where it is out."""
        if not self.is_out:
            try:
                answers = list(self._inside.suggest(segments, evidence))
            except Exception as error:  # as above
                self._put_out(f"failed while suggesting ({_named(error)})")
            else:
                if len(answers) == len(segments):
                    return [self._checked(answer, segment) for answer, segment in zip(answers, segments, strict=True)]
                self._put_out(f"gave {len(answers)} answers for {len(segments)} segments")
        return [_NOTHING] * len(segments)

    def _checked(self, answer: Any, segment: Segment) -> Ranked:
        if self.is_out:
            return _NOTHING
        if not isinstance(answer, Ranked) or not isinstance(answer.scores, Mapping):
            self._put_out(f"gave an answer that is no Ranked with scores by code ({type(answer).__name__})")
            return _NOTHING
        evidence = answer.evidence if isinstance(answer.evidence, Mapping) else {}
        if evidence is not answer.evidence:
            self._tell("evidence", "gave evidence that is no mapping of codes to positions; it is left out")
        scores = {code: float(score) for code, score in answer.scores.items() if self._makes_sense(code, score)}
        spans = {code: self._inside_of(segment, said) for code, said in evidence.items() if self._is_known(code)}
        return Ranked(scores, {code: found for code, found in spans.items() if found})

    def _is_known(self, code: Any) -> bool:
        if code in self._codes:
            return True
        self._tell("code", f"names a code that is not asked for ('{code}'); such are left out")
        return False

    def _makes_sense(self, code: Any, score: Any) -> bool:
        if not self._is_known(code):
            return False
        try:
            is_number = math.isfinite(score)
        except (TypeError, ValueError, OverflowError):
            is_number = False
        if not is_number:
            self._tell("score", f"gives '{code}' a score that is no number ({score!r:.40}); such are left out")
        return is_number

    def _inside_of(self, segment: Segment, said: Any) -> tuple[tuple[int, int], ...]:
        """The positions that are stretches of the source's text."""
        length = self._lengths.get(segment.source, segment.end)
        found = []
        for span in said if isinstance(said, Iterable) else (said,):
            try:
                start, end = (operator.index(position) for position in span)
            except (TypeError, ValueError):
                start, end = -1, -1
            if 0 <= start < end <= length:
                found.append((start, end))
            else:
                where = f"{segment.source}, which has {length} characters"
                self._tell("span", f"points to {span!r:.40} in {where}; such positions are left out")
        return tuple(found)

    def _put_out(self, what: str) -> None:
        self.is_out = True
        self._tell("out", f"{what}; it is left out, and the others are asked")

    def _tell(self, kind: str, what: str) -> None:
        self._said.setdefault(kind, f"suggester '{self.entry}' {what}")


def guarded(suggesters: Iterable[Suggester]) -> list[Guarded]:
    """Those among the suggesters that are watched."""
    return [suggester for suggester in suggesters if isinstance(suggester, Guarded)]


def faults_of(suggesters: Iterable[Suggester]) -> list[str]:
    """What was wrong with any of them so far."""
    return [fault for suggester in guarded(suggesters) for fault in suggester.faults]


def sound(suggesters: Iterable[Suggester]) -> tuple[Suggester, ...]:
    """Those that have not failed."""
    return tuple(s for s in suggesters if not (isinstance(s, Guarded) and s.is_out))


def _named(error: Exception) -> str:
    """`ValueError: what it says`, on one short line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:120]}" if said else type(error).__name__
