"""The parts of a report: its sections and what they are for, its paragraphs, and its tables.

Contents, references, annexes and what stands before the first chapter make no claims and are left out, as is a summary
in another language. Sentences that a page break or a footnote cut in two are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from reports.document.lines import Line
from reports.document.tables import Table, table_at

Role = Literal["summary", "method", "chapter", "left out"]

_MARKED = re.compile(r"^(#{1,6})\s+(.*\S)")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)\s+(\S.{1,100})$")
_IN_CONTENTS = re.compile(r"(?:\.{3,}|…|\t|\s{3,})\s*\d{1,3}\s*$")
_ITEM = re.compile(r"^\s*(?:[-–*•·]|\d{1,2}[.)]|[a-z]\))\s+(\S.*)$")
_ENDS = re.compile(r"[.!?:;…][”\"»’)\]]*\s*$")
_RULE = re.compile(r"^\s*[-_*=]{3,}\s*$")

_ANNEX = re.compile(r"bilag|appendi|annex|interviewguide|interview guide|spørgeguide|english summary", re.IGNORECASE)
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("left out", re.compile(
        r"^(?:indhold|contents|table of contents|litteratur|referencer|kilder|noter|references|bibliography|literature|"
        r"works cited|notes|bilag|appendi|annex|interviewguide|interview guide|spørgeguide|forord|preface|foreword|"
        r"acknowledg|kolofon|imprint|english summary|dansk resum|summary in)", re.IGNORECASE)),
    ("summary", re.compile(
        r"^\W*(?:kort |samlet |executive )?(?:sammenfatning|resum[ée]\b|hovedresultat|hovedkonklusion|konklusion|"
        r"oversigt|summary\b|key findings|main findings|main results|conclusions?\b|abstract\b|highlights|overview)",
        re.IGNORECASE)),
    ("method", re.compile(
        r"\bmetode|tilrettelæggelse|baggrund|formål|datagrundlag|indledning|\bmethod|\bdesign\b|background|"
        r"\bdata and|introduction", re.IGNORECASE)),
)  # fmt: skip


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it. `parent` is the index of the section it belongs to, -1 at the top."""

    number: str
    title: str
    level: int
    line: int
    role: Role
    parent: int = -1


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
    """A report in its parts. `tables` are `(section, table)`."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[tuple[int, Table], ...]

    def path(self, section: int) -> tuple[int, ...]:
        """A section and those it stands in, innermost first."""
        found = []
        while section >= 0:
            found.append(section)
            section = self.sections[section].parent
        return tuple(found)


def structure_of(lines: Sequence[Line]) -> Structure:
    """The parts of a report."""
    listed = _contents(lines)
    sections = [Section("", "", 0, 1, "chapter")]
    paragraphs: list[Paragraph] = []
    tables: list[tuple[int, Table]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.text.strip() or line.is_note or _RULE.match(line.text):
            at += 1
            continue
        heading = _heading(lines, at, listed, sections)
        if heading is not None:
            sections.append(heading)
            at += 1
            continue
        table, end = table_at(lines, at)
        if table is not None:
            tables.append((len(sections) - 1, table))
            at = end
            continue
        at, paragraph = _paragraph(lines, at, len(sections) - 1, listed, sections)
        paragraphs.append(paragraph)
    return _with_front_left_out(sections, _rejoined(paragraphs), tables)


def _contents(lines: Sequence[Line]) -> dict[str, str]:
    """Number → title of what the table of contents lists; empty where there is none."""
    found = {}
    for line in lines:
        text = line.text.replace("\t", "   ")
        if _IN_CONTENTS.search(text) and (
            entry := re.match(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+([^\W\d].*?)[\s.…]*\d+\s*$", text)
        ):
            found[entry[1]] = entry[2].strip(" .…")
    return found if len(found) >= 3 else {}


def _heading(lines: Sequence[Line], at: int, listed: dict[str, str], above: Sequence[Section]) -> Section | None:
    """The section that the line opens; None where it is no heading."""
    text = lines[at].text.strip()
    marked = _MARKED.match(text)
    words = marked[2] if marked else text
    numbered = _NUMBERED.match(words)
    if not marked and not (numbered and _stands_alone(lines, at) and not re.search(r"[.;,]$|\t", words)):
        return None
    number, title = (numbered[1], numbered[3].strip()) if numbered else ("", words)
    if not marked and (not title[:1].isupper() or _IN_CONTENTS.search(words)):
        return None
    if number and listed and not _is_listed(number, title, listed):
        number = ""
    depth = number.count(".") + 1 if number else 0
    if not depth:
        open_at = above[-1]
        chapters = any(section.number for section in above)
        depth = open_at.level if open_at.level and not open_at.number else open_at.level + 1
        if marked and (not chapters or not listed):
            depth = len(marked[1])
        role = _role(title)
        if role == "left out" and (marked and (len(marked[1]) <= 2 or not chapters)):
            depth = 1
    parent = next((i for i in range(len(above) - 1, 0, -1) if above[i].level < depth), -1)
    role = _role(title)
    inherited = above[parent].role if parent >= 0 else "chapter"
    if inherited in ("left out", "summary", "method") and role != "left out":
        role = inherited
    if depth > 1 and inherited == "chapter" and role != "left out":
        role = "chapter"
    if not number and _is_behind_the_chapters(above):
        role = "left out"
    return Section(number, title, depth, lines[at].number, role, parent)


def _is_behind_the_chapters(above: Sequence[Section]) -> bool:
    """Whether references, an annex or a summary in another language have begun, behind the last numbered chapter."""
    last = max(
        (i for i, section in enumerate(above) if section.role == "chapter" and section.number), default=len(above)
    )
    return any(section.role == "left out" for section in above[last:]) or bool(_ANNEX.match(above[-1].title))


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a blank line, or the end, stands on both sides."""
    before = at == 0 or not lines[at - 1].text.strip()
    return before and (at + 1 >= len(lines) or not lines[at + 1].text.strip())


def _is_listed(number: str, title: str, listed: dict[str, str]) -> bool:
    said = listed.get(number, "").casefold()
    return bool(said) and (said[:12] == title.casefold()[:12])


def _role(title: str) -> Role:
    return next((role for role, signs in _ROLES if signs.search(title)), "chapter")


def _paragraph(
    lines: Sequence[Line], at: int, section: int, listed: dict[str, str], sections: Sequence[Section]
) -> tuple[int, Paragraph]:
    """The paragraph that begins at `at`, and the index after it. Each item of a list is one by itself."""
    item = _ITEM.match(lines[at].text)
    first = item[1] if item else lines[at].text.strip()
    text, starts = first, [(0, lines[at].number)]
    at += 1
    while at < len(lines) and (words := lines[at].text.strip()):
        if _ITEM.match(lines[at].text) or _MARKED.match(words) or lines[at].is_note or _RULE.match(words):
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
