"""`make bench`: everything that is measured, in one run, as tables in Markdown.

BENCH=quick (the default) takes some minutes, BENCH=full has more runs and larger studies, BENCH=tiny only shows that
every row can be measured. The studies are written to build/bench once. Times depend on the machine and on what else it
does; the ratios, of work measured in one run, much less.
"""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CalledProcessError

from benchmarks import constructed_texts, generate, suggesting, vocabulary
from benchmarks.generate import SIZES, Size, write_study
from benchmarks.rows import GROWTH, ROWS, Row, is_met, ratio, shown, target_words
from benchmarks.timing import ROOT, in_child
from corpus.files import sha256

KINDS = ("tiny", "quick", "full")
HEAD = "| Work | crosscase | Peak memory | Target | Met | Plain ways, in the same run (crosscase takes … × as long) |"


def main(kind: str = "quick", say: Callable[[str], None] = print) -> None:
    """Measure and print."""
    say(f"BENCH={kind} · Python {platform.python_version()} · {platform.system()} {platform.machine()}\n")
    say(HEAD)
    say("|---|---|---|---|---|---|")
    for row in ROWS:
        if kind == "full" or not row.full_only:
            say(_line(row, kind))
    say("")
    for line in suggesting.quality_lines(suggesting.quality(1 if kind == "tiny" else suggesting.REPEATS)):
        say(line)
    say("")
    for line in constructed_texts.table((0,) if kind == "tiny" else constructed_texts.PASSAGES):
        say(line)
    say("\n| Growth | crosscase | of twice the size | Time | Memory |\n|---|---|---|---|---|")
    for line in _growth(kind):
        say(line)


def _line(row: Row, kind: str) -> str:
    runs = {"tiny": 1, "quick": row.runs, "full": max(row.runs, 5)}[kind]
    study = folder_of(row.size if kind != "tiny" else "tiny")
    try:
        measured = in_child(row.ours if "." in row.ours else f"ours.{row.ours}", study, runs)
        others = [
            in_child(function, study, min(runs, 3) if row.size == "large" else runs) for _, function in row.others
        ]
    except CalledProcessError as error:
        return f"| {row.work} | could not be measured ({error.returncode}) | | {target_words(row)} | no | |"
    met = {True: "yes", False: "**no**", None: ""}[is_met(row, measured, others) if kind != "tiny" else None]
    beside = (
        f"{name} {shown(other, row.unit)}, {other.peak:,.0f} MB ({ratio(measured, other)})"
        for (name, _), other in zip(row.others, others, strict=True)
    )
    result = shown(measured, row.unit) + (f" ({measured.n:,})" if measured.n > 1 and row.unit == "s" else "")
    return f"| {row.work} | {result} | {measured.peak:,.0f} MB | {target_words(row)} | {met} | {'; '.join(beside)} |"


def _growth(kind: str) -> Iterator[str]:
    """The same work on a study and on one of twice its size, in every way."""
    whole = SIZES["tiny"] if kind == "tiny" else SIZES["medium"] if kind == "quick" else SIZES["large"]
    small, large = (folder_of(size) for size in (halved(whole), whole))
    for work, function in GROWTH:
        first, second = (in_child(f"ours.{function}", study, 1 if kind == "tiny" else 3) for study in (small, large))
        times, memory = second.typical / first.typical, second.peak / first.peak if first.peak else 0
        yield f"| {work} | {first.typical:.2f} s | {second.typical:.2f} s | {times:.2f} × | {memory:.2f} × |"


def halved(size: Size) -> Size:
    """Half as many sources, codings and cases; texts of the same length."""
    return Size(size.sources // 2, size.characters, size.codings // 2, max(size.cases // 2, 3))


def folder_of(size: str | Size) -> Path:
    """The study of this size, written on first use; another generator writes another one."""
    wanted = SIZES[size] if isinstance(size, str) else size
    sources = [Path(module.__file__ or "").read_text("utf-8") for module in (generate, vocabulary)]
    folder = ROOT / "build" / "bench" / f"{wanted.sources}-{sha256(repr(wanted) + ''.join(sources))[:12]}"
    if not folder.exists():
        print(f"writing a study of {wanted.sources:,} sources, {wanted.codings:,} codings …", file=sys.stderr)
        unfinished = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        write_study(unfinished, wanted)
        unfinished.rename(folder)
    return folder


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "quick", lambda line: print(line, flush=True))
