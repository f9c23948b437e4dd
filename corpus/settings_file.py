"""Changing one setting in study.toml without touching anything else in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from corpus.study import Settings


def typed_setting(key: str, values: Sequence[str]) -> object:
    """`values`, typed at a prompt, as the kind of value that the setting `key` (`matrix.excerpts`) holds.

    None where study.toml has no such setting. A value that cannot be of that kind is returned as it is, for the
    checks of study.toml to name.
    """
    kind: Any = Settings
    for name in key.split("."):
        if get_origin(kind) is dict:
            kind = get_args(kind)[1]
        elif _is_struct(kind) and name in get_type_hints(kind):
            kind = get_type_hints(kind)[name]
        else:
            return None
    if _is_struct(kind) or get_origin(kind) is dict:
        return None
    if len(values) > 1 or get_origin(kind) is tuple:
        return list(values)
    word = values[0]
    if kind is int and word.lstrip("-").isdecimal():
        return int(word)
    return {"true": True, "false": False}.get(word, word) if kind is bool else word


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def with_setting(text: str, key: str, value: object) -> str:
    """study.toml with `key` set to `value`. A key that is new stands at the end of its section's first block."""
    import tomlkit

    *tables, last = key.split(".")
    document = tomlkit.parse(text)
    place: Any = document
    for name in tables:
        place = place.get(name, {})
    if last in place:
        place[last] = value
        return tomlkit.dumps(document)
    line = f"{_bare(last)} = {tomlkit.item(value).as_string()}"
    header = re.compile(rf"^[ \t]*\[[ \t]*{re.escape('.'.join(tables))}[ \t]*\][^\n]*$", re.MULTILINE)
    found = header.search(text) if tables else None
    if found is None and tables:
        return f"{text.rstrip()}\n\n[{'.'.join(map(_bare, tables))}]\n{line}\n"
    start = found.end() if found else 0
    end = re.compile(r"\n[ \t]*(?:\n|\Z)|\n(?=[ \t]*\[)|\Z").search(text, start)
    at = end.start() if end else len(text)
    return f"{text[:at]}\n{line}{text[at:] or chr(10)}"


def _bare(name: str) -> str:
    """The name as a key: quoted where it has other characters than letters, digits, `_` and `-`."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else msgspec.json.encode(name).decode()
