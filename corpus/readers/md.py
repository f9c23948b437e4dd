"""Markdown files: structure is kept, inline markup goes."""

from __future__ import annotations

import re

from corpus.marked import read_yaml_text
from corpus.problems import Problem
from corpus.readers.characters import decoded_text
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.lines import Layout, blocks_from_lines
from corpus.readers.markup import plain
from corpus.readers.speakers import find_speakers

_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")


def read(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The Markdown file that holds `data`; None where it is not text."""
    text, repairs, problems = decoded_text(data, file)
    if text is None:
        return None, problems
    told = [(0, repair) for repair in repairs]
    text, title, has_front = _without_front_matter(text, file)
    if has_front:
        told.append((1, "the front matter between the two --- is not part of the text"))
    lines = _without_comments(text).split("\n")
    speakers = find_speakers([plain(line) for line in lines])
    blocks, rejoined = blocks_from_lines(lines, Layout(markdown=True, soft_wraps=True, speakers=speakers))
    return document_from_blocks(blocks, [*told, *rejoined], title=title, speakers=speakers), problems


def _without_front_matter(text: str, file: str) -> tuple[str, str, bool]:
    """The text with its front matter blanked out (so that lines keep their numbers), and the title that stood in it."""
    found = _FRONT_MATTER.match(text)
    marked, faults = read_yaml_text(found[1], file) if found else (None, [])
    if found is None or faults or marked is None or not isinstance(marked.value, dict):
        return text, "", False
    title = marked.value.get("title")
    said = title.value if title and isinstance(title.value, str) else ""
    return "\n" * found[0].count("\n") + text[found.end() :], said, True


def _without_comments(text: str) -> str:
    """`text` without `<!-- … -->`; line ends inside stay, so that lines keep their numbers."""
    parts = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        parts += [text[end:start], "\n" * text.count("\n", start, close)]
        end = close + 3
    return "".join([*parts, text[end:]])
