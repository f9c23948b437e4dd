"""Nothing in a study is typed as a quote: what stands between quotation marks must be a slice of its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from corpus.source import Source
from reports.alarms import Alarm, Side
from reports.quotations import is_slice, quotations
from reports.verify.look import Look, shortened


class Written(msgspec.Struct, frozen=True):
    """A text that somebody wrote, where it stands, and the cases that it is about."""

    text: str
    file: str
    line: int
    cases: tuple[str, ...]


def written(look: Look) -> Iterator[Written]:
    """Every text of charts/ and findings/: sentences, notes, summaries and differences."""
    for of_theme in look.themes():
        everyone = tuple(case.id for column in look.columns for case in column.cases)
        if of_theme.difference:
            yield Written(of_theme.difference, of_theme.file, of_theme.line, everyone)
        for finding in of_theme.findings:
            cases = tuple(stand.case.id for stand in look.ledgers[finding.id].cases)
            for text in filter(None, (finding.text, finding.note)):
                yield Written(text, finding.file, finding.line, cases)
    for chart in look.whole.charts:
        for text in filter(None, (chart.summary, chart.note)):
            yield Written(text, chart.file, chart.line, (chart.case,))


def typed_quotes(look: Look) -> Iterator[Alarm]:
    """Quotations that stand in no source of the cases that the text is about."""
    study = look.whole.coded.study
    for text in written(look):
        sources = [source for case in text.cases for source in study.sources_of_case.get(case, ())]
        for quotation in quotations(text.text):
            if not is_slice(quotation.words, sources):
                yield _alarm(text, quotation.words, _elsewhere(quotation.words, study.sources, sources))


def _elsewhere(words: str, everywhere: Sequence[Source], here: Sequence[Source]) -> Source | None:
    """A source of another case that has the words."""
    others = [source for source in everywhere if source not in here]
    return next((source for source in others if is_slice(words, (source,))), None)


def _alarm(text: Written, words: str, elsewhere: Source | None) -> Alarm:
    side = Side(text.file, text.line, shortened(words))
    if elsewhere is not None:
        reason = "these words stand in a source of another case"
        return Alarm("excerpt-not-slice", "error", reason, (side, Side(elsewhere.file, 1, elsewhere.title)))
    whose = ", ".join(text.cases) if len(text.cases) <= 3 else "the group"
    reason = f"these words stand in no source of {whose}"
    return Alarm("excerpt-not-slice", "error", reason, (side, Side(text.file, text.line, shortened(text.text))))
