"""The sources of a REFI-QDA project: their texts, and what of pictures, pages and recordings can be said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from coding.exchange.losses import Losses
from coding.exchange.project import ProjectSource
from coding.exchange.refi_package import Package
from coding.exchange.refi_raw import RawSelection, RawSource, RawText
from coding.exchange.refi_texts import PlacedText, ReadText, placed_texts, text_of

_MEDIA = {
    "PictureSource": "pictures",
    "AudioSource": "sound recordings",
    "VideoSource": "videos",
    "PDFSource": "PDF pages",
}
_COMPOSED = "the positions were counted in normal form C, which the file was not in"


def named_values(
    values: Iterable[tuple[str, str]], names: dict[str, str], where: str, losses: Losses
) -> dict[str, str]:
    """Name → value; values of variables that the project does not have are told."""
    found: dict[str, str] = {}
    for guid, value in values:
        if name := names.get(guid, ""):
            found[name] = value
        else:
            losses.add("values of variables", "their variable is not in the project", where)
    return found


def read_sources(
    raw: Sequence[RawSource],
    package: Package,
    names: dict[str, str],
    file_values: dict[str, dict[str, str]],
    is_ours: bool,
    losses: Losses,
) -> tuple[list[ProjectSource], list[PlacedText]]:
    """The sources with their texts, and each text with its selections and the rule for their positions."""
    found: list[tuple[str, str, ReadText, RawText]] = []
    of_key: dict[str, tuple[RawSource, dict[str, str]]] = {}
    for number, source in enumerate(raw):
        values = file_values.get(source.guid, {}) | named_values(source.values, names, source.name, losses)
        texts = [(text, read) for text in source.texts if (read := text_of(text, package, losses)) is not None]
        texts = [(text, read) for text, read in texts if read.text.strip()]
        if not texts and (read := _own_text(source, package)):
            texts = [(_bare_text(source), read)]
        if not texts:
            kind = _MEDIA.get(source.kind, "sources without a text")
            why = "crosscase keeps texts only" if source.kind != "TextSource" else "nothing could be coded in it"
            losses.add(kind, why, source.name or source.path)
            given = sum(len(s.codings) for text in source.texts for s in text.selections) + len(source.codings)
            losses.add("codings", "their source has no text", source.name or source.path, given)
        if source.guid and source.guid in of_key:
            other = of_key[source.guid][0]
            said = f"its GUID is also that of '{other.name or other.path}', whose notes and cases it may share"
            losses.add("sources", said, source.name or source.path, kept=True)
        for part, (text, read) in enumerate(texts):
            key = source.guid if source.guid and source.guid not in of_key else f"{source.guid}#{number}"
            key = key if not part else f"{key}/{part}"
            of_key[key] = source, values
            name = source.name or text.name or Path(source.path.replace("\\", "/")).stem or f"source {number + 1}"
            if source.kind != "TextSource":
                losses.add(_MEDIA[source.kind], "only their text was taken", name, kept=True)
            found.append((key, name if not part else f"{name} {part + 1}", read, text))
        _media_selections(source, texts, found, losses)
    placed = placed_texts(found, is_ours)
    made = []
    for entry, (_, _, read, _) in zip(placed, found, strict=True):
        source, values = of_key[entry.key]
        made.append(
            ProjectSource(
                entry.key,
                entry.name,
                entry.text,
                memo=source.description.strip(),
                coder=source.user,
                at=source.at,
                attributes=values,
                positions=str(entry.choice) if entry.raw.selections and not is_ours else "",
                repairs=(*read.said, _COMPOSED) if entry.choice.composed else read.said,
            )
        )
    return made, placed


def _own_text(source: RawSource, package: Package) -> ReadText | None:
    """The words of a PDF that the project holds without a text of it, as crosscase reads it."""
    member = package.find(source.path) if source.kind == "PDFSource" and source.path else ""
    if not member:
        return None
    from corpus.readers import read_document_bytes

    try:
        document, _ = read_document_bytes(package.read(member), ".pdf", member)
    except OSError:
        return None
    said = "the project held no text of the PDF: its text is as crosscase reads it"
    return ReadText(document.text, (said,)) if document is not None and document.text.strip() else None


def _bare_text(source: RawSource) -> RawText:
    return RawText(
        "Representation",
        source.guid,
        source.name,
        "",
        "",
        None,
        "",
        source.user,
        source.at,
        [],
        source.codings,
        source.notes,
        (),
    )


def _media_selections(
    source: RawSource,
    texts: Sequence[tuple[RawText, ReadText]],
    found: list[tuple[str, str, ReadText, RawText]],
    losses: Losses,
) -> None:
    """Selections of pages, pictures and recordings: placed in the text where their words stand there once."""
    if not source.selections:
        return
    where = source.name or source.path
    moved: list[RawSelection] = []
    for selection in source.selections:
        quote = selection.quote.strip() or selection.name.strip()
        span = _only_place(texts[0][1].text, quote) if texts and quote else None
        if span is None:
            why = f"{selection.media}, and crosscase has no places but words"
            losses.add("selections of pages, pictures and recordings", why, where, max(1, len(selection.codings)))
        else:
            start, end = span
            words = texts[0][1].text[start:end]
            moved.append(msgspec.structs.replace(selection, start=str(start), end=str(end), name=words))
            losses.add("selections of PDF pages", "found in the text by their words", where, kept=True)
    if moved:
        key, name, read, raw = found[-len(texts)]
        found[-len(texts)] = key, name, read, raw._replace(selections=[*raw.selections, *moved])


def _only_place(text: str, quote: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text` if it does so once, white space counting alike; at least three words of it."""
    words = quote.split()
    if len(words) < 3:
        return None
    places = list(re.finditer(r"\s+".join(map(re.escape, words)), text))
    return places[0].span() if len(places) == 1 else None
