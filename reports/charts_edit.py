"""Writing summaries into charts/<theme>.yaml, one place at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from corpus.yaml_edit import with_entries, with_value, without
from reports.charts import Chart
from reports.charts_file import ChartEntry, ChartsFile, charts_file
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
        return without(text, ("charts", _entries(text)[chart.case][0]))

    edit_theme_file(root, chart.file, edit, ChartsFile, "")


def _with_charts(text: str, charts: Sequence[Chart]) -> str:
    """The text with all these summaries of one theme."""
    there = _entries(text)
    for chart in charts:
        if chart.case in there:
            text = _changed(text, chart, *there[chart.case])
    new = [{"case": chart.case, **dict(_values(chart))} for chart in charts if chart.case not in there]
    return with_entries(text, "charts", new)


def _changed(text: str, chart: Chart, place: int, said: ChartEntry) -> str:
    """The text with the entry at `place` saying what the summary says; keys that are the same stay as written."""
    values = dict(_values(chart))
    for key in _KEYS:
        if key not in values and getattr(said, key):
            text = without(text, ("charts", place, key))
        elif key in values and getattr(said, key) != getattr(chart, key):
            text = with_value(text, ("charts", place, key), values[key])
    return text


def _values(chart: Chart) -> Iterator[tuple[str, str | list[str]]]:
    """The keys that hold something, as the file has them."""
    for key in _KEYS:
        value = getattr(chart, key)
        if value:
            yield key, list(value) if isinstance(value, tuple) else value


def _entries(text: str) -> dict[str, tuple[int, ChartEntry]]:
    """Case → which entry of the file is about it, and what that says; the first where there are two."""
    said, _ = read_theme_text(text, "", ChartsFile)
    found: dict[str, tuple[int, ChartEntry]] = {}
    for place, entry in enumerate(said.said.charts if said else ()):
        found.setdefault(entry.case, (place, entry))
    return found
