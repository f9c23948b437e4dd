"""Every command that the documentation shows is run, in order, as a reader would."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

DOCS = Path(__file__).parent.parent / "docs"


def shown_commands(page: str) -> list[list[str]]:
    """The commands of a page's code blocks, in order; `cd` among them."""
    blocks = re.findall(r"^```\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(("crosscase ", "cd "))]
    return [shlex.split(line, comments=True) for line in lines]


def blocks(page: str) -> list[tuple[str, str]]:
    """The code blocks of a page in order, each with the language that it names (none: commands)."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def edit(patch: str) -> None:
    """Do what a diff block says: in the file of its first line, the words after `-` become those after `+`."""
    file, old, new = (line[len(sign) :] for line, sign in zip(patch.splitlines(), ("--- ", "-", "+"), strict=True))
    text = Path(file).read_text("utf-8")
    assert text.count(old) == 1, f"{file} has not the words {old!r} once"
    Path(file).write_text(text.replace(old, new), "utf-8")


def run(words: list[str], monkeypatch: pytest.MonkeyPatch, expect: int = 0) -> str:
    if words[0] == "cd":
        monkeypatch.chdir(Path.cwd() / words[1])
        return ""
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == expect, f"{' '.join(words)}\n{result.output}"
    return result.output


@pytest.mark.parametrize("page", ["tutorial-researcher.md", "tutorial-reviewer.md", "tutorial-student.md"])
def test_a_tutorial_runs_from_the_first_command_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CROSSCASE_CODER", raising=False)
    commands = shown_commands(page)
    assert len(commands) > 5
    for words in commands:
        run(words, monkeypatch)


def test_each_way_of_breaking_the_example_is_answered_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CROSSCASE_CODER", raising=False)
    said, broken = "", 0
    for language, block in blocks("tutorial.md"):
        if language == "diff":
            edit(block)
        elif language == "text":
            assert said.strip() == block.strip()
        for line in block.splitlines() if not language else ():
            command, _, comment = line.partition("  # exit code ")
            said = run(shlex.split(command), monkeypatch, int(comment or 0))
            broken += bool(comment) and command.startswith("crosscase verify")
    assert broken == 5


def test_the_report_becomes_a_matrix_of_fifteen_rows_and_two_columns(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = next((shared / "study").glob("001_*.txt"))
    monkeypatch.chdir(tmp_path)
    for words in shown_commands("tutorial-report.md"):
        run([str(report) if word == "report.txt" else word for word in words], monkeypatch)
    matrix = json.loads(Path("build/matrix.json").read_text("utf-8"))
    assert [column["id"] for column in matrix["columns"]] == ["few", "many"]
    assert len(matrix["rows"]) == 15
    filled = [row for row in matrix["rows"] if all(cell["excerpts"] for cell in row["cells"])]
    print(f"\n{len(filled)} of 15 rows have an excerpt in each column")
    assert len(filled) >= 12
    spans: dict[str, list[tuple[int, int]]] = {"few": [], "many": []}
    for row in matrix["rows"]:
        for cell in row["cells"]:
            spans[cell["column"]] += [(excerpt["start"], excerpt["end"]) for excerpt in cell["excerpts"]]
    assert not any(a < d and c < b for a, b in spans["few"] for c, d in spans["many"])
    notes = Path("build/matrix.md").read_text("utf-8")
    assert re.search(
        r"\d+ sætninger under et tema taler om flere af kolonnerne, \d+ om ingen af dem", notes
    ) or re.search(r"\d+ sætninger under et tema taler om flere", notes)
