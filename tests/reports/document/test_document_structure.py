"""Sections, paragraphs and tables of a written report, in the forms in which they come."""

from __future__ import annotations

from pathlib import Path

from reports.document.lines import lines_of, read_lines
from reports.document.structure import structure_of

FIXTURES = Path(__file__).parent / "fixtures"

REPORT = """Title

Contents

1 Summary ..... 3
2 Method ..... 4
3 Results ..... 5
4 References ..... 9

# 1 Summary

Roofs leak.

# 2 Method

We asked.

# 3 Results

The roof of the old barn leaks when it rains, and the far-

---

<sup>1</sup> A note.

mers know it. It is **old**.

## *1. A theme of the guide*

# 4 References

Roofs (2001).

# Annex

1. Does the roof leak?
"""


def test_contents_references_and_annexes_make_no_claims() -> None:
    found = structure_of(lines_of(REPORT))
    roles = {section.title: section.role for section in found.sections}
    assert roles["Summary"] == "summary" and roles["Method"] == "method" and roles["Results"] == "chapter"
    assert roles["References"] == roles["Annex"] == "left out"


def test_a_sentence_cut_by_a_page_and_a_footnote_is_one_and_knows_its_lines() -> None:
    found = structure_of(lines_of(REPORT))
    (whole,) = [p for p in found.paragraphs if "barn" in p.text]
    assert "the farmers know it. It is old." in whole.text
    assert whole.line_at(0) == 20
    assert whole.line_at(whole.text.index("mers know")) == 26


def test_a_numbered_point_of_the_guide_is_no_chapter() -> None:
    found = structure_of(lines_of(REPORT))
    theme = next(section for section in found.sections if section.title == "A theme of the guide")
    assert theme.number == "" and found.sections[theme.parent].title == "Results"


def test_tables_between_bars_between_tabs_and_in_columns_are_the_same_table() -> None:
    bars = "| | Small farms | Large farms |\n|---|---|---|\n| Water | Scarce. | Enough. |\n| Soil | Dry. | Wet. |\n"
    tabs = "\tSmall farms\tLarge farms\nWater\tScarce.\tEnough.\nSoil\tDry.\tWet.\n"
    columns = (
        "           Small farms    Large farms\n"
        "Water      Scarce.        Enough.\n"
        "Soil       Dry.           Wet.\n"
    )  # fmt: skip
    for text in (bars, tabs, columns):
        ((_, table),) = structure_of(lines_of(text)).tables
        assert table.header == ("Small farms", "Large farms")
        assert [(row.label, row.cells) for row in table.rows] == [
            ("Water", ("Scarce.", "Enough.")),
            ("Soil", ("Dry.", "Wet.")),
        ]


def test_a_cell_that_goes_on_over_lines_is_one_cell() -> None:
    lines, problems = read_lines(FIXTURES / "da-sygehuse.txt")
    assert lines is not None and not problems
    ((_, table),) = structure_of(lines).tables
    assert table.header == ("Afdelinger, der udskriver hurtigt", "Afdelinger, der udskriver langsomt")
    assert table.rows[1].label == "Udskrivningssamtale"
    assert table.rows[1].cells[1] == "Udskrivningssamtalen følger ingen fast skabelon."
    assert table.rows[1].line == 11


def test_a_row_that_a_pdf_broke_is_one_row() -> None:
    text = (
        "| Small farms | Large farms\nWork with | Advice in | Advice in\nadvisers | the spring. | the autumn.\n"
        "Soil | Dry. | Wet.\n"
    )
    ((_, table),) = structure_of(lines_of(text)).tables
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Work with advisers", ("Advice in the spring.", "Advice in the autumn.")),
        ("Soil", ("Dry.", "Wet.")),
    ]
