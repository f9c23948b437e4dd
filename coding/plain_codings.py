"""The short way through a log for most of what it holds: codings that were added, never changed, and have not moved.

Their events become codings at once. Every other event goes the long way, which knows what can be wrong with it:
`coding.fold`, then the search for its words. Both ways give the same codings; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from coding.coding import Coding
from coding.events import Add, AnyEvent, are_times, is_time
from coding.log import LogLine, whole_log
from corpus.source import Source


def plain_codings(
    data: bytes, coder: str, source: Source, codes: Mapping[str, str], decided: Set[str] = frozenset()
) -> tuple[list[Coding], list[LogLine]] | None:
    """The codings in `data`, a log's bytes, that need no second look, and the lines with all other events.

    `codes` gives for each id of the codebook the same id: a million codings then share a few strings. None where a line
    cannot be read or an id stands twice: then the whole log goes the long way. `decided` are codings of which a person
    has said where they stand.
    """
    events = whole_log(data)
    if events is None or len({event.id for event in events}) < len(events):
        return None
    text, changed = source.text, _targets(events) | decided
    well_timed = are_times([event.at for event in events])
    codings: list[Coding] = []
    others: list[LogLine] = []
    for line, event in enumerate(events, 1):
        if (
            type(event) is not Add
            or (start := event.start) < 0
            or (end := event.end) - start != len(quote := event.quote)
            or text[start - len(event.prefix) : end + len(event.suffix)] != f"{event.prefix}{quote}{event.suffix}"
            or not quote
            or quote.isspace()
            or event.memo
            or event.id in changed
            or not (code := codes.get(event.code))
            or not (well_timed or is_time(event.at))
        ):
            others.append(LogLine(event, line))
        else:
            codings.append(
                Coding(event.id, coder, source.id, code, start, end, quote, "", event.origin, event.run,
                       event.at, "exact", line)
            )  # fmt: skip
    return codings, others


def _targets(events: Sequence[AnyEvent]) -> set[str]:
    """Ids of the events that others act on."""
    return {getattr(event, "target", "") for event in events if type(event) is not Add}
