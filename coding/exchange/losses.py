"""Counting what a reader cannot carry over, one line for each kind of thing, reason and place."""

from __future__ import annotations

import re

import msgspec

from coding.exchange.project import Loss

_ONE_PLACE = re.compile(r": \S+–\S+(?: '.*')?$")
"""The positions and words of one selection, at the end of a reason."""


class Losses:
    """A tally of losses, in order of their first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, bool], int] = {}

    def add(self, what: str, why: str, where: str = "", count: int = 1, kept: bool = False) -> None:
        """One more of the kind; `kept` where it is not lost but has changed its form."""
        if count:
            key = (what, why, where, kept)
            self._found[key] = self._found.get(key, 0) + count

    def add_all(self, losses: tuple[Loss, ...]) -> None:
        """Those that somebody else has counted."""
        for loss in losses:
            self.add(loss.what, loss.why, loss.where, loss.count, loss.kept)

    @property
    def found(self) -> tuple[Loss, ...]:
        """All of them: what is lost first, then what is kept in another form."""
        losses = [Loss(what, why, where, n, kept) for (what, why, where, kept), n in self._found.items()]
        return tuple(sorted(losses, key=lambda loss: loss.kept))


def summed(losses: tuple[Loss, ...]) -> list[Loss]:
    """The losses without their places: one for each kind of thing and reason, whatever the numbers in it."""
    totals: dict[tuple[str, str, bool], list[Loss]] = {}
    for loss in losses:
        without = re.sub(r"\d+", "…", _ONE_PLACE.sub("", loss.why))
        totals.setdefault((loss.what, without, loss.kept), []).append(loss)
    return [
        msgspec.structs.replace(
            same[0], count=sum(loss.count for loss in same), where=_places(same), why=_common_reason(same, without)
        )
        for (_, without, _), same in totals.items()
    ]


def _common_reason(losses: list[Loss], without: str) -> str:
    """The reason, with as much of the positions and numbers in it as the losses have in common."""
    whole, general = {loss.why for loss in losses}, {_ONE_PLACE.sub("", loss.why) for loss in losses}
    return whole.pop() if len(whole) == 1 else general.pop() if len(general) == 1 else without


def _places(losses: list[Loss]) -> str:
    names = list(dict.fromkeys(loss.where for loss in losses if loss.where))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
