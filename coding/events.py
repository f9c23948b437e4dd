"""What can be written in a coder's log: one JSON object a line, never changed afterwards.

An event has an id of its own and names what it acts on by `target`. What a log means does not depend on the order of
its lines, so that git may merge two branches by keeping the lines of both (`coding.fold`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Literal

import msgspec


class Event(msgspec.Struct, frozen=True, gc=False, tag_field="op", omit_defaults=True, kw_only=True):
    """What all events have: a random id, and when they were written (UTC, ISO 8601)."""

    id: str
    at: str = ""


class Add(Event, frozen=True, gc=False, tag="add"):
    """A code is given to the words `[start, end)`. The coding has the id of this event."""

    code: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    memo: str = ""
    origin: str = "person"
    run: str = ""


class Retract(Event, frozen=True, gc=False, tag="retract"):
    """The event `target` counts no longer: a coding is taken back, a change or another retraction undone."""

    target: str
    run: str = ""


class Restore(Event, frozen=True, gc=False, tag="restore"):
    """The event `target` counts again after it was retracted."""

    target: str
    run: str = ""


class Recode(Event, frozen=True, gc=False, tag="recode"):
    """The coding `target` gets another code."""

    target: str
    code: str
    run: str = ""


class Resize(Event, frozen=True, gc=False, tag="resize"):
    """The coding `target` gets another span."""

    target: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    run: str = ""


class Memo(Event, frozen=True, gc=False, tag="memo"):
    """The coding `target`, or without one the source, gets this note; an empty text removes it."""

    text: str
    target: str = ""
    run: str = ""


class Read(Event, frozen=True, gc=False, tag="read"):
    """The coder has read the source, or has read it for one theme."""

    theme: str = ""
    run: str = ""


class Accept(Event, frozen=True, gc=False, tag="accept"):
    """The suggestion `target` was accepted. The coding itself is an `add` of its own, whose id `coding` is.

    `code` is the code given instead of the suggested one: the suggestion was changed; empty where it was taken as it
    was. `words` is a digest of the segment's words. `way`: `review` where it was shown in its context and answered,
    `batch` where many were accepted at once; empty: by a command of its own.
    """

    target: str
    coding: str = ""
    code: str = ""
    words: str = ""
    way: Literal["", "review", "batch"] = ""
    run: str = ""


class Reject(Event, frozen=True, gc=False, tag="reject"):
    """The suggestion `target` was rejected. `words` and `way` as in Accept: it holds while the segment's words do."""

    target: str
    words: str = ""
    way: Literal["", "review"] = ""
    run: str = ""


class Unlock(Event, frozen=True, gc=False, tag="unlock"):
    """The coder asked to see suggestions for this source before having coded it. It cannot be undone: what was seen
    stays seen."""

    run: str = ""


class Torn(Event, frozen=True, gc=False, tag="torn"):
    """`line` is the beginning of a line that a crash cut off; it was never acknowledged and means nothing."""

    line: str


AnyEvent = Add | Retract | Restore | Recode | Resize | Memo | Read | Accept | Reject | Unlock | Torn
OPS = ("add", "retract", "restore", "recode", "resize", "memo", "read", "accept", "reject", "unlock", "torn")


_DIGITS = str.maketrans("123456789", "000000000")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def is_time(at: str) -> bool:
    """Whether `at` is a time as events have it: UTC, ISO 8601, ending in Z. An event may also have none."""
    return not at or _TIME.fullmatch(at) is not None


def are_times(times: Sequence[str]) -> bool:
    """Whether all of `times` are written as crosscase writes them: `is_time` for many at once, and stricter."""
    return "\n".join(times).translate(_DIGITS) == "\n".join(["0000-00-00T00:00:00.000000Z"] * len(times))


def when(event: Event) -> tuple[str, str]:
    """What decides which of two events is the later one: the time (none, or one that cannot be read, is earliest), then
    the id."""
    return (event.at[:-1] if is_time(event.at) else ""), event.id


def just_after(at: str) -> str:
    """A microsecond after the time `at`."""
    moment = datetime.datetime.fromisoformat(at) + datetime.timedelta(microseconds=1)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def now() -> str:
    """The time of an event: UTC with microseconds."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
