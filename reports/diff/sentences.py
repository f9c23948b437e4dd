"""Which summaries and sentences differ between two versions: as a reader gets them, with the stances under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from reports.diff.side import Side
from reports.findings import Finding
from reports.whole_study import WholeStudy

T = TypeVar("T")


class SentenceDifference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One summary, finding, or word on what differs under a theme, that is new, gone or another.

    `subject` is the case of a summary, the id of a finding. `was` and `now` are the words as a reader gets them, the
    same where only what they rest on differs: `stances` is case → before and after (empty: none), `evidence_new` and
    `evidence_gone` are coding ids. `stale` where it rests on words that changed, as it did not before.
    """

    kind: Literal["finding", "summary", "difference"]
    theme: str
    subject: str
    change: Literal["new", "gone", "changed"]
    group: str = ""
    was: str = ""
    now: str = ""
    stances: dict[str, tuple[str, str]] = {}
    evidence_new: tuple[str, ...] = ()
    evidence_gone: tuple[str, ...] = ()
    stale: bool = False


class _Said(msgspec.Struct, frozen=True):
    """What one version says at one place."""

    words: str
    group: str = ""
    stances: Mapping[str, str] = {}
    evidence: Sequence[str] = ()
    stale: bool = False


_Key = tuple[Literal["finding", "summary", "difference"], str, str]
"""Kind, theme, subject."""


def sentence_differences(old: Side, new: Side) -> Iterator[SentenceDifference]:
    """Every sentence that differs, theme by theme as the new version has them. Nothing where a version has no study."""
    if old.version is None or new.version is None:
        return
    before, after = _all(old.version.whole), _all(new.version.whole)
    order = {row.id: place for place, row in enumerate((*new.matrix.rows, *old.matrix.rows))}
    keys = sorted(dict.fromkeys([*after, *before]), key=lambda key: order.get(key[1], len(order)))
    for key in keys:
        found = _difference(key, before.get(key), after.get(key))
        if found is not None:
            yield found


def _all(whole: WholeStudy) -> dict[_Key, _Said]:
    found: dict[_Key, _Said] = {}
    for of_theme in whole.findings:
        if of_theme.difference:
            found["difference", of_theme.theme, ""] = _Said(of_theme.difference)
        for finding in of_theme.findings:
            found["finding", finding.theme, finding.id] = _finding(finding, whole)
    for chart in whole.charts:
        stale = whole.staleness_of(chart).is_stale
        found["summary", chart.theme, chart.case] = _Said(chart.summary, evidence=chart.evidence, stale=stale)
    return found


def _finding(finding: Finding, whole: WholeStudy) -> _Said:
    said = whole.sentence(finding)
    words = said if isinstance(said, str) else finding.text
    stale = whole.staleness_of(finding).is_stale
    return _Said(words, finding.group, finding.stances, finding.evidence_ids, stale)


def _difference(key: _Key, was: _Said | None, now: _Said | None) -> SentenceDifference | None:
    kind, theme, subject = key
    if was is None or now is None:
        there = was or now
        assert there is not None
        change: Literal["new", "gone"] = "gone" if now is None else "new"
        return SentenceDifference(kind, theme, subject, change, there.group, was.words if was else "",
                                  now.words if now else "")  # fmt: skip
    cases = dict.fromkeys([*now.stances, *was.stances])
    pairs = {case: (was.stances.get(case, ""), now.stances.get(case, "")) for case in cases}
    found = SentenceDifference(
        kind, theme, subject, "changed", now.group, was.words, now.words,
        stances={case: pair for case, pair in pairs.items() if pair[0] != pair[1]},
        evidence_new=tuple(id for id in now.evidence if id not in was.evidence),
        evidence_gone=tuple(id for id in was.evidence if id not in now.evidence),
        stale=now.stale and not was.stale,
    )  # fmt: skip
    differs = was.words != now.words or was.group != now.group or found.stances or found.stale
    return found if differs or found.evidence_new or found.evidence_gone else None
