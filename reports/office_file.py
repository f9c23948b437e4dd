"""What Word and Excel files have in common: a zip file that is the same everywhere, and text that XML can hold.

What differs between machines and days is fixed: the order of the parts, their times and rights, and the compression
(parts are stored, since builds of zlib compress differently).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES = "[Content_Types].xml"
"""The part that names the kinds of all others; some programs look for it first."""


def part_info(name: str) -> ZipInfo:
    """How a part is entered in the zip file: with nothing that tells when or where."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, ZIP_STORED
    return info


def office_bytes(parts: Mapping[str, bytes]) -> bytes:
    """The file that holds these parts, name → content, in the order of their names."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as file:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            file.writestr(part_info(name), parts[name])
    return out.getvalue()


def office_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file, name → content."""
    with ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def for_xml(text: str) -> str:
    """`text` with a replacement character for each character that XML forbids."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text) if _NOT_XML.search(text) else text
