"""A coder's log of one source on disk: codings/<coder>/<source>.jsonl, read whole and only ever appended to.

Acknowledged means on disk: `append_events` returns after fsync. A line that a crash cut off is not erased; the next
append ends it and writes a `torn` event that says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from coding.events import OPS, AnyEvent, Event, Torn, now
from corpus.files import sync_folder
from corpus.ids import random_id
from corpus.problems import Problem, did_you_mean

E = TypeVar("E", bound=Event)

CODINGS_FOLDER = "codings"

_decoder = msgspec.json.Decoder(AnyEvent)
_encoder = msgspec.json.Encoder()


class LogLine(msgspec.Struct, frozen=True, gc=False):
    """An event and the 1-based line it stands on."""

    event: AnyEvent
    line: int


def log_file(coder: str, source: str) -> str:
    """The log's path relative to the study folder."""
    return f"{CODINGS_FOLDER}/{coder}/{source}.jsonl"


def log_files(root: Path) -> list[tuple[str, str, Path]]:
    """(coder, source, path) of every log of the study, sorted."""
    folder = root / CODINGS_FOLDER
    found = []
    for coder in sorted(os.scandir(folder), key=lambda e: e.name) if folder.is_dir() else ():
        if coder.is_dir() and not coder.name.startswith("."):
            logs = (e for e in os.scandir(coder.path) if e.name.endswith(".jsonl") and not e.name.startswith("."))
            found += [(coder.name, e.name[:-6], Path(e.path)) for e in sorted(logs, key=lambda e: e.name)]
    return found


def coder_folders(root: Path) -> list[str]:
    """The names of the folders in codings/, sorted."""
    folder = root / CODINGS_FOLDER
    return (
        sorted(e.name for e in os.scandir(folder) if e.is_dir() and not e.name.startswith("."))
        if folder.is_dir()
        else []
    )


def coder_ids(root: Path) -> tuple[str, ...]:
    """The coders who have at least one log, sorted."""
    return tuple(dict.fromkeys(coder for coder, _, _ in log_files(root)))


def read_log(path: Path, file: str) -> tuple[list[LogLine], list[Problem]]:
    """The events in `path` in order of its lines, and the lines that could not be read. No file gives no events."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return parse_log(data, file)


def parse_log(data: bytes, file: str) -> tuple[list[LogLine], list[Problem]]:
    """The events in `data`, a log's bytes."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    events = whole_log(data)
    if events is not None:
        return [LogLine(event, number) for number, event in enumerate(events, 1)], []
    lines, problems = parse_lines(data, file, _decoder, OPS)
    return [LogLine(event, number) for event, number in lines], problems


def whole_log(data: bytes) -> list[AnyEvent] | None:
    """The events in `data`, the nth of them on line n; None where a line is blank or cannot be read."""
    try:
        events = _decoder.decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    n_lines = data.count(b"\n") + (not data.endswith(b"\n"))
    return events if len(events) == n_lines else None


def parse_lines(
    data: bytes, file: str, decoder: msgspec.json.Decoder[E], ops: Sequence[str]
) -> tuple[list[tuple[E, int]], list[Problem]]:
    """The events of any log with the lines they stand on, a line at a time: each that can be read is read, and the
    others are named. `ops` are those that the decoder knows."""
    lines: list[tuple[E, int]] = []
    unread: list[tuple[int, bytes, str]] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            lines.append((decoder.decode(raw), number))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            unread.append((number, raw, str(error)))
    if not unread:
        return lines, []
    ended = data.endswith(b"\n")
    last = data.count(b"\n") + 1
    torn = {event.line for event, _ in lines if isinstance(event, Torn)}
    problems = []
    for number, raw, said in unread:
        if _as_text(raw) in torn:
            continue
        problems.append(_line_fault(file, number, raw, said, ops, cut_off=number == last and not ended))
    return lines, problems


def _line_fault(file: str, number: int, raw: bytes, said: str, ops: Sequence[str], cut_off: bool) -> Problem:
    try:
        entry = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if cut_off:
            return Problem(file, number, "torn-line", "the last line was cut off while it was written")
        return Problem(file, number, "bad-line", f"not a JSON object: {said}")
    op = entry.get("op") if isinstance(entry, dict) else None
    if isinstance(op, str) and op not in ops:
        return Problem(file, number, "unknown-op", f"op '{op}' is not known", did_you_mean(op, ops))
    return Problem(file, number, "bad-line", f"not an event: {said}")


def append_events(path: Path, events: Sequence[Event]) -> None:
    """Write `events` at the end of the log and return when they are on disk. Raises OSError if they cannot be."""
    append_lines(path, b"".join(event_line(event) for event in events))


def append_lines(path: Path, lines: bytes) -> None:
    """The same for events that are lines already, each as `event_line` writes it."""
    _append(path, lambda: lines)


def append_made(path: Path, make: Callable[[], Sequence[Event]]) -> None:
    """The same for events that depend on what the log holds: nobody writes between `make`, which may read it, and the
    writing. What `make` raises is raised, and nothing is written then."""
    _append(path, lambda: b"".join(event_line(event) for event in make()))


def _append(path: Path, lines: Callable[[], bytes]) -> None:
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        with locked(handle):
            data = lines()
            data = _end_of_torn_line(handle) + data if data else data
            while data:
                data = data[os.write(handle, data) :]
            os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        sync_folder(path.parent)
        sync_folder(path.parent.parent)


def event_line(event: Event) -> bytes:
    """The event as a line: op, id and at first, so that people see at once what a line is."""
    fields = msgspec.to_builtins(event)
    first = {key: fields[key] for key in ("op", "id", "at") if key in fields}
    return _encoder.encode(first | fields) + b"\n"


def _end_of_torn_line(handle: int) -> bytes:
    """What must be written first so that the next event stands on a line of its own; nothing in a clean log."""
    size = os.lseek(handle, 0, os.SEEK_END)
    if size == 0 or _read_at(handle, size - 1, 1) == b"\n":
        return b""
    fragment, start = b"", size
    while start > 0 and b"\n" not in fragment:
        step = min(4096, start)
        start -= step
        fragment = _read_at(handle, start, step) + fragment
    fragment = fragment.rpartition(b"\n")[2]
    try:
        msgspec.json.decode(fragment)
    except (msgspec.DecodeError, UnicodeDecodeError):
        torn = Torn(id=random_id("t"), at=now(), line=_as_text(fragment))
        return b"\n" + event_line(torn)
    return b"\n"


def _read_at(handle: int, position: int, length: int) -> bytes:
    os.lseek(handle, position, os.SEEK_SET)
    return os.read(handle, length)


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


_FAR = 0x7FFFFFF0
"""The byte that Windows locks: far behind the end, since a locked byte can be read by nobody else."""


@contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold an open file for this process alone, so that two programs never write into each other's line."""
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        try:
            yield
        finally:
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
