"""Human first: which sources a coder may see suggestions for, and which of their segments.

A source is open to a coder who has coded at least half of its segments, has marked it as read, or has once asked to see
its suggestions before that. To ask is an event in the coder's log (`unlock`), and codings given after it are marked as
aided (`Coding.aided`).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from coding.coded_study import CodedStudy
from coding.events import Unlock, now
from coding.suggest.segment_list import Segment, themes_coded
from corpus.ids import random_id


class SourceState(msgspec.Struct, frozen=True):
    """A source as one coder left it: all its segments, those without a coding, and why suggestions may be seen.

    `read`: marked as read to the end. `unlocked`: asked for before. `open` is either of them, or coded by half.
    """

    source: str
    segments: tuple[Segment, ...]
    bare: tuple[Segment, ...]
    read: bool
    unlocked: bool

    @property
    def open(self) -> bool:
        """Whether the coder may see suggestions without asking."""
        return self.read or self.unlocked or self.half_coded

    @property
    def half_coded(self) -> bool:
        """Whether at least half of the segments are coded; so is a source without any."""
        return 2 * len(self.bare) <= len(self.segments)


class Opened(msgspec.Struct, frozen=True):
    """The segments to rank codes for, the sources kept back, and those that are only seen because it was asked for."""

    segments: tuple[Segment, ...]
    kept_back: tuple[str, ...]
    unlocked: tuple[str, ...]


def source_states(
    coded: CodedStudy, segments: Sequence[Segment], coder: str, source_ids: Sequence[str] = ()
) -> list[SourceState]:
    """The state of these sources for one coder, in their order; without ids, of all that have segments."""
    themes = {id: theme.id for id, theme in coded.codebook.theme_of.items()}
    of_source: dict[str, list[Segment]] = {}
    for segment in segments:
        of_source.setdefault(segment.source, []).append(segment)
    read = {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme}
    seen = {mark.source for mark in coded.unlocks if mark.coder == coder}
    found = []
    for id in dict.fromkeys(source_ids or of_source):
        own = tuple(of_source.get(id, ()))
        mine = coded.codings_in(id, coder) if coder else ()
        bare = tuple(segment for segment in own if not themes_coded(segment, mine, themes))
        found.append(SourceState(id, own, bare, id in read, id in seen))
    return found


def open_up(states: Sequence[SourceState], also_coded: bool, unlock: bool) -> Opened:
    """What may be shown of these sources; with `unlock`, also what the coder has not coded yet."""
    shown: list[Segment] = []
    for state in states:
        if state.open or unlock:
            shown += state.segments if also_coded else state.bare
    locked = tuple(state.source for state in states if not state.open)
    return Opened(tuple(shown), () if unlock else locked, locked if unlock else ())


def unlocking(sources: Sequence[str]) -> dict[str, list[Unlock]]:
    """Source → the event that says that its suggestions were asked for before it was coded; one run for all."""
    run = random_id("b") if len(sources) > 1 else ""
    return {source: [Unlock(id=random_id("v"), at=now(), run=run)] for source in sources}
