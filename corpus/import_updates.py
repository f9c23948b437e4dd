"""New versions of files: whose source they are, whether they may take its text, and what becomes of its file.

A file with other bytes than any source came from, but with the name of an original, is a new version of that source
if most of the source's words are still in it. Another interview that only shares a name is not, and a text that
somebody edited by hand is not overwritten unless that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

import msgspec

from corpus.document_part import Part, part_of
from corpus.files import decoded, sha256, shown
from corpus.ids import make_id
from corpus.import_files import Imported, original_path
from corpus.import_names import portable_name
from corpus.import_reading import NewText
from corpus.problems import Problem, errors
from corpus.readers.document import Document
from corpus.reading_worker import FileToRead, read_one
from corpus.source import SOURCES_FOLDER, Source, source_from_bytes

IN_COMMON = 0.5
"""The share of a source's words that a file must hold to count as its new version.

Interviews that follow one guide share headings and questions: at most 14 % among those that we measured, while two
formats of one interview shared 93 to 100 %."""
_WORD = re.compile(r"\w+")


class Version(msgspec.Struct, frozen=True):
    """A file as a new version of a source: the source as it is, its file as it is written, the text that would come.

    `sha256` is the digest of the source's file; `in_common`: how much of its text is in the new one.
    """

    text: NewText
    old: Imported
    source: Source
    content: str
    sha256: str
    document: Document
    part: tuple[str, ...]
    in_common: float


def words_in_common(old: str, new: str) -> float:
    """How much of `old` stands in `new`: the share of its runs of three words that are there, wherever. 1 is all.

    What is added counts nothing, what is moved little, what is taken out or rewritten fully. Small and capital letters
    are alike.
    """
    wanted, there = _runs(old), _runs(new)
    return len(wanted & there) / len(wanted) if wanted else float(not there)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else {(word,) for word in words}


class OldSources:
    """The sources of a study by the names that new versions of their files would have."""

    def __init__(self, root: Path, imported: Iterable[Imported]) -> None:
        self.root = root
        self.by_id = {item.id.lower(): item for item in imported}
        self.by_name: dict[str, list[Imported]] = {}
        for item in self.by_id.values():
            for name in {PurePath(item.file).name.casefold(), PurePath(item.first_file).name.casefold()} - {""}:
                self.by_name.setdefault(name, []).append(item)

    def versions(self, text: NewText, label: str, asked: Part | None) -> tuple[list[Version], list[Problem]]:
        """The sources that `text` may be a new version of, and the faults that stand in the way of telling.

        Of several whole documents of its name the one with most words in common; parts of one file each for themselves,
        unless another part was `asked` for.
        """
        problems: list[Problem] = []
        wholes: list[Version] = []
        parts: list[Version] = []
        wanted = (asked.first, asked.last) if asked else None
        for item in self._meant(text, label):
            version, faults = self._version(text, item, wanted)
            problems += faults
            if version is not None:
                (parts if version.part and not asked else wholes).append(version)
        return [*parts, *sorted(wholes, key=lambda version: -version.in_common)[:1]], problems

    def _meant(self, text: NewText, label: str) -> list[Imported]:
        """The source that is named, or that came from the same bytes; else all whose file has this name."""
        if text.given.id or text.same_as:
            named = self.by_id.get(text.given.id or text.same_as)
            return [named] if named else []
        return self._of_name(text.path, label)

    def _of_name(self, path: Path, label: str) -> list[Imported]:
        """The sources whose original has the name of this file, or the one that it would be given beside others."""
        if not self.by_name:
            return []
        folder = path.absolute().parent.name
        ids = (make_id(label), make_id(f"{folder} {path.stem}"))
        names = (path.name, portable_name(path.name), *(f"{id}{path.suffix}" for id in ids))
        found = {item.id: item for name in names for item in self.by_name.get(name.casefold(), ())}
        return list(found.values())

    def _version(
        self, text: NewText, item: Imported, wanted: tuple[str, str] | None
    ) -> tuple[Version | None, list[Problem]]:
        data = (self.root / SOURCES_FOLDER / f"{item.id}.md").read_bytes()
        source, problems = source_from_bytes(item.id, data)
        content, _ = decoded(data, "")
        if source is None or content is None or errors(problems):
            return None, problems
        part = source.meta.origin.part if source.meta.origin else ()
        document: Document | None = text.document
        if wanted is not None and wanted != part and text.given.id.lower() != item.id:
            return None, []
        if wanted is None and len(part) == 2:
            document, problems = part_of(text.document, Part(*part), shown(text.path))
        if document is None:
            return None, problems
        in_common = words_in_common(source.text, document.text)
        return Version(text, item, source, content, sha256(data), document, wanted or part, in_common), []


def why_not(root: Path, version: Version, replace: bool) -> Problem | None:
    """Why the source may not take the text of this version; None where it may, or where `replace` makes it."""
    file, old = shown(version.text.path), version.old
    if replace or version.document.text == version.source.text:
        return None
    if version.in_common < IN_COMMON and not version.text.same_as:
        share = f"{version.in_common:.0%}".replace("%", " %")
        said = f"it has the name of the file of source '{old.id}', but only {share} of that source's words stand in it"
        near = (
            "Is it another interview? Give it an id of its own: --id NAME, or a column 'id' in a --table. "
            "Is it a new version all the same? --replace, and `crosscase import --undo` brings the old one back."
        )
        return Problem(file, 0, "changed-file", said, near)
    before = _text_before(root, version)
    if before in (version.source.sha256, sha256(version.document.text)):
        return None
    said = f"source '{old.id}' was edited by hand since it was imported; those edits would be lost"
    if version.source.meta.origin is None:
        said = f"the text of source '{old.id}' was written by hand; it would be lost"
    elif not before:
        said = f"whether source '{old.id}' was edited by hand since it was imported cannot be told"
    near = (
        f"--replace takes the text of the file instead (`crosscase import --undo` brings the edited one back); or make "
        f"the changes in {SOURCES_FOLDER}/{old.id}.md yourself."
    )
    return Problem(file, 0, "edited-source", said, near)


def is_edited_only(root: Path, version: Version) -> bool:
    """Whether the words of the file are those of the last import, and only the source was edited by hand since."""
    before = _text_before(root, version)
    return before == sha256(version.document.text) and before != version.source.sha256


def _text_before(root: Path, version: Version) -> str:
    """The digest of the source's text as it was imported; empty where that is not known.

    Sources of earlier versions of crosscase do not say it: there the kept original is read once more.
    """
    origin = version.source.meta.origin
    if origin is None or origin.text_sha256:
        return origin.text_sha256 if origin else ""
    path = root / original_path(origin.file)
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    document, _ = read_one(FileToRead(data, path.suffix, shown(path), origin.encoding))
    if document is not None and origin.part:
        document, _ = part_of(document, Part(*origin.part), shown(path))
    return sha256(document.text) if document is not None and sha256(data) == origin.sha256 else ""


def claims(versions: Sequence[Version]) -> tuple[list[Version], list[Version], list[Problem]]:
    """The version that each source takes, those that are no version of it after all, and the faults.

    Of several files for one source the one with most words in common is its version; the others are not, if they have
    little in common with it. Where that does not tell them apart, nobody guesses.
    """
    by_source: dict[str, list[Version]] = {}
    for version in versions:
        by_source.setdefault(version.old.id, []).append(version)
    best: list[Version] = []
    none: list[Version] = []
    problems: list[Problem] = []
    for id, found in by_source.items():
        first, *others = sorted(found, key=lambda version: -version.in_common)
        if others and (first.in_common < IN_COMMON or others[0].in_common >= IN_COMMON):
            said = f"{len(found)} files have the name of source '{id}'s file, and which is its new version is unclear"
            near = "Import one of them by itself, and another interview with an id of its own: --id NAME."
            problems += [Problem(shown(version.text.path), 0, "changed-file", said, near) for version in found]
        else:
            best.append(first)
            none += others
    return best, none, problems
