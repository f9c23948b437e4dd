"""Footnotes: each moved behind the paragraph that its mark stands in, as `[mark] words`."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

import msgspec

from corpus.readers.blocks import Block, Repair, shortened

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around the mark of a footnote inside a line. No text holds them: they are no characters in Unicode."""

_MARK = re.compile(f" ?{OPEN}([^{CLOSE}]*){CLOSE}")
_SUPERSCRIPT = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")


def marked(mark: str) -> str:
    """`mark` as it stands inside a line until its footnote is found."""
    return f"{OPEN}{mark}{CLOSE}"


def without_marks(text: str) -> str:
    """`text` without any mark."""
    return _MARK.sub("", text)


def superscript(text: str) -> str:
    """Raised digits as raised digits (`m²`, `10⁶`), so that they do not run together with the number before them."""
    return text.translate(_SUPERSCRIPT) if text.isdigit() else text


def without_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[Block, int]]]:
    """`blocks` without the footnotes; and each footnote with the place of the block that holds its mark.

    A mark that is used again on another page belongs to the nearest paragraph before the footnote, else to the nearest
    after it. A footnote that nothing points to stays where it is, as a paragraph.
    """
    if not any(block.kind == "note" for block in blocks):
        return list(blocks), []
    chosen = _places(blocks)
    kept: list[Block] = []
    notes: list[tuple[Block, int]] = []
    for index, block in enumerate(blocks):
        if block.kind != "note":
            kept.append(block)
        elif index in chosen:
            notes.append((block, blocks[chosen[index]].at))
        else:
            kept.append(Block("text", _note_lines(block), block.at))
    return kept, notes


def _places(blocks: Sequence[Block]) -> dict[int, int]:
    """Index of a footnote → index of the block that holds its mark; one pass, each mark used once."""
    chosen: dict[int, int] = {}
    waiting_marks: dict[str, list[int]] = {}
    waiting_notes: dict[str, deque[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind == "note":
            if marks := waiting_marks.get(block.mark):
                chosen[index] = marks.pop()
            else:
                waiting_notes.setdefault(block.mark, deque()).append(index)
            continue
        for mark in (mark for line in block.lines if OPEN in line for mark in _MARK.findall(line)):
            if notes := waiting_notes.get(mark):
                chosen[notes.popleft()] = index
            else:
                waiting_marks.setdefault(mark, []).append(index)
    return chosen


def with_notes_behind(blocks: Sequence[Block], notes: Sequence[tuple[Block, int]]) -> tuple[list[Block], list[Repair]]:
    """Each footnote behind the block with its mark (a block begins at a place and goes on to the next block's)."""
    found = {block.mark for block, _ in notes}
    repairs = [
        (
            note.at,
            f"footnote {note.mark} was moved behind its paragraph: »{shortened(without_marks(note.lines[0]), 40)}«",
        )
        for note, _ in notes
    ]
    waiting = deque(sorted(notes, key=lambda entry: (entry[1], entry[0].at)))
    placed: list[Block] = []
    for index, block in enumerate(blocks):
        placed.append(_with_plain_marks(block, found))
        end = blocks[index + 1].at if index + 1 < len(blocks) else None
        while waiting and (end is None or waiting[0][1] < end):
            note = waiting.popleft()[0]
            placed.append(Block("text", _note_lines(note), note.at))
    return placed, repairs


def _note_lines(note: Block) -> tuple[str, ...]:
    lines = tuple(without_marks(line) for line in note.lines)
    return (f"[{note.mark}] {lines[0]}", *lines[1:])


def _with_plain_marks(block: Block, found: set[str]) -> Block:
    """The block with `[2]` for each mark that has a footnote, and raised digits or plain words for the others."""
    if not any(OPEN in line for line in block.lines):
        return block

    def plain(mark: re.Match[str]) -> str:
        if mark[1] in found:
            return f" [{mark[1]}]"
        return mark[0][: mark[0].index(OPEN)] + superscript(mark[1])

    lines = tuple(_MARK.sub(plain, line).strip() for line in block.lines)
    return msgspec.structs.replace(block, lines=lines)
