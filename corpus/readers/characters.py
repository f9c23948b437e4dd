"""From bytes to clean characters: encodings, line ends, and the invisible signs that other programs leave behind."""

from __future__ import annotations

import re
import unicodedata

from corpus.problems import Problem
from corpus.readers.archives import MOST_CHARACTERS, MOST_PARAGRAPHS, TooMuch
from corpus.readers.contents import kind_of
from corpus.readers.encodings import decode

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NEW_LINES = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_ODD = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffd-\uffff]"
)
"""Every character that the patterns above look for, so that a clean text is searched once."""

SYMBOL_FONT = {0xE0: "→", 0xDF: "←", 0xB7: "•", 0x4A: "☺", 0xA7: "▪"}
"""Common signs of the fonts Symbol and Wingdings, by their byte; the others only the font knows."""
_OWN_MARKS = re.compile("(\ufdd0[^\ufdd1]*\ufdd1|[\ufdd2\ufdd3][\ufde0-\ufdef]*\ufdd4)")
"""The marks of footnotes, pages and times that readers put into their lines (`notes.marked`, `marks.page_mark`)."""
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef]+")


def what_it_is(data: bytes) -> str:
    """What a file that is not plain text seems to be, judged by what it holds; empty for text and the unknown."""
    kind = kind_of(data)
    return "" if kind is None or kind.suffix in (".html", ".srt", ".vtt") else kind.name


def decoded_text(
    data: bytes, file: str, encoding: str = "", declared: str = "", most: int = MOST_CHARACTERS
) -> tuple[str | None, list[str], list[Problem]]:
    """The text in `data`, what had to be repaired, and the faults; no text where it cannot be read without guessing.

    Its encoding is found by the bytes (`corpus.readers.encodings`), unless a researcher said it; `declared` is what the
    file says of itself. More than `most` characters are refused.
    """
    if kind := what_it_is(data):
        said = f"the file is {kind}, not plain text"
        return _refused(file, said, "Give it its right suffix, or save it as text.")
    decoded = decode(data, file, encoding, declared)
    if decoded.text is None:
        return None, [], list(decoded.problems)
    if len(decoded.text) > most:
        return _refused(file, str(TooMuch("characters")), "Import it in parts.")
    if decoded.text.count("\n") > MOST_PARAGRAPHS or decoded.text.count("\r") > MOST_PARAGRAPHS:
        return _refused(file, str(TooMuch("lines")), "Import it in parts.")
    clean, tidied = tidy_characters(decoded.text)
    if len(clean) < len(decoded.text):
        bad = _CONTROL.findall(decoded.text)
        if "\x00" in bad or len(bad) > max(10, len(decoded.text) // 1000):
            said = f"the file is not text: {_several(len(bad), 'control character')} found in it"
            problem = Problem(file, 0, "unreadable-file", said, "Save the file as UTF-8 and import it again.")
            return None, [], [*decoded.problems, problem]
    return clean, [*decoded.repairs, *tidied], list(decoded.problems)


def _refused(file: str, said: str, near: str) -> tuple[None, list[str], list[Problem]]:
    return None, [], [Problem(file, 0, "unreadable-file", said, near)]


def tidy_characters(text: str) -> tuple[str, list[str]]:
    """`text` in normal form C with LF line ends, ordinary spaces and nothing invisible; and what of that was told.

    Line ends, wide spaces, zero-width characters and soft hyphens are no words, and go without a report; characters
    that could hide damage are reported.
    """
    repairs = []
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        repairs.append("letters written as two characters (å as a + ring) became one (Unicode NFC)")
    if not _ODD.search(text):
        return text, repairs
    text = _INVISIBLE.sub("", _WIDE_SPACES.sub(" ", text.replace("\xad", "")))
    text = _NEW_LINES.sub("\n", text)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        text, count = _CONTROL.subn("", text)
        repairs.append(f"line {line}: {_several(count, 'control character')} taken out")
    if (place := text.find("\ufffd")) >= 0:
        line = text.count("\n", 0, place) + 1
        repairs.append(f"line {line}: letters that another program had already lost are shown as \ufffd")
    return text, repairs


def own_words(text: str) -> str:
    """`text` of a file without the signs that readers use for marks of their own."""
    return text if text.isascii() else _NO_CHARACTERS.sub("", text)


def tidy_words(text: str) -> tuple[str, list[str]]:
    """A paragraph as `tidy_characters` gives it, with the reader's own marks; and what was told, without lines."""
    if text.isascii() and not _ODD.search(text):
        return text, []
    told: dict[str, None] = {}
    parts = _OWN_MARKS.split(text)
    for index in range(0, len(parts), 2):
        parts[index], said = tidy_characters(parts[index])
        told |= dict.fromkeys(repair.split(": ", 1)[-1] for repair in said)
    return "".join(parts), list(told)


def _several(count: int, noun: str) -> str:
    return f"1 {noun} was" if count == 1 else f"{count} {noun}s were"
