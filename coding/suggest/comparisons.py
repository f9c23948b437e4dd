"""Whether a pipeline or a model of word vectors that study.toml names improves suggestions by held-out case.

The same cases are ranked with the named model and without, from the same passages, and the difference is counted
segment by segment. A pipeline is compared with the blank one and the dictionary's lemmas, vectors with no vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from coding.coded_study import CodedStudy
from coding.suggest.embedding_suggester import NAME as EMBEDDINGS
from coding.suggest.evaluation import Compared, Comparison
from coding.suggest.gold import training_view
from coding.suggest.measures import hits, interval
from coding.suggest.named_models import without_embeddings, without_pipeline
from coding.suggest.rankings import Task, model_scores
from coding.suggest.suggester import Suggester

What = Literal["pipeline", "embeddings"]


def comparisons(
    coded: CodedStudy,
    used: Sequence[Suggester],
    task: Task,
    given: Any,
    models: Mapping[int, Sequence[Any]],
    is_too_few: bool,
) -> tuple[Comparison, ...]:
    """One entry for each named model. `models`: passages → the model's scores for the rows of the task, one matrix a
    draw. The suggesters are fitted anew, and as they were when all is done."""
    if not task.rows:
        return ()
    found = []
    for what, name, others, plain in _without(coded, used, task):
        for suggester in others:
            suggester.fit(plain.view)
        points = tuple(
            _compared(k, drawn, [model_scores(others, plain, k, number) for number in range(len(drawn))], given, task)
            for k, drawn in models.items()
        )
        found.append(Comparison(what, name, points, "too_few" if is_too_few else verdict(points)))
    for suggester in used if found else ():
        suggester.fit(task.view)
    return tuple(found)


def _without(
    coded: CodedStudy, used: Sequence[Suggester], task: Task
) -> Iterator[tuple[What, str, Sequence[Suggester], Task]]:
    """Each named model, and what is asked when it is taken away."""
    if task.view.pipeline:
        plain, indexes = without_pipeline(coded)
        view = msgspec.structs.replace(training_view(plain, indexes), examples=task.view.examples)
        yield "pipeline", task.view.pipeline, used, Task(view, task.gold, task.rows)
    if any(suggester.name == EMBEDDINGS for suggester in used):
        name = next(suggester.version for suggester in used if suggester.name == EMBEDDINGS)
        yield "embeddings", name, without_embeddings(used), task


def _compared(k: int, with_it: Sequence[Any], without_it: Sequence[Any], given: Any, task: Task) -> Compared:
    import numpy as np

    rows = [row for row in range(len(given)) if given[row].any()]
    cases = [task.cases[row] for row in rows]
    first: Any
    second: Any
    first, second = (
        np.mean([hits(scores[rows], given[rows], 1) for scores in drawn], axis=0) if rows else np.zeros(0)
        for drawn in (with_it, without_it)
    )
    return Compared(k, interval(first, cases), interval(second, cases), interval(first - second, cases))


def verdict(points: Sequence[Compared]) -> Literal["improves", "harms", "unclear"]:
    """What the intervals of the gains say together."""
    above = any(point.gain.low is not None and point.gain.low > 0 for point in points)
    below = any(point.gain.high is not None and point.gain.high < 0 for point in points)
    return "unclear" if above == below else "improves" if above else "harms"
