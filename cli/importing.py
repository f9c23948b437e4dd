"""`crosscase import`: interview files become sources."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.options import json_option, print_json, show_problems, stop, study_option, study_root

if TYPE_CHECKING:
    from corpus.import_files import Found
    from corpus.import_journal import Batch
    from corpus.import_table import Given, Known
    from corpus.importing import ImportPlan, NewSource
    from corpus.problems import Problem

T = TypeVar("T")
_MOST_SHOWN = 30
_MANY = 50


@click.command("import")
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(path_type=Path))
@click.option("--table", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILES.CSV",
              help="A csv with a row for each file: file, case, roles, date, asked, kind, title, language, id "
              "(or fil, sag, rolle, dato, spurgt, type, titel, sprog).")  # fmt: skip
@click.option("--case", help="The case (id or label in cases.csv) of all the files.")
@click.option("--role", "roles", multiple=True, help="Who was interviewed; can be given several times.")
@click.option("--date", help="The date of the interviews: 2009-01-14 or 14-01-2009.")
@click.option("--asked", help="The questions that were put: all, unknown, or their ids (3a,3b).")
@click.option("--kind", help="summary, transcript or document; otherwise judged by the speaker labels.")
@click.option("--language", help="The language of the texts, where it is not the study's.")
@click.option("--title", help="The title that readers see (one file only).")
@click.option("--id", "id_", metavar="ID", help="The id of the source (one file only); otherwise made from the name.")
@click.option("--from", "first", metavar="HEADING", help="Import only the part that begins with this heading.")
@click.option("--to", "last", metavar="HEADING", help="... and ends before this one (number or words).")
@click.option("--replace", is_flag=True, help="Let a changed file replace its source, if nobody has coded it.")
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and write nothing.")
@click.option("--undo", is_flag=True, help="Take back the last import.")
@study_option
@json_option
def import_(
    paths: tuple[Path, ...], table: Path | None, roles: tuple[str, ...], id_: str | None, first: str | None,
    last: str | None, replace: bool, dry_run: bool, undo: bool, study_dir: Path | None, as_json: bool,
    **said: str | None,
) -> None:  # fmt: skip
    """Turn interview files into sources of the study: txt, md and docx.

    A folder is imported with all it holds. The text becomes plain: headings, paragraphs and turns stay, markup goes,
    footnotes move behind their paragraph, sentences broken by a page are rejoined. Words are never changed, every
    repair is listed, and the files are kept unchanged in originals/. A file that was imported before is recognised,
    whatever its name; what --table or the options say fills the empty fields of its source.

    \b
    Example:
      crosscase import interviews/ --table files.csv
      crosscase import leder.docx --case birkeby --role leder --date 14-01-2009 --asked all
      crosscase import report.docx --from "3 Goals" --to 8 --kind document
      crosscase import --undo
    """
    root = study_root(study_dir)
    if undo:
        if paths or table:
            raise click.UsageError("--undo takes back the last import; it takes no files.")
        _undo(root, as_json)
        return
    if not paths and table is None:
        raise click.UsageError("Name the files or folders to import, or a --table that says more about sources.")
    _import(root, paths, table, _words(said, roles, id_), (first or "", last or ""), replace, dry_run, as_json)


def _words(said: Mapping[str, str | None], roles: Sequence[str], id_: str | None) -> dict[str, str]:
    """Field → what the options say about it, as a cell of a table would."""
    words = {**said, "roles": ";".join(roles), "id": id_}
    return {field: value for field, value in words.items() if value}


def _import(
    root: Path, paths: Sequence[Path], table: Path | None, words: Mapping[str, str], part: tuple[str, str],
    replace: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    import datetime

    from corpus.document_part import Part
    from corpus.import_files import find_files
    from corpus.import_table import FileTable, read_file_table
    from corpus.importing import apply_import, plan_import

    known, problems = _known(root)
    options = _options(words, known)
    rows, faults = read_file_table(table, known) if table else (FileTable(), [])
    problems += faults
    found, faults = find_files(root, paths)
    problems += faults
    if len(found.files) != 1 and (words.get("id") or words.get("title")):
        raise click.UsageError(f"--id and --title are for one file; there are {len(found.files)}. Use a --table.")
    now = datetime.datetime.now().astimezone()
    plan, faults = plan_import(
        root, found.files, now.date(), table=rows, options=options, replace=replace,
        part=Part(*part) if any(part) else None, watch=_progress("Reading"),
    )  # fmt: skip
    problems += faults
    if not dry_run:
        try:
            plan, faults = apply_import(root, plan, now, watch=_progress("Writing"))
        except OSError as error:
            stop(f"The study cannot be written: {error.strerror} ({error.filename}). Import again when that is mended.")
        problems += faults
    if as_json:
        print_json(_as_json(plan, found, problems, dry_run))
    else:
        _show(plan, found, dry_run)
        show_problems(problems)
    raise SystemExit(1 if problems else 0)


def _known(root: Path) -> tuple[Known, list[Problem]]:
    """Cases and questions that values are checked against, and the faults of cases.csv that stand in the way."""
    from codebook.guide_file import read_guide
    from corpus.cases import read_cases
    from corpus.import_table import Known
    from corpus.problems import errors

    cases, _, problems = read_cases(root)
    guide, _ = read_guide(root)
    return Known(cases, frozenset(guide.by_id)), errors(problems)


def _options(words: Mapping[str, str], known: Known) -> Given:
    from corpus.import_table import given_from_words

    given, faults = given_from_words(words, "", 0, known)
    if faults:
        raise click.UsageError("\n".join(f"{fault.message}. {fault.hint}".strip() for fault in faults))
    return given


def _progress(label: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """A bar on the terminal where there is much to do; programs and files see nothing of it."""

    def watch(items: Sequence[T]) -> Iterator[T]:
        if len(items) < _MANY or not sys.stderr.isatty():
            yield from items
            return
        with click.progressbar(items, label=label, file=sys.stderr) as bar:
            yield from bar

    return watch


def _show(plan: ImportPlan, found: Found, dry_run: bool) -> None:
    if plan.sources:
        click.secho(f"{'Would import' if dry_run else 'Imported'} {_count(len(plan.sources), 'source')}:", bold=True)
    width = max((min(len(source.id), 32) for source in plan.sources[:_MOST_SHOWN]), default=0)
    for source in plan.sources[:_MOST_SHOWN]:
        click.echo(f"  {source.id:{width}}  {_about(source)}  ← {source.file}")
        for repair in _shortened(source.document.repairs):
            click.secho(f"  {'':{width}}    {repair}", dim=True)
    if len(plan.sources) > _MOST_SHOWN:
        click.echo(f"  … and {len(plan.sources) - _MOST_SHOWN:,} more")
    for item in plan.recognised[:_MOST_SHOWN]:
        click.echo(f"Recognised: {item.file} is source '{item.id}' already")
    if len(plan.recognised) > _MOST_SHOWN:
        click.echo(f"… and {len(plan.recognised) - _MOST_SHOWN:,} more were recognised")
    for fill in plan.filled[:_MOST_SHOWN]:
        click.echo(f"{'Would fill in' if dry_run else 'Filled in'} {', '.join(fill.fields)} of source '{fill.id}'")
    if len(plan.filled) > _MOST_SHOWN:
        click.echo(f"… and of {len(plan.filled) - _MOST_SHOWN:,} more sources")
    if found.passed_over:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in found.passed_over.items())
        click.echo(f"Passed over {_count(sum(found.passed_over.values()), 'file')} of other kinds: {kinds}")
    for line in _next_steps(plan, dry_run):
        click.echo(line)


def _about(source: NewSource) -> str:
    """What became of a file, in a few words: kind, length, speakers, case."""
    paragraphs = source.document.text.count("\n\n") + 1
    parts = [source.meta.kind, _count(paragraphs, "paragraph")]
    if source.document.speakers:
        names = ", ".join(source.document.speakers[:4])
        parts.append(f"speakers {names}{' …' if len(source.document.speakers) > 4 else ''}")
    parts.append(f"case {source.meta.case}" if source.meta.case else "no case")
    return ("new version, " if source.replaces else "") + ", ".join(parts)


def _shortened(repairs: Sequence[str], most: int = 3, length: int = 110) -> Iterator[str]:
    for repair in repairs[:most]:
        yield repair if len(repair) <= length else f"{repair[: length - 1].rstrip()}…"
    if len(repairs) > most:
        yield f"and {_count(len(repairs) - most, 'more repair')}"


def _next_steps(plan: ImportPlan, dry_run: bool) -> Iterator[str]:
    if not plan.sources and not plan.filled:
        yield "Nothing to write." if dry_run or plan.recognised else "Nothing was imported."
        return
    if dry_run:
        yield "Nothing was written. Without --dry-run it will be."
        return
    homeless = [source.id for source in plan.sources if not source.meta.case]
    if homeless:
        yield (
            f"Next: {_count(len(homeless), 'source')} without a case. Write `case:` into sources/{homeless[0]}.md, "
            "or give a --table with a column 'case'."
        )
    unknown = sum(source.meta.asked == "unknown" for source in plan.sources)
    if unknown:
        yield f"Next: say under `asked:` which questions were put ({_count(unknown, 'source')} unknown)."
    yield "Then: crosscase check.  To take this import back: crosscase import --undo"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _as_json(plan: ImportPlan, found: Found, problems: Sequence[Problem], dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "imported": [
            {
                "file": source.file, "id": source.id, "replaces": source.replaces, "kind": source.meta.kind,
                "title": source.meta.title, "case": source.meta.case, "roles": source.meta.roles,
                "date": source.meta.date, "asked": source.meta.asked, "speakers": source.document.speakers,
                "original": source.meta.origin.file if source.meta.origin else "", "repairs": source.document.repairs,
            }
            for source in plan.sources
        ],
        "recognised": [{"file": item.file, "id": item.id} for item in plan.recognised],
        "filled_in": [{"id": fill.id, "fields": fill.fields} for fill in plan.filled],
        "passed_over": found.passed_over,
        "problems": [
            {"file": p.file, "line": p.line, "rule": p.rule, "severity": p.severity, "message": p.message,
             "hint": p.hint}
            for p in problems
        ],
    }  # fmt: skip


def _undo(root: Path, as_json: bool) -> None:
    from corpus.import_journal import undo_import

    try:
        batch, problems = undo_import(root)
    except OSError as error:
        stop(f"The study cannot be written: {error.strerror} ({error.filename}). Undo again when that is mended.")
    if batch is None:
        stop("There is no import to take back (the notes on imports are in .crosscase/imports/).")
    if as_json:
        written = [] if problems else [w.path for w in batch.written]
        print_json({"undone": written, "imported": batch.at, "problems": [str(p) for p in problems]})
    elif problems:
        show_problems(problems)
    else:
        click.echo(f"Took back the import of {batch.at}: {_taken_back(batch)}.")
    if problems:
        stop("Nothing was taken back.")


def _taken_back(batch: Batch) -> str:
    sources = [written for written in batch.written if written.path.startswith("sources/")]
    back = sum(bool(written.before) for written in sources)
    parts = [f"{_count(len(sources) - back, 'source')} removed"] if back < len(sources) else []
    return ", ".join(parts + ([f"{_count(back, 'source')} as before"] if back else []))
