"""The notes of an export: what coders and people wrote, files that have no other place, and the study record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.exchange.code_description import description_of
from coding.exchange.losses import Losses
from coding.exchange.notes_file import FreeNote
from coding.exchange.refi_kept import (
    FILE_NOTE,
    FORMAT,
    RECORD_NOTE,
    CodeRecord,
    CodingRun,
    ReadRecord,
    Record,
    digest,
    guid_of,
    is_carried,
)
from coding.exchange.refi_markup import attribute, created, element_text
from coding.exchange.refi_unplaced import reasons, unplaced_codings
from corpus.source import Source

_LONGEST_NAME = 100
_MOST_IDS = 10


class StudyFiles(msgspec.Struct, frozen=True):
    """What an export needs beside the coded study: notes/, and whole files by their path (study.toml, guide.md,
    charts, findings); `left` names files of the study that do not travel."""

    notes: tuple[FreeNote, ...] = ()
    files: dict[str, str] = {}
    left: tuple[str, ...] = ()


def coder_names(coded: CodedStudy) -> dict[str, str]:
    """Everybody who coded or is named in study.toml: id → name."""
    names = coded.study.settings.coders
    return {id: names.get(id, id) for id in dict.fromkeys([*names, *coded.coders])}


class Notes:
    """All notes: of coders on sources, from notes/, files that have no other place, and the study record."""

    def __init__(self, coded: CodedStudy, files: StudyFiles, losses: Losses) -> None:
        self.coded, self.files, self.losses = coded, files, losses
        self.on_code: dict[str, list[str]] = {}
        self.on_source: dict[str, list[str]] = {}
        self.on_project: list[str] = []
        self.on_span: dict[str, list[tuple[int, int, str]]] = {}
        self.known: dict[str, Collection[str]] = {
            "code": coded.codebook.by_id,
            "source": coded.study.source_by_id,
            "case": coded.study.case_by_id,
        }
        self.unplaced = unplaced_codings(coded)
        for why, ids in reasons(self.unplaced).items():
            shown = ", ".join(ids[:_MOST_IDS]) + (", …" if len(ids) > _MOST_IDS else "")
            said = f"{why}; they travel as notes: {shown}"
            losses.add("codings", said, count=len(ids), kept=True)
        for coding in self.unplaced:
            self.on_source.setdefault(coding.source, []).append(coding.guid)
        for memo in coded.memos:
            self.on_source.setdefault(memo.source, []).append(guid_of("memo", memo.id))
        for note in files.notes:
            if note.matter.kind == "note":
                self._point(note)
        for path in files.files:
            theme = Path(path).stem
            if path.startswith(("charts/", "findings/")) and theme in coded.codebook.by_id:
                self.on_code.setdefault(theme, []).append(guid_of("file", path))

    def _point(self, note: FreeNote) -> None:
        guid = guid_of("note", note.id)
        for about in note.matter.about:
            kind, _, rest = about.partition(":")
            id, _, span = rest.partition(" ")
            if about == "project":
                self.on_project.append(guid)
            elif kind == "code" and id in self.known["code"]:
                self.on_code.setdefault(id, []).append(guid)
            elif kind == "source" and id in self.known["source"]:
                found = re.fullmatch(r"(\d+)-(\d+)", span)
                if found:
                    self.on_span.setdefault(id, []).append((int(found[1]), int(found[2]), guid))
                else:
                    self.on_source.setdefault(id, []).append(guid)
            else:
                self.losses.add("what a note is about", f"REFI-QDA has no place for a note on '{about}'", note.id)

    def spans_in(self, source: Source) -> Iterator[str]:
        """Selections without a code for the notes on passages."""
        for start, end, note in self.on_span.get(source.id, ()):
            guid = guid_of("note selection", f"{note}:{source.id}:{start}:{end}")
            name = attribute(" ".join(source.text[start:end].split())[:_LONGEST_NAME])
            yield (
                f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">'
                f'<NoteRef targetGUID="{note}"/></PlainTextSelection>\n'
            )

    def elements(self) -> Iterator[str]:
        """The notes themselves."""
        coders = coder_names(self.coded)
        for memo in self.coded.memos:
            yield _note(guid_of("memo", memo.id), "", memo.text, memo.coder, memo.at)
        for note in self.files.notes:
            if note.matter.kind == "note":
                by = note.matter.by if note.matter.by in coders else ""
                yield _note(guid_of("note", note.id), note.matter.title, note.text, by, note.matter.at)
        for coding in self.unplaced:
            yield _note(coding.guid, coding.title, coding.text(), coding.coder, coding.at)
        for path, text in self.files.files.items():
            if is_carried(path):
                yield _note(guid_of("file", path), f"{FILE_NOTE}{path}", text)
        record = msgspec.json.encode(_record(self.coded, self.files)).decode()
        yield _note(guid_of("record", "study"), RECORD_NOTE, record)


def _note(guid: str, title: str, text: str, by: str = "", at: str = "") -> str:
    name = f' name="{attribute(title)}"' if title else ""
    user = f' creatingUser="{guid_of("coder", by)}"' if by else ""
    content = f"<PlainTextContent>{element_text(text)}</PlainTextContent>"
    return f'<Note guid="{guid}"{name}{user}{created(at)}>{content}</Note>\n'


def set_element(note: FreeNote, notes: Notes) -> str:
    """A set with its members."""
    members: dict[str, list[str]] = {"code": [], "source": [], "note": []}
    for about in note.matter.about:
        kind, _, id = about.partition(":")
        if kind in members and (kind == "note" or id in notes.known[kind]):
            members[kind].append(guid_of(kind, id))
    description = f"<Description>{element_text(note.text)}</Description>\n" if note.text else ""
    inner = "".join(
        f'<Member{kind.capitalize()} targetGUID="{guid}"/>\n' for kind, guids in members.items() for guid in guids
    )
    head = f'<Set guid="{guid_of("set", note.id)}" name="{attribute(note.matter.title)}">'
    return f"{head}\n{description}{inner}</Set>\n"


def _record(coded: CodedStudy, files: StudyFiles) -> Record:
    """The study record: ids, and what has no place."""
    runs: dict[tuple[str, str], list[str]] = {}
    for coding in coded.codings:
        runs.setdefault((coding.origin, coding.run), []).append(coding.id)
    sources = {source.id: msgspec.to_builtins(source.meta, str_keys=True) for source in coded.study.sources}
    return Record(
        FORMAT,
        coded.study.settings.language,
        tuple(coder_names(coded)),
        {code.id: CodeRecord(digest(description_of(code)), _keys(code)) for code in coded.codebook.by_id.values()},
        sources,
        tuple(case.id for case in coded.study.cases),
        tuple(CodingRun(origin, tuple(ids), run) for (origin, run), ids in runs.items()),
        tuple(memo.id for memo in coded.memos),
        tuple(note.id for note in files.notes),
        tuple(ReadRecord(mark.coder, mark.source, mark.theme, mark.at, mark.id) for mark in coded.reads),
    )


def _keys(code: Code) -> dict[str, object]:
    kept = msgspec.to_builtins(code)
    return {key: value for key, value in kept.items() if key not in ("id", "label", "codes", "line", "color")}
