"""The codings, read marks and source notes of a project as lines of coders' logs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.events import Add, AnyEvent, Memo, Read
from coding.exchange.evidence import is_cut_off, same_words
from coding.exchange.into_sources import PlacedSource
from coding.exchange.losses import Losses
from coding.exchange.names import clean_text, utc_time
from coding.exchange.offsets import normal_text
from coding.exchange.project import Project, ProjectCoding
from coding.log import event_line, log_file, read_log
from corpus.anchor import CONTEXT
from corpus.ids import why_illegal

ORIGIN = "import"
"""What the origin of a coding is that came with a project of another tool: a person there gave it."""
_MOST_SHOWN = 10
_LONG_ENOUGH = 12
_encode = msgspec.json.Encoder().encode

Log = tuple[str, str]
"""(coder, source): whose log of which source."""


class Mismatch(msgspec.Struct, frozen=True):
    """A coding whose words in the text are others than the quote that the other tool stored."""

    start: int
    end: int
    words: str
    quote: str


class Quotes(msgspec.Struct):
    """What the codings of one source rest on.

    Of `stored` quotes `exact` stand at their place; `moved` were found at another one and the coding put there;
    `n_others` stand elsewhere or nowhere and the coding keeps its position (`others`: the first of them).
    """

    codings: int = 0
    new: int = 0
    stored: int = 0
    exact: int = 0
    moved: int = 0
    others: list[Mismatch] = []
    n_others: int = 0


class PlacedLogs:
    """New lines of logs.

    `lines` holds them by log, without line ends; `old` says of a log whether it is there; `quotes` is the account by
    source.
    """

    def __init__(self, root: Path | None, run: str) -> None:
        self.root, self.run = root, run
        self.lines: dict[Log, list[bytes]] = {}
        self.quotes: dict[str, Quotes] = {}
        self.old: dict[Log, bool] = {}
        self.ids_elsewhere: set[str] = set()
        self._open: dict[Log, _OpenLog] = {}

    def open_log(self, log: Log) -> _OpenLog:
        """What a log knows: the events on disk (their spans with None), and those that are new (with their memos)."""
        if log not in self._open:
            found = self._open[log] = _OpenLog(log, set(), {}, [])
            self.lines[log] = found.lines
            path = self.root / log_file(*log) if self.root else None
            self.old[log] = path is not None and path.exists()
            for line in read_log(path, log_file(*log))[0] if path is not None and self.old[log] else ():
                found.ids.add(line.event.id)
                if isinstance(line.event, Add):
                    found.spans[line.event.code, line.event.start, line.event.end] = None
        return self._open[log]

    def add_event(self, log: Log, event: AnyEvent) -> bool:
        """Add an event that is no coding; false where the log has it."""
        found = self.open_log(log)
        if event.id in found.ids:
            return False
        found.ids.add(event.id)
        found.lines.append(event_line(event).rstrip(b"\n"))
        return True


def derived_id(prefix: str, *parts: object) -> str:
    """An id made from what an event says: the same project imported again gives the same one, and adds nothing."""
    words = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return prefix + hashlib.blake2b(words, digest_size=8).hexdigest()


def place_codings(
    project: Project,
    placed: Mapping[str, PlacedSource],
    code_of: Mapping[str, str],
    coder_of: Callable[[str], str],
    logs: PlacedLogs,
    losses: Losses,
) -> None:
    """Add a line for each coding that is not there yet: one for each code, span and coder."""
    by_source: dict[str, list[ProjectCoding]] = {}
    for coding in project.codings:
        by_source.setdefault(coding.source, []).append(coding)
    for key, codings in by_source.items():
        source = placed.get(key)
        if source is None:
            losses.add("codings", "their source was not carried over", key, len(codings))
        else:
            _place_source(source, codings, code_of, coder_of, logs, losses)


class _OpenLog(msgspec.Struct, gc=False):
    """The log that one coder's codings of one source go to: what it knows, and its new lines."""

    log: Log
    ids: set[str]
    spans: dict[tuple[str, int, int], str | None]
    lines: list[bytes]


def _place_source(
    source: PlacedSource,
    codings: Sequence[ProjectCoding],
    code_of: Mapping[str, str],
    coder_of: Callable[[str], str],
    logs: PlacedLogs,
    losses: Losses,
) -> None:
    text, name = source.text.text, source.source.name
    as_it_was = not source.text.moves and not source.text.cut
    quotes = logs.quotes.setdefault(source.id, Quotes())
    open_logs: dict[str, _OpenLog] = {}
    length = len(text)
    for coding in codings:
        start, end = (coding.start, coding.end) if as_it_was else source.text.span(coding.start, coding.end)
        code = code_of.get(coding.code)
        words = text[start:end] if 0 <= start < end <= length else ""
        if code is None or not words or words.isspace():
            losses.add("codings", "no words stand at their place" if code else "their code is unknown", name)
            continue
        quotes.codings += 1
        if coding.quote:
            quotes.stored += 1
            if words == coding.quote or _begins_with(words, coding.quote) or same_words(words, _said(coding.quote)):
                quotes.exact += 1
            else:
                start, end = _by_quote(text, start, end, coding.quote, quotes)
                words = text[start:end]
        log = open_logs.get(coding.coder)
        if log is None:
            log = open_logs[coding.coder] = logs.open_log((coder_of(coding.coder), source.id))
        id = _id_in(log, (code, start, end), coding, logs.ids_elsewhere, name, losses)
        if id:
            at = utc_time(coding.at) if coding.at else ""
            if coding.at and not at:
                losses.add("times", f"'{coding.at[:40]}' cannot be read", name)
            quotes.new += 1
            before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
            log.lines.append(_line(id, at, code, start, end, words, before, behind, coding, logs.run))


def _id_in(
    log: _OpenLog,
    span: tuple[str, int, int],
    coding: ProjectCoding,
    elsewhere: set[str],
    name: str,
    losses: Losses,
) -> str:
    """The id under which a coding enters the log; empty where the log has it, or another with the same code and span.

    A study of ours may hold the same coding twice, with two ids; then both come back.
    """
    id, ids = coding.id, log.ids
    if span in log.spans and (not id or id in ids or log.spans[span] is None):
        if log.spans[span] is not None:
            _told_twice(coding, log.spans[span] or "", name, losses)
        return ""
    if not id or id in ids or id in elsewhere:
        id = derived_id("c", *log.log, *span)
        if id in ids:
            return ""
    ids.add(id)
    elsewhere.add(id)
    log.spans[span] = coding.memo
    return id


def _line(
    id: str, at: str, code: str, start: int, end: int, words: str, before: str, behind: str, coding: ProjectCoding,
    run: str,
) -> bytes:  # fmt: skip
    """The line of the `add` event, without its line end."""
    memo = clean_text(coding.memo) if coding.memo else ""
    if coding.origin:
        run = coding.run
    return _encode(_AddLine(id, at, code, start, end, words, before, behind, memo, coding.origin or ORIGIN, run))


def _said(quote: str) -> str:
    """A quote as it is compared: in normal form C, as the text is."""
    return quote if quote.isascii() else clean_text(quote)


def _begins_with(words: str, quote: str) -> bool:
    """Whether the quote is the beginning of the words, cut off with a sign that says so."""
    return quote[-1] == "…" and len(quote) > 8 and words.startswith(quote[:-1])


class _AddLine(msgspec.Struct, frozen=True, gc=False, tag_field="op", tag="add", omit_defaults=True):
    """An `add` event with its keys in the order in which `event_line` writes them: encoded four times as fast."""

    id: str
    at: str = ""
    code: str = ""
    start: int = -1
    end: int = -1
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    memo: str = ""
    origin: str = "person"
    run: str = ""


def _told_twice(coding: ProjectCoding, memo: str, name: str, losses: Losses) -> None:
    if coding.memo and coding.memo != memo:
        losses.add("memos of codings", f"the same coding stood twice; this memo was left out: {coding.memo[:60]}", name)
    losses.add("codings", "the same code, words and coder stood twice and count once", name, kept=True)


def _by_quote(text: str, start: int, end: int, quote: str, quotes: Quotes) -> tuple[int, int]:
    """Where the words of `quote` stand, if they do so at one other place only; else the position as it is.

    A quote that a tool cut off, or a few words, say too little to move a coding.
    """
    said = normal_text(quote).text.rstrip("\n")
    if len(said) >= _LONG_ENOUGH and not is_cut_off(said) and text.count(said) == 1:
        quotes.moved += 1
        place = text.index(said)
        return place, place + len(said)
    quotes.n_others += 1
    if len(quotes.others) < _MOST_SHOWN:
        quotes.others.append(Mismatch(start, end, text[start:end], said))
    return start, end


def place_reads(
    project: Project,
    placed: Mapping[str, PlacedSource],
    code_of: Mapping[str, str],
    coder_of: Callable[[str], str],
    logs: PlacedLogs,
) -> int:
    """Add the read marks; how many were new."""
    new = 0
    for mark in project.reads:
        source = placed.get(mark.source)
        theme = code_of.get(mark.code, "") if mark.code else ""
        if source is None or (mark.code and not theme):
            continue
        log = coder_of(mark.coder), source.id
        id = mark.id if mark.id and not why_illegal(mark.id) else derived_id("r", *log, theme)
        new += logs.add_event(log, Read(id=id, at=utc_time(mark.at) if mark.at else "", theme=theme))
    return new


def place_memo(logs: PlacedLogs, coder: str, source: str, text: str, at: str, id: str) -> bool:
    """Add a coder's note on a source; false where the log has it."""
    log = coder, source
    event = Memo(id=id or derived_id("m", *log, text), at=utc_time(at) if at else "", text=text)
    return logs.add_event(log, event)


def place_unplaced(
    project: Project,
    placed: Mapping[str, PlacedSource],
    code_of: Mapping[str, str],
    coder_of: Callable[[str], str],
    logs: PlacedLogs,
    losses: Losses,
) -> int:
    """Add the codings of a study of ours that stood nowhere, as they were recorded; how many were new."""
    new = 0
    for coding in project.unplaced:
        source, code = placed.get(coding.source), code_of.get(coding.code, coding.code_id)
        if source is None or why_illegal(coding.id) or why_illegal(code) or not 0 <= coding.start < coding.end:
            losses.add("codings", "they stood nowhere, and the note on them was damaged or its source is gone")
            continue
        event = Add(
            id=coding.id, at=utc_time(coding.at) if coding.at else "", code=code, start=coding.start, end=coding.end,
            quote=clean_text(coding.quote), prefix=coding.prefix, suffix=coding.suffix, memo=clean_text(coding.memo),
            origin=coding.origin, run=coding.run,
        )  # fmt: skip
        new += logs.add_event((coder_of(coding.coder), source.id), event)
    return new
