"""The codes below a theme: which of them a segment bears, given that it bears the theme."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from coding.coding import Coding
from coding.suggest.calibration import codes_with_enough
from coding.suggest.combination import TEMPERATURE
from coding.suggest.features import TextSpace
from coding.suggest.gold import case_of, words_of
from coding.suggest.segment_list import Segment, themes_coded
from coding.suggest.suggester import Example, Training
from coding.suggest.text_suggester import TextSuggester
from coding.suggest.theme_texts import theme_texts

Spans = tuple[tuple[int, int], ...]


class SubCodes(msgspec.Struct, frozen=True):
    """Codes below themes as fitted; `groups`: theme → its codes. `enough`: those with enough codings to calibrate."""

    suggester: TextSuggester | None
    groups: dict[str, tuple[str, ...]]
    enough: frozenset[str]

    def parts(self, wanted: Sequence[Segment]) -> list[dict[str, tuple[float, Spans]]]:
        """For each segment: code below a theme → its part of the theme, from 0 to 1, and the words that speak for it.

        The theme itself, without any of its codes, takes part with the score of an average code.
        """
        import math

        if self.suggester is None:
            return [{} for _ in wanted]
        found = []
        for answer in self.suggester.suggest(wanted):
            parts: dict[str, tuple[float, Spans]] = {}
            for codes in self.groups.values():
                scores = [answer.scores[code] for code in codes]
                best = max(scores)
                raised = [math.exp((score - best) / TEMPERATURE) for score in scores]
                whole = sum(raised) + sum(raised) / len(raised)
                for code, value in zip(codes, raised, strict=True):
                    parts[code] = value / whole, answer.evidence.get(code, ())
            found.append(parts)
        return found


def sub_codes(view: Training, codings: Sequence[Coding], space: TextSpace | None = None) -> SubCodes:
    """The codes below the view's themes, fitted on their own texts and codings; in `space`, where there is one."""
    groups = {
        theme.id: tuple(code.id for code in theme.walk() if code is not theme and not code.replaced_by)
        for theme in view.codes
    }
    groups = {theme: codes for theme, codes in groups.items() if codes}
    wanted = [view.codebook.by_id[code] for codes in groups.values() for code in codes]
    if not wanted:
        return SubCodes(None, {}, frozenset())
    current = {id: view.codebook.current(id) for id in view.codebook.by_id}
    own = {id: code for id, code in current.items() if any(code in codes for codes in groups.values())}
    of_source: dict[str, list[Coding]] = {}
    for coding in codings:
        of_source.setdefault(coding.source, []).append(coding)
    examples: list[Example] = []
    cases: dict[str, list[str]] = {}
    for segment in view.segments:
        for code, text in themes_coded(segment, of_source.get(segment.source, ()), own).items():
            examples.append(Example(words_of(segment, text), {code: 1.0}, 1.0, case_of(segment)))
            cases.setdefault(code, []).append(case_of(segment))
    suggester = TextSuggester(space)
    texts = theme_texts(wanted, view.codebook, view.guide)
    suggester.fit(msgspec.structs.replace(view, codes=tuple(wanted), texts=texts, examples=tuple(examples)))
    return SubCodes(suggester, groups, codes_with_enough({code: tuple(of) for code, of in cases.items()}))
