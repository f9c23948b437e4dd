"""A summary table against the chapters it sums up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.alarms import Alarm
from reports.document.alarm import alarm, quoted
from reports.document.likeness import overlap
from reports.document.opposites import Clash, clash_of
from reports.document.rows import RowOf, rows_of, told_of
from reports.document.statements import Report, Statement

_MOST_SIDES = 3


def table_alarms(report: Report) -> Iterator[Alarm]:
    """Cells that say the opposite of their chapter, or show a difference that the chapter denies."""
    for row in rows_of(report):
        yield from _opposites(report, row)
        yield from _traits_of_both(report, row)
        yield from _denied_differences(report, row)


def _opposites(report: Report, row: RowOf) -> Iterator[Alarm]:
    """One alarm for a row and each statement of the chapter: the cells that say its opposite are its first sides."""
    found: dict[tuple[int, str], list[Clash]] = {}
    for column, cells in enumerate(row.cells):
        for cell in cells:
            for told in told_of(row, column):
                clash = clash_of(cell, told, is_near=True)
                if clash is not None and not _is_set_apart(cell, clash, row):
                    found.setdefault((told.sentence.line, told.text), []).append(clash)
    best: dict[tuple[str, ...], list[Clash]] = {}
    for against in found.values():
        key = tuple(clash.one.sentence.text for clash in against)
        best.setdefault(key, []).extend(against)
    for against in best.values():
        ordered = sorted(against, key=lambda clash: (-clash.strength, clash.other.sentence.line))
        chapter = list(dict.fromkeys(clash.other.sentence for clash in ordered))[:_MOST_SIDES]
        told_here = [next(c.other for c in ordered if c.other.sentence == sentence) for sentence in chapter]
        first = [clash.one for clash in against]
        yield alarm(
            report,
            "table-contradicts-text",
            f"the row {quoted(row.label)} of the table says the opposite of its section",
            [*first, *told_here],
            0.6 + 0.4 * ordered[0].strength,
        )


def _is_set_apart(cell: Statement, clash: Clash, row: RowOf) -> bool:
    """Whether the section says the same as the cell, and sets the other statement against that (`by contrast`)."""
    if "contrast" not in clash.other.flags:
        return False
    signs = {(sign.axis, sign.plus) for sign in cell.signs}
    return any(
        signs & {(s.axis, s.plus) for s in told.signs} and overlap(cell.topic, told.topic).weight > clash.shared.weight
        for told in row.told
        if told.groups & cell.groups
    )


def _traits_of_both(report: Report, row: RowOf) -> Iterator[Alarm]:
    """What the table shows for one group only, and the chapter says of the other group too."""
    for column, cells in enumerate(row.cells):
        others = [c for at, beside in enumerate(row.cells) if at != column for c in beside]
        known = {name for other in others for name in other.stated}
        for cell in (c for c in cells if not c.n):
            own = {name: weight for name, weight in cell.features.items() if name not in known}
            own |= {
                f"sign {s.axis}": 1.0 for s in cell.signs if s.axis not in {t.axis for o in others for t in o.signs}
            }
            for told in row.told:
                if (
                    not told.is_group_said
                    or column in told.groups
                    or "also" not in told.flags
                    or told.flags & {"silence", "past"}
                ):
                    continue
                said = {**told.stated, **{f"sign {s.axis}": 1.0 for s in told.signs}}
                shared = overlap(own, said)
                if shared.weight >= 0.9:
                    yield alarm(
                        report,
                        "trait-of-both-groups",
                        f"the row {quoted(row.label)} shows for one group only what the section says of the other too",
                        [cell, *others[:1], told],
                        0.72 + 0.06 * min(shared.weight, 3),
                    )
                    return


def _denied_differences(report: Report, row: RowOf) -> Iterator[Alarm]:
    """Columns that differ though the chapter finds no difference between the groups."""
    if len(row.cells) < 2 or not all(row.cells):
        return
    apart = _difference(row.cells[0], row.cells[1])
    denied = [s for s in row.told if "no difference" in s.flags and len(s.groups) >= 2 and s.is_group_said]
    if apart < 0.5 or not denied or _is_difference_told(row):
        return
    cells = [cell for cells in row.cells for cell in cells]
    yield alarm(
        report,
        "difference-denied",
        f"the row {quoted(row.label)} shows a difference between the groups, the section says there is none",
        [*cells, *denied[:2]],
        0.5 + 0.2 * apart,
    )


def _is_difference_told(row: RowOf) -> bool:
    """Whether the section itself says that the groups differ."""
    return any(
        len(s.groups & {0, 1}) == 2 and s.is_group_said and s.scope in ("generic", "all")
        and "no difference" not in s.flags and any(sign.axis == "difference" and sign.plus for sign in s.signs)
        for s in row.told
    )  # fmt: skip


def _difference(one: Sequence[Statement], other: Sequence[Statement]) -> float:
    """From 0 to 1: how much of one cell has no counterpart in the other. A sentence counts as a whole."""
    pairs = [(a, other) for a in one] + [(b, one) for b in other]
    return max((1 - max(overlap(_said(a), _said(b)).of_heavier for b in beside)) for a, beside in pairs)


def _said(cell: Statement) -> dict[str, float]:
    """The features of a cell; what it denies is another thing than what it states."""
    signs = {f"{sign.axis} {sign.plus}": 1.0 for sign in cell.signs}
    return {**cell.stated, **{f"not {name}": weight for name, weight in cell.denied.items()}, **signs}
