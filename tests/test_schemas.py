"""The JSON Schemas in docs/schemas describe the files that the program reads and writes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from corpus.new_study import copy_study
from reports.build import build

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "cli" / "example_study"


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("schemas") / "study"
    copy_study(EXAMPLE, root)
    build(root, kinds=("json",))
    return root


def as_text(value: Any) -> Any:
    """YAML's dates and numbers as the words that were written, which is how crosscase reads them."""
    if isinstance(value, dict):
        return {key: as_text(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_text(entry) for entry in value]
    return value if isinstance(value, str | bool) else str(value)


def test_the_example_study_is_what_the_schemas_say(built: Path) -> None:
    jsonschema.validate(tomllib.loads((EXAMPLE / "study.toml").read_text("utf-8")), schema("study"))
    jsonschema.validate(as_text(yaml.safe_load((EXAMPLE / "codebook.yaml").read_text("utf-8"))), schema("codebook"))
    for folder in ("charts", "findings"):
        for file in (EXAMPLE / folder).glob("*.yaml"):
            jsonschema.validate(as_text(yaml.safe_load(file.read_text("utf-8"))), schema(folder))
    for source in (EXAMPLE / "sources").glob("*.md"):
        front = source.read_text("utf-8").split("---")[1]
        jsonschema.validate(as_text(yaml.safe_load(front)), schema("source"))
    for log in (EXAMPLE / "codings").rglob("*.jsonl"):
        for line in log.read_text("utf-8").splitlines():
            jsonschema.validate(json.loads(line), schema("event"))
    jsonschema.validate(json.loads((built / "build" / "matrix.json").read_text("utf-8")), schema("matrix"))
    jsonschema.validate(json.loads((built / "build" / "manifest.json").read_text("utf-8")), schema("manifest"))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("study", {"title": "T"}),
        ("study", {"format": "crosscase-study/1", "title": "T", "tittle": "x"}),
        ("codebook", {"themes": [{"id": "Æ", "label": "x"}]}),
        ("codebook", {"themes": [{"id": "a"}]}),
        ("source", {"kind": "novel"}),
        ("charts", {"theme": "a", "charts": [{"case": "b"}]}),
        ("findings", {"theme": "a", "findings": [{"id": "f-1", "text": "T", "stances": {"b": "agrees"}}]}),
        ("event", {"op": "add", "id": "c1"}),
        ("event", {"op": "highlight", "id": "c1"}),
        ("matrix", {"format": "crosscase-matrix/2"}),
    ],
)
def test_what_is_wrong_does_not_pass(name: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema(name))
