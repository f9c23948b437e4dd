"""`crosscase import`: interview files become sources, and changed files update theirs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from cli.options import counted, json_option, print_json, show_problems, stop, study_option, study_root

if TYPE_CHECKING:
    import datetime

    from coding.reanchor import EditedText
    from corpus.import_journal import Batch
    from corpus.import_table import Given, Known
    from corpus.importing import ImportPlan
    from corpus.problems import Problem

T = TypeVar("T")
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
@click.option("--encoding", metavar="NAME", help="The encoding of plain text (cp1252, mac_roman, cp865 …), where what "
              "was found by itself is wrong; a file imported before is read again.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Let a changed file take the place of its source, even if that was "
              "edited by hand or has few of its words.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and write nothing.")
@click.option("--undo", is_flag=True, help="Take back the last import.")
@study_option
@json_option
def import_(
    paths: tuple[Path, ...], table: Path | None, roles: tuple[str, ...], id_: str | None, first: str | None,
    last: str | None, encoding: str | None, replace: bool, dry_run: bool, undo: bool, study_dir: Path | None,
    as_json: bool, **said: str | None,
) -> None:  # fmt: skip
    """Turn interview files into sources of the study, and changed files into updates.

    Formats: txt, md, docx, odt, rtf, html, pdf, srt and vtt, by what a file holds rather than by its name. A folder is
    imported with all it holds, and one bad file never stops the rest.

    The text becomes plain: headings, paragraphs and turns stay, markup goes, footnotes move behind their paragraph,
    sentences broken by a page are rejoined. Words are never changed, every repair is listed, and the files are kept
    unchanged in originals/. A file that was imported before is recognised, whatever its name; what --table or the
    options say fills the empty fields of its source.

    A file that has changed since updates its source, coded or not: codings are found again in the new text, and
    `crosscase reanchor` shows those that need a person. Text that was edited by hand is not overwritten.

    \b
    Example:
      crosscase import interviews/ --table files.csv
      crosscase import leder.docx --case birkeby --role leder --date 14-01-2009 --asked all
      crosscase import report.docx --from "3 Goals" --to 8 --kind document
      crosscase import leder.docx --dry-run      (changed: what becomes of its codings?)
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
    words = _words(said, roles, id_)
    with nullcontext() if dry_run else _alone(root):
        _import(root, paths, table, words, (first or "", last or ""), _encoding(encoding), replace, dry_run, as_json)


def _words(said: Mapping[str, str | None], roles: Sequence[str], id_: str | None) -> dict[str, str]:
    """Field → what the options say about it, as a cell of a table would."""
    words = {**said, "roles": ";".join(roles), "id": id_}
    return {field: value for field, value in words.items() if value}


def _encoding(name: str | None) -> str:
    """The name as Python has it; a usage error for one that is not known."""
    import codecs

    from corpus.problems import did_you_mean, hint
    from corpus.readers.encodings import ENCODING_NAMES

    try:
        found = codecs.lookup(name) if name else None
    except LookupError:
        found = None
    if name and (found is None or not found._is_text_encoding):
        near = hint(did_you_mean(name.lower(), ENCODING_NAMES), f"known are {', '.join(ENCODING_NAMES)} and more")
        raise click.UsageError(f"there is no encoding '{name}': {near}")
    return found.name if found else ""


def _alone(root: Path) -> AbstractContextManager[None]:
    """The study for this import alone; another one that is going on is waited for."""
    from corpus.import_journal import import_lock

    return import_lock(
        root, lambda: click.echo("Another import into the study is going on. Waiting for it …", err=True)
    )


def _import(
    root: Path, paths: Sequence[Path], table: Path | None, words: Mapping[str, str], part: tuple[str, str],
    encoding: str, replace: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    import datetime

    from cli.import_report import import_as_json, show_codings, show_import
    from corpus.document_part import Part
    from corpus.import_files import find_files
    from corpus.import_table import FileTable, read_file_table
    from corpus.importing import plan_import

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
        root, found.files, now.date(), table=rows, options=options, known=known, replace=replace, encoding=encoding,
        part=Part(*part) if any(part) else None, watch=_progress("Reading"), logs_of=_logs_that_count,
    )  # fmt: skip
    problems += faults
    codings = _codings_after(root, plan)
    if not as_json:
        show_codings(codings)
    if not dry_run:
        plan, faults = _written(root, plan, now)
        problems += faults
    if as_json:
        print_json(import_as_json(plan, found, codings, problems, dry_run))
    else:
        show_import(plan, found, codings, problems, dry_run)
        show_problems(problems)
    raise SystemExit(1 if problems else 0)


def _written(root: Path, plan: ImportPlan, now: datetime.datetime) -> tuple[ImportPlan, list[Problem]]:
    from corpus.importing import apply_import

    try:
        return apply_import(root, plan, now, watch=_progress("Writing"))
    except OSError as error:
        stop(f"The study cannot be written: {error.strerror} ({error.filename}). Import again when that is mended.")


def _codings_after(root: Path, plan: ImportPlan) -> dict[str, EditedText]:
    """Source → what becomes of its codings in the text that it will get; coded sources that change only."""
    coded = [source for source in plan.updates if _logs_that_count(root, source.id)]
    if not coded:
        return {}
    from coding.reanchor import state_after

    return {source.id: state_after(root, source.id, source.document.text) for source in coded}


def _logs_that_count(root: Path, source: str) -> list[str]:
    from coding.logs_of_source import logs_that_count

    return logs_that_count(root, source)


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


def _undo(root: Path, as_json: bool) -> None:
    from coding.logs_of_source import logs_that_count, why_keep_text
    from corpus.import_undo import undo_import

    try:
        with _alone(root):
            batch, problems = undo_import(root, logs_that_count, partial(why_keep_text, root))
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
    parts = [f"{counted(len(sources) - back, 'source')} removed"] if back < len(sources) else []
    others = [w.path for w in batch.written if not w.path.startswith(("sources/", "originals/", "private/", "places/"))]
    return ", ".join([*parts, *([f"{counted(back, 'source')} as before"] if back else []), *others])
