"""`crosscase import-project`: the project of another tool as a study, or added to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from cli.options import counted, json_option, print_json, show_problems, stop, study_option

if TYPE_CHECKING:
    from coding.exchange.into_report import Report, SourceReport
    from coding.exchange.project import Loss, Project
    from corpus.problems import Problem

_MOST_SHOWN = 30


@click.command("import-project")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--project", default="", metavar="NAME", help="Which project, where a file holds several (Taguette).")
@click.option("--choices", type=click.Path(dir_okay=False, path_type=Path), metavar="CHOICES.CSV",
              help="For a list of codings: where words stand at several places, these are written to this file to "
              "choose from, and read from it once it is filled in.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be carried over, and write nothing.")
@study_option
@json_option
def import_project(
    file: Path, folder: Path | None, project: str, choices: Path | None, dry_run: bool, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Carry the project of another tool over into a study.

    FILE is a REFI-QDA project or codebook (.qdpx, .qde, .qdc; NVivo, MAXQDA, ATLAS.ti, QualCoder, Quirkos, Dedoose …),
    a QualCoder, Taguette or RQDA project, or a list of codings; what it is goes by what it holds. DIR is the folder of
    a new study, or a study that is added to. Without it the study here is added to, and where there is none a new one
    is made in a folder named after the file.

    The words of a list are looked for in the sources of the study; what stands at several places, or only nearly
    somewhere, is asked about and never guessed. A document that the study does not have holds its listed segments.

    Nothing in a study is overwritten, and the same project again adds nothing. The report says for each source how
    many quotes stand where the other tool says, and lists everything that was not carried over and why.

    \b
    Example:
      crosscase import-project interviews.qdpx my-study
      crosscase import-project interviews.qdpx --dry-run
      crosscase import-project interviews.qdpx --json > report.json
      crosscase import-project taguette.sqlite3 --project "Interviews 2024"
      crosscase import-project quotations.csv --choices choices.csv
    """
    import datetime

    from coding.exchange.formats import format_of
    from coding.exchange.into_study import into_study

    if folder is not None and study_dir is not None:
        raise click.UsageError("Name the study once: as DIR or with --study.")
    root = _folder_for(file, folder or study_dir)
    format, problems = format_of(file)
    if not format:
        _fail(problems, as_json)
    found, problems = _read(file, format, root, project, choices, as_json or dry_run)
    if found is None:
        _fail(problems, as_json)
    report, more = into_study(found, root, at=datetime.datetime.now(datetime.UTC), file=file, dry_run=dry_run)
    problems += more
    if report is None:
        _fail(problems, as_json)
    if as_json:
        print_json({"dry_run": dry_run, "folder": str(root), **_as_json(report), "problems": _problems(problems)})
    else:
        show_report(report, root, dry_run)
        show_problems(problems)
    if problems:
        raise SystemExit(1)


def _read(
    file: Path, format: str, root: Path, wanted: str, choices: Path | None, quiet: bool
) -> tuple[Project | None, list[Problem]]:
    """The project in `file`; of a list of codings, with its words found in the sources of the study."""
    from coding.exchange import SEVERAL
    from coding.exchange.formats import read_any_project

    if wanted and format not in SEVERAL:
        raise click.UsageError("--project is for files that hold several projects, as Taguette's do.")
    if format == "codings_list":
        from cli.import_list import project_of_list

        return project_of_list(file, root, choices, quiet)
    if choices is not None:
        raise click.UsageError("--choices is for a list of codings (csv, xlsx, ods).")
    return read_any_project(file, wanted)


def _folder_for(file: Path, folder: Path | None) -> Path:
    """Where the study is, or will be."""
    from corpus.ids import make_id
    from corpus.study import find_study

    if folder is not None:
        return folder.resolve()
    here = find_study(Path.cwd())
    if here is not None:
        return here
    new = Path.cwd() / make_id(file.resolve().stem)
    if new.exists():
        raise click.UsageError(f"There is a {new.name} here already. Name the folder of the new study: DIR")
    return new


def _from_here(root: Path) -> Path:
    here = Path.cwd()
    return root.relative_to(here) if root.is_relative_to(here) else root


def _fail(problems: Sequence[Problem], as_json: bool) -> NoReturn:
    if as_json:
        print_json({"problems": _problems(problems)})
    else:
        show_problems(problems)
    stop("Nothing was written.")


def _problems(problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [
        {"file": p.file, "line": p.line, "rule": p.rule, "severity": p.severity, "message": p.message, "hint": p.hint}
        for p in problems
    ]


def _as_json(report: Report) -> dict[str, object]:
    import msgspec

    said: dict[str, object] = msgspec.to_builtins(report)
    return said


def show_report(report: Report, root: Path, dry_run: bool) -> None:
    """What was carried over, source by source; then what was not, and why."""
    would = "Would carry over" if dry_run else "Carried over"
    into = f"{'the new study' if report.is_new_study else 'the study'} {root.name}"
    click.secho(f"{would} '{report.name}' from {report.tool} into {into}", bold=True)
    for line in _counts(report):
        click.echo(f"  {line}")
    sources = [source for source in report.sources if source.codings or not source.known]
    if sources:
        click.secho("Sources", bold=True)
        width = min(max(len(source.id) for source in sources), 32)
        for source in sources[:_MOST_SHOWN]:
            click.echo(f"  {source.id:{width}}  {_source(source)}")
            if source.positions:
                click.echo(f"  {'':{width}}  positions: {source.positions}")
        if len(sources) > _MOST_SHOWN:
            click.echo(f"  … and {len(sources) - _MOST_SHOWN:,} more (--json lists all)")
    _show_mismatches(report)
    _show_losses("Not carried over", [loss for loss in report.losses if not loss.kept])
    _show_losses("Carried over in another form", [loss for loss in report.losses if loss.kept])
    for line in _next_steps(report, root, dry_run):
        click.echo(line)


def _counts(report: Report) -> Iterator[str]:
    new = sum(not source.known for source in report.sources)
    known = len(report.sources) - new
    yield counted(new, "source") + (f" ({known} known already)" if known else "")
    yield counted(report.codes, "code") + (f" ({report.codes_known} known already)" if report.codes_known else "")
    yield counted(report.cases, "case") + (f" ({report.cases_known} known already)" if report.cases_known else "")
    there = sum(source.codings for source in report.sources) - report.codings
    by = f" by {', '.join(report.coders)}" if report.coders else ""
    yield counted(report.codings, "coding") + by + (f" ({there} known already or twice)" if there else "")
    if report.unplaced:
        yield f"{counted(report.unplaced, 'coding')} that stood nowhere when the study was exported: crosscase reanchor"
    if report.memos:
        yield f"{counted(report.memos, 'note')} on sources"
    if report.notes or report.sets:
        yield f"{counted(report.notes, 'other note')} and {counted(report.sets, 'set')} in notes/"
    if report.reads:
        yield counted(report.reads, "read mark")


def _source(source: SourceReport) -> str:
    parts = [counted(source.codings, "coding")]
    if source.quotes:
        parts.append(f"{source.exact} of {source.quotes} quotes stand exactly where they should")
    elif source.codings:
        parts.append("no quotes stored to compare with")
    if source.moved:
        parts.append(f"{source.moved} put where their quote stands")
    if source.elsewhere:
        parts.append(f"{source.elsewhere} with other words than their quote")
    return ", ".join([*parts, "known already"] if source.known else parts)


def _show_mismatches(report: Report) -> None:
    """Codings whose words are others than the quote that the other tool stored."""
    found = [(source, mismatch) for source in report.sources for mismatch in source.mismatches]
    if not found:
        return
    click.secho("Look at these: the words at the place are not the quote that was stored", bold=True)
    for source, mismatch in found[:_MOST_SHOWN]:
        click.echo(f"  {source.id} [{mismatch.start}:{mismatch.end}]  »{_short(mismatch.words)}«")
        click.echo(f"    stored: »{_short(mismatch.quote)}«")
    if len(found) > _MOST_SHOWN:
        click.echo(f"  … and {len(found) - _MOST_SHOWN:,} more (--json lists them)")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:69]}…"


def _show_losses(title: str, losses: list[Loss]) -> None:
    from coding.exchange.losses import summed

    if not losses:
        return
    click.secho(title, bold=True)
    found = summed(tuple(losses))
    for loss in found[:_MOST_SHOWN]:
        where = f"  ({loss.where})" if loss.where else ""
        click.echo(f"  {loss.count:,} × {loss.what}: {loss.why}{where}")
    if len(found) > _MOST_SHOWN:
        click.echo(f"  … and {len(found) - _MOST_SHOWN:,} more kinds (--json lists all)")


def _next_steps(report: Report, root: Path, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Nothing was written. Without --dry-run it will be."
        return
    if report.adds_nothing:
        yield "Everything was in the study already: nothing was written."
        return
    go = f"cd {_from_here(root)} && " if report.is_new_study else ""
    if report.is_new_study and len(report.coders) > 1 and not report.is_ours:
        yield f"Next: several people coded. Say whose codings fill the matrix: {go}crosscase set matrix.coders CODER"
    if report.is_new_study and report.cases and not report.is_ours:
        chosen = f"'{report.group}' makes the groups" if report.group else "no attribute makes groups yet"
        yield f"Next: {chosen} (cases.csv); another one: {go}crosscase set groups.attribute NAME"
    yield f"Then: {go}crosscase check" + ("" if report.is_new_study else "  To take it back: crosscase import --undo")
