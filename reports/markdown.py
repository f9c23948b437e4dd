"""matrix.md and codebook.md: for reading on a code host or as plain text.

A table of cells with quotations cannot be read as text, so the table holds the counts and each theme follows with its
excerpts. Words of a source are changed only by the backslashes that Markdown needs to leave them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from reports.cell_view import CellView, ExcerptView
from reports.chart_view import ChartView
from reports.finding_view import FindingView
from reports.tabulation_view import TabulationView
from reports.view import ReportView, RowView
from reports.words import Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])")
_LINE_START = re.compile(r"^(\d*)([#+=.)-])")
_AMPERSAND = re.compile(r"&(?=#?\w+;)")


def matrix_md(view: ReportView) -> bytes:
    """The matrix: counts as a table, then theme by theme the states of all cases and the excerpts."""
    lines = [f"# {escaped(view.title)}", ""]
    if view.description:
        lines += [escaped(view.description), ""]
    for banner in view.banners:
        lines += [f"> **{escaped(banner)}**", ""]
    lines += [escaped(view.facts), "", f"## {view.words.comparison_matrix}", ""]
    lines += [*_table(view), ""]
    for row in view.rows:
        lines += _theme(row, view)
    lines += [f"## {view.words.framework}", "", *_framework(view), ""]
    lines += _tabulations(view)
    lines += _notes(view)
    return _bytes(lines)


def codebook_md(view: ReportView) -> bytes:
    """Every theme and code with what the codebook says about it."""
    lines = [f"# {view.words.codebook}: {escaped(view.title)}", ""]
    for banner in view.banners:
        lines += [f"> **{escaped(banner)}**", ""]
    for code in view.codebook:
        count = f" · {code.count}" if code.count else ""
        lines += [f"{'#' * min(code.level + 2, 6)} {escaped(code.label)}", "", f"`{code.id}`{count}", ""]
        for name, said in code.details:
            if len(said) == 1:
                lines.append(f"- **{name}:** {escaped(said[0])}")
            else:
                lines += [f"- **{name}:**", *(f"  - {escaped(text)}" for text in said)]
        lines += [""] if code.details else []
    return _bytes(lines)


def _table(view: ReportView) -> Iterator[str]:
    names = (f"{escaped(column.label)} ({column.n})" for column in view.columns)
    last = (view.words.finding.difference,) if view.has_findings else ()
    yield _row((view.words.theme, *names, *last))
    yield _row(["---"] * (len(view.columns) + 1 + len(last)))
    for row in view.rows:
        whole = _findings(row.whole, f"{view.words.finding.whole}: ")
        cells = [_findings(found) if found else _counts(cell) for cell, found in row.said]
        cells[:1] = ["<br>".join(filter(None, (whole, *cells[:1])))]
        said = ["<br>".join(map(escaped, row.difference.texts))] if last else []
        yield _row((f"**{escaped(row.label)}**", *cells, *said))


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _counts(cell: CellView) -> str:
    return "<br>".join(escaped(line) for line in (cell.count, cell.rest, cell.asked) if line)


def _findings(findings: Sequence[FindingView], before: str = "") -> str:
    """The sentences of a table's cell, each with the line that counts its cases and those who say otherwise."""
    said = []
    for finding in findings:
        otherwise = (deviation.said for deviation in finding.deviations)
        aside = "; ".join(filter(None, (finding.fault.rstrip("."), finding.tally, *otherwise)))
        said.append(f"{escaped(before + finding.text)}<br>*{escaped(aside)}*")
    return "<br>".join(said)


def _theme(row: RowView, view: ReportView) -> Iterator[str]:
    yield from (f"## {escaped(row.label)}", "")
    if row.definition:
        yield from (f"*{escaped(row.definition)}*", "")
    if row.difference.texts:
        yield from (f"**{view.words.finding.difference}:** {escaped(' '.join(row.difference.texts))}", "")
    if row.whole:
        yield from (f"### {view.words.finding.whole}", "")
    for finding in row.whole:
        yield from _finding(finding)
    for cell, found in row.said:
        yield from (f"### {escaped(cell.column)}", "")
        for finding in found:
            yield from _finding(finding)
        yield from (f"**{escaped(cell.count)}.**", "")
        for case in cell.cases:
            facts = f" ({escaped(case.facts)})" if case.facts else ""
            chart = f": {_chart(case.chart)}" if case.chart else ""
            yield f"- {escaped(case.label)}: {case.state_label}{facts}{chart}"
        yield ""
        for excerpt in () if found else cell.excerpts:
            yield from (*_excerpt(excerpt), "")


def _finding(finding: FindingView) -> Iterator[str]:
    """A sentence, its excerpts, those who say otherwise, and where every case stands."""
    yield from (f"**{escaped(finding.text)}** {escaped(finding.tally)}.", "")
    for note in filter(None, (finding.fault, finding.note)):
        yield from (f"*{escaped(note)}*", "")
    for excerpt in finding.excerpts:
        yield from (*_excerpt(excerpt), "")
    for said, excerpt_or_none in finding.said_otherwise:
        yield from ((f"{escaped(said)}:", "") if said else ())
        yield from ((*_excerpt(excerpt_or_none), "") if excerpt_or_none else ())
    for stand in finding.stands:
        cited = ", ".join(dict.fromkeys(excerpt.citation for excerpt in stand.evidence))
        yield f"- {escaped(stand.case)}: {stand.stand_label}{f' ({escaped(cited)})' if cited else ''}"
    yield ""


def _chart(chart: ChartView) -> str:
    """A written summary, with a word on it where it does not follow from its evidence."""
    return escaped(chart.summary) + (f" *({escaped(chart.mark)})*" if chart.mark else "")


def _excerpt(excerpt: ExcerptView) -> Iterator[str]:
    """A quotation with a link to its source."""
    note = f" · *{excerpt.note}*" if excerpt.note else ""
    source = f"../sources/{quote(excerpt.source_id)}.md"
    yield f"> {escaped(excerpt.quote)}"
    yield ">"
    yield f"> — [{escaped(excerpt.citation)}]({source}){note}"


def _framework(view: ReportView) -> Iterator[str]:
    """Cases × themes in two letters' room: a row for each theme, since a table of fifteen columns cannot be read."""
    yield _row((view.words.theme, *(escaped(row.label) for row in view.framework)))
    yield _row(["---"] * (len(view.framework) + 1))
    for index, (label, _) in enumerate(view.themes):
        cells = (row.cells[index] for row in view.framework)
        yield _row((escaped(label), *(cell.count or f"*{cell.state_label}*" for cell in cells)))


def _tabulations(view: ReportView) -> Iterator[str]:
    """The tables of counts, one below the other; nothing where there are none."""
    words = view.words
    if view.tabulations:
        yield from (f"## {words.tabulation.tables}", "", escaped(words.tabulation.hint), "")
    for table in view.tabulations:
        yield from tabulation_lines(table, words, "###")


def tabulation_lines(table: TabulationView, words: Words, marks: str = "##") -> Iterator[str]:
    """A table of counts with its sentences and notes."""
    yield from (f"{marks} {escaped(table.title)}", "")
    if table.facts:
        yield from (escaped(table.facts), "")
    yield _row((words.tabulation.answer, *(f"{escaped(label)} ({n})" for label, n in table.head)))
    yield _row(["---", *("--:" for _ in table.head)])
    for row in table.rows:
        mark = {"answer": "", "rest": "*", "sum": "**"}[row.kind]
        yield _row((f"{mark}{escaped(row.label)}{mark}", *row.cells))
    yield ""
    for text in table.said:
        yield f"- {escaped(text)}"
    yield from ("",) if table.said else ()
    for text in table.notes:
        yield from (f"*{escaped(text)}*", "")


def _notes(view: ReportView) -> Iterator[str]:
    yield from (f"## {view.words.read_me}", "")
    for section in view.notes:
        yield from (f"### {escaped(section.heading)}", "")
        for text in section.paragraphs:
            yield from (escaped(text), "")
        for term, text in section.terms:
            yield f"- **{escaped(term)}:** {escaped(text)}"
        if section.terms:
            yield ""


def escaped(text: str) -> str:
    """`text` on one line, with a backslash before every character that Markdown would take for markup."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(r"\\\1", line)
    line = _AMPERSAND.sub(r"\&", line)
    return _LINE_START.sub(r"\1\\\2", line)


def _bytes(lines: list[str]) -> bytes:
    return ("\n".join(lines).rstrip("\n") + "\n").encode()
