"""What a coder does, as events ready to be appended: add, retract, recode, resize, note, mark as read, undo.

Pure functions: they look at the study as it is and return events (and the problems that stand against them); the
caller appends them with `coding.log.append_events`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from coding.coding import Coding
from coding.events import Add, AnyEvent, Event, Retract, Torn, Unlock, is_time, just_after, now, when
from coding.fold import active_ids, fold
from coding.log import LogLine, append_made, log_file, log_files, read_log
from corpus.anchor import context
from corpus.ids import random_id
from corpus.occurrences import occurrences
from corpus.source import Source
from corpus.text import line_of

E = TypeVar("E", bound=Event)

_UNDO = re.compile(r"u[a-z0-9]{12}")


class Span(msgspec.Struct, frozen=True):
    """A stretch `[start, end)` of a source's text."""

    start: int
    end: int


def find_span(source: Source, quote: str, nth: int | None = None) -> Span | str:
    """Where `quote` stands in the source, or a sentence that says why it cannot be told.

    Line breaks and runs of spaces in the quote match any white space. `nth` (from 1) chooses among several places.
    """
    spans = spans_of(source, quote)
    if not spans:
        return f"these words are not in {source.file}: '{_short(quote)}'"
    starts = [span.start for span in spans]
    if nth is None and len(starts) > 1:
        places = ", ".join(f"{n}: line {source.file_line(s)}" for n, s in enumerate(starts[:9], 1))
        return f"these words stand at {len(starts)} places of {source.file} ({places}); choose one with --nth N"
    if nth is not None and not 1 <= nth <= len(starts):
        return f"these words stand at {len(starts)} places of {source.file}, so there is no number {nth}"
    return spans[(nth or 1) - 1]


def spans_of(source: Source, quote: str) -> list[Span]:
    """Every place where `quote` stands in the source; line breaks and runs of spaces in it match any white space."""
    quote = unicodedata.normalize("NFC", quote)
    starts = occurrences(source.text, quote)
    if starts or not quote.split():
        return [Span(start, start + len(quote)) for start in starts]
    loose = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    return [Span(match.start(), match.end()) for match in loose.finditer(source.text)]


def span_fault(source: Source, span: Span) -> str:
    """Why the span cannot be coded, or nothing."""
    if not 0 <= span.start < span.end <= len(source.text):
        return f"{span.start}–{span.end} is not a stretch of {source.file}, which has {len(source.text)} characters"
    if not source.text[span.start : span.end].strip():
        return f"{span.start}–{span.end} of {source.file} holds no words"
    return ""


def added(source: Source, code: str, span: Span, memo: str = "", origin: str = "person", run: str = "") -> Add:
    """The event that gives `code` to the words of `span`."""
    prefix, suffix = context(source.text, span.start, span.end)
    return Add(id=random_id("c"), at=now(), code=code, start=span.start, end=span.end,
               quote=source.text[span.start : span.end], prefix=prefix, suffix=suffix, memo=memo, origin=origin,
               run=run)  # fmt: skip


def same_coding(codings: Iterable[Coding], code: str, span: Span) -> Coding | None:
    """The coding among `codings` that gives the same code to the same words."""
    return next((c for c in codings if (c.code, c.start, c.end) == (code, span.start, span.end)), None)


def place_words(source: Source, span: Span) -> str:
    """`K3-leder:14 [145:230]`: the file line and the span, as terminals show them."""
    return f"{source.id}:{source.text_line + line_of(source.text, span.start) - 1} [{span.start}:{span.end}]"


class Act(msgspec.Struct, frozen=True):
    """What one command did: the events it wrote, by source. `name` is its run id, or the id of its only event."""

    name: str
    at: str
    events: Mapping[str, tuple[AnyEvent, ...]]

    @property
    def kinds(self) -> dict[str, int]:
        """What it did, for people: origin or op of its events → how many, in order of their first."""
        events = [event for entries in self.events.values() for event in entries]
        return Counter(
            event.origin if isinstance(event, Add) and event.origin != "person" else type(event).__name__.lower()
            for event in events
        )

    @property
    def is_undo(self) -> bool:
        """Whether it only takes back what another act did: `crosscase code undo` wrote it."""
        events = [event for entries in self.events.values() for event in entries]
        return _UNDO.fullmatch(self.name) is not None and all(isinstance(event, Retract) for event in events)


def read_logs_of(root: Path, coder: str) -> dict[str, list[LogLine]]:
    """Source → the events of this coder's log; lines that cannot be read are left out."""
    return {source: read_log(path, log_file(coder, source))[0] for who, source, path in log_files(root) if who == coder}


def acts(logs: Mapping[str, Sequence[LogLine]]) -> list[Act]:
    """What the coder did, command by command, latest first, leaving out what is undone and what cannot be: looks at
    suggestions."""
    runs: dict[str, dict[str, list[AnyEvent]]] = defaultdict(lambda: defaultdict(list))
    for source, lines in logs.items():
        active = active_ids(lines)
        for line in lines:
            if not isinstance(line.event, Torn | Unlock) and line.event.id in active:
                runs[getattr(line.event, "run", "") or line.event.id][source].append(line.event)
    found = []
    for name, events in runs.items():
        at = max((event for entries in events.values() for event in entries), key=when).at
        found.append(Act(name, at, {source: tuple(entries) for source, entries in events.items()}))
    return sorted(found, key=lambda act: (act.at.removesuffix("Z"), act.name), reverse=True)


def undoing(act: Act) -> dict[str, list[AnyEvent]]:
    """Source → the events that take back everything `act` did, as one act of its own."""
    run = random_id("u")
    return {
        source: [Retract(id=random_id("r"), at=now(), target=event.id, run=run) for event in events]
        for source, events in act.events.items()
    }


class NotWritten(OSError):
    """A log could not be written. `done` are the sources whose events are on disk all the same."""

    def __init__(self, error: OSError, file: str, done: Sequence[str]) -> None:
        self.done = tuple(done)
        kept = f" Written for {', '.join(done)}." if done else " Nothing was written."
        super().__init__(f"{file}: {error.strerror or error}.{kept}")


class GivenAlready(Exception):
    """The coder has given the same code to the same words meanwhile, from another window: `coding`. `done` are the
    sources whose events are on disk all the same."""

    def __init__(self, coder: str, add: Add, coding: str, done: Sequence[str]) -> None:
        self.coding, self.done = coding, tuple(done)
        kept = f" Written for {', '.join(done)}." if done else ""
        super().__init__(f"{coder} has already given {add.code} to these words: coding {coding}.{kept}")


def write_events(root: Path, coder: str, events: Mapping[str, Sequence[AnyEvent]], *, is_once: bool = False) -> None:
    """Append the events of each source to the coder's log of it; each log is on disk before the next is begun.

    An event never seems older than what the log holds already, even where the computer's clock was set back: its time
    is moved behind the latest one. With `is_once`, no coding is written that the log has already: GivenAlready. Raises
    NotWritten where a log cannot be written.
    """
    done: list[str] = []
    for source, entries in events.items():
        if entries:
            file = log_file(coder, source)

            def made(entries: Sequence[AnyEvent] = entries, file: str = file, source: str = source) -> list[AnyEvent]:
                there = read_log(root / file, file)[0]
                twins = _twins(entries, there, coder, source, file) if is_once else {}
                for add in entries:
                    if isinstance(add, Add) and add.id in twins:
                        raise GivenAlready(coder, add, twins[add.id], done)
                return after_latest([line.event for line in there], entries)

            try:
                append_made(root / file, made)
            except OSError as error:
                raise NotWritten(error, file, done) from error
            done.append(source)


def _twins(events: Sequence[AnyEvent], there: Sequence[LogLine], coder: str, source: str, file: str) -> dict[str, str]:
    """Id of an added coding → the coding of the log, in force, that gives the same code to the same words."""
    given = {(c.code, c.span.start, c.span.end): c.add.id for c in fold(there, coder, source, file)[0].codings}
    pairs = [(event.id, given.get((event.code, event.start, event.end))) for event in events if isinstance(event, Add)]
    return {id: twin for id, twin in pairs if twin}


def after_latest(there: Sequence[E], events: Sequence[E]) -> list[E]:
    """The events with times later than any of those that are there, in their order."""
    latest = max(there, key=when, default=None)
    moved: list[E] = []
    for event in events:
        if latest is not None and latest.at and is_time(latest.at) and when(event)[0] <= when(latest)[0]:
            event = msgspec.structs.replace(event, at=just_after(latest.at))
        latest = event
        moved.append(event)
    return moved


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:57] + "…"
