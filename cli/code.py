"""`crosscase code`: coding by hand, read marks, undo; drafts by structure and patterns; coding sheets."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.code_drafts import patterns, structure
from cli.code_sheets import import_sheet, sheet
from cli.options import coder_option, counted, json_option, print_json, stop, study_option, study_root, who_codes

if TYPE_CHECKING:
    from coding.acts import Act, Span
    from coding.coded_study import CodedStudy
    from coding.coding import Anchored, Coding
    from corpus.source import Source


@click.group()
def code() -> None:
    """Code sources: by hand, in sheets, by structure, by patterns.

    Everything a coder does is an event in codings/CODER/SOURCE.jsonl, and everything can be undone.

    \b
    Example:
      crosscase code me ana
      crosscase code add birkeby-leder ressourcer --quote "for mange sager"
      crosscase code undo
    """


code.add_command(sheet)
code.add_command(import_sheet)
code.add_command(structure)
code.add_command(patterns)


@code.command()
@click.argument("coder")
@study_option
def me(coder: str, study_dir: Path | None) -> None:
    """Say once who codes on this computer (kept in .crosscase/me).

    \b
    Example:
      crosscase code me ana
    """
    from corpus.files import write_whole
    from corpus.ids import why_illegal
    from corpus.study import CACHE_FOLDER

    root = study_root(study_dir)
    if why := why_illegal(coder):
        raise click.UsageError(f"coder id '{coder}' {why}")
    try:
        write_whole(root / CACHE_FOLDER / "me", f"{coder}\n".encode())
    except OSError as error:
        stop(f"{CACHE_FOLDER}/me cannot be written: {error.strerror}")
    click.echo(f"You code as {coder} in {root.name}.")


def _span_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--nth", type=int, help="Which of several places where the words stand (from 1)."),
        click.option("--end", type=int, help="End of the span: characters from the beginning of the text, exclusive."),
        click.option("--start", type=int, help="Start of the span: characters from the beginning of the text."),
        click.option("--quote", metavar="WORDS", help="The words, as they stand in the source."),
    ):
        function = option(function)
    return function


@code.command()
@click.argument("source_id", metavar="SOURCE")
@click.argument("code_id", metavar="CODE")
@_span_options
@click.option("--memo", default="", help="A note on this coding.")
@coder_option
@study_option
@json_option
def add(
    source_id: str, code_id: str, quote: str | None, start: int | None, end: int | None, nth: int | None, memo: str,
    coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Give a code to some words of a source.

    \b
    Example:
      crosscase code add birkeby-leder oekonomi --quote "ingen budgetramme" --memo "jf. 3e"
    """
    from coding.acts import added, place_words, same_coding

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    source, known = _source(coded, source_id), _code(coded, code_id)
    span = _span(source, quote, start, end, nth)
    twin = same_coding(coded.codings_in(source.id, who), known, span)
    if twin is not None:
        stop(f"{who} has already given {known} to these words: coding {twin.id}")
    event = added(source, known, span, memo)
    _write(root, who, {source.id: [event]}, is_once=True)
    if as_json:
        print_json({"id": event.id, "source": source.id, "code": known, "start": span.start, "end": span.end})
    else:
        click.echo(f"{event.id}  {known}  {place_words(source, span)}  {_shown(event.quote)}")


@code.command()
@click.argument("coding_ids", metavar="CODING…", nargs=-1, required=True)
@coder_option
@study_option
def retract(coding_ids: tuple[str, ...], coder: str | None, study_dir: Path | None) -> None:
    """Take codings back. They stay in the log and can be restored with `crosscase code undo`.

    \b
    Example:
      crosscase code retract c7f2kq9m3xw4
    """
    from coding.events import Retract, now
    from corpus.ids import random_id

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    run = random_id("b") if len(coding_ids) > 1 else ""
    events: dict[str, list[Any]] = {}
    for coding in (_own(coded, id, who) for id in dict.fromkeys(coding_ids)):
        events.setdefault(coding.source, []).append(Retract(id=random_id("r"), at=now(), target=coding.id, run=run))
    _write(root, who, events)
    click.echo(f"{len(set(coding_ids))} retracted. Undo with: crosscase code undo")


@code.command()
@click.argument("coding_id", metavar="CODING")
@click.argument("code_id", metavar="CODE")
@coder_option
@study_option
def recode(coding_id: str, code_id: str, coder: str | None, study_dir: Path | None) -> None:
    """Give a coding another code.

    \b
    Example:
      crosscase code recode c7f2kq9m3xw4 ressourcer.personale
    """
    from coding.events import Recode, now
    from corpus.ids import random_id

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    coding, known = _own(coded, coding_id, who), _code(coded, code_id)
    _write(root, who, {coding.source: [Recode(id=random_id("e"), at=now(), target=coding.id, code=known)]})
    click.echo(f"{coding.id}: {coding.code} → {known}")


@code.command()
@click.argument("coding_id", metavar="CODING")
@_span_options
@coder_option
@study_option
def resize(
    coding_id: str, quote: str | None, start: int | None, end: int | None, nth: int | None, coder: str | None,
    study_dir: Path | None,
) -> None:  # fmt: skip
    """Give a coding other words: a longer or shorter span, or the place where its words now stand.

    \b
    Example:
      crosscase code resize c7f2kq9m3xw4 --quote "for mange sager pr. sagsbehandler"
    """
    from coding.acts import added
    from coding.events import Resize, now
    from corpus.ids import random_id

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    source_id, old = _folded(root, who, coding_id)
    source = _source(coded, source_id)
    span = _span(source, quote if (quote or start is not None) else old.span.quote, start, end, nth)
    new = added(source, old.code, span)
    event = Resize(id=random_id("e"), at=now(), target=coding_id, start=new.start, end=new.end, quote=new.quote,
                   prefix=new.prefix, suffix=new.suffix)  # fmt: skip
    _write(root, who, {source.id: [event]})
    click.echo(f"{coding_id}: now {_shown(new.quote)}")


@code.command()
@click.argument("target", metavar="CODING|SOURCE")
@click.argument("text")
@coder_option
@study_option
def memo(target: str, text: str, coder: str | None, study_dir: Path | None) -> None:
    """Write a note on a coding, or on a whole source. An empty text removes a coding's note.

    \b
    Example:
      crosscase code memo birkeby-leder "Interviewet blev afbrudt efter 40 minutter."
    """
    from coding.events import Memo, now
    from corpus.ids import random_id

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    if target in coded.study.source_by_id:
        source, on = target, ""
    else:
        coding = _own(coded, target, who)
        source, on = coding.source, coding.id
    _write(root, who, {source: [Memo(id=random_id("m"), at=now(), target=on, text=text)]})
    click.echo(f"Noted on {target}.")


@code.command()
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@click.option("--theme", default="", metavar="THEME", help="Read for this theme only.")
@click.option("--all", "all_sources", is_flag=True, help="All sources of the study.")
@coder_option
@study_option
def read(source_ids: tuple[str, ...], theme: str, all_sources: bool, coder: str | None, study_dir: Path | None) -> None:
    """Mark sources as read; without SOURCE, list which are read.

    Only what a coder has read can be empty for a reason: without the mark a theme that is not coded is "not coded".

    \b
    Example:
      crosscase code read birkeby-leder
      crosscase code read
    """
    from coding.events import Read, now
    from corpus.ids import random_id

    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = _coded(root)
    marked = {(mark.source, mark.theme) for mark in coded.reads if mark.coder == who}
    if not source_ids and not all_sources:
        for source in coded.study.sources:
            themes = sorted(t for s, t in marked if s == source.id and t)
            state = "read" if (source.id, "") in marked else f"read for {', '.join(themes)}" if themes else "-"
            click.echo(f"{source.id:32} {state}")
        return
    known = _theme(coded, theme) if theme else ""
    ids = [s.id for s in coded.study.sources] if all_sources else [_source(coded, id).id for id in source_ids]
    new = [id for id in dict.fromkeys(ids) if (id, known) not in marked]
    run = random_id("b") if len(new) > 1 else ""
    _write(root, who, {id: [Read(id=random_id("d"), at=now(), theme=known, run=run)] for id in new})
    for_theme = f" for {known}" if known else ""
    click.echo(f"{len(new)} marked as read{for_theme} by {who}; {len(ids) - len(new)} were already.")


@code.command()
@click.argument("name", metavar="[ACT]", required=False)
@click.option("--list", "list_acts", is_flag=True, help="Show the last twenty acts and their names.")
@coder_option
@study_option
@json_option
def undo(name: str | None, list_acts: bool, coder: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Undo the last thing you did, or the ACT named: one coding, or all that one command wrote.

    An undo is an act too: undoing it by its name brings back what it took away.

    \b
    Example:
      crosscase code undo
      crosscase code undo --list
      crosscase code undo p4t7xk2m9qwe
    """
    from coding.acts import acts, read_logs_of, undoing

    root = study_root(study_dir)
    who = who_codes(root, coder)
    found = acts(read_logs_of(root, who))
    if list_acts:
        _list_acts(found[:20], as_json)
        return
    wanted = [a for a in found if (a.name == name if name else not a.is_undo)]
    if not wanted and name:
        wanted = [a for a in found if any(e.id == name for events in a.events.values() for e in events)][:1]
    if not wanted:
        stop(f"{who} has no act '{name}' that could be undone." if name else f"{who} has nothing left to undo.")
    events = undoing(wanted[0])
    _write(root, who, events)
    run = next(iter(events.values()))[0].run  # type: ignore[union-attr]
    click.echo(f"Undone: {_kinds(wanted[0])} of {wanted[0].at[:19]}. "
               f"To bring it back: crosscase code undo {run}")  # fmt: skip


def _kinds(act: Act) -> str:
    """`7 × sheet, 2 × read`."""
    return ", ".join(f"{n} × {kind}" for kind, n in act.kinds.items())


def _list_acts(found: list[Any], as_json: bool) -> None:
    if as_json:
        print_json([{"name": a.name, "at": a.at, "kinds": a.kinds, "sources": sorted(a.events)}
                    for a in found])  # fmt: skip
        return
    for act in found:
        where = next(iter(act.events)) if len(act.events) == 1 else f"{len(act.events)} sources"
        click.echo(f"{act.name:14} {act.at[:19]}  {_kinds(act):24} {where}")


@code.command("list")
@click.argument("source_ids", metavar="SOURCE…", nargs=-1)
@click.option("--code", "code_id", metavar="CODE", help="Only this code and the codes below it.")
@click.option("--coder", metavar="ID", help="Only this coder's codings (default: all coders).")
@study_option
@json_option
def list_codings(
    source_ids: tuple[str, ...], code_id: str | None, coder: str | None, study_dir: Path | None, as_json: bool
) -> None:
    """List codings with their words and where they stand.

    \b
    Example:
      crosscase code list birkeby-leder --code ressourcer
    """
    from coding.acts import Span, place_words

    root = study_root(study_dir)
    coded = _coded(root)
    for id in source_ids:
        _source(coded, id)
    below = {c.id for c in coded.codebook.by_id[_code(coded, code_id)].walk()} if code_id else None
    shown = [c for c in coded.codings
             if (not source_ids or c.source in source_ids) and coder in (None, c.coder)
             and (below is None or c.code in below)]  # fmt: skip
    if as_json:
        print_json([_as_record(c) for c in shown])
        return
    for c in shown:
        where = place_words(coded.study.source_by_id[c.source], Span(c.start, c.end))
        note = f"  ({c.memo})" if c.memo else ""
        note += f"  [{c.placement}]" if c.placement != "exact" else ""
        note += "  [suggestions seen]" if c.aided else ""
        click.echo(f"{c.id:13} {c.coder:6} {c.code:28} {where}  {_shown(c.quote)}{note}")
    click.echo(counted(len(shown), "coding"), err=True)


def _as_record(coding: Coding) -> dict[str, Any]:
    import msgspec

    record = msgspec.to_builtins(coding)
    shown = {key: value for key, value in record.items() if key not in ("file_line", "anchor")}
    if coding.anchor is not None:
        anchor = coding.anchor
        shown |= {"coded": anchor.coded, "confidence": anchor.place.score, "accepted_by": anchor.by}
    return shown


def _coded(root: Path) -> CodedStudy:
    from coding.coded_study import read_coded_study

    return read_coded_study(root)[0]


def _source(coded: CodedStudy, id: str) -> Source:
    from corpus.problems import did_you_mean

    found = coded.study.source_by_id.get(id)
    if found is None:
        raise click.UsageError(f"There is no source '{id}'. {did_you_mean(id, coded.study.source_by_id)}".strip())
    return found


def _code(coded: CodedStudy, id: str) -> str:
    from corpus.problems import did_you_mean

    found = coded.codebook.by_id.get(id)
    if found is None:
        near = did_you_mean(id, coded.codebook.by_id)
        raise click.UsageError(f"There is no code '{id}'. {near} crosscase codebook list shows all codes.")
    if found.replaced_by:
        raise click.UsageError(f"Code '{id}' is replaced by '{coded.codebook.current(id)}'.")
    return id


def _theme(coded: CodedStudy, id: str) -> str:
    theme = coded.codebook.theme_of.get(_code(coded, id))
    if theme is None or theme.id != id:
        raise click.UsageError(f"'{id}' is a code below theme '{theme.id if theme else '?'}', not a theme.")
    return id


def _own(coded: CodedStudy, id: str, coder: str) -> Coding | Anchored:
    """The coder's own coding with this id, also where its words are lost: a log is written by its coder only."""
    found = coded.codings_by_id.get(id) or next((anchor for anchor in coded.anchored if anchor.id == id), None)
    if found is None:
        raise click.UsageError(f"There is no coding '{id}' that counts. crosscase code list shows all codings.")
    if found.coder != coder:
        raise click.UsageError(f"Coding '{id}' is {found.coder}'s; {coder} can only change their own.")
    return found


def _folded(root: Path, coder: str, id: str) -> tuple[str, Any]:
    """The source of a coding that counts and what is recorded of it, also where its words are lost."""
    from coding.acts import read_logs_of
    from coding.fold import fold

    for source, lines in read_logs_of(root, coder).items():
        for entry in fold(lines, coder, source, "")[0].codings:
            if entry.add.id == id:
                return source, entry
    raise click.UsageError(f"{coder} has no coding '{id}' that counts.")


def _span(source: Source, quote: str | None, start: int | None, end: int | None, nth: int | None) -> Span:
    from coding.acts import Span, find_span, span_fault

    if start is None and end is not None:
        raise click.UsageError("--end needs --start.")
    if start is not None and nth is not None:
        raise click.UsageError("--nth chooses among places of a --quote; --start says the place itself.")
    if quote and start is None:
        found = find_span(source, quote, nth)
        if not isinstance(found, Span):
            stop(found)
        start, end = found.start, found.end
    elif quote and start is not None and end is None:
        end = start + len(quote)
    if start is None or end is None:
        raise click.UsageError("Say which words: --quote WORDS, or --start N --end N.")
    span = Span(start, end)
    if fault := span_fault(source, span):
        stop(fault)
    if quote and nth is None and source.text[start:end].split() != unicodedata.normalize("NFC", quote).split():
        stop(f"at {start} of {source.file} stands '{source.text[start:end]}', not '{quote}'")
    return span


def _write(root: Path, coder: str, events: dict[str, Any], is_once: bool = False) -> None:
    from coding.acts import GivenAlready, NotWritten, write_events

    try:
        write_events(root, coder, events, is_once=is_once)
    except (NotWritten, GivenAlready) as error:
        stop(str(error))


def _shown(words: str) -> str:
    one_line = " ".join(words.split())
    return f"“{one_line}”" if len(one_line) <= 70 else f"“{one_line[:69]}…”"
