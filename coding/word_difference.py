"""Which words two versions of a passage do not share, for a person who has to see the difference at once."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 2_000
"""Words and signs of a passage that are compared one by one; a longer one is shown as it is."""


class Piece(NamedTuple):
    """Words that both versions have, that only the old one has (`gone`), or only the new one (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_difference(was: str, now: str) -> list[Piece]:
    """The two versions as one run of pieces: `same` and `gone` give the old one, `same` and `new` the new one."""
    before, after = _TOKEN.findall(was), _TOKEN.findall(now)
    if max(len(before), len(after)) > _LONGEST:
        return [Piece("gone", was), Piece("new", now)] if was != now else [Piece("same", now)]
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(after[k:m])))
        else:
            found += [Piece("gone", "".join(before[i:j]))] if i < j else []
            found += [Piece("new", "".join(after[k:m]))] if k < m else []
    return found


def changed_words(was: str, now: str, more: str = "and {n} more", most: int = 3) -> str:
    """What was changed, in a line: `budget → budgt; + ikke; - nok`; of many changes the first, and how many `more`."""
    pieces = [Piece(piece.kind, " ".join(piece.text.split())) for piece in word_difference(was, now)]
    said: list[str] = []
    skip = False
    for one, other in zip(pieces, [*pieces[1:], Piece("same", "")], strict=True):
        if skip or one.kind == "same" or not (one.text or other.text):
            skip = False
            continue
        skip = one.kind == "gone" and other.kind == "new"
        text = (
            f"{_cut(one.text)} → {_cut(other.text)}"
            if skip
            else f"{'+' if one.kind == 'new' else '-'} {_cut(one.text)}"
        )
        said.append(text)
    rest = len(said) - most
    return "; ".join([*said[:most], *([more.format(n=rest)] if rest > 0 else [])])


def _cut(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
