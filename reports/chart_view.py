"""How a written summary is shown: its words, and what must be known of it before it is believed."""

from __future__ import annotations

import msgspec

from reports.matrix_findings import FreshChart
from reports.words import Words


class ChartView(msgspec.Struct, frozen=True):
    """The summary of a case under a theme.

    `mark` says that it does not follow from its evidence any more, or that it is a draft; empty where there is nothing
    to say.
    """

    summary: str
    mark: str
    is_stale: bool


def chart_view(fresh: FreshChart, words: Words) -> ChartView:
    """The summary with what must be known of it."""
    said = words.finding
    mark = said.stale if fresh.is_stale else said.draft if fresh.chart.is_draft else ""
    return ChartView(fresh.chart.summary.strip(), mark, fresh.is_stale)
