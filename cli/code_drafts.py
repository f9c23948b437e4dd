"""`crosscase code structure` and `crosscase code patterns`: drafts by rule, written only when told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import (
    coder_option,
    json_option,
    print_json,
    show_problems,
    stop,
    study_option,
    study_root,
    who_codes,
)

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.draft import Draft
    from corpus.problems import Problem

_apply_option = click.option("--apply", is_flag=True, help="Write them as your codings (without it: only show).")
_list_option = click.option("--list", "list_drafts", is_flag=True, help="Show every draft with its words.")


@click.command()
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@_apply_option
@_list_option
@coder_option
@study_option
@json_option
def structure(
    source_ids: tuple[str, ...], apply: bool, list_drafts: bool, coder: str | None, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Code paragraphs by the heading or question label that they stand under.

    Shows what it would write, with counts. With --apply the codings are yours, with origin "structure", and one
    `crosscase code undo` takes them all back.

    \b
    Example:
      crosscase code structure
      crosscase code structure birkeby-leder --apply --coder regler
    """
    from coding.coded_study import read_coded_study
    from coding.structure import suggest_by_structure

    root = study_root(study_dir)
    coded, problems = read_coded_study(root)
    wanted = _wanted(coded, source_ids)
    drafts = [
        draft
        for source in coded.study.sources
        if source.id in wanted
        for draft in suggest_by_structure(source, coded.codebook, coded.guide)
    ]
    _show_or_write(root, coded, drafts, "structure", problems, apply, list_drafts, coder, as_json)


@click.command()
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@_apply_option
@_list_option
@coder_option
@study_option
@json_option
def patterns(
    source_ids: tuple[str, ...], apply: bool, list_drafts: bool, coder: str | None, study_dir: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Code sentences that match the patterns of the codebook.

    Shows what it would write, with counts. With --apply the codings are yours, with origin "pattern", and one
    `crosscase code undo` takes them all back. Codes with `carry_over` also get the sentences that go on about them
    (origin "carry-over").

    \b
    Example:
      crosscase code patterns --list
      crosscase code patterns --apply --coder regler
    """
    from coding.carry_over import suggest_by_carry_over
    from coding.coded_study import read_coded_study
    from coding.patterns import check_patterns, suggest_by_patterns
    from corpus.tokens import read_tokens

    root = study_root(study_dir)
    coded, problems = read_coded_study(root)
    wanted = _wanted(coded, source_ids)
    indexes, faults = read_tokens(coded.study)
    problems += [*faults, *check_patterns(coded.codebook)]
    sources = [source for source in coded.study.sources if source.id in wanted]
    drafts = suggest_by_patterns(coded.codebook, indexes, sources)
    drafts += suggest_by_carry_over(coded.codebook, indexes, sources)
    drafts.sort(key=lambda draft: (draft.source, draft.start, draft.end, draft.code))
    _show_or_write(root, coded, drafts, "pattern", problems, apply, list_drafts, coder, as_json)


def _wanted(coded: CodedStudy, source_ids: tuple[str, ...]) -> set[str]:
    for id in source_ids:
        if id not in coded.study.source_by_id:
            raise click.UsageError(f"There is no source '{id}'.")
    return set(source_ids or coded.study.source_by_id)


def _show_or_write(
    root: Path, coded: CodedStudy, drafts: Sequence[Draft], origin: str, problems: list[Problem], apply: bool,
    list_drafts: bool, coder: str | None, as_json: bool,
) -> None:  # fmt: skip
    from coding.acts import NotWritten, Span, added, write_events
    from coding.draft import new_drafts
    from corpus.ids import random_id

    who = who_codes(root, coder) if apply or coder else None
    new = new_drafts(drafts, [c for c in coded.codings if c.coder == who])
    run = random_id("p" if origin == "pattern" else "s")
    if as_json:
        print_json([{"source": d.source, "code": d.code, "start": d.start, "end": d.end, "origin": d.origin,
                     "evidence": d.evidence, "why": d.why, "new": d in new} for d in drafts])  # fmt: skip
    else:
        show_problems(problems)
        _show_counts(coded, drafts, set(new))
        if list_drafts:
            for draft in drafts:
                words = " ".join(coded.study.source_by_id[draft.source].text[draft.start : draft.end].split())
                click.echo(f"{draft.source:24} {draft.code:26} {draft.why:30} “{words[:90]}”")
    if not apply or who is None:
        if not as_json:
            click.echo(f"Nothing was written. To make these {len(new)} your codings: add --apply")
        return
    if not new:
        click.echo("Nothing new to write.", err=as_json)
        return
    events: dict[str, list[object]] = {}
    for d in new:
        source = coded.study.source_by_id[d.source]
        event = added(source, d.code, Span(d.start, d.end), origin=d.origin, run=run)
        events.setdefault(source.id, []).append(event)
    try:
        write_events(root, who, events)  # type: ignore[arg-type]
    except NotWritten as error:
        stop(f"{error} To take back what was written: crosscase code undo {run}")
    click.echo(f"{len(new)} codings written for {who}. Undo them all: crosscase code undo {run}", err=as_json)


def _show_counts(coded: CodedStudy, drafts: Sequence[Draft], new: set[Draft]) -> None:
    """A line per code: drafts, how many are new, in how many sources."""
    click.echo(f"{'code':32} {'drafts':>7} {'new':>7} {'sources':>8}")
    for code in coded.codebook.by_id:
        here = [draft for draft in drafts if draft.code == code]
        if here:
            fresh = sum(draft in new for draft in here)
            click.echo(f"{code:32} {len(here):7} {fresh:7} {len({draft.source for draft in here}):8}")
    click.echo(f"{'in all':32} {len(drafts):7} {len(new):7} {len({draft.source for draft in drafts}):8}")
