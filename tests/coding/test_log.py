"""Logs on disk: acknowledged means fsynced, a torn line is set aside, two programs never mix their lines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coding.events import Add, Retract
from coding.log import append_events, parse_log, read_log

FILE = "codings/ana/k.jsonl"


def add(id: str, code: str = "t") -> Add:
    return Add(id=id, at="2026-01-01T00:00:00Z", code=code, start=0, end=3, quote="abc")


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    log = tmp_path / "codings" / "ana" / "k.jsonl"
    events = [add("c1"), Retract(id="r1", at="2026-01-02", target="c1")]
    append_events(log, events[:1])
    append_events(log, events[1:])
    lines, problems = read_log(log, FILE)
    assert [line.event for line in lines] == events
    assert [line.line for line in lines] == [1, 2]
    assert problems == []


def test_op_and_id_are_the_first_keys(tmp_path: Path) -> None:
    log = tmp_path / "k.jsonl"
    append_events(log, [add("c1")])
    assert log.read_bytes().startswith(b'{"op":"add","id":"c1","at":')


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_line_cut_anywhere_is_reported_then_set_aside_and_never_erased(tmp_path: Path, cut: int) -> None:
    log = tmp_path / "k.jsonl"
    append_events(log, [add("c1"), add("cæ½2")])
    whole = log.read_bytes()
    torn = whole[: len(whole) - cut]
    log.write_bytes(torn)
    lines, problems = read_log(log, FILE)
    if cut == 1:
        assert [p.rule for p in problems] == []
        assert len(lines) == 2
    else:
        assert [p.rule for p in problems] == ["torn-line"]
        assert [line.event.id for line in lines] == ["c1"]
    append_events(log, [add("c3")])
    lines, problems = read_log(log, FILE)
    assert problems == []
    assert [line.event.id for line in lines if isinstance(line.event, Add)] == (
        ["c1", "cæ½2", "c3"] if cut == 1 else ["c1", "c3"]
    )
    assert log.read_bytes().startswith(torn), "appending is the only way a log is written"


def test_a_broken_line_in_the_middle_is_an_error_not_a_torn_line() -> None:
    _, problems = parse_log(b'{"op":"add","id":\n' + b'{"op":"read","id":"d1"}\n', FILE)
    assert [(p.rule, p.line) for p in problems] == [("bad-line", 1)]


def test_an_unknown_op_is_reported_and_the_rest_is_read() -> None:
    lines, problems = parse_log(b'{"op":"highlight","id":"h1"}\n{"op":"read","id":"d1"}\n', FILE)
    assert [(p.rule, p.line) for p in problems] == [("unknown-op", 1)]
    assert [line.event.id for line in lines] == ["d1"]


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"3",
        b'"add"',
        b"\xff\xfe",
        b"{}",
        b'{"op":7}',
        b'{"op":"add","id":"c"}',
        b'{"op":"add","id":5}',
        b"\x00",
    ],
)
def test_any_other_line_is_a_problem_and_no_traceback(line: bytes) -> None:
    lines, problems = parse_log(line + b"\n", FILE)
    assert lines == []
    assert [p.rule for p in problems] == ["bad-line"]


LOOP = """
import sys
from pathlib import Path
from coding.events import Add
from coding.log import append_events
log, name = Path(sys.argv[1]), sys.argv[2]
n = 0
while True:
    append_events(log, [Add(id=f"{name}-{n}", code="t", start=0, end=3, quote="abc" * 40)])
    print(f"{name}-{n}", flush=True)
    n += 1
"""


def looping(log: Path, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", LOOP, str(log), name], stdout=subprocess.PIPE)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not on Windows")
def test_nothing_acknowledged_is_lost_when_the_program_is_killed_many_times(tmp_path: Path) -> None:
    log = tmp_path / "k.jsonl"
    acknowledged: set[str] = set()
    for round_ in range(12):
        process = looping(log, f"r{round_}")
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(0.003 * round_)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.wait()
        acknowledged |= set((first + rest).decode().split("\n")[:-1])
    append_events(log, [add("last")])
    lines, problems = read_log(log, FILE)
    assert problems == []
    assert acknowledged - {line.event.id for line in lines} == set()
    assert len(acknowledged) >= 12


def test_two_programs_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    log = tmp_path / "k.jsonl"
    processes = [looping(log, name) for name in ("a", "b")]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    time.sleep(0.3)
    acknowledged: list[str] = []
    for name, process in zip("ab", processes, strict=True):
        process.kill()
        assert process.stdout is not None
        acknowledged += [f"{name}-0", *process.stdout.read().decode().split("\n")[:-1]]
        process.wait()
    append_events(log, [add("last")])
    lines, problems = read_log(log, FILE)
    assert problems == []
    assert set(acknowledged) <= {line.event.id for line in lines}


def test_acknowledged_means_fsynced_after_the_last_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    write, fsync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda fd, data: (calls.append("write"), write(fd, data))[1])
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append("fsync"), fsync(fd))[1])
    append_events(tmp_path / "new" / "k.jsonl", [add("c1")])
    assert calls[:2] == ["write", "fsync"], "the words reach the disk before the call returns"
    assert calls.count("fsync") >= 2, "a new log's name in its folder is made to last as well"


def test_a_failing_fsync_acknowledges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        append_events(tmp_path / "k.jsonl", [add("c1")])


def test_a_write_that_stops_half_way_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[: max(1, len(data) // 2)]))
    append_events(tmp_path / "k.jsonl", [add("c1"), add("c2")])
    monkeypatch.undo()
    lines, problems = read_log(tmp_path / "k.jsonl", FILE)
    assert (len(lines), problems) == (2, [])


@pytest.mark.skipif(sys.platform != "linux", reason="strace is a Linux program")
def test_the_system_calls_show_write_then_fsync_before_the_acknowledgement(tmp_path: Path) -> None:
    import shutil

    if not shutil.which("strace"):
        pytest.skip("strace is not installed (apt-get install strace)")
    code = LOOP.replace("while True:", "for _ in range(3):")
    trace = tmp_path / "trace"
    run = subprocess.run(
        [
            "strace",
            "-f",
            "-e",
            "trace=write,fsync",
            "-o",
            trace,
            sys.executable,
            "-c",
            code,
            tmp_path / "k.jsonl",
            "s",
        ],
        capture_output=True,
        text=True,
    )
    if run.returncode and "ptrace" in run.stderr.lower():
        pytest.skip("this machine does not allow tracing")
    calls = [line for line in trace.read_text().splitlines() if '"op' in line or "fsync" in line or '"s-' in line]
    kinds = ["ack" if '"s-' in c and "op" not in c else "fsync" if "fsync" in c else "write" for c in calls]
    acknowledgements = [i for i, kind in enumerate(kinds) if kind == "ack"]
    assert len(acknowledgements) == 3
    previous = 0
    for index in acknowledgements:
        between = kinds[previous:index]
        assert between.index("write") < len(between) - 1 - between[::-1].index("fsync")
        previous = index + 1


def test_blank_lines_do_not_shift_the_line_numbers() -> None:
    lines, problems = parse_log(b'\n{"op":"read","id":"d1"}\r\n\n  \n{"op":"read","id":"d2"}', FILE)
    assert [(line.event.id, line.line) for line in lines] == [("d1", 2), ("d2", 5)]
    assert problems == []


def test_an_empty_log_has_no_events() -> None:
    assert parse_log(b"", FILE) == ([], [])
