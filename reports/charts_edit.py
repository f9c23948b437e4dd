"""Writing summaries into charts/<theme>.yaml, one place at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from corpus.yaml_edit import with_entries, with_value, without
from reports.charts import Chart
from reports.charts_file import ChartEntry, ChartsFile, charts_file
from reports.theme_edit import NotChanged, edit_theme_file
from reports.theme_files import read_theme_text

_KEYS = ("summary", "evidence", "evidence_sha", "by", "note")


def write_charts(root: Path, charts: Iterable[Chart], before: Iterable[Chart]) -> None:
    """Put the summaries into the files of their themes: in the place of those that are there, else at the end.

    `before` are the summaries of the study as they were read. A file is written whole or not at all; several files one
    after the other. Raises NotChanged, also where somebody else wrote or changed a summary since.
    """
    known: dict[tuple[str, str], Chart] = {}
    for chart in before:
        known.setdefault((chart.theme, chart.case), chart)
    placed = [(_file(chart, known.get((chart.theme, chart.case))), chart) for chart in charts]
    for (file, theme), of_file in groupby(sorted(placed, key=_place), lambda one: (one[0], one[1].theme)):
        edit = partial(_with_charts, charts=[chart for _, chart in of_file], before=known)
        edit_theme_file(root, file, edit, ChartsFile, f"theme: {theme}\n")


def _file(chart: Chart, there: Chart | None) -> str:
    """The file that the summary stands in, whatever it is called; that of its theme for a new one."""
    return there.file if there is not None else charts_file(chart.theme)


def _place(one: tuple[str, Chart]) -> tuple[str, str]:
    return one[0], one[1].theme


def remove_chart(root: Path, chart: Chart) -> None:
    """Take a summary out of its file. Raises NotChanged, also where somebody else changed it since it was read."""

    def edit(text: str) -> str:
        there = _entries(text)
        _same(chart, there.get(chart.case), chart)
        return without(text, ("charts", there[chart.case][0]))

    edit_theme_file(root, chart.file, edit, ChartsFile, "")


def _with_charts(text: str, charts: Sequence[Chart], before: Mapping[tuple[str, str], Chart]) -> str:
    """The text with all these summaries of one theme."""
    there = _entries(text)
    for chart in charts:
        _same(before.get((chart.theme, chart.case)), there.get(chart.case), chart)
        if chart.case in there:
            text = _changed(text, chart, *there[chart.case])
    new = [{"case": chart.case, **dict(_values(chart))} for chart in charts if chart.case not in there]
    return with_entries(text, "charts", new)


def _same(before: Chart | None, there: tuple[int, ChartEntry] | None, chart: Chart) -> None:
    """Raises NotChanged unless what stands there is what was read."""
    was = None if before is None else [getattr(before, key) for key in _KEYS]
    if was != (None if there is None else [getattr(there[1], key) for key in _KEYS]):
        of = f"The summary of {chart.case} under {chart.theme}"
        raise NotChanged(f"{of} was changed by somebody else just now. Nothing was written; try again.")


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
