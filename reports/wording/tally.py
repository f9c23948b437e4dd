"""How many cases say so: the numbers that a wording is made from or measured against."""

from __future__ import annotations

import msgspec


class Tally(msgspec.Struct, frozen=True):
    """Of `n` cases (the denominator) `supports` support a sentence and `contradicts` contradict it.

    `silent` are neither: nobody has given them a stance, or they are divided or unclear. `unasked` of the silent were
    not asked. `asked_only`: the denominator leaves out cases that the theme applies to and that were not asked.
    """

    supports: int
    n: int
    contradicts: int = 0
    silent: int = 0
    unasked: int = 0
    asked_only: bool = False

    @property
    def is_none(self) -> bool:
        """Whether "ingen" can be said: every case explicitly contradicts (METHODS, "Claim ledger")."""
        return self.n > 0 and self.contradicts == self.n
