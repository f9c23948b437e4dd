"""Counting what a reader cannot carry over, one line for each kind of thing, reason and place."""

from __future__ import annotations

import msgspec

from coding.exchange.project import Loss


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
    """The losses without their places: one for each kind of thing and reason."""
    totals: dict[tuple[str, str, bool], list[Loss]] = {}
    for loss in losses:
        totals.setdefault((loss.what, loss.why, loss.kept), []).append(loss)
    return [
        msgspec.structs.replace(same[0], count=sum(loss.count for loss in same), where=_places(same))
        for same in totals.values()
    ]


def _places(losses: list[Loss]) -> str:
    names = [loss.where for loss in losses if loss.where]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
