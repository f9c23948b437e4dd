"""`crosscase export`: tables, lists and pictures for other programs and for the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cli.export_exchange import web_annotations, whole_study
from cli.export_files import coded_study, codes_of, refuse_the_studys_own, write_file
from cli.export_refi import refi
from cli.filters import asked_filters, filter_options, matrix_coder_option, matrix_coders_of, only_themes
from cli.options import json_option, print_json, stop, study_option, study_root

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from reports.listing import Listing
    from reports.matrix import ComparisonMatrix
    from reports.view import ReportView

out_argument = click.argument("out", metavar="OUT")
plain_option = click.option(
    "--plain", is_flag=True, help="csv for R or pandas: commas, no byte order mark, ids as names of columns."
)


@click.group()
def export() -> None:
    """Write tables, lists, pictures, annotations, or the whole study as one file.

    The OUT of a list ends in .csv (as a Danish Excel opens it; --plain for R and pandas) or .xlsx, or is - for csv on
    the screen; codings and excerpts also in .jsonld (W3C Web Annotations).

    \b
    Example:
      crosscase export table cases.xlsx
      crosscase export pictures figures --png
      crosscase export study my-study.zip
    """


export.add_command(web_annotations)
export.add_command(whole_study)
export.add_command(refi)


@export.command()
@out_argument
@click.option("--by", type=click.Choice(["case", "source"]), default="case", help="What a row is (default: case).")
@click.option("--values", type=click.Choice(["presence", "counts"]), default="presence",
              help="0/1, a case counting once, or the number of codings (default: presence).")  # fmt: skip
@click.option("--codes", is_flag=True, help="Also a column for each code below a theme.")
@click.option("--states", is_flag=True,
              help="In csv, beside each column one with the state; xlsx always has them.")  # fmt: skip
@plain_option
@filter_options
@matrix_coder_option
@study_option
@json_option
def table(
    out: str, by: Literal["case", "source"], values: Literal["presence", "counts"], codes: bool, states: bool,
    plain: bool, theme: tuple[str, ...], role: tuple[str, ...], cluster: str | None, where: tuple[str, ...],
    coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the case × code table: attributes of each case, and a column for each theme.

    1 is a mention and 0 is silence of a case that was read. Empty is neither: a source is unread, the theme does not
    apply, or there is no source.

    \b
    Example:
      crosscase export table cases.xlsx --codes
      crosscase export table interviews.csv --by source --values counts --plain
      crosscase export table - --states --role leder
    """
    from reports.listing_xlsx import table_xlsx
    from reports.tables import code_table, table_listing
    from reports.words import words_for

    root = study_root(study_dir)
    target = _target(out, root, plain)
    coded = only_themes(coded_study(root), theme)
    words = words_for(coded.study.settings.report_language)
    filters = asked_filters(coded, role, cluster, where)
    made = code_table(coded, matrix_coders_of(coded, coder), filters, by, codes)
    if not made.rows:
        click.secho(_no_rows(by), err=True, fg="yellow")
    listing = table_listing(made, values, words, states, plain or as_json)
    xlsx = {".xlsx": lambda: table_xlsx(made, values, coded.study.settings, words)}
    _write(target, listing, xlsx, plain, as_json)


def _no_rows(by: str) -> str:
    if by == "source":
        return "No source is left: the table has no rows."
    return "There are no cases: the table has no rows. --by source gives each source a row."


@export.command()
@out_argument
@plain_option
@filter_options
@matrix_coder_option
@study_option
@json_option
def excerpts(
    out: str, plain: bool, theme: tuple[str, ...], role: tuple[str, ...], cluster: str | None, where: tuple[str, ...],
    coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the excerpts behind the matrix, cell by cell, with their places.

    \b
    Example:
      crosscase export excerpts excerpts.xlsx
      crosscase export excerpts - --theme ressourcer --where group=many
      crosscase export excerpts excerpts.jsonld
    """
    from reports.annotations import annotations_bytes
    from reports.csv_files import excerpts_listing
    from reports.xlsx import excerpts_xlsx

    root = study_root(study_dir)
    target = _target(out, root, plain, (".csv", ".xlsx", ".jsonld"))
    coded = only_themes(coded_study(root), theme)
    matrix, view = _matrix_and_view(coded, role, cluster, where, coder)
    codings = dict.fromkeys(c for row in matrix.rows for cell in row.cells for e in cell.excerpts for c in e.codings)
    made = {".xlsx": lambda: excerpts_xlsx(view), ".jsonld": lambda: annotations_bytes(coded, codings)}
    _write(target, excerpts_listing(view), made, plain, as_json)


@export.command()
@out_argument
@plain_option
@matrix_coder_option
@study_option
@json_option
def codebook(out: str, plain: bool, coder: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Write the codebook as a list: definitions, examples, and how often each code was used.

    \b
    Example:
      crosscase export codebook codebook.xlsx
    """
    from reports.csv_files import codebook_listing
    from reports.xlsx import codebook_xlsx

    root = study_root(study_dir)
    target = _target(out, root, plain)
    view = _view(coded_study(root), (), None, (), coder)
    _write(target, codebook_listing(view), {".xlsx": lambda: codebook_xlsx(view)}, plain, as_json)


@export.command()
@out_argument
@plain_option
@filter_options
@click.option("--coder", "coders", metavar="ID", multiple=True, help="Only this coder (default: all; repeatable).")
@study_option
@json_option
def codings(
    out: str, plain: bool, theme: tuple[str, ...], role: tuple[str, ...], cluster: str | None, where: tuple[str, ...],
    coders: tuple[str, ...], study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write every coding of every coder as a row: where it stands, its words, who gave it and how.

    \b
    Example:
      crosscase export codings codings.csv --plain
      crosscase export codings - --coder ana --json
    """
    from reports.annotations import annotations_bytes
    from reports.codings_listing import chosen_codings, codings_listing
    from reports.listing_xlsx import listing_xlsx
    from reports.words import words_for

    root = study_root(study_dir)
    target = _target(out, root, plain, (".csv", ".xlsx", ".jsonld"))
    coded = coded_study(root)
    for coder in coders:
        matrix_coders_of(coded, coder)
    filters = asked_filters(coded, role, cluster, where)
    words, settings = words_for(coded.study.settings.report_language), coded.study.settings
    codes = codes_of(coded, theme)
    listing = codings_listing(coded, words, coders, filters, codes)
    made = {
        ".xlsx": lambda: listing_xlsx(listing, words.codings, settings, words),
        ".jsonld": lambda: annotations_bytes(coded, chosen_codings(coded, coders, filters, codes)),
    }
    _write(target, listing, made, plain, as_json)


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--png", is_flag=True, help="Also as png, for programs that cannot show svg.")
@filter_options
@matrix_coder_option
@study_option
@json_option
def pictures(
    folder: Path, png: bool, theme: tuple[str, ...], role: tuple[str, ...], cluster: str | None,
    where: tuple[str, ...], coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the pictures of the matrix as svg: coverage, prevalence, and what each source contributes.

    A picture of many cases, themes or sources takes several files, one for each page.

    \b
    Example:
      crosscase export pictures figures
      crosscase export pictures figures --png --role leder
    """
    from reports.pictures.svg import picture_files

    root = study_root(study_dir)
    refuse_the_studys_own(folder, root)
    view = _view(only_themes(coded_study(root), theme), role, cluster, where, coder)
    files = picture_files(view)
    if png:
        files |= _as_png(files)
    for name, data in files.items():
        write_file(folder / name, data)
    if as_json:
        print_json({"written": [str(folder / name) for name in files]})
    else:
        for name in files:
            click.echo(f"wrote  {folder / name}")


def _as_png(files: dict[str, bytes]) -> dict[str, bytes]:
    from reports.pictures.png import NoFontsError, png_bytes

    try:
        return {f"{name.removesuffix('.svg')}.png": png_bytes(data) for name, data in files.items()}
    except NoFontsError:
        stop("This computer has no fonts: a png would have no words. Nothing was written; leave out --png.")


def _view(
    coded: CodedStudy, role: tuple[str, ...], cluster: str | None, where: tuple[str, ...], coder: str | None
) -> ReportView:
    return _matrix_and_view(coded, role, cluster, where, coder)[1]


def _matrix_and_view(
    coded: CodedStudy, role: tuple[str, ...], cluster: str | None, where: tuple[str, ...], coder: str | None
) -> tuple[ComparisonMatrix, ReportView]:
    from reports.aggregate import compare
    from reports.view import report

    filters = asked_filters(coded, role, cluster, where)
    matrix, framework, _ = compare(coded, matrix_coders_of(coded, coder), filters)
    return matrix, report(coded, matrix, framework)


def _target(out: str, root: Path, plain: bool, suffixes: tuple[str, ...] = (".csv", ".xlsx")) -> Path | None:
    """The file to write; None for the screen. Its name says what it is."""
    if out == "-":
        return None
    target = Path(out)
    suffix = target.suffix.lower()
    if suffix not in suffixes:
        named = f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
        raise click.UsageError(f"{out} does not end in {named} (- is csv on the screen).")
    if plain and suffix != ".csv":
        raise click.UsageError("--plain is for csv.")
    refuse_the_studys_own(target, root)
    return target


def _write(
    target: Path | None, listing: Listing, made: Mapping[str, Callable[[], bytes]], plain: bool, as_json: bool
) -> None:
    """The list to its file, or to the screen. `made`: suffix → the file's bytes, where it is no csv."""
    from reports.listing import csv_bytes

    if target is None:
        if as_json:
            print_json(list(listing.records()))
        else:
            click.echo(csv_bytes(listing, plain), nl=False)
        return
    make = made.get(target.suffix.lower())
    write_file(target, make() if make else csv_bytes(listing, plain))
    if as_json:
        print_json({"written": str(target), "rows": len(listing.rows), "columns": len(listing.keys)})
    else:
        click.echo(f"wrote  {target}  ({len(listing.rows)} rows)")
