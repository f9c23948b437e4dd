"""`crosscase codebook import|export`: the codebook alone, as other programs read and write it (.qdc)."""

from __future__ import annotations

from pathlib import Path

import click

from cli.export_files import refuse_the_studys_own, write_file
from cli.export_refi import program
from cli.options import counted, json_option, print_json, show_problems, stop, study_option, study_root


@click.command("import")
@click.argument("file", metavar="FILE.qdc", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@study_option
@json_option
def import_codebook(file: Path, dry_run: bool, study_dir: Path | None, as_json: bool) -> None:
    """Add the codes of another program's codebook (.qdc) or project (.qdpx) to the codebook.

    Codes that are there already, by id or label, stay as they are; nothing is overwritten.

    \b
    Example:
      crosscase codebook import codes.qdc
      crosscase codebook import project.qdpx --dry-run
    """
    import datetime

    from coding.exchange.formats import read_any_project
    from coding.exchange.into_study import into_study
    from coding.exchange.project import Project

    root = study_root(study_dir)
    found, problems = read_any_project(file)
    if found is None:
        show_problems(problems)
        stop("Nothing was written.")
    about_codes = tuple(loss for loss in found.losses if loss.what in ("codes", "colours"))
    codes = Project(found.tool, found.name, codes=found.codes, losses=about_codes)
    report, more = into_study(codes, root, at=datetime.datetime.now(datetime.UTC), dry_run=dry_run)
    if report is None:
        show_problems([*problems, *more])
        stop("Nothing was written.")
    if as_json:
        print_json({"dry_run": dry_run, "added": report.codes, "known": report.codes_known, "losses": report.losses})
        return
    click.echo(f"{'Would add' if dry_run else 'Added'} {counted(report.codes, 'code')} from {found.tool}; "
               f"{report.codes_known} known already")  # fmt: skip
    for loss in report.losses:
        click.echo(f"  {loss.count} × {loss.what}: {loss.why}{f' ({loss.where})' if loss.where else ''}")
    if report.codes and not dry_run:
        click.echo("To take this back: crosscase import --undo")


@click.command("export")
@click.argument("out", metavar="OUT.qdc", type=click.Path(dir_okay=False, path_type=Path))
@study_option
@json_option
def export_codebook(out: Path, study_dir: Path | None, as_json: bool) -> None:
    """Write the codebook for other programs (.qdc): codes with definition, rules, examples and colours.

    \b
    Example:
      crosscase codebook export codes.qdc
    """
    from codebook.codebook_file import read_codebook
    from coding.exchange.refi_write import refi_codebook

    root = study_root(study_dir)
    if out.suffix.lower() != ".qdc":
        raise click.UsageError(f"{out} does not end in .qdc, which other programs expect.")
    refuse_the_studys_own(out, root)
    codebook, problems = read_codebook(root)
    if not codebook.themes:
        show_problems(problems)
        stop("The codebook has no codes, and REFI-QDA has no empty codebooks. Nothing was written.")
    write_file(out, refi_codebook(codebook, program()))
    if as_json:
        print_json({"written": str(out), "codes": len(codebook.by_id)})
    else:
        click.echo(f"wrote  {out}  ({counted(len(codebook.by_id), 'code')})")
        click.echo("Patterns, applies_to, carry_over and replaced_by have no place in REFI-QDA and stay in the study.")
