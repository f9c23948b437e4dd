"""Import: what a set of files would add to a study, as a plan, and the plan carried out.

Planning reads and decides everything and writes nothing; `apply_import` writes what the plan says. Each file is
imported whole or not at all, and a file with a fault never stops the others.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath

import msgspec

from corpus.document_part import Part, part_of
from corpus.files import sha256, shown
from corpus.ids import make_id
from corpus.import_files import ORIGINALS_FOLDER, Imported, read_imported
from corpus.import_filling import filled, merged, says_something
from corpus.import_journal import NewFile, logs_of, write_import
from corpus.import_names import TakenNames, labels
from corpus.import_table import FileTable, Given, rows_of_files
from corpus.problems import Problem, did_you_mean, errors, hint
from corpus.readers import read_document_bytes, read_whole
from corpus.readers.document import Document
from corpus.source import SOURCES_FOLDER, FrontMatter, Origin, read_source, source_file_text, source_from_bytes


class NewSource(msgspec.Struct, frozen=True):
    """A source that an import adds, or whose text it replaces; `files` is what will be written for it."""

    file: str
    id: str
    meta: FrontMatter
    document: Document
    files: tuple[NewFile, ...]
    replaces: bool = False


class FilledIn(msgspec.Struct, frozen=True):
    """A source that was imported before, and the fields of its front matter that are filled in now."""

    id: str
    fields: tuple[str, ...]
    files: tuple[NewFile, ...]


class Recognised(msgspec.Struct, frozen=True):
    """A file whose contents are in the study already, and the source that holds them."""

    file: str
    id: str


class ImportPlan(msgspec.Struct, frozen=True):
    """Everything that an import will do, in the order of the files."""

    sources: tuple[NewSource, ...] = ()
    filled: tuple[FilledIn, ...] = ()
    recognised: tuple[Recognised, ...] = ()


class _NewText(msgspec.Struct, frozen=True):
    """A file that was read and is not in the study."""

    path: Path
    sha256: str
    given: Given
    document: Document


class _Files(msgspec.Struct, frozen=True):
    """Files by what is known of them: new texts, those whose bytes a source came from, and those given twice."""

    new: list[_NewText]
    known: list[tuple[Path, str]]
    twice: list[tuple[Path, str]]
    given: dict[Path, Given]


_NO_TABLE = FileTable()
_NOTHING = Given()


def plan_import(
    root: Path,
    paths: Sequence[Path],
    today: datetime.date,
    *,
    table: FileTable = _NO_TABLE,
    options: Given = _NOTHING,
    replace: bool = False,
    part: Part | None = None,
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> tuple[ImportPlan, list[Problem]]:
    """What importing `paths` would do to the study in `root`, and the faults met.

    A row of `table` says more about a file than `options` do. `replace` lets a changed file take the place of a source
    that nobody has coded. Of each document only `part` is taken, where one is given. `watch` is put around the files
    while they are read, for a progress bar.
    """
    imported = read_imported(root)
    by_sha = {item.sha256: item.id for item in imported if item.sha256}
    rows, others, problems = rows_of_files(table, paths)
    problems += _files_without_row(table, paths, rows)
    texts = _texts_of(root, imported) if part is not None else {}
    files, faults = _read_files(paths, rows, options, by_sha, part, texts, watch)
    problems += faults
    sources, faults = _additions(
        root, today, files.new, imported, {by_sha[digest] for _, digest in files.known}, replace
    )
    problems += faults
    said, faults = _said_of_sources(files, others, imported, table, paths, by_sha)
    problems += faults
    fills, faults = _fills(root, said)
    ids = by_sha | {source.meta.origin.sha256: source.id for source in sources if source.meta.origin}
    again = [*files.known, *files.twice]
    recognised = tuple(Recognised(shown(path), ids[digest]) for path, digest in again if digest in ids)
    return ImportPlan(tuple(sources), tuple(fills), recognised), [*problems, *faults]


def _read_files(
    paths: Sequence[Path],
    rows: Mapping[Path, Given],
    options: Given,
    by_sha: Mapping[str, str],
    part: Part | None,
    texts: Mapping[str, Collection[str]],
    watch: Callable[[Sequence[Path]], Iterable[Path]],
) -> tuple[_Files, list[Problem]]:
    """Every file read once and sorted into new, known and twice the same."""
    files = _Files([], [], [], {})
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in watch(paths):
        given = rows.get(path, Given()).with_(options)
        data, faults = (None, []) if given.refused else read_whole(path)
        problems += faults
        if data is None:
            continue
        digest = sha256(data)
        files.given[path] = given
        if digest in by_sha and part is None:
            files.known.append((path, digest))
        elif digest in seen:
            files.twice.append((path, digest))
        else:
            seen.add(digest)
            document, faults = read_document_bytes(data, path.suffix, shown(path))
            problems += faults
            if document is not None and part is not None:
                document, faults = part_of(document, part, shown(path))
                problems += faults
            if document is not None and digest in by_sha and document.text in texts.get(digest, ()):
                files.known.append((path, digest))
            elif document is not None:
                files.new.append(_NewText(path, digest, given, document))
    return files, problems


def _texts_of(root: Path, imported: Sequence[Imported]) -> dict[str, set[str]]:
    """Digest of a file → the texts of the sources that came from it: several parts of one file may be sources."""
    texts: dict[str, set[str]] = {}
    for item in imported:
        source, _ = read_source(root / SOURCES_FOLDER / f"{item.id}.md")
        if source is not None and item.sha256:
            texts.setdefault(item.sha256, set()).add(source.text)
    return texts


def _said_of_sources(
    files: _Files,
    others: Sequence[Given],
    imported: Sequence[Imported],
    table: FileTable,
    paths: Sequence[Path],
    by_sha: Mapping[str, str],
) -> tuple[dict[str, Given], list[Problem]]:
    """What the table and the options say of sources that are in the study, and the rows that are about nothing."""
    said: dict[str, Given] = {}
    problems: list[Problem] = []
    for path, digest in files.known:
        said[by_sha[digest]] = said.get(by_sha[digest], Given()).with_(files.given[path])
    id_of = {name: item.id for item in imported for name in _names_of(item)} if others else {}
    for row in others:
        id = id_of.get(_name_of(row), "")
        if id and not row.refused:
            said[id] = said.get(id, Given()).with_(row)
        elif not id and not row.refused:
            problems.append(_unmatched(row, table, paths))
    return said, problems


def apply_import(
    root: Path, plan: ImportPlan, at: datetime.datetime, watch: Callable[[Sequence[int]], Iterable[int]] = iter
) -> tuple[ImportPlan, list[Problem]]:
    """Write what `plan` says into the study in `root`. Returns what was written, and why the rest was not."""
    units = [*(source.files for source in plan.sources), *(fill.files for fill in plan.filled)]
    if not units:
        return plan, []
    done, problems = write_import(root, at.isoformat(timespec="seconds"), units, watch)
    kept = set(done)
    split = len(plan.sources)
    sources = tuple(source for i, source in enumerate(plan.sources) if i in kept)
    fills = tuple(fill for i, fill in enumerate(plan.filled, split) if i in kept)
    return ImportPlan(sources, fills, plan.recognised), problems


def _files_without_row(table: FileTable, paths: Sequence[Path], rows: Mapping[Path, Given]) -> Iterator[Problem]:
    for path in paths if table.file else ():
        if path not in rows:
            said = f"the file has no row in {table.file}"
            yield Problem(shown(path), 0, "unmatched-row", said, "Add a row, or fill in its front matter later.")


def _names_of(item: Imported) -> Iterator[str]:
    """What a row of the table can call a source that was imported earlier: its id, its file with or without suffix."""
    yield f"id {item.id}"
    if item.file:
        name = PurePosixPath(item.file.casefold())
        yield from (name.as_posix(), name.name, name.stem)


def _name_of(row: Given) -> str:
    return PurePosixPath(row.file.replace("\\", "/").casefold()).name if row.file else f"id {row.id}"


def _unmatched(row: Given, table: FileTable, paths: Sequence[Path]) -> Problem:
    said = f"'{row.file or row.id}' is not among the files that are imported"
    near = hint(did_you_mean(row.file, [path.name for path in paths]), "Correct the name, or name the file too.")
    return Problem(table.file, row.line, "unmatched-row", said, near)


def _fills(root: Path, said: Mapping[str, Given]) -> tuple[list[FilledIn], list[Problem]]:
    """What the table and the options add to sources that are in the study, and where they contradict them."""
    fills = []
    problems: list[Problem] = []
    for id, given in said.items():
        if not says_something(given):
            continue
        path = f"{SOURCES_FOLDER}/{id}.md"
        data = (root / path).read_bytes()
        source, faults = source_from_bytes(id, data)
        if source is None or errors(faults):
            problems += faults
            continue
        content = data.decode("utf-8-sig").replace("\r\n", "\n")
        fields, conflicts = merged(source, given, content[: len(content) - len(source.text)])
        problems += conflicts
        if fields:
            text = filled(content, fields)
            fills.append(FilledIn(id, tuple(fields), (NewFile(path, sha256(text), text, replaces=True),)))
    return fills, problems


def _additions(
    root: Path,
    today: datetime.date,
    texts: Sequence[_NewText],
    imported: Sequence[Imported],
    recognised: Set[str],
    replace: bool,
) -> tuple[list[NewSource], list[Problem]]:
    """The sources that new texts become, and why others cannot be imported.

    A text is not another version of a source that was `recognised` in this import: that has its own file.
    """
    by_id = {item.id.lower(): item for item in imported if item.id not in recognised}
    by_name = {PurePosixPath(item.file).name.casefold(): item for item in by_id.values() if item.file}
    given_ids = Counter(text.given.id for text in texts if text.given.id)
    names = TakenNames(root, imported, given_ids)
    label_of = labels([text.path for text in texts])
    sources: list[NewSource] = []
    problems: list[Problem] = []
    for text in texts:
        id = text.given.id
        old = by_id.get(id) if id else _old_version(text, label_of[text.path], by_name)
        if given_ids[id] > 1:
            said = f"the id '{id}' is given to {given_ids[id]} files"
            problems.append(Problem(shown(text.path), 0, "duplicate-id", said))
        elif old is None:
            sources.append(_new_source(root, today, text, id or names.new_id(label_of[text.path]), names))
        elif not replace or logs_of(root, old.id):
            problems.append(_changed(text, old, logs_of(root, old.id)))
        else:
            source, faults = _new_version(root, today, text, old, names)
            sources += [source] if source else []
            problems += faults
    return sources, problems


def _old_version(text: _NewText, label: str, by_name: Mapping[str, Imported]) -> Imported | None:
    """The source that was imported from a file of this name, or of the name that its original was given."""
    names = (f"{make_id(label)}{text.path.suffix}".casefold(), text.path.name.casefold()) if by_name else ()
    return next((by_name[name] for name in names if name in by_name), None)


def _changed(text: _NewText, old: Imported, logs: Sequence[str]) -> Problem:
    said = f"source '{old.id}' was imported from {old.file or 'another file'} with other contents"
    another = "Is it another interview? Import it with an id of its own: --id NAME."
    if logs:
        near = f"{another} A new version cannot replace a source with codings ({', '.join(logs)})."
    else:
        near = f"{another} Is it a new version? Nothing is coded in it yet: --replace."
    return Problem(shown(text.path), 0, "changed-file", said, near)


def _new_source(root: Path, today: datetime.date, text: _NewText, id: str, names: TakenNames) -> NewSource:
    original, is_there = names.new_original(text.path, text.sha256, id)
    given = text.given
    meta = FrontMatter(
        title=given.title or text.document.title,
        case=given.case,
        roles=given.roles,
        date=given.date,
        kind=given.kind or text.document.kind,
        asked=given.asked or "unknown",
        language=given.language,
        origin=_origin(original, text, today),
    )
    copies = () if is_there else (_copy(text, original),)
    return NewSource(shown(text.path), id, meta, text.document, (*copies, _source_file(id, meta, text)))


def _new_version(
    root: Path, today: datetime.date, text: _NewText, old: Imported, names: TakenNames
) -> tuple[NewSource | None, list[Problem]]:
    """The source `old` with the text of another file; what its front matter says is kept and filled in."""
    source, problems = read_source(root / SOURCES_FOLDER / f"{old.id}.md")
    if source is None:
        return None, problems
    fields, conflicts = merged(source, text.given, "kind:\n")
    same_name = PurePosixPath(old.file).suffix.lower() == text.path.suffix.lower()
    original, is_there = (old.file, False) if same_name else names.new_original(text.path, text.sha256, old.id)
    meta = msgspec.structs.replace(source.meta, **fields, origin=_origin(original, text, today))
    copies = () if is_there else (_copy(text, original, replaces=same_name),)
    files = (*copies, _source_file(old.id, meta, text, replaces=True))
    return NewSource(shown(text.path), old.id, meta, text.document, files, replaces=True), conflicts


def _origin(original: str, text: _NewText, today: datetime.date) -> Origin:
    return Origin(original, text.sha256, today.isoformat(), text.document.repairs)


def _copy(text: _NewText, original: str, replaces: bool = False) -> NewFile:
    return NewFile(f"{ORIGINALS_FOLDER}/{original}", text.sha256, copy_of=text.path, replaces=replaces)


def _source_file(id: str, meta: FrontMatter, text: _NewText, replaces: bool = False) -> NewFile:
    content = source_file_text(meta, text.document.text)
    return NewFile(f"{SOURCES_FOLDER}/{id}.md", sha256(content), content, replaces=replaces)
