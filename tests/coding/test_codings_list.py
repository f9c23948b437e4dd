"""Lists of codings: codes told apart, words found in the sources, and questions where it cannot be told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coding.exchange.code_names import parents_of, split_codes
from coding.exchange.codings_list import CodingsList, ListedCoding, read_list, read_project, recognises
from coding.exchange.list_dates import iso_dates
from coding.exchange.locate import Located, located
from corpus.source import FrontMatter, Source

LEADER = Source("leder", FrontMatter(title="Leder, Birkeby"), (
    "Økonomien fylder meget hos os. Vi taler om den hver uge på ledermødet.\n\n"
    "Der kommer flere sager end før.\n\nDet er svært.\n\nNogle dage er det svært.\n\nDet er svært.\n"
))  # fmt: skip
WORKER = Source("sagsbehandler", FrontMatter(title="Sagsbehandler"), "Her er der ro på.\n\nDet er svært.\n")
SOURCES = (LEADER, WORKER)


def write_list(folder: Path, text: str, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def place(*rows: ListedCoding, answers: dict[int, int] | None = None) -> Located:
    found, problems = located(CodingsList("liste.csv", rows), SOURCES, answers)
    assert problems == []
    return found


def test_codes_with_commas_are_told_apart_by_their_number_and_by_other_rows() -> None:
    cells = [("Tid, ro og plads, Økonomi", 2), ("Økonomi", 1), ("Tid, ro og plads", 1), ("Økonomi, Praksis", 2)]
    assert split_codes(cells) == [
        ("Tid, ro og plads", "Økonomi"), ("Økonomi",), ("Tid, ro og plads",), ("Økonomi", "Praksis"),
    ]  # fmt: skip


def test_codes_that_cannot_be_told_apart_are_not_guessed() -> None:
    assert split_codes([("a, b, c", 2)]) == [None]


def test_without_a_number_only_sure_signs_divide() -> None:
    cells = [("Tid, ro og plads", None), ("a; b", None), ("x\ny", None), ("a, b", None)]
    assert split_codes(cells) == [("Tid, ro og plads",), ("a", "b"), ("x", "y"), ("a", "b")]


_WORD = st.sampled_from(("tid", "ro", "ø", "penge og løn"))
_NAME = st.lists(_WORD, min_size=1, max_size=3).map(", ".join)


@given(st.lists(st.lists(_NAME, min_size=1, max_size=4, unique=True), min_size=1, max_size=12))
def test_what_is_divided_has_the_number_that_was_said_and_loses_no_letter(rows: list[list[str]]) -> None:
    cells: list[tuple[str, int | None]] = [(", ".join(names), len(names)) for names in rows]
    for (words, count), names in zip(cells, split_codes(cells), strict=True):
        assert names is None or (len(names) == count and ", ".join(names) == words)


def test_names_with_a_theme_before_a_colon_stand_below_it() -> None:
    names = ["Tid: ro", "Tid: pres", "Note: én gang", "Penge > drift", "Penge"]
    assert parents_of(names) == {
        "Tid: ro": ("Tid", "ro"),
        "Tid: pres": ("Tid", "pres"),
        "Penge > drift": ("Penge", "drift"),
    }


def test_a_list_is_recognised_by_its_columns_in_other_languages_too(tmp_path: Path) -> None:
    german = write_list(tmp_path, 'Textinhalt;Dokument;Codes;Anzahl der Codes\n"Der kommer";leder;A, B;2\n')
    assert recognises(german, b"")
    listed, problems = read_list(german)
    assert problems == [] and listed is not None
    assert listed.rows == (ListedCoding(2, "Der kommer", ("A", "B"), "leder"),)
    assert not recognises(write_list(tmp_path, "Navn;Alder\nBo;33\n", "andet.csv"), b"")


def test_dates_are_read_where_the_column_tells_day_from_month() -> None:
    assert iso_dates(["3/25/25", "4/5/25"]) == ["2025-03-25", "2025-04-05"]
    assert iso_dates(["25/3/2025 14:05", "4/5/2025"]) == ["2025-03-25T14:05:00", "2025-05-04"]
    assert iso_dates(["4.5.2025", "2025-01-02", ""]) == ["2025-05-04", "2025-01-02", ""]
    assert iso_dates(["4/5/2025", "6/7/2025"]) == ["4/5/2025", "6/7/2025"], "nothing tells which is the month"
    assert iso_dates(["25/3/2025", "3/25/2025"]) == ["25/3/2025", "3/25/2025"], "the column contradicts itself"


def test_rows_that_cannot_be_read_are_problems_with_their_line(tmp_path: Path) -> None:
    path = write_list(tmp_path, 'segment,code,number of codes\nord,"a, b, c",2\n,d,1\nmere,d,1\n')
    listed, problems = read_list(path)
    assert listed is not None and [row.words for row in listed.rows] == ["mere"]
    assert [problem.line for problem in problems] == [2, 3]


def test_words_are_found_in_the_source_that_the_row_names_by_id_title_or_file() -> None:
    for name in ("leder", "Leder, Birkeby", "leder.docx", "LEDER"):
        found = place(ListedCoding(2, "Der kommer flere sager", ("sager",), name))
        coding = found.project.codings[0]
        assert (coding.source, LEADER.text[coding.start : coding.end]) == ("leder", "Der kommer flere sager")
        assert not found.questions


def test_without_a_document_words_are_looked_for_everywhere() -> None:
    found = place(ListedCoding(2, "Her er der ro på.", ("ro",)), ListedCoding(3, "flere sager end før", ("sager",)))
    assert [(c.source, c.quote) for c in found.project.codings] == [
        ("sagsbehandler", "Her er der ro på."), ("leder", "flere sager end før"),
    ]  # fmt: skip
    assert {source.id for source in found.project.sources} == {"leder", "sagsbehandler"}


def test_words_at_several_places_are_a_question_and_its_answer_decides() -> None:
    row = ListedCoding(2, "Det er svært.", ("svært",), "leder")
    asked = place(row)
    assert asked.project.codings == ()
    (question,) = asked.questions
    starts = [option.start for option in question.options if option.alike == 1]
    assert [LEADER.text[start : start + 13] for start in starts] == ["Det er svært."] * 2
    answered = place(row, answers={2: 2})
    assert not answered.questions and answered.project.codings[0].start == question.options[1].start
    left_out = place(row, answers={2: 0})
    assert not left_out.questions and not left_out.project.codings


def test_a_position_that_fits_decides_between_equal_words() -> None:
    last = LEADER.text.rindex("Det er svært.")
    found = place(ListedCoding(2, "Det er svært.", ("svært",), "leder", start=last, end=last + 13))
    assert [coding.start for coding in found.project.codings] == [last]


def test_nearly_the_same_words_are_found_and_counted_apart() -> None:
    found = place(
        ListedCoding(2, "Økonomien fylder megt hos os. Vi taler om den hver uge på ledermøde.", ("ø",), "leder")
    )
    assert (found.exact, found.near, len(found.questions)) == (0, 1, 0)
    assert found.project.codings[0].quote == "Økonomien fylder meget hos os. Vi taler om den hver uge på ledermødet"


def test_words_that_stand_nowhere_are_told_and_a_missing_document_holds_its_segments() -> None:
    found = place(
        ListedCoding(2, "noget der slet ikke står her i nogen af dem", ("x",), "leder"),
        ListedCoding(3, "Fra en helt anden tekst.", ("y",), "tredje interview", "bo", "husk"),
        ListedCoding(4, "helt anden", ("z",), "tredje interview"),
    )
    assert sum(loss.count for loss in found.project.losses if loss.what == "segments") == 1
    (source,) = found.project.sources
    assert (source.name, source.text) == ("tredje interview", "Fra en helt anden tekst.\n\nhelt anden\n")
    assert "put together from the 2 segments" in source.repairs[0]
    assert [source.text[c.start : c.end] for c in found.project.codings] == ["Fra en helt anden tekst.", "helt anden"]
    assert (found.project.codings[0].coder, found.project.codings[0].memo) == ("bo", "husk")


def test_an_answer_that_fits_no_place_is_a_problem() -> None:
    rows = (ListedCoding(2, "Det er svært.", ("svært",), "leder"),)
    _, problems = located(CodingsList("liste.csv", rows), SOURCES, {2: 77})
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "bad-value")]


def test_the_real_quotations_of_atlas_name_the_codes_of_its_codebook(shared: Path) -> None:
    folder = shared / "interop" / "exports"
    path = folder / "20250914_quotation_export.csv"
    assert recognises(path, b"")
    listed, problems = read_list(path)
    assert problems == [] and listed is not None and len(listed.rows) == 394
    book = (folder / "20250914_codebook_full.csv").read_text("utf-8-sig")
    names = {row["Code"] for row in csv.DictReader(io.StringIO(book), delimiter=";")}
    unknown = {code for row in listed.rows for code in row.codes} - names
    assert all(name.startswith('"') for name in unknown) and len(unknown) == 1
    project, _ = read_project(path)
    assert project is not None
    texts = {source.key: source.text for source in project.sources}
    assert all(texts[c.source][c.start : c.end] == c.quote for c in project.codings)
    assert len(project.codings) == 1465
