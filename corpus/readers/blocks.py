"""Blocks: what a reader finds in a file before repairs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

import msgspec

_MARKS = re.compile("[\ufdd2-\ufdef]+")
"""The signs that `corpus.readers.marks` carries pages and times with; no person should meet them in a repair."""

Repair = tuple[int, str]
"""What was mended, in words, and the place in the file (1-based; 0 means the file as a whole)."""


class Block(msgspec.Struct, frozen=True):
    """Some lines of a file that belong together.

    `kind` is what they are: a heading (one line, of depth `level`), a paragraph, a list or a table (a line for each
    item or row), a footnote with its `mark`, or a break (of a page, or a rule) without words. `at` is the 1-based line
    or, in a Word file, paragraph. `bold` is true where every word is bold, `turn` where the block begins with a
    speaker label.
    """

    kind: Literal["heading", "text", "list", "table", "note", "break"]
    lines: tuple[str, ...]
    at: int
    level: int = 0
    mark: str = ""
    bold: bool = False
    turn: bool = False


def shortened(text: str, length: int = 60) -> str:
    """The beginning of `text` as it stands in a repair."""
    text = " ".join(_MARKS.sub("", text[: 4 * length]).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def listed(titles: Sequence[str], most: int = 12) -> str:
    """Some titles as they stand in a repair, the first of them by name."""
    named = ", ".join(f"»{shortened(title, 40)}«" for title in titles[:most])
    return named if len(titles) <= most else f"{named} and {len(titles) - most:,} more"


def counted(number: int, noun: str) -> str:
    """`1 comment`, `2 comments`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def with_whole_lists(blocks: Iterable[Block]) -> list[Block]:
    """`blocks` with the items of a list in one block, and their footnotes behind it."""
    whole: list[Block] = []
    for is_list, run in groupby(blocks, key=lambda block: block.kind in ("list", "note")):
        items = list(run)
        lists = [block for block in items if block.kind == "list"]
        if is_list and len(lists) > 1:
            before = [block for block in items if block.at < lists[0].at]
            lines = tuple(line for block in lists for line in block.lines)
            whole += [*before, msgspec.structs.replace(lists[0], lines=lines)]
            whole += [block for block in items if block.kind == "note" and block.at >= lists[0].at]
        else:
            whole += items
    return whole
