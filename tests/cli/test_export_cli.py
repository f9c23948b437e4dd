"""`crosscase export`: what OUT's name asks for, on the example study, and nothing of the study is ever overwritten."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from openpyxl import load_workbook

from cli.main import main
from coding.coded_study import read_coded_study
from corpus.new_study import copy_study

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"
Export = Callable[..., Result]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export") / "study"
    copy_study(EXAMPLE, root)
    return root


@pytest.fixture
def export(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.chdir(tmp_path)
    return lambda *words, root=study: CliRunner().invoke(main, ["export", *words, "--study", str(root)])


def plain(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_the_table_has_every_case_and_theme_of_the_example(export: Export, study: Path) -> None:
    coded, _ = read_coded_study(study)
    rows = plain(export("table", "-", "--plain"))
    assert [row["case"] for row in rows] == [case.id for case in coded.study.cases]
    themes = [theme.id for theme in coded.codebook.active_themes]
    assert list(rows[0])[-len(themes) :] == themes
    by_case = {row["case"]: row for row in rows}
    assert by_case["elmsted"]["kommunalreform"] == "", "the theme does not apply"
    assert by_case["roenneholt"]["maalsaetninger"] == "0", "asked, and nothing said"
    assert by_case["birkeby"]["group"] == "few"


def test_the_same_table_on_the_screen_and_in_a_file(export: Export, tmp_path: Path) -> None:
    assert export("table", "t.csv").exit_code == 0
    assert (tmp_path / "t.csv").read_bytes() == export("table", "-").stdout_bytes
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfCase-id;Case;group;")


def test_the_name_decides_what_is_written(export: Export, tmp_path: Path) -> None:
    for words in (["table", "--codes"], ["excerpts"], ["codebook"], ["codings"]):
        result = export(*words, "out.xlsx", "--json")
        assert result.exit_code == 0, result.output
        said = json.loads(result.stdout)
        assert said["written"] == "out.xlsx" and said["rows"] > 8
        assert load_workbook(tmp_path / "out.xlsx").worksheets[0].max_row >= said["rows"]
    for wrong in (["table", "out.ods"], ["table", "out"], ["table", "out.xlsx", "--plain"]):
        assert export(*wrong).exit_code == 2, wrong


def test_filters_are_those_of_the_matrix(export: Export, study: Path) -> None:
    words = ("--role", "leder", "--where", "group=many", "--theme", "ressourcer", "--coder", "ana")
    rows = plain(export("table", "-", "--plain", "--values", "counts", *words))
    matrix = CliRunner().invoke(main, ["matrix", "--json", *words, "--study", str(study)])
    (row,) = json.loads(matrix.stdout)["rows"]
    assert sum(int(r["ressourcer"]) for r in rows) == sum(cell["n_codings"] for cell in row["cells"]) > 0
    for wrong in (["--role", "borger"], ["--where", "farve=blå"], ["--theme", "nope"]):
        assert export("table", "-", *wrong).exit_code == 2, wrong
    assert export("table", "-", "--coder", "nobody").exit_code == 1


def test_json_has_numbers_nothing_and_the_keys_of_states(export: Export) -> None:
    result = export("table", "-", "--json", "--states", "--theme", "kommunalreform", "--where", "cluster=nord")
    rows = {row["case"]: row for row in json.loads(result.stdout)}
    assert rows["elmsted"]["kommunalreform"] is None
    assert rows["elmsted"]["kommunalreform.state"] == "not_applicable"
    assert (rows["birkeby"]["kommunalreform"], rows["birkeby"]["inhabitants"]) == (1, 57400)


def test_rows_can_be_sources(export: Export) -> None:
    rows = plain(export("table", "-", "--plain", "--by", "source", "--values", "counts"))
    assert len(rows) == 14
    assert all(int(row["words"]) > 500 and row["date"].startswith("2009-") for row in rows)


def test_excerpts_are_those_of_the_build(export: Export, study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy_study(EXAMPLE, copy)
    assert CliRunner().invoke(main, ["build", "--only", "csv", "--study", str(copy)]).exit_code == 0
    assert export("excerpts", "-").stdout_bytes == (copy / "build" / "excerpts.csv").read_bytes()
    assert export("codebook", "-").stdout_bytes == (copy / "build" / "codebook.csv").read_bytes()


def test_codings_are_those_of_every_coder_unless_one_is_named(export: Export, study: Path) -> None:
    coded, _ = read_coded_study(study)
    rows = plain(export("codings", "-", "--plain"))
    assert [row["id"] for row in rows] == [coding.id for coding in coded.codings]
    assert {row["words"] for row in rows} <= {coding.quote for coding in coded.codings}
    mine = plain(export("codings", "-", "--plain", "--coder", "bo", "--theme", "ressourcer"))
    assert {row["coder"] for row in mine} == {"bo"} and {row["theme"] for row in mine} == {"ressourcer"}
    assert export("codings", "-", "--coder", "nobody").exit_code == 1


def test_pictures_are_svg_and_if_asked_png(export: Export, tmp_path: Path) -> None:
    result = export("pictures", "figures", "--png")
    if "no fonts" in result.output:
        pytest.skip("no fonts on this machine")
    names = {path.name for path in (tmp_path / "figures").iterdir()}
    stems = ("coverage", "prevalence", "sources")
    assert names == {f"{stem}.{kind}" for stem in stems for kind in ("svg", "png")}
    etree.parse(str(tmp_path / "figures" / "coverage.svg"))
    assert "Udsnit af materialet: role=leder." in _text(export, tmp_path, "--role", "leder")


def _text(export: Export, tmp_path: Path, *words: str) -> str:
    assert export("pictures", "part", *words).exit_code == 0
    return " ".join(etree.parse(str(tmp_path / "part" / "coverage.svg")).getroot().itertext())


@pytest.mark.parametrize("name", ["cases.csv", "sources/x.csv", "build/t.csv", "private/t.xlsx", "CODINGS/t.csv"])
def test_nothing_of_the_study_is_overwritten(export: Export, study: Path, name: str) -> None:
    before = (study / "cases.csv").read_bytes()
    assert export("table", str(study / name)).exit_code == 2
    assert export("pictures", str((study / name).parent)).exit_code == 2
    assert (study / "cases.csv").read_bytes() == before
    (study / "lists").mkdir(exist_ok=True)
    assert export("table", str(study / "lists" / "t.csv")).exit_code == 0, "a folder of its own is fine"


def test_a_place_that_cannot_be_written_is_said_without_a_traceback(export: Export, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = export("table", "file/t.csv")
    assert result.exit_code == 2 and "There is no folder file" in result.output


@pytest.mark.parametrize("kind", ["table", "excerpts", "pictures", "annotations", "study", "codings"])
def test_no_export_makes_a_folder_that_may_be_misspelt(export: Export, tmp_path: Path, kind: str) -> None:
    suffix = {"annotations": ".jsonld", "study": ".zip", "pictures": ""}.get(kind, ".csv")
    result = export(kind, f"missing/deep/x{suffix}")
    assert result.exit_code == 2 and "There is no folder" in result.output
    assert not (tmp_path / "missing").exists()


def test_a_study_with_sources_alone_has_a_table_by_source(make_study: Callable[..., Path], export: Export) -> None:
    root = make_study("=== cases.csv\n\n=== sources/k.md\nTekst.\n=== codebook.yaml\nthemes:\n- {id: t, label: T}\n")
    result = export("table", "-", "--plain", root=root)
    assert (result.exit_code, result.stdout) == (0, "case,label,t\n")
    assert "--by source" in result.stderr
    assert len(plain(export("table", "-", "--plain", "--by", "source", root=root))) == 1


def test_an_empty_study_exports_names_without_rows(make_study: Callable[..., Path], export: Export) -> None:
    root = make_study("=== cases.csv\n\n=== study.toml\nformat = 'crosscase-study/1'\ntitle = 'Tom'\n")
    for what in ("table", "excerpts", "codebook", "codings"):
        for out in ("-", "out.csv", "out.xlsx"):
            result = export(what, out, root=root)
            assert result.exit_code == 0, (what, out, result.output)
    assert export("pictures", "figures", root=root).exit_code == 0
