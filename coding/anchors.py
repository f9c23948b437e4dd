"""Where codings went when their text was edited: anchors/<source>.jsonl, what people decided about it.

Coders' logs are never changed by this. A decision names a coding and the event that says its words (`span`), so that it
ends where the coder gives the coding other words. Like a coder's log these are only ever appended to, and mean the same
in whatever order their lines stand.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, cast

import msgspec

from coding.acts import NotWritten, after_latest
from coding.events import AnyEvent, Event, Retract, Torn, is_time, when
from coding.fold import active_ids
from coding.log import LogLine, append_events, parse_lines
from corpus.anchor import Recorded
from corpus.files import printable, read_bytes, stray_files
from corpus.problems import Problem, did_you_mean

ANCHORS_FOLDER = "anchors"

Method = Literal["found", "candidate", "position", "words"]
"""How the place of a decision came about: `found` and accepted, another `candidate`, a `position` or `words` named."""
Key = tuple[str, str]
"""Coder and coding."""


class _Decided(Event, frozen=True, kw_only=True):
    """What all decisions say: whose coding, the event that says its words, the text (sha256) it was decided on, who."""

    coder: str
    coding: str
    span: str
    text: str = ""
    by: str = ""
    run: str = ""


class Settled(_Decided, frozen=True, tag="place"):
    """The coding stands at `[start, end)`: its words there and their context, how they were found and their score."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    method: Method = "found"
    score: float = 1.0

    @property
    def recorded(self) -> Recorded:
        """What is looked for where the text is edited again."""
        return Recorded(self.start, self.end, self.quote, self.prefix, self.suffix)


class Orphaned(_Decided, frozen=True, tag="orphan"):
    """The coding's words are not in the text any more; it is kept, and not asked about."""


class TakenBack(Retract, frozen=True, tag="retract"):
    """The decision `target`, or the taking back of one, counts no longer; `by` whom."""

    by: str = ""


Decision = Settled | Orphaned
AnchorEvent = Settled | Orphaned | TakenBack | Torn
ANCHOR_OPS = ("place", "orphan", "retract", "torn")

_decoder = msgspec.json.Decoder(AnchorEvent)


class AnchorLine(msgspec.Struct, frozen=True):
    """An event and the 1-based line it stands on."""

    event: AnchorEvent
    line: int


def anchors_file(source: str) -> str:
    """The path of a source's decisions, relative to the study folder."""
    return f"{ANCHORS_FOLDER}/{source}.jsonl"


def anchor_files(root: Path) -> dict[str, Path]:
    """Source → its decisions, of all sources that have any."""
    folder = root / ANCHORS_FOLDER
    if not folder.is_dir():
        return {}
    entries = (e for e in os.scandir(folder) if e.name.endswith(".jsonl") and not e.name.startswith("."))
    return {e.name[:-6]: Path(e.path) for e in sorted(entries, key=lambda e: e.name)}


def read_anchors(root: Path, source: str) -> tuple[list[AnchorLine], list[Problem]]:
    """All that was decided about the codings of a source, and the lines that cannot be read."""
    file = anchors_file(source)
    try:
        data = read_bytes(root / file)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return parse_anchors(data, file)


def parse_anchors(data: bytes, file: str) -> tuple[list[AnchorLine], list[Problem]]:
    """The events in `data`, the bytes of a file of decisions. The same line twice, as a merge may leave it, is one."""
    lines, problems = parse_lines(data.removeprefix(b"\xef\xbb\xbf"), file, _decoder, ANCHOR_OPS)
    known: dict[str, AnchorLine] = {}
    for event, number in lines:
        there = known.setdefault(event.id, AnchorLine(event, number))
        if there.event != event:
            said = f"event id '{event.id}' is already used on line {there.line} for another event"
            problems.append(Problem(file, number, "duplicate-id", said))
        elif not is_time(event.at):
            problems.append(Problem(file, number, "bad-time", f"'{event.at}' is not a time in UTC"))
    for line in known.values():
        if isinstance(line.event, TakenBack) and line.event.target not in known:
            said = f"retract names '{line.event.target}', which is not in this file"
            problems.append(Problem(file, line.line, "unknown-target", said))
        elif isinstance(line.event, Settled) and not line.event.quote.strip():
            said = f"the place of coding '{line.event.coding}' holds no words"
            problems.append(Problem(file, line.line, "empty-coding", said))
    return list(known.values()), problems


def decisions(lines: Sequence[AnchorLine]) -> dict[Key, Decision]:
    """(coder, coding) → the latest decision about it that counts."""
    found: dict[Key, Decision] = {}
    for event in sorted(_counting(lines), key=when):
        if isinstance(event, Orphaned) or (isinstance(event, Settled) and event.quote.strip()):
            found[event.coder, event.coding] = event
    return found


def _counting(lines: Iterable[AnchorLine]) -> list[AnchorEvent]:
    """The events that nobody took back."""
    active = active_ids(LogLine(cast(AnyEvent, line.event), line.line) for line in lines)
    return [line.event for line in lines if line.event.id in active and not isinstance(line.event, Torn)]


def read_all_decisions(root: Path, sources: Iterable[str]) -> tuple[dict[str, dict[Key, Decision]], list[Problem]]:
    """Source → its decisions, and the faults in the folder. No folder gives none."""
    files = anchor_files(root)
    known = set(sources)
    found: dict[str, dict[Key, Decision]] = {}
    problems = list(stray_files(root / ANCHORS_FOLDER, ".jsonl", ANCHORS_FOLDER)) if files else []
    for source in files:
        lines, faults = read_anchors(root, source)
        problems += faults
        if source not in known:
            said = f"there is no source '{printable(source)}'"
            problems.append(Problem(anchors_file(printable(source)), 0, "unknown-source", said,
                                    did_you_mean(source, known)))  # fmt: skip
        found[source] = decisions(lines)
    return found, problems


class AnchorAct(msgspec.Struct, frozen=True):
    """What one command decided, and can take back: source → its events. `name` is its run, or the id of its event."""

    name: str
    at: str
    events: Mapping[str, tuple[AnchorEvent, ...]]


def anchor_acts(root: Path, by: str) -> list[AnchorAct]:
    """What this person decided, command by command, latest first, leaving out what is already taken back."""
    runs: dict[str, dict[str, list[AnchorEvent]]] = {}
    for source in anchor_files(root):
        for event in _counting(read_anchors(root, source)[0]):
            if not isinstance(event, Torn) and event.by == by:
                runs.setdefault(event.run or event.id, {}).setdefault(source, []).append(event)
    found = []
    for name, events in runs.items():
        at = max((event for entries in events.values() for event in entries), key=when).at
        found.append(AnchorAct(name, at, {source: tuple(entries) for source, entries in events.items()}))
    return sorted(found, key=lambda act: (act.at, act.name), reverse=True)


def write_anchors(root: Path, events: Mapping[str, Sequence[AnchorEvent]]) -> None:
    """Append the decisions on each source to its file and return when all are on disk. Raises NotWritten."""
    done: list[str] = []
    for source, entries in events.items():
        if entries:
            file = anchors_file(source)
            there = [line.event for line in read_anchors(root, source)[0]]
            try:
                append_events(root / file, after_latest(there, entries))
            except OSError as error:
                raise NotWritten(error, file, done) from error
            done.append(source)
