"""Adding a spreadsheet of case files to a study, or a newer version of one: as a plan, written whole or not at all."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from corpus.case_tables.draft import draft_table, item_lines, kept_columns, yaml_text
from corpus.case_tables.file import read_case_table
from corpus.case_tables.table import TABLES_FOLDER, CaseTable, TableFile, TableOrigin, case_names
from corpus.cases import Case
from corpus.files import forbidden_character, sha256, shown
from corpus.import_files import original_path
from corpus.import_journal import NewFile, copy_of_original, write_import
from corpus.import_names import spreadsheet_original
from corpus.problems import Problem
from corpus.spreadsheets.guess import may_identify
from corpus.spreadsheets.header import HeadedTable
from corpus.tables import read_table

_ORIGIN = re.compile(r"^origin:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)


class TablePlan(msgspec.Struct, frozen=True):
    """What adding a table will do. `files` is one unit; none where nothing is new.

    `left_out` are columns that stay out of the study (hidden, or telling who somebody is); `new`, `changed` and `gone`
    count rows beside the table that was there before. `original` is where the spreadsheet itself is kept.
    """

    name: str
    about: TableFile
    n_rows: int
    files: tuple[NewFile, ...] = ()
    is_new: bool = True
    new_columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    new: int = 0
    changed: int = 0
    gone: int = 0
    original: str = ""


class NewTable(msgspec.Struct, frozen=True):
    """A spreadsheet to be added: its file, the digest of its bytes, its sheet and its table.

    `keep` and `skip` name columns that go into the study, or stay out of it, whatever they look like.
    """

    path: Path
    sha256: str
    sheet: str
    table: HeadedTable
    keep: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


def plan_table(
    root: Path, file: NewTable, name: str, cases: Sequence[Case], given: Mapping[str, str], today: datetime.date,
    replace: bool = False,
) -> tuple[TablePlan | None, list[Problem]]:  # fmt: skip
    """What adding the spreadsheet as the table `name` would do, and why it cannot be done.

    `given` may hold `title` and the columns `id` and `case`. A table of this name that came from a spreadsheet gets the
    new rows; its description stays, and new columns are added to it. `replace` lets cells go that were edited by hand.
    """
    label = given.get("title") or file.path.stem
    keep = (*file.keep, *filter(None, (given.get("id"), given.get("case"))))
    file = msgspec.structs.replace(file, keep=keep)
    names_of_cases = case_names([(case.id, case.label) for case in cases])
    kept = kept_columns(file.table, file.keep, file.skip)
    draft = draft_table(file.table, names_of_cases, label, given, kept)
    old, problems = (None, []) if not _is_there(root, name) else read_case_table(root, name)
    if old is None and problems:
        return None, problems
    csv_text, faults = _csv_text(file)
    if faults:
        return None, faults
    out = [place for place in range(len(file.table.columns)) if place not in kept]
    left_out = tuple(file.table.columns[place].name for place in out)
    is_private = any(may_identify(file.table.columns[place], file.table.values(place)) for place in out)
    original, is_kept = spreadsheet_original(root, file.path, file.sha256, name, is_private)
    at = original_path(original)
    origin = TableOrigin(original, file.sha256, today.isoformat(), sha256(csv_text), file.sheet)
    copies = [] if is_kept else copy_of_original(root, at, file.path, file.sha256)
    if old is None:
        about = msgspec.structs.replace(draft, origin=origin)
        files = (*copies, *_files(root, name, csv_text, yaml_text(about)))
        return TablePlan(name, about, len(file.table.rows), files, left_out=left_out, original=at), []
    if fault := _edited(root, old, csv_text, replace):
        return None, [fault]
    plan = _update(root, old, draft, csv_text, origin, copies)
    return msgspec.structs.replace(plan, n_rows=len(file.table.rows), left_out=left_out, original=at), []


def _is_there(root: Path, name: str) -> bool:
    return any((root / TABLES_FOLDER / f"{name}{suffix}").exists() for suffix in (".csv", ".yaml"))


def _files(root: Path, name: str, csv_text: str, yaml: str) -> list[NewFile]:
    files = []
    for suffix, text in ((".csv", csv_text), (".yaml", yaml)):
        path = f"{TABLES_FOLDER}/{name}{suffix}"
        there = (root / path).read_bytes() if (root / path).exists() else None
        if there != text.encode():
            files.append(NewFile(path, sha256(text), text, replaces=sha256(there) if there is not None else ""))
    return files


def _csv_text(file: NewTable) -> tuple[str, list[Problem]]:
    """The csv as it is kept, every cell as it is; `;` and a byte order mark make a Danish Excel open it rightly."""
    kept = kept_columns(file.table, file.keep, file.skip)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([file.table.columns[place].name for place in kept])
    for row in file.table.rows:
        cells = [row.cells[place] for place in kept]
        if bad := forbidden_character("".join(cells)):
            said = f"the row holds the character {bad}"
            return "", [Problem(shown(file.path), row.line, "bad-characters", said)]
        if any(cells):
            writer.writerow(cells)
    return "\ufeff" + out.getvalue(), []


def _edited(root: Path, old: CaseTable, csv_text: str, replace: bool) -> Problem | None:
    """Why the csv that is there may not be replaced: it was edited by hand since it was written."""
    there = (root / old.csv_file).read_bytes()
    written = old.about.origin.table if old.about.origin else ""
    if replace or sha256(there) in (written, sha256(csv_text)):
        return None
    said = f"'{old.csv_file}' was edited by hand; the cells of the spreadsheet would take the place of those edits"
    near = (
        "--replace takes the spreadsheet (`crosscase import --undo` brings the edits back), --name makes another table."
    )
    return Problem(old.csv_file, 0, "edited-table", said, near)


def _update(
    root: Path, old: CaseTable, draft: TableFile, csv_text: str, origin: TableOrigin, copies: Sequence[NewFile]
) -> TablePlan:
    known = {(item.column or item.id).casefold() for item in old.about.items}
    taken = {item.id for item in old.about.items}
    items = [item for item in draft.items if (item.column or item.id).casefold() not in known]
    items = [msgspec.structs.replace(item, id=item.id if item.id not in taken else f"{item.id}-2") for item in items]
    yaml = (root / old.yaml_file).read_text("utf-8-sig")
    lines = [line for item in items for line in item_lines(item)]
    changed = _with_origin(yaml, origin).rstrip("\n") + "\n" + "".join(f"{line}\n" for line in lines)
    same = old.about.origin is not None and old.about.origin.sha256 == origin.sha256 and not items
    files = [] if same else [*copies, *_files(root, old.name, csv_text, changed)]
    new, altered, gone = _differences(root, old, csv_text)
    about = msgspec.structs.replace(old.about, items=(*old.about.items, *items), origin=origin)
    columns = tuple(item.column or item.id for item in items)
    return TablePlan(old.name, about, 0, tuple(files), False, columns, (), new, altered, gone)


def _with_origin(yaml: str, origin: TableOrigin) -> str:
    """The description with another origin; every other line stays as it is written."""
    block = yaml_text(TableFile((), origin=origin))
    found = _ORIGIN.search(block)
    lines = found[0] if found else ""
    if _ORIGIN.search(yaml):
        return _ORIGIN.sub(lambda _: lines, yaml, count=1)
    at = yaml.find("\nitems:") + 1
    return yaml[:at] + lines + yaml[at:]


def _differences(root: Path, old: CaseTable, csv_text: str) -> tuple[int, int, int]:
    """How many rows are new, changed and gone: by their ids, else by their place."""
    from corpus.tables import table_from_bytes

    before, _ = read_table(root / old.csv_file, old.csv_file)
    after, _ = table_from_bytes(csv_text.encode(), old.csv_file)
    key = old.about.id
    rows = [{row.cells.get(key) or n: row.cells for n, row in enumerate(table.rows)} for table in (before, after)]
    changed = sum(rows[0][id] != rows[1][id] for id in rows[0].keys() & rows[1].keys())
    return len(rows[1].keys() - rows[0].keys()), changed, len(rows[0].keys() - rows[1].keys())


def apply_table(root: Path, plan: TablePlan, at: datetime.datetime) -> list[Problem]:
    """Write what the plan says, all or nothing."""
    return write_import(root, at.isoformat(timespec="seconds"), [plan.files])[1] if plan.files else []
