"""The texts of a REFI-QDA project, and its selections as codings and notes with positions in code points."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from coding.exchange.evidence import Choice, Selected, chosen_reading, common_rule, with_common_rule
from coding.exchange.losses import Losses
from coding.exchange.offsets import PLAIN, Offsets
from coding.exchange.project import About, ProjectCoding, ProjectNote
from coding.exchange.refi_package import Package
from coding.exchange.refi_raw import RawSelection, RawText
from corpus.problems import Problem
from corpus.readers.archives import ZIP_FAULTS

_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Characters of scripts that are written without spaces."""
_MOST_NAMED = 30
"""Faulty selections of one source that are named; the rest are counted."""
_NOT_OURS = ("", "", "")


class ReadText(NamedTuple):
    """A text as it was found, where its characters came from, and what is to be told of it."""

    text: str
    said: tuple[str, ...] = ()


class PlacedText(NamedTuple):
    """A text of a source with its selections and the rule for their positions."""

    key: str
    name: str
    text: str
    raw: RawText
    choice: Choice


def text_of(raw: RawText, package: Package, losses: Losses) -> ReadText | None:
    """The words of a text source or note: from the XML, a plain file, or a Word file; None where there are none."""
    if raw.content is not None and (raw.content or not (raw.plain_path or raw.rich_path)):
        return ReadText(raw.content)
    for path in filter(None, (raw.plain_path, raw.rich_path)):
        member = package.find(path)
        if not member:
            losses.add("texts", f"the file {_shown(path)} is not in the project", raw.name)
            continue
        try:
            data = package.read(member)
        except OSError as error:
            losses.add("texts", f"the file {_shown(path)} cannot be read ({error.strerror})", raw.name)
            continue
        if read := _from_bytes(data, member):
            return read
        losses.add("texts", f"the file {_shown(path)} holds no text that can be read", raw.name)
    return None


def _from_bytes(data: bytes, member: str) -> ReadText | None:
    if data.startswith(b"PK\x03\x04"):
        text = _docx_text(data)
        said = "there was no plain text: the positions were counted in the paragraphs of the Word file"
        return None if text is None else ReadText(text, (said,))
    if data.startswith((b"{\\rtf", b"%PDF", b"\xd0\xcf\x11\xe0")):
        return _by_our_reader(data, member)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ReadText(data.decode("utf-16", "replace"), ("the text was UTF-16",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ReadText(data.decode("cp1252", "replace"), ("the text was not UTF-8 and was read as Windows-1252",))
    return ReadText(text.removeprefix("\ufeff"), ("a byte order mark stood in front",) if text[:1] == "\ufeff" else ())


def _by_our_reader(data: bytes, member: str) -> ReadText | None:
    from corpus.readers import read_document_bytes

    document, _ = read_document_bytes(data, PurePosixPath(member).suffix, member)
    said = "there was no plain text: the positions were counted in the text as crosscase reads the file"
    return ReadText(document.text, (said,)) if document is not None else None


def _docx_text(data: bytes) -> str | None:
    """The paragraphs of a Word file, a line each: what programs count in, and nothing of the form."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > 200_000_000:
                return None
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(archive.read(info), parser)
    except (*ZIP_FAULTS, etree.XMLSyntaxError):
        return None
    lines = []
    for paragraph in root.iter("{*}p"):
        parts = []
        for piece in paragraph.iter("{*}t", "{*}tab", "{*}br"):
            name = piece.tag.rpartition("}")[2]
            parts.append(piece.text or "" if name == "t" else "\t" if name == "tab" else "\n")
        lines.append("".join(parts))
    return "\n".join(lines)


def placed_texts(texts: Sequence[tuple[str, str, ReadText, RawText]], is_ours: bool) -> list[PlacedText]:
    """(key, name, text, raw) of every text, as its positions were counted in it, with the rule for them.

    `is_ours`: crosscase wrote the project, so nothing has to be found out.
    """
    if is_ours:
        return [PlacedText(key, name, read.text, raw, Choice(PLAIN)) for key, name, read, raw in texts]
    selected = [_selected(raw.selections) for _, _, _, raw in texts]
    readings = [chosen_reading(read.text, found) for (_, _, read, _), found in zip(texts, selected, strict=True)]
    common = common_rule([choice for _, choice in readings])
    return [
        PlacedText(key, name, text, raw, with_common_rule(text, found, choice, common))
        for (key, name, _, raw), found, (text, choice) in zip(texts, selected, readings, strict=True)
    ]


def doubtful_positions(placed: Sequence[PlacedText], file: str) -> list[Problem]:
    """A warning for each text whose own selections speak against it: it may be another version of what was coded."""
    return [
        Problem(
            file,
            0,
            "doubtful-positions",
            f"{entry.choice.words} of {entry.choice.sampled} selections looked at in '{entry.name}' begin and end "
            "with whole words",
            f"Look at the codings of '{entry.name}': the other program may have counted in another version of the "
            "text. Export the project anew from there.",
        )
        for entry in placed
        if entry.choice.is_poor and _is_written_apart(entry.text)
    ]


def _is_written_apart(text: str) -> bool:
    """Whether there is white space between words; without it whole words cannot be told (Chinese, Thai)."""
    return len(_WITHOUT_SPACES.findall(text)) * 5 < len(text)


def _selected(selections: Sequence[RawSelection]) -> list[Selected]:
    found = []
    for raw in selections:
        try:
            start, end = sorted((int(raw.start), int(raw.end)))
            found.append(Selected(start, end, raw.name))
        except ValueError:
            continue
    return found


class Gathered:
    """Codings and notes of all texts; `notes_on` says of which things a note of the project speaks.

    `own` is GUID → (id, origin, run) of the codings of a study of ours, empty for other tools' projects;
    `is_pointed_at`: links or cases name selections, so it is kept where each of them is.
    """

    def __init__(
        self, note_texts: dict[str, str], own: dict[str, tuple[str, str, str]], is_pointed_at: bool = True
    ) -> None:
        self.own, self.is_pointed_at = own, is_pointed_at
        self.codings: list[ProjectCoding] = []
        self.annotations: list[ProjectNote] = []
        self.notes_on: dict[str, list[About]] = {}
        self.used_as_memo: set[str] = set()
        self.span_of: dict[str, About] = {}
        """GUID of a selection → its span, where links or cases may name it."""
        self.note_texts = note_texts
        self.codes_used: dict[str, set[str]] = {}
        """GUID of a code → keys of the sources it was given in."""

    def point(self, notes: Sequence[str], about: About) -> None:
        """Notes that speak of something."""
        for note in notes:
            self.notes_on.setdefault(note, []).append(about)


def take_selections(placed: PlacedText, gathered: Gathered, losses: Losses) -> None:
    """The selections of one text as codings (with a code) and annotations (with words or notes of their own)."""
    offsets, text = Offsets(placed.text, placed.choice.rule), placed.text
    start_of, end_of = (int, int) if placed.choice.rule == PLAIN else (offsets.start_of, offsets.end_of)
    choice, length, key = placed.choice, len(placed.text), placed.key
    names_are_quotes = choice.names_are_quotes
    codings, spans = gathered.codings, gathered.span_of if gathered.is_pointed_at else None
    own_of = gathered.own.get if gathered.own else None
    faulty = _Faulty(placed, losses, offsets)
    for raw in placed.raw.selections:
        try:
            start, end = start_of(raw.start), end_of(raw.end)
        except ValueError:
            faulty.add(raw, "positions that are no numbers")
            continue
        if not 0 <= start < end <= length:
            mended = faulty.mended(raw, start, end, length)
            if mended is None:
                continue
            start, end = mended
        if spans is not None:
            spans[raw.guid] = About("source", key, start, end)
        quote = raw.name if names_are_quotes else ""
        memo = raw.description
        if raw.notes or (memo and not raw.codings):
            memo = _notes_of(raw, About("source", key, start, end), gathered)
        for coding in raw.codings:
            said = memo
            if coding.notes:
                own = [gathered.note_texts[note] for note in coding.notes if gathered.note_texts.get(note)]
                gathered.used_as_memo.update(coding.notes)
                said = "\n\n".join(filter(None, (memo, *own)))
            id, origin, run = own_of(coding.guid, _NOT_OURS) if own_of else _NOT_OURS
            codings.append(
                ProjectCoding(
                    key,
                    start,
                    end,
                    coding.code,
                    coding.user or raw.user,
                    said.strip() if said else "",
                    coding.at or raw.at,
                    quote,
                    id,
                    origin,
                    run,
                )
            )
        if not raw.codings and not raw.description and not raw.notes:
            losses.add("selections without a code", "nothing is said about them", placed.name)
    for coding in placed.raw.codings:
        if text.strip():
            about = "the code on the whole document was given to its whole text"
            losses.add("codes of whole documents", about, placed.name, kept=True)
            codings.append(ProjectCoding(key, 0, length, coding.code, coding.user, "", coding.at))


def _notes_of(raw: RawSelection, about: About, gathered: Gathered) -> str:
    """The memo that a selection's own words and notes make for its coding.

    Without a code, or with several, the notes stay notes about the span; words without a code are an annotation.
    """
    if len(raw.codings) == 1:
        own = [gathered.note_texts[note] for note in raw.notes if gathered.note_texts.get(note)]
        gathered.used_as_memo.update(raw.notes)
        return "\n\n".join(filter(None, (raw.description, *own)))
    gathered.point(raw.notes, about)
    if raw.description and not raw.codings:
        note = ProjectNote(
            f"annotation-{len(gathered.annotations)}-{raw.guid}",
            raw.description.strip(),
            "",
            raw.user,
            raw.at,
            (about,),
        )
        gathered.annotations.append(note)
    return raw.description


class _Faulty:
    """Selections whose positions make no sense: each is named, up to a number, and the rest counted."""

    def __init__(self, placed: PlacedText, losses: Losses, offsets: Offsets) -> None:
        self.placed, self.losses, self.offsets, self.named = placed, losses, offsets, 0

    def add(self, raw: RawSelection, why: str, kept: bool = False) -> None:
        name = re.sub(r"\s+", " ", raw.name).strip()
        words = f" '{name[:40]}{'…' if len(name) > 40 else ''}'" if name else ""
        self.named += 1
        said = f"{why}: {raw.start or 'none'}–{raw.end or 'none'}{words}" if self.named <= _MOST_NAMED else why
        self.losses.add("selections", said, self.placed.name, kept=kept)

    def mended(self, raw: RawSelection, start: int, end: int, length: int) -> tuple[int, int] | None:
        """The span that was certainly meant; None (and told) where that is not certain."""
        if start == end:
            self.add(raw, "no words between the positions")
        elif start < 0 or end < 0:
            self.add(raw, "a position before the text begins")
        elif start > end and start <= length:
            start, end = self.offsets.start_of(raw.end), self.offsets.end_of(raw.start)
            if 0 <= start < end <= length:
                self.add(raw, "the end stood before the start; they were exchanged", kept=True)
                return start, end
            self.add(raw, "the end stood before the start")
        elif start < length < end <= length + 2:
            self.add(raw, "it ended just behind the text; it was given the text's end", kept=True)
            return start, length
        else:
            self.add(raw, f"a position behind the end of the text ({length} characters)")
        return None


def _shown(path: str) -> str:
    return repr(path if len(path) <= 60 else f"…{path[-57:]}")
