"""Positions of other tools as code points: other units, other line ends, a byte order mark that was counted.

Also the way of a position through normalisation: what a text looks like in a study, and where each place of it went.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

import msgspec

Unit = Literal["code points", "UTF-16 units", "UTF-8 bytes"]
LineEnds = Literal["as stored", "CRLF as one", "LF as two"]

_WIDE = "[\U00010000-\U0010ffff]+"
_BYTES = {"UTF-16 units": _WIDE, "UTF-8 bytes": f"[\x80-\u07ff]+|[\u0800-\uffff]+|{_WIDE}"}
_LINES = {"CRLF as one": "\r\n", "LF as two": "(?<!\r)\n"}
_CONTROLS = re.compile("\r\n?|[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ODD = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_LATIN = re.compile("[\x00-\u02ff]?[^\x00-\u02ff]+")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")


class Rule(msgspec.Struct, frozen=True):
    """How a tool counts: the unit, the line ends, and what is to be added to a start and to an end, in that unit.

    `start` is -1 where positions begin with 1 or count a byte order mark; `end` is 1 where an end is the last character
    and not the one behind it.
    """

    unit: Unit = "code points"
    line_ends: LineEnds = "as stored"
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """The rule in words, as reports show it."""
        said = [str(self.unit)]
        if self.line_ends != "as stored":
            said.append(f"{self.line_ends} character{'s' if self.line_ends == 'LF as two' else ''}")
        if shift := _SHIFTS.get((self.start, self.end), ""):
            said.append(shift)
        return ", ".join(said)


_SHIFTS = {
    (-1, -1): "one too high (a byte order mark was counted)",
    (1, 1): "one too low",
    (0, 1): "ends inclusive",
    (-1, 0): "from 1, ends inclusive",
}
SHIFTS: tuple[tuple[int, int], ...] = ((0, 0), *_SHIFTS)
"""What can be added to starts and ends, the most likely first."""
PLAIN = Rule()


def _width(run: str, unit: Unit) -> int:
    """Units of one character of `run`, whose characters all take the same number."""
    if unit == "code points" or run.isascii():
        return 1
    if unit == "UTF-16 units":
        return len(run[0].encode("utf-16-le", "surrogatepass")) // 2
    return len(run[0].encode("utf-8", "surrogatepass"))


class Offsets:
    """Positions of one text under a rule, as code points.

    The text is cut where a unit is no code point: `units`, `points` and `widths` hold, for each such stretch and each
    plain one behind it, where it begins in units and in code points, and how many units a character takes.
    """

    def __init__(self, text: str, rule: Rule) -> None:
        self.rule = rule
        counts_mark = (rule.start, rule.end) == (-1, -1)
        self.mark = _width("\ufeff", rule.unit) if counts_mark else 1
        self.units, self.points, self.widths = [0], [0], [1.0]
        odd = "|".join(filter(None, (_LINES.get(rule.line_ends, ""), _BYTES.get(rule.unit, ""))))
        at = unit = 0
        for run in re.finditer(odd, text) if odd else ():
            start, end = run.span()
            unit += start - at
            width = self._units_per_point(run[0])
            self._add(unit, start, width)
            unit += round(width * (end - start))
            self._add(unit, end, 1.0)
            at = end

    def _units_per_point(self, run: str) -> float:
        if run == "\r\n":
            return 0.5
        if run == "\n":
            return 2.0
        return float(_width(run, self.rule.unit))

    def _add(self, unit: int, point: int, width: float) -> None:
        self.units.append(unit)
        self.points.append(point)
        self.widths.append(width)

    def start(self, position: int) -> int:
        """The code point where a span that starts at `position` begins: in the middle of a character, at its start."""
        return self._point(position + self.rule.start * self.mark, rounds_up=False)

    def end(self, position: int) -> int:
        """The code point behind a span that ends at `position`: in the middle of a character, behind it."""
        return self._point(position + self.rule.end * self.mark, rounds_up=True)

    def start_of(self, position: str) -> int:
        """`start` of a position as it is written. Raises ValueError."""
        return self.start(int(position))

    def end_of(self, position: str) -> int:
        """`end` of a position as it is written. Raises ValueError."""
        return self.end(int(position))

    def _point(self, position: int, rounds_up: bool) -> int:
        if len(self.units) == 1:
            return position
        index = bisect_right(self.units, position) - 1
        if index < 0:
            return position
        width, into = self.widths[index], position - self.units[index]
        if width <= 1.0:
            return self.points[index] + round(into / width)
        whole, rest = divmod(into, int(width))
        return self.points[index] + whole + (1 if rest and rounds_up else 0)


def rules_for(text: str, shifts: Sequence[tuple[int, int]] = SHIFTS) -> list[Rule]:
    """Every rule under which positions in `text` differ from those under another, the most likely first."""
    units: list[Unit] = ["code points"]
    if not text.isascii():
        units += ["UTF-16 units"] if max(text) > "\uffff" else []
        units += ["UTF-8 bytes"]
    ends: list[LineEnds] = ["as stored"]
    if "\r\n" in text:
        ends.append("CRLF as one")
    elif "\n" in text:
        ends.append("LF as two")
    return [Rule(unit, lines, *shift) for shift in shifts for lines in ends for unit in units]


class Moves:
    """Where each position of a text is after stretches of it were replaced.

    `edits` are (start, end, length of what stands there now), in order, without overlap.
    """

    def __init__(self, edits: Iterable[tuple[int, int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.deltas = [0]
        for start, end, length in edits:
            self.starts.append(start)
            self.ends.append(end)
            self.deltas.append(self.deltas[-1] + length - (end - start))

    def start(self, position: int) -> int:
        """Where a span that began at `position` begins; within a replaced stretch, at its beginning."""
        index = bisect_right(self.starts, position)
        if index and position < self.ends[index - 1]:
            return self.starts[index - 1] + self.deltas[index - 1]
        return position + self.deltas[index]

    def end(self, position: int) -> int:
        """Where a span that ended at `position` ends; within a replaced stretch, at its end."""
        index = bisect_right(self.starts, position - 1) if position else 0
        if index and position < self.ends[index - 1]:
            return self.ends[index - 1] + self.deltas[index]
        return position + self.deltas[index]


class NormalText(msgspec.Struct, frozen=True):
    """A text as a study holds it, and the way of every position of the text it was made from."""

    text: str
    moves: tuple[Moves, ...] = ()
    cut: int = 0
    """Characters of blank lines that stood in front."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span `[start, end)` of the text as it was, in this text."""
        for moves in self.moves:
            start, end = moves.start(start), moves.end(end)
        return max(0, start - self.cut), max(0, end - self.cut)


def normal_text(raw: str) -> NormalText:
    """`raw` in normal form C with LF line ends, without characters that no report can hold and blank lines in front.

    It ends with a line end, as the file of a source does.
    """
    text, moves = raw, []
    if _ODD.search(text):
        edits = [(found.start(), found.end(), _instead(found[0])) for found in _CONTROLS.finditer(text)]
        text = _edited(text, edits)
        moves.append(Moves((start, end, len(new)) for start, end, new in edits))
    if not unicodedata.is_normalized("NFC", text):
        edits = list(_compositions(text))
        text = _edited(text, edits)
        moves.append(Moves((start, end, len(new)) for start, end, new in edits))
    mark = text.startswith("\ufeff")
    blank = _BLANK_LINES.match(text, int(mark))
    cut = blank.end() if blank else 0
    text = text[cut:]
    return NormalText(text if text.endswith("\n") or not text else text + "\n", tuple(moves), cut)


def _instead(found: str) -> str:
    """What stands for a line end, a control character or half a character."""
    if found[0] == "\r" or found == "\x0b":
        return "\n"
    return "\ufffd" if found > "\x7f" else ""


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


def _compositions(text: str) -> Iterable[tuple[int, int, str]]:
    """The characters that normal form C writes otherwise, each with the marks that belong to it."""
    for run in _NOT_LATIN.finditer(text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        first = run.start()
        for at in range(first + 1, run.end() + 1):
            if at == run.end() or _begins(text[at]):
                cluster = text[first:at]
                if (new := unicodedata.normalize("NFC", cluster)) != cluster:
                    yield first, at, new
                first = at


def _begins(char: str) -> bool:
    """Whether a character can never be drawn into the one before it."""
    if unicodedata.combining(char):
        return False
    decomposed = unicodedata.normalize("NFD", char)[0]
    return not unicodedata.combining(decomposed) and decomposed not in _second_halves()


@cache
def _second_halves() -> frozenset[str]:
    """Characters that are no marks and yet compose with the one before: vowels of Hangul, Bengali, Tamil and others."""
    found = {chr(code) for first, last in ((0x1161, 0x1175), (0x11A8, 0x11C2)) for code in range(first, last + 1)}
    for code in range(0x300, 0x1FFFF):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            if not unicodedata.combining(second):
                found.add(second)
    return frozenset(found)
