"""How a coder deals with suggestions: how many were accepted, changed, rejected, and how fast.

The one who accepts nearly everything at a glance does not code, the model does. No number shows this for sure, so the
warning names what it rests on and says what to do.
"""

from __future__ import annotations

import datetime
import itertools
import statistics
from collections.abc import Sequence

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Judgement
from coding.events import is_time

LONGEST_PAUSE = 300.0
"""Seconds. A longer time between two answers is a pause, or the reading of another text, and is left out."""
FEWEST_JUDGED = 20
NEARLY_ALL = 0.95
FAST = 5.0
"""Seconds. A paragraph of seventy words takes about seventeen to read at 250 words a minute."""


class JudgementStats(msgspec.Struct, frozen=True):
    """One coder's answers to suggestions.

    `accepted` as they were, `changed` to another code; `in_batches` of the accepted came from `batches` commands that
    accept many at once. `share_accepted` is accepted ÷ judged, None where nothing was judged. `median_seconds` is the
    median time between two answers given one by one, over the `timed` pairs with no pause of five minutes between
    them; None where there are none. `unlocked` are the sources whose suggestions were asked for before they were coded;
    `aided` codings are not independent. `warning` is empty where there is none.
    """

    coder: str
    judged: int
    accepted: int
    changed: int
    rejected: int
    in_batches: int
    batches: int
    share_accepted: float | None
    median_seconds: float | None
    timed: int
    unlocked: tuple[str, ...]
    aided: int
    warning: str = ""


def judgement_stats(coded: CodedStudy, coder: str) -> JudgementStats:
    """What this coder did with suggestions, from the events that count."""
    mine = [judgement for judgement in coded.judgements if judgement.coder == coder]
    count = {v: sum(j.verdict == v for j in mine) for v in ("accepted", "changed", "rejected")}
    batch = [judgement for judgement in mine if judgement.way == "batch"]
    seconds = seconds_between([judgement for judgement in mine if judgement.way != "batch"])
    found = JudgementStats(
        coder=coder,
        judged=len(mine),
        accepted=count["accepted"],
        changed=count["changed"],
        rejected=count["rejected"],
        in_batches=len(batch),
        batches=len({judgement.run for judgement in batch}),
        share_accepted=count["accepted"] / len(mine) if mine else None,
        median_seconds=round(statistics.median(seconds), 1) if seconds else None,
        timed=len(seconds),
        unlocked=tuple(sorted({mark.source for mark in coded.unlocks if mark.coder == coder})),
        aided=sum(coding.aided for coding in coded.codings if coding.coder == coder),
    )
    return msgspec.structs.replace(found, warning=_warning(found))


def all_judgement_stats(coded: CodedStudy) -> list[JudgementStats]:
    """The same for every coder who judged or unlocked anything, in order of their ids."""
    coders = {j.coder for j in coded.judgements} | {mark.coder for mark in coded.unlocks}
    return [judgement_stats(coded, coder) for coder in sorted(coders)]


def seconds_between(judgements: Sequence[Judgement]) -> list[float]:
    """Seconds from each answer to the next, leaving out pauses; answers without a time are passed over."""
    times = sorted(_moment(j.at) for j in judgements if j.at and is_time(j.at))
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(times)]
    return [gap for gap in gaps if gap <= LONGEST_PAUSE]


def _moment(at: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(at)


def _warning(found: JudgementStats) -> str:
    """Why these figures look like suggestions that were taken without reading; empty where they do not."""
    if found.judged < FEWEST_JUDGED or found.share_accepted is None or found.share_accepted < NEARLY_ALL:
        return ""
    share = f"{found.coder} accepted {found.accepted} of {found.judged} suggestions as they were"
    if 2 * found.in_batches > found.accepted:
        return f"{share}, {found.in_batches} of them many at once. These codings are the model's: read them again."
    if found.median_seconds is not None and found.median_seconds < FAST:
        return (
            f"{share}, with {found.median_seconds:g} seconds between answers. That is less than reading a paragraph "
            "takes: read them again before you report them as coded by a person."
        )
    return ""
