"""The headings of a report, and what the section below each is for.

A heading is marked (`#`, as the styles of Word are read), numbered (`3.2 Staff`), underlined, or, where nothing is
marked, a line by itself in capitals or one that says what its section is for (`Conclusion`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from reports.document.lines import Line

Role = Literal["summary", "method", "chapter", "left out"]

MARKED = re.compile(r"^(#{1,6})\s+(.*\S)")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)\s+(\S.{1,100})$")
_IN_CONTENTS = re.compile(r"(?:\.{3,}|…|\t|\s{3,})\s*\d{1,3}\s*$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})\s*$")
_UNMARKED = re.compile(r"^[^\W\d_][^.;:,|\t]{2,60}$")
_MOST_WORDS = 4
"""Words of an unmarked heading that says what its section is for; longer ones are sentences."""

_ANNEX = re.compile(r"bilag|appendi|annex|interviewguide|interview guide|spørgeguide|english summary", re.IGNORECASE)
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("left out", re.compile(
        r"^(?:indhold|contents|table of contents|litteratur|referencer|kilder|noter|references|bibliography|literature|"
        r"works cited|notes|bilag|appendi|annex|interviewguide|interview guide|spørgeguide|forord|preface|foreword|"
        r"acknowledg|kolofon|imprint|english summary|dansk resum|summary in)", re.IGNORECASE)),
    ("summary", re.compile(
        r"^\W*(?:kort |samlet |executive )?(?:sammenfatning|sammendrag|resum[ée]\b|hovedresultat|"
        r"hovedkonklusion|hovedpointe|konklusion|konkluder|oversigt|opsamling|opsummer|afrunding|afslutning|"
        r"kort fortalt|"
        r"(?:undersøgelsens |rapportens |de vigtigste )(?:hoved)?(?:resultater|konklusioner|pointer)|"
        r"summary\b|summing up|(?:key|main) (?:findings|results|points|messages)|findings (?:in brief|at a glance)|"
        r"conclusions?\b|conclud|abstract\b|highlights|overview|at a glance|in brief)",
        re.IGNORECASE)),
    ("method", re.compile(
        r"\bmetode|tilrettelæggelse|baggrund|formål|grundlag|indledning|sådan (?:har vi|gjorde vi|er undersøgelsen)|"
        r"om undersøgelsen|\bmethod|\bdesign\b|background|\bdata and|introduction|"
        r"how (?:we|the study)|about (?:the|this) study",
        re.IGNORECASE)),
)  # fmt: skip


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it. `parent` is the index of the section it belongs to, -1 at the top.

    `marks` is how many `#` it has. The title of the report has level 0: nothing belongs to it.
    """

    number: str
    title: str
    level: int
    line: int
    role: Role
    parent: int = -1
    marks: int = 0


class Outline(msgspec.Struct, frozen=True):
    """What has to be known of the whole report to tell a heading."""

    listed: dict[str, str]
    """Number → title of what the table of contents lists; empty where there is none."""
    title_line: int
    """The line of the report's own title; 0 where it has none that stands above all other headings."""
    is_marked: bool


def outline_of(lines: Sequence[Line]) -> Outline:
    """The outline of a report."""
    marked = [(len(found[1]), line.number, found[2]) for line in lines if (found := MARKED.match(line.text))]
    return Outline(_contents(lines), _title_line(marked), bool(marked))


def _contents(lines: Sequence[Line]) -> dict[str, str]:
    found = {}
    for line in lines:
        text = line.text.replace("\t", "   ")
        if _IN_CONTENTS.search(text) and (
            entry := re.match(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s+([^\W\d].*?)[\s.…]*\d+\s*$", text)
        ):
            found[entry[1]] = entry[2].strip(" .…")
    return found if len(found) >= 3 else {}


def _title_line(marked: Sequence[tuple[int, int, str]]) -> int:
    """The first marked heading, where it alone stands so high, has no number and is not that of a section."""
    if len(marked) < 2:
        return 0
    (depth, number, words), *rest = marked
    is_alone = all(other > depth for other, _, _ in rest)
    return number if is_alone and not _NUMBERED.match(words) and _role(words) == "chapter" else 0


def heading_at(lines: Sequence[Line], at: int, outline: Outline, above: Sequence[Section]) -> Section | None:
    """The section that the line opens; None where it is no heading."""
    text = lines[at].text.strip()
    marked = MARKED.match(text)
    words = marked[2] if marked else text
    numbered = _NUMBERED.match(words)
    if marked and lines[at].number == outline.title_line:
        return Section("", words, 0, lines[at].number, "chapter", -1, len(marked[1]))
    if not marked and not (numbered and _stands_alone(lines, at) and not re.search(r"[.;,]$|\t", words)):
        return _unmarked(lines, at, outline)
    number, title = (numbered[1], numbered[3].strip()) if numbered else ("", words)
    if not marked and (not title[:1].isupper() or _IN_CONTENTS.search(words)):
        return None
    if number and outline.listed and not _is_listed(number, title, outline.listed):
        number = ""
    marks = len(marked[1]) if marked else 0
    depth = _depth(number, marks, _role(title), outline, above)
    parent = next((i for i in range(len(above) - 1, 0, -1) if _is_above(above[i], depth, 0 if number else marks)), -1)
    return Section(
        number, title, depth, lines[at].number, _role_there(title, number, depth, parent, above), parent, marks
    )


def _depth(number: str, marks: int, role: Role, outline: Outline, above: Sequence[Section]) -> int:
    """How deep a section lies: by its number, else by its marks, else below the one that is open."""
    if number:
        return number.count(".") + 1
    chapters = any(section.number for section in above)
    if role == "left out" and marks and (marks <= 2 or not chapters):
        return 1
    if marks and (not chapters or not outline.listed):
        return max(marks - (1 if outline.title_line else 0), 1)
    open_at = above[-1]
    return open_at.level if open_at.level and not open_at.number else open_at.level + 1


def _is_above(section: Section, depth: int, marks: int) -> bool:
    """Whether a section of that depth can belong to `section`; of two without a number, the one with more marks."""
    return 0 < section.level < depth and not (marks and not section.number and section.marks >= marks)


def _role_there(title: str, number: str, depth: int, parent: int, above: Sequence[Section]) -> Role:
    role = _role(title)
    inherited = above[parent].role if parent >= 0 else "chapter"
    if inherited in ("left out", "summary", "method") and role != "left out":
        role = inherited
    if depth > 1 and inherited == "chapter" and role != "left out":
        role = "chapter"
    return "left out" if not number and _is_behind_the_chapters(above) else role


def _unmarked(lines: Sequence[Line], at: int, outline: Outline) -> Section | None:
    """A heading without mark or number: underlined, in capitals, or one that says what its section is for."""
    text = lines[at].text.strip()
    if not text[:1].isupper() or not _UNMARKED.match(text) or (at and lines[at - 1].text.strip()):
        return None
    is_underlined = at + 1 < len(lines) and bool(_UNDERLINE.match(lines[at + 1].text))
    if not is_underlined and (outline.is_marked or not _stands_alone(lines, at)):
        return None
    role = _role(text)
    says_what_for = len(text.split()) <= _MOST_WORDS and any(signs.match(text) for _, signs in _ROLES)
    if is_underlined or says_what_for or (text.isupper() and re.search(r"[^\W\d_]{3}", text)):
        return Section("", text, 1, lines[at].number, role)
    return None


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
