"""Transcripts set as a table: a row for each turn, with columns for the speaker, the time and the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from corpus.readers.blocks import Block, Repair, shortened
from corpus.readers.marks import marks_of, time_mark, without_marks
from corpus.readers.stamps import may_be_of_a_clock, stamp_alone

_HEADINGS = frozenset((
    "tid", "time", "start", "starttid", "end", "slut", "stop", "sluttid", "timespan", "timecode", "tidskode",
    "taler", "speaker", "speakers", "person", "navn", "name", "hvem", "who", "deltager", "participant", "informant",
    "interval", "rolle", "role", "tekst", "text", "words", "ord", "udsagn", "replik", "ytring", "transcript",
    "transskription", "transcription", "indhold", "content", "nr", "nr.", "no", "no.", "#", "linje", "line", "id",
))  # fmt: skip
_MOSTLY = 0.8
_LONGEST_NAME = 40


class _Columns(msgspec.Struct, frozen=True):
    """Which column holds what; None where there is no such column. `left_out` are those with numbers of rows."""

    words: int
    speaker: int | None = None
    time: int | None = None
    left_out: tuple[int, ...] = ()
    has_header: bool = False


Cell = Sequence[str]
"""The paragraphs of a cell."""


def turns_of_table(rows: Sequence[Sequence[Cell]], at: int) -> tuple[list[Block], list[Repair]] | None:
    """The turns that the rows of a table are, as paragraphs that begin with `Name: `; None for any other table."""
    width = max((len(row) for row in rows), default=0)
    whole = [[*row, *[()] * (width - len(row))] for row in rows if any(any(cell) for cell in row)]
    texts = [[" ".join(without_marks(part) for part in cell).strip() for cell in row] for row in whole]
    columns = _columns(texts) if 2 <= width <= 6 and len(texts) > 1 else None
    if columns is None:
        return None
    body = list(zip(whole, texts, strict=True))[columns.has_header :]
    blocks = [block for row, text in body for block in _turn(row, text, columns, at)]
    told = [(at, "the rows of a table are taken for turns, one a row")]
    if columns.has_header:
        told.append((at, f"the head of that table was left out: »{shortened(' | '.join(texts[0]))}«"))
    if columns.left_out:
        told.append((at, "the numbers of its rows were left out"))
    return blocks, told


def with_turns_of_tables(blocks: Sequence[Block]) -> tuple[list[Block], list[Repair]]:
    """`blocks` with every table of turns as paragraphs."""
    made: list[Block] = []
    repairs: list[Repair] = []
    for block in blocks:
        rows = [[(cell,) for cell in line.split("\t")] for line in block.lines] if block.kind == "table" else []
        turns = turns_of_table(rows, block.at) if rows else None
        made += turns[0] if turns else [block]
        repairs += turns[1] if turns else []
    return made, repairs


def _turn(row: Sequence[Cell], texts: Sequence[str], columns: _Columns, at: int) -> list[Block]:
    """The paragraphs of a row, its speaker in front of the first and its time before that."""
    words = [part for part in row[columns.words] if part.strip()]
    name = " ".join(texts[columns.speaker].rstrip(": ").split()) if columns.speaker is not None else ""
    stamp = stamp_alone(texts[columns.time]) if columns.time is not None else None
    others = [n for n in (columns.speaker, columns.time, *columns.left_out) if n is not None]
    marks = "".join(marks_of(part) for n in others for part in row[n])
    marks += time_mark(stamp.seconds) if stamp else ""
    if not words and not name:
        return []
    first = f"{marks}{name}: {words[0] if words else ''}".rstrip() if name else f"{marks}{words[0]}"
    return [Block("text", (line,), at, turn=not index) for index, line in enumerate((first, *words[1:]))]


def _columns(texts: Sequence[Sequence[str]]) -> _Columns | None:
    """What the columns of a table of turns hold; None for any other table."""
    has_header = all(_is_heading(cell) for cell in texts[0]) and any(texts[0])
    body = texts[1:] if has_header else texts
    cells = [[row[n] for row in body if row[n]] for n in range(len(texts[0]))]
    left = [n for n, column in enumerate(cells) if column]
    times = [n for n in left if _is_times(cells[n])]
    numbers = tuple(n for n in left if n not in times and _is_numbers(cells[n]))
    left = [n for n in left if n not in times and n not in numbers]
    if not left or len(left) > 2 or len(times) > 2:
        return None
    words = max(left, key=lambda n: sum(map(len, cells[n])))
    speakers = [n for n in left if n != words]
    if speakers and not _is_speakers(cells[speakers[0]], cells[words], sure=bool(times) or has_header):
        return None
    if not speakers and not times:
        return None
    left_out = (*numbers, *times[1:])
    return _Columns(words, speakers[0] if speakers else None, times[0] if times else None, left_out, has_header)


def _is_heading(cell: str) -> bool:
    words = cell.lower().replace("/", " ").replace(":", " ").split()
    return len(words) <= 3 and all(word.strip("()") in _HEADINGS for word in words)


def _is_times(column: Sequence[str]) -> bool:
    """Whether nearly every cell is a time, and they rise."""
    stamps = [stamp for cell in column if (stamp := stamp_alone(cell))]
    if len(stamps) < max(2, _MOSTLY * len(column)) or may_be_of_a_clock(stamps):
        return False
    return all(one.seconds <= other.seconds for one, other in pairwise(stamps))


def _is_numbers(column: Sequence[str]) -> bool:
    """Whether the cells count the rows."""
    numbers = [int(cell.rstrip(".")) for cell in column if cell.rstrip(".").isdecimal() and len(cell) < 7]
    return len(numbers) == len(column) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_speakers(column: Sequence[str], words: Sequence[str], sure: bool) -> bool:
    """Whether the cells name speakers: short, the same few again and again, and less than what is said.

    `sure` where a column of times or the head of the table says that this is a transcript.
    """
    names = Counter(cell.rstrip(": ") for cell in column)
    if any(len(name) > _LONGEST_NAME or name[-1:] in ".?!" or not any(map(str.isalpha, name)) for name in names):
        return False
    if sum(map(len, words)) <= sum(map(len, column)):
        return False
    often = sum(count for count in names.values() if count > 1)
    return sure or (len(names) > 1 and len(column) > 2 and often >= 0.7 * len(column) and max(names.values()) > 1)
