"""Which changes of a study the rows, columns and cells of its matrix show.

A change is a cause where taking it back alone would give another answer, or making it alone would have
(`two_versions.responsible`). What is asked is always small: does this coding count in this cell, is this case read,
was this person asked, which excerpts are shown. So a coding of a coder who fills no matrix is no cause, nor a read mark
on a case that mentions the theme anyway; and where two changes were both needed, both are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.diff.changes import Change
from reports.diff.coding_causes import causes_of_codings
from reports.diff.excerpt_causes import causes_of_citations, causes_of_excerpts
from reports.diff.state_causes import causes_of_state
from reports.diff.two_versions import STANDING, TwoVersions, responsible
from reports.matrix import CaseTheme, Cell

_ORDER = ("setting", "case", "source", "code", "guide", "text", "coding", "read")


def causes_of_row(two: TwoVersions, theme: str) -> list[Change]:
    """Why a row came, went or is called otherwise."""
    return _once([*two.about("code", theme, "label", *STANDING), *two.settings("matrix.columns")])


def causes_of_column(two: TwoVersions, column: str) -> list[Change]:
    """Why a column came, went or is called otherwise."""
    settings = two.settings("matrix.columns", "groups.attribute", f"groups.labels.{column}")
    others = two.about("code", column, "label") if two.by_codes else _changes_of_members(two, column)
    return _once([*settings, *others])


def _changes_of_members(two: TwoVersions, column: str) -> Iterator[Change]:
    """Changes by which a case belongs to a group, or no longer."""
    attributes = [version.coded.study.settings.groups.attribute for version in (two.old, two.new)]
    for change in two.changes:
        if change.kind == "case" and change.field in attributes and column in (change.was, change.now):
            yield change
        elif change.kind == "case" and change.act in ("new", "gone"):
            version = change.act == "new"
            case = two[version].coded.study.case_by_id[change.subject]
            if case.attributes.get(attributes[version]) == column:
                yield change


def causes_of_order(two: TwoVersions, of_rows: bool) -> list[Change]:
    """Why rows, or columns, stand in another order."""
    settings = two.settings("matrix.columns") if of_rows else two.settings("matrix.columns", "groups.labels")
    found = [*settings, *two.about("code", ""), *([] if of_rows else two.about("case", ""))]
    return _once(found or [c for c in two.changes if c.kind == ("code" if of_rows else "case")])


def causes_of_cell(two: TwoVersions, old: Cell | None, new: Cell | None, theme: str, column: str) -> list[Change]:
    """The changes that one cell shows; of one that came or went, those of its row and column and of all it holds."""
    if old is not None and new is not None:
        pair = old, new
        return _once([*_causes_of_cases(two, *pair), *causes_of_excerpts(two, pair), *causes_of_citations(two, pair)])
    found = [*causes_of_row(two, theme), *causes_of_column(two, column)]
    cell = new or old
    for case in cell.cases if cell else ():
        nothing = _with_nothing(two, case, 0 if new else 1)
        both = (nothing, case) if new else (case, nothing)
        found += [*causes_of_codings(two, both), *causes_of_state(two, both)]
    return _once(found)


def _with_nothing(two: TwoVersions, case: CaseTheme, version: int) -> CaseTheme:
    """The case under a theme that the other version does not have: nothing coded, read or known to be asked."""
    sources = tuple(two.source(version, source.id) or source for source in case.sources)
    return CaseTheme(case.case, case.theme, "unknown", None, (), sources, (), ())


def _causes_of_cases(two: TwoVersions, old: Cell, new: Cell) -> Iterator[Change]:
    before, after = ({case.case.id: case for case in cell.cases} for cell in (old, new))
    for id in dict.fromkeys([*after, *before]):
        if id in before and id in after:
            yield from causes_of_codings(two, (before[id], after[id]))
            yield from causes_of_state(two, (before[id], after[id]))
        elif two.by_codes:
            yield from two.about("case", id, "id")
            yield from two.about("source", id, "case")
        else:
            yield from _causes_of_membership(two, id, new.column.id)
            elsewhere = two.framework_cell(0, id, new.theme.id)
            if id in after and elsewhere is not None:  # it came from another group, perhaps not as it was there
                yield from causes_of_codings(two, (elsewhere, after[id]))
                yield from causes_of_state(two, (elsewhere, after[id]))


def _causes_of_membership(two: TwoVersions, case: str, column: str) -> Iterator[Change]:
    """Why a case stands in a group, or no longer."""
    studies = [version.coded.study for version in (two.old, two.new)]

    def is_member(attribute: int, values: int) -> bool:
        known = studies[values].case_by_id.get(case)
        return known is not None and known.attributes.get(studies[attribute].settings.groups.attribute) == column

    named = responsible(is_member, "attribute", "values")
    if "attribute" in named:
        yield from two.settings("groups.attribute")
    if "values" in named:
        yield from two.about("case", case, *(study.settings.groups.attribute for study in studies))


def _once(changes: Iterable[Change]) -> list[Change]:
    """Each change once, those that touch most first: settings, then cases, sources, codes, then single codings."""
    return sorted(dict.fromkeys(changes), key=lambda change: _ORDER.index(change.kind))
