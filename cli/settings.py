"""`crosscase set`: change one setting in study.toml and leave everything else in the file as it is."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import show_problems, stop, study_option, study_root


@click.command("set")
@click.argument("key", metavar="KEY")
@click.argument("values", metavar="VALUE…", nargs=-1, required=True)
@study_option
def set_(key: str, values: tuple[str, ...], study_dir: Path | None) -> None:
    """Change a setting of the study: KEY is written as in study.toml, with full stops between.

    Several values make a list. Comments and everything else in study.toml stay. A value of the wrong kind is refused;
    what else the new value breaks is shown at once.

    \b
    Example:
      crosscase set matrix.coders ana
      crosscase set groups.labels.few "Municipalities that grant few"
      crosscase set matrix.columns few many
    """
    from coding.checks import check_study
    from corpus.files import read_text, write_whole
    from corpus.marked import read_toml_text
    from corpus.problems import errors
    from corpus.records import record
    from corpus.settings_file import typed_setting, with_setting
    from corpus.study import STUDY_FILE, Settings

    root = study_root(study_dir)
    text, problems = read_text(root / STUDY_FILE, STUDY_FILE)
    _, faults = read_toml_text(text or "", STUDY_FILE)
    if text is None or errors([*problems, *faults]):
        show_problems([*problems, *faults])
        stop(f"Mend {STUDY_FILE} first. Nothing was written.")
    value = typed_setting(key, values)
    if value is None:
        raise click.UsageError(f"study.toml has no setting '{key}'. docs/study-format.md lists them all.")
    changed = with_setting(text, key, value)
    marked, _ = read_toml_text(changed, STUDY_FILE)
    _, faults = record(marked, Settings, STUDY_FILE)
    if faults:
        show_problems(faults)
        stop("Nothing was written.")
    write_whole(root / STUDY_FILE, changed.encode())
    click.echo(f"{key} is now {_shown(value)}")
    show_problems(problem for problem in check_study(root)[1] if problem.file == STUDY_FILE)


def _shown(value: object) -> str:
    """The value as study.toml has it."""
    import msgspec

    return msgspec.json.encode(value).decode()
