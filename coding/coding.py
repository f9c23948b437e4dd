"""A coding: one coder gave one code to one span of one source."""

from __future__ import annotations

from typing import Literal

import msgspec

from corpus.anchor import Place, Recorded

Placement = Literal["exact", "moved", "changed"]
AnchorState = Literal["moved", "changed", "ambiguous", "uncertain", "lost", "accepted", "orphan"]


class Anchored(msgspec.Struct, frozen=True, gc=False):
    """What became of a coding whose source was edited after it was coded.

    `state` is what was found (`moved`, `changed`: it counts at its new place; `ambiguous`, `uncertain`, `lost`: it
    waits for a decision and does not count), or what a person decided, `by` whom and when (`at`): `accepted` (it counts
    there) or `orphan` (its words are not in the text any more; it does not count and is not asked about). `recorded`
    are the words that were looked for: the coder's, or those of the last decision, which the text was edited after.
    `coded` are the coder's own words, `span` the id of the event that says them, and `line` where in the coder's log it
    was added.
    """

    id: str
    coder: str
    source: str
    code: str
    memo: str
    line: int
    span: str
    coded: str
    recorded: Recorded
    place: Place
    state: AnchorState
    by: str = ""
    at: str = ""

    @property
    def counts(self) -> bool:
        """Whether the coding has a place in the text, and so counts."""
        return self.state in ("moved", "changed", "accepted")

    @property
    def waits(self) -> bool:
        """Whether a person has to decide."""
        return self.state in ("ambiguous", "uncertain", "lost")


class Coding(msgspec.Struct, frozen=True, gc=False):
    """A coding that counts, placed in the text of its source.

    `id` is the id of the event that added it. `start` and `end` are code points into the text, end exclusive.
    `origin` is `person` (a person read and judged), `structure` (a heading or question label), `pattern`, `sheet`
    (a person, in a coding sheet), `import` (a person, in another program) or the name of a suggester; `run` groups the
    codings that one command made. `memo` is the coder's note, empty where there is none. `file_line` is the line of the
    log on which it was added.
    `aided`: its coder had suggestions for this source before them when it was given, since they had unlocked it before
    coding it, or took it from a suggestion. Such codings are not independent of other coders', nor of the model.
    `quote` are the words as they stand in the text now. `placement` says whether they are the words that were coded, at
    the place where they were coded; where not, `anchor` tells what became of them.
    """

    id: str
    coder: str
    source: str
    code: str
    start: int
    end: int
    quote: str
    memo: str = ""
    origin: str = "person"
    run: str = ""
    at: str = ""
    placement: Placement = "exact"
    file_line: int = 0
    anchor: Anchored | None = None
    aided: bool = False


class ReadMark(msgspec.Struct, frozen=True):
    """This coder has read the source, or (with `theme`) has read it for one theme."""

    id: str
    coder: str
    source: str
    theme: str = ""
    at: str = ""
    file_line: int = 0


class UnlockMark(msgspec.Struct, frozen=True):
    """This coder asked to see suggestions for the source before having coded it."""

    id: str
    coder: str
    source: str
    at: str = ""
    file_line: int = 0


class Judgement(msgspec.Struct, frozen=True):
    """What a coder said of a suggestion. `target` is the suggestion's id (`coding.suggest.suggestion.suggestion_id`).

    `code` is what was given instead of the suggested code (`changed`), `coding` the coding that came of it, empty for
    `rejected`. `words` is a digest of the segment's words, `way` and `run` are those of the event.
    """

    id: str
    coder: str
    source: str
    verdict: Literal["accepted", "changed", "rejected"]
    target: str
    coding: str = ""
    code: str = ""
    words: str = ""
    way: str = ""
    run: str = ""
    at: str = ""


class SourceMemo(msgspec.Struct, frozen=True):
    """A coder's note on a whole source."""

    id: str
    coder: str
    source: str
    text: str
    at: str = ""
