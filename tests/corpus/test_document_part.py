"""The part of a document between two headings."""

from __future__ import annotations

import pytest

from corpus.document_part import Part, part_of
from corpus.readers.document import Document

TEXT = "# Rapport\n\nForord.\n\n## 3 Mål\n\nOm mål.\n\n### 3.1 Tal\n\nOm tal.\n\n## 8. Litteratur\n\nBøger.\n"


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends"),
    [
        ("3", "8", "## 3 Mål", "Om tal.\n"),
        ("mål", "LITTERATUR", "## 3 Mål", "Om tal.\n"),
        ("3.1", "", "### 3.1 Tal", "Bøger.\n"),
        ("", "3 m", "# Rapport", "Forord.\n"),
    ],
)
def test_a_part_begins_and_ends_at_headings(first: str, last: str, begins: str, ends: str) -> None:
    part, problems = part_of(Document(TEXT), Part(first, last), "r.md")
    assert problems == []
    assert part is not None
    assert part.text.startswith(begins)
    assert part.text.endswith(ends)
    assert part.text.strip() in TEXT, "a part is a slice"
    assert "only a part" in part.repairs[0]


@pytest.mark.parametrize(("first", "last"), [("4", ""), ("3", "9"), ("8", "3"), ("Mål og", "")])
def test_a_heading_that_is_not_there_is_a_problem_that_lists_those_that_are(first: str, last: str) -> None:
    part, problems = part_of(Document(TEXT), Part(first, last), "r.md")
    assert part is None
    assert [p.rule for p in problems] == ["missing-heading"]
    assert "»3 Mål«" in problems[0].hint
