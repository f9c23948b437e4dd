"""A suggestion: a code that nobody has accepted yet, with the words that speak for it and how sure it is."""

from __future__ import annotations

from typing import Any

import msgspec


class Suggestion(msgspec.Struct, frozen=True, gc=False):
    """One code for one segment.

    `score` is the code's share among all themes, between 0 and 1; a code below a theme has at most the theme's.
    `probability` is that of a person giving the code, calibrated on the coder's own codings by held-out case; None
    where there are too few of them. `evidence` are positions `[start, end)` in the source's text of the words that
    speak for it; empty for codes that nothing speaks for. `origin` is the suggester's name and version.
    """

    code: str
    score: float
    probability: float | None
    evidence: tuple[tuple[int, int], ...]
    origin: str


class SegmentSuggestions(msgspec.Struct, frozen=True, gc=False):
    """All codes for the segment `[start, end)` of a source, best first.

    `margin` is how far the best theme leads before the next. `abstained` says that this, or its probability, is less
    than the wanted precision asks for: then the ranking is there to look at, and nothing of it is proposed.
    """

    source: str
    start: int
    end: int
    suggestions: tuple[Suggestion, ...]
    abstained: bool
    margin: float = 0.0

    @property
    def id(self) -> str:
        """The segment's name, the same in every run: source and span."""
        return f"{self.source}:{self.start}-{self.end}"

    @property
    def proposed(self) -> bool:
        """Whether the first code leads far enough, and there are codings enough to say how often that is right."""
        return not self.abstained and self.suggestions[0].probability is not None


def suggestion_id(segment: SegmentSuggestions, suggestion: Suggestion) -> str:
    """The stable id of a suggestion: origin with version, code and span, as `accept` and `reject` name it."""
    return f"{suggestion.origin}:{suggestion.code}:{segment.id}"


def suggested(id: str) -> tuple[str, str]:
    """`(origin, code)` of a suggestion's id; two empty strings where it is none."""
    parts = id.rsplit(":", 3)
    return (parts[0], parts[1]) if len(parts) == 4 else ("", "")


def as_json(segment: SegmentSuggestions) -> dict[str, Any]:
    """The object that `crosscase suggest --json` prints for one segment."""
    return {
        "source": segment.source,
        "start": segment.start,
        "end": segment.end,
        "suggestions": [
            {
                "code": s.code,
                "score": s.score,
                "probability": s.probability,
                "evidence": [list(span) for span in s.evidence],
                "origin": s.origin,
            }
            for s in segment.suggestions
        ],
        "abstained": segment.abstained,
    }
