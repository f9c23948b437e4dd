"""A table of case files as values: its items, its rows, and what each row says under each item.

A cell without an answer can mean four things: the item was not asked since another was answered so; it was asked and
the file does not say (a value of its own, written out); it was asked and the cell is empty; or it cannot be known
whether it was asked. They are kept apart everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Literal

import msgspec

from corpus.ids import Id

TABLES_FOLDER = "tables"
AnswerState = Literal["answered", "not_documented", "missing", "not_asked", "unclear"]
STATES: tuple[AnswerState, ...] = ("answered", "not_documented", "missing", "not_asked", "unclear")
"""Answered: a value. Not documented: looked for, and the file does not say. Missing: asked, and nothing was filled in.
Not asked: skip logic, or a value that says so. Unclear: empty, and what decides whether it was asked is missing too."""
Words = str | tuple[str, ...]


class TableOrigin(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file that the table came from. `table` is the digest of the csv as it was written then."""

    file: str
    sha256: str
    imported: str = ""
    table: str = ""
    sheet: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One closed item.

    `column` is its column in the csv (default: the id). `kind` is `choice`, `several` (values separated by `;`),
    `number`, or `text` (not tabulated). `values` are value → label, or a list of values, in the order in which they are
    shown; without any, every value is accepted. `bands` divide a number: `[26, 52]` gives under 26, 26 to 51,
    and 52 and above. `asked_if` holds the values of other items with which this one is asked; `not_asked` values of its
    own that say that it was not.
    """

    id: Id
    label: str = ""
    column: str = ""
    kind: Literal["choice", "several", "number", "text"] = "choice"
    values: dict[str, str] | tuple[str, ...] = ()
    bands: tuple[float, ...] = ()
    not_documented: Words = ()
    missing: Words = ()
    not_asked: Words = ()
    asked_if: dict[str, Words] = {}
    line: int = 0

    @property
    def name(self) -> str:
        """The item as readers see it."""
        return self.label or self.id

    @property
    def choices(self) -> dict[str, str]:
        """Value → label, in order; of a number its bands."""
        if self.bands:
            return {label: label for label in band_labels(self.bands)}
        return self.values if isinstance(self.values, dict) else {value: value for value in self.values}


class TableFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """tables/<name>.yaml. `row` and `rows` are the noun of a row: `sag` and `sager`."""

    items: tuple[Item, ...]
    title: str = ""
    row: str = ""
    rows: str = ""
    id: str = ""
    case: str = ""
    origin: TableOrigin | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a row says under an item: its state, and the values (one, or several where the item allows it).

    `contradicts` where an answer stands although the item was not asked, or a value says that it was not although it
    was. `strange` are values that the item does not have; they count as missing.
    """

    state: AnswerState
    values: tuple[str, ...] = ()
    contradicts: bool = False
    strange: tuple[str, ...] = ()


class FileRow(msgspec.Struct, frozen=True):
    """A row of the table: its line, its id, the case as written, and column → cell."""

    line: int
    id: str
    case: str
    cells: dict[str, str]


class CaseTable(msgspec.Struct, frozen=True, dict=True):
    """A table of the study: what its yaml says, and its rows."""

    name: str
    about: TableFile
    rows: tuple[FileRow, ...]

    @property
    def csv_file(self) -> str:
        """Its csv, relative to the study."""
        return f"{TABLES_FOLDER}/{self.name}.csv"

    @property
    def yaml_file(self) -> str:
        """Its description, relative to the study."""
        return f"{TABLES_FOLDER}/{self.name}.yaml"

    @property
    def title(self) -> str:
        """The title that readers see."""
        return self.about.title or self.name

    @cached_property
    def items(self) -> dict[str, Item]:
        """Id → item, in order."""
        return {item.id: item for item in self.about.items}

    @cached_property
    def answers(self) -> tuple[dict[str, Answer], ...]:
        """For each row item → what it says."""
        readers = {id: _Reader(item) for id, item in self.items.items()}
        circular = circular_items(self.items)
        return tuple(_answers(row, readers, circular) for row in self.rows)


def as_words(words: Words) -> tuple[str, ...]:
    """One word or several, as several."""
    return (words,) if isinstance(words, str) else words


def _plain(value: str) -> str:
    """A value as it is compared: `Ja`, `ja` and ` JA ` are one."""
    return " ".join(value.split()).casefold()


class _Reader:
    """What the cells of one item mean."""

    def __init__(self, item: Item) -> None:
        self.item = item
        labels = {_plain(label): value for value, label in item.choices.items()}
        self.known = labels | {_plain(value): value for value in item.choices}
        self.not_documented = {_plain(word) for word in as_words(item.not_documented)}
        self.missing = {"", *(_plain(word) for word in as_words(item.missing))}
        self.not_asked = {_plain(word) for word in as_words(item.not_asked)}
        self.read: dict[str, Answer] = {}

    def answer(self, cell: str) -> Answer:
        """What the cell says, if the item was asked; each wording is looked up once."""
        if cell not in self.read:
            self.read[cell] = self._answer(cell)
        return self.read[cell]

    def _answer(self, cell: str) -> Answer:
        plain = _plain(cell)
        if plain in self.missing:
            return Answer("missing")
        if plain in self.not_asked:
            return Answer("not_asked")
        if plain in self.not_documented:
            return Answer("not_documented")
        parts = re.split(r"[;\n]", cell) if self.item.kind == "several" else [cell]
        parts = [" ".join(part.split()) for part in parts if part.strip()]
        if self.item.kind == "number":
            strange = tuple(part for part in parts if number_of(part) is None)
            if strange or not self.item.bands:
                return Answer("missing", (), strange=strange) if strange else Answer("answered", tuple(parts))
            numbers = [number for part in parts if (number := number_of(part)) is not None]
            return Answer("answered", tuple(band_of(number, self.item.bands) for number in numbers))
        strange = tuple(part for part in parts if self.known and _plain(part) not in self.known)
        values = tuple(dict.fromkeys(self.known.get(_plain(part), part) for part in parts if part not in strange))
        return Answer("answered" if values else "missing", values, strange=strange)


def number_of(words: str) -> float | None:
    """The number that is written, with a decimal comma or point and with points between thousands; None for none."""
    compact = words.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?", compact):
        compact = compact.replace(".", "")
    compact = compact.replace(",", ".")
    return float(compact) if re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,15})?", compact) else None


def band_labels(bands: Sequence[float]) -> list[str]:
    """The bands in words: `< 26`, `26–51`, `≥ 52`; where a limit is no whole number, `26 – < 52.5`."""
    limits = sorted(set(bands))
    written = [f"{limit:g}" for limit in limits]
    whole = all(float(limit).is_integer() for limit in limits)
    between = [
        f"{low}–{high - 1:g}" if whole else f"{low} – < {high:g}"
        for low, high in zip(written, limits[1:], strict=False)
    ]
    return [f"< {written[0]}", *between, f"≥ {written[-1]}"]


def band_of(number: float, bands: Sequence[float]) -> str:
    """The band that a number belongs to: a limit belongs to the band above it."""
    return band_labels(bands)[bisect_right(sorted(set(bands)), number)]


def _answers(row: FileRow, readers: Mapping[str, _Reader], circular: Set[str]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}

    def answer(id: str) -> Answer:
        if id not in found:
            reader = readers[id]
            cell = row.cells.get(reader.item.column or id, "")
            asked = True if id in circular else _is_asked(reader.item)
            found[id] = _with_skip_logic(reader.answer(cell), asked, bool(reader.item.asked_if))
        return found[id]

    def _is_asked(item: Item) -> bool | None:
        said = [_allows(answer(other), readers[other], wanted) for other, wanted in item.asked_if.items()
                if other in readers]  # fmt: skip
        return False if False in said else None if None in said else True

    return {id: answer(id) for id in readers}


def _allows(other: Answer, reader: _Reader, wanted: Words) -> bool | None:
    """Whether what another item says lets an item be asked; None where that item is empty or unclear itself."""
    if other.state in ("missing", "unclear"):
        return None
    plain = {_plain(word) for word in as_words(wanted)}
    if other.state == "not_documented":
        return not plain.isdisjoint(reader.not_documented)
    named = {reader.known.get(word, word) for word in plain} | plain
    return any(value in named or _plain(value) in named for value in other.values)


def _with_skip_logic(said: Answer, asked: bool | None, has_logic: bool) -> Answer:
    if asked is False:
        return Answer("not_asked", contradicts=said.state in ("answered", "not_documented") or bool(said.strange))
    if asked is None and said.state == "missing" and not said.strange:
        return Answer("unclear")
    if asked is True and has_logic and said.state == "not_asked":
        return Answer("not_asked", contradicts=True)
    return said


def circular_items(items: Mapping[str, Item]) -> frozenset[str]:
    """Items whose skip logic leads back to themselves; they count as always asked."""

    def leads_to(id: str) -> Iterator[str]:
        return (other for other in items[id].asked_if if other in items)

    found = set()
    for id in items:
        seen: set[str] = set()
        todo = list(leads_to(id))
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo += leads_to(other)
        if id in seen:
            found.add(id)
    return frozenset(found)


def case_of(written: str, ids: Mapping[str, str]) -> str:
    """The id of the case that is written by its id or label (`ids`: either, casefolded → id); empty where none is."""
    return ids.get(_plain(written), "")


def case_names(cases: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What a case can be called in a table → its id, for (id, label) of each case."""
    return {_plain(label): id for id, label in cases} | {_plain(id): id for id, _ in cases}
