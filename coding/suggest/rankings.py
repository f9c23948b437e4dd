"""Rankings by held-out case: what the model and the plain ways say of a case when they have learned from the others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec

from coding.suggest.baselines import Baseline
from coding.suggest.combination import combined
from coding.suggest.evaluation import ALL
from coding.suggest.gold import Gold, case_of, theme_orders
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Suggester, Training


class Ranking(msgspec.Struct, frozen=True):
    """Scores of model and baselines for the same segments; all are segments × codes."""

    model: Any
    baseline: Any
    informed: Any


class Task(msgspec.Struct, frozen=True):
    """What is to be ranked: the segments `rows` of `view`, by what `gold` says of the other cases."""

    view: Training
    gold: Gold
    rows: tuple[int, ...]

    @property
    def cases(self) -> list[str]:
        """The case of each row."""
        return [case_of(self.view.segments[row]) for row in self.rows]

    def learned(self, case: str, k: int, number: int) -> tuple[Training, dict[int, Any], list[tuple[str, str]]]:
        """What is learned from when `case` is held out: the view, what is known of segments, and (words, code)."""
        gold, segments = self.gold, self.view.segments
        chosen = draw(segments, gold, case, k, number)
        given = {gold.passages[i][0]: gold.given[gold.passages[i][0]] for i in chosen}
        words = [(gold.examples[i].text, gold.passages[i][1]) for i in chosen if gold.passages[i][1]]
        return msgspec.structs.replace(self.view, examples=tuple(gold.examples[i] for i in chosen)), given, words


def model_scores(used: Sequence[Suggester], task: Task, k: int, number: int) -> Any:
    """The model's scores for the rows, each case's learned from `k` passages a theme of the other cases."""
    import numpy as np

    scores = np.zeros((len(task.view.segments), len(task.view.codes)))
    orders = theme_orders(task.view)
    for case, rows in _by_case(task).items():
        view, given, _ = task.learned(case, k, number)
        scores[rows] = combined(used, view, view.segments, given, orders).shares[rows]
    return scores[list(task.rows)]


def ranking(used: Sequence[Suggester], baseline: Baseline, task: Task, k: int, number: int) -> Ranking:
    """The scores of the model and of both baselines, which get the same passages."""
    import numpy as np

    plain = np.zeros((len(task.view.segments), len(task.view.codes)))
    informed = np.zeros_like(plain)
    for case, rows in _by_case(task).items():
        _, _, words = task.learned(case, k, number)
        plain[rows] = baseline.scores(rows, words)
        informed[rows] = baseline.scores_with_texts(rows, words)
    wanted = list(task.rows)
    return Ranking(model_scores(used, task, k, number), plain[wanted], informed[wanted])


def _by_case(task: Task) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, case in sorted(zip(task.rows, task.cases, strict=True), key=lambda pair: (pair[1], pair[0])):
        found.setdefault(case, []).append(row)
    return found


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
