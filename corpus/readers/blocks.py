"""Blocks: what a reader finds in a file before repairs, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

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
    text = " ".join(text[: 4 * length].split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def listed(titles: Sequence[str], most: int = 12) -> str:
    """Some titles as they stand in a repair, the first of them by name."""
    named = ", ".join(f"»{shortened(title, 40)}«" for title in titles[:most])
    return named if len(titles) <= most else f"{named} and {len(titles) - most:,} more"
