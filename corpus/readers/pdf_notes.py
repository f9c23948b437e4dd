"""Footnotes of a PDF: small type at the foot of a column, each beginning with its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.notes import CLOSE, OPEN, superscript
from corpus.readers.pdf_lines import Cell, Line
from corpus.readers.pdf_measures import Measures

_SMALLER = 0.94
_IN_TEXT = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_MARK = re.compile(r"(\d{1,3}|\*{1,3}|[†‡§])[.)]?\s+(?=\S)")


def without_footnotes(lines: Sequence[Line], measures: Measures) -> tuple[list[Line], list[list[Line]]]:
    """`lines` without the footnotes, and the lines of each footnote; the first line of each says its mark in `opening`.

    Only marks that stand somewhere in the text make footnotes of the small lines below it. Small lines at the foot of
    the next page that begin without a mark go on with the last footnote.
    """
    marks = {mark for line in lines for mark in re.findall(f"{OPEN}(.*?)\\ufdd1", line.text)}
    body: list[Line] = []
    notes: list[list[Line]] = []
    start = 0
    for index in range(1, len(lines) + 1):
        whole = index == len(lines) or (lines[index].page, lines[index].column) != (
            lines[start].page,
            lines[start].column,
        )
        if whole:
            column = lines[start:index]
            foot = _foot(column, marks, measures, bool(notes)) if marks else len(column)
            body += map(_with_mark, column[:foot])
            for line in column[foot:]:
                if line.opening in marks and line.opening:
                    notes.append([line])
                else:
                    notes[-1].append(line)
            start = index
    return body, notes


def _foot(column: Sequence[Line], marks: set[str], measures: Measures, goes_on: bool) -> int:
    """Where the footnotes of a column begin; its length where it has none."""
    foot = len(column)
    while foot and column[foot - 1].size < _SMALLER * measures.size:
        foot -= 1
    for line in column[foot:]:
        if not line.opening and (found := _MARK.match(line.text)) and found[1] in marks:
            line.opening = found[1]
            line.cells = _without_mark(line.cells, found.end())
    if foot == len(column):
        return foot
    if column[foot].opening in marks:
        return foot
    if goes_on and any(line.opening in marks for line in column[foot:]):
        return foot
    return next((index for index in range(foot, len(column)) if column[index].opening in marks), len(column))


def _with_mark(line: Line) -> Line:
    """The line with the raised mark that it began with, since it begins no footnote."""
    if line.opening:
        first = line.cells[0]
        line.cells = (Cell(first.left, first.right, superscript(line.opening) + " " + first.text), *line.cells[1:])
        line.opening = ""
    return line


def _without_mark(cells: tuple[Cell, ...], length: int) -> tuple[Cell, ...]:
    """The cells of a line without the mark and the space, `length` characters, that they begin with."""
    first = cells[0]
    if len(first.text) <= length:
        return cells[1:]
    return (Cell(first.left, first.right, first.text[length:]), *cells[1:])
