"""From bytes to clean characters: encodings, line ends, and the invisible signs that other programs leave behind."""

from __future__ import annotations

import re
import unicodedata

from corpus.problems import Problem

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NEW_LINES = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_ODD = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffd-\uffff]"
)
"""Every character that the patterns above look for, so that a clean text is searched once."""
_MOJIBAKE = re.compile("Ã[¦¸¥©¼¶¤†˜…]|â€")
_NOT_TEXT = {
    b"PK\x03\x04": "a Word document or another zip file", b"%PDF": "a PDF", b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc)", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"SQLite": "a database", b"\x1f\x8b": "a compressed file", b"ID3": "a sound recording", b"RIFF": "a recording",
}  # fmt: skip


def what_it_is(data: bytes) -> str:
    """What a file that is not plain text seems to be, judged by its first bytes; empty where that is not known."""
    return next((said for magic, said in _NOT_TEXT.items() if data.startswith(magic)), "")


def decoded_text(data: bytes, file: str) -> tuple[str | None, list[str], list[Problem]]:
    """The text in `data`, what had to be repaired, and the faults; no text where it cannot be read without guessing.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252, which is reported.
    """
    if kind := what_it_is(data):
        return _refused(file, 0, f"the file is {kind}, not plain text", "Give it its right suffix, or save it as text.")
    text, repairs, fault = _decoded(data)
    if text is None:
        return _refused(file, data.count(b"\n", 0, fault.start) + 1 if fault else 0, *_NO_ENCODING)
    if repairs and (found := _MOJIBAKE.search(text)):
        return _refused(
            file, text.count("\n", 0, found.start()) + 1, "part of the file is UTF-8 and part is not", _SAVE
        )
    clean, tidied = tidy_characters(text)
    if len(clean) < len(text):
        bad = _CONTROL.findall(text)
        if "\x00" in bad or len(bad) > max(10, len(text) // 1000):
            return _refused(
                file, 0, f"the file is not text: {_several(len(bad), 'control character')} found in it", _SAVE
            )
    return clean, [*repairs, *tidied], []


_SAVE = "Save the file as UTF-8 and import it again."
_NO_ENCODING = ("the file is neither UTF-8 nor UTF-16 nor Windows-1252 from here on", _SAVE)


def _refused(file: str, line: int, said: str, near: str) -> tuple[None, list[str], list[Problem]]:
    return None, [], [Problem(file, line, "unreadable-file", said, near)]


def _decoded(data: bytes) -> tuple[str | None, list[str], UnicodeDecodeError | None]:
    """The text, what is to be told of its encoding, and where decoding failed."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), ["the file was UTF-16; its text is kept as UTF-8"], None
        return data.removeprefix(b"\xef\xbb\xbf").decode(), [], None
    except UnicodeDecodeError as error:
        if error.encoding != "utf-8":
            return None, [], error
        line = data.count(b"\n", 0, error.start) + 1
    try:
        return data.decode("cp1252"), [f"line {line}: the file was not UTF-8 and was read as Windows-1252"], None
    except UnicodeDecodeError as error:
        return None, [], error


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


def _several(count: int, noun: str) -> str:
    return f"1 {noun} was" if count == 1 else f"{count} {noun}s were"
