"""One reader a file format: each turns a document into plain study text.

A format is added by one file in this folder with `read(data, file) -> (Document | None, problems)` and its suffixes in
`READERS`. A reader of plain text, in which letters must first be found, stands in `TEXT_READERS` too and takes an
`encoding` as third argument. What a file is goes by its contents (`corpus.readers.contents`); its suffix decides
between formats that look alike, such as txt and md.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import msgspec

from corpus.files import shown
from corpus.problems import Problem, did_you_mean, hint
from corpus.readers.contents import HEAD_BYTES, is_text, kind_of
from corpus.readers.document import Document

READERS = {
    ".txt": "corpus.readers.txt",
    ".text": "corpus.readers.txt",
    ".md": "corpus.readers.md",
    ".markdown": "corpus.readers.md",
    ".srt": "corpus.readers.srt",
    ".vtt": "corpus.readers.vtt",
    ".docx": "corpus.readers.docx",
    ".odt": "corpus.readers.odt",
    ".fodt": "corpus.readers.odt",
    ".rtf": "corpus.readers.rtf",
    ".html": "corpus.readers.html",
    ".htm": "corpus.readers.html",
    ".xhtml": "corpus.readers.html",
    ".pdf": "corpus.readers.pdf",
}
"""Suffix (lower case) → the module that reads it, imported when the first such file comes."""

TEXT_READERS = frozenset(f"corpus.readers.{name}" for name in ("txt", "md", "html", "srt", "vtt"))
"""The readers of formats that are plain text and may be in any encoding."""

MAX_BYTES = 64_000_000
"""A file above this is no interview; refusing it keeps memory and time bounded."""

_TXT = "corpus.readers.txt"


def can_read(path: Path) -> bool:
    """Whether there is a reader for this file: for its suffix or, where that is not known, for what it holds.

    A file of unknown suffix that holds plain text is not read without being asked for (`holds_text`).
    """
    if path.suffix.lower() in READERS:
        return True
    kind = kind_of(_head(path), whole=False)
    return kind is not None and kind.suffix in READERS


def holds_text(path: Path) -> bool:
    """Whether a file of unknown suffix begins with readable text, so that it can be imported if it is named."""
    head = _head(path)
    return bool(head.strip()) and kind_of(head, whole=False) is None and is_text(head)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""


def read_document(path: Path, encoding: str = "") -> tuple[Document | None, list[Problem]]:
    """The document in `path` as plain study text, and its faults; None where it cannot be read without guessing."""
    data, problems = read_whole(path)
    if data is None:
        return None, problems
    return read_document_bytes(data, path.suffix, shown(path), encoding)


def read_whole(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The bytes of `path`; None where it cannot be read or is larger than any interview."""
    file = shown(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            said = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
            return None, [Problem(file, 0, "unreadable-file", said, "Import it in parts.")]
        return path.read_bytes(), []
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]


def read_document_bytes(
    data: bytes, suffix: str, file: str, encoding: str = ""
) -> tuple[Document | None, list[Problem]]:
    """The document whose file holds `data`, read as what it is; `file` is named in the faults.

    `suffix` is what the name says it is; where that is wrong, a repair says so. `encoding` is a researcher's word on
    the encoding of plain text; empty where it is to be found.
    """
    if not data.strip(b" \t\r\n\x00\xff\xfe\xef\xbb\xbf"):
        said = "the file holds no text, only zero bytes" if b"\x00" in data else "the file is empty"
        return None, [Problem(file, 0, "unreadable-file", said, "Look whether it was copied whole.")]
    module, told, problem = _choice(data, suffix.lower(), file, encoding)
    if problem is not None:
        return None, [problem]
    document, problems = _read(module, data, file, encoding)
    if document is not None and not document.text.strip():
        said = "there are no words in the file"
        return None, [*problems, Problem(file, 0, "unreadable-file", said, _where_words_may_be(module))]
    if document is not None and told:
        document = msgspec.structs.replace(document, repairs=(told, *document.repairs))
    return document, problems


def _read(module: str, data: bytes, file: str, encoding: str) -> tuple[Document | None, list[Problem]]:
    reader = importlib.import_module(module)
    found: tuple[Document | None, list[Problem]]
    found = reader.read(data, file, encoding) if encoding and module in TEXT_READERS else reader.read(data, file)
    return found


def _where_words_may_be(module: str) -> str:
    """What to do about a file of this format without words."""
    if module == READERS[".pdf"]:
        return "Scanned pages hold pictures, not words."
    if module in TEXT_READERS:
        return "Look whether it was copied whole."
    return "Open it in the program that wrote it: if you see words there, save it anew, or as text, and import that."


def _choice(data: bytes, suffix: str, file: str, encoding: str) -> tuple[str, str, Problem | None]:
    """The module that reads `data`, what is told where the suffix is wrong or unknown, or why there is none."""
    own = READERS.get(suffix, "")
    kind = kind_of(data)
    if kind is not None and kind.suffix in READERS:
        module = READERS[kind.suffix]
        return module, "" if module == own else _said(suffix, kind.name), None
    if kind is not None and not (kind.is_unknown_archive and own and own not in TEXT_READERS):
        rule = "unreadable-file" if own else "unsupported-file"
        return "", "", Problem(file, 0, rule, f"the file is {kind.name}, which crosscase does not read", kind.advice)
    if own in TEXT_READERS or (own and not is_text(data[:HEAD_BYTES])):
        return own, "", None
    if is_text(data[:HEAD_BYTES]) or encoding:
        return _TXT, _said(suffix, "plain text"), None
    return "", "", _unsupported(suffix, file)


def _said(suffix: str, name: str) -> str:
    """What is told where the suffix of a file is wrong, is not known, or is not there."""
    if suffix in READERS:
        return f"the file is called {suffix}, but it is {name}, and was read as that"
    called = f"the suffix {suffix} is not known" if suffix else "the name of the file does not say what it is"
    return f"{called}: it was read as {name}"


def _unsupported(suffix: str, file: str) -> Problem:
    said = f"there is no reader for '{suffix}' files" if suffix else "the file has no suffix that says what it is"
    known = f"crosscase reads {', '.join(READERS)}: save the file as one of these"
    return Problem(file, 0, "unsupported-file", said, hint(did_you_mean(suffix, READERS), known))
