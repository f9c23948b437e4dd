"""The command as a whole: it starts at once, explains itself, and works from any folder of a study."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, main


def commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from commands(f"{path} {name}", below)


ALL = dict(commands("crosscase", main))


@pytest.mark.parametrize("words", [["--help"], ["code", "--help"], ["build", "--help"], ["--version"]])
def test_help_starts_without_anything_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom cli.main import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'sklearn', 'openpyxl', 'docx', 'numpy', 'pandas', 'jinja2', 'lxml', 'simplemma', 'rich'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("HEAVY []")


@pytest.mark.parametrize("path", ALL)
def test_every_command_has_help_with_an_example(path: str) -> None:
    command = ALL[path]
    assert command.help and "Example:" in command.help, path
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.opts} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_overview_is_the_commands_own_first_line(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.help
    assert COMMANDS[name][1] == command.help.strip().split("\n\n")[0].replace("\n", " ")


def test_a_study_is_found_from_a_folder_inside_it(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_study("=== sources/k.md\n---\ncase: birkeby\n---\n\nTekst.\n")
    monkeypatch.chdir(root / "sources")
    assert CliRunner().invoke(main, ["status"]).exit_code == 0


def test_without_a_study_every_command_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (
        ["status"],
        ["check"],
        ["build"],
        ["matrix"],
        ["code", "list"],
        ["build", "--study", str(tmp_path)],
    ):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2, words
        assert "crosscase init" in result.output


def test_init_starts_a_study_that_has_no_errors_and_says_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "ny"
    assert (
        CliRunner().invoke(main, ["init", str(folder), "--title", 'Et "nyt" studie', "--language", "da"]).exit_code == 0
    )
    assert CliRunner().invoke(main, ["check", "--study", str(folder)]).exit_code == 0
    status = json.loads(CliRunner().invoke(main, ["status", "--study", str(folder), "--json"]).stdout)
    assert status["title"] == 'Et "nyt" studie'
    assert any("crosscase import" in step for step in status["next_steps"])


def test_init_and_demo_never_write_into_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for command in ("init", "demo"):
        assert CliRunner().invoke(main, [command, str(tmp_path)]).exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_check_exits_1_with_every_problem_and_explains_rules(make_study: Callable[..., Path]) -> None:
    root = make_study("=== sources/k.md\n---\ncase: nowhere\nkind: novel\n---\n\nTekst.\n")
    result = CliRunner().invoke(main, ["check", "--study", str(root)])
    assert result.exit_code == 1
    assert "[unknown-case]" in result.output and "[bad-value]" in result.output
    found = json.loads(CliRunner().invoke(main, ["check", "--study", str(root), "--json"]).stdout)
    assert {"unknown-case", "bad-value"} <= {p["rule"] for p in found}
    assert "What to do" in CliRunner().invoke(main, ["check", "--explain", "unknown-case"]).output
    assert CliRunner().invoke(main, ["check", "--explain", "unknown-cas"]).exit_code == 2


def test_status_tells_of_charts_and_findings_only_where_there_are_any(make_study: Callable[..., Path]) -> None:
    source = "=== sources/k.md\n---\ncase: birkeby\n---\n\nDer er mange sager.\n"
    book = "=== codebook.yaml\nthemes:\n- {id: sager, label: Sager, definition: Om sager.}\n"
    log = '=== codings/ana/k.jsonl\n{"op":"add","id":"c1","code":"sager","start":7,"end":18,"quote":"mange sager"}\n'
    bare = make_study(source + book + log, "bare")
    assert "charts:" not in CliRunner().invoke(main, ["status", "--study", str(bare)]).output
    chart = "- {case: birkeby, summary: S, evidence: [c1], evidence_sha: '0', by: crosscase/draft}\n"
    charts = f"=== charts/sager.yaml\ntheme: sager\ncharts:\n{chart}"
    said = CliRunner().invoke(main, ["status", "--study", str(make_study(source + book + log + charts))]).output
    assert "charts: 1 summary, 1 of them drafts, 1 stale, 0 missing · findings: 0" in said
    assert "crosscase chart list --stale" in said and "crosscase chart list --drafts" in said
