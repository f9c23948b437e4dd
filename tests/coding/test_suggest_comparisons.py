"""Whether a named model helps: the same held-out segments with it and without, and an honest verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest

from coding.coded_study import CodedStudy, read_coded_study
from coding.suggest.comparisons import verdict
from coding.suggest.confusions import confusions
from coding.suggest.evaluate import ALL, evaluate
from coding.suggest.evaluation import Compared
from coding.suggest.measures import Interval, calibration_quality, per_code, reach
from coding.suggest.named_models import asked
from coding.suggest.segment_list import Segment

Make = Callable[..., Path]
THEMES = ("arbejde", "bolig", "helbred")
CASES = 6


def word(theme: int, number: int) -> str:
    """A word of no language; words of one theme have nothing in common but their vectors."""
    chance = Random(f"{theme} {number}")
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiouy") for _ in range(4))


def synonym_study(make: Make, vectors: str = "", theme_words: int = 6) -> CodedStudy:
    """Six cases; every segment has words that no other segment has, so that only vectors can tell its theme."""
    parts = [
        '=== study.toml\nformat = "crosscase-study/1"\ntitle = "P"\n[suggest]\nsuggesters = ["text"]\n'
        + ('embeddings = "da.vec"\n' if vectors else ""),
        "=== cases.csv\nid,label,group\n" + "".join(f"c{n},C{n},{'few' if n < 3 else 'many'}\n" for n in range(CASES)),
        "=== codebook.yaml\nthemes:\n" + "".join(f"- {{id: {t}, label: {t.capitalize()}}}\n" for t in THEMES),
    ]
    lines = []
    for case in range(CASES):
        text, events = "", []
        for place in range(6):
            theme = (place * 2 + case) % 3
            number = case * 12 + place * 2
            said = f"{word(theme, number)} {word(theme, number + 1)}"
            start = len(text)
            text += said + "\n\n"
            events.append({"op": "add", "id": f"e{case}{place}", "code": THEMES[theme], "start": start,
                           "end": start + len(said), "quote": said})  # fmt: skip
            for n in (number, number + 1):
                place_of = {"good": theme, "noise": (n * 5 + case) % 3}.get(vectors, 0)
                lines.append(f"{word(theme, n)} {' '.join('1' if i == place_of else '0.05' for i in range(3))}")
        parts.append(f"=== sources/s{case}.md\n---\ncase: c{case}\n---\n\n{text.strip()}\n")
        parts.append(f"=== codings/ana/s{case}.jsonl\n" + "".join(json.dumps(event) + "\n" for event in events))
    root = make("".join(part if part.endswith("\n") else part + "\n" for part in parts), f"study-{vectors}")
    lines += [f"{theme} {' '.join('1' if i == n else '0' for i in range(3))}" for n, theme in enumerate(THEMES)]
    (root / "da.vec").write_text("\n".join(lines) + "\n", "utf-8")
    coded, _ = read_coded_study(root)
    return coded


def test_vectors_that_know_what_letters_do_not_are_said_to_improve(make_study: Make) -> None:
    found = evaluate(synonym_study(make_study, "good"), "ana", passages=(0, ALL))
    (compared,) = found.comparisons
    assert (compared.what, compared.verdict) == ("embeddings", "improves")
    for point in compared.points:
        assert point.with_it.value is not None and point.without_it.value is not None and point.gain.low is not None
        assert point.with_it.value > point.without_it.value
        assert point.gain.value == pytest.approx(point.with_it.value - point.without_it.value)
        assert point.gain.low > 0
    assert found.method.embeddings == compared.name
    assert compared.points[-1].with_it == found.curve[-1].top1, "the same rankings as the learning curve's"


def test_vectors_that_know_nothing_are_not_said_to_improve(make_study: Make) -> None:
    found = evaluate(synonym_study(make_study, "noise"), "ana", passages=(0, ALL))
    assert [entry.verdict for entry in found.comparisons] in (["unclear"], ["harms"])


def test_a_study_that_names_no_model_has_nothing_to_compare(make_study: Make) -> None:
    assert evaluate(synonym_study(make_study), "ana", passages=(0,)).comparisons == ()


def test_a_pipeline_is_compared_with_the_blank_one(make_study: Make) -> None:
    import spacy
    from spacy.lookups import Lookups

    coded = synonym_study(make_study)
    words = {word(t, n): THEMES[t] for t in range(3) for n in range(CASES * 12 + 1)}
    nlp, lookups = spacy.blank("da"), Lookups()
    lookups.add_table("lemma_lookup", words)
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=lookups)
    nlp.to_disk(coded.study.root / "tiny")
    toml = coded.study.root / "study.toml"
    toml.write_text(toml.read_text("utf-8") + '[nlp]\npipeline = "./tiny"\n', "utf-8")
    coded, _ = read_coded_study(coded.study.root)
    found = asked(coded)
    result = evaluate(coded, "ana", indexes=found.indexes, suggesters=found.suggesters, passages=(0, ALL))
    (compared,) = result.comparisons
    assert (compared.what, compared.verdict) == ("pipeline", "improves")
    assert result.method.pipeline == compared.name and compared.name.startswith("tiny/")
    before = sorted(path.name for path in (coded.study.root / ".crosscase" / "tokens").iterdir())
    asked(coded)
    assert sorted(path.name for path in (coded.study.root / ".crosscase" / "tokens").iterdir()) == before


@pytest.mark.parametrize(
    ("gains", "said"),
    [
        ([(0.01, 0.2), (-0.1, 0.1)], "improves"),
        ([(-0.2, -0.01), (-0.1, 0.1)], "harms"),
        ([(-0.1, 0.1)], "unclear"),
        ([(0.1, 0.2), (-0.2, -0.1)], "unclear"),
        ([(None, None)], "unclear"),
    ],
)
def test_a_verdict_goes_by_the_intervals(gains: list[tuple[float | None, float | None]], said: str) -> None:
    nothing = Interval(None, None, None)
    assert verdict([Compared(0, nothing, nothing, Interval(0.0, low, high)) for low, high in gains]) == said


def test_confusions_name_both_themes_the_places_and_what_they_are_of() -> None:
    scores = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.1, 0.2, 0.7]])
    right = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    segments = [Segment("s", n * 10, n * 10 + 5, n + 1, "x") for n in range(4)]
    found = confusions(scores, right, ["a", "b", "c"], segments)
    said = [(entry.given, entry.proposed, entry.count, entry.of) for entry in found]
    assert said == [("b", "a", 2, 2), ("", "c", 1, 1), ("c", "a", 1, 1)]
    assert [(p.source, p.start, p.paragraph) for p in found[0].places] == [("s", 10, 2), ("s", 20, 3)]
    assert confusions(scores[:0], right[:0], ["a", "b", "c"], []) == ()


def test_reach_goes_from_few_proposals_to_all() -> None:
    scores = np.array([[0.9, 0.1], [0.8, 0.2], [0.8, 0.2], [0.6, 0.4]])
    right = np.array([[1, 0], [0, 1], [1, 0], [1, 0]], dtype=bool)
    assert [(step.coverage, step.right) for step in reach(scores, right)] == [(0.25, 1.0), (0.75, 2 / 3), (1.0, 0.75)]
    many = reach(np.array([[0.5 + n / 1000, 0.5 - n / 1000] for n in range(300)]), np.array([[True, False]] * 300))
    assert len(many) == 100 and many[-1].coverage == 1.0


def test_the_brier_score_and_the_calibration_error_by_hand() -> None:
    count, brier, constant, error = calibration_quality([0.2, 0.2, 0.9], [False, True, True])
    assert count == 3
    assert brier == pytest.approx((0.04 + 0.64 + 0.01) / 3)
    assert constant == pytest.approx(2 / 9)
    assert error == pytest.approx((2 * 0.3 + 0.1) / 3)


def test_the_interval_of_a_theme_draws_cases_and_not_segments() -> None:
    scores = np.array([[1.0, 0.0]] * 10)
    right = np.array([[1, 0]] * 5 + [[0, 1]] * 5, dtype=bool)
    quality = per_code(scores, right, ["a", "b"], cases=["x"] * 5 + ["y"] * 5)[0]
    assert quality.precision.value == 0.5
    assert (quality.precision.low, quality.precision.high) == (0.0, 1.0), "either case alone can be drawn"
    assert per_code(scores, right, ["a", "b"])[0].precision.low is None
