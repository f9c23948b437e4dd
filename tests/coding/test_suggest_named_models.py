"""A pipeline or a model of word vectors that study.toml names: used, reported, and never replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from language_studies import study_text

from cli.main import main
from coding.coded_study import CodedStudy, read_coded_study
from coding.suggest.model import fit
from coding.suggest.named_models import asked, pipeline_label
from coding.suggest.segment_list import segments

Make = Callable[..., Path]
SYNONYMS = """\
=== codebook.yaml
themes:
- {id: ledighed, label: Arbejdsløshed}
- {id: bolig, label: Bolig}
- {id: helbred, label: Helbred}
=== sources/k.md
---
case: birkeby
---

Mange går ledige i månedsvis.

De bor til leje i en kælder.

Ryggen gør ondt.
"""
VECTORS = """\
arbejdsløshed 1 0 0
ledige 0.9 0.1 0
bolig 0 1 0
leje 0.1 0.9 0
kælder 0 0.9 0.1
helbred 0 0 1
ryggen 0 0.1 0.9
ondt 0.1 0 0.9
"""


def settings(**suggest: str) -> str:
    lines = "".join(f'{key} = "{value}"\n' for key, value in suggest.items())
    return f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "P"\n[suggest]\nunlock = "always"\n{lines}'


def read(root: Path) -> CodedStudy:
    return read_coded_study(root)[0]


def run(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [*words, "--study", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def lemmatising_pipeline(folder: Path) -> None:
    """A real spaCy pipeline, saved: a tokeniser and a lemmatiser, by whose table `sygedagpengesagerne` is `ydelse`."""
    import spacy
    from spacy.lookups import Lookups

    nlp = spacy.blank("da")
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {"Sygedagpengesagerne": "ydelse", "sygedagpengesagerne": "ydelse"})
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=lookups)
    nlp.meta["name"], nlp.meta["version"] = "tiny", "1.2.3"
    folder.mkdir(parents=True)
    nlp.to_disk(folder)


def test_vectors_find_what_letters_do_not_and_say_so_in_the_origin(make_study: Make) -> None:
    root = make_study(settings(embeddings="da.vec") + SYNONYMS)
    (root / "da.vec").write_text(VECTORS, "utf-8")
    coded = read(root)
    model = fit(coded, None)
    found = model.suggest(segments(coded)["k"])
    assert [s.suggestions[0].code for s in found] == ["ledighed", "bolig", "helbred"]
    assert found[0].suggestions[0].origin.startswith("crosscase/2+embeddings/da.vec-")
    text = coded.study.source_by_id["k"].text
    assert "ledige" in [text[a:b] for a, b in found[0].suggestions[0].evidence]
    plain = read(make_study(settings() + SYNONYMS, "plain"))
    assert all(
        s.origin == "crosscase/2" for of in fit(plain, None).suggest(segments(plain)["k"]) for s in of.suggestions
    )


def test_the_same_vectors_give_the_same_suggestions_with_and_without_what_was_kept(make_study: Make) -> None:
    root = make_study(settings(embeddings="da.vec") + SYNONYMS)
    (root / "da.vec").write_text(VECTORS, "utf-8")
    first, second = (run(root, "suggest", "--json").stdout for _ in range(2))
    assert first == second and json.loads(first.splitlines()[0])["suggestions"]


def test_a_pipeline_in_a_folder_gives_the_lemmas_and_stands_in_the_origin(make_study: Make) -> None:
    root = make_study(study_text("da", '[nlp]\npipeline = "./models/tiny"\n[suggest]\nunlock = "always"\n'))
    lemmatising_pipeline(root / "models" / "tiny")
    coded = read(root)
    found = asked(coded)
    assert found.missing == () and found.problems == ()
    model = fit(coded, "ana", indexes=found.indexes, suggesters=found.suggesters)
    assert model.view.lemmas["sygedagpengesagerne"] == "ydelse"
    assert pipeline_label(coded.study).startswith("tiny/1.2.3-")
    assert model.origin == f"crosscase/2+{pipeline_label(coded.study)}"
    assert fit(coded, "ana").origin == "crosscase/2", "without its indexes the pipeline had no part in it"
    origin = json.loads(run(root, "suggest", "--all", "--json", "--coder", "ana").stdout.splitlines()[0])
    assert origin["suggestions"][0]["origin"] == model.origin


def test_a_pipeline_that_was_trained_again_has_another_version(make_study: Make) -> None:
    root = make_study(study_text("da", '[nlp]\npipeline = "./models/tiny"\n'))
    lemmatising_pipeline(root / "models" / "tiny")
    study = read(root).study
    before = pipeline_label(study)
    (root / "models" / "tiny" / "tokenizer").write_bytes(b"x")
    assert pipeline_label(study) != before


@pytest.mark.parametrize(
    ("extra", "rule"),
    [
        ('[nlp]\npipeline = "da_core_news_xx"\n', "missing-pipeline"),
        ('[nlp]\npipeline = "./models/none"\n', "missing-pipeline"),
        ('[suggest]\nembeddings = "da.vec"\n', "missing-embeddings"),
    ],
)
@pytest.mark.parametrize("command", [("suggest", "--unlock"), ("evaluate", "--coder", "ana", "--quick")])
def test_a_model_that_is_named_and_missing_stops_and_nothing_takes_its_place(
    extra: str, rule: str, command: tuple[str, ...], make_study: Make
) -> None:
    result = run(make_study(study_text("da", extra)), *command)
    assert result.exit_code == 1
    assert rule in result.output and "nothing else takes its place" in result.output
    assert "birkeby.md" not in result.output and "first" not in result.output


def test_as_a_library_a_missing_model_is_an_error_too(make_study: Make) -> None:
    with pytest.raises(LookupError, match="missing-embeddings"):
        fit(read(make_study(study_text("da", '[suggest]\nembeddings = "da.vec"\n'))), "ana")


@pytest.mark.parametrize(("written", "wanted"), [("0.8", 0.8), ("1.5", 0.9), ("0.0", 0.9), ("nan", 0.9)])
def test_a_precision_that_is_no_share_is_a_problem_and_not_gone_by(
    make_study: Make, written: str, wanted: float
) -> None:
    coded, problems = read_coded_study(make_study(study_text("da", f"[suggest]\nprecision = {written}\n")))
    assert fit(coded, None).precision == wanted
    assert any("'precision'" in problem.message for problem in problems) == (float(written) != wanted)
