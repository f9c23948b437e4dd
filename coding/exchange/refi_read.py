"""REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc) of every program that writes them.

The standard obliges an importer to tell in detail what is lost: everything that has no place in a `Project` is counted
in its `losses`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast, get_args

import msgspec

from coding.exchange.losses import Losses
from coding.exchange.project import (
    About,
    Project,
    ProjectAttribute,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ValueType,
)
from coding.exchange.refi_codes import project_codes
from coding.exchange.refi_elements import NAMES, RawProject
from coding.exchange.refi_kept import (
    FILE_NOTE,
    SOURCE_VARIABLES,
    Record,
    guid_of,
    own_codings,
    restored,
    split_notes,
)
from coding.exchange.refi_package import Package, is_qde, open_package
from coding.exchange.refi_raw import RawCase
from coding.exchange.refi_sources import named_values, read_sources
from coding.exchange.refi_texts import Gathered, doubtful_positions, take_selections, text_of
from coding.exchange.refi_unplaced import split_unplaced
from coding.exchange.refi_xml import Handler, Unreadable, read_elements
from corpus.collector import collector_paused
from corpus.files import shown
from corpus.problems import Problem
from corpus.readers.archives import ZIP_FAULTS

_SUFFIXES = (".qdpx", ".qde", ".qdc")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:Project|CodeBook)[\s>]")


def recognises(path: Path, head: bytes) -> bool:
    """Whether `path` is a REFI-QDA project or codebook, packed or not, judged by what it holds."""
    if path.is_dir():
        return any(is_qde(below.name) for below in path.iterdir())
    if head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                names = [name.lower() for name in archive.namelist()]
        except ZIP_FAULTS:
            return path.suffix.lower() in _SUFFIXES
        return any(name.endswith((*_SUFFIXES, ".qdpx.zip")) for name in names) or path.suffix.lower() in _SUFFIXES
    return _ROOT.search(head.replace(b"\x00", b"")) is not None or path.suffix.lower() in _SUFFIXES


@collector_paused()
def read_project(path: Path) -> tuple[Project | None, list[Problem]]:
    """The project in `path`; None, with a problem that says why, where its XML or its zip cannot be read."""
    file = shown(path)
    package, member, problems = open_package(path, file)
    if package is None:
        return None, problems
    made: list[RawProject] = []

    def new_handler() -> Handler:
        made.append(RawProject())
        return made[-1]

    try:
        read_elements(package, member, file, new_handler, NAMES)
        return _project(made[-1], package, path)
    except Unreadable as error:
        return None, [error.problem]
    except ZIP_FAULTS as error:
        said = f"the project cannot be read: {getattr(error, 'strerror', None) or error}"
        return None, [Problem(file, 0, "unreadable-file", said, "Export the project anew as REFI-QDA (.qdpx).")]
    finally:
        package.close()


def _project(raw: RawProject, package: Package, path: Path) -> tuple[Project, list[Problem]]:
    losses = Losses()
    origin = raw.attributes.get("origin", "").strip()
    all_notes = _notes(raw, package, losses)
    people, record, files = split_notes(all_notes)
    people, unplaced = split_unplaced(people) if record else (people, [])
    is_ours = origin.lower().startswith("crosscase")
    codes, code_key = project_codes(raw.codes, losses, whole_descriptions=record is not None)
    names = {guid: name for guid, name, _, _ in raw.variables}
    cases, file_values = _cases(raw.cases, names, losses)
    is_pointed_at = bool(raw.links) or any(case.selections for case in raw.cases)
    own = own_codings(record) if record else {}
    gathered = Gathered({note.key: note.text for note in people}, own, is_pointed_at)
    sources, placed = read_sources(raw.sources, package, names, file_values, is_ours, losses)
    for text in placed:
        take_selections(text, gathered, losses)
    _codes_of_cases(raw, cases, gathered, losses)
    codes, codings = _known_codes(codes, code_key, gathered.codings, losses)
    notes = _pointed(people, raw, gathered, set(code_key), {s.key for s in sources}, {c.key for c in cases}, losses)
    _count_the_rest(raw, gathered, losses)
    project = Project(
        tool=f"{origin} (REFI-QDA)" if origin else "REFI-QDA",
        name=raw.attributes.get("name", "").strip() or path.stem,
        description=raw.description,
        coders=tuple(_coders(raw, sources, codings)),
        codes=tuple(codes),
        attributes=tuple(_attributes(raw, record)),
        sources=tuple(sources),
        cases=tuple(cases),
        codings=tuple(codings),
        unplaced=tuple(unplaced),
        notes=(*notes, *gathered.annotations),
        sets=tuple(_sets(raw, code_key)),
        losses=losses.found,
    )
    doubts = doubtful_positions(placed, shown(path))
    return restored(project, record, files) if record else project, doubts


def _coders(
    raw: RawProject, sources: Sequence[ProjectSource], codings: Sequence[ProjectCoding]
) -> Iterable[ProjectCoder]:
    """The users, and those that are named by their GUID only."""
    known: dict[str, ProjectCoder] = {}
    for guid, name, id in raw.users:
        known.setdefault(guid, ProjectCoder(guid, name or id or f"user {guid[:8]}"))
    used = dict.fromkeys([coding.coder for coding in codings if coding.coder])
    for guid in used:
        known.setdefault(guid, ProjectCoder(guid, f"user {guid[:8]}"))
    return known.values()


def _attributes(raw: RawProject, record: Record | None) -> Iterable[ProjectAttribute]:
    ours = {guid_of("source-variable", name) for name in SOURCE_VARIABLES} if record else set()
    for guid, name, kind, description in raw.variables:
        if name and guid not in ours:
            known = kind if kind in get_args(ValueType) else "text"
            yield ProjectAttribute(name, cast(ValueType, known), description)


def _notes(raw: RawProject, package: Package, losses: Losses) -> list[ProjectNote]:
    notes = []
    for number, note in enumerate(raw.notes):
        read = text_of(note, package, losses)
        text = read.text if read else ""
        if not note.name.startswith(FILE_NOTE):
            text = text.strip() or note.description.strip()
        if note.selections or note.codings:
            losses.add("codings in notes", "a note is no source here", note.name, len(note.selections))
        if text or note.name:
            notes.append(ProjectNote(note.guid or f"note-{number}", text, note.name, note.user, note.at))
    return notes


def _cases(
    raw: Sequence[RawCase], names: dict[str, str], losses: Losses
) -> tuple[list[ProjectCase], dict[str, dict[str, str]]]:
    """The cases, and the values of sources that stand in cases without a name (MAXQDA, Quirkos): source → values."""
    cases: list[ProjectCase] = []
    of_sources: dict[str, dict[str, str]] = {}
    seen: set[str] = set()
    for number, case in enumerate(raw):
        values = named_values(case.values, names, case.name or f"case {number + 1}", losses)
        if not case.name and len(case.sources) == 1 and not case.selections:
            of_sources.setdefault(case.sources[0], {}).update(values)
            continue
        key = case.guid if case.guid and case.guid not in seen else f"{case.guid}#{number}"
        seen.add(key)
        name = case.name or f"Case {number + 1}"
        cases.append(ProjectCase(key, name, case.description, values, case.sources))
    return cases, of_sources


def _codes_of_cases(raw: RawProject, cases: list[ProjectCase], gathered: Gathered, losses: Losses) -> None:
    """Cases that are coded, or hold selections (NVivo): the sources in which they do so become theirs."""
    codes = {code.guid for code in raw.codes}
    by_case = {case.guid: case for case in raw.cases}
    sources_of_code: dict[str, list[str]] = {}
    case_codes = {code for case in raw.cases for code in (*case.codes, case.guid)} & codes
    if case_codes:
        for coding in gathered.codings:
            if coding.code in case_codes and coding.source not in sources_of_code.setdefault(coding.code, []):
                sources_of_code[coding.code].append(coding.source)
    taken = {source for case in cases for source in case.sources}
    for index, case in enumerate(cases):
        found = by_case.get(case.key)
        if found is None or case.sources:
            continue
        coded = [s for code in (*found.codes, found.guid) for s in sources_of_code.get(code, ())]
        selected = [gathered.span_of[g].key for g in found.selections if g in gathered.span_of]
        sources = [source for source in dict.fromkeys([*coded, *selected]) if source not in taken]
        if sources:
            taken.update(sources)
            cases[index] = msgspec.structs.replace(case, sources=tuple(sources))
            losses.add(
                "passages that belong to a case",
                "the case was given the whole source",
                case.name,
                len(sources),
                kept=True,
            )
        elif found.selections or coded:
            losses.add("passages that belong to a case", "the source belongs to another case already", case.name)


def _known_codes(
    codes: list[ProjectCode], code_key: dict[str, str], codings: list[ProjectCoding], losses: Losses
) -> tuple[list[ProjectCode], list[ProjectCoding]]:
    """The codes, with one for each that codings name and the codebook has not, and the codings by the codes' keys."""
    unknown = list(dict.fromkeys(coding.code for coding in codings if coding.code not in code_key))
    for guid in unknown:
        name = f"code {guid[:8]} (not in the codebook)" if guid else "code without a name"
        codes = [*codes, ProjectCode(guid or "no-code", name)]
        code_key = code_key | {guid: guid or "no-code"}
        n = sum(coding.code == guid for coding in codings)
        losses.add("codings", "their code is not in the codebook; a code was made for them", name, n, kept=True)
    if any(guid != key for guid, key in code_key.items()):
        codings = [msgspec.structs.replace(coding, code=code_key[coding.code]) for coding in codings]
    return codes, codings


def _pointed(
    notes: Sequence[ProjectNote],
    raw: RawProject,
    gathered: Gathered,
    codes: set[str],
    sources: set[str],
    cases: set[str],
    losses: Losses,
) -> list[ProjectNote]:
    """The notes with what they are about; those that became memos of codings are left out."""
    for guid in raw.notes_of_project:
        gathered.point([guid], About("project"))
    for code in raw.codes:
        gathered.point(code.notes, About("code", code.guid))
    for source in raw.sources:
        for notes_of in {source.notes, *(text.notes for text in source.texts)}:
            gathered.point(notes_of, About("source", source.guid))
    for set_ in raw.sets:
        gathered.point(set_.notes, About("set", set_.guid))
    note_keys = {note.key for note in notes}
    things = {guid: About("code", guid) for guid in codes} | {guid: About("source", guid) for guid in sources}
    things |= {guid: About("case", guid) for guid in cases} | gathered.span_of
    for origin, target, name in raw.links:
        guid, thing = (origin, target) if origin in note_keys else (target, origin)
        if guid in note_keys and thing in things:
            gathered.point([guid], things[thing])
        else:
            losses.add("links", "crosscase has no links between passages or codes", name)
    made = []
    for note in notes:
        about = tuple(a for a in dict.fromkeys(gathered.notes_on.get(note.key, ())) if _is_there(a, codes, sources))
        if about or note.key not in gathered.used_as_memo:
            made.append(msgspec.structs.replace(note, about=about))
    return made


def _is_there(about: About, codes: set[str], sources: set[str]) -> bool:
    return {"code": about.key in codes, "source": about.key in sources}.get(about.kind, True)


def _sets(raw: RawProject, code_key: dict[str, str]) -> Iterable[ProjectSet]:
    for number, found in enumerate(raw.sets):
        codes = tuple(code_key[guid] for guid in found.codes if guid in code_key)
        key = found.guid or f"set-{number}"
        yield ProjectSet(key, found.name or f"Set {number + 1}", found.description, found.sources, codes, found.notes)


def _count_the_rest(raw: RawProject, gathered: Gathered, losses: Losses) -> None:
    losses.add("graphs", "crosscase has no drawings of codes", ", ".join(filter(None, raw.graphs)), len(raw.graphs))
