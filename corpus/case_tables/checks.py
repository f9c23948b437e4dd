"""What a table's cells must be: values that its items have, answers where they were asked for, cases that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.case_tables.table import Answer, CaseTable, FileRow, Item, as_words, case_names, case_of, circular_items
from corpus.cases import CASES_FILE, Case
from corpus.problems import Problem, did_you_mean, hint

_MOST_SHOWN = 20


def check_case_table(table: CaseTable, cases: Sequence[Case]) -> list[Problem]:
    """Every fault of the table's description and cells, with file and line."""
    return [*_logic_faults(table), *_case_faults(table, cases), *_cell_faults(table)]


def _logic_faults(table: CaseTable) -> Iterator[Problem]:
    """Skip logic that names what is not there, or goes round in a circle."""
    for id in sorted(circular_items(table.items)):
        said = f"item '{id}': whether it is asked depends on itself"
        yield Problem(table.yaml_file, table.items[id].line, "circular-skip", said)
    for item in table.about.items:
        for other, wanted in item.asked_if.items():
            if other not in table.items:
                said = f"item '{item.id}': asked_if names '{other}', which is no item of this table"
                near = hint(did_you_mean(other, table.items), "crosscase table show lists them")
                yield Problem(table.yaml_file, item.line, "unknown-item", said, near)
                continue
            yield from _wanted_faults(table, item, table.items[other], as_words(wanted))


def _wanted_faults(table: CaseTable, item: Item, other: Item, wanted: Sequence[str]) -> Iterator[Problem]:
    known = {name.casefold() for name in (*other.choices, *other.choices.values(), *as_words(other.not_documented))}
    for word in wanted if other.choices else ():
        if word.casefold() not in known:
            said = f"item '{item.id}': asked_if {other.id}: '{word}' is no value of '{other.id}'"
            near = hint(did_you_mean(word, other.choices), f"values: {', '.join(other.choices)}")
            yield Problem(table.yaml_file, item.line, "unknown-value", said, near)


def _case_faults(table: CaseTable, cases: Sequence[Case]) -> Iterator[Problem]:
    """Rows of no case, or of one that cases.csv does not have."""
    names = case_names([(case.id, case.label) for case in cases])
    for row in table.rows if table.about.case and cases else ():
        if not row.case:
            said = f"the row has no '{table.about.case}', so it belongs to no case"
            yield Problem(table.csv_file, row.line, "row-without-case", said)
        elif not case_of(row.case, names):
            near = hint(did_you_mean(row.case, [name for case in cases for name in (case.id, case.label)]),
                        f"{CASES_FILE} lists all cases")  # fmt: skip
            said = f"case '{row.case}' is not in {CASES_FILE}"
            yield Problem(table.csv_file, row.line, "unknown-case", said, near)


def _cell_faults(table: CaseTable) -> Iterator[Problem]:
    """The faults of the cells; of the same fault in more than twenty rows the rest is counted."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, answers in zip(table.rows, table.answers, strict=True):
        for id, answer in answers.items():
            for rule, said, near in _faults(table.items[id], row, answer):
                counts[id, rule] += 1
                if counts[id, rule] <= _MOST_SHOWN:
                    yield Problem(table.csv_file, row.line, rule, said, near)
    for (id, rule), number in counts.items():
        if number > _MOST_SHOWN:
            said = f"{id}: the same in {number - _MOST_SHOWN:,} more rows below those that are listed"
            yield Problem(table.csv_file, 0, rule, said)


def _faults(item: Item, row: FileRow, answer: Answer) -> Iterator[tuple[str, str, str]]:
    """(rule, message, hint) of each fault of a cell."""
    cell = " ".join(row.cells.get(item.column or item.id, "").split())
    shown = cell if len(cell) <= 60 else cell[:59] + "…"
    if answer.contradicts:
        yield "skip-logic", _contradiction(item, shown), ""
        return
    for word in answer.strange:
        near = hint(did_you_mean(word, [*item.choices, *item.choices.values()]), _values(item))
        yield "unknown-value", f"{item.id}: '{word[:60]}' is not among the values of the item", near
    if answer.state == "missing" and not answer.strange and item.kind != "text":
        yield "missing-answer", f"{item.id}: asked, and nothing is filled in", ""


def _contradiction(item: Item, shown: str) -> str:
    if not any(as_words(item.not_asked)) or shown.casefold() not in {w.casefold() for w in as_words(item.not_asked)}:
        rule = ", ".join(f"{other}={'/'.join(as_words(wanted))}" for other, wanted in item.asked_if.items())
        return f"{item.id}: '{shown}' stands here, but the item is asked only if {rule}"
    return f"{item.id}: '{shown}' says that it was not asked, but the skip logic says that it was"


def _values(item: Item) -> str:
    """The values to choose from, for the hint."""
    if item.kind == "number":
        return "The item is a number: write it in digits."
    return f"values: {', '.join(list(item.choices)[:12])}. A new one is added under 'values' in the yaml."
