"""What cells of a coding sheet hold: text as spreadsheet programs can keep it, and memos of several codes
in one cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from coding.coding import Coding
from coding.sheet_words import WORDS, SheetWords
from corpus.files import sha256

CELL_LIMIT = 32_767
"""Characters that a cell of Excel can hold."""

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED_RETURN = re.compile(r"(?<!_x005F)_x000D_")
_ESCAPED_UNDERSCORE = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_OFFICE_ESCAPE = re.compile(r"_(?:x005F_)?x[0-9A-Fa-f]{4}_")
_NOTE = re.compile(r"(?:Afsnit|Paragraph) (\d+) \(»(.*?)«\): (.*)", re.DOTALL)


def shown(text: str) -> str:
    """`text` as a cell can hold it: without the characters that XML forbids, and not longer than a cell."""
    text = _NOT_XML.sub("", text)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def tidy(text: str) -> str:
    """A cell's text as a person means it: normal form C, LF line ends, no blanks at the ends of lines.

    `_x000D_` is how some programs keep a carriage return, `_x005F_` how they keep the `_` of such a word.
    """
    text = _ESCAPED_UNDERSCORE.sub("_", _ESCAPED_RETURN.sub("", text))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def as_cell(text: str) -> str:
    """A memo as a cell holds it, so that what was not touched is equal."""
    return tidy(shown(text))


def fingerprint(words: str) -> str:
    """A short digest of a paragraph as shown, the same after a spreadsheet program has saved it.

    White space and the escapes by which such programs keep odd characters (`_x000D_`) do not count.
    """
    plain = _OFFICE_ESCAPE.sub("", unicodedata.normalize("NFC", shown(words)))
    return sha256("".join(plain.split()))[:16]


def memo_cell(codings: Sequence[Coding], notes: Sequence[str], words: SheetWords) -> str:
    """What a memo cell shows: one text if all codes of the row have the same memo, else `code: memo` lines.

    Notes on the paragraph itself stand alone where there is no code, else after `Paragraph:`.
    """
    by_code: dict[str, list[str]] = {}
    for coding in codings:
        memos = by_code.setdefault(coding.code, [])
        if coding.memo and coding.memo not in memos:
            memos.append(coding.memo)
    joined = {code: " | ".join(memos) for code, memos in by_code.items()}
    if len(set(joined.values())) == 1:
        parts = [next(iter(joined.values()))]
    else:
        parts = [f"{code}: {memo}" for code, memo in joined.items() if memo]
    if notes:
        note = "\n".join(notes)
        parts.append(f"{words.paragraph}: {note}" if codings else note)
    return "\n".join(filter(None, parts))


def memos_by_code(cell: str, codes: Iterable[str]) -> dict[str, str]:
    """A memo cell taken apart: code → its memo, and "" → the note on the paragraph; empty ones are left out.

    A line that begins with the id of one of the row's `codes` and a colon starts that code's memo, `Afsnit:`
    or `Paragraph:` the note on the paragraph. Other text is the memo of every code without one of its own, or
    the note on the paragraph where there is no code.
    """
    codes = tuple(codes)
    keys = {w.paragraph.casefold(): "" for w in WORDS.values()} | {code.casefold(): code for code in codes}
    parts: dict[str | None, list[str]] = {None: []}
    key: str | None = None
    for line in tidy(cell).split("\n"):
        start, colon, rest = line.partition(":")
        if colon and start.strip().casefold() in keys:
            key, line = keys[start.strip().casefold()], rest.strip()
        parts.setdefault(key, []).append(line)
    texts = {key: "\n".join(lines).strip() for key, lines in parts.items()}
    common = texts.pop(None)
    if not codes:
        whole = "\n".join(filter(None, (common, *texts.values())))
        return {"": whole} if whole else {}
    spread = dict.fromkeys(codes, common) | {key: text for key, text in texts.items() if key is not None}
    return {key: text for key, text in spread.items() if text}


def note_on_paragraph(words: SheetWords, number: int, text: str, note: str) -> str:
    """The memo on the source that keeps a note on a paragraph without a code: number, first words, note."""
    return f"{words.paragraph} {number} (»{_opening(text)}«): {note}"


def _opening(text: str) -> str:
    """The first words of a paragraph, about forty characters, on one line."""
    one_line = " ".join(shown(text).split())
    return one_line if len(one_line) <= 40 else (one_line[:40].rpartition(" ")[0] or one_line[:40]) + " …"


def note_of(memo: str, paragraphs: Mapping[int, str]) -> tuple[int, str] | None:
    """The paragraph that a memo on the source is a note on, and the note; None if it is about the whole
    source.

    `paragraphs` is number → words. The number and the first words must fit each other; after an edit of the
    source the first words alone decide, if one paragraph only begins with them.
    """
    if not (match := _NOTE.fullmatch(memo)):
        return None
    number, opening, note = int(match[1]), match[2], match[3]
    same = [n for n, words in paragraphs.items() if _opening(words) == opening]
    if number in same:
        return number, note
    return (same[0], note) if len(same) == 1 else None
