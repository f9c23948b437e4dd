"""`crosscase suggest accept`, `reject`, `change`, `stats`: what a coder says of suggestions, as events in their log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.options import (
    coder_option,
    counted,
    json_option,
    print_json,
    stop,
    study_option,
    study_root,
    who_codes,
    yes_option,
)
from cli.suggesters import check_names, fitted, kept_back_words, opened, read_to_suggest, write

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.judgement_stats import JudgementStats
    from coding.suggest.suggestion import SegmentSuggestions, Suggestion
    from corpus.source import Source

_quote_option = click.option("--quote", metavar="WORDS", help="Code only these words of the segment.")


class _Judged(NamedTuple):
    """The suggestion that a command is about."""

    coded: CodedStudy
    source: Source
    segment: SegmentSuggestions
    suggestion: Suggestion


@click.command()
@click.argument("words", metavar="PLACE [CODE] | [SOURCE]...", nargs=-1)
@_quote_option
@click.option("--proposed", is_flag=True,
              help="All that are proposed, of these sources or all, at once; asks first, and notes that it was at "
              "once.")  # fmt: skip
@click.option("--precision", metavar="SHARE", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="With --proposed: how often these have to be right (default: study.toml, else 0.9).")  # fmt: skip
@yes_option
@coder_option
@study_option
@json_option
def accept(
    words: tuple[str, ...], quote: str | None, proposed: bool, precision: float | None, yes: bool, coder: str | None,
    study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a suggestion a coding of yours: the first code of a segment, or the CODE named.

    PLACE is SOURCE:LINE as crosscase suggest shows it, or SOURCE:START-END as --json has it. Your log gets an `accept`
    and the coding; its origin is the suggester with its version. One crosscase code undo takes both back.

    With --proposed, all suggestions are accepted that are proposed for segments you have not coded, in one run. Use it
    only where you have read them all: crosscase suggest review shows them one by one.

    \b
    Example:
      crosscase suggest accept birkeby-leder:20
      crosscase suggest accept birkeby-leder:20 ressourcer --quote "for mange sager"
      crosscase suggest accept --proposed birkeby-leder
    """
    from coding.suggest.judging import accepting

    root = study_root(study_dir)
    who = who_codes(root, coder)
    if proposed:
        if quote:
            raise click.UsageError("--quote narrows one suggestion, --proposed takes many.")
        _accept_proposed(root, who, words, precision, yes, as_json)
        return
    if not 1 <= len(words) <= 2 or precision is not None:
        raise click.UsageError("Say which suggestion: PLACE, and CODE where it is not the first; or --proposed.")
    judged = _judged(root, who, words[0], words[1] if len(words) == 2 else "")
    span = _span(judged, quote)
    said, add = accepting(judged.source, judged.segment, judged.suggestion, span=span)
    _write_coding(root, who, judged, said, add, as_json)


@click.command()
@click.argument("place")
@click.option("--code", "code_id", metavar="CODE", required=True, help="The code that you give instead.")
@click.option("--from", "from_id", metavar="CODE", default="", help="The suggested code (default: the first).")
@_quote_option
@coder_option
@study_option
@json_option
def change(
    place: str, code_id: str, from_id: str, quote: str | None, coder: str | None, study_dir: Path | None, as_json: bool
) -> None:
    """Give another code than the suggested one.

    Your log gets an `accept` that names both codes, and the coding, whose origin is you. The suggested code is not
    proposed to you for these words again.

    \b
    Example:
      crosscase suggest change birkeby-leder:20 --code ressourcer.personale
    """
    from coding.suggest.judging import accepting

    root = study_root(study_dir)
    who = who_codes(root, coder)
    judged = _judged(root, who, place, from_id)
    check_names(judged.coded, (), [code_id])
    if replacement := judged.coded.codebook.by_id[code_id].replaced_by:
        raise click.UsageError(f"Code '{code_id}' is replaced by '{replacement}'.")
    if code_id == judged.suggestion.code:
        raise click.UsageError(f"'{code_id}' is the suggested code: crosscase suggest accept {place} takes it.")
    said, add = accepting(judged.source, judged.segment, judged.suggestion, code=code_id, span=_span(judged, quote))
    _write_coding(root, who, judged, said, add, as_json)


@click.command()
@click.argument("place")
@click.argument("code_id", metavar="[CODE]", required=False, default="")
@coder_option
@study_option
@json_option
def reject(place: str, code_id: str, coder: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Say no to a suggestion: the first code of a segment, or the CODE named, with the codes below it.

    It is not proposed to you again while the segment has these words, by whatever model.

    \b
    Example:
      crosscase suggest reject birkeby-leder:20
    """
    from coding.suggest.judging import rejecting

    root = study_root(study_dir)
    who = who_codes(root, coder)
    judged = _judged(root, who, place, code_id)
    _refuse_given(judged, who)
    event = rejecting(judged.source, judged.segment, judged.suggestion)
    write(root, who, {judged.source.id: [event]})
    if as_json:
        print_json({"id": event.id, "source": judged.source.id, "code": judged.suggestion.code})
    else:
        click.echo(f"Rejected: {judged.suggestion.code} for {place}. Undo with: crosscase code undo")


@click.command()
@click.option("--coder", metavar="ID", help="Only this coder (default: all who answered suggestions).")
@study_option
@json_option
def stats(coder: str | None, study_dir: Path | None, as_json: bool) -> None:
    """How many suggestions were accepted, changed, rejected, and how fast.

    Warns where 95 % or more of at least twenty were accepted as they were, and that with less than five seconds
    between answers or mostly many at once.

    \b
    Example:
      crosscase suggest stats
      crosscase suggest stats --coder ana --json
    """
    import msgspec

    from coding.coded_study import read_coded_study
    from coding.suggest.judgement_stats import all_judgement_stats, judgement_stats
    from corpus.problems import did_you_mean

    coded, _ = read_coded_study(study_root(study_dir))
    known = {*coded.coders, *coded.study.settings.coders}
    if coder and coder not in known:
        near = did_you_mean(coder, known)
        raise click.UsageError(f"There is no coder '{coder}' in this study. {near}".strip())
    found = [judgement_stats(coded, coder)] if coder else all_judgement_stats(coded)
    if as_json:
        print_json([msgspec.to_builtins(entry) for entry in found])
        return
    if not found:
        click.echo("Nobody has answered a suggestion or unlocked one yet.")
    for entry in found:
        show_stats(entry)


def show_stats(found: JudgementStats) -> None:
    """One coder's figures in a few lines."""
    click.secho(found.coder, bold=True)
    click.echo(f"  {stats_line(found)}")
    if found.in_batches:
        click.echo(f"  {found.in_batches} of the accepted at once, in {counted(found.batches, 'command')}")
    if found.unlocked:
        click.echo(f"  seen before coding: {', '.join(found.unlocked)}")
    if found.aided:
        click.echo(f"  {counted(found.aided, 'coding')} given with suggestions in sight: not independent")
    if found.warning:
        click.secho(f"  {found.warning}", fg="yellow")


def stats_line(found: JudgementStats) -> str:
    """`34 judged: 30 accepted (88 %), 2 changed, 2 rejected; 12 s between answers (median of 31)`."""
    if found.share_accepted is None:
        return "no suggestion answered"
    speed = (
        "" if found.median_seconds is None
        else f"; {found.median_seconds:g} s between answers (median of {found.timed})"
    )  # fmt: skip
    return (
        f"{found.judged} judged: {found.accepted} accepted ({found.share_accepted:.0%}), {found.changed} changed, "
        f"{found.rejected} rejected{speed}"
    )


def _judged(root: Path, who: str, place: str, code_id: str) -> _Judged:
    """The suggestion at this place; ends or is a usage error where there is none that the coder may see."""
    from coding.suggest.judging import segment_at
    from coding.suggest.segment_list import segments

    coded = read_to_suggest(root, is_quiet=True)
    name, colon, where = place.rpartition(":")
    if not colon:
        raise click.UsageError(f"'{place}' is no place: write SOURCE:LINE, as crosscase suggest shows it.")
    id = name.removeprefix("sources/").removesuffix(".md")
    check_names(coded, [id], [code_id] if code_id else [])
    source = coded.study.source_by_id[id]
    segment = segment_at(source, segments(coded)[id], where)
    if isinstance(segment, str):
        stop(f"{segment[0].upper()}{segment[1:]}.")
    model, _ = fitted(coded, who, calibrate=False)
    kept_back = opened(root, coded, model, [id], also_coded=True, unlock=False).kept_back
    if kept_back:
        stop(kept_back_words(kept_back, who))
    found = model.suggest([segment])[0]
    by_code = {suggestion.code: suggestion for suggestion in found.suggestions}
    if code_id and code_id not in by_code:
        raise click.UsageError(f"'{code_id}' is not suggested: it is replaced, or outside the themes in use.")
    return _Judged(coded, source, found, by_code[code_id] if code_id else found.suggestions[0])


def _refuse_given(judged: _Judged, who: str) -> None:
    """Ends where the coder has given the segment the code, or one below it: that coding has to be taken back first."""
    from coding.suggest.segment_list import segments, themes_coded

    codebook, (start, end) = judged.coded.codebook, (judged.segment.start, judged.segment.end)
    rejected = {below.id: below.id for below in codebook.by_id[judged.suggestion.code].walk()}
    whole = next(s for s in segments(judged.coded)[judged.source.id] if (s.start, s.end) == (start, end))
    for coding in judged.coded.codings_in(judged.source.id, who):
        if themes_coded(whole, [coding], rejected):
            said = f"{who} has given {coding.code} to these words."
            stop(f"{said} Take that back first: crosscase code retract {coding.id}")


def _span(judged: _Judged, quote: str | None) -> Any:
    from coding.suggest.judging import words_inside

    if quote is None:
        return None
    found = words_inside(judged.source, judged.segment, quote)
    if isinstance(found, str):
        stop(f"{found[0].upper()}{found[1:]}.")
    return found


def _write_coding(root: Path, who: str, judged: _Judged, said: Any, add: Any, as_json: bool) -> None:
    from coding.acts import Span, place_words, same_coding

    span = Span(add.start, add.end)
    twin = same_coding(judged.coded.codings_in(judged.source.id, who), add.code, span)
    if twin is not None:
        stop(f"{who} has already given {add.code} to these words: coding {twin.id}")
    write(root, who, {judged.source.id: [said, add]})
    if as_json:
        print_json({"id": said.id, "coding": add.id, "source": judged.source.id, "code": add.code,
                    "start": add.start, "end": add.end, "origin": add.origin})  # fmt: skip
        return
    instead = f" instead of {judged.suggestion.code}" if said.code else ""
    click.echo(f"{add.id}  {add.code}{instead}  {place_words(judged.source, span)}  {shortened(add.quote)}")


def _accept_proposed(
    root: Path, who: str, source_ids: tuple[str, ...], precision: float | None, yes: bool, as_json: bool
) -> None:
    """All that are proposed at once, after showing them: one run, and each marked as taken in a batch."""
    from coding.acts import Span, same_coding
    from coding.suggest.judging import accepting
    from corpus.ids import random_id

    if as_json and not yes:
        raise click.UsageError("With --json there is nobody to ask: add --yes.")
    coded = read_to_suggest(root, is_quiet=True)
    check_names(coded, source_ids)
    model, faults = fitted(coded, who)
    may_see = opened(root, coded, model, source_ids, also_coded=False, unlock=False)
    run = random_id("b")
    events: dict[str, list[Any]] = {}
    lines = []
    for segment in model.suggest(may_see.segments, precision):
        if not segment.proposed:
            continue
        source, first = coded.study.source_by_id[segment.source], segment.suggestions[0]
        said, add = accepting(source, segment, first, way="batch", run=run)
        if same_coding(coded.codings_in(source.id, who), add.code, Span(add.start, add.end)) is None:
            events.setdefault(source.id, []).extend((said, add))
            lines.append(f"  {source.id}:{source.file_line(segment.start)}  {first.code}  "
                         f"{first.probability:.0%}  {shortened(add.quote)}")  # fmt: skip
    if may_see.kept_back:
        click.secho(kept_back_words(may_see.kept_back, who), err=True, fg="yellow")
    if lines and not as_json:
        click.echo("\n".join(lines))
    if lines and not yes and not click.confirm(f"Make these {len(lines)} codings of {who}'s?", default=False):
        stop("Nothing was written.")
    write(root, who, events)
    if as_json:
        print_json({"run": run if lines else "", "accepted": len(lines), "sources": sorted(events)})
    else:
        click.echo(f"{len(lines)} accepted at once." + (f" Undo with: crosscase code undo {run}" if lines else ""))
    raise SystemExit(1 if faults else 0)


def shortened(text: str, most: int = 70) -> str:
    """The words on one line, in quotation marks, cut where they are long."""
    one_line = " ".join(text.split())
    return f"“{one_line}”" if len(one_line) <= most else f"“{one_line[: most - 1]}…”"
