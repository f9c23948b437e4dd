"""What a coding was before: every code and every stretch of words that its coder's log gives it, and whether it counts.

A log keeps its past, so a sentence that rests on a coding that was since retracted, recoded or resized can be told what
became of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.events import Add, Recode, Resize, Retract, when
from coding.fold import active_ids
from coding.log import LogLine, log_file, log_files, parse_log
from corpus.files import read_bytes


class CodingHistory(msgspec.Struct, frozen=True):
    """The past of one coding: the codes and words it ever had in its log, oldest first, each once.

    `retracted_at` is when it was taken back; empty where it is in force.
    """

    id: str
    coder: str
    source: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    in_force: bool
    retracted_at: str = ""


def coding_histories(root: Path, ids: Collection[str]) -> Mapping[str, CodingHistory]:
    """Coding id → its past, for those of `ids` that any log of the study has. Only logs that name one are read."""
    wanted = {id.encode() for id in ids}
    found: dict[str, CodingHistory] = {}
    for coder, source, path in log_files(root) if wanted else ():
        try:
            data = read_bytes(path)
        except OSError:
            continue
        if any(id in data for id in wanted):
            lines, _ = parse_log(data, log_file(coder, source))
            found |= {past.id: past for past in _histories(lines, coder, source, ids) if past.id not in found}
    return found


def _histories(lines: Sequence[LogLine], coder: str, source: str, ids: Collection[str]) -> list[CodingHistory]:
    active = active_ids(lines)
    events = sorted((line.event for line in lines), key=when)
    found = []
    for add in events:
        if isinstance(add, Add) and add.id in ids:
            changes = [e for e in events if isinstance(e, Recode | Resize | Retract) and e.target == add.id]
            codes = [add.code, *(change.code for change in changes if isinstance(change, Recode))]
            words = [add.quote, *(change.quote for change in changes if isinstance(change, Resize))]
            ends = [change.at for change in changes if isinstance(change, Retract) and change.id in active]
            counts = add.id in active
            end = ends[-1] if ends and not counts else ""
            distinct = tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(words))
            found.append(CodingHistory(add.id, coder, source, *distinct, counts, end))
    return found
