"""How good the suggestions are for one coder, measured on cases that were held out, beside the plain way.

For each case in turn, the model and the baseline learn from the other cases and rank the themes of its segments. The
learning curve does this with no, one, two … coded passages a theme, drawn by a fixed rule. What is compared is what
the coder said; of a segment with several themes, each of them is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any, Literal

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.suggest.baselines import BASELINE, BASELINE_WITH_TEXTS, Baseline
from coding.suggest.calibration import Calibration as Curve
from coding.suggest.calibration import calibration, codes_with_enough
from coding.suggest.comparisons import comparisons
from coding.suggest.confusions import confusions
from coding.suggest.embedding_suggester import NAME as EMBEDDINGS
from coding.suggest.evaluation import ALL, Calibration, Evaluation, Method, Point, Theme
from coding.suggest.gold import Gold, case_of, gold_of, training_view
from coding.suggest.measures import (
    LEVEL,
    RESAMPLES,
    Interval,
    calibration_bins,
    calibration_quality,
    coverage_at,
    hits,
    interval,
    per_code,
    reach,
)
from coding.suggest.named_models import default_suggesters
from coding.suggest.one_thread import one_thread
from coding.suggest.rankings import Ranking, Task, draw, model_scores, ranking
from coding.suggest.suggester import Suggester, Training
from corpus.tokens import TokenIndex

__all__ = ["ALL", "PASSAGES", "draw", "evaluate"]

PASSAGES = (0, 1, 2, 3, 5, ALL)
PRECISIONS = (0.95, 0.9, 0.85, 0.8)
_FEWEST_CASES, _FEWEST_SEGMENTS = 4, 30
_PROGRAMS = ("crosscase", "scikit-learn", "simplemma", "spacy")


@one_thread()
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
    compare: bool = True,
) -> Evaluation:
    """The evaluation of one coder's model by held-out case.

    `against`: another coder, whose codings are what is right (the model learns from `coder`, its probabilities and what
    it proposes too). Without `structure`,
    headings and question labels are hidden from the model. `repeats`: how often passages are drawn for the points
    between none and all. Codes are themes; codes below them count as their theme. With `compare`, the same is done
    without each model that study.toml names.
    """
    view = training_view(coded, indexes or {})
    mine = [c for c in coded.codings if c.coder == coder] if codings is None else codings
    gold = gold_of(view, mine, _read(coded, coder))
    right = gold_of(view, [c for c in coded.codings if c.coder == against], _read(coded, against)) if against else gold
    used = tuple(suggesters) if suggesters is not None else default_suggesters(coded, structure)
    view = msgspec.structs.replace(view, examples=gold.examples)
    for suggester in used:
        suggester.fit(view)
    task = Task(view, gold, tuple(sorted(right.given)))
    given, cases, codes = truth(right, task.rows, len(view.codes)), task.cases, [code.id for code in view.codes]
    baseline = Baseline(view, with_headings=structure)
    curve, last, models = [], None, {}
    for k in passages:
        drawn = [ranking(used, baseline, task, k, number) for number in range(draws(k, repeats))]
        models[k] = [entry.model for entry in drawn]
        curve.append(_point(k, drawn, given, cases))
        last = drawn[0]
    assert last is not None
    n_with, n_cases = int(given.any(1).sum()) if task.rows else 0, len(set(cases))
    reason = _reason(n_cases, n_with)
    curves = _curves(_own_shares(used, task, last.model, passages[-1]), gold, view, cases)
    said, held, held_cases = _probabilities(last.model, given, cases, codes, curves)
    compared = comparisons(coded, used, task, given, models, bool(reason)) if compare else ()
    return Evaluation(
        format="crosscase-evaluation/1",
        title=coded.study.settings.title,
        constructed=coded.study.settings.constructed,
        coder=coder,
        against=against,
        method=_method(view, used, structure, repeats if set(passages) - {0, ALL} else 1),
        themes=tuple(Theme(code.id, code.label) for code in view.codes),
        cases=n_cases,
        sources=len({view.segments[row].source for row in task.rows}),
        segments=n_with,
        without=len(task.rows) - n_with,
        curve=tuple(curve),
        codes=tuple(per_code(last.model, given, codes, cases=cases)),
        confusions=confusions(last.model, given, codes, [view.segments[row] for row in task.rows]),
        coverage=tuple(coverage_at(last.model, given, cases, PRECISIONS, codes, curves)),
        reach=tuple(reach(last.model, given)),
        bins=tuple(calibration_bins(said, held, cases=held_cases)),
        calibration=Calibration(*calibration_quality(said, held)) if said else None,
        agreement=_agreement(gold, right, view) if against else None,
        comparisons=compared,
        too_few=_too_few(reason, n_cases, n_with),
        reason=reason,
    )


def _read(coded: CodedStudy, coder: str) -> set[str]:
    return {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme}


def truth(gold: Gold, rows: Sequence[int], codes: int) -> Any:
    """Segments × codes, true where the code was given."""
    import numpy as np

    return np.array([gold.given[row] for row in rows]).reshape(len(rows), codes) > 0


def draws(k: int, repeats: int) -> int:
    """How often passages are drawn: once where there is nothing to choose."""
    return 1 if k in (0, ALL) else max(1, repeats)


def _method(view: Training, used: Sequence[Suggester], structure: bool, repeats: int) -> Method:
    return Method(
        suggesters=tuple(f"{s.name}/{s.version}" for s in used),
        baselines=(BASELINE, BASELINE_WITH_TEXTS),
        pipeline=view.pipeline,
        embeddings=next((s.version for s in used if s.name == EMBEDDINGS), ""),
        language=view.language,
        headings_hidden=not structure,
        interval=LEVEL,
        resamples=RESAMPLES,
        draws=repeats,
        versions={name: metadata.version(name) for name in _PROGRAMS},
    )


def _reason(cases: int, segments: int) -> Literal["", "nothing", "cases", "segments"]:
    if segments == 0:
        return "nothing"
    return "cases" if cases < _FEWEST_CASES else "segments" if segments < _FEWEST_SEGMENTS else ""


def _too_few(reason: str, cases: int, segments: int) -> str:
    """Why these figures cannot tell much; empty where they can."""
    return {
        "": "",
        "nothing": "nothing is coded yet, so there is nothing to measure against",
        "cases": f"{_counted(cases, 'case')} with codings: too few to tell, at least {_FEWEST_CASES} are needed",
        "segments": f"{_counted(segments, 'coded segment')}: too few to tell, at least {_FEWEST_SEGMENTS} are needed",
    }[reason]


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _point(k: int, drawn: Sequence[Ranking], given: Any, cases: Sequence[str]) -> Point:
    """The mean over the draws, for segments that bear a theme."""
    import numpy as np

    rows = [row for row in range(len(given)) if given[row].any()]
    names = [cases[row] for row in rows]

    def mean(which: str, most: int) -> Any:
        found = [hits(getattr(entry, which)[rows], given[rows], most) for entry in drawn]
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


def _own_shares(used: Sequence[Suggester], task: Task, shares: Any, k: int) -> Any:
    """The shares of the segments that the coder has coded; `shares` are those of the rows of the task."""
    rows = tuple(sorted(task.gold.given))
    return shares if rows == task.rows else model_scores(used, msgspec.structs.replace(task, rows=rows), k, 0)


def _curves(shares: Any, gold: Gold, view: Training, cases: Sequence[str]) -> dict[str, Curve]:
    """Case → the calibration that the coder's own codings of all other cases give, as `crosscase suggest` has it.

    `shares` are those of the segments that the coder has coded, in order. Whoever says what is right, the coder's
    suggestions go by what the coder has said.
    """
    codes, rows = [code.id for code in view.codes], sorted(gold.given)
    given, of_row = truth(gold, rows, len(codes)), [case_of(view.segments[row]) for row in rows]
    found = {}
    for case in sorted(set(cases)):
        known: dict[str, list[str]] = {}
        for row, code in gold.passages:
            if code and case_of(view.segments[row]) != case:
                known.setdefault(code, []).append(case_of(view.segments[row]))
        others = [i for i, name in enumerate(of_row) if name != case]
        enough = codes_with_enough({c: tuple(n) for c, n in known.items()})
        found[case] = calibration(shares[others], given[others], codes, enough)
    return found


def _probabilities(
    shares: Any, given: Any, cases: Sequence[str], codes: Sequence[str], curves: Mapping[str, Curve]
) -> tuple[list[float], list[bool], list[str]]:
    """For the calibration plot: what was said of each segment and code, whether it held, and the segment's case.

    Each case's probabilities come from the curve of the other cases.
    """
    said: list[float] = []
    held: list[bool] = []
    of: list[str] = []
    for i in sorted(range(len(cases)), key=lambda number: (cases[number], number)):
        chances = curves[cases[i]].probabilities(codes, [float(share) for share in shares[i]])
        for number, chance in enumerate(chances):
            if chance is not None:
                said.append(chance)
                held.append(bool(given[i, number]))
                of.append(cases[i])
    return said, held, of


def _agreement(gold: Gold, right: Gold, view: Training) -> Interval:
    """How often the coder gave a segment one of the themes that the other gave it."""
    rows = sorted(row for row in right.given if row in gold.given and any(right.given[row]))
    same = [any(a and b for a, b in zip(gold.given[row], right.given[row], strict=True)) for row in rows]
    return interval([float(entry) for entry in same], [case_of(view.segments[row]) for row in rows])
