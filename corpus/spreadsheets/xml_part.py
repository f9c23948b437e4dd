"""One part of a spreadsheet file, read as a stream of XML events: no tree, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from corpus.spreadsheets.sheet import MOST_UNPACKED, RefusedError

_CHUNK = 1 << 16
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def check_archive(archive: ZipFile) -> None:
    """Refuse an archive that would grow beyond measure, or is locked."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED:
        raise RefusedError(f"the file would unpack to {size:,} bytes, as no table of answers does")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("the file is locked with a password")


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def parse(archive: ZipFile, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call `start` (name, attributes), `end` and `text` for what stands in the part, names without namespaces.

    A part that is not there is empty. A document type is refused: with it come entities, and no program writes one.
    """
    if name not in archive.NameToInfo:
        return
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = _CHUNK

    def started(tag: str, attributes: dict[str, str]) -> None:
        start(local(tag), {local(key): value for key, value in attributes.items()} if attributes else attributes)

    def refuse(*_: Any) -> None:
        raise RefusedError("it defines XML entities, which no spreadsheet program writes")

    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = refuse
    if end is not None:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    read = 0
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            if read > MOST_UNPACKED:
                raise BadZipFile("a part is larger than the archive says")
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
