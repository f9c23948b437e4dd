"""The example study is what its README says: constructed, complete, and coded by two who judged for themselves."""

from __future__ import annotations

import re
from pathlib import Path

import krippendorff
import numpy as np
import pytest

from cli.run_demo import run
from coding.coded_study import CodedStudy
from coding.patterns import suggest_by_patterns
from corpus.new_study import copy_study
from corpus.tokens import read_tokens
from reports.verify.study import verify_study
from reports.whole_study import WholeStudy, check_whole_study
from reports.wording.style import mixed_numbers

EXAMPLE = Path(__file__).parent.parent / "cli" / "example_study"
Unit = tuple[str, int, str]
"""Source, number of the paragraph, theme."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> WholeStudy:
    folder = tmp_path_factory.mktemp("example") / "study"
    copy_study(EXAMPLE, folder)
    whole, problems = check_whole_study(folder)
    assert problems == []
    return whole


@pytest.fixture(scope="module")
def example(written: WholeStudy) -> CodedStudy:
    return written.coded


def units(example: CodedStudy, spans: list[tuple[str, str, int, int]]) -> set[Unit]:
    """Paragraph and theme of each (source, code, start, end)."""
    return {
        (source, paragraph.number, example.codebook.theme_of[code].id)
        for source, code, start, end in spans
        for paragraph in example.study.source_by_id[source].structure.paragraphs_in(start, end)
    }


def coded_by(example: CodedStudy, coder: str) -> set[Unit]:
    return units(example, [(c.source, c.code, c.start, c.end) for c in example.codings if c.coder == coder])


def drafts(example: CodedStudy) -> list[tuple[str, str, int, int]]:
    indexes, problems = read_tokens(example.study)
    assert problems == []
    found = suggest_by_patterns(example.codebook, indexes, example.study.sources)
    return [(d.source, d.code, d.start, d.end) for d in found]


def test_three_clusters_of_two_few_and_one_many(example: CodedStudy) -> None:
    for cluster in ("nord", "oest", "syd"):
        groups = [c.attributes["group"] for c in example.study.cases if c.attributes["cluster"] == cluster]
        assert sorted(groups) == ["few", "few", "many"]


def test_fourteen_summaries_five_apart_and_four_joint(example: CodedStudy) -> None:
    roles = sorted(tuple(sorted(s.meta.roles)) for s in example.study.sources)
    assert roles == [("leder",)] * 5 + [("leder", "sagsbehandler")] * 4 + [("sagsbehandler",)] * 5
    for source in example.study.sources:
        assert 700 <= len(source.text.split()) <= 1200, source.id
        assert source.meta.kind == "summary"


def test_guide_and_codebook_have_the_size_of_the_report(example: CodedStudy) -> None:
    assert len(example.guide.sections) == 6
    assert len(example.guide.questions) == 34
    assert len(example.codebook.themes) == 15
    for theme in example.codebook.themes:
        assert theme.definition and theme.include and theme.exclude and theme.examples and theme.patterns
        assert theme.questions


def test_it_says_everywhere_that_it_is_constructed(example: CodedStudy) -> None:
    assert example.study.settings.constructed
    assert "onstrueret" in (EXAMPLE / "study.toml").read_text("utf-8").replace("KONSTRUERET", "konstrueret")
    assert re.search("konstrueret", (EXAMPLE / "README.md").read_text("utf-8"), re.IGNORECASE)


def test_two_coders_with_memos_and_read_marks(example: CodedStudy) -> None:
    assert example.coders == ("ana", "bo")
    for coder in example.coders:
        sources = {c.source for c in example.codings if c.coder == coder}
        assert len(sources) == 14
        assert any(c.memo for c in example.codings if c.coder == coder)
        assert any(m.coder == coder for m in example.memos)
    assert len({m.source for m in example.reads if m.coder == "ana"}) == 14


def test_the_coders_agree_as_people_do(example: CodedStudy) -> None:
    """Krippendorff's α (nominal) over paragraph × theme, in the sources that both have read."""
    read = [{m.source for m in example.reads if m.coder == coder} for coder in example.coders]
    both = read[0] & read[1]
    ana, bo = coded_by(example, "ana"), coded_by(example, "bo")
    everything = [
        (source.id, paragraph.number, theme.id)
        for source in example.study.sources
        if source.id in both
        for paragraph in source.structure.paragraphs
        if not paragraph.is_heading
        for theme in example.codebook.themes
    ]
    data = np.array([[unit in ana for unit in everything], [unit in bo for unit in everything]], dtype=float)
    alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    print(f"\nα = {alpha:.3f} over {len(everything)} units (paragraph × theme) in {len(both)} sources")
    assert 0.6 < alpha < 0.9


def test_patterns_are_a_search_and_not_a_reading(example: CodedStudy) -> None:
    ana = coded_by(example, "ana")
    found = units(example, drafts(example))
    precision, recall = len(ana & found) / len(found), len(ana & found) / len(ana)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\npatterns against ana, paragraph × theme: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.3f}")
    assert 0.4 < f1 < 0.85


def test_a_tenth_of_the_codings_lie_where_no_pattern_matches(example: CodedStudy) -> None:
    hits = drafts(example)
    for coder in example.coders:
        codings = [c for c in example.codings if c.coder == coder]
        bare = [c for c in codings if not any(s == c.source and a < c.end and b > c.start for s, _, a, b in hits)]
        print(f"\n{coder}: {len(bare)} of {len(codings)} codings lie where no pattern matches")
        assert len(bare) / len(codings) >= 0.1


def test_a_summary_wherever_ana_has_coded_and_nowhere_else(written: WholeStudy) -> None:
    assert {cell for cell, found in written.cells.items() if found.codings} == set(written.chart_by_cell)
    assert len(written.charts) == len(written.chart_by_cell)
    for chart in written.charts:
        assert chart.by == "ana"
        assert written.staleness_of(chart).freshness == "fine", chart


def test_every_theme_has_a_sentence_for_each_group_and_stances_rest_on_words(written: WholeStudy) -> None:
    placeholders = set()
    for theme in written.coded.codebook.themes:
        assert {"few", "many"} <= {finding.group for finding in written.findings_of(theme.id).findings}
    for finding in written.finding_by_id.values():
        placeholders |= set(re.findall(r"\{(\w+)\}", finding.text)) or {"typed"}
        assert written.staleness_of(finding).freshness == "fine", finding.id
        judged = [case for case in written.ledger(finding).cases if case.is_persons]
        assert judged and all(case.has_evidence for case in judged), finding.id
    assert placeholders == {"andel", "antal", "kvantor", "typed"}


def test_who_contradicts_a_sentence_is_named_in_it_or_beside_it(written: WholeStudy) -> None:
    for finding in written.finding_by_id.values():
        for case in written.ledger(finding).cases:
            if case.stand in ("contradicts", "mixed"):
                assert case.case.label in f"{finding.text} {finding.note}", (finding.id, case.case.label)


def test_numbers_of_one_sentence_are_all_words_or_all_digits(written: WholeStudy) -> None:
    texts = [chart.summary for chart in written.charts] + [said.text for said in written.finding_by_id.values()]
    assert len(texts) > 190
    assert [pair for text in texts for pair in mixed_numbers(text, "da")] == []


def test_every_sentence_follows_from_the_words_it_rests_on(written: WholeStudy) -> None:
    assert verify_study(written) == ()


def test_the_demo_ends_with_a_sentence_and_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "demo") == 0
    shown = capsys.readouterr().out
    assert "No alarm." in shown
    *_, sentence = shown.split("$ crosscase finding show")
    assert "Ingen af de tre kommuner har folk og timer nok" in sentence
    assert "Der mangler hænder." in sentence
