"""Columns that are codes: passages of a theme that also bear a column's code, so that one text that speaks of two
groups can be compared.

A passage is made of units (sentences or paragraphs). A unit belongs to a column when it shares a character with a
coding of that column's code and with none of another column's; neighbouring units of one column inside one coding of
the theme are one passage, also where several codings of the theme lie on them. What speaks of several columns, or of
none, stands in no cell and is counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding
from corpus.cases import Case
from corpus.source import Source
from corpus.study import Study
from corpus.tokens import TokenIndex
from reports.excerpts import cell_of
from reports.matrix import CaseTheme, Column, ComparisonMatrix, FrameworkMatrix, Row, State, Undecided

Span = tuple[int, int]
Passages = dict[str, list[Coding]]
"""Column → codings of the theme, each cut down to one passage."""


def column_codes(coded: CodedStudy) -> tuple[Code, ...]:
    """The codes that are columns, in the order of study.toml; those that the codebook does not have are left out."""
    known = coded.codebook.by_id
    return tuple(known[id] for id in coded.study.settings.matrix.columns if id in known)


def row_themes(coded: CodedStudy) -> tuple[Code, ...]:
    """The themes that are rows: those that hold no column."""
    theme_of = coded.codebook.theme_of
    holding = {theme_of[code.id].id for code in column_codes(coded) if code.id in theme_of}
    return tuple(theme for theme in coded.codebook.active_themes if theme.id not in holding)


def with_texts_as_cases(study: Study) -> Study:
    """The study in which a source that belongs to no case is a case of its own: texts need no cases.csv."""
    bare = [source for source in study.sources if not source.meta.case]
    if not bare:
        return study
    moved = {s.id: Source(s.id, msgspec.structs.replace(s.meta, case=s.id), s.text, s.text_line) for s in bare}
    cases = (*study.cases, *(Case(source.id, source.title) for source in bare))
    sources = tuple(moved.get(source.id, source) for source in study.sources)
    return Study(study.root, study.settings, cases, study.attributes, sources, study.places)


def code_matrix(
    coded: CodedStudy,
    framework: FrameworkMatrix,
    coders: Sequence[str],
    indexes: Mapping[str, TokenIndex],
    filters: tuple[str, ...] = (),
) -> ComparisonMatrix:
    """Themes × codes. `indexes` hold the sentences of each source; without one its paragraphs are the units."""
    columns = tuple(Column(code.id, code.label, framework.cases, code.id) for code in column_codes(coded))
    k = max(coded.study.settings.matrix.excerpts, 0)
    speaking = _Speaking(coded, coders, indexes)
    rows = []
    for index, theme in enumerate(framework.themes):
        cells: list[list[CaseTheme]] = [[] for _ in columns]
        for cases in framework.cells:
            passages = speaking.passages(cases[index].codings)
            for cell, column in zip(cells, columns, strict=True):
                cell.append(narrowed(cases[index], passages.get(column.id, [])))
        pairs = zip(columns, cells, strict=True)
        rows.append(Row(theme, tuple(cell_of(theme, column, tuple(cell), k) for column, cell in pairs)))
    return ComparisonMatrix(columns, tuple(rows), tuple(coders), filters, speaking.undecided)


def narrowed(case: CaseTheme, codings: Sequence[Coding]) -> CaseTheme:
    """The case under the theme, as far as it has these codings: those of one column, or of one code below the theme."""
    saying = {coding.source for coding in codings}
    state: State = "mentioned" if codings else case.state
    if state == "mentioned" and not codings:
        state = "read_absent" if len(case.sources_read) == len(case.sources) else "not_coded"
    sources = tuple(source for source in case.sources if source.id in saying)
    return msgspec.structs.replace(case, state=state, codings=tuple(codings), sources_mentioning=sources)


class _Speaking:
    """Which column each unit of each source speaks of."""

    def __init__(self, coded: CodedStudy, coders: Sequence[str], indexes: Mapping[str, TokenIndex]) -> None:
        self.sources = coded.study.source_by_id
        self.units = {id: _units(source, indexes.get(id)) for id, source in self.sources.items()}
        self.columns: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.several: set[tuple[str, int]] = set()
        self.none: set[tuple[str, int]] = set()
        column_of = {below.id: code.id for code in column_codes(coded) for below in code.walk()}
        chosen = set(coders)
        for coding in coded.codings:
            column = column_of.get(coded.codebook.current(coding.code))
            if column is not None and coding.coder in chosen:
                for unit in _touched(self.units[coding.source], coding.start, coding.end):
                    self.columns[coding.source][unit].add(column)

    @property
    def undecided(self) -> Undecided:
        """Units under a theme that speak of several columns, and of none."""
        return Undecided(len(self.several), len(self.none))

    def passages(self, codings: Sequence[Coding]) -> Passages:
        """The codings of a theme as passages by column: words under several of them are one passage, not several."""
        found: Passages = defaultdict(list)
        by_source: dict[str, list[Coding]] = defaultdict(list)
        for coding in codings:
            by_source[coding.source].append(coding)
        for source, inside in by_source.items():
            for column, run, resting in self._runs(source, inside):
                found[column].append(self._cut(source, run, resting))
        return found

    def _runs(self, source: str, codings: Sequence[Coding]) -> Iterator[tuple[str, list[int], list[Coding]]]:
        """(column, neighbouring units, the codings that they rest on) of every passage, in order of the text."""
        resting: dict[int, list[Coding]] = defaultdict(list)
        for coding in codings:
            for unit in _touched(self.units[source], coding.start, coding.end):
                resting[unit].append(coding)
        column = ""
        run: list[int] = []
        below: list[Coding] = []
        for unit in sorted(resting):
            columns = self.columns[source].get(unit, set())
            if len(columns) != 1:
                (self.several if columns else self.none).add((source, unit))
                continue
            here = next(iter(columns))
            goes_on = here == column and run[-1:] == [unit - 1] and any(c in resting[unit - 1] for c in resting[unit])
            if not goes_on:
                if run:
                    yield column, run, below
                column, run, below = here, [], []
            run.append(unit)
            below += [coding for coding in resting[unit] if coding not in below]
        if run:
            yield column, run, below

    def _cut(self, source: str, run: Sequence[int], resting: Sequence[Coding]) -> Coding:
        """The coding that most of the passage rests on, with the passage as its words."""
        units = self.units[source]
        start = max(units[run[0]][0], min(coding.start for coding in resting))
        end = min(units[run[-1]][1], max(coding.end for coding in resting))
        coding = min(resting, key=lambda c: (max(start, c.start) - min(end, c.end), c.start, c.id))
        return msgspec.structs.replace(coding, start=start, end=end, quote=self.sources[source].text[start:end])


def _units(source: Source, index: TokenIndex | None) -> list[Span]:
    """The units of a source, in order."""
    if index is not None:
        return index.sentence_spans
    return [(p.body, p.end) for p in source.structure.paragraphs if not p.is_heading]


def _touched(units: Sequence[Span], start: int, end: int) -> range:
    """Indexes of the units that share a character with `[start, end)`."""
    return range(bisect_right(units, start, key=lambda u: u[1]), bisect_left(units, end, key=lambda u: u[0]))
