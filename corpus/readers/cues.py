"""Subtitles as a transcript: cues put together to turns and paragraphs, with the time at which each of them begins.

Srt and WebVTT files differ in their headers only, and programs write either in ways that fit neither: both are read
here. A cue is a few words from one second to another. Speakers are named by `<v Name>` (Teams), by `Name:` in front of
the words (Zoom), or not at all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from corpus.readers.blocks import Block, Repair, shortened
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.marks import split_at_beginning, time_mark
from corpus.readers.sentences import Vocabulary, is_open, seam
from corpus.readers.speakers import Speakers, find_speakers, labels_of_most
from corpus.readers.stamps import seconds_in
from corpus.readers.times import is_name

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"[ \t]*({_CLOCK})[ \t]*-{{1,2}}>[ \t]*({_CLOCK})(?:[ \t]+(?!-{{1,2}}>)(.*))?$")
_SETTINGS = re.compile(r"(?:[A-Za-z]\w*:\S*[ \t]*)*$")
_TIMED_LINE = re.compile(rf"^[ \t]*\[({_CLOCK}[ \t]*-{{1,2}}>[ \t]*{_CLOCK})\][ \t]*(\S.*)$", re.MULTILINE)
"""A time and words on one line, as Whisper prints them."""
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_HEADER = re.compile(r"(?:WEBVTT\b.*|(?:Kind|Language|X-TIMESTAMP-MAP)[:=].*)$")
_ZOOM_ID = re.compile(r"\d+\s+\"([^\"]{1,60})\"\s+\(\d+\)\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]{1,200})>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|em|strong|ruby|rt|lang|font|span)(?:[.\s][^<>]{0,200})?/?>|<\d[\d:.,]{3,20}>|\{\\[^{}]{1,60}\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TYPED_OUT = re.compile(r"<\d[\d:.,]{3,20}>")
_OTHER_VOICE = re.compile(r"\A(?:-[ \t]*(?=\S)|–[ \t]+|>>[ \t]*)")
_PAUSE = 2.5
"""Seconds of silence that begin a new paragraph."""
_LONG = 700
"""Characters above which a paragraph ends with the next sentence."""
_TOO_LONG = 1200
"""Characters above which it ends without one: automatic captions have no full stops."""
_STEP = 10.0
"""Seconds between two times that are kept inside a paragraph."""


class Cue(msgspec.Struct, frozen=True):
    """Some lines that are spoken from `start` to `end` (seconds). `speaker` is empty where the file does not say."""

    start: float
    end: float
    lines: tuple[str, ...]
    at: int
    speaker: str = ""
    typed_out: bool = False


class _Paragraph(msgspec.Struct):
    """A paragraph being put together."""

    speaker: str
    at: int
    pieces: list[str]
    end: float
    marked: float
    length: int = 0


def document_from_cues(text: str, repairs: Iterable[Repair]) -> Document | None:
    """The transcript that a file of subtitles holds; None where there is no cue in it."""
    cues, before, faults = _cues(_TIMED_LINE.sub(r"\1\n\2", text).split("\n"))
    if not cues:
        return None
    told = [*repairs, *faults]
    cues, said = _without_repetition(cues)
    told += said
    cues, names = _with_speakers(cues)
    blocks = [Block("text", (line,), 1, turn=True) for line in before] + _blocks(cues)
    made = "1 paragraph" if len(blocks) == 1 else f"{len(blocks):,} paragraphs"
    told.append((0, f"cues ({len(cues):,}) were put together to {made}; their times are kept beside the text"))
    return document_from_blocks(blocks, told, speakers=Speakers(names))


def holds_cues(text: str) -> bool:
    """Whether plain text is one of subtitles: many of its lines say from when to when the words are spoken."""
    if "->" not in text:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    timings = sum(bool(_TIMING.match(line) or _TIMED_LINE.match(line)) for line in lines if "->" in line)
    return timings > 1 and timings >= 0.25 * len(lines)


# From lines to cues


def _cues(lines: Sequence[str]) -> tuple[list[Cue], list[str], list[Repair]]:
    """The cues in order, words that stand before the first, and the times that make no sense.

    A line with `-->` is never words (WebVTT 4.1). None are returned where not one of them says when a cue begins.
    """
    timings = [(i, _TIMING.match(line)) for i, line in enumerate(lines) if "->" in line]
    timings = [(i, timing) for i, timing in timings if timing or ("-->" in lines[i] and not _ASIDE.match(lines[i]))]
    if all(timing is None or seconds_in(timing[1]) is None for _, timing in timings):
        return [], [], []
    has_ids = any(line.startswith("WEBVTT") for line in lines[:3])
    begins = [_first_line(lines, i, has_ids) for i, _ in timings]
    before = [line for line in _words_of(lines[: begins[0]], 0) if not _HEADER.match(line)]
    cues: list[Cue] = []
    faults: list[Repair] = []
    for (i, timing), first, stop in zip(timings, begins, [*begins[1:], len(lines)], strict=True):
        start, end, fault = _from_to(timing, cues[-1].end if cues else 0.0)
        faults += [(i + 1, f"»{shortened(lines[i].strip())}« {fault}")] if fault else []
        label = _ZOOM_ID.match(lines[first]) if first < i else None
        beside = [timing[3]] if timing and timing[3] and not _SETTINGS.match(timing[3]) else []
        said = [*beside, *_words_of(lines[i + 1 : stop], i + 1)]
        cues += _by_voice(said, start, end, i + 1, label[1] if label else "")
    return cues, before, faults


def _from_to(timing: re.Match[str] | None, before: float) -> tuple[float, float, str]:
    """From when to when a cue is spoken (seconds), and what is wrong with the line that says so.

    `before` is when the cue before it ends: a cue without a time of its own is taken to come right then.
    """
    start, end = (seconds_in(timing[1]), seconds_in(timing[2])) if timing else (None, None)
    if start is None:
        return before, before, "is no time: the words below it were put behind those of the cue before"
    if end is None:
        return start, start, "does not say when the words below it end"
    return start, max(start, end), "ends before it begins" if end < start else ""


def _first_line(lines: Sequence[str], timing: int, has_ids: bool) -> int:
    """The line with which a cue begins: that of its number, if it has one, or in WebVTT of its id (one word)."""
    above = lines[timing - 1].strip() if timing else ""
    alone = timing < 2 or not lines[timing - 2].strip()
    is_id = has_ids and alone and " " not in above and not _ASIDE.match(above) and not _HEADER.match(above)
    return timing - 1 if above.isdigit() or (above and is_id) or _ZOOM_ID.match(above) else timing


def _words_of(lines: Sequence[str], at: int) -> list[str]:
    """The lines with words, without notes and styles: those go from a line that says so to the next blank one."""
    kept = []
    aside = False
    for index, line in enumerate(lines):
        line = line.strip()
        blank_above = index == 0 or not lines[index - 1].strip()
        aside = bool(line) and (aside or bool((at == 0 or index) and blank_above and _ASIDE.match(line)))
        if line and not aside and "-->" not in line:
            kept.append(line)
    return kept


def _by_voice(lines: Sequence[str], start: float, end: float, at: int, speaker: str) -> list[Cue]:
    """The cue, or one for each voice in it: `<v Anna>Ja</v> <v Bo>Nej</v>`."""
    text = _BREAK.sub("\n", "\n".join(lines))
    typed_out = "<" in text and bool(_TYPED_OUT.search(text))
    pieces = _VOICE.split(text) if "<v" in text.lower() else [text]
    voices = [(speaker, pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    cues = []
    for voice, said in voices:
        clean = tuple(filter(None, (" ".join(_plain(line).split()) for line in said.split("\n"))))
        name = " ".join(_plain(voice).replace(":", " ").split())
        if clean:
            cues.append(Cue(start, end, clean, at, name, typed_out))
    return cues


def _plain(line: str) -> str:
    """A line without tags, its entities resolved."""
    line = _TAG.sub("", line) if "<" in line or "{" in line else line
    return html.unescape(line) if "&" in line else line


# From cues to paragraphs


def _without_repetition(cues: Sequence[Cue]) -> tuple[list[Cue], list[Repair]]:
    """`cues` without the lines that live captions show again above each new one (YouTube), where they do so."""
    again = [_shown_again(one, other) for one, other in pairwise(cues)]
    whole = sum(bool(n) for n in again)
    rolls = any(cue.typed_out for cue in cues) or (whole >= 3 and whole >= 0.6 * len(again) and _grows(cues, again))
    if not rolls or not whole:
        return list(cues), []
    kept = [cues[0]]
    for cue, n in zip(cues[1:], again, strict=True):
        left = tuple(filter(None, (" ".join(cue.lines)[n:].strip(),)))
        if left:
            kept.append(msgspec.structs.replace(cue, lines=left))
    return kept, [(0, f"the captions repeat each line until it scrolls away: {whole:,} repetitions were left out")]


def _grows(cues: Sequence[Cue], again: Sequence[int]) -> bool:
    """Whether new words follow the repeated ones at least now and then; `Ja.` after `Ja.` is spoken twice."""
    return any(0 < n < len(" ".join(cue.lines)) for cue, n in zip(cues[1:], again, strict=True))


def _shown_again(one: Cue, other: Cue) -> int:
    """How many characters at the beginning of `other` were on the screen in `one` already."""
    if other.start > one.end + 0.1 or one.speaker != other.speaker:
        return 0
    for n in range(min(len(one.lines), len(other.lines), 8), 0, -1):
        if one.lines[-n:] == other.lines[:n]:
            return len(" ".join(other.lines[:n]))
    before, now = " ".join(one.lines), " ".join(other.lines)
    return len(before) if now.startswith(f"{before} ") else 0


def _with_speakers(cues: Sequence[Cue]) -> tuple[list[Cue], tuple[str, ...]]:
    """`cues` with their speakers, also those that stand in front of the words; and the names in order."""
    names = tuple(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
    if not names:
        lines = [" ".join(cue.lines) for cue in cues]
        names = labels_of_most(lines) or find_speakers([part for line in lines for part in (line, "")]).names
        cues = [_with_label(cue, Speakers(names)) for cue in cues] if names else _with_names_above(cues)
        names = tuple(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
    named = []
    speaker = ""
    for cue in cues:
        speaker = cue.speaker or speaker
        named.append(msgspec.structs.replace(cue, speaker=speaker))
    return named, names


def _with_names_above(cues: Sequence[Cue]) -> list[Cue]:
    """`cues` with their first lines as speakers, where most of these are the same few names (Teams before 2022)."""
    above = [cue.lines[0] for cue in cues if len(cue.lines) > 1 and is_name(cue.lines[0])]
    if len(above) < 2 or len(above) < 0.6 * len(cues) or len(set(above)) > max(2, len(above) / 2):
        return list(cues)
    names = set(above)
    return [
        msgspec.structs.replace(cue, speaker=cue.lines[0].rstrip(":"), lines=cue.lines[1:])
        if cue.lines[0] in names and len(cue.lines) > 1
        else cue
        for cue in cues
    ]


def _with_label(cue: Cue, speakers: Speakers) -> Cue:
    label = speakers.label(_OTHER_VOICE.sub("", cue.lines[0], count=1))
    if label is None:
        return cue
    lines = tuple(filter(None, (label[1], *cue.lines[1:])))
    return msgspec.structs.replace(cue, speaker=label[0], lines=lines)


def _blocks(cues: Sequence[Cue]) -> list[Block]:
    """The turns and paragraphs that `cues` make; a turn begins with its speaker's name."""
    vocabulary = Vocabulary(tuple(line for cue in cues for line in cue.lines))
    paragraphs: list[_Paragraph] = []
    for cue in cues:
        for line in cue.lines:
            last = paragraphs[-1] if paragraphs else None
            if last is None or _begins_paragraph(last, cue, line):
                paragraphs.append(_Paragraph(cue.speaker, cue.at, [], cue.end, -_STEP))
            _add(paragraphs[-1], cue, line, vocabulary)
    blocks = []
    speaker = ""
    for paragraph in filter(lambda p: p.pieces, paragraphs):
        text = "".join(paragraph.pieces)
        if paragraph.speaker and paragraph.speaker != speaker:
            speaker = paragraph.speaker
            mark, words = split_at_beginning(text)
            text = f"{mark}{speaker}: {words}"
        blocks.append(Block("text", (text,), paragraph.at, turn=True))
    return blocks


def _begins_paragraph(last: _Paragraph, cue: Cue, line: str) -> bool:
    if cue.speaker != last.speaker or _OTHER_VOICE.match(line):
        return True
    open_ = bool(last.pieces) and is_open(last.pieces[-1])
    if last.length > _TOO_LONG or (last.length > _LONG and not open_):
        return True
    pause = cue.start - last.end
    return pause >= _PAUSE and (not open_ or not line[:1].islower() or pause >= 2 * _PAUSE)


def _add(paragraph: _Paragraph, cue: Cue, line: str, vocabulary: Vocabulary) -> None:
    """Put the words of a cue behind those that are there, with its time now and then."""
    line = line.removeprefix(">>").lstrip()
    if paragraph.pieces:
        left = paragraph.pieces[-1]
        drop, space = seam(left, line, vocabulary)
        paragraph.pieces[-1] = left[: len(left) - drop]
        paragraph.pieces.append(space)
    if cue.start >= paragraph.marked + _STEP or not paragraph.pieces:
        paragraph.pieces.append(time_mark(cue.start))
        paragraph.marked = cue.start
    paragraph.pieces.append(line)
    paragraph.length += len(line) + 1
    paragraph.end = max(paragraph.end, cue.end)
