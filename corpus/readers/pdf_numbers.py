"""Numbers in the margin: those of lines go, since they are no words of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf_lines import Row
from corpus.readers.pdf_words import Word

_LEAST = 5
_STEPS = (1, 2, 5, 10)


def without_line_numbers(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], str]:
    """The rows of all pages without line numbers in the left or right margin; and what is to be told of them.

    Numbers stand for lines if no other word reaches into their margin, they count on by 1, 2, 5 or 10 (from page to
    page or anew on each), and so many lines lie between them. Numbers of paragraphs count as such where a speaker label
    follows them.
    """
    for right in (False, True):
        margin = [_margin_numbers(rows, right) for rows in pages]
        numbers = [word for page in margin for word in page.values()]
        if len(numbers) < _LEAST:
            continue
        step = _step(margin)
        if step and (_fits_lines(pages, margin, step) or (step == 1 and _stands_before_speakers(pages, margin))):
            kept = [
                [left for index, row in enumerate(rows) if (left := _without(row, found.get(index)))]
                for rows, found in zip(pages, margin, strict=True)
            ]
            values = [int(word.text) for word in numbers]
            said = f"line numbers in the margin ({min(values)}–{max(values)}) were left out"
            return kept, said
    return [list(rows) for rows in pages], ""


def _without(row: Row, number: Word | None) -> Row:
    return row if number is None else [word for word in row if word is not number]


def _margin_numbers(rows: Sequence[Row], right: bool) -> dict[int, Word]:
    """Index of a row → the number in its margin, where no other word of the page stands in the margin."""
    ends = {index: row[-1 if right else 0] for index, row in enumerate(rows)}
    numbers = {index: word for index, word in ends.items() if word.text.isdecimal() and len(word.text) <= 5}
    others = [
        (row[-1].right if right else row[0].left)
        for index, whole in enumerate(rows)
        if (row := _without(whole, numbers.get(index)))
    ]
    if not others:
        return {}
    others.sort(reverse=right)
    edge = others[min(len(others) // 50, len(others) - 1)]
    return {i: word for i, word in numbers.items() if (word.left >= edge - 1 if right else word.right <= edge + 1)}


def _step(margin: Sequence[dict[int, Word]]) -> int:
    """By how much the numbers count on; 0 where they do not count."""
    steps: Counter[int] = Counter()
    total = 0
    before: int | None = None
    for page in margin:
        for place, index in enumerate(sorted(page)):
            value = int(page[index].text)
            if before is not None and (place or value > before):
                steps[value - before] += 1
                total += 1
            before = value
    step = next((step for step, _ in steps.most_common(1)), 0)
    return step if step in _STEPS and steps[step] >= 0.8 * total else 0


def _fits_lines(pages: Sequence[Sequence[Row]], margin: Sequence[dict[int, Word]], step: int) -> bool:
    """Whether about `step` lines lie between two numbers, on most pages that hold any."""
    distances = [b - a for page in margin for a, b in pairwise(sorted(page))]
    near = sum(abs(distance - step) <= step // 5 for distance in distances)
    return bool(distances) and near >= 0.7 * len(distances)


def _stands_before_speakers(pages: Sequence[Sequence[Row]], margin: Sequence[dict[int, Word]]) -> bool:
    """Whether most numbers stand before a label such as `Ana:`."""
    total = labels = 0
    for rows, page in zip(pages, margin, strict=True):
        for index, number in page.items():
            after = [word for word in rows[index] if word is not number][:4]
            total += 1
            labels += any(word.text.endswith(":") for word in after)
    return labels * 2 > total
