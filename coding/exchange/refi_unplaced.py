"""Codings whose words are not found any more: each travels as a note, and comes back as it was recorded.

REFI-QDA has codings at positions only, and these have none that could be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Anchored, Coding
from coding.events import Add
from coding.exchange.project import ProjectNote, ProjectUnplaced
from coding.exchange.refi_kept import NOTE_PREFIX, guid_of
from coding.log import log_file, read_log

UNPLACED_NOTE = f"{NOTE_PREFIX}coding not placed "
"""Title of the note that carries a coding which stands nowhere; its id follows."""
_WHY = {
    "lost": "their words are not found in the source",
    "uncertain": "their words are perhaps found, but nobody has said so",
    "ambiguous": "their words stand at several places",
    "orphan": "somebody has said that their words are gone",
    "unknown code": "their code is not in the codebook",
}
_NEXT = {_WHY["unknown code"]: "crosscase check shows them"}


class Unplaced(msgspec.Struct, frozen=True):
    """A coding that stands nowhere: whose it is, its words and where they stood, and why it does not stand there."""

    id: str
    coder: str
    source: str
    code: str
    quote: str
    start: int
    end: int
    why: str = ""
    prefix: str = ""
    suffix: str = ""
    memo: str = ""
    at: str = ""
    origin: str = "person"
    run: str = ""

    @property
    def title(self) -> str:
        """The title of its note."""
        return f"{UNPLACED_NOTE}{self.id}"

    @property
    def guid(self) -> str:
        """The GUID of its note."""
        return guid_of("coding not placed", f"{self.coder}:{self.source}:{self.id}")

    def text(self) -> str:
        """The text of its note, which people can read and `unplaced_in` understands."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()


def unplaced_codings(coded: CodedStudy) -> tuple[Unplaced, ...]:
    """The codings of a study that an export has no place for, as they were recorded."""
    added: dict[tuple[str, str], dict[str, Add]] = {}
    found = []
    for anchor in coded.anchored:
        if anchor.counts:
            continue
        log = anchor.coder, anchor.source
        if log not in added:
            lines = read_log(coded.study.root / log_file(*log), log_file(*log))[0]
            added[log] = {line.event.id: line.event for line in lines if isinstance(line.event, Add)}
        found.append(_unplaced(anchor, added[log].get(anchor.id)))
    found += [_of_no_code(coding) for coding in coded.codings if coding.code not in coded.codebook.by_id]
    return tuple(found)


def _of_no_code(coding: Coding) -> Unplaced:
    return Unplaced(
        coding.id, coding.coder, coding.source, coding.code, coding.quote, coding.start, coding.end,
        _WHY["unknown code"], memo=coding.memo, at=coding.at, origin=coding.origin, run=coding.run,
    )  # fmt: skip


def _unplaced(anchor: Anchored, add: Add | None) -> Unplaced:
    was = anchor.recorded
    at, origin, run = (add.at, add.origin, add.run) if add else ("", "person", "")
    return Unplaced(
        anchor.id, anchor.coder, anchor.source, anchor.code, was.quote, was.start, was.start + len(was.quote),
        _WHY[anchor.state], was.prefix, was.suffix, anchor.memo, at, origin, run,
    )  # fmt: skip


def reasons(unplaced: Sequence[Unplaced]) -> dict[str, list[str]]:
    """Why, and what to do → the ids of the codings that stand nowhere for that reason."""
    found: dict[str, list[str]] = {}
    for coding in unplaced:
        found.setdefault(f"{coding.why} ({_NEXT.get(coding.why, 'crosscase reanchor asks about them')})", []).append(
            coding.id
        )
    return found


def split_unplaced(notes: Sequence[ProjectNote]) -> tuple[list[ProjectNote], list[ProjectUnplaced]]:
    """The other notes, and the codings that notes carry; a note that was changed so that it says none stays a note."""
    others: list[ProjectNote] = []
    found: list[ProjectUnplaced] = []
    for note in notes:
        said = _said(note) if note.title.startswith(UNPLACED_NOTE) else None
        if said is None:
            others.append(note)
        else:
            found.append(
                ProjectUnplaced(
                    guid_of("source", said.source), guid_of("coder", said.coder), guid_of("code", said.code),
                    said.code, said.quote, said.start, said.end, said.prefix, said.suffix, said.memo, said.at,
                    said.id, said.origin, said.run,
                )
            )  # fmt: skip
    return others, found


def _said(note: ProjectNote) -> Unplaced | None:
    try:
        return msgspec.json.decode(note.text.strip().encode("utf-8", "replace"), type=Unplaced)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
