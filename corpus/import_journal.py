"""Writing what an import brings, with notes in `.crosscase/imports/` that let it be taken back (`corpus.import_undo`).

A study can do without these notes: only the undo is lost with them.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from corpus.files import sha256, shown, sync_folder, write_whole
from corpus.problems import Problem
from corpus.study import CACHE_FOLDER

JOURNAL_FOLDER = f"{CACHE_FOLDER}/imports"
_BATCH_FILE = "batch.json"
_UNFINISHED_FILE = "unfinished"
_LOCK_FILE = "lock"
_PRIVATE_IGNORE = "private/.gitignore"
_AT_ONCE = 1000
_LEFT_BEHIND = 3600
_held: set[Path] = set()
"""The studies that this process imports into just now."""


class NewFile(msgspec.Struct, frozen=True):
    """A file to be written into the study: its text, or the file outside that it is a copy of.

    `path` is relative to the study; `replaces` is the digest of the file whose place it takes.
    """

    path: str
    sha256: str
    text: str = ""
    copy_of: Path | None = None
    replaces: str = ""


class Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file as an import wrote it. `before` names the copy of what stood there, kept with the notes of the import."""

    path: str
    sha256: str
    before: str = ""


class Batch(msgspec.Struct, frozen=True):
    """The notes of one import: when it was (ISO date and time), every file it wrote, and the folders it made."""

    format: Literal["crosscase-import/1"]
    at: str
    written: tuple[Written, ...]
    folders: tuple[str, ...] = ()


def write_import(
    root: Path, at: str, units: Sequence[Sequence[NewFile]], watch: Callable[..., Iterable[int]] = iter
) -> tuple[list[int], list[Problem]]:
    """Write units of files (a source and its original), each unit whole or not at all.

    Returns the indexes of the units that were written, and why others were not. Files are written aside, brought to
    the disk many at a time, which is several times faster than one by one, and then moved to their places; a crash
    leaves whole files only, and the same import again goes on with the rest.
    """
    with import_lock(root):
        return _write_all(root, at, units, watch)


def _write_all(
    root: Path, at: str, units: Sequence[Sequence[NewFile]], watch: Callable[..., Iterable[int]]
) -> tuple[list[int], list[Problem]]:
    folder = _new_folder(root)
    staged = folder / "staged"
    staged.mkdir(parents=True)
    (folder / _UNFINISHED_FILE).touch()
    made = _missing_folders(root, [file.path for unit in units for file in unit])
    notes = [_noted(file, f"before-{i}-{k}") for i, unit in enumerate(units) for k, file in enumerate(unit)]
    _write_notes(folder, at, notes, made)
    done: list[int] = []
    problems: list[Problem] = []
    numbers = iter(watch(range(len(units))))
    for parent in {str(Path(file.path).parent) for unit in units for file in unit}:
        (root / parent).mkdir(parents=True, exist_ok=True)
    while chunk := list(islice(numbers, _AT_ONCE)):
        ready = [i for i in chunk if _stage(root, folder, i, units[i], problems)]
        _to_disk(
            [path for i in ready for k, file in enumerate(units[i]) for path in _written_aside(folder, i, k, file)]
        )
        done += [i for i in ready if _put_in_place(root, folder, i, units[i], problems)]
    for name in {Path(file.path).parent for i in done for file in units[i]}:
        sync_folder(root / name)
    if len(done) < len(units):
        kept = set(done)
        notes = [_noted(f, f"before-{i}-{k}") for i, unit in enumerate(units) if i in kept for k, f in enumerate(unit)]
        _write_notes(folder, at, notes, made)
    (folder / _UNFINISHED_FILE).unlink(missing_ok=True)
    shutil.rmtree(staged if done else folder, ignore_errors=True)
    return done, problems


def _missing_folders(root: Path, paths: Iterable[str]) -> list[str]:
    """The folders that have to be made for files of these paths, the innermost first."""
    above = {parent for path in paths for parent in PurePosixPath(path).parents}
    missing = (folder.as_posix() for folder in above if not (root / folder).exists())
    return sorted(missing, key=lambda name: (-name.count("/"), name))


@contextmanager
def import_lock(root: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let no other process import into the study meanwhile; `waiting` is called if one does just now.

    It can be taken again within itself. Where the file system has no locks, nothing is locked; what another import
    wrote is never overwritten all the same.
    """
    folder = root.resolve() / JOURNAL_FOLDER
    if folder in _held:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK_FILE).open("ab") as file:
        told = False
        while not _is_locked(file.fileno()):
            if not told:
                waiting()
            told = True
            time.sleep(0.1)
        _held.add(folder)
        try:
            yield
        finally:
            _held.discard(folder)


def _is_locked(handle: int) -> bool:
    """Whether the file is ours now; it is freed when it is closed, or when the process ends in whatever way."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def copy_of_original(root: Path, path: str, file: Path, digest: str) -> list[NewFile]:
    """The copy of an imported file at `path` in the study; git is told to leave private/ alone, where it is not yet."""
    files = [NewFile(path, digest, copy_of=file)]
    ignored = root / ".gitignore"
    lines = ignored.read_text("utf-8", "replace").split() if ignored.is_file() else []
    there = root / _PRIVATE_IGNORE
    if path.startswith("private/") and not {"private/", "/private/", "private"} & {*lines} and not there.exists():
        files.append(NewFile(_PRIVATE_IGNORE, sha256("*\n"), "*\n"))
    return files


def _noted(file: NewFile, before: str) -> Written:
    return Written(file.path, file.sha256, before if file.replaces else "")


def _write_notes(folder: Path, at: str, written: Sequence[Written], made: Sequence[str]) -> None:
    batch = Batch("crosscase-import/1", at, tuple(written), tuple(made))
    write_whole(folder / _BATCH_FILE, msgspec.json.format(msgspec.json.encode(batch), indent=1))


def _new_folder(root: Path) -> Path:
    """The folder for the notes of a new import; what a crash left of an earlier one is taken away after an hour.

    Not before: another process may be importing just now.
    """
    above = root / JOURNAL_FOLDER
    above.mkdir(parents=True, exist_ok=True)
    for left in above.glob("*/staged"):
        if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)
    number = max((int(path.name) for path in above.iterdir() if path.name.isdecimal()), default=0) + 1
    while True:
        folder = above / f"{number:04}"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def _stage(root: Path, folder: Path, number: int, unit: Sequence[NewFile], problems: list[Problem]) -> bool:
    """Write the files of a unit aside, and a copy of what they replace; false where that cannot be done."""
    for k, file in enumerate(unit):
        name = shown(file.copy_of or Path(file.path))
        try:
            data = file.copy_of.read_bytes() if file.copy_of else file.text.encode()
            if sha256(data) != file.sha256:
                problems.append(_not_written(name, "the file changed while it was imported"))
                return False
            if file.replaces:
                before = (root / file.path).read_bytes()
                if sha256(before) != file.replaces:
                    problems.append(_not_written(file.path, _MEANWHILE))
                    return False
                (folder / f"before-{number}-{k}").write_bytes(before)
            (folder / "staged" / f"{number}-{k}").write_bytes(data)
        except OSError as error:
            problems.append(_not_written(name, f"cannot be imported: {error.strerror}"))
            return False
    return True


def _not_written(name: str, said: str) -> Problem:
    return Problem(name, 0, "unreadable-file", said, "Import it again.")


def _written_aside(folder: Path, number: int, k: int, file: NewFile) -> list[Path]:
    """A file's place before it is moved, and that of the copy of what it will replace."""
    return [folder / "staged" / f"{number}-{k}", *([folder / f"before-{number}-{k}"] if file.replaces else [])]


def _to_disk(files: Sequence[Path]) -> None:
    """Make `files` survive a power cut: one call for all where the system waits for it, else one for each."""
    if sys.platform == "linux" and len(files) > 8:
        os.sync()
        return
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def _put_in_place(root: Path, folder: Path, number: int, unit: Sequence[NewFile], problems: list[Problem]) -> bool:
    """Move the files of a unit to their places, or none of them; what has appeared there meanwhile stays."""
    placed: list[int] = []
    for k, file in enumerate(unit):
        target = root / file.path
        try:
            if not file.replaces and target.exists() and sha256(target.read_bytes()) == file.sha256:
                continue  # another part of the same file, or another import, has brought it
            why = _move(folder / "staged" / f"{number}-{k}", target, file)
        except OSError as error:
            why = f"cannot be written: {error.strerror}"
        if why:
            problems.append(_not_written(file.path, why))
            for n in placed:
                _take_back(root / unit[n].path, folder / f"before-{number}-{n}")
            return False
        placed.append(k)
    return True


def _take_back(target: Path, before: Path) -> None:
    if before.exists():
        write_whole(target, before.read_bytes())
    else:
        target.unlink(missing_ok=True)


_APPEARED = "a file of this name appeared while the import was going on"
_MEANWHILE = "the file was changed while the import was going on"


def _move(staged: Path, target: Path, file: NewFile) -> str:
    """Bring a file to its place. Returns why that was not done: another one is there than was seen before."""
    if file.replaces:
        if not target.exists() or sha256(target.read_bytes()) != file.replaces:
            return _MEANWHILE
        staged.replace(target)
        return ""
    try:
        os.link(staged, target)
    except FileExistsError:
        return _APPEARED
    except OSError:
        if target.exists():
            return _APPEARED
        staged.rename(target)
    return ""


def last_batch(root: Path) -> tuple[Path | None, Batch | None]:
    """The folder and the notes of the last import that was not taken back; None where there is none."""
    return next(batches(root), (None, None))


def batches(root: Path) -> Iterator[tuple[Path, Batch]]:
    """The imports that were not taken back, the last one first."""
    folders = sorted((root / JOURNAL_FOLDER).glob("[0-9]*"), key=lambda path: path.name, reverse=True)
    for folder in folders:
        try:
            yield folder, msgspec.json.decode((folder / _BATCH_FILE).read_bytes(), type=Batch)
        except (OSError, msgspec.DecodeError):
            continue


def is_unfinished(folder: Path) -> bool:
    """Whether the import whose notes lie in `folder` did not come to its end, or is not there yet."""
    return (folder / _UNFINISHED_FILE).exists()


def is_going_on(root: Path) -> bool:
    """Whether a process imports into the study just now."""
    folder = root.resolve() / JOURNAL_FOLDER
    if folder in _held:
        return True
    try:
        with (folder / _LOCK_FILE).open("rb+") as file:
            return not _is_locked(file.fileno())
    except OSError:
        return False


def logs_of(root: Path, id: str) -> list[str]:
    """The logs with codings of a source, or with decisions on them, relative to the study; empty ones do not count."""
    folders = [*root.glob("codings/*"), root / "anchors"]
    paths = sorted(folder / f"{id}.jsonl" for folder in folders)
    return [path.relative_to(root).as_posix() for path in paths if path.is_file() and path.stat().st_size]
