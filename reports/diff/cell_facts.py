"""What differs between two cells of a matrix: numbers, states of cases, excerpts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from reports.json_file import CellJson, ExcerptJson

NUMBERS = ("n_group", "n_applicable", "n_asked", "n_unknown", "n_mentioning", "n_codings")
Numbers = tuple[int | None, int | None]
States = tuple[str | None, str | None]
"""Old and new; None stands for what one side does not have."""


class ExcerptDifference(msgspec.Struct, frozen=True, omit_defaults=True):
    """An excerpt that a cell shows no longer, or newly, or cites otherwise (`was`: as it was cited)."""

    change: Literal["gone", "new", "cited"]
    source: str
    text: str
    citation: str
    was: str = ""


class CellFacts(msgspec.Struct, frozen=True):
    """What differs in one cell: number → (old, new), case → (old state, new state), and excerpts.

    `of` are the cases that the theme applies to, old and new.
    """

    change: Literal["changed", "new", "gone"]
    numbers: dict[str, Numbers]
    of: Numbers
    states: dict[str, States]
    excerpts: tuple[ExcerptDifference, ...]


def cell_facts(old: CellJson | None, new: CellJson | None) -> CellFacts | None:
    """What differs between two cells; None where nothing does. A place that moved without changing words does not."""
    numbers = {name: (getattr(old, name, None), getattr(new, name, None)) for name in NUMBERS}
    before, after = (cell.states if cell else {} for cell in (old, new))
    states: dict[str, States] = {
        id: pair for id in dict.fromkeys([*after, *before]) if (pair := (before.get(id), after.get(id)))[0] != pair[1]
    }
    differing = {name: pair for name, pair in numbers.items() if pair[0] != pair[1]}
    excerpts = tuple(_excerpts(old.excerpts if old else (), new.excerpts if new else ()))
    if not (differing or states or excerpts) and (old is None) == (new is None):
        return None
    change: Literal["changed", "new", "gone"] = "new" if old is None else "gone" if new is None else "changed"
    return CellFacts(change, differing, numbers["n_applicable"], states, excerpts)


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
