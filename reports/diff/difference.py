"""What changed between two versions of a comparison matrix, cell by cell, and what caused each difference.

The cells are compared as matrix.json has them, so that a build can be compared with anything. The causes come from the
inputs of both versions; where those of a build can no longer be read, that is said instead of a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import msgspec

from reports.diff.cell_facts import ExcerptDifference, Numbers, States, cell_facts
from reports.diff.changes import Change
from reports.diff.sentences import SentenceDifference, sentence_differences
from reports.diff.side import Side, unreadable_inputs
from reports.diff.why import Why
from reports.json_file import ColumnJson, RowJson
from reports.labels import code_paths


class SideInfo(msgspec.Struct, frozen=True):
    """How a side is named, what it is, and whose codings fill its matrix."""

    label: str
    kind: Literal["study", "revision", "build"]
    title: str
    coders: tuple[str, ...]
    errors: int


class CellDifference(msgspec.Struct, frozen=True):
    """A cell that differs, as `cell_facts` tells; `causes` are places in the list of changes, from 0."""

    theme: str
    column: str
    change: Literal["changed", "new", "gone"]
    numbers: dict[str, Numbers]
    of: Numbers
    states: dict[str, States]
    excerpts: tuple[ExcerptDifference, ...]
    causes: tuple[int, ...]


class HeadDifference(msgspec.Struct, frozen=True):
    """A row or column that is new, gone, called otherwise or (with an empty id: all of them) in another order."""

    id: str
    label: str
    change: Literal["new", "gone", "renamed", "reordered"]
    was: str
    causes: tuple[int, ...]


class DiffLabels(msgspec.Struct, frozen=True):
    """What readers call the rows, columns, cases and codes: id → label, the new one where both sides have it."""

    themes: dict[str, str]
    columns: dict[str, str]
    cases: dict[str, str]
    codes: dict[str, str]


class Difference(msgspec.Struct, frozen=True):
    """The whole comparison. `equal` where no row, column, cell, summary or sentence differs.

    `causes` says what is known: `exact` where both versions could be read, `partly` where some inputs of a build could
    not, `inputs` where only their digests are known, `none` where not even those are. `changes` are those that the
    matrix shows, `inputs` the files that differ of which no more is known; `no_effect` counts the others by kind.
    `only_themes` names the rows that the comparison was cut down to, if it was.
    """

    format: Literal["crosscase-diff/1"]
    equal: bool
    causes: Literal["exact", "partly", "inputs", "none"]
    old: SideInfo
    new: SideInfo
    language: str
    rows: tuple[HeadDifference, ...]
    columns: tuple[HeadDifference, ...]
    cells: tuple[CellDifference, ...]
    changes: tuple[Change, ...]
    inputs: tuple[Change, ...]
    no_effect: dict[str, int]
    labels: DiffLabels
    only_themes: tuple[str, ...] = ()
    sentences: tuple[SentenceDifference, ...] = ()


def difference(old: Side, new: Side) -> Difference:
    """Compare two sides. Pure: the same sides give the same answer."""
    why = Why(old, new)
    rows = tuple(_heads(old.matrix.rows, new.matrix.rows, why, is_row=True))
    columns = tuple(_heads(old.matrix.columns, new.matrix.columns, why, is_row=False))
    cells = tuple(_cells(old, new, why))
    sentences = tuple(sentence_differences(old, new))
    return Difference(
        format="crosscase-diff/1",
        equal=not (rows or columns or cells or sentences),
        causes=_known(old, new),
        old=_info(old),
        new=_info(new),
        language=new.matrix.language,
        rows=rows,
        columns=columns,
        cells=cells,
        changes=tuple(why.shown),
        inputs=tuple(unreadable_inputs(old, new)),
        no_effect=why.no_effect(),
        labels=_labels(old, new),
        sentences=sentences,
    )


def of_themes(diff: Difference, themes: Collection[str]) -> Difference:
    """The part of a comparison that is about these themes; columns that differ belong to every theme."""
    rows = tuple(head for head in diff.rows if head.id in themes)
    cells = tuple(cell for cell in diff.cells if cell.theme in themes)
    sentences = tuple(said for said in diff.sentences if said.theme in themes)
    equal = not (rows or diff.columns or cells or sentences)
    return msgspec.structs.replace(
        diff, equal=equal, rows=rows, cells=cells, only_themes=tuple(themes), sentences=sentences
    )


def _labels(old: Side, new: Side) -> DiffLabels:
    versions = [side.version for side in (old, new) if side.version]
    return DiffLabels(
        themes={row.id: row.label for row in (*old.matrix.rows, *new.matrix.rows)},
        columns={column.id: column.label for column in (*old.matrix.columns, *new.matrix.columns)},
        cases={case.id: case.label for version in versions for case in version.coded.study.cases},
        codes={id: path for version in versions for id, path in code_paths(version.coded.codebook).items()},
    )


def _info(side: Side) -> SideInfo:
    return SideInfo(side.label, side.kind, side.matrix.title, side.matrix.coders, side.errors)


def _known(old: Side, new: Side) -> Literal["exact", "partly", "inputs", "none"]:
    if old.version and new.version:
        return "partly" if old.unread or new.unread else "exact"
    return "inputs" if old.inputs and new.inputs else "none"


# Rows, columns, cells


Heads = Sequence[RowJson] | Sequence[ColumnJson]


def _heads(old: Heads, new: Heads, why: Why, is_row: bool) -> Iterator[HeadDifference]:
    before, after = {head.id: head.label for head in old}, {head.id: head.label for head in new}
    for id in dict.fromkeys([*after, *before]):
        if before.get(id) == after.get(id):
            continue
        causes = why.of_head(id, is_row)
        if id in before and id in after:
            yield HeadDifference(id, after[id], "renamed", before[id], causes)
        elif id in after:
            yield HeadDifference(id, after[id], "new", "", causes)
        else:
            yield HeadDifference(id, before[id], "gone", "", causes)
    if [id for id in before if id in after] != [id for id in after if id in before]:
        yield HeadDifference("", "", "reordered", "", why.of_order(is_row))


def _cells(old: Side, new: Side, why: Why) -> Iterator[CellDifference]:
    """The cells that differ, row by row as the new matrix has them, then rows that are gone."""
    rows = dict.fromkeys([*(row.id for row in new.matrix.rows), *(row.id for row in old.matrix.rows)])
    columns = dict.fromkeys([*(c.id for c in new.matrix.columns), *(c.id for c in old.matrix.columns)])
    for theme in rows:
        for column in columns:
            key = theme, column
            facts = cell_facts(old.cells.get(key), new.cells.get(key))
            if facts is not None:
                yield CellDifference(theme, column, facts.change, facts.numbers, facts.of, facts.states,
                                     facts.excerpts, why.of_cell(key))  # fmt: skip
