"""A first description of a table, made from its columns: what a person then corrects in tables/<name>.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from corpus.case_tables.table import Item, TableFile, as_words
from corpus.ids import make_id
from corpus.spreadsheets.guess import Facts, case_column, facts_of, id_column, is_personal
from corpus.spreadsheets.header import Column, HeadedTable

NOT_DOCUMENTED = frozenset((
    "ikke dokumenteret", "ej dokumenteret", "fremgår ikke", "fremgår ikke af sagen", "fremgår ikke af akterne",
    "ikke oplyst", "ikke oplyst i sagen", "uoplyst", "kan ikke ses", "not documented", "not recorded", "not stated",
    "not in file", "undocumented",
))  # fmt: skip
NOT_ASKED = frozenset(("ikke relevant", "irrelevant", "ikke aktuelt", "not applicable", "not relevant", "n/a", "i/r"))
MISSING = frozenset(("-", "--", ".", "?", "#n/a", "na", "nan", "null", "mangler", "missing"))
_FIRST = ("ja", "yes", "delvist", "delvis", "partly", "nej", "no")
_MOST_VALUES = 40
_LEAST_ROWS = 3


def draft_table(
    table: HeadedTable, cases: Mapping[str, str], title: str, given: Mapping[str, str], kept: Sequence[int]
) -> TableFile:
    """What the columns of `table` seem to be.

    `cases` are the names of the study's cases (casefolded) → id; `given` may name the columns `id` and `case`;
    `kept` are the places of the columns that go into the study.
    """
    values = [table.values(place) for place in range(len(table.columns))]
    facts = [facts_of(column) for column in values]
    case = table.named(given["case"]) if given.get("case") else case_column(values, cases)
    id = table.named(given["id"]) if given.get("id") else id_column(table.columns, values, facts, len(table.rows))
    items: list[Item] = []
    taken: set[str] = set()
    places: list[int] = []
    for place in kept:
        if place in (case, id):
            continue
        item = _item(table.columns[place], values[place], facts[place], taken)
        asked_if = _asked_if(values[place], items, [values[p] for p in places])
        items.append(msgspec.structs.replace(item, asked_if=asked_if))
        places.append(place)
        taken.add(item.id)
    name = [column.name for column in table.columns]
    return TableFile(tuple(items), title, id=name[id] if id >= 0 else "", case=name[case] if case >= 0 else "")


def kept_columns(table: HeadedTable, keep: Sequence[str] = (), skip: Sequence[str] = ()) -> list[int]:
    """The columns that go into the study: neither hidden, empty, nor telling who somebody is; or as is said by name."""
    kept, skipped = ({table.named(name) for name in names} for names in (keep, skip))
    return [
        place
        for place, column in enumerate(table.columns)
        if place not in skipped and (place in kept or not (column.hidden or is_personal(column, table.values(place))))
    ]


def _item(column: Column, values: Sequence[str], facts: Facts, taken: set[str]) -> Item:
    id = make_id(column.name[:40], taken)
    label = column.text if column.text != id else ""
    at = column.name if column.name != id else ""
    if facts.is_number:
        return _item_with(Item(id, label, at, "number"), _codes(values))
    if facts.is_free_text or (facts.distinct > _MOST_VALUES and not facts.parts):
        return Item(id, label, at, "text", missing=_codes(values)["missing"])
    kind, parts = ("several", _parts(values)) if facts.parts else ("choice", list(values))
    codes = _codes(parts)
    special = {word for words in codes.values() for word in words}
    counts = Counter(value for value in parts if value and value not in special)
    shown = {value: value[:1].upper() + value[1:] for value in _ordered(counts)}
    item = Item(id, label, at, "several" if kind == "several" else "choice", shown)
    return _item_with(item, codes)


def _item_with(item: Item, codes: Mapping[str, tuple[str, ...]]) -> Item:
    """The item with the values that are no answers."""
    return msgspec.structs.replace(item, **codes)


def _parts(values: Sequence[str]) -> list[str]:
    return [" ".join(part.split()) for value in values for part in value.split(";") if part.strip()]


def _codes(values: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The values that are no answers, by what they say."""
    found = dict.fromkeys(value for value in values if value)
    lists = (("not_documented", NOT_DOCUMENTED), ("not_asked", NOT_ASKED), ("missing", MISSING))
    return {key: tuple(value for value in found if value.casefold() in words) for key, words in lists}


def _ordered(counts: Mapping[str, int]) -> list[str]:
    """Values in the order of a table: yes before no, numbers by size, else the most frequent first."""
    if all(value.lstrip("-").isdecimal() for value in counts):
        return sorted(counts, key=int)
    rank = {word: place for place, word in enumerate(_FIRST)}
    return sorted(counts, key=lambda value: (rank.get(value.casefold(), len(rank)), -counts[value]))


def _asked_if(
    values: Sequence[str], items: Sequence[Item], before: Sequence[Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Skip logic as the filled cells suggest it: the nearest item before whose values decide whether this is filled."""
    if all(values) or not any(values):
        return {}
    for item, column in zip(reversed(items), reversed(before), strict=True):
        if item.kind == "choice" and 2 <= len(item.choices) + len(as_words(item.not_documented)) <= 8:
            asked = _deciding(values, column)
            if asked:
                wanted = tuple(value for value in (*item.choices, *as_words(item.not_documented)) if value in asked)
                return {item.id: wanted} if wanted else {}
    return {}


def _deciding(values: Sequence[str], column: Sequence[str]) -> set[str]:
    """The values of another column under which this one is filled, if it is empty under all its other values."""
    filled: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for value, other in zip(values, column, strict=True):
        total[other] += 1
        filled[other] += bool(value)
    shares = {other: filled[other] / n for other, n in total.items() if other}
    asked = {other for other, share in shares.items() if share >= 0.8}
    skipped = {other for other, share in shares.items() if share <= 0.05}
    enough = min(sum(total[other] for other in part) for part in (asked, skipped))
    return asked if len(asked) + len(skipped) == len(shares) and enough >= _LEAST_ROWS else set()


def yaml_text(about: TableFile) -> str:
    """tables/<name>.yaml as a person finds it: a few words on what to look at, then the table and its items."""
    said = msgspec.to_builtins(about)
    lines = [_HEAD.rstrip("\n")]
    lines += [f"{key}: {scalar(said.get(key, ''))}" for key in ("title", "row", "rows", "id", "case")]
    if about.origin:
        lines += ["origin:", *(f"  {key}: {scalar(value)}" for key, value in said["origin"].items())]
    lines += ["items:" if about.items else "items: []", *(line for item in about.items for line in item_lines(item))]
    return "\n".join(lines) + "\n"


_HEAD = """\
# What the columns of the csv beside this file hold. Written by `crosscase table add`; correct it where it guessed
# wrong, above all: which values mean »not documented« (the file does not say) or »missing« (not filled in), and
# `asked_if`, the answers to another item with which this one is asked. `row` and `rows` are what a row is called (sag,
# sager). Then: crosscase check. All keys: docs/tables.md
"""


def item_lines(item: Item) -> Iterator[str]:
    """An item as it is written."""
    yield f"- id: {scalar(item.id)}"
    for key, value in (("label", item.label), ("column", item.column)):
        if value:
            yield f"  {key}: {scalar(value)}"
    if item.kind != "choice":
        yield f"  kind: {item.kind}"
    if item.choices:
        yield "  values:"
        yield from (f"    {scalar(value)}: {scalar(label)}" for value, label in item.choices.items())
    for key in ("not_documented", "missing", "not_asked"):
        words = as_words(getattr(item, key))
        if words:
            yield f"  {key}: [{', '.join(map(scalar, words))}]"
    if item.asked_if:
        yield "  asked_if:   # guessed from where the cells are empty"
        yield from (
            f"    {other}: [{', '.join(map(scalar, as_words(wanted)))}]" for other, wanted in item.asked_if.items()
        )


def scalar(text: str) -> str:
    """A word as YAML reads it back: plain where that is safe, else quoted."""
    plain = text[:1].isalnum() and text == text.strip() and all(c.isalnum() or c in " ._/()+-" for c in text)
    plain = plain and "  " not in text and text.lower() not in ("null", "true", "false")
    return text if plain else msgspec.json.encode(text).decode()
