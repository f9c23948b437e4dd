"""The parts of a report: its sections and what they are for, its paragraphs, and its tables.

Contents, references, annexes and what stands before the first chapter make no claims and are left out, as is a summary
in another language. Sentences that a page break or a footnote cut in two are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from reports.document.headings import MARKED, Section, heading_at, outline_of
from reports.document.lines import Line
from reports.document.tables import Table, table_at

_ITEM = re.compile(r"^\s*(?:[-–*•·]|\d{1,2}[.)]|[a-z]\))\s+(\S.*)$")
_ENDS = re.compile(r"[.!?:;…][”\"»’)\]]*\s*$")
_RULE = re.compile(r"^\s*[-_*=]{3,}\s*$")


class Paragraph(msgspec.Struct, frozen=True):
    """Words that belong together: the section they stand in, and where each line of them begins in `text`."""

    section: int
    text: str
    starts: tuple[tuple[int, int], ...]
    """`(position in text, number of the line)`, in order."""

    def line_at(self, position: int) -> int:
        """The line on which a position of the text stands."""
        return max((start, line) for start, line in self.starts if start <= position)[1]


class Structure(msgspec.Struct, frozen=True):
    """A report in its parts. `tables` are `(section, table)`; `notes` the footnotes, which are no part of the text."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[tuple[int, Table], ...]
    notes: tuple[Paragraph, ...] = ()

    def path(self, section: int) -> tuple[int, ...]:
        """A section and those it stands in, innermost first."""
        found = []
        while section >= 0:
            found.append(section)
            section = self.sections[section].parent
        return tuple(found)


def structure_of(lines: Sequence[Line]) -> Structure:
    """The parts of a report."""
    outline = outline_of(lines)
    sections = [Section("", "", 0, 1, "chapter")]
    paragraphs: list[Paragraph] = []
    tables: list[tuple[int, Table]] = []
    notes: list[Paragraph] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.is_note:
            notes.append(Paragraph(len(sections) - 1, line.text, ((0, line.number),)))
        if not line.text.strip() or line.is_note or _RULE.match(line.text):
            at += 1
            continue
        heading = heading_at(lines, at, outline, sections)
        if heading is not None:
            sections.append(heading)
            at += 1
            continue
        table, end = table_at(lines, at)
        if table is not None:
            tables.append((len(sections) - 1, table))
            at = end
            continue
        at, paragraph = _paragraph(lines, at, len(sections) - 1)
        paragraphs.append(paragraph)
    structure = _with_front_left_out(sections, _rejoined(paragraphs), tables)
    return msgspec.structs.replace(structure, notes=tuple(notes))


def _paragraph(lines: Sequence[Line], at: int, section: int) -> tuple[int, Paragraph]:
    """The paragraph that begins at `at`, and the index after it. Each item of a list is one by itself."""
    item = _ITEM.match(lines[at].text)
    first = item[1] if item else lines[at].text.strip()
    text, starts = first, [(0, lines[at].number)]
    at += 1
    while at < len(lines) and (words := lines[at].text.strip()):
        if _ITEM.match(lines[at].text) or MARKED.match(words) or lines[at].is_note or _RULE.match(words):
            break
        joined = text.endswith("-") and words[:1].islower() and text[-2:-1].isalpha()
        text = text[:-1] if joined else text + " "
        starts.append((len(text), lines[at].number))
        text += words
        at += 1
    return at, Paragraph(section, text, tuple(starts))


def _rejoined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, with those put together that a page break cut: the first has no end, the next a small letter."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if (
            held is not None
            and held.section == paragraph.section
            and not _ENDS.search(held.text)
            and paragraph.text[:1].islower()
        ):
            joined = held.text.endswith("-") and held.text[-2:-1].isalpha()
            text = held.text[:-1] if joined else held.text + " "
            starts = (*held.starts, *((start + len(text), line) for start, line in paragraph.starts))
            held = Paragraph(held.section, text + paragraph.text, starts)
            continue
        if held is not None:
            yield held
        held = paragraph
    if held is not None:
        yield held


def _with_front_left_out(
    sections: list[Section], paragraphs: Iterator[Paragraph], tables: list[tuple[int, Table]]
) -> Structure:
    """The structure; what stands before the first numbered section or summary is left out, where there is one."""
    first = next((i for i, s in enumerate(sections) if s.number or s.role in ("summary", "method")), 0)
    if not any(s.role == "chapter" for s in sections[first:]):
        first = 0
    known = [msgspec.structs.replace(s, role="left out") if i < first else s for i, s in enumerate(sections)]
    return Structure(tuple(known), tuple(paragraphs), tuple(tables))
