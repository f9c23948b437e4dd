"""`crosscase export annotations|study`: annotations that find their words again, and an archive that is the study."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import CodedStudy, read_coded_study
from corpus.files import sha256
from corpus.new_study import copy_study
from reports.manifest import input_digests

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = tmp_path / "study"
    copy_study(EXAMPLE, root)
    return root


def export(root: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, words), "--study", str(root)])


def items(path: Path) -> list[dict[str, Any]]:
    collection = json.loads(path.read_text("utf-8"))
    assert collection["type"] == "AnnotationCollection"
    found: list[dict[str, Any]] = collection["first"]["items"]
    assert collection["total"] == len(found)
    return found


def words_of(annotation: dict[str, Any], coded: CodedStudy) -> tuple[str, str]:
    """The words that each of the two selectors finds in the source."""
    source = next(s for s in coded.study.sources if s.file == annotation["target"]["source"]["id"])
    position, quote = annotation["target"]["selector"]
    context = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert context in source.text
    return source.text[position["start"] : position["end"]], quote["exact"]


def test_every_coding_is_an_annotation_whose_selectors_find_its_words(study: Path, tmp_path: Path) -> None:
    coded, _ = read_coded_study(study)
    assert export(study, "annotations", tmp_path / "a.jsonld").exit_code == 0
    found = items(tmp_path / "a.jsonld")
    assert len(found) == len(coded.codings)
    for annotation, coding in zip(found, coded.codings, strict=True):
        assert words_of(annotation, coded) == (coding.quote, coding.quote)
        assert annotation["body"][0]["code"] == coded.codebook.current(coding.code)
        assert annotation["creator"]["nickname"] == coding.coder
        assert [body["value"] for body in annotation["body"][1:]] == ([coding.memo] if coding.memo else [])
    assert len({annotation["id"] for annotation in found}) == len(found)


def test_annotations_can_be_of_one_coder_and_theme_and_are_the_same_each_time(study: Path, tmp_path: Path) -> None:
    words = ("--coder", "ana", "--theme", "ressourcer")
    first, second = tmp_path / "a.jsonld", tmp_path / "b.json"
    assert export(study, "annotations", first, *words).exit_code == 0
    assert export(study, "annotations", second, *words).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert {item["creator"]["nickname"] for item in items(first)} == {"ana"}
    assert 0 < len(items(first)) < 200
    on_screen = json.loads(export(study, "annotations", "-", *words).stdout)
    assert on_screen == json.loads(first.read_text("utf-8"))


def test_lists_of_codings_and_excerpts_are_annotations_where_the_name_says_so(study: Path, tmp_path: Path) -> None:
    coded, _ = read_coded_study(study)
    assert export(study, "codings", tmp_path / "c.jsonld", "--coder", "ana").exit_code == 0
    assert len(items(tmp_path / "c.jsonld")) == sum(coding.coder == "ana" for coding in coded.codings)
    assert export(study, "excerpts", tmp_path / "e.jsonld").exit_code == 0
    shown = items(tmp_path / "e.jsonld")
    assert 0 < len(shown) < len(coded.codings)
    assert export(study, "table", tmp_path / "t.jsonld").exit_code == 2


def test_an_archive_unpacked_is_the_study_again(study: Path, tmp_path: Path) -> None:
    (study / "private").mkdir()
    (study / "private" / "names.csv").write_text("label,name\n", "utf-8")
    archive = tmp_path / "whole.zip"
    result = export(study, "study", archive)
    assert result.exit_code == 0 and "private/" in result.output
    with zipfile.ZipFile(archive) as file:
        manifest = json.loads(file.read("archive.json"))
        assert {entry["path"] for entry in manifest["files"]} == set(file.namelist()) - {"archive.json"}
        for entry in manifest["files"]:
            assert sha256(file.read(entry["path"])) == entry["sha256"]
        file.extractall(tmp_path / "copy")
    assert manifest["left_out"] == ["private/"]
    assert not (tmp_path / "copy" / "private").exists()
    assert input_digests(tmp_path / "copy") == input_digests(study)


def test_an_archive_has_the_same_bytes_each_time_and_wherever_the_study_lies(study: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "moved" / "study"
    shutil.copytree(study, elsewhere, copy_function=shutil.copyfile)
    assert export(study, "study", tmp_path / "a.zip").exit_code == 0
    assert export(elsewhere, "study", tmp_path / "b.zip").exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_archive_does_not_hold_itself_and_keeps_out_what_is_asked(study: Path) -> None:
    (study / "originals").mkdir(exist_ok=True)
    (study / "originals" / "leder.txt").write_text("Interview\n", "utf-8")
    for _ in range(2):
        assert export(study, "study", study / "whole.zip", "--without-originals").exit_code == 0
    with zipfile.ZipFile(study / "whole.zip") as file:
        names = file.namelist()
        assert json.loads(file.read("archive.json"))["left_out"] == ["originals/"]
    assert "whole.zip" not in names
    assert not [name for name in names if name.startswith("originals/")]


def test_nothing_is_written_where_a_file_cannot_be_archived(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_for = study / "guide.md"
    opened: Callable[..., Any] = Path.open

    def refused(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == fails_for:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refused)
    result = export(study, "study", tmp_path / "whole.zip")
    assert result.exit_code == 1 and "guide.md" in result.output
    assert not list(tmp_path.glob("*whole*"))


@pytest.mark.parametrize("words", [("study", "x.tar"), ("annotations", "x.xml"), ("study", "build/x.zip")])
def test_a_name_that_says_something_else_is_refused(study: Path, words: tuple[str, str]) -> None:
    assert export(study, words[0], study / words[1]).exit_code == 2
