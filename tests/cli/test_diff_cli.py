"""`crosscase diff` from a shell: builds, git revisions, other copies; what it prints, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

STUDY = """=== codebook.yaml
themes:
- {id: penge, label: Penge, definition: D}
- {id: folk, label: Folk, definition: D}
=== sources/k.md
---
case: birkeby
roles: [leder]
---

Her er penge nok. Her er folk nok.
"""


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY, "repository/mine")
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    run("code", "add", "k", "penge", "--quote", "Her er penge nok.")
    run("code", "read", "k")
    return root


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == code, result.output
    return result


def git(folder: Path, *words: str) -> None:
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, env=os.environ | nobody)


@pytest.fixture
def repository(study: Path) -> Path:
    """The study in a sub-folder of a repository, with one commit and a tag, and a coding since then."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    top = study.parent
    git(top, "init", "-q", ".")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "First round")
    git(top, "tag", "v1.0")
    run("code", "add", "k", "folk", "--quote", "Her er folk nok.")
    return top


def test_against_the_last_build(study: Path) -> None:
    assert "crosscase build" in run("diff", code=2).output
    run("build")
    same = run("diff")
    assert "same" in same.output and "the last build" in same.output
    run("code", "add", "k", "folk", "--quote", "Her er folk nok.", "--memo", "Se igen")
    said = run("diff", code=1).output
    assert "1 of 4 cells differs" in said
    assert "mentioned by  0 of 1 → 1 of 1" in said and "Birkeby" in said
    assert "+ »Her er folk nok.« (Birkeby, leder, afsnit 1)" in said
    assert "because [1] ana coded »Her er folk nok.« in k as Folk" in said
    assert "codings/ana/k.jsonl:3 · 1 cell" in said and "note: Se igen" in " ".join(said.split())


def test_against_git_revisions_of_a_study_in_a_sub_folder(repository: Path) -> None:
    for revision in ("HEAD", "v1.0", "HEAD:mine", "HEAD:./"):
        found = json.loads(run("diff", revision, "--json", code=1).stdout)
        assert found["causes"] == "exact" and found["old"]["kind"] == "revision"
        assert [(cell["theme"], cell["column"]) for cell in found["cells"]] == [("folk", "few")]
        assert [change["act"] for change in found["changes"]] == ["added"]
    assert "First round" in run("diff", "v1.0", code=1).output
    git(repository, "commit", "-q", "-a", "-m", "Second round")
    run("diff", "HEAD")
    assert "1 of 4" in run("diff", "HEAD~1", "HEAD", code=1).output
    backwards = json.loads(run("diff", "HEAD", "v1.0", "--json", code=1).stdout)
    assert [change["act"] for change in backwards["changes"]] == ["removed"]


def test_a_study_that_was_moved_is_found_where_it_stood(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "mv", "mine", "moved")
    shutil.rmtree(repository / "mine", ignore_errors=True)
    git(repository, "commit", "-q", "-a", "-m", "Moved")
    monkeypatch.chdir(repository / "moved")
    assert "stood elsewhere" in run("diff", "v1.0", code=2).output
    assert "1 of 4" in run("diff", "v1.0:mine", code=1).output


def test_reading_a_revision_leaves_everything_as_it_is(repository: Path, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    before = {path: path.read_bytes() for path in (repository / "mine").rglob("*") if path.is_file()}
    run("diff", "v1.0", code=1)
    assert {path: path.read_bytes() for path in (repository / "mine").rglob("*") if path.is_file()} == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_build_finds_its_old_texts_in_git(repository: Path) -> None:
    run("build")
    git(repository, "commit", "-q", "-a", "-m", "As built")
    shutil.rmtree(repository / "mine" / ".crosscase")  # where the build has kept them too
    source = repository / "mine" / "sources" / "k.md"
    source.write_text(source.read_text("utf-8").replace("folk nok", "folk"), "utf-8")
    found = json.loads(run("diff", "--json", code=1).stdout)
    assert found["causes"] == "exact"
    assert [(c["act"], c["file"], c["quote"]) for c in found["changes"]] == [
        ("reworded", "sources/k.md", "Her er folk.")
    ]


def test_what_is_named_wrongly_is_misuse_and_says_what_could_be_named(repository: Path) -> None:
    for words, said in (
        (["nothing-like-it"], "no revision"),
        (["--output"], "requires an argument"),
        (["HEAD:elsewhere"], "no study.toml in elsewhere"),
        (["-x"], "No such option"),
        (["now", "now", "--theme", "nowhere"], "codebook list"),
    ):
        assert said in run("diff", *words, code=2).output


def test_outside_git_a_revision_is_misuse(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(study.parents[2]))
    assert "no git revision" in run("diff", "HEAD", code=2).output


def test_two_folders_can_be_compared_from_anywhere(study: Path, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    other = shutil.copytree(study, tmp_path / "other")
    run("code", "undo")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    found = json.loads(run("diff", str(other), str(study), "--json", code=1).stdout)
    assert {change["kind"] for change in found["changes"]} == {"read"}
    assert "crosscase init" in run("diff", str(other), code=2).output


def test_the_comparison_as_a_page_in_the_studys_language(study: Path, tmp_path: Path) -> None:
    run("build")
    run("code", "undo")
    page = tmp_path / "out" / "ændringer.md"
    assert "There is no folder" in run("diff", "-o", str(page), code=2).output
    page.parent.mkdir()
    assert "wrote" in run("diff", "-o", str(page), code=1).output
    text = page.read_text("utf-8")
    assert text.startswith("# Hvad er ændret: Prøve") and "> fordi (1) ana har fjernet læsemærket på k" in text
    assert "Penge" not in json.dumps(json.loads(run("diff", "--theme", "folk", "--json", code=1).stdout)["cells"])


def test_causes_that_are_many_are_counted_and_listed_at_the_end(study: Path) -> None:
    run("build")
    for length in range(3, 33):
        run("code", "add", "k", "folk", "--start", "0", "--end", str(length))
    said = run("diff", code=1).output
    assert "… and 24 more: [7], [8]" in said and "… and 18 more" in said
    assert said.index("More of what was changed") < said.index("[30] ana coded")


def test_the_example_on_the_page_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("demo", "study")
    monkeypatch.chdir(tmp_path / "study")
    run("build", "--only", "json")
    run("code", "recode", "c22fg2cm8fzbu", "oekonomi", "--coder", "ana")
    codebook = Path("codebook.yaml")
    codebook.write_text(
        codebook.read_text("utf-8").replace("label: Ressourcer\n", "label: Ressourcer og tid\n"), "utf-8"
    )
    said = re.sub(r", \d{4}-\d\d-\d\d\s+\d\d:\d\d", "", run("diff", code=1).output)
    page = (Path(__file__).parents[2] / "docs" / "diff.md").read_text("utf-8")
    shown = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0]
    assert " ".join(shown.split()) in " ".join(said.split())
