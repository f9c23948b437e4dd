"""The short way through a log for most of what it holds: codings that were added, never changed, and have not moved.

Their events become codings at once. Every other event goes the long way, which knows what can be wrong with it:
`coding.fold`, then the search for its words. Both ways give the same codings; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence

from coding.coding import Coding
from coding.events import Add, AnyEvent, are_times, is_time
from coding.log import LogLine, whole_log
from corpus.source import Source


def plain_codings(data: bytes, coder: str, source: Source) -> tuple[list[Coding], list[LogLine]] | None:
    """The codings in `data`, a log's bytes, that need no second look, and the lines with all other events.

    None where a line cannot be read or an id stands twice: then the whole log goes the long way.
    """
    events = whole_log(data)
    if events is None or len({event.id for event in events}) < len(events):
        return None
    text, changed = source.text, _targets(events)
    well_timed = are_times([event.at for event in events])
    codings: list[Coding] = []
    others: list[LogLine] = []
    for line, event in enumerate(events, 1):
        if (
            type(event) is not Add
            or event.id in changed
            or event.memo
            or event.start < 0
            or text[event.start : event.end] != event.quote
            or not event.quote.strip()
            or not (well_timed or is_time(event.at))
        ):
            others.append(LogLine(event, line))
        else:
            codings.append(
                Coding(event.id, coder, source.id, event.code, event.start, event.end, event.quote, "", event.origin,
                       event.run, event.at, "exact", line)
            )  # fmt: skip
    return codings, others


def _targets(events: Sequence[AnyEvent]) -> set[str]:
    """Ids of the events that others act on."""
    return {getattr(event, "target", "") for event in events if type(event) is not Add}
