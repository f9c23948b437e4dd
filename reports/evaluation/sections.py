"""The parts of an evaluation's page: each a picture, what it shows in words, and its numbers as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator

from coding.suggest.evaluation import Evaluation
from coding.suggest.measures import CodeQuality, Interval
from reports.evaluation.plots import (
    Cells,
    CodeRow,
    Dot,
    Series,
    calibration_plot,
    codes_plot,
    confusion_plot,
    learning_plot,
    reach_plot,
)
from reports.evaluation.view import (
    FEW,
    EvaluationView,
    Section,
    Table,
    banners,
    bracket,
    decimal,
    facts,
    gain,
    joined,
    keys,
    lead,
    method_text,
    passages,
    percent,
    share,
)
from reports.evaluation.words import EvaluationWords

_MOST_THEMES = 40
"""With more themes than this the squares of the confusion picture would be too many to read."""
_MOST_PLACES = 4


def evaluation_view(found: Evaluation, words: EvaluationWords) -> EvaluationView:
    """The whole page; without any coded segment only what must be known."""
    is_empty = found.reason == "nothing"
    programs = [f"{name} {version}" for name, version in found.method.versions.items()]
    return EvaluationView(
        title=words.title,
        study=found.title,
        lead=lead(found, words),
        facts=facts(found, words),
        banners=banners(found, words),
        keys=() if found.reason else tuple(keys(found, words)),
        method=() if is_empty else method_text(found, words),
        sections=() if is_empty else tuple(_sections(found, words)),
        made_with=words.made_with.format(programs=joined(programs, words)),
    )


def _sections(found: Evaluation, words: EvaluationWords) -> Iterator[Section]:
    yield learning(found, words)
    if found.comparisons:
        yield compared(found, words)
    yield coverage(found, words)
    yield codes(found, words)
    yield confused(found, words)
    yield calibrated(found, words)


def learning(found: Evaluation, words: EvaluationWords) -> Section:
    """The learning curve of the model and both baselines."""
    plain, informed = (words.baselines.get(name, name) for name in found.method.baselines)
    names = (words.crosscase, plain, informed)
    firsts = [(p.top1, p.baseline_top1, p.informed_top1) for p in found.curve]
    threes = [(p.top3, p.baseline_top3, p.informed_top3) for p in found.curve]
    ticks = [passages(p.passages, words) for p in found.curve]
    panels = [
        [
            Series(
                name, tuple(_dot(entry[n], f"{name} · {tick}: ", words) for entry, tick in zip(of, ticks, strict=True))
            )
            for n, name in enumerate(names)
        ]
        for of in (firsts, threes)
    ]
    rows = []
    for point, tick, first, three in zip(found.curve, ticks, firsts, threes, strict=True):
        leads = ("", gain(point.gain, words), gain(point.informed_gain, words))
        for n, name in enumerate(names):
            rows.append((tick if n == 0 else "", name, share(first[n], words), share(three[n], words), leads[n]))
    low, high = found.curve[0], found.curve[-1]
    said = words.learning_said.format(
        cold=percent(low.top1.value, words, 0), cold_plain=percent(low.baseline_top1.value, words, 0),
        cold_informed=percent(low.informed_top1.value, words, 0), full=percent(high.top1.value, words, 0),
        full_plain=percent(high.baseline_top1.value, words, 0),
        full_informed=percent(high.informed_top1.value, words, 0),
    )  # fmt: skip
    unclear = [
        tick for p, tick in zip(found.curve, ticks, strict=True)
        if any((entry.low or 0.0) <= 0 for entry in (p.gain, p.informed_gain))
    ]  # fmt: skip
    head = (words.passages, "", words.first, words.first_three, words.leads)
    return Section(
        id="learning",
        title=words.learning,
        hint=words.learning_hint,
        picture=learning_plot((words.first, words.first_three), ticks, panels, words.passages),
        said=said,
        notes=(words.interval_note, words.cold_note, *([] if unclear else [words.better])),
        warnings=(words.not_better.format(passages=joined(unclear, words)),) if unclear else (),
        tables=(Table(head, tuple(rows), words=2),),
    )


def _dot(value: Interval, before: str, words: EvaluationWords, size: float = 4.5) -> Dot:
    return Dot(value.value, value.low, value.high, f"{before}{share(value, words)}", size)


def compared(found: Evaluation, words: EvaluationWords) -> Section:
    """Whether the models that study.toml names help."""
    notes: list[str] = []
    warnings: list[str] = []
    tables = []
    for entry in found.comparisons:
        said = f"{entry.name} ({words.what[entry.what]}): {words.verdicts[entry.verdict]}"
        (notes if entry.verdict == "improves" else warnings).append(said)
        head = (words.passages, words.with_it, words.without_it, words.adds)
        tables.append(Table(head, tuple(
            (passages(p.passages, words), share(p.with_it, words), share(p.without_it, words), gain(p.gain, words))
            for p in entry.points
        ), shown=True, caption=entry.name))  # fmt: skip
    return Section(
        "comparisons", words.comparisons, words.comparisons_hint,
        notes=tuple(notes), warnings=tuple(warnings), tables=tuple(tables),
    )  # fmt: skip


def coverage(found: Evaluation, words: EvaluationWords) -> Section:
    """How many segments get a proposal, and how often it is right."""
    rows = tuple(
        (f"{percent(entry.precision, words, 0)} %", percent(entry.coverage, words), percent(entry.reached, words))
        for entry in found.coverage
    )
    marks, said = [], []
    for entry, row in zip(found.coverage, rows, strict=True):
        text = f"{words.wanted} {row[0]}: {words.proposed_share} {row[1]}; {words.right_share} {row[2]}"
        said.append(f"{text}.")
        if entry.reached is not None:
            marks.append((entry.coverage, Dot(entry.reached, said=text), row[0]))
    steps = [(step.coverage, step.right) for step in found.reach]
    spoken = words.coverage_said.format(
        all=percent(found.reach[-1].right if found.reach else None, words, 0), marks=" ".join(said)
    )
    picture = reach_plot(steps, marks, words.proposed_share, words.right_share)
    head = (words.wanted, words.proposed_share, words.right_share)
    table = Table(head, rows, shown=True)
    return Section("coverage", words.coverage, words.coverage_hint, picture, spoken, tables=(table,))


def codes(found: Evaluation, words: EvaluationWords) -> Section:
    """Precision, recall and F1 of each theme."""
    labels = {theme.id: theme.label for theme in found.themes}
    few = [labels[code.code] for code in found.codes if code.given < FEW]
    known = [code for code in found.codes if code.given >= FEW and code.f1.value is not None]
    said = ""
    if known:
        low, high = (pick(known, key=lambda code: code.f1.value or 0.0) for pick in (min, max))
        frame = words.codes_said if low.f1.value != high.f1.value else words.codes_same
        said = frame.format(
            low=percent(low.f1.value, words, 0), low_theme=labels[low.code],
            high=percent(high.f1.value, words, 0), high_theme=labels[high.code],
        )  # fmt: skip
    table = Table(
        (words.theme, words.coded, words.suggested, words.both, words.precision, words.recall, words.f1),
        tuple(
            (labels[code.code], str(code.given), str(code.proposed), str(code.right), share(code.precision, words),
             share(code.recall, words), share(code.f1, words))
            for code in found.codes
        ),
    )  # fmt: skip
    return Section(
        id="themes",
        title=words.codes,
        hint=words.codes_hint,
        picture=codes_plot(
            [_code_row(code, labels[code.code], words) for code in found.codes],
            (words.precision, words.recall, words.f1),
        ),
        said=said or words.too_few_codings,
        notes=(said,) if said else (),
        warnings=(words.codes_few.format(themes=joined(few, words)),) if few else (),
        tables=(table,),
    )


def _code_row(code: CodeQuality, label: str, words: EvaluationWords) -> CodeRow:
    note = f"{words.f1} {percent(code.f1.value, words, 0)} {bracket(code.f1, words)}".rstrip()
    is_few = code.given < FEW
    n = f"n = {code.given}"
    return CodeRow(
        label=label,
        precision=_dot(code.precision, f"{label} · {words.precision}: ", words),
        recall=_dot(code.recall, f"{label} · {words.recall}: ", words),
        f1=_dot(code.f1, f"{label} · {words.f1}: ", words),
        note=f"{n} · {words.too_few_codings}" if is_few else f"{note} · {n}",
        is_few=is_few,
    )


def confused(found: Evaluation, words: EvaluationWords) -> Section:
    """Which theme is taken for which."""
    labels = {theme.id: theme.label for theme in found.themes} | {"": words.bears_none}
    rows = []
    for entry in found.confusions:
        places = [f"{place.source} ¶{place.paragraph}" for place in entry.places[:_MOST_PLACES]]
        rest = " …" if entry.count > _MOST_PLACES else ""
        n = words.of.format(k=entry.count, n=entry.of)
        rows.append((labels[entry.given], labels[entry.proposed], n, ", ".join(places) + rest))
    said = words.confusions_single if found.confusions else words.confusions_none
    most = next((entry for entry in found.confusions if entry.given), None)
    if most is not None and most.count > 1:
        said = words.confusions_said.format(
            given=labels[most.given], proposed=labels[most.proposed], count=most.count, of=most.of
        )
    picture = confusion_plot(_cells(found, labels, words)) if 0 < len(found.codes) <= _MOST_THEMES else None
    head = (words.coded_as, words.taken_for, words.segments, words.where)
    tables = (Table(head, tuple(rows), words=4),) if rows else ()
    return Section("confusions", words.confusions, words.confusions_hint, picture, said, (said,), tables=tables)


def _cells(found: Evaluation, labels: dict[str, str], words: EvaluationWords) -> Cells:
    ids = [code.code for code in found.codes]
    known = {(entry.given, entry.proposed): entry.count for entry in found.confusions}
    known |= {(code.code, code.code): code.right for code in found.codes}
    totals = {code.code: code.given for code in found.codes} | {"": found.without}
    rows = [*ids, *([""] if found.without else [])]
    counts = tuple(tuple(known.get((row, column), 0) for column in ids) for row in rows)
    said = tuple(
        tuple(
            f"{labels[row]} → {labels[column]}: {words.of.format(k=known.get((row, column), 0), n=totals[row])}"
            for column in ids
        )
        for row in rows
    )
    return Cells(
        rows=tuple(labels[row] for row in rows),
        columns=tuple(labels[column] for column in ids),
        counts=counts,
        said=said,
        right=tuple(ids.index(row) if row else None for row in rows),
        totals=tuple(totals[row] for row in rows),
    )


def calibrated(found: Evaluation, words: EvaluationWords) -> Section:
    """The calibration plot."""
    if not found.bins or found.calibration is None:
        return Section("calibration", words.calibration, words.calibration_hint, warnings=(words.calibration_none,))
    rows, dots = [], []
    for entry in found.bins:
        name = f"{percent(entry.low, words, 0)}–{percent(entry.high, words, 0)} %"
        held = Interval(entry.held, entry.held_low, entry.held_high)
        row = (name, str(entry.count), percent(entry.said, words), share(held, words))
        rows.append(row)
        said = f"{words.said} {row[2]}; {words.held} {row[3]}; {words.pairs}: {entry.count}"
        size = min(11.0, 3.0 + 0.35 * math.sqrt(entry.count))
        dots.append((entry.said, Dot(entry.held, entry.held_low, entry.held_high, said, size)))
    low, high = found.bins[0], found.bins[-1]
    spoken = words.calibration_said.format(
        low_said=percent(low.said, words, 0), low_held=percent(low.held, words, 0),
        high_said=percent(high.said, words, 0), high_held=percent(high.held, words, 0),
    )  # fmt: skip
    quality = found.calibration
    numbers = words.calibration_numbers.format(
        brier=decimal(quality.brier, words), constant=decimal(quality.brier_constant, words),
        error=decimal(quality.error, words), n=quality.count,
    )  # fmt: skip
    table = Table((words.probability, words.pairs, words.said, words.held), tuple(rows))
    return Section(
        "calibration", words.calibration, words.calibration_hint, calibration_plot(dots, words.said, words.held),
        spoken, (spoken, numbers), tables=(table,),
    )  # fmt: skip
