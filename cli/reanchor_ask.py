"""The questions of `crosscase reanchor`: each unclear coding in its context, answered with one key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.keys import key_pressed
from cli.options import counted, stop
from cli.reanchor_show import difference, shortened

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.coding import Anchored
    from coding.reanchor import Question
    from corpus.anchor import Candidate
    from corpus.source import Source

_KEYS = "a accept · 1-9 this one · w type words to look for · o keep as orphan · s skip · u undo · q quit"


def ask_about(root: Path, coded: CodedStudy, anchored: Sequence[Anchored], who: str) -> int:
    """Ask about every coding that waits, then about changed words, then once about all that only moved.

    Each answer is on disk before the next question. Returns how many codings are left waiting.
    """
    from coding.reanchor import questions

    asked = [*questions(a for a in anchored if a.waits), *questions(a for a in anchored if a.state == "changed")]
    left = {(a.coder, a.id) for a in anchored if a.waits}
    done: list[tuple[int, dict[str, list[Any]]]] = []
    at = 0
    while at < len(asked):
        source = coded.study.source_by_id[asked[at].source]
        answer = _ask(asked[at], source, f"{at + 1} of {len(asked)}", who, bool(done))
        if answer == "quit":
            return len(left)
        if answer == "undo":
            at, events = done.pop()
            _take_back(root, events, who)
            left |= {(a.coder, a.id) for a in asked[at].those if a.waits}
            continue
        if answer != "skip":
            events = {source.id: answer}
            _write(root, events)
            done.append((at, events))
            left -= {(a.coder, a.id) for a in asked[at].those}
        at += 1
    _ask_about_moved(root, coded, [a for a in anchored if a.state == "moved"], who)
    click.echo(f"{counted(len(left), 'coding')} left to decide.")
    return len(left)


def _ask(question: Question, source: Source, number: str, who: str, can_undo: bool) -> Any:
    """The events of the answer; or `skip`, `undo`, `quit`."""
    from coding.reanchor import orphaned, settled
    from corpus.ids import random_id

    candidates: Sequence[Candidate] = question.first.place.candidates
    method = "candidate"
    _show(question, source, number, candidates)
    while True:
        key = key_pressed()
        run = random_id("b")
        chosen = 0 if key == "a" and len(candidates) == 1 else int(key) - 1 if key.isdecimal() else -1
        if key == "a" and question.first.state != "ambiguous" and candidates:
            chosen = 0
        if 0 <= chosen < len(candidates):
            one = candidates[chosen]
            how: Any = "found" if key == "a" and method == "candidate" else method
            return [settled(anchor, source, one.start, one.end, who, how, run) for anchor in question.those]
        if key == "o":
            return [orphaned(anchor, source, who, run) for anchor in question.those]
        if key == "s":
            return "skip"
        if key == "u" and can_undo:
            return "undo"
        if key in ("q", "\x03", "\x04"):
            return "quit"
        if key == "w":
            candidates = _looked_for(source, candidates)
            method = "words"
            _show_candidates(question, source, candidates)
        elif key == "a" and candidates:
            click.echo("  The words stand at several places: choose one by its number.")
        else:
            click.echo(f"  {_KEYS}")


def _looked_for(source: Source, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The places of words that are typed in; the candidates as they were where there is none."""
    from coding.acts import spans_of
    from corpus.anchor import Candidate

    words = click.prompt("  words", default="", show_default=False)
    spans = spans_of(source, words)
    if not spans:
        click.echo("  These words are not in the text.")
        return candidates
    if len(spans) > 9:
        click.echo(f"  They stand at {len(spans)} places; the first nine:")
    return [Candidate(span.start, span.end, 1.0) for span in spans[:9]]


def _show(question: Question, source: Source, number: str, candidates: Sequence[Candidate]) -> None:
    first = question.first
    click.echo()
    click.secho(f"{number}  {source.id}  {first.state}", bold=True)
    for anchor in question.those:
        memo = f"  ({anchor.memo})" if anchor.memo else ""
        click.echo(f"  {anchor.coder}: {anchor.code}  [{anchor.id}]{memo}")
    recorded = first.recorded
    words = click.style(shortened(recorded.quote, 400), underline=True)
    click.echo(f"  was      …{shortened(recorded.prefix, 40)}»{words}«{shortened(recorded.suffix, 40)}…")
    _show_candidates(question, source, candidates)
    click.echo(f"  {_KEYS}")


def _show_candidates(question: Question, source: Source, candidates: Sequence[Candidate]) -> None:
    from corpus.anchor import confidence

    for number, one in enumerate(candidates, 1):
        before, after = source.text[max(0, one.start - 32) : one.start], source.text[one.end : one.end + 32]
        said = difference(question.first.recorded.quote, source.text[one.start : one.end], 400)[1:-1]
        line = f"line {source.file_line(one.start)}"
        click.echo(
            f"  {number}  {confidence(one.score)}  …{shortened(before, 40)}»{said}«{shortened(after, 40)}…  {line}"
        )
    if not candidates:
        click.echo("  Nothing like it is in the text.")


def _ask_about_moved(root: Path, coded: CodedStudy, moved: Sequence[Anchored], who: str) -> None:
    from coding.reanchor import settled
    from corpus.anchor import confidence
    from corpus.ids import random_id

    if not moved:
        return
    least = min(anchor.place.score for anchor in moved)
    click.echo(
        f"\n{counted(len(moved), 'coding')} moved with the very same words (confidence {confidence(least)} or more)."
    )
    if click.confirm("Accept all these places?", default=False):
        run = random_id("b")
        events: dict[str, list[Any]] = {}
        for anchor in moved:
            source = coded.study.source_by_id[anchor.source]
            place = anchor.place
            events.setdefault(source.id, []).append(settled(anchor, source, place.start, place.end, who, "found", run))
        _write(root, events)


def _take_back(root: Path, events: dict[str, list[Any]], who: str) -> None:
    from coding.anchors import AnchorAct
    from coding.reanchor import taking_back

    act = AnchorAct("", "", {source: tuple(entries) for source, entries in events.items()})
    _write(root, taking_back(act, who))
    click.echo("  Taken back.")


def _write(root: Path, events: Any) -> None:
    from coding.acts import NotWritten
    from coding.anchors import write_anchors

    try:
        write_anchors(root, events)
    except NotWritten as error:
        stop(str(error))
