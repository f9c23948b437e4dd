"""A study as a REFI-QDA project (.qdpx): valid by the schema, the same bytes every time.

What has no place in the format travels as notes (`coding.exchange.refi_kept`) and comes back; what does not travel is
listed, as the standard obliges an exporter to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from codebook.codebook import Code, Codebook
from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.exchange.code_description import description_of
from coding.exchange.losses import Losses
from coding.exchange.project import Loss
from coding.exchange.refi_codes import colour_of, with_id
from coding.exchange.refi_kept import (
    SOURCE_VARIABLES,
    guid_of,
)
from coding.exchange.refi_markup import allowed, attribute, container, created, element_text, note_refs
from coding.exchange.refi_notes import Notes, StudyFiles, coder_names, set_element
from corpus.cases import Case
from corpus.collector import collector_paused
from corpus.source import Source

_PROJECT = "urn:QDA-XML:project:1.0"
_CODEBOOK = "urn:QDA-XML:codebook:1.0"
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


@collector_paused()
def refi_project(coded: CodedStudy, files: StudyFiles, origin: str) -> Exported:
    """The .qdpx of a study. `origin` names the program and its version; the reader knows a study of ours by it."""
    losses = Losses()
    xml = "".join(_project(coded, files, origin, losses)).encode("utf-8", "replace")
    members = [("project.qde", xml)]
    members += [(f"sources/{_source_guid(s)}.txt", s.text.encode("utf-8", "replace")) for s in coded.study.sources]
    no_place = "REFI-QDA has no place for them"
    losses.add("answers to suggestions", f"{no_place}; the codings they led to are there", count=len(coded.judgements))
    losses.add("looks at suggestions before coding", no_place, count=len(coded.unlocks))
    for path in files.left:
        losses.add("files", "REFI-QDA has no place for it", path)
    return Exported(_zipped(members), losses.found)


def refi_codebook(codebook: Codebook, origin: str) -> bytes:
    """The .qdc of a codebook, valid by the schema; of one without codes too, in which REFI-QDA wants at least one."""
    lines = [_HEADER, f'<CodeBook xmlns="{_CODEBOOK}" origin="{attribute(origin)}">\n', "<Codes>\n"]
    for theme in codebook.themes:
        _write_code(theme, lines, {}, tells_ids=True)
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


def _source_guid(source: Source) -> str:
    return guid_of("source", source.id)


def _project(coded: CodedStudy, files: StudyFiles, origin: str, losses: Losses) -> Iterator[str]:
    settings = coded.study.settings
    notes = Notes(coded, files, losses)
    yield _HEADER
    yield f'<Project xmlns="{_PROJECT}" name="{attribute(settings.title)}" origin="{attribute(origin)}">\n'
    yield from container("Users", (f'<User guid="{guid_of("coder", id)}" name="{attribute(name)}"/>\n'
                                    for id, name in coder_names(coded).items()))  # fmt: skip
    if coded.codebook.themes:
        lines: list[str] = []
        for theme in coded.codebook.themes:
            _write_code(theme, lines, notes.on_code)
        yield from ("<CodeBook>\n<Codes>\n", *lines, "</Codes>\n</CodeBook>\n")
    kinds = _kinds(coded)
    yield from container("Variables", _variables(coded, kinds))
    yield from container("Cases", (_case(case, coded, kinds) for case in coded.study.cases))
    yield from container("Sources", _sources(coded, notes, kinds))
    yield from container("Notes", notes.elements())
    yield from container("Sets", (set_element(note, notes) for note in files.notes if note.matter.kind == "set"))
    if settings.description:
        yield f"<Description>{element_text(settings.description)}</Description>\n"
    yield from note_refs(notes.on_project)
    yield "</Project>\n"


def _write_code(code: Code, lines: list[str], notes_on: dict[str, list[str]], tells_ids: bool = False) -> None:
    """The element of a code with all below it; `tells_ids`: no study record travels along that has their ids."""
    description = with_id(description_of(code), code.id) if tells_ids else description_of(code)
    colour = f' color="{colour_of(code.color)}"' if colour_of(code.color) else ""
    head = f'<Code guid="{guid_of("code", code.id)}" name="{attribute(code.label)}" isCodable="true"{colour}'
    inner = [f"<Description>{element_text(description)}</Description>\n"] if description else []
    inner += note_refs(notes_on.get(code.id, ()))
    if not inner and not code.codes:
        lines.append(f"{head}/>\n")
        return
    lines += [f"{head}>\n", *inner]
    for below in code.codes:
        _write_code(below, lines, notes_on, tells_ids)
    lines.append("</Code>\n")


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
        yield f'<Variable guid="{guid_of("variable", name)}" name="{attribute(name)}" typeOfVariable="{kind}"/>\n'
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
        if allowed(value).strip():
            yield _value(guid_of("variable", name), kinds[name], value)


def _value(guid: str, kind: str, value: str) -> str:
    said = f"<{kind}Value>{element_text(value)}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{guid}"/>{said}</VariableValue>\n'


def _case(case: Case, coded: CodedStudy, kinds: dict[str, str]) -> str:
    values = "".join(_values(case.attributes, kinds))
    sources = "".join(
        f'<SourceRef targetGUID="{_source_guid(source)}"/>\n' for source in coded.study.sources_of_case[case.id]
    )
    return f'<Case guid="{guid_of("case", case.id)}" name="{attribute(case.label)}">\n{values}{sources}</Case>\n'


def _sources(coded: CodedStudy, notes: Notes, kinds: dict[str, str]) -> Iterator[str]:
    by_source: dict[str, list[Coding]] = {}
    for coding in coded.codings:
        by_source.setdefault(coding.source, []).append(coding)
    code_refs = {id: f'<CodeRef targetGUID="{guid_of("code", id)}"/>' for id in coded.codebook.by_id}
    users = {id: guid_of("coder", id) for id in coder_names(coded)}
    for source in coded.study.sources:
        guid = _source_guid(source)
        head = f'<TextSource guid="{guid}" name="{attribute(source.title)}"'
        yield f'{head} plainTextPath="internal://{guid}.txt">\n'
        yield from _selections(by_source.get(source.id, ()), code_refs, users)
        yield from notes.spans_in(source)
        yield from note_refs(notes.on_source.get(source.id, ()))
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
    memo = f"<Description>{element_text(coding.memo)}</Description>" if coding.memo else ""
    inner = "".join(
        [
            f'<Coding guid="{guid_of("coding", c.id)}" creatingUser="{users[c.coder]}"{created(c.at)}>'
            f"{code_refs[c.code]}</Coding>\n"
            for c in codings
        ]
    )
    at = created(coding.at) if all(c.at for c in codings) else ""
    return (
        f'<PlainTextSelection guid="{guid}" name="{attribute(quote)}" startPosition="{coding.start}" '
        f'endPosition="{coding.end}" creatingUser="{users[coding.coder]}"{at}>{memo}\n{inner}'
        "</PlainTextSelection>\n"
    )
