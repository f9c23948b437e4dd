"""Which files an import is about, and what the study has imported before."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from corpus.files import files_below, shown
from corpus.places import PLACES_FOLDER
from corpus.problems import Problem
from corpus.readers import can_read, holds_text
from corpus.readers.contents import is_junk
from corpus.source import SOURCES_FOLDER

ORIGINALS_FOLDER = "originals"
PRIVATE_ORIGINALS = "private/originals"
"""For files with columns that stay outside the study: ignored by git, never in an archive, read by no build."""
_OWN_FOLDERS = frozenset(
    (SOURCES_FOLDER, PLACES_FOLDER, "codings", "anchors", "charts", "findings", "notes", "tables", "surveys")
) | {"private", "build", ".crosscase", ".git"}
_OWN_FILES = frozenset(("guide.md", "readme.md", "changelog.md"))
_DATA = frozenset(
    (".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".ini", ".py", ".r", ".css", ".js")
)
"""Suffixes of texts that are no interviews."""
_OLD = frozenset((".doc", ".dot", ".wpd", ".wps", ".pages", ".sxw", ".epub", ".mht"))
"""Suffixes of documents that another program has to save anew."""
OTHER_WAYS_IN = {
    (".csv", ".tsv", ".xlsx", ".xls", ".ods"): "A survey (a row for each respondent) comes in with `crosscase "
    "import-survey FILE`, a sheet with a row for each case or case file with `crosscase table add`; a list that says "
    "whose interview each file is stands beside the files: `--table LIST.csv`.",
    (".qdpx", ".qdc", ".qda", ".rqda", ".sqlite", ".sqlite3", ".db"): "A project of another tool comes in with "
    "`crosscase import-project FILE`.",
}
"""Suffixes of files that are no texts → how they come into a study."""
_HEAD = 8192
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:\n---|\Z)", re.DOTALL)
_ORIGIN = re.compile(r"^origin:[ \t]*\r?\n((?:[ \t]+.*(?:\r?\n|\Z))*)", re.MULTILINE)
_FILE = re.compile(r"^[ \t]+file:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_SHA256 = re.compile(r"^[ \t]+sha256:[ \t]*[\"']?([0-9a-f]{64})", re.MULTILINE)
_TEXT_SHA256 = re.compile(r"^[ \t]+text_sha256:[ \t]*[\"']?([0-9a-f]{64})", re.MULTILINE)
_EARLIER = re.compile(r"^[ \t]+earlier:(.*(?:\n[ \t]+- .*)*)", re.MULTILINE)
_ENCODING = re.compile(r"^[ \t]+encoding:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
_VERSION = re.compile(r"\.\d+(\.[^./]*)$")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def original_path(file: str) -> str:
    """Where an original lies in the study; `file` is what the origin of a source, table or survey says."""
    return file if file.startswith(f"{PRIVATE_ORIGINALS}/") else f"{ORIGINALS_FOLDER}/{file}"


class Found(msgspec.Struct, frozen=True):
    """The files to import, in order, and how many others were passed over in folders (suffix → number)."""

    files: tuple[Path, ...]
    passed_over: dict[str, int]


class Imported(msgspec.Struct, frozen=True):
    """A source that is in the study: its id, and what it says of its origin (`corpus.source.Origin`)."""

    id: str
    file: str = ""
    sha256: str = ""
    text_sha256: str = ""
    encoding: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def first_file(self) -> str:
        """The name below originals/ of its first version: `leder.docx` where `file` is `leder.3.docx`, the third."""
        return _VERSION.sub(r"\1", self.file) if self.earlier else self.file


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
                        if real not in files or files[real].is_symlink():
                            files[real] = file
                    else:
                        others[_kind(file)] += 1
            elif fault := _why_not(path, root):
                problems.append(fault)
            else:
                files.setdefault(str(path.resolve()), path)
        except OSError as error:
            problems.append(_unreadable(path, error))
    return Found(tuple(files.values()), dict(sorted(others.items()))), problems


def _kind(file: Path) -> str:
    """What a file that is passed over is called, with the way in where it may well be an interview."""
    suffix = file.suffix.lower() or "no suffix"
    if suffix in _OLD:
        return f"{suffix} (save it as docx to import it)"
    if other_way_in(suffix):
        return suffix
    return f"{suffix} (text: name the file to import it)" if suffix not in _DATA and holds_text(file) else suffix


def _why_not(path: Path, root: Path) -> Problem | None:
    """Why the file that was named cannot be imported, as far as that is seen from outside."""
    if not path.is_file():
        why = "it is no file" if path.exists() else "there is no such file or folder"
        return Problem(shown(path), 0, "missing-file", why, "Look for a spelling mistake.")
    if _is_own(str(path.resolve()), root):
        said = "the file is part of the study already"
        return Problem(shown(path), 0, "unsupported-file", said, "Import files from outside the study.")
    if way := other_way_in(path.suffix):
        return Problem(shown(path), 0, "unsupported-file", "the file is no interview", way)
    return None


def other_way_in(suffix: str) -> str:
    """How files of this suffix come into a study, where that is not `crosscase import`; else nothing."""
    return next((way for suffixes, way in OTHER_WAYS_IN.items() if suffix.lower() in suffixes), "")


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
        asked = folder / os.path.relpath(at, start)
        inside = {name: f"{at}{os.sep}{name}" for name in (*folders, *names) if not is_junk(name)}
        inside = {name: real for name, real in inside.items() if not _is_own(real, root)}
        folders[:] = sorted(name for name in folders if name in inside and (within or inside[name] != originals))
        problems.extend(_linked(asked / name) for name in folders if Path(inside[name]).is_symlink())
        for name in sorted(names):
            if name not in inside:
                continue
            path = Path(inside[name])
            is_link = path.is_symlink()
            if path.is_file():
                yield os.path.realpath(path) if is_link else inside[name], asked / name
            elif is_link:
                problems.append(_linked(asked / name))


def _linked(path: Path) -> Problem:
    """A link in a folder that is not followed: to another folder, which could go round in circles, or to nothing."""
    if path.is_dir():
        return Problem(shown(path), 0, "missing-file", "a link to a folder is not followed", "Name the folder itself.")
    return Problem(shown(path), 0, "missing-file", "a link that leads to no file", "Look where the file has gone.")


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
        name, earlier = _FILE.search(lines), _EARLIER.search(lines)
        found.append(
            Imported(
                path.stem,
                _unquoted(name[1]) if name else "",
                _first(_SHA256, lines),
                _first(_TEXT_SHA256, lines),
                _first(_ENCODING, lines),
                tuple(_DIGEST.findall(earlier[1])) if earlier else (),
            )
        )
    return found


def _first(pattern: re.Pattern[str], lines: str) -> str:
    found = pattern.search(lines)
    return found[1] if found else ""


def _unquoted(words: str) -> str:
    if words[:1] == '"':
        try:
            return str(msgspec.json.decode(words))
        except msgspec.DecodeError:
            return words.strip('"')
    return words.strip("'")
