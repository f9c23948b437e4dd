"""What a study holds and REFI-QDA has no place for: carried as notes named `crosscase: …`, and taken back from them.

GUIDs are made from ids (uuid5), so two exports of a study are the same and an id is found again from its GUID as long
as the ids themselves are carried.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from coding.exchange.code_description import parts_of
from coding.exchange.project import Project, ProjectCode, ProjectCoder, ProjectNote, ProjectRead

NOTE_PREFIX = "crosscase: "
RECORD_NOTE = f"{NOTE_PREFIX}study record (for crosscase, not for reading)"
FILE_NOTE = f"{NOTE_PREFIX}file "
"""Title of the note that carries a whole file of the study; its path follows."""
SOURCE_VARIABLES = ("roles", "date", "kind")
"""Keys of the front matter that other tools get as variables of sources."""
_FILES = ("study.toml", "guide.md")
FOLDERS = {
    "charts": (".yaml",),
    "findings": (".yaml",),
    "tables": (".csv", ".yaml"),
    "places": (".csv",),
    "surveys": (".yaml",),
}
"""Folders of a study whose files travel whole, and the suffixes of these."""
_PATH = re.compile(r"([a-z]+)/[a-z0-9][a-z0-9._-]{0,63}(\.[a-z]+)")
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
"""The digit of a GUID that says by which rules it was made, from what stood there."""
_NAMESPACE = bytes.fromhex("6f1c3f2e9b1d5a0e8a554c6f2b7d9e10")


def guid_of(kind: str, id: str) -> str:
    """The GUID of a thing of a study: uuid5 of its kind and id, the same on every computer."""
    digest = hashlib.sha1(_NAMESPACE + f"{kind}:{id}".encode(), usedforsecurity=False).digest()
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}"


class CodingRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ids of the codings that have one origin and come from one command."""

    origin: str
    ids: tuple[str, ...]
    run: str = ""


class ReadRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A read mark."""

    coder: str
    source: str
    theme: str = ""
    at: str = ""
    id: str = ""


class CodeRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A code: the digest of its Description as it was exported, and its keys in codebook.yaml below the label.

    They count again only while nobody has changed the Description elsewhere.
    """

    description: str
    keys: dict[str, object]


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """The study record: ids, and what has no place in REFI-QDA."""

    format: str
    language: str = ""
    coders: tuple[str, ...] = ()
    codes: dict[str, CodeRecord] = {}
    sources: dict[str, dict[str, object]] = {}
    cases: tuple[str, ...] = ()
    codings: tuple[CodingRun, ...] = ()
    memos: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reads: tuple[ReadRecord, ...] = ()


FORMAT = "crosscase-refi/1"


def record_from(text: str) -> Record | None:
    """The study record in a note; None where it is none, or of a version that is not known."""
    try:
        found = msgspec.json.decode(text.strip().encode("utf-8", "replace"), type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None


def digest(text: str) -> str:
    """A short digest, to see whether a description is still the one that was exported."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def own_codings(record: Record) -> dict[str, tuple[str, str, str]]:
    """GUID → (id, origin, run) of every coding of the record."""
    return {
        guid: (id, run.origin, run.run)
        for run in record.codings
        for guid, id in zip(_guids("coding", run.ids), run.ids, strict=True)
    }


def _guids(kind: str, ids: Sequence[str]) -> Iterator[str]:
    """`guid_of` for many."""
    sha1, variant, start = hashlib.sha1, _VARIANT, _NAMESPACE + f"{kind}:".encode()
    for id in ids:
        text = sha1(start + id.encode(), usedforsecurity=False).hexdigest()
        yield f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant[text[16]]}{text[17:20]}-{text[20:32]}"


def restored(project: Project, record: Record, files: dict[str, str]) -> Project:
    """The project with the ids, front matter, read marks and files that the record carries."""
    replace = msgspec.structs.replace
    coder_of = _by_guid("coder", record.coders)
    source_of = _by_guid("source", record.sources)
    case_of = _by_guid("case", record.cases)
    memo_of = _by_guid("memo", record.memos) | _by_guid("note", record.notes)
    set_of = _by_guid("set", record.notes)
    code_of = _by_guid("code", record.codes)
    added = [
        ProjectCoder(guid_of("coder", id), id, id)
        for id in record.coders
        if guid_of("coder", id) not in {coder.key for coder in project.coders}
    ]
    return replace(
        project,
        language=record.language,
        coders=(*(replace(c, id=coder_of.get(c.key, "")) for c in project.coders), *added),
        codes=tuple(_code(code, code_of.get(code.key, ""), record) for code in project.codes),
        sources=tuple(
            replace(s, id=source_of[s.key], front=record.sources[source_of[s.key]], attributes={})
            if s.key in source_of
            else s
            for s in project.sources
        ),
        cases=tuple(replace(c, id=case_of.get(c.key, "")) for c in project.cases),
        notes=tuple(replace(note, id=memo_of.get(note.key, "")) for note in project.notes),
        sets=tuple(replace(found, id=set_of.get(found.key, "")) for found in project.sets),
        reads=tuple(_reads(record, {code.key for code in project.codes}, {s.key for s in project.sources})),
        files=files,
    )


def _by_guid(kind: str, ids: Iterable[str]) -> dict[str, str]:
    return {guid_of(kind, id): id for id in ids}


def _code(code: ProjectCode, id: str, record: Record) -> ProjectCode:
    """A code with its id; with its other keys too where its description was not changed elsewhere."""
    if not id:
        definition, details = parts_of(code.description)
        return msgspec.structs.replace(code, description=definition, details=details)
    kept = record.codes[id]
    code = msgspec.structs.replace(code, id=id)
    if kept.description != digest(code.description):
        others = {k: v for k, v in kept.keys.items() if k not in ("definition", *_IN_DESCRIPTION)}
        definition, details = parts_of(code.description)
        return msgspec.structs.replace(code, description=definition, details={**others, **details})
    definition = str(kept.keys.get("definition", ""))
    details = {key: value for key, value in kept.keys.items() if key != "definition"}
    return msgspec.structs.replace(code, description=definition, details=details)


_IN_DESCRIPTION = ("include", "exclude", "examples", "questions")


def _reads(record: Record, codes: set[str], sources: set[str]) -> Iterable[ProjectRead]:
    for mark in record.reads:
        code = guid_of("code", mark.theme) if mark.theme else ""
        source = guid_of("source", mark.source)
        if source in sources and (not code or code in codes):
            yield ProjectRead(source, guid_of("coder", mark.coder), code, mark.at, mark.id)


def split_notes(notes: Sequence[ProjectNote]) -> tuple[list[ProjectNote], Record | None, dict[str, str]]:
    """The notes that people wrote; the study record, if there is one; and the files that notes carry."""
    people: list[ProjectNote] = []
    record: Record | None = None
    files: dict[str, str] = {}
    for note in notes:
        if note.title == RECORD_NOTE and (found := record_from(note.text)):
            record = found
        elif note.title.startswith(FILE_NOTE) and is_carried(note.title.removeprefix(FILE_NOTE)):
            files[note.title.removeprefix(FILE_NOTE)] = note.text
        else:
            people.append(note)
    return people, record, files


def is_carried(path: str) -> bool:
    """Whether a path is one that a note may carry: nothing else is ever written from a note."""
    found = _PATH.fullmatch(path)
    return path in _FILES or (found is not None and found[2] in FOLDERS.get(found[1], ()))
