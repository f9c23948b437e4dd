"""`crosscase reanchor`: where codings went when their texts were edited, and decisions about those that are unclear."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import coder_option, counted, json_option, print_json, stop, study_option, study_root, who_codes
from cli.reanchor_show import as_record, show_list

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.coding import Anchored
    from corpus.source import Source


@click.command()
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@click.option("--accept", "accept", metavar="ID", multiple=True, help="Accept the place found for this coding.")
@click.option("--candidate", type=click.IntRange(1), metavar="N", help="With --accept: the Nth of its candidates.")
@click.option("--at", "at", metavar="START:END", help="With --accept: this place, in characters of the text.")
@click.option("--quote", metavar="WORDS", help="With --accept: where these words stand.")
@click.option("--accept-above", type=click.FloatRange(0, 1), metavar="SCORE",
              help="Accept every clear place with at least this confidence (0 to 1).")  # fmt: skip
@click.option("--orphan", metavar="ID", multiple=True, help="Keep this coding without its words; do not ask again.")
@click.option("--undo", is_flag=True, help="Take back what you decided last.")
@click.option("--list", "only_list", is_flag=True, help="Only list; do not ask.")
@click.option("--ask", is_flag=True, help="Ask also where the answers do not come from a terminal.")
@click.option("--all", "show_all", is_flag=True, help="List every coding, however many.")
@coder_option
@study_option
@json_option
def reanchor(
    source_ids: tuple[str, ...], accept: tuple[str, ...], candidate: int | None, at: str | None, quote: str | None,
    accept_above: float | None, orphan: tuple[str, ...], undo: bool, only_list: bool, ask: bool, show_all: bool,
    coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Find codings again in texts that were edited: list them, and decide on those that are unclear.

    Codings whose words were found again count at their new place (`moved`, `changed`). Those that are ambiguous,
    uncertain or lost count nowhere until somebody decides: in a terminal each is shown and asked about, and every
    answer is on disk at once. Exit code 1 while any of them waits; a decision that was written is 0.

    \b
    Example:
      crosscase reanchor
      crosscase reanchor birkeby-leder --list --json
      crosscase reanchor --accept c7f2kq9m3xw4 --candidate 2
      crosscase reanchor --accept c7f2kq9m3xw4 --quote "det tager nu længere tid"
      crosscase reanchor --accept-above 0.95
    """
    from coding.coded_study import read_coded_study

    root = study_root(study_dir)
    acting = [bool(accept), accept_above is not None, bool(orphan), undo]
    if sum(acting) > 1:
        raise click.UsageError("Give one of --accept, --accept-above, --orphan and --undo at a time.")
    if (candidate or at or quote) and (len(accept) != 1 or sum(map(bool, (candidate, at, quote))) > 1):
        raise click.UsageError(
            "--candidate, --at and --quote say where one coding stands: --accept ID and one of them."
        )
    coded, _ = read_coded_study(root)
    anchored = _of_sources(coded, source_ids)
    if accept:
        _accept(root, coded, accept, (candidate, at, quote), who_codes(root, coder))
    elif accept_above is not None:
        _accept_above(root, coded, anchored, accept_above, who_codes(root, coder))
    elif orphan:
        _orphan(root, coded, orphan, who_codes(root, coder))
    elif undo:
        _undo(root, who_codes(root, coder))
    elif as_json:
        print_json([as_record(anchor, coded.study.source_by_id[anchor.source]) for anchor in anchored])
        raise SystemExit(1 if any(anchor.waits for anchor in anchored) else 0)
    else:
        asking = (ask or (sys.stdin.isatty() and sys.stdout.isatty())) and not only_list
        show_list(coded, anchored, show_all, one_by_one=not asking)
        if asking:
            from cli.reanchor_ask import ask_about

            left = ask_about(root, coded, anchored, who_codes(root, coder)) if _to_ask(anchored) else 0
        else:
            left = sum(anchor.waits for anchor in anchored)
        raise SystemExit(1 if left else 0)


def _to_ask(anchored: tuple[Anchored, ...]) -> bool:
    return any(anchor.waits or anchor.state in ("moved", "changed") for anchor in anchored)


def _of_sources(coded: CodedStudy, ids: tuple[str, ...]) -> tuple[Anchored, ...]:
    from corpus.problems import did_you_mean

    for id in ids:
        if id not in coded.study.source_by_id:
            raise click.UsageError(f"There is no source '{id}'. {did_you_mean(id, coded.study.source_by_id)}".strip())
    return tuple(anchor for anchor in coded.anchored if not ids or anchor.source in ids)


def _named(coded: CodedStudy, id: str) -> tuple[Anchored, Source]:
    """What became of a coding, and its source; a usage error where nothing did."""
    found = [anchor for anchor in coded.anchored if anchor.id == id]
    if not found and id in coded.codings_by_id:
        raise click.UsageError(f"Coding '{id}' stands where it was coded: there is nothing to decide.")
    if not found:
        raise click.UsageError(f"There is no coding '{id}'. crosscase reanchor lists those that can be decided on.")
    if len(found) > 1:
        raise click.UsageError(f"Two coders' logs have a coding '{id}': crosscase check says which.")
    return found[0], coded.study.source_by_id[found[0].source]


def _accept(root: Path, coded: CodedStudy, ids: tuple[str, ...], where: tuple[Any, ...], who: str) -> None:
    from coding.reanchor import settled
    from corpus.ids import random_id

    run = random_id("b") if len(ids) > 1 else ""
    events: dict[str, list[Any]] = {}
    for id in dict.fromkeys(ids):
        anchor, source = _named(coded, id)
        start, end, method = _chosen(anchor, source, *where)
        event = settled(anchor, source, start, end, who, method, run)
        events.setdefault(source.id, []).append(event)
        click.echo(f"{id}: line {source.file_line(start)} [{start}:{end}] of {source.file}  {_short(event.quote)}")
    _write(root, events)


def _chosen(anchor: Anchored, source: Source, n: int | None, at: str | None, quote: str | None) -> tuple[int, int, Any]:
    """The place that was named for a coding, checked."""
    from coding.acts import Span, span_fault, spans_of

    candidates = anchor.place.candidates
    if at:
        start, _, end = at.partition(":")
        if not (start.isdecimal() and end.isdecimal()):
            raise click.UsageError("--at is START:END, two numbers: characters from the beginning of the text.")
        span = Span(int(start), int(end))
        if fault := span_fault(source, span):
            stop(fault)
        return span.start, span.end, "position"
    if quote:
        spans = spans_of(source, quote)
        if len(spans) != 1:
            places = ", ".join(
                f"--at {span.start}:{span.end} (line {source.file_line(span.start)})" for span in spans[:9]
            )
            stop(f"These words stand at {counted(len(spans), 'place')} of {source.file}. {places}".strip())
        return spans[0].start, spans[0].end, "words"
    if n is not None:
        if n > len(candidates):
            raise click.UsageError(f"Coding '{anchor.id}' has {counted(len(candidates), 'candidate')}.")
        return candidates[n - 1].start, candidates[n - 1].end, "candidate"
    if anchor.counts:
        return anchor.place.start, anchor.place.end, "found"
    if anchor.state == "ambiguous" or not candidates:
        many = f"stands at {anchor.place.count} places" if candidates else "was not found"
        raise click.UsageError(f"Coding '{anchor.id}' {many}: say where with --candidate N, --at START:END or --quote.")
    return candidates[0].start, candidates[0].end, "found"


def _accept_above(root: Path, coded: CodedStudy, anchored: tuple[Anchored, ...], least: float, who: str) -> None:
    from coding.reanchor import clear_place, settled
    from corpus.ids import random_id

    run = random_id("b")
    events: dict[str, list[Any]] = {}
    for anchor in anchored:
        if (place := clear_place(anchor, least)) is not None:
            source = coded.study.source_by_id[anchor.source]
            events.setdefault(source.id, []).append(settled(anchor, source, *place, who, "found", run))
    _write(root, events)
    n = sum(map(len, events.values()))
    left = sum(anchor.waits for anchor in anchored) - sum(
        event.coding in {a.id for a in anchored if a.waits} for entries in events.values() for event in entries
    )
    click.echo(f"{counted(n, 'place')} accepted; {counted(left, 'coding')} left to decide."
               + (" Take back with: crosscase reanchor --undo" if n else ""))  # fmt: skip


def _orphan(root: Path, coded: CodedStudy, ids: tuple[str, ...], who: str) -> None:
    from coding.reanchor import orphaned
    from corpus.ids import random_id

    run = random_id("b") if len(ids) > 1 else ""
    events: dict[str, list[Any]] = {}
    for id in dict.fromkeys(ids):
        anchor, source = _named(coded, id)
        events.setdefault(source.id, []).append(orphaned(anchor, source, who, run))
    _write(root, events)
    click.echo(f"{counted(len(set(ids)), 'coding')} kept without words. Take back with: crosscase reanchor --undo")


def _undo(root: Path, who: str) -> None:
    from coding.anchors import TakenBack, anchor_acts
    from coding.reanchor import taking_back

    decided = [
        act for act in anchor_acts(root, who)
        if not all(isinstance(event, TakenBack) for events in act.events.values() for event in events)
    ]  # fmt: skip
    if not decided:
        stop(f"{who} has nothing left to take back.")
    _write(root, taking_back(decided[0], who))
    n = sum(map(len, decided[0].events.values()))
    click.echo(f"Taken back: {counted(n, 'decision')} of {decided[0].at[:19]}.")


def _write(root: Path, events: Any) -> None:
    from coding.acts import NotWritten
    from coding.anchors import write_anchors

    try:
        write_anchors(root, events)
    except NotWritten as error:
        stop(str(error))


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return f"“{one_line}”" if len(one_line) <= 70 else f"“{one_line[:69]}…”"
