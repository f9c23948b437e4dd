"""The codings that a summary or a sentence rests on, and whether they still say what they said when it was written.

Evidence is named by the ids of codings. `evidence_sha` is a digest of the codings *as they are now*: their codes and
their words. The digest that stands in the file was taken when a person last looked; where the two differ, something
that the sentence rests on has changed since, and the sentence is *stale*. The place of the words does not count, so
that an edit elsewhere in the source makes nothing stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from reports.matrix import CaseTheme

Freshness = Literal["fine", "stale", "never_stamped", "no_evidence"]


class Staleness(msgspec.Struct, frozen=True):
    """Whether a summary or a sentence still rests on what it was written from.

    `freshness` is `stale` where the evidence changed since it was stamped, `never_stamped` where nobody stamped it,
    `no_evidence` where it names none. `gone` are evidence ids that no counting coding has (retracted, lost, or never
    there), `elsewhere` those that lie in another case or under another theme now, `not_covered` the codings of the cell
    that the evidence does not name: they may be newer than the sentence.
    """

    freshness: Freshness
    gone: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    not_covered: tuple[Coding, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether what it rests on is known to have changed."""
        return self.freshness == "stale" or bool(self.gone or self.elsewhere)


def evidence_codings(ids: Iterable[str], coded: CodedStudy) -> tuple[Coding, ...]:
    """The codings with these ids, in the order given, each once; ids that no counting coding has are left out."""
    known = coded.codings_by_id
    return tuple(known[id] for id in dict.fromkeys(ids) if id in known)


def evidence_sha(ids: Iterable[str], coded: CodedStudy) -> str:
    """Digest (16 hex digits) of what the evidence says now; empty where there is none.

    For each coding, in order of ids: id, the code it counts for, source, and its words as they stand in the text. An id
    that no counting coding has adds nothing, so that a retracted coding changes the digest.
    """
    codings = sorted(evidence_codings(ids, coded), key=lambda coding: coding.id)
    said = [(c.id, coded.codebook.current(c.code), c.source, c.quote) for c in codings]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16] if said else ""


def evidence_staleness(ids: Iterable[str], stamp: str, cells: Iterable[CaseTheme], coded: CodedStudy) -> Staleness:
    """How what stands in a file compares with the study: its evidence, its `evidence_sha`, and the cells it is about.

    `cells` are those of the framework matrix: one for a chart, one a case for a finding. Their codings are those of the
    coders who fill the matrix, with those of all coders counting as evidence.
    """
    ids, cells = tuple(dict.fromkeys(ids)), tuple(cells)
    there = evidence_codings(ids, coded)
    present = {coding.id for coding in there}
    cases, themes = {cell.case.id for cell in cells}, {cell.theme.id for cell in cells}
    same_words = {(coded.codebook.current(c.code), c.source, c.start, c.end) for c in there}
    return Staleness(
        freshness(ids, stamp, coded),
        gone=tuple(id for id in ids if id not in present),
        elsewhere=tuple(c.id for c in there if case_of(c, coded) not in cases or theme_of(c, coded) not in themes),
        not_covered=tuple(
            c
            for cell in cells
            for c in cell.codings
            if (coded.codebook.current(c.code), c.source, c.start, c.end) not in same_words
        ),
    )


def freshness(ids: Collection[str], stamp: str, coded: CodedStudy) -> Freshness:
    """Whether the evidence says what it said when it was stamped."""
    if not ids:
        return "no_evidence"
    if not stamp:
        return "never_stamped"
    return "fine" if stamp == evidence_sha(ids, coded) else "stale"


def case_of(coding: Coding, coded: CodedStudy) -> str:
    """The id of the case that a coding's source belongs to; empty where it belongs to none."""
    source = coded.study.source_by_id.get(coding.source)
    return source.meta.case if source else ""


def theme_of(coding: Coding, coded: CodedStudy) -> str:
    """The id of the theme that a coding counts for; empty where it counts for none."""
    theme = coded.codebook.theme_of.get(coding.code)
    return theme.id if theme else ""
