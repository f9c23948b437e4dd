"""The lines of a guide as people write them: headings, lettered and numbered questions, bullets, paragraphs.

What a Word or PDF converter leaves behind is taken off: bold and italic marks, footnote marks, page numbers
and rules between pages. A question that runs over several lines, or was broken by a page, is one entry.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

Kind = Literal["heading", "lettered", "numbered", "bullet", "text"]

BOLD_RANK, PLAIN_RANK = 7, 8
"""Ranks of headings without `#`: a line that is bold throughout, and a plain line above questions."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NEW_LINE = re.compile(r"\r\n|\r|\n")
_ANCHOR = re.compile(r"\s*\{#([^{}\n]*)\}")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*$")
_BULLET = re.compile(r"[-*+•·–—]\s+(?=\S)")
_LETTERED = re.compile(
    r"\(?((?:\d{1,2}(?:\.\d{1,2})*\.?\s?)?[A-Za-zæøåÆØÅ])\s?[.)]\s+(?=\S)|(\d{1,2}[a-zæøå])\s+(?=\S)"
)
_NUMBERED = re.compile(
    r"(?:(?i:q|question|spørgsmål|sp|spm)\.?\s?)?\(?(\d{1,3}(?:\.\d{1,2})*)[.):](?:\s+)(?=\S)"
    r"|(\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)"
)
_NUMBER = re.compile(
    r"(?:(?i:afsnit|tema|del|emne|section|theme|part|topic)\s+)?"
    r"(?:(\d{1,2}(?:\.\d{1,2})*)[.):]?|([A-ZÆØÅ]|[IVX]{1,5})[.):])(?:\s*[-–:]\s+|\s+|$)"
)
_PAGE_BREAK = re.compile(
    r"(?:(?:[-*_]\s*){3,}|!\[[^\]]*\]\([^)]*\)|\{\d+\}[-\s]*|(?:(?i:side|page|s\.|p\.)\s*)?[-–]?\s*\d{1,4}\s*[-–]?"
    r"(?:\s*(?:/|(?i:af|of))\s*\d{1,4})?|\\(?:newpage|pagebreak))"
)
_MONTH = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b")
_OPEN_END = re.compile(
    r"(?:,|\b(?:og|eller|at|som|der|hvis|når|i|på|til|for|af|om|ved|med|en|et|den|det|de|er|har|kan"
    r"|and|or|that|which|if|when|in|on|to|of|about|with|a|an|the|is|are|has|can))$"
)
"""The end of a line after which its sentence must go on, though the next line begins with a capital."""
_FINISHED = re.compile(r"[.?!…:][)\]\"”’»'*]*$")


class Entry(msgspec.Struct, frozen=True):
    """One heading, question, bullet or paragraph, in plain words.

    `rank` is a heading's: 1–6 by its marks, then `BOLD_RANK` and `PLAIN_RANK`; 0 for all else. `label` is the
    number or letter as written. `ids` are what stands in `{#…}`. `line` is where it begins and `last` where
    it ends, 1-based.
    """

    kind: Kind
    text: str
    line: int
    last: int
    label: str = ""
    ids: tuple[str, ...] = ()
    rank: int = 0
    indent: int = 0

    @property
    def asks(self) -> bool:
        """Whether a question mark stands in it."""
        return "?" in self.text


def file_lines(text: str) -> list[str]:
    """The lines of `text`, whatever ends them, without their ends."""
    return _NEW_LINE.split(text)


def guide_entries(text: str) -> tuple[Entry, ...]:
    """Every heading, item and paragraph of `text`, in order. Comments (`<!-- … -->`) are passed over."""
    bare = _COMMENT.sub(lambda found: "\n" * len(_NEW_LINE.findall(found[0])), text.removeprefix("\ufeff"))
    entries: list[Entry] = []
    is_open = False
    for number, line in enumerate(file_lines(bare), 1):
        if is_open and _UNDERLINE.match(line) and entries[-1].kind == "text":
            entries[-1] = _underlined(entries[-1], line)
            is_open = False
        elif _is_blank(line):
            is_open = False
        else:
            before = entries[-1] if entries else None
            entry = _entry(line, number, before.text if before and is_open else "")
            if before and entry.kind == "text" and _goes_on(before, entry, is_open):
                entries[-1] = _joined(before, entry)
            else:
                entries.append(entry)
            is_open = entry.kind != "heading"
    return tuple(_with_plain_headings(entries))


def _is_blank(line: str) -> bool:
    """Whether the line has no words of the guide: empty, a rule, a picture or the number of a page."""
    words = plain_words(line)
    return not words or bool(_PAGE_BREAK.fullmatch(words) or _PAGE_BREAK.fullmatch(line.strip()))


def plain_words(line: str) -> str:
    """`line` without inline marks: bold, italics, code, links, footnote marks, tags, entities."""
    line = re.sub(r"<sup>\s*[\d,* ]*\s*</sup>|\[\^[^\]]*\]", "", line, flags=re.IGNORECASE)
    line = re.sub(r"</?[A-Za-z][^<>]*>", " " if "<br" in line.lower() else "", line)
    line = re.sub(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1", line)
    line = re.sub(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}", "", line)
    line = re.sub(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)", "", line)
    line = re.sub(r"\\([\\`*_{}\[\]()#+.!>~-])", r"\1", line.replace("`", ""))
    return " ".join(html.unescape(line).replace("\xad", "").split())


def number_and_title(heading: str) -> tuple[str, str]:
    """`3. Economy` → (`3`, `Economy`); a heading without a number gives an empty one."""
    found = _NUMBER.match(heading)
    return ((found[1] or found[2]).strip(), heading[found.end() :].strip()) if found else ("", heading)


def is_finished(text: str) -> bool:
    """Whether a sentence ends where `text` ends."""
    return bool(_FINISHED.search(text))


def _entry(line: str, number: int, before: str) -> Entry:
    """The entry that begins on this line, or a line of text; `before` is the paragraph that it stands in."""
    ids = tuple(found.strip() for found in _ANCHOR.findall(line))
    line = _ANCHOR.sub("", line).replace("\xa0", " ")
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    line = re.sub(r"^\s*(?:>\s*)+", "", line)
    if marked := _HEADING.match(line):
        words = plain_words(marked[2] or "")
        return Entry("heading", words, number, number, ids=ids, rank=len(marked[1]))
    # Marks can hide a label from the patterns (`**a.** Text`), but a bullet can look like a mark itself.
    bullet = _BULLET.match(line.lstrip())
    words = plain_words(line.lstrip()[bullet.end() :] if bullet else line)
    if label := _LETTERED.match(words):
        said = re.sub(r"[.\s](?=[^\d.\s])", "", label[1] or label[2])
        return Entry("lettered", words[label.end() :], number, number, said, ids, indent=indent)
    if (label := _NUMBERED.match(words)) and not _is_ordinal(words[label.end() :], before):
        if _is_bold(line) and not words.endswith("?"):
            return Entry("heading", words, number, number, ids=ids, rank=BOLD_RANK)
        return Entry("numbered", words[label.end() :], number, number, label[1] or label[2], ids, indent=indent)
    if bullet:
        return Entry("bullet", words, number, number, ids=ids, indent=indent)
    if _is_bold(line) and not before and len(words) <= 120 and not words.endswith(("?", ",")):
        return Entry("heading", words, number, number, ids=ids, rank=BOLD_RANK)
    return Entry("text", words, number, number, ids=ids, indent=indent)


def _is_ordinal(after: str, before: str) -> bool:
    """Whether a number that begins a line is that of `1. januar`, or stands in the middle of a sentence."""
    return bool(_MONTH.match(after)) or (after[0].islower() and bool(before) and not is_finished(before))


def _is_bold(line: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:(\*\*|__)(?:(?!\1).)+\1|<(b|strong)>.+</\2>)\s*", line))


def _underlined(entry: Entry, line: str) -> Entry:
    """A line of text with `===` or `---` directly below it: a heading of the first or second rank."""
    if entry.line != entry.last:
        return entry
    return msgspec.structs.replace(entry, kind="heading", rank=1 if "=" in line else 2)


def _goes_on(before: Entry, entry: Entry, is_open: bool) -> bool:
    """Whether the line `entry` belongs to `before`: as the next line, or as the rest of a broken sentence."""
    if before.kind == "heading":
        return not entry.text
    if is_open or not entry.text:
        return True
    if before.kind == "text" or before.ids or is_finished(before.text):
        return False
    return entry.text[:1].islower() or bool(_OPEN_END.search(before.text)) or entry.text.startswith("I ")


def _joined(before: Entry, entry: Entry) -> Entry:
    return msgspec.structs.replace(
        before, text=join_words(before.text, entry.text), last=entry.last, ids=before.ids + entry.ids
    )


def join_words(before: str, after: str) -> str:
    """Two parts of a text with a space between, or as one word where a hyphen had divided it."""
    divided = re.search(r"[a-zæøåéü]-$", before)
    if divided and after[:1].islower() and not re.match(r"(?:og|eller|and|or|und|oder)\b", after):
        return before[:-1] + after
    return f"{before} {after}".strip()


def _with_plain_headings(entries: list[Entry]) -> Iterator[Entry]:
    """Lines above a list of questions that are its heading, though nothing marks them as one.

    `2. Economy` is one where lettered questions follow; in a text without any marked heading, so is a short
    line without a full stop.
    """
    has_marks = any(entry.kind == "heading" and entry.rank < PLAIN_RANK for entry in entries)
    items: list[Entry | None] = [None]
    for entry in reversed(entries):
        items.append(items[-1] if entry.kind == "text" else entry)
    for entry, item, below in zip(entries, items[-2::-1], [*entries, None][1:], strict=True):
        if item and item.kind == "lettered" and _is_above_letters(entry) and not item.label.isupper():
            said = f"{entry.label}. {entry.text}"
            yield msgspec.structs.replace(entry, kind="heading", text=said, label="", rank=PLAIN_RANK)
        elif not has_marks and _is_plain_heading(entry) and below and below.kind not in ("text", "heading"):
            yield msgspec.structs.replace(entry, kind="heading", rank=PLAIN_RANK)
        else:
            yield entry


def _is_above_letters(entry: Entry) -> bool:
    is_numbered = entry.kind == "numbered" or (entry.kind == "lettered" and entry.label.isupper())
    return is_numbered and not entry.asks and not entry.ids


def _is_plain_heading(entry: Entry) -> bool:
    is_short = entry.line == entry.last and 0 < len(entry.text) <= 80
    return entry.kind == "text" and is_short and not entry.text.endswith((".", "?", "!", ";", ",", "…"))
