"""What a stale summary rested on is found in the coders' logs, though the file holds one digest only."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from coding.coded_study import CodedStudy
from reports.evidence import evidence_sha, freshness
from reports.evidence_changes import evidence_changes
from reports.whole_study import read_whole_study

TEXT = "Der er mange sager. Vi har for få folk. Det tager lang tid.\n"
WORDS = {"c1": "mange sager", "c2": "for få folk", "c3": "lang tid"}
STUDY = """=== codebook.yaml
themes:
- {id: sager, label: Sager, definition: D, codes: [{id: sager.tid, label: Tid}, {id: sager.gl, label: G}]}
- {id: folk, label: Folk, definition: D}
"""


def line(op: str, id: str, **more: object) -> str:
    return json.dumps({"op": op, "id": id, "at": f"2026-01-0{1 + len(op) % 8}T10:00:00Z", **more}) + "\n"


def add(id: str) -> str:
    start = TEXT.index(WORDS[id])
    return line("add", id, code="sager", start=start, end=start + len(WORDS[id]), quote=WORDS[id])


ADDED = "".join(map(add, WORDS))
EDITS = {
    "c1": line("retract", "x1", target="c1"),
    "c2": line("recode", "x2", target="c2", code="sager.tid"),
    "c3": line("resize", "x3", target="c3", start=52, end=59, quote="ng tid."),
}


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Callable[[str], CodedStudy]:
    def write(edits: str = "", codebook: str = "") -> CodedStudy:
        text = f"{STUDY}{codebook}=== sources/k.md\n---\ncase: birkeby\n---\n\n{TEXT}"
        return read_whole_study(make_study(f"{text}=== codings/ana/k.jsonl\n{ADDED}{edits}"))[0].coded

    return write


@pytest.mark.parametrize("edited", [e for n in range(4) for e in combinations(EDITS, n)])
def test_any_number_of_changed_codings_is_told_apart(edited: tuple[str, ...], study: Callable[..., CodedStudy]) -> None:
    stamp = evidence_sha(WORDS, study())
    now = study("".join(EDITS[id] for id in edited))
    changes = evidence_changes(WORDS, stamp, now)
    assert changes is not None
    assert tuple(change.id for change in changes) == edited
    assert all(change.code_then == "sager" and change.words_then == WORDS[change.id] for change in changes)
    assert freshness(WORDS, stamp, now) == ("stale" if edited else "fine")


def test_what_a_coding_says_now_stands_beside_what_it_said(study: Callable[..., CodedStudy]) -> None:
    stamp = evidence_sha(WORDS, study())
    retracted, recoded, resized = evidence_changes(WORDS, stamp, study("".join(EDITS.values()))) or ()
    assert (retracted.code_now, retracted.words_now) == ("", "")
    assert (recoded.code_now, recoded.words_now) == ("sager.tid", "for få folk")
    assert (resized.code_now, resized.words_now) == ("sager", "ng tid.")


def test_a_coding_that_counts_again_is_told(study: Callable[..., CodedStudy]) -> None:
    stamp = evidence_sha(WORDS, study(EDITS["c1"]))
    (change,) = evidence_changes(WORDS, stamp, study(EDITS["c1"] + line("restore", "x9", target="c1"))) or ()
    assert (change.id, change.code_then, change.code_now) == ("c1", "", "sager")


def test_a_redirect_of_a_code_changes_what_its_codings_count_for(study: Callable[..., CodedStudy]) -> None:
    recoded = line("recode", "x2", target="c2", code="sager.gl")
    stamp = evidence_sha(WORDS, study(recoded))
    redirected = STUDY.replace("{id: sager.gl, label: G}", "{id: sager.gl, label: G, replaced_by: sager.tid}")
    now = study(recoded, redirected)
    (change,) = evidence_changes(WORDS, stamp, now) or ()
    assert (change.id, change.code_then, change.code_now) == ("c2", "sager.gl", "sager.tid")


def test_a_digest_that_nothing_in_the_logs_gives_is_not_guessed_at(study: Callable[..., CodedStudy]) -> None:
    assert evidence_changes(WORDS, "0123456789abcdef", study()) is None
    assert evidence_changes((), "0123456789abcdef", study()) is None
