"""Quotations are found in prose and looked for in sources letter for letter."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.source import read_source
from reports.quotations import is_slice, quotations

TEXT = (
    "Vi ansætter mennesker og lærer dem loven bagefter, siger han.\n\n"
    "Hun sagde: »Det er en dag ad gangen.« Der er\nkø ved alle tilbud.\n"
)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("s") / "sources" / "a.md"
    path.parent.mkdir()
    path.write_text("---\ncase: a\n---\n\n" + TEXT, encoding="utf-8")
    found, problems = read_source(path)
    assert not problems
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Han siger »det er svært« og går.", ["det er svært"]),
        ('Han siger "det er svært" og går.', ["det er svært"]),
        ("He says “it is hard” and „det er svært“.", ["it is hard", "det er svært"]),
        ("Ord som »kultur« er ingen citater.", []),
        ("»Ydre »indre ord« ydre«", ["Ydre »indre ord« ydre"]),
        ("»aldrig lukket", []),
        ("intet citat", []),
    ],
)
def test_quotations_are_found(text, found):
    assert [q.words for q in quotations(text)] == found


@pytest.mark.parametrize(
    ("words", "is_there"),
    [
        ("ansætter mennesker og lærer dem loven", True),
        ("Vi ansætter mennesker og lærer dem loven bagefter.", True),
        ("Vi ansætter […] loven bagefter", True),
        ("[De] ansætter mennesker", True),
        ("[v]i ansætter mennesker", True),
        ("Hun sagde: Det er en dag ad gangen. Der er kø", False),
        ("Der er kø ved alle tilbud", True),
        ("loven bagefter […] ansætter", False),
        ("Vi ansætter folk og lærer dem loven", False),
        ("Der er ikke kø ved alle tilbud", False),
        ("[…]", False),
    ],
)
def test_a_quotation_is_a_slice_or_is_not(source, words, is_there):
    assert is_slice(words, [source]) is is_there


@given(data=st.data())
def test_every_slice_of_whole_words_is_found(data, source):
    words = TEXT.split()
    a = data.draw(st.integers(0, len(words) - 2))
    b = data.draw(st.integers(a + 1, len(words)))
    assert is_slice(" ".join(words[a:b]), [source])
    changed = msgspec.structs.replace(source, text=source.text.replace("mennesker", "folk"))
    assert is_slice(" ".join(words[a:b]), [changed]) is ("mennesker" not in words[a:b])


def test_the_marks_of_danish_typing_are_the_same_before_and_behind() -> None:
    text = "Han siger ”der er travlt”, og hun “det er der” samt »for ”nye folk” er det«."
    assert [found.words for found in quotations(text)] == ["der er travlt", "det er der", "for ”nye folk” er det"]
