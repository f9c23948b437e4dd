"""Coding sheets: what a person changed in the workbook is applied, and nothing else."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from coding.acts import Span, added, write_events
from coding.coded_study import CodedStudy, read_coded_study
from coding.coding import Coding
from coding.events import Memo, Read, Recode, Resize, now
from coding.sheet_cells import memo_cell, memos_by_code, note_of, note_on_paragraph, tidy
from coding.sheet_changes import SheetChange, changes_from_sheet
from coding.sheet_file import sheet_bytes
from coding.sheet_reader import FilledPage, FilledRow, FilledSheet, read_sheet
from coding.sheet_words import DANISH, ENGLISH
from coding.sheets import CODE_COLUMNS, SheetPlan, sheet_plan, tab_names
from corpus.problems import Problem

STUDY = """=== codebook.yaml
themes:
- id: sager
  label: Sager
  definition: Om sager.
  codes:
  - {id: sager.mange, label: For mange sager}
  - {id: sager.andet, label: Andet}
- {id: tid, label: "=Tid, og frister", definition: Om tid.}
- {id: andet, label: Andet, definition: Resten.}
- {id: gammel, label: Gammel tid, replaced_by: tid}
=== sources/k.md
---
title: Birkeby, leder
case: birkeby
roles: [leder]
date: 2009-01-14
---

# 1. Om sager

Der er for mange sager, siger lederen. Det kan ingen nå.

- og så er der ikke flere.

## Om tid

Det tager tid 👩‍🔬 at afklare en borger, og tiden er knap i hele afdelingen.

Alt andet er godt.
=== sources/l.md
---
case: askhavn
kind: transcript
---

Leder: Ja.

Interviewer: Har I tid nok?

Leder: Ja.
Vi har tid nok til det hele.

Leder:
"""


class Bench:
    """A study and one coder's sheet of it, edited as a person would."""

    def __init__(self, root: Path, coder: str = "ana") -> None:
        self.root, self.coder = root, coder
        self.file = root / "sheet.xlsx"

    @property
    def coded(self) -> CodedStudy:
        return read_coded_study(self.root)[0]

    def plan(self) -> SheetPlan:
        return sheet_plan(self.coded, self.coded.study.sources, self.coder)

    def export(self) -> Workbook:
        self.file.write_bytes(sheet_bytes(self.plan()))
        return load_workbook(self.file)

    def code(self, source: str, words: str, code: str, coder: str = "ana", memo: str = "") -> str:
        at = self.coded.study.source_by_id[source].text.index(words)
        event = added(self.coded.study.source_by_id[source], code, Span(at, at + len(words)), memo)
        write_events(self.root, coder, {source: [event]})
        return event.id

    def changes(self, coder: str = "") -> tuple[list[SheetChange], list[Problem]]:
        sheet, problems = read_sheet(self.file)
        if sheet is None:
            return [], problems
        found, faults = changes_from_sheet(self.coded, sheet, coder or self.coder)
        return list(found.changes), [*problems, *faults]

    def apply(self, book: Workbook | None = None) -> list[Problem]:
        if book is not None:
            book.save(self.file)
        sheet, problems = read_sheet(self.file)
        assert sheet is not None, problems
        found, faults = changes_from_sheet(self.coded, sheet, self.coder)
        write_events(self.root, self.coder, found.events)
        assert changes_from_sheet(self.coded, sheet, self.coder)[0].events == {}, "a second import changes nothing"
        return [*problems, *faults]

    def codings(self, source: str = "k") -> list[tuple[str, str]]:
        return [(c.code, c.quote) for c in self.coded.codings_in(source, self.coder)]


@pytest.fixture
def bench(make_study: Callable[..., Path]) -> Bench:
    return Bench(make_study(STUDY))


def row_of(sheet: Worksheet, words: str) -> int:
    """The row of the tab in which a cell begins with `words`."""
    return next(c.row for cells in sheet.iter_rows() for c in cells if str(c.value or "").startswith(words))


def column_of(sheet: Worksheet, header: str) -> int:
    return next(c.column for c in sheet[4] if c.value == header)


def put(sheet: Worksheet, words: str, header: str, value: object) -> None:
    """Type `value` under `header` in the row that begins with `words`."""
    sheet.cell(row_of(sheet, words), column_of(sheet, header)).value = value


def seen(sheet: Worksheet, words: str, header: str) -> Any:
    return sheet.cell(row_of(sheet, words), column_of(sheet, header)).value


# What a sheet shows


def test_a_tab_shows_every_paragraph_in_the_sources_own_words(bench: Bench) -> None:
    sheet = bench.export()["k"]
    text = bench.coded.study.source_by_id["k"].text
    words = [sheet.cell(row, 2).value for row in range(5, sheet.max_row + 1)]
    assert len(words) == 6
    assert all(str(word) in text for word in words)
    assert [sheet.cell(row, 1).value for row in range(5, 11)] == [None, 1, 2, None, 3, 4]


def test_text_that_begins_with_a_sign_stays_text(bench: Bench) -> None:
    bench.code("k", "Alt andet", "tid", memo="=SUM(A1:A9)")
    book = bench.export()
    dash = book["k"].cell(row_of(book["k"], "- og"), 2)
    memo = book["k"].cell(row_of(book["k"], "Alt"), column_of(book["k"], "Memo"))
    label = next(c for cells in book["Koder"].iter_rows() for c in cells if c.value == "=Tid, og frister")
    assert [(c.data_type, c.quotePrefix) for c in (dash, memo, label)] == [("s", True)] * 3
    assert bench.changes() == ([], [])


def test_the_drop_downs_list_the_codes_by_a_named_range(bench: Bench) -> None:
    book = bench.export()
    lists = {v.formula1: str(v.sqref) for v in book["k"].data_validations.dataValidation}
    assert lists == {'"ja,nej"': "C3", "crosscase_codes": "C6:H7 C9:H10"}
    tab, cells = next(iter(book.defined_names["crosscase_codes"].destinations))
    offered = [cell.value for (cell,) in book[tab][cells.replace("$", "")]]
    assert offered == ["sager — Sager", "sager.mange — For mange sager", "sager.andet — Andet",
                       "tid — =Tid, og frister", "andet — Andet"]  # fmt: skip


def test_a_transcript_has_its_speakers_beside_the_words(bench: Bench) -> None:
    sheet = bench.export()["l"]
    assert [sheet.cell(4, c).value for c in (1, 2, 3, 4)] == ["#", "Taler", "Tekst", "Kode 1"]
    assert [sheet.cell(r, 2).value for r in (5, 6, 7)] == ["Leder", "Interviewer", "Leder"]
    assert sheet.cell(7, 3).value == "Ja.\nVi har tid nok til det hele."
    assert sheet.max_row == 7, "a speaker without words has no row"


def test_a_sheet_is_blind_to_other_coders(bench: Bench) -> None:
    bench.code("k", "for mange sager", "sager", coder="bo")
    assert seen(bench.export()["k"], "Der er", "Kode 1") is None


def test_there_is_always_an_empty_code_cell(make_study: Callable[..., Path]) -> None:
    codes = "".join(f"- {{id: c{n}, label: C{n}, definition: d}}\n" for n in range(7))
    bench = Bench(make_study(f"=== codebook.yaml\nthemes:\n{codes}=== sources/k.md\n---\n---\n\nOrd her.\n"))
    for n in range(7):
        bench.code("k", "Ord", f"c{n}")
    assert bench.plan().pages[0].source.columns == 8
    book = bench.export()
    put(book["k"], "Ord", "Kode 4", None)
    assert bench.apply(book) == []
    assert [code for code, _ in bench.codings()] == ["c0", "c1", "c2", "c4", "c5", "c6"]


def test_the_sheet_speaks_the_studys_language(make_study: Callable[..., Path]) -> None:
    english = 'format = "crosscase-study/1"\ntitle = "Trial"\nlanguage = "en"\n'
    bench = Bench(make_study(f"=== study.toml\n{english}{STUDY}"))
    book = bench.export()
    assert book.sheetnames[:2] == ["Instructions", "Codes"]
    put(book["k"], "Alt", "Code 1", "tid")
    book["k"]["C3"] = "yes"
    assert bench.apply(book) == []
    assert bench.codings() == [("tid", "Alt andet er godt.")]
    assert [heading for heading, _ in DANISH.instructions] and len(DANISH.instructions) == len(ENGLISH.instructions)


def test_tab_names_fit_excel() -> None:
    long = "a" * 40
    names = tab_names([long, long + "b", "history", "koder", "k"], ["Koder", "crosscase"])
    assert all(len(name) <= 31 for name in names.values())
    assert len({name.casefold() for name in names.values()} | {"koder", "history"}) == 7
    assert names["k"] == "k"


# What an import changes


def test_an_untouched_sheet_changes_nothing(bench: Bench) -> None:
    bench.code("k", "for mange", "sager", memo="først")
    bench.code("k", "mange sager", "sager", memo="så")
    bench.code("k", "Det kan ingen nå.", "ukendt")
    bench.code("k", "nå.\n\n- og så", "gammel")
    bench.export()
    assert bench.changes() == ([], [])


def test_a_chosen_code_covers_the_paragraphs_words(bench: Bench) -> None:
    book = bench.export()
    put(book["k"], "Der er", "Kode 2", "sager.mange — For mange sager")
    put(book["l"], "Ja.\nVi", "Kode 1", "TID")
    put(book["k"], "Alt", "Kode 1", "for mange  SAGER; =tid, og frister")
    assert bench.apply(book) == []
    assert bench.codings() == [
        ("sager.mange", "Der er for mange sager, siger lederen. Det kan ingen nå."),
        ("sager.mange", "Alt andet er godt."),
        ("tid", "Alt andet er godt."),
    ]
    assert bench.codings("l") == [("tid", "Ja.\nVi har tid nok til det hele.")]
    assert {c.origin for c in bench.coded.codings} == {"sheet"}
    assert len({c.run for c in bench.coded.codings}) == 1


def test_a_cleared_cell_takes_back_what_it_stood_for_and_only_that(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    bench.code("k", "mange sager", "sager")
    bench.code("k", "for mange", "tid")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", None)
    bench.code("k", "Der er", "sager")
    bench.code("k", "Alt", "sager")
    assert bench.apply(book) == []
    assert bench.codings() == [("sager", "Der er"), ("tid", "for mange"), ("sager", "Alt")]


def test_another_code_in_the_same_cell_keeps_words_memo_and_id(bench: Bench) -> None:
    id = bench.code("k", "for mange", "sager", memo="vigtigt")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", "tid")
    assert bench.apply(book) == []
    (coding,) = bench.coded.codings
    assert (coding.id, coding.code, coding.quote, coding.memo) == (id, "tid", "for mange", "vigtigt")


def test_a_coding_of_several_paragraphs_is_shortened_where_its_cell_is_cleared(bench: Bench) -> None:
    text = bench.coded.study.source_by_id["k"].text
    id = bench.code("k", text[text.index("for mange") :].rstrip(), "sager", memo="hele vejen")
    book = bench.export()
    assert [seen(book["k"], words, "Kode 1") for words in ("Der", "- og", "Det", "Alt")] == ["sager — Sager"] * 4
    put(book["k"], "- og", "Kode 1", None)
    assert bench.apply(book) == []
    first, second = bench.coded.codings
    assert (first.id, first.quote) == (id, "for mange sager, siger lederen. Det kan ingen nå.")
    assert second.quote.startswith("Det tager") and second.quote.endswith("godt.")
    assert first.memo == second.memo == "hele vejen"


def test_a_coding_whose_cells_are_all_cleared_is_gone(bench: Bench) -> None:
    bench.code("k", "nå.\n\n- og så", "sager")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", None)
    put(book["k"], "- og", "Kode 1", None)
    assert bench.apply(book) == []
    assert bench.codings() == []


def test_the_rest_of_a_split_coding_takes_the_changed_memo(bench: Bench) -> None:
    text = bench.coded.study.source_by_id["k"].text
    bench.code("k", text[text.index("for mange") :].rstrip(), "sager", memo="før")
    book = bench.export()
    put(book["k"], "- og", "Kode 1", None)
    put(book["k"], "Det tager", "Memo", "efter")
    assert bench.apply(book) == []
    assert [c.memo for c in bench.coded.codings] == ["efter", "efter"]


def test_a_coding_that_shrank_elsewhere_to_the_cleared_paragraph_is_gone(bench: Bench) -> None:
    id = bench.code("k", "nå.\n\n- og så", "sager")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", None)
    at = bench.coded.codings_by_id[id].start
    resize = Resize(id="e1", at=now(), target=id, start=at, end=at + 3, quote="nå.")
    write_events(bench.root, "ana", {"k": [resize]})
    assert bench.apply(book) == []
    assert bench.codings() == []


def test_a_code_moved_to_another_cell_of_its_row_is_the_same_code(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    id = bench.code("k", "mange sager", "tid")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", "tid — noget andet")
    put(book["k"], "Der er", "Kode 2", None)
    assert bench.apply(book) == []
    assert [(c.id, c.code, c.quote) for c in bench.coded.codings] == [(id, "tid", "mange sager")]


def test_the_read_mark_is_set_and_taken_back(bench: Bench) -> None:
    book = bench.export()
    book["k"]["C3"] = "JA "
    assert bench.apply(book) == []
    assert [(m.source, m.theme) for m in bench.coded.reads] == [("k", "")]
    book = bench.export()
    assert book["k"]["C3"].value == "ja"
    book["k"]["C3"] = None
    assert bench.apply(book) == []
    assert bench.coded.reads == ()


def test_a_read_mark_set_elsewhere_since_stays(bench: Bench) -> None:
    write_events(bench.root, "ana", {"k": [Read(id="d1", at=now())]})
    book = bench.export()
    write_events(bench.root, "ana", {"k": [Read(id="d2", at=now())]})
    book["k"]["C3"] = "nej"
    assert bench.apply(book) == []
    assert [m.id for m in bench.coded.reads] == ["d2"]


def test_an_unknown_read_mark_is_asked_about(bench: Bench) -> None:
    book = bench.export()
    book["k"]["C3"] = "måske"
    (problem,) = bench.apply(book)
    assert (problem.rule, problem.file, problem.line) == ("sheet-cell", "sheet.xlsx", 3)
    assert "'ja' or 'nej'" in problem.message


# Memos


def test_a_memo_goes_to_all_codes_of_its_row_or_to_the_one_it_names(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    book = bench.export()
    put(book["k"], "Der er", "Kode 2", "tid")
    put(book["k"], "Der er", "Memo", "tjek tallet")
    put(book["k"], "Alt", "Kode 1", "tid")
    put(book["k"], "Alt", "Kode 2", "andet")
    put(book["k"], "Alt", "Memo", "Andet: måske\nhvem ved")
    assert bench.apply(book) == []
    memos = {(c.code, c.quote[:3]): c.memo for c in bench.coded.codings}
    assert memos == {("sager", "for"): "tjek tallet", ("tid", "Der"): "tjek tallet",
                     ("andet", "Alt"): "måske\nhvem ved", ("tid", "Alt"): ""}  # fmt: skip


def test_a_changed_or_cleared_memo_changes_the_coding(bench: Bench) -> None:
    bench.code("k", "for mange", "sager", memo="gammel")
    bench.code("k", "mange", "tid")
    bench.code("k", "Alt", "tid", memo="væk med det")
    book = bench.export()
    assert seen(book["k"], "Der er", "Memo") == "sager: gammel"
    put(book["k"], "Der er", "Memo", "sager: ny\r\n")
    put(book["k"], "Alt", "Memo", None)
    assert bench.apply(book) == []
    assert [(c.code, c.memo) for c in bench.coded.codings] == [("sager", "ny"), ("tid", ""), ("tid", "")]


def test_a_memo_without_a_code_is_kept_with_the_source_and_shown_again(bench: Bench) -> None:
    book = bench.export()
    put(book["k"], "Det tager", "Memo", "spørg igen")
    assert bench.apply(book) == []
    (memo,) = bench.coded.memos
    assert memo.text == "Afsnit 3 (»Det tager tid 👩‍🔬 at afklare en borger, …«): spørg igen"
    book = bench.export()
    assert seen(book["k"], "Det tager", "Memo") == "spørg igen"
    put(book["k"], "Det tager", "Memo", "spurgt")
    assert bench.apply(book) == []
    assert [m.text[-6:] for m in bench.coded.memos] == ["spurgt"]
    book = bench.export()
    put(book["k"], "Det tager", "Memo", None)
    assert bench.apply(book) == []
    assert bench.coded.memos == ()


def test_a_memo_left_in_a_row_without_codes_is_not_lost(bench: Bench) -> None:
    bench.code("k", "Alt andet", "tid", memo="husk")
    book = bench.export()
    put(book["k"], "Alt", "Kode 1", None)
    assert bench.apply(book) == []
    assert bench.codings() == []
    assert [m.text for m in bench.coded.memos] == ["Afsnit 4 (»Alt andet er godt.«): husk"]


def test_of_two_notes_on_a_paragraph_one_can_be_taken_out(bench: Bench) -> None:
    words = "Alt andet er godt."
    notes = [Memo(id=f"m{n}", at=now(), text=note_on_paragraph(DANISH, 4, words, n)) for n in ("en", "to")]
    write_events(bench.root, "ana", {"k": notes})
    book = bench.export()
    assert seen(book["k"], "Alt", "Memo") == "en\nto"
    put(book["k"], "Alt", "Memo", "to")
    assert bench.apply(book) == []
    assert [m.id for m in bench.coded.memos] == ["mto"]


def test_a_note_belongs_to_the_paragraph_whose_words_it_names() -> None:
    paragraphs = {1: "Ja.", 2: "Nej.", 3: "Ja."}
    assert note_of("Afsnit 3 (»Ja.«): x", paragraphs) == (3, "x")
    assert note_of("Paragraph 1 (»Nej.«): x", paragraphs) == (2, "x")
    assert note_of("Afsnit 2 (»Ja.«): x", paragraphs) is None
    assert note_of("Afsnit 2: x", paragraphs) is None


codes = st.lists(st.sampled_from(["a", "b.c", "tid"]), unique=True, max_size=3)
texts = st.lists(st.text("abæ: \n|", max_size=12), min_size=3, max_size=3)


@given(codes, texts, st.text("xyå ", max_size=6))
def test_a_memo_cell_taken_apart_gives_the_memos_it_shows(ids: list[str], memos: list[str], note: str) -> None:
    memos = [tidy(memo.replace(":", "")) for memo in memos]
    given_ = [
        Coding(f"c{n}", "ana", "k", id, 0, 1, "x", memo) for n, (id, memo) in enumerate(zip(ids, memos, strict=False))
    ]
    cell = memo_cell(given_, [tidy(note)] if tidy(note) else [], DANISH)
    wanted = {c.code: c.memo for c in given_ if c.memo} | ({"": tidy(note)} if tidy(note) else {})
    assert memos_by_code(cell, ids) == wanted


# The sheet, the log and the text all change


def test_what_was_changed_in_both_places_is_a_conflict(bench: Bench) -> None:
    id = bench.code("k", "for mange", "sager", memo="før")
    other = bench.code("k", "Alt", "tid", memo="før")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", None)
    put(book["k"], "Alt", "Memo", "arkets")
    events = [Recode(id="e1", at=now(), target=id, code="andet"), Memo(id="e2", at=now(), target=other, text="loggens")]
    write_events(bench.root, "ana", {"k": events})
    problems = bench.apply(book)
    assert [(p.rule, p.line) for p in problems] == [("sheet-conflict", 10), ("sheet-conflict", 6)]
    assert [(c.code, c.memo) for c in bench.coded.codings] == [("andet", "før"), ("tid", "loggens")]


def test_two_memos_for_one_coding_are_a_conflict(bench: Bench) -> None:
    bench.code("k", "nå.\n\n- og så", "sager", memo="før")
    book = bench.export()
    put(book["k"], "Der er", "Memo", "et")
    put(book["k"], "- og", "Memo", "et andet")
    book.save(bench.file)
    problems = bench.changes()[1]
    assert [p.rule for p in problems] == ["sheet-conflict"]
    assert "two different memos" in problems[0].message


def test_what_both_places_did_alike_is_no_conflict(bench: Bench) -> None:
    id = bench.code("k", "for mange", "sager", memo="før")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", "tid")
    put(book["k"], "Der er", "Memo", "efter")
    put(book["k"], "Alt", "Kode 1", "andet")
    events = [Recode(id="e1", at=now(), target=id, code="tid"), Memo(id="e2", at=now(), target=id, text="efter")]
    write_events(bench.root, "ana", {"k": events})
    bench.code("k", "Alt andet", "andet")
    assert bench.apply(book) == []
    assert bench.codings() == [("tid", "for mange"), ("andet", "Alt andet")]


def test_a_lost_coding_can_be_taken_back_in_a_sheet(bench: Bench) -> None:
    id = bench.code("k", "for mange", "sager")
    book = bench.export()
    put(book["k"], "Der er", "Kode 1", None)
    book.save(bench.file)
    edit(bench, "k", "for mange", "overvældende mange")
    sheet, _ = read_sheet(bench.file)
    assert sheet is not None
    found, problems = changes_from_sheet(bench.coded, sheet, "ana", {id})
    assert problems == []
    assert [getattr(e, "target", "") for e in found.events["k"]] == [id]


def edit(bench: Bench, source: str, old: str, new: str) -> None:
    path = bench.root / "sources" / f"{source}.md"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_rows_of_an_edited_source_are_used_where_their_words_still_stand(bench: Bench) -> None:
    book = bench.export()
    for words in ("Der er", "Det tager", "Alt"):
        put(book["k"], words, "Kode 1", "tid")
    edit(bench, "k", "# 1. Om sager", "# 1. Om sager\n\nEt nyt afsnit.")
    edit(bench, "k", "Alt andet er godt.", "Intet er godt.")
    (problem,) = bench.apply(book)
    assert (problem.rule, problem.line) == ("sheet-row-lost", 10)
    assert "sources/k.md was edited" in problem.message
    assert [quote[:9] for _, quote in bench.codings()] == ["Der er fo", "Det tager"]
    assert {c.placement for c in bench.coded.codings} == {"exact"}


def test_equal_paragraphs_of_an_edited_source_are_told_apart_by_their_neighbours_or_not_at_all(
    make_study: Callable[..., Path],
) -> None:
    text = "Et.\n\nJa.\n\nTo.\n\nJa.\n\nTre.\n\nJa.\n\nJa.\n\nJa.\n"
    bench = Bench(make_study(f"{STUDY}=== sources/m.md\n---\n---\n\n{text}"))
    book = bench.export()
    rows = [row for row in range(5, 13) if book["m"].cell(row, 2).value == "Ja."]
    for row in rows:
        book["m"].cell(row, 3).value = "tid"
    edit(bench, "m", "Et.\n\nJa.\n\nTo.", "Et.\n\nTo.")
    problems = bench.apply(book)
    assert [(p.rule, p.line) for p in problems] == [("sheet-row-lost", 6)]
    found = bench.coded.study.source_by_id["m"].text
    assert [c.start for c in bench.coded.codings_in("m")] == [
        n for n in range(len(found)) if found[n:].startswith("Ja.")
    ]


def test_a_paragraph_is_not_taken_for_another_that_holds_the_same_words(make_study: Callable[..., Path]) -> None:
    bench = Bench(make_study(f"{STUDY}=== sources/m.md\n---\n---\n\nJa.\n\nTo.\n\nHm.\n\nTre.\n\nHm.\n"))
    book = bench.export()
    for row in (5, 7, 9):
        book["m"].cell(row, 3).value = "tid"
    edit(bench, "m", "Ja.\n\nTo.\n\nHm.\n\nTre.\n\nHm.", "Så. Ja. Og nej.\n\nFire.\n\nHm.\n\nFem.")
    assert [(p.rule, p.line) for p in bench.apply(book)] == [("sheet-row-lost", n) for n in (5, 7, 9)]
    assert bench.codings("m") == []


# What people and programs do to a workbook


def test_rows_may_be_sorted_inserted_and_deleted_and_tabs_renamed(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    book = bench.export()
    sheet = book["k"]
    put(sheet, "Alt", "Kode 1", "tid")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for n, row in enumerate(reversed(rows), 7):
        for column, value in enumerate(row, 1):
            sheet.cell(n, column).value = value
    for row in (5, 6):
        for column in range(1, 10):
            sheet.cell(row, column).value = None
    sheet.insert_rows(9, 2)
    sheet.insert_rows(2)
    sheet.title = "min fane"
    assert bench.apply(book) == []
    assert bench.codings() == [("sager", "for mange"), ("tid", "Alt andet er godt.")]


def test_a_deleted_row_or_tab_takes_nothing_back(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    bench.code("l", "tid nok til", "tid")
    book = bench.export()
    book["k"].delete_rows(row_of(book["k"], "Der er"))
    del book["l"]
    problems = bench.apply(book)
    assert [(p.rule, p.severity) for p in problems] == [("sheet-not-used", "warning")] * 2
    assert len(bench.coded.codings) == 2


def test_a_row_copied_for_more_codes_adds_them(bench: Bench) -> None:
    bench.code("k", "Alt", "tid")
    book = bench.export()
    sheet = book["k"]
    sheet.append([4, "Alt andet er godt.", "andet"])
    assert bench.apply(book) == []
    assert bench.codings() == [("tid", "Alt"), ("andet", "Alt andet er godt.")]


def test_number_and_words_of_a_row_must_not_contradict_each_other(bench: Bench) -> None:
    book = bench.export()
    sheet = book["k"]
    sheet.cell(row_of(sheet, "Alt"), 1).value = 1
    put(sheet, "Alt", "Kode 1", "tid")
    (problem,) = bench.apply(book)
    assert problem.rule == "sheet-row-lost"
    assert "number is that of paragraph 1, the words are those of paragraph 4" in problem.message
    assert bench.codings() == []


def test_words_changed_in_the_sheet_do_not_change_the_source(bench: Bench) -> None:
    book = bench.export()
    sheet = book["k"]
    put(sheet, "Alt", "Kode 1", "tid")
    sheet.cell(row_of(sheet, "Alt"), 2).value = "Næsten alt andet er godt."
    assert [p.rule for p in bench.apply(book)] == ["sheet-text-changed"]
    assert bench.codings() == [("tid", "Alt andet er godt.")]


def test_a_row_without_its_number_is_found_by_its_words(bench: Bench) -> None:
    book = bench.export()
    sheet = book["k"]
    put(sheet, "Alt", "Kode 1", "tid")
    sheet.cell(row_of(sheet, "Alt"), 1).value = None
    assert bench.apply(book) == []
    assert bench.codings() == [("tid", "Alt andet er godt.")]


@pytest.mark.parametrize(
    ("words", "header", "value", "rule", "said"),
    [
        ("Alt", "Kode 1", "sager.mangee", "unknown-code", "did you mean 'sager.mange'?"),
        ("Alt", "Kode 1", "Andet", "", ""),
        ("Alt", "Kode 1", "for mange sagerr", "unknown-code", "did you mean 'for mange sager'?"),
        ("Alt", "Kode 1", "gammel", "", ""),
        ("Alt", "Kode 1", "=C5", "sheet-cell", "formula"),
        ("Alt", "Kode 1", 3.0, "unknown-code", "'3' is no code"),
        ("Alt", "Memo", "=C5&1", "sheet-cell", "formula"),
        ("1. Om sager", "Kode 1", "tid", "sheet-row-lost", "heading"),
        ("1. Om sager", "Memo", "mit", "sheet-row-lost", "heading"),
    ],
)  # fmt: skip
def test_a_cell_is_understood_or_reported_with_its_row(
    bench: Bench, words: str, header: str, value: object, rule: str, said: str
) -> None:
    book = bench.export()
    put(book["k"], words, header, value)
    problems = bench.apply(book)
    assert [p.rule for p in problems] == ([rule] if rule else [])
    for problem in problems:
        assert (problem.file, problem.line) == ("sheet.xlsx", row_of(book["k"], words))
        assert said in str(problem) and "tab 'k'" in problem.message


def test_a_cell_that_cannot_be_read_is_not_taken_for_an_empty_one(bench: Bench) -> None:
    bench.code("k", "for mange", "sager", memo="vigtigt")
    bench.code("k", "for mange sager", "tid")
    for header, value in (("Kode 1", "=C5"), ("Kode 2", "ukendt"), ("Memo", "=1+1")):
        book = bench.export()
        put(book["k"], "Der er", header, value)
        assert len(bench.apply(book)) == 1
        assert [(c.code, c.memo) for c in bench.coded.codings] == [("sager", "vigtigt"), ("tid", "")]


def test_rows_beyond_the_size_that_a_program_wrote_are_read(bench: Bench) -> None:
    book = bench.export()
    put(book["k"], "Alt", "Kode 1", "tid")
    book.save(bench.file)
    with zipfile.ZipFile(bench.file) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(bench.file, "w") as parts:
        for name, data in files.items():
            parts.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B6"', data))
    assert bench.apply() == []
    assert bench.codings() == [("tid", "Alt andet er godt.")]


def test_a_label_of_two_codes_is_asked_about(bench: Bench) -> None:
    (bench.root / "codebook.yaml").write_text(
        "themes:\n- {id: a, label: Andet, definition: d}\n- {id: b, label: andet, definition: d}\n"
        "- {id: c, label: Andet, replaced_by: b}\n", "utf-8",
    )  # fmt: skip
    book = bench.export()
    put(book["k"], "Alt", "Kode 1", "Andet")
    (problem,) = bench.apply(book)
    assert problem.rule == "unknown-code"
    assert "label of several codes" in problem.message and problem.hint == "write one id: a, b"


def test_a_date_that_excel_made_is_reported(bench: Bench) -> None:
    import datetime

    book = bench.export()
    put(book["k"], "Alt", "Kode 1", datetime.datetime(2024, 3, 2))
    put(book["k"], "Det tager", "Memo", datetime.time(3, 2))
    problems = bench.apply(book)
    assert [p.rule for p in problems] == ["sheet-cell", "sheet-cell"]
    assert "date" in problems[0].message


def test_cells_outside_the_table_are_mentioned_once_a_column(bench: Bench) -> None:
    book = bench.export()
    for row in (4, 6, 7):
        book["k"].cell(row, 14).value = "mit"
    book.create_sheet("Noter")["A1"] = "mine egne"
    book["k"].cell(40, 2).value = "en linje til"
    problems = bench.apply(book)
    assert [(p.rule, p.line) for p in problems] == [("sheet-not-used", 6), ("sheet-not-used", 0)]
    assert "column N" in problems[0].message and "2 cells" in problems[0].message


def test_codes_beside_no_paragraph_are_reported(bench: Bench) -> None:
    book = bench.export()
    book["k"].cell(40, 3).value = "tid"
    (problem,) = bench.apply(book)
    assert (problem.rule, problem.line) == ("sheet-row-lost", 40)


def test_a_lost_column_or_header_stops_the_tab_instead_of_clearing_it(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    bench.code("k", "mange sager", "tid")
    book = bench.export()
    book["k"].delete_cols(3)
    assert [p.rule for p in bench.apply(book) if p.severity == "error"] == ["bad-sheet"]
    book = bench.export()
    book["k"].delete_rows(4)
    assert [p.rule for p in bench.apply(book) if p.severity == "error"] == ["bad-sheet"]
    assert len(bench.codings()) == 2


def test_a_code_column_that_was_empty_may_be_deleted(bench: Bench) -> None:
    bench.code("k", "for mange", "sager")
    book = bench.export()
    book["k"].delete_cols(column_of(book["k"], "Kode 2"))
    put(book["k"], "Alt", f"Kode {CODE_COLUMNS}", "tid")
    assert bench.apply(book) == []
    assert bench.codings() == [("sager", "for mange"), ("tid", "Alt andet er godt.")]


def test_a_sheet_of_another_coder_or_study_is_refused(bench: Bench, make_study: Callable[..., Path]) -> None:
    bench.export()
    assert [p.rule for p in bench.changes("bo")[1]] == ["sheet-other-coder"]
    other = make_study(
        '=== study.toml\nformat = "crosscase-study/1"\ntitle = "En anden"\n'
        "=== sources/k.md\n---\n---\n\nAndre ord.\n", name="other",
    )  # fmt: skip
    sheet, _ = read_sheet(bench.file)
    assert sheet is not None
    (problem,) = changes_from_sheet(read_coded_study(other)[0], sheet, "ana")[1]
    assert problem.rule == "sheet-other-study"
    assert "Prøve" in problem.message and "En anden" in problem.message


def test_a_study_that_was_given_another_title_takes_its_sheet(bench: Bench) -> None:
    bench.export()
    path = bench.root / "study.toml"
    path.write_text(path.read_text("utf-8").replace("Prøve", "Rettet titel"), "utf-8")
    assert bench.changes() == ([], [])


def test_a_source_that_was_taken_out_is_reported(bench: Bench) -> None:
    bench.export()
    (bench.root / "sources" / "l.md").unlink()
    assert [p.rule for p in bench.changes()[1]] == ["unknown-source"]


def test_comments_are_mentioned(bench: Bench) -> None:
    from openpyxl.comments import Comment

    book = bench.export()
    book["k"]["C6"].comment = Comment("se her", "ana")
    assert [p.rule for p in bench.apply(book)] == ["sheet-not-used"]


def test_words_that_look_like_an_office_escape_come_back_whole(make_study: Callable[..., Path]) -> None:
    bench = Bench(make_study(f"{STUDY}=== sources/m.md\n---\n---\n\nFeltet _x0041_ og _x000D_ er\x0cfejl.\n"))
    bench.code("m", "Feltet", "tid", memo="se _x0042_")
    book = bench.export()
    put(book["m"], "Feltet", "Kode 2", "andet")
    assert bench.apply(book) == []
    assert bench.codings("m")[-1][1] == "Feltet _x0041_ og _x000D_ er\x0cfejl."
    assert [c.memo for c in bench.coded.codings_in("m")] == ["se _x0042_", ""]


def test_a_paragraph_longer_than_a_cell_is_coded_whole(make_study: Callable[..., Path]) -> None:
    bench = Bench(make_study(f"{STUDY}=== sources/m.md\n---\n---\n\n{'langt ' * 6000}slut.\n"))
    book = bench.export()
    put(book["m"], "langt", "Kode 1", "tid")
    assert bench.apply(book) == []
    assert bench.codings("m")[0][1].endswith("slut.")


# Files that are no coding sheets


def damaged(data: bytes) -> dict[str, bytes]:
    """Bytes that are not, or no longer, a coding sheet, by what was done to them."""
    other = io.BytesIO()
    Workbook().save(other)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", bytes(120_000_000))
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as parts:
        parts.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as parts:
        parts.writestr("content.xml", b"<x/>")
    return {
        "empty": b"", "text": b"kode;tekst\n", "cut off": data[: len(data) // 2], "another workbook": other.getvalue(),
        "bomb": bomb.getvalue(), "entities": entities.getvalue(), "ods": ods.getvalue(),
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }  # fmt: skip


def test_what_is_no_coding_sheet_is_one_problem(bench: Bench) -> None:
    bench.export()
    for name, data in damaged(bench.file.read_bytes()).items():
        bench.file.write_bytes(data)
        sheet, problems = read_sheet(bench.file)
        assert sheet is None, name
        assert [(p.rule, p.file) for p in problems] == [("bad-sheet", "sheet.xlsx")], name
    assert read_sheet(bench.root)[0] is None
    assert read_sheet(bench.root / "none.xlsx")[0] is None


def test_a_hidden_tab_that_was_touched_is_not_trusted(bench: Bench) -> None:
    book = bench.export()
    book["crosscase"]["A3"] = str(book["crosscase"]["A3"].value).replace("ana", "bo")
    book.save(bench.file)
    assert "hidden tab was changed" in read_sheet(bench.file)[1][0].message
    del book["crosscase"]
    book.save(bench.file)
    assert "hidden tab was deleted" in read_sheet(bench.file)[1][0].message


def test_a_newer_format_says_so(bench: Bench) -> None:
    book = bench.export()
    book["crosscase"]["A1"] = "crosscase-sheet/9"
    book.save(bench.file)
    assert "update crosscase" in read_sheet(bench.file)[1][0].message


def test_any_damage_to_the_bytes_is_survived(bench: Bench) -> None:
    bench.export()
    data, rng = bench.file.read_bytes(), random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 5, 200))):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        bench.file.write_bytes(bytes(broken[: rng.choice((len(data), rng.randrange(len(data))))]))
        sheet, problems = read_sheet(bench.file)
        assert sheet is not None or [p.rule for p in problems] == ["bad-sheet"]
        if sheet is not None:
            changes_from_sheet(bench.coded, sheet, "ana")


@pytest.mark.office
def test_a_sheet_saved_by_libreoffice_says_the_same(bench: Bench) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    bench.code("k", "for mange", "sager", memo="=to\nlinjer _x0041_")
    bench.code("l", "tid nok", "tid")
    book = bench.export()
    put(book["k"], "Alt", "Kode 1", "tid — =Tid, og frister")
    book["l"]["D3"] = "ja"
    book.save(bench.file)
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, str(bench.file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(Path(folder) / bench.file.name, bench.file)
    saved = load_workbook(bench.file)
    assert [v.formula1 for v in saved["k"].data_validations.dataValidation] == ['"ja,nej"', "crosscase_codes"]
    assert bench.apply() == []
    assert bench.codings() == [("sager", "for mange"), ("tid", "Alt andet er godt.")]
    assert [m.source for m in bench.coded.reads] == ["l"]


# Any edits


CODES = ("sager", "sager.mange", "tid", "andet")


def filled(plan: SheetPlan, edits: Mapping[tuple[str, int], tuple[str, ...]], file: str = "s.xlsx") -> FilledSheet:
    """The sheet as it comes back when the codes of some paragraphs, by source and number, were replaced."""
    pages = []
    for page in plan.pages:
        rows = [
            FilledRow(n, line.row.number, line.words, edits.get((page.source.id, line.row.number), line.cells),
                      line.row.memo)
            for n, line in enumerate(page.lines, 5) if line.row
        ]  # fmt: skip
        pages.append(FilledPage(page.source.tab, page.source.id, "nej", 3, tuple(rows)))
    return FilledSheet(file, plan.exported, tuple(pages))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[tuple[str, str, int, int]], dict[tuple[str, int], tuple[str, ...]]]:
    """Codings (coder, code, start, end) of source k, and what paragraphs of the sheet say afterwards."""
    place = st.integers(0, 180)
    codings = draw(
        st.lists(st.tuples(st.sampled_from(("ana", "bo")), st.sampled_from(CODES), place, place), max_size=6)
    )
    cells = st.lists(st.sampled_from(CODES), max_size=4, unique=True).map(tuple)
    return codings, {("k", n): said for n, said in draw(st.dictionaries(st.integers(1, 4), cells, max_size=4)).items()}


@settings(max_examples=60, deadline=None)
@given(histories())
def test_after_an_import_every_paragraph_has_the_codes_that_the_sheet_says(history: Any) -> None:
    codings, edits = history
    with tempfile.TemporaryDirectory() as folder:
        bench = small_study(Path(folder))
        text = bench.coded.study.source_by_id["k"].text
        for coder, code, start, end in codings:
            if text[min(start, end) : max(start, end)].strip():
                bench.code_span("k", code, min(start, end), max(start, end), coder)
        before, plan = bench.coded, bench.plan()
        bench.apply_filled(filled(plan, edits))
        after = bench.coded
        for row in plan.pages[0].source.rows:
            said = edits.get(("k", row.number), row.codes)
            have = {c.code for c in after.codings_in("k", "ana") if c.start < row.end and c.end > row.start}
            assert have == set(said), row.number
        touched = {n for (_, n), said in edits.items()}
        rows_of = {c.id: {r.number for r in plan.pages[0].source.rows if c.id in {h.id for h in r.codings}}
                   for c in before.codings}  # fmt: skip
        for coding in before.codings:
            if coding.coder == "bo" or not rows_of[coding.id] & touched:
                assert after.codings_by_id[coding.id] == coding
        assert not changes_from_sheet(after, filled(plan, edits), "ana")[0].events


class SmallBench(Bench):
    def code_span(self, source: str, code: str, start: int, end: int, coder: str) -> None:
        event = added(self.coded.study.source_by_id[source], code, Span(start, end))
        write_events(self.root, coder, {source: [event]})

    def apply_filled(self, sheet: FilledSheet) -> None:
        found, problems = changes_from_sheet(self.coded, sheet, self.coder)
        assert problems == []
        write_events(self.root, self.coder, found.events)


def small_study(root: Path) -> SmallBench:
    parts = re.split(r"^=== (\S+)\n", STUDY, flags=re.MULTILINE)
    settings_ = 'format = "crosscase-study/1"\ntitle = "Prøve"\n'
    for path, content in zip(["study.toml", *parts[1::2]], [settings_, *parts[2::2]], strict=True):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return SmallBench(root)
