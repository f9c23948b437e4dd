"""`crosscase robust`: which sentences would be others without a case, a cluster or a coder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted, json_option, print_json, stop, study_option, study_root
from cli.written import the_theme

_MOST_IDS = 6

if TYPE_CHECKING:
    from reports.robust.exact import Exact
    from reports.robust.sentences import Robustness, SentenceChange
    from reports.robust.small_numbers import ClaimStatistics
    from reports.verify.look import Look


@click.command()
@click.option("--theme", "themes", metavar="THEME", multiple=True, help="Only this theme (repeatable).")
@click.option("--all", "show_all", is_flag=True, help="Also sentences whose numbers change and whose meaning does not.")
@click.option("--exact", is_flag=True,
              help="Also exact statistics of claims that two groups share, with the least that the design can give and "
              "the chance of any such difference.")  # fmt: skip
@study_option
@json_option
def robust(themes: tuple[str, ...], show_all: bool, exact: bool, study_dir: Path | None, as_json: bool) -> None:
    """Leave out each case, each cluster and each coder, and show which sentences turn.

    A sentence turns when it says something of another kind: more than half becomes half or less, all becomes some, or
    it cannot be said any more. A share of one case less turns nothing.

    With --exact, Fisher's exact test and the permutation within clusters for every claim that both groups have a
    finding about. Such numbers are shown only where somebody asks for them: with few cases they can hardly be small,
    and among many claims one is small by chance. They never say why groups differ.

    \b
    Example:
      crosscase robust
      crosscase robust --theme ressourcer --all
      crosscase robust --exact --json
    """
    from reports.robust.sentences import robustness
    from reports.robust.small_numbers import NotTwoGroups, small_numbers

    look = _look(study_root(study_dir), themes)
    found = robustness(look, themes)
    try:
        statistics = small_numbers(look, themes) if exact else ()
    except NotTwoGroups as error:
        stop(f"{error}. Leave --exact out, or compare two groups.")
    if as_json:
        print_json(_json(found, statistics, show_all, exact))
        return
    _show(found, show_all)
    if exact:
        _show_statistics(statistics)


def _look(root: Path, themes: Sequence[str]) -> Look:
    from corpus.problems import errors
    from reports.verify.look import Look
    from reports.whole_study import read_whole_study

    whole, problems = read_whole_study(root)
    for theme in themes:
        the_theme(whole, theme)
    if n := len(errors(problems)):
        said = f"{counted(n, 'error')}: what they concern is left out. crosscase check shows them."
        click.secho(said, err=True, fg="yellow")
    if not any(of_theme.findings for of_theme in whole.findings):
        stop("There are no findings yet. Write one with: crosscase finding add --theme THEME --group GROUP TEXT")
    return Look(whole)


def _show(found: Robustness, show_all: bool) -> None:
    by_finding: dict[str, list[SentenceChange]] = {}
    for change in found.changes if show_all else found.turning:
        by_finding.setdefault(change.finding.id, []).append(change)
    for changes in by_finding.values():
        _show_sentence(changes)
    _show_differences(found)
    for out in found.left_out:
        if out.is_everything:
            click.echo(f"Every stance rests on the codings of {out.label}: without them nothing can be said.")
    tried = [out.what for out in found.left_out if not out.is_everything]
    kinds = ", ".join(counted(tried.count(kind), kind) for kind in dict.fromkeys(tried)) or "nothing to leave out"
    said = found.findings - len(found.unsaid)
    if found.unsaid:
        ids = ", ".join(finding.id for finding in found.unsaid[:_MOST_IDS])
        more = f" and {len(found.unsaid) - _MOST_IDS} more" if len(found.unsaid) > _MOST_IDS else ""
        click.echo(f"{counted(len(found.unsaid), 'sentence')} cannot be said with every case there: {ids}{more}.")
    click.echo(
        f"{found.firm} of {counted(said, 'sentence')} {'holds' if found.firm == 1 else 'hold'} whatever is left out "
        f"({kinds}, one at a time); {said - found.firm} {'turns' if said - found.firm == 1 else 'turn'} at least once."
    )


def _show_sentence(changes: Sequence[SentenceChange]) -> None:
    """A sentence, and what it becomes without each thing that changes it."""
    finding = changes[0].finding
    click.secho(f"{finding.id}  {finding.theme} · {finding.group or 'all groups'}", bold=True)
    click.echo(f"    now: {changes[0].before}")
    for change in changes:
        without = f"without {change.left_out.label}" + (" (cluster)" if change.left_out.what == "cluster" else "")
        said = change.after or "cannot be said"
        why = f"  [{change.why}]" if change.why else ""
        click.secho(f"    {without}: {said}{why}", fg="yellow" if change.turns else None)
    click.echo()


def _show_differences(found: Robustness) -> None:
    """How two groups compare on a claim, where it comes out otherwise without a case or cluster."""
    by_claim: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for one in found.differences:
        outcomes = by_claim.setdefault((one.theme, one.claim, one.before), {})
        outcomes.setdefault(one.after or "no comparison, since a group is empty", []).append(one.left_out.label)
    if by_claim:
        click.secho("Comparisons of the groups that come out otherwise", bold=True)
    for (theme, claim, before), outcomes in by_claim.items():
        click.echo(f"    {theme}, “{claim}”: {before}")
        for after, labels in outcomes.items():
            click.echo(f"        {after} without {', '.join(labels)}")
    if by_claim:
        click.echo()


def _show_statistics(statistics: Sequence[ClaimStatistics]) -> None:
    click.secho("\nExact statistics of the claims that both groups have a finding about", bold=True)
    if not statistics:
        click.echo("There is none: give findings of both groups the same text or the same `claim`.")
        return
    for one in statistics:
        click.echo(f"\n{one.theme}, “{one.claim}”: {' / '.join(one.texts)}")
        click.echo(f"    {one.first[0]} of {one.first[1]} against {one.second[0]} of {one.second[1]}, silent left out")
        click.echo(f"    Fisher:           {_said(one.statistics.fisher)}")
        click.echo(f"    within clusters:  {_said(one.statistics.blocked)}")
    click.echo(
        "\n“Any of these” is the chance that at least one of the claims above differs as much when the groups' names "
        "are\ngiven out by lot. None of these numbers says why groups differ, or anything of cases outside the study."
    )


def _said(exact: Exact | None) -> str:
    if exact is None:
        return "not to be had: too few cases that answer, or none to exchange"
    any_ = "" if exact.any is None else f"; any of these: {float(exact.any):.2f}"
    return f"p = {float(exact.p):.3f} ({exact.p}); least possible {exact.floor}{any_}"


def _json(found: Robustness, statistics: Sequence[ClaimStatistics], show_all: bool, exact: bool) -> dict[str, Any]:
    import msgspec

    changes = found.changes if show_all else found.turning
    said: dict[str, Any] = {
        "findings": found.findings,
        "firm": found.firm,
        "unsaid": [finding.id for finding in found.unsaid],
        "left_out": [msgspec.to_builtins(out) for out in found.left_out],
        "changes": [
            {"left_out": msgspec.to_builtins(c.left_out), "finding": c.finding.id, "theme": c.finding.theme,
             "group": c.finding.group, "before": c.before, "after": c.after, "turns": c.turns, "why": c.why}
            for c in changes
        ],
        "differences": [msgspec.to_builtins(d) for d in found.differences],
    }  # fmt: skip
    if exact:
        said["exact"] = [
            {"theme": s.theme, "claim": s.claim, "texts": list(s.texts),
             "first": list(s.first), "second": list(s.second),
             "fisher": _numbers(s.statistics.fisher), "blocked": _numbers(s.statistics.blocked)}
            for s in statistics
        ]  # fmt: skip
    return said


def _numbers(exact: Exact | None) -> dict[str, Any] | None:
    if exact is None:
        return None
    any_: Fraction | None = exact.any
    return {"p": float(exact.p), "floor": float(exact.floor), "any": None if any_ is None else float(any_)}
