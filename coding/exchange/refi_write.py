"""A study as a REFI-QDA project (.qdpx): valid by the schema, the same bytes every time.

What has no place in the format travels as notes (`coding.exchange.refi_kept`) and comes back; what does not travel is
listed, as the standard obliges an exporter to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from codebook.codebook import Code, Codebook
from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.events import is_time
from coding.exchange.code_description import description_of
from coding.exchange.losses import Losses
from coding.exchange.notes_file import FreeNote
from coding.exchange.project import Loss
from coding.exchange.refi_codes import colour_of
from coding.exchange.refi_kept import (
    FILE_NOTE,
    FORMAT,
    RECORD_NOTE,
    SOURCE_VARIABLES,
    CodeRecord,
    CodingRun,
    ReadRecord,
    Record,
    digest,
    guid_of,
    is_carried,
)
from corpus.cases import Case
from corpus.collector import collector_paused
from corpus.source import Source

_PROJECT = "urn:QDA-XML:project:1.0"
_CODEBOOK = "urn:QDA-XML:codebook:1.0"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile('[&<>"\r\n\t]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_IN_TEXT = re.compile("[&<>\r]")
_ODD = re.compile("[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_IN_TEXT = re.compile("[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Whatever the patterns above look for: most words hold nothing of it."""
_LONGEST_NAME = 100
_THE_SAME_DATE = (1980, 1, 1, 0, 0, 0)
_KINDS = (
    ("Integer", re.compile(r"-?(0|[1-9]\d{0,17})")),
    ("Float", re.compile(r"-?(0|[1-9]\d{0,14})\.\d{1,14}")),
    ("Boolean", re.compile("true|false")),
    ("Date", re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])")),
)


class Exported(NamedTuple):
    """The file's bytes, and what of the study is not in it."""

    data: bytes
    losses: tuple[Loss, ...]


class StudyFiles(msgspec.Struct, frozen=True):
    """What an export needs beside the coded study: notes/, and whole files by their path (study.toml, guide.md,
    charts, findings); `left` names files of the study that do not travel."""

    notes: tuple[FreeNote, ...] = ()
    files: dict[str, str] = {}
    left: tuple[str, ...] = ()


@collector_paused()
def refi_project(coded: CodedStudy, files: StudyFiles, origin: str) -> Exported:
    """The .qdpx of a study. `origin` names the program and its version; the reader knows a study of ours by it."""
    losses = Losses()
    xml = "".join(_project(coded, files, origin, losses)).encode("utf-8", "replace")
    members = [("project.qde", xml)]
    members += [(f"sources/{_source_guid(s)}.txt", s.text.encode("utf-8", "replace")) for s in coded.study.sources]
    for path in files.left:
        losses.add("files", "REFI-QDA has no place for it", path)
    return Exported(_zipped(members), losses.found)


def refi_codebook(codebook: Codebook, origin: str) -> bytes:
    """The .qdc of a codebook, valid by the schema; of one without codes too, in which REFI-QDA wants at least one."""
    lines = [_HEADER, f'<CodeBook xmlns="{_CODEBOOK}" origin="{_attribute(origin)}">\n', "<Codes>\n"]
    for theme in codebook.themes:
        _write_code(theme, lines, {})
    return "".join([*lines, "</Codes>\n</CodeBook>\n"]).encode("utf-8", "replace")


_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'


def _zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip with the same bytes on every computer: stored, since compression differs between versions of zlib."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _THE_SAME_DATE)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _text(text: str) -> str:
    """Words as the content of an element."""
    if not _ODD_IN_TEXT.search(text):
        return text
    return _IN_TEXT.sub(lambda found: _ESCAPES[found[0]], _allowed(text))


def _attribute(text: str) -> str:
    """Words as the value of an attribute."""
    if not _ODD.search(text):
        return text
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _allowed(text))


def _allowed(text: str) -> str:
    return _NO_XML.sub("", text)


def _source_guid(source: Source) -> str:
    return guid_of("source", source.id)


def _project(coded: CodedStudy, files: StudyFiles, origin: str, losses: Losses) -> Iterator[str]:
    settings = coded.study.settings
    notes = _Notes(coded, files, losses)
    yield _HEADER
    yield f'<Project xmlns="{_PROJECT}" name="{_attribute(settings.title)}" origin="{_attribute(origin)}">\n'
    yield from _container("Users", (f'<User guid="{guid_of("coder", id)}" name="{_attribute(name)}"/>\n'
                                    for id, name in _coders(coded).items()))  # fmt: skip
    if coded.codebook.themes:
        lines: list[str] = []
        for theme in coded.codebook.themes:
            _write_code(theme, lines, notes.on_code)
        yield from ("<CodeBook>\n<Codes>\n", *lines, "</Codes>\n</CodeBook>\n")
    kinds = _kinds(coded)
    yield from _container("Variables", _variables(coded, kinds))
    yield from _container("Cases", (_case(case, coded, kinds) for case in coded.study.cases))
    yield from _container("Sources", _sources(coded, notes, kinds))
    yield from _container("Notes", notes.elements())
    yield from _container("Sets", (_set(note, notes) for note in files.notes if note.matter.kind == "set"))
    if settings.description:
        yield f"<Description>{_text(settings.description)}</Description>\n"
    yield from _refs(notes.on_project)
    yield "</Project>\n"


def _container(name: str, children: Iterable[str]) -> Iterator[str]:
    """The children within an element, or nothing: REFI-QDA allows no empty containers."""
    is_open = False
    for child in children:
        if not is_open:
            yield f"<{name}>\n"
            is_open = True
        yield child
    if is_open:
        yield f"</{name}>\n"


def _coders(coded: CodedStudy) -> dict[str, str]:
    """Everybody who coded or is named in study.toml: id → name."""
    names = coded.study.settings.coders
    return {id: names.get(id, id) for id in dict.fromkeys([*names, *coded.coders])}


def _write_code(code: Code, lines: list[str], notes_on: dict[str, list[str]]) -> None:
    """The element of a code with all below it."""
    description = description_of(code)
    colour = f' color="{colour_of(code.color)}"' if colour_of(code.color) else ""
    head = f'<Code guid="{guid_of("code", code.id)}" name="{_attribute(code.label)}" isCodable="true"{colour}'
    inner = [f"<Description>{_text(description)}</Description>\n"] if description else []
    inner += _refs(notes_on.get(code.id, ()))
    if not inner and not code.codes:
        lines.append(f"{head}/>\n")
        return
    lines += [f"{head}>\n", *inner]
    for below in code.codes:
        _write_code(below, lines, notes_on)
    lines.append("</Code>\n")


def _refs(guids: Iterable[str]) -> list[str]:
    return [f'<NoteRef targetGUID="{guid}"/>\n' for guid in guids]


def _kinds(coded: CodedStudy) -> dict[str, str]:
    """Attribute → the type that all its values have, as they are written; text where they have none in common."""
    values: dict[str, set[str]] = {name: set() for name in coded.study.attributes}
    for case in coded.study.cases:
        for name, value in case.attributes.items():
            values.setdefault(name, set()).add(value)
    for source in coded.study.sources:
        for name, value in source.meta.attributes.items():
            values.setdefault(name, set()).add(value)
    return {
        name: next((k for k, form in _KINDS if found and all(map(form.fullmatch, found))), "Text")
        for name, found in values.items()
    }


def _variables(coded: CodedStudy, kinds: dict[str, str]) -> Iterator[str]:
    for name, kind in kinds.items():
        yield f'<Variable guid="{guid_of("variable", name)}" name="{_attribute(name)}" typeOfVariable="{kind}"/>\n'
    for name in SOURCE_VARIABLES:
        if any(_said(source, name) for source in coded.study.sources):
            kind = "Date" if name == "date" else "Text"
            guid = guid_of("source-variable", name)
            yield f'<Variable guid="{guid}" name="source: {name}" typeOfVariable="{kind}"/>\n'


def _said(source: Source, name: str) -> str:
    """What the front matter says, as one value."""
    value = getattr(source.meta, name)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _values(attributes: dict[str, str], kinds: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if _allowed(value).strip():
            yield _value(guid_of("variable", name), kinds[name], value)


def _value(guid: str, kind: str, value: str) -> str:
    return (
        f'<VariableValue><VariableRef targetGUID="{guid}"/><{kind}Value>{_text(value)}</{kind}Value></VariableValue>\n'
    )


def _case(case: Case, coded: CodedStudy, kinds: dict[str, str]) -> str:
    values = "".join(_values(case.attributes, kinds))
    sources = "".join(
        f'<SourceRef targetGUID="{_source_guid(source)}"/>\n' for source in coded.study.sources_of_case[case.id]
    )
    return f'<Case guid="{guid_of("case", case.id)}" name="{_attribute(case.label)}">\n{values}{sources}</Case>\n'


def _sources(coded: CodedStudy, notes: _Notes, kinds: dict[str, str]) -> Iterator[str]:
    by_source: dict[str, list[Coding]] = {}
    for coding in coded.codings:
        by_source.setdefault(coding.source, []).append(coding)
    code_refs = {id: f'<CodeRef targetGUID="{guid_of("code", id)}"/>' for id in coded.codebook.by_id}
    users = {id: guid_of("coder", id) for id in _coders(coded)}
    for source in coded.study.sources:
        guid = _source_guid(source)
        yield f'<TextSource guid="{guid}" name="{_attribute(source.title)}" plainTextPath="internal://{guid}.txt">\n'
        yield from _selections(by_source.get(source.id, ()), code_refs, users)
        yield from notes.spans_in(source)
        yield from _refs(notes.on_source.get(source.id, ()))
        yield from _values(source.meta.attributes, kinds)
        for name in SOURCE_VARIABLES:
            if said := _said(source, name):
                yield _value(guid_of("source-variable", name), "Date" if name == "date" else "Text", said)
        yield "</TextSource>\n"


def _selections(codings: Sequence[Coding], code_refs: dict[str, str], users: dict[str, str]) -> Iterator[str]:
    """A selection for each span with all its codings; a coding with a memo has one of its own, which bears the memo."""
    spans: dict[tuple[int, int], list[Coding]] = {}
    for coding in codings:
        if coding.code not in code_refs:
            continue
        if coding.memo:
            yield _selection(guid_of("memo selection", coding.id), coding, (coding,), code_refs, users)
        else:
            spans.setdefault((coding.start, coding.end), []).append(coding)
    for found in spans.values():
        first = found[0]
        guid = guid_of("selection", f"{first.source}:{first.start}:{first.end}")
        yield _selection(guid, first, found, code_refs, users)


def _selection(
    guid: str, coding: Coding, codings: Sequence[Coding], code_refs: dict[str, str], users: dict[str, str]
) -> str:
    quote = coding.quote
    if len(quote) > _LONGEST_NAME:
        quote = f"{quote[: _LONGEST_NAME - 1]}…"
    if "\n" in quote:
        quote = quote.replace("\n", " ")
    memo = f"<Description>{_text(coding.memo)}</Description>" if coding.memo else ""
    inner = "".join(
        [
            f'<Coding guid="{guid_of("coding", c.id)}" creatingUser="{users[c.coder]}"{_at(c.at)}>{code_refs[c.code]}'
            "</Coding>\n"
            for c in codings
        ]
    )
    at = _at(coding.at) if all(c.at for c in codings) else ""
    return (
        f'<PlainTextSelection guid="{guid}" name="{_attribute(quote)}" startPosition="{coding.start}" '
        f'endPosition="{coding.end}" creatingUser="{users[coding.coder]}"{at}>{memo}\n{inner}'
        "</PlainTextSelection>\n"
    )


def _at(at: str) -> str:
    return f' creationDateTime="{at}"' if at and is_time(at) else ""


class _Notes:
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
            name = _attribute(" ".join(source.text[start:end].split())[:_LONGEST_NAME])
            yield (
                f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">'
                f'<NoteRef targetGUID="{note}"/></PlainTextSelection>\n'
            )

    def elements(self) -> Iterator[str]:
        """The notes themselves."""
        coders = _coders(self.coded)
        for memo in self.coded.memos:
            yield _note(guid_of("memo", memo.id), "", memo.text, memo.coder, memo.at)
        for note in self.files.notes:
            if note.matter.kind == "note":
                by = note.matter.by if note.matter.by in coders else ""
                yield _note(guid_of("note", note.id), note.matter.title, note.text, by, note.matter.at)
        for path, text in self.files.files.items():
            if is_carried(path):
                yield _note(guid_of("file", path), f"{FILE_NOTE}{path}", text)
        record = msgspec.json.encode(_record(self.coded, self.files)).decode()
        yield _note(guid_of("record", "study"), RECORD_NOTE, record)


def _note(guid: str, title: str, text: str, by: str = "", at: str = "") -> str:
    name = f' name="{_attribute(title)}"' if title else ""
    user = f' creatingUser="{guid_of("coder", by)}"' if by else ""
    content = f"<PlainTextContent>{_text(text)}</PlainTextContent>"
    return f'<Note guid="{guid}"{name}{user}{_at(at)}>{content}</Note>\n'


def _set(note: FreeNote, notes: _Notes) -> str:
    members: dict[str, list[str]] = {"code": [], "source": [], "note": []}
    for about in note.matter.about:
        kind, _, id = about.partition(":")
        if kind in members and (kind == "note" or id in notes.known[kind]):
            members[kind].append(guid_of(kind, id))
    description = f"<Description>{_text(note.text)}</Description>\n" if note.text else ""
    inner = "".join(
        f'<Member{kind.capitalize()} targetGUID="{guid}"/>\n' for kind, guids in members.items() for guid in guids
    )
    head = f'<Set guid="{guid_of("set", note.id)}" name="{_attribute(note.matter.title)}">'
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
        tuple(_coders(coded)),
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
