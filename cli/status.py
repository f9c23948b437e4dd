"""`crosscase status`: the study at a glance, and what to do next."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import counted, json_option, print_json, study_option, study_root
from cli.suggest_judge import stats_line


@click.command()
@study_option
@json_option
def status(study_dir: Path | None, as_json: bool) -> None:
    """The study at a glance, and what to do next.

    \b
    Example:
      crosscase status
    """
    import msgspec

    from reports.status import study_status

    found = study_status(study_root(study_dir))
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    click.secho(found.title, bold=True)
    if found.constructed:
        click.echo("Constructed material: everything in it is invented.")
    click.echo()
    for column in found.columns:
        click.echo(
            f"  {column.label} ({column.id}): {counted(column.cases, 'case')}, {counted(column.sources, 'source')}"
        )
    if found.sources_elsewhere:
        click.echo(f"  in no group: {found.sources_elsewhere} sources")
    click.echo(
        f"  guide: {found.questions} questions · codebook: {found.themes} themes, {found.codes} codes below them"
    )
    click.echo()
    for coder in found.coders:
        mark = "  ← fills the matrix" if coder.fills_matrix else ""
        click.echo(f"  {coder.id:12} {coder.codings:6} codings in {coder.sources} sources, "
                   f"{coder.read} of {found.sources} read{mark}")  # fmt: skip
    if not found.coders:
        click.echo("  nobody has coded yet")
    click.echo(
        f"\n  problems: {counted(found.errors, 'error')}, {counted(found.warnings, 'warning')} · build: {found.build}\n"
    )
    if found.written.summaries or found.written.findings:
        said = found.written
        click.echo(
            f"  charts: {counted(said.summaries, 'summary')}, {said.drafts} of them drafts, {said.stale_summaries} "
            f"stale, {said.missing} missing · findings: {said.findings}, {said.stale_findings} stale\n"
        )
    for entry in found.suggestions:
        seen = f"; {counted(len(entry.unlocked), 'source')} seen before coding" if entry.unlocked else ""
        click.echo(f"  suggestions, {entry.coder}: {stats_line(entry)}{seen}\n")
        if entry.warning:
            click.secho(f"  {entry.warning}\n", fg="yellow")
    if found.found_again or found.to_decide or found.orphans:
        click.echo(
            f"  edited texts: {counted(found.found_again, 'coding')} found again, {found.to_decide} to decide, "
            f"{found.orphans} kept without their words\n"
        )
    click.secho("Next:", bold=True)
    for step in found.next_steps:
        click.echo(f"  {step}")
