"""Damaged zip files, in every compression that zip knows, are a problem with the name of the file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coding.exchange.formats import read_any_project
from corpus.spreadsheets.file import sheet_from_bytes

WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def damaged(name: str, head: bytes, way: int) -> Iterator[bytes]:
    """Archives with one member, each with six other bytes somewhere in its compressed content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr(name, head + bytes(random.Random(1).choices(b"abc <>", k=2000)))
    for at in range(len(name) + 30, len(out.getvalue()) - 200, 41):
        data = bytearray(out.getvalue())
        data[at : at + 6] = b"\xff" * 6
        yield bytes(data)


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_project_is_a_problem_in_every_compression(way: int, tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    for data in damaged("project.qde", b'<Project xmlns="urn:QDA-XML:project:1.0" name="x">', way):
        path.write_bytes(data)
        project, problems = read_any_project(path)
        assert project is not None or "p.qdpx" in problems[0].file


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_workbook_is_a_problem_in_every_compression(way: int) -> None:
    for data in damaged("xl/workbook.xml", b"<workbook>", way):
        sheet, problems = sheet_from_bytes(data, "b.xlsx")
        assert sheet is None and "b.xlsx" in problems[0].file
