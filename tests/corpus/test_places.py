"""places/<source>.csv: pages and times of a source, and where they are when its text was edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import (
    Place,
    Places,
    WrittenPlace,
    check_places,
    clock,
    first_words,
    places_text,
    read_places,
    seconds_of,
)
from corpus.places_found import found_again
from corpus.problems import Problem
from corpus.source import FrontMatter, Source
from corpus.study import read_study

MakeStudy = Callable[..., Path]
HEAD = "start,kind,value,words\n"
TEXT = "Anna: Vi begynder med økonomien.\n\nBo: Ja.\n\nAnna: Så kommer folkene.\n\nBo: Ja.\n\nAnna: Tak for i dag.\n"


def places_of(text: str) -> tuple[Place, ...]:
    """A time for each paragraph of `text`."""
    starts = [text.index(part, at) for at, part in _paragraphs(text)]
    return tuple(Place("time", start, clock(7 * number)) for number, start in enumerate(starts))


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append((at, part))
        at += len(part) + 2
    return found


def written(text: str, places: tuple[Place, ...]) -> list[WrittenPlace]:
    return [WrittenPlace(place, first_words(text, place.start)) for place in places]


def paragraphs_at(text: str, places: tuple[Place, ...]) -> dict[str, str]:
    """Time → the paragraph that begins there; those that were lost are left out."""
    return {place.value: text[place.start :].split("\n")[0] for place in places if place.value}


def read(make_study: MakeStudy, content: str, text: str = TEXT) -> tuple[tuple[Place, ...], list[Problem]]:
    root = make_study(f"=== places/k.csv\n{content}")
    return read_places(root, Source("k", FrontMatter(), text))


def test_what_is_written_is_read(make_study: MakeStudy):
    places = (Place("page", 0, "xii"), *places_of(TEXT), Place("page", 40, "13"))
    found, problems = read(make_study, places_text(TEXT, places))
    assert set(found) == set(places)
    assert problems == []


def test_a_table_that_excel_saved_is_read_and_its_rows_may_stand_in_any_order(make_study: MakeStudy):
    found, problems = read(make_study, "start;kind;value;words\n34;time;00:00:07;Bo: Ja.\n0;page;1;\n")
    assert found == (Place("page", 0, "1"), Place("time", 34, "0:00:07"))
    assert problems == []


def test_rows_that_cannot_be_read_are_told_and_the_others_used(make_study: MakeStudy):
    rows = ["0,page,1,Anna: Vi", "x,page,2,Bo", "34,minute,3,Bo", "34,time,25:61,Bo", "34,page,,Bo", "34,page,2,Bo,Bo"]
    found, problems = read(make_study, HEAD + "\n".join(rows))
    assert found == (Place("page", 0, "1"),)
    assert [(problem.rule, problem.line) for problem in problems] == [("bad-place", n) for n in (7, 3, 4, 5, 6)]


def test_files_in_places_that_belong_to_nothing_are_told(make_study: MakeStudy):
    root = make_study(f"=== places/k.csv\n{HEAD}=== places/x.csv\n{HEAD}=== places/k.txt\nnoter\n")
    problems = list(check_places(root, {"k": Source("k", FrontMatter(), TEXT)}))
    assert [(problem.file, problem.rule) for problem in problems] == [
        ("places/k.txt", "stray-file"), ("places/x.csv", "stray-file"),
    ]  # fmt: skip


def test_a_study_reads_places_when_they_are_asked_for(make_study: MakeStudy):
    root = make_study(f"=== sources/k.md\nEt ord.\n=== sources/l.md\nTo ord.\n=== places/k.csv\n{HEAD}3,page,7,ord.\n")
    study, _ = read_study(root)
    assert study.places["l"] == ()
    assert study.places["k"] == (Place("page", 3, "7"),)


def test_the_value_at_a_position_is_that_of_the_last_place_before_it():
    places = Places((Place("page", 5, "1"), Place("time", 7, "0:00:03"), Place("page", 9, "2"), Place("page", 20, "")))
    assert [places.value_at("page", position) for position in (4, 5, 8, 9, 19, 20)] == ["", "1", "1", "2", "2", ""]
    assert [places.value_at("time", position) for position in (6, 7, 30)] == ["", "0:00:03", "0:00:03"]


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("1:02:03", 3723), ("02:03", 123), ("00:00:03,500", 3.5), ("100:00:00", 360000), ("0:61", None), ("12", None)],
)
def test_times_are_read_with_or_without_hours(words: str, seconds: float | None):
    assert seconds_of(words) == seconds


def test_places_follow_their_words_when_something_is_put_in_before_them():
    text = f"# Interview\n\n{TEXT}"
    assert paragraphs_at(text, found_again(text, written(TEXT, places_of(TEXT)))) == paragraphs_at(
        TEXT, places_of(TEXT)
    )


def test_a_corrected_word_does_not_lose_its_place():
    text = TEXT.replace("begynder med økonomien", "begynder nu med økonomien").replace("Så kommer", "Derefter kommer")
    found = paragraphs_at(text, found_again(text, written(TEXT, places_of(TEXT))))
    assert found["0:00:00"] == "Anna: Vi begynder nu med økonomien."
    assert found["0:00:14"] == "Anna: Derefter kommer folkene."


def test_what_is_said_twice_is_told_apart_by_what_stands_around_it():
    text = TEXT.replace("Anna: Så kommer folkene.\n\n", "Anna: Så kommer folkene her i huset.\n\n")
    found = found_again(text, written(TEXT, places_of(TEXT)))
    assert [text[place.start :][:7] for place in found if place.value in ("0:00:07", "0:00:21")] == ["Bo: Ja."] * 2
    assert [place.value for place in found] == [clock(7 * n) for n in range(5)]


def test_after_a_place_that_is_lost_nothing_is_cited_until_the_next():
    text = TEXT.replace("Anna: Så kommer folkene.\n\n", "")
    found = found_again(text, written(TEXT, places_of(TEXT)))
    values = {text[at : at + 4]: Places(found).value_at("time", at) for at in (0, text.index("Tak"))}
    assert values == {"Anna": "0:00:00", "Tak ": "0:00:28"}
    assert sum(not place.value for place in found) >= 1


WORDS = (
    "ja", "nej", "kommunen", "sag", "fleksjob", "leder", "penge", "ofte", "nu",
    "da", "men", "tid", "folk", "møde", "borger", "læge", "skema", "frist",
)  # fmt: skip
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=12, unique=True).map(" ".join),
    min_size=4,
    max_size=12,
    unique_by=lambda paragraph: paragraph.split()[0],
)


@given(SENTENCES, st.data())
def test_a_place_is_found_where_its_paragraph_is_or_not_at_all(paragraphs, data):
    """Whole paragraphs go and come; no time then stands at another paragraph than its own, be it ever so alike."""
    text = "\n\n".join(paragraphs)
    entries = written(text, places_of(text))
    new = [part for part in paragraphs if data.draw(st.booleans())]
    new.insert(data.draw(st.integers(0, len(new))), "Her er noget ganske nyt.")
    edited = "\n\n".join(new)
    for place in found_again(edited, entries):
        if place.value:
            number = [clock(7 * n) for n in range(len(paragraphs))].index(place.value)
            assert edited[place.start :].split("\n\n")[0] == paragraphs[number]


@given(SENTENCES, st.text(max_size=30), st.integers(0, 400))
def test_places_never_run_backwards_whatever_is_typed_into_the_text(paragraphs, typed, at):
    text = "\n\n".join(paragraphs)
    edited = text[:at] + typed + text[at:]
    starts = [place.start for place in found_again(edited, written(text, places_of(text)))]
    assert starts == sorted(starts)
