"""Reading tables/<name>.csv and tables/<name>.yaml, with every fault in either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.case_tables.table import TABLES_FOLDER, CaseTable, FileRow, TableFile
from corpus.files import printable, read_text
from corpus.ids import why_illegal
from corpus.marked import read_yaml_text
from corpus.problems import Problem, did_you_mean, hint
from corpus.records import record
from corpus.tables import Table, read_table


def table_names(root: Path) -> list[str]:
    """The names of the study's tables: csv and yaml files in tables/ without their suffix, sorted."""
    folder = root / TABLES_FOLDER
    if not folder.is_dir():
        return []
    paths = (path for path in folder.iterdir() if path.suffix in (".csv", ".yaml") and not path.name.startswith("."))
    return sorted({printable(path.stem) for path in paths})


def read_case_tables(root: Path) -> tuple[tuple[CaseTable, ...], list[Problem]]:
    """Every table of the study in `root` that can be read, and the faults of the files."""
    tables, problems = [], []
    for name in table_names(root):
        table, faults = read_case_table(root, name)
        problems += faults
        tables += [table] if table else []
    return tuple(tables), [*problems, *_stray(root)]


def _stray(root: Path) -> Iterator[Problem]:
    folder = root / TABLES_FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix not in (".csv", ".yaml") and not path.name.startswith("."):
            said = "a file that is not read: only *.csv and *.yaml are"
            near = "`crosscase table add FILE` makes a table of a spreadsheet."
            yield Problem(f"{TABLES_FOLDER}/{printable(path.name)}", 0, "stray-file", said, near)


def read_case_table(root: Path, name: str) -> tuple[CaseTable | None, list[Problem]]:
    """The table `name`; None where one of its two files is missing or cannot be read."""
    csv_file, yaml_file = f"{TABLES_FOLDER}/{name}.csv", f"{TABLES_FOLDER}/{name}.yaml"
    if why := why_illegal(name):
        return None, [Problem(csv_file, 0, "illegal-id", f"the name '{name}' {why}", "Rename both files.")]
    if not (root / yaml_file).exists():
        said = f"the table has no {yaml_file} that says what its columns are"
        return None, [Problem(csv_file, 0, "undescribed-table", said)]
    if not (root / csv_file).exists():
        return None, [Problem(yaml_file, 0, "missing-file", f"there is no {csv_file} beside it")]
    about, problems = _read_about(root / yaml_file, yaml_file)
    table, faults = read_table(root / csv_file, csv_file)
    problems += faults
    if about is None:
        return None, problems
    found = CaseTable(name, about, tuple(_rows(table, about)))
    return found, [*problems, *_column_faults(found, table), *_id_faults(found)]


def _read_about(path: Path, file: str) -> tuple[TableFile | None, list[Problem]]:
    text, problems = read_text(path, file)
    if text is None:
        return None, problems
    marked, faults = read_yaml_text(text, file)
    problems += faults
    if any(fault.rule == "bad-yaml" for fault in faults):
        return None, problems
    about, faults = record(marked, TableFile, file)
    return about, [*problems, *faults]


def _rows(table: Table, about: TableFile) -> Iterator[FileRow]:
    """The rows; columns that the description names are found whatever their case."""
    columns = {column.casefold(): column for column in table.columns}
    named = {item.column or item.id for item in about.items}
    place = {name: columns.get(name.casefold(), name) for name in named}
    id, case = columns.get(about.id.casefold(), ""), columns.get(about.case.casefold(), "")
    for row in table.rows:
        cells = {name: row.cells.get(column, "") for name, column in place.items()}
        yield FileRow(row.line, row.cells.get(id, ""), row.cells.get(case, ""), cells)


def _column_faults(found: CaseTable, table: Table) -> Iterator[Problem]:
    """Columns that the description names and the csv does not have, and the other way about."""
    columns = {column.casefold() for column in table.columns}
    about, file = found.about, found.yaml_file
    named = [(about.id, "id", 0), (about.case, "case", 0)]
    named += [(item.column or item.id, f"item '{item.id}'", item.line) for item in about.items]
    for column, what, line in named:
        if column and column.casefold() not in columns:
            near = hint(did_you_mean(column, table.columns), f"the first line of {found.csv_file} lists them")
            said = f"{what}: there is no column '{column}' in {found.csv_file}"
            yield Problem(file, line, "unknown-column", said, near)
    known = {column.casefold() for column, _, _ in named}
    for column in table.columns:
        if column.casefold() not in known:
            said = f"the column '{column}' stands in no item of {file}"
            yield Problem(found.csv_file, 1, "undescribed-column", said)


def _id_faults(found: CaseTable) -> Iterator[Problem]:
    """Items and rows whose ids are illegal or stand twice."""
    seen: set[str] = set()
    for item in found.about.items:
        if why := why_illegal(item.id):
            yield Problem(found.yaml_file, item.line, "illegal-id", f"item id '{item.id}' {why}")
        elif item.id in seen:
            yield Problem(found.yaml_file, item.line, "duplicate-id", f"item '{item.id}' stands here a second time")
        seen.add(item.id)
    lines: dict[str, int] = {}
    for row in found.rows if found.about.id else ():
        if not row.id:
            yield Problem(found.csv_file, row.line, "missing-key", f"the row has no '{found.about.id}'")
        elif row.id in lines:
            said = f"the row '{row.id}' stands on line {lines[row.id]} already"
            yield Problem(found.csv_file, row.line, "duplicate-id", said)
        lines.setdefault(row.id, row.line)
