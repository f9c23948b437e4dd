"""The process beside this one that reads PDFs, so that a file made to harm can neither hang nor crash an import.

A file of two kilobytes can ask for hours of work and for all memory there is, and the PDF library sets no limit. The
process is started with the first PDF, reads one after the other, and is ended where a page takes too long.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from corpus.readers.pdf_words import Fault, Page

_PAGE_SECONDS, _FILE_SECONDS = 20.0, 100.0
_MOST_MEMORY = 600_000_000
"""Bytes of address space: real files of up to 8 MB and 337 pages take 90 million (measured), one of 64 MB three times
its size more. There is one such process for each process that reads for an import."""
_START = "from corpus.readers.pdf_process import serve; serve()"

_DECODER = msgspec.msgpack.Decoder(Page | Fault | None)

_lock = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}
"""Number of a process → the one that reads for it; a forked copy of this process starts its own."""


def pages_of(data: bytes) -> list[Page] | Fault:
    """The pages of the PDF that holds `data`, or why they cannot be read."""
    with _lock:
        try:
            process = _process()
        except (OSError, TypeError):
            return Fault("no-process")
        pages: list[Page] = []
        fault: Fault | None = None
        with _Watch(process) as watch:
            try:
                _send(process.stdin, data)
                while isinstance(found := _DECODER.decode(_receive(process.stdout)), Page):
                    pages.append(found)
                    watch.next_page()
                fault = found
            except (EOFError, OSError, msgspec.MsgspecError):
                fault = Fault("slow" if watch.late else "crashed", len(pages) + 1)
        if fault is not None and fault.kind in ("slow", "crashed"):
            _end()
        return fault or pages


class _Watch:
    """Ends the process where it takes too long over a page, or over the file."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process, self.late, self.done = process, False, threading.Event()
        self.ends = time.monotonic() + _FILE_SECONDS
        self.page_ends = time.monotonic() + _PAGE_SECONDS
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def __enter__(self) -> _Watch:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.done.set()
        self.thread.join()

    def next_page(self) -> None:
        """Start the time of the next page."""
        self.page_ends = time.monotonic() + _PAGE_SECONDS

    def watch(self) -> None:
        """Wait until the file is read or its time is over."""
        while not self.done.wait(max(min(self.ends, self.page_ends) - time.monotonic(), 0.0)):
            if time.monotonic() >= min(self.ends, self.page_ends):
                self.late = True
                self.process.kill()
                return


def _process() -> subprocess.Popen[bytes]:
    """The process that reads for this one, started where there is none.

    It imports what this one would, and nothing from the folder that a researcher happens to stand in.
    """
    process = _running.get(os.getpid())
    if process is None or process.poll() is not None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(os.path.abspath(entry) for entry in (root, *filter(None, sys.path)))  # noqa: PTH100
        process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env=os.environ | {"PYTHONPATH": path},
        )
        if not _running:
            atexit.register(_end)
        _running[os.getpid()] = process
    return process


def _end() -> None:
    """End the process that reads for this one, if there is one."""
    process = _running.pop(os.getpid(), None)
    if process is not None:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        process.wait()


def _send(pipe: IO[bytes] | None, frame: bytes) -> None:
    assert pipe is not None
    pipe.write(len(frame).to_bytes(8, "little") + frame)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes:
    assert pipe is not None
    size = pipe.read(8)
    frame = pipe.read(int.from_bytes(size, "little"))
    if len(size) < 8 or len(frame) < int.from_bytes(size, "little"):
        raise EOFError
    return frame


def serve() -> None:
    """Read PDFs for another process: each comes as one frame, its pages go back as one each, then an empty answer."""
    from corpus.readers.pdf_pages import pages_in

    answers, questions = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(0), "rb")
    _limit_memory()
    encode = msgspec.msgpack.Encoder().encode
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            _limit_time(0)
            data = _receive(questions)
            _limit_time(2 * int(_FILE_SECONDS))
            for found in pages_in(data):
                _send(answers, encode(found))
                if isinstance(found, Fault):
                    break
            else:
                _send(answers, encode(None))


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _limit_time(seconds: int) -> None:
    """Let the system end this process after so many seconds (0: never), should the one it reads for be gone."""
    with suppress(ImportError, AttributeError):
        import signal

        signal.alarm(seconds)
