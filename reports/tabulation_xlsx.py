"""Tabulations as sheets: the table as it is read, and every number beside its denominators for further calculation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.study import Settings
from reports.listing_xlsx import list_sheet
from reports.tabulate import Tabulation
from reports.tabulation_view import TabulationView, tabulation_listing
from reports.words import Words
from reports.workbook import SOFT, Look, Sheet, Value, workbook_bytes

_TITLE = Look(bold=True, size=12, wrap=False)
_ABOUT = Look(size=9, colour=SOFT, wrap=False)
_HEAD = Look(bold=True, rule="head")
_LOOKS = {"answer": Look(rule="thin"), "rest": Look(colour=SOFT, rule="thin"), "sum": Look(bold=True, rule="thin")}


def tabulation_xlsx(found: Tabulation, view: TabulationView, settings: Settings, words: Words) -> bytes:
    """A workbook with the table, and a sheet with the numbers."""
    banners = (words.constructed,) if settings.constructed else ()
    sheets = (tabulations_sheet([view], banners, words), list_sheet("n", tabulation_listing(found, words), 2))
    return workbook_bytes(sheets, settings.title, words.language, words.cut_cell)


def tabulations_sheet(views: Sequence[TabulationView], banners: Sequence[str], words: Words) -> Sheet:
    """One sheet with all tables below one another."""
    rows = tuple(_rows(views, banners, words))
    most = max((len(view.head) for view in views), default=0)
    widths = (46.0, *(24.0 for _ in range(most)))
    return Sheet(words.tabulation.tables, widths, rows, len(rows), 1, filtered=False, pages=max(1, round(most / 5)))


def _rows(views: Sequence[TabulationView], banners: Sequence[str], words: Words) -> Iterator[tuple[Value, ...]]:
    yield (Value(" · ".join((words.tabulation.tables, *banners)), _TITLE),)
    for number, view in enumerate(views, 1):
        yield (Value("", Look()),)
        yield (Value(f"{words.table} {number}. {view.title}" if len(views) > 1 else view.title, _TITLE),)
        if view.facts:
            yield (Value(view.facts, _ABOUT),)
        yield (Value(words.tabulation.answer, _HEAD), *(Value(f"{name} ({n})", _HEAD) for name, n in view.head))
        for row in view.rows:
            yield (Value(row.label, _LOOKS[row.kind]), *(Value(cell, _LOOKS[row.kind]) for cell in row.cells))
        for text in (*view.said, *view.notes):
            yield (Value(text, _ABOUT),)
