"""The documentation in the terminal, and as a site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "docs").glob("*.md") if path.stem != "index")


def test_help_lists_every_page_with_its_title() -> None:
    said = CliRunner().invoke(main, ["help"]).output
    for page in [*PAGES, "decisions"]:
        assert re.search(rf"^{page} +\S", said, re.MULTILINE), page


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_the_terminal_is_the_page_in_docs(page: str) -> None:
    said = CliRunner().invoke(main, ["help", page])
    assert said.exit_code == 0
    assert said.output.strip() == (ROOT / "docs" / f"{page}.md").read_text("utf-8").strip()


def test_a_page_that_is_not_there_is_named_by_its_nearest() -> None:
    said = CliRunner().invoke(main, ["help", "method"])
    assert (said.exit_code, "did you mean 'methods'" in said.output) == (2, True)


def test_the_site_builds_and_no_link_in_it_is_dead(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "tutorial-researcher.html").exists()
