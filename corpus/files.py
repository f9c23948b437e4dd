"""Reading and writing the files of a study: UTF-8 in, whole files out, nothing half-written."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.problems import Problem

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def forbidden_character(text: str) -> str:
    """The first character that no report can hold (NUL, other controls, lone surrogates), as U+XXXX; else empty."""
    bad = _FORBIDDEN.search(text)
    return f"U+{ord(bad[0]):04X}" if bad else ""


def read_bytes(path: Path) -> bytes:
    """All of a small file, without the buffer that `Path.read_bytes` sets up: twice as fast for thousands of them."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.readall()


def read_text(path: Path, file: str) -> tuple[str | None, list[Problem]]:
    """The text of `path` in normal form C with LF line ends and without a byte order mark; None if it is unreadable."""
    try:
        data = read_bytes(path)
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return decoded(data, file)


def decoded(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """`data` as text in normal form C with LF line ends, and what had to be said about it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "not-utf8", f"byte {error.start} is not UTF-8")]
    problems = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        problems.append(Problem(file, 0, "not-nfc", "the text is not in Unicode normal form C"))
    if bad := _FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        problems.append(Problem(file, line, "bad-characters", f"character U+{ord(bad[0]):04X}"))
    return text, problems


def write_whole(path: Path, data: bytes, durable: bool = True) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees the old file or the new one and nothing between.

    `durable=False` is for caches: the file is not waited for until it is on disk.
    """
    with whole_file(path, durable) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path, durable: bool = True) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once all of it is written; of an error nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed entry of `folder` survive a power cut (where the system offers that)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def shown(path: Path) -> str:
    """`path` with forward slashes, as it can be printed: bytes of its name that are no UTF-8 become `?`."""
    return path.as_posix().encode("utf-8", "replace").decode()


def sha256(data: bytes | str) -> str:
    """Hex digest of `data`; text counts as UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def stray_files(folder: Path, suffix: str, name: str) -> list[Problem]:
    """What lies in a folder of the study and is not read there: other suffixes, folders, broken links."""
    if not folder.is_dir():
        here = folder.exists() or folder.is_symlink()
        return [Problem(name, 0, "stray-file", f"{name} is not a folder, so nothing is read from it")] if here else []
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        strange = [entry for entry in visible if not (entry.name.endswith(suffix) and entry.is_file())]
    problems = []
    for entry in sorted(strange, key=lambda entry: entry.name):
        if not entry.name.endswith(suffix) or not entry.is_symlink():
            said = f"{'a folder' if entry.is_dir() else 'a file'} that is not read: only *{suffix} files are"
            problems.append(Problem(f"{name}/{printable(entry.name)}", 0, "stray-file", said))
    return problems


def printable(name: str) -> str:
    """A file name that can be shown and written everywhere, whatever bytes it is made of."""
    return name.encode("utf-8", "backslashreplace").decode()


def files_below(folder: Path, suffix: str) -> Iterable[Path]:
    """Visible files with `suffix` directly in `folder`, sorted by name; none where there is no folder."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if e.name.endswith(suffix) and not e.name.startswith(".")]
    return [folder / name for name in sorted(names)]
