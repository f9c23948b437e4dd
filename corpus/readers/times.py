"""Times of a recording in a transcript: recognised by how they recur, taken out of the words, kept as marks.

A time stands in front of a turn, behind the speaker's name, on a line of its own, or in brackets among the words, and
each kind is believed or not as a whole: `kl. 10:30` and `10:30 kom han` are words, since a recording begins near zero
and goes on past the 23rd minute, and since its times rise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from corpus.readers.blocks import Block, Repair
from corpus.readers.marks import split_at_beginning, time_mark
from corpus.readers.stamps import (
    Stamp,
    may_be_of_a_clock,
    may_hold_a_time,
    stamp_at_front,
    stamp_of_label,
    stamps_inside,
)

_RISING = 0.8
"""The share of neighbouring times that rise in a recording: several recordings may stand in one file."""
_MOSTLY = 0.6
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,]{1,2}[(\w][\w.'’)-]*){0,4}")
_BEFORE_CLOCK = ("kl", "kl.", "klokken", "ca", "ca.", "at", "um", "tid", "time")
_DASH = re.compile(r"[-–—][ \t]+")
_LABEL = re.compile(r"([^\W_][^:\n\t|]{0,39}?)[ \t]*:(?=\s|$|[^\s\d/\\:])")
_CLOSING_SIGNS = re.compile(r"[.,;:!?…»”\"')\]]+(?=\s|$)")
_EMPHASIS = " \t*_"
_BLANKS = re.compile(r"[ \t]*")
_NO_WORDS = re.compile(r"[ \t*_]*$")


def with_time_marks(lines: Sequence[str]) -> tuple[list[str], list[Repair]]:
    """`lines` with marks in place of the times of a recording; as many lines as before.

    A mark stands in front of the words that are spoken then. Names with a time behind them, or on a line between a
    time and the words, are written as labels (`Anna:`).
    """
    if not any(map(may_hold_a_time, lines)):
        return list(lines), []
    stamps = _believed(_stamps(lines), lines)
    if not stamps:
        return list(lines), []
    named = _names_on_lines(lines, stamps)
    made = _rewritten(lines, stamps, named)
    count = sum(map(len, stamps.values()))
    first = min(stamps) + 1
    times = "1 time of the recording is" if count == 1 else f"{count:,} times of the recording are"
    return made, [(first, f"{times} kept beside the text, not in it")]


def with_times(blocks: Sequence[Block]) -> tuple[list[Block], list[Repair]]:
    """`blocks` with marks in place of the times of a recording in headings, paragraphs and lists."""
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    for block in blocks:
        start = len(lines)
        lines += block.lines if block.kind in ("heading", "text", "list") else ()
        spans.append((start, len(lines)))
        lines.append("")
    made, repairs = with_time_marks(lines)
    if not repairs:
        return list(blocks), []
    changed = []
    for block, (start, end) in zip(blocks, spans, strict=True):
        if made[start:end] == lines[start:end]:
            changed.append(block)
        elif kept := tuple(line for line in made[start:end] if line):
            is_label = block.kind == "heading" and bool(_LABEL.fullmatch(split_at_beginning(kept[0])[1]))
            changed.append(msgspec.structs.replace(block, lines=kept, kind="text" if is_label else block.kind))
    at = next(
        block.at for block, (start, end) in zip(blocks, spans, strict=True) if made[start:end] != lines[start:end]
    )
    return changed, [(at, said) for _, said in repairs]


def _stamps(lines: Sequence[str]) -> list[Stamp]:
    """Everything that may be a time of the recording, in order."""
    found: list[Stamp] = []
    for number, line in enumerate(lines):
        if not may_hold_a_time(line):
            continue
        first = stamp_at_front(line, number) or stamp_of_label(line, number)
        if first is not None and first.name and not _may_be_a_label(first, lines):
            first = None
        found += [first] if first else []
        found += stamps_inside(line, number, first.end if first else 0)
    return found


def _may_be_a_label(stamp: Stamp, lines: Sequence[str]) -> bool:
    """Whether words follow a name and its time; a line of its own with neither is `Varighed: 45:10`."""
    if stamp.bracket == "#" or not _NAME.fullmatch(stamp.name) or stamp.name.lower() in _BEFORE_CLOCK:
        return False
    if stamp.bracket and not stamp.has_colon and not _like_a_name(stamp.name):
        return False
    if lines[stamp.line][stamp.end :].strip(_EMPHASIS):
        return True
    below = _next_words(lines, stamp.line)
    return bool(below) and not _LABEL.match(below) and not stamp_at_front(below, 0) and not stamp_of_label(below, 0)


def _next_words(lines: Sequence[str], number: int) -> str:
    return next((line for line in lines[number + 1 : number + 6] if line.strip()), "")


def _believed(stamps: Sequence[Stamp], lines: Sequence[str]) -> dict[int, list[Stamp]]:
    """Number of a line → the stamps in it that are times of the recording."""
    groups: dict[tuple[str, str], list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        groups["inline" if stamp.bracket and stamp.shape != "label" else stamp.shape, stamp.bracket].append(stamp)
    kept: dict[int, list[Stamp]] = defaultdict(list)
    for group in map(_written_alike, groups.values()):
        if _is_believable(group, lines):
            for stamp in group:
                kept[stamp.line].append(stamp)
    return {line: sorted(kept[line], key=lambda stamp: stamp.start) for line in sorted(kept)}


def _written_alike(group: Sequence[Stamp]) -> Sequence[Stamp]:
    """Only the stamps with hours, where these are written even if they are zero: `(11:15)` is none then."""
    always = any(stamp.by_hours and stamp.seconds < 3600 for stamp in group)
    return [stamp for stamp in group if stamp.by_hours] if always else group


def _is_believable(group: Sequence[Stamp], lines: Sequence[str]) -> bool:
    """Whether stamps that look alike are times of a recording."""
    first = group[0]
    with_hours = [stamp for stamp in group if stamp.by_hours or stamp.is_range]
    if first.bracket == "#" or (first.bracket and first.shape != "label" and len(with_hours) == len(group)):
        return True
    seconds = [stamp.seconds for stamp in group]
    rising = sum(a <= b for a, b in pairwise(seconds))
    if rising < _RISING * (len(group) - 1):
        return False
    if may_be_of_a_clock(group):
        return False
    if first.shape == "label":
        return _are_names(group) if len(group) > 1 else first.by_hours and first.has_colon and bool(first.bracket)
    if first.bracket:
        at_ends = sum(_stands_at_an_end(stamp, lines[stamp.line]) for stamp in group)
        return len(group) > 1 and at_ends >= _MOSTLY * len(group)
    least = 1 if first.is_range else 2 if with_hours else 3
    return len(group) >= least or (bool(with_hours) and seconds[0] < 3600 and _has_words(first, lines))


def _are_names(group: Sequence[Stamp]) -> bool:
    """Whether the names in front of times can be names: capitals or numbers, or the same few again and again."""
    names = {stamp.name for stamp in group}
    like = sum(_like_a_name(name) for name in names)
    return like >= _MOSTLY * len(names) or len(names) <= len(group) / 2


def is_name(line: str) -> bool:
    """Whether a line can be a speaker's name and nothing else: a few words, each with a capital or a digit."""
    return len(line) <= 40 and bool(_NAME.fullmatch(line)) and _like_a_name(line)


def _like_a_name(name: str) -> bool:
    return all(word[0].isupper() or word[0] == "(" or any(map(str.isdigit, word)) for word in name.split())


def _has_words(stamp: Stamp, lines: Sequence[str]) -> bool:
    """Whether a label follows a stamp: one alone then counts."""
    return bool(_LABEL.match(lines[stamp.line][stamp.end :].strip(_EMPHASIS)))


def _stands_at_an_end(stamp: Stamp, line: str) -> bool:
    """Whether a stamp in brackets stands at the beginning or end of its line, or right behind a label."""
    if _NO_WORDS.match(line, stamp.end):
        return True
    before = line[: stamp.start].strip(_EMPHASIS) if stamp.start < 100 else "…"
    return not before or (len(before) <= 42 and before.endswith(":"))


def _names_on_lines(lines: Sequence[str], stamps: Mapping[int, Sequence[Stamp]]) -> frozenset[int]:
    """Lines that name a speaker without a colon: `00:00:03 Anna` over the words, or the line below a time alone.

    Only where most of the times in front of lines are followed so.
    """
    fronts = [found[0] for found in stamps.values() if found[0].shape == "front"]
    named = {}
    for stamp in fronts:
        rest = lines[stamp.line][stamp.end :].strip(_EMPHASIS)
        number = stamp.line
        if not rest:
            number = next((n for n in range(number + 1, min(number + 4, len(lines))) if lines[n].strip()), number)
            rest = lines[number].strip(_EMPHASIS) if number not in stamps else ""
        rest = rest[_past_dash(rest, 0, any_words=True) :].removesuffix(":")
        below = next((n for n in range(number + 1, min(number + 4, len(lines))) if lines[n].strip()), number)
        if below != number and below not in stamps and len(rest) <= 40 and _NAME.fullmatch(rest):
            named[number] = rest
    names = set(named.values())
    is_usual = len(named) > 1 and len(named) >= _MOSTLY * len(fronts)
    few = len(names) <= max(2, len(named) / 2)
    return frozenset(named) if is_usual and few and all(map(_like_a_name, names)) else frozenset()


def _rewritten(lines: Sequence[str], stamps: Mapping[int, Sequence[Stamp]], named: frozenset[int]) -> list[str]:
    made = []
    waiting = ""
    for number, line in enumerate(lines):
        begins, line, ends = _one_line(line, stamps.get(number, ()), number in named)
        waiting = begins or waiting  # of two times at one place the last one counts
        if line.strip():
            indent = len(line) - len(line.lstrip(" \t"))
            line = line[:indent] + waiting + line[indent:] if waiting else line
            waiting = ""
        waiting = ends or waiting
        made.append(line)
    return made


def _one_line(line: str, stamps: Sequence[Stamp], is_name: bool) -> tuple[str, str, str]:
    """The marks that begin a line, the line with marks among its words, and the marks that belong to what follows."""
    if not stamps:
        return "", _as_label(line) if is_name else line, ""
    begins = ends = ""
    parts: list[str] = []
    end = 0
    for stamp in stamps:
        mark = time_mark(stamp.seconds)
        before = line[end : stamp.start]
        end = _past_blanks(line, stamp.end)
        if stamp.shape == "label":
            begins = mark
            parts = [f"{stamp.name}: "]
        elif not any(parts) and not before.strip(_EMPHASIS):
            begins += mark
            end = _past_dash(line, end)
            parts = [] if line[: stamp.end].endswith(("*", "_")) else [before.strip()]
        elif not any(parts) and _LABEL.fullmatch(before.strip(_EMPHASIS)):
            begins += mark
            parts = [before]
        elif _NO_WORDS.match(line, end):
            parts.append(before.rstrip())
            ends += mark
        else:
            closing = _CLOSING_SIGNS.match(line, stamp.end)
            end = _past_blanks(line, closing.end()) if closing else end
            parts += [before.rstrip(), closing[0] if closing else "", " ", mark]
    words = "".join([*parts, line[end:]]).strip(" \t")
    return begins, _as_label(words) if is_name else words, ends


def _as_label(words: str) -> str:
    """A name on a line of its own, with or without a dash before it, as a label."""
    name = words.strip(_EMPHASIS + ":")
    return name[_past_dash(name, 0, any_words=True) :] + ":"


def _past_blanks(line: str, at: int) -> int:
    blanks = _BLANKS.match(line, at)
    return blanks.end() if blanks else at


def _past_dash(line: str, at: int, any_words: bool = False) -> int:
    """Past a dash between a time and a label; a dash before other words stays, unless `any_words`."""
    dash = _DASH.match(line, at)
    return dash.end() if dash and (any_words or _LABEL.match(line[dash.end() : dash.end() + 60])) else at
