"""Files read by processes of their own: the same answers in the same order, whatever happens to one of them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import pytest

from corpus import reading
from corpus.reading import read_files
from corpus.reading_worker import Answer, FileToRead, read_one

_ODD_READER = """
import sys; sys.path.append(sys.argv[1])
import os, signal, time
from corpus import reading_worker
from corpus.readers.document import Document

def read(data, suffix, file, encoding):
    if data == b"hangs":
        time.sleep(600)
    if data == b"is killed":
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(600)
    if data == b"exits":
        os._exit(3)
    if data == b"fails":
        raise ValueError("what is this")
    if data == b"takes all memory":
        raise MemoryError
    if data == b"half a letter":
        return Document("\\udc80"), []
    if data == b"talks":
        print("hello from a library", flush=True)
    return Document(data.decode() + " " + encoding), []

reading_worker.read_document_bytes = read
reading_worker.work()
"""


@pytest.fixture
def odd_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes read with a reader that does what the file says."""
    monkeypatch.setattr(reading, "_CODE", _ODD_READER)


def files(*contents: str, suffix: str = ".docx", encoding: str = "") -> list[FileToRead]:
    return [FileToRead(said.encode(), suffix, f"{n}{suffix}", encoding) for n, said in enumerate(contents)]


def texts(answers: Sequence[Answer]) -> list[str]:
    return [document.text.strip() if document else "" for document, _ in answers]


@pytest.mark.parametrize("processes", [1, 3])
def test_answers_come_in_the_order_of_the_files(odd_reader: None, processes: int) -> None:
    names = [f"interview {n}" for n in range(50)]
    assert texts(list(read_files(files(*names), processes=processes))) == names


def test_processes_read_what_is_read_here() -> None:
    plain = [FileToRead(f"# Titel {n}\n\nA: Ja.\n\nB: Nej å {n}.\n".encode(), ".txt", f"{n}.txt") for n in range(5)]
    assert list(read_files(plain, total_bytes=10**9)) == [read_one(file) for file in plain]


def test_the_encoding_that_was_asked_for_is_handed_on(odd_reader: None) -> None:
    assert texts(list(read_files(files("a", encoding="cp865")))) == ["a cp865"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("hangs", "longer than 2 seconds"),
        ("is killed", "was ended (signal 15"),
        ("exits", "was ended (exit code 3)"),
        ("fails", "the reader failed (ValueError: what is this)"),
        ("takes all memory", "more memory than there is"),
        ("half a letter", "cannot be handed on"),
    ],
)
@pytest.mark.skipif(reading.os.name == "nt", reason="processes are ended in another way there")
def test_a_file_that_its_reader_does_not_survive_is_a_problem_of_that_file_alone(
    odd_reader: None, content: str, said: str
) -> None:
    answers = list(read_files(files("a", "b", content, "c", content, "d"), seconds=2, processes=1))
    assert texts(answers) == ["a", "b", "", "c", "", "d"]
    for number in (2, 4):
        (problem,) = answers[number][1]
        assert (problem.rule, problem.file) == ("unreadable-file", f"{number}.docx")
        assert said in problem.message


def test_what_a_library_prints_does_not_stand_among_the_answers(odd_reader: None) -> None:
    assert texts(list(read_files(files("talks", "a")))) == ["talks", "a"]


def test_where_no_process_can_be_started_files_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert texts(list(read_files(files("Tekst.", suffix=".html")))) == ["Tekst."]


def test_who_stops_early_leaves_no_process_behind(odd_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    popen = subprocess.Popen

    def start(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    answers = read_files(files("a", *["x" * 70_000] * 20, "hangs"), processes=2)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert started
    assert all(process.poll() is not None for process in started)


def test_short_plain_text_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert texts(list(read_files(files("Tekst.", suffix=".txt")))) == ["Tekst."]
