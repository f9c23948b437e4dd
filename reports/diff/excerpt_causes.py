"""Why a cell shows other excerpts of the same codings, or cites the same words otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from corpus.study import CITATION_FIELDS
from reports.citation import citation
from reports.diff.changes import Change
from reports.diff.coding_causes import OTHER_WORDS
from reports.diff.two_versions import TwoVersions, coding_key, responsible
from reports.excerpts import pick_excerpts
from reports.matrix import Cell, Excerpt
from reports.words import words_for

CellPair = tuple[Cell, Cell]
ExcerptPair = tuple[Excerpt, Excerpt]


def causes_of_excerpts(two: TwoVersions, pair: CellPair) -> Iterator[Change]:
    """Other excerpts of the same codings: more or fewer of them, other roles, longer or shorter codings."""
    old, new = pair
    if _shown(old.excerpts) == _shown(new.excerpts):
        return
    ks = [max(version.coded.study.settings.matrix.excerpts, 0) for version in (two.old, two.new)]

    def shown(rest: int, k: int) -> set[tuple[str, str]]:
        return _shown(pick_excerpts(pair[rest].cases, ks[k]))

    if ks[0] != ks[1] and "k" in responsible(shown, "rest", "k"):
        yield from two.settings("matrix.excerpts")
    for change in two.changes:
        if change.kind == "source" and change.field == "roles" and _picks_otherwise(two, change.subject, pair, ks):
            yield change
    before, after = ({coding_key(c): c for c in cell.codings} for cell in pair)
    for key in sorted(before.keys() & after.keys()):
        if before[key].quote != after[key].quote:
            yield from (change for change in two.of_coding(key) if change.act in (*OTHER_WORDS, "settled"))
    if [case.case.id for case in old.cases] != [case.case.id for case in new.cases]:
        yield from two.about("case", "")


def _picks_otherwise(two: TwoVersions, id: str, pair: CellPair, ks: Sequence[int]) -> bool:
    """Whether the roles of one source, as the other version has them, would give other excerpts."""
    for here, there in ((1, 0), (0, 1)):
        mine, other = two.source(here, id), two.source(there, id)
        if mine is None or other is None:
            continue
        swapped = msgspec.structs.replace(mine, meta=msgspec.structs.replace(mine.meta, roles=other.meta.roles))
        cases = [
            msgspec.structs.replace(case, sources=tuple(swapped if s.id == id else s for s in case.sources))
            for case in pair[here].cases
        ]
        if _shown(pick_excerpts(cases, ks[here])) != _shown(pick_excerpts(pair[here].cases, ks[here])):
            return True
    return False


def _shown(excerpts: Sequence[Excerpt]) -> set[tuple[str, str]]:
    return {(excerpt.source.id, excerpt.text) for excerpt in excerpts}


def causes_of_citations(two: TwoVersions, pair: CellPair) -> Iterator[Change]:
    """The same words, cited otherwise: another template, or another value of one of its fields."""
    before = {(excerpt.source.id, excerpt.text): excerpt for excerpt in pair[0].excerpts}
    for new in pair[1].excerpts:
        old = before.get((new.source.id, new.text))
        if old is not None and _cited(two, 0, old) != _cited(two, 1, new):
            yield from _causes_of_citation(two, (old, new))


def _cited(two: TwoVersions, version: int, excerpt: Excerpt, template: str | None = None) -> str:
    study = two.study_citing(version, template)
    return citation(study, excerpt.source, excerpt.start, excerpt.end, words_for(study.settings.report_language))


def _causes_of_citation(two: TwoVersions, pair: ExcerptPair) -> Iterator[Change]:
    templates = [version.coded.study.settings.citation for version in (two.old, two.new)]

    def cited(rest: int, template: int) -> str:
        return _cited(two, rest, pair[rest], templates[template])

    if "template" in responsible(cited, "rest", "template"):
        yield from two.settings("citation")
    for field in CITATION_FIELDS:
        one = f"{{{field}}}"
        if one in "".join(templates) and _cited(two, 0, pair[0], one) != _cited(two, 1, pair[1], one):
            yield from _causes_of_field(two, field, pair)


def _causes_of_field(two: TwoVersions, field: str, pair: ExcerptPair) -> Iterator[Change]:
    """Why one field of a citation differs: its case's label, its place in an edited text, its front matter."""
    source = pair[1].source.id
    if field in ("date", "kind", "place", "roles", "page", "time"):
        yield from two.settings("language")
    if field == "label":
        for case in sorted({two.case_of(version, source) or "" for version in (0, 1)}):
            yield from two.about("case", case, "label")
        yield from (change for change in two.about("source", source) if change.field in ("case", "title"))
    elif field in ("place", "heading", "page", "time"):
        about = "places" if field in ("page", "time") else "kind"
        found = [*two.about("text", source), *(c for c in two.about("source", source) if c.field == about)]
        codings = dict.fromkeys(coding_key(coding) for excerpt in pair for coding in excerpt.codings)
        yield from found or [change for key in codings for change in two.of_coding(key)]
    else:
        yield from (change for change in two.about("source", source) if change.field == field)
