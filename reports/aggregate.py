"""From codings to states, counts and cells: the comparison matrix and the framework matrix.

Everything here is computed from values; the same input gives the same output. How a state is decided is told in
docs/methods.md; the words are those of METHODS (Sandelowski 2001 on why an empty cell must say why it is empty).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.structure import asked_by_structure
from corpus.cases import Case
from corpus.collector import collector_paused
from corpus.problems import Problem
from corpus.source import Source
from corpus.tokens import read_tokens
from reports.code_columns import code_matrix, column_codes, row_themes, with_texts_as_cases
from reports.excerpts import cell_of
from reports.matrix import CaseTheme, Column, ComparisonMatrix, FrameworkMatrix, Row, State


class Filters(msgspec.Struct, frozen=True):
    """Which part of the material is looked at: sources with one of the roles, cases with these attribute values."""

    roles: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    def words(self) -> tuple[str, ...]:
        """Each filter as `name=value`."""
        return (*(f"role={role}" for role in self.roles), *(f"{k}={v}" for k, v in self.where))


EVERYTHING = Filters()
_NOTHING: set[str] = set()


@collector_paused()
def compare(
    coded: CodedStudy, coders: Sequence[str], filters: Filters = EVERYTHING
) -> tuple[ComparisonMatrix, FrameworkMatrix, list[Problem]]:
    """Both matrices of a study, its columns groups of cases or codes, as study.toml says.

    With codes as columns the sentences are looked up, which can give problems of its own (a missing pipeline).
    """
    if not column_codes(coded):
        framework = framework_matrix(coded, coders, filters)
        return comparison_matrix(coded, framework, coders, filters), framework, []
    by_sentence = coded.study.settings.matrix.unit == "sentence"
    indexes, problems = read_tokens(coded.study) if by_sentence else ({}, [])
    coded = msgspec.structs.replace(coded, study=with_texts_as_cases(coded.study))
    framework = framework_matrix(coded, coders, filters)
    return code_matrix(coded, framework, coders, indexes, filters.words()), framework, problems


def framework_matrix(coded: CodedStudy, coders: Sequence[str], filters: Filters = EVERYTHING) -> FrameworkMatrix:
    """Cases × themes, cases in the order of the columns and of cases.csv."""
    themes = row_themes(coded)
    if column_codes(coded):
        cases = cases_shown(coded, filters)
    else:
        cases = tuple(case for column in columns(coded, filters) for case in column.cases)
    return cells_of(coded, cases, themes, coders, filters)


def cases_shown(coded: CodedStudy, filters: Filters = EVERYTHING) -> tuple[Case, ...]:
    """The cases that the filters leave, in the order of cases.csv, with or without a group."""
    return tuple(case for case in coded.study.cases if _case_fits(case, filters))


def cells_of(
    coded: CodedStudy,
    cases: Sequence[Case],
    themes: Sequence[Code],
    coders: Sequence[str],
    filters: Filters = EVERYTHING,
) -> FrameworkMatrix:
    """Any cases × any themes."""
    codings = codings_by_case_theme(coded, coders, filters)
    reads = _read_by_source(coded, coders)
    asked = {source.id: asked_of_source(coded, source) for source in coded.study.sources}
    cells = tuple(tuple(_case_themes(coded, case, themes, codings, reads, asked, filters)) for case in cases)
    return FrameworkMatrix(tuple(themes), tuple(cases), cells)


def comparison_matrix(
    coded: CodedStudy, framework: FrameworkMatrix, coders: Sequence[str], filters: Filters = EVERYTHING
) -> ComparisonMatrix:
    """Themes × groups, from the cells of the framework matrix."""
    by_case = {case.id: cells for case, cells in zip(framework.cases, framework.cells, strict=True)}
    shown = columns(coded, filters)
    k = max(coded.study.settings.matrix.excerpts, 0)
    rows = tuple(
        Row(theme, tuple(cell_of(theme, c, tuple(by_case[case.id][index] for case in c.cases), k) for c in shown))
        for index, theme in enumerate(framework.themes)
    )
    return ComparisonMatrix(shown, rows, tuple(coders), filters.words())


def columns(coded: CodedStudy, filters: Filters = EVERYTHING) -> tuple[Column, ...]:
    """The groups, in the order of `[groups.labels]`, then other values as they come; without cases, none.

    A column that the filters leave without a case is kept, so that the table has the same shape.
    """
    groups = coded.study.settings.groups
    found: dict[str, list[Case]] = {value: [] for value in groups.labels}
    for case in coded.study.cases:
        value = case.attributes.get(groups.attribute)
        if value is not None:
            found.setdefault(value, [])
            if _case_fits(case, filters):
                found[value].append(case)
    return tuple(Column(value, groups.labels.get(value, value), tuple(cases)) for value, cases in found.items())


def codings_by_case_theme(
    coded: CodedStudy, coders: Sequence[str], filters: Filters = EVERYTHING
) -> Mapping[tuple[str, str], list[Coding]]:
    """(case, theme) → codings, sub-codes rolled up; of the same code on the same words only one counts."""
    current = {id: coded.codebook.current(id) for id in coded.codebook.theme_of}
    all_coders = set(coders).issuperset(coded.coders)
    found: dict[tuple[str, str], list[Coding]] = {}
    cells: dict[str, dict[str, list[Coding]]] = {}
    for id, codings in coded.codings_by_source.items():
        source = coded.study.source_by_id[id]
        if source_fits(source, filters):
            case = source.meta.case
            if case not in cells:
                cells[case] = _cells_of_case(coded, case, found)
            _put(codings if all_coders else [c for c in codings if c.coder in coders], cells[case], current)
    return found


def _cells_of_case(coded: CodedStudy, case: str, found: dict[tuple[str, str], list[Coding]]) -> dict[str, list[Coding]]:
    """Code → the codings of the case under the code's theme: a list in `found`, one for all codes of the theme."""
    return {code: found.setdefault((case, theme.id), []) for code, theme in coded.codebook.theme_of.items()}


def _put(codings: Iterable[Coding], cells: Mapping[str, list[Coding]], current: Mapping[str, str]) -> None:
    """Put the codings of one source, a million in a large study, into their cells; codes that no theme has, nowhere."""
    seen: set[tuple[str, int, int]] = set()
    for coding in codings:
        code = current.get(coding.code)
        if code is not None and (key := (code, coding.start, coding.end)) not in seen:
            seen.add(key)
            cells[coding.code].append(coding)


def _case_themes(
    coded: CodedStudy, case: Case, themes: Sequence[Code], codings: Mapping[tuple[str, str], list[Coding]],
    reads: Mapping[str, set[str]], asked: Mapping[str, Mapping[str, bool | None]], filters: Filters,
) -> Iterator[CaseTheme]:  # fmt: skip
    sources = tuple(s for s in coded.study.sources_of_case[case.id] if source_fits(s, filters))
    read_by, asked_by = [reads.get(s.id, _NOTHING) for s in sources], [asked[s.id] for s in sources]
    for theme in themes:
        here = tuple(codings.get((case.id, theme.id), ()))
        mentioning = {coding.source for coding in here}
        read = tuple(s for s, marks in zip(sources, read_by, strict=True) if "" in marks or theme.id in marks)
        asked_here = {said.get(theme.id) for said in asked_by}
        was_asked = True if True in asked_here else None if None in asked_here or not sources else False
        applies = theme_applies(case, theme)
        state = state_of(applies, bool(here), sources, read, was_asked)
        saying = tuple(s for s in sources if s.id in mentioning)
        yield CaseTheme(case, theme, state, was_asked, here, sources, saying, read, applies)


def state_of(
    applies: bool | None,
    mentioned: bool,
    sources: Sequence[Source],
    read: Sequence[Source],
    asked: bool | None,
) -> State:
    """What the data say of a case under a theme; one source that nobody has read leaves the rest undecided."""
    if mentioned:
        return "mentioned"
    if applies is False:
        return "not_applicable"
    if applies is None or not sources:
        return "unknown"
    if len(read) < len(sources):
        return "not_coded"
    return "asked_no_answer" if asked else "read_absent" if asked is None else "not_asked"


def theme_applies(case: Case, theme: Code) -> bool | None:
    """Whether the theme applies to the case; None where an attribute that decides it is empty."""
    answers: list[bool | None] = []
    for attribute, values in theme.applies_to.items():
        value = case.attributes.get(attribute)
        allowed = (values,) if isinstance(values, str) else values
        answers.append(None if value is None else value in allowed)
    return False if False in answers else None if None in answers else True


def asked_of_source(coded: CodedStudy, source: Source) -> Mapping[str, bool | None]:
    """Theme → was it put to this person: by front matter, or because its heading or question label is in the text."""
    asked = source.meta.asked
    questions_of, has_guide = coded.codebook.questions_of_theme, bool(coded.guide.questions)
    if asked == "all" and (not has_guide or all(questions_of.values())):
        return {theme.id: True for theme in coded.codebook.active_themes}
    labelled = asked_by_structure(source, coded.codebook, coded.guide)
    found: dict[str, bool | None] = {}
    for theme in coded.codebook.active_themes:
        questions = questions_of[theme.id]
        listed = None if asked == "unknown" or not questions else asked == "all" or not questions.isdisjoint(asked)
        found[theme.id] = True if theme.id in labelled else listed
    return found


def _read_by_source(coded: CodedStudy, coders: Sequence[str]) -> Mapping[str, set[str]]:
    """Source → the themes that the coders' read marks are for; an empty theme is the whole source."""
    found: dict[str, set[str]] = defaultdict(set)
    for mark in coded.reads:
        if mark.coder in coders:
            found[mark.source].add(mark.theme)
    return found


def source_fits(source: Source, filters: Filters) -> bool:
    """Whether one of the roles asked for spoke in the source."""
    return not filters.roles or not set(filters.roles).isdisjoint(source.meta.roles)


def _case_fits(case: Case, filters: Filters) -> bool:
    return all(case.attributes.get(attribute) == value for attribute, value in filters.where)
