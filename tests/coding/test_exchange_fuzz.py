"""Damaged and hostile projects: a problem or a study without errors, never a traceback."""

from __future__ import annotations

import datetime
import random
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from refi_samples import coded, packed, selection

from coding.coded_study import read_coded_study
from coding.exchange.formats import read_any_project
from coding.exchange.into_study import into_study
from corpus.problems import errors

TEXT = "Anna: I have no money.\r\nBo: I have time, æøå 😀 and more money.\n"
AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HARMLESS = {"coders-unclear"}
PIECES = (
    *(b"<", b">", b'"', b"&", b"\x00", b"\xff", b"]]>", b"<!--", b"&#x0;", b"&#xD800;", b"{", b"\xef\xbb\xbf", b"-1"),
    *(b"999999999999999999999", b"1e9", b"\r\n", b"</Project>", b"<Code>", b"\x0c", b"../", b"con"),
)


def sample() -> tuple[str, dict[str, bytes]]:
    notes = '<Notes><Note guid="99999999" name="n"><PlainTextContent>x</PlainTextContent></Note></Notes>'
    return coded(
        TEXT, selection(0, 4, "Anna"), selection(13, 21, "no money", "<Description>m</Description>"), more=notes
    )


def survives(path: Path) -> None:
    """What is at `path` is read or refused; what is read becomes a study without errors."""
    project, problems = read_any_project(path)
    assert project is not None or problems
    if project is not None:
        root = path.parent / "study"
        report, problems = into_study(project, root, at=AT)
        assert report is not None, problems
        found = errors(read_coded_study(root)[1])
        assert [problem for problem in found if problem.rule not in HARMLESS] == []


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_damaged_xml_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    xml, files = sample()
    data = bytearray(xml.encode())
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        kind = rng.random()
        if kind < 0.3:
            del data[at : at + rng.randint(1, 40)]
        elif kind < 0.7:
            data[at:at] = rng.choice(PIECES)
        else:
            data[at] = rng.randrange(256)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.qdpx"
        path.write_bytes(packed(bytes(data), files))
        survives(path)


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_odd_attributes_are_read_or_told(seed: int) -> None:
    """The XML stays well-formed: values of attributes are exchanged, emptied or left out."""
    rng = random.Random(seed)
    xml, files = sample()
    spans = [found.span(1) for found in re.finditer(r'\s\w+="([^"]*)"', xml)]
    values = ["", "x", "-1", "0", "99", "1.5", "con", "../a", "é" * 300, "{}", *(xml[a:b] for a, b in spans)]
    for start, end in sorted(rng.sample(spans, rng.randint(1, 5)), reverse=True):
        xml = xml[:start] + rng.choice(values) + xml[end:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.qdpx"
        path.write_bytes(packed(xml, files))
        survives(path)


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_damaged_zips_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(packed(*sample()))
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.qdpx"
        path.write_bytes(bytes(data))
        survives(path)
