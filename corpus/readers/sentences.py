"""Sentences that a page end, a line end or a hyphen broke, put together again without changing a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from corpus.readers import notes
from corpus.readers.blocks import Block, Repair, shortened
from corpus.readers.marks import marks_of, split_at_beginning, with_marks_before, without_marks

PAGE_BREAK = ("\f",)
"""The lines of a break that is the end of a page, not a rule or scene break."""

_CLOSERS = "\"'”“’»«)]*_ "
_ENDS = ".!?:;…"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_TAKES_HYPHEN = re.compile(r"(?:og|eller|samt|til|and|or|to|und|oder|bzw|bis)\b", re.IGNORECASE)
_TAKE_HYPHEN = frozenset(("it", "tv", "pc", "edb", "cv"))
"""Beginnings of compounds that are written with a hyphen, as in `it-system`."""
_PAGE_NUMBER = re.compile(
    r"(?:(?:side|page|seite|s\.|p\.)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:af|of|von|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_SHORTEST = 40
"""A shorter paragraph without a full stop is taken for a label or a heading, not for half a sentence (characters)."""


class Vocabulary(msgspec.Struct, frozen=True, dict=True):
    """The words of some lines, asked whether a compound is written with its hyphen elsewhere."""

    lines: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in lower case, hyphens inside kept."""
        return frozenset(_WORD.findall("\n".join(self.lines).lower()))

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether `left-right` occurs and `leftright` does not."""
        return f"{left}-{right}".lower() in self.words and f"{left}{right}".lower() not in self.words


def is_open(text: str) -> bool:
    """Whether `text` ends in the middle of a sentence: without a full stop or another sign that closes one."""
    end = text[-200:].rstrip(_CLOSERS)
    return bool(end) and end[-1] not in _ENDS


def seam(left: str, right: str, vocabulary: Vocabulary) -> tuple[int, str]:
    """How two pieces of a sentence go together: how many characters of `left` go (a hyphen), and what comes between.

    The hyphen stays where it belongs to the word: `fleksjob- og …`, `IT-system`, `2006-2007`, and compounds that the
    text writes with a hyphen elsewhere.
    """
    if not left.endswith("-") or not right[:1].isalnum():
        return 0, " "
    broken = _BROKEN_WORD.search(left[-80:])
    if broken is None:
        return (0, "") if left[-2:-1].isdigit() and right[0].isdigit() else (0, " ")
    if _TAKES_HYPHEN.match(right):
        return 0, " "
    start, end = broken[1], re.match(r"[^\W\d_]*", right)[0]  # type: ignore[index]
    own = len(start) == 1 or start[-1].isupper() or not end[:1].islower() or vocabulary.keeps_hyphen(start, end)
    own = own or (start.lower() in _TAKE_HYPHEN and not end.startswith("self"))
    return (0, "") if own else (1, "")


def said_of_seam(left: str, right: str, drop: int, between: str) -> str:
    """What was rejoined, in words, with the word that a hyphen had broken."""
    said = f"a broken sentence was rejoined: »…{left[-25:].lstrip()}« + »{shortened(right, 25)}«"
    if not between:
        start, end = re.search(r"[\w-]*$", left[-60:]), re.match(r"[\w-]*", right[:60])
        said += f" → »{start[0][: len(start[0]) - drop] if start else ''}{end[0] if end else ''}«"
    return notes.without_marks(without_marks(said))


def rejoined(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[list[Block], list[Repair]]:
    """`blocks` without breaks, every sentence that a page broke in one paragraph again, and what was rejoined.

    A paragraph that ends in the middle of a sentence goes together with the next one if that begins with a small
    letter and is no turn. Page numbers between the two, or at a page break, are left out.
    """
    chains: list[list[Block]] = []
    between: list[Block] = []
    repairs: list[Repair] = []
    for block in blocks:
        if block.kind == "break" or _is_page_number(block):
            between.append(block)
            continue
        goes_on = bool(chains) and _goes_on(chains[-1], block)
        numbers = [b for b in between if b.kind != "break"]
        if goes_on or any(b.lines == PAGE_BREAK for b in between):
            repairs += [(b.at, f"the page number »{shortened(b.lines[0])}« was left out") for b in numbers]
            if marks := "".join(marks_of(b.lines[0]) for b in numbers):
                block = with_marks_before(block, marks)
        else:
            chains += [[number] for number in numbers]
        between = []
        if goes_on:
            chains[-1].append(block)
        else:
            chains.append([block])
    chains += [[b] for b in between if b.kind != "break"]
    return [_one_block(chain, vocabulary, repairs) for chain in chains], repairs


def _is_page_number(block: Block) -> bool:
    if block.kind not in ("text", "list") or len(block.lines) != 1 or len(without_marks(block.lines[0][:400])) > 40:
        return False
    return bool(_PAGE_NUMBER.fullmatch(without_marks(block.lines[0]).strip()))


def _goes_on(chain: Sequence[Block], second: Block) -> bool:
    """Whether `second` goes on with the sentence that the last block of `chain` ends in."""
    first = chain[-1]
    if second.kind != "text" or second.turn or first.kind not in ("text", "list"):
        return False
    if not without_marks(second.lines[0][:400])[:1].islower():
        return False
    end = notes.without_marks(without_marks(first.lines[-1][-400:]))
    if _BROKEN_WORD.search(end):
        return True
    long = len(chain) > 1 or len(first.lines[-1]) >= _SHORTEST
    return first.kind == "text" and long and first.bold == second.bold and is_open(end)


def _one_block(chain: Sequence[Block], vocabulary: Vocabulary, repairs: list[Repair]) -> Block:
    """The blocks of `chain` as one; what was rejoined is added to `repairs`."""
    if len(chain) == 1:
        return chain[0]
    lines = [[line] for line in chain[0].lines]
    for block in chain[1:]:
        left = lines[-1][-1]
        marks, right = split_at_beginning(block.lines[0])
        drop, space = seam(left, right, vocabulary)
        repairs.append((block.at, said_of_seam(left, right, drop, space)))
        lines[-1] += [space + marks, right]
        lines[-1][-3] = left[: len(left) - drop]
        lines += [[line] for line in block.lines[1:]]
    return msgspec.structs.replace(chain[0], lines=tuple("".join(pieces) for pieces in lines))
