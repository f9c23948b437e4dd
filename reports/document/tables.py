"""Tables of a report: rows with a label and one cell for each column, in whatever form they were written.

Three forms are read: cells between tabs, cells between `|`, and the columns of plain text, as they come out of a PDF,
where a cell goes on over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from reports.document.lines import Line

_RULE = re.compile(r"^\s*\|?[\s:|+-]*-[\s:|+-]*\|?\s*$")
_GAP = re.compile(r"\S(?: {2,})\S")
_LONGEST_BLOCK = 400


class Row(msgspec.Struct, frozen=True):
    """A row: the line it begins on, its label, and its other cells in order."""

    line: int
    label: str
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """A table: what stands above its columns, without the column of labels, and its rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


def table_at(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that begins at index `at`, and the index after it; None and `at` where none begins there."""
    for find in (_marked, _in_columns):
        rows, end = find(lines, at)
        if len(rows) >= 2 and max(map(len, (cells for _, cells in rows))) >= 2:
            return _table(rows), end
    return None, at


def _marked(lines: Sequence[Line], at: int) -> tuple[list[tuple[int, tuple[str, ...]]], int]:
    """Rows whose cells are parted by tabs or bars; one blank line may stand between two parts of a table."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    end = at
    while end < len(lines):
        text = lines[end].text
        if not text.strip() and rows and end + 1 < len(lines) and len(_cells(lines[end + 1].text)) == len(rows[0][1]):
            end += 1
            continue
        if _RULE.match(text) and rows:
            end += 1
            continue
        cells = _cells(text)
        if len(cells) < 2 or (rows and len(cells) > len(rows[0][1]) + 1):
            break
        rows.append((lines[end].number, cells))
        end += 1
    return rows, end


def _cells(text: str) -> tuple[str, ...]:
    if "|" in text:
        stripped = text.strip()
        if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
            stripped = stripped[1:-1]
        return tuple(cell.strip() for cell in stripped.split("|"))
    if text.count("\t") >= 2:
        return tuple(cell.strip() for cell in text.split("\t"))
    return ()


def _in_columns(lines: Sequence[Line], at: int) -> tuple[list[tuple[int, tuple[str, ...]]], int]:
    """Rows of a table set in columns of spaces. A row begins where the first column has words with a capital."""
    end = at
    while end < len(lines) and end - at < _LONGEST_BLOCK and lines[end].text.strip():
        end += 1
    block = [line for line in lines[at:end] if not line.text.startswith("#")]
    if (
        len(block) < 3
        or len(block) != end - at
        or sum(bool(_GAP.search(line.text)) for line in block) < 0.6 * len(block)
    ):
        return [], at
    starts = _columns([line.text for line in block])
    if len(starts) < 3:
        return [], at
    rows: list[tuple[int, list[str]]] = []
    for line in block:
        cut = [line.text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(line.text) + 1], strict=True)]
        begins = bool(cut[0]) and (cut[0][0].isupper() or cut[0][0].isdigit()) and any(cut[1:])
        if begins or not rows:
            rows.append((line.number, cut))
        else:
            rows[-1] = (rows[-1][0], [_joined(above, below) for above, below in zip(rows[-1][1], cut, strict=True)])
    return [(number, tuple(cells)) for number, cells in rows], end


def _columns(texts: Sequence[str]) -> list[int]:
    """Where the columns of a block begin: after two places or more that are blank on every line."""
    width = max(map(len, texts))
    filled = [any(at < len(text) and text[at] != " " for text in texts) for at in range(width)]
    return [
        at for at in range(width) if filled[at] and (at == 0 or (not filled[at - 1] and (at < 2 or not filled[at - 2])))
    ]


def _joined(above: str, below: str) -> str:
    if above.endswith("-") and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}".strip()


def _goes_on(row: Row, cells: tuple[str, ...]) -> bool:
    """Whether these cells are the rest of the row above: they begin with small letters where that one has no end."""
    filled = [(above, cell) for above, cell in zip(row.cells, cells[1:], strict=True) if cell]
    is_small = not cells[0] or cells[0][:1].islower()
    return is_small and bool(filled) and all(cell[:1].islower() and not above.endswith(".") for above, cell in filled)


def _table(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Table:
    """The rows as a table: those without a label stand above their columns, as does a first row without sentences."""
    width = max(len(cells) for _, cells in rows)
    padded = [(line, (*cells, *("",) * (width - len(cells)))) for line, cells in rows]
    header: tuple[str, ...] = ()
    body: list[Row] = []
    for at, (line, cells) in enumerate(padded):
        if body and _goes_on(body[-1], cells):
            label, *joined = (_joined(a, b) for a, b in zip((body[-1].label, *body[-1].cells), cells, strict=True))
            body[-1] = Row(body[-1].line, label, tuple(joined))
            continue
        is_header = not cells[0] or (at == 0 and not any(cell.endswith(".") for cell in cells))
        if is_header:
            header = header or cells[1:]
        else:
            body.append(Row(line, cells[0], cells[1:]))
    return Table(header, tuple(body), rows[0][0])
