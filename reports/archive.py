"""The whole study as one zip file with a manifest: for an archive, a reviewer, or another computer.

Unpacked, it is the study again. The same study gives the same bytes: files stand in order of their names, without
times, uncompressed (builds of zlib compress differently).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

import msgspec

from corpus.files import printable, sha256
from corpus.import_files import ORIGINALS_FOLDER, PRIVATE_ORIGINALS
from corpus.problems import Problem
from corpus.study import CACHE_FOLDER
from reports.manifest import BUILD_FOLDER
from reports.office_file import part_info

ARCHIVE_MANIFEST = "archive.json"
PRIVATE_FOLDER = "private"
_CHUNK = 1 << 20


class ArchivedFile(msgspec.Struct, frozen=True):
    """A file of the archive: its path in the study, its size in bytes and its digest."""

    path: str
    bytes: int
    sha256: str


class ArchiveManifest(msgspec.Struct, frozen=True):
    """archive.json: every other file in the archive, and the parts of the study that were left out of it."""

    format: str
    title: str
    files: tuple[ArchivedFile, ...]
    left_out: tuple[str, ...]


def archive_files(root: Path, originals: bool, build: bool) -> tuple[list[Path], tuple[str, ...]]:
    """The files of the study that go into an archive, sorted, and the folders and originals that are there and do not.

    Never private/ (real names), caches, hidden files and version control; links are not followed out of the study. A
    file in originals/ that is kept as private, too, stays out: it holds what the study leaves out.
    """
    out = {PRIVATE_FOLDER, CACHE_FOLDER, ARCHIVE_MANIFEST}
    out |= set() if originals else {ORIGINALS_FOLDER}
    out |= set() if build else {BUILD_FOLDER}
    files = sorted(_files(root, root, out), key=lambda path: path.relative_to(root).as_posix())
    secret = set(_also_private(root, files))
    names = [path.relative_to(root).as_posix() for path in secret]
    names += [f"{name}/" for name in out - {CACHE_FOLDER, ARCHIVE_MANIFEST} if (root / name).is_dir()]
    return [path for path in files if path not in secret], tuple(sorted(names))


def _also_private(root: Path, files: list[Path]) -> Iterator[Path]:
    """The originals among `files` whose bytes lie in private/originals/ as well."""
    private = [path for path in (root / PRIVATE_ORIGINALS).rglob("*") if path.is_file()]
    sizes = {path.stat().st_size for path in private}
    digests = {sha256(path.read_bytes()) for path in private}
    for path in files if private else ():
        is_like = path.is_relative_to(root / ORIGINALS_FOLDER) and path.stat().st_size in sizes
        if is_like and sha256(path.read_bytes()) in digests:
            yield path


def _files(root: Path, folder: Path, out: set[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in (".gitattributes", ".gitignore")
        if hidden or path.is_symlink() or (folder == root and path.name in out):
            continue
        if path.is_dir():
            yield from _files(root, path, out)
        elif path.is_file():
            yield path


def write_archive(
    out: BinaryIO, root: Path, title: str, files: list[Path], left_out: tuple[str, ...]
) -> tuple[ArchiveManifest, list[Problem]]:
    """Write `files` of the study in `root` and their manifest as a zip into `out`, a piece at a time.

    A file that cannot be read, or whose name no zip can hold, is a problem, and the archive is then not whole.
    """
    listed: list[ArchivedFile] = []
    problems: list[Problem] = []
    with ZipFile(out, "w", ZIP_STORED, allowZip64=True) as archive:
        for path in files:
            name = path.relative_to(root).as_posix()
            try:
                name.encode()
                listed.append(_add(archive, name, path))
            except UnicodeEncodeError:
                problems.append(Problem(printable(name), 0, "missing-file", "the name of the file is not UTF-8"))
            except OSError as error:
                problems.append(Problem(name, 0, "missing-file", f"cannot be read: {error.strerror}"))
        manifest = ArchiveManifest("crosscase-archive/1", title, tuple(listed), left_out)
        archive.writestr(part_info(ARCHIVE_MANIFEST), manifest_text(manifest))
    return manifest, problems


def manifest_text(manifest: ArchiveManifest) -> bytes:
    """archive.json as it is written."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def _add(archive: ZipFile, name: str, path: Path) -> ArchivedFile:
    """Copy one file into the archive and take its digest on the way."""
    info = part_info(name)
    info.file_size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file, archive.open(info, "w") as entry:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            entry.write(piece)
        size = file.tell()
    return ArchivedFile(name, size, digest.hexdigest())
