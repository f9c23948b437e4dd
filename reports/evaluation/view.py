"""The page of an evaluation as values: every sentence, number, picture and table that a reader will see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from coding.suggest.evaluation import ALL, Evaluation, Point
from coding.suggest.measures import Interval
from reports.evaluation.words import EvaluationWords
from reports.pictures.pen import Drawing

FEW = 5
"""Below so many coded segments a theme's figures tell nothing."""


class Table(msgspec.Struct, frozen=True):
    """A table of text. The first `words` columns are words, the others figures; `shown` at once, or on demand.
    `caption` is what it is called where that is not just the numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    shown: bool = False
    caption: str = ""


class Section(msgspec.Struct, frozen=True):
    """A part of the page. `notes` are sentences below the picture, `warnings` those that must not be missed."""

    id: str
    title: str
    hint: str
    picture: Drawing | None = None
    said: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


class Key(msgspec.Struct, frozen=True):
    """A number in large letters, its interval, and what it is."""

    number: str
    interval: str
    said: str


class EvaluationView(msgspec.Struct, frozen=True):
    """The whole page."""

    title: str
    study: str
    lead: str
    facts: tuple[str, ...]
    banners: tuple[str, ...]
    keys: tuple[Key, ...]
    method: tuple[str, ...]
    sections: tuple[Section, ...]
    made_with: str


def percent(value: float | None, words: EvaluationWords, digits: int = 1) -> str:
    """A share in percent without its sign: `88,3` in Danish; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.{digits}f}".replace(".", words.decimal)


def decimal(value: float, words: EvaluationWords) -> str:
    """A number with three decimals."""
    return f"{value:.3f}".replace(".", words.decimal)


def bracket(value: Interval, words: EvaluationWords) -> str:
    """`[85–92]`; empty where there is no interval."""
    if value.low is None or value.high is None:
        return ""
    return f"[{percent(value.low, words, 0)}{words.between}{percent(value.high, words, 0)}]"


def share(value: Interval, words: EvaluationWords) -> str:
    """`88.3 [85–92]`."""
    return " ".join(filter(None, (percent(value.value, words), bracket(value, words))))


def gain(value: Interval, words: EvaluationWords) -> str:
    """`+25.0 [+20 to +30]`, in points."""
    if value.value is None:
        return "–"
    said = signed(value.value, words, 1)
    if value.low is None or value.high is None:
        return said
    return f"{said} [{signed(value.low, words)}; {signed(value.high, words)}]"


def signed(value: float, words: EvaluationWords, digits: int = 0) -> str:
    """Points with their sign: `+25`, `−3`."""
    text = f"{100 * abs(value):.{digits}f}".replace(".", words.decimal)
    is_zero = not any(letter in "123456789" for letter in text)
    return text if is_zero else ("+" if value > 0 else "−") + text


def passages(k: int, words: EvaluationWords) -> str:
    """`none`, `3`, `all others`."""
    return words.passages_all if k == ALL else words.passages_none if k == 0 else str(k)


def joined(parts: Sequence[str], words: EvaluationWords) -> str:
    """`a, b and c`."""
    return f"{', '.join(parts[:-1])} {words.and_} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def lead(found: Evaluation, words: EvaluationWords) -> str:
    """What was measured, in a sentence."""
    frame = words.lead_against if found.against else words.lead
    return frame.format(coder=found.coder, against=found.against)


def facts(found: Evaluation, words: EvaluationWords) -> tuple[str, ...]:
    """How much was measured, and by what."""
    counts = words.facts.format(
        segments=found.segments, without=found.without, sources=found.sources, cases=found.cases,
        themes=len(found.themes),
    )  # fmt: skip
    method = found.method
    used = [*method.suggesters, *filter(None, (method.pipeline,))]
    hidden = [words.facts_hidden] if method.headings_hidden else []
    return (counts, " · ".join([*used, *hidden]))


def banners(found: Evaluation, words: EvaluationWords) -> tuple[str, ...]:
    """What must be known before any number is read."""
    said = []
    if found.reason:
        n = found.cases if found.reason == "cases" else found.segments
        said.append(words.too_few[found.reason].format(n=n))
    if found.reason == "nothing":
        said.append(words.nothing)
    return (*said, words.constructed) if found.constructed else tuple(said)


def keys(found: Evaluation, words: EvaluationWords) -> Iterator[Key]:
    """The numbers that most readers look for; of the last point of the curve."""
    last = found.curve[-1]
    yield Key(f"{percent(last.top1.value, words, 0)} %", bracket(last.top1, words), words.key_first)
    yield Key(f"{percent(last.top3.value, words, 0)} %", bracket(last.top3, words), words.key_three)
    least = least_gain(last)
    yield Key(
        words.key_gain.format(points=signed(least.value or 0.0, words)),
        "" if least.low is None or least.high is None else f"[{signed(least.low, words)}; {signed(least.high, words)}]",
        words.key_gain_words,
    )
    at = next((entry for entry in found.coverage if entry.precision == 0.9), None)
    if at is not None:
        frame = words.key_coverage if at.reached is not None else words.key_none
        said = frame.format(wanted=percent(at.precision, words, 0), right=percent(at.reached, words, 0))
        yield Key(f"{percent(at.coverage, words, 0)} %", "", said)
    if found.agreement and found.agreement.value is not None:
        said = words.key_agreement.format(coder=found.coder, against=found.against)
        yield Key(f"{percent(found.agreement.value, words, 0)} %", bracket(found.agreement, words), said)


def least_gain(point: Point) -> Interval:
    """The smaller of the leads over the two baselines."""
    return min(point.gain, point.informed_gain, key=lambda entry: entry.value or 0.0)


def method_text(found: Evaluation, words: EvaluationWords) -> tuple[str, ...]:
    """Paragraphs for a methods section."""
    method, first, last = found.method, found.curve[0], found.curve[-1]
    made = [
        words.method_made.format(
            version=method.versions["crosscase"], suggesters=", ".join(method.suggesters), coder=found.coder
        )
    ]
    if method.pipeline:
        made.append(words.method_pipeline.format(name=method.pipeline))
    if method.embeddings:
        made.append(words.method_embeddings.format(name=method.embeddings))
    how = [
        words.method_held_out.format(
            cases=found.cases, themes=len(found.themes), segments=found.segments, without=found.without
        )
    ]
    if found.against:
        how.append(words.method_against.format(against=found.against))
    if method.headings_hidden:
        how.append(words.method_hidden)
    how += [words.method_right, words.method_baselines.format(version=method.versions["scikit-learn"])]
    result = [words.method_result.format(**_results(last, words))]
    if first.passages == 0:
        result.append(words.method_cold.format(**_results(first, words)))
    result.append(words.method_intervals.format(n=method.resamples))
    if method.draws > 1:
        result.append(words.method_draws.format(n=method.draws))
    if found.too_few:
        result.append(words.method_caution)
    return (" ".join(made), " ".join(how), " ".join(result))


def _results(point: Point, words: EvaluationWords) -> dict[str, str]:
    return {
        "top1": share(point.top1, words),
        "top3": share(point.top3, words),
        "plain": share(point.baseline_top1, words),
        "informed": share(point.informed_top1, words),
    }
