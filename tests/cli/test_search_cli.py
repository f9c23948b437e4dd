"""`crosscase search`: paragraphs with their line, counted, and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from cli.main import main

STUDY = "=== sources/leder.md\n---\ntitle: Leder\n---\n\nFørste afsnit.\n\nPraktik er svært. Praktikken igen.\n"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words, "--study", str(root)])


def test_a_hit_is_shown_with_the_line_of_its_file(make_study: Callable[..., Path]) -> None:
    result = run(make_study(STUDY), "praktik*")
    assert result.exit_code == 0
    assert "sources/leder.md:7\n  Praktik er svært. Praktikken igen.\n1 paragraph.\n" in result.output


def test_programs_get_positions(make_study: Callable[..., Path]) -> None:
    said = json.loads(run(make_study(STUDY), "praktik*", "--json").stdout)
    assert said["paragraphs"] == 1
    assert said["hits"][0]["found"] == [[16, 23], [34, 44]]


def test_misuse_says_why(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    assert run(root, "praktik", "--source", "leader").exit_code == 2
    assert run(root, "*").exit_code == 2
    assert run(root, "findesikke").output == "0 paragraphs.\n"
