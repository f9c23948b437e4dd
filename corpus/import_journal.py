"""Writing what an import brings, and taking the last import back. The notes for it are in `.crosscase/imports/`.

A study can do without these notes: only the undo is lost with them.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from corpus.files import sha256, shown, sync_folder, write_whole
from corpus.import_files import ORIGINALS_FOLDER, read_imported
from corpus.problems import Problem
from corpus.source import SOURCES_FOLDER, source_from_bytes
from corpus.study import CACHE_FOLDER

JOURNAL_FOLDER = f"{CACHE_FOLDER}/imports"
_BATCH_FILE = "batch.json"
_AT_ONCE = 1000
_LEFT_BEHIND = 3600


class NewFile(msgspec.Struct, frozen=True):
    """A file to be written into the study: its text, or the file outside that it is a copy of.

    `path` is relative to the study; `replaces`: it takes the place of the file that is there.
    """

    path: str
    sha256: str
    text: str = ""
    copy_of: Path | None = None
    replaces: bool = False


class Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file as an import wrote it. `before` names the copy of what stood there, kept with the notes of the import."""

    path: str
    sha256: str
    before: str = ""


class Batch(msgspec.Struct, frozen=True):
    """The notes of one import: when it was (ISO date and time), and every file it wrote."""

    format: Literal["crosscase-import/1"]
    at: str
    written: tuple[Written, ...]


def write_import(
    root: Path, at: str, units: Sequence[Sequence[NewFile]], watch: Callable[..., Iterable[int]] = iter
) -> tuple[list[int], list[Problem]]:
    """Write units of files (a source and its original), each unit whole or not at all.

    Returns the indexes of the units that were written, and why others were not. Files are written aside, brought to
    the disk many at a time, which is several times faster than one by one, and then moved to their places; a crash
    leaves whole files only, and the same import again goes on with the rest.
    """
    folder = _new_folder(root)
    staged = folder / "staged"
    staged.mkdir(parents=True)
    notes = [_noted(file, f"before-{i}-{k}") for i, unit in enumerate(units) for k, file in enumerate(unit)]
    _write_notes(folder, at, notes)
    done: list[int] = []
    problems: list[Problem] = []
    numbers = iter(watch(range(len(units))))
    for parent in {str(Path(file.path).parent) for unit in units for file in unit}:
        (root / parent).mkdir(parents=True, exist_ok=True)
    while chunk := list(islice(numbers, _AT_ONCE)):
        ready = [i for i in chunk if _stage(root, folder, i, units[i], problems)]
        _to_disk(staged, [staged / f"{i}-{k}" for i in ready for k in range(len(units[i]))])
        done += [i for i in ready if _put_in_place(root, staged, i, units[i], problems)]
    for name in {Path(file.path).parent for i in done for file in units[i]}:
        sync_folder(root / name)
    if len(done) < len(units):
        kept = set(done)
        notes = [_noted(f, f"before-{i}-{k}") for i, unit in enumerate(units) if i in kept for k, f in enumerate(unit)]
        _write_notes(folder, at, notes)
    shutil.rmtree(staged, ignore_errors=True)
    return done, problems


def _noted(file: NewFile, before: str) -> Written:
    return Written(file.path, file.sha256, before if file.replaces else "")


def _write_notes(folder: Path, at: str, written: Sequence[Written]) -> None:
    batch = Batch("crosscase-import/1", at, tuple(written))
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
            if file.replaces and (root / file.path).exists():
                shutil.copyfile(root / file.path, folder / f"before-{number}-{k}")
            (folder / "staged" / f"{number}-{k}").write_bytes(data)
        except OSError as error:
            problems.append(_not_written(name, f"cannot be imported: {error.strerror}"))
            return False
    return True


def _not_written(name: str, said: str) -> Problem:
    return Problem(name, 0, "unreadable-file", said, "Import it again.")


def _to_disk(folder: Path, files: Sequence[Path]) -> None:
    """Make `files` survive a power cut: one call for all where the system waits for it, else one for each."""
    if sys.platform == "linux" and len(files) > 8:
        os.sync()
        return
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


def _put_in_place(root: Path, staged: Path, number: int, unit: Sequence[NewFile], problems: list[Problem]) -> bool:
    """Move the files of a unit to their places; one that has appeared there meanwhile is never overwritten."""
    placed: list[Path] = []
    for k, file in enumerate(unit):
        target = root / file.path
        try:
            moved = _move(staged / f"{number}-{k}", target, file.replaces)
            why = "" if moved else "a file of this name appeared while the import was going on"
        except OSError as error:
            why = f"cannot be written: {error.strerror}"
        if why:
            problems.append(_not_written(file.path, why))
            for path in placed:
                path.unlink()
            return False
        if not file.replaces:
            placed.append(target)
    return True


def _move(staged: Path, target: Path, replaces: bool) -> bool:
    if replaces:
        staged.replace(target)
        return True
    try:
        os.link(staged, target)
    except FileExistsError:
        return False
    except OSError:
        if target.exists():
            return False
        staged.rename(target)
    return True


def undo_import(root: Path) -> tuple[Batch | None, list[Problem]]:
    """Take back the last import: its sources and originals go, what it replaced or filled in comes back.

    Nothing is taken back where one of its sources was edited or coded since; each of them is reported. None where
    there is no import to take back.
    """
    folder, batch = _last_batch(root)
    if folder is None or batch is None:
        return None, []
    problems = [fault for written in batch.written if (fault := _why_not(root, folder, written))]
    if problems:
        return batch, problems
    used = {item.file for item in read_imported(root) if f"{SOURCES_FOLDER}/{item.id}.md" not in _new_files(batch)}
    for written in sorted(batch.written, key=lambda w: w.path.startswith(f"{ORIGINALS_FOLDER}/")):
        target = root / written.path
        if written.before and (folder / written.before).exists():
            write_whole(target, (folder / written.before).read_bytes())
        elif not written.before and written.path.removeprefix(f"{ORIGINALS_FOLDER}/") not in used:
            target.unlink(missing_ok=True)
    shutil.rmtree(folder)
    return batch, []


def _new_files(batch: Batch) -> frozenset[str]:
    return frozenset(written.path for written in batch.written if not written.before)


def _last_batch(root: Path) -> tuple[Path | None, Batch | None]:
    folders = sorted((root / JOURNAL_FOLDER).glob("[0-9]*"), key=lambda path: path.name, reverse=True)
    for folder in folders:
        try:
            return folder, msgspec.json.decode((folder / _BATCH_FILE).read_bytes(), type=Batch)
        except (OSError, msgspec.DecodeError):
            continue
    return None, None


def _why_not(root: Path, folder: Path, written: Written) -> Problem | None:
    """Why the file cannot be taken back; None where it can, or where it is gone already."""
    target = root / written.path
    if not target.exists():
        return None
    if sha256(target.read_bytes()) != written.sha256:
        if written.before and _same(target, folder / written.before):
            return None
        return Problem(written.path, 0, "cannot-undo", "the file was changed after it was imported")
    if written.path.startswith(f"{SOURCES_FOLDER}/"):
        logs = logs_of(root, target.stem)
        if logs and not (written.before and _same_text(target, folder / written.before)):
            said = f"the source was coded after it was imported ({', '.join(logs)})"
            return Problem(written.path, 0, "cannot-undo", said)
    return None


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _same_text(one: Path, other: Path) -> bool:
    """Whether two states of a source differ in their front matter only, so that codings fit both."""
    texts = [source_from_bytes(one.stem, path.read_bytes())[0] for path in (one, other) if path.exists()]
    return len(texts) == 2 and texts[0] is not None and texts[1] is not None and texts[0].text == texts[1].text


def logs_of(root: Path, id: str) -> list[str]:
    """The logs with codings of a source, or with decisions on them, relative to the study; empty ones do not count."""
    folders = [*root.glob("codings/*"), root / "anchors"]
    paths = sorted(folder / f"{id}.jsonl" for folder in folders)
    return [path.relative_to(root).as_posix() for path in paths if path.is_file() and path.stat().st_size]
