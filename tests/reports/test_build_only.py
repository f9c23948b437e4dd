"""A build of some kinds of file: the manifest stays true, and no check passes over a file left from other inputs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from corpus.files import sha256
from corpus.new_study import copy_study
from reports.build import build, check_build, is_up_to_date, stale_files
from reports.manifest import read_manifest
from reports.outputs import KINDS, OUTPUTS, kind_of, names_of

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"
LISTS = ("csv", "json")
"""Kinds that are quickly written."""

WORD = ("matrix.docx", "matrix-public.docx")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study twice: `new`, and `built` with every report."""
    folder = tmp_path_factory.mktemp("only")
    copy_study(EXAMPLE, folder / "new")
    copy_study(EXAMPLE, folder / "built")
    build(folder / "built")
    return folder


@pytest.fixture
def new(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates / "new", tmp_path / "study"))


@pytest.fixture
def built(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates / "built", tmp_path / "study"))


def change(root: Path, old: str = "excerpts = 2", new: str = "excerpts = 1") -> None:
    """Change an input of every report."""
    settings = root / "study.toml"
    assert old in settings.read_text("utf-8")
    settings.write_text(settings.read_text("utf-8").replace(old, new, 1), "utf-8")


def named(root: Path) -> set[str]:
    manifest = read_manifest(root)
    return set(manifest.outputs) if manifest else set()


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["build", "--study", str(root), *words])
    return result.exit_code, result.output


def test_only_what_is_asked_for_is_written_and_what_was_never_built_is_not_missed(new: Path) -> None:
    assert build(new, kinds=("docx",)).written == (*WORD, "manifest.json")
    assert {path.name for path in (new / "build").iterdir()} == {*WORD, "manifest.json"}
    assert named(new) == {*WORD}
    assert check_build(new).differing == ()
    assert is_up_to_date(new), "what was built still follows"
    assert not is_up_to_date(new, KINDS), "but a build of everything has something to do"
    assert "matrix.html" in build(new).written


def test_what_was_built_from_the_same_inputs_stays_in_the_manifest(built: Path) -> None:
    before = (built / "build" / "manifest.json").read_bytes()
    (built / "build" / "matrix.json").unlink()
    done = build(built, kinds=LISTS)
    assert (done.written, done.stale) == (("matrix.json",), ())
    assert (built / "build" / "manifest.json").read_bytes() == before
    assert check_build(built).differing == ()


def test_what_is_left_from_other_inputs_is_stale_until_it_is_built_again(built: Path) -> None:
    change(built)
    others = tuple(name for name in OUTPUTS if kind_of(name) not in LISTS)
    done = build(built, kinds=LISTS)
    assert done.stale == stale_files(built) == others
    assert named(built) == set(names_of(LISTS))
    assert is_up_to_date(built, LISTS) and not is_up_to_date(built)
    found = check_build(built)
    assert "build/matrix.html" in found.differing and "build/matrix.json" not in found.differing
    reason = "build/matrix.html is left from an earlier build: the last one was of other kinds of file only"
    assert reason in found.reasons
    assert check_build(built, kinds=LISTS).differing == ()
    assert build(built).stale == ()
    assert check_build(built).differing == ()


def test_removing_stale_files_is_as_good_as_building_them_again(built: Path) -> None:
    change(built)
    for name in build(built, kinds=LISTS).stale:
        (built / "build" / name).unlink()
    assert check_build(built).differing == ()
    assert is_up_to_date(built)


def test_a_stale_file_that_holds_what_would_be_built_now_passes(built: Path) -> None:
    change(built, "[matrix]", "# a remark that changes no report\n[matrix]")
    assert "matrix.html" in build(built, kinds=LISTS).stale
    assert check_build(built).differing == ()


def test_a_file_changed_by_hand_is_noticed_after_a_build_of_other_kinds(built: Path) -> None:
    page = built / "build" / "matrix.html"
    page.write_bytes(page.read_bytes().replace(b"Birkeby", b"Gentofte", 1))
    build(built, kinds=LISTS)
    found = check_build(built)
    assert (found.differing, found.reasons) == (
        ("build/matrix.html",),
        ("build/matrix.html was changed after it was built",),
    )


def test_a_kind_that_is_asked_for_by_name_has_to_be_there(new: Path) -> None:
    build(new, kinds=("json",))
    found = check_build(new, kinds=("csv",))
    assert found.differing == ("build/codebook.csv", "build/excerpts.csv")
    assert found.reasons == ("build/codebook.csv has not been built", "build/excerpts.csv has not been built")


def test_reports_that_this_version_does_not_write_are_removed_by_any_build(built: Path) -> None:
    manifest = built / "build" / "manifest.json"
    (built / "build" / "matrix.txt").write_bytes(b"old")
    entry = f'"outputs": {{"matrix.txt": "{sha256(b"old")}",'
    manifest.write_text(manifest.read_text("utf-8").replace('"outputs": {', entry), "utf-8")
    assert "build/matrix.txt is no report of this version" in check_build(built).reasons
    build(built, kinds=LISTS)
    assert not (built / "build" / "matrix.txt").exists()
    assert check_build(built).differing == ()


def test_the_command_says_what_it_wrote_what_is_stale_and_when_there_is_nothing_to_do(built: Path) -> None:
    change(built)
    code, said = run(built, "--only", "json", "--only", "docx")
    assert code == 0
    assert files_on(said, "wrote") == [*WORD, "matrix.json", "manifest.json"]
    assert "matrix.html" in files_on(said, "stale") and "matrix.docx" not in files_on(said, "stale")
    assert "crosscase build" in said
    code, said = run(built, "--only", "docx")
    assert (code, "Up to date" in said, "matrix.html" in said) == (0, True, True)
    assert run(built, "--check")[0] == 1
    assert run(built, "--check", "--only", "docx")[0] == 0
    assert "matrix.html" in json.loads(CliRunner().invoke(
        main, ["build", "--only", "docx", "--json", "--study", str(built)]).stdout)["stale"]  # fmt: skip


def files_on(said: str, word: str) -> list[str]:
    """The file names on lines that begin with a word."""
    return [line.replace("\\", "/").rpartition("/")[2] for line in said.splitlines() if line.startswith(f"{word} ")]


def test_an_unknown_kind_is_misuse_and_all_kinds_are_in_the_help(new: Path) -> None:
    code, said = run(new, "--only", "doc")
    assert code == 2
    assert all(kind in said for kind in KINDS)
    listed = CliRunner().invoke(main, ["build", "--help"]).output.split("--only")[-1].split("--check")[0]
    assert [kind for kind in KINDS if kind not in listed] == []


def test_status_knows_a_build_of_one_kind(new: Path) -> None:
    build(new, kinds=("docx",))
    found = json.loads(CliRunner().invoke(main, ["status", "--json", "--study", str(new)]).stdout)
    assert found["build"] == "up to date"
    change(new)
    found = json.loads(CliRunner().invoke(main, ["status", "--json", "--study", str(new)]).stdout)
    assert found["build"] == "out of date"
