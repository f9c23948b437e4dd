"""Limits: what is too large to be an interview, and zip archives, which can unpack from little to any size."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, NotImplementedError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What reading a damaged archive can raise."""

MOST_PARAGRAPHS = 200_000
"""A file with more paragraphs or lines is no interview (a novel has ten thousand); time and memory stay bounded."""
MOST_CHARACTERS = 20_000_000
"""The same for the text: five times the Bible."""
MOST_ELEMENTS = 2_000_000
"""The same for the elements of XML and html, each of which takes a hundred bytes of memory or more."""


class TooMuch(Exception):
    """A file holds more paragraphs or elements than any interview; says so in words."""

    def __init__(self, what: str = "paragraphs") -> None:
        super().__init__(f"the file has more {what} than any interview")


_MOST_BYTES = 80_000_000
_MOST_RATIO = 200


def why_refused(archive: zipfile.ZipFile, needed: str, kind: str) -> str:
    """Why the archive is not opened: it would grow beyond measure, is locked, or does not hold the file `needed`.

    `kind` is what it should be, in words. Empty where it can be read.
    """
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > _MOST_BYTES or (size > 20_000_000 and size > _MOST_RATIO * packed):
        return f"the file would unpack from {packed:,} to {size:,} bytes, as no interview does"
    if any(part.flag_bits & 1 for part in parts):
        return "the file is locked with a password"
    if needed not in archive.NameToInfo:
        return f"the file is a zip archive without {kind} in it"
    return ""
