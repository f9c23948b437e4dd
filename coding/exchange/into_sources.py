"""The texts of a project as sources of a study: recognised by their words, else new files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from coding.exchange.into_files import PlannedFile
from coding.exchange.losses import Losses
from coding.exchange.names import one_line
from coding.exchange.offsets import NormalText, normal_text
from coding.exchange.project import Original, ProjectSource
from corpus.files import sha256
from corpus.ids import make_id, why_illegal
from corpus.import_files import ORIGINALS_FOLDER
from corpus.import_names import portable_name
from corpus.readers.speakers import find_speakers
from corpus.source import FrontMatter, Origin, Source

_LARGEST_ORIGINAL = 100_000_000


class PlacedSource(msgspec.Struct, frozen=True):
    """A source of the project and its place in the study: id, text, and the way of positions into it."""

    source: ProjectSource
    id: str
    text: NormalText
    known: bool = False


def placed_sources(
    sources: Sequence[ProjectSource], study: Sequence[Source], taken: set[str], losses: Losses
) -> list[PlacedSource]:
    """Each text with the id that it has in the study or gets there; texts without words are left out.

    A source whose text was edited since it was imported is known by the digest of what was imported: codings are made
    for that text, and found again in the edited one when they are read. `taken` are the ids in use, logs without a
    source included; new ids are added to it.
    """
    by_text: dict[str, list[Source]] = {}
    by_import: dict[str, list[Source]] = {}
    for there in study:
        by_text.setdefault(there.text.rstrip("\n"), []).append(there)
        if there.meta.origin is not None and there.meta.origin.text_sha256:
            by_import.setdefault(there.meta.origin.text_sha256, []).append(there)
    placed: list[PlacedSource] = []
    known: set[str] = set()
    wanted = {source.id for source in sources if source.id}
    for source in sources:
        text = normal_text(source.text)
        if not text.text.strip():
            losses.add("sources without a text", "nothing could be coded in it", source.name)
            continue
        candidates = [*by_text.get(text.text.rstrip("\n"), ()), *by_import.get(sha256(text.text), ())]
        same = [there for there in candidates if there.id not in known]
        if same:
            chosen = next((s for s in same if s.id == source.id or s.title == one_line(source.name)), same[0])
            known.add(chosen.id)
            placed.append(PlacedSource(source, chosen.id, text, known=True))
            continue
        own = source.id if source.id and not why_illegal(source.id) and source.id not in taken else ""
        id = own or make_id(_stem(source.name), taken | wanted)
        taken.add(id)
        placed.append(PlacedSource(source, id, text))
    return placed


def _stem(name: str) -> str:
    """The name without the suffix of a file."""
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and stem and suffix.isalnum() and 2 <= len(suffix) <= 5 and not suffix.isdigit() else name


def front_matter(
    placed: PlacedSource, case: str, attributes: Mapping[str, str], origin: Origin | None, losses: Losses
) -> FrontMatter:
    """What stands above the text of a new source; of a study of ours, all that stood there."""
    source = placed.source
    if source.front:
        try:
            front = msgspec.convert(source.front, FrontMatter, strict=False)
            return msgspec.structs.replace(front, case=case or front.case)
        except msgspec.ValidationError as error:
            losses.add("front matter", f"it is not of the kind expected ({error})", source.name)
    lines = [line for line in placed.text.text.split("\n") if line.strip()]
    kind = "transcript" if find_speakers(lines).names else "document"
    if origin is not None:
        origin = msgspec.structs.replace(origin, text_sha256=sha256(placed.text.text), repairs=source.repairs)
    return FrontMatter(title=one_line(source.name), case=case, kind=kind, attributes=dict(attributes), origin=origin)  # type: ignore[arg-type]


def project_original(
    root: Path, file: Path | None, today: datetime.date, losses: Losses
) -> tuple[Origin | None, PlannedFile | None]:
    """The project file as the origin of all its sources, and its copy for originals/; none for a folder."""
    if file is None or not file.is_file():
        return None, None
    if file.stat().st_size > _LARGEST_ORIGINAL:
        losses.add("the project file", f"larger than {_LARGEST_ORIGINAL // 1_000_000} MB; keep it yourself", file.name)
        return None, None
    name, digest, is_there = _original_name(root, file.name, file.read_bytes())
    copy = None if is_there else PlannedFile(f"{ORIGINALS_FOLDER}/{name}", copy_of=file)
    return Origin(name, digest, today.isoformat()), copy


def own_original(
    root: Path, original: Original, folder: Path, today: datetime.date
) -> tuple[Origin, PlannedFile | None]:
    """The file that one source came from, written to `folder` first, since what is imported is copied from a file."""
    name, digest, is_there = _original_name(root, original.name, original.data)
    path = folder / f"{digest}{Path(name).suffix}"
    if not is_there:
        path.write_bytes(original.data)
    copy = None if is_there else PlannedFile(f"{ORIGINALS_FOLDER}/{name}", copy_of=path)
    return Origin(name, digest, today.isoformat()), copy


def _original_name(root: Path, name: str, data: bytes) -> tuple[str, str, bool]:
    """The name for an original, the digest of its bytes, and whether it lies there already."""
    name, digest = portable_name(name), sha256(data)
    path = root / ORIGINALS_FOLDER / name
    if path.is_file() and sha256(path.read_bytes()) != digest:
        name = f"{path.stem}-{digest[:8]}{path.suffix}"
        path = path.with_name(name)
    return name, digest, path.is_file()
