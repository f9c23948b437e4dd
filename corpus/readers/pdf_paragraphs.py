"""Lines of a PDF become paragraphs, headings, lists, tables and footnotes again, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from corpus.readers.lines import begins_anew
from corpus.readers.notes import without_marks
from corpus.readers.pdf_lines import Line
from corpus.readers.pdf_measures import Measures, fits, is_below
from corpus.readers.sentences import is_open
from corpus.readers.speakers import Speakers

_INDENT = 0.45
"""A line that begins so much further right is indented (times the size of the type)."""
_LONG = 120
_COUNT = re.compile(r"(\d{1,3})[.)]\s")

End = Literal["wrap", "line", "paragraph"]


class Paragraph(msgspec.Struct):
    """Lines that belong together; `ends` says for each but the last whether its end is a wrap or was meant."""

    lines: list[Line]
    ends: list[End]

    @property
    def first(self) -> Line:
        """The line with which it begins."""
        return self.lines[0]


def paragraphs_of(lines: Sequence[Line], measures: Measures, speakers: Speakers) -> list[Paragraph]:
    """The paragraphs that `lines`, in reading order, make."""
    paragraphs: list[Paragraph] = []
    rights = _local_edges(lines, measures)
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        last = paragraphs[-1] if paragraphs else None
        end = _end(last, line, after, measures, speakers, rights[index - 1]) if last else "paragraph"
        if last is None or end == "paragraph":
            paragraphs.append(Paragraph([line], []))
        else:
            last.lines.append(line)
            last.ends.append(end)
    return paragraphs


def _local_edges(lines: Sequence[Line], measures: Measures) -> list[float]:
    """The right edge to which each line was wrapped: that of its column, or of a narrower block such as a quotation."""
    edges: list[float] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and is_below(lines[index - 1], lines[index]):
            same = abs(lines[index].size - lines[index - 1].size) < 0.6
            if same and not measures.is_gap(lines[index - 1], lines[index]):
                continue
        block = lines[start:index]
        right = max(line.right for line in block)
        size = block[0].size
        reach = sum(line.right > right - 4 * size for line in block[:-1]) > 0.6 * (len(block) - 1)
        narrow = (
            len(block) > 3
            and reach
            and 10 * size < right - block[0].left < block[0].edges[1] - block[0].left - 1.5 * size
        )
        edges += [right if narrow else line.edges[1] for line in block]
        start = index
    return edges


def _end(
    paragraph: Paragraph, line: Line, after: Line | None, measures: Measures, speakers: Speakers, right: float
) -> End:
    """What the end of the last line of `paragraph` is, before `line` (which `after` follows)."""
    last = paragraph.lines[-1]
    if line.bullet or line.opening or abs(line.size - last.size) > 0.6:
        return "paragraph"
    if speakers.names and speakers.label(line.tabbed):
        return "paragraph"
    short = fits(last, line, right)
    if begins_anew(line.text, Speakers()) and (short or not line.text[0].isalnum()) and not is_open(words(last)):
        return "paragraph"
    if _counts_on(paragraph.first, line):
        return "paragraph"
    if (last.bold and line.plain) or (last.bold != line.bold and (short or right - last.right > 4 * last.size)):
        return "paragraph"
    below = is_below(last, line)
    if below and measures.is_gap(last, line):
        return "paragraph"
    if _is_indented(last, len(paragraph.lines) == 1, line, after, short, measures):
        return "paragraph"
    if not below:
        ended = (measures.flush and right - last.right > 2) or (last.page < line.page and last.room > measures.size)
        return "paragraph" if short or (ended and not is_open(words(last))) else "wrap"
    if not short:
        return "wrap"
    kept = measures.spaced and is_open(words(last)) and len(last.text) <= _LONG
    return "line" if kept else "paragraph"


def _counts_on(first: Line, line: Line) -> bool:
    """Whether two lines at one place begin with a number and the next one: `2.` and `3.`"""
    one, two = _COUNT.match(first.text), _COUNT.match(line.text)
    return bool(one and two) and int(two[1]) == int(one[1]) + 1 and abs(first.left - line.left) < 3  # type: ignore[index]


def _is_indented(last: Line, alone: bool, line: Line, after: Line | None, short: bool, measures: Measures) -> bool:
    """Whether the beginning of `line` says that a paragraph begins there: by an indent, or as the end of a hanging one.

    `alone` says that `last` is the only line of its paragraph so far, `short` that a person ended it.
    """
    own, before = line.left - line.edges[0], last.left - last.edges[0]
    step = _INDENT * line.size
    goes_back = after is not None and is_below(line, after) and after.left < line.left - step
    if measures.indented and alone and min(own, before) > step and goes_back and not last.bullet:
        return True
    if own - before > step:
        if short:
            return True
        if (alone and (last.bullet or begins_anew(last.text, Speakers()))) or (
            is_open(words(last)) and line.text[:1].islower()
        ):
            return False
        hangs = alone and after is not None and is_below(line, after) and abs(after.left - line.left) < 3
        return not hangs
    return before - own > step and (not alone or last.bullet)


def words(line: Line) -> str:
    """The words of a line without marks of footnotes."""
    return without_marks(line.text)
