"""One reader a file format: each turns a document into plain study text.

A format is added by one file in this folder with `read(data, file) -> (Document | None, problems)` and its suffixes in
`READERS`.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from corpus.files import shown
from corpus.problems import Problem, did_you_mean, hint
from corpus.readers.document import Document

READERS = {
    ".txt": "corpus.readers.txt",
    ".text": "corpus.readers.txt",
    ".md": "corpus.readers.md",
    ".markdown": "corpus.readers.md",
    ".docx": "corpus.readers.docx",
}
"""Suffix (lower case) → the module that reads it, imported when the first such file comes."""

MAX_BYTES = 64_000_000
"""A file above this is no interview; refusing it keeps memory and time bounded."""


def can_read(path: Path) -> bool:
    """Whether there is a reader for files with this suffix."""
    return path.suffix.lower() in READERS


def read_document(path: Path) -> tuple[Document | None, list[Problem]]:
    """The document in `path` as plain study text, and its faults; None where it cannot be read without guessing."""
    data, problems = read_whole(path)
    if data is None:
        return None, problems
    return read_document_bytes(data, path.suffix, shown(path))


def read_whole(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The bytes of `path`; None where it cannot be read, has no reader, or is larger than any interview."""
    file = shown(path)
    if not can_read(path):
        return None, [_unsupported(path.suffix, file)]
    try:
        if path.stat().st_size > MAX_BYTES:
            said = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
            return None, [Problem(file, 0, "unreadable-file", said, "Import it in parts.")]
        return path.read_bytes(), []
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]


def read_document_bytes(data: bytes, suffix: str, file: str) -> tuple[Document | None, list[Problem]]:
    """The document whose file holds `data`; `suffix` chooses the reader and `file` is named in the faults."""
    module = READERS.get(suffix.lower())
    if module is None:
        return None, [_unsupported(suffix, file)]
    if not data.strip():
        said = "the file is empty"
        return None, [Problem(file, 0, "unreadable-file", said, "Look whether it was copied whole.")]
    document, problems = importlib.import_module(module).read(data, file)
    if document is not None and not document.text.strip():
        said = "there are no words in the file"
        return None, [*problems, Problem(file, 0, "unreadable-file", said, "Scanned pages hold pictures, not words.")]
    return document, problems


def _unsupported(suffix: str, file: str) -> Problem:
    said = f"there is no reader for '{suffix}' files" if suffix else "the file has no suffix that says what it is"
    known = f"crosscase reads {', '.join(READERS)}: save the file as one of these"
    return Problem(file, 0, "unsupported-file", said, hint(did_you_mean(suffix, READERS), known))
