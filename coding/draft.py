"""A draft: a coding that a rule proposes and nobody has accepted yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from coding.coding import Coding

DraftOrigin = Literal["structure", "pattern", "carry-over"]


class Draft(msgspec.Struct, frozen=True, gc=False):
    """What a rule proposes: a code for a span of a source, and why.

    `start` and `end` are code points into the text, end exclusive. `evidence` holds the spans that the rule
    went by: the words that a pattern matched, or the heading above. `why` says it in a line for the preview.
    """

    source: str
    code: str
    start: int
    end: int
    origin: DraftOrigin
    evidence: tuple[tuple[int, int], ...]
    why: str


def new_drafts(drafts: Iterable[Draft], codings: Iterable[Coding]) -> list[Draft]:
    """The drafts that say something new: those whose words no coding with the same code covers already."""
    covered: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for coding in codings:
        covered.setdefault((coding.source, coding.code), []).append((coding.start, coding.end))
    return [
        draft
        for draft in drafts
        if not any(
            start <= draft.start and draft.end <= end for start, end in covered.get((draft.source, draft.code), ())
        )
    ]
