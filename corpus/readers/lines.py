"""Lines of plain text or Markdown as blocks: headings, lists, tables, footnotes, and paragraphs without wraps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from corpus.readers.blocks import Block, Repair
from corpus.readers.marks import begins_with_time, split_at_beginning, without_marks
from corpus.readers.markup import is_bold, plain
from corpus.readers.sentences import PAGE_BREAK, Vocabulary, is_open, said_of_seam, seam
from corpus.readers.speakers import Speakers
from corpus.readers.wraps import Meaning, line_end

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(?=\S)|$)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,}|(?:~[ \t]*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_BULLET = re.compile(r"([ \t]*)[-*+•·◦▪‣–—][ \t]+(?=\S)")
_OTHER_BULLET = re.compile(r"^([ \t]*)[*+•·◦▪‣][ \t]+")
_COUNTED = re.compile(r"[ \t]*(?:\d{1,3}|[a-zæøåA-ZÆØÅ]|[ivxIVX]{1,5})[.)][ \t]+(?=\S)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*|<sup>\s*\[?([^<\]]{1,12})\]?\s*</sup>[ \t]*(?=\S)", re.IGNORECASE)
_QUOTE = re.compile(r"^ {0,3}(?:>[ ]?)+")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[\w-]*[ \t]*$")
_BAR = re.compile(r"(?:^| )\| ")
_SPOKEN = re.compile(r"[–—][ \t]")
_SIGNS_OF_ITS_OWN = "#-*_=~ \t"
_LONG = 120


class Layout(msgspec.Struct, frozen=True):
    """How lines are to be read.

    `markdown`: inline markup, setext headings and `|` tables are read as such. `soft_wraps`: every line end inside a
    paragraph is a wrap (Markdown files). `width`: the width (characters) that plain text was wrapped to; 0 where each
    line is a paragraph.
    """

    markdown: bool = False
    soft_wraps: bool = False
    width: int = 0
    speakers: Speakers = Speakers()


class _Piece(msgspec.Struct):
    """A block being put together. Each of its lines is a list of pieces, so that a long line grows in linear time."""

    kind: Literal["text", "list", "table", "note"]
    at: int
    lines: list[list[str]]
    mark: str = ""


_Group = list[tuple[int, str]]


def blocks_from_lines(lines: Sequence[str], layout: Layout) -> tuple[list[Block], list[Repair]]:
    """The blocks that `lines` make, in order, and which broken lines were rejoined."""
    lines = [_with_marks_on_words(line) for line in lines]
    vocabulary = Vocabulary(tuple(lines))
    blocks: list[Block] = []
    repairs: list[Repair] = []
    for found in _groups(lines, layout):
        if isinstance(found, Block):
            blocks.append(found)
        else:
            blocks += [_block(piece, layout) for piece in _pieces(found, layout, vocabulary, repairs)]
    return [block for block in blocks if block.kind == "break" or any(block.lines)], repairs


def _with_marks_on_words(line: str) -> str:
    """The line with the marks at its beginning behind the sign of a heading, an item or a footnote that it has."""
    marks, rest = split_at_beginning(line)
    if not marks:
        return line
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    line = indent + rest.lstrip(" \t")
    sign = _HEADING.match(line) or _BULLET.match(line) or _NOTE.match(line) or _COUNTED.match(line)
    at = sign.end() if sign else len(indent)
    return line[:at] + marks + line[at:]


def begins_anew(line: str, speakers: Speakers) -> bool:
    """Whether `line` begins a turn or an item of a list, so that the line end before it is no wrap."""
    return speakers.label(line.strip()) is not None or _is_item(line)


def _groups(lines: Sequence[str], layout: Layout) -> Iterator[Block | _Group]:
    """Headings, rules and page breaks as blocks, and the lines between them and blank lines in groups."""
    group: _Group = []
    for at, whole in enumerate(lines, 1):
        for number, line in enumerate(whole.split("\f")):
            if number:
                yield from (group, Block("break", PAGE_BREAK, at))
                group = []
            single = _single(line, at, group, layout) if line.strip() else None
            if single or not line.strip():
                yield from (group, single) if single else (group,)
                group = []
            elif not (layout.markdown and _FENCE.match(line)):
                group.append((at, _QUOTE.sub("", line, count=1) if layout.markdown else line))
    yield group


def _single(line: str, at: int, group: _Group, layout: Layout) -> Block | None:
    """The heading or rule that `line` is; a title over an underline is taken out of `group`."""
    if line[0] not in _SIGNS_OF_ITS_OWN:
        return None
    if layout.markdown and (mark := _HEADING.match(line)):
        title = _without_closing_marks(line[mark.end() :])
        return Block("heading", _plain_lines(title, layout), at, level=len(mark[1]))
    if _UNDERLINE.match(line) and len(group) == 1 and len(group[0][1]) <= 100 and not _is_item(group[0][1]):
        start, title = group.pop()
        return Block("heading", _plain_lines(title, layout), start, level=1 if "=" in line else 2)
    return Block("break", (), at) if _RULE.match(line) else None


def _without_closing_marks(title: str) -> str:
    """`Title ##` → `Title`, but `C#` stays."""
    title = title.rstrip()
    bare = title.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() or not bare else title


def _pieces(group: _Group, layout: Layout, vocabulary: Vocabulary, repairs: list[Repair]) -> list[_Piece]:
    """The paragraphs, lists, tables and footnotes of a group of lines without a blank one between them."""
    rows = _table_rows(group, layout)
    pieces: list[_Piece] = []
    before = ""
    for index, (at, line) in enumerate(group):
        last = pieces[-1] if pieces else None
        if (row := rows.get(index)) is not None:
            _add(pieces, "table", at, row, to=last)
        elif layout.markdown and (note := _NOTE.match(line)):
            pieces.append(_Piece("note", at, [[line[note.end() :].strip()]], note[1] or note[2].strip()))
        elif _is_item(line, before, in_list=last is not None and last.kind == "list"):
            _add(pieces, "list", at, _OTHER_BULLET.sub(r"\1- ", line.rstrip(), count=1), to=last)
        elif last is not None and last.kind == "list" and line[:1].isspace():
            _join(last, at, line.strip(), layout, vocabulary, repairs)
        elif last is None or last.kind == "table" or (end := _line_end(before, line, layout)) == "paragraph":
            pieces.append(_Piece("text", at, [[line.strip()]]))
        elif end == "wrap":
            _join(last, at, line.strip(), layout, vocabulary, repairs)
        else:
            _add(pieces, "text", at, line.strip(), to=last)
        before = line
    return pieces


def _add(pieces: list[_Piece], kind: Literal["text", "list", "table"], at: int, line: str, to: _Piece | None) -> None:
    """A line more for the piece `to`, or a new piece where that is of another kind."""
    if line and to and to.kind == kind:
        to.lines.append([line])
    elif line:
        pieces.append(_Piece(kind, at, [[line]]))


def _join(piece: _Piece, at: int, line: str, layout: Layout, vocabulary: Vocabulary, repairs: list[Repair]) -> None:
    """Put `line` behind the last line of `piece`, as part of its sentence."""
    left = piece.lines[-1][-1].removesuffix("\\")
    marks, line = split_at_beginning(line)
    drop, space = seam(left, line, vocabulary)
    if not space or not (layout.width or layout.soft_wraps):
        repairs.append((at, said_of_seam(left, line, drop, space)))
    piece.lines[-1][-1] = left[: len(left) - drop] + space + marks
    piece.lines[-1].append(line)


def _line_end(first: str, second: str, layout: Layout) -> Meaning:
    if begins_with_time(second):
        return "paragraph"
    if layout.speakers.names and layout.speakers.label(plain(second) if layout.markdown else second.strip()):
        return "paragraph"
    if layout.markdown and first.endswith(("  ", "\\")) and len(first) <= _LONG:
        return "line"
    return "wrap" if layout.soft_wraps else line_end(without_marks(first), without_marks(second), layout.width)


def _is_item(line: str, before: str = "", in_list: bool = False) -> bool:
    """Whether `line` is an item of a list: a bullet, or a number or letter where no sentence is going on."""
    if line[:1].isalpha() and line[1:2].isalpha() and line[0] not in "ivxIVX":
        return False
    if _BULLET.match(line):
        return not (_SPOKEN.match(line) and len(line) > _LONG)
    return bool(_COUNTED.match(line)) and (in_list or not is_open(before))


def _table_rows(group: _Group, layout: Layout) -> dict[int, str]:
    """The rows of a table among the lines of `group`: index → cells with a tab between them, empty for a rule.

    A table is Markdown's, or lines beside each other with tabs (or ` | `) between their cells.
    """
    if len(group) < 2:
        return {}
    lines = [line for _, line in group]
    if layout.markdown and any("|" in line and _is_table_rule(line) for line in lines):
        return {
            i: "" if _is_table_rule(line) else "\t".join(cell.strip() for cell in _cells(line))
            for i, line in enumerate(lines)
            if "|" in line
        }
    if layout.speakers.style == "column" or not any("\t" in line or " | " in line for line in lines):
        return {}
    rows = ["" if _is_item(line) else _BAR.sub("\t", line.rstrip()) for line in lines]
    found = {}
    for i, row in enumerate(rows):
        beside = [rows[k] for k in (i - 1, i + 1) if 0 <= k < len(rows) and rows[k].count("\t") == row.count("\t")]
        if "\t" in row and beside and any("\t" in line.strip() for line in (row, *beside)):
            found[i] = row
    return found


def _is_table_rule(line: str) -> bool:
    return "-" in line and not line.strip("|:- \t")


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))


def _block(piece: _Piece, layout: Layout) -> Block:
    lines = ["".join(pieces) for pieces in piece.lines]
    bold = layout.markdown and len(lines) == 1 and is_bold(lines[0])
    clean = tuple(part for line in lines for part in _plain_lines(line, layout))
    return Block(piece.kind, clean, piece.at, mark=piece.mark, bold=bold)


def _plain_lines(line: str, layout: Layout) -> tuple[str, ...]:
    """The line without inline markup; more than one where it holds a `<br>`."""
    return tuple(plain(line.removesuffix("\\")).split("\n")) if layout.markdown else (line,)
