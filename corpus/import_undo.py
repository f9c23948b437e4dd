"""Taking the last import back, as far as no work would be lost."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.files import sha256, sync_folder, write_whole
from corpus.import_files import ORIGINALS_FOLDER, PRIVATE_ORIGINALS, original_path, read_imported
from corpus.import_journal import Batch, Written, is_unfinished, last_batch, logs_of
from corpus.problems import Problem
from corpus.source import SOURCES_FOLDER, source_from_bytes


def undo_import(
    root: Path,
    logs_of: Callable[[Path, str], Sequence[str]] = logs_of,
    why_keep: Callable[[str, str, str], str] = lambda id, now, before: "its codings may rest on the words it has now",
) -> tuple[Batch | None, list[Problem]]:
    """Take back the last import: its sources and originals go, what it replaced or filled in comes back.

    Nothing is taken back where work on one of its sources would be lost; each of them is reported. `logs_of` names the
    logs with work on a source; `why_keep(id, now, before)` says why a source with such logs may not get the text back
    that it had before, or nothing. None where there is no import to take back.
    """
    folder, batch = last_batch(root)
    if folder is None or batch is None:
        return None, []
    own = {written.path for written in batch.written}

    def others(root: Path, id: str) -> list[str]:
        """The logs with work on a source, without its own: those that came with it (the project of another tool)."""
        return [log for log in logs_of(root, id) if log not in own]

    problems = [fault for written in batch.written if (fault := _why_not(root, folder, written, others, why_keep))]
    if problems:
        return batch, problems
    for written in batch.written:
        if not _is_original(written):
            _take_back(root, folder, written)
    used = {original_path(item.file) for item in read_imported(root)}
    for written in batch.written:
        if _is_original(written) and written.path not in used:
            _take_back(root, folder, written)
    for parent in {(root / written.path).parent for written in batch.written}:
        if parent.is_dir():
            sync_folder(parent)
    _remove_empty(root, batch.folders)
    shutil.rmtree(folder)
    return batch, []


def _is_original(written: Written) -> bool:
    return written.path.startswith((f"{ORIGINALS_FOLDER}/", f"{PRIVATE_ORIGINALS}/"))


def _remove_empty(root: Path, folders: Sequence[str]) -> None:
    """Take away the folders that the import made, where nothing has come into them since."""
    for name in folders:
        with contextlib.suppress(OSError):
            (root / name).rmdir()


def _take_back(root: Path, folder: Path, written: Written) -> None:
    target, before = root / written.path, folder / written.before
    if not written.before:
        target.unlink(missing_ok=True)
    elif before.exists():
        _restore(before, target)


def _restore(before: Path, target: Path) -> None:
    """Put a copy that is on the disk already in the place of a file, without writing it again where that can be."""
    aside = target.with_name(f".{target.name[:40]}.undo.part")
    aside.unlink(missing_ok=True)
    try:
        os.link(before, aside)
    except OSError:
        write_whole(target, before.read_bytes())
    else:
        aside.replace(target)


def _why_not(
    root: Path,
    folder: Path,
    written: Written,
    logs_of: Callable[[Path, str], Sequence[str]],
    why_keep: Callable[[str, str, str], str],
) -> Problem | None:
    """Why the file cannot be taken back; None where it can, or where it is gone already."""
    target = root / written.path
    if not target.exists():
        return None
    if sha256(target.read_bytes()) != written.sha256:
        kept = folder / written.before
        if written.before and (_same(target, kept) or (is_unfinished(folder) and not kept.exists())):
            return None
        return Problem(written.path, 0, "cannot-undo", "the file was changed after it was imported")
    logs = logs_of(root, target.stem) if written.path.startswith(f"{SOURCES_FOLDER}/") else ()
    if not logs:
        return None
    if not written.before:
        said = f"the source was coded after it was imported ({', '.join(logs)})"
        near = "Take the codings back first (crosscase code undo), or keep the source."
        return Problem(written.path, 0, "cannot-undo", said, near)
    now, before = _text(target.stem, target), _text(target.stem, folder / written.before)
    if now is None or before is None or before == now:
        return None
    why = why_keep(target.stem, now, before)
    return Problem(written.path, 0, "cannot-undo", why) if why else None


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _text(id: str, path: Path) -> str | None:
    source = source_from_bytes(id, path.read_bytes())[0] if path.exists() else None
    return source.text if source else None
