"""Charts: what one case says under one theme, in a person's words, with the codings that the summary rests on.

Charting is the step of the framework method between coding and comparing: each cell of the cases × themes matrix gets a
sentence or two. A summary is bound to its codings by their ids and by a digest of their words (`reports.evidence`), so
that it can say when it no longer follows.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from coding.coded_study import CodedStudy
from reports.evidence import Staleness, evidence_staleness
from reports.matrix import CaseTheme

DRAFTED = "crosscase/draft"
"""Who a summary is by that nobody wrote: `crosscase chart draft` put it together from excerpts."""


class Chart(msgspec.Struct, frozen=True):
    """The written summary of one case under one theme. `evidence` are coding ids; `by` is who wrote it.

    `evidence_sha` is the digest of the evidence when somebody last compared the two; empty: never.
    """

    theme: str
    case: str
    summary: str
    evidence: tuple[str, ...] = ()
    evidence_sha: str = ""
    by: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def is_draft(self) -> bool:
        """Whether the program put it together and nobody has taken it on."""
        return self.by == DRAFTED


def staleness(chart: Chart, cell: CaseTheme | None, coded: CodedStudy) -> Staleness:
    """Whether the summary still follows from the codings of its cell of the framework matrix (None: it has none)."""
    return evidence_staleness(chart.evidence, chart.evidence_sha, (cell,) if cell else (), coded)


def missing_in(cells: Iterable[CaseTheme], charts: Iterable[Chart]) -> tuple[CaseTheme, ...]:
    """The cells of the framework matrix that have codings and no summary."""
    written = {(chart.case, chart.theme) for chart in charts}
    return tuple(cell for cell in cells if cell.codings and (cell.case.id, cell.theme.id) not in written)
