"""What a table or an option says about a source that is there: empty fields are filled, others never changed."""

from __future__ import annotations

import re
from typing import Any

from corpus.import_table import Given
from corpus.problems import Problem
from corpus.source import FrontMatter, Source, source_file_text, source_from_bytes

_FIELDS = ("title", "case", "roles", "date", "kind", "asked", "language")
_DEFAULTS = FrontMatter()


def says_something(given: Given) -> bool:
    """Whether anything is said that stands in the front matter of a source."""
    return bool(given.id) or any(getattr(given, field) for field in _FIELDS)


def merged(source: Source, given: Given, head: str) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of `source` to fill in from `given`, and where the two contradict each other.

    `head` is the front matter as it is written: a `kind` that it does not name counts as empty.
    """
    fill: dict[str, Any] = {}
    conflicts = []
    if given.id and given.id != source.id:
        said = f"the file is source '{source.id}' already; an import does not rename it to '{given.id}'"
        conflicts.append(Problem(source.file, 0, "import-conflict", said))
    for field in _FIELDS:
        wanted, has = getattr(given, field), getattr(source.meta, field)
        if not wanted or wanted == has:
            continue
        if has == getattr(_DEFAULTS, field) and (field != "kind" or not _line_of(head, "kind")):
            fill[field] = wanted
        else:
            said = f"{field} is {_shown(has)} here and {_shown(wanted)} in what was given; it stays as it is"
            conflicts.append(Problem(source.file, _line_number(head, field), "import-conflict", said))
    return fill, conflicts


def filled(content: str, fields: dict[str, Any]) -> str:
    """The file of a source with `fields` written into its front matter; every other line stays as it is."""
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(content, content.index("\n") + 1)
    head, rest = (content[: end.start()], content[end.start() :]) if end else (content, "")
    for field, value in fields.items():
        line = source_file_text(FrontMatter(**{field: value}), "").split("\n")[1] + "\n"
        old = _line_of(head, field)
        if old:
            head = head[: old.start()] + line + head[old.end() :]
        else:
            origin = re.search(r"^origin:", head, re.MULTILINE)
            at = origin.start() if origin else len(head)
            head = head[:at] + line + head[at:]
    return head + rest


def renewed(content: str, meta: FrontMatter, text: str) -> str:
    """The file of a source with the origin that `meta` has and another text; every other line of its front matter
    stays as it is written.

    Where that cannot be done line by line (no front matter, an origin in an unusual notation), it is written anew.
    """
    whole = source_file_text(meta, text)
    block = whole[whole.index("\norigin:") + 1 : whole.index("\n---\n") + 1]
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(content, content.find("\n") + 1)
    if not content.startswith("---") or not end:
        return whole
    head = content[: end.start()]
    old = re.search(r"^origin:.*\n(?:[ \t]+.*\n)*", head, re.MULTILINE)
    head = head[: old.start()] + block + head[old.end() :] if old else head + block
    kept = head + whole[whole.index("\n---\n") + 1 :]
    source, problems = source_from_bytes("x", kept.encode())
    says_the_same = source is not None and (source.meta, source.text) == (meta, text) and not problems
    return kept if says_the_same else whole


def _line_of(head: str, field: str) -> re.Match[str] | None:
    return re.search(rf"^{field}:.*\n", head, re.MULTILINE)


def _line_number(head: str, field: str) -> int:
    line = _line_of(head, field)
    return head.count("\n", 0, line.start()) + 1 if line else 0


def _shown(value: Any) -> str:
    return f"'{', '.join(value) if isinstance(value, tuple) else value}'"
