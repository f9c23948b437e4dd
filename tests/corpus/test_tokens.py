"""The token index: right positions, kept between runs, and the same with and without what was kept."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.segment import load_pipeline, segment
from corpus.source import FrontMatter, Source
from corpus.study import read_study
from corpus.tokens import TOKENS_FOLDER, check_nlp, read_tokens, token_index

STUDY = """\
=== sources/a.md
---
case: birkeby
---
# Sager

Sagerne er tunge 🙂. Lægekonsulentens ord vejer, f.eks. i it-systemet.

»Ja.« En sag til.
=== sources/b.md
---
case: askhavn
language: en
---
The cases were heavy. They weren't new.
=== sources/c.md
---
case: askhavn
---

=== codebook.yaml
themes: []
"""


def index_of(text: str, language: str = "da"):
    nlp, _ = load_pipeline(language, "blank")
    source = Source("s", FrontMatter(), text)
    return source, token_index(source, segment(source, nlp), language)


@pytest.fixture
def study(make_study):
    return read_study(make_study(STUDY))[0]


def kept(study) -> list[Path]:
    return sorted((study.root / TOKENS_FOLDER).glob("*.msgpack"))


@settings(deadline=None)  # the first example loads spaCy or a dictionary
@given(st.lists(st.sampled_from(["Sagen", "sager", "é", "🙂", "İ", ".", "»", "«", "\n\n", "Ja", "1."]), max_size=30))
def test_every_token_slices_to_its_word_and_every_entry_finds_its_tokens(pieces):
    source, index = index_of(" ".join(pieces))
    for token, entry in enumerate(index.entries):
        assert source.text[index.starts[token] : index.ends[token]].lower() == index.words[entry]
        first, last = index.sentence_span(index.sentence_of(token))
        assert first <= index.starts[token] < index.ends[token] <= last
        assert index.sentence_at(index.starts[token]) == index.sentence_of(token)
    found = {entry: list(index.tokens_of(entry)) for entry in range(len(index.words))}
    assert found == {e: [t for t, entry in enumerate(index.entries) if entry == e] for e in found}
    assert index.sentence_spans == sorted(index.sentence_spans)


def test_each_source_is_read_in_its_language(study):
    indexes, problems = read_tokens(study)
    assert problems == [] and set(indexes) == {"a", "b", "c"}
    danish = dict(zip(indexes["a"].words, indexes["a"].lemmas, strict=True))
    english = dict(zip(indexes["b"].words, indexes["b"].lemmas, strict=True))
    assert danish["lægekonsulentens"] == "lægekonsulent" and danish["it-systemet"] == "it-system"
    assert english["cases"] == "case" and english["were"] == "be"
    assert len(indexes["a"].paragraphs) == 4 and list(indexes["a"].paragraphs) == [1, 1, 2, 2]
    assert len(indexes["c"].words) == 0


def test_what_was_kept_is_what_would_be_made(study):
    made, _ = read_tokens(study)
    assert len(kept(study)) == 3
    times = [path.stat().st_mtime_ns for path in kept(study)]
    assert read_tokens(study)[0] == made
    assert [path.stat().st_mtime_ns for path in kept(study)] == times


def test_a_second_run_imports_neither_spacy_nor_simplemma(study):
    read_tokens(study)
    script = (
        "import sys, json; from pathlib import Path; from corpus.study import read_study; "
        "from corpus.tokens import read_tokens; study, _ = read_study(Path(sys.argv[1])); "
        "found, problems = read_tokens(study); "
        "print(json.dumps([len(found), len(problems), sorted({'spacy', 'simplemma', 'numpy'} & set(sys.modules))]))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(study.root)], capture_output=True, check=True)
    assert json.loads(done.stdout) == [3, 0, []]


@pytest.mark.parametrize("damage", ["empty", "garbage", "cut", "other words", "numbers too large", "odd bytes"])
def test_a_damaged_index_is_made_again(study, damage):
    made, _ = read_tokens(study)
    for path in kept(study):
        data = path.read_bytes()
        entry = msgspec.msgpack.decode(data)
        changed = {
            "empty": b"",
            "garbage": b"\xc1not msgpack",
            "cut": data[: len(data) // 2],
            "other words": msgspec.msgpack.encode(entry | {"words": "one"}),
            "numbers too large": msgspec.msgpack.encode(entry | {"ends": b"\xff" * len(entry["ends"]), "firsts": b""}),
            "odd bytes": msgspec.msgpack.encode(entry | {"starts": entry["starts"] + b"x"}),
        }[damage]
        path.write_bytes(changed)
    assert read_tokens(study)[0] == made
    assert read_tokens(study)[0] == made


def test_an_edited_text_gets_a_new_index_and_the_old_one_goes(study):
    read_tokens(study)
    before = set(kept(study))
    path = study.root / "sources" / "a.md"
    path.write_text(path.read_text("utf-8").replace("tunge", "lette"), "utf-8")
    edited = read_study(study.root)[0]
    assert "lette" in read_tokens(edited)[0]["a"].words
    assert len(set(kept(study)) - before) == 1 and len(kept(study)) == 3


def test_a_study_that_cannot_be_written_works_all_the_same(study):
    made, _ = read_tokens(study)
    for path in kept(study):
        path.unlink()
    (study.root / TOKENS_FOLDER).rmdir()
    (study.root / TOKENS_FOLDER).write_text("a file stands where the folder would be")
    assert read_tokens(study) == (made, [])


def test_a_missing_pipeline_and_an_unknown_language_are_problems(make_study):
    toml = 'format = "crosscase-study/1"\ntitle = "Prøve"\n[nlp]\npipeline = "xx_not_there_md"\n'
    text = STUDY.replace("=== sources/c.md\n---\n", "=== sources/c.md\n---\nlanguage: tlh\n")
    study = read_study(make_study(f"=== study.toml\n{toml}{text}"))[0]
    indexes, problems = read_tokens(study)
    assert sorted(p.rule for p in problems) == ["missing-pipeline", "unknown-language"]
    assert problems == check_nlp(study)
    assert set(indexes) == {"b", "c"}  # not in the pipeline's language: these are read without it


PIPELINE = """
import spacy
from spacy.language import Language

@Language.component("crosscase_test_lemmas")
def _lemmas(doc):
    for token in doc:
        token.lemma_ = "LEMMA-" + token.text[:3]
    return doc

def load(**options):
    nlp = spacy.blank("da")
    nlp.add_pipe("crosscase_test_lemmas")
    return nlp
"""


def test_a_pipeline_that_study_toml_names_gives_the_lemmas(make_study, tmp_path, monkeypatch):
    site = tmp_path / "site"
    (site / "da_crosscase_test-1.0.dist-info").mkdir(parents=True)
    (site / "da_crosscase_test-1.0.dist-info" / "METADATA").write_text("Name: da-crosscase-test\nVersion: 1.0\n")
    (site / "da_crosscase_test.py").write_text(PIPELINE)
    monkeypatch.syspath_prepend(str(site))
    toml = 'format = "crosscase-study/1"\ntitle = "Prøve"\n[nlp]\npipeline = "da_crosscase_test"\n'
    study = read_study(make_study(f"=== study.toml\n{toml}{STUDY}"))[0]
    indexes, problems = read_tokens(study)
    assert problems == []
    assert dict(zip(indexes["a"].words, indexes["a"].lemmas, strict=True))["sagerne"] == "lemma-sag"
    assert dict(zip(indexes["b"].words, indexes["b"].lemmas, strict=True))["cases"] == "case"
