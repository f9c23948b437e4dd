"""One setting is changed, and nothing else in study.toml."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.new_study import write_new_study
from corpus.settings_file import typed_setting, with_setting

TEXT = (
    '# first\nformat = "crosscase-study/1"\ntitle = "T" # why\n\n'
    '# about groups\n[groups]\nattribute = "group"\n\n# last\n'
)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("title", "Nyt", TEXT.replace('"T"', '"Nyt"')),
        ("language", "en", TEXT.replace('# why\n', '# why\nlanguage = "en"\n')),
        ("groups.attribute", "size", TEXT.replace('"group"', '"size"')),
        ("groups.cluster", "nord", TEXT.replace('"group"\n', '"group"\ncluster = "nord"\n')),
        ("matrix.columns", ["a", "b"], TEXT + '\n[matrix]\ncolumns = ["a", "b"]\n'),
        ("groups.labels.få", "x", TEXT + '\n[groups.labels]\n"få" = "x"\n'),
    ],
)  # fmt: skip
def test_only_the_setting_changes(key: str, value: object, expected: str) -> None:
    assert with_setting(TEXT, key, value).rstrip("\n") == expected.rstrip("\n")


@given(st.text(min_size=1), st.sampled_from(["title", "description", "matrix.coders", "groups.labels.a b", "coders.x"]))
def test_any_value_comes_back_and_all_others_stay(value: str, key: str) -> None:
    changed = tomllib.loads(with_setting(TEXT, key, value))
    *tables, last = key.split(".")
    place = changed
    for name in tables:
        place = place[name]
    assert place.pop(last) == value
    before = tomllib.loads(TEXT)
    before.pop("title") if key == "title" else None
    assert changed["format"] == before["format"]
    assert changed["groups"]["attribute"] == "group"


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("matrix.excerpts", ["3"], 3),
        ("matrix.excerpts", ["three"], "three"),
        ("matrix.columns", ["few"], ["few"]),
        ("matrix.coders", ["ana"], "ana"),
        ("matrix.coders", ["ana", "bo"], ["ana", "bo"]),
        ("constructed", ["true"], True),
        ("coders.ana", ["Ana"], "Ana"),
        ("nope", ["1"], None),
        ("matrix", ["1"], None),
        ("groups.labels", ["1"], None),
        ("title.x", ["1"], None),
    ],
)
def test_a_value_gets_the_kind_of_its_setting(key: str, values: list[str], expected: object) -> None:
    assert typed_setting(key, values) == expected


def test_a_new_study_can_be_set_up_by_settings_alone(tmp_path) -> None:  # type: ignore[no-untyped-def]
    write_new_study(tmp_path, "T", "da")
    text = (tmp_path / "study.toml").read_text("utf-8")
    text = with_setting(with_setting(text, "matrix.columns", ["few", "many"]), "groups.labels.few", "Få")
    assert '# few = "Municipalities that grant few"\n# many = "Municipalities that grant many"\nfew = "Få"\n\n' in text
    assert tomllib.loads(text)["matrix"] == {"excerpts": 2, "columns": ["few", "many"]}
