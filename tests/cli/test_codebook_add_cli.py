"""Themes without an interview guide: from the headings of a text, or one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from codebook.codebook_file import read_codebook

SOURCE = "=== sources/r.md\n# Rapport\n\n## 1 Mål\n\n### 1.1 Tal\n\nA.\n\n### 1.2 Ord\n\nB.\n\n"
SOURCE += "#### Uden nummer\n\nC.\n\n## 2 Tal\n\nD.\n"


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*words, "--study", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def labels(root: Path) -> list[str]:
    codebook, problems = read_codebook(root)
    assert problems == []
    return [theme.label for theme in codebook.themes]


def test_themes_are_the_sections_that_have_no_numbered_section_below(make_study: Callable[..., Path]) -> None:
    root = make_study(SOURCE)
    assert run(root, "codebook", "from-headings", "r")[0] == 0
    assert labels(root) == ["Tal", "Ord"], "the title that stands twice is one theme"


def test_a_codebook_with_themes_is_never_overwritten(make_study: Callable[..., Path]) -> None:
    root = make_study(SOURCE + "=== codebook.yaml\nthemes:\n- {id: x, label: X, definition: D}\n")
    before = (root / "codebook.yaml").read_bytes()
    assert run(root, "codebook", "from-headings", "r")[0] == 1
    assert (root / "codebook.yaml").read_bytes() == before


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_theme_is_added_at_the_end_and_comments_stay(make_study: Callable[..., Path], indent: str) -> None:
    text = f"# mine\nthemes:  # all of them\n{indent}- id: x  # first\n{indent}  label: X\n{indent}  definition: D\n"
    root = make_study(f"=== codebook.yaml\n{text}")
    assert run(root, "codebook", "add", "y", "--label", "Y: æøå", "--definition", "D", "--pattern", "/få/")[0] == 0
    assert labels(root) == ["X", "Y: æøå"]
    assert (root / "codebook.yaml").read_text("utf-8").startswith(text)


def test_the_first_theme_makes_the_file(make_study: Callable[..., Path]) -> None:
    root = make_study()
    assert run(root, "codebook", "add", "y", "--label", "Y", "--definition", "D")[0] == 0
    assert labels(root) == ["Y"]


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["x", "--label", "X"], 1),
        (["Æ", "--label", "X"], 2),
        (["y", "--label", "Y", "--pattern", "/(/"], 2),
        (["y"], 2),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    make_study: Callable[..., Path], words: list[str], exit_code: int
) -> None:
    root = make_study("=== codebook.yaml\nthemes:\n- {id: x, label: X, definition: D}\n")
    before = (root / "codebook.yaml").read_bytes()
    assert run(root, "codebook", "add", *words)[0] == exit_code
    assert (root / "codebook.yaml").read_bytes() == before


def test_a_list_in_brackets_is_left_to_people(make_study: Callable[..., Path]) -> None:
    root = make_study("=== codebook.yaml\nthemes: [{id: x, label: X, definition: D}]\n")
    assert run(root, "codebook", "add", "y", "--label", "Y")[0] == 1
    assert labels(root) == ["X"]
