"""The plug point: what a suggester is, so that a team can add its own.

A suggester is a class with a name, a version, a weight and two methods. It is found by the entry-point group
`crosscase.suggesters`; `[suggest] suggesters` in study.toml names those that are used. crosscase's own (`text`,
`structure`, `patterns`) are its first users. `coding.suggest.model` adds up what the suggesters say, lets the order of
the segments speak, and calibrates: a suggester needs to do nothing of this. One that fails, or gives answers that make
no sense, is named and left out, and the others are asked (`coding.suggest.guard`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Protocol, runtime_checkable

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.suggest.segment_list import Segment
from coding.suggest.theme_texts import ThemeText
from corpus.source import Source
from corpus.tokens import TokenIndex

GROUP = "crosscase.suggesters"
OWN = ("text", "structure", "patterns")


class Example(msgspec.Struct, frozen=True):
    """Words and the codes that they bear: `codes` maps code → degree from 0 to 1.

    A person's coding has degree 1 and `weight` 1. A segment that nobody has coded yet can be an example too, with the
    degrees that an earlier round gave it and a lower weight.
    """

    text: str
    codes: Mapping[str, float]
    weight: float = 1.0
    case: str = ""


class Training(msgspec.Struct, frozen=True):
    """What a suggester may learn from: one coder's examples and everything that needs no coder.

    `codes` are those to be suggested, in order; `texts` what the codebook says about each. `segments` are all segments
    of the study, coded or not, in order. `indexes`: source id → token index, empty where none was made. `lemmas`:
    word → lemma, by the pipeline that the study names, empty with the blank one; `pipeline` is its name/version.
    """

    codes: tuple[Code, ...]
    texts: tuple[ThemeText, ...]
    examples: tuple[Example, ...]
    segments: tuple[Segment, ...]
    codebook: Codebook
    guide: Guide
    sources: Mapping[str, Source] = {}
    indexes: Mapping[str, TokenIndex] = {}
    lemmas: Mapping[str, str] = {}
    pipeline: str = ""
    language: str = "da"


class Ranked(msgspec.Struct, frozen=True):
    """What one suggester says about one segment.

    `scores`: code → score. 0 says nothing, 1 is a clear sign for the code and -1 against it; codes left out have 0.
    `evidence`: code → positions `[start, end)` in the source's text.
    """

    scores: Mapping[str, float]
    evidence: Mapping[str, tuple[tuple[int, int], ...]] = {}


@runtime_checkable
class Suggester(Protocol):
    """What a suggester has to be.

    `weight`: what its score of 1 counts for in the sum, 0.3 being what a clear heading counts for. `learns`: whether
    its answer depends on the examples; only then it is fitted again for every held-out case.
    """

    name: str
    version: str
    weight: float
    learns: bool

    def fit(self, view: Training) -> None:
        """Learn from the view; a second call forgets the first."""

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> Sequence[Ranked]:
        """One answer for each segment, in order. Must not depend on which segments are asked for together.

        Without `evidence` only the scores are wanted, and looking for the words that speak can be spared.
        """


def load_suggesters(names: Sequence[str] = OWN) -> tuple[list[Suggester], list[str]]:
    """The suggesters of these names, and sentences about those that cannot be had.

    Those that are not crosscase's own are watched while they are used (`coding.suggest.guard`).
    """
    from coding.suggest.guard import Guarded

    found: list[Suggester] = []
    faults: list[str] = []
    entries = {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
    for name in dict.fromkeys(names):
        if name in OWN:
            found.append(_own(name))
            continue
        if name not in entries:
            faults.append(f"there is no suggester '{name}'; there are {', '.join(sorted({*OWN, *entries}))}")
            continue
        try:
            made = entries[name].load()()
        except Exception as error:  # a plug-in can fail in any way, and must not take the others with it
            faults.append(f"suggester '{name}' cannot be loaded: {error}")
            continue
        fault = _unfit(made)
        if fault:
            faults.append(f"suggester '{name}' {fault}")
        else:
            found.append(Guarded(made, name))
    return found, faults


def _unfit(made: object) -> str:
    """Why something is no suggester, as the end of a sentence; empty where it is one."""
    try:
        if not isinstance(made, Suggester):
            return "lacks a name, version, weight, learns, fit or suggest"
        if not (isinstance(made.name, str) and made.name) or not (isinstance(made.version, str) and made.version):
            return "has a name or version that is no text"
        if made.name in OWN:
            return f"calls itself '{made.name}', as one of crosscase's own is called"
        if isinstance(made.weight, bool) or not isinstance(made.weight, int | float) or not math.isfinite(made.weight):
            return f"has a weight that is no number ({made.weight!r:.40})"
    except Exception as error:  # even looking at it can fail
        return f"cannot be used: {error}"
    return ""


def _own(name: str) -> Suggester:
    from coding.suggest.signs import PatternSuggester, StructureSuggester
    from coding.suggest.text_suggester import TextSuggester

    if name == "text":
        return TextSuggester()
    return StructureSuggester() if name == "structure" else PatternSuggester()
