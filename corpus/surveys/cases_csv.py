"""cases.csv with respondents added: other lines stay as they are, as far as that can be done."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from corpus.cases import CASES_FILE
from corpus.spreadsheets.csv_text import csv_rows, delimiter_of


class CaseChange(msgspec.Struct, frozen=True):
    """A cell of cases.csv that says otherwise than the survey."""

    case: str
    attribute: str
    before: str
    after: str


class CasesSheet:
    """The cells of cases.csv, to which respondents are added."""

    def __init__(self, root: Path) -> None:
        path = root / CASES_FILE
        self.before = path.read_bytes().decode("utf-8-sig", "replace") if path.exists() else ""
        text = self.before.replace("\r\n", "\n").replace("\r", "\n")
        rows = [[cell.strip() for cell in cells] for _, cells in csv_rows(text)] if text.strip() else []
        rows = [row for row in rows if any(row)]
        self.delimiter = delimiter_of(text) if rows else ","
        self.columns = rows[0] if rows else ["id", "label"]
        self.rows = {self._cell(row, "id"): row for row in rows[1:]}
        self.is_new = not rows
        self.added: dict[str, list[str]] = {}
        self.is_changed = False

    def _cell(self, row: Sequence[str], column: str) -> str:
        place = self.columns.index(column) if column in self.columns else -1
        return row[place] if 0 <= place < len(row) else ""

    def column(self, name: str) -> str:
        """The column that is called so, whatever the case; a new one where none is."""
        found = next((column for column in self.columns if column.casefold() == name.casefold()), "")
        if not found:
            self.columns.append(name)
            self.is_changed = True
        return found or name

    def add(self, id: str, label: str, attributes: Mapping[str, str]) -> None:
        """A new case."""
        row = [id if column == "id" else label if column == "label" else "" for column in self.columns]
        self.rows[id] = row
        self.added[id] = row
        for attribute, value in attributes.items():
            self.put(id, attribute, value)

    def put(self, id: str, attribute: str, value: str) -> None:
        """Write a cell of a case."""
        row = self.rows[id]
        row += [""] * (len(self.columns) - len(row))
        place = self.columns.index(self.column(attribute))
        row += [""] * (place + 1 - len(row))
        if row[place] != value:
            row[place] = value
            self.is_changed = self.is_changed or id not in self.added

    def compare(self, id: str, attributes: Mapping[str, str]) -> tuple[dict[str, str], list[CaseChange]]:
        """Of a case that is there: the empty cells that can be filled, and those that say otherwise."""
        empty, changes = {}, []
        for attribute, value in attributes.items():
            known = next((column for column in self.columns if column.casefold() == attribute.casefold()), "")
            before = self._cell(self.rows[id], known) if known else ""
            if value and not before:
                empty[attribute] = value
            elif value != before:
                changes.append(CaseChange(id, known or attribute, before, value))
        return empty, changes

    def whole_text(self) -> str:
        """The file as it will be: with lines only added where no other line changes."""
        if not self.added and not self.is_changed:
            return self.before
        if not self.is_changed and not self.is_new:
            kept = self.before if self.before.endswith(("\n", "\r")) else self.before + "\n"
            return kept + self._lines([*self.added.values()]) if self.added else self.before
        return self._lines([self.columns, *self.rows.values()])

    def _lines(self, rows: Sequence[Sequence[str]]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerows([*row, *([""] * (len(self.columns) - len(row)))] for row in rows)
        return out.getvalue()
