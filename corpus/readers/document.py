"""A document as a reader hands it on: plain study text, and how blocks of lines become it.

A reader finds blocks (headings, paragraphs, lists, tables, footnotes) and leaves the rest to `document_from_blocks`:
footnotes go behind their paragraph, sentences broken by pages are rejoined, turns become paragraphs of their own, and
headings get the depth that their numbers say. Words are never changed; every repair is told.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from corpus.readers.blocks import Block, Repair
from corpus.readers.headings import with_guessed_headings, with_numbered_depth
from corpus.readers.marks import Place, moved_with_lines, split_marks, with_marks_on_words, without_marks
from corpus.readers.notes import with_notes_behind, without_notes
from corpus.readers.sentences import Vocabulary, rejoined
from corpus.readers.speakers import Speakers, find_speakers, with_turns
from corpus.readers.times import with_times
from corpus.readers.turn_tables import with_turns_of_tables

_SPACES = re.compile(r"(?<=\S)[ \t]{2,}|(?<=\S)\t")
_LONGEST_TITLE = 120
_MOST_REPAIRS = 1000
_NO_TITLE = re.compile(r"^\W|[.!?:;,]$")
_DATUM = re.compile(r"[^\W\d][^:]{0,20}:\s")


class Document(msgspec.Struct, frozen=True):
    """What a reader found in one file.

    `text` is plain study text: normal form C, LF, `#` headings, one blank line between paragraphs, `Name:` in front of
    each turn. `title` is empty where the file does not say one; `kind` is a guess from the speaker labels; `speakers`
    are in order of appearance; `repairs` say in words what was mended, and where in the file; `places` where pages and
    times begin, in order of the text; `about` is what front matter in the file says, field → words.
    """

    text: str
    title: str = ""
    kind: Literal["summary", "transcript"] = "summary"
    speakers: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    about: dict[str, str] = {}


def document_from_blocks(
    blocks: Sequence[Block],
    repairs: Iterable[Repair] = (),
    *,
    title: str = "",
    unit: str | Callable[[int], str] = "line",
    speakers: Speakers | None = None,
) -> Document:
    """The document that `blocks` make. `unit` is what a place in the file is called (line, paragraph), or says a place.

    `speakers` is given where the reader had to find them first (in wrapped text), else they are looked for here. Lines
    may hold the marks of pages and times (`corpus.readers.marks`).
    """
    blocks, rows = with_turns_of_tables(blocks)
    blocks, timed = with_times(blocks)
    blocks = with_marks_on_words(blocks)
    if speakers is None:
        speakers = find_speakers([line for block in blocks for line in (*block.lines, "")])
    told = [*repairs, *rows, *timed]
    flow, notes = without_notes(blocks)
    flow, said = with_turns(flow, speakers)
    told += said
    flow, said = rejoined(flow, Vocabulary(tuple(line for block in blocks for line in block.lines)))
    told += said
    if not speakers.names:
        flow, said = with_guessed_headings(flow)
        told += said
    flow, said = with_notes_behind(flow, notes)
    told += said
    text, places = split_marks(_text(flow))
    if headings := [block.at for block in flow if block.kind == "heading"]:
        numbered, said = with_numbered_depth(text, headings)
        places = moved_with_lines(places, text, numbered)
        text = numbered
        told += said
    return Document(
        text=text,
        title=title or _title(flow),
        kind="transcript" if speakers.names or any(place.kind == "time" for place in places) else "summary",
        speakers=speakers.names,
        repairs=_in_words(told, unit),
        places=places,
    )


def _in_words(repairs: Sequence[Repair], unit: str | Callable[[int], str]) -> tuple[str, ...]:
    """The repairs in order of place. Above a thousand, the rest is counted: no person reads that many."""
    where = unit if callable(unit) else lambda at: f"{unit} {at}"
    told = [f"{where(at)}: {words}" if at else words for at, words in sorted(repairs, key=lambda repair: repair[0])]
    more = len(told) - _MOST_REPAIRS
    return tuple(told) if more <= 0 else (*told[:_MOST_REPAIRS], f"and {more:,} more repairs after these")


def _text(blocks: Sequence[Block]) -> str:
    """The blocks with one blank line between them and one line end at the end."""
    parts = filter(None, map(_block_text, blocks))
    text = "\n\n".join(parts)
    return text + "\n" if text else ""


def _block_text(block: Block) -> str:
    if block.kind == "heading":
        title = " ".join(" ".join(block.lines).split())
        return f"{'#' * max(1, min(block.level, 6))} {title}" if title else ""
    if block.kind == "table":
        rows = (" | ".join(cell.strip() for cell in line.split("\t")).strip() for line in block.lines)
        return "\n".join(row for row in rows if row.strip(" |"))
    lines = [_SPACES.sub(" ", line).rstrip() if "  " in line or "\t" in line else line for line in block.lines]
    if block.kind == "list":
        text = "\n".join(filter(str.strip, lines))
        return textwrap.dedent(text.expandtabs(4)) if text[:1].isspace() else text
    return "\n".join(filter(None, (line.strip() for line in lines)))


def _title(blocks: Sequence[Block]) -> str:
    """The first heading without a number, if it stands among the first paragraphs, else a first line like a title.

    Lines like `Dato: 14. januar 2009` may stand under such a first line.
    """
    headings = (" ".join(without_marks(" ".join(b.lines)).split()) for b in blocks[:3] if b.kind == "heading")
    if title := next((title for title in headings if not title[:1].isdigit()), ""):
        return title
    first = blocks[0] if len(blocks) > 1 else None
    if first is None or first.kind != "text" or first.turn:
        return ""
    line, *below = (" ".join(without_marks(line).split()) for line in first.lines)
    if not all(map(_DATUM.match, below)):
        return ""
    return line if len(line) <= _LONGEST_TITLE and not _NO_TITLE.search(line) and not _DATUM.match(line) else ""
