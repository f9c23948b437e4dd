"""Real interviews in Word: imported with their speakers, coded by patterns, compared in a matrix."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from coding.coded_study import read_coded_study

CASES = "id,label,group\nana,Ana,english\ndavid,David,english\njessica,Jessica,english\ng1,Interview 1,german\n"
CASES += "g2,Interview 2,german\ng3,Interview 3,german\n"
CODEBOOK = """themes:
- {id: methods, label: Methods, definition: How data are gathered., patterns: ['/interview\\w*/', 'method*']}
- id: tools
  label: Tools and software
  definition: Programs that people use.
  patterns: [software, tool, '*programm*', '/\\bKI\\b/', app]
- {id: time, label: Time, definition: What takes time., patterns: ['"time"', zeit, '*zeit*', hour]}
- {id: trust, label: Trust, definition: Whether results are trusted., patterns: [trust, vertrauen, '*vertrauen*']}
"""
SPEAKERS = {"ana": "Ana", "david": "David", "jessica": "Jessica"}


def run(*words: str) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, f"{words}\n{result.output}"
    return result.output


@pytest.fixture
def study(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "interviews"
    run("init", str(root), "--title", "Interviews", "--language", "en")
    monkeypatch.chdir(root)
    (root / "cases.csv").write_text(CASES, "utf-8")
    (root / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    transcripts = shared / "interop" / "transcripts"
    for case, name in SPEAKERS.items():
        run("import", str(transcripts / f"{name}.docx"), "--case", case, "--id", case, "--role", "researcher")
    for number, path in enumerate(sorted(transcripts.glob("*german*.docx")), 1):
        run("import", str(path), "--case", f"g{number}", "--id", f"g{number}", "--role", "student", "--language", "de")
    return root


def test_speakers_come_out_right(study: Path) -> None:
    coded, problems = read_coded_study(study)
    assert problems == []
    for case, name in SPEAKERS.items():
        source = coded.study.source_by_id[case]
        assert source.meta.kind == "transcript"
        turns = [p for p in source.structure.paragraphs if p.speaker]
        assert {p.speaker for p in turns} >= {name}
        assert sum(p.speaker == name for p in turns) > 10
        assert all(not source.text[p.body : p.end].startswith(f"{name}:") for p in turns)
    for case in ("g1", "g2", "g3"):
        turns = [p.speaker for p in coded.study.source_by_id[case].structure.paragraphs if p.speaker]
        assert "I" in turns and all(re.fullmatch(r"I|S[1-9]", speaker) for speaker in turns), set(turns)
        assert len(turns) > 10


def test_a_word_file_and_its_text_twin_have_the_same_turns_and_are_told_as_twins(study: Path, shared: Path) -> None:
    for case, name in SPEAKERS.items():
        path = shared / "interop" / "transcripts" / f"{name}.txt"
        result = CliRunner().invoke(main, ["import", str(path), "--id", f"{case}-txt", "--case", case])
        assert f"nearly the same words as source '{case}'" in result.stderr
    coded, _ = read_coded_study(study)
    for case in SPEAKERS:
        words, twin = (coded.study.source_by_id[id].structure.paragraphs for id in (case, f"{case}-txt"))
        assert [p.speaker for p in words] == [p.speaker for p in twin]


def test_they_build_into_a_matrix_with_a_small_codebook(study: Path) -> None:
    run("code", "patterns", "--apply", "--coder", "rules")
    run("code", "read", "--all", "--coder", "rules")
    run("check")
    run("build")
    matrix = json.loads((study / "build" / "matrix.json").read_text("utf-8"))
    assert [column["id"] for column in matrix["columns"]] == ["english", "german"]
    tools = next(row for row in matrix["rows"] if row["id"] == "tools")
    assert [cell["n_mentioning"] for cell in tools["cells"]] == [3, 3]
    coded, _ = read_coded_study(study)
    for row in matrix["rows"]:
        for cell in row["cells"]:
            for excerpt in cell["excerpts"]:
                text = coded.study.source_by_id[excerpt["source"]].text
                assert text[excerpt["start"] : excerpt["end"]] == excerpt["text"]
    page = (study / "build" / "matrix.html").read_text("utf-8")
    assert "“" in page and 'lang="en"' in page
