"""`crosscase import-project`, `export refi` and `codebook import|export`: a round trip, and what people see of it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import read_coded_study

STUDY = """\
=== codebook.yaml
themes:
- {id: penge, label: Penge, definition: Hvad det koster., include: budgetter, color: '#ff0000'}
- {id: tid, label: Tid, definition: Hvor lang tid.}
=== sources/leder.md
---
case: birkeby
---

Der er ingen penge i kommunen.
=== codings/ana/leder.jsonl
{"op":"add","id":"c1","at":"2020-01-01T00:00:00.000000Z","code":"penge","start":7,"end":18,"quote":"ingen penge"}
"""


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def root(make_study: Callable[..., Path]) -> Path:
    return make_study(STUDY)


def test_a_study_goes_out_and_comes_back(root: Path, tmp_path: Path) -> None:
    out = run("export", "refi", tmp_path / "s.qdpx", "--study", root)
    assert out.exit_code == 0 and "1 codings" in out.output and "Not in the file" in out.output
    first = (tmp_path / "s.qdpx").read_bytes()
    run("export", "refi", tmp_path / "s.qdpx", "--study", root)
    assert (tmp_path / "s.qdpx").read_bytes() == first
    back = run("import-project", tmp_path / "s.qdpx", tmp_path / "back")
    assert back.exit_code == 0, back.output
    assert "1 coding by ana" in back.output and "1 of 1 quotes stand exactly" in back.output
    (coding,) = read_coded_study(tmp_path / "back")[0].codings
    assert (coding.id, coding.quote, coding.origin) == ("c1", "ingen penge", "person")
    again = run("import-project", tmp_path / "s.qdpx", tmp_path / "back")
    assert again.exit_code == 0 and "nothing was written" in again.output


def test_the_report_for_programs_lists_everything(root: Path, tmp_path: Path) -> None:
    run("export", "refi", tmp_path / "s.qdpx", "--study", root)
    out = run("import-project", tmp_path / "s.qdpx", tmp_path / "back", "--dry-run", "--json")
    said = json.loads(out.output)
    assert said["dry_run"] and said["is_new_study"] and said["codings"] == 1
    assert said["sources"][0]["exact"] == said["sources"][0]["quotes"] == 1
    assert not (tmp_path / "back").exists()


def test_without_a_folder_the_study_here_is_added_to_or_a_new_one_is_made(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", "refi", tmp_path / "Other Name.qdpx", "--study", root)
    monkeypatch.chdir(root)
    assert "into the study study" in run("import-project", tmp_path / "Other Name.qdpx").output
    monkeypatch.chdir(tmp_path)
    assert run("import-project", "Other Name.qdpx").exit_code == 0
    assert (tmp_path / "other-name" / "study.toml").is_file()
    (tmp_path / "other-name" / "study.toml").unlink()
    refused = run("import-project", "Other Name.qdpx")
    assert refused.exit_code == 2 and "already" in refused.output


@pytest.mark.parametrize("content", [b"", b"no project", b"PK\x03\x04", b"<Project"])
def test_what_is_no_project_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.qdpx"
    file.write_bytes(content)
    out = run("import-project", file, tmp_path / "new")
    assert out.exit_code == 1 and "Nothing was written" in out.output and "Traceback" not in out.output
    assert not (tmp_path / "new").exists()
    assert "problems" in json.loads(run("import-project", file, tmp_path / "new", "--json").stdout)


def test_a_codebook_goes_out_alone_and_into_another_study(root: Path, tmp_path: Path) -> None:
    assert run("codebook", "export", tmp_path / "c.qdc", "--study", root).exit_code == 0
    assert run("init", tmp_path / "other").exit_code == 0
    dry = run("codebook", "import", tmp_path / "c.qdc", "--study", tmp_path / "other", "--dry-run")
    assert "Would add 2 codes" in dry.output
    assert read_coded_study(tmp_path / "other")[0].codebook.themes == ()
    assert "Added 2 codes" in run("codebook", "import", tmp_path / "c.qdc", "--study", tmp_path / "other").output
    money, _ = read_coded_study(tmp_path / "other")[0].codebook.themes
    assert (money.label, money.definition, money.include, money.color) == (
        "Penge", "Hvad det koster.", "budgetter", "#ff0000",
    )  # fmt: skip
    again = run("codebook", "import", tmp_path / "c.qdc", "--study", tmp_path / "other")
    assert "Added 0 codes" in again.output and "2 known" in again.output
    assert run("import", "--undo", "--study", tmp_path / "other").exit_code == 0
    assert read_coded_study(tmp_path / "other")[0].codebook.themes == ()


def test_files_of_the_study_are_never_overwritten_by_an_export(root: Path, tmp_path: Path) -> None:
    sources, codings = root / "sources", root / "codings"
    for args in (
        ["export", "refi", sources / "x.qdpx"],
        ["export", "refi", tmp_path / "x.zip"],
        ["codebook", "export", codings / "x.qdc"],
        ["codebook", "export", tmp_path / "x.csv"],
    ):
        assert run(*args, "--study", root).exit_code == 2


def test_a_project_whose_texts_are_gone_is_a_problem(root: Path, tmp_path: Path) -> None:
    run("export", "refi", tmp_path / "s.qdpx", "--study", root)
    with zipfile.ZipFile(tmp_path / "s.qdpx") as archive:
        (tmp_path / "alone.qde").write_bytes(archive.read("project.qde"))
    out = run("import-project", tmp_path / "alone.qde", tmp_path / "new")
    assert out.exit_code == 1 and "[nothing-carried-over]" in out.output
    said = json.loads(run("import-project", tmp_path / "alone.qde", tmp_path / "other", "--json").stdout)
    assert [problem["rule"] for problem in said["problems"]] == ["nothing-carried-over"]


def test_an_export_names_the_codings_that_stand_nowhere(root: Path, tmp_path: Path) -> None:
    (root / "sources" / "leder.md").write_text("---\ncase: birkeby\n---\n\nIntet er som det var.\n")
    out = run("export", "refi", tmp_path / "s.qdpx", "--study", root)
    assert "1 × codings" in out.output and ": c1" in out.output and "crosscase reanchor" in out.output
    back = run("import-project", tmp_path / "s.qdpx", tmp_path / "back")
    assert back.exit_code == 0 and "1 coding that stood nowhere" in back.output
    assert [anchor.id for anchor in read_coded_study(tmp_path / "back")[0].anchored] == ["c1"]
