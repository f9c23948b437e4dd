"""What differs between two versions of a study, input by input: settings, cases, guide, codebook, sources, codings.

A `Change` is one thing that a person did or edited. Which of them the matrix shows is decided in `reports.diff.causes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Literal

import msgspec

from codebook.codebook import Code, Codebook
from codebook.codebook_file import CODEBOOK_FILE
from codebook.guide import GUIDE_FILE, Guide, Question
from coding.coded_study import CodedStudy
from coding.log import LogLine
from corpus.cases import CASES_FILE, Case
from corpus.places import places_file
from corpus.source import FrontMatter, Source
from corpus.study import STUDY_FILE, Settings, Study
from reports.diff.text_edits import edits
from reports.matrix import ComparisonMatrix, FrameworkMatrix
from reports.whole_study import WholeStudy

Kind = Literal["setting", "case", "source", "code", "guide", "text", "coding", "read", "memo", "input", "tool"]
Act = Literal[
    "new", "gone", "changed", "reordered", "follows",
    "added", "restored", "retracted", "removed", "recoded", "resized", "lost", "found", "edited",
    "reworded", "settled", "orphaned",
]  # fmt: skip
LogKey = tuple[str, str]
"""Coder and source."""


class Version(msgspec.Struct, frozen=True, dict=True):
    """One version of a study, with its matrices. `logs` are those that, or whose source, the other version has not."""

    coded: CodedStudy
    coders: tuple[str, ...]
    matrix: ComparisonMatrix
    framework: FrameworkMatrix
    whole: WholeStudy
    logs: Mapping[LogKey, Sequence[LogLine]] = {}


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference between two versions of a study.

    `kind` is what was changed and `act` how; `subject` its id: of a setting, case, source, code, question, coding or
    read mark, or a file (`input`). `field` is the attribute or key that went from `was` to `now`. Of a coding: who,
    where, its code and words, and when (`at`, empty where the log does not tell). `line` is 0 for the file as a whole.
    """

    kind: Kind
    act: Act
    subject: str
    file: str = ""
    line: int = 0
    field: str = ""
    was: str = ""
    now: str = ""
    coder: str = ""
    source: str = ""
    code: str = ""
    quote: str = ""
    memo: str = ""
    at: str = ""
    count: int = 0


def input_changes(old: Version, new: Version) -> Iterator[Change]:
    """Everything that differs outside the logs."""
    yield from setting_changes(old, new)
    yield from case_changes(old.coded.study.cases, new.coded.study.cases)
    yield from guide_changes(old.coded.guide, new.coded.guide)
    yield from codebook_changes(old.coded.codebook, new.coded.codebook)
    yield from source_changes(old.coded.study.source_by_id, new.coded.study.source_by_id)
    yield from place_changes(old.coded.study, new.coded.study)


def setting_changes(old: Version, new: Version) -> Iterator[Change]:
    """Settings that differ, by their dotted name; whose codings fill the matrix also where nobody is named."""
    before, after = _flat(old.coded.study.settings), _flat(new.coded.study.settings)
    for name in sorted({*before, *after}):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield Change("setting", "changed", name, STUDY_FILE, was=was, now=now)
    if before.get("matrix.coders") == after.get("matrix.coders") and old.coders != new.coders:
        was, now = ", ".join(old.coders), ", ".join(new.coders)
        yield Change("setting", "follows", "matrix.coders", STUDY_FILE, was=was, now=now)
    labels = [list(version.coded.study.settings.groups.labels) for version in (old, new)]
    if _reordered(*labels):
        yield Change("setting", "reordered", "groups.labels", STUDY_FILE)


def _flat(settings: Settings) -> dict[str, str]:
    """Dotted name → value as text; what is not set is left out."""
    found: dict[str, str] = {}

    def walk(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, below in value.items():
                walk(f"{name}.{key}" if name else key, below)
        elif value not in ("", None, [], ()):
            found[name] = _text(value)

    walk("", msgspec.to_builtins(settings))
    return found


def case_changes(old: Sequence[Case], new: Sequence[Case]) -> Iterator[Change]:
    """Rows of cases.csv that came, went or have another label or attribute."""
    before, after = {case.id: case for case in old}, {case.id: case for case in new}
    for id in _union(before, after):
        was, now = before.get(id), after.get(id)
        if was is None or now is None:
            yield Change("case", "new" if now else "gone", id, CASES_FILE, now.line if now else 0)
            continue
        if was.label != now.label:
            yield Change("case", "changed", id, CASES_FILE, now.line, "label", was.label, now.label)
        for name in _union(was.attributes, now.attributes):
            values = was.attributes.get(name, ""), now.attributes.get(name, "")
            if values[0] != values[1]:
                yield Change("case", "changed", id, CASES_FILE, now.line, name, *values)
    if _reordered(list(before), list(after)):
        yield Change("case", "reordered", "", CASES_FILE)


def guide_changes(old: Guide, new: Guide) -> Iterator[Change]:
    """Questions that came, went or are asked otherwise."""

    def said(guide: Guide, question: Question) -> str:
        section = guide.section_of[question.id]
        return f"{section.number}{question.label}. {question.text}"

    for id in _union(old.by_id, new.by_id):
        was, now = old.by_id.get(id), new.by_id.get(id)
        if was is None or now is None:
            yield Change("guide", "new" if now else "gone", id, GUIDE_FILE, now.line if now else 0)
        elif said(old, was) != said(new, now):
            yield Change("guide", "changed", id, GUIDE_FILE, now.line, "", said(old, was), said(new, now))
    titles = [[(s.number, s.title) for s in guide.sections] for guide in (old, new)]
    if titles[0] != titles[1]:
        yield Change("guide", "changed", "", GUIDE_FILE, field="sections")


def codebook_changes(old: Codebook, new: Codebook) -> Iterator[Change]:
    """Themes and codes that came, went, stand elsewhere or have another value in one of their keys."""
    above = _above(old), _above(new)
    for id in _union(old.by_id, new.by_id):
        was, now = old.by_id.get(id), new.by_id.get(id)
        if was is None or now is None:
            label = (now or was or Code(id, id)).label
            yield Change("code", "new" if now else "gone", id, CODEBOOK_FILE, now.line if now else 0, now=label)
            continue
        if above[0][id] != above[1][id]:
            yield Change("code", "changed", id, CODEBOOK_FILE, now.line, "theme", above[0][id], above[1][id])
        for field in Code.__struct_fields__:
            if field not in ("id", "codes", "line") and getattr(was, field) != getattr(now, field):
                values = _text(getattr(was, field)), _text(getattr(now, field))
                yield Change("code", "changed", id, CODEBOOK_FILE, now.line, field, *values)
    if _reordered([theme.id for theme in old.themes], [theme.id for theme in new.themes]):
        yield Change("code", "reordered", "", CODEBOOK_FILE)


def _above(codebook: Codebook) -> dict[str, str]:
    """Id → the theme that it stands under in the file, redirects not followed; a theme stands under itself."""
    return {code.id: theme.id for theme in reversed(codebook.themes) for code in theme.walk()}


def source_changes(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[Change]:
    """Sources that came, went, have another value in their front matter, or another text."""
    for id in sorted({*old, *new}):
        was, now = old.get(id), new.get(id)
        if was is None or now is None:
            file = (now or was or Source(id, FrontMatter(), "")).file
            yield Change("source", "new" if now else "gone", id, file, source=id)
            continue
        for field in FrontMatter.__struct_fields__:
            values = getattr(was.meta, field), getattr(now.meta, field)
            if values[0] != values[1]:
                yield Change("source", "changed", id, now.file, 0, field, _text(values[0]), _text(values[1]), source=id)
        if was.text != now.text:
            found = edits(was.text, now.text)
            first = found[0]
            yield Change("text", "edited", id, now.file, now.text_line + first.line, "", first.was, first.now,
                         source=id, count=len(found))  # fmt: skip


def place_changes(old: Study, new: Study) -> Iterator[Change]:
    """Sources in both whose pages or times are others, or begin elsewhere in the same text."""
    for id, now in new.source_by_id.items():
        was = old.source_by_id.get(id)
        if was is None:
            continue
        places = [tuple(study.places.get(id, ())) for study in (old, new)]
        if was.text != now.text:
            places = [tuple(msgspec.structs.replace(place, start=0) for place in each) for each in places]
        if places[0] != places[1]:
            values = next(pair for pair in zip_longest(*places) if pair[0] != pair[1])
            before, after = (f"{place.value} ({place.start})" if place else "" for place in values)
            yield Change("source", "changed", id, places_file(id), 0, "places", before, after, source=id)


def _text(value: Any) -> str:
    """A value as a person would write it on one line; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(below)}" for key, below in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(entry) for entry in value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _union(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """Every name once: in the new order, then what is gone."""
    return list(dict.fromkeys([*new, *old]))


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what both have stands in another order."""
    both = set(old) & set(new)
    return [name for name in old if name in both] != [name for name in new if name in both]
