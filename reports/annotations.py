"""Codings as W3C Web Annotations (JSON-LD), for annotation servers and other tools that speak the web's standard.

W3C Recommendation "Web Annotation Data Model", 2017: each coding is an annotation whose body is the code and whose
target is a stretch of a source, found by position or by quote with context.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from corpus.anchor import context

_TERMS = "urn:crosscase:terms#"
_CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {"case": f"{_TERMS}case", "origin": f"{_TERMS}origin", "code": f"{_TERMS}code"},
)


def annotations_bytes(coded: CodedStudy, codings: Iterable[Coding]) -> bytes:
    """An annotation collection with one page that holds `codings`, as JSON-LD; the same codings give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(annotation_collection(coded, codings)), indent=1) + b"\n"


def annotation_collection(coded: CodedStudy, codings: Iterable[Coding]) -> dict[str, Any]:
    """The collection as plain values.

    A position counts Unicode code points from 0, end exclusive, in the text of the source: what follows its front
    matter, from the first line that is not blank, in normal form C with LF line ends.
    """
    items = [_annotation(coded, coding) for coding in codings]
    return {
        "@context": list(_CONTEXT),
        "id": "urn:crosscase:annotations",
        "type": "AnnotationCollection",
        "label": coded.study.settings.title,
        "total": len(items),
        "first": {"id": "urn:crosscase:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(coded: CodedStudy, coding: Coding) -> dict[str, Any]:
    source = coded.study.source_by_id[coding.source]
    said: dict[str, Any] = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{_TERMS}{coding.coder}/{coding.source}/{coding.id}").urn,
        "type": "Annotation",
        "motivation": "classifying",
        "creator": _creator(coding.coder, coded.study.settings.coders),
    }
    if coding.at:
        said["created"] = coding.at
    said |= {"origin": coding.origin, "body": _bodies(coded, coding), "target": _target(coded, coding)}
    if source.meta.case:
        said["case"] = source.meta.case
    return said


def _creator(coder: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"type": "Person", "nickname": coder} | ({"name": names[coder]} if coder in names else {})


def _bodies(coded: CodedStudy, coding: Coding) -> list[dict[str, str]]:
    """The code that counts (redirects of the codebook followed), by label and id, and the coder's memo."""
    id = coded.codebook.current(coding.code)
    code = coded.codebook.by_id.get(id)
    language = coded.study.settings.language
    label = {
        "type": "TextualBody", "purpose": "tagging", "value": code.label if code else id, "code": id,
        "format": "text/plain", "language": language,
    }  # fmt: skip
    if not coding.memo:
        return [label]
    return [label, {"type": "TextualBody", "purpose": "commenting", "value": coding.memo, "format": "text/plain"}]


def _target(coded: CodedStudy, coding: Coding) -> dict[str, Any]:
    source = coded.study.source_by_id[coding.source]
    prefix, suffix = context(source.text, coding.start, coding.end)
    return {
        "source": {
            "id": source.file, "type": "Text", "format": "text/markdown",
            "language": source.meta.language or coded.study.settings.language,
        },
        "selector": [
            {"type": "TextPositionSelector", "start": coding.start, "end": coding.end},
            {"type": "TextQuoteSelector", "exact": source.text[coding.start : coding.end], "prefix": prefix,
             "suffix": suffix},
        ],
    }  # fmt: skip
