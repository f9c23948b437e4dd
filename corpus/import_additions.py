"""What new texts become: new sources, or new versions of sources that are there; with the files to be written."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from corpus.files import sha256, shown
from corpus.import_files import ORIGINALS_FOLDER, Imported
from corpus.import_filling import filled, merged, renewed
from corpus.import_journal import NewFile
from corpus.import_names import TakenNames, labels
from corpus.import_reading import HowToRead, NewText, SortedFiles
from corpus.import_updates import OldSources, Version, claims, is_edited_only, why_not
from corpus.places import places_file, places_text
from corpus.problems import Problem
from corpus.readers.document import Document
from corpus.source import SOURCES_FOLDER, FrontMatter, Origin, source_file_text


class NewSource(msgspec.Struct, frozen=True):
    """A source that an import adds, or updates; `files` is what will be written for it.

    `document.text` is the text that it will have. `replaces`: it takes the place of the source of this id, and
    `changes_text` says whether with other words (a file that was only saved again brings the same).
    """

    file: str
    id: str
    meta: FrontMatter
    document: Document
    files: tuple[NewFile, ...]
    replaces: bool = False
    changes_text: bool = True


class Additions:
    """The sources that new texts become, one after the other, and why others cannot be imported."""

    def __init__(
        self,
        root: Path,
        today: datetime.date,
        imported: Sequence[Imported],
        files: SortedFiles,
        how: HowToRead,
        logs_of: Callable[[str], Sequence[str]],
    ) -> None:
        self.root = root
        self.today = today
        self.how = how
        self.texts = files.new
        self.given_ids = Counter(text.given.id for text in self.texts if text.given.id)
        recognised = {id for _, id in files.known}
        asked = set(self.given_ids) | {text.same_as for text in self.texts}
        self.old = OldSources(root, [item for item in imported if item.id not in recognised or item.id in asked])
        self.names = TakenNames(root, imported, self.given_ids, logs_of)
        self.labels = labels([text.path for text in self.texts])
        self.sources: list[NewSource] = []
        self.known: list[tuple[Path, str]] = []
        self.problems: list[Problem] = []

    def add_all(self) -> None:
        """Add every text: as a new version of the source that its name belongs to, else as a new source."""
        versions: list[Version] = []
        blocked: set[Path] = set()
        for text in self.texts:
            if self.given_ids[text.given.id] > 1:
                said = f"the id '{text.given.id}' is given to {self.given_ids[text.given.id]} files"
                self.problems.append(Problem(shown(text.path), 0, "duplicate-id", said))
                blocked.add(text.path)
                continue
            found, faults = self.old.versions(text, self.labels[text.path], self.how.part)
            versions += found
            self.problems += faults
            blocked |= {text.path} if faults else set()
        best, none, faults = claims(versions)
        self.problems += faults
        decided = {id(version) for version in (*best, *none)}
        blocked |= {version.text.path for version in versions if id(version) not in decided}
        of_path: dict[Path, list[Version]] = {}
        for version in best:
            of_path.setdefault(version.text.path, []).append(version)
        for text in self.texts:
            for version in of_path.get(text.path, ()):
                self._update(version)
            if text.path not in of_path and text.path not in blocked:
                self._new_source(text)

    def _new_source(self, text: NewText) -> None:
        id = text.given.id or self.names.new_id(self.labels[text.path])
        original, is_there = self.names.new_original(text.path, text.sha256, id)
        given = text.given.with_(text.about)
        part = (self.how.part.first, self.how.part.last) if self.how.part else ()
        meta = FrontMatter(
            title=given.title or text.document.title,
            case=given.case,
            roles=given.roles,
            date=given.date,
            kind=given.kind or text.document.kind,
            asked=given.asked or "unknown",
            language=given.language,
            origin=self._origin(original, text, text.document, part),
        )
        content = source_file_text(meta, text.document.text)
        files = self._files(text, original, is_there, id, text.document)
        source = NewFile(f"{SOURCES_FOLDER}/{id}.md", sha256(content), content)
        self.sources.append(NewSource(shown(text.path), id, meta, text.document, (*files, source)))

    def _update(self, version: Version) -> None:
        """Let the source take the text of a new version; what its front matter says is kept, and filled in."""
        if fault := why_not(self.root, version, self.how.replace):
            self.problems.append(fault)
            return
        text, source, document = version.text, version.source, version.document
        if not self.how.replace and is_edited_only(self.root, version):
            document = msgspec.structs.replace(document, text=source.text, places=())
        changes = document.text != source.text
        said = source.meta.origin.encoding if source.meta.origin else ""
        if text.same_as and not changes and text.encoding in ("", said):
            self.known.append((text.path, source.id))
            return
        original, is_there = self._original(version)
        origin = self._origin(original, text, version.document, version.part, version.old)
        fields, conflicts = merged(source, text.given, "kind:\n")
        self.problems += conflicts
        fields = merged(source, text.about, "kind:\n")[0] | fields
        meta = msgspec.structs.replace(source.meta, **fields, origin=origin)
        content = renewed(filled(version.content, fields) if fields else version.content, meta, document.text)
        files = self._files(text, original, is_there, source.id, document if changes else None)
        file = NewFile(source.file, sha256(content), content, replaces=version.sha256)
        self.sources.append(NewSource(shown(text.path), source.id, meta, document, (*files, file), True, changes))

    def _original(self, version: Version) -> tuple[str, bool]:
        """The name of the new version's original, and whether it lies there already."""
        text, old = version.text, version.old
        if old.file and PurePath(old.file).suffix.lower() == text.path.suffix.lower():
            return self.names.next_version(text.path, text.sha256, old)
        return self.names.new_original(text.path, text.sha256, old.id)

    def _origin(
        self, original: str, text: NewText, document: Document, part: tuple[str, ...], old: Imported | None = None
    ) -> Origin:
        earlier = [*old.earlier, old.sha256] if old else []
        return Origin(
            file=original,
            sha256=text.sha256,
            imported=self.today.isoformat(),
            text_sha256=sha256(document.text),
            encoding=text.encoding,
            part=part,
            earlier=tuple(dict.fromkeys(digest for digest in earlier if digest and digest != text.sha256)),
            repairs=document.repairs,
        )

    def _files(
        self, text: NewText, original: str, is_there: bool, id: str, document: Document | None
    ) -> Iterator[NewFile]:
        """The files beside the source's own: its original, and its pages and times, where the text has any."""
        if not is_there:
            yield NewFile(f"{ORIGINALS_FOLDER}/{original}", text.sha256, copy_of=text.path)
        if document is None:
            return
        path = places_file(id)
        old = self.root / path
        there = sha256(old.read_bytes()) if old.exists() else ""
        if document.places or there:
            content = places_text(document.text, document.places)
            yield NewFile(path, sha256(content), content, replaces=there)
