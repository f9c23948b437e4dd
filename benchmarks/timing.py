"""Time and memory of one piece of work, in a process of its own: `python -m benchmarks.timing WORK FOLDER N`."""

from __future__ import annotations

import gc
import importlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
_MANY = 20


class Measured(msgspec.Struct, frozen=True):
    """How long each run took, in seconds; `n` things were done in each (sources, codings, rows).

    `peak` is the most memory that the process held, in MB, what it read before the clock ran included.
    """

    seconds: tuple[float, ...]
    n: int = 1
    peak: float = 0.0

    @property
    def median(self) -> float:
        """The run in the middle."""
        return statistics.median(self.seconds)

    @property
    def typical(self) -> float:
        """The run in the middle of many; of a few the fastest, which other work on the machine disturbed least."""
        return self.median if len(self.seconds) >= _MANY else min(self.seconds)

    @property
    def rate(self) -> float:
        """Things done in a second."""
        return self.n / self.typical


Work = Callable[[Path, int], Measured]
"""A study's folder and how many runs → what they took."""


def timed(work: Callable[[], object], times: int, before: Callable[[], object] = lambda: None) -> tuple[float, ...]:
    """Seconds that `work` takes, each of `times` times; `before` is done before each run and not counted."""
    found = []
    for _ in range(times):
        before()
        gc.collect()
        start = time.perf_counter()
        result = work()
        found.append(time.perf_counter() - start)
        del result
    return tuple(found)


def of_commands(command: Sequence[str], times: int, folder: Path = ROOT) -> tuple[float, ...]:
    """Seconds that a whole program takes, from its start to its end."""

    def run() -> None:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    run()
    return timed(run, times)


def in_child(work: str, folder: Path, times: int) -> Measured:
    """The work `module.function` of this package, measured in a new process."""
    command = [sys.executable, "-m", "benchmarks.timing", work, str(folder), str(times)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Measured)


def peak_memory() -> float:
    """The most memory that this process, or a program it ran, has held, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Measure one piece of work and print what it took, as JSON."""
    name, folder, times = sys.argv[1:]
    module, _, function = name.partition(".")
    work: Work = getattr(importlib.import_module(f"benchmarks.{module}"), function)
    measured = work(Path(folder), int(times))
    print(msgspec.json.encode(msgspec.structs.replace(measured, peak=peak_memory())).decode())


if __name__ == "__main__":
    main()
