"""How much two statements are about the same, and whether they speak of the same cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reports.document.statements import Statement


class Overlap(msgspec.Struct, frozen=True):
    """What two statements share: its weight, and the share it makes of the lighter and of the heavier of the two."""

    weight: float
    of_lighter: float
    of_heavier: float
    count: int


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> Overlap:
    """What two sets of features share."""
    shared = [min(one[name], other[name]) for name in one if name in other]
    light, heavy = sorted((sum(one.values()), sum(other.values())))
    weight = sum(shared)
    return Overlap(weight, weight / light if light else 0.0, weight / heavy if heavy else 0.0, len(shared))


def is_same(shared: Overlap) -> bool:
    """Whether two statements have all their telling words in common, be it only one (`have a plan`)."""
    return shared.weight >= 0.7 and min(shared.of_lighter, shared.of_heavier) >= 0.99


def is_same_group(one: Statement, other: Statement) -> bool:
    """Whether two statements can be about the same cases."""
    return bool(one.groups & other.groups)


def is_one_sentence(one: Statement, other: Statement) -> bool:
    """Whether both stand in the same sentence."""
    return one.sentence is other.sentence or one.sentence == other.sentence


class Index:
    """Statements by their features, to find those that may be about the same without comparing all with all."""

    def __init__(self, statements: Sequence[Statement], least: float = 0.45, most: int = 60) -> None:
        self.statements = statements
        self.by_feature: dict[str, list[int]] = defaultdict(list)
        for at, statement in enumerate(statements):
            for name, weight in statement.features.items():
                if weight >= least:
                    self.by_feature[name].append(at)
        self.most = most

    def near(self, features: Mapping[str, float], shared: int = 1) -> Iterable[int]:
        """The statements that share at least so many telling features, in order of the report."""
        counts: dict[int, int] = defaultdict(int)
        for name in features:
            found = self.by_feature.get(name, ())
            if len(found) <= self.most:
                for at in found:
                    counts[at] += 1
        return sorted(at for at, count in counts.items() if count >= shared)
