"""A source: one interview summary, transcript or document, as plain text with front matter."""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from corpus.files import decoded, printable, sha256
from corpus.ids import why_illegal
from corpus.marked import read_yaml_text
from corpus.problems import Problem
from corpus.records import record
from corpus.text import TextStructure, text_structure

SOURCES_FOLDER = "sources"
_FENCE = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^---[ \t]*$", re.MULTILINE)

Kind = Literal["summary", "transcript", "document"]
Asked = Literal["all", "unknown"] | tuple[str, ...]


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """The imported file that the text came from.

    `file` is its name in originals/ (or private/originals/NAME), `sha256` the digest of its bytes and `text_sha256`
    that of the text as it was imported: a text with another digest was edited by hand since. `encoding` and `part` (the
    headings it begins and ends with) are there where the import was told them; `row` is the respondent's id where the
    file is a survey. `earlier` holds the digests of the files that this one is a new version of.
    """

    file: str
    sha256: str
    imported: str = ""
    text_sha256: str = ""
    encoding: str = ""
    part: tuple[str, ...] = ()
    row: str = ""
    earlier: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


class FrontMatter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands between the two `---` of a source.

    `asked` says which questions of the guide were put to this person: `all`, `unknown`, or a list of question ids.
    `attributes` are of this source, not of its case: the closed answers of a survey's respondent.
    """

    title: str = ""
    case: str = ""
    roles: tuple[str, ...] = ()
    date: datetime.date | None = None
    kind: Kind = "summary"
    asked: Asked = "unknown"
    language: str = ""
    attributes: dict[str, str] = {}
    origin: Origin | None = None


class Source(msgspec.Struct, frozen=True, dict=True):
    """One source as read. `text_line` is the line of its file on which the text begins (1-based)."""

    id: str
    meta: FrontMatter
    text: str
    text_line: int = 1

    @property
    def file(self) -> str:
        """Its file, relative to the study folder."""
        return f"{SOURCES_FOLDER}/{self.id}.md"

    @property
    def title(self) -> str:
        """The title that readers see."""
        return self.meta.title or self.id

    @cached_property
    def structure(self) -> TextStructure:
        """Headings, paragraphs and, in a transcript, speaker turns."""
        return text_structure(self.text, speakers=self.meta.kind == "transcript")

    @cached_property
    def sha256(self) -> str:
        """Digest of the text alone (UTF-8), without the front matter."""
        return sha256(self.text)

    def file_line(self, position: int) -> int:
        """The line of the file on which `position` of the text stands."""
        return self.text_line + self.text.count("\n", 0, position)


def read_source(path: Path) -> tuple[Source | None, list[Problem]]:
    """The source in `path`, and its faults. None where the text itself cannot be read or the name is no id."""
    file = f"{SOURCES_FOLDER}/{path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    return source_from_bytes(path.stem, data)


def source_from_bytes(id: str, data: bytes) -> tuple[Source | None, list[Problem]]:
    """The source with this id whose file holds `data`."""
    file = f"{SOURCES_FOLDER}/{id}.md"
    if why := why_illegal(id):
        name = printable(id)
        return None, [Problem(printable(file), 0, "illegal-id", f"source id '{name}' {why}", "Rename the file.")]
    content, problems = decoded(data, file)
    if content is None:
        return None, problems
    meta, text_start, faults = _front_matter(content, file)
    problems += faults
    text = content[text_start:]
    blank = re.match(r"(?:[ \t]*\n)*", text)
    skipped = blank.end() if blank else 0
    text = text[skipped:]
    line = content.count("\n", 0, text_start + skipped) + 1
    if not text.strip():
        problems.append(Problem(file, line, "empty-source", "the source has no text"))
    return Source(id, meta, text, line), problems


def _front_matter(content: str, file: str) -> tuple[FrontMatter, int, list[Problem]]:
    """The front matter, where the text begins after it, and the faults. A file without any is text from the start."""
    opening = _FENCE.match(content)
    if not opening:
        return FrontMatter(), 0, []
    closing = _CLOSE.search(content, opening.end())
    if not closing:
        message = "the front matter opens with --- and is not closed"
        return FrontMatter(), len(content), [Problem(file, 1, "bad-front-matter", message)]
    marked, problems = read_yaml_text(content[opening.end() : closing.start()], file, first_line=2)
    problems = [msgspec.structs.replace(p, rule="bad-front-matter") if p.rule == "bad-yaml" else p for p in problems]
    meta: FrontMatter | None = None
    if not any(p.rule == "bad-front-matter" for p in problems):
        meta, faults = record(marked, FrontMatter, file)
        problems += faults
    return meta or FrontMatter(), min(closing.end() + 1, len(content)), problems


def source_file_text(meta: FrontMatter, text: str) -> str:
    """The whole file of a source: front matter in a fixed order of keys, a blank line, the text."""
    lines = ["---"]
    for key, value in msgspec.to_builtins(meta).items():
        if isinstance(value, dict):
            lines.append(f"{key}:")
            for inner, said in value.items():
                if isinstance(said, list | tuple):
                    lines += [f"  {_yaml(inner)}:", *(f"  - {_yaml(entry)}" for entry in said)]
                else:
                    lines.append(f"  {_yaml(inner)}: {_yaml(said)}")
        else:
            lines.append(f"{key}: {_yaml(value)}")
    return "\n".join([*lines, "---", "", text if text.endswith("\n") else text + "\n"])


def _yaml(value: Any) -> str:
    """A scalar or list on one line, quoted only where YAML would read it as something else."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_yaml(entry) for entry in value) + "]"
    text = str(value)
    plain = re.fullmatch(r"[\w§][\w .,/()+§-]*", text) and not text.endswith(" ") and "  " not in text
    if plain and ", " not in text and text.lower() not in ("null", "true", "false", "yes", "no"):
        return text
    return msgspec.json.encode(text).decode()
