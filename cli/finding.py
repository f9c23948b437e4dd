"""`crosscase finding`: sentences about a group, looked at: list and show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.finding_write import add, difference, edit, note, remove, stamp, stance
from cli.options import counted, json_option, print_json, study_option, study_root
from cli.written import (
    change_lines,
    evidence_lines,
    evidence_records,
    ledger_line,
    sentence_faults,
    sentence_said,
    staleness_lines,
    state_of,
    the_finding,
    the_group,
    the_theme,
    whole_study,
)

if TYPE_CHECKING:
    from reports.findings import CaseStand, Finding, Ledger
    from reports.whole_study import WholeStudy


@click.group()
def finding() -> None:
    """Findings: sentences about a group, with a stance for every case and the codings they rest on.

    They are kept in findings/THEME.yaml. In a sentence {andel}, {antal} and {kvantor} ({share}, {count}, {quantifier})
    are filled in from the stances.

    \b
    Example:
      crosscase finding add --theme ressourcer --group few "{andel} har for få folk."
      crosscase finding stance f-3k9qa birkeby supports --evidence c7f2
      crosscase finding show f-3k9qa
    """


for command in (add, stance, edit, note, difference, stamp, remove):
    finding.add_command(command)


def _chosen(whole: WholeStudy, ids: Iterable[str], theme: str | None, group: str | None) -> list[Finding]:
    """The findings named, or those of a theme or group, or all, in the order of the codebook."""
    named = [the_finding(whole, id) for id in ids]
    if theme:
        the_theme(whole, theme)
    if group:
        the_group(whole, group)
    order = {row.id: place for place, row in enumerate(whole.coded.codebook.active_themes)}
    there = sorted(whole.finding_by_id.values(), key=lambda f: order.get(f.theme, len(order)))
    return named or [f for f in there if theme in (None, f.theme) and group in (None, f.group)]


@finding.command("list")
@click.option("--theme", metavar="THEME", help="Only this theme.")
@click.option("--group", metavar="GROUP", help="Only sentences about this group.")
@click.option("--stale", is_flag=True, help="Only sentences whose evidence changed.")
@study_option
@json_option
def list_(theme: str | None, group: str | None, stale: bool, study_dir: Path | None, as_json: bool) -> None:
    """List the sentences with what is known of their cases, in the order of the matrix.

    \b
    Example:
      crosscase finding list --theme ressourcer
    """
    whole = whole_study(study_root(study_dir), ("findings/",))
    shown = [f for f in _chosen(whole, (), theme, group) if not stale or whole.staleness_of(f).is_stale]
    if as_json:
        print_json([_record(whole, f) for f in shown])
        return
    last = ""
    for f in shown:
        if f.theme != last:
            click.secho(f.theme, bold=True)
            last = f.theme
        found = whole.ledger(f)
        mark = "  [stale]" if whole.staleness_of(f).is_stale else ""
        click.echo(f"  {f.id:10} {f.group or 'all':10} {' '.join(sentence_said(whole, f).split())}{mark}")
        click.echo(f"  {'':21} {ledger_line(whole, found)}")
    click.echo(counted(len(shown), "finding"), err=True)


@finding.command()
@click.argument("ids", metavar="[FINDING]…", nargs=-1)
@click.option("--theme", metavar="THEME", help="All sentences of this theme.")
@click.option("--group", metavar="GROUP", help="Only sentences about this group.")
@study_option
@json_option
def show(ids: tuple[str, ...], theme: str | None, group: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Show sentences as they read now, where each case stands, and the words that they rest on.

    \b
    Example:
      crosscase finding show f-3k9qa
      crosscase finding show --theme ressourcer
    """
    whole = whole_study(study_root(study_dir), ("findings/",))
    shown = _chosen(whole, ids, theme, group)
    if as_json:
        print_json([_record(whole, f) for f in shown])
        return
    said: set[str] = set()
    for f in shown:
        of_theme = whole.findings_of(f.theme)
        if of_theme.difference and not ids and f.theme not in said:
            click.echo(f"What differs under {f.theme}: {of_theme.difference}\n")
            said.add(f.theme)
        _show(whole, f)
    if not shown:
        click.echo("Nobody has written a finding here. crosscase finding add writes one.", err=True)


def _show(whole: WholeStudy, f: Finding) -> None:
    found, fresh = whole.ledger(f), whole.staleness_of(f)
    click.secho(sentence_said(whole, f), bold=True)
    click.echo(f"{f.id} · {f.theme} · {f.group or 'all cases'} · {ledger_line(whole, found)}")
    if "{" in f.text:
        click.echo(f"text: {f.text}")
    for line in sentence_faults(whole, f):
        click.secho(f"  {line}", fg="yellow")
    facts = (f.by and f"by {f.by}", f.claim and f"claim: {f.claim}", f.note and f"note: {f.note}")
    for line in (*filter(None, facts), f"evidence: {state_of(fresh)}"):
        click.echo(line)
    for line in (*staleness_lines(fresh, "sentence"), *_changed(whole, f)):
        click.secho(f"  {line}", fg="yellow")
    for case in found.cases:
        stand = case.stand.replace("_", " ")
        click.echo(f"  {case.case.label}: {stand if case.is_persons else f'({stand})'}{_reservation(case)}")
        for line in evidence_lines(whole, case.codings if case.has_evidence else ()):
            click.echo(f"    {line}")
    click.echo()


def _reservation(case: CaseStand) -> str:
    """What a reader has to know of a case that has a stance: that it was not asked, that nothing is named for it."""
    said = [] if case.has_evidence or not case.is_persons or case.stand == "unclear" else ["names no evidence"]
    said += ["was not asked"] if case.is_persons and case.asked is False else []
    return f"  [{', '.join(said)}]" if said else ""


def _changed(whole: WholeStudy, f: Finding) -> list[str]:
    from reports.evidence_changes import evidence_changes

    if not f.evidence_sha:
        return []
    return change_lines(evidence_changes(f.evidence_ids, f.evidence_sha, whole.coded))


def _record(whole: WholeStudy, f: Finding) -> dict[str, Any]:
    found, fresh = whole.ledger(f), whole.staleness_of(f)
    return {
        "id": f.id, "theme": f.theme, "group": f.group, "claim": f.claim, "text": f.text,
        "sentence": sentence_said(whole, f), "cannot_be_filled_in": sentence_faults(whole, f),
        "note": f.note, "by": f.by, "file": f.file, "line": f.line,
        "freshness": fresh.freshness, "gone": list(fresh.gone), "elsewhere": list(fresh.elsewhere),
        "not_covered": [coding.id for coding in fresh.not_covered],
        "counts": _counts(found), "cases": [_case_record(whole, case) for case in found.cases],
    }  # fmt: skip


def _counts(found: Ledger) -> dict[str, Any]:
    low, high = found.bounds
    return {
        "supports": found.supports, "contradicts": found.contradicts, "mixed": found.mixed, "unclear": found.unclear,
        "silent": found.silent, "n": found.n, "n_applicable": found.n_applicable, "n_asked": found.n_asked,
        "n_unasked": found.n_unasked, "bounds": [low, high],
    }  # fmt: skip


def _case_record(whole: WholeStudy, case: CaseStand) -> dict[str, Any]:
    return {
        "case": case.case.id, "stand": case.stand, "is_persons": case.is_persons, "asked": case.asked,
        "applies": case.applies, "evidence": evidence_records(whole, case.codings if case.has_evidence else ()),
    }  # fmt: skip
