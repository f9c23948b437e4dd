"""`crosscase codebook`: what it writes, what it refuses to overwrite, what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from codebook.codebook_file import codebook_text, read_codebook
from codebook.derive import derive_codebook
from codebook.guide_file import read_guide, write_together

GUIDE = "# Interviewguide\r\n\r\nTak!\r\n\r\n## 1. Tid\r\n\r\na. Er der tid nok?\r\nb. Hvem planlægger?\r\n"
WITH_IDS = GUIDE.replace("Tid", "Tid {#1}").replace("nok?", "nok? {#1a}").replace("gger?", "gger? {#1b}")
CODEBOOK = "# min\nthemes:\n- id: tid\n  label: Tid\n  definition: Om tid.\n  questions: [1a, 1b]\n  patterns: [tid*]\n"

MakeStudy = Callable[..., Path]


def crosscase(*words: object) -> Result:
    result = CliRunner().invoke(main, ["codebook", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def answer(*words: object) -> Any:
    return json.loads(crosscase(*words, "--json").stdout)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def guide_in(folder: Path, text: str = GUIDE, name: str = "guide.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_the_studys_own_guide_gets_ids_in_place_and_a_codebook_beside_it(make_study: MakeStudy) -> None:
    root = make_study()
    result = crosscase("derive", guide_in(root), "--study", root)
    assert result.exit_code == 0
    assert "guide.md written: 2 new ids (1a, 1b)" in result.output
    assert "codebook.yaml written: 1 theme, 2 codes" in result.output
    assert (root / "guide.md").read_bytes().decode() == WITH_IDS
    codebook, problems = read_codebook(root)
    assert list(codebook.by_id) == ["t1", "1a", "1b"] and not problems


def test_deriving_twice_changes_nothing(make_study: MakeStudy) -> None:
    root = make_study()
    crosscase("derive", guide_in(root), "--study", root)
    before = files(root)
    result = crosscase("derive", root / "guide.md", "--study", root)
    assert result.exit_code == 0 and files(root) == before
    assert "codebook.yaml has a code for every question and was not changed." in result.output


def test_an_existing_codebook_is_never_overwritten_and_new_questions_are_named(make_study: MakeStudy) -> None:
    root = make_study(f"=== codebook.yaml\n{CODEBOOK}")
    guide_in(root, WITH_IDS.replace("b. Hvem", "b. Er der ro?\r\nc. Hvem"))
    result = crosscase("derive", root / "guide.md", "--study", root)
    assert result.exit_code == 1
    assert (root / "codebook.yaml").read_bytes().decode() == CODEBOOK
    assert "b. Er der ro? {#1a-1}\r\n" in (root / "guide.md").read_bytes().decode()
    assert "1a-1   Er der ro?  → below tid" in result.output
    assert "codebook.yaml is already there and was not changed." in result.output
    said = answer("derive", root / "guide.md", "--study", root)
    assert [entry["question"] for entry in said["without_code"]] == ["1a-1"]
    assert said["codebook_written"] is False and said["new_ids"] == []


def test_an_existing_codebook_with_errors_is_left_alone(make_study: MakeStudy) -> None:
    root = make_study("=== codebook.yaml\nthemes:\n- id: tid\n   label: Tid\n")
    guide_in(root)
    before = files(root)
    result = crosscase("derive", root / "guide.md", "--study", root)
    assert result.exit_code == 1 and files(root) == before
    assert "codebook.yaml:3" in result.output and "Nothing was written." in result.output


def test_the_comments_of_an_empty_codebook_stay(make_study: MakeStudy) -> None:
    root = make_study("=== codebook.yaml\n# Vores kodebog\n#   se guiden\nthemes: []\n")
    assert crosscase("derive", guide_in(root), "--study", root).exit_code == 0
    text = (root / "codebook.yaml").read_text("utf-8")
    assert text.startswith("# Vores kodebog\n#   se guiden\n\nthemes:\n- id: t1\n")


def test_a_guide_from_elsewhere_is_written_in_its_one_form_but_never_over_another(
    make_study: MakeStudy, tmp_path: Path
) -> None:
    root = make_study()
    report = guide_in(tmp_path, "# Rapport\n\nOrd.\n\n# Bilag 1\n\n## 1. Tid\n\n- a. Er der tid nok?\n", "rapport.txt")
    assert crosscase("derive", report, "--heading", "bilag 1", "--study", root).exit_code == 0
    assert (root / "guide.md").read_text("utf-8") == "# Bilag 1\n\n## 1. Tid {#1}\n\na. Er der tid nok? {#1a}\n"
    before = files(root)
    assert crosscase("derive", report, "--heading", "bilag 1", "--study", root).exit_code == 0
    other = guide_in(tmp_path, GUIDE, "anden.md")
    refused = crosscase("derive", other, "--study", root)
    assert refused.exit_code == 1 and "guide.md is already there with other questions" in refused.output
    assert files(root) == before


def test_outside_a_study_the_codebook_goes_to_a_file_and_the_guide_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    guide_in(tmp_path, GUIDE, "original.md")
    misuse = crosscase("derive", "original.md")
    assert misuse.exit_code == 2 and "-o FILE" in misuse.output
    assert crosscase("derive", "original.md", "-o", "guide.md").exit_code == 2
    assert crosscase("derive", "original.md", "-o", "ny/codes.yaml").exit_code == 0
    assert sorted(files(tmp_path)) == ["ny/codes.yaml", "ny/guide.md", "original.md"]
    assert (tmp_path / "original.md").read_bytes().decode() == GUIDE
    guide, problems = read_guide(tmp_path / "ny")
    assert not problems
    assert (tmp_path / "ny/codes.yaml").read_text("utf-8") == codebook_text(derive_codebook(guide))
    before = files(tmp_path)
    again = crosscase("derive", "original.md", "-o", "ny/codes.yaml")
    assert again.exit_code == 1 and "never overwritten" in again.output and files(tmp_path) == before


def test_a_guide_that_is_there_already_is_kept_outside_a_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    guide_in(tmp_path, "# En anden guide\n")
    guide_in(tmp_path, GUIDE, "original.md")
    result = crosscase("derive", "original.md", "-o", "codes.yaml")
    assert result.exit_code == 0 and "was not changed" in result.output
    assert (tmp_path / "guide.md").read_text("utf-8") == "# En anden guide\n"


@pytest.mark.parametrize(
    ("content", "heading", "said"),
    [
        (b"", "", "No interview guide was found in g.txt"),
        (b"# Report\n\nWords.\n", "", "No interview guide was found"),
        (b"# Report\n\nWords.\n", "Appendix", "There is no heading 'Appendix' in g.txt"),
        (b"# Report\n\nWords.\n\n# Guide\n\na. Why?\n", "report", "1 question  Guide"),
        (b"\x00\x01\x02" * 50, "", "not text"),
        (b"PK\x03\x04 rest", "", "not plain text"),
        (b"## 1. A {#A}\na. Why? {#1a}\nb. How? {#1a}\n", "", "g.txt:3: id '1a' is already on line 2"),
    ],
)
def test_what_cannot_be_derived_is_said_and_nothing_is_written(
    make_study: MakeStudy, tmp_path: Path, content: bytes, heading: str, said: str
) -> None:
    root = make_study()
    before = files(root)
    (tmp_path / "g.txt").write_bytes(content)
    result = crosscase("derive", tmp_path / "g.txt", "--heading", heading, "--study", root)
    assert result.exit_code == 1 and said in result.output and files(root) == before


def test_documents_in_windows_encoding_and_from_word_are_read(make_study: MakeStudy, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    (tmp_path / "g.txt").write_bytes(GUIDE.encode("cp1252"))
    document = docx.Document()
    document.add_heading("Interviewguide", 0)
    document.add_heading("1. Tid", 1)
    for question in ("a. Er der tid nok?", "b. Hvem planlægger?"):
        document.add_paragraph(question)
    document.save(str(tmp_path / "g.docx"))
    found = []
    for name in ("g.txt", "g.docx"):
        root = make_study(name=name.replace(".", "-"))
        assert crosscase("derive", tmp_path / name, "--study", root).exit_code == 0
        found.append((root / "guide.md").read_text("utf-8"))
    assert found[0] == found[1] and "b. Hvem planlægger? {#1b}" in found[0]
    (tmp_path / "g.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    refused = crosscase("derive", tmp_path / "g.doc", "--study", root)
    assert refused.exit_code == 1 and "unsupported-file" in refused.output


def test_when_the_codebook_cannot_be_written_the_guide_stays_as_it_was(
    make_study: MakeStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_study()
    guide_in(root)
    before = files(root)

    def full_disk(contents: dict[Path, bytes]) -> None:
        contents[root / "codebook.yaml" / "is-no-folder"] = contents.pop(root / "codebook.yaml")
        (root / "codebook.yaml").write_bytes(b"")
        try:
            write_together(contents)
        finally:
            (root / "codebook.yaml").unlink()

    monkeypatch.setattr("codebook.guide_file.write_together", full_disk)
    result = crosscase("derive", root / "guide.md", "--study", root)
    assert result.exit_code == 1 and "Nothing was written." in result.output and files(root) == before


def test_list_shows_themes_codes_questions_and_patterns(make_study: MakeStudy) -> None:
    root = make_study(
        f"=== codebook.yaml\n{CODEBOOK}  codes:\n  - id: tid.pres\n    label: Tidspres\n    patterns: [travl, pres*]\n"
        "- id: gammel\n  label: Gammel\n  replaced_by: tid\n"
    )
    result = crosscase("list", "--study", root)
    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines() if line] == [
        ["tid", "Tid", "1a,", "1b", "·", "1", "pattern"],
        ["tid.pres", "Tidspres", "2", "patterns"],
        ["gammel", "Gammel", "→", "tid"],
        ["2", "themes,", "1", "code", "below", "them"],
    ]
    themes = answer("list", "--study", root)["themes"]
    assert themes[0]["codes"][0] == {
        "id": "tid.pres", "label": "Tidspres", "definition": "", "questions": [], "patterns": ["travl", "pres*"],
        "replaced_by": "", "codes": [],
    }  # fmt: skip


def test_questions_are_shown_with_the_themes_that_point_to_them(make_study: MakeStudy) -> None:
    root = make_study(f"=== codebook.yaml\n{CODEBOOK.replace(', 1b', '')}=== guide.md\n{WITH_IDS}")
    result = crosscase("questions", "--study", root)
    assert result.exit_code == 0
    assert [line.split(maxsplit=2) for line in result.output.splitlines() if line][:2] == [
        ["1", "Tid"], ["1a", "tid", "Er der tid nok?"],
    ]  # fmt: skip
    assert "no theme  Hvem planlægger?" in result.output and "1 of them in no theme" in result.output
    section = answer("questions", "--study", root)["sections"][0]
    assert [q["themes"] for q in section["questions"]] == [["tid"], []]


def test_an_empty_study_says_what_to_do_and_a_broken_one_what_is_wrong(make_study: MakeStudy) -> None:
    root = make_study()
    for command in ("list", "questions"):
        result = crosscase(command, "--study", root)
        assert result.exit_code == 0 and "crosscase codebook derive GUIDE" in result.output
    broken = make_study("=== codebook.yaml\nthemes: [\n", name="broken")
    assert crosscase("list", "--study", broken).exit_code == 1
    assert crosscase("list", "--study", broken / "nowhere").exit_code == 2
