"""The comparison matrix (themes × groups) and the framework matrix (cases × themes), as values.

Both hold the same `Coding` objects that were read from the logs, so that every cell can show its words and where
they stand. They are computed in `reports.aggregate`; how they look is decided by `reports.view` and the writers.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from codebook.codebook import Code
from coding.coding import Coding
from corpus.cases import Case
from corpus.source import Source

State = Literal["mentioned", "asked_no_answer", "read_absent", "not_coded", "not_asked", "not_applicable", "unknown"]
STATES: tuple[State, ...] = get_args(State)


class Column(msgspec.Struct, frozen=True):
    """A group: the cases that share one value of the grouping attribute; with `code`, the passages that bear it."""

    id: str
    label: str
    cases: tuple[Case, ...]
    code: str = ""


class Excerpt(msgspec.Struct, frozen=True):
    """Words of a source as shown: the slice `[start, end)` of its text, and the codings that it rests on."""

    source: Source
    start: int
    end: int
    codings: tuple[Coding, ...]

    @property
    def text(self) -> str:
        """The words, as they stand in the source."""
        return self.source.text[self.start : self.end]


class CaseTheme(msgspec.Struct, frozen=True):
    """One cell of the framework matrix: what the data say of one case under one theme.

    `asked` is true or false where it is known whether the theme was put to anyone of this case, else None.
    `sources_mentioning` are the sources with a coding, `sources_read` those that the coders have read for the theme.
    """

    case: Case
    theme: Code
    state: State
    asked: bool | None
    codings: tuple[Coding, ...]
    sources: tuple[Source, ...]
    sources_mentioning: tuple[Source, ...]
    sources_read: tuple[Source, ...]
    applies: bool | None = True

    @property
    def is_applicable(self) -> bool:
        """Whether the theme is known to apply: by the attributes of the case, or because it is mentioned."""
        return self.applies is True or self.state == "mentioned"


class Cell(msgspec.Struct, frozen=True):
    """One cell of the comparison matrix: a theme and a group.

    n_group cases in the column; n_applicable of them the theme applies to; of these, n_asked were asked and of
    n_unknown it is not known whether they were; n_mentioning have at least one coding. A joint interview is one
    source and a case counts once, however many sources it has.
    """

    theme: Code
    column: Column
    cases: tuple[CaseTheme, ...]
    codings: tuple[Coding, ...]
    excerpts: tuple[Excerpt, ...]

    @property
    def n_group(self) -> int:
        """Cases in the column."""
        return len(self.cases)

    @property
    def n_applicable(self) -> int:
        """Cases that the theme is known to apply to."""
        return sum(case.is_applicable for case in self.cases)

    @property
    def n_asked(self) -> int:
        """Applicable cases that are known to have been asked."""
        return sum(case.is_applicable and case.asked is True for case in self.cases)

    @property
    def n_unknown(self) -> int:
        """Applicable cases of which it is not known whether they were asked."""
        return sum(case.is_applicable and case.asked is None for case in self.cases)

    @property
    def n_mentioning(self) -> int:
        """Cases with at least one coding."""
        return sum(case.state == "mentioned" for case in self.cases)

    @property
    def n_codings(self) -> int:
        """Codings of the theme and of the codes below it, in all cases of the column."""
        return len(self.codings)


class Row(msgspec.Struct, frozen=True):
    """A theme and its cells, one a column."""

    theme: Code
    cells: tuple[Cell, ...]


class Undecided(msgspec.Struct, frozen=True):
    """Where columns are codes: units of coded text that stand in no cell, as they speak of several columns or none."""

    several: int
    none: int


class ComparisonMatrix(msgspec.Struct, frozen=True):
    """Themes × groups. `coders` are the ids of those whose codings fill it; `filters` are those asked for."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    coders: tuple[str, ...]
    filters: tuple[str, ...] = ()
    undecided: Undecided | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that are counted: those of the cases in its columns, as far as the filters leave them."""
        cells = (cell for row in self.rows[:1] for cell in row.cells)
        return tuple({source.id: source for cell in cells for case in cell.cases for source in case.sources}.values())


class FrameworkMatrix(msgspec.Struct, frozen=True):
    """Cases × themes: one row a case, in the order of the columns and of cases.csv; cells in the order of `themes`."""

    themes: tuple[Code, ...]
    cases: tuple[Case, ...]
    cells: tuple[tuple[CaseTheme, ...], ...]
