"""Plain text files, also those that hold Markdown or were wrapped by an editor."""

from __future__ import annotations

import re

from corpus.problems import Problem
from corpus.readers.characters import decoded_text
from corpus.readers.cues import document_from_cues, holds_cues
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.lines import Layout, begins_anew, blocks_from_lines
from corpus.readers.marks import without_marks
from corpus.readers.markup import is_mostly_markup, plain
from corpus.readers.speakers import find_speakers
from corpus.readers.times import with_time_marks
from corpus.readers.wraps import wrap_width

_MARKDOWN = {
    "#": re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    "**": re.compile(r"\*\*[^*\n]+\*\*"),
    "<": re.compile(r"<(?:sup|b|strong|em)>"),
}
"""Signs of Markdown, and what they look like where they are meant as such."""


def read(data: bytes, file: str, encoding: str = "") -> tuple[Document | None, list[Problem]]:
    """The text file that holds `data`; None where it is not text."""
    text, repairs, problems = decoded_text(data, file, encoding)
    if text is None:
        return None, problems
    if holds_cues(text) and (document := document_from_cues(text, [(0, repair) for repair in repairs])):
        return document, problems
    lines, timed = with_time_marks(text.split("\n"))
    markdown = any(sign in text and pattern.search(text) for sign, pattern in _MARKDOWN.items())
    markdown = markdown and not is_mostly_markup(text)
    speakers = find_speakers([plain(line) for line in lines] if markdown else lines)
    width = wrap_width([without_marks(line) for line in lines], lambda line: begins_anew(line, speakers))
    told = [*((0, repair) for repair in repairs), *timed]
    if width:
        told.append((0, f"the text was wrapped at about {width} characters; wrapped lines are paragraphs again"))
    blocks, rejoined = blocks_from_lines(lines, Layout(markdown, False, width, speakers))
    return document_from_blocks(blocks, [*told, *rejoined], speakers=speakers), problems
