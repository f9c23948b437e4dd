"""Suggestions in Danish, Norwegian, Swedish, German and English: the same path, and inflected compounds are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from language_studies import COMPOUNDS, THEMES, study_text

from coding.coded_study import CodedStudy, read_coded_study
from coding.suggest.evaluate import ALL, evaluate
from coding.suggest.model import fit
from coding.suggest.segment_list import segments
from corpus.compounds import compound_parts
from corpus.lemmas import lemma
from corpus.problems import errors

Make = Callable[..., Path]
WRITTEN = [(language, language) for language in THEMES] + [("nb", "no")]


def read(root: Path) -> CodedStudy:
    coded, problems = read_coded_study(root)
    assert errors(problems) == []
    return coded


@pytest.mark.parametrize(("language", "written"), WRITTEN)
def test_an_inflected_compound_leads_to_its_theme_and_is_what_speaks_for_it(
    language: str, written: str, make_study: Make
) -> None:
    coded = read(make_study(study_text(language, write_as=written)))
    model = fit(coded, None)
    assert model.view.language == language
    text = coded.study.source_by_id["birkeby"].text
    first = model.suggest(segments(coded)["birkeby"])[0].suggestions[0]
    assert first.code == THEMES[language][0][0]
    said = " ".join(text[start:end] for start, end in first.evidence)
    assert COMPOUNDS[language].split("-")[0] in said


@pytest.mark.parametrize("language", THEMES)
def test_most_segments_are_ranked_right_without_any_coding(language: str, make_study: Make) -> None:
    coded = read(make_study(study_text(language)))
    found = fit(coded, None).suggest([s for of in segments(coded).values() for s in of])
    right = {(c.source, c.start): c.code for c in coded.codings}
    assert len(right) == 12
    assert sum(right[s.source, s.start] == s.suggestions[0].code for s in found) >= 10


@pytest.mark.parametrize(("language", "written"), WRITTEN)
def test_an_evaluation_runs_and_says_that_there_is_too_little(language: str, written: str, make_study: Make) -> None:
    found = evaluate(read(make_study(study_text(language, write_as=written))), "ana", passages=(0, ALL))
    assert (found.cases, found.segments) == (4, 12)
    assert "too few" in found.too_few
    assert all(point.top1.value is not None and point.top1.value > 0.5 for point in found.curve)


@pytest.mark.parametrize(
    ("language", "word", "part"),
    [
        ("da", "lægekonsulentens", "læge"), ("nb", "rådgivningslegenes", "lege"), ("nn", "bustadmangelen", "bustad"),
        ("sv", "försäkringsläkarens", "läkare"), ("de", "krankengeldanträge", "krankengeld"),
    ],
)  # fmt: skip
def test_compounds_are_split_where_the_language_compounds(language: str, word: str, part: str) -> None:
    assert part in compound_parts([word], language, ["bustad", "mangel"])[word]
    assert word not in compound_parts([word], "en")


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [("nb", "husene", "hus"), ("nn", "sakene", "sak"), ("sv", "ärendena", "ärende"), ("de", "Anträge", "antrag"),
     ("en", "cases", "case"), ("da", "sagerne", "sag")],
)  # fmt: skip
def test_inflected_words_have_lemmas_in_every_language(language: str, word: str, expected: str) -> None:
    assert lemma(word, language) == expected


@pytest.mark.parametrize("language", ["nb", "sv", "de"])
def test_a_study_in_another_language_has_english_reports(language: str, make_study: Make) -> None:
    from reports.build import build

    root = make_study(study_text(language, '[matrix]\ncoders = "ana"\n'))
    build(root, kinds=("html", "json", "md"))
    page = (root / "build" / "matrix.html").read_text("utf-8")
    assert '<html lang="en">' in page and "mentioned" in page
    assert '"language": "en"' in (root / "build" / "matrix.json").read_text("utf-8")
