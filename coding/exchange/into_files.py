"""Writing what an import of a project brings: all of it or nothing."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from codebook.codebook_file import CODEBOOK_FILE
from coding.log import append_lines
from corpus.cases import CASES_FILE
from corpus.files import sha256, sync_folder
from corpus.import_journal import NewFile, write_import
from corpus.new_study import write_new_study
from corpus.problems import Problem


class PlannedFile(msgspec.Struct, frozen=True):
    """A file of the study as it will be: its bytes, or the file outside that it is a copy of. `path` is relative."""

    path: str
    data: bytes = b""
    copy_of: Path | None = None


class Plan(msgspec.Struct, frozen=True):
    """What will be written: files, new or in the place of others, and lines for logs that are there."""

    files: list[PlannedFile]
    appends: dict[str, bytes]

    def add(self, path: str, text: str | bytes) -> None:
        """Plan a file."""
        self.files.append(PlannedFile(path, text.encode() if isinstance(text, str) else text))


def write_new(root: Path, title: str, plan: Plan, is_ours: bool) -> None:
    """Write a new study aside and move it to its place when it is whole and on disk. Raises OSError.

    `is_ours`: it comes from a study of ours, so it gets no empty tables that that one did not have.
    """
    root.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name[:40]}.", suffix=".part"))
    try:
        write_new_study(aside, title, "en")
        if is_ours:
            for name in (CASES_FILE, CODEBOOK_FILE):
                (aside / name).unlink()
        _write_all(aside, plan.files)
        aside.chmod(0o755)
        if root.exists():
            root.rmdir()
        aside.rename(root)
        sync_folder(root.parent)
    finally:
        if aside.exists():
            shutil.rmtree(aside, ignore_errors=True)


def _write_all(folder: Path, files: Sequence[PlannedFile]) -> None:
    """Write the files below `folder` and wait until they are on disk."""
    for parent in {str(Path(file.path).parent) for file in files}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    at_once = sys.platform == "linux" and len(files) > 8
    for file in files:
        path = f"{folder}/{file.path}"
        if file.copy_of is not None:
            shutil.copyfile(file.copy_of, path)
        with open(path, "r+b" if file.copy_of else "wb") as out:  # noqa: PTH123
            out.write(file.data)
            if not at_once:
                out.flush()
                os.fsync(out.fileno())
    if at_once:
        os.sync()


def write_into(root: Path, at: datetime.datetime, plan: Plan) -> list[Problem]:
    """Write into a study: all files in one go, with notes for taking them back, then the lines of logs that are there,
    each on disk before the next. Raises OSError where a log cannot be written."""
    problems: list[Problem] = []
    if plan.files:
        new = [_new_file(root, file) for file in plan.files]
        _, problems = write_import(root, at.isoformat(timespec="seconds"), [new])
    if not problems:
        for path, data in plan.appends.items():
            append_lines(root / path, data)
    return problems


def _new_file(root: Path, file: PlannedFile) -> NewFile:
    target = root / file.path
    replaces = sha256(target.read_bytes()) if target.exists() else ""
    if file.copy_of is not None:
        return NewFile(file.path, sha256(file.copy_of.read_bytes()), copy_of=file.copy_of, replaces=replaces)
    return NewFile(file.path, sha256(file.data), file.data.decode(), replaces=replaces)


def names(files: Sequence[PlannedFile]) -> tuple[str, ...]:
    """The paths of the files."""
    return tuple(file.path for file in files)
