"""Inputs of the last build as they were, kept on this computer so that `crosscase diff` can tell what changed since.

Each is a file in .crosscase/inputs named by its digest. Those of earlier builds are removed, so that a name that was
taken out of a text does not stay there. Logs are not kept: they are only ever appended to, and hold their own past.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from corpus.files import write_whole
from corpus.study import CACHE_FOLDER
from reports.manifest import input_digest, is_log

KEPT_FOLDER = f"{CACHE_FOLDER}/inputs"


def keep_inputs(root: Path, inputs: Mapping[str, str]) -> None:
    """Keep these inputs (file → digest) and no others; where they cannot be written, they are not kept."""
    folder = root / KEPT_FOLDER
    wanted = {digest: file for file, digest in inputs.items() if not is_log(file)}
    with suppress(OSError):
        there = {entry.name for entry in os.scandir(folder)} if folder.is_dir() else set()
        for name in there - wanted.keys():
            (folder / name).unlink()
        for digest in wanted.keys() - there:
            data = (root / wanted[digest]).read_bytes()
            if input_digest(wanted[digest], data) == digest:
                write_whole(folder / digest, data, durable=False)


def kept_input(root: Path, file: str, digest: str) -> bytes | None:
    """An input with this digest, if this computer has kept it."""
    try:
        data = (root / KEPT_FOLDER / digest).read_bytes() if digest.isalnum() else b""
    except OSError:
        return None
    return data if input_digest(file, data) == digest else None
