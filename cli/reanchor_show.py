"""How codings in edited texts are shown in a terminal: old words in their context, new words with the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.coding import Anchored
    from corpus.source import Source

_LISTED = 20
"""Codings of one source and state that are listed unless all are asked for."""
_ORDER = ("ambiguous", "uncertain", "lost", "changed", "moved", "orphan", "accepted")
_SHOWN = 240
"""Characters of a long quote that are shown: its beginning and its end."""


def show_list(coded: CodedStudy, anchored: Sequence[Anchored], show_all: bool = False, one_by_one: bool = True) -> None:
    """How many codings do not stand as they were recorded, by source and state, each of them, and what can be done."""
    from collections import Counter

    for source in coded.study.sources:
        here = [anchor for anchor in anchored if anchor.source == source.id]
        if not here:
            continue
        counts = Counter[str](anchor.state for anchor in here)
        click.secho(f"{source.id}: " + ", ".join(f"{counts[s]} {s}" for s in _ORDER if counts[s]), bold=True)
        for state in _ORDER if one_by_one else ():
            those = [anchor for anchor in here if anchor.state == state]
            shown = those if show_all or state in _ORDER[:3] else [] if state == "accepted" else those[:_LISTED]
            for anchor in shown:
                _show_line(anchor, source)
            if len(shown) < len(those) and state != "accepted":
                click.echo(
                    f"  … and {len(those) - len(shown)} more {state}: crosscase reanchor {source.id} --list --all"
                )
    waiting = sum(anchor.waits for anchor in anchored)
    found = sum(anchor.state in ("moved", "changed") for anchor in anchored)
    if not (waiting or found):
        click.echo("Nothing to decide: every coding stands where it was coded, or was decided on.")
        return
    click.echo(f"{counted(waiting, 'coding')} to decide (they do not count until then); {found} found again.")
    if not one_by_one:
        return
    if waiting:
        click.echo("  crosscase reanchor                       asks about each, in a terminal")
    click.echo("  crosscase reanchor --accept-above 0.95   accepts what is clear")


def _show_line(anchor: Anchored, source: Source) -> None:
    from corpus.anchor import confidence

    place = anchor.place
    score = "    " if anchor.state in ("lost", "orphan", "accepted") else confidence(place.score)
    head = f"  {anchor.state:9} {score}  {anchor.id:13} {anchor.coder:6} {anchor.code}"
    if anchor.state == "changed":
        now = source.text[place.start : place.end]
        click.echo(f"{head}  line {source.file_line(place.start)}  {difference(anchor.recorded.quote, now, 100)}")
    elif anchor.counts:
        click.echo(f"{head}  line {source.file_line(place.start)}  “{shortened(anchor.recorded.quote, 70)}”")
    else:
        by = f"  ({anchor.by}, {anchor.at[:10]})" if anchor.state == "orphan" else ""
        click.echo(f"{head}  “{shortened(anchor.recorded.quote, 70)}”{by}")
        for number, one in enumerate(place.candidates[:3] if anchor.waits else (), 1):
            said = difference(anchor.recorded.quote, source.text[one.start : one.end], 100)
            click.echo(f"      {number}: {confidence(one.score)}  line {source.file_line(one.start)}  {said}")


def as_record(anchor: Anchored, source: Source) -> dict[str, Any]:
    """One coding for programs. `text` is what stands at its place, where it counts."""
    place, recorded = anchor.place, anchor.recorded
    found = {"start": place.start, "end": place.end, "line": source.file_line(place.start),
             "text": source.text[place.start : place.end]}  # fmt: skip
    return {
        "id": anchor.id, "source": anchor.source, "coder": anchor.coder, "code": anchor.code, "state": anchor.state,
        "score": place.score, "coded": anchor.coded,
        "recorded": {"start": recorded.start, "end": recorded.end, "quote": recorded.quote, "prefix": recorded.prefix,
                     "suffix": recorded.suffix},
        "place": found if anchor.counts else None,
        "candidates": [
            {"start": c.start, "end": c.end, "line": source.file_line(c.start), "score": c.score,
             "text": source.text[c.start : c.end]}
            for c in place.candidates
        ],
        "by": anchor.by, "at": anchor.at,
    }  # fmt: skip


def difference(was: str, now: str, longest: int = _SHOWN) -> str:
    """The new words, with what was put in and what was taken out marked: `{+new+} [-old-]`, in a terminal coloured."""
    from coding.word_difference import word_difference

    if was == now:
        return f"“{shortened(now, longest)}”"
    pieces = word_difference(was, now)
    said = []
    for number, piece in enumerate(pieces):
        if piece.kind == "same":
            said.append(_between(piece.text, max(24, longest // 4), number == 0, number == len(pieces) - 1))
        elif piece.kind == "gone":
            said.append(click.style(f"[-{shortened(piece.text, longest)}-]", fg="red"))
        else:
            said.append(click.style(f"{{+{shortened(piece.text, longest)}+}}", fg="green", bold=True))
    return "“" + "".join(said) + "”"


def _between(words: str, longest: int, is_first: bool, is_last: bool) -> str:
    """Words that stayed, on one line: of many of them those next to a change."""
    one_line = shortened(words, len(words))
    if len(one_line) <= longest:
        return one_line
    half = longest // 2
    return f"{'' if is_first else one_line[:half]} … {'' if is_last else one_line[-half:]}".strip(
        " " if is_first else ""
    )


def shortened(words: str, longest: int) -> str:
    """On one line; of long words the beginning and the end."""
    lead, tail = words[:1].isspace(), words[-1:].isspace()
    one_line = " ".join(words.split())
    if len(one_line) > longest:
        one_line = f"{one_line[: longest * 2 // 3]} … {one_line[-longest // 3 :]}"
    return f"{' ' * lead}{one_line}{' ' * (tail and bool(one_line))}"
