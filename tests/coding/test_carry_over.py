"""Passages that go on about the group that was named before them, and where they stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coding.carry_over import suggest_by_carry_over
from coding.coded_study import read_coded_study
from corpus.tokens import read_tokens

CODEBOOK = """=== codebook.yaml
themes:
- {id: few, label: Få, definition: D, patterns: ['/giver få/'], carry_over: ['/^I en anden kommune/', '/^Den ene/']}
- id: many
  label: Mange
  definition: D
  patterns: ['/giver mange/']
  carry_over: ['/^I en anden kommune/', '/^De, der giver mange/']
- {id: other, label: Andet, definition: D, patterns: [tid]}
"""


@pytest.fixture
def carried(make_study: Callable[..., Path]) -> Callable[[str], list[tuple[str, str]]]:
    def find(text: str) -> list[tuple[str, str]]:
        root = make_study(f"{CODEBOOK}=== sources/r.md\n{text}\n")
        coded, _ = read_coded_study(root)
        indexes, _ = read_tokens(coded.study)
        source = coded.study.sources[0]
        drafts = suggest_by_carry_over(coded.codebook, indexes, [source])
        assert all(d.origin == "carry-over" for d in drafts)
        return [(d.code, source.text[d.start : d.end]) for d in drafts]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommuner, der giver få, er seks. De prøver alt. De venter.", [("few", "De prøver alt. De venter.")]),
        ("Nogle giver få. De venter. Andre giver mange. De haster.", [("few", "De venter."), ("many", "De haster.")]),
        ("Nogle giver få, andre giver mange. De venter.", []),
        ("Nogle giver få.\n\nI en anden kommune venter man.", [("few", "I en anden kommune venter man.")]),
        ("Nogle giver få.\n\nGenerelt venter man.\n\nI en anden kommune haster det.", []),
        ("Nogle giver mange.\n\nDen ene venter.", []),
        ("## A\n\nNogle giver få.\n\n## B\n\nI en anden kommune venter man.", []),
        ("De, der giver mange, er som de, der giver få. De venter.", [("many", "De venter.")]),
        ("Nogle giver få, andre giver mange. De haster.\n\nI en anden kommune er der ro.", []),
        ("Der er tid. Man venter.", []),
        ("Man venter. Nogle giver få.", []),
        ("Nogle giver få. Der siges: I en anden kommune.\n\nMan siger, at I en anden kommune er der ro.",
         [("few", "Der siges: I en anden kommune.")]),
    ],
)  # fmt: skip
def test_what_is_carried_over(carried: Callable[[str], list[tuple[str, str]]], text: str, expected: object) -> None:
    assert carried(text) == expected


def test_two_paragraphs_that_go_on_are_two_drafts_and_never_reach_over_a_paragraph(
    carried: Callable[[str], list[tuple[str, str]]],
) -> None:
    found = carried("Nogle giver få. De venter.\n\nDen ene venter længe. Meget længe.\n\nI en anden kommune er der ro.")
    assert found == [
        ("few", "De venter."),
        ("few", "Den ene venter længe. Meget længe."),
        ("few", "I en anden kommune er der ro."),
    ]
