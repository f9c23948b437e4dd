"""What a picture is, as values: marks of cases, bars of sources, and the numbers beside them. `reports.pictures` makes
them, `reports.svg` decides how they look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from reports.matrix import State

T = TypeVar("T")
PICTURES = ("coverage", "prevalence", "sources")
"""The pictures of every report, by key."""


class Mark(msgspec.Struct, frozen=True):
    """A case under a theme: its state, its codings, both in words, and where its evidence stands in the page."""

    state: State
    codings: int
    said: str
    link: str


class MarkRow(msgspec.Struct, frozen=True):
    """A theme with its marks, group by group."""

    label: str
    marks: tuple[tuple[Mark, ...], ...]


class Grid(msgspec.Struct, frozen=True):
    """Themes down, cases across. `groups` are (label, labels of its cases); no mark of the study has more than `most`
    codings."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[MarkRow, ...]
    most: int


class Strip(msgspec.Struct, frozen=True):
    """The cases of a group under a theme, those that mention it first; `said` is `5 of 6`."""

    marks: tuple[Mark, ...]
    said: str


class StripRow(msgspec.Struct, frozen=True):
    """A theme with a strip for each group."""

    label: str
    strips: tuple[Strip, ...]


class Strips(msgspec.Struct, frozen=True):
    """Themes down, groups across. `groups` are (label, number of cases, the same in words)."""

    groups: tuple[tuple[str, int, str], ...]
    rows: tuple[StripRow, ...]


class BarRow(msgspec.Struct, frozen=True):
    """A source: its name, the same with its numbers in words, its number for each measure, its place in the page."""

    label: str
    said: str
    numbers: tuple[int, ...]
    link: str


class Bars(msgspec.Struct, frozen=True):
    """Sources down, measures across. `most` is each measure's greatest number in the whole study."""

    measures: tuple[str, ...]
    most: tuple[int, ...]
    groups: tuple[tuple[str, tuple[BarRow, ...]], ...]


Page = Grid | Strips | Bars


class Picture(msgspec.Struct, frozen=True):
    """A picture: its name in links and files, title, how it is read, what it shows in words, pages and numbers.

    A large study takes several pages; where there is nothing to show there is none, and `hint` says so. `table` are the
    names of the columns and then the rows, as text.
    """

    key: str
    title: str
    hint: str
    description: str
    pages: tuple[Page, ...]
    states: tuple[State, ...]
    table: tuple[tuple[str, ...], ...]


def paged(things: Sequence[T], size: int) -> list[Sequence[T]]:
    """`things` in parts of at most `size`."""
    return [things[first : first + size] for first in range(0, len(things), size)]
