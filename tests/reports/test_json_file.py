from __future__ import annotations

import json

import jsonschema
import msgspec
from report_values import SOURCES, coded_study, matrices

from reports.json_file import MatrixJson, matrix_json


def written() -> bytes:
    coded = coded_study()
    return matrix_json(matrices(coded)[0], coded.study)


def test_the_file_has_the_keys_of_its_format() -> None:
    whole = json.loads(written())
    assert whole["format"] == "crosscase-matrix/1"
    assert whole["columns"] == [
        {"id": "few", "label": "Tildeler få", "cases": ["birkeby", "elmsted"]},
        {"id": "many", "label": "Tildeler mange", "cases": ["askhavn"]},
    ]
    assert [row["id"] for row in whole["rows"]] == ["oekonomi", "ressourcer", "reform"]
    cell = whole["rows"][0]["cells"][0]
    excerpts = cell.pop("excerpts")
    assert cell == {
        "column": "few", "states": {"birkeby": "mentioned", "elmsted": "not_asked"}, "n_group": 2, "n_asked": 1,
        "n_applicable": 2, "n_unknown": 0, "n_mentioning": 1, "n_codings": 3,
    }  # fmt: skip
    assert excerpts[1] == {
        "source": "birkeby-leder", "start": 80, "end": 99, "text": "Budgettet er stramt",
        "citation": "Birkeby, leder, afsnit 1", "codings": ["a2"],
    }  # fmt: skip


def test_every_excerpt_is_a_slice_of_its_source() -> None:
    texts = {source.id: source.text for source in SOURCES}
    excerpts = [e for row in json.loads(written())["rows"] for cell in row["cells"] for e in cell["excerpts"]]
    assert excerpts
    assert all(e["text"] == texts[e["source"]][e["start"] : e["end"]] for e in excerpts)


def test_the_file_fits_the_schema_made_from_its_types() -> None:
    jsonschema.validate(json.loads(written()), msgspec.json.schema(MatrixJson))
    assert msgspec.json.decode(written(), type=MatrixJson, strict=True).coders == ("ana",)


def test_the_file_can_be_read_by_people_and_compared_by_lines() -> None:
    lines = written().decode().split("\n")
    assert lines[1] == '  "format": "crosscase-matrix/1",'
    assert lines[-1] == "" and lines[-2] == "}"
    assert written() == written()
