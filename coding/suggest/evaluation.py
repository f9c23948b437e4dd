"""What an evaluation found, as values: the object that `crosscase evaluate --json` prints (docs/schemas)."""

from __future__ import annotations

from typing import Literal

import msgspec

from coding.suggest.measures import Bin, CodeQuality, Coverage, Interval, Reach

ALL = -1
"""As many coded passages as there are."""


class Theme(msgspec.Struct, frozen=True):
    """A theme that was ranked."""

    id: str
    label: str


class Point(msgspec.Struct, frozen=True):
    """One point of the learning curve: `passages` coded passages a theme (`ALL` = -1: all of the other cases).

    `gain` is the model's top-1 less the baseline's, with its interval, segment by segment on the same cases.
    `informed` is the fairer baseline, which learns from the codes' texts too; `informed_gain` is the lead over that.
    """

    passages: int
    top1: Interval
    top3: Interval
    baseline_top1: Interval
    baseline_top3: Interval
    gain: Interval
    informed_top1: Interval
    informed_top3: Interval
    informed_gain: Interval


class Place(msgspec.Struct, frozen=True):
    """A segment: its source, its span in the text, and the number of its first paragraph, from 1."""

    source: str
    start: int
    end: int
    paragraph: int


class Confusion(msgspec.Struct, frozen=True):
    """Segments that bear the theme `given` and were taken for `proposed`, which they do not bear.

    `given` is empty for segments that were read and bear no theme. `of`: all segments that bear `given`. A segment with
    two themes that is taken for a third counts once for each of the two.
    """

    given: str
    proposed: str
    count: int
    of: int
    places: tuple[Place, ...]


class Calibration(msgspec.Struct, frozen=True):
    """How well probabilities hold, over `count` pairs of a segment and a code.

    `brier` is the mean squared difference between what was said and what held (0 is perfect), `brier_constant` that of
    always saying how frequent codes are. `error` is the expected calibration error: the mean distance between said and
    held over the ten bins, each by its size.
    """

    count: int
    brier: float
    brier_constant: float
    error: float


class Compared(msgspec.Struct, frozen=True):
    """One point of a comparison: top-1 with the named model and without, on the same segments; `gain` is the
    difference, segment by segment."""

    passages: int
    with_it: Interval
    without_it: Interval
    gain: Interval


class Comparison(msgspec.Struct, frozen=True):
    """Whether a model that study.toml names improves suggestions by held-out case.

    `verdict` goes by the intervals of `gain`: `improves` where one lies above zero and none below, `harms` where one
    lies below and none above, else `unclear`; `too_few` where the codings cannot tell.
    """

    what: Literal["pipeline", "embeddings"]
    name: str
    points: tuple[Compared, ...]
    verdict: Literal["improves", "harms", "unclear", "too_few"]


class Method(msgspec.Struct, frozen=True):
    """How it was measured, for a methods section. `interval` is the level of all intervals, by drawing whole cases
    `resamples` times; `draws`: how often the passages between none and all were drawn."""

    suggesters: tuple[str, ...]
    baselines: tuple[str, ...]
    pipeline: str
    embeddings: str
    language: str
    headings_hidden: bool
    interval: float
    resamples: int
    draws: int
    versions: dict[str, str]


class Evaluation(msgspec.Struct, frozen=True):
    """How good suggestions are for one coder, by held-out case.

    `against`: whose codings are what is right; empty for the coder's own. `segments`: with a theme; `without`: read,
    and bearing none. `too_few` says in a sentence why the figures cannot tell much, and is empty where they can;
    `reason` is the same as a word. `codes`, `confusions`, `coverage`, `reach`, `bins` and `calibration` are of the
    last point of the curve. `coverage` is what `crosscase suggest` would propose, by what the coder said of the other
    cases; `reach` is the whole way from proposing little to proposing everything. `agreement`: how often the coder's
    own codings give a segment a theme that `against` gave it, among segments that both have coded or read.
    """

    format: Literal["crosscase-evaluation/1"]
    title: str
    constructed: bool
    coder: str
    against: str
    method: Method
    themes: tuple[Theme, ...]
    cases: int
    sources: int
    segments: int
    without: int
    curve: tuple[Point, ...]
    codes: tuple[CodeQuality, ...]
    confusions: tuple[Confusion, ...]
    coverage: tuple[Coverage, ...]
    reach: tuple[Reach, ...]
    bins: tuple[Bin, ...]
    calibration: Calibration | None = None
    agreement: Interval | None = None
    comparisons: tuple[Comparison, ...] = ()
    too_few: str = ""
    reason: Literal["", "nothing", "cases", "segments"] = ""
