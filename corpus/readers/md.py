"""Markdown files: structure is kept, inline markup goes."""

from __future__ import annotations

import re

import msgspec

from corpus.marked import Marked, read_yaml_text
from corpus.problems import Problem
from corpus.readers.characters import decoded_text
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.lines import Layout, blocks_from_lines
from corpus.readers.markup import is_mostly_markup, plain
from corpus.readers.speakers import find_speakers
from corpus.readers.times import with_time_marks

_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_BEGINS_WITH_KEY = re.compile(r"\s*(?:#[^\n]*\s+)*[^\W\d][\w-]*:(?:\s|$)")


def read(data: bytes, file: str, encoding: str = "") -> tuple[Document | None, list[Problem]]:
    """The Markdown file that holds `data`; None where it is not text."""
    text, repairs, problems = decoded_text(data, file, encoding)
    if text is None:
        return None, problems
    if fault := _why_not(text, file):
        return None, [*problems, fault]
    told = [(0, repair) for repair in repairs]
    text, about = _without_front_matter(text, file)
    if about is not None:
        told.append((1, "the front matter between the two --- is not part of the text"))
    lines, timed = with_time_marks(_without_comments(text).split("\n"))
    told += timed
    speakers = find_speakers([plain(line) for line in lines])
    blocks, rejoined = blocks_from_lines(lines, Layout(markdown=True, soft_wraps=True, speakers=speakers))
    about = about or {}
    title = " ".join(about.get("title", "").split())
    document = document_from_blocks(blocks, [*told, *rejoined], title=title, speakers=speakers)
    return msgspec.structs.replace(document, about=about), problems


def _why_not(text: str, file: str) -> Problem | None:
    """Why the file is not imported: front matter that cannot be read, or signs of emphasis where words should be."""
    found = _FRONT_MATTER.match(text)
    if found and _BEGINS_WITH_KEY.match(found[1]):
        _, faults = read_yaml_text(found[1], file, 2)
        if faults:
            said = f"the front matter between the two --- cannot be read: {faults[0].message}"
            near = "Mend it, or take it out. If it is words of the text, put a blank line above the first ---."
            return msgspec.structs.replace(faults[0], message=said, hint=near)
    if is_mostly_markup(text):
        said = "the file holds little but signs of emphasis (* _ ~ `)"
        return Problem(file, 0, "unreadable-file", said, "Look whether it is the right file, or call it .txt.")
    return None


def _without_front_matter(text: str, file: str) -> tuple[str, dict[str, str] | None]:
    """The text with its front matter blanked out (so that lines keep their numbers), and what that says (key → words).

    The entries of a list are joined by `;`. None where there is no front matter.
    """
    found = _FRONT_MATTER.match(text)
    marked, faults = read_yaml_text(found[1], file) if found else (None, [])
    if found is None or faults or marked is None or not isinstance(marked.value, dict):
        return text, None
    about = {key: _words(value) for key, value in marked.value.items() if isinstance(key, str)}
    return "\n" * found[0].count("\n") + text[found.end() :], {key: words for key, words in about.items() if words}


def _words(marked: Marked) -> str:
    """A value of the front matter as a cell of a table would hold it; empty for what no cell can hold."""
    values = marked.value if isinstance(marked.value, tuple) else (marked,)
    words = [entry.value.strip() for entry in values if isinstance(entry.value, str)]
    return ";".join(words) if len(words) == len(values) else ""


def _without_comments(text: str) -> str:
    """`text` without `<!-- … -->`; line ends inside stay, so that lines keep their numbers."""
    parts = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        parts += [text[end:start], "\n" * text.count("\n", start, close)]
        end = close + 3
    return "".join([*parts, text[end:]])
