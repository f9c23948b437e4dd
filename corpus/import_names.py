"""Names that an import gives: ids of new sources, and the names of their originals in the study."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count
from pathlib import Path, PurePath, PurePosixPath

from corpus.files import sha256
from corpus.ids import make_id
from corpus.import_files import ORIGINALS_FOLDER, PRIVATE_ORIGINALS, Imported

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

    An id with a log of codings is in use, too, unless `logs_of` says that nothing in it counts (it names the logs that
    do): a new source must not inherit another one's codings.
    """

    def __init__(
        self,
        root: Path,
        imported: Sequence[Imported],
        wanted: Iterable[str],
        logs_of: Callable[[str], Sequence[str]] = lambda id: (id,),
        folder: str = ORIGINALS_FOLDER,
    ) -> None:
        self.folder = root / folder
        self.logs_of = logs_of
        ids = {item.id.lower() for item in imported} | set(wanted)
        self.only_logged = {path.stem.lower() for path in root.glob("codings/*/*.jsonl")} - ids
        self.ids = ids | self.only_logged
        files = (path for path in self.folder.rglob("*") if path.is_file())
        self.originals = {path.relative_to(self.folder).as_posix().casefold() for path in files}
        self.planned: dict[str, str] = {}

    def new_id(self, label: str) -> str:
        """A free id that reads like `label`."""
        plain = make_id(label)
        if plain in self.only_logged and not self.logs_of(plain):
            self.only_logged.discard(plain)
            self.ids.discard(plain)
        id = make_id(label, self.ids)
        self.ids.add(id)
        return id

    def new_original(self, path: Path, digest: str, id: str) -> tuple[str, bool]:
        """The name below originals/ for the file `path`, and whether its bytes lie there already.

        Names are kept, in a form that every computer can write; where one is taken, the source's id is used instead.
        """
        name = portable_name(path.name)
        suffix = PurePath(name).suffix
        numbered = (f"{id}-{number}{suffix}" for number in count(2))
        return self._first_free(path, digest, chain((name, f"{id}{suffix}"), numbered))

    def next_version(self, path: Path, digest: str, old: Imported) -> tuple[str, bool]:
        """The same for a new version of `old`: `leder.2.docx` after `leder.docx`, so that both are kept.

        The bytes that `old` came from keep their name.
        """
        first = PurePosixPath(old.first_file)
        numbered = (str(first.with_name(f"{first.stem}.{n}{first.suffix}")) for n in count(len(old.earlier) + 2))
        return self._first_free(path, digest, chain((old.file,) if digest == old.sha256 else (), numbered))

    def _first_free(self, path: Path, digest: str, names: Iterable[str]) -> tuple[str, bool]:
        """The first of `names` that is free, or under which these bytes lie; else the place of `path` in originals/."""
        place, folder = str(path.absolute()), f"{self.folder}{os.sep}"
        if place.startswith(folder):
            return Path(place[len(folder) :]).as_posix(), True
        for name in names:
            if self.planned.get(name.casefold()) == digest:
                return name, False
            if name.casefold() not in self.originals:
                self.originals.add(name.casefold())
                self.planned[name.casefold()] = digest
                return name, False
            if self._holds(name, digest):
                return name, True
        raise AssertionError("numbers do not end")

    def _holds(self, name: str, digest: str) -> bool:
        """Whether the original of this name has these bytes: an import that was cut off left it, or a person."""
        path = self.folder / name
        return path.is_file() and sha256(path.read_bytes()) == digest


def spreadsheet_original(root: Path, path: Path, digest: str, id: str, is_private: bool) -> tuple[str, bool]:
    """What a table or survey says of the file it came from (`import_files.original_path`), and whether it lies there.

    A file that holds what the study leaves out is kept in private/originals/.
    """
    folder = PRIVATE_ORIGINALS if is_private else ORIGINALS_FOLDER
    name, is_kept = TakenNames(root, (), (), lambda _: (), folder).new_original(path, digest, id)
    return f"{folder}/{name}" if is_private else name, is_kept


def portable_name(name: str) -> str:
    """The name in a form that every computer can write."""
    name = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", name)).rstrip(". ")
    safe = PurePath(_DEVICE.sub(r"\1-", name, count=1) or "file")
    return safe.stem[:_LONGEST] + safe.suffix
