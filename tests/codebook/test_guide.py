"""guide.md: hand-written guides are read as people write them, and ids are added without touching a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.guide import Guide, Question, Section
from codebook.guide_file import guide_from_text, guide_text, read_guide, text_with_ids, write_together
from codebook.guide_lines import guide_entries, plain_words
from corpus.problems import Problem

CANONICAL = """\
# Interviewguide

Tak for hjælpen.

## 1. Baggrund {#1}

a. Hvad laver du? {#1a}

## 2. Tid {#2}

a. Er der tid nok? {#2a}
b. Hvem planlægger? {#2b}
"""


def questions(text: str) -> list[tuple[str, str]]:
    return [(q.label, q.text) for q in guide_from_text(text)[0].questions]


def test_the_canonical_form_is_read_without_problems() -> None:
    guide, problems = guide_from_text(CANONICAL)
    assert not problems
    assert guide.title == "Interviewguide"
    assert [(s.id, s.number, s.title, s.line) for s in guide.sections] == [
        ("1", "1", "Baggrund", 5),
        ("2", "2", "Tid", 9),
    ]
    assert [(q.id, q.label, q.line) for q in guide.questions] == [("1a", "a", 7), ("2a", "a", 11), ("2b", "b", 12)]


@pytest.mark.parametrize(
    "label", ["a.", "a)", "- a.", "* a)", "(a)", "1a.", "1.a)", "1a", "**a.**", "- **a)**", "  a."]
)
def test_questions_can_be_lettered_in_many_ways(label: str) -> None:
    assert [text for _, text in questions(f"## 1. Tid\n\n{label} Er der tid nok?\n")] == ["Er der tid nok?"]


@pytest.mark.parametrize(
    "heading",
    ["# 1. Tid", "###### 1) Tid", "## 1 Tid", "**1. Tid**", "#### **1. Tid** ####", "## Tema 1: Tid", "1. Tid"],
)
def test_headings_of_any_level_and_numbering_are_sections(heading: str) -> None:
    guide, _ = guide_from_text(f"{heading}\n\na. Er der tid nok?\n")
    assert [(s.number, s.title) for s in guide.sections] == [("1", "Tid")]


def test_numbered_questions_under_a_section_are_questions_even_those_that_do_not_ask() -> None:
    text = "## Tid\n1. Er der tid nok?\n2) Beskriv en dag.\n"
    assert questions(text) == [("1", "Er der tid nok?"), ("2", "Beskriv en dag.")]


def test_bullets_are_questions_only_where_nothing_is_lettered() -> None:
    assert questions("## Tid\n- Er der tid nok?\n- Beskriv en dag.\n") == [
        ("", "Er der tid nok?"),
        ("", "Beskriv en dag."),
    ]
    with_letters = (
        "## Tid\n\na. Er der tid nok?\n   - også om natten\n\nHusk pausen. Er båndet slået til?\n\n- kaffe?\n"
    )
    assert questions(with_letters) == [("a", "Er der tid nok? – også om natten")]


def test_a_question_runs_over_lines_and_over_the_end_of_a_page() -> None:
    text = (
        "## 1. Tid\n\na. Er der tid nok til at følge\nop på sagerne, også dem fra\n1. januar?\n\n"
        "b. Hvem hjælper, hvis der er sager, som\n\n---\n\n17\n\n![](side.png)\n\nI ikke selv kan nå at planlæg-\nge?\n"
    )
    assert questions(text) == [
        ("a", "Er der tid nok til at følge op på sagerne, også dem fra 1. januar?"),
        ("b", "Hvem hjælper, hvis der er sager, som I ikke selv kan nå at planlægge?"),
    ]


def test_inline_marks_comments_and_footnote_marks_are_taken_off() -> None:
    text = (
        "## 1. Tid\n<!-- a. Ikke\nb. med? -->\n- a. Er der **tid** _nok_ til [opfølgning](x.md)<sup>4</sup> &amp; ro?\n"
    )
    assert questions(text) == [("a", "Er der tid nok til opfølgning & ro?")]
    assert plain_words("snake_case og 2 * 3 * 4") == "snake_case og 2 * 3 * 4"


def test_ids_are_found_at_the_end_of_any_line_of_a_question() -> None:
    text = (
        "## 1. Tid {#tid}\n\na. Er der tid {#1a}\nnok?\n\nb. Hvem\nhjælper?   {#1b}  \n\n"
        "Et spørgsmål uden bogstav {#ekstra}\n"
    )
    guide, problems = guide_from_text(text)
    assert [(q.id, q.text) for q in guide.questions] == [
        ("1a", "Er der tid nok?"), ("1b", "Hvem hjælper?"), ("ekstra", "Et spørgsmål uden bogstav"),
    ]  # fmt: skip
    assert guide.sections[0].id == "tid" and not problems


def test_faults_in_ids_are_told_with_their_lines() -> None:
    text = "## 1. Tid {#1}\na. Et? {#1A}\nb. To?\nc. Tre? {#1}\nd. Fire? {#1d} {#1e}\n"
    _, problems = guide_from_text(text)
    assert [(p.line, p.rule) for p in problems] == [
        (2, "illegal-id"), (3, "question-without-id"), (4, "duplicate-id"), (5, "duplicate-id"),
    ]  # fmt: skip


def test_no_file_gives_an_empty_guide_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    assert read_guide(tmp_path) == (Guide(), [])
    (tmp_path / "guide.md").write_bytes(b"\xef\xbb\xbf" + CANONICAL.replace("\n", "\r\n").encode())
    assert read_guide(tmp_path) == guide_from_text(CANONICAL)
    (tmp_path / "guide.md").write_bytes(b"\xff\xfe\x00")
    guide, problems = read_guide(tmp_path)
    assert guide == Guide() and problems == [Problem("guide.md", 1, "not-utf8", "byte 0 is not UTF-8")]


def test_ids_are_added_in_place_and_nothing_else_changes() -> None:
    before = (
        "\ufeff# Guide\r\n\r\nTak!  \r\n## 1. Tid ##\r\n\r\n- **a.** Er der\r\n  tid nok?  \r\n"
        "<!-- b. nej? -->\r\nb. Hvem?"
    )
    after = (
        before.replace("Tid ##", "Tid ## {#1}").replace("tid nok?", "tid nok? {#1a}").replace("Hvem?", "Hvem? {#1b}")
    )
    questions = (Question("1a", "a", "", 6), Question("1b", "b", "", 9))
    guide = Guide("", (Section("1", "1", "Tid", questions, 4),))
    assert text_with_ids(before, guide) == after
    assert text_with_ids(after, guide) == after


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    old, new, blocked = tmp_path / "guide.md", tmp_path / "new.md", tmp_path / "folder"
    old.write_bytes(b"before")
    blocked.mkdir()
    with pytest.raises(OSError):
        write_together({old: b"after", new: b"new", blocked: b"a folder stands here"})
    assert old.read_bytes() == b"before" and not new.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "guide.md"]
    write_together({old: b"after", new: b"new"})
    assert old.read_bytes() == b"after" and new.read_bytes() == b"new"


WORDS = st.lists(st.text("aegltøå", min_size=2, max_size=6), min_size=1, max_size=6).map(" ".join)
GUIDES = st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=5)), min_size=1, max_size=5)


def a_guide(parts: list[tuple[str, list[str]]]) -> Guide:
    sections = []
    for n, (title, texts) in enumerate(parts, 1):
        asked = tuple(Question(f"{n}{chr(96 + k)}", chr(96 + k), f"{text}?") for k, text in enumerate(texts, 1))
        sections.append(Section(str(n), str(n), title, asked))
    return Guide("Interviewguide", tuple(sections))


def without_lines(guide: Guide) -> list[object]:
    return [
        guide.title,
        *((s.id, s.number, s.title, [(q.id, q.label, q.text) for q in s.questions]) for s in guide.sections),
    ]


@given(GUIDES)
def test_what_is_written_is_read_again(parts: list[tuple[str, list[str]]]) -> None:
    guide = a_guide(parts)
    again, problems = guide_from_text(guide_text(guide))
    assert without_lines(again) == without_lines(guide) and not problems


@given(GUIDES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "  ", "\t"]))
def test_without_the_added_ids_the_text_is_the_old_one(parts: list[tuple[str, list[str]]], end: str, tail: str) -> None:
    bare = re.sub(r" \{#.*?\}", tail, guide_text(a_guide(parts))).replace("\n", end)
    guide, _ = guide_from_text(bare)
    named, _ = guide_from_text(guide_text(a_guide(parts)))
    ids = {q.text: q.id for q in named.questions}
    asked = [[Question(ids[q.text], q.label, q.text, q.line) for q in s.questions] for s in guide.sections]
    given_ids = Guide("", tuple(
        Section(s.number, s.number, s.title, tuple(some), s.line) for s, some in zip(guide.sections, asked, strict=True)
    ))  # fmt: skip
    after = text_with_ids(bare, given_ids)
    assert re.sub(r" \{#.*?\}", "", after) == bare
    assert all(q.id for q in guide_from_text(after)[0].questions)


@given(st.text(alphabet="ab1.)#*-_{}<>!&?|= \n\r\t\x0c\u2028é", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    entries = guide_entries(text)
    assert all(1 <= e.line <= e.last for e in entries)
    guide_from_text(text)
