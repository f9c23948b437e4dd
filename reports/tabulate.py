"""Counts with their denominators: items of a table of case files, attributes or themes, for each group and in all.

Every row (or case) is in one of five states under an item: answered, not documented, not filled in, not asked, or it is
unclear whether it was asked. The item *applies* to those in the first three. Nothing is left out of the total silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

import msgspec

from coding.coded_study import CodedStudy
from coding.tabulated import CASE, Field, Request, request_of
from corpus.case_tables.file import read_case_tables
from corpus.case_tables.table import STATES as _STATES
from corpus.case_tables.table import Answer, AnswerState, CaseTable, FileRow, case_names, case_of
from corpus.cases import Case
from reports.aggregate import cells_of
from reports.matrix import State
from reports.words import TabulationWords, Words, words_for

_APPLYING: tuple[AnswerState, ...] = ("answered", "not_documented", "missing")
_WORST_FIRST: tuple[AnswerState, ...] = ("not_asked", "unclear", "missing", "not_documented")
_OF_THEMES: Mapping[State, tuple[AnswerState, bool]] = {
    "mentioned": ("answered", True), "asked_no_answer": ("answered", True), "read_absent": ("answered", True),
    "not_asked": ("answered", True), "not_coded": ("missing", False), "not_applicable": ("not_asked", False),
    "unknown": ("unclear", False),
}  # fmt: skip
"""A case's state under a theme → what that is in a tabulation, and whether the state itself is a row of it.

A case that was read and not asked stays in the denominator, as it does in the matrix.
"""


class Column(msgspec.Struct, frozen=True):
    """A group: how many are in each state, and with each value. `values` counts answers, which may be several each."""

    id: str
    label: str
    states: dict[AnswerState, int]
    values: dict[str, int]

    @property
    def n_all(self) -> int:
        """Everything in the group."""
        return sum(self.states.values())

    @property
    def n_applies(self) -> int:
        """Those that the item applies to: answered, not documented, or asked and not filled in."""
        return sum(self.states.get(state, 0) for state in _APPLYING)

    @property
    def n_documented(self) -> int:
        """Those with an answer."""
        return self.states.get("answered", 0)


class Tabulation(msgspec.Struct, frozen=True):
    """The counts of one or several items, for each group and, as the last column, in all.

    `values` are (value, label) in order; `rows` the noun of what is counted (one, many). `state_labels` are the states
    other than answered that occur, by their names here. `several`: one row can have several values.
    """

    title: str
    items: tuple[str, ...]
    by: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    of: str
    rows: tuple[str, str]
    values: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    state_labels: dict[AnswerState, str]
    several: bool = False
    coders: tuple[str, ...] = ()
    table: str = ""

    @property
    def total(self) -> Column:
        """The column of everything."""
        return self.columns[-1]


class _Unit(msgspec.Struct, frozen=True):
    """What is counted: a row of a table (by its place) with its case, or a case."""

    case: Case | None
    row: int = -1


class _Reader(msgspec.Struct, frozen=True):
    """A field: its label, what a unit says under it, and its values with labels in order."""

    label: str
    answer: Callable[[_Unit], Answer]
    values: dict[str, str]
    states: dict[AnswerState, str]
    several: bool = False


def tabulate(
    request: Request, coded: CodedStudy, tables: Sequence[CaseTable], coders: Sequence[str] = ()
) -> Tabulation:
    """The counts that are asked for. `coders` are those whose codings say which cases mention a theme."""
    words = words_for(coded.study.settings.report_language)
    table = next((table for table in tables if table.name == request.table), None)
    units = list(_units(coded, table))
    make = _Readers(coded, table, units, coders, words)
    items, by = [make.reader(field) for field in request.items], [make.reader(field) for field in request.by]
    for field, value in request.where:
        reader = make.reader(field)
        units = [unit for unit in units if _says(reader.answer(unit), value, reader)]
    groups = _groups(units, by, words.tabulation)
    answers = {id(unit): _joined([reader.answer(unit) for reader in items]) for unit in units}
    columns = [_column(key, label, [answers[id(unit)] for unit in inside]) for key, label, inside in groups]
    columns.append(_column("", words.tabulation.all, list(answers.values())))
    fields = (*request.items, *request.by, *(field for field, _ in request.where))
    has_themes = any(field.theme for field in fields)
    return Tabulation(
        title=request.title or " × ".join(reader.label for reader in items),
        items=tuple(field.id for field in request.items),
        by=tuple(reader.label for reader in by),
        where=tuple(
            (make.reader(field).label, _value_label(value, make.reader(field))) for field, value in request.where
        ),
        of=request.of,
        rows=_noun(table, words),
        values=tuple(_values(items, columns[-1])),
        columns=tuple(columns),
        state_labels=_state_labels(items, columns[-1], words.tabulation),
        several=any(reader.several for reader in items),
        coders=tuple(coders) if has_themes else (),
        table=request.table,
    )


def tabulations(coded: CodedStudy, coders: Sequence[str]) -> tuple[Tabulation, ...]:
    """The tables of counts that study.toml asks for; one with a fault is left out, and `check` names it."""
    wanted = coded.study.settings.tabulate
    tables = read_case_tables(coded.study.root)[0] if wanted else ()
    requests = (request_of(said, coded, tables)[0] for said in wanted)
    return tuple(tabulate(request, coded, tables, coders) for request in requests if request)


def _units(coded: CodedStudy, table: CaseTable | None) -> Iterator[_Unit]:
    if table is None:
        yield from (_Unit(case) for case in coded.study.cases)
        return
    names = case_names([(case.id, case.label) for case in coded.study.cases])
    for place, row in enumerate(table.rows):
        yield _Unit(_case_of(row, names, coded), place)


def _case_of(row: FileRow, names: Mapping[str, str], coded: CodedStudy) -> Case | None:
    return coded.study.case_by_id.get(case_of(row.case, names))


def _noun(table: CaseTable | None, words: Words) -> tuple[str, str]:
    if table is None:
        return "case", "cases"
    return table.about.row or words.tabulation.row[0], table.about.rows or words.tabulation.row[1]


class _Readers:
    """Readers of fields; what is needed for several of them is made once."""

    def __init__(
        self, coded: CodedStudy, table: CaseTable | None, units: Sequence[_Unit], coders: Sequence[str], words: Words
    ) -> None:
        self.coded, self.table, self.coders, self.words = coded, table, coders, words
        self.made: dict[tuple[str, str], _Reader] = {}

    def reader(self, field: Field) -> _Reader:
        """The reader of a field."""
        key = (field.kind, field.id)
        if key not in self.made:
            make = {"item": self._item, "attribute": self._attribute, "theme": self._theme}[field.kind]
            self.made[key] = make(field)
        return self.made[key]

    def _item(self, field: Field) -> _Reader:
        assert self.table is not None and field.item is not None
        answers, words = self.table.answers, self.words.tabulation
        states: dict[AnswerState, str] = {
            "not_documented": words.not_documented, "missing": words.missing, "not_asked": words.not_asked,
            "unclear": words.unclear,
        }  # fmt: skip
        return _Reader(field.label(), lambda unit: answers[unit.row][field.id], dict(field.item.choices), states,
                       field.item.kind == "several")  # fmt: skip

    def _attribute(self, field: Field) -> _Reader:
        if field.id == CASE and CASE not in self.coded.study.attributes:
            return self._case()
        groups = self.coded.study.settings.groups
        labels = groups.labels if field.id == groups.attribute else {}

        def answer(unit: _Unit) -> Answer:
            value = unit.case.attributes.get(field.id, "") if unit.case else ""
            return Answer("answered", (value,)) if value else Answer("missing")

        found = dict.fromkeys(
            case.attributes[field.id] for case in self.coded.study.cases if field.id in case.attributes
        )
        values = {value: labels.get(value, value) for value in (*labels, *found)}
        name = self.words.group.lower() if field.id == groups.attribute else field.id
        return _Reader(name, answer, values, {"missing": self.words.tabulation.no_value})

    def _case(self) -> _Reader:
        def answer(unit: _Unit) -> Answer:
            return Answer("answered", (unit.case.id,)) if unit.case else Answer("missing")

        labels = {case.id: case.label for case in self.coded.study.cases}
        return _Reader(self.words.case.lower(), answer, labels, {"missing": self.words.no_case})

    def _theme(self, field: Field) -> _Reader:
        assert field.theme is not None
        cases = self.coded.study.cases
        cells = cells_of(self.coded, cases, [field.theme], self.coders).cells
        state_of = {case.id: row[0].state for case, row in zip(cases, cells, strict=True)}

        def answer(unit: _Unit) -> Answer:
            if unit.case is None:
                return Answer("unclear")
            state = state_of[unit.case.id]
            what, is_value = _OF_THEMES[state]
            return Answer(what, (state,) if is_value else ())

        names = self.words.states
        values: dict[str, str] = {state: names[state] for state, (_, is_value) in _OF_THEMES.items() if is_value}
        states: dict[AnswerState, str] = {
            "missing": names["not_coded"], "not_asked": names["not_applicable"], "unclear": names["unknown"]
        }  # fmt: skip
        return _Reader(field.label(), answer, values, states)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _value_label(value: str, reader: _Reader) -> str:
    """A value as readers see it, however it was written."""
    wanted = _plain(value)
    return next((label for key, label in reader.values.items() if wanted in (_plain(key), _plain(label))), value)


def _says(answer: Answer, value: str, reader: _Reader) -> bool:
    """Whether an answer is the value asked for: by the value, its label, or the name of a state."""
    wanted = _plain(value)
    named = {answer.state, reader.states.get(answer.state, "")}
    said = {name for key in answer.values for name in (key, reader.values.get(key, ""))}
    return wanted in {_plain(name) for name in (*said, *(named if answer.state != "answered" else ()))}


def can_say(request: Request, coded: CodedStudy, tables: Sequence[CaseTable], coders: Sequence[str]) -> list[str]:
    """Of the `where` of a request, those that no row fits, each with what there is to choose from."""
    words = words_for(coded.study.settings.report_language)
    table = next((table for table in tables if table.name == request.table), None)
    units = list(_units(coded, table))
    make = _Readers(coded, table, units, coders, words)
    said = []
    for field, value in request.where:
        reader = make.reader(field)
        if not any(_says(reader.answer(unit), value, reader) for unit in units):
            known = dict.fromkeys(key for unit in units for key in reader.answer(unit).values)
            said.append(f"No {_noun(table, words)[0]} has {field.id}={value}; there are: {', '.join(list(known)[:12])}")
    return said


def _joined(answers: Sequence[Answer]) -> Answer:
    """Several items as one: its values are their combinations; it is answered where all of them are."""
    if len(answers) == 1:
        return answers[0]
    for state in _WORST_FIRST:
        if any(answer.state == state for answer in answers):
            return Answer(state)
    return Answer("answered", tuple("\t".join(parts) for parts in product(*(answer.values for answer in answers))))


_Group = tuple[str, str, list[_Unit]]


def _groups(units: Sequence[_Unit], by: Sequence[_Reader], words: TabulationWords) -> list[_Group]:
    """(key, label, units) of each group that is not empty, values in their order and the others behind them."""
    if not by:
        return []
    inside: dict[tuple[tuple[int, str], ...], tuple[str, list[_Unit]]] = {}
    places = [{value: place for place, value in enumerate(reader.values)} for reader in by]
    for unit in units:
        choices = [list(_memberships(reader, unit, place)) for reader, place in zip(by, places, strict=True)]
        for parts in product(*choices):
            key = tuple((place, id) for place, id, _ in parts)
            label = " · ".join(label for _, _, label in parts)
            inside.setdefault(key, (label, []))[1].append(unit)
    return [(" · ".join(id for _, id in key), *inside[key]) for key in sorted(inside)]


def _memberships(reader: _Reader, unit: _Unit, places: Mapping[str, int]) -> Iterator[tuple[int, str, str]]:
    """(place in the order, id, label) of each group that a unit belongs to."""
    answer = reader.answer(unit)
    if answer.state == "answered":
        for value in answer.values:
            yield places.get(value, len(places)), value, reader.values.get(value, value)
    else:
        order = 1 + len(places) + _STATES.index(answer.state)
        yield order, f"({answer.state})", reader.states.get(answer.state, answer.state)


def _column(key: str, label: str, answers: Sequence[Answer]) -> Column:
    states: Counter[AnswerState] = Counter(answer.state for answer in answers)
    values: Counter[str] = Counter(value for answer in answers for value in answer.values)
    return Column(key, label, dict(states), dict(values))


def _values(items: Sequence[_Reader], total: Column) -> Iterator[tuple[str, str]]:
    """(value, label) of each row: all values of a single item, and of several the combinations that occur."""
    if len(items) == 1:
        (item,) = items
        more = sorted((value for value in total.values if value not in item.values), key=_by_size)
        states = {*_OF_THEMES} & {*item.values}
        for value in (*item.values, *more):
            if not states or value in total.values or value == "mentioned":
                yield value, item.values.get(value, value)
        return
    orders = [{value: place for place, value in enumerate(item.values)} for item in items]

    def place(joined: str) -> tuple[tuple[int, str], ...]:
        parts = joined.split("\t")
        return tuple((order.get(part, len(order)), part) for order, part in zip(orders, parts, strict=True))

    for joined in sorted(total.values, key=place):
        parts = zip(items, joined.split("\t"), strict=True)
        yield joined, " · ".join(item.values.get(part, part) for item, part in parts)


def _by_size(value: str) -> tuple[float, str]:
    from corpus.case_tables.table import number_of

    number = number_of(value)
    return (number if number is not None else float("inf"), value)


def _state_labels(items: Sequence[_Reader], total: Column, words: TabulationWords) -> dict[AnswerState, str]:
    """The states that occur, in the words of the only item, or those for items of tables."""
    usual: dict[AnswerState, str] = {
        "not_documented": words.not_documented, "missing": words.missing, "not_asked": words.not_asked,
        "unclear": words.unclear,
    }  # fmt: skip
    named = usual | items[0].states if len(items) == 1 else usual
    return {state: label for state, label in named.items() if total.states.get(state)}
