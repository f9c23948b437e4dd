"""What is read from a PDF before anything is made of it: pages, and words with their places on them."""

from __future__ import annotations

import msgspec

Box = tuple[float, float, float, float]
"""Left, top, right and bottom (points)."""


class Word(msgspec.Struct, array_like=True):
    """A word, or a piece of one in another type: left and right end, base line and size in points, from the top left.

    `glued` says that no space stands before it, `raised` that it stood above the base line (set by `pdf_lines`).
    """

    left: float
    right: float
    base: float
    size: float
    text: str
    bold: bool
    glued: bool
    raised: bool = False


class Page(msgspec.Struct, array_like=True, tag="page"):
    """One page: its size in points, the label that the file gives it, its words in the order in which they are drawn.

    `turned` holds words that run in other directions than most, each direction in its own frame; `slanted` words that
    run aslant, as watermarks do. `hidden` counts words that no reader of the page sees, `unknown` those whose font
    does not say which letters they are. `picture` is true where a picture fills most of the page, `recognised` where
    the words lie unseen over such a picture. `rules` are the lines and frames that are drawn: left, top, right, bottom.
    """

    width: float
    height: float
    label: str
    words: list[Word]
    turned: list[list[Word]] = []
    slanted: str = ""
    hidden: int = 0
    unknown: int = 0
    comments: int = 0
    picture: bool = False
    recognised: bool = False
    rules: list[Box] = []


class Fault(msgspec.Struct, array_like=True, tag="fault"):
    """Why a PDF cannot be read, and on which page (1-based; 0 means the file as a whole).

    `locked`, `damaged`, `pages` (too many of them), `crowded` (too much on one page), `slow`, `crashed`, `no-process`.
    """

    kind: str
    page: int = 0
