"""Names that an import gives: ids of new sources, and the names of their originals in the study."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from corpus.files import sha256
from corpus.ids import make_id
from corpus.import_files import ORIGINALS_FOLDER, Imported

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_LONGEST = 100


def labels(paths: Sequence[Path]) -> dict[Path, str]:
    """What the id of each file's source is made from: its name without the suffix.

    Files of one name in different folders take the folder's name in front (`birkeby leder`), those in the same folder
    their suffix behind.
    """
    alike: dict[str, list[Path]] = {}
    for path in paths:
        alike.setdefault(make_id(path.stem), []).append(path)
    found = {}
    for group in alike.values():
        apart = len({path.parent for path in group}) > 1
        for path in group:
            if len(group) == 1:
                found[path] = path.stem
            else:
                found[path] = f"{path.parent.name} {path.stem}" if apart else f"{path.stem} {path.suffix[1:]}"
    return found


class TakenNames:
    """Ids and names of originals that are in use; every new one is added. Compared without regard to case.

    An id whose log of codings is still there is in use, too: a new source must not inherit another one's codings.
    """

    def __init__(self, root: Path, imported: Sequence[Imported], wanted: Iterable[str]) -> None:
        self.folder = root / ORIGINALS_FOLDER
        self.ids = {item.id.lower() for item in imported} | set(wanted)
        self.ids |= {path.stem.lower() for path in root.glob("codings/*/*.jsonl")}
        files = (path for path in self.folder.rglob("*") if path.is_file())
        self.originals = {path.relative_to(self.folder).as_posix().casefold() for path in files}

    def new_id(self, label: str) -> str:
        """A free id that reads like `label`."""
        id = make_id(label, self.ids)
        self.ids.add(id)
        return id

    def new_original(self, path: Path, digest: str, id: str) -> tuple[str, bool]:
        """The name below originals/ for the file `path`, and whether its bytes lie there already.

        Names are kept, in a form that every computer can write; where one is taken, the source's id is used instead.
        """
        place, folder = str(path.absolute()), f"{self.folder}{os.sep}"
        if place.startswith(folder):
            return Path(place[len(folder) :]).as_posix(), True
        name = _portable(path.name)
        suffix = PurePath(name).suffix
        number = 1
        while name.casefold() in self.originals:
            if self._holds(name, digest):
                return name, True
            name = f"{id}{suffix}" if number == 1 else f"{id}-{number}{suffix}"
            number += 1
        self.originals.add(name.casefold())
        return name, False

    def _holds(self, name: str, digest: str) -> bool:
        """Whether the original of this name has these bytes: an import that was cut off left it, or a person."""
        path = self.folder / name
        return path.is_file() and sha256(path.read_bytes()) == digest


def _portable(name: str) -> str:
    """The name in a form that every computer can write."""
    name = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", name)).rstrip(". ")
    safe = PurePath(_DEVICE.sub(r"\1-", name, count=1) or "file")
    return safe.stem[:_LONGEST] + safe.suffix
