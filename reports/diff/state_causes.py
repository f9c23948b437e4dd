"""Why a case is empty in another way than before, or is now known to have been asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from coding.coding import Coding
from corpus.source import Source
from reports.aggregate import state_of, theme_applies
from reports.diff.changes import Change
from reports.diff.coding_causes import CasePair, causes_of_counting
from reports.diff.two_versions import STANDING, TwoVersions, coding_key, responsible


def causes_of_state(two: TwoVersions, pair: CasePair) -> Iterator[Change]:
    """Why the state differs, or what is known of asking; the codings themselves are left to `coding_causes`."""
    applies = [theme_applies(case.case, case.theme) for case in pair]
    mentioned = [bool(_codings_of_theme(two, version, pair)) for version in (0, 1)]

    def state(codings: int, sources: int, read: int, asked: int, theme: int) -> Any:
        here = pair[sources].sources
        done = [s for s in pair[read].sources_read if s.id in {source.id for source in here}]
        said = state_of(applies[theme], mentioned[codings], here, done, pair[asked].asked)
        if said == "mentioned" and not pair[codings].codings:  # columns are codes, and it speaks of another
            said = "read_absent" if len(done) == len(here) else "not_coded"
        return said, None if said == "not_applicable" else pair[asked].asked

    named = responsible(state, "codings", "sources", "read", "asked", "theme")
    before, after = ({source.id: source for source in case.sources} for case in pair)
    theme = pair[0].theme.id
    if "sources" in named or "asked" in named:
        for id in sorted(before.keys() ^ after.keys()):
            yield from two.about("source", id, "case")
    for id in sorted(before.keys() & after.keys()):
        if "read" in named:
            yield from _causes_of_reading(two, id, theme)
        if "asked" in named:
            yield from _causes_of_asking(two, (before[id], after[id]), theme)
    if "theme" in named:
        yield from _causes_of_applying(two, pair)
    if "codings" in named and two.by_codes:
        keys = [{coding_key(c) for c in _codings_of_theme(two, version, pair)} for version in (0, 1)]
        for key in sorted(keys[0] ^ keys[1]):
            yield from causes_of_counting(two, key, theme, pair[0].case.id)


def _codings_of_theme(two: TwoVersions, version: int, pair: CasePair) -> tuple[Coding, ...]:
    """The codings of the case under the theme, whatever column they speak of."""
    whole = two.framework_cell(version, pair[version].case.id, pair[version].theme.id) if two.by_codes else None
    return whole.codings if whole else pair[version].codings


def _causes_of_reading(two: TwoVersions, source: str, theme: str) -> Iterator[Change]:
    """Why a source counts as read for a theme, or no longer."""

    def row(codebook: int, marked: str) -> str:
        return two.row_of(codebook, marked) or marked

    def is_read(marks: int, coders: int, codebook: int) -> bool:
        marked = [theme for coder, theme in two.reads(marks, source) if coder in two[coders].coders]
        return any(not each or row(codebook, each) == theme for each in marked)

    named = responsible(is_read, "marks", "coders", "codebook")
    if "coders" in named:
        yield from two.settings("matrix.coders")
    if "codebook" in named:
        yield from two.changed_standing([t for version in (0, 1) for _, t in two.reads(version, source) if t])
    if "marks" in named:
        for change in two.about("read", source):
            if change.coder in two.coders and (not change.code or theme in (row(0, change.code), row(1, change.code))):
                yield change


def _causes_of_asking(two: TwoVersions, sources: tuple[Source, Source], theme: str) -> Iterator[Change]:
    """Why a theme counts as put to a person, or no longer."""
    id = sources[1].id

    def asked(front: int, words: int, codebook: int, guide: int) -> bool | None:
        meta = msgspec.structs.replace(sources[words].meta, asked=sources[front].meta.asked)
        return two.asked(Source(id, meta, sources[words].text), codebook, guide).get(theme)

    named = responsible(asked, "front", "words", "codebook", "guide")
    if "front" in named:
        yield from (change for change in two.about("source", id) if change.field == "asked")
    if "words" in named:
        yield from two.about("text", id)
        yield from (change for change in two.about("source", id) if change.field == "kind")
    if "codebook" in named:
        yield from _changes_of_questions(two, theme)
    if "guide" in named:
        yield from (change for change in two.changes if change.kind == "guide")


def _changes_of_questions(two: TwoVersions, theme: str) -> list[Change]:
    """Changes by which a question or heading belongs to another theme: the theme's own, else all of them."""
    fields = ("label", "questions", *STANDING)
    found = [c for c in two.changes if c.kind == "code" and (c.act in STANDING or c.field in fields)]
    known = [version.coded.codebook.by_id.get(theme) for version in (two.old, two.new)]
    below = {code.id for entry in known if entry for code in entry.walk()}
    return [change for change in found if change.subject in below] or found


def _causes_of_applying(two: TwoVersions, pair: CasePair) -> Iterator[Change]:
    """Why a theme applies to a case, or no longer."""
    named = responsible(lambda case, theme: theme_applies(pair[case].case, pair[theme].theme), "case", "theme")
    if "theme" in named:
        yield from (change for change in two.about("code", pair[0].theme.id) if change.field == "applies_to")
    if "case" in named:
        deciding = {attribute for case in pair for attribute in case.theme.applies_to}
        yield from (change for change in two.about("case", pair[0].case.id) if change.field in deciding)
