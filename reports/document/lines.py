"""The lines of a written report, without markup, each with its number.

Plain text and Markdown keep the line numbers of the file, so that an editor finds what is quoted. Every other format
is read by its reader in `corpus.readers`; its lines are those of the text that reader gives.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from corpus.files import shown
from corpus.problems import Problem

_PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"^```.*?^```[ \t]*$", re.DOTALL | re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n(?:[\w-]+:[^\n]*\n){1,60}---[ \t]*\n")
_FOOTNOTE = re.compile(r"^\s*(?:<sup>\s*\d+\s*</sup>\s*\S|\[\^[^\]]+\]:)")
_REFERENCE = re.compile(r"<sup>\s*\d+\s*</sup>|\[\^[^\]]+\]")
_TAG = re.compile(r"</?(?:b|i|em|strong|u|sup|sub|span|small|br)\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_STARS = re.compile(r"(\*{1,3})(?=\S)([^*\n]*?\S)\1")
_NO_WORD = re.compile(r"\S{400,}")
"""Longer than any word: data, a drawn line. Splitting it into words would take for ever."""
_UNDERLINED = re.compile(r"(?<![\w\\])(_{1,2})(?=[^\W_])([^_\n]*?)\1(?!\w)")


_COPIED = "Look whether it was copied whole."


class Line(msgspec.Struct, frozen=True):
    """One line: its number from 1, and its words without markup (a heading keeps its `#`)."""

    number: int
    text: str
    is_note: bool = False


def read_lines(path: Path) -> tuple[tuple[Line, ...] | None, list[Problem]]:
    """The lines of the report in `path`, and what stood in the way; None where it cannot be read."""
    from corpus.readers import read_document, read_whole

    if path.suffix.lower() not in _PLAIN:
        document, problems = read_document(path)
        return (None if document is None else lines_of(document.text)), problems
    data, problems = read_whole(path)
    if data is None:
        return None, problems
    from corpus.readers.characters import decoded_text
    from corpus.readers.contents import HEAD_BYTES, is_text

    if not is_text(data[:HEAD_BYTES]):
        document, problems = read_document(path)
        return (None if document is None else lines_of(document.text)), problems
    text, _, problems = decoded_text(data, shown(path))
    if text is not None and not text.strip():
        return None, [*problems, Problem(shown(path), 0, "unreadable-file", "the file is empty", _COPIED)]
    return (None if text is None else lines_of(text)), problems


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text; comments, code and front matter are blank, so that every line keeps its number."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    text = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return tuple(
        Line(number, plain(line), bool(_FOOTNOTE.match(line))) for number, line in enumerate(text.split("\n"), 1)
    )


def plain(line: str) -> str:
    """A line without signs of emphasis, tags, links and marks of footnotes."""
    line = _REFERENCE.sub("", line)
    line = _NO_WORD.sub("", _LINK.sub(r"\1", _TAG.sub("", line)))
    return _UNDERLINED.sub(r"\2", _STARS.sub(r"\2", line)).replace("\xa0", " ").replace("\xad", "").rstrip()
