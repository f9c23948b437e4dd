"""Lists as Excel workbooks: the table itself begins in the first cell, so that other programs can read it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.study import Settings
from reports.listing import Listing
from reports.matrix import STATES
from reports.tables import CodeTable, Values, states_listing, table_listing
from reports.words import Words, joined
from reports.workbook import SOFT, Look, Sheet, Value, workbook_bytes

_HEAD = Look(bold=True, rule="head")
_PLAIN, _QUIET, _TITLE = Look(rule="thin"), Look(colour=SOFT, rule="thin"), Look(bold=True, rule="thin")
_WIDE = 60.0


def listing_xlsx(listing: Listing, title: str, settings: Settings, words: Words) -> bytes:
    """One sheet with the list."""
    return workbook_bytes([list_sheet(title, listing, 1)], settings.title, words.language, words.cut_cell)


def table_xlsx(table: CodeTable, values: Values, settings: Settings, words: Words) -> bytes:
    """The table, its states in words, what each column is, and how all of it is to be read."""
    title = words.table_by_case if table.by == "case" else words.table_by_source
    shown, frozen = table_listing(table, values, words), 2
    about = tuple(_about(table, values, settings, words))
    sheets = (
        list_sheet(title, shown, frozen),
        list_sheet(words.about_states, states_listing(table, words), frozen),
        list_sheet(words.columns, _columns(table, shown, words), 1),
        Sheet(words.read_me, (34.0, 100.0), about, len(about), 1, filtered=False),
    )
    return workbook_bytes(sheets, settings.title, words.language, words.cut_cell)


def list_sheet(title: str, listing: Listing, frozen: int) -> Sheet:
    """A sheet whose columns are as wide as their entries, within reason."""
    rows = list(_rows(listing))
    widths = tuple(_width(column) for column in zip(*rows, strict=True))
    return Sheet(title, widths, rows, len(rows), 1, frozen, pages=max(1, round(sum(widths) / 160)))


def _rows(listing: Listing) -> Iterator[tuple[Value, ...]]:
    yield tuple(Value(name, _HEAD) for name in listing.names)
    for row in listing.rows:
        yield tuple(Value("" if entry is None else entry, _PLAIN) for entry in row)


def _width(column: Sequence[Value]) -> float:
    """Room for the longest entry; names may wrap at spaces."""
    name, *entries = (str(value.text) for value in column)
    word = min(max((len(part) for part in name.split()), default=0) * 1.25, 20.0)
    longest = max((len(line) for entry in entries for line in entry.split("\n")), default=0)
    return min(max(word, longest * 1.1, 9.0) + 2.5, _WIDE)


def _columns(table: CodeTable, shown: Listing, words: Words) -> Listing:
    """What stands in each column of a code: its id, theme and definition."""
    names = (words.column, words.code_id, words.theme, words.definition, words.include, words.exclude)
    keys = ("column", "id", "theme", "definition", "include", "exclude")
    of_codes = shown.names[len(table.facts) :]
    rows = tuple(
        (name, column.code.id, column.theme.label, column.code.definition, column.code.include, column.code.exclude)
        for name, column in zip(of_codes, table.codes, strict=True)
    )
    return Listing(keys, names, rows)


def _about(table: CodeTable, values: Values, settings: Settings, words: Words) -> Iterator[tuple[Value, ...]]:
    yield Value(settings.title, Look(bold=True, size=12, wrap=False, rule="head")), Value("", _HEAD)
    if settings.constructed:
        yield Value("", _PLAIN), Value(words.constructed, _TITLE)
    if table.filters:
        yield Value(words.about_filters, _TITLE), Value(", ".join(table.filters), _PLAIN)
    first, *more = words.about_values[values]
    yield Value(words.about_table, _TITLE), Value(first, _PLAIN)
    yield from ((Value("", Look()), Value(text, Look())) for text in more)
    coders = joined([settings.coders.get(id, id) for id in table.coders], words)
    yield Value(words.coders, _TITLE), Value(coders, _PLAIN)
    found = {cell.state for row in table.rows for cell in row.cells}
    for state in STATES:
        if state in found:
            yield Value(words.states[state], _QUIET), Value(words.state_meanings[state], _PLAIN)
