"""Files of a study as git has them: of one revision, or every version of one file. Nothing is checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

_NEWEST = 1000
"""How many versions of a file are looked through."""


class GitError(Exception):
    """git is not there, the folder is in no repository, or git said no; the message is for people."""


class Commit(msgspec.Struct, frozen=True):
    """A commit: its full id, the short one, its date (YYYY-MM-DD) and the first line of its message."""

    id: str
    short: str
    date: str
    subject: str


def repository_of(folder: Path) -> tuple[Path, str]:
    """The repository that a folder is in, and the folder's path in it (`` or `studies/mine/`). Raises GitError."""
    top, _, prefix = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix").decode().partition("\n")
    return Path(top), prefix.strip("\n")


def commit_of(top: Path, revision: str) -> Commit | None:
    """The commit that a revision names (a branch, tag, id, `HEAD~3`); None where it names none."""
    if revision.startswith("-"):
        return None
    try:
        id = _git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitError:
        return None
    said = _git(top, "show", "--no-patch", "--format=%h%x00%cs%x00%s", id).decode("utf-8", "replace")
    return Commit(id, *said.strip("\n").split("\0"))


def files_in(top: Path, commit: str, folder: str) -> dict[str, str]:
    """Every file below `folder` (`` or `path/`) in a commit: path relative to it → the id of its content.

    Links and submodules are left out.
    """
    entries = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *([folder] if folder else []))
    found = {}
    for entry in entries.split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if facts.startswith(b"100"):
            found[path.decode("utf-8", "surrogateescape").removeprefix(folder)] = facts.split()[2].decode()
    return found


def contents(top: Path, names: Sequence[str]) -> Iterator[bytes | None]:
    """The bytes of each content id or `commit:path` (on one line), None where there is none."""
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    data = _git(top, "cat-file", "--batch", given=given)
    position = 0
    for _ in names:
        end = data.index(b"\n", position)
        header = data[position:end].split(b" ")
        if header[-1] == b"missing" or len(header) < 3:
            yield None
            position = end + 1
        else:
            size = int(header[-1])
            yield data[end + 1 : end + 1 + size]
            position = end + size + 2


def versions_of(top: Path, path: str) -> Iterator[bytes]:
    """A file as each commit that touched it has it, on any branch, newest first."""
    if "\n" in path:
        return
    commits = _git(top, "log", "--all", f"--max-count={_NEWEST}", "--format=%H", "--", f":(top,literal){path}")
    names = [f"{commit}:{path}" for commit in commits.decode().split()]
    if names:
        yield from (data for data in contents(top, names) if data is not None)


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], input=given, capture_output=True, check=False)
    except OSError as error:
        raise GitError("git is not installed, so revisions cannot be read") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[-1].removeprefix("fatal: ") if said else f"git {words[0]} failed")
    return done.stdout
