"""From a log's events to the codings that count: what is retracted, restored, recoded, resized and noted.

The result depends on the set of events alone, not on the order of their lines. Where two events compete (two codes
for one coding, a retraction and a restoration), the later one counts; `at` decides and, at the same time, the id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from coding.coding import Judgement, ReadMark, SourceMemo, UnlockMark
from coding.events import (
    Accept,
    Add,
    AnyEvent,
    Memo,
    Read,
    Recode,
    Reject,
    Resize,
    Restore,
    Retract,
    Unlock,
    is_time,
    when,
)
from coding.log import LogLine
from corpus.problems import Problem

_Change = Recode | Resize | Memo


class Folded(msgspec.Struct, frozen=True, gc=False):
    """An added coding with its latest code, span and memo, before its words are looked for; `line` is the add's."""

    add: Add
    code: str
    span: Add | Resize
    memo: str
    line: int


class LogState(msgspec.Struct, frozen=True):
    """What one log says: codings in order of their ids' first line, read marks, notes on the source, what was said of
    suggestions, and when they were asked for before the source was coded (also where that was retracted)."""

    codings: tuple[Folded, ...]
    reads: tuple[ReadMark, ...]
    memos: tuple[SourceMemo, ...]
    judgements: tuple[Judgement, ...] = ()
    unlocks: tuple[UnlockMark, ...] = ()


def fold(lines: Sequence[LogLine], coder: str, source: str, file: str) -> tuple[LogState, list[Problem]]:
    """The state that the events in `lines` add up to, and the events that make no sense."""
    events, problems = _by_id(lines, file)
    others = [line for line in events.values() if type(line.event) is not Add]
    active = _Activity(line.event for line in others)
    changes: dict[str, list[_Change]] = defaultdict(list)
    reads, memos, judgements, unlocks = [], [], [], []
    for line in others:
        event = line.event
        problems += _target_faults(line, events, file)
        if isinstance(event, Unlock):
            unlocks.append(UnlockMark(event.id, coder, source, event.at, line.line))
        if not active(event.id):
            continue
        if isinstance(event, Recode | Resize) or (isinstance(event, Memo) and event.target):
            changes[event.target].append(event)
        elif isinstance(event, Read):
            reads.append(ReadMark(event.id, coder, source, event.theme, event.at, line.line))
        elif isinstance(event, Memo) and event.text:
            memos.append(SourceMemo(event.id, coder, source, event.text, event.at))
        elif isinstance(event, Accept | Reject):
            judgements.append(_judgement(event, coder, source))
    codings = [
        _folded(line.event, changes.get(line.event.id, ()), line.line)
        for line in events.values()
        if type(line.event) is Add and active(line.event.id)
    ]
    reads.sort(key=lambda mark: (mark.at, mark.id))
    memos.sort(key=lambda memo: (memo.at, memo.id))
    judgements.sort(key=lambda judgement: (judgement.at, judgement.id))
    unlocks.sort(key=lambda mark: (mark.at, mark.id))
    problems += [
        Problem(file, line.line, "bad-time", f"'{line.event.at}' is not a time in UTC such as 2009-03-02T08:30:00Z")
        for line in events.values()
        if not is_time(line.event.at)
    ]
    circles = [Problem(file, events[id].line, "circular-undo", f"event '{id}' undoes itself") for id in active.circles]
    state = LogState(tuple(codings), tuple(reads), tuple(memos), tuple(judgements), tuple(unlocks))
    return state, [*problems, *circles]


def _judgement(event: Accept | Reject, coder: str, source: str) -> Judgement:
    if isinstance(event, Reject):
        return Judgement(event.id, coder, source, "rejected", event.target, words=event.words, way=event.way,
                         run=event.run, at=event.at)  # fmt: skip
    return Judgement(event.id, coder, source, "changed" if event.code else "accepted", event.target, event.coding,
                     event.code, event.words, event.way, event.run, event.at)  # fmt: skip


def active_ids(lines: Iterable[LogLine]) -> frozenset[str]:
    """Ids of the events that count: those that no retraction, itself in force, takes back."""
    events = {line.event.id: line.event for line in lines}
    active = _Activity(events.values())
    return frozenset(id for id in events if active(id))


def anything_counts(lines: Iterable[LogLine]) -> bool:
    """Whether anything is in force beyond changes: a coding, a mark that the source was read, a note on it, an answer
    to a suggestion or a look at them."""
    lines = list(lines)
    active = active_ids(lines)
    return any(
        isinstance(event, Add | Read | Accept | Reject | Unlock)
        or (isinstance(event, Memo) and not event.target and event.text)
        for event in (line.event for line in lines)
        if event.id in active
    )


def _by_id(lines: Iterable[LogLine], file: str) -> tuple[dict[str, LogLine], list[Problem]]:
    """Each event once. The same line twice, as a merge may leave it, is one event; another event with its id is not."""
    events: dict[str, LogLine] = {}
    problems = []
    for line in lines:
        known = events.setdefault(line.event.id, line)
        if known is not line and known.event != line.event:
            said = f"event id '{line.event.id}' is already used on line {known.line} for another event"
            problems.append(Problem(file, line.line, "duplicate-id", said))
    return events, problems


def _target_faults(line: LogLine, events: dict[str, LogLine], file: str) -> Iterable[Problem]:
    event = line.event
    target = "" if isinstance(event, Accept | Reject) else getattr(event, "target", "")
    if not target:
        return
    op = type(event).__name__.lower()
    if target not in events:
        yield Problem(file, line.line, "unknown-target", f"{op} names '{target}', which is not in this log")
    elif isinstance(event, _Change) and not isinstance(events[target].event, Add):
        yield Problem(file, line.line, "unknown-target", f"{op} names '{target}', which is not a coding")


def _folded(add: Add, changes: Sequence[_Change], line: int) -> Folded:
    code, memo = add.code, add.memo
    span: Add | Resize = add
    for change in sorted(changes, key=when) if changes else ():
        if isinstance(change, Recode):
            code = change.code
        elif isinstance(change, Resize):
            span = change
        else:
            memo = change.text
    return Folded(add, code, span, memo, line)


class _Activity:
    """Whether an event counts: the latest retraction or restoration of it that itself counts decides."""

    def __init__(self, events: Iterable[AnyEvent]) -> None:
        self.acts: dict[str, list[Retract | Restore]] = defaultdict(list)
        for event in events:
            if isinstance(event, Retract | Restore):
                self.acts[event.target].append(event)
        for acts in self.acts.values():
            acts.sort(key=when, reverse=True)
        self.known: dict[str, bool] = {}
        self.circles: list[str] = []
        for id in sorted(self.acts):
            if id not in self.known:
                self._settle(id)

    def __call__(self, id: str) -> bool:
        return self.known.get(id, True)

    def _settle(self, id: str) -> None:
        """Decide `id` and all that its answer rests on, without recursion: an undo of an undo may be any depth."""
        stack, open_ids = [id], {id}
        while stack:
            current = stack[-1]
            answer, wait = self._answer(current)
            if wait is None or wait in open_ids:
                if wait is not None:
                    self.circles.append(current)
                self.known[current] = answer
                open_ids.discard(stack.pop())
            else:
                stack.append(wait)
                open_ids.add(wait)

    def _answer(self, id: str) -> tuple[bool, str | None]:
        """Whether `id` counts, or the id of the act that must be decided first."""
        for act in self.acts.get(id, ()):
            if act.id in self.acts and act.id not in self.known:
                return True, act.id
            if self.known.get(act.id, True):
                return isinstance(act, Restore), None
        return True, None
