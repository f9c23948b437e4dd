"""csv as programs and people save it: which sign stands between cells is seen from the lines themselves."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

DELIMITERS = (";", ",", "\t", "|")
"""In the order of preference where two divide the lines equally well."""
_SAID = re.compile(r"\ufeff?[\"']?sep=(.)[\"']?[ \t;,]*(?:\n|\Z)", re.IGNORECASE)
_SAMPLE = 100_000
_LINES = 60
_LEAST = 0.45
"""The share of lines that must agree; the header counts more than others."""


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(1-based line, cells) of each row in `text`, which has LF line ends. Cells may hold line breaks within quotes.

    A first line `sep=;` names the delimiter, as Excel writes and reads it, and is no row. Raises csv.Error where quotes
    do not end, or a cell is longer than csv allows.
    """
    said = _SAID.match(text)
    skipped = said.end() if said else 0
    delimiter = said[1] if said else delimiter_of(text)
    lines = csv.reader(io.StringIO(text[skipped:], newline=""), delimiter=delimiter, strict=True)
    before = 1 if said else 0
    line = 1
    for cells in lines:
        yield line + before, cells
        line = lines.line_num + 1


def delimiter_of(text: str) -> str:
    """The sign that divides the first lines into equally many cells, and into the most.

    Where none does, the table has one column, and it is a sign that does not occur.
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    absent = next((delimiter for delimiter in (",", *DELIMITERS) if delimiter not in sample), ",")
    best, score = absent, (_LEAST, 0.0)
    for delimiter in DELIMITERS:
        lengths = _lengths(sample, delimiter)
        for width, often in Counter(lengths).items():
            if width > 1 and (found := (often / len(lengths) + 0.2 * (lengths[0] == width), width)) > score:
                best, score = delimiter, found
    return best


def _lengths(sample: str, delimiter: str) -> list[int]:
    """How many cells each of the first rows has; rows without anything in them do not count."""
    found = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                found.append(len(cells))
            if len(found) == _LINES:
                break
    except csv.Error:
        pass
    return found
