"""`crosscase verify --document`: alarms with both places, for people and for programs, inside a study and outside."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from cli.main import main

FIXTURES = Path(__file__).parent.parent / "reports" / "document" / "fixtures"
CALM = "# 1 Summary\n\nThe roofs were repaired.\n\n# 2 Results\n\nThe roofs were repaired in the spring.\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["verify", *words])


def test_an_alarm_shows_both_places_with_their_lines() -> None:
    result = run("--document", str(FIXTURES / "en-schools.md"))
    assert result.exit_code == 1
    assert "[table-contradicts-text]" in result.output
    assert "en-schools.md:12: »Homework: Parents are satisfied with the amount of homework.«" in result.output
    assert (
        "en-schools.md:21: »In urban schools, parents are dissatisfied with the amount of homework.«" in result.output
    )


def test_programs_get_a_list_of_objects_the_surest_first() -> None:
    said = json.loads(run("--document", str(FIXTURES / "en-schools.md"), "--json").stdout)
    assert set(said[0]) == {"rule", "severity", "reason", "sides", "hint", "score"}
    assert set(said[0]["sides"][0]) == {"file", "line", "text"}
    assert all(alarm["hint"] for alarm in said)
    scores = [alarm["score"] for alarm in said]
    assert scores == sorted(scores, reverse=True) and len(scores) > 1
    assert json.loads(run("--document", str(FIXTURES / "en-schools.md"), "--json", "--top", "1").stdout) == said[:1]


def test_a_report_without_contradictions_is_fine(tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(CALM, "utf-8")
    result = run("--document", str(tmp_path / "calm.md"))
    assert (result.exit_code, result.output) == (0, "No alarm.\n")


def test_misuse_says_why(tmp_path: Path) -> None:
    assert run("--document", str(tmp_path / "none.md")).exit_code == 2
    assert run("--document", str(FIXTURES / "en-schools.md"), "--language", "fr").exit_code == 2


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    result = run("--document", str(tmp_path / "scan.pdf"))
    assert result.exit_code == 1 and "[unreadable-file]" in result.output


def test_an_empty_report_and_one_in_another_language_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("\n \n", "utf-8")
    empty = run("--document", str(tmp_path / "empty.md"))
    assert empty.exit_code == 1 and "the file is empty" in empty.output
    german = "Alle neun Schulen haben einen Plan, und die Lehrer sind mit der Ausstattung nicht zufrieden.\n"
    (tmp_path / "bericht.txt").write_text(german, "utf-8")
    told = run("--document", str(tmp_path / "bericht.txt"))
    assert told.exit_code == 2 and "seems to be written in German" in told.output
    assert run("--document", str(tmp_path / "bericht.txt"), "--language", "da").exit_code == 0
