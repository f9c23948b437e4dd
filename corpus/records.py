"""From marked values to typed records, with every fault and its line collected instead of the first one raised.

The types are msgspec structs; the JSON Schemas in docs/schemas/ are generated from the same types. A field named
`line` is no key of the file: it takes the line that the record begins on.
"""

from __future__ import annotations

import datetime
import functools
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from corpus.files import forbidden_character
from corpus.marked import Marked
from corpus.problems import Problem, did_you_mean, hint

T = TypeVar("T")

_FAULT = object()
_WORDS = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    float: "a number",
    datetime.date: "a date",
}


def record(marked: Marked | None, type_: type[T], file: str) -> tuple[T | None, list[Problem]]:
    """`marked` as an instance of the struct `type_`, and every fault met on the way.

    A list entry or optional key with a fault is left out, so that the rest can still be used. None where a required
    key is missing or the whole is not of the right shape.
    """
    reader = _Reader(file)
    try:
        value = reader.read(marked or Marked({}, 1), type_, "the file")
    except RecursionError:
        return None, [*reader.problems, Problem(file, 0, "bad-value", "keys are nested too deeply to be meant")]
    return (None if value is _FAULT else value), reader.problems


@functools.cache
def _fields(type_: type[msgspec.Struct]) -> tuple[tuple[msgspec.structs.FieldInfo, ...], dict[str, Any]]:
    """The struct's fields and their types, looked up once: anew for every source it would take longer than reading."""
    return msgspec.structs.fields(type_), get_type_hints(type_)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, at: Marked, rule: str, message: str, hint: str = "") -> object:
        self.problems.append(Problem(self.file, at.line, rule, message, hint, at.column))
        return _FAULT

    def read(self, at: Marked, type_: Any, name: str) -> Any:
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            return self._struct(at, type_, name)
        origin, args = get_origin(type_), get_args(type_)
        if origin in (Union, types.UnionType):
            return self._union(at, args, name)
        if origin is Literal:
            if at.value in args:
                return at.value
            said = did_you_mean(str(at.value), map(str, args))
            return self.fault(at, "bad-value", f"{name} is {_show(at)}; it can be {_list(args)}", said)
        if origin is tuple:
            return self._list(at, args[0], name)
        if origin is dict:
            return self._dict(at, args[1], name)
        return self._scalar(at, type_, name)

    def _struct(self, at: Marked, type_: type[msgspec.Struct], name: str) -> Any:
        if not isinstance(at.value, dict):
            return self.fault(at, "bad-value", f"{name} is {_show(at)}; it should be `key: value` lines")
        fields, hints = _fields(type_)
        known = {field.encode_name: field for field in fields if field.name != "line"}
        values: dict[str, Any] = {"line": at.line} if "line" in hints else {}
        for key, entry in at.value.items():
            if key not in known:
                near = hint(did_you_mean(key, known), f"{name} can have: {', '.join(known)}")
                self.fault(entry, "unknown-key", f"'{key}' is not a key of {name}", near)
                continue
            field = known[key]
            if _is_empty(entry) and not field.required:
                continue
            value = self.read(entry, hints[field.name], f"'{key}'")
            if field.required and isinstance(value, str) and not value.strip():
                value = self.fault(entry, "bad-value", f"'{key}' is empty")
            if value is not _FAULT:
                values[field.name] = value
        missing = [f.encode_name for f in fields if f.required and f.name not in values]
        for key in missing:
            if key not in at.value or _is_empty(at.value[key]):
                self.fault(at, "missing-key", f"{name} has no '{key}'")
        return _FAULT if missing else type_(**values)

    def _list(self, at: Marked, type_: Any, name: str) -> Any:
        if not isinstance(at.value, tuple):
            return self.fault(at, "bad-value", f"{name} is {_show(at)}; it should be a list")
        values = [self.read(entry, type_, f"an entry of {name}") for entry in at.value]
        return tuple(value for value in values if value is not _FAULT)

    def _dict(self, at: Marked, type_: Any, name: str) -> Any:
        if not isinstance(at.value, dict):
            return self.fault(at, "bad-value", f"{name} is {_show(at)}; it should be `key: value` lines")
        values = {key: self.read(entry, type_, f"'{key}'") for key, entry in at.value.items()}
        return {key: value for key, value in values.items() if value is not _FAULT}

    def _union(self, at: Marked, args: tuple[Any, ...], name: str) -> Any:
        choices = [arg for arg in args if arg is not type(None)]
        if len(choices) < len(args) and _is_empty(at):
            return None
        shape = tuple if isinstance(at.value, tuple) else dict if isinstance(at.value, dict) else None
        for choice in choices:
            origin = get_origin(choice)
            is_struct = isinstance(choice, type) and issubclass(choice, msgspec.Struct)
            if (shape is dict and is_struct) or (shape is not None and origin is shape):
                return self.read(at, choice, name)
        scalars = [c for c in choices if get_origin(c) not in (tuple, dict)]
        if shape is None and scalars:
            literal = next((c for c in scalars if get_origin(c) is Literal), None)
            if literal is not None and len(choices) > len(scalars) and at.value not in get_args(literal):
                said = f"{name} is {_show(at)}; it can be {_list(get_args(literal))}, or a list in brackets"
                return self.fault(at, "bad-value", said)
            return self.read(at, literal if literal is not None else scalars[0], name)
        wanted = " or ".join(_WORDS.get(c, "a list" if get_origin(c) is tuple else "a value") for c in choices)
        return self.fault(at, "bad-value", f"{name} is {_show(at)}; it should be {wanted}")

    def _scalar(self, at: Marked, type_: Any, name: str) -> Any:
        value = at.value
        if isinstance(value, str) and at.plain and type_ is not str:
            value = _plain(value, type_)
        if type_ is datetime.date and isinstance(value, str):
            value = _date(value)
        if type_ is float and type(value) is int:
            value = float(value)
        if type_ is str and isinstance(value, int | float | datetime.date) and not isinstance(value, bool):
            value = str(value)
        if type_ is str and isinstance(value, str) and (bad := forbidden_character(value)):
            return self.fault(at, "bad-characters", f"{name} holds the character {bad}")
        if type(value) is type_:
            return value
        return self.fault(at, "bad-value", f"{name} is {_show(at)}; it should be {_WORDS.get(type_, 'another value')}")


def _plain(word: str, type_: Any) -> Any:
    if type_ is bool:
        return {"true": True, "false": False}.get(word.lower(), word)
    try:
        return type_(word) if type_ in (int, float) else word
    except ValueError:
        return word


def _date(word: str) -> Any:
    try:
        return datetime.date.fromisoformat(word)
    except ValueError:
        return word


def _is_empty(at: Marked) -> bool:
    return at.value is None or (at.plain and at.value in ("", "~", "null"))


def _show(at: Marked) -> str:
    if isinstance(at.value, dict):
        return "a list of keys"
    if isinstance(at.value, tuple):
        return "a list"
    text = str(at.value)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'" if text else "empty"


def _list(args: tuple[Any, ...]) -> str:
    words = [f"'{arg}'" for arg in args]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
