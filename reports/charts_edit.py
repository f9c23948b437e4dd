"""Writing summaries into charts/<theme>.yaml, one place at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from corpus.yaml_edit import with_entry, with_value, without
from reports.charts import Chart
from reports.charts_file import ChartsFile, charts_file
from reports.theme_edit import edit_theme_file
from reports.theme_files import read_theme_text

_KEYS = ("summary", "evidence", "evidence_sha", "by", "note")


def write_charts(root: Path, charts: Iterable[Chart]) -> None:
    """Put the summaries into the files of their themes: in the place of those that are there, else at the end.

    A file is written whole or not at all; several files one after the other. Raises NotChanged.
    """
    for theme, of_theme in groupby(sorted(charts, key=attrgetter("theme")), attrgetter("theme")):
        edit = partial(_with_charts, charts=list(of_theme))
        edit_theme_file(root, charts_file(theme), edit, ChartsFile, f"theme: {theme}\n")


def remove_chart(root: Path, chart: Chart) -> None:
    """Take a summary out of its file. Raises NotChanged."""

    def edit(text: str) -> str:
        return without(text, ("charts", _place(text, chart.case, chart.file)))

    edit_theme_file(root, chart.file, edit, ChartsFile, "")


def _with_charts(text: str, charts: Iterable[Chart]) -> str:
    for chart in charts:
        place = _place(text, chart.case, charts_file(chart.theme))
        if place < 0:
            text = with_entry(text, "charts", {"case": chart.case, **dict(_values(chart))})
            continue
        said = _entry(text, place)
        for key, value in _values(chart):
            if said.get(key) != value:
                text = with_value(text, ("charts", place, key), value)
        for key in _KEYS:
            if not getattr(chart, key) and said.get(key):
                text = without(text, ("charts", place, key))
    return text


def _values(chart: Chart) -> Iterator[tuple[str, str | list[str]]]:
    """The keys that hold something, as the file has them."""
    for key in _KEYS:
        value = getattr(chart, key)
        if value:
            yield key, list(value) if isinstance(value, tuple) else value


def _place(text: str, case: str, file: str) -> int:
    """Which entry is about the case; -1 where none is."""
    said, _ = read_theme_text(text, file, ChartsFile)
    entries = said.said.charts if said else ()
    return next((n for n, entry in enumerate(entries) if entry.case == case), -1)


def _entry(text: str, place: int) -> dict[str, str | list[str]]:
    said, _ = read_theme_text(text, "", ChartsFile)
    entry = said.said.charts[place] if said else None
    values = ((key, getattr(entry, key)) for key in _KEYS)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values}
