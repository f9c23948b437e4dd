"""The cases of a project in a study's cases.csv: found there by id or label, else added; full cells never change."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from coding.exchange.losses import Losses
from coding.exchange.names import clean_text, name_key, one_line
from coding.exchange.project import Project, ProjectCase, ProjectSet
from corpus.cases import Case
from corpus.ids import make_id, why_illegal

_RESERVED = ("id", "label")
_MOST_GROUPS = 8


class PlacedCases(msgspec.Struct, frozen=True):
    """What becomes of a project's cases: the case of each source by its key, and cases.csv as rows.

    `columns` are all columns in order, `rows` all rows of the table, the study's own first. `changed` says whether the
    table is another than before. `group` is the attribute that would make groups of cases, empty where none would.
    """

    case_of: dict[str, str]
    id_of: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    added: int = 0
    matched: int = 0
    changed: bool = False
    group: str = ""
    attributes_of_sources: dict[str, dict[str, str]] = {}


def placed_cases(
    project: Project, cases: Sequence[Case], columns: Sequence[str], own_case: Mapping[str, str], losses: Losses
) -> PlacedCases:
    """The cases as they will stand in the study; `own_case` is the case that a source of the study has, by the key of
    the source."""
    wanted = _with_sets(project, losses)
    column_of = _columns(project, columns, wanted, losses)
    rows = {case.id: {"id": case.id, "label": case.label, **case.attributes} for case in cases}
    labels = {name_key(case.label): case.id for case in cases}
    taken = {id.lower() for id in rows}
    case_of: dict[str, str] = {}
    id_of: dict[str, str] = {}
    added = matched = 0
    changed = False
    for case in [*project.cases, *_cases_of_sources(project, wanted, own_case)]:
        id = _known(case, rows, labels, own_case)
        if id:
            matched += 1
        else:
            id = case.id if case.id and not why_illegal(case.id) and case.id not in taken else make_id(case.name, taken)
            taken.add(id)
            rows[id] = {"id": id, "label": one_line(case.name) or id}
            added += 1
            changed = True
        id_of[case.key] = id
        changed |= _fill(rows[id], case, column_of, losses)
        for source in case.sources:
            if case_of.setdefault(source, id) != id:
                losses.add("sources of several cases", f"the source stays with '{case_of[source]}'", case.name)
        if case.description:
            losses.add("descriptions of cases", "kept as a note", case.name, kept=True)
    of_cases = {column for row in rows.values() for column in row}
    of_sources = {column_of[name] for values in wanted.values() for name in values} | _front_attributes(project)
    all_columns = tuple(
        column
        for column in dict.fromkeys([*columns, *column_of.values(), *of_cases])
        if column not in _RESERVED and (column in columns or column in of_cases or column not in of_sources)
    )
    return PlacedCases(
        case_of, id_of, all_columns, tuple(rows.values()), added, matched,
        changed or bool(cases and set(all_columns) - set(columns)), _group(all_columns, tuple(rows.values())),
        {key: {column_of[k]: clean_text(v) for k, v in values.items()} for key, values in wanted.items()},
    )  # fmt: skip


def _front_attributes(project: Project) -> set[str]:
    """Attributes that stand in the front matter of sources, where the project came from a study of ours."""
    found = (source.front.get("attributes") for source in project.sources)
    return {str(name) for attributes in found if isinstance(attributes, dict) for name in attributes}


def _columns(
    project: Project, columns: Sequence[str], wanted: Mapping[str, dict[str, str]], losses: Losses
) -> dict[str, str]:
    """Attribute → column: the study's own where its name differs in case only, never `id` or `label`."""
    by_key = {name_key(column): column for column in columns}
    found: dict[str, str] = {}
    used = set(_RESERVED)
    names = [a.name for a in project.attributes]
    names += [name for case in project.cases for name in case.attributes]
    names += [name for values in wanted.values() for name in values]
    for name in dict.fromkeys(names):
        column = by_key.get(name_key(name)) or one_line(name) or "attribute"
        bare, number = column, 2
        while column.casefold() in used:
            column, number = f"{bare} ({number})", number + 1
        if column != name:
            losses.add("names of attributes", f"'{name}' is called '{column}' here", kept=True)
        found[name] = column
        used.add(column.casefold())
    return found


def _known(
    case: ProjectCase, rows: Mapping[str, dict[str, str]], labels: Mapping[str, str], own_case: Mapping[str, str]
) -> str:
    """The id of the same case in the study: by id, by label, or as the case that all its sources have there."""
    if case.id in rows:
        return case.id
    if name_key(case.name) in labels:
        return labels[name_key(case.name)]
    owners = {own_case.get(source, "") for source in case.sources}
    return owners.pop() if len(owners) == 1 and len(case.sources) == 1 and owners <= rows.keys() else ""


def _fill(row: dict[str, str], case: ProjectCase, column_of: Mapping[str, str], losses: Losses) -> bool:
    """Write the values into empty cells; whether there was one. A cell that says otherwise stays."""
    changed = False
    for name, value in case.attributes.items():
        column, said = column_of[name], clean_text(value)
        if not said or row.get(column) == said:
            continue
        if row.get(column):
            losses.add("values of attributes", f"'{column}' is '{row[column]}' here and stays", case.name)
        else:
            row[column] = said
            changed = True
    return changed


def _with_sets(project: Project, losses: Losses) -> dict[str, dict[str, str]]:
    """Source key → its attributes, those that sets of sources stand for included.

    `gender: male` is a value of `gender` (ATLAS.ti). Other sets that no source is twice in are values of `group`
    (MAXQDA's document groups); sets that overlap are an attribute each.
    """
    values = {source.key: dict(source.attributes) for source in project.sources}
    if project.tool.lower().startswith("crosscase"):
        return values
    sets = [found for found in project.sets if any(source in values for source in found.sources)]
    pairs = [found for found in sets if _pair(found) is not None]
    others = [found for found in sets if _pair(found) is None]
    for found in pairs:
        name, value = _pair(found) or ("", "")
        _give(values, found, name, value)
        losses.add("sets of sources", f"became the attribute '{name}'", found.name, kept=True)
    members = Counter(source for found in others for source in dict.fromkeys(found.sources))
    apart = not members or max(members.values()) == 1
    named = {a.name.casefold() for a in project.attributes}
    name = next(n for n in ("group", "set", "set of sources") if n not in named)
    for found in others:
        if apart:
            _give(values, found, name, found.name)
            losses.add("sets of sources", f"became values of the attribute '{name}'", found.name, kept=True)
        else:
            _give(values, found, found.name, "yes")
            losses.add("sets of sources", "became an attribute with the value 'yes'", found.name, kept=True)
    return values


def _pair(found: ProjectSet) -> tuple[str, str] | None:
    name, colon, value = found.name.partition(":")
    return (name.strip(), value.strip()) if colon and name.strip() and value.strip() and len(name) <= 40 else None


def _give(values: dict[str, dict[str, str]], found: ProjectSet, name: str, value: str) -> None:
    for source in found.sources:
        if source in values:
            values[source].setdefault(name, value)


def _cases_of_sources(
    project: Project, wanted: dict[str, dict[str, str]], own_case: Mapping[str, str]
) -> list[ProjectCase]:
    """A case for each source that has attributes and no case: groups are groups of cases.

    Its attributes move there from `wanted`, which keeps those of the other sources.
    """
    with_case = {source for case in project.cases for source in case.sources} | {s for s, c in own_case.items() if c}
    return [
        ProjectCase(f"of source {source.key}", source.name, "", wanted.pop(source.key), (source.key,))
        for source in project.sources
        if source.key not in with_case and wanted[source.key]
    ]


def _group(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    """The attribute whose values would divide the cases into a few groups; `group` where there is one."""
    if "group" in columns:
        return "group"
    best, covered = "", 0
    for column in columns:
        values = [row[column] for row in rows if row.get(column)]
        if 2 <= len(set(values)) <= min(_MOST_GROUPS, max(2, len(rows) - 1)) and len(values) > covered:
            best, covered = column, len(values)
    return best


def cases_text(placed: PlacedCases, before: str) -> str:
    """cases.csv with all rows, separated as the file `before` is."""
    header = next((line for line in before.splitlines() if line.strip()), ",")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=max(",;\t", key=header.count), lineterminator="\n")
    writer.writerow([*_RESERVED, *placed.columns])
    for row in placed.rows:
        writer.writerow([row.get(column, "") for column in (*_RESERVED, *placed.columns)])
    return out.getvalue()
