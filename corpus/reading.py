"""Reading the files of an import: in order, several at a time where that is faster, and none for ever.

A short file of plain text is read here, unless there are many. Everything else is read by processes of their own
(`corpus.reading_worker`), so that a file which makes its reader hang, or take all memory, costs that file and nothing
else. Processes are started one after the other, as long as there is still work when another could have been started.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

import msgspec

from corpus.problems import Problem
from corpus.reading_worker import Answer, FileToRead, read_one, received, send

SECONDS = 120.0
"""How long reading one file may take."""
_MOST_PROCESSES = 8
_PLAIN = frozenset((".txt", ".text", ".md", ".markdown", ".srt", ".vtt"))
_SHORT = 100_000
"""Bytes of plain text that are read in a moment, whatever they are."""
_MUCH = 12_000_000
"""Bytes in all from which on plain text, too, is read by processes: below, starting them takes longer (measured)."""
_START = 0.25
"""Seconds that starting a process takes."""
_LONGEST_START = 60.0
_TOGETHER = 64_000
"""Bytes of small files that are handed over at once."""
_AHEAD_BYTES = 64_000_000
_AHEAD = 400
_CODE = "import sys; sys.path.append(sys.argv[1]); from corpus.reading_worker import work; work()"
_decoder = msgspec.msgpack.Decoder(Answer)
_Tasks = SimpleQueue["tuple[list[FileToRead], Future[list[Answer]]] | None"]


def read_files(
    files: Iterable[FileToRead], total_bytes: int = 0, *, seconds: float = SECONDS, processes: int = 0
) -> Iterator[Answer]:
    """What each of `files` holds, in their order; they are taken some way ahead of the answers.

    `total_bytes` is how much there is to read in all. `processes`: at most so many at a time, else as many as there are
    processors.
    """
    workers = _Workers(processes or _processors(), seconds)
    waiting: deque[tuple[int, Future[list[Answer]]]] = deque()
    try:
        for batch in _batches(files):
            size = sum(len(file.data) for file in batch)
            here = total_bytes < _MUCH and all(_is_quick(file) for file in batch)
            waiting.append((size, _done([read_one(file) for file in batch]) if here else workers.start(batch)))
            while waiting and (waiting[0][1].done() or _enough(waiting)):
                yield from workers.wait(waiting.popleft()[1])
        for _, answers in waiting:
            yield from workers.wait(answers)
    finally:
        workers.close()


def _batches(files: Iterable[FileToRead]) -> Iterator[list[FileToRead]]:
    """Files that are read in one go: several small ones of a kind, or one that is not small."""
    batch: list[FileToRead] = []
    size = 0
    for file in files:
        if batch and (size + len(file.data) > _TOGETHER or _is_quick(file) != _is_quick(batch[0])):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.data)
    if batch:
        yield batch


def _is_quick(file: FileToRead) -> bool:
    """Whether the file is short plain text; a PDF or a zip archive that is called .txt is not."""
    return file.suffix.lower() in _PLAIN and len(file.data) <= _SHORT and not file.data.startswith((b"PK", b"%PDF"))


def _enough(waiting: Sequence[tuple[int, Future[list[Answer]]]]) -> bool:
    """Whether so much waits to be read, or to be asked for, that more would only take memory."""
    return len(waiting) > _AHEAD or sum(size for size, _ in waiting) > _AHEAD_BYTES


def _done(answers: list[Answer]) -> Future[list[Answer]]:
    future: Future[list[Answer]] = Future()
    future.set_result(answers)
    return future


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


class _Workers:
    """The processes that read, and a thread for each that hands it files and waits for its answers."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self.tasks: _Tasks = SimpleQueue()
        self.workers: list[_Worker] = []
        self.started = 0.0

    def start(self, batch: list[FileToRead]) -> Future[list[Answer]]:
        """Let the next idle process read `batch`."""
        future: Future[list[Answer]] = Future()
        self.tasks.put((batch, future))
        self._one_more()
        return future

    def _one_more(self) -> None:
        """Start another process if there is work for it and the last one has had the time to begin."""
        at = time.monotonic()
        if len(self.workers) < self.most and at - self.started > _START and not self.tasks.empty():
            self.workers.append(_Worker(self.seconds, self.tasks))
            self.started = at

    def wait(self, answers: Future[list[Answer]]) -> list[Answer]:
        """The answers when they are there; meanwhile more processes are started, and those that hang are ended."""
        while True:
            self._one_more()
            try:
                return answers.result(timeout=min(_START, self.seconds / 4))
            except TimeoutError:
                for worker in self.workers:
                    worker.end_if_late()

    def close(self) -> None:
        """End all processes."""
        for _ in self.workers:
            self.tasks.put(None)
        for worker in self.workers:
            worker.close()


class _Worker:
    """A process that reads one file at a time; another takes its place after a file that ended it."""

    def __init__(self, seconds: float, tasks: _Tasks) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()
        self.until = float("inf")
        self.late = self.closed = False
        self.thread = threading.Thread(target=self._work, args=(tasks,), daemon=True)
        self.thread.start()

    def _work(self, tasks: _Tasks) -> None:
        while (task := tasks.get()) is not None and not self.closed:
            batch, future = task
            try:
                future.set_result(self._read(batch))
            except BaseException as error:
                future.set_exception(error)

    def _read(self, batch: Sequence[FileToRead]) -> list[Answer]:
        """An answer for each file of the batch. After one that ended the process the rest are handed over again."""
        answers: list[Answer] = []
        while len(answers) < len(batch) and not self.closed:
            try:
                process = self._running()
            except OSError:  # on this system, or just now, no process can be started
                return answers + [read_one(file) for file in batch[len(answers) :] if not self.closed]
            answers += self._answers(process, batch[len(answers) :])
        return answers

    def _answers(self, process: subprocess.Popen[bytes], files: Sequence[FileToRead]) -> Iterator[Answer]:
        """What the process answers about `files`, up to and with the one that it does not survive."""
        self._until(self.seconds)
        with contextlib.suppress(OSError):  # it ended while it took the files in: the first of them has no answer
            send(cast(BinaryIO, process.stdin), files)
        for file in files:
            answer = received(cast(BinaryIO, process.stdout))
            self._until(self.seconds)
            if answer is None:
                self._until(float("inf"))
                self._end()
                yield None, [self._why_not(file, process)]
                return
            yield _decoder.decode(answer)
        self._until(float("inf"))

    def _until(self, seconds: float) -> None:
        with self.lock:
            self.until = time.monotonic() + seconds

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none. Raises OSError where that cannot be done."""
        if self.process is None or self.process.poll() is not None:
            folder = str(Path(__file__).resolve().parents[1])
            command = [sys.executable, "-P", "-X", "utf8", "-c", _CODE, folder]
            pipe, none = subprocess.PIPE, subprocess.DEVNULL
            with self.lock:
                self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=none)
                self.late = False
            self._until(_LONGEST_START)
            if received(cast(BinaryIO, self.process.stdout)) is None:
                self._end()
                raise OSError("the process did not start")
        return self.process

    def _why_not(self, file: FileToRead, process: subprocess.Popen[bytes]) -> Problem:
        near = "Save it in another format (docx or text) and import that."
        if self.late:
            said = f"reading it took longer than {self.seconds:g} seconds and was stopped"
        else:
            said = f"the process that read it was ended ({_ended(process.returncode)})"
        return Problem(file.file, 0, "unreadable-file", said, near)

    def end_if_late(self) -> None:
        """End the process if it has read for too long."""
        with self.lock:
            if time.monotonic() > self.until and self.process is not None:
                self.late = True
                self.process.kill()

    def close(self) -> None:
        """End the process for good."""
        self.closed = True
        with self.lock:
            if self.process is not None:
                self.process.kill()
        self.thread.join()
        self._end()

    def _end(self) -> None:
        """Clear away what is left of the process."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}: perhaps the memory was full"
    return f"exit code {code}"
