"""Two versions of a study side by side, with what differs between them looked up by what it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from codebook.codebook import Code
from coding.coding import Coding
from corpus.source import Source
from corpus.study import Study
from reports.aggregate import asked_of_source
from reports.code_columns import column_codes
from reports.diff.changes import Change, Version
from reports.matrix import CaseTheme

CodingKey = tuple[str, str, str]
"""Coder, source and id."""
STANDING = ("new", "gone", "theme", "replaced_by")
"""What can happen to a code so that its codings count in another row."""


def responsible(answer: Callable[..., Any], *names: str) -> list[str]:
    """Which of `names` make the answer another in the new version (1) than in the old one (0).

    `answer` is called with the version that each name is taken from. A name is responsible where taking it back alone,
    or making it alone, gives another answer; where no name does so alone, all do together.
    """
    old, new = dict.fromkeys(names, 0), dict.fromkeys(names, 1)
    before, after = answer(**old), answer(**new)
    if before == after:
        return []
    alone = [n for n in names if answer(**{**new, n: 0}) != after or answer(**{**old, n: 1}) != before]
    return alone or list(names)


class TwoVersions(msgspec.Struct, frozen=True, dict=True):
    """The old version (0) and the new one (1), and all changes between them."""

    old: Version
    new: Version
    changes: Sequence[Change]

    def __getitem__(self, index: int) -> Version:
        return (self.old, self.new)[index]

    def about(self, kind: str, subject: str, *fields: str) -> list[Change]:
        """Changes of a setting, case, source, code or text; with `fields`, what came or went and those fields only.

        The changes of read marks are asked for by their source.
        """
        found = self._by.get((kind, subject), [])
        return [c for c in found if c.act in ("new", "gone") or c.field in fields] if fields else found

    def settings(self, *names: str) -> list[Change]:
        """Changes of the settings with these dotted names."""
        return [change for name in names for change in self.about("setting", name)]

    def of_coding(self, key: CodingKey) -> list[Change]:
        """Changes of one coding."""
        return self._by_coding.get(key, [])

    @cached_property
    def _by(self) -> Mapping[tuple[str, str], list[Change]]:
        found: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in self.changes:
            found[change.kind, change.source if change.kind == "read" else change.subject].append(change)
        return dict(found)

    @cached_property
    def _by_coding(self) -> Mapping[CodingKey, list[Change]]:
        found: dict[CodingKey, list[Change]] = defaultdict(list)
        for change in self.changes:
            if change.kind == "coding":
                found[change.coder, change.source, change.subject].append(change)
        return dict(found)

    @cached_property
    def coders(self) -> frozenset[str]:
        """Coders who fill the matrix in either version."""
        return frozenset((*self.old.coders, *self.new.coders))

    @cached_property
    def by_codes(self) -> bool:
        """Whether columns are codes, in either version."""
        return any(column_codes(version.coded) for version in (self.old, self.new))

    def source(self, version: int, id: str) -> Source | None:
        """A source; None where the version has none with this id."""
        return self[version].coded.study.source_by_id.get(id)

    def case_of(self, version: int, source: str) -> str | None:
        """The case of a source; a text without one is its own where columns are codes. None where it is not there."""
        known = self.source(version, source)
        return None if known is None else known.meta.case or (source if self.by_codes else "")

    def row_of(self, version: int, code: str) -> str:
        """The theme that a code rolls up to, redirects followed; empty where the codebook does not have it."""
        theme: Code | None = self[version].coded.codebook.theme_of.get(code)
        return theme.id if theme else ""

    def coding(self, version: int, key: CodingKey) -> Coding | None:
        """A coding that counts and whose words were found; else None."""
        return self._codings[version].get(key)

    def codes_of(self, key: CodingKey) -> list[str]:
        """The codes that a coding has in the two versions."""
        return [known.code for version in (0, 1) if (known := self.coding(version, key))]

    def codings_in(self, version: int, source: str) -> list[CodingKey]:
        """The codings of a source, of all coders."""
        return [coding_key(coding) for coding in self[version].coded.codings_in(source)]

    def column_of(self, version: int, code: str) -> str:
        """The column whose code this is or stands under, redirects followed; empty where it is no column's."""
        return self._columns[version].get(self[version].coded.codebook.current(code), "")

    def reads(self, version: int, source: str) -> list[tuple[str, str]]:
        """(coder, theme) of each read mark on a source; an empty theme is the whole source."""
        return self._reads[version].get(source, [])

    def framework_cell(self, version: int, case: str, theme: str) -> CaseTheme | None:
        """The case under the theme, whatever column it speaks of."""
        return self._framework[version].get((case, theme))

    def asked(self, source: Source, codebook: int, guide: int) -> Mapping[str, bool | None]:
        """Theme → was it put to this person, by the codebook and guide of these versions."""
        key = source.id, source.meta.asked, source.meta.kind, source.sha256, codebook, guide
        if key not in self._asked:
            of_both = msgspec.structs.replace(
                self.new.coded, codebook=self[codebook].coded.codebook, guide=self[guide].coded.guide
            )
            self._asked[key] = asked_of_source(of_both, source)
        return self._asked[key]

    def study_citing(self, version: int, template: str | None) -> Study:
        """The study of a version, with another citation template where one is given."""
        key = version, template
        if key not in self._citing:
            study = self[version].coded.study
            if template is not None:
                settings = msgspec.structs.replace(study.settings, citation=template)
                study = msgspec.structs.replace(study, settings=settings)
            self._citing[key] = study
        return self._citing[key]

    def changed_standing(self, codes: Iterator[str] | Sequence[str]) -> Iterator[Change]:
        """Changes of where these codes count, their redirects followed."""
        seen: set[str] = set()
        waiting = list(codes)
        while waiting:
            code = waiting.pop(0)
            if code in seen:
                continue
            seen.add(code)
            yield from self.about("code", code, *STANDING)
            known = [version.coded.codebook.by_id.get(code) for version in (self.old, self.new)]
            waiting += [entry.replaced_by for entry in known if entry and entry.replaced_by]

    @cached_property
    def _codings(self) -> tuple[dict[CodingKey, Coding], ...]:
        return tuple({coding_key(coding): coding for coding in v.coded.codings} for v in (self.old, self.new))

    @cached_property
    def _columns(self) -> tuple[dict[str, str], ...]:
        codes = [column_codes(version.coded) for version in (self.old, self.new)]
        return tuple({below.id: code.id for code in columns for below in code.walk()} for columns in codes)

    @cached_property
    def _reads(self) -> tuple[dict[str, list[tuple[str, str]]], ...]:
        found: tuple[dict[str, list[tuple[str, str]]], ...] = (defaultdict(list), defaultdict(list))
        for by_source, version in zip(found, (self.old, self.new), strict=True):
            for mark in version.coded.reads:
                by_source[mark.source].append((mark.coder, mark.theme))
        return found

    @cached_property
    def _framework(self) -> tuple[dict[tuple[str, str], CaseTheme], ...]:
        rows = (self.old.framework.cells, self.new.framework.cells)
        return tuple({(cell.case.id, cell.theme.id): cell for cells in row for cell in cells} for row in rows)

    @cached_property
    def _asked(self) -> dict[Any, Mapping[str, bool | None]]:
        return {}

    @cached_property
    def _citing(self) -> dict[tuple[int, str | None], Study]:
        return {}


def coding_key(coding: Coding) -> CodingKey:
    """What a coding is known by in both versions."""
    return coding.coder, coding.source, coding.id
