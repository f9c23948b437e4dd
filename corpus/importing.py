"""Import: what a set of files would add to a study, as a plan, and the plan carried out.

Planning reads and decides everything and writes nothing; `apply_import` writes what the plan says. Each file is
imported whole or not at all, and a file with a fault never stops the others. A file that has changed since it was
imported becomes an update of its source (`corpus.import_updates`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from corpus.document_part import Part
from corpus.files import sha256, shown
from corpus.import_additions import Additions
from corpus.import_additions import NewSource as NewSource
from corpus.import_files import Imported, read_imported
from corpus.import_filling import filled, merged, says_something
from corpus.import_journal import NewFile, logs_of, write_import
from corpus.import_reading import HowToRead, SortedFiles, read_and_sort
from corpus.import_same_words import same_words
from corpus.import_table import FileTable, Given, Known, rows_of_files
from corpus.problems import Problem, did_you_mean, errors, hint
from corpus.source import SOURCES_FOLDER, source_from_bytes


class FilledIn(msgspec.Struct, frozen=True):
    """A source that was imported before, and the fields of its front matter that are filled in now."""

    id: str
    fields: tuple[str, ...]
    files: tuple[NewFile, ...]


class Recognised(msgspec.Struct, frozen=True):
    """A file whose contents are in the study already, and the source that holds them.

    `earlier`: it is an older version of that source, whose file has changed since.
    """

    file: str
    id: str
    earlier: bool = False


class ImportPlan(msgspec.Struct, frozen=True):
    """Everything that an import will do, in the order of the files."""

    sources: tuple[NewSource, ...] = ()
    filled: tuple[FilledIn, ...] = ()
    recognised: tuple[Recognised, ...] = ()

    @property
    def updates(self) -> tuple[NewSource, ...]:
        """The sources that are in the study and get another text."""
        return tuple(source for source in self.sources if source.replaces and source.changes_text)


_NO_TABLE = FileTable()
_NOTHING = Given()
_NOTHING_KNOWN = Known()


def plan_import(
    root: Path,
    paths: Sequence[Path],
    today: datetime.date,
    *,
    table: FileTable = _NO_TABLE,
    options: Given = _NOTHING,
    known: Known = _NOTHING_KNOWN,
    replace: bool = False,
    part: Part | None = None,
    encoding: str = "",
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    logs_of: Callable[[Path, str], Sequence[str]] = logs_of,
) -> tuple[ImportPlan, list[Problem]]:
    """What importing `paths` would do to the study in `root`, and the faults met.

    A row of `table` says more about a file than `options` do, and these more than its own front matter, whose values
    are checked against `known`. `replace` overwrites what would stand in the way of an update. Of each document only
    `part` is taken, where one is given; `encoding` is that of plain text, else it is found. `watch` is put around the
    files while they are read, for a progress bar. `logs_of` names the logs with work on a source of an id.
    """
    imported = read_imported(root)
    rows, others, problems = rows_of_files(table, paths)
    problems += _files_without_row(table, paths, rows)
    how = HowToRead(part, encoding, known, replace)
    files, faults = read_and_sort(root, paths, rows, options, imported, how, watch)
    problems += faults
    writer = Additions(root, today, imported, files, how, lambda id: logs_of(root, id))
    writer.add_all()
    problems += writer.problems
    problems += same_words(root, writer.sources, imported)
    said, faults = _said_of_sources(files, others, imported, table, paths)
    problems += faults
    fills, faults = _fills(root, said)
    updated = {source.id for source in writer.sources if source.replaces}
    fills = [fill for fill in fills if fill.id not in updated]
    plan = ImportPlan(tuple(writer.sources), tuple(fills), tuple(_recognised(files, writer, imported)))
    return plan, [*problems, *faults]


def _recognised(files: SortedFiles, writer: Additions, imported: Sequence[Imported]) -> Iterator[Recognised]:
    """The files that the study holds already, or will after this import."""
    ids = {item.sha256: item.id for item in imported}
    ids |= {source.meta.origin.sha256: source.id for source in writer.sources if source.meta.origin}
    for path, id in [*files.known, *writer.known]:
        yield Recognised(shown(path), id)
    for path, id in files.earlier:
        yield Recognised(shown(path), id, earlier=True)
    for path, digest in files.twice:
        if digest in ids:
            yield Recognised(shown(path), ids[digest])


def _said_of_sources(
    files: SortedFiles, others: Sequence[Given], imported: Sequence[Imported], table: FileTable, paths: Sequence[Path]
) -> tuple[dict[str, Given], list[Problem]]:
    """What the table and the options say of sources that are in the study, and the rows that are about nothing."""
    said: dict[str, Given] = {}
    problems: list[Problem] = []
    for path, id in files.known:
        said[id] = said.get(id, Given()).with_(files.given[path])
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
    for file in {item.file, item.first_file} - {""}:
        name = PurePosixPath(file.casefold())
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
            file = NewFile(path, sha256(text), text, replaces=sha256(data))
            fills.append(FilledIn(id, tuple(fields), (file,)))
    return fills, problems
