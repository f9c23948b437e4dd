"""What changed in the evidence of a summary or sentence since it was stamped.

The file holds one digest of all evidence, not the old words. But a coder's log keeps its past: the codes and words that
each coding ever had. The combination of those that gives the digest is what the evidence said when it was stamped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

import msgspec

from coding.coded_study import CodedStudy
from coding.history import CodingHistory, coding_histories
from reports.evidence import evidence_sha

_MOST_TRIED = 20_000
_MOST_CHANGED = 4

_Said = tuple[str, str, str, str]
"""What a digest knows of a coding: id, code, source, words."""


class EvidenceChange(msgspec.Struct, frozen=True):
    """One coding of the evidence, then and now. Empty code and words: it did not count then, or does not now."""

    id: str
    source: str
    code_then: str
    words_then: str
    code_now: str
    words_now: str


def evidence_changes(ids: Iterable[str], stamp: str, coded: CodedStudy) -> tuple[EvidenceChange, ...] | None:
    """What differs from the evidence as it was stamped; nothing where it is the same, None where it cannot be told."""
    ids = tuple(sorted(set(ids)))
    if stamp == evidence_sha(ids, coded):
        return ()
    past = coding_histories(coded.study.root, ids)
    now = {id: _now(id, coded) for id in ids}
    others = {id: [said for said in _ever(id, past, coded) if said != now[id]] for id in ids}
    then = _found(ids, now, others, stamp)
    return None if then is None else tuple(_change(id, then[id], now[id]) for id in ids if then[id] != now[id])


def _now(id: str, coded: CodedStudy) -> _Said | None:
    coding = coded.codings_by_id.get(id)
    return (id, coded.codebook.current(coding.code), coding.source, coding.quote) if coding else None


def _ever(id: str, past: Mapping[str, CodingHistory], coded: CodedStudy) -> Iterator[_Said | None]:
    """Everything that the coding may have said when it was stamped, likeliest first."""
    if id not in past:
        yield None
        return
    one = past[id]
    coding = coded.codings_by_id.get(id)
    anchors = [anchor for anchor in coded.anchored if anchor.id == id]
    words = [coding.quote] if coding else []
    words += [*one.words, *(anchor.coded for anchor in anchors), *(anchor.recorded.quote for anchor in anchors)]
    codes = dict.fromkeys(code for said in one.codes for code in (coded.codebook.current(said), said))
    for code, quote in product(codes, dict.fromkeys(words)):
        yield (id, code, one.source, quote)
    yield None


def _found(
    ids: tuple[str, ...], now: Mapping[str, _Said | None], others: Mapping[str, list[_Said | None]], stamp: str
) -> dict[str, _Said | None] | None:
    """The state of all evidence that has this digest: as few codings as possible said something else."""
    tried = 0
    for n in range(1, min(len(ids), _MOST_CHANGED) + 1):
        for changed in combinations(ids, n):
            for said in product(*(others[id] for id in changed)):
                then = {**now, **dict(zip(changed, said, strict=True))}
                if _sha(then[id] for id in ids) == stamp:
                    return then
                tried += 1
                if tried >= _MOST_TRIED:
                    return None
    return None


def _sha(said: Iterable[_Said | None]) -> str:
    return hashlib.sha256(msgspec.json.encode([one for one in said if one])).hexdigest()[:16]


def _change(id: str, then: _Said | None, now: _Said | None) -> EvidenceChange:
    source = (then or now or ("", "", "", ""))[2]
    return EvidenceChange(id, source, then[1] if then else "", then[3] if then else "",
                          now[1] if now else "", now[3] if now else "")  # fmt: skip
