"""Time stamps: what a time in a recording looks like, and how a line holds it.

`00:01:23`, `1:23`, `0:0:3.12` and `00:01:23,480` are times; so are the same in brackets, `#00:01:23-4#` (f4), and from
one time to another (`00:00:03 --> 00:00:07`), of which the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

_CLOCK = r"(?:\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,6}|:\d{2}(?![\d:]))?|\d{1,3}:\d{2}(?:[.,]\d{1,3}(?!\d))?)"
_TO = r"[ \t]{0,4}(?:-{1,2}>|→|–|—|-)[ \t]{0,4}"
_STAMP = (
    rf"(?P<open>[\[(<{{#]?)[ ]?(?P<time>{_CLOCK})(?:(?P<tenth>-\d)(?=#)|(?P<to>{_TO}){_CLOCK})?[ ]?"
    r"(?P<close>[\])>}#]?)(?![\w/%]|:\d|[ ]?[ap]\.?m\b)"
)
_STRONG = r"[*_]{0,3}"
_NAME = r"(?P<name>[^\W\d_][^:\n\t|\[\]#<>{}*]{0,39}?)"
_FRONT = re.compile(rf"[ \t]*{_STRONG}{_STAMP}{_STRONG}(?P<colon>[ \t]?:)?(?=[ \t]|$|[^\W\d])")
_LABELLED = re.compile(
    rf"[ \t]*{_STRONG}{_NAME}{_STRONG}(?P<colon>[ \t]?:)?{_STRONG}(?:[ \t]|[ \t]?[,|–—-][ \t])[ \t]*"
    rf"{_STRONG}{_STAMP}{_STRONG}(?P<colon2>[ \t]?:)?{_STRONG}(?=[ \t]|$)"
)
_INLINE = re.compile(
    rf"(?P<strong>[*_]{{1,3}})?(?P<open>[\[(<{{#])(?P<time>{_CLOCK})(?:-\d)?(?:{_TO}{_CLOCK})?(?P<close>[\])>}}#])"
    r"(?(strong)(?P=strong))"
)
_BEGINNING = 5 * 60
_LAST_HOUR = 24 * 60
_CLOSING = {"": "", "[": "]", "(": ")", "<": ">", "{": "}", "#": "#"}


class Stamp(msgspec.Struct, frozen=True):
    """A time stamp in a line, at `[start, end)` of it.

    `shape` says how it stands there: in `front` of words, or alone; behind a `label` (`Anna [00:01:23]: …`), which is
    `name`; `inline`, in brackets among words. `bracket` is the sign that opens it. `by_hours` is true where it has
    hours, minutes and seconds; `is_range` where it says when something ends, too.
    """

    shape: str
    line: int
    start: int
    end: int
    seconds: float
    bracket: str = ""
    by_hours: bool = False
    is_range: bool = False
    name: str = ""
    has_colon: bool = False


def may_hold_a_time(line: str) -> bool:
    """Whether a colon stands between two digits in `line`."""
    at = line.find(":")
    while at >= 0:
        if line[at - 1 : at].isdigit() and line[at + 1 : at + 2].isdigit():
            return True
        at = line.find(":", at + 1)
    return False


def seconds_in(clock: str) -> float | None:
    """The seconds of a clock; None where minutes or seconds are above 59."""
    parts = clock.replace(",", ".").split(":")
    whole, places = parts[:-1], parts[-1]
    if len(parts) == 4:  # frames of a film, which are less than a second
        whole, places = parts[:-2], parts[-2]
    numbers = [*map(int, whole), float(places)]
    if numbers[-1] >= 60 or (len(numbers) == 3 and numbers[1] > 59):
        return None
    hours, minutes, seconds = [0.0, 0.0, 0.0, *numbers][-3:]
    return hours * 3600 + minutes * 60 + seconds


def stamp_at_front(line: str, number: int) -> Stamp | None:
    """The stamp that `line` begins with."""
    found = _FRONT.match(line)
    return _stamp("front", found, number, found.end()) if found else None


def stamp_of_label(line: str, number: int) -> Stamp | None:
    """The stamp behind a name at the beginning of `line`, if words follow a colon or the line ends."""
    found = _LABELLED.match(line)
    if found is None:
        return None
    has_colon = bool(found["colon"] or found["colon2"])
    if not has_colon and line[found.end() :].strip(" \t*_"):
        return None
    name = " ".join(found["name"].strip(" ,|–—-").split())
    stamp = _stamp("label", found, number, found.end())
    return msgspec.structs.replace(stamp, name=name, has_colon=has_colon) if stamp and name else None


def _stamp(shape: str, found: re.Match[str], number: int, end: int) -> Stamp | None:
    bracket = found["open"]
    seconds = seconds_in(found["time"])
    if seconds is None or _CLOSING[bracket] != found["close"]:
        return None
    start = found.start("open") if shape == "front" else found.start()
    by_hours = found["time"].count(":") > 1
    return Stamp(shape, number, start, end, seconds, bracket, by_hours, bool(found["to"]))


def stamps_inside(line: str, number: int, after: int = 0) -> Iterator[Stamp]:
    """The stamps in brackets, and those of f4, from `after` on."""
    for found in _INLINE.finditer(line, after):
        clock, bracket = found["time"], found["open"]
        seconds = seconds_in(clock)
        if seconds is not None and _CLOSING[bracket] == found["close"]:
            yield Stamp("inline", number, *found.span(), seconds, bracket, clock.count(":") > 1)


def may_be_of_a_clock(stamps: Sequence[Stamp]) -> bool:
    """Whether these can be hours and minutes of a day: a recording begins near zero, or goes on past minute 23.

    Times with seconds (`00:01:23`), and those from one to another, are of a recording.
    """
    if any(stamp.by_hours or stamp.is_range for stamp in stamps):
        return False
    return stamps[0].seconds >= _BEGINNING and max(stamp.seconds for stamp in stamps) < _LAST_HOUR


def stamp_alone(cell: str) -> Stamp | None:
    """The stamp of a cell that holds a time, or from one time to another, and nothing else."""
    stamp = stamp_at_front(cell.strip(), 0)
    return stamp if stamp is not None and stamp.end == len(cell.strip()) else None
