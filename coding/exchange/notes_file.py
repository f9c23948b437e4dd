"""notes/: memos that are about no single coding or source, one Markdown file each, and the sets of another tool.

DESIGN's study folder has no place for a note on a code, a case or the whole project, nor for a set of documents. A
folder of its own, read by nothing but the exchange with other tools, keeps them where people and git can see them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from corpus.files import files_below, read_text
from corpus.marked import read_yaml_text
from corpus.problems import Problem
from corpus.records import record

NOTES_FOLDER = "notes"
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


class NoteMatter(msgspec.Struct, frozen=True, omit_defaults=True):
    """The front matter of a note. `about` names things as `code:ID`, `source:ID`, `source:ID 120-180` (a span in code
    points), `case:ID`, `note:ID` or `project`; `by` is a coder's id. A `set` is a group of the things in `about`."""

    title: str = ""
    kind: Literal["note", "set"] = "note"
    by: str = ""
    at: str = ""
    about: tuple[str, ...] = ()


class FreeNote(msgspec.Struct, frozen=True):
    """A note or a set, as it stands in notes/."""

    id: str
    matter: NoteMatter
    text: str


def note_text(note: FreeNote) -> str:
    """The whole file of a note."""
    lines = ["---"]
    for key, value in msgspec.to_builtins(note.matter).items():
        if key == "about":
            lines += ["about:", *(f"- {_quoted(entry)}" for entry in value)]
        else:
            lines.append(f"{key}: {_quoted(value)}")
    return "\n".join([*lines, "---", "", note.text.rstrip("\n"), ""])


def _quoted(value: str) -> str:
    """A word as it is, anything else in quotation marks."""
    return value if re.fullmatch(r"[a-z][a-z0-9-]*", value) else msgspec.json.encode(value).decode()


def read_notes(root: Path) -> tuple[list[FreeNote], list[Problem]]:
    """The notes of the study in `root`, by file name, and the faults in them."""
    notes: list[FreeNote] = []
    problems: list[Problem] = []
    for path in files_below(root / NOTES_FOLDER, ".md"):
        file = f"{NOTES_FOLDER}/{path.name}"
        content, faults = read_text(path, file)
        problems += faults
        if content is None:
            continue
        front = _FRONT.match(content)
        matter: NoteMatter | None = None
        if front:
            marked, faults = read_yaml_text(front[1], file, first_line=2)
            problems += faults
            if not faults:
                matter, faults = record(marked, NoteMatter, file)
                problems += faults
        notes.append(FreeNote(path.stem, matter or NoteMatter(), content[front.end() if front else 0 :].strip("\n")))
    return notes, problems
