"""The files of an import, read and sorted: new texts, files that sources came from, and files given twice."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

import msgspec

from corpus.document_part import Part, part_of
from corpus.files import sha256, shown
from corpus.import_files import Imported
from corpus.import_table import Given, Known, given_from_front_matter
from corpus.problems import Problem
from corpus.readers import read_whole
from corpus.readers.document import Document
from corpus.readers.encodings import known_encoding, likelier_encoding
from corpus.reading import read_files
from corpus.reading_worker import Answer, FileToRead
from corpus.source import SOURCES_FOLDER, read_source

Watch = Callable[[Sequence[Path]], Iterable[Path]]


class HowToRead(msgspec.Struct, frozen=True):
    """What the options say about reading: the part to take, and the encoding of plain text.

    `known` is what values in front matter are checked against. `replace`: what stands in the way of an update is
    overwritten; a file that is an older version of a source is read, too.
    """

    part: Part | None = None
    encoding: str = ""
    known: Known = Known()
    replace: bool = False


class NewText(msgspec.Struct, frozen=True):
    """A file that was read and is not in the study as it is.

    `given` is what the table and the options say of it, `about` what its own front matter says; `encoding` is the one
    that was asked for. `same_as` is the source that came from the same bytes, read in another way.
    """

    path: Path
    sha256: str
    given: Given
    about: Given
    document: Document
    encoding: str = ""
    same_as: str = ""


class SortedFiles(msgspec.Struct, frozen=True):
    """Files by what is known of them.

    `known` were imported before and `earlier` are older versions of sources (path, source); `twice` were met before in
    this import (path, digest). `given` is what the table and the options say of each file that could be read.
    """

    new: list[NewText]
    known: list[tuple[Path, str]]
    earlier: list[tuple[Path, str]]
    twice: list[tuple[Path, str]]
    given: dict[Path, Given]


def read_and_sort(
    root: Path,
    paths: Sequence[Path],
    rows: Mapping[Path, Given],
    options: Given,
    imported: Sequence[Imported],
    how: HowToRead,
    watch: Watch = iter,
) -> tuple[SortedFiles, list[Problem]]:
    """Every file read once and sorted; a row of a table says more about a file than `options` do."""
    sorter = _Sorter(root, imported, how)
    wanted = sorter.wanted(watch(paths), rows, options)
    for answer in read_files(wanted, sum(map(_size, paths))):
        sorter.sort(answer)
    return sorter.files, [problem for path in paths for problem in sorter.problems.get(path, ())]


class _Waiting(msgspec.Struct, frozen=True):
    """A file that is being read; `same_as` is the source that came from the same bytes."""

    path: Path
    sha256: str
    given: Given
    encoding: str
    same_as: str


class _Sorter:
    """Sorts files in the order in which they are given, while they are read some way ahead of it."""

    def __init__(self, root: Path, imported: Sequence[Imported], how: HowToRead) -> None:
        self.how = how
        self.by_sha = {item.sha256: item for item in imported if item.sha256}
        self.earlier = {digest: item.id for item in imported for digest in item.earlier}
        self.encodings = {PurePath(item.first_file).name.casefold(): item.encoding for item in imported}
        self.texts = _texts_of(root, imported) if how.part is not None else {}
        self.files = SortedFiles([], [], [], [], {})
        self.problems: dict[Path, list[Problem]] = defaultdict(list)
        self.waiting: deque[_Waiting] = deque()

    def wanted(self, paths: Iterable[Path], rows: Mapping[Path, Given], options: Given) -> Iterator[FileToRead]:
        """The files whose words are wanted; the others are sorted by their digests alone."""
        seen: set[str] = set()
        for path in paths:
            given = rows.get(path, Given()).with_(options)
            data, faults = (None, []) if given.refused else read_whole(path)
            self.problems[path] += faults
            if data is None:
                continue
            digest = sha256(data)
            self.files.given[path] = given
            same = self.by_sha.get(digest)
            if same is not None and self.how.part is None and _is_read_so(same, self.how.encoding, data):
                self.files.known.append((path, same.id))
            elif digest in seen:
                self.files.twice.append((path, digest))
            elif same is None and digest in self.earlier and not self.how.replace:
                self.files.earlier.append((path, self.earlier[digest]))
            else:
                seen.add(digest)
                encoding = self.how.encoding
                encoding = encoding or ("" if same else self.encodings.get(path.name.casefold(), ""))
                self.waiting.append(_Waiting(path, digest, given, encoding, same.id if same else ""))
                yield FileToRead(data, path.suffix, shown(path), encoding)

    def sort(self, answer: Answer) -> None:
        """Sort the file that has waited longest: `answer` is what it holds."""
        file = self.waiting.popleft()
        document, faults = answer
        problems = self.problems[file.path]
        problems += faults
        if document is not None and self.how.part is not None:
            document, faults = part_of(document, self.how.part, shown(file.path))
            problems += faults
        if document is None:
            return
        if file.same_as and document.text in self.texts.get(file.sha256, ()):
            self.files.known.append((file.path, file.same_as))
            return
        about, faults = given_from_front_matter(document.about, shown(file.path), self.how.known)
        problems += faults
        text = NewText(file.path, file.sha256, file.given, about, document, file.encoding, file.same_as)
        self.files.new.append(text)


def _is_read_so(item: Imported, encoding: str, data: bytes) -> bool:
    """Whether a source was read in this encoding.

    Where none is asked for now, what somebody once said of the file holds on, unless its bytes clearly speak against
    it: an import of the whole folder must not undo an --encoding that was right.
    """
    if not encoding:
        return not item.encoding or not likelier_encoding(data, item.encoding)
    return encoding == item.encoding or known_encoding(encoding) == known_encoding(item.encoding) != ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _texts_of(root: Path, imported: Sequence[Imported]) -> dict[str, Collection[str]]:
    """Digest of a file → the texts of the sources that came from it: several parts of one file may be sources."""
    texts: dict[str, set[str]] = {}
    for item in imported:
        source, _ = read_source(root / SOURCES_FOLDER / f"{item.id}.md")
        if source is not None and item.sha256:
            texts.setdefault(item.sha256, set()).add(source.text)
    return dict(texts)
