"""Imports that were cut off (`corpus.import_journal`): found by their notes, and by the files that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.files import sha256
from corpus.import_journal import JOURNAL_FOLDER, Written, batches, is_going_on, is_unfinished
from corpus.problems import Problem


def interrupted_imports(root: Path) -> Iterator[Problem]:
    """A warning for each import that was cut off before all its files were in their places.

    None for one that is going on just now, and none where a later import has brought what was missing.
    """
    found = list(batches(root))
    if not any(is_unfinished(folder) for folder, _ in found) or is_going_on(root):
        return
    later: set[str] = set()
    for place, (folder, batch) in enumerate(found):
        files = [file for file in batch.written if file.path not in later] if is_unfinished(folder) else []
        missing = [file for file in files if _is_missing(root, folder, file)]
        if missing:
            said = f"an import of {batch.at} was interrupted: {len(missing)} of {len(batch.written)} files are missing"
            undo = ", or take it back: crosscase import --undo" if place == 0 else ""
            name = f"{JOURNAL_FOLDER}/{folder.name}"
            yield Problem(name, 0, "interrupted-import", said, f"Run it again{undo}")
        later |= {file.path for file in batch.written}


def _is_missing(root: Path, folder: Path, file: Written) -> bool:
    """Whether a file of an import did not come to its place; where it replaces one, that one is still there."""
    target, before = root / file.path, folder / file.before
    if not file.before or not target.exists():
        return not target.exists()
    there = target.read_bytes()
    return sha256(there) != file.sha256 and (not before.exists() or before.read_bytes() == there)
