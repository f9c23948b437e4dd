"""`import crosscase`: light to import, and the same answers as the commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import crosscase
from cli.main import main

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> crosscase.OpenStudy:
    folder = tmp_path_factory.mktemp("library") / "study"
    return crosscase.open_study(crosscase.write_example(folder))


def test_importing_it_and_opening_a_study_loads_nothing_heavy(example: crosscase.OpenStudy) -> None:
    code = (
        "import sys, crosscase\n"
        f"study = crosscase.open_study({str(example.root)!r})\n"
        "study.cell('ressourcer', 'few'), study.records('states')\n"
        "heavy = {'spacy', 'sklearn', 'openpyxl', 'docx', 'numpy', 'pandas', 'jinja2', 'lxml', 'simplemma', 'rich',\n"
        "         'click', 'tomlkit', 'resvg_py'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("HEAVY []")


def test_every_promised_name_is_there_and_documented() -> None:
    page = (DOCS / "library.md").read_text("utf-8")
    assert set(crosscase.__all__) <= set(vars(crosscase))
    for name in crosscase.__all__:
        assert getattr(crosscase, name).__doc__, name
    public = [name for name in vars(crosscase.OpenStudy) if not name.startswith("_")]
    for name in public:
        assert f"study.{name}" in page, f"docs/library.md does not tell of study.{name}"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", crosscase.__version__)


def test_a_study_is_found_from_a_folder_inside_it_and_says_what_it_is(example: crosscase.OpenStudy) -> None:
    assert crosscase.open_study(example.root / "sources").root == example.root
    assert "9 cases, 14 sources" in repr(example)
    assert example.source("birkeby-leder").title and example.codebook.by_id["ressourcer"].label == "Ressourcer"
    with pytest.raises(KeyError, match="did you mean 'birkeby-leder'"):
        example.source("birkeby-leter")


def test_where_there_is_no_study_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(crosscase.StudyError, match=r"no study\.toml"):
        crosscase.open_study(tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="Nothing was written"):
        crosscase.write_example(tmp_path)


def test_the_matrix_is_that_of_the_command(example: crosscase.OpenStudy) -> None:
    for part, options in (
        ({}, []),
        ({"coder": "bo", "roles": ["leder"]}, ["--coder", "bo", "--role", "leder"]),
        ({"where": {"cluster": "nord"}}, ["--cluster", "nord"]),
    ):
        words = ["matrix", "--json", "--study", str(example.root), *options]
        said = json.loads(CliRunner().invoke(main, words).stdout)
        numbers = [
            (row["id"], c["column"], c["n_mentioning"], c["n_codings"]) for row in said["rows"] for c in row["cells"]
        ]
        cells = example.records("cells", **part)
        assert [(c["theme"], c["column"], c["n_mentioning"], c["n_codings"]) for c in cells] == numbers
        excerpts = [(e["text"], e["citation"]) for row in said["rows"] for c in row["cells"] for e in c["excerpts"]]
        shown = [e for row in example.matrix(**part).rows for cell in row.cells for e in cell.excerpts]
        assert [(e.text, example.cite(e)) for e in shown] == excerpts


def test_a_cell_holds_the_codings_themselves(example: crosscase.OpenStudy) -> None:
    cell = example.cell("prioritering", "few")
    assert cell.n_mentioning == 5 and cell.n_applicable == 6
    coding = cell.codings[0]
    assert coding in example.codings
    assert example.source(coding.source).text[coding.start : coding.end] == coding.quote
    assert example.cite(coding).startswith("Birkeby")
    for wrong, said in ((("ressurser", "few"), "did you mean 'ressourcer'"), (("ressourcer", "fewer"), "no column")):
        with pytest.raises(KeyError, match=said):
            example.cell(*wrong)


def test_charts_and_findings_are_values_with_their_ledger(example: crosscase.OpenStudy) -> None:
    finding = example.findings[0]
    ledger = example.ledger(finding)
    assert ledger == example.ledger(finding.id)
    assert isinstance(ledger, crosscase.Ledger) and isinstance(ledger.cases[0], crosscase.CaseStand)
    low, high = ledger.bounds
    assert 0 <= low <= high <= 1 and ledger.n_applicable <= ledger.n == len(ledger.cases)
    chart = example.charts[0]
    assert example.chart(chart.case, chart.theme) == chart
    assert not example.staleness(chart).is_stale
    for wrong in ((chart.case, "x"), ("x", chart.theme)):
        with pytest.raises(KeyError, match="there is no"):
            example.chart(*wrong)
    with pytest.raises(KeyError, match="no finding 'f-none'"):
        example.ledger("f-none")


def test_records_have_the_same_keys_in_every_row(example: crosscase.OpenStudy) -> None:
    counts = {what: len(example.records(what)) for what in ("codings", "cases", "sources", "cells", "states")}
    assert counts == {"codings": len(example.codings), "cases": 9, "sources": 14, "cells": 30, "states": 135}
    for what in counts:
        assert len({tuple(row) for row in example.records(what)}) == 1
    assert {row["coder"] for row in example.records("codings", coder="bo")} == {"bo"}
    assert {row["source"] for row in example.records("codings", roles="sagsbehandler", where={"cluster": "nord"})} == {
        "askhavn-sagsbehandler", "birkeby-sagsbehandler", "elmsted-faelles",
    }  # fmt: skip
    framework = example.framework()
    assert [row["state"] for row in example.records("states")] == [c.state for row in framework.cells for c in row]


def test_what_nothing_has_is_an_error_and_not_an_empty_answer(example: crosscase.OpenStudy) -> None:
    for wrong, said in (
        ({"roles": ["direktør"]}, "no role 'direktør'; there are: leder, sagsbehandler"),
        ({"where": {"region": "nord"}}, "no attribute 'region'"),
    ):
        with pytest.raises(ValueError, match=said):
            example.matrix(**wrong)
    with pytest.raises(ValueError, match="there are: codings"):
        example.records("themes")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no kind 'pdf'"):
        example.build("pdf")
    with pytest.raises(crosscase.StudyError, match="has no codings") as caught:
        example.matrix(coder="cleo")
    assert caught.value.problems[0].rule == "unknown-coder"


def test_problems_are_values(make_study: Callable[..., Path]) -> None:
    root = make_study("=== sources/k.md\n---\ncase: nowhere\n---\n\nTekst.\n")
    study = crosscase.open_study(root)
    assert [p.rule for p in crosscase.errors(study.problems)] == ["unknown-case"]
    assert {p.rule for p in study.problems} <= {p.rule for p in study.check()}
    assert study.build().stopped and not (root / "build").exists()


def test_a_data_frame_needs_pandas_and_says_so(example: crosscase.OpenStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        example.frame("states")
    monkeypatch.setitem(sys.modules, "pandas", pandas_of(rows := []))
    example.frame("states", coder="bo")
    assert rows == [example.records("states", coder="bo")]


def pandas_of(rows: list[object]) -> types.ModuleType:
    """A module in the place of pandas that remembers what a data frame would be made from."""
    module = types.ModuleType("pandas")
    module.DataFrame = types.SimpleNamespace(from_records=lambda r: rows.append(r) or Frame())  # type: ignore[attr-defined]
    return module


class Frame:
    def pivot(self, **_: str) -> None: ...


def test_building_and_comparing(tmp_path: Path) -> None:
    study = crosscase.open_study(crosscase.write_example(tmp_path / "study"))
    assert set(study.build("json").written) == {"matrix.json", "manifest.json"}
    assert study.diff().equal
    with pytest.raises(crosscase.StudyError, match=r"no folder here and no revision|no git revision"):
        study.diff("HEAD~99")


def test_the_code_on_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.chdir(tmp_path)
    root = crosscase.write_example("my-study")
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    nobody = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "-q"], ["add", "-A"], *(["commit", "-q", "--allow-empty", "-m", str(n)] for n in range(4))):
        subprocess.run(["git", *who, *words], cwd=root, check=True, env=nobody)
    monkeypatch.setitem(sys.modules, "pandas", pandas_of([]))
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "library.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    assert len(blocks) == 4 and names["cell"]
