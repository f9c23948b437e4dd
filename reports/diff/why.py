"""Why cells, rows and columns differ: from the changes of the study, and where those do not tell, from what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from coding.anchors import ANCHORS_FOLDER
from coding.log import CODINGS_FOLDER
from corpus.places import PLACES_FOLDER
from corpus.source import SOURCES_FOLDER
from reports.diff.causes import causes_of_cell, causes_of_column, causes_of_order, causes_of_row
from reports.diff.cell_facts import CellFacts, cell_facts
from reports.diff.changes import Change, input_changes
from reports.diff.coding_changes import coding_changes
from reports.diff.side import CellKey, Side, unreadable_inputs
from reports.diff.two_versions import TwoVersions
from reports.json_file import CellJson
from reports.matrix import Cell


class Why:
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
        by_words = {c.source for c in self.shown if c.act in ("lost", "found", "reworded")}
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

    def _left_to_blame(self, facts: CellFacts | None = None, cell: CellJson | None = None) -> list[Change]:
        """Inputs that can no longer be read (those that touch the cell, if any does); else the program itself."""
        files = list(unreadable_inputs(self.old, self.new))
        touching = [change for change in files if facts and cell and self._touches(change.subject, facts, cell)]
        if files or "build" not in (self.old.kind, self.new.kind):
            return touching or files
        return [Change("tool", "changed", "crosscase", was=self.old.tool, now=self.new.tool)]

    def _touches(self, file: str, facts: CellFacts, cell: CellJson) -> bool:
        """Whether a file that cannot be read can be why a cell differs: its source's case is in it, or its excerpt."""
        folder, _, rest = file.partition("/")
        if folder not in (SOURCES_FOLDER, PLACES_FOLDER, CODINGS_FOLDER, ANCHORS_FOLDER):
            return True
        source = rest.rpartition("/")[2].rpartition(".")[0]
        versions = [side.version for side in (self.old, self.new) if side.version]
        known = [found for version in versions if (found := version.coded.study.source_by_id.get(source))]
        shown = {excerpt.source for excerpt in facts.excerpts}
        return source in shown or not known or any(each.meta.case in cell.states for each in known)
