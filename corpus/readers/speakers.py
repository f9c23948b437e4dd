"""Who speaks: labels in front of turns found by their recurrence, and written as `Name:`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from corpus.readers.blocks import Block, Repair
from corpus.readers.marks import begins_with_time, split_at_beginning, without_marks
from corpus.readers.sentences import is_open

_LABEL = re.compile(r"([^\W_][^:\n\t|]{0,39}?)[ \t]*:(?=\s|$|[^\s\d/\\:])")
_BRACKETED = re.compile(r"\[([^\]\n:\[]{0,39}[^\W\d_][^\]\n:\[]{0,39})\][ \t:]*(?=\S)")
_CELL = re.compile(r"([^\W_][^:\n\t|]{0,39}?):?[ ]*\t+[ ]*(?=\S)")
_STYLES = {"colon": _LABEL, "bracket": _BRACKETED, "column": _CELL}
_SIGN = {"colon": ":", "bracket": "[", "column": "\t"}
"""What stands in every label of a style, near the beginning of its line."""
_LEAST_SHARE = {"colon": 0.3, "bracket": 0.5, "column": 0.8}
"""The share of lines that must begin with a label: a summary, too, has lines like `Mål:` here and there."""
_LEAST_SHARE_ALONE = 0.4
"""The same where most labels stand alone on their line."""
_NUMBERING = re.compile(r"\d+(?:\.\d+)*[.)]\s")


class Speakers(msgspec.Struct, frozen=True):
    """The labels of a transcript in order of appearance, and how they are written; none in other documents."""

    names: tuple[str, ...] = ()
    style: str = "colon"

    def label(self, line: str) -> tuple[str, str] | None:
        """The speaker and the words of a line that begins with a label, behind any marks; None for other lines."""
        if not self.names:
            return None
        line = split_at_beginning(line)[1]
        if _SIGN[self.style] not in line[:48]:
            return None
        found = _STYLES[self.style].match(line)
        if found is None or _tidy(found[1]) not in self.names:
            return None
        return _tidy(found[1]), line[found.end() :].strip()


def find_speakers(lines: Sequence[str]) -> Speakers:
    """The speakers of a transcript, judged by labels that recur; `lines` with an empty one between paragraphs.

    There must be two different labels, one of them at least twice, in front of a good share of the lines that begin a
    paragraph or a sentence; most of them must recur, since `Dato:` and `Sted:` stand once. Labels that stand once count
    where they look like a name and come after the first turn.

    Where lines begin with the mark of a time, labels behind such marks are enough.
    """
    timed = _timed_names(lines)
    lines = [without_marks(line) for line in lines]
    for style, pattern in _STYLES.items():
        likely = [line for line in lines if _SIGN[style] in line[:48] and not _NUMBERING.match(line)]
        labels = [label for line in likely if (label := pattern.match(line))]
        if len(labels) < 3:
            continue
        found = [_tidy(label[1]) for label in labels]
        counts = Counter(found)
        recurring = {name for name, count in counts.items() if count > 1}
        turns = sum(counts[name] for name in recurring)
        alone = sum(not label.string[label.end() :].strip() for label in labels)
        share = _LEAST_SHARE_ALONE if alone * 2 > len(found) else _LEAST_SHARE[style]
        if len(found) < share * _beginnings(lines) or turns * 2 < len(found):
            continue
        first = next(index for index, name in enumerate(found) if name in recurring)
        names = dict.fromkeys(n for n in found[first:] if n in recurring or _like_a_name(n))
        if len(names) > 1:
            return Speakers(tuple(names | dict.fromkeys(timed)) if style == "colon" else tuple(names), style)
    return Speakers(timed)


def _timed_names(lines: Sequence[str]) -> tuple[str, ...]:
    """The labels right behind marks of times, where at least half of the lines with such a mark have one."""
    timed = [split_at_beginning(line)[1] for line in lines if begins_with_time(line)]
    labels = [label for line in timed if not _NUMBERING.match(line) and (label := _LABEL.match(line))]
    enough = labels and len(labels) * 2 >= len(timed)
    names = dict.fromkeys(_tidy(label[1]) for label in labels) if enough else ()
    return tuple(name for name in names if _like_a_name(name, 6) or len(labels) > 2 * len(names))


def labels_of_most(lines: Sequence[str]) -> tuple[str, ...]:
    """The labels that at least half of `lines` begin with (Zoom names the speaker in front of every cue), else none."""
    labels = [label for line in lines if not _NUMBERING.match(line) and (label := _LABEL.match(line))]
    names = dict.fromkeys(_tidy(label[1]) for label in labels if _like_a_name(_tidy(label[1]), 6))
    return tuple(names) if len(labels) > 1 and len(labels) * 2 >= len(lines) else ()


def _beginnings(lines: Sequence[str]) -> int:
    """How many lines begin a paragraph or a sentence."""
    return sum(bool(line) and not is_open(before) for before, line in zip(("", *lines), lines, strict=False))


def _tidy(label: str) -> str:
    return " ".join(label.strip(" *_").split())


def _like_a_name(label: str, most: int = 3) -> bool:
    """Whether a label that stands once can be a name: `Ana`, `Researcher 2`, `id2`."""
    words = label.split()
    return len(words) <= most and all(word[0].isupper() or word[0] == "(" or _has_digit(word) for word in words)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def with_turns(blocks: Sequence[Block], speakers: Speakers) -> tuple[list[Block], list[Repair]]:
    """`blocks` with every turn in a block of its own that begins with `Name: `; and what was written differently.

    A label on a line by itself goes in front of the words below it.
    """
    if not speakers.names:
        return list(blocks), []
    turns: list[Block] = []
    bare = {(f"{name}:",) for name in speakers.names}
    for block in blocks:
        if block.kind in ("heading", "note", "break"):
            turns.append(block)
            continue
        for piece in _pieces(block, speakers):
            if turns and not piece.turn and tuple(map(without_marks, turns[-1].lines)) in bare:
                whole = (f"{turns[-1].lines[0]} {piece.lines[0]}", *piece.lines[1:])
                turns[-1] = msgspec.structs.replace(turns[-1], lines=whole)
            else:
                turns.append(piece)
    return turns, _style_repairs(speakers)


def _pieces(block: Block, speakers: Speakers) -> Iterator[Block]:
    """The block cut before every line that begins with a label."""
    piece: list[str] = []
    is_turn = False
    for line in block.lines:
        label = speakers.label(line)
        if label and piece:
            yield _piece(block, piece, is_turn)
            piece = []
        if not piece:
            is_turn = label is not None or (block.turn and line is block.lines[0])
        marks = split_at_beginning(line)[0] if label else ""
        if is_turn and len(piece) == 1 and piece[0].endswith(":") and speakers.label(piece[0]):
            piece[0] = f"{piece[0]} {line}"
        else:
            piece.append(f"{marks}{label[0]}: {label[1]}".rstrip() if label else line)
    yield _piece(block, piece, is_turn)


def _piece(block: Block, lines: list[str], is_turn: bool) -> Block:
    kind = "text" if is_turn else block.kind
    return msgspec.structs.replace(block, kind=kind, lines=tuple(lines), turn=is_turn)


def _style_repairs(speakers: Speakers) -> list[Repair]:
    name = speakers.names[0]
    if speakers.style == "bracket":
        return [(0, f"speaker labels in brackets are written with a colon: »[{name}]« → »{name}:«")]
    if speakers.style == "column":
        return [(0, f"speakers in a column of their own are written with a colon: »{name}:«")]
    return []
