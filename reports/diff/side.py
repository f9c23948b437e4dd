"""One side of a comparison: a matrix, and what is known of the study that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

import msgspec

from reports.diff.changes import Act, Change, Version
from reports.json_file import CellJson, MatrixJson, matrix_value

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


def _cells_of(matrix: MatrixJson) -> dict[CellKey, CellJson]:
    return {(row.id, cell.column): cell for row in matrix.rows for cell in row.cells}


def unreadable_inputs(old: Side, new: Side) -> Iterator[Change]:
    """Files of which it is only known that they differ."""
    if old.version and new.version:
        files: Iterable[str] = sorted({*old.unread, *new.unread})
    else:
        files = sorted({*old.inputs, *new.inputs}) if old.inputs and new.inputs else ()
    for file in files:
        if old.inputs.get(file) != new.inputs.get(file):
            act: Act = "gone" if file not in new.inputs else "changed" if file in old.inputs else "new"
            yield Change("input", act, file, file)
