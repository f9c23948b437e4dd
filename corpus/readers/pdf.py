"""PDFs of reports and transcripts: the words as they are read, without what only the page needed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.problems import Problem
from corpus.readers.blocks import Repair, shortened
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.pdf_blocks import Writer
from corpus.readers.pdf_columns import find_gutters, parts_of
from corpus.readers.pdf_grids import Grid, grids_on
from corpus.readers.pdf_lines import Cell, Line, Row, line_of, rows_of, with_dots
from corpus.readers.pdf_measures import Measures, measured
from corpus.readers.pdf_notes import without_footnotes
from corpus.readers.pdf_numbers import without_line_numbers
from corpus.readers.pdf_paragraphs import paragraphs_of
from corpus.readers.pdf_process import pages_of
from corpus.readers.pdf_running import page_labels, without_running
from corpus.readers.pdf_tables import without_contents
from corpus.readers.pdf_words import Fault, Page, Word
from corpus.readers.sentences import Vocabulary
from corpus.readers.speakers import Speakers, find_speakers

_FAULTS = {
    "locked": (
        "the PDF is locked with a password",
        "Open it, print it to a new PDF without a password, and import that.",
    ),
    "damaged": ("the PDF is damaged or not all of it is there", "Copy or download it again; or print it to a new PDF."),
    "pages": ("the PDF has more pages than any interview or report", "Import it in parts."),
    "crowded": ("holds more characters than anyone can read on a page", "Print it to a new PDF and import that."),
    "slow": ("takes too long to read, as if the file was made to harm", "Print it to a new PDF and import that."),
    "crashed": ("cannot be read: the PDF is damaged, or made to harm", "Print it to a new PDF and import that."),
    "no-process": ("no process could be started to read the PDF", "Save the document as docx or text and import that."),
}
_UNKNOWN = 0.2
"""The share of words in fonts without known letters from which the text is no text."""


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The PDF that holds `data`; None where its words cannot be read."""
    if _is_cut_off(data):
        return None, [
            Problem(file, 0, "unreadable-file", "the PDF is cut off: its end is missing", _FAULTS["damaged"][1])
        ]
    pages = pages_of(data)
    if isinstance(pages, Fault):
        said, near = _FAULTS[pages.kind]
        said = f"page {pages.page}: {said}" if pages.page else said
        return None, [Problem(file, 0, "unreadable-file", said, near)]
    if refused := _refused(pages):
        return None, [Problem(file, 0, "unreadable-file", *refused)]
    return _document(pages), []


def _is_cut_off(data: bytes) -> bool:
    """Whether the file ends before its end mark."""
    end = data.rfind(b"%%EOF")
    return end < 0 or b" obj" in data[end : end + 1_000_000]


def _refused(pages: Sequence[Page]) -> tuple[str, str] | None:
    """Why nothing of the file is read, and what to do: it holds pictures, or letters that nobody knows."""
    count = sum(len(page.words) for page in pages)
    if not count and not any(page.turned for page in pages):
        if not any(page.picture for page in pages):
            return "there are no words on the pages", "Look whether they can be marked and copied in a PDF viewer."
        return "the pages hold pictures, not words", "Recognise the words first (OCR), then import the new PDF."
    if sum(page.unknown for page in pages) > _UNKNOWN * count:
        said = "the fonts of the PDF do not say which letters they show"
        return said, "Recognise the words (OCR), or import the document that the PDF was made from."
    return None


def _document(pages: Sequence[Page]) -> Document:
    grids: dict[int, Grid] = {}
    rows, numbered = without_line_numbers([_rows(page, grids) for page in pages])
    running = without_running(rows, [page.height for page in pages])
    labels, counted = page_labels(running.texts, [page.label for page in pages])
    lines, contents = without_contents(_lines(running.pages, pages, grids))
    measures = measured(lines)
    body, notes = without_footnotes(lines, measures)
    told = [said for said in (*running.told, numbered, counted, *_left_out(pages, labels)) if said]
    if contents:
        told.append(f"the table of contents ({contents} lines) was left out")
    if len(lines) > len(pages):
        told.append("lines became paragraphs again, judged by indents, white space and the length of the lines")
    texts = tuple(line.text for line in body)
    speakers = _speakers(body, measures)
    writer = Writer(measures, speakers, labels, Vocabulary(texts))
    writer.write(body, notes)
    page_of = {line.at: line.page for line in lines}
    repairs: list[Repair] = [(0, said) for said in told]
    return document_from_blocks(
        writer.blocks, [*repairs, *writer.repairs], speakers=speakers, unit=lambda at: f"page {labels[page_of[at]]}"
    )


def _speakers(lines: Sequence[Line], measures: Measures) -> Speakers:
    """The speakers of a transcript, looked for where paragraphs begin."""
    firsts = [paragraph.first for paragraph in paragraphs_of(lines, measures, Speakers())]
    return find_speakers([text for line in firsts for text in (line.tabbed, "")])


def _rows(page: Page, grids: dict[int, Grid]) -> list[Row]:
    """The rows of a page; for each ruled table one that stands for it, whose word `grids` leads from to the table."""
    found, words = grids_on(page)
    rows = rows_of(words)
    with_dots(rows, page.rules)
    for grid in found:
        name = f"\ufffc{chr(0xE000 + len(grids) % 6000)}"
        sign = Word(grid.columns[0], grid.columns[-1], grid.lines[0] + 10, 10, name, False, False)
        grids[id(sign)] = grid
        rows.append([sign])
    return sorted(rows, key=lambda row: row[0].base) if found else rows


def _line(row: Row, page: int, grids: dict[int, Grid]) -> Line:
    grid = grids.get(id(row[0]))
    line = line_of(row, page)
    if grid is not None:
        line.rows, line.places, line.cells = (
            grid.rows,
            tuple(map(round, grid.columns)),
            (Cell(line.left, line.right, ""),),
        )
    return line


def _lines(rows_of_pages: Sequence[Sequence[Row]], pages: Sequence[Page], grids: dict[int, Grid]) -> list[Line]:
    """The lines of the whole file in reading order, numbered; what runs up or down a page comes last on it."""
    gutters = find_gutters(rows_of_pages)
    lines: list[Line] = []
    for index, (rows, page) in enumerate(zip(rows_of_pages, pages, strict=True)):
        for part in parts_of(rows, gutters):
            for row in part.rows:
                line = _line(row, index, grids)
                line.column = (round(page.width), *part.column)
                lines.append(line)
        for turned in page.turned:
            for row in rows_of(turned):
                line = line_of(row, index)
                line.column = (-1,)
                lines.append(line)
    for at, line in enumerate(lines, 1):
        line.at = at
    return lines


def _left_out(pages: Sequence[Page], labels: Sequence[str]) -> list[str]:
    """What of the file was not taken over, in words."""
    told: list[str] = []
    pictures = [label for page, label in zip(pages, labels, strict=True) if page.picture and not page.words]
    recognised = [label for page, label in zip(pages, labels, strict=True) if page.recognised]
    if pictures:
        told.append(f"{_pages(pictures)} a picture without words (a scan?), and nothing of it was imported")
    if recognised:
        told.append(f"{_pages(recognised)} words that a program recognised in a picture (OCR): expect wrong letters")
    if slanted := dict.fromkeys(page.slanted for page in pages if page.slanted):
        told.append(f"words across the page were left out: »{shortened(next(iter(slanted)))}«")
    if hidden := sum(page.hidden for page in pages):
        told.append(f"{hidden:,} words that no reader of the page sees were left out")
    if comments := sum(page.comments for page in pages):
        told.append(f"{comments:,} comments pinned to the pages were not taken over")
    if unknown := sum(page.unknown for page in pages):
        told.append(f"{unknown:,} words stand in a font that does not say which letters it shows; look at them")
    return told


def _pages(labels: Sequence[str]) -> str:
    """Pages by name, as the beginning of a sentence: `page 3 holds`, `pages 3, 5–7 hold`."""
    if len(labels) == 1:
        return f"page {labels[0]} holds"
    shown = ", ".join(labels[:20]) + (f" and {len(labels) - 20} more" if len(labels) > 20 else "")
    return f"pages {shown} hold"
