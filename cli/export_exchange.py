"""`crosscase export annotations|study`: the codings in the web's standard, and the whole study as one file."""

from __future__ import annotations

from pathlib import Path

import click

from cli.export_files import coded_study, codes_of, refuse_the_studys_own, write_file
from cli.filters import asked_filters, filter_options, matrix_coders_of
from cli.options import counted, json_option, print_json, show_problems, stop, study_option, study_root


@click.command("annotations")
@click.argument("out", metavar="OUT")
@filter_options
@click.option("--coder", "coders", metavar="ID", multiple=True, help="Only this coder (default: all; repeatable).")
@study_option
@json_option
def web_annotations(
    out: str, theme: tuple[str, ...], role: tuple[str, ...], cluster: str | None, where: tuple[str, ...],
    coders: tuple[str, ...], study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the codings as W3C Web Annotations (JSON-LD).

    Each coding is an annotation: the code and memo as its bodies, and the words as its target, by position and by quote
    with context. OUT ends in .jsonld or .json, or is - for the screen.

    \b
    Example:
      crosscase export annotations codings.jsonld
      crosscase export annotations - --coder ana --theme ressourcer
    """
    from reports.annotations import annotation_collection, annotations_bytes
    from reports.codings_listing import chosen_codings

    root = study_root(study_dir)
    if out != "-" and Path(out).suffix.lower() not in (".jsonld", ".json"):
        raise click.UsageError(f"{out} ends neither in .jsonld nor in .json (- is the screen).")
    if out != "-":
        refuse_the_studys_own(Path(out), root)
    coded = coded_study(root)
    for coder in coders:
        matrix_coders_of(coded, coder)
    filters = asked_filters(coded, role, cluster, where)
    codings = list(chosen_codings(coded, coders, filters, codes_of(coded, theme)))
    if out == "-":
        print_json(annotation_collection(coded, codings))
        return
    write_file(Path(out), annotations_bytes(coded, codings))
    if as_json:
        print_json({"written": out, "annotations": len(codings)})
    else:
        click.echo(f"wrote  {out}  ({counted(len(codings), 'annotation')})")


@click.command("study")
@click.argument("out", metavar="OUT.zip", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-originals", is_flag=True, help="Leave the imported files out.")
@click.option("--with-build", is_flag=True, help="Also the reports in build/.")
@study_option
@json_option
def whole_study(out: Path, without_originals: bool, with_build: bool, study_dir: Path | None, as_json: bool) -> None:
    """Write the whole study as one zip file with a manifest.

    Unpacked it is the study again. private/ (real names, and spreadsheets with columns that the study leaves out) never
    goes in, nor do caches; archive.json lists every file
    with its sha256, and what was left out.

    \b
    Example:
      crosscase export study my-study.zip
      crosscase export study for-review.zip --without-originals --with-build
    """
    from corpus.files import whole_file
    from corpus.study import read_settings
    from reports.archive import archive_files, write_archive

    root = study_root(study_dir)
    if out.suffix.lower() != ".zip":
        raise click.UsageError(f"{out} does not end in .zip.")
    refuse_the_studys_own(out, root)
    settings, _ = read_settings(root)
    try:
        files, left_out = archive_files(root, not without_originals, with_build)
        files = [path for path in files if path.resolve() != out.resolve()]
        with whole_file(out) as file:
            manifest, problems = write_archive(file, root, settings.title if settings else "", files, left_out)
            if problems:
                show_problems(problems)
                raise _NotWholeError
    except _NotWholeError:
        stop("Nothing was written: the archive would not be whole.")
    except OSError as error:
        stop(f"{error.filename or out}: {error.strerror}. Nothing was written.")
    size = sum(entry.bytes for entry in manifest.files)
    if as_json:
        print_json({"written": str(out), "files": len(manifest.files), "bytes": size, "left_out": manifest.left_out})
        return
    without = f"; left out: {', '.join(left_out)}" if left_out else ""
    click.echo(f"wrote  {out}  ({counted(len(manifest.files), 'file')}, {size:,} bytes{without})")


class _NotWholeError(Exception):
    """A file of the study could not be read."""
