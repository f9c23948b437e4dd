"""The benchmarks themselves: the same studies every time, and every row can be measured (how fast is not tested)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks import ours, run, suggesting
from benchmarks.generate import SIZES, write_study
from benchmarks.rows import GROWTH, ROWS, Row, ratio
from benchmarks.timing import Measured
from coding.checks import check_study
from coding.suggest.measures import Interval


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest study that is generated."""
    root = tmp_path_factory.mktemp("bench") / "tiny"
    write_study(root, SIZES["tiny"])
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path, tiny: Path) -> None:
    for name, seed in (("again", 1), ("other", 2)):
        write_study(tmp_path / name, SIZES["tiny"], seed)
    written = {path: data for path, data in contents(tiny).items() if not path.startswith((".crosscase", "build"))}
    assert contents(tmp_path / "again") == written
    assert contents(tmp_path / "other") != written


def test_a_generated_study_has_as_many_codings_as_it_says_and_no_faults(tmp_path: Path) -> None:
    write_study(tmp_path / "s", SIZES["tiny"])
    coded, problems = check_study(tmp_path / "s")
    logs = sorted((tmp_path / "s" / "codings").rglob("*.jsonl"))
    assert problems == []
    assert sum(path.read_bytes().count(b'"op":"add"') for path in logs) == SIZES["tiny"].codings
    assert len(coded.study.sources) == SIZES["tiny"].sources


@pytest.mark.parametrize("row", {row.ours: row for row in ROWS}.values(), ids=lambda row: row.ours)
def test_every_row_can_be_measured_and_is_compared_with_as_much_work(
    row: Row, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def in_this_process(work: str, folder: Path, times: int) -> Measured:
        module, _, function = work.partition(".")
        measured = getattr(importlib.import_module(f"benchmarks.{module}"), function)(folder, times)
        assert len(measured.seconds) == times
        done.append(measured.n)
        return measured  # type: ignore[no-any-return]

    monkeypatch.setattr(run, "in_child", in_this_process)
    monkeypatch.setattr(run, "folder_of", lambda _: tiny)
    monkeypatch.setattr(ours, "LONG_LOG", 1000)
    line = run._line(row, "tiny")
    assert line.startswith(f"| {row.work} |")
    assert len(done) == 1 + len(row.others)
    assert max(done) <= 1.1 * min(done), "as many sources, codings or rows in each, but for what was taken back"


def test_work_whose_growth_alone_is_measured_can_be_measured_too(tiny: Path) -> None:
    for function in {function for _, function in GROWTH} - {row.ours for row in ROWS}:
        assert len(getattr(ours, function)(tiny, 1).seconds) == 1


def test_suggestions_of_the_example_study_lead_the_plain_ways_as_far_as_they_have_to() -> None:
    found = suggesting.quality(repeats=1)
    lines = list(suggesting.quality_lines(found))
    assert len(lines) == 2 + 2 * len(suggesting.PASSAGES)
    assert all(suggesting.is_met(point) for entry in found for point in entry.points), "\n".join(lines)
    assert not any("**no**" in line for line in lines)


def test_a_lead_is_that_over_the_better_of_the_plain_ways() -> None:
    point = suggesting.quality(repeats=1)[0].points[0]
    worse = msgspec.structs.replace(point, informed_gain=Interval(0.09, 0.0, 0.2))
    assert suggesting.least_lead(worse).value == 0.09 and not suggesting.is_met(worse)
    assert "**no**" in list(suggesting.quality_lines([suggesting.Quality(True, (worse,))]))[-1]


def test_a_ratio_is_of_the_time_for_each_thing_done_and_takes_the_fastest_of_few_runs() -> None:
    ours_, other = Measured((9.0, 2.0, 4.0), 100), Measured((1.0,), 10)
    assert ours_.typical == 2.0
    assert Measured(tuple(map(float, range(1, 22)))).typical == 11.0
    assert ratio(ours_, other) == "0.20 ×"
