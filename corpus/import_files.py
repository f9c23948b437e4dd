"""Which files an import is about, and what the study has imported before."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from corpus.files import files_below, shown
from corpus.problems import Problem
from corpus.readers import can_read
from corpus.source import SOURCES_FOLDER

ORIGINALS_FOLDER = "originals"
_OWN_FOLDERS = frozenset(
    (SOURCES_FOLDER, "codings", "anchors", "charts", "findings", "private", "build", ".crosscase", ".git")
)
_OWN_FILES = frozenset(("guide.md", "readme.md", "changelog.md"))
_HEAD = 8192
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:\n---|\Z)", re.DOTALL)
_ORIGIN = re.compile(r"^origin:[ \t]*\r?\n((?:[ \t]+.*(?:\r?\n|\Z))*)", re.MULTILINE)
_FILE = re.compile(r"^[ \t]+file:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_SHA256 = re.compile(r"^[ \t]+sha256:[ \t]*[\"']?([0-9a-f]{64})", re.MULTILINE)


class Found(msgspec.Struct, frozen=True):
    """The files to import, in order, and how many others were passed over in folders (suffix → number)."""

    files: tuple[Path, ...]
    passed_over: dict[str, int]


class Imported(msgspec.Struct, frozen=True):
    """A source that is in the study: its id, and the original it came from, as far as it says so."""

    id: str
    file: str = ""
    sha256: str = ""


def find_files(root: Path, paths: Sequence[Path]) -> tuple[Found, list[Problem]]:
    """The files that `paths` name: files as they are, folders with everything in them that can be read.

    Hidden files, Word's lock files and the study's own files are passed over; a file named twice counts once.
    """
    files: dict[str, Path] = {}
    others: Counter[str] = Counter()
    problems: list[Problem] = []
    for path in paths:
        try:
            if path.is_dir():
                for real, file in _below(path, root, problems):
                    if can_read(file):
                        files.setdefault(real, file)
                    else:
                        others[file.suffix.lower() or "no suffix"] += 1
            elif not path.is_file():
                why = "it is no file" if path.exists() else "there is no such file or folder"
                problems.append(Problem(shown(path), 0, "missing-file", why, "Look for a spelling mistake."))
            elif _is_own(str(path.resolve()), root):
                said = "the file is part of the study already"
                problems.append(
                    Problem(shown(path), 0, "unsupported-file", said, "Import files from outside the study.")
                )
            else:
                files.setdefault(str(path.resolve()), path)
        except OSError as error:
            problems.append(_unreadable(path, error))
    return Found(tuple(files.values()), dict(sorted(others.items()))), problems


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(shown(path), 0, "missing-file", f"cannot be read: {error.strerror}", "Look at its permissions.")


def _below(folder: Path, root: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Visible regular files below `folder`, sorted, without the study's own: real path, and path as it was asked for.

    The study's originals are passed over, too, unless `folder` is in them: they may be imported where they lie.
    """
    originals = f"{root / ORIGINALS_FOLDER}"
    start = f"{folder.resolve()}"
    within = f"{start}{os.sep}".startswith(originals + os.sep)
    for at, folders, names in os.walk(start, onerror=lambda e: problems.append(_unreadable(Path(e.filename), e))):
        shown = folder / os.path.relpath(at, start)
        inside = {name: f"{at}{os.sep}{name}" for name in (*folders, *names) if not name.startswith((".", "~$"))}
        inside = {name: real for name, real in inside.items() if not _is_own(real, root)}
        folders[:] = sorted(name for name in folders if name in inside and (within or inside[name] != originals))
        for name in sorted(names):
            if name in inside and Path(inside[name]).is_file():
                yield inside[name], shown / name


def _is_own(path: str, root: Path) -> bool:
    """Whether the real `path` is one of the files or folders that the study itself is made of."""
    start = f"{root}{os.sep}"
    if not path.startswith(start):
        return False
    first, _, rest = path[len(start) :].lower().partition(os.sep)
    return first in _OWN_FOLDERS or (not rest and first in _OWN_FILES)


def read_imported(root: Path) -> list[Imported]:
    """Every source of the study with its origin, read from the first lines of its file only."""
    found = []
    for path in files_below(root / SOURCES_FOLDER, ".md"):
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace").removeprefix("\ufeff")
        front = _FRONT.match(head)
        origin = _ORIGIN.search(front[1]) if front else None
        lines = origin[1] if origin else ""
        name, digest = _FILE.search(lines), _SHA256.search(lines)
        found.append(Imported(path.stem, _unquoted(name[1]) if name else "", digest[1] if digest else ""))
    return found


def _unquoted(words: str) -> str:
    if words[:1] == '"':
        try:
            return str(msgspec.json.decode(words))
        except msgspec.DecodeError:
            return words.strip('"')
    return words.strip("'")
