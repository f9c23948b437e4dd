"""Search: what a reader of every paragraph would find, at the very places, whatever happened to the texts since."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search import INDEX_FILE, Hit, search
from corpus.source import read_source

STUDY = """\
=== sources/leder.md
---
title: Leder
kind: transcript
---

# Økonomi

Anna: Økonomien fylder meget. Vi taler om Økonomien hver uge.

Bo: Lægekonsulenten kommer om tirsdagen 😀 og økonomien kommer aldrig.
=== sources/sagsbehandler.md
Lægen kommer sjældent. Det gør økonomien ikke bedre.
"""


def places(root: Path, hits: list[Hit]) -> list[str]:
    """Source and words of every place found, read from the sources themselves."""
    found = []
    for hit in hits:
        source, _ = read_source(root / "sources" / f"{hit.source}.md")
        assert source is not None and source.text[hit.start : hit.end] == hit.words
        found += [f"{hit.source}: {source.text[start:end]}" for start, end in hit.found]
    return found


def test_words_are_found_in_all_sources_at_their_places(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    hits, total = search(root, "økonomien", 0)
    assert total == len(hits) == 3
    assert places(root, hits) == [
        "leder: Økonomien", "leder: Økonomien", "leder: økonomien", "sagsbehandler: økonomien",
    ]  # fmt: skip


def test_all_words_must_stand_in_a_paragraph_and_phrases_beside_each_other(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    assert [hit.source for hit in search(root, "læge* kommer", 0)[0]] == ["leder", "sagsbehandler"]
    assert places(root, search(root, '"kommer om"', 0)[0]) == ["leder: kommer om"]
    assert search(root, '"om kommer"', 0) == ([], 0)
    assert search(root, "laege*", 0) == ([], 0), "æ is a letter of its own"


def test_the_best_come_first_and_the_rest_is_counted(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    hits, total = search(root, "økonomien", 1)
    assert (len(hits), total) == (1, 3)
    assert search(root, "økonomien", 0, ["leder"])[1] == 2


@pytest.mark.parametrize("asked", ["", "  ", '"', "* -", "()"])
def test_no_words_are_an_error_and_signs_are_never_commands(make_study: Callable[..., Path], asked: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        search(make_study(STUDY), asked)


@given(st.text(max_size=20))
def test_nothing_that_is_asked_breaks_the_search(tmp_path_factory: pytest.TempPathFactory, asked: str) -> None:
    root = tmp_path_factory.getbasetemp() / "asked"
    (root / "sources").mkdir(parents=True, exist_ok=True)
    (root / "sources" / "a.md").write_text("Nogle ord AND NOT OR near\n", "utf-8")
    try:
        search(root, asked)
    except ValueError as error:
        assert "no words" in str(error)


def test_the_index_follows_edited_new_and_removed_texts(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    search(root, "økonomien")
    path = root / "sources" / "sagsbehandler.md"
    path.write_text("Nu taler de om vejret.\n", "utf-8")
    (root / "sources" / "ny.md").write_text("Økonomien igen.\n", "utf-8")
    (root / "sources" / "leder.md").unlink()
    assert [hit.source for hit in search(root, "økonomien", 0)[0]] == ["ny"]
    assert search(root, "vejret", 0)[1] == 1
    path.write_text("Nu taler de om vandet.\n", "utf-8")
    assert search(root, "vejret", 0)[1] == 0 and search(root, "vandet", 0)[1] == 1


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_damaged_or_missing_index_is_made_again(make_study: Callable[..., Path], damage: bytes) -> None:
    root = make_study(STUDY)
    before = search(root, "økonomien", 0)
    (root / INDEX_FILE).write_bytes(damage)
    assert search(root, "økonomien", 0) == before
    (root / INDEX_FILE).unlink()
    assert search(root, "økonomien", 0) == before


def test_what_is_found_is_what_a_reader_of_every_paragraph_finds() -> None:
    root = Path(__file__).parents[2] / "cli" / "example_study"
    word = "sygedagpenge"
    wanted = []
    for path in sorted((root / "sources").glob("*.md")):
        source, _ = read_source(path)
        assert source is not None
        wanted += [(source.id, m.start(), m.end()) for m in re.finditer(rf"(?i)\b{word}\b", source.text)]
    hits, _ = search_copy(root, word)
    assert [(hit.source, *span) for hit in hits for span in hit.found] == wanted and wanted


def search_copy(root: Path, word: str) -> tuple[list[Hit], int]:
    """Search without leaving an index in the shipped example."""
    import tempfile

    from corpus.new_study import copy_study

    with tempfile.TemporaryDirectory() as folder:
        copy_study(root, Path(folder) / "study")
        return search(Path(folder) / "study", word, 0)
