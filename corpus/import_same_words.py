"""New sources whose words are in the study already: one interview that is there twice, as docx and as txt perhaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePath

from corpus.import_additions import NewSource
from corpus.import_files import Imported
from corpus.import_updates import words_in_common
from corpus.problems import Problem
from corpus.source import SOURCES_FOLDER, read_source

ALIKE = 0.9
"""From this share on two texts of one name are told to be alike: two saved formats differ by a line or two."""

_MOST_COMPARED = 4


def same_words(root: Path, sources: Sequence[NewSource], imported: Sequence[Imported]) -> Iterator[Problem]:
    """A warning for each new source with the very text of another one, or nearly that of another one of its name.

    Nearly: files of one name and different kinds, such as leder.docx and leder.txt. They are imported all the same,
    since it may be meant.
    """
    by_text = {item.text_sha256: item.id for item in imported if item.text_sha256}
    by_name: dict[str, dict[str, tuple[str, str]]] = {}
    for item in imported:
        by_name.setdefault(_name(item.first_file or item.id), {})[item.id] = (_suffix(item.file), "")
    for source in sources:
        origin, name = source.meta.origin, _name(source.file)
        if source.replaces or origin is None:
            continue
        exact = by_text.setdefault(origin.text_sha256, source.id)
        if exact != source.id:
            yield _told(source, exact, "the same words as")
        else:
            for id, text in _others(by_name.get(name, {}), source):
                if _alike(source.document.text, text or _text_of(root, id)):
                    yield _told(source, id, "nearly the same words as")
                    break
        by_name.setdefault(name, {})[source.id] = (_suffix(source.file), source.document.text)


def _others(sources: Mapping[str, tuple[str, str]], source: NewSource) -> Iterator[tuple[str, str]]:
    """Id and text of the first few sources of this name from files of another kind."""
    others = ((id, text) for id, (suffix, text) in sources.items() if suffix != _suffix(source.file))
    return islice(others, _MOST_COMPARED)


def _suffix(file: str) -> str:
    return PurePath(file).suffix.casefold()


def _name(file: str) -> str:
    return PurePath(file).stem.casefold()


def _alike(one: str, other: str) -> bool:
    return min(words_in_common(one, other), words_in_common(other, one)) >= ALIKE


def _text_of(root: Path, id: str) -> str:
    source, _ = read_source(root / SOURCES_FOLDER / f"{id}.md")
    return source.text if source else ""


def _told(source: NewSource, other: str, how: str) -> Problem:
    said = f"source '{source.id}' has {how} source '{other}'"
    near = f"If it is the same interview, remove {SOURCES_FOLDER}/{source.id}.md: it would be counted twice."
    return Problem(source.file, 0, "same-words", said, near)
