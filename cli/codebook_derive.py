"""`crosscase codebook derive`: ids into guide.md and a first codebook; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cli.options import json_option, print_json, show_problems, stop, study_option, study_root

if TYPE_CHECKING:
    from codebook.codebook import Codebook
    from codebook.draft import GuideDraft
    from codebook.guide import Guide


@click.command()
@click.argument("document", metavar="GUIDE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--heading", default="", metavar="TEXT", help="The heading that the guide stands under in GUIDE.")
@click.option(
    "-o", "out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the codebook to FILE instead of codebook.yaml (needed outside a study).",
)  # fmt: skip
@study_option
@json_option
def derive(document: Path, heading: str, out: Path | None, study_dir: Path | None, as_json: bool) -> None:
    """Draft a codebook from an interview guide (md, txt or docx).

    Each section becomes a theme and each question a code, with its words as a first definition. In a study, every
    question of guide.md gets an id and codebook.yaml is written. A codebook that is there already is never
    overwritten: questions that none of its codes names are listed instead. Outside a study the codebook goes to
    -o FILE, and guide.md beside it unless there is one.

    \b
    Example:
      crosscase codebook derive interviewguide.docx
      crosscase codebook derive report.txt --heading "Appendix 1"
      crosscase codebook derive guide.md -o draft.yaml
    """
    from codebook.codebook_file import CODEBOOK_FILE
    from codebook.derive import derive_codebook
    from codebook.draft import codebook_bytes
    from codebook.guide import GUIDE_FILE

    root = _root(study_dir, out)
    folder = root or (out or Path()).absolute().parent
    target = out or folder / CODEBOOK_FILE
    _refuse_to_overwrite(out, folder / GUIDE_FILE)
    draft = _guide_draft(document, heading, folder / GUIDE_FILE, root, keep=out is not None)
    existing, comments = (None, "") if out else _existing(folder)
    codebook = existing or derive_codebook(draft.guide)
    without = _without_code(draft.guide, codebook)
    files = {folder / GUIDE_FILE: draft.data} if draft.data is not None else {}
    if existing is None:
        files[target] = codebook_bytes(codebook, comments)
    _write(files)
    if as_json:
        print_json(_json(draft, codebook, existing is not None, target, without))
    else:
        _tell_guide(draft)
        _tell_codebook(codebook, existing is not None, target, without)
    raise SystemExit(1 if without else 0)


def _root(study_dir: Path | None, out: Path | None) -> Path | None:
    """The study to write to; None outside a study, where -o says where the codebook goes."""
    from corpus.study import find_study

    if study_dir is not None:
        return study_root(study_dir)
    root = find_study(Path.cwd())
    if root is None and out is None:
        raise click.UsageError("There is no study here. Name one with --study DIR, or give -o FILE for the codebook.")
    return root


def _refuse_to_overwrite(out: Path | None, guide_file: Path) -> None:
    if out is None:
        return
    if out.absolute() == guide_file:
        raise click.UsageError(f"-o names the file for the codebook; {guide_file.name} is where the guide goes.")
    if out.exists():
        stop(f"{out} is already there, and a codebook is never overwritten. Give another name with -o.")


def _guide_draft(document: Path, heading: str, guide_file: Path, root: Path | None, keep: bool) -> GuideDraft:
    """The guide with its ids; the command ends here where it cannot be read, found or written."""
    from codebook.draft import ids_in_use, read_guide_draft

    draft, problems = read_guide_draft(document, heading, guide_file, ids_in_use(root) if root else frozenset())
    if draft is None:
        show_problems(problems)
        stop("Nothing was written.")
    if not draft.guide.questions:
        _no_questions(document, draft.document, heading)
    if draft.kept and not keep:
        stop(
            "guide.md is already there with other questions, and is not overwritten. Nothing was written.\n"
            "  Put the questions into guide.md and derive from it (crosscase codebook derive guide.md),\n"
            "  or write the draft to another file with -o FILE."
        )
    return draft


def _no_questions(document: Path, text: str, heading: str) -> NoReturn:
    """Say why there is nothing to derive, and what headings there are."""
    from codebook.derive import guide_headings, has_heading
    from corpus.problems import did_you_mean

    headings = guide_headings(text)
    titles = {h.title: h.questions for h in headings}
    if heading and not has_heading(text, heading):
        said = f"There is no heading '{heading}' in {document.name}. {did_you_mean(heading, titles)}".rstrip()
    elif heading:
        said = f"No questions were found under '{heading}' in {document.name}."
    else:
        said = f"No interview guide was found in {document.name}."
    promising = [h for h in headings if h.questions] or headings
    lines = [f"  {count(h.questions, 'question'):>14}  {h.title}" for h in promising[:25]]
    lines += [f"  … and {len(promising) - 25} more"] if len(promising) > 25 else []
    if lines:
        said += "\nThe headings are (choose one with --heading):\n" + "\n".join(lines)
    else:
        said += "\nWrite a heading for each section and a line 'a. …' for each question."
    stop(said)


def _existing(folder: Path) -> tuple[Codebook | None, str]:
    """The study's codebook; None where it has no themes yet, with the text of its file."""
    from codebook.codebook_file import CODEBOOK_FILE, read_codebook
    from corpus.files import read_text
    from corpus.problems import errors

    if not (folder / CODEBOOK_FILE).exists():
        return None, ""
    codebook, problems = read_codebook(folder)
    if errors(problems):
        show_problems(errors(problems))
        stop(f"{CODEBOOK_FILE} is already there and has errors. Nothing was written.")
    text, _ = read_text(folder / CODEBOOK_FILE, CODEBOOK_FILE)
    return (codebook, "") if codebook.themes else (None, text or "")


def _write(files: dict[Path, bytes]) -> None:
    from codebook.guide_file import write_together

    try:
        write_together(files)
    except OSError as error:
        stop(f"{error.filename or 'a file'}: {error.strerror}. Nothing was written.")


def _without_code(guide: Guide, codebook: Codebook) -> list[dict[str, str]]:
    """Each question that no code names, the label that its code could have, and the theme it would go below."""
    from codebook.derive import home_of, uncoded_questions
    from codebook.labels import guide_language, short_label

    language = guide_language(" ".join(question.text for question in guide.questions))
    found = []
    for question in uncoded_questions(guide, codebook):
        home = home_of(question, guide, codebook)
        label = short_label(question.text, language)
        found.append({"question": question.id, "label": label, "theme": home.id if home else ""})
    return found


def _json(
    draft: GuideDraft, codebook: Codebook, existing: bool, target: Path, without: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "title": draft.guide.title, "sections": len(draft.guide.sections),
        "questions": len(draft.guide.questions), "guide_written": draft.data is not None,
        "guide_kept": draft.kept, "new_ids": draft.new_ids, "codebook": target.as_posix(),
        "codebook_written": not existing, "themes": len(codebook.themes),
        "codes": len(codebook.by_id) - len(codebook.themes), "without_code": without,
    }  # fmt: skip


def _tell_guide(draft: GuideDraft) -> None:
    guide = draft.guide
    size = f"{count(len(guide.sections), 'section')}, {count(len(guide.questions), 'question')}"
    click.echo(f"{guide.title or 'Guide'}: {size}")
    if draft.kept:
        click.echo("guide.md is already there with other questions and was not changed.")
    elif draft.data is None:
        click.echo("guide.md has an id for every question and was not changed.")
    else:
        some = f" ({', '.join(draft.new_ids)})" if 0 < len(draft.new_ids) <= 8 else ""
        click.echo(f"guide.md written: {count(len(draft.new_ids), 'new id')}{some}")


def _tell_codebook(codebook: Codebook, existing: bool, target: Path, without: list[dict[str, str]]) -> None:
    name = click.format_filename(target.name)
    if not existing:
        codes = len(codebook.by_id) - len(codebook.themes)
        click.echo(f"{name} written: {count(len(codebook.themes), 'theme')}, {count(codes, 'code')}")
        click.echo(f"Next: reword the labels and say in {name} what each theme includes and excludes.")
    elif not without:
        click.echo(f"{name} has a code for every question and was not changed.")
    else:
        click.echo(f"{name} is already there and was not changed.")
        click.echo(f"{count(len(without), 'question')} without a code:")
        for entry in without:
            place = f"below {entry['theme']}" if entry["theme"] else "a new theme"
            click.echo(f"  {entry['question']:6} {entry['label']}  → {place}")
        click.echo(f"Next: add codes for them to {name}, or see a whole new draft with -o FILE.")


def count(n: int, noun: str) -> str:
    """`1 code`, `2 codes`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
