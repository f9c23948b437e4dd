"""Which format a project of another tool is in, judged by what it holds."""

from __future__ import annotations

import importlib
from pathlib import Path

from coding.exchange import FORMATS, SEVERAL
from coding.exchange.project import Project
from coding.exchange.sqlite_file import MAGIC
from corpus.files import shown
from corpus.problems import Problem

_HEAD = 65_536


def format_of(path: Path) -> tuple[str, list[Problem]]:
    """The module that reads the file or folder `path`; empty where no format is recognised, and why."""
    file = shown(path)
    try:
        head = b""
        if not path.is_dir():
            with path.open("rb") as stream:
                head = stream.read(_HEAD)
        for name in FORMATS:
            if importlib.import_module(f"coding.exchange.{name}").recognises(path, head):
                return name, []
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
        return "", [Problem(file, 0, "missing-file", said, "Look for a misspelling, and at its permissions.")]
    said = "no program's project is recognised in it" if head or path.is_dir() else "the file is empty"
    if head.startswith(MAGIC):
        said = "the database is damaged, or of a program that crosscase does not know"
    near = "REFI-QDA (.qdpx, .qde, .qdc), QualCoder, Taguette, RQDA, ATLAS.ti quotation lists and tables can be read."
    return "", [Problem(file, 0, "unsupported-file", said, near)]


def read_any_project(path: Path, wanted: str = "") -> tuple[Project | None, list[Problem]]:
    """The project in the file or folder `path`, whatever tool it is of; None where no format is recognised.

    `wanted` names one of several projects, for the formats in `SEVERAL`.
    """
    name, problems = format_of(path)
    if not name:
        return None, problems
    module = importlib.import_module(f"coding.exchange.{name}")
    try:
        project, problems = module.read_project(path, wanted) if name in SEVERAL else module.read_project(path)
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
        return None, [Problem(shown(path), 0, "unreadable-file", said, "Look at its permissions.")]
    return project, problems
