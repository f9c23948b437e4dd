"""From what coders' logs say of a source to codings that stand in its text as it is now.

Where the text is as it was coded, a coding stands as it was recorded and nothing is searched. Where one does not, all
codings of the source are looked for together (`corpus.anchor.places`), since each tells where its neighbours are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from coding.anchors import Decision, Key, Orphaned, Settled
from coding.coding import Anchored, AnchorState, Coding
from coding.fold import Folded
from coding.word_difference import changed_words
from corpus.anchor import Place, Recorded, confidence, context, places
from corpus.problems import Problem
from corpus.source import Source

_FLOOD = 5
"""Codings of one log that are told of one by one where they were found again; of more, how many."""


class LogCodings(msgspec.Struct, frozen=True):
    """What one log says: codings that stand as they were recorded, and those that have to be looked at."""

    coder: str
    file: str
    plain: Sequence[Coding]
    folded: Sequence[Folded]


class Placed(msgspec.Struct, frozen=True):
    """The codings of one log that count, what became of those that were looked for, and the faults."""

    codings: list[Coding]
    anchored: list[Anchored]
    problems: list[Problem]


class _Wanted(msgspec.Struct, frozen=True):
    """A coding whose words are looked for: those of its own record, or of the decision about it."""

    entry: Folded
    recorded: Recorded
    decision: Decision | None


def placed_codings(source: Source, logs: Sequence[LogCodings], decided: Mapping[Key, Decision]) -> list[Placed]:
    """The codings of each of `logs`, all of them of `source`."""
    text = source.text
    wanted = [[_wanted(entry, log.coder, decided, text) for entry in log.folded] for log in logs]
    sought = {one.recorded for each in wanted for one in each if not one.recorded.stands_at(text, one.recorded.start)}
    found: dict[Recorded, Place] = {}
    if sought:
        plain = {_as_it_stands(coding, text) for log in logs for coding in log.plain}
        every = [*plain, *(one.recorded for each in wanted for one in each)]
        found = dict(zip(every, places(text, every), strict=True))
    return [_placed(source, log, each, found) for log, each in zip(logs, wanted, strict=True)]


def _wanted(entry: Folded, coder: str, decided: Mapping[Key, Decision], text: str) -> _Wanted:
    span = entry.span
    own = Recorded(span.start, span.end, span.quote, span.prefix, span.suffix)
    decision = decided.get((coder, entry.add.id)) if decided else None
    if decision is None or decision.span != span.id:
        return _Wanted(entry, own, None)
    if own.stands_at(text, own.start) and not _holds(decision, text):
        return _Wanted(entry, own, None)
    return _Wanted(entry, decision.recorded if isinstance(decision, Settled) else own, decision)


def _holds(decision: Decision, text: str) -> bool:
    """Whether the text is still as it was where the decision says that the coding stands."""
    return isinstance(decision, Settled) and decision.recorded.stands_at(text, decision.start)


def _as_it_stands(coding: Coding, text: str) -> Recorded:
    return Recorded(coding.start, coding.end, coding.quote, *context(text, coding.start, coding.end))


def _placed(source: Source, log: LogCodings, wanted: Sequence[_Wanted], found: Mapping[Recorded, Place]) -> Placed:
    codings = list(log.plain)
    anchored: list[Anchored] = []
    problems: list[Problem] = []
    if found:
        codings = []
        for coding in log.plain:
            place = found[_as_it_stands(coding, source.text)]
            codings += [_moved_after_all(coding, place, source.text, anchored)] if place.how != "exact" else [coding]
    for one in wanted:
        entry = one.entry
        if not one.recorded.quote.strip():
            said = f"coding '{entry.add.id}' holds no words"
            problems.append(Problem(log.file, entry.line, "empty-coding", said))
            continue
        exact = Place("exact", one.recorded.start, one.recorded.start + len(one.recorded.quote))
        standing, anchor = _coding(source, log.coder, one, found.get(one.recorded, exact))
        codings += [standing] if standing else []
        anchored += [anchor] if anchor else []
    problems += _faults(source, log.file, anchored)
    return Placed(codings, anchored, problems)


def _moved_after_all(coding: Coding, place: Place, text: str, anchored: list[Anchored]) -> Coding:
    """A coding whose words by chance stand where they stood, though its neighbours tell that the text has moved."""
    anchor = Anchored(coding.id, coding.coder, coding.source, coding.code, coding.memo, coding.file_line, coding.id,
                      coding.quote, _as_it_stands(coding, text), place, "moved")  # fmt: skip
    anchored.append(anchor)
    return msgspec.structs.replace(coding, start=place.start, end=place.end, placement="moved", anchor=anchor)


def _coding(source: Source, coder: str, one: _Wanted, place: Place) -> tuple[Coding | None, Anchored | None]:
    """The coding where it now stands, if it does, and what became of it, if the text was edited."""
    entry, add, decision = one.entry, one.entry.add, one.decision
    words = source.text[place.start : place.end]
    if place.how == "exact" and decision is None:
        coding = Coding(add.id, coder, source.id, entry.code, place.start, place.end, words, entry.memo, add.origin,
                        add.run, add.at, "exact", entry.line)  # fmt: skip
        return coding, None
    state = _state(place, decision)
    told = decision if state in ("accepted", "orphan") and decision else None
    anchor = Anchored(add.id, coder, source.id, entry.code, entry.memo, entry.line, entry.span.id, entry.span.quote,
                      one.recorded, place, state, told.by if told else "", told.at if told else "")  # fmt: skip
    if not anchor.counts:
        return None, anchor
    same = words == entry.span.quote
    placement = "changed" if not same else "exact" if place.start == entry.span.start else "moved"
    coding = Coding(add.id, coder, source.id, entry.code, place.start, place.end, words, entry.memo, add.origin,
                    add.run, add.at, placement, entry.line, anchor)  # type: ignore[arg-type]  # fmt: skip
    return coding, anchor


def _state(place: Place, decision: Decision | None) -> AnchorState:
    if isinstance(decision, Orphaned):
        return "orphan"
    if place.how == "exact":
        return "accepted"
    return place.how


# What is told of it


def _faults(source: Source, file: str, anchored: Sequence[Anchored]) -> Iterator[Problem]:
    """What `check` says: one by one of those that wait; of those found again, how many where they are many."""
    for state, group in groupby(sorted(anchored, key=lambda a: (a.state, a.line)), key=lambda a: a.state):
        those = list(group)
        if state in ("moved", "changed") and len(those) > _FLOOD:
            yield _many(source, file, state, those)
        elif state not in ("accepted", "orphan"):
            yield from (_fault(source, file, anchor) for anchor in those)


def _many(source: Source, file: str, state: str, those: Sequence[Anchored]) -> Problem:
    least = min(anchor.place.score for anchor in those)
    what = "stand at another place" if state == "moved" else "have other words"
    said = f"{len(those)} codings now {what} in {source.file} (confidence {confidence(least)} or more)"
    return Problem(
        file, those[0].line, f"{state}-quote", said, f"crosscase reanchor {source.id} shows and accepts them"
    )


def _fault(source: Source, file: str, anchor: Anchored) -> Problem:
    place, id = anchor.place, anchor.id
    line = source.file_line(place.start)
    quote = _short(anchor.recorded.quote)
    decide = f"crosscase reanchor {source.id} asks about it"
    if anchor.state == "moved":
        said = f"'{quote}' of coding '{id}' now stands at {place.start} ({source.file}:{line})"
        hint = f"confidence {confidence(place.score)}  crosscase reanchor --accept {id} confirms the place"
    elif anchor.state == "changed":
        what = changed_words(anchor.recorded.quote, source.text[place.start : place.end])
        said = f"'{quote}' of coding '{id}' was changed at {source.file}:{line}: {what}"
        hint = f"confidence {confidence(place.score)}  crosscase reanchor --accept {id} confirms the words"
    elif anchor.state == "ambiguous":
        said = f"'{quote}' of coding '{id}' stands at {place.count} places of {source.file}, and nothing tells which"
        hint = decide
    elif anchor.state == "uncertain":
        best = place.candidates[0]
        there = f"{source.file}:{source.file_line(best.start)}"
        now = _short(source.text[best.start : best.end])
        may = f"may now be '{now}' ({there})" if best.words < 1 else f"perhaps stands at {there}, in another context"
        said = f"'{quote}' of coding '{id}' {may}"
        hint = f"confidence {confidence(best.score)}  {decide}"
    else:
        said = f"'{quote}' of coding '{id}' is not found in {source.file}"
        hint = f"{decide}; crosscase reanchor --orphan {id} keeps it without its words"
    return Problem(file, anchor.line, f"{anchor.state}-quote", said, hint)


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 60 else one_line[:57] + "…"
