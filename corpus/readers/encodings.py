"""The encoding of plain text: how its bytes become letters, found by the bytes themselves where nobody says it.

UTF-8 proves itself; UTF-16 and UTF-32 show by their zeros. The encodings of one byte a letter (Windows, DOS, Mac) can
all decode anything, so the one is taken whose letters and signs are likely where they stand, in a language that the
other words belong to (`corpus.readers.plausible`). Where two are about equally likely, both are named.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec

from corpus.problems import Problem, did_you_mean, hint

ENCODING_NAMES = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252", "iso8859-15": "ISO-8859-15", "mac_roman": "MacRoman", "cp865": "DOS (cp865)",
    "cp850": "DOS (cp850)", "cp1250": "Windows-1250", "iso8859-2": "ISO-8859-2",
}  # fmt: skip
"""Encoding as Python calls it → its name in a sentence. Those of one byte a letter stand in the order of preference."""

ONE_BYTE = ("cp1252", "iso8859-15", "mac_roman", "cp865", "cp850", "cp1250", "iso8859-2")
"""The encodings that statistics choose from. ISO-8859-1 is read as Windows-1252, which holds all its letters."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_UTF8_IN_PART = re.compile(rb"\xc3[\xa6\xb8\xa5\xa9\xbc\xb6\xa4\x86\x98\x85]|\xe2\x80")
"""æ ø å é ü ö ä Æ Ø Å, quotes and dashes in UTF-8; as letters of one byte each they make no word in any language."""
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF7 = re.compile(rb"\+A[M-P][AEIMQUYcgkosw048]-")
"""A letter from À to ÿ in UTF-7."""
_SEVEN_BITS = ("utf-7", "hz")
_ASCII, _LETTER = re.compile(rb"[\t\n\r -~]"), re.compile(rb"[A-Za-z]")
_LOW, _EVERY_BYTE = bytes(range(32, 127)), bytes(range(256))
_MOSTLY = 0.7
_SAMPLE = 200_000
_PIECES = 20
_MOST_WORDS, _REACH = 4, 20
_BEFORE, _AFTER = re.compile(rb"[^ \t\r\n]*\Z"), re.compile(rb"[^ \t\r\n]*")
_SAVE = "Save the file as UTF-8 and import it again."


class Decoded(msgspec.Struct, frozen=True):
    """A text and how it was decoded. `text` is None where that cannot be done without guessing; `problems` say why."""

    text: str | None
    repairs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file: str, encoding: str = "", declared: str = "") -> Decoded:
    """The text in `data`. A researcher's `encoding` is obeyed; otherwise the bytes themselves tell it.

    `declared` is what the file says of itself; it counts where the bytes are not UTF-8 and can be read so.

    Every encoding but UTF-8 is told in `repairs`. A choice that could be wrong is a problem `uncertain-encoding` beside
    the text.
    """
    if encoding:
        return _decoded_as_said(data, file, encoding)
    found, skip = wide_encoding(data)
    if found:
        return _decoded_as_found(data[skip:], file, found)
    try:
        return Decoded(data.decode(), (), tuple(_doubts_of_utf7(data, file)))
    except UnicodeDecodeError as error:
        return _decoded_as_declared(data, declared) or _decoded_by_statistics(data, file, error)


def _decoded_as_declared(data: bytes, declared: str) -> Decoded | None:
    """The text in the encoding that the file names; None where it names none that fits."""
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": ""}.get(
        known_encoding(declared), known_encoding(declared)
    )
    if not name or not _can_decode(data, name):
        return None
    told = f"the file was {ENCODING_NAMES.get(name, name)}, as it says; its text is kept as UTF-8"
    return Decoded(data.decode(name), (told,))


def known_encoding(name: str) -> str:
    """Python's name of an encoding of text; empty where there is none."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if name and found._is_text_encoding else ""


def beginning(head: bytes) -> str:
    """The first characters of a file, to see what kind of text it is; letters beyond ASCII may be wrong."""
    found, skip = wide_encoding(head)
    text = head[skip:].decode(found or "latin-1", "ignore").lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wide_encoding(data: bytes) -> tuple[str, int]:
    """UTF-8, UTF-16 or UTF-32 as a byte order mark or the zeros beside Latin letters show it, and the mark's length.

    Empty where neither does.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    head = data[:4000]
    if len(head) < 4 or b"\x00" not in head:
        return "", 0
    zeros = [head[start::4].count(0) / max(1, len(head[start::4])) for start in range(4)]
    most, few = 0.7, 0.1
    if min(zeros[1:]) > most and zeros[0] < few:
        return "utf-32-le", 0
    if min(zeros[:3]) > most and zeros[3] < few:
        return "utf-32-be", 0
    if min(zeros[1], zeros[3]) > most and max(zeros[0], zeros[2]) < few:
        return "utf-16-le", 0
    if min(zeros[0], zeros[2]) > most and max(zeros[1], zeros[3]) < few:
        return "utf-16-be", 0
    return "", 0


def _decoded_as_said(data: bytes, file: str, encoding: str) -> Decoded:
    name = known_encoding(encoding)
    if not name:
        near = hint(did_you_mean(encoding, ENCODING_NAMES), f"Known are {', '.join(ENCODING_NAMES)} and more.")
        return _refused(file, 0, f"there is no encoding '{encoding}'", near)
    found, skip = wide_encoding(data)
    wide = found if skip and name.startswith(found[:6].rstrip("-")) else ""
    try:
        text = data[skip:].decode(wide) if wide else data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = f"the file is not {encoding}: the byte {data[error.start]:02X} is no letter there"
        return _refused(file, line, said, "Name another --encoding, or leave the option out.")
    told = f"the file was read as {ENCODING_NAMES.get(name, name)}, as was asked for"
    return Decoded(text, () if data.isascii() else (told,), tuple(_doubts_of_said(data, file, name)))


def _doubts_of_said(data: bytes, file: str, said: str) -> list[Problem]:
    """A warning where the bytes clearly speak against the encoding that was asked for."""
    other = likelier_encoding(data, said)
    if not other:
        return []
    first = _HIGH.search(data)
    line = data.count(b"\n", 0, first.start()) + 1 if first else 0
    differ = (window for window in _windows(data) if window.decode(said, "replace") != window.decode(other, "replace"))
    words = _words(data, differ, said, other) if first and _holds_ascii(said) and _holds_ascii(other) else ()
    name = ENCODING_NAMES.get(said, said)
    said_of_it = f"the file was read as {name}, as was asked for, but it looks like {ENCODING_NAMES[other]}"
    near = f"Look at the words. If they are wrong, import it again without --encoding, or with --encoding {other}."
    return [Problem(file, line, "uncertain-encoding", f"{said_of_it}: {_pairs(words)}" if words else said_of_it, near)]


def likelier_encoding(data: bytes, said: str) -> str:
    """The encoding that `data` is in, where its bytes prove that or make it much likelier than the one that is `said`.

    Empty where they do not, or where both read the same words.
    """
    said = known_encoding(said)
    other = _likelier(data, said) if said else ""
    skip = wide_encoding(data)[1]
    texts = [part.decode(name, "replace") for part, name in ((data, said), (data[skip:], other)) if name]
    return other if len({text.lstrip("\ufeff") for text in texts}) > 1 else ""


def _likelier(data: bytes, said: str) -> str:
    if said in _SEVEN_BITS or said.startswith("iso2022"):
        return ""
    found, skip = wide_encoding(data)
    if found:
        return found if _can_decode(data[skip:], found) else ""
    if _can_decode(data, "utf-8"):
        return "utf-8"
    guess = guessed(data)
    if guess is None:
        return ""
    if not _holds_ascii(said):
        return guess.encoding if len(_ASCII.findall(data)) > _MOSTLY * len(data) else ""
    return _likelier_by_statistics(data, said)


def _likelier_by_statistics(data: bytes, said: str) -> str:
    """The encoding of one byte a letter that is much likelier; empty where none is, and for texts in other scripts."""
    from corpus.readers.plausible import much_likelier

    sample = _sample(data)
    if len(_EVERY_BYTE.decode(said, "replace")) != len(_EVERY_BYTE) or _is_in_other_script(sample, said):
        return ""
    possible = [encoding for encoding in ONE_BYTE if _can_decode(data, encoding)]
    return much_likelier(_windows(data), sample, said, possible)


def _is_in_other_script(sample: bytes, encoding: str) -> bool:
    """Whether most letters are none of a-z: the statistics know nothing of Greek or Cyrillic."""
    high = b"".join(_HIGH.findall(sample)).decode(encoding, "replace")
    return sum(map(str.isalpha, high)) > len(_LETTER.findall(sample))


def _holds_ascii(encoding: str) -> bool:
    """Whether bytes below 128 are ASCII in this encoding."""
    return _LOW.decode(encoding, "replace") == _LOW.decode("ascii")


def _doubts_of_utf7(data: bytes, file: str) -> list[Problem]:
    """A warning where text of ASCII alone holds letters as UTF-7 writes them."""
    found = list(islice(_UTF7.finditer(data), 100)) if b"+A" in data and data.isascii() else []
    if len(found) < 2:
        return []
    pairs = dict.fromkeys((letter[0].decode(), letter[0].decode("utf-7", "replace")) for letter in found)
    said = f"it is not certain that the file is UTF-8: as UTF-7 {_pairs(tuple(pairs)[:_MOST_WORDS])}"
    line = data.count(b"\n", 0, found[0].start()) + 1
    return [Problem(file, line, "uncertain-encoding", said, "Look at the words. If that is right: --encoding utf-7")]


def _decoded_as_found(data: bytes, file: str, encoding: str) -> Decoded:
    name = ENCODING_NAMES[encoding]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decoded_by_statistics(data, file, error)
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        said = f"the file is {name} and ends in the middle of a letter, or is damaged from here on"
        return _refused(file, line, said, "Look whether it was copied whole, or save it as UTF-8.")
    return Decoded(text, () if encoding == "utf-8" else (f"the file was {name}; its text is kept as UTF-8",))


def _decoded_by_statistics(data: bytes, file: str, fault: UnicodeDecodeError) -> Decoded:
    """Text in an encoding of one byte a letter; `fault` is where it turned out not to be UTF-8."""
    line = data.count(b"\n", 0, fault.start) + 1
    if found := _UTF8_IN_PART.search(data):
        first = min(found.start(), fault.start)
        at = data.count(b"\n", 0, max(found.start(), fault.start)) + 1
        before = "UTF-8" if first == found.start() else "not"
        said = f"part of the file is UTF-8 and part is not (before this line it is {before})"
        return _refused(file, at, said, _SAVE)
    guess = guessed(data)
    if guess is None:
        return _refused(file, line, "the file is in no encoding that is known here", _SAVE)
    text = data.decode(guess.encoding)
    told = f"line {line}: the file was not UTF-8 and was read as {ENCODING_NAMES[guess.encoding]}"
    return Decoded(text, (told,), tuple(_doubts(guess, file, line)))


def _refused(file: str, line: int, said: str, near: str) -> Decoded:
    return Decoded(None, (), (Problem(file, line, "unreadable-file", said, near),))


class Guess(msgspec.Struct, frozen=True):
    """The likeliest encoding, and others that read some words in another way that is not much less likely.

    `others` holds, for each of these, its name and up to four pairs of words: as they are read, as they would be.
    """

    encoding: str
    others: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def _doubts(guess: Guess, file: str, line: int) -> list[Problem]:
    if not guess.others:
        return []
    ways = [f"as {ENCODING_NAMES[other]} {_pairs(words)}" for other, words in guess.others]
    said = f"it is not certain that the file is {ENCODING_NAMES[guess.encoding]}: {'; '.join(ways)}"
    names = " or ".join(f"--encoding {other}" for other, _ in guess.others)
    return [Problem(file, line, "uncertain-encoding", said, f"Look at the words. If another reading is right: {names}")]


def _pairs(words: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"»{_visible(here)}« would be »{_visible(there)}«" for here, there in words)


def _visible(word: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in word)


def guessed(data: bytes) -> Guess | None:
    """The likeliest encoding of one byte a letter for `data`; None where none can decode it."""
    from corpus.readers.plausible import best_encodings

    sample = _sample(data)
    windows = _windows(data)
    possible = [encoding for encoding in ONE_BYTE if _can_decode(data, encoding)]
    if not possible:
        return None
    best, rivals = best_encodings(windows, sample, possible)
    others = ((rival, _words(data, windows, best, rival)) for rival, windows in rivals.items())
    return Guess(best, tuple((rival, words) for rival, words in others if words))


def _windows(data: bytes) -> Counter[bytes]:
    """The bytes beyond ASCII, each between its neighbours, and how often each such place comes."""
    sample = _sample(data)
    return Counter(sample[m.start() - 1 : m.start() + 2] for m in _HIGH.finditer(sample))


def _sample(data: bytes) -> bytes:
    """`data` between two line ends; of a long file only pieces that are spread over all of it."""
    if len(data) <= _SAMPLE:
        return b"\n\n" + data + b"\n\n"
    step, size = len(data) // _PIECES, _SAMPLE // _PIECES
    return b"\n\n" + b"\n\n".join(data[at : at + size] for at in range(0, step * _PIECES, step)) + b"\n\n"


def _can_decode(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _words(data: bytes, windows: Iterable[bytes], here: str, there: str) -> tuple[tuple[str, str], ...]:
    """Up to four words around `windows`, each as the two encodings read it."""
    pairs: dict[tuple[str, str], None] = {}
    for window in islice(windows, 40):
        bare = window.strip(b"\n")
        word = _word_at(data, data.find(bare) + bare.find(window[1:2]))
        pairs[word.decode(here, "replace"), word.decode(there, "replace")] = None
    return tuple(pairs)[:_MOST_WORDS]


def _word_at(data: bytes, at: int) -> bytes:
    """The word that holds the byte at `at`, at most 40 bytes."""
    before = data[max(0, at - _REACH) : at]
    return _BEFORE.search(before)[0] + _AFTER.match(data[at : at + _REACH])[0]  # type: ignore[index]
