"""`crosscase codebook`: derive a codebook from the interview guide; list codes and questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.codebook_add import add, from_headings
from cli.codebook_derive import count, derive
from cli.codebook_exchange import export_codebook, import_codebook
from cli.options import json_option, print_json, show_problems, study_option, study_root

if TYPE_CHECKING:
    from codebook.codebook import Code, Codebook
    from codebook.guide import Guide
    from corpus.problems import Problem


@click.group()
def codebook() -> None:
    """Derive a codebook from the interview guide; list codes and questions.

    \b
    Example:
      crosscase codebook derive interviewguide.docx
      crosscase codebook list
      crosscase codebook questions
    """


codebook.add_command(derive)
codebook.add_command(from_headings)
codebook.add_command(add)
codebook.add_command(import_codebook)
codebook.add_command(export_codebook)


@codebook.command("list")
@study_option
@json_option
def list_(study_dir: Path | None, as_json: bool) -> None:
    """Show themes and codes with their questions and patterns.

    \b
    Example:
      crosscase codebook list
    """
    from codebook.codebook_file import read_codebook

    found, problems = read_codebook(study_root(study_dir))
    if as_json:
        print_json({"themes": [_code_json(theme) for theme in found.themes]})
    elif not found.themes:
        click.echo("No themes yet. Draft them from the interview guide: crosscase codebook derive GUIDE")
    else:
        _show_codes(found)
    _end(problems)


def _code_json(code: Code) -> dict[str, Any]:
    return {
        "id": code.id, "label": code.label, "definition": code.definition,
        "questions": code.questions, "patterns": code.patterns, "replaced_by": code.replaced_by,
        "codes": [_code_json(below) for below in code.codes],
    }  # fmt: skip


def _show_codes(found: Codebook) -> None:
    rows = [row for theme in found.themes for row in _code_rows(theme, 0)]
    id_width, label_width = (max(len(row[i]) for row in rows) for i in (0, 1))
    for id, label, facts in rows:
        click.secho(f"{id:{id_width}}  {label:{label_width}}  {facts}".rstrip(), bold=not id.startswith(" "))
    codes = len(found.by_id) - len(found.themes)
    click.echo(f"\n{count(len(found.themes), 'theme')}, {count(codes, 'code')} below them")


def _code_rows(code: Code, depth: int) -> list[tuple[str, str, str]]:
    """Id, label and facts of a code and all below it, ids indented by depth."""
    facts = [", ".join(code.questions), count(len(code.patterns), "pattern") if code.patterns else ""]
    facts.append(f"→ {code.replaced_by}" if code.replaced_by else "")
    row = ("  " * depth + code.id, code.label, " · ".join(filter(None, facts)))
    return [row, *(below for inner in code.codes for below in _code_rows(inner, depth + 1))]


@codebook.command()
@study_option
@json_option
def questions(study_dir: Path | None, as_json: bool) -> None:
    """Show the guide's questions, their ids and their themes.

    \b
    Example:
      crosscase codebook questions
    """
    from codebook.codebook_file import read_codebook
    from codebook.guide_file import read_guide

    root = study_root(study_dir)
    guide, problems = read_guide(root)
    found, faults = read_codebook(root)
    themes = _themes_of_questions(found)
    if as_json:
        print_json({"title": guide.title, "sections": _sections_json(guide, themes)})
    elif not guide.questions:
        click.echo("No questions yet. Take them from a document: crosscase codebook derive GUIDE")
    else:
        _show_questions(guide, themes)
    _end([*problems, *faults])


def _themes_of_questions(found: Codebook) -> dict[str, list[str]]:
    """Question id → ids of the themes that it belongs to."""
    themes: dict[str, list[str]] = {}
    for theme in found.active_themes:
        for question in found.questions_of_theme[theme.id]:
            themes.setdefault(question, []).append(theme.id)
    return themes


def _sections_json(guide: Guide, themes: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "id": section.id, "number": section.number, "title": section.title,
            "questions": [
                {"id": q.id, "label": q.label, "text": q.text, "themes": themes.get(q.id, [])}
                for q in section.questions
            ],
        }
        for section in guide.sections
    ]  # fmt: skip


def _show_questions(guide: Guide, themes: dict[str, list[str]]) -> None:
    shown = {q.id: ", ".join(themes.get(q.id, ["no theme"])) for q in guide.questions}
    id_width, theme_width = max(map(len, shown)), max(map(len, shown.values()))
    for section in guide.sections:
        click.secho(f"{section.number} {section.title}".strip(), bold=True)
        for q in section.questions:
            click.echo(f"  {q.id or '-':{id_width}}  {shown[q.id]:{theme_width}}  {q.text}")
    without = sum(q.id not in themes for q in guide.questions)
    tail = f", {without} of them in no theme" if without else ""
    click.echo(f"\n{count(len(guide.sections), 'section')}, {count(len(guide.questions), 'question')}{tail}")


def _end(problems: list[Problem]) -> None:
    """Show the problems, and leave with exit code 1 where one is an error."""
    from corpus.problems import errors

    show_problems(problems)
    raise SystemExit(1 if errors(problems) else 0)
