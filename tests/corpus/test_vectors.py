"""Vectors of words: text files and spaCy pipelines, only the words asked for, and what is missing is said."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.study import Study, read_study
from corpus.vectors import VECTORS_FOLDER, check_embeddings, read_vectors

Make = Callable[..., Path]
LINES = "4 3\nSag 9 9 9\nsag 1 0 0.5\npenge 0 1 -2e-1\nsag 5 5 5\nto ord 1 2 3\nkort 1 2\nHus 0 0 1\n"


def study(make: Make, name: str, data: bytes | None = None) -> Study:
    root = make(f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "P"\n[suggest]\nembeddings = "{name}"\n')
    if data is not None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return read_study(root)[0]


@pytest.mark.parametrize("name", ["da.vec", "models/da.txt", "da.vec.gz", "no-heading.txt"])
def test_a_text_file_gives_the_words_asked_for(make_study: Make, name: str) -> None:
    text = LINES if name != "no-heading.txt" else LINES.partition("\n")[2]
    data = gzip.compress(text.encode(), mtime=0) if name.endswith(".gz") else text.encode()
    found, problems = read_vectors(study(make_study, name, data), ["Sag", "penge", "hus", "to", "kort", "ukendt"])
    assert problems == [] and found is not None
    assert sorted(found.rows) == ["hus", "penge", "sag"]
    assert np.allclose(found.values[found.rows["sag"]], [1, 0, 0.5]), "small letters and the first line count"
    assert np.allclose(found.values[found.rows["penge"]], [0, 1, -0.2])
    assert found.name == Path(name).name and len(found.version) == 12


def test_what_was_found_is_kept_and_asked_again_only_for_other_words(
    make_study: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import corpus.vectors

    of = study(make_study, "da.vec", LINES.encode())
    first, _ = read_vectors(of, ["sag", "ukendt"])
    assert len(list((of.root / VECTORS_FOLDER).iterdir())) == 1
    reads: list[Path] = []
    plain = corpus.vectors._read_file
    monkeypatch.setattr(corpus.vectors, "_read_file", lambda path, wanted: reads.append(path) or plain(path, wanted))
    again, _ = read_vectors(of, ["ukendt", "sag"])
    assert reads == [] and first is not None and again is not None
    assert again.rows == first.rows and again.version == first.version and (again.values == first.values).all()
    more, _ = read_vectors(of, ["penge"])
    assert len(reads) == 1 and more is not None and list(more.rows) == ["penge"]


def test_another_file_of_the_same_name_has_another_version(make_study: Make) -> None:
    of = study(make_study, "da.vec", LINES.encode())
    first, _ = read_vectors(of, ["sag"])
    (of.root / "da.vec").write_bytes(LINES.replace("0.5", "0.75").encode())
    second, _ = read_vectors(of, ["sag"])
    assert first is not None and second is not None
    assert first.version != second.version and second.values[0, 2] == 0.75


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("da.vec", None),
        ("da_core_news_xx", None),
        ("models/none", None),
        ("click", None),
        ("da.vec", b""),
        ("da.vec", b"ikke tal\nheller ikke\n"),
        ("da.vec.gz", b"\x1f\x8b broken"),
        ("da.vec.gz", gzip.compress(b"sag 1 2\n" * 1000, mtime=0)[:-20]),
        ("da.vec", b"sag nan inf\n"),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_no_traceback(make_study: Make, name: str, data: bytes | None) -> None:
    found, problems = read_vectors(study(make_study, name, data), ["sag"])
    assert found is None
    assert [(p.rule, p.file) for p in problems] == [("missing-embeddings", "study.toml")]


def test_vectors_of_another_language_are_not_taken_and_then_ignored(make_study: Make) -> None:
    found, problems = read_vectors(study(make_study, "da.vec", LINES.encode()), ["cheval", "maison"])
    assert found is None and "none of the 2 words" in problems[0].message


def test_vectors_of_a_spacy_pipeline_saved_in_the_study(make_study: Make) -> None:
    import spacy

    of = study(make_study, "models/tiny")
    assert [p.rule for p in check_embeddings(of)] == ["missing-embeddings"]
    nlp = spacy.blank("da")
    for word, value in (("sag", [1.0, 0.0]), ("Hus", [0.0, 2.0])):
        nlp.vocab.set_vector(word, np.array(value, dtype="f4"))
    (of.root / "models").mkdir()
    nlp.to_disk(of.root / "models" / "tiny")
    found, problems = read_vectors(of, ["sag", "hus", "ukendt"])
    assert problems == [] and found is not None
    assert found.rows == {"hus": 0, "sag": 1}
    assert found.values.tolist() == [[0.0, 2.0], [1.0, 0.0]]
    assert found.version.startswith("0.0.0-")


def test_a_pipeline_without_vectors_is_no_model_of_words(make_study: Make) -> None:
    import spacy

    of = study(make_study, "models/tiny")
    (of.root / "models").mkdir()
    spacy.blank("da").to_disk(of.root / "models" / "tiny")
    found, problems = read_vectors(of, ["sag"])
    assert found is None and "no vectors" in problems[0].message


def test_a_study_that_names_none_has_none(make_study: Make) -> None:
    assert read_vectors(read_study(make_study())[0], ["sag"]) == (None, [])
