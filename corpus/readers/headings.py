"""Headings: guessed where a file marks none, and as deep as their numbers say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.blocks import Block, Repair, listed
from corpus.readers.marks import without_marks
from corpus.text import text_structure

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?[ \t]+(?=\W?[^\W\d_a-zæøåäöü])")
_STYLE = re.compile(r"(?:heading|overskrift|ü?berschrift|rubrik|otsikko|kop|titre|título|titolo)[\s_-]*([1-9])$")
_LONGEST = 100


def level_of_style(name: str) -> int:
    """The depth of a heading whose paragraph style has this name, in any language of Word; 0 for other styles."""
    found = _STYLE.match(name.strip().lower())
    return int(found[1]) if found else 0


def with_guessed_headings(blocks: Sequence[Block]) -> tuple[list[Block], list[Repair]]:
    """`blocks` with headings made of short bold paragraphs or of numbered lines, where the file marks no heading."""
    if any(block.kind == "heading" and block.level > 1 for block in blocks):
        return list(blocks), []
    bold = {i for i, block in enumerate(blocks) if block.bold and _is_short(block) and _has_words_below(blocks, i)}
    if len(bold) > 1 or (bold and 0 not in bold):
        return _with_headings(blocks, bold, "bold")
    numbered = _numbered_lines(blocks)
    return _with_headings(blocks, numbered, "numbered") if len(numbered) > 1 else (list(blocks), [])


def _is_short(block: Block) -> bool:
    line = without_marks(block.lines[0]) if block.lines else ""
    return (
        block.kind in ("text", "list")
        and len(block.lines) == 1
        and not block.turn
        and len(line) <= _LONGEST
        and line[-1:] not in ".,;"
        and any(c.isalpha() for c in line)
    )


def _has_words_below(blocks: Sequence[Block], index: int) -> bool:
    below = next((b for b in blocks[index + 1 :] if b.kind != "break"), None)
    return below is not None and below.kind != "heading"


def _numbered_lines(blocks: Sequence[Block]) -> set[int]:
    """Lines like `3.1 Økonomi` over words; numbered lines right after each other are a list and no headings."""
    numbers = {
        i: tuple(int(part) for part in found[1].split("."))
        for i, block in enumerate(blocks)
        if _is_short(block) and (found := _NUMBERED.match(without_marks(block.lines[0])))
    }
    lists = {
        i
        for i, number in numbers.items()
        for beside in (i - 1, i + 1)
        if beside in numbers and len(numbers[beside]) == len(number)
    }
    kept = [i for i in numbers if i not in lists and _has_words_below(blocks, i)]
    later = sum(numbers[a] < numbers[b] for a, b in pairwise(kept))
    return set(kept) if later * 5 >= (len(kept) - 1) * 4 else set()


def _with_headings(blocks: Sequence[Block], chosen: set[int], how: str) -> tuple[list[Block], list[Repair]]:
    made = [_as_heading(block) if index in chosen else block for index, block in enumerate(blocks)]
    titles = listed([blocks[i].lines[0] for i in sorted(chosen)])
    lines = f"1 short {how} line is" if len(chosen) == 1 else f"{len(chosen)} short {how} lines are"
    return made, [(blocks[min(chosen)].at, f"{lines} taken for headings: {titles}")]


def _as_heading(block: Block) -> Block:
    number = _NUMBERED.match(without_marks(block.lines[0]))
    level = number[1].count(".") + 1 if number else 2
    return Block("heading", block.lines, block.at, level=level)


def with_numbered_depth(text: str, places: Sequence[int]) -> tuple[str, list[Repair]]:
    """`text` with as many `#` before each heading as its depth, where the numbers contradict the `#` that were there.

    `places` are where the headings stand in the file. Where no number contradicts, every `#` stays as it was.
    """
    headings = text_structure(text).headings
    by_marks = _depths_by_marks([heading.marks for heading in headings])
    wrong = [i for i, heading in enumerate(headings) if heading.level != by_marks[i]]
    if not wrong:
        return text, []
    parts: list[str] = []
    end = 0
    for heading in headings:
        parts += [text[end : heading.start], "#" * min(heading.level, 6)]
        end = heading.start + heading.marks
    titles = listed([headings[i].title for i in wrong])
    place = places[wrong[0]] if len(places) == len(headings) else 0
    return "".join([*parts, text[end:]]), [(place, f"the depth of headings follows their numbers: {titles}")]


def _depths_by_marks(marks: Sequence[int]) -> list[int]:
    """The depth of each heading, 1-based, if its `#` alone decided."""
    above: list[int] = []
    depths = []
    for own in marks:
        while above and above[-1] >= own:
            above.pop()
        above.append(own)
        depths.append(len(above))
    return depths
