"""Three pictures of a study: which themes each case speaks of, how many cases of each group do, and how much each
source contributes.

A picture never shows a percentage. A case that does not mention a theme keeps the mark of its state, since silence is
not one thing: not asked, not read, and asked without an answer are told apart.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from corpus.study import Study
from reports.cell_view import CellView
from reports.labels import Labels
from reports.matrix import STATES, CaseTheme, Cell, Column, ComparisonMatrix, FrameworkMatrix, State
from reports.pictures.contributions import contributions
from reports.pictures.picture import Grid, Mark, MarkRow, Picture, Strip, StripRow, Strips, paged
from reports.sentences import n_unread
from reports.words import Words, counted, digits, joined

CASES_A_PAGE, THEMES_A_PAGE, GROUPS_A_PAGE = 40, 45, 5
Places = Mapping[tuple[str, str], str]
"""(theme, case) → where its evidence stands in the page."""
Cases = Sequence[Sequence[CaseTheme]]
"""Cases, each as its cells in the order of the themes."""


def pictures(
    study: Study,
    matrix: ComparisonMatrix,
    framework: FrameworkMatrix,
    cells: Sequence[Sequence[CellView]],
    labels: Labels,
) -> tuple[Picture, ...]:
    """The pictures of a report; `cells` are those of the matrix, row by row.

    Where columns are codes prevalence is empty: a text can speak of every column.
    """
    words = labels.words
    has_groups = matrix.rows and matrix.columns and not matrix.columns[0].code
    return (
        _coverage(matrix, framework, cells, words)
        if framework.cases and framework.themes
        else _empty("coverage", words.coverage, words),
        _prevalence(matrix, cells, words) if has_groups else _empty("prevalence", words.prevalence, words),
        contributions(study, matrix, framework, labels)
        if study.sources
        else _empty("sources", words.contributions, words),
    )


def _empty(key: str, title: str, words: Words) -> Picture:
    return Picture(key, title, words.picture_empty, words.picture_empty, (), (), ())


def _coverage(
    matrix: ComparisonMatrix, framework: FrameworkMatrix, cells: Sequence[Sequence[CellView]], words: Words
) -> Picture:
    places: dict[tuple[str, str], str] = {}
    for row, views in zip(matrix.rows, cells, strict=True):
        for cell, view in zip(row.cells, views, strict=True):
            places |= _places(cell, view)
    groups = {case.id: column.label for column in matrix.columns if not column.code for case in column.cases}
    every = [cell for cells_of_case in framework.cells for cell in cells_of_case]
    most = max(len(cell.codings) for cell in every)
    pages = tuple(
        Grid(_group_names(part, groups), _mark_rows(part, rows, groups, places, words), most)
        for rows in paged(range(len(framework.themes)), THEMES_A_PAGE)
        for part in paged(framework.cells, CASES_A_PAGE)
    )
    said = words.coverage_said.format(
        themes=counted(len(framework.themes), words.themes_one, words.themes_many, words),
        cases=counted(len(framework.cases), words.cases_one, words.cases_many, words),
        states=_states_said(every, words),
    )
    table = tuple(_coverage_table(framework, words))
    return Picture("coverage", words.coverage, words.coverage_hint, said, pages, _states(every), table)


def _by_group(cases: Cases, groups: Mapping[str, str]) -> list[tuple[str, Cases]]:
    """Neighbouring cases of one group together, with the label of the group."""
    parts = groupby(cases, lambda case: groups.get(case[0].case.id, ""))
    return [(group, tuple(part)) for group, part in parts]


def _group_names(cases: Cases, groups: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((group, tuple(case[0].case.label for case in part)) for group, part in _by_group(cases, groups))


def _mark_rows(
    cases: Cases, rows: Sequence[int], groups: Mapping[str, str], places: Places, words: Words
) -> tuple[MarkRow, ...]:
    parts = [part for _, part in _by_group(cases, groups)]
    return tuple(
        MarkRow(
            cases[0][index].theme.label,
            tuple(tuple(_mark(case[index], places, words) for case in part) for part in parts),
        )
        for index in rows
    )


def _coverage_table(framework: FrameworkMatrix, words: Words) -> Iterator[tuple[str, ...]]:
    yield (words.theme, *(case.label for case in framework.cases))
    for index, theme in enumerate(framework.themes):
        yield (theme.label, *(_state_said(cells[index], words) for cells in framework.cells))


def _places(cell: Cell, view: CellView) -> dict[tuple[str, str], str]:
    return {(cell.theme.id, case.id): case.anchor for case in view.cases}


def _mark(cell: CaseTheme, places: Places, words: Words) -> Mark:
    theme = textwrap.shorten(cell.theme.label, 60, placeholder=" …")
    said = f"{theme} · {cell.case.label}: {_state_said(cell, words)}"
    return Mark(cell.state, len(cell.codings), said, places.get((cell.theme.id, cell.case.id), ""))


def _state_said(cell: CaseTheme, words: Words) -> str:
    """`nævnt, 6 kodninger`."""
    n = len(cell.codings)
    count = counted(n, words.codings_one, words.codings_many, words) if n else ""
    return ", ".join(part for part in (words.states[cell.state], count) if part)


def _states(cells: Sequence[CaseTheme]) -> tuple[State, ...]:
    found = {cell.state for cell in cells}
    return tuple(state for state in STATES if state in found)


def _states_said(cells: Sequence[CaseTheme], words: Words) -> str:
    """`129 nævnt, 3 ikke relevant`, in the order of the states."""
    found = Counter(cell.state for cell in cells)
    return ", ".join(f"{digits(found[state], words)} {words.states[state]}" for state in STATES if found[state])


def _prevalence(matrix: ComparisonMatrix, cells: Sequence[Sequence[CellView]], words: Words) -> Picture:
    pages = tuple(
        _strips(matrix, rows, columns, cells, words)
        for rows in paged(range(len(matrix.rows)), THEMES_A_PAGE)
        for columns in paged(range(len(matrix.columns)), GROUPS_A_PAGE)
    )
    every = [case for row in matrix.rows for cell in row.cells for case in cell.cases]
    groups = [f"{column.label} ({_size(column, words)})" for column in matrix.columns]
    themes = counted(len(matrix.rows), words.themes_one, words.themes_many, words)
    said = words.prevalence_said.format(themes=themes, groups=joined(groups, words))
    table = tuple(_prevalence_table(matrix, words))
    return Picture("prevalence", words.prevalence, words.prevalence_hint, said, pages, _states(every), table)


def _strips(
    matrix: ComparisonMatrix,
    rows: Sequence[int],
    columns: Sequence[int],
    cells: Sequence[Sequence[CellView]],
    words: Words,
) -> Strips:
    return Strips(
        groups=tuple((c.label, len(c.cases), _size(c, words)) for c in (matrix.columns[j] for j in columns)),
        rows=tuple(
            StripRow(
                matrix.rows[i].theme.label,
                tuple(_strip(matrix.rows[i].cells[j], cells[i][j], words) for j in columns),
            )
            for i in rows
        ),
    )


def _size(column: Column, words: Words) -> str:
    return words.n_is.format(n=digits(len(column.cases), words))


def _strip(cell: Cell, view: CellView, words: Words) -> Strip:
    ordered = sorted(cell.cases, key=lambda case: STATES.index(case.state))
    places = _places(cell, view)
    return Strip(tuple(_mark(case, places, words) for case in ordered), share_said(cell, words))


def share_said(cell: Cell, words: Words) -> str:
    """`5 af 6`: cases that mention the theme, of those it applies to; `mindst` where one of them is not read yet."""
    k, n = cell.n_mentioning, cell.n_applicable
    unread = n_unread(cell)
    if not cell.cases:
        return "–"
    if not n:
        applies = all(case.state == "not_applicable" for case in cell.cases)
        return words.states["not_applicable" if applies else "unknown"]
    if not k and unread == n:
        return words.states["not_coded"]
    frame = words.share_digits_at_least if unread else words.share_digits
    return frame.format(k=digits(k, words), n=digits(n, words))


def _prevalence_table(matrix: ComparisonMatrix, words: Words) -> Iterator[tuple[str, ...]]:
    """For each group the share, and the names of its cases by state."""
    labels = [column.label for column in matrix.columns]
    yield (words.theme, *(name for g in labels for name in (g, words.cases_by_state.format(group=g))))
    for row in matrix.rows:
        said: list[str] = []
        for cell in row.cells:
            cases = {state: [c.case.label for c in cell.cases if c.state == state] for state in STATES}
            names = (f"{words.states[state]}: {', '.join(found)}" for state, found in cases.items() if found)
            said += [share_said(cell, words), " · ".join(names)]
        yield (row.theme.label, *said)
