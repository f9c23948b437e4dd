"""`crosscase codebook from-headings` and `crosscase codebook add`: themes without an interview guide."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import show_problems, stop, study_option, study_root


@click.command("from-headings")
@click.argument("source_id", metavar="SOURCE")
@study_option
def from_headings(source_id: str, study_dir: Path | None) -> None:
    """Draft a codebook from the headings of a source: one theme for each section.

    For a report that is compared section by section. A codebook that has themes is never overwritten.

    \b
    Example:
      crosscase codebook from-headings report
    """
    from codebook.codebook_file import CODEBOOK_FILE, codebook_text, read_codebook
    from codebook.headings import codebook_from_headings
    from corpus.files import write_whole
    from corpus.problems import did_you_mean, errors
    from corpus.study import read_study

    root = study_root(study_dir)
    study, _ = read_study(root)
    source = study.source_by_id.get(source_id)
    if source is None:
        raise click.UsageError(f"There is no source '{source_id}'. {did_you_mean(source_id, study.source_by_id)}")
    there, problems = read_codebook(root)
    if there.themes or errors(problems):
        stop(f"{CODEBOOK_FILE} has themes already. Nothing was written; crosscase codebook add adds one theme.")
    made = codebook_from_headings(source, study.settings.language)
    if not made.themes:
        stop(f"{source.file} has no headings.")
    write_whole(root / CODEBOOK_FILE, codebook_text(made).encode())
    for theme in made.themes:
        click.echo(f"{theme.id:44} {theme.label}")
    click.echo(f"Wrote {len(made.themes)} themes to {CODEBOOK_FILE}. Next: crosscase code structure")


@click.command()
@click.argument("theme_id", metavar="ID")
@click.option("--label", required=True, help="What readers see.")
@click.option("--definition", default="", help="What belongs here.")
@click.option("--pattern", multiple=True, help='A pattern: lemmas, *, "exact words" or /regular expression/.')
@click.option("--carry-over", multiple=True, metavar="PATTERN",
              help="An opening of a paragraph that goes on about this code (see methods).")  # fmt: skip
@study_option
def add(
    theme_id: str,
    label: str,
    definition: str,
    pattern: tuple[str, ...],
    carry_over: tuple[str, ...],
    study_dir: Path | None,
) -> None:
    """Add a theme at the end of codebook.yaml; everything else in the file stays as it is.

    \b
    Example:
      crosscase codebook add few --label "Grant few" --pattern "/grant (relatively )?few/"
    """
    from codebook.codebook import Code, Codebook
    from codebook.codebook_file import CODEBOOK_FILE, read_codebook, read_codebook_text, with_theme
    from coding.patterns import check_patterns
    from corpus.files import read_text, write_whole
    from corpus.ids import why_illegal
    from corpus.problems import errors

    root = study_root(study_dir)
    there, problems = read_codebook(root)
    if errors(problems):
        show_problems(problems)
        stop(f"Mend {CODEBOOK_FILE} first. Nothing was written.")
    if not label.strip():
        raise click.UsageError("The label is empty.")
    if why := why_illegal(theme_id):
        raise click.UsageError(f"'{theme_id}' {why}")
    if theme_id in there.by_id:
        stop(f"'{theme_id}' is in {CODEBOOK_FILE} already. Nothing was written.")
    theme = Code(theme_id, label, definition, patterns=pattern, carry_over=carry_over)
    if faults := check_patterns(Codebook((theme,))):
        raise click.UsageError("; ".join(fault.message for fault in faults))
    text, _ = read_text(root / CODEBOOK_FILE, CODEBOOK_FILE) if there.themes else ("", [])
    changed = with_theme(text or "", theme)
    if read_codebook_text(changed)[0].themes[:-1] != there.themes:
        stop(f"{CODEBOOK_FILE} is written in a way that cannot be added to. Add the theme by hand.")
    write_whole(root / CODEBOOK_FILE, changed.encode())
    click.echo(f"Added '{theme_id}' to {CODEBOOK_FILE}.")
