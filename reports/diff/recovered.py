"""The inputs of a build as they were: from today's files, from logs that only grow, kept by a build, and from git.

Each is known by its digest in the manifest, so that what is found is certain; what is not found is named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.files import sha256
from reports.diff.git_files import GitError, repository_of, versions_of
from reports.kept_inputs import kept_input
from reports.manifest import input_digest, is_log

_MOST = 500_000_000
"""Bytes that are hashed in search of an earlier state of one log."""


def write_recovered(roots: Sequence[Path], wanted: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write the inputs with the digests `wanted` into `folder`; the files of which no such version is found any more.

    They are looked for in the study folders `roots` and their repositories. In place of what is not found, the version
    that the first of the folders has today is written, where it has one.
    """
    lost = []
    for file, digest in wanted.items():
        if not is_inside(file):
            continue
        found = next((data for root in roots if (data := _found(root, file, digest)) is not None), None)
        if found is None:
            lost.append(file)
            found = _read(roots[0] / file)
        if found is not None:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(found)
    return tuple(lost)


def _found(root: Path, file: str, digest: str) -> bytes | None:
    """The file of a study as it was when it had this digest: today, before its log grew, kept by a build, or in git."""
    data = _read(root / file)
    if data is not None and input_digest(file, data) == digest:
        return data
    if data is not None and is_log(file):
        for lines in _prefixes(data):
            if sha256(lines) == digest:
                return lines + b"\n"
    kept = kept_input(root, file, digest)
    return kept if kept is not None else _in_git(root, file, digest)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def is_inside(file: str) -> bool:
    """Whether a path that a manifest or a commit names stays inside the folder."""
    parts = file.split("/")
    return not file.startswith("/") and "\\" not in file and ":" not in file and not {"", ".", ".."} & set(parts)


def _prefixes(data: bytes) -> Iterator[bytes]:
    """The sets of lines that a log held before its last line was added, before the one before that, and so on."""
    lines = [line for line in (line.strip() for line in data.split(b"\n")) if line]
    count = Counter(lines)
    kept = sorted(count)
    hashed = 0
    while lines and hashed < _MOST:
        last = lines.pop()
        count[last] -= 1
        if not count[last]:
            del kept[bisect_left(kept, last)]
            found = b"\n".join(kept)
            hashed += len(found)
            yield found


def _in_git(root: Path, file: str, digest: str) -> bytes | None:
    """The version of a file with this digest in the study's repository; None where there is none."""
    try:
        top, prefix = repository_of(root)
        return next((data for data in versions_of(top, prefix + file) if input_digest(file, data) == digest), None)
    except GitError:
        return None
