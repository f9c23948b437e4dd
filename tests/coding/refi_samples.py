"""Small REFI-QDA projects as other programs write them, put together for a test."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from coding.exchange.project import Project
from coding.exchange.refi_read import read_project

CODE = "11111111-1111-1111-1111-111111111111"
OTHER_CODE = "22222222-2222-2222-2222-222222222222"
USER = "33333333-3333-3333-3333-333333333333"
SOURCE = "44444444-4444-4444-4444-444444444444"
NOTE = "55555555-5555-5555-5555-555555555555"
CODEBOOK = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="Money" isCodable="true"/>'
    f'<Code guid="{OTHER_CODE}" name="Time" isCodable="true"/></Codes></CodeBook>'
)
USERS = f'<Users><User guid="{USER}" name="Ana Holm"/></Users>'
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def code_ref(code: str = CODE) -> str:
    """The reference to a code."""
    return f'<CodeRef targetGUID="{code}"/>'


def one_coding(code: str = CODE, guid: str = NOTE) -> str:
    """A coding by nobody."""
    return f'<Coding guid="{guid}">{code_ref(code)}</Coding>'


def selection(start: int | str, end: int | str, name: str = "", inside: str = "", code: str = CODE) -> str:
    """A selection with one coding by the user."""
    number = f"{zlib.crc32(repr((start, end, name, code)).encode()):012}"
    given = f'<Coding guid="66666666-6666-6666-6666-{number}" creatingUser="{USER}">{code_ref(code)}</Coding>'
    return (
        f'<PlainTextSelection guid="77777777-7777-7777-7777-{number}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}">{inside}{given}</PlainTextSelection>'
    )


def text_source(inside: str = "", attributes: str = f'plainTextPath="internal://{SOURCE}.txt"') -> str:
    """A text source."""
    return f'<TextSource guid="{SOURCE}" name="Interview 1" {attributes}>{inside}</TextSource>'


def project(*parts: str, origin: str = "Test 1.0", attributes: str = 'xmlns="urn:QDA-XML:project:1.0"') -> str:
    """The whole XML with these parts, in the order given."""
    return f'{HEAD}<Project {attributes} name="Trial" origin="{origin}">{"".join(parts)}</Project>'


def coded(
    text: bytes | str, *selections: str, origin: str = "Test 1.0", more: str = ""
) -> tuple[str, dict[str, bytes]]:
    """A project with one text and these selections in it: its XML and its files."""
    data = text.encode() if isinstance(text, str) else text
    sources = f"<Sources>{text_source(''.join(selections))}</Sources>"
    return project(USERS, CODEBOOK, sources, more, origin=origin), {f"sources/{SOURCE}.txt": data}


def packed(xml: str | bytes, files: Mapping[str, bytes] = {}, name: str = "project.qde") -> bytes:
    """A zip with the XML and the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def read(tmp_path: Path, data: bytes, name: str = "project.qdpx") -> Project:
    """The project in `data`; fails where it cannot be read."""
    path = tmp_path / name
    path.write_bytes(data)
    found, problems = read_project(path)
    assert found is not None, problems
    return found


def words(found: Project) -> list[str]:
    """The words of each coding."""
    text = {source.key: source.text for source in found.sources}
    return [text[coding.source][coding.start : coding.end] for coding in found.codings]
