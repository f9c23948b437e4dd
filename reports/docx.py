"""matrix.docx: the comparison matrix as a table that can stand in a report, with the notes that belong under it.

It holds what a reader of a report needs: counts with their denominators, the states of the others, excerpts with their
citation. All evidence, sources and the codebook are in the other files.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.cell_view import CellView, ExcerptView
from reports.finding_view import FindingView
from reports.findings import Stand
from reports.notes import Section
from reports.tabulation_view import TabulationView
from reports.view import ReportView, RowView
from reports.word_file import (
    TEXT_HEIGHT,
    TEXT_WIDTH,
    add_paragraph,
    add_row,
    add_table,
    document_bytes,
    first_paragraph,
    new_document,
    say,
    say_field,
)
from reports.words import unbroken, unbroken_parts

_THEME_WIDTH = (1500, 2200)
"""Narrowest and widest column of themes, in twips."""
_NARROW_THEME, _DIFFERENCE_WIDTH = 1700, 2700
"""Widest column of themes beside a column of differences, and that column's width."""
_LETTER, _LINE = 96.0, 235.0
"""An average letter's width and a line's height in twips, a little generous."""
_ANSWER_WIDTH, _ABOVE_TABLE = 3400, 320
"""The column of answers in a table of counts, and the room above such a table, in twips."""
_FOOTER_TITLE = 100
_NO_BREAK = "\u00a0"


def docx_bytes(view: ReportView) -> bytes:
    """The Word file, in the study's language."""
    words = view.words
    document = new_document(view.title, words.language)
    _footer(document, view)
    add_paragraph(document, "Title", view.title)
    for banner in view.banners:
        add_paragraph(document, "MatrixBanner", banner)
    add_paragraph(document, "Subtitle", view.facts)
    if view.rows and view.columns:
        _caption(document, view)
        _table(document, view)
    for tabulation in view.tabulations:
        _tabulation(document, tabulation, view)
    add_paragraph(document, "Heading1", words.table_notes)
    for section in _chosen(view):
        _note(document, section)
    return document_bytes(document)


def _footer(document: Document, view: ReportView) -> None:
    """The title, what must be known before anything is read, and the page's number."""
    paragraph = document.sections[0].footer.paragraphs[0]
    title = textwrap.shorten(view.title, _FOOTER_TITLE, placeholder=" …")
    about = (banner for banner in view.banners if banner != view.words.empty_matrix)
    say(paragraph, " · ".join((title, *about)) + "\t")
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    for part in re.split(r"(\{\w+\})", view.words.page_of):
        if part in fields:
            say_field(paragraph, fields[part])
        elif part:
            say(paragraph, part)


def _caption(document: Document, view: ReportView) -> None:
    """`Tabel 1. Sammenligningsmatrix.` and how to read it; Word counts it among the tables of a report."""
    words = view.words
    paragraph = add_paragraph(document, "Caption")
    say(paragraph, f"{words.table}{_NO_BREAK}", "Strong")
    say_field(paragraph, f"SEQ {words.table} \\* ARABIC", "Strong")
    say(paragraph, f". {words.comparison_matrix}.", "Strong")
    say(paragraph, f" {view.how_to_read}")


def _table(document: Document, view: ReportView) -> None:
    words, widths = view.words, column_widths(len(view.columns), view.has_findings)
    title = f"{words.comparison_matrix}: {view.title}"
    table = add_table(document, widths, "MatrixTable", title, view.how_to_read)
    first, *groups = add_row(table, header=True)
    first_paragraph(first, "MatrixHead", words.theme)
    heads = [f"{column.label} ({column.n.replace(' ', _NO_BREAK)})" for column in view.columns]
    how_sure = words.finding.how_sure.replace(" ", _NO_BREAK)
    heads += [f"{words.finding.difference}, {how_sure}"] if view.has_findings else []
    for cell, head in zip(groups, heads, strict=True):
        first_paragraph(cell, "MatrixHead", head)
    for row in view.rows:
        if row.whole:
            _whole_row(table, row, view)
        whole = row_height(row, widths) < 0.9 * TEXT_HEIGHT
        first, *cells = add_row(table, whole=whole)
        first_paragraph(first, "MatrixTheme", "" if row.whole else row.label)
        for cell, (shown, found) in zip(cells, row.said, strict=False):
            if found:
                _findings(cell, found)
            else:
                _cell(cell, shown)
        if view.has_findings and not row.whole:
            _difference(cells[-1], row)


def _whole_row(table: Table, row: RowView, view: ReportView) -> None:
    """What is said of all groups: above their cells and as wide as all of them, with the theme and the difference."""
    widths = column_widths(len(view.columns), view.has_findings)
    first, *cells = add_row(table, whole=_height_across(row, widths) < 0.9 * TEXT_HEIGHT)
    first_paragraph(first, "MatrixTheme", row.label)
    across = cells[0].merge(cells[len(view.columns) - 1]) if len(view.columns) > 1 else cells[0]
    _findings(across, row.whole)
    _difference(cells[-1], row)


def _findings(cell: _Cell, findings: Sequence[FindingView]) -> None:
    """Each sentence, its excerpts, those who say otherwise with theirs, and the line that counts every case."""
    for n, finding in enumerate(findings):
        _next_paragraph(cell, n == 0, "MatrixSentence", finding.text)
        if finding.fault:
            add_paragraph(cell, "MatrixDetail", finding.fault)
        for excerpt in finding.excerpts:
            _excerpt(cell, excerpt, "MatrixQuote", "MatrixQuoteCitation")
        for said, otherwise in finding.said_otherwise:
            if said:
                add_paragraph(cell, "MatrixDeviation", said)
            if otherwise:
                _excerpt(cell, otherwise, "MatrixQuote", "MatrixQuoteCitation")
        add_paragraph(cell, "MatrixTally", unbroken_parts(finding.tally))


def _difference(cell: _Cell, row: RowView) -> None:
    """A person's sentence, then what was counted, its verdict in bold."""
    shown = row.difference
    is_first = True
    for text in filter(None, (shown.sentence, shown.note)):
        _next_paragraph(cell, is_first, "MatrixDifference", text)
        is_first = False
    for claim in shown.claims:
        paragraph = _next_paragraph(cell, is_first, "MatrixDifference", f"{claim.about}: " if claim.about else "")
        say(paragraph, f"{claim.label}.", "Strong")
        say(paragraph, " ".join(("", *claim.lines)))
        is_first = False


def _next_paragraph(cell: _Cell, is_first: bool, style: str, text: str) -> Paragraph:
    return first_paragraph(cell, style, text) if is_first else add_paragraph(cell, style, text)


def _tabulation(document: Document, shown: TabulationView, view: ReportView) -> None:
    """A table of counts with its caption, and below it its notes."""
    words = view.words
    caption = add_paragraph(document, "Caption")
    caption.paragraph_format.space_before = Twips(_ABOVE_TABLE)
    say(caption, f"{words.table}{_NO_BREAK}", "Strong")
    say_field(caption, f"SEQ {words.table} \\* ARABIC", "Strong")
    say(caption, f". {shown.title}{'' if shown.title.endswith(('.', '?', '!')) else '.'}", "Strong")
    say(caption, f" {shown.facts}" if shown.facts else "")
    each = (TEXT_WIDTH - _ANSWER_WIDTH) // max(len(shown.head), 1)
    widths = (TEXT_WIDTH - each * len(shown.head), *(each for _ in shown.head))
    table = add_table(document, widths, "MatrixTable", shown.title, words.tabulation.hint)
    first, *others = add_row(table, header=True)
    first_paragraph(first, "MatrixHead", words.tabulation.answer)
    for cell, (label, size) in zip(others, shown.head, strict=True):
        first_paragraph(cell, "MatrixHead", f"{label} ({size.replace(' ', _NO_BREAK)})")
    for row in shown.rows:
        first, *others = add_row(table)
        style = {"answer": "MatrixExcerpt", "sum": "MatrixTheme", "rest": "MatrixDetail"}[row.kind]
        first_paragraph(first, style, row.label)
        for cell, said in zip(others, row.cells, strict=True):
            first_paragraph(cell, style, said.replace(" ", _NO_BREAK))
    for text in shown.said:
        add_paragraph(document, "MatrixExcerpt", text)
    for text in shown.notes:
        add_paragraph(document, "MatrixDetail", text)


def column_widths(n_groups: int, has_difference: bool = False) -> tuple[int, ...]:
    """Widths of the themes' column, the groups' columns and that of the difference in twips: as wide as the text."""
    narrowest, widest = _THEME_WIDTH
    last = (_DIFFERENCE_WIDTH,) if has_difference else ()
    room = TEXT_WIDTH - sum(last)
    theme = min(max(round(room / (1 + 1.9 * n_groups)), narrowest), _NARROW_THEME if last else widest)
    each = (room - theme) // n_groups
    return (room - n_groups * each, *(each for _ in range(n_groups)), *last)


def _height_across(row: RowView, widths: Sequence[int]) -> float:
    """About how high the row of what is said of all groups will be, in twips."""
    said = sum(_lines(text, sum(widths[1:-1])) for text in _texts(row.whole))
    return _LINE * max(said, sum(_lines(text, widths[-1]) for text in row.difference.texts))


def row_height(row: RowView, widths: Sequence[int]) -> float:
    """About how high a row will be, in twips. One that is higher than a page has to be divided between two."""
    highest = _lines(row.label, widths[0])
    for (cell, found), width in zip(row.said, widths[1:], strict=False):
        excerpts = (text for excerpt in cell.excerpts for text in (excerpt.quote, excerpt.citation))
        texts = _texts(found) if found else (cell.count, cell.rest, cell.asked, *excerpts)
        highest = max(highest, sum(_lines(text, width) for text in texts))
    if row.difference.texts and not row.whole:
        highest = max(highest, sum(_lines(text, widths[-1]) for text in row.difference.texts))
    return highest * _LINE


def _texts(findings: Sequence[FindingView]) -> Iterator[str]:
    """All paragraphs of findings."""
    for finding in findings:
        otherwise = list(finding.said_otherwise)
        yield from (finding.text, finding.tally, *(said for said, _ in otherwise))
        for excerpt in (*finding.excerpts, *(excerpt for _, excerpt in otherwise if excerpt)):
            yield from (excerpt.quote, excerpt.citation)


def _lines(text: str, width: int) -> int:
    return math.ceil(len(text) * _LETTER / max(width - 226, _LETTER))


def _cell(cell: _Cell, shown: CellView) -> None:
    """The count, what holds for the other cases, and the excerpts."""
    first_paragraph(cell, "MatrixCount", shown.count)
    for line in (shown.rest, shown.asked):
        if line:
            add_paragraph(cell, "MatrixDetail", line)
    for excerpt in shown.excerpts:
        _excerpt(cell, excerpt)


def _excerpt(cell: _Cell, excerpt: ExcerptView, style: str = "MatrixExcerpt", cited: str = "MatrixCitation") -> None:
    """The words in quotation marks, and below them whose they are: `Birkeby, leder, afsnit 4 · referat`."""
    add_paragraph(cell, style, excerpt.quote)
    citation = add_paragraph(cell, cited, unbroken(excerpt.citation))
    if excerpt.note:
        say(citation, f"{_NO_BREAK}·{_NO_BREAK}")
        say(citation, excerpt.note, "MatrixKind")


def _chosen(view: ReportView) -> tuple[Section, ...]:
    """The notes as far as they concern this file, the groups first: of the states only those that the table names, and
    nothing of what is in other files."""
    words = view.words
    elsewhere = {words.about_listed, words.about_csv, words.about_other_coders.format(coders=view.other_coders)}
    said = (f"{cell.count} {cell.rest}" for row in view.rows for cell, found in row.said if not found)
    tallies = (finding.tally for row in view.rows for found in (row.whole, *row.findings) for finding in found)
    cells = " ".join((*said, *tallies)).lower()
    stands = {view.words.finding.stands[stand] for stand in _stands(view)}
    chosen = []
    for section in sorted(view.notes, key=lambda section: section.heading != words.about_groups):
        paragraphs = tuple(text for text in section.paragraphs if text not in elsewhere)
        terms = section.terms
        if section.heading == words.about_states:
            terms = tuple(entry for entry in terms if entry[0].lower() in cells)
        if section.heading == words.finding.about_findings and view.has_findings:
            terms = tuple(entry for entry in terms if entry[0] in stands)
        if section.heading == words.about_material and view.description:
            paragraphs = (view.description, *paragraphs)
        chosen.append(Section(section.heading, paragraphs, terms))
    return tuple(chosen)


def _stands(view: ReportView) -> set[Stand]:
    """The stances and states that findings show."""
    findings = [finding for row in view.rows for found in (row.whole, *row.findings) for finding in found]
    return {stand for finding in findings for stand in finding.counted}


def _note(document: Document, section: Section) -> None:
    """The heading in the margin below the themes, the text below the groups: what is said, then term by term."""
    entries = [*(("", text) for text in section.paragraphs), *section.terms]
    for n, (term, text) in enumerate(entries):
        paragraph = add_paragraph(document, "MatrixNoteContinued" if n else "MatrixNote")
        paragraph.paragraph_format.keep_with_next = n < len(entries) - 1 or None
        if n == 0:
            say(paragraph, f"{section.heading}\t", "Strong")
        if term:
            say(paragraph, f"{term}: ", "Emphasis")
        say(paragraph, text)
