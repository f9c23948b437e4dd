"""Columns that are codes: a passage stands in one column, in none, or in no cell because it speaks of several."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.coded_study import read_coded_study
from reports.aggregate import compare
from reports.code_columns import _touched
from reports.matrix import ComparisonMatrix

TEXT = "Få venter. De gør det. Mange haster. Både få og mange siger nej. Nogen sover.\n\nFå og små. Slut."
CODEBOOK = """=== codebook.yaml
themes:
- {id: tempo, label: Tempo, definition: D}
- {id: grupper, label: Grupper, definition: D, codes: [{id: few, label: Få}, {id: many, label: Mange}]}
"""
TOML = """=== study.toml
format = "crosscase-study/1"
title = "T"
[matrix]
coders = "ana"
columns = ["few", "many"]
"""


def log(*codings: tuple[str, str]) -> str:
    lines = []
    for n, (code, words) in enumerate(codings):
        start = TEXT.index(words)
        event = {"op": "add", "id": f"c{n}", "code": code, "start": start, "end": start + len(words), "quote": words}
        lines.append(json.dumps(event))
    return "=== codings/ana/r.jsonl\n" + "\n".join([*lines, '{"op":"read","id":"d"}']) + "\n"


CODINGS = log(
    ("tempo", TEXT[: TEXT.index("\n\n")]),
    ("few", "Få venter. De gør det."),
    ("many", "Mange haster."),
    ("few", "få og mange"),
    ("many", "mange siger"),
    ("tempo", "Få og små. Slut."),
    ("few", "Få og små."),
)


@pytest.fixture
def compared(make_study: Callable[..., Path]) -> Callable[..., ComparisonMatrix]:
    def find(extra: str = "", toml: str = TOML, cases: str = "=== cases.csv\n") -> ComparisonMatrix:
        root = make_study(toml + CODEBOOK + cases + f"=== sources/r.md\n{TEXT}\n" + CODINGS + extra)
        coded, problems = read_coded_study(root)
        assert problems == []
        matrix, _, faults = compare(coded, ("ana",))
        assert faults == []
        return matrix

    return find


def test_sentences_stand_in_the_column_whose_code_they_bear(compared: Callable[..., ComparisonMatrix]) -> None:
    matrix = compared()
    assert [row.theme.id for row in matrix.rows] == ["tempo"], "the theme that holds the columns is no row"
    few, many = matrix.rows[0].cells
    assert [c.quote for c in few.codings] == ["Få venter. De gør det.", "Få og små."]
    assert [c.quote for c in many.codings] == ["Mange haster."]
    assert [c.id for c in few.codings] == ["c0", "c5"], "a passage is still the coding that it is cut from"


def test_what_speaks_of_both_or_of_neither_is_counted_and_stands_nowhere(
    compared: Callable[..., ComparisonMatrix],
) -> None:
    undecided = compared().undecided
    assert undecided is not None
    assert (undecided.several, undecided.none) == (1, 2)


def test_with_paragraphs_as_units_a_paragraph_that_speaks_of_both_is_in_neither(
    compared: Callable[..., ComparisonMatrix],
) -> None:
    matrix = compared(toml=TOML + 'unit = "paragraph"\n')
    few, many = matrix.rows[0].cells
    assert [c.quote for c in few.codings] == ["Få og små. Slut."]
    assert many.codings == ()
    assert matrix.undecided is not None and matrix.undecided.several == 1


def test_a_text_without_a_case_is_a_case_of_its_own(compared: Callable[..., ComparisonMatrix]) -> None:
    few, many = compared().rows[0].cells
    assert [case.case.id for case in few.cases] == ["r"]
    assert (few.n_mentioning, many.n_mentioning) == (1, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=8), st.integers(0, 60), st.integers(1, 20))
def test_touched_units_are_those_that_share_a_character(steps: list[tuple[int, int]], start: int, length: int) -> None:
    units, at = [], 0
    for gap, size in steps:
        units.append((at + gap, at + gap + size))
        at += gap + size
    slow = [i for i, (a, b) in enumerate(units) if a < start + length and b > start]
    assert list(_touched(units, start, start + length)) == slow


def test_words_under_a_theme_and_its_sub_code_are_one_passage(make_study: Callable[..., Path]) -> None:
    codebook = CODEBOOK.replace("label: Tempo,", "label: Tempo, codes: [{id: tempo.kort, label: Kort}],")
    twice = log(("tempo", "Få venter. De gør det."), ("tempo.kort", "Få venter."), ("few", "Få venter. De gør det."))
    coded, _ = read_coded_study(make_study(TOML + codebook + "=== cases.csv\n" + f"=== sources/r.md\n{TEXT}\n" + twice))
    matrix, _, _ = compare(coded, ("ana",))
    assert [c.quote for c in matrix.rows[0].cells[0].codings] == ["Få venter. De gør det."]
