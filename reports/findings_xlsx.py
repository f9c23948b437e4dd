"""The sheet of findings: a row for each finding and case, with its stand, its summary and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.finding_view import FindingView, StandView
from reports.sheet_parts import BOLD, HEAD, HEADER, LINKED, PLAIN, QUIET, head_rows, sheet_link
from reports.view import ReportView
from reports.workbook import Look, Sheet, Value

_AGAIN = Look(colour="A8A499", rule="thin")


def findings_sheet(view: ReportView) -> Sheet:
    """Every finding in the order of the matrix, case by case."""
    n_rows = HEADER + sum(max(len(finding.stands), 1) for _, _, finding in _findings(view))
    widths = (6.0, 20.0, 22.0, 40.0, 14.0, 18.0, 18.0, 14.0, 44.0, 70.0, 9.0, 30.0, 10.0)
    return Sheet(view.words.finding.findings, widths, _rows(view), n_rows, HEADER, printed_columns=10)


def finding_rows(finding: FindingView) -> int:
    """Rows that a finding takes in the matrix's sheet: the sentence, its excerpts, and those who say otherwise."""
    return 1 + len(finding.excerpts) + len(list(finding.said_otherwise))


def finding_numbers(view: ReportView) -> Mapping[str, int]:
    """Finding id → the number of its first row in the sheet, from 1."""
    numbers: dict[str, int] = {}
    row = 1
    for _, _, finding in _findings(view):
        numbers.setdefault(finding.id, row)
        row += max(len(finding.stands), 1)
    return numbers


def _findings(view: ReportView) -> Iterator[tuple[str, str, FindingView]]:
    """(theme, group, finding), row by row, those about all groups first."""
    for row in view.rows:
        yield from ((row.label, view.words.finding.whole, finding) for finding in row.whole)
        for cell, found in row.said:
            yield from ((row.label, cell.column, finding) for finding in found)


def _rows(view: ReportView) -> Iterator[tuple[Value, ...]]:
    words = view.words
    names = (
        words.number, words.theme, words.group, words.finding.finding, words.case, words.finding.stand,
        words.finding.stand_from, words.was_asked, words.finding.summary, words.evidence, words.excerpt,
        words.memo, words.code_id,
    )  # fmt: skip
    yield from head_rows(view, words.finding.findings, [Value(name, HEAD) for name in names])
    number = 0
    for theme, group, finding in _findings(view):
        for n, stand in enumerate(finding.stands):
            number += 1
            yield (
                Value(number, QUIET),
                Value(theme, _AGAIN if n else PLAIN),
                Value(group, _AGAIN if n else QUIET),
                Value(finding.text, _AGAIN) if n else Value(finding.text, PLAIN, soft=finding.fault or finding.tally),
                *_stand(stand, view),
                Value("" if n else finding.note, PLAIN),
                Value(finding.id, QUIET),
            )
        if not finding.stands:
            number += 1
            said = (Value(number, QUIET), Value(theme, PLAIN), Value(group, QUIET), Value(finding.text, PLAIN))
            rest = (Value("", PLAIN) for _ in range(7))
            yield (*said, *rest, Value(finding.note, PLAIN), Value(finding.id, QUIET))


def _stand(stand: StandView, view: ReportView) -> Iterator[Value]:
    """Where a case stands, who says so, whether it was asked, its summary and its evidence."""
    words = view.words
    yield Value(stand.case, BOLD)
    yield Value(stand.stand_label, PLAIN if stand.is_persons else QUIET)
    yield Value(words.finding.by_person if stand.is_persons else words.finding.from_data, QUIET)
    yield Value(stand.asked.partition(": ")[2], QUIET)
    chart = stand.chart
    yield Value(chart.summary, PLAIN, soft=chart.mark) if chart else Value("", PLAIN)
    yield Value("\n".join(f"{excerpt.quote} ({excerpt.citation})" for excerpt in stand.evidence), PLAIN)
    first = next((excerpt.row for excerpt in stand.evidence if excerpt.row), 0)
    yield Value(str(first or ""), LINKED, sheet_link(words.excerpts, 0, HEADER + first) if first else "")
