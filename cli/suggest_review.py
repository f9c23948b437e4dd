"""`crosscase suggest review`: suggestions one at a time, each in its context, answered with one key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.keys import key_pressed
from cli.options import coder_option, counted, study_option, study_root, who_codes
from cli.suggest_judge import show_stats
from cli.suggesters import check_names, fitted, kept_back_words, opened, read_to_suggest, write

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.suggestion import SegmentSuggestions, Suggestion
    from corpus.source import Source

_KEYS = "y yes · n no · 2-9 that one instead · c another code · w yes, but only some words · s skip · u undo · q quit"
_SHOWN = 3
_CONTEXT = 160


@click.command()
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--unsure", is_flag=True, help="Also segments for which no code leads far enough.")
@click.option("--precision", metavar="SHARE", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="How far a code has to lead, as in crosscase suggest (default: study.toml, else 0.9).")  # fmt: skip
@click.option("--unlock", is_flag=True,
              help="Also for sources that the coder has not coded yet; that they were seen is noted.")  # fmt: skip
@coder_option
@study_option
def review(
    source_ids: tuple[str, ...], unsure: bool, precision: float | None, unlock: bool, coder: str | None,
    study_dir: Path | None,
) -> None:  # fmt: skip
    """Go through suggestions one at a time, each in its context, with one key for an answer.

    y makes it a coding, n rejects it, 2 to 9 take that code of the list instead, c asks for any other code, w codes
    only the words you type, s skips, u undoes the last answer, q quits. Every answer is on disk before the next
    question.

    \b
    Example:
      crosscase suggest review birkeby-leder
      crosscase suggest review --unsure --coder ana
    """
    root = study_root(study_dir)
    who = who_codes(root, coder)
    coded = read_to_suggest(root)
    check_names(coded, source_ids)
    model, faults = fitted(coded, who)
    may_see = opened(root, coded, model, source_ids, also_coded=False, unlock=unlock)
    asked = [s for s in model.suggest(may_see.segments, precision) if s.suggestions and (unsure or not s.abstained)]
    if may_see.kept_back:
        click.secho(kept_back_words(may_see.kept_back, who), fg="yellow")
    if not asked:
        click.echo("No suggestion to go through." + ("" if unsure else " --unsure has those where no code leads."))
    else:
        answered = _ask_all(root, coded, asked, who)
        click.echo(f"\n{counted(answered, 'answer')} written.")
        _show_stats(root, who)
    raise SystemExit(1 if faults else 0)


def _ask_all(root: Path, coded: CodedStudy, asked: list[SegmentSuggestions], who: str) -> int:
    """Ask about each segment; how many answers are on disk."""
    from coding.events import Retract, now
    from corpus.ids import random_id

    done: list[tuple[int, str, list[Any]]] = []
    at = 0
    while at < len(asked):
        segment = asked[at]
        source = coded.study.source_by_id[segment.source]
        _show(segment, source, f"{at + 1} of {len(asked)}")
        answer = _answer(coded, source, segment, bool(done))
        if answer == "quit":
            break
        if answer == "undo":
            at, id, events = done.pop()
            run = random_id("u")
            write(root, who, {id: [Retract(id=random_id("r"), at=now(), target=e.id, run=run) for e in events]})
            click.echo("  Taken back.")
            continue
        if answer != "skip":
            write(root, who, {source.id: answer})
            done.append((at, source.id, answer))
        at += 1
    return len(done)


def _answer(coded: CodedStudy, source: Source, segment: SegmentSuggestions, can_undo: bool) -> Any:
    """The events of the answer; or `skip`, `undo`, `quit`."""
    from coding.suggest.judging import accepting, rejecting, words_inside

    first = segment.suggestions[0]
    while True:
        key = key_pressed()
        if key in ("y", "1"):
            return list(accepting(source, segment, first, way="review"))
        if key == "n":
            return [rejecting(source, segment, first, way="review")]
        if key == "s":
            return "skip"
        if key == "u" and can_undo:
            return "undo"
        if key in ("q", "\x03", "\x04"):
            return "quit"
        if key.isdecimal() and 2 <= int(key) <= min(9, len(segment.suggestions)):
            other = segment.suggestions[int(key) - 1].code
            return list(accepting(source, segment, first, code=other, way="review"))
        if key == "c" and (code := _code_typed(coded)):
            return list(accepting(source, segment, first, code=code, way="review"))
        if key == "w":
            span = words_inside(source, segment, click.prompt("  words", default="", show_default=False))
            if not isinstance(span, str):
                return list(accepting(source, segment, first, span=span, way="review"))
            click.echo(f"  {span[0].upper()}{span[1:]}.")
        elif key != "c":
            click.echo(f"  {_KEYS}")


def _code_typed(coded: CodedStudy) -> str:
    """A code that is in the codebook, as it is typed; empty where there is none."""
    from corpus.problems import did_you_mean

    typed = click.prompt("  code", default="", show_default=False).strip()
    code = coded.codebook.by_id.get(typed)
    if code is not None:
        return coded.codebook.current(typed)
    if typed:
        click.echo(f"  There is no code '{typed}'. {did_you_mean(typed, coded.codebook.by_id)}".rstrip())
    return ""


def _show(segment: SegmentSuggestions, source: Source, number: str) -> None:
    """The segment in its context, the words that speak for the first code underlined, and the codes that lead."""
    before = " ".join(source.text[max(0, segment.start - _CONTEXT) : segment.start].split())
    behind = " ".join(source.text[segment.end : segment.end + _CONTEXT].split())
    click.echo()
    click.secho(f"{number}  {source.file}:{source.file_line(segment.start)}", bold=True)
    if before:
        click.secho(f"  …{before}", dim=True)
    click.echo(f"  {_underlined(source.text, segment)}")
    if behind:
        click.secho(f"  {behind}…", dim=True)
    for place, suggestion in enumerate(segment.suggestions[:_SHOWN], 1):
        click.echo(f"  {place}  {_line(suggestion, source.text)}")
    click.echo(f"  {_KEYS}")


def _underlined(text: str, segment: SegmentSuggestions) -> str:
    """The segment's text on one line, with the words that speak for its first code underlined."""
    parts, at = [], segment.start
    for start, end in sorted(segment.suggestions[0].evidence):
        if at <= start and end <= segment.end:
            parts += [text[at:start], click.style(text[start:end], underline=True)]
            at = end
    return "".join([*parts, text[at : segment.end]]).replace("\n", " ")


def _line(suggestion: Suggestion, text: str) -> str:
    chance = "not calibrated" if suggestion.probability is None else f"{suggestion.probability:.0%}"
    words = list(dict.fromkeys(" ".join(text[a:b].split()) for a, b in suggestion.evidence))[:5]
    return f"{suggestion.code:28} {suggestion.score:.2f}  {chance:>14}  {', '.join(words)}".rstrip()


def _show_stats(root: Path, who: str) -> None:
    from coding.coded_study import read_coded_study
    from coding.suggest.judgement_stats import judgement_stats

    found = judgement_stats(read_coded_study(root)[0], who)
    if found.judged:
        show_stats(found)
