"""What `crosscase evaluate` shows in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.options import counted

if TYPE_CHECKING:
    from rich.console import Console

    from coding.suggest.evaluation import Evaluation, Point
    from coding.suggest.measures import Interval

_FEW = 5
_MOST_CONFUSIONS, _LEAST_CONFUSED = 12, 2


def show_evaluation(found: Evaluation) -> None:
    """Print an evaluation as tables."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    judge = f"what {found.against} said" if found.against else f"{found.coder}'s own codings"
    console.print(f"Suggestions learned from {found.coder}, against {judge}", style="bold", markup=False)
    read = f", and {found.without} that bear none" if found.without else ""
    facts = f"{counted(found.segments, 'coded segment')}{read}; {counted(found.cases, 'case')}, each held out in turn"
    hidden = "; headings and question labels hidden" if found.method.headings_hidden else ""
    pipeline = f"; lemmas by {found.method.pipeline}" if found.method.pipeline else ""
    console.print(f"{facts}; {', '.join(found.method.suggesters)}{pipeline}{hidden}", style="dim", markup=False)
    if found.too_few:
        console.print(f"{found.too_few[0].upper()}{found.too_few[1:]}.", style="yellow", markup=False)
    if not found.segments:
        return
    _print_curve(console, found.curve)
    if found.agreement and found.agreement.value is not None:
        said = (
            f"{found.coder}'s own codings agree with {found.against}'s on {_share(found.agreement)} % of the segments"
        )
        console.print(f"{said} that both have coded: more cannot be learned from {found.coder}.", markup=False)
    _print_comparisons(console, found)
    _print_coverage(console, found)
    _print_codes(console, found)
    _print_confusions(console, found)
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
    console.print("\nWhat suggest would propose, by what was learned of the other cases (%)", style="bold")
    rows = [
        (f"{entry.precision:.0%}", f"{100 * entry.coverage:.0f}",
         "–" if entry.reached is None else f"{100 * entry.reached:.1f}")
        for entry in found.coverage
    ]  # fmt: skip
    _table(console, ("wanted precision", "segments with a proposal", "of these right"), rows, words=1)


def _print_codes(console: Console, found: Evaluation) -> None:
    console.print("\nEach theme, if the first code were taken everywhere (%)", style="bold")
    rows = [
        (code.code, str(code.given), str(code.proposed), str(code.right), _percent(code.precision),
         _percent(code.recall), _share(code.f1))
        for code in found.codes
    ]  # fmt: skip
    _table(console, ("theme", "coded", "suggested", "both", "precision", "recall", "F1"), rows, words=1)
    few = [code.code for code in found.codes if code.given < _FEW]
    if few:
        said = f"Too few codings to tell anything (fewer than {_FEW} segments): {', '.join(few)}."
        console.print(said, style="yellow", markup=False)


def _print_confusions(console: Console, found: Evaluation) -> None:
    shown = [entry for entry in found.confusions if entry.count >= _LEAST_CONFUSED][:_MOST_CONFUSIONS]
    if not shown:
        return
    console.print("\nWhich theme is taken for which (at least two segments)", style="bold")
    rows = [
        (entry.given or "(bears none)", entry.proposed, f"{entry.count} of {entry.of}",
         ", ".join(f"{place.source} ¶{place.paragraph}" for place in entry.places[:3])
         + (" …" if entry.count > 3 else ""))
        for entry in shown
    ]  # fmt: skip
    _table(console, ("coded as", "taken for", "segments", "where"), rows, words=2, ends=True)


def _print_comparisons(console: Console, found: Evaluation) -> None:
    for compared in found.comparisons:
        console.print(
            f"\nDoes {compared.name} ({compared.what}) help? The same segments, first code right (%)", style="bold"
        )
        rows = [
            (_passages(point.passages), _share(point.with_it), _share(point.without_it), _points(point.gain))
            for point in compared.points
        ]
        _table(console, ("passages a theme", "with it", "without", "it adds"), rows, words=1)
        console.print(_VERDICTS[compared.verdict], style="" if compared.verdict == "improves" else "yellow")


_VERDICTS = {
    "improves": "It improves suggestions on cases held out.",
    "harms": "It makes suggestions worse on cases held out: take it out of study.toml.",
    "unclear": "Not clear that it helps: the intervals of what it adds reach 0, or point both ways.",
    "too_few": "There are too few codings to tell whether it helps.",
}


def _print_calibration(console: Console, found: Evaluation) -> None:
    console.print(
        "\nDo probabilities hold? (codes of all segments, each case by the curve of the others)", style="bold"
    )
    from coding.suggest.measures import Interval

    if not found.bins:
        said = "No code has five codings from four cases beside the one held out, so there are no probabilities."
        console.print(said, style="yellow", markup=False)
        return
    rows = [
        (f"{100 * b.low:.0f}–{100 * b.high:.0f} %", str(b.count), f"{100 * b.said:.0f}",
         _share(Interval(b.held, b.held_low, b.held_high)))
        for b in found.bins
    ]  # fmt: skip
    _table(console, ("probability", "suggestions", "said on average", "was right"), rows, words=1)
    if quality := found.calibration:
        said = f"Brier score {quality.brier:.3f} (always saying how frequent codes are: {quality.brier_constant:.3f})"
        console.print(f"{said}; calibration error {quality.error:.3f}.", style="dim", markup=False)


def _table(
    console: Console, head: Sequence[str], rows: Sequence[Sequence[str]], words: int, ends: bool = False
) -> None:
    """A table whose first `words` columns are words and whose others are figures; with `ends` the last is words too."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for number, title in enumerate(head):
        is_words = number < words or (ends and number == len(head) - 1)
        table.add_column(Text(title), justify="left" if is_words else "right")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _passages(k: int) -> str:
    from coding.suggest.evaluation import ALL

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


def _percent(value: Interval) -> str:
    return "–" if value.value is None else f"{100 * value.value:.0f}"
