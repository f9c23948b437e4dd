"""What changed between two versions of a comparison matrix, cell by cell, and what caused each difference.

The cells are compared as matrix.json has them, so that a build can be compared with anything. The causes come from the
inputs of both versions; where those of a build can no longer be read, that is said instead of a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from coding.log import CODINGS_FOLDER
from corpus.source import SOURCES_FOLDER
from reports.diff.causes import causes_of_cell, causes_of_column, causes_of_order, causes_of_row
from reports.diff.changes import Act, Change, Version, input_changes
from reports.diff.coding_changes import coding_changes
from reports.diff.two_versions import TwoVersions
from reports.json_file import CellJson, ColumnJson, ExcerptJson, MatrixJson, RowJson, matrix_value
from reports.labels import code_paths
from reports.matrix import Cell

NUMBERS = ("n_group", "n_applicable", "n_asked", "n_unknown", "n_mentioning", "n_codings")
CellKey = tuple[str, str]
"""Theme and column."""


class Side(msgspec.Struct, frozen=True, dict=True):
    """One side of a comparison: a matrix and, where they can be read, the study and the inputs it was made from.

    `inputs` are digests (file → sha256), empty where they are not known. `unread` are inputs of a build that are no
    longer to be had; `version` then holds today's in their place. `errors` counts those in the study.
    """

    label: str
    kind: Literal["study", "revision", "build"]
    matrix: MatrixJson
    version: Version | None = None
    inputs: Mapping[str, str] = {}
    unread: tuple[str, ...] = ()
    tool: str = ""
    errors: int = 0

    @cached_property
    def cells(self) -> dict[CellKey, CellJson]:
        """(theme, column) → cell."""
        return _cells_of(self.matrix)

    @cached_property
    def made_again(self) -> MatrixJson | None:
        """The matrix that the version gives now; another than `matrix` where inputs are missing or the tool differs."""
        if self.version is None or self.kind != "build":
            return self.matrix if self.version else None
        return matrix_value(self.version.matrix, self.version.coded.study)

    @cached_property
    def cells_made_again(self) -> dict[CellKey, CellJson]:
        """The cells of `made_again`."""
        return _cells_of(self.made_again) if self.made_again else {}


class SideInfo(msgspec.Struct, frozen=True):
    """How a side is named, what it is, and whose codings fill its matrix."""

    label: str
    kind: Literal["study", "revision", "build"]
    title: str
    coders: tuple[str, ...]
    errors: int


class ExcerptDifference(msgspec.Struct, frozen=True, omit_defaults=True):
    """An excerpt that a cell shows no longer, or newly, or cites otherwise (`was`: as it was cited)."""

    change: Literal["gone", "new", "cited"]
    source: str
    text: str
    citation: str
    was: str = ""


class CellDifference(msgspec.Struct, frozen=True):
    """What differs in one cell: number → (old, new), case → (old state, new state), and excerpts.

    None stands for what one side does not have. `of` are the cases that the theme applies to, old and new.
    `causes` are places in the list of changes, from 0.
    """

    theme: str
    column: str
    change: Literal["changed", "new", "gone"]
    numbers: dict[str, tuple[int | None, int | None]]
    of: tuple[int | None, int | None]
    states: dict[str, tuple[str | None, str | None]]
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
    """The whole comparison. `equal` where no row, column or cell differs.

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


def difference(old: Side, new: Side) -> Difference:
    """Compare two sides. Pure: the same sides give the same answer."""
    why = _Why(old, new)
    rows = tuple(_heads(old.matrix.rows, new.matrix.rows, why, is_row=True))
    columns = tuple(_heads(old.matrix.columns, new.matrix.columns, why, is_row=False))
    cells = tuple(_cells(old, new, why))
    return Difference(
        format="crosscase-diff/1",
        equal=not (rows or columns or cells),
        causes=_known(old, new),
        old=_info(old),
        new=_info(new),
        language=new.matrix.language,
        rows=rows,
        columns=columns,
        cells=cells,
        changes=tuple(why.shown),
        inputs=tuple(_input_changes(old, new)),
        no_effect=why.no_effect(),
        labels=_labels(old, new),
    )


def of_themes(diff: Difference, themes: Collection[str]) -> Difference:
    """The part of a comparison that is about these themes; columns that differ belong to every theme."""
    rows = tuple(head for head in diff.rows if head.id in themes)
    cells = tuple(cell for cell in diff.cells if cell.theme in themes)
    equal = not (rows or diff.columns or cells)
    return msgspec.structs.replace(diff, equal=equal, rows=rows, cells=cells, only_themes=tuple(themes))


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


def _input_changes(old: Side, new: Side) -> Iterator[Change]:
    """Files of which it is only known that they differ."""
    if old.version and new.version:
        files: Iterable[str] = sorted({*old.unread, *new.unread})
    else:
        files = sorted({*old.inputs, *new.inputs}) if old.inputs and new.inputs else ()
    for file in files:
        if old.inputs.get(file) != new.inputs.get(file):
            act: Act = "gone" if file not in new.inputs else "changed" if file in old.inputs else "new"
            yield Change("input", act, file, file)


# Rows, columns, cells


Heads = Sequence[RowJson] | Sequence[ColumnJson]


def _heads(old: Heads, new: Heads, why: _Why, is_row: bool) -> Iterator[HeadDifference]:
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


def _cells_of(matrix: MatrixJson) -> dict[CellKey, CellJson]:
    return {(row.id, cell.column): cell for row in matrix.rows for cell in row.cells}


def _cells(old: Side, new: Side, why: _Why) -> Iterator[CellDifference]:
    """The cells that differ, row by row as the new matrix has them, then rows that are gone."""
    rows = dict.fromkeys([*(row.id for row in new.matrix.rows), *(row.id for row in old.matrix.rows)])
    columns = dict.fromkeys([*(c.id for c in new.matrix.columns), *(c.id for c in old.matrix.columns)])
    for theme in rows:
        for column in columns:
            key = theme, column
            facts = cell_facts(old.cells.get(key), new.cells.get(key))
            if facts is not None:
                yield CellDifference(theme, column, *facts, why.of_cell(key))


Facts = tuple[
    Literal["changed", "new", "gone"],
    dict[str, tuple[int | None, int | None]],
    tuple[int | None, int | None],
    dict[str, tuple[str | None, str | None]],
    tuple[ExcerptDifference, ...],
]


def cell_facts(old: CellJson | None, new: CellJson | None) -> Facts | None:
    """What differs between two cells; None where nothing does. A place that moved without changing words does not."""
    numbers = {name: (getattr(old, name, None), getattr(new, name, None)) for name in NUMBERS}
    before, after = (cell.states if cell else {} for cell in (old, new))
    states: dict[str, tuple[str | None, str | None]] = {
        id: pair for id in dict.fromkeys([*after, *before]) if (pair := (before.get(id), after.get(id)))[0] != pair[1]
    }
    differing = {name: pair for name, pair in numbers.items() if pair[0] != pair[1]}
    excerpts = tuple(_excerpts(old.excerpts if old else (), new.excerpts if new else ()))
    if not (differing or states or excerpts) and (old is None) == (new is None):
        return None
    change: Literal["changed", "new", "gone"] = "new" if old is None else "gone" if new is None else "changed"
    return change, differing, numbers["n_applicable"], states, excerpts


def _excerpts(old: Sequence[ExcerptJson], new: Sequence[ExcerptJson]) -> Iterator[ExcerptDifference]:
    before, after = ({(e.source, e.text): e for e in excerpts} for excerpts in (old, new))
    for key, excerpt in before.items():
        if key not in after:
            yield ExcerptDifference("gone", *key, excerpt.citation)
    for key, excerpt in after.items():
        if key not in before:
            yield ExcerptDifference("new", *key, excerpt.citation)
        elif before[key].citation != excerpt.citation:
            yield ExcerptDifference("cited", *key, excerpt.citation, before[key].citation)


# Causes


class _Why:
    """Finds the causes of what differs, and numbers the changes that are one."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.shown: dict[Change, int] = {}
        self.all: list[Change] = []
        self.two: TwoVersions | None = None
        self.cells: tuple[Mapping[CellKey, Cell], ...] = ()
        if old.version and new.version:
            every = [*input_changes(old.version, new.version), *coding_changes(old.version, new.version)]
            self.all = [change for change in every if change.file not in {*old.unread, *new.unread}]
            self.two = TwoVersions(old.version, new.version, self.all)
            self.cells = tuple(
                {(row.theme.id, cell.column.id): cell for row in version.matrix.rows for cell in row.cells}
                for version in (old.version, new.version)
            )

    def of_cell(self, key: CellKey) -> tuple[int, ...]:
        """The causes of a cell that differs."""
        if self.two is None:
            return ()
        old, new = (cells.get(key) for cells in self.cells)
        found = causes_of_cell(self.two, old, new, *key)
        return self._numbers([*found, *self._unreadable(key)])

    def of_head(self, id: str, is_row: bool) -> tuple[int, ...]:
        """The causes of a row or column that is not as it was."""
        if self.two is None:
            return ()
        found = causes_of_row(self.two, id) if is_row else causes_of_column(self.two, id)
        return self._numbers(found or self._left_to_blame())

    def of_order(self, is_row: bool) -> tuple[int, ...]:
        """The causes of another order."""
        if self.two is None:
            return ()
        return self._numbers(causes_of_order(self.two, is_row) or self._left_to_blame())

    def no_effect(self) -> dict[str, int]:
        """How many changes of each kind no row, column or cell shows."""
        by_words = {c.source for c in self.shown if c.act in ("lost", "found")}
        left = [c for c in self.all if c not in self.shown and not (c.kind == "text" and c.source in by_words)]
        return dict(sorted(Counter(change.kind for change in left).items()))

    def _numbers(self, changes: Iterable[Change]) -> tuple[int, ...]:
        return tuple(self.shown.setdefault(change, len(self.shown)) for change in dict.fromkeys(changes))

    def _unreadable(self, key: CellKey) -> list[Change]:
        """What is left to blame where a build's cell is not what its inputs, as far as they are known, give today."""
        for side in (self.old, self.new):
            made, stored = side.cells_made_again.get(key), side.cells.get(key)
            if (facts := cell_facts(made, stored)) is not None:
                return self._left_to_blame(facts, stored or made)
        return []

    def _left_to_blame(self, facts: Facts | None = None, cell: CellJson | None = None) -> list[Change]:
        """Inputs that can no longer be read (those that touch the cell, if any does); else the program itself."""
        files = list(_input_changes(self.old, self.new))
        touching = [change for change in files if facts and cell and self._touches(change.subject, facts, cell)]
        if files or "build" not in (self.old.kind, self.new.kind):
            return touching or files
        return [Change("tool", "changed", "crosscase", was=self.old.tool, now=self.new.tool)]

    def _touches(self, file: str, facts: Facts, cell: CellJson) -> bool:
        """Whether a file that cannot be read can be why a cell differs: its source's case is in it, or its excerpt."""
        folder, _, rest = file.partition("/")
        if folder not in (SOURCES_FOLDER, CODINGS_FOLDER):
            return True
        source = rest.rpartition("/")[2].rpartition(".")[0]
        versions = [side.version for side in (self.old, self.new) if side.version]
        known = [found for version in versions if (found := version.coded.study.source_by_id.get(source))]
        shown = {excerpt.source for excerpt in facts[4]}
        return source in shown or not known or any(each.meta.case in cell.states for each in known)
