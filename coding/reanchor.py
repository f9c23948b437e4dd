"""Deciding where codings went when their text was edited: what waits, what an edit would do, and decisions as events.

Pure but for the reading: what is decided is returned as events, and `coding.anchors.write_anchors` appends them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.anchors import AnchorAct, AnchorEvent, Method, Orphaned, Settled, TakenBack, decisions, read_anchors
from coding.coding import Anchored, Coding
from coding.events import now
from coding.fold import fold
from coding.log import log_file, log_files, read_log
from coding.placing import LogCodings, placed_codings
from corpus.anchor import LEAD, context
from corpus.ids import random_id
from corpus.source import FrontMatter, Source

STATES = ("exact", "accepted", "moved", "changed", "ambiguous", "uncertain", "lost", "orphan")
"""What can become of a coding: it stays, its place was accepted, it is found again, it waits, it is kept without."""


class EditedText(msgspec.Struct, frozen=True):
    """What becomes of the codings of one source, of all coders, with a text.

    `codings` are those that count with it (`exact` and `accepted` ones, moved and changed ones), `anchored` tells of
    each that does not stand as it was recorded.
    """

    source: str
    codings: tuple[Coding, ...]
    anchored: tuple[Anchored, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many codings are in each of `STATES`, all of them named."""
        n = Counter(anchor.state for anchor in self.anchored)
        exact = sum(coding.anchor is None for coding in self.codings)
        return {state: exact if state == "exact" else n[state] for state in STATES}  # type: ignore[index]

    def of(self, *states: str) -> tuple[Anchored, ...]:
        """Those in these states, in the order of coder and place."""
        return tuple(anchor for anchor in self.anchored if anchor.state in states)


def state_after(root: Path, source_id: str, new_text: str) -> EditedText:
    """What would become of the codings of a source if its text were `new_text`. Nothing is written.

    `new_text` is the text as it will be read: in normal form C, with LF, without front matter. A source that is not
    there yet, or that nobody has coded, has no codings.
    """
    source = Source(source_id, FrontMatter(), new_text)
    logs = []
    for coder, id, path in log_files(root):
        if id == source_id:
            file = log_file(coder, id)
            state, _ = fold(read_log(path, file)[0], coder, id, file)
            logs.append(LogCodings(coder, file, (), state.codings))
    placed = placed_codings(source, logs, decisions(read_anchors(root, source_id)[0]))
    codings = (coding for log in placed for coding in log.codings)
    return EditedText(source_id, tuple(codings), tuple(anchor for log in placed for anchor in log.anchored))


class Question(msgspec.Struct, frozen=True):
    """Codings of the same words, asked about once: several codes, or several coders, on one passage."""

    source: str
    those: tuple[Anchored, ...]

    @property
    def first(self) -> Anchored:
        """One of them, for what they have in common: the words, where they may be, and what is known of it."""
        return self.those[0]


def questions(anchored: Iterable[Anchored]) -> tuple[Question, ...]:
    """`anchored`, those of the same words together, in order of source and recorded place."""
    found: dict[object, list[Anchored]] = {}
    for anchor in sorted(anchored, key=lambda a: (a.source, a.recorded.start, a.recorded.end, a.coder, a.id)):
        found.setdefault((anchor.source, anchor.recorded, anchor.state), []).append(anchor)
    return tuple(Question(those[0].source, tuple(those)) for those in found.values())


def clear_place(anchor: Anchored, least: float) -> tuple[int, int] | None:
    """The place that can be taken with a confidence of at least `least`: the only one that has as much, and near it
    none; None where there is no such place."""
    place = anchor.place
    if anchor.state in ("moved", "changed"):
        return (place.start, place.end) if place.score >= least else None
    if anchor.state == "uncertain" and place.candidates[0].score >= least:
        best, *others = place.candidates
        return (best.start, best.end) if all(other.score < best.score - LEAD for other in others) else None
    return None


def settled(
    anchor: Anchored, source: Source, start: int, end: int, by: str, method: Method = "found", run: str = ""
) -> Settled:
    """The decision that a coding stands at `[start, end)` of its source's text."""
    prefix, suffix = context(source.text, start, end)
    score = next((c.score for c in anchor.place.candidates if (c.start, c.end) == (start, end)), 1.0)
    return Settled(id=random_id("a"), at=now(), coder=anchor.coder, coding=anchor.id, span=anchor.span,
                   text=source.sha256, by=by, run=run, start=start, end=end, quote=source.text[start:end],
                   prefix=prefix, suffix=suffix, method=method, score=score)  # fmt: skip


def orphaned(anchor: Anchored, source: Source, by: str, run: str = "") -> Orphaned:
    """The decision that a coding's words are not in the text any more."""
    return Orphaned(id=random_id("o"), at=now(), coder=anchor.coder, coding=anchor.id, span=anchor.span,
                    text=source.sha256, by=by, run=run)  # fmt: skip


def taking_back(act: AnchorAct, by: str) -> Mapping[str, Sequence[AnchorEvent]]:
    """Source → the events that take back what `act` decided, as one act of its own."""
    run = random_id("u")
    return {
        source: [TakenBack(id=random_id("r"), at=now(), target=event.id, run=run, by=by) for event in events]
        for source, events in act.events.items()
    }
