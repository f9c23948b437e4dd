"""Tables of a PDF where they are plain: rows of cells that begin at the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from corpus.readers.pdf_lines import Line
from corpus.readers.pdf_measures import Measures, is_below
from corpus.readers.sentences import Vocabulary, seam
from corpus.readers.speakers import Speakers

_SAME_PLACE = 4.0
_LEAST_ROWS = 2
_LEADERS = re.compile(r"(?:\.[ ]?){4,}\s*(?:\d{1,4}|[ivxlc]{1,7})?\s*$", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"\D\s(?:\d{1,4}|[ivxlc]{1,7})$")


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """`lines` without a table of contents (lines with dots that lead to a page number), and how many lines it had."""
    dotted = [index for index, line in enumerate(lines) if _LEADERS.search(line.text) and len(line.text) > 8]
    gone: set[int] = set()
    for place, index in enumerate(dotted):
        beside = [dotted[other] for other in (place - 1, place + 1) if 0 <= other < len(dotted)]
        if any(abs(index - other) <= 3 for other in beside):
            gone.add(index)
            gone.update(range(index, min((other for other in beside if 0 < other - index <= 3), default=index)))
    if len(gone) < 3:
        return list(lines), 0
    return [line for index, line in enumerate(lines) if index not in gone], len(gone)


class Table(msgspec.Struct):
    """The lines `[start, end)` of a file as rows with a tab between their cells; `first` is the first line."""

    first: Line
    start: int
    end: int
    rows: list[str]


def tables_in(lines: Sequence[Line], measures: Measures, speakers: Speakers, vocabulary: Vocabulary) -> list[Table]:
    """The tables among `lines`, in order.

    A table has two rows or more beside each other whose cells begin at the same places; a line that begins below a
    later cell goes on with the cells of the row above it. Lines of speakers (`Ana:` and words) are no table.
    """
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        end = _end_of_table(lines, index, measures, speakers)
        if lines[index].rows:
            end = index + 1
            tables.append(Table(lines[index], index, end, list(lines[index].rows)))
        elif end:
            tables.append(Table(lines[index], index, end, _rows(lines[index:end], vocabulary)))
        index = end or index + 1
    return tables


def _end_of_table(lines: Sequence[Line], start: int, measures: Measures, speakers: Speakers) -> int:
    """The index after the table that begins with line `start`; 0 where none does."""
    first = lines[start]
    if len(first.cells) < 2 or first.bullet or (speakers.names and speakers.label(first.text)):
        return 0
    places = [cell.left for cell in first.cells]
    rows, end = 1, start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not is_below(lines[index - 1], line) or line.base - lines[index - 1].base > 4 * line.size:
            break
        shared = sum(_column(cell.left, places) >= 0 for cell in line.cells)
        if len(line.cells) >= 2 and shared >= 2:
            rows += 1
        elif not (shared and line.left > places[0] + _SAME_PLACE and not measures.is_gap(lines[index - 1], line)):
            break
        places += [cell.left for cell in line.cells if _column(cell.left, places) < 0]
        end = index + 1
    return end if rows >= _LEAST_ROWS else 0


def _column(left: float, places: Sequence[float]) -> int:
    return next((index for index, place in enumerate(places) if abs(place - left) <= _SAME_PLACE), -1)


def _rows(lines: Sequence[Line], vocabulary: Vocabulary) -> list[str]:
    """The rows with a tab between their cells."""
    places: list[float] = []
    for cell in (cell for line in lines for cell in line.cells):
        if _column(cell.left, places) < 0:
            places.append(cell.left)
    places.sort()
    rows: list[list[str]] = []
    for line in lines:
        goes_on = bool(rows) and line.left > places[0] + _SAME_PLACE
        if not goes_on:
            rows.append([""] * len(places))
        for cell in line.cells:
            column = _column(cell.left, places)
            before = rows[-1][column]
            drop, space = seam(before, cell.text, vocabulary)
            rows[-1][column] = before[: len(before) - drop] + (space if before else "") + cell.text
    return ["\t".join(row).rstrip("\t") for row in rows]
