"""The model as a whole: what it suggests with few or no codings, and that it never depends on chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from random import Random

import msgspec
import pytest

from coding.coded_study import CodedStudy, read_coded_study
from coding.coding import Coding
from coding.suggest.calibration import least_chance
from coding.suggest.combination import combined
from coding.suggest.gold import gold_of, theme_orders, training_view
from coding.suggest.model import Model, fit
from coding.suggest.segment_list import Segment, segments
from coding.suggest.suggester import Example, Ranked, Suggester, Training, load_suggesters
from coding.suggest.suggestion import as_json, suggestion_id
from coding.suggest.text_suggester import TextSuggester

CODEBOOK = """=== codebook.yaml
themes:
- id: penge
  label: Kommunens økonomi
  definition: Om budget og udgifter spiller ind.
  exclude: Mangel på folk (folk).
  patterns: [budget*]
- id: folk
  label: Personale
  definition: Om der er medarbejdere nok, og om de bliver.
  codes:
  - {id: folk.udskiftning, label: Udskiftning}
- id: laege
  label: Lægens rolle
  definition: Hvad lægekonsulenten betyder for sagen.
"""
TEXTS = """=== sources/ask-leder.md
---
case: askhavn
---

Budgettet er stramt, og udgifterne stiger hvert år.

Der mangler medarbejdere, og personaleudskiftningen er stor.

Lægekonsulenten bliver spurgt i alle sager.
=== sources/bir-leder.md
---
case: birkeby
---

Her ser man ikke på økonomien.

Medarbejderne har siddet her i mange år.

Lægens ord vejer tungest.
"""


@pytest.fixture
def small(make_study: Callable[..., Path]) -> CodedStudy:
    return read_coded_study(make_study(CODEBOOK + TEXTS))[0]


@pytest.fixture(scope="module")
def example() -> CodedStudy:
    with as_file(files("cli") / "example_study") as root:
        return read_coded_study(Path(root))[0]


KEPT = ("birkeby-leder", "askhavn-leder", "lindkaer-faelles", "tjoernstrup-leder")


def everything(coded: CodedStudy) -> list[Segment]:
    return [segment for found in segments(coded).values() for segment in found]


def coding(segment: Segment, code: str) -> Coding:
    return Coding(f"c{segment.start}", "ana", segment.source, code, segment.start, segment.end, segment.text)


def best(model: Model, wanted: Sequence[Segment]) -> list[str]:
    return [found.suggestions[0].code for found in model.suggest(wanted)]


def test_without_any_coding_the_codebook_alone_ranks_the_themes(small: CodedStudy) -> None:
    assert best(fit(small, None), everything(small)) == ["penge", "folk", "laege"] * 2


def test_every_code_is_ranked_and_no_probability_is_claimed_without_codings(small: CodedStudy) -> None:
    for found in fit(small, None).suggest(everything(small)):
        assert {s.code for s in found.suggestions} == set(small.codebook.by_id)
        assert [s.score for s in found.suggestions] == sorted((s.score for s in found.suggestions), reverse=True)
        assert all(s.probability is None for s in found.suggestions)


def test_a_code_below_a_theme_never_scores_more_than_the_theme(small: CodedStudy) -> None:
    for found in fit(small, None).suggest(everything(small)):
        score = {s.code: s.score for s in found.suggestions}
        assert score["folk.udskiftning"] <= score["folk"]


def test_the_words_that_speak_for_a_code_are_slices_of_the_source(small: CodedStudy) -> None:
    first = fit(small, None).suggest(everything(small))[0]
    text = small.study.source_by_id[first.source].text
    said = {text[start:end] for start, end in first.suggestions[0].evidence}
    assert {"Budgettet", "udgifterne"} & said


def test_a_coding_teaches_a_word_that_the_codebook_does_not_have(small: CodedStudy) -> None:
    new = Segment("x", 0, 22, 1, "Kassebeholdningen tynger")
    taught = Example("Kassebeholdningen er tom", {"penge": 1.0})
    view = training_view(small, {})
    text = load_suggesters(["text"])[0][0]
    text.fit(msgspec.structs.replace(view, segments=(*view.segments, new)))
    before = text.suggest([new])[0].scores["penge"]
    text.fit(msgspec.structs.replace(view, segments=(*view.segments, new), examples=(taught,)))
    assert text.suggest([new])[0].scores["penge"] > before + 0.1


def test_codings_in_one_source_only_give_suggestions_and_no_probability(small: CodedStudy) -> None:
    here = [s for s in everything(small) if s.source == "ask-leder"]
    model = fit(small, "ana", [coding(s, code) for s, code in zip(here, ("penge", "folk", "laege"), strict=True)])
    assert best(model, everything(small)) == ["penge", "folk", "laege"] * 2
    assert model.calibration.codes == frozenset()


def test_codings_with_an_unknown_code_are_passed_over(small: CodedStudy) -> None:
    first = everything(small)[0]
    model = fit(small, "ana", [coding(first, "findes-ikke")])
    assert model.gold.examples == ()


def test_one_code_alone_is_suggested(make_study: Callable[..., Path]) -> None:
    one = "=== codebook.yaml\nthemes:\n- {id: penge, label: Økonomi}\n"
    coded, _ = read_coded_study(make_study(one + TEXTS))
    assert set(best(fit(coded, None), everything(coded))) == {"penge"}
    found = fit(coded, None).suggest(everything(coded))
    assert all(f.abstained for f in found), "with no other theme beside it, one leads by nothing"


def test_a_study_without_codes_or_texts_gives_no_suggestions(make_study: Callable[..., Path]) -> None:
    without_codes, _ = read_coded_study(make_study(TEXTS, "a"))
    assert all(found.suggestions == () for found in fit(without_codes, None).suggest(everything(without_codes)))
    without_texts, _ = read_coded_study(make_study(CODEBOOK, "b"))
    assert fit(without_texts, None).suggest([]) == []


def test_a_segment_without_words_gets_an_answer_all_the_same(small: CodedStudy) -> None:
    model = fit(small, None)
    found = model.suggest([Segment("ask-leder", 0, 3, 1, "…!?"), Segment("x", 0, 0, 1, "")])
    assert [len(f.suggestions) for f in found] == [4, 4]
    assert all(f.abstained for f in found)


def test_nothing_is_said_of_a_text_that_has_no_words_in_common_with_the_codebook(
    make_study: Callable[..., Path],
) -> None:
    """Such a text was the theme's whose texts are least like anything, and the rounds made that sure."""
    strange = "=== sources/en.md\n---\ncase: birkeby\n---\n\n" + "The city has no cash.\n\nNobody sings.\n\n" * 4
    coded, _ = read_coded_study(make_study(CODEBOOK + TEXTS + strange))
    model = fit(coded, None)
    for found in model.suggest([s for s in everything(coded) if s.source == "en"]):
        assert found.abstained and found.margin < 0.05
        assert all(not suggestion.evidence for suggestion in found.suggestions)
    known = model.suggest([s for s in everything(coded) if s.source == "ask-leder"])
    assert [f.suggestions[0].code for f in known] == ["penge", "folk", "laege"]
    first = next(s for s in everything(coded) if s.source == "en")
    taught = fit(coded, "ana", [coding(first, "folk")])
    same = [s for s in everything(coded) if s.source == "en" and s.text == first.text][1:]
    assert set(best(taught, same)) == {"folk"}, "words of a coding are known"


def test_an_answer_does_not_depend_on_what_else_is_asked_nor_on_how_much_is_taken_at_once(
    small: CodedStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scores(wanted: Sequence[Segment], suggester: TextSuggester) -> list[dict[str, float]]:
        return [dict(answer.scores) for answer in suggester.suggest(wanted)]

    suggester = TextSuggester()
    fit(small, None, suggesters=[suggester])
    known = everything(small)
    new = [
        Segment("new", n, n + 1, n, f"Budgettet og lægen, {word}.") for n, word in enumerate(("her", "stramt", "ord"))
    ]
    mixed = [known[0], new[0], known[1], new[2], known[2], new[1]]
    alone = [scores([segment], suggester)[0] for segment in mixed]
    together = scores(mixed, suggester)
    monkeypatch.setattr("coding.suggest.text_suggester._AT_ONCE", 2)
    in_parts = scores([*mixed, known[3]], suggester)[:-1]
    for one, two, three in zip(alone, together, in_parts, strict=True):
        assert two == pytest.approx(one) and three == pytest.approx(one)


def test_likeness_kept_for_the_next_round_is_that_of_a_fresh_one(
    example: CodedStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a study with more segments than fit into the background."""
    monkeypatch.setattr("coding.suggest.text_suggester.MOST_ROWS", 60)
    used = [TextSuggester()]
    few, many = [[c for c in _of(example, "ana") if c.source in ids] for ids in (("birkeby-leder",), KEPT)]
    fit(example, "ana", few, suggesters=used, calibrate=False)
    again = fit(example, "ana", many, suggesters=used, calibrate=False)
    fresh = fit(example, "ana", many, suggesters=[TextSuggester()], calibrate=False)
    assert again.answer.shares == pytest.approx(fresh.answer.shares, abs=1e-9)
    assert used[0]._beyond is not None
    monkeypatch.setattr("coding.suggest.text_suggester._MOST_KEPT", 0)
    not_kept = [TextSuggester()]
    fit(example, "ana", few, suggesters=not_kept, calibrate=False)
    without = fit(example, "ana", many, suggesters=not_kept, calibrate=False)
    assert not_kept[0]._beyond is None
    assert without.answer.shares == pytest.approx(fresh.answer.shares, abs=1e-9)


class Watcher:
    """A suggester that keeps from which cases it has learned."""

    name, version, weight, learns = "watcher", "1", 0.0, True

    def __init__(self) -> None:
        self.cases: list[frozenset[str]] = []

    def fit(self, view: Training) -> None:
        self.cases.append(frozenset(example.case for example in view.examples if example.case))

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        return [Ranked({}) for _ in segments]


@pytest.mark.parametrize("has_cases", [True, False])
def test_a_study_of_many_cases_is_calibrated_in_ten_fits_and_sources_without_a_case_are_their_own(
    make_study: Callable[..., Path], has_cases: bool
) -> None:
    head = "---\ncase: c{n:02}\n---\n" if has_cases else "---\ntitle: Kilde\n---\n"
    said = "\nBudgettet er stramt i år.\n\nMedarbejderne bliver her længe.\n\nLægekonsulenten bliver spurgt.\n"
    names = [f"c{n:02}" for n in range(23)]
    many = "".join(f"=== sources/{name}.md\n{head.format(n=n)}{said}" for n, name in enumerate(names))
    coded, _ = read_coded_study(make_study(CODEBOOK + many))
    themes = ("penge", "folk", "laege")
    mine = [coding(s, themes[i % 3]) for i, s in enumerate(everything(coded))]
    watcher = Watcher()
    model = fit(coded, "ana", mine, suggesters=[TextSuggester(), watcher])
    assert model.calibration.codes == set(themes)
    learned = [cases for cases in dict.fromkeys(watcher.cases) if cases != set(names)]
    assert len(learned) == 10
    assert set.union(*({*names} - cases for cases in learned)) == {*names}
    assert sum(len({*names} - cases) for cases in learned) == len(names), "each is held out once"


def test_a_language_without_a_dictionary_works_on_letters_alone(make_study: Callable[..., Path]) -> None:
    greek = (
        "=== codebook.yaml\nthemes:\n- {id: a, label: οικονομία}\n- {id: b, label: γιατρός}\n"
        "=== sources/s.md\nΗ οικονομία του δήμου.\n\nΟ γιατρός του δήμου.\n"
    )
    coded, _ = read_coded_study(make_study(greek))
    view = msgspec.structs.replace(training_view(coded, {}), language="xx")
    text = load_suggesters(["text"])[0][0]
    text.fit(view)
    scores = [ranked.scores for ranked in text.suggest(view.segments)]
    assert scores[0]["a"] > scores[0]["b"] and scores[1]["b"] > scores[1]["a"]


def test_the_same_study_gives_the_same_suggestions_twice(small: CodedStudy) -> None:
    codings = [coding(everything(small)[0], "penge")]
    once, again = (fit(small, "ana", codings).suggest(everything(small)) for _ in range(2))
    assert once == again


def test_fitting_again_with_the_same_suggesters_forgets_earlier_codings(small: CodedStudy) -> None:
    used = load_suggesters()[0]
    fit(small, "ana", [coding(everything(small)[0], "laege")], suggesters=used)
    again = fit(small, None, suggesters=used).suggest(everything(small))
    fresh = fit(small, None).suggest(everything(small))
    assert [[s.code for s in f.suggestions] for f in again] == [[s.code for s in f.suggestions] for f in fresh]
    assert again[0].suggestions[0].score == pytest.approx(fresh[0].suggestions[0].score, abs=1e-6)


def test_json_has_the_keys_that_are_promised(small: CodedStudy) -> None:
    found = fit(small, None).suggest(everything(small))[0]
    said = as_json(found)
    assert list(said) == ["source", "start", "end", "suggestions", "abstained"]
    assert list(said["suggestions"][0]) == ["code", "score", "probability", "evidence", "origin"]
    assert suggestion_id(found, found.suggestions[0]) == f"crosscase/2:penge:ask-leder:{found.start}-{found.end}"


class Loud:
    """A suggester of somebody else's: everything is about the doctor."""

    name, version, weight, learns = "loud", "0.1", 5.0, False

    def fit(self, view: Training) -> None: ...

    def suggest(self, segments: Sequence[Segment], evidence: bool = True) -> list[Ranked]:
        return [Ranked({"laege": 1.0, "no such code": 9.0, "penge": float("nan")}) for _ in segments]


def test_a_suggester_from_outside_is_heard_and_named(small: CodedStudy) -> None:
    assert isinstance(Loud(), Suggester)
    model = fit(small, None, suggesters=[*load_suggesters()[0], Loud()])
    assert set(best(model, everything(small))) == {"laege"}
    assert model.suggest(everything(small))[0].suggestions[0].origin == "crosscase/2+loud/0.1"


def test_a_suggester_that_is_not_installed_is_a_sentence_and_not_a_crash() -> None:
    found, faults = load_suggesters(["text", "no-such"])
    assert [s.name for s in found] == ["text"]
    assert "no-such" in faults[0]


def test_the_example_study_is_ranked_well_without_any_coding(example: CodedStudy) -> None:
    view = training_view(example, {})
    gold = gold_of(view, _of(example, "ana"))
    shares = fit(example, None).answer.shares
    right = [gold.given[row][int(shares[row].argmax())] > 0 for row in gold.given if any(gold.given[row])]
    assert sum(right) / len(right) > 0.8


def test_segments_in_no_order_lose_nothing_by_the_order(example: CodedStudy) -> None:
    view = training_view(example, {})
    mixed = list(view.segments)
    Random(1).shuffle(mixed)
    used = load_suggesters(["text"])[0]
    used[0].fit(view)
    answer = combined(used, view, [msgspec.structs.replace(s, source="one") for s in mixed], {}, theme_orders(view))
    assert answer.order == "none"


def _of(coded: CodedStudy, coder: str) -> list[Coding]:
    return [c for c in coded.codings if c.coder == coder]


@pytest.mark.parametrize("precision", [0.95, 0.9, 0.8])
def test_nothing_is_proposed_that_its_own_probability_speaks_against(example: CodedStudy, precision: float) -> None:
    model = fit(example, "ana", precision=precision)
    found = model.suggest(everything(example))
    proposed = [f.suggestions[0].probability for f in found if not f.abstained]
    calibrated = [chance for chance in proposed if chance is not None]
    assert len(calibrated) > 50
    assert least_chance(precision) - 1e-4 <= min(calibrated) < precision
    assert any(f.abstained for f in found)


def test_a_code_is_calibrated_from_the_fifth_coding_and_the_fourth_case(example: CodedStudy) -> None:
    def calibrated(codings: Sequence[Coding]) -> bool:
        model = fit(example, "ana", codings)
        found = {s.code: s for s in model.suggest(everything(example)[:1])[0].suggestions}
        assert (found[theme].probability is not None) == (theme in model.calibration.codes)
        return theme in model.calibration.codes

    theme = "ressourcer"
    case_of = {source.id: source.meta.case for source in example.study.sources}
    of_theme = [c for c in example.codings if c.coder == "ana" and c.code.partition(".")[0] == theme]
    others = [c for c in example.codings if c.coder == "ana" and c.code.partition(".")[0] != theme]
    one_a_case = list({case_of[c.source]: c for c in of_theme}.values())
    few = sorted(
        {case_of[c.source] for c in of_theme}, key=lambda case: -sum(case_of[c.source] == case for c in of_theme)
    )
    three_cases = [c for c in of_theme if case_of[c.source] in few[:3]]
    assert len(one_a_case) >= 5
    assert calibrated([*others, *one_a_case[:5]])
    assert not calibrated([*others, *one_a_case[:4]]), "four codings from four cases"
    assert len(three_cases) >= 5 and not calibrated([*others, *three_cases]), "five codings from three cases"


def test_a_coder_learns_from_no_other_coder(example: CodedStudy) -> None:
    anas = [c for c in example.codings if c.coder == "ana"]
    alone = msgspec.structs.replace(
        example, codings=tuple(anas), reads=tuple(mark for mark in example.reads if mark.coder == "ana")
    )
    wanted = everything(example)[:40]
    assert fit(example, "ana").suggest(wanted) == fit(alone, "ana").suggest(wanted)
    assert fit(example, "ana").suggest(wanted) != fit(example, "bo").suggest(wanted)
