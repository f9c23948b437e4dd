from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_values import BIRKEBY, CODINGS, SOURCES, coded_study, coding, matrices, settings, source, view

from coding.coding import Coding
from corpus.places import Place, Places
from corpus.study import CITATION_FIELDS
from reports.citation import citation, place
from reports.labels import unique_names
from reports.passages import blocks_at, segments, spans
from reports.view import report
from reports.words import DANISH, ENGLISH

ASKHAVN, BIRKEBY_SOURCE, ELMSTED = SOURCES


def cite(template: str, source_id: str = "birkeby-leder") -> str:
    coded = coded_study(settings=settings(citation=template))
    cited = coded.study.source_by_id[source_id]
    start = cited.text.index("Økonomien" if source_id == "birkeby-leder" else "Vi har folk")
    return citation(coded.study, cited, start, start + 9, DANISH)


@pytest.mark.parametrize(
    ("template", "cited"),
    [
        ("{label}, {roles}, {place}", "Birkeby, leder, afsnit 1"),
        ("{label} ({date}), {place}", "Birkeby (14. januar 2009), afsnit 1"),
        ("{title}: {heading}", "Birkeby, leder: 3. Økonomi"),
        ("{source}/{kind}", "birkeby-leder/referat"),
        ("{label}, {nonsense}, {place", "Birkeby, {nonsense}, {place"),
        ("", ""),
    ],
)
def test_a_citation_fills_in_what_it_knows_and_leaves_the_rest_as_written(template: str, cited: str) -> None:
    assert cite(template) == cited


def test_a_citation_leaves_out_what_a_source_does_not_say() -> None:
    bare = source("x", "", "Et ord.", ())
    bare = msgspec.structs.replace(bare, meta=msgspec.structs.replace(bare.meta, title="", date=None))
    for template, cited in {
        "{label}, {roles}, {place}": "x, afsnit 1",
        "{roles}, {label} ({date})": "x",
        "{date} – {label}; {roles}": "x",
    }.items():
        coded = coded_study((), (bare,), settings(citation=template))
        assert citation(coded.study, bare, 0, 2, DANISH) == cited


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Økonomien", "Birkeby, leder, afsnit 1, s. 12"),
        ("sagen.\n\n=cmd", "Birkeby, leder, afsnit 1–2, s. 12–13, kl. 0:01:23"),
        ("regnearket.", "Birkeby, leder, afsnit 2, s. 13, kl. 0:01:23"),
    ],
)
def test_a_citation_tells_page_and_time_where_the_source_has_them(words: str, cited: str) -> None:
    coded = coded_study(settings=settings(citation="{label}, {roles}, {place}, {page}, {time}"))
    places = (
        Place("page", 0, "12"),
        Place("time", BIRKEBY.index("sagen."), "0:01:23"),
        Place("page", BIRKEBY.index("=cmd"), "13"),
    )
    study = msgspec.structs.replace(coded.study, places={"birkeby-leder": Places(places)})
    start = BIRKEBY.index(words)
    shown = study.source_by_id["birkeby-leder"]
    assert citation(study, shown, start, start + len(words), DANISH) == cited


def test_page_and_time_are_told_in_english_too() -> None:
    coded = coded_study(settings=settings(citation="{page}; {time}"))
    places = (Place("page", 0, "xii"), Place("time", 0, "0:01:23"), Place("page", 9, "1"))
    study = msgspec.structs.replace(coded.study, places={"birkeby-leder": Places(places)})
    cited = study.source_by_id["birkeby-leder"]
    assert citation(study, cited, 0, 4, ENGLISH) == "p. xii; at 0:01:23"
    assert citation(study, cited, 0, 12, ENGLISH) == "pp. xii–1; at 0:01:23"


def test_a_joint_interview_is_cited_with_both_roles() -> None:
    assert cite("{label}, {roles}, {place}", "elmsted-faelles") == "Elmsted, leder og sagsbehandler, afsnit 1"


def test_every_citation_field_has_a_value_in_a_full_source() -> None:
    assert "{" not in cite(" ".join(f"{{{name}}}" for name in CITATION_FIELDS))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Økonomien", "afsnit 1"),
        ("sagen.\n\n=cmd", "afsnit 1–2"),
        ("## Ressourcer", "overskriften før afsnit 3"),
        ("regnearket.\n\n## Ressourcer\n\nDer", "afsnit 2–3"),
    ],
)
def test_a_place_is_told_by_the_paragraphs_it_touches(words: str, said: str) -> None:
    start = BIRKEBY.index(words)
    assert place(BIRKEBY_SOURCE, start, start + len(words), DANISH) == said


spans_of_text = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(spans_of_text)
def test_segments_are_the_text_and_know_exactly_the_marks_that_cover_them(marks: list[tuple[int, int]]) -> None:
    text = "Én mod én: å̧ 🙂, og så kom der et par ord mere."
    parts = segments(text, 5, 38, marks)
    assert "".join(part.text for part in parts) == text[5:38]
    position = 5
    for part in parts:
        for offset in range(position, position + len(part.text)):
            covering = [n for n, (start, end) in enumerate(marks) if start <= offset < end]
            assert list(part.marks) == covering
        position += len(part.text)


@given(st.lists(st.tuples(st.integers(0, len(BIRKEBY) - 1), st.integers(1, 90)), max_size=6))
def test_every_coding_stands_whole_in_one_passage_and_no_paragraph_in_two(places: list[tuple[int, int]]) -> None:
    codings = [
        Coding(f"c{n}", "ana", "birkeby-leder", "oekonomi", start, min(start + length, len(BIRKEBY)), "")
        for n, (start, length) in enumerate(places)
    ]
    found = spans(BIRKEBY_SOURCE, codings)
    assert sorted(c.id for span in found for c in span.codings) == sorted(c.id for c in codings)
    for before, after in pairwise(found):
        assert before.last <= after.first
    for span in found:
        for inside in span.codings:
            first, last = blocks_at(BIRKEBY_SOURCE.structure, inside.start, inside.end)
            assert span.first <= first < last <= span.last


def test_an_excerpt_is_a_slice_between_the_quotation_marks_of_the_language() -> None:
    danish = view().rows[0].cells[0].excerpts[0]
    english = view(coded_study(settings=settings(language="en"))).rows[0].cells[0].excerpts[0]
    slice_ = "Økonomien spiller ingen rolle. Budgettet er stramt, men det"
    assert (danish.quote, english.quote) == (f"»{slice_}«", f"“{slice_}”")


def test_a_summary_is_marked_and_a_transcript_is_not() -> None:
    few, many = view().rows[0].cells
    assert [excerpt.note for excerpt in few.excerpts] == ["referat", "referat"]
    assert [excerpt.note for excerpt in many.excerpts] == [""]


def test_the_list_of_excerpts_holds_every_coding_of_the_matrix_once_with_its_exact_words() -> None:
    rows = view().excerpts
    assert [row.id for row in rows] == ["a1", "a2", "a3", "a6", "a4", "a5"], "other coders' codings do not count"
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    texts = {source.id: source.text for source in SOURCES}
    assert all(row.text == texts[row.source][row.start : row.end] for row in rows)


def test_overlapping_codings_of_other_coders_are_shown_in_the_source_and_do_not_count() -> None:
    shown = view()
    birkeby = next(s for s in shown.sources if s.id == "birkeby-leder")
    notes = {note.id: note for block in birkeby.blocks for note in block.notes}
    assert set(notes) == {"a1", "a2", "a3", "a4", "b1"}
    assert notes["b1"].counts is False and notes["b1"].evidence == ""
    assert birkeby.n_codings == "4 kodninger"
    assert shown.other_coders == "Bo Lind"


def test_a_source_shows_all_its_words_with_speakers_and_without_heading_marks() -> None:
    for shown in view().sources:
        words = ["".join(segment.text for segment in block.segments) for block in shown.blocks]
        assert not any(text.startswith("#") for text in words)
    turns = view().sources[0].blocks
    assert [block.speaker for block in turns] == ["Interviewer: ", "Leder: "]


def test_a_coding_over_several_paragraphs_is_noted_where_it_begins_and_marked_as_continued_after() -> None:
    long = coding("a9", BIRKEBY_SOURCE, "sagen.\n\n=cmd", "oekonomi")
    blocks = view(coded_study((long,))).sources[1].blocks
    assert [(note.id, note.continued) for block in blocks for note in block.notes] == [("a9", False), ("a9", True)]


def test_the_same_id_in_two_logs_gets_two_places() -> None:
    twice = (CODINGS[0], coding("a1", ELMSTED, "Vi har folk nok.", "oekonomi"))
    places = [excerpt.anchor for excerpt in view(coded_study(twice)).rows[0].cells[0].excerpts]
    assert places == ["excerpt-a1", "excerpt-a1--2"]


@given(st.lists(st.sampled_from(["a", "a--2", "b", "a--3", ""])))
def test_names_are_given_once(wanted: list[str]) -> None:
    name = unique_names()
    given_names = [name(w) for w in wanted]
    assert len(set(given_names)) == len(given_names)


def test_what_must_be_known_first_stands_at_the_top() -> None:
    assert view().banners == (DANISH.constructed,)
    plain = coded_study(settings=settings(constructed=False))
    matrix, framework = matrices(plain)
    assert report(plain, matrix, framework).banners == ()
    part = msgspec.structs.replace(matrix, filters=("role=leder",))
    assert "role=leder" in report(plain, part, framework).banners[0]
    empty = msgspec.structs.replace(matrix, columns=(), rows=())
    assert report(plain, empty, msgspec.structs.replace(framework, cases=(), cells=())).banners == (
        DANISH.empty_matrix,
    )


def test_the_read_me_says_who_is_compared_who_coded_and_what_was_left_out() -> None:
    sections = {section.heading: section for section in view(n_errors=3).notes}
    assert sections["Grupper"].terms == (
        ("Tildeler få (n = 2)", "Birkeby og Elmsted"),
        ("Tildeler mange (n = 1)", "Askhavn"),
    )
    assert sections["Kodere"].paragraphs[0] == "Matrixen bygger på kodninger af Ana Holm."
    assert "Bo Lind" in sections["Kodere"].paragraphs[1]
    assert sections["Materiale"].paragraphs[0] == "2 tematiserede referater og én udskrift."
    assert "3 fejl" in sections["Fejl i studiet"].paragraphs[0]
    assert "Fejl i studiet" not in {section.heading for section in view().notes}


def test_a_union_of_coders_is_said_to_be_one() -> None:
    sections = {section.heading: section for section in view(coders=("ana", "bo")).notes}
    assert sections["Kodere"].paragraphs == ("Matrixen bygger på kodninger af Ana Holm og Bo Lind.", DANISH.about_union)


def test_an_english_study_has_no_danish_words_of_ours() -> None:
    english = view(coded_study(settings=settings(language="en")))
    shown = repr([part for name, part in msgspec.structs.asdict(english).items() if name != "words"])
    assert ENGLISH.constructed in shown
    for danish in (DANISH.constructed, "Nævnt", "nævnt", "afsnit", "kodning", "spurgt", "Øvrige", "temaer"):
        assert danish not in shown


def test_examples_in_the_codebook_are_not_put_in_quotation_marks() -> None:
    theme = view().codebook[0]
    assert dict(theme.details)["Eksempler"] == ("Det er dyrt.",)
    assert dict(theme.details)["Spørgsmål"] == ("3d. Skeles der til økonomien?",)
    assert [(code.level, code.count) for code in view().codebook] == [
        (0, "3 kodninger"), (1, "1 kodning"), (0, "2 kodninger"), (0, ""),
    ]  # fmt: skip
