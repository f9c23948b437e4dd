"""The process that reads one file after another for an import (`corpus.reading` starts it): bytes in, documents out.

It talks with the program that started it through pipes, in frames of eight bytes of length and a msgpack value.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import msgspec

from corpus.problems import Problem
from corpus.readers import read_document_bytes
from corpus.readers.document import Document

MOST_MEMORY = 4_000_000_000
"""Bytes of address space that reading one file may take, where the system can bound it."""
_LENGTH = 8


class FileToRead(msgspec.Struct, frozen=True):
    """A file's bytes, the suffix and the encoding that were asked for, and its name for problems."""

    data: bytes
    suffix: str
    file: str
    encoding: str = ""


Answer = tuple[Document | None, list[Problem]]


def read_one(file: FileToRead) -> Answer:
    """The document and its faults. A reader that fails in a way that nobody foresaw is a problem of this file alone."""
    try:
        return read_document_bytes(file.data, file.suffix, file.file, file.encoding)
    except MemoryError:
        said, near = "reading the file takes more memory than there is", "Import it in parts."
    except Exception as error:
        said = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        near = "That is a fault of crosscase: please report it. Until then save the file as text (UTF-8)."
    return None, [Problem(file.file, 0, "unreadable-file", said, near)]


def send(pipe: BinaryIO, value: object) -> None:
    """Write one frame. Raises OSError where nobody reads it any more."""
    data = msgspec.msgpack.encode(value)
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def received(pipe: BinaryIO) -> bytes | None:
    """The next frame; None at the end."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    return data if len(data) == size else None


def work() -> None:
    """Read the files that come in until no more come."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
    _leave_interrupts_to_the_importer()
    _bound_memory()
    decoder = msgspec.msgpack.Decoder(list[FileToRead])
    send(answers, "ready")
    while (request := received(sys.stdin.buffer)) is not None:
        for file in decoder.decode(request):
            _answer(answers, file)


def _answer(pipe: BinaryIO, file: FileToRead) -> None:
    answer = read_one(file)
    try:
        send(pipe, answer)
    except (UnicodeEncodeError, msgspec.MsgspecError, OverflowError) as error:
        said = f"its text cannot be handed on ({error})"
        send(pipe, (None, [Problem(file.file, 0, "unreadable-file", said)]))


def _leave_interrupts_to_the_importer() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    except (OSError, ValueError):
        return
