"""Changing a file in charts/ or findings/: one place in its text, the whole file written or nothing.

What a person wrote around the place stays as it is: comments, order, line breaks (`corpus.yaml_edit`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from coding.log import locked
from corpus.files import decoded, write_whole
from corpus.problems import Problem, errors
from corpus.yaml_edit import CannotEdit
from reports.theme_files import read_theme_text

Edit = Callable[[str], str]
_LOCK_FILE = ".crosscase/charts-and-findings.lock"


class NotChanged(Exception):
    """The file was not changed; the message says why, `problems` name the places."""

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        self.problems = problems or []
        super().__init__(message)


def edit_theme_file(root: Path, file: str, edit: Edit, type_: type[msgspec.Struct], empty: str) -> None:
    """Apply `edit` to the text of a file of the study (`empty` where it is not there yet) and write it whole.

    Raises NotChanged, and leaves the file as it is, where it cannot be read, where the edit would not give what is
    meant, or where somebody else changed it meanwhile. Two programs of this kind wait for each other.
    """
    with _alone(root):
        _edit_theme_file(root / file, file, edit, type_, empty)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """No other process edits charts/ or findings/ of the study meanwhile, between its reading and its writing."""
    path = root / _LOCK_FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file, locked(file.fileno()):
        yield


def _edit_theme_file(path: Path, file: str, edit: Edit, type_: type[msgspec.Struct], empty: str) -> None:
    before = path.read_bytes() if path.exists() else None
    text = empty if before is None else _text(before, file, type_)
    try:
        edited = edit(text)
    except CannotEdit as error:
        raise NotChanged(f"{file} was not changed: {error}") from error
    faults = errors(read_theme_text(edited, file, type_)[1])
    if faults:
        raise NotChanged(f"{file} was not changed: it could not be read afterwards.", faults)
    if before is not None and b"\r\n" in before:
        edited = edited.replace("\n", "\r\n")
    if (path.read_bytes() if path.exists() else None) != before:
        raise NotChanged(f"{file} was changed by somebody else just now. Nothing was written; try again.")
    if edited.encode() != before:
        write_whole(path, edited.encode())


def _text(data: bytes, file: str, type_: type[msgspec.Struct]) -> str:
    text, problems = decoded(data, file)
    if text is not None:
        problems += read_theme_text(text, file, type_)[1]
    if text is None or errors(problems):
        raise NotChanged(f"{file} has faults and was not changed. Mend them first:", errors(problems))
    return text
