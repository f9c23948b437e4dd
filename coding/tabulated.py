"""What can be tabulated: an item of a table of case files, an attribute of the cases, or a theme as cases mention it.

A name is looked for in all three; where it stands for two things, `TABLE:ITEM`, `case:ATTRIBUTE` or `theme:THEME` says
which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from corpus.case_tables.table import CaseTable, Item, as_words
from corpus.problems import Problem, did_you_mean, hint
from corpus.study import STUDY_FILE, Tabulate

_MOST_NUMBERS = 20
CASE = "case"
"""Stands for the case itself, where no attribute is called so."""
NO_GROUPS = "none"
"""What `by` says where nothing is compared."""


class Field(msgspec.Struct, frozen=True):
    """Something that each row of a table, or each case, says something about."""

    kind: Literal["item", "attribute", "theme"]
    id: str
    table: str = ""
    item: Item | None = None
    theme: Code | None = None

    def label(self) -> str:
        """The name that readers see."""
        return self.item.name if self.item else self.theme.label if self.theme else self.id


def find_field(
    name: str, coded: CodedStudy, tables: Sequence[CaseTable], file: str = STUDY_FILE
) -> tuple[Field | None, Problem | None]:
    """What `name` stands for, or why that cannot be said."""
    scope, colon, id = name.partition(":")
    found = list(_fields(id if colon else name, scope if colon else "", coded, tables))
    if len(found) == 1:
        return found[0], None
    if found:
        ways = ", ".join(f"{_scope(field)}:{field.id}" for field in found)
        return None, Problem(file, 0, "unknown-item", f"'{name}' can be several things", f"Write one of: {ways}")
    known = [*(id for table in tables for id in table.items), *coded.study.attributes]
    known += [theme.id for theme in coded.codebook.active_themes]
    near = hint(did_you_mean(id if colon else name, known), _known(coded, tables))
    said = f"'{name}' is no item of a table, no attribute of the cases and no theme"
    return None, Problem(file, 0, "unknown-item", said, near)


def _scope(field: Field) -> str:
    return field.table or ("case" if field.kind == "attribute" else "theme")


def _known(coded: CodedStudy, tables: Sequence[CaseTable]) -> str:
    items = [f"items of {table.name}: {', '.join(list(table.items)[:8])}" for table in tables]
    return "; ".join([*items, f"attributes: {', '.join(coded.study.attributes) or 'none'}",
                      "themes: crosscase codebook list"])  # fmt: skip


def _fields(id: str, scope: str, coded: CodedStudy, tables: Sequence[CaseTable]) -> Iterator[Field]:
    for table in tables:
        item = _same(id, table.items)
        if item and scope in ("", table.name):
            yield Field("item", item, table.name, table.items[item])
    attribute = _same(id, coded.study.attributes)
    if attribute and scope in ("", "case"):
        yield Field("attribute", attribute)
    if id.casefold() == CASE and not attribute and scope in ("", "case"):
        yield Field("attribute", CASE)
    for theme in coded.codebook.active_themes:
        if theme.id == id and scope in ("", "theme"):
            yield Field("theme", theme.id, theme=theme)


def _same(name: str, known: Sequence[str] | dict[str, Item]) -> str:
    """The known name that is meant: as it is written, else whatever the case."""
    return name if name in known else next((k for k in known if k.casefold() == name.casefold()), "")


class Request(msgspec.Struct, frozen=True):
    """A tabulation with its names resolved. All items are of the table `table`; empty where cases are counted.

    `where` are (field, value as written). `of` is what the percentages are of: all to whom the items apply, or those
    with a documented answer.
    """

    items: tuple[Field, ...]
    by: tuple[Field, ...] = ()
    where: tuple[tuple[Field, str], ...] = ()
    of: Literal["applies", "documented"] = "applies"
    title: str = ""
    table: str = ""


def request_of(
    said: Tabulate, coded: CodedStudy, tables: Sequence[CaseTable], file: str = STUDY_FILE
) -> tuple[Request | None, list[Problem]]:
    """The tabulation that is asked for, and why it cannot be made."""
    problems: list[Problem] = []

    def field(name: str) -> Field | None:
        found, fault = find_field(name, coded, tables, file)
        problems.extend([fault] if fault else [])
        return found

    items = [found for name in as_words(said.items) if (found := field(name))]
    by = [found for name in _by(said, coded) if (found := field(name))]
    where = []
    for entry in as_words(said.where):
        name, sign, value = entry.partition("=")
        if not sign:
            problems.append(Problem(file, 0, "bad-value", f"where '{entry}' has no =", "Write NAME=VALUE."))
        elif found := field(name.strip()):
            where.append((found, value.strip()))
    fields = [*items, *by, *(found for found, _ in where)]
    names = sorted({found.table for found in fields if found.table})
    problems += [fault for found in fields if (fault := _why_not(found, tables, file))]
    if len(names) > 1:
        said_ = f"the items are of different tables: {', '.join(names)}"
        problems.append(Problem(file, 0, "bad-value", said_, "Tabulate items of one table at a time."))
    if not items and not problems:
        problems.append(Problem(file, 0, "bad-value", "no item to tabulate", 'Write items = ["ITEM"].'))
    if problems:
        return None, problems
    return Request(tuple(items), tuple(by), tuple(where), said.of, said.title, names[0] if names else ""), []


def _by(said: Tabulate, coded: CodedStudy) -> tuple[str, ...]:
    """What is compared: as said, else the groups of the study, where its cases have any."""
    by = as_words(said.by)
    if NO_GROUPS in by:
        return ()
    attribute = coded.study.settings.groups.attribute
    has_groups = any(attribute in case.attributes for case in coded.study.cases)
    is_counted = attribute in [name.removeprefix("case:") for name in as_words(said.items)]
    return by or ((f"case:{attribute}",) if has_groups and not is_counted else ())


def _why_not(field: Field, tables: Sequence[CaseTable], file: str) -> Problem | None:
    """Why an item cannot be counted: its values are free text, or numbers that nobody has divided."""
    if field.item is None or field.item.kind not in ("text", "number") or field.item.bands:
        return None
    if field.item.kind == "text":
        said = f"'{field.id}' is free text, which cannot be counted"
        return Problem(file, 0, "bad-value", said, "Give it values and `kind: choice` in the yaml of its table.")
    table = next(table for table in tables if table.name == field.table)
    different = {value for answers in table.answers for value in answers[field.id].values}
    if len(different) <= _MOST_NUMBERS:
        return None
    said = f"'{field.id}' is a number with {len(different)} different values"
    return Problem(file, 0, "bad-value", said, "Divide it with `bands: [26, 52]` in the yaml of its table.")


def check_tabulations(coded: CodedStudy, tables: Sequence[CaseTable]) -> Iterator[Problem]:
    """The faults of the `[[tabulate]]` entries of study.toml."""
    for said in coded.study.settings.tabulate:
        for problem in request_of(said, coded, tables)[1]:
            yield msgspec.structs.replace(problem, line=said.line)
