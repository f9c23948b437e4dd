"""`crosscase chart`: the commands that write summaries: draft, set, edit, stamp, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import coder_option, counted, stop, study_option, study_root, who_codes, yes_option
from cli.written import (
    changed_or_stop,
    evidence_named,
    show_changes,
    the_cell,
    themes_and_cases,
    which_options,
    whole_study,
)

if TYPE_CHECKING:
    from reports.charts import Chart
    from reports.whole_study import WholeStudy


@click.command()
@which_options
@click.option("--excerpts", type=click.IntRange(1), default=3, show_default=True, help="How many at most in a draft.")
@click.option("--renew", is_flag=True, help="Draft anew, too, where there is a draft and its cell has changed.")
@click.option("--dry-run", is_flag=True, help="Show the drafts and write nothing.")
@study_option
def draft(
    themes: tuple[str, ...], cases: tuple[str, ...], all_cells: bool, excerpts: int, renew: bool, dry_run: bool,
    study_dir: Path | None,
) -> None:  # fmt: skip
    """Draft the summaries that are missing: a few excerpts of the cell, in quotes and cited.

    A draft says `by: crosscase/draft` until somebody takes it on with `crosscase chart set` or `edit`. What a person
    wrote is never drafted over.

    \b
    Example:
      crosscase chart draft --theme ressourcer --dry-run
      crosscase chart draft --all --excerpts 2
    """
    from reports.chart_drafts import draft_charts
    from reports.charts_edit import write_charts

    if not (themes or cases or all_cells):
        raise click.UsageError("Say which: --theme THEME, --case CASE, or --all.")
    root = study_root(study_dir)
    whole = whole_study(root, ("charts/",))
    wanted_themes, wanted_cases = themes_and_cases(whole, themes, cases)
    for theme in wanted_themes[:1]:
        for case in wanted_cases[:1]:
            the_cell(whole, case, theme)
    drafts = draft_charts(whole, wanted_themes, wanted_cases, excerpts, renew)
    if not dry_run:
        changed_or_stop(lambda: write_charts(root, drafts, whole.charts))
    for chart in drafts:
        click.echo(f"{chart.theme} · {chart.case}\n  {chart.summary}")
    verb = "would be drafted" if dry_run else "drafted"
    click.echo(f"{counted(len(drafts), 'summary')} {verb}.", err=True)


@click.command("set")
@click.argument("case")
@click.argument("theme")
@click.argument("text", required=False)
@click.option("--evidence", metavar="IDS", help="The codings it rests on: id,id or all (default: as it is, else all).")
@click.option("--note", help="A note for the team; an empty one takes it out.")
@coder_option
@study_option
def set_(
    case: str, theme: str, text: str | None, evidence: str | None, note: str | None, coder: str | None,
    study_dir: Path | None,
) -> None:  # fmt: skip
    """Write the summary of a case under a theme, or without TEXT take on the one that is there as yours.

    \b
    Example:
      crosscase chart set birkeby ressourcer "For mange sager pr. medarbejder." --evidence c7f2,c81a
      crosscase chart set birkeby ressourcer
    """
    root = study_root(study_dir)
    who = who_codes(root, coder)
    whole = whole_study(root, ("charts/",))
    there = _there(whole, case, theme)
    said = text if text is not None else there.summary if there else ""
    if text is not None and not said.strip():
        raise click.UsageError("The summary is empty. crosscase chart remove takes one out.")
    if not said.strip():
        raise click.UsageError(f"There is no summary of {case} under {theme} yet: give its TEXT.")
    _write(root, whole, case, theme, said, evidence, note, who)


@click.command()
@click.argument("case")
@click.argument("theme")
@coder_option
@study_option
def edit(case: str, theme: str, coder: str | None, study_dir: Path | None) -> None:
    """Write the summary in your editor, with the words of the cell below it. Saving nothing leaves it as it is.

    \b
    Example:
      crosscase chart edit birkeby ressourcer
    """
    from cli.written import evidence_lines

    root = study_root(study_dir)
    who = who_codes(root, coder)
    whole = whole_study(root, ("charts/",))
    there = _there(whole, case, theme)
    cell = the_cell(whole, case, theme)
    below = "".join(f"# {line}\n" for line in evidence_lines(whole, cell.codings))
    head = f"# {cell.case.label} · {cell.theme.label}. Lines that begin with # are left out.\n"
    saved = click.edit(f"{there.summary if there else ''}\n\n{head}{below}")
    said = " ".join(line for line in (saved or "").split("\n") if not line.startswith("#")).split()
    if not said:
        stop("Nothing was saved, so nothing was changed.")
    _write(root, whole, case, theme, " ".join(said), None, None, who)


def _there(whole: WholeStudy, case: str, theme: str) -> Chart | None:
    the_cell(whole, case, theme)
    return whole.chart_by_cell.get((case, theme))


def _write(
    root: Path, whole: WholeStudy, case: str, theme: str, text: str, evidence: str | None, note: str | None, by: str
) -> None:
    from reports.charts import Chart
    from reports.charts_edit import write_charts
    from reports.evidence import evidence_codings, evidence_sha

    cell, there = the_cell(whole, case, theme), _there(whole, case, theme)
    if evidence is not None or there is None or not there.evidence:
        ids = evidence_named(whole, cell, evidence if evidence is not None else "all")
    else:
        ids = tuple(coding.id for coding in evidence_codings(there.evidence, whole.coded))
    kept = there.note if there and note is None else note or ""
    chart = Chart(theme, case, text, ids, evidence_sha(ids, whole.coded), by, kept)
    changed_or_stop(lambda: write_charts(root, [chart], whole.charts))
    click.echo(f"charts/{theme}.yaml: {case}, resting on {counted(len(ids), 'coding')}, by {by}")


@click.command()
@click.argument("case", required=False)
@click.argument("theme", required=False)
@click.option("--all", "all_charts", is_flag=True, help="Every stale or never stamped summary, one after the other.")
@click.option("--cover", is_flag=True, help="Take codings that are not covered into the evidence, too.")
@yes_option
@study_option
def stamp(
    case: str | None, theme: str | None, all_charts: bool, cover: bool, yes: bool, study_dir: Path | None
) -> None:
    """Say that a summary still holds: shows what changed in its evidence, then renews the mark.

    Codings that count no longer, or lie elsewhere now, are taken out of the evidence. With --all it asks for each.

    \b
    Example:
      crosscase chart stamp birkeby ressourcer
      crosscase chart stamp --all
    """
    from reports.charts_edit import write_charts

    root = study_root(study_dir)
    whole = whole_study(root, ())
    charts = _to_stamp(whole, case, theme, all_charts, cover)
    done = 0
    for chart in charts:
        stamped = _stamped(whole, chart, cover)
        click.secho(f"{chart.theme} · {chart.case}", bold=True)
        click.echo(f"  {chart.summary}")
        show_changes(whole, chart)
        if all_charts and not yes and not click.confirm("  Does it still hold?"):
            continue
        changed_or_stop(lambda stamped=stamped: write_charts(root, [stamped], whole.charts))  # type: ignore[misc]
        done += 1
    click.echo(f"{counted(done, 'summary')} stamped.")


def _to_stamp(whole: WholeStudy, case: str | None, theme: str | None, all_charts: bool, cover: bool) -> list[Chart]:
    if all_charts:
        if case:
            raise click.UsageError("Name one summary, or --all.")
        return [chart for chart in whole.charts if _stamped(whole, chart, cover) != chart]
    if not case or not theme:
        raise click.UsageError("Name a summary by CASE and THEME, or --all.")
    there = _there(whole, case, theme)
    if there is None:
        stop(f"There is no summary of {case} under {theme}: crosscase chart draft, or set.")
    return [there]


def _stamped(whole: WholeStudy, chart: Chart, cover: bool) -> Chart:
    import msgspec

    from reports.evidence import evidence_sha

    found = whole.staleness_of(chart)
    out = {*found.gone, *found.elsewhere}
    ids = tuple(dict.fromkeys(id for id in chart.evidence if id not in out))
    ids += tuple(coding.id for coding in found.not_covered) if cover else ()
    return msgspec.structs.replace(chart, evidence=ids, evidence_sha=evidence_sha(ids, whole.coded))


@click.command()
@click.argument("case")
@click.argument("theme")
@study_option
def remove(case: str, theme: str, study_dir: Path | None) -> None:
    """Take a summary out of its file.

    \b
    Example:
      crosscase chart remove birkeby ressourcer
    """
    from reports.charts_edit import remove_chart

    root = study_root(study_dir)
    whole = whole_study(root, ())
    there = _there(whole, case, theme)
    if there is None:
        stop(f"There is no summary of {case} under {theme}.")
    changed_or_stop(lambda: remove_chart(root, there))
    click.echo(f"{there.file}: {case} taken out.")
