"""A build is deterministic, written whole, and can be checked against the data by anyone with a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from corpus.new_study import copy_study
from reports.build import build, check_build, is_up_to_date
from reports.manifest import read_manifest

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"
FILES = {
    "matrix.html", "matrix.xlsx", "matrix.docx", "matrix-public.docx", "matrix.md", "matrix.json", "codebook.md",
    "codebook.csv", "excerpts.csv", "pictures/coverage.svg", "pictures/prevalence.svg", "pictures/sources.svg",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "study"
    copy_study(EXAMPLE, root)
    assert not build(root).stopped
    return root


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def digest(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "build").rglob("*") if path.is_file())
    return {path.relative_to(root / "build").as_posix(): path.read_bytes() for path in files}


def test_every_report_and_the_manifest_are_written(built: Path) -> None:
    assert set(digest(built)) == FILES | {"manifest.json"}
    manifest = read_manifest(built)
    assert manifest is not None
    assert set(manifest.outputs) == FILES
    assert manifest.coders == ("ana",)


def test_another_process_with_other_hash_seed_folder_and_locale_writes_the_same_bytes(
    built: Path, tmp_path: Path
) -> None:
    other = tmp_path / "et andet sted" / "studie ø"
    copy_study(EXAMPLE, other)
    env = os.environ | {"PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Pacific/Auckland"}
    subprocess.run(
        [sys.executable, "-c", "from cli.main import main; main()", "build", "--study", str(other)], env=env, check=True
    )
    assert digest(other) == digest(built)


def test_a_second_build_writes_nothing_and_says_so(study: Path) -> None:
    assert is_up_to_date(study)
    assert build(study).written == ()
    assert "up to date" in CliRunner().invoke(main, ["build", "--study", str(study)]).output


def test_check_passes_on_a_shared_copy_without_private_things(study: Path) -> None:
    for folder in ("originals", "private", ".crosscase"):
        shutil.rmtree(study / folder, ignore_errors=True)
    before = digest(study)
    result = CliRunner().invoke(main, ["build", "--check", "--study", str(study)])
    assert (result.exit_code, "follows from the data" in result.output) == (0, True)
    assert digest(study) == before
    assert not (study / ".crosscase").exists(), "a check writes nothing"


def test_line_ends_and_the_order_of_log_lines_do_not_matter(study: Path) -> None:
    log = study / "codings" / "ana" / "birkeby-leder.jsonl"
    log.write_bytes(b"\n".join(reversed(log.read_bytes().splitlines())) + b"\n")
    source = study / "sources" / "birkeby-leder.md"
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    assert check_build(study).differing == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("sources/birkeby-leder.md", "Birkeby, leder", "Birkeby, chef", "changed: sources/birkeby-leder.md"),
        ("codebook.yaml", "label: Ressourcer", "label: Midler", "changed: codebook.yaml"),
        ("study.toml", "excerpts = 2", "excerpts = 1", "changed: study.toml"),
        ("cases.csv", "Birkeby", "Birkeby Kommune", "changed: cases.csv"),
    ],
)
def test_check_names_what_differs_and_because_of_which_input(
    study: Path, file: str, old: str, new: str, reason: str
) -> None:
    path = study / file
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")
    before = digest(study)
    found = check_build(study)
    assert "build/matrix.html" in found.differing
    assert found.reasons == (reason,)
    assert CliRunner().invoke(main, ["build", "--check", "--study", str(study)]).exit_code == 1
    assert digest(study) == before


def test_a_changed_past_is_noticed(study: Path) -> None:
    log = study / "codings" / "ana" / "birkeby-leder.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[1:]))
    found = check_build(study)
    assert "build/manifest.json" in found.differing
    assert found.reasons == ("changed: codings/ana/birkeby-leder.jsonl",)


def test_a_report_edited_by_hand_or_removed_is_noticed(study: Path) -> None:
    page = study / "build" / "matrix.html"
    page.write_bytes(page.read_bytes().replace(b"Birkeby", b"Gentofte", 1))
    (study / "build" / "matrix.md").unlink()
    found = check_build(study)
    assert found.differing == ("build/matrix.html", "build/matrix.md")
    assert found.reasons == ("build/matrix.html was changed after it was built", "build/matrix.md is gone")
    assert build(study).written == ("matrix.html", "matrix.md")
    assert check_build(study).differing == ()


def test_errors_stop_a_build_before_anything_is_written(make_study: Callable[..., Path]) -> None:
    root = make_study(
        "=== codebook.yaml\nthemes:\n- {id: t, label: T, definition: D}\n"
        "=== sources/k.md\n---\ncase: birkeby\n---\n\nTekst.\n"
        '=== codings/ana/k.jsonl\n{"op":"add","id":"c1","code":"nope","start":0,"end":6,"quote":"Tekst."}\n'
    )
    result = CliRunner().invoke(main, ["build", "--study", str(root)])
    assert result.exit_code == 1
    assert "[unknown-code]" in result.output
    assert not (root / "build").exists()
    assert CliRunner().invoke(main, ["build", "--with-problems", "--study", str(root)]).exit_code == 0
    assert "1 " in (root / "build" / "matrix.md").read_text("utf-8")


def test_a_manifest_that_names_files_outside_build_removes_nothing(study: Path) -> None:
    manifest = study / "build" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"matrix.md":', '"../study.toml":'), "utf-8")
    build(study)
    assert (study / "study.toml").exists()


def test_a_crash_while_writing_leaves_whole_files_and_the_next_build_mends_it(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "study.toml").write_text(
        (study / "study.toml").read_text("utf-8").replace("excerpts = 2", "excerpts = 1"), "utf-8"
    )
    replace, left = Path.replace, [2]

    def crash(self: Path, target: Path) -> Path:
        if left[0] == 0:
            raise OSError(5, "Input/output error", str(target))
        left[0] -= 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", crash)
    assert CliRunner().invoke(main, ["build", "--study", str(study)]).exit_code == 1
    monkeypatch.undo()
    assert not list((study / "build").glob(".*")), "no half-written file stays"
    assert check_build(study).differing
    assert not build(study).stopped
    assert check_build(study).differing == ()


@pytest.mark.parametrize("file", ["charts/oekonomi.yaml", "findings/oekonomi.yaml"])
def test_a_changed_summary_or_sentence_makes_the_build_out_of_date(study: Path, file: str) -> None:
    assert is_up_to_date(study)
    path = study / file
    path.write_text(path.read_text("utf-8") + "# set efter\n", "utf-8")
    assert not is_up_to_date(study)
    check = check_build(study)
    assert "build/manifest.json" in check.differing and f"changed: {file}" in check.reasons
    path.write_text(path.read_text("utf-8").replace("# set efter\n", ""), "utf-8")
    assert is_up_to_date(study)


def test_a_sentence_with_evidence_that_is_gone_stops_the_build(study: Path) -> None:
    path = next((study / "findings").glob("*.yaml"))
    path.write_text(path.read_text("utf-8") + "- {id: f-zzzz, text: T, evidence: {birkeby: [cxxxx]}}\n", "utf-8")
    stopped = build(study)
    assert stopped.stopped and "unknown-evidence" in {p.rule for p in stopped.problems if p.severity == "error"}
