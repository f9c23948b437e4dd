"""`crosscase evaluate` in its three forms: terminal, page and json, for oneself and against another coder."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from cli.main import main
from corpus.new_study import copy_study

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "evaluation.schema.json"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluate") / "study"
    with as_file(files("cli") / "example_study") as example:
        copy_study(example, folder)
    return folder


def run(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["evaluate", *words, "--quick", "--study", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture(scope="module")
def as_json(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], bytes]:
    page = tmp_path_factory.mktemp("page") / "e.html"
    result = run(root, "--coder", "ana", "--against", "bo", "--hide-headings", "--json", "--html", str(page))
    assert result.exit_code == 0 and f"wrote  {page}" in result.stderr
    value: dict[str, Any] = json.loads(result.stdout)
    return value, page.read_bytes()


def test_the_json_is_what_its_schema_says(as_json: tuple[dict[str, Any], bytes]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(as_json[0], schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_json[0] | {"format": "crosscase-evaluation/2"}, schema)


def test_json_and_page_hold_the_same_numbers(as_json: tuple[dict[str, Any], bytes]) -> None:
    value, page = as_json
    assert (value["coder"], value["against"]) == ("ana", "bo")
    assert value["method"]["headings_hidden"] and [s.partition("/")[0] for s in value["method"]["suggesters"]] == [
        "text",
        "patterns",
    ]
    top1 = f"{100 * value['curve'][-1]['top1']['value']:.1f}".replace(".", ",")
    assert top1 in page.decode()
    assert 0 < value["agreement"]["value"] < 1
    assert all(entry["count"] == len(entry["places"]) for entry in value["confusions"])
    wrong = sum(code["given"] - code["right"] for code in value["codes"])
    assert 0 < sum(entry["count"] for entry in value["confusions"] if entry["given"]) <= wrong


def test_the_terminal_shows_confusions_and_how_far_two_coders_agree(root: Path) -> None:
    said = " ".join(run(root, "--coder", "ana", "--against", "bo", "--hide-headings").output.split())
    assert "against what bo said" in said
    assert "ana's own codings agree with bo's on" in said
    assert "Which theme is taken for which" in said and "¶" in said
    assert "Brier score" in said


def test_against_oneself_is_what_is_measured_anyway(root: Path) -> None:
    result = run(root, "--coder", "ana", "--against", "ana", "--hide-headings", "--json")
    value = json.loads(result.stdout)
    assert value["against"] == "" and value["agreement"] is None


def test_twice_the_same_page(root: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        assert run(root, "--coder", "bo", "--html", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_page_never_takes_the_place_of_a_part_of_the_study(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()
    result = run(root, "--coder", "ana", "--html", str(root / "codebook.yaml"))
    assert result.exit_code == 2 and (root / "codebook.yaml").read_bytes() == before


def test_a_page_in_a_folder_that_is_not_there_is_misuse_before_anything_is_measured(root: Path, tmp_path: Path) -> None:
    result = run(root, "--coder", "ana", "--html", str(tmp_path / "none" / "e.html"))
    assert result.exit_code == 2 and "Suggestions learned" not in result.output
