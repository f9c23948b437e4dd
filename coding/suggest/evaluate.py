"""How good the suggestions are for one coder, measured on cases that were held out, beside the plain way.

For each case in turn, the model and the baseline learn from the other cases and rank the themes of its segments. The
learning curve does this with no, one, two … coded passages a theme, drawn by a fixed rule. What is compared is what
the coder said; of a segment with several themes, each of them is right.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.suggest.baselines import Baseline
from coding.suggest.calibration import calibration, codes_with_enough
from coding.suggest.combination import combined
from coding.suggest.gold import Gold, case_of, gold_of, theme_orders, training_view
from coding.suggest.measures import (
    Bin,
    CodeQuality,
    Coverage,
    Interval,
    calibration_bins,
    coverage_at,
    hits,
    interval,
    per_code,
)
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Suggester, Training, load_suggesters
from corpus.tokens import TokenIndex

ALL = -1
PASSAGES = (0, 1, 2, 3, 5, ALL)
PRECISIONS = (0.95, 0.9, 0.85, 0.8)
_FEWEST_CASES, _FEWEST_SEGMENTS = 4, 30


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


class Evaluation(msgspec.Struct, frozen=True):
    """What `crosscase evaluate` shows. `segments`: with a theme; `without`: read, and bearing none.

    `too_few` says in a sentence why the figures cannot tell much, and is empty where they can. `codes`, `coverage` and
    `bins` are of the last point of the curve.
    """

    coder: str
    against: str
    suggesters: tuple[str, ...]
    cases: int
    segments: int
    without: int
    curve: tuple[Point, ...]
    codes: tuple[CodeQuality, ...]
    coverage: tuple[Coverage, ...]
    bins: tuple[Bin, ...]
    too_few: str = ""


class _Ranking(msgspec.Struct, frozen=True):
    """Scores of model and baselines for the same segments; all are segments × codes."""

    model: Any
    baseline: Any
    informed: Any


def evaluate(
    coded: CodedStudy,
    coder: str,
    codings: Sequence[Coding] | None = None,
    *,
    against: str = "",
    indexes: Mapping[str, TokenIndex] | None = None,
    suggesters: Sequence[Suggester] | None = None,
    passages: Sequence[int] = PASSAGES,
    repeats: int = 2,
    structure: bool = True,
) -> Evaluation:
    """The evaluation of one coder's model by held-out case.

    `against`: another coder, whose codings are what is right (the model learns from `coder`). Without `structure`,
    headings and question labels are hidden from the model. `repeats`: how often passages are drawn for the points
    between none and all. Codes are themes; codes below them count as their theme.
    """
    view = training_view(coded, indexes or {})
    mine = [c for c in coded.codings if c.coder == coder] if codings is None else codings
    gold = gold_of(view, mine, _read(coded, coder))
    right = gold_of(view, [c for c in coded.codings if c.coder == against], _read(coded, against)) if against else gold
    used = list(suggesters) if suggesters is not None else load_suggesters(_names(coded, structure))[0]
    view = msgspec.structs.replace(view, examples=gold.examples)
    for suggester in used:
        suggester.fit(view)
    rows = sorted(right.given)
    given = _truth(right, rows, len(view.codes))
    cases = [case_of(view.segments[row]) for row in rows]
    baseline = Baseline(view)
    curve, last = [], None
    for k in passages:
        drawn = [_rank(used, baseline, view, gold, rows, k, number) for number in range(_draws(k, repeats))]
        curve.append(_point(k, drawn, given, cases))
        last = drawn[0]
    assert last is not None
    codes = [code.id for code in view.codes]
    return Evaluation(
        coder=coder,
        against=against,
        suggesters=tuple(f"{s.name}/{s.version}" for s in used),
        cases=len(set(cases)),
        segments=int(given.any(1).sum()) if rows else 0,
        without=int((~given.any(1)).sum()) if rows else 0,
        curve=tuple(curve),
        codes=tuple(per_code(last.model, given, codes)),
        coverage=tuple(coverage_at(last.model, given, cases, PRECISIONS)),
        bins=tuple(_bins(last.model, given, cases, view, gold)),
        too_few=_too_few(len(set(cases)), int(given.any(1).sum()) if rows else 0),
    )


def _names(coded: CodedStudy, structure: bool) -> list[str]:
    return [name for name in coded.study.settings.suggest.suggesters if structure or name != "structure"]


def _read(coded: CodedStudy, coder: str) -> set[str]:
    return {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme}


def _truth(gold: Gold, rows: Sequence[int], codes: int) -> Any:
    import numpy as np

    return np.array([gold.given[row] for row in rows]).reshape(len(rows), codes) > 0


def _draws(k: int, repeats: int) -> int:
    return 1 if k in (0, ALL) else max(1, repeats)


def _too_few(cases: int, segments: int) -> str:
    """Why these figures cannot tell much; empty where they can."""
    if segments == 0:
        return "nothing is coded yet, so there is nothing to measure against"
    if cases < _FEWEST_CASES:
        return f"{cases} cases with codings are too few to tell: at least {_FEWEST_CASES} are needed"
    if segments < _FEWEST_SEGMENTS:
        return f"{segments} coded segments are too few to tell: at least {_FEWEST_SEGMENTS} are needed"
    return ""


def _rank(
    used: Sequence[Suggester], baseline: Baseline, view: Training, gold: Gold, rows: Sequence[int], k: int, number: int
) -> _Ranking:
    """Rankings for the segments `rows`, each case's learned from `k` passages a theme of the other cases."""
    import numpy as np

    shares = np.zeros((len(view.segments), len(view.codes)))
    plain, informed = np.zeros_like(shares), np.zeros_like(shares)
    orders = theme_orders(view)
    names = [case_of(view.segments[row]) for row in rows]
    for case in sorted(set(names)):
        chosen = draw(view.segments, gold, case, k, number)
        examples = tuple(gold.examples[i] for i in chosen)
        given = {gold.passages[i][0]: gold.given[gold.passages[i][0]] for i in chosen}
        of_case = [row for row, name in zip(rows, names, strict=True) if name == case]
        learning = msgspec.structs.replace(view, examples=examples)
        shares[of_case] = combined(used, learning, view.segments, given, orders).shares[of_case]
        words = [(gold.examples[i].text, gold.passages[i][1]) for i in chosen if gold.passages[i][1]]
        plain[of_case] = baseline.scores(of_case, words)
        informed[of_case] = baseline.scores_with_texts(of_case, words)
    return _Ranking(shares[list(rows)], plain[list(rows)], informed[list(rows)])


def draw(segments: Sequence[Segment], gold: Gold, case: str, k: int, number: int) -> list[int]:
    """Numbers of the examples to learn from when `case` is held out: `k` of each theme, or all with `ALL`.

    The same case, `k` and `number` always give the same ones. Segments that bear none of the codes are among them only
    with `ALL`.
    """
    others = [i for i, (row, _) in enumerate(gold.passages) if case_of(segments[row]) != case]
    if k == ALL:
        return others
    of_code: dict[str, list[int]] = {}
    for i in others:
        if code := gold.passages[i][1]:
            of_code.setdefault(code, []).append(i)
    chance = random.Random(f"{case} {number}")
    found = []
    for code in sorted(of_code):
        chance.shuffle(of_code[code])
        found += of_code[code][:k]
    return sorted(found)


def _point(k: int, drawn: Sequence[_Ranking], given: Any, cases: Sequence[str]) -> Point:
    """The mean over the draws, for segments that bear a theme."""
    import numpy as np

    rows = [row for row in range(len(given)) if given[row].any()]
    names = [cases[row] for row in rows]

    def mean(which: str, most: int) -> Any:
        found = [hits(getattr(ranking, which)[rows], given[rows], most) for ranking in drawn]
        return np.mean(found, axis=0) if rows else np.zeros(0)

    model, plain, informed = mean("model", 1), mean("baseline", 1), mean("informed", 1)
    return Point(
        passages=k,
        top1=interval(model, names),
        top3=interval(mean("model", 3), names),
        baseline_top1=interval(plain, names),
        baseline_top3=interval(mean("baseline", 3), names),
        gain=interval(model - plain, names),
        informed_top1=interval(informed, names),
        informed_top3=interval(mean("informed", 3), names),
        informed_gain=interval(model - informed, names),
    )


def _bins(shares: Any, given: Any, cases: Sequence[str], view: Training, gold: Gold) -> list[Bin]:
    """The calibration plot: each case's probabilities by the curve of the other cases."""
    codes = [code.id for code in view.codes]
    said: list[float] = []
    held: list[bool] = []
    for case in sorted(set(cases)):
        of: dict[str, list[str]] = {}
        for row, code in gold.passages:
            if code and case_of(view.segments[row]) != case:
                of.setdefault(code, []).append(view.segments[row].case)
        others = [i for i, name in enumerate(cases) if name != case]
        curve = calibration(
            shares[others], given[others], codes, codes_with_enough({c: tuple(n) for c, n in of.items()})
        )
        for i in (i for i, name in enumerate(cases) if name == case):
            for number, code in enumerate(codes):
                chance = curve.probability(code, float(shares[i, number]))
                if chance is not None:
                    said.append(chance)
                    held.append(bool(given[i, number]))
    return calibration_bins(said, held)
