"""What is measured of suggestions on the example study: how fast they are beside the plain way, and how good.

The plain way is TF-IDF of whole words with logistic regression, as `coding.suggest.baselines` has it. It gives a
probability for each theme and nothing else: no words that speak for a theme, no codes below themes, no order, no
calibration.
"""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.timing import ROOT, Measured, timed
from coding.coded_study import CodedStudy, read_coded_study
from coding.coding import Coding
from coding.suggest.evaluate import evaluate
from coding.suggest.evaluation import ALL, Point
from coding.suggest.measures import Interval
from coding.suggest.segment_list import Segment
from corpus.new_study import copy_study
from corpus.tokens import read_tokens

EXAMPLE = ROOT / "cli" / "example_study"
CODER = "ana"
MANY = 1000
PASSAGES = (0, 3, ALL)
LEAST_LEADS = {0: 0.10, 3: 0.10, ALL: 0.0}
"""How far crosscase has to lead before the better of the two plain ways, by coded passages a theme."""
REPEATS = 4


def refit(study: Path, times: int) -> Measured:
    """A model after one more coding: fitted and calibrated by held-out case, what is known of the texts kept."""
    return _refit(times, is_calibrated=True)


def refit_alone(study: Path, times: int) -> Measured:
    """The same without calibration."""
    return _refit(times, is_calibrated=False)


def _refit(times: int, is_calibrated: bool) -> Measured:
    from coding.suggest.model import fit
    from coding.suggest.suggester import load_suggesters

    coded, used = example(), load_suggesters()[0]
    indexes, _ = read_tokens(coded.study)
    codings = _codings(coded)
    fit(coded, CODER, codings[:-1], indexes=indexes, suggesters=used, calibrate=is_calibrated)
    work = timed(lambda: fit(coded, CODER, codings, indexes=indexes, suggesters=used, calibrate=is_calibrated), times)
    return Measured(work)


def plain_refit(study: Path, times: int) -> Measured:
    """TF-IDF weights of the study's words, and a logistic regression on the same passages."""
    texts, passages = _plain_texts()
    return Measured(timed(lambda: _plain_model(texts, passages), times))


def thousand(study: Path, times: int) -> Measured:
    """A thousand paragraphs that are not in the study, by a fitted model: all codes ranked, with their words."""
    from coding.suggest.model import fit

    coded = example()
    model = fit(coded, CODER, indexes=read_tokens(coded.study)[0])
    paragraphs = [Segment("new", n, n + len(text), n + 1, text) for n, text in enumerate(new_paragraphs(coded))]
    model.suggest(paragraphs[:1])
    return Measured(timed(lambda: model.suggest(paragraphs), times), MANY)


def plain_thousand(study: Path, times: int) -> Measured:
    """The same paragraphs through a fitted TF-IDF and logistic regression."""
    words, fitted = _plain_model(*_plain_texts())
    paragraphs = list(new_paragraphs(example()))
    return Measured(timed(lambda: fitted.predict_proba(words.transform(paragraphs)), times), MANY)


@cache
def example() -> CodedStudy:
    """The example study, as a copy: what is kept between runs does not belong into the project."""
    folder = Path(tempfile.mkdtemp(prefix="crosscase-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy_study(EXAMPLE, folder / "example")
    return read_coded_study(folder / "example")[0]


def new_paragraphs(coded: CodedStudy) -> Iterator[str]:
    """A thousand paragraphs of three sentences of the study each, the same every time."""
    sentences = [
        source.text[start:end]
        for source in coded.study.sources
        for start, end in read_tokens(coded.study)[0][source.id].sentence_spans
    ]
    chance = random.Random(1)
    for _ in range(MANY):
        yield " ".join(chance.sample(sentences, 3))


def _codings(coded: CodedStudy) -> list[Coding]:
    return [coding for coding in coded.codings if coding.coder == CODER]


def _plain_texts() -> tuple[list[str], list[tuple[str, str]]]:
    """All segments of the study, and the coder's passages with their themes."""
    from coding.suggest.gold import gold_of, training_view

    coded = example()
    view = training_view(coded, {})
    gold = gold_of(view, _codings(coded))
    known = zip(gold.examples, gold.passages, strict=True)
    return [segment.text for segment in view.segments], [(entry.text, code) for entry, (_, code) in known if code]


def _plain_model(texts: Sequence[str], passages: Sequence[tuple[str, str]]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    words = TfidfVectorizer(sublinear_tf=True).fit(texts)
    learned = words.transform([text for text, _ in passages])
    with threadpool_limits(1):
        return words, LogisticRegression(class_weight="balanced").fit(learned, [code for _, code in passages])


class Quality(msgspec.Struct, frozen=True):
    """The learning curve of the example study, with headings for all or hidden from all."""

    headings_hidden: bool
    points: tuple[Point, ...]


def quality(repeats: int = REPEATS) -> tuple[Quality, ...]:
    """How good suggestions are by held-out case, in one run with the plain ways; headings hidden first."""
    coded = example()
    indexes, _ = read_tokens(coded.study)
    return tuple(
        Quality(
            hidden,
            evaluate(
                coded, CODER, indexes=indexes, passages=PASSAGES, repeats=repeats, structure=not hidden, compare=False
            ).curve,
        )
        for hidden in (True, False)
    )


def quality_lines(found: Sequence[Quality]) -> Iterator[str]:
    """The table of quality in Markdown."""
    yield (
        "| First theme right, example study by held-out case, % | crosscase | TF-IDF + logistic regression | the same "
        "with the codebook's texts | crosscase leads the better one by | Target | Met |"
    )
    yield "|---|---|---|---|---|---|---|"
    for entry in found:
        for point in entry.points:
            lead = least_lead(point)
            met = "yes" if is_met(point) else "**no**"
            least = LEAST_LEADS[point.passages]
            yield (
                f"| {_what(entry, point)} | {_share(point.top1)} | {_share(point.baseline_top1)} | "
                f"{_share(point.informed_top1)} | {_points(lead)} | ≥ {100 * least:.0f} points | {met} |"
            )


def least_lead(point: Point) -> Interval:
    """The lead over the better of the two plain ways."""
    return min(point.gain, point.informed_gain, key=lambda gain: gain.value or 0.0)


def is_met(point: Point) -> bool:
    """Whether the lead is as large as it has to be."""
    return (least_lead(point).value or 0.0) >= LEAST_LEADS[point.passages]


def _what(entry: Quality, point: Point) -> str:
    passages = {0: "no coding", ALL: "all other cases coded"}.get(
        point.passages, f"{point.passages} coded passages a theme"
    )
    return f"{passages}, headings {'hidden' if entry.headings_hidden else 'shown'}"


def _share(value: Interval) -> str:
    return f"{100 * (value.value or 0.0):.1f} [{100 * (value.low or 0.0):.0f}, {100 * (value.high or 0.0):.0f}]"


def _points(value: Interval) -> str:
    return f"{100 * (value.value or 0.0):+.1f} [{100 * (value.low or 0.0):+.0f}, {100 * (value.high or 0.0):+.0f}]"


def main() -> None:
    """Print the table of quality."""
    for line in quality_lines(quality()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
