"""What coders did between two versions of a study: from the events of two logs to codings that came, went or changed.

Logs are only ever appended to, so the event that did it, and when, is in the newer log. Where it is not (two branches,
or an older version compared with a newer one) the change is told without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from coding.anchors import anchors_file
from coding.coding import Anchored, Coding, ReadMark
from coding.events import AnyEvent, Memo, Recode, Resize
from coding.fold import Folded, LogState, fold
from coding.log import LogLine, log_file
from corpus.source import Source
from reports.diff.changes import Act, Change, LogKey, Version
from reports.diff.text_edits import Edit, differing, edit_at, edits


class _Log(msgspec.Struct, frozen=True):
    """One log in both versions."""

    coder: str
    source: str
    old_events: Mapping[str, LogLine]
    new_events: Mapping[str, LogLine]
    old: LogState
    new: LogState
    since: Mapping[str, Sequence[LogLine]]
    """Coding → the events about it that only the new log has, earliest first."""

    @property
    def file(self) -> str:
        return log_file(self.coder, self.source)

    def last(self, id: str, *types: type) -> LogLine | None:
        """The latest of the new events about a coding, of these types where there is one."""
        about = self.since.get(id, ())
        wanted = [line for line in about if isinstance(line.event, types)] if types else []
        return wanted[-1] if wanted else about[-1] if about else None


def coding_changes(old: Version, new: Version) -> Iterator[Change]:
    """Every coding, read mark and note that differs, log by log."""
    for key in sorted({*old.logs, *new.logs}):
        log = _log(key, old.logs.get(key, ()), new.logs.get(key, ()))
        yield from _codings(log, old, new)
        yield from _reads(log)
        yield from _source_memos(log)


def _log(key: LogKey, old: Sequence[LogLine], new: Sequence[LogLine]) -> _Log:
    coder, source = key
    before, after = {line.event.id: line for line in old}, {line.event.id: line for line in new}
    events = {id: line.event for id, line in (before | after).items()}
    since: dict[str, list[LogLine]] = {}
    for id in sorted(after.keys() - before.keys(), key=lambda id: (after[id].event.at, id)):
        since.setdefault(_root(id, events), []).append(after[id])
    states = [fold(lines, coder, source, log_file(coder, source))[0] for lines in (old, new)]
    return _Log(coder, source, before, after, states[0], states[1], since)


def _root(id: str, events: Mapping[str, AnyEvent]) -> str:
    """What an event is about in the end: an undo of an undo of a recoding is about the coding."""
    seen = {id}
    while (event := events.get(id)) is not None and (target := getattr(event, "target", "")) and target not in seen:
        seen.add(id := target)
    return id


def _codings(log: _Log, old: Version, new: Version) -> Iterator[Change]:
    before, after = ({entry.add.id: entry for entry in state.codings} for state in (log.old, log.new))
    placed = [{c.id: c for c in v.coded.codings_in(log.source, log.coder)} for v in (old, new)]
    anchors = [_anchors(version, log) for version in (old, new)]
    texts = old.coded.study.source_by_id.get(log.source), new.coded.study.source_by_id.get(log.source)
    edited = edits(texts[0].text, texts[1].text) if texts[0] and texts[1] and texts[0].text != texts[1].text else ()
    for id in dict.fromkeys([*before, *after]):
        was, now = before.get(id), after.get(id)
        if was is None or now is None:
            yield _came_or_went(log, id, was, now)
            continue
        yield from _altered(log, was, now)
        before_edit, after_edit = placed[0].get(id), placed[1].get(id)
        if was.span != now.span or texts[0] is None or texts[1] is None:
            continue
        words = before_edit.quote if before_edit else "", after_edit.quote if after_edit else ""
        anchor = _decided(anchors[0].get(id), anchors[1].get(id))
        if anchor and words[0] != words[1]:
            yield _decision(log, now, words, anchor)
        elif edited and (before_edit is None) != (after_edit is None):
            yield _lost_or_found(log, now, before_edit, after_edit, texts[0], texts[1], edited)
        elif before_edit and after_edit and words[0] != words[1]:
            yield _reworded(log, now, before_edit, after_edit, texts[1])


def _came_or_went(log: _Log, id: str, was: Folded | None, now: Folded | None) -> Change:
    entry = now or was
    assert entry is not None
    if now is not None:
        act: Act = "restored" if id in log.old_events else "added"
        line = log.new_events.get(id) if act == "added" else log.last(id)
    else:
        act = "retracted" if id in log.new_events else "removed"
        line = log.last(id) if act == "retracted" else None
    return _change(log, entry, act, line)


def _altered(log: _Log, was: Folded, now: Folded) -> Iterator[Change]:
    id = now.add.id
    if was.code != now.code:
        yield _change(log, now, "recoded", log.last(id, Recode), was=was.code, now=now.code)
    if (was.span.start, was.span.end, was.span.quote) != (now.span.start, now.span.end, now.span.quote):
        yield _change(log, now, "resized", log.last(id, Resize), was=was.span.quote, now=now.span.quote)
    if was.memo != now.memo:
        line = log.last(id, Memo)
        changed = _change(log, now, "changed", line, was=was.memo, now=now.memo)
        yield msgspec.structs.replace(changed, kind="memo")


def _change(log: _Log, entry: Folded, act: Act, line: LogLine | None, was: str = "", now: str = "") -> Change:
    return Change("coding", act, entry.add.id, log.file, line.line if line else 0, was=was, now=now, coder=log.coder,
                  source=log.source, code=entry.code, quote=entry.span.quote, memo=entry.memo,
                  at=line.event.at if line else "")  # fmt: skip


def _anchors(version: Version, log: _Log) -> dict[str, Anchored]:
    """What became of the codings of a log whose text was edited."""
    return {a.id: a for a in version.coded.anchored if a.source == log.source and a.coder == log.coder}


def _decided(was: Anchored | None, now: Anchored | None) -> Anchored | None:
    """What a person decided about a coding between the versions, if anything."""
    if now is None or not now.by or (was is not None and (was.by, was.at) == (now.by, now.at)):
        return None
    return now


def _decision(log: _Log, entry: Folded, words: tuple[str, str], anchor: Anchored) -> Change:
    """A coding of which it was decided what its words are now, or that they are gone."""
    act: Act = "orphaned" if anchor.state == "orphan" else "settled"
    return Change("coding", act, entry.add.id, anchors_file(log.source), was=words[0], now=words[1], coder=log.coder,
                  source=log.source, code=entry.code, quote=entry.span.quote, memo=entry.memo,
                  at=anchor.at)  # fmt: skip


def _reworded(log: _Log, entry: Folded, was: Coding, now: Coding, new: Source) -> Change:
    """A coding whose words were edited in the text."""
    before, after = differing(was.quote, now.quote)
    return Change("coding", "reworded", entry.add.id, new.file, new.file_line(now.start), was=before, now=after,
                  coder=log.coder, source=log.source, code=entry.code, quote=now.quote, memo=entry.memo)  # fmt: skip


def _lost_or_found(
    log: _Log, entry: Folded, was: Coding | None, now: Coding | None, old: Source, new: Source, edited: tuple[Edit, ...]
) -> Change:
    """A coding whose words the text edit took away, or brought back."""
    if was is not None:
        edit = edit_at(edited, old.text, was.start, was.end)
        line = edit.line if edit else 0
    else:
        assert now is not None
        line = new.text.count("\n", 0, now.start)
        edit = next((e for e in reversed(edited) if e.line <= line), None)
    act: Act = "lost" if was else "found"
    return Change("coding", act, entry.add.id, new.file, new.text_line + line, was=edit.was if edit else "",
                  now=edit.now if edit else "", coder=log.coder, source=log.source, code=entry.code,
                  quote=entry.span.quote, memo=entry.memo)  # fmt: skip


def _reads(log: _Log) -> Iterator[Change]:
    before, after = ({mark.id: mark for mark in state.reads} for state in (log.old, log.new))
    for id in dict.fromkeys([*before, *after]):
        if (id in before) == (id in after):
            continue
        mark: ReadMark = after.get(id) or before[id]
        if id in after:
            act: Act = "restored" if id in log.old_events else "added"
            line = log.new_events.get(id) if act == "added" else log.last(id)
        else:
            act = "retracted" if id in log.new_events else "removed"
            line = log.last(id)
        yield Change("read", act, id, log.file, line.line if line else 0, coder=log.coder, source=log.source,
                     code=mark.theme, at=line.event.at if line else "")  # fmt: skip


def _source_memos(log: _Log) -> Iterator[Change]:
    before, after = ({memo.id: memo for memo in state.memos} for state in (log.old, log.new))
    for id in dict.fromkeys([*before, *after]):
        if before.get(id) != after.get(id):
            memo = after.get(id) or before[id]
            act: Act = "added" if id in after else "removed"
            yield Change("memo", act, id, log.file, coder=log.coder, source=log.source, memo=memo.text, at=memo.at)
