"""What `crosscase import` prints: what became of each file, of the codings of updated sources, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted

if TYPE_CHECKING:
    from coding.reanchor import EditedText
    from corpus.import_files import Found
    from corpus.importing import ImportPlan, NewSource
    from corpus.problems import Problem

_MOST_SHOWN = 30


def show_codings(codings: Mapping[str, EditedText]) -> None:
    """What becomes of the codings of the sources that get another text, before that is written."""
    if not codings:
        return
    click.secho(f"Codings in {counted(len(codings), 'changed source')}:", bold=True)
    width = max(min(len(id), 32) for id in codings)
    for id, edited in codings.items():
        click.echo(f"  {id:{width}}  {_codings(edited)}")


def show_import(
    plan: ImportPlan, found: Found, codings: Mapping[str, EditedText], problems: Sequence[Problem], dry_run: bool
) -> None:
    """What was imported, updated, recognised, filled in and passed over, and what to do next."""
    from corpus.import_files import other_way_in

    _show_sources("Would import" if dry_run else "Imported", [s for s in plan.sources if not s.replaces])
    _show_sources("Would update" if dry_run else "Updated", [s for s in plan.sources if s.replaces])
    for item in plan.recognised[:_MOST_SHOWN]:
        what = f"an earlier version of source '{item.id}'" if item.earlier else f"source '{item.id}' already"
        click.echo(f"Recognised: {item.file} is {what}")
    if len(plan.recognised) > _MOST_SHOWN:
        click.echo(f"… and {len(plan.recognised) - _MOST_SHOWN:,} more were recognised")
    for fill in plan.filled[:_MOST_SHOWN]:
        click.echo(f"{'Would fill in' if dry_run else 'Filled in'} {', '.join(fill.fields)} of source '{fill.id}'")
    if len(plan.filled) > _MOST_SHOWN:
        click.echo(f"… and of {len(plan.filled) - _MOST_SHOWN:,} more sources")
    if found.passed_over:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in found.passed_over.items())
        click.echo(f"Passed over {counted(sum(found.passed_over.values()), 'file')} of other kinds: {kinds}")
        for way in dict.fromkeys(filter(None, map(other_way_in, found.passed_over))):
            click.echo(f"  {way}")
    if failed := _failed(found, problems):
        click.secho(f"Not imported: {counted(failed, 'file')} (see below)", fg="red")
    for line in _next_steps(plan, found, codings, dry_run) if found.files or plan.filled or not problems else ():
        click.echo(line)


def _show_sources(what: str, sources: Sequence[NewSource]) -> None:
    """A line for each source, with the repairs of its text; the first thirty."""
    if not sources:
        return
    click.secho(f"{what} {counted(len(sources), 'source')} ({_formats(sources)}):", bold=True)
    width = max(min(len(source.id), 32) for source in sources[:_MOST_SHOWN])
    for source in sources[:_MOST_SHOWN]:
        click.echo(f"  {source.id:{width}}  {_about(source)}  ← {source.file}")
        for repair in _shortened(source.document.repairs if source.changes_text else ()):
            click.secho(f"  {'':{width}}    {repair}", dim=True)
    if len(sources) > _MOST_SHOWN:
        click.echo(f"  … and {len(sources) - _MOST_SHOWN:,} more")


def formats(sources: Iterable[NewSource]) -> dict[str, int]:
    """Format → how many files of it: most first."""
    return dict(Counter(PurePath(source.file).suffix.lower().lstrip(".") or "?" for source in sources).most_common())


def _formats(sources: Iterable[NewSource]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in formats(sources).items())


def _about(source: NewSource) -> str:
    """What became of a file, in a few words: kind, length, speakers, case."""
    if source.replaces and not source.changes_text:
        return "the same words as before"
    paragraphs = source.document.text.count("\n\n") + 1
    parts = [source.meta.kind, counted(paragraphs, "paragraph")]
    if source.document.speakers:
        names = ", ".join(source.document.speakers[:4])
        parts.append(f"speakers {names}{' …' if len(source.document.speakers) > 4 else ''}")
    parts.append(f"case {source.meta.case}" if source.meta.case else "no case")
    return ("new version, " if source.replaces else "") + ", ".join(parts)


def _shortened(repairs: Sequence[str], most: int = 3, length: int = 110) -> Iterator[str]:
    for repair in repairs[:most]:
        yield repair if len(repair) <= length else f"{repair[: length - 1].rstrip()}…"
    if len(repairs) > most:
        yield f"and {counted(len(repairs) - most, 'more repair')}"


def _failed(found: Found, problems: Iterable[Problem]) -> int:
    """How many of the files have an error."""
    from corpus.files import shown

    wrong = {problem.file for problem in problems if problem.severity == "error"}
    return sum(shown(path) in wrong for path in found.files) if wrong else 0


def _next_steps(plan: ImportPlan, found: Found, codings: Mapping[str, EditedText], dry_run: bool) -> Iterator[str]:
    if not found.files and not plan.filled:
        from corpus.readers import READERS

        kinds = ", ".join(suffix[1:] for suffix in READERS)
        yield f"There were no files to import. crosscase reads {kinds}."
        return
    if not plan.sources and not plan.filled:
        yield "Nothing to write." if dry_run or plan.recognised else "Nothing was imported."
        return
    if dry_run:
        yield "Nothing was written. Without --dry-run it will be."
        return
    if waiting := _waiting(codings):
        which = f" {next(iter(waiting))}" if len(waiting) == 1 else ""
        number = sum(waiting.values())
        yield f"Next: crosscase reanchor{which}  ({counted(number, 'coding')} for you to find again)"
    new = [source for source in plan.sources if not source.replaces]
    homeless = [source.id for source in new if not source.meta.case]
    if homeless:
        yield (
            f"Next: {counted(len(homeless), 'source')} without a case. Write `case:` into sources/{homeless[0]}.md, "
            "or give a --table with a column 'case'."
        )
    unknown = sum(source.meta.asked == "unknown" for source in new)
    if unknown:
        yield f"Next: say under `asked:` which questions were put ({counted(unknown, 'source')} unknown)."
    yield "Then: crosscase check.  To take this import back: crosscase import --undo"


def import_as_json(
    plan: ImportPlan, found: Found, codings: Mapping[str, EditedText], problems: Sequence[Problem], dry_run: bool
) -> dict[str, Any]:
    """The same for programs, with every repair."""
    return {
        "dry_run": dry_run,
        "imported": [
            {
                "file": source.file, "id": source.id, "replaces": source.replaces, "kind": source.meta.kind,
                "title": source.meta.title, "case": source.meta.case, "roles": source.meta.roles,
                "date": source.meta.date, "asked": source.meta.asked, "speakers": source.document.speakers,
                "original": source.meta.origin.file if source.meta.origin else "", "repairs": source.document.repairs,
                "changes_text": source.changes_text,
                "codings": codings[source.id].counts if source.id in codings else None,
            }
            for source in plan.sources
        ],
        "formats": formats(plan.sources),
        "recognised": [{"file": item.file, "id": item.id, "earlier": item.earlier} for item in plan.recognised],
        "filled_in": [{"id": fill.id, "fields": fill.fields} for fill in plan.filled],
        "passed_over": found.passed_over,
        "problems": [
            {"file": p.file, "line": p.line, "rule": p.rule, "severity": p.severity, "message": p.message,
             "hint": p.hint}
            for p in problems
        ],
    }  # fmt: skip


def _codings(edited: EditedText) -> str:
    """`40 codings: 35 stay, 3 move, 2 uncertain`; what is nought is left out."""
    n = edited.counts
    parts = {
        "stay": n["exact"] + n["accepted"], "found at another place": n["moved"], "found in other words": n["changed"],
        "uncertain": n["uncertain"] + n["ambiguous"], "lost": n["lost"], "kept without a place": n["orphan"],
    }  # fmt: skip
    said = ", ".join(f"{number:,} {what}" for what, number in parts.items() if number)
    return f"{counted(sum(n.values()), 'coding')}: {said or 'none counts'}"


def _waiting(codings: Mapping[str, EditedText]) -> dict[str, int]:
    """Source → how many of its codings wait for a person."""
    found = {id: sum(anchor.waits for anchor in edited.anchored) for id, edited in codings.items()}
    return {id: number for id, number in found.items() if number}
