"""`crosscase evaluate`: how good the suggestions are for one coder, by held-out case, beside the plain way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import coder_option, counted, json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from rich.console import Console

    from coding.coded_study import CodedStudy
    from coding.suggest.evaluate import Evaluation, Point
    from coding.suggest.measures import Interval

_FEW = 5


@click.command()
@coder_option
@click.option("--against", metavar="CODER", default="", help="What this coder said is what is right.")
@click.option("--hide-headings", is_flag=True, help="Hide headings and question labels, as in texts without them.")
@click.option("--quick", is_flag=True, help="Only the ends of the learning curve: no codings, and all.")
@study_option
@json_option
def evaluate(
    coder: str | None, against: str, hide_headings: bool, quick: bool, study_dir: Path | None, as_json: bool
) -> None:
    """Measure how good suggestions are for a coder, on cases held out, beside the plain way.

    For each case in turn, the model learns from the coder's other cases and ranks the themes of its segments; so do two
    baselines, with the same passages. Intervals are 95 %, by drawing whole cases again. Codes below a theme count as
    their theme. With 14 sources it takes about half a minute, --quick a few seconds.

    \b
    Example:
      crosscase evaluate --coder ana
      crosscase evaluate --coder ana --against bo --hide-headings --quick
    """
    from cli.options import who_codes
    from cli.suggesters import asked_suggesters
    from coding.coded_study import read_coded_study
    from coding.suggest import evaluate as evaluation
    from corpus.problems import errors

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded, problems = read_coded_study(root)
    if n := len(errors(problems)):
        said = f"{counted(n, 'error')}: what they concern is left out. crosscase check shows them."
        click.secho(said, err=True, fg="yellow")
    _check_coders(coded, [who, against] if against else [who])
    asked, faults = asked_suggesters(coded, structure=not hide_headings)
    points = (0, evaluation.ALL) if quick else evaluation.PASSAGES
    found = evaluation.evaluate(
        coded, who, against=against, indexes=asked.indexes, suggesters=asked.suggesters, passages=points,
        structure=not hide_headings,
    )  # fmt: skip
    if as_json:
        print_json(_value(found))
    else:
        _print(found, hide_headings)
    raise SystemExit(1 if faults else 0)


def _check_coders(coded: CodedStudy, names: Sequence[str]) -> None:
    """A usage error for one who has coded nothing; ends where nobody has, or where there are no themes."""
    from corpus.problems import did_you_mean

    if not coded.codebook.active_themes:
        stop("There are no themes to measure yet: crosscase codebook derive makes them from the guide.")
    if not coded.coders:
        stop("Nothing is coded yet, so there is nothing to measure against. crosscase status says how to begin.")
    for name in names:
        if name not in coded.coders:
            near = did_you_mean(name, coded.coders)
            raise click.UsageError(f"'{name}' has no codings; there are those of {', '.join(coded.coders)}. {near}")


def _value(found: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON; `passages` -1 is all of the other cases."""
    import msgspec

    value: dict[str, Any] = msgspec.to_builtins(found)
    for entry, code in zip(value["codes"], found.codes, strict=True):
        entry |= {"precision": code.precision, "recall": code.recall, "f1": code.f1}
    return value


def _print(found: Evaluation, hide_headings: bool) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    judge = f"what {found.against} said" if found.against else f"{found.coder}'s own codings"
    console.print(f"Suggestions learned from {found.coder}, against {judge}", style="bold", markup=False)
    read = f", and {found.without} that bear none" if found.without else ""
    facts = f"{counted(found.segments, 'coded segment')}{read}; {counted(found.cases, 'case')}, each held out in turn"
    hidden = "; headings and question labels hidden" if hide_headings else ""
    console.print(f"{facts}; {', '.join(found.suggesters)}{hidden}", style="dim", markup=False)
    if found.too_few:
        console.print(f"{found.too_few[0].upper()}{found.too_few[1:]}.", style="yellow", markup=False)
    if not found.segments:
        return
    _print_curve(console, found.curve)
    _print_coverage(console, found)
    _print_codes(console, found)
    _print_calibration(console, found)


def _print_curve(console: Console, curve: Sequence[Point]) -> None:
    from coding.suggest.baselines import BASELINE, BASELINE_WITH_TEXTS

    console.print("\nLearning curve: how often the first code, or one of the first three, is right (%)", style="bold")
    rows = []
    for point in curve:
        rows += [
            (_passages(point.passages), "crosscase", _share(point.top1), _share(point.top3), ""),
            ("", BASELINE, _share(point.baseline_top1), _share(point.baseline_top3), _points(point.gain)),
            ("", BASELINE_WITH_TEXTS, _share(point.informed_top1), _share(point.informed_top3),
             _points(point.informed_gain)),
        ]  # fmt: skip
    _table(console, ("passages a theme", "", "first", "first three", "crosscase leads by"), rows, words=2)
    unclear = [
        _passages(p.passages) for p in curve if any((g.low or 0.0) <= 0 for g in (p.gain, p.informed_gain))
    ]  # fmt: skip
    if unclear:
        console.print(
            f"Not clearly better than both baselines with {', '.join(unclear)}: the interval of a lead reaches 0 or "
            "there is none.", style="yellow", markup=False,
        )  # fmt: skip


def _print_coverage(console: Console, found: Evaluation) -> None:
    console.print("\nWhat would be proposed, at a lead set on the other cases (%)", style="bold")
    rows = [
        (f"{entry.precision:.0%}", f"{100 * entry.coverage:.0f}",
         "–" if entry.reached is None else f"{100 * entry.reached:.1f}")
        for entry in found.coverage
    ]  # fmt: skip
    _table(console, ("wanted precision", "segments with a proposal", "of these right"), rows, words=1)


def _print_codes(console: Console, found: Evaluation) -> None:
    console.print("\nEach theme, if the first code were taken everywhere (%)", style="bold")
    rows = [
        (code.code, str(code.given), str(code.proposed), str(code.right), *map(_percent, measures))
        for code in found.codes
        for measures in [(code.precision, code.recall, code.f1)]
    ]
    _table(console, ("theme", "coded", "suggested", "both", "precision", "recall", "F1"), rows, words=1)
    few = [code.code for code in found.codes if code.given < _FEW]
    if few:
        said = f"Too few codings to tell anything (fewer than {_FEW} segments): {', '.join(few)}."
        console.print(said, style="yellow", markup=False)


def _print_calibration(console: Console, found: Evaluation) -> None:
    console.print(
        "\nDo probabilities hold? (codes of all segments, each case by the curve of the others)", style="bold"
    )
    if not found.bins:
        said = "No code has five codings from four cases beside the one held out, so there are no probabilities."
        console.print(said, style="yellow", markup=False)
        return
    rows = [
        (f"{100 * b.low:.0f}–{100 * b.high:.0f} %", str(b.count), f"{100 * b.said:.0f}", f"{100 * b.held:.0f}")
        for b in found.bins
    ]
    _table(console, ("probability", "suggestions", "said on average", "was right"), rows, words=1)


def _table(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> None:
    """A table whose first `words` columns are words and whose others are figures."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for number, title in enumerate(head):
        table.add_column(Text(title), justify="left" if number < words else "right")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _passages(k: int) -> str:
    from coding.suggest.evaluate import ALL

    return "all" if k == ALL else "none" if k == 0 else str(k)


def _share(value: Interval) -> str:
    """`88.3 [85, 92]`; without the brackets where there is no interval."""
    if value.value is None:
        return "–"
    if value.low is None or value.high is None:
        return f"{100 * value.value:.1f}"
    return f"{100 * value.value:.1f} [{100 * value.low:.0f}, {100 * value.high:.0f}]"


def _points(value: Interval) -> str:
    if value.value is None:
        return "–"
    if value.low is None or value.high is None:
        return f"{100 * value.value:+.1f}"
    return f"{100 * value.value:+.1f} [{100 * value.low:+.0f}, {100 * value.high:+.0f}]"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}"
