"""Case × code tables: a row for each case (or source), a column for each theme, and how each cell is to be read.

Presence counts a case once: 1 where at least one passage of the case has the code, 0 where all its sources were read
for the theme and none has it, and nothing where silence says nothing: a source is unread, the theme does not apply, or
there is no source. A case that was read and not asked has 0 too: with nothing there, those who were not asked would
count only when they mention the theme.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding
from corpus.cases import Case
from corpus.source import Source
from corpus.study import Study
from corpus.text import word_count
from reports.aggregate import EVERYTHING, Filters, cases_shown, cells_of, source_fits
from reports.code_columns import narrowed
from reports.labels import unique_names
from reports.listing import Entry, Listing
from reports.matrix import STATES, CaseTheme, State
from reports.words import Words, words_for

By = Literal["case", "source"]
Values = Literal["presence", "counts"]
BY: tuple[By, ...] = get_args(By)
VALUES: tuple[Values, ...] = get_args(Values)
_WHOLE = re.compile("0|[1-9][0-9]{0,14}", re.ASCII)
READ_AND_SILENT: tuple[State, ...] = ("asked_no_answer", "read_absent", "not_asked")
"""States in which every source was read and none has the code."""


class TableCode(msgspec.Struct, frozen=True):
    """A column: a theme, or a code below it, with its label from the theme on."""

    code: Code
    theme: Code
    label: str


class TableCell(msgspec.Struct, frozen=True):
    """A case or source under a code: what the data say, and how many codings of it there are."""

    state: State
    codings: int

    @property
    def presence(self) -> int | None:
        """1 mentioned, 0 read without a mention, None where it cannot be said."""
        return 1 if self.state == "mentioned" else 0 if self.state in READ_AND_SILENT else None

    @property
    def count(self) -> int | None:
        """The codings; None where it cannot be said."""
        return self.codings if self.presence is not None else None


class TableRow(msgspec.Struct, frozen=True):
    """A case or source: what is known of it, and its cells in the order of the codes."""

    facts: tuple[Entry, ...]
    cells: tuple[TableCell, ...]


class CodeTable(msgspec.Struct, frozen=True):
    """The whole table. `facts` are (key, name) of the columns before the codes."""

    by: By
    facts: tuple[tuple[str, str], ...]
    codes: tuple[TableCode, ...]
    rows: tuple[TableRow, ...]
    coders: tuple[str, ...]
    filters: tuple[str, ...]


def code_table(
    coded: CodedStudy,
    coders: Sequence[str],
    filters: Filters = EVERYTHING,
    by: By = "case",
    sub_codes: bool = False,
) -> CodeTable:
    """Every case (with or without a group) or source that the filters leave × every theme; `sub_codes` too if asked."""
    words, attributes = words_for(coded.study.settings.report_language), coded.study.attributes
    if by == "source":
        own = (name for source in coded.study.sources for name in source.meta.attributes)
        attributes = tuple(dict.fromkeys((*attributes, *own)))
    facts = (*_fact_names(by, words), *((name, name) for name in attributes))
    codes = tuple(_codes(coded, sub_codes))
    given, study = coded.study, coded.study
    if by == "source":
        study = _with_sources_as_cases(given, filters)
        coded = msgspec.structs.replace(coded, study=study)
    themes = coded.codebook.active_themes
    table = cells_of(coded, cases_shown(coded, filters), themes, coders, filters)
    rows = tuple(
        TableRow(
            (*_facts(case, given, by, words), *(_entry(case.attributes.get(name)) for name in attributes)),
            tuple(_cells(cells, codes, coded)),
        )
        for case, cells in zip(table.cases, table.cells, strict=True)
    )
    return CodeTable(by, facts, codes, rows, tuple(coders), filters.words())


def _codes(coded: CodedStudy, sub_codes: bool) -> Iterator[TableCode]:
    """The themes, each followed by the codes below it if asked; what another code replaces has no column."""
    seen: set[str] = set()

    def walk(code: Code, theme: Code, label: str) -> Iterator[TableCode]:
        if code.replaced_by or code.id in seen:
            return
        seen.add(code.id)
        yield TableCode(code, theme, label)
        for below in code.codes if sub_codes else ():
            yield from walk(below, theme, f"{label} › {below.label}")

    for theme in coded.codebook.active_themes:
        yield from walk(theme, theme, theme.label)


def _with_sources_as_cases(study: Study, filters: Filters) -> Study:
    """The study in which each source that fits is a case of its own, with the attributes of its case and its own."""
    sources = [source for source in study.sources if source_fits(source, filters)]
    known = study.case_by_id
    of_case = {id: case.attributes for id, case in known.items()}
    cases = tuple(Case(s.id, s.title, {**of_case.get(s.meta.case, {}), **s.meta.attributes}) for s in sources)
    moved = tuple(Source(s.id, msgspec.structs.replace(s.meta, case=s.id), s.text, s.text_line) for s in sources)
    return Study(study.root, study.settings, cases, study.attributes, moved, study.places)


def _fact_names(by: By, words: Words) -> tuple[tuple[str, str], ...]:
    if by == "case":
        return ("case", words.case_id), ("label", words.case)
    return (
        ("source", words.source), ("title", words.source_title), ("case", words.case_id), ("label", words.case),
        ("roles", words.roles), ("date", words.date_name), ("kind", words.kind), ("words", words.length),
    )  # fmt: skip


def _facts(case: Case, study: Study, by: By, words: Words) -> tuple[Entry, ...]:
    if by == "case":
        return case.id, case.label
    source = study.source_by_id[case.id]
    meta, of = source.meta, study.case_by_id.get(source.meta.case)
    date = meta.date.isoformat() if meta.date else None
    return (source.id, source.title, of.id if of else None, of.label if of else None, ", ".join(meta.roles), date,
            words.kinds[meta.kind], word_count(source.text))  # fmt: skip


def _entry(value: str | None) -> Entry:
    """The value of an attribute; a whole number that a spreadsheet can hold is a number."""
    return int(value) if value is not None and _WHOLE.fullmatch(value) else value


def _cells(cells: Sequence[CaseTheme], codes: Sequence[TableCode], coded: CodedStudy) -> Iterator[TableCell]:
    of_theme = {cell.theme.id: cell for cell in cells}
    for column in codes:
        cell = of_theme[column.theme.id]
        if column.code is not column.theme:
            cell = narrowed(cell, _of_code(cell.codings, column.code, coded))
        yield TableCell(cell.state, len(cell.codings))


def _of_code(codings: Sequence[Coding], code: Code, coded: CodedStudy) -> list[Coding]:
    """The codings of a code and of those below it."""
    ids = {below.id for below in code.walk()}
    return [coding for coding in codings if coded.codebook.current(coding.code) in ids]


def table_listing(
    table: CodeTable, values: Values, words: Words, with_states: bool = False, plain: bool = False
) -> Listing:
    """The table as a list. `with_states` puts behind each code's column one with the state: in words, or `plain`."""
    key, name = unique_names(), unique_names()
    columns = [(key(k), name(n)) for k, n in table.facts]
    often = Counter((*(n for _, n in table.facts), *(column.label for column in table.codes)))
    for column in table.codes:
        label = column.label if often[column.label] == 1 else f"{column.label} ({column.code.id})"
        columns.append((key(column.code.id), name(label)))
        if with_states:
            columns.append((key(f"{column.code.id}.state"), name(f"{label}: {words.state}")))
    said = {state: state if plain else words.states[state] for state in STATES}
    rows = tuple((*row.facts, *_entries(row, values, said if with_states else {})) for row in table.rows)
    return Listing(tuple(k for k, _ in columns), tuple(n for _, n in columns), rows)


def _entries(row: TableRow, values: Values, states: Mapping[State, str]) -> Iterator[Entry]:
    for cell in row.cells:
        yield cell.presence if values == "presence" else cell.count
        if states:
            yield states[cell.state]


def states_listing(table: CodeTable, words: Words) -> Listing:
    """The same table with every cell's state in words."""
    shown = table_listing(table, "presence", words)
    rows = tuple((*row.facts, *(words.states[cell.state] for cell in row.cells)) for row in table.rows)
    return Listing(shown.keys, shown.names, rows)
