"""The two suggesters that need no learning: headings and question labels, and the codebook's patterns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from coding.patterns import pattern_matches
from coding.structure import suggest_by_structure
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Ranked, Training

Spans = tuple[tuple[int, int], ...]


class StructureSuggester:
    """A segment bears the code that the heading or question label above it means. Evidence: the heading's words."""

    name, version, weight, learns = "structure", "1", 0.3, False

    def __init__(self) -> None:
        self._view: Training | None = None
        self._said: dict[str, dict[int, tuple[str, Spans]]] = {}

    def fit(self, view: Training) -> None:
        """Forget what was read under another codebook."""
        if self._view is None or self._view.codebook is not view.codebook or self._view.guide is not view.guide:
            self._said = {}
        self._view = view

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        """1 for the code that the structure means; nothing where it is not clear or the segment has no source."""
        return [self._ranked(segment) for segment in segments]

    def _ranked(self, segment: Segment) -> Ranked:
        assert self._view is not None
        codes = code_of(self._view)
        for start, (code, words) in self._drafts(segment.source).items():
            if segment.start <= start < segment.end and code in codes:
                return Ranked({codes[code]: 1.0}, {codes[code]: words})
        return Ranked({})

    def _drafts(self, source: str) -> dict[int, tuple[str, Spans]]:
        assert self._view is not None
        if source not in self._said:
            text = self._view.sources.get(source)
            drafts = suggest_by_structure(text, self._view.codebook, self._view.guide) if text else ()
            self._said[source] = {draft.start: (draft.code, draft.evidence) for draft in drafts}
        return self._said[source]


class PatternSuggester:
    """A segment bears the codes whose patterns match in it. Evidence: the words that matched."""

    name, version, weight, learns = "patterns", "1", 0.1, False
    _most = 2

    def __init__(self) -> None:
        self._view: Training | None = None
        self._found: dict[str, list[tuple[int, int, str]]] = {}

    def fit(self, view: Training) -> None:
        """Look for all patterns in all sources once; a changed codebook or other indexes are looked through anew."""
        seen = self._view
        if seen is None or seen.codebook is not view.codebook or seen.indexes is not view.indexes:
            self._found = defaultdict(list)
            for match in pattern_matches(view.codebook, view.indexes, view.sources.values()):
                self._found[match.source].append((match.start, match.end, match.code))
        self._view = view

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        """1 for each different place that a pattern of the code matches, 2 at most."""
        assert self._view is not None
        codes = code_of(self._view)
        answers = []
        for segment in segments:
            places: dict[str, set[tuple[int, int]]] = defaultdict(set)
            for start, end, code in self._found.get(segment.source, ()):
                if segment.start <= start < segment.end and code in codes:
                    places[codes[code]].add((start, end))
            counts = Counter({code: len(spans) for code, spans in places.items()})
            scores = {code: float(min(count, self._most)) for code, count in counts.items()}
            answers.append(Ranked(scores, {code: tuple(sorted(spans)) for code, spans in places.items()}))
        return answers


def code_of(view: Training) -> dict[str, str]:
    """Code → the code among those to be suggested that it belongs to: itself, else its theme."""
    wanted = {code.id for code in view.codes}
    themes = {id: theme.id for id, theme in view.codebook.theme_of.items() if theme.id in wanted}
    return themes | {id: id for id in wanted}
