"""The container of a REFI-QDA project: a zip (also a project inside a .zip), a folder, or the bare XML file.

Members are found by name without regard to case. Nothing is ever unpacked to a place that a file name chooses, and
nothing outside the package and its own folder is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import IO

from corpus.problems import Problem
from corpus.readers.archives import ZIP_FAULTS

_LARGEST = 4_000_000_000
_LARGEST_MEMBER = 400_000_000
_PACKED_TIGHT = 400
_SMALL = 20_000_000
_IN_SOURCES = re.compile(r"(?i)^(?:.*/)?sources/")


class Package:
    """The files of one project: `names` are the lower-case names below the folder of the project's XML file."""

    def __init__(self, files: dict[str, zipfile.ZipInfo | Path], archive: zipfile.ZipFile | None, name: str) -> None:
        self.files, self.archive, self.name = files, archive, name

    def close(self) -> None:
        """Let go of the file."""
        if self.archive is not None:
            self.archive.close()

    def open(self, member: str) -> IO[bytes]:
        """A member's bytes as a stream. Raises OSError, and zipfile.BadZipFile where the zip is damaged."""
        found = self.files[member.lower()]
        if isinstance(found, Path):
            return found.open("rb")
        if self.archive is None:
            raise FileNotFoundError(member)
        return self.archive.open(found)

    def read(self, member: str) -> bytes:
        """All of a member. Raises OSError where it is larger than any text could be, or damaged."""
        try:
            with self.open(member) as stream:
                data = stream.read(_LARGEST_MEMBER + 1)
        except ZIP_FAULTS as error:
            raise OSError(0, f"damaged: {error}") from error
        if len(data) > _LARGEST_MEMBER:
            raise OSError(0, "larger than a text can be")
        return data

    def find(self, path: str) -> str:
        """The member that a `plainTextPath`, `richTextPath` or `path` of the project means; empty where there is none.

        `internal://GUID.txt` lies in sources/; a bare name too, or beside the project; of other paths (`relative:///`,
        `absolute:///`) a file of that name in sources/ is taken.
        """
        said = path.strip().replace("\\", "/")
        inner = re.sub(r"^(?i:internal|relative|absolute|file):/{0,3}", "", said).lower()
        last = inner.rsplit("/", 1)[-1]
        for candidate in (f"sources/{inner}", inner, f"sources/{last}", last):
            if candidate and candidate in self.files:
                return candidate
        return ""


def is_qde(name: str) -> bool:
    """Whether a name is that of a project's XML file."""
    return name.lower().endswith(".qde") and "__macosx" not in name.lower()


def open_package(path: Path, file: str) -> tuple[Package | None, str, list[Problem]]:
    """The package in `path` and the name of its XML file within it; None where there is none that can be read."""
    try:
        if path.is_dir():
            return _from_folder(path, file)
        with path.open("rb") as stream:
            head = stream.read(4)
        if head.startswith(b"PK"):
            return _from_zip(zipfile.ZipFile(path), file)
        package = Package({path.name.lower(): path, **_sources_beside(path.parent)}, None, path.name)
        return package, path.name, []
    except ZIP_FAULTS as error:
        return None, "", [_unreadable(file, f"cannot be opened: {getattr(error, 'strerror', None) or error}")]


def _from_folder(path: Path, file: str) -> tuple[Package | None, str, list[Problem]]:
    found = sorted((p for p in path.iterdir() if p.is_file() and is_qde(p.name)), key=_project_first)
    if not found:
        return None, "", [_unreadable(file, "the folder holds no .qde file")]
    if len(found) > 1:
        said = f"the folder holds several projects: {', '.join(p.name for p in found[:5])}"
        hint = f"Name the one that is meant, for instance {found[0].name}."
        return None, "", [Problem(file, 0, "unreadable-file", said, hint)]
    return Package({found[0].name.lower(): found[0], **_sources_beside(path)}, None, path.name), found[0].name, []


def _sources_beside(folder: Path) -> dict[str, zipfile.ZipInfo | Path]:
    """The files of the folder sources/ beside a bare XML file, links that lead elsewhere left out."""
    found: dict[str, zipfile.ZipInfo | Path] = {}
    for below in folder.iterdir():
        if below.name.lower() == "sources" and below.is_dir():
            inside = below.resolve()
            files = (p for p in below.iterdir() if p.is_file() and p.resolve().parent == inside)
            found |= {f"sources/{p.name.lower()}": p for p in files}
    return found


def _project_first(path: Path) -> tuple[bool, str]:
    return path.name.lower() != "project.qde", path.name.lower()


def _from_zip(archive: zipfile.ZipFile, file: str, inner: bool = False) -> tuple[Package | None, str, list[Problem]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if fault := _bomb(infos, file):
        archive.close()
        return None, "", [fault]
    qdes = sorted((i.filename.replace("\\", "/") for i in infos if is_qde(i.filename)), key=_shallow_first)
    if not qdes:
        packed = [i for i in infos if i.filename.lower().endswith((".qdpx", ".qdpx.zip", ".qdc"))]
        if packed and not inner and not packed[0].filename.lower().endswith(".qdc"):
            data = archive.read(packed[0])
            archive.close()
            return _from_zip(zipfile.ZipFile(io.BytesIO(data)), file, inner=True)
        codebooks = [i.filename for i in packed if i.filename.lower().endswith(".qdc")]
        if not codebooks:
            archive.close()
            return None, "", [_unreadable(file, "the zip holds no .qde file, so it is no REFI-QDA project")]
        qdes = codebooks
    chosen = qdes[0]
    folder = chosen.rpartition("/")[0]
    prefix = f"{folder}/".lower() if folder else ""
    files: dict[str, zipfile.ZipInfo | Path] = {}
    for info in infos:
        name = info.filename.replace("\\", "/").lower()
        if name.startswith(prefix):
            files.setdefault(_IN_SOURCES.sub("sources/", name[len(prefix) :]), info)
    return Package(files, archive, chosen), chosen[len(prefix) :], []


def _shallow_first(name: str) -> tuple[int, bool, str]:
    return name.count("/"), name.rsplit("/", 1)[-1].lower() != "project.qde", name


def _bomb(infos: list[zipfile.ZipInfo], file: str) -> Problem | None:
    """Why a zip is not opened: it would unpack to more than any project holds."""
    total = sum(info.file_size for info in infos)
    tight = [i for i in infos if i.file_size > _SMALL and i.file_size > _PACKED_TIGHT * max(1, i.compress_size)]
    if total > _LARGEST or tight:
        size = max(infos, key=lambda info: info.file_size)
        said = f"the zip would unpack to {total / 1e6:,.0f} MB ({size.filename[:60]!r} is packed suspiciously tight)"
        return Problem(file, 0, "unreadable-file", said, "Export the project anew from the program it came from.")
    return None


def _unreadable(file: str, said: str) -> Problem:
    return Problem(file, 0, "unreadable-file", said, "Export the project anew as REFI-QDA (.qdpx).")
