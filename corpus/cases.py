"""Cases (municipalities, organisations, persons) and their attributes, from cases.csv."""

from __future__ import annotations

from pathlib import Path

import msgspec

from corpus.ids import why_illegal
from corpus.problems import Problem
from corpus.tables import read_table

CASES_FILE = "cases.csv"


class Case(msgspec.Struct, frozen=True):
    """One case: its id, the label that readers see, and its attributes (column → value, empty ones left out)."""

    id: str
    label: str
    attributes: dict[str, str] = {}
    line: int = 0


def read_cases(root: Path) -> tuple[tuple[Case, ...], tuple[str, ...], list[Problem]]:
    """The cases of the study in `root`, the names of their attributes, and the faults. No file gives no cases."""
    if not (root / CASES_FILE).exists():
        return (), (), []
    table, problems = read_table(root / CASES_FILE, CASES_FILE)
    if table.columns and "id" not in table.columns:
        return (), (), [*problems, Problem(CASES_FILE, 1, "missing-key", "the table has no column 'id'")]
    attributes = tuple(column for column in table.columns if column not in ("id", "label"))
    cases: dict[str, Case] = {}
    for row in table.rows:
        id = row.cells["id"]
        if why := why_illegal(id):
            problems.append(Problem(CASES_FILE, row.line, "illegal-id", f"case id '{id}' {why}"))
        elif id in cases:
            problems.append(Problem(CASES_FILE, row.line, "duplicate-id", f"case '{id}' stands here a second time"))
        else:
            values = {column: row.cells[column] for column in attributes if row.cells[column]}
            cases[id] = Case(id, row.cells.get("label") or id, values, row.line)
    return tuple(cases.values()), attributes, problems
