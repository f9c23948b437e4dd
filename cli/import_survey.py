"""`crosscase import-survey`: an export of a survey becomes attributes and sources."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from cli.options import counted, json_option, print_json, show_problems, stop, study_option, study_root
from cli.spreadsheet_options import read_spreadsheet, show_notes, show_original, spreadsheet_options

if TYPE_CHECKING:
    from corpus.cases import Case
    from corpus.problems import Problem
    from corpus.spreadsheets.header import HeadedTable
    from corpus.surveys.importing import SurveyPlan
    from corpus.surveys.survey import ColumnUse, Respondents, Said, Survey

_MOST_SHOWN = 12


@click.command("import-survey")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--name", default="", help="What the survey is called here (default: the file's name).")
@click.option("--title", default="", help="The title that readers see behind a respondent's name.")
@click.option("--id", "id_", default="", metavar="COLUMN", help="The column that tells respondents apart.")
@click.option("--case", default="", metavar="COLUMN",
              help="The column with the case each respondent belongs to: its id or label in cases.csv.")  # fmt: skip
@click.option("--open", "open_", multiple=True, metavar="COLUMN", help="Answers in the respondents' own words.")
@click.option("--closed", multiple=True, metavar="COLUMN", help="Answers that were chosen: attributes.")
@click.option("--skip", multiple=True, metavar="COLUMN", help="Leave this column out.")
@click.option("--respondents", type=click.Choice(["cases", "sources"]), default=None,
              help="Whether respondents are cases of their own, or sources of the cases in the study.")  # fmt: skip
@click.option("--asked", type=click.Choice(["all", "answered"]), default=None,
              help="all: everybody saw every question (default); answered: a question that was passed over may not "
              "have been put.")  # fmt: skip
@click.option("--update", is_flag=True, help="Take over what has changed since an earlier import.")
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and write nothing.")
@spreadsheet_options
@study_option
@json_option
def import_survey(
    path: Path, name: str, title: str, id_: str, case: str, open_: tuple[str, ...], closed: tuple[str, ...],
    skip: tuple[str, ...], respondents: Literal["cases", "sources"] | None,
    asked: Literal["all", "answered"] | None, update: bool, dry_run: bool, sheet: str, header_row: int | None,
    header_rows: int | None, encoding: str, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Turn a survey export (csv, xlsx, ods; a row for each respondent) into attributes and sources.

    What was chosen becomes an attribute of the respondent; what was written becomes the respondent's source, with each
    question as a heading. What each column is used for is guessed and shown; options correct it, and surveys/NAME.yaml
    keeps it. The same export again changes nothing, a later one adds its new respondents, and what it says otherwise
    about the others is reported (--update takes it over). Columns with names, addresses or CPR numbers are left out,
    and the file itself is then kept in private/originals/ instead of originals/.

    \b
    Example:
      crosscase import-survey survey.xlsx --dry-run
      crosscase import-survey survey.xlsx --id "Svar-ID" --open "Bemærkninger" --skip "Tidsstempel"
      crosscase import-survey ledere.csv --case Kommune
    """
    import datetime

    from corpus.cases import read_cases
    from corpus.surveys.importing import SurveyFile, apply_survey, change_problems, plan_survey
    from corpus.surveys.survey import Said

    root = study_root(study_dir)
    table, read, digest, problems = read_spreadsheet(path, sheet, header_row, header_rows, encoding)
    if not table.rows:
        show_problems(problems)
        stop(f"{path} has columns, but no respondents below them. Nothing was imported.")
    cases, _, faults = read_cases(root)
    problems += [fault for fault in faults if fault.severity == "error"]
    said = Said(id_, case, open_, closed, skip, respondents)
    name, survey, notes = _survey(root, path, name, table, cases, said)
    _refuse_otherwise(root, name, {"title": title, "asked": asked or ""})
    survey = _with_words(survey, title or survey.title or path.stem, asked, read.name, path, digest)
    now = datetime.datetime.now().astimezone()
    plan, faults = plan_survey(root, SurveyFile(path, digest, table), name, survey, cases, now.date(), update)
    problems += [*faults, *change_problems(plan, path.name)]
    if not dry_run:
        problems += apply_survey(root, plan, now)
    if as_json:
        print_json(_as_json(plan, dry_run, problems))
    else:
        show_notes(read, table)
        _show_columns(survey.columns, table)
        for note in notes:
            click.echo(f"Note: {note}")
        _show(plan, dry_run)
        show_problems(problems)
    raise SystemExit(1 if problems else 0)


def _survey(
    root: Path, path: Path, name: str, table: HeadedTable, cases: Sequence[Case], said: Said
) -> tuple[str, Survey, list[str]]:
    """Which survey it is, and what its columns are used for: as before, as said, or as guessed."""
    import msgspec

    from codebook.guide_file import read_guide
    from corpus.case_tables.table import case_names
    from corpus.surveys.earlier import earlier_survey, respondents_were_cases, said_otherwise
    from corpus.surveys.importing import respondents_of, shape_of
    from corpus.surveys.survey import Survey, guess_uses, with_new_columns

    guide, _ = read_guide(root)
    questions = {id: question.text for id, question in guide.by_id.items()}
    names = case_names([(case.id, case.label) for case in cases])
    uses, unknown = guess_uses(table, names, questions, said)
    if unknown:
        raise click.UsageError(f"{path} has no column '{unknown[0]}'; it has: "
                               f"{', '.join(column.name for column in table.columns[:30])}")  # fmt: skip
    name, before = earlier_survey(root, name, path.stem, [column.name for column in table.columns])
    notes = []
    if before is not None:
        _refuse(name, said_otherwise(before, uses, said.respondents))
        kept = {use.name for use in uses if use.why == "as said"}
        merged, new, gone = with_new_columns(before, uses)
        uses = tuple(use if use.name in kept else old for use, old in zip(uses, merged, strict=True))
        notes.append(f"this is survey '{name}', imported before; its columns are used as surveys/{name}.yaml says")
        notes += [f"new columns: {', '.join(new)}"] if new else []
        if gone:
            notes.append(f"columns that are not in this file: {', '.join(gone)}; what they said stays")
            before = msgspec.structs.replace(before, gone=tuple(use for use in before.columns if use.name in gone))
    shape: Respondents | Literal["unclear"] = said.respondents or (before.respondents if before else "unclear")
    if shape == "unclear":
        shape = shape_of(uses, respondents_of(table, uses, path.name)[0], cases)
        shape = "cases" if shape == "unclear" and respondents_were_cases(root) else shape
    if shape == "unclear":
        raise click.UsageError(
            f"The study has {counted(len(cases), 'case')}, and no column of {path.name} names them. Say what a "
            "respondent is: --case COLUMN (belongs to a case), --respondents cases (is a case of its own), or "
            "--respondents sources (belongs to none)."
        )
    if shape == "cases":
        uses = tuple(_as_attribute(use) if use.use == "case" else use for use in uses)
    survey = before or Survey(())
    return name, msgspec.structs.replace(survey, columns=uses, respondents=shape), notes


def _refuse_otherwise(root: Path, name: str, said: Mapping[str, str]) -> None:
    """A usage error where an option says otherwise than an earlier import of the survey did."""
    from corpus.surveys.survey import read_survey

    before, _ = read_survey(root, name)
    if before is not None:
        _refuse(name, [f"its {key} is '{there}', not '{value}'" for key, value in said.items()
                       if value and value != (there := str(getattr(before, key)))])  # fmt: skip


def _refuse(name: str, said: Sequence[str]) -> None:
    if said:
        raise click.UsageError(
            f"Survey '{name}' was imported before, and otherwise: {'; '.join(said)}. Take that import back (crosscase "
            f"import --undo) to import it anew, edit surveys/{name}.yaml for respondents to come, or import the file "
            "as another survey (--name)."
        )


def _as_attribute(use: ColumnUse) -> ColumnUse:
    """A column with cases, where respondents are cases themselves."""
    import msgspec

    return msgspec.structs.replace(use, use="closed", attribute=use.name)


def _with_words(
    survey: Survey, title: str, asked: Literal["all", "answered"] | None, sheet: str, path: Path, digest: str
) -> Survey:
    import msgspec

    from corpus.case_tables.table import TableOrigin

    origin = TableOrigin(path.name, digest, sheet=sheet)
    return msgspec.structs.replace(survey, title=title, asked=asked or survey.asked, origin=origin)


_USES: Mapping[str, str] = {
    "id": "respondent", "case": "case", "open": "text", "closed": "attribute", "skip": "left out"
}  # fmt: skip


def _show_columns(columns: Sequence[ColumnUse], table: HeadedTable) -> None:
    """The columns, what each is used for and why: the table that a researcher looks through before importing."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    shown = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for name in ("column", "becomes", "question", "filled", "for example", "because"):
        shown.add_column(name, max_width=44, no_wrap=name != "column")
    for place, column in enumerate(columns):
        values = [value for value in table.values(place) if value]
        example = " ".join(values[0].split()) if values and column.use != "skip" else ""
        use = Text(_USES[column.use], style={"open": "bold cyan", "closed": "cyan", "skip": "dim"}.get(column.use, ""))
        question = Text(column.question)
        shown.add_row(Text(column.name), use, question, f"{len(values)}/{len(table.rows)}", Text(example[:42]),
                      Text(column.why))  # fmt: skip
    console.print(shown)


def _show(plan: SurveyPlan, dry_run: bool) -> None:
    if plan.files and plan.original.startswith("private/"):
        show_original(plan.original)
    for line in _lines(plan, dry_run):
        click.echo(line)


def _lines(plan: SurveyPlan, dry_run: bool) -> Iterator[str]:
    verb = "Would import" if dry_run else "Imported"
    if plan.files:
        parts = [counted(len(plan.cases), "new case")] if plan.cases else []
        parts += [counted(len(plan.sources), "new source")] if plan.sources else []
        parts += [f"{counted(len(plan.updated), 'respondent')} with other answers"] if plan.updated else []
        parts += [counted(plan.filled, "empty cell") + " of cases.csv filled"] if plan.filled else []
        yield f"{verb} survey '{plan.name}': {', '.join(parts) or 'nothing new'}"
        names = ", ".join(plan.sources[:_MOST_SHOWN]) + (" …" if len(plan.sources) > _MOST_SHOWN else "")
        if names:
            yield f"  sources: {names}"
    elif plan.unchanged or plan.silent or plan.changed:
        yield "Nothing new: every respondent is in the study already."
    else:
        yield "No row could be imported."
    if plan.unchanged:
        yield f"  {counted(plan.unchanged, 'respondent')} as before"
    if plan.silent and plan.survey.used_as("open"):
        yield f"  {counted(plan.silent, 'respondent')} without an open answer"
    if plan.gone:
        yield f"  {counted(len(plan.gone), 'respondent')} of an earlier export not in this one; they stay"
    if dry_run:
        yield "Nothing was written. Without --dry-run it will be. --id, --case, --open, --closed and --skip correct it."
    elif plan.files:
        yield "Then: crosscase check.  To take this import back: crosscase import --undo"


def _as_json(plan: SurveyPlan, dry_run: bool, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "dry_run": dry_run, "name": plan.name, "respondents": plan.survey.respondents,
        "columns": [{"name": c.name, "use": c.use, "question": c.question, "attribute": c.attribute, "why": c.why}
                    for c in plan.survey.columns],
        "cases": plan.cases, "sources": plan.sources, "unchanged": plan.unchanged, "updated": plan.updated,
        "original": plan.original, "filled_in": plan.filled, "without_answer": plan.silent, "gone": plan.gone,
        "changed": [{"respondent": row.respondent, "line": row.line, "what": row.what, "edited": row.edited}
                    for row in plan.changed],
        "problems": [{"file": p.file, "line": p.line, "rule": p.rule, "message": p.message, "hint": p.hint}
                     for p in problems],
    }  # fmt: skip
