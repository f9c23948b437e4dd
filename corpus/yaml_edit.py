"""Changing one value in a YAML file that people write: comments, order and line breaks of everything else stay.

The text itself is edited at the marks that the parser gives, never written anew from its values. Every edit is read
back and compared with what it was meant to give; one that would give anything else is refused.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from corpus.marked import Marked, read_yaml_text

Value = str | Sequence[Any] | Mapping[str, Any]
Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDTH = 100
_LONG = 88


class CannotEdit(ValueError):
    """The file is written in a way that this edit cannot be made in without touching something else."""


def with_value(text: str, path: Path, value: Value) -> str:
    """The text with `value` at `path` (keys, and places in lists from 0); keys that are missing are added at the end
    of their mapping. Raises CannotEdit."""
    wanted = _set(_plain(text), path, value)
    nodes: list[yaml.Node] = [_root(text)]
    for step in path:
        below = _below(nodes[-1], step)
        if below is None:
            break
        nodes.append(below)
    left = path[len(nodes) - 1 :]
    if not left:
        edited = _replaced(text, nodes[-2], nodes[-1], value)
    else:
        for key in reversed(left[1:]):
            value = {str(key): value}
        holder = nodes[-2] if len(nodes) > 1 else None
        edited = _added(text, holder, nodes[-1], str(left[0]), value)
    return _checked(edited, wanted)


def with_entries(text: str, key: str, values: Sequence[Mapping[str, Any]]) -> str:
    """The text with these entries at the end of the list `key`, which is begun where there is none. Raises
    CannotEdit."""
    if not values:
        return text
    plain = _plain(text)
    there = plain.get(key) if isinstance(plain, dict) else None
    wanted = _set(plain, (key,), [*(there or ()), *values])
    root = _root(text)
    node = _below(root, key)
    if not isinstance(node, yaml.SequenceNode):
        if root.flow_style:
            return with_value(text, (key,), values)
        lines = f"{key}:\n{_entries(values, 0)}"
        return _checked(_without_key(text, root, key) + lines if node is not None else _line_end(text) + lines, wanted)
    if node.flow_style and node.value:
        at = _end(node.value[-1], text)
        return _checked(f"{text[:at]}, {_flow(values)[1:-1]}{text[at:]}", wanted)
    if node.flow_style:
        start, end = node.start_mark.index, node.end_mark.index
        if root.flow_style:
            return _checked(f"{text[:start]}{_flow(values)}{text[end:]}", wanted)
        return _checked(f"{text[:start].rstrip()}\n{_entries(values, 0)[:-1]}{text[end:]}", wanted)
    indent = node.start_mark.column
    at = _after(text, _end(node.value[-1], text), indent)
    return _checked(f"{_line_end(text[:at])}{_entries(values, indent)}{text[at:]}", wanted)


def without(text: str, path: Path) -> str:
    """The text without the key or list entry at `path`."""
    wanted = _set(_plain(text), path, None)
    parent: yaml.Node = _root(text)
    for step in path[:-1]:
        below = _below(parent, step)
        if below is None:
            return text
        parent = below
    node = _below(parent, path[-1])
    if node is None:
        return text
    places = [(_key_of(parent, n), _value_of(parent, n)) for n in range(len(parent.value))]
    n = next(n for n, (_, value) in enumerate(places) if value is node)
    if len(places) == 1:
        if isinstance(parent, yaml.MappingNode) and len(path) > 1:
            return without_empty(text, path, wanted)
        nothing = "[]" if isinstance(parent, yaml.SequenceNode) else "{}"
        end = parent.end_mark.index if _is_flow(parent) else _end(node, text)
        return _checked(f"{text[: parent.start_mark.index].rstrip()} {nothing}{text[end:]}", wanted)
    start, end = _start(parent, places[n], text), _end(node, text)
    if _is_flow(parent):
        start, end = (start, places[1][0].start_mark.index) if n == 0 else (_end(places[n - 1][1], text), end)
    elif n == 0 and isinstance(parent, yaml.MappingNode):
        end = places[1][0].start_mark.index
    else:
        start, end = text.rfind("\n", 0, start) + 1, _after(text, end, None)
    return _checked(text[:start] + text[end:], wanted)


def without_empty(text: str, path: Path, wanted: Any) -> str:
    """The text without the mapping that the last key of `path` was the only one of."""
    above = without(text, path[:-1])
    return _checked(above, _set(wanted, path[:-1], None))


def _checked(text: str, wanted: Any) -> str:
    """The text, if it says what it should."""
    if not text.endswith("\n"):
        text += "\n"
    if _plain(text) != _words(wanted):
        raise CannotEdit("the file is written in a way that this cannot be changed in; change it by hand")
    return text


# What the text says


def _plain(text: str) -> Any:
    marked, problems = read_yaml_text(text, "")
    if problems:
        raise CannotEdit(problems[0].message)
    return _value(marked) if marked is not None else {}


def _value(marked: Marked) -> Any:
    if isinstance(marked.value, dict):
        return {key: _value(entry) for key, entry in marked.value.items()}
    if isinstance(marked.value, tuple):
        return [_value(entry) for entry in marked.value]
    return marked.value or ""


def _words(value: Any) -> Any:
    """A value as it is read: mappings, lists and words."""
    if isinstance(value, Mapping):
        return {key: _words(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_words(entry) for entry in value]
    return value


def _set(plain: Any, path: Path, value: Any) -> Any:
    """A copy of `plain` with the value at `path`; None takes the place out."""
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        listed = list(plain)
        listed[step : step + 1] = [_set(listed[step], rest, value)] if rest else [] if value is None else [value]
        return listed
    entries = dict(plain) if isinstance(plain, dict) else {}
    if rest:
        entries[step] = _set(entries.get(step, {}), rest, value)
    elif value is None:
        entries.pop(step, None)
    else:
        entries[step] = value
    return entries


# Where it says it


def _root(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=_Loader)
    if not isinstance(node, yaml.MappingNode):
        raise CannotEdit("the file is no list of `key: value` lines")
    return node


def _below(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        found: yaml.Node | None = next((value for key, value in node.value if key.value == step), None)
        return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        entry: yaml.Node = node.value[step]
        return entry
    return None


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _key_of(node: yaml.Node, n: int) -> yaml.Node:
    entry: Any = node.value[n]
    key: yaml.Node = entry[0] if isinstance(node, yaml.MappingNode) else entry
    return key


def _value_of(node: yaml.Node, n: int) -> yaml.Node:
    entry: Any = node.value[n]
    value: yaml.Node = entry[1] if isinstance(node, yaml.MappingNode) else entry
    return value


def _start(parent: yaml.Node, place: tuple[yaml.Node, yaml.Node], text: str) -> int:
    """Where a key, or the dash of an entry, begins."""
    start: int = place[0].start_mark.index
    if isinstance(parent, yaml.SequenceNode) and not parent.flow_style:
        return text.rfind("-", 0, start)
    return start


def _end(node: yaml.Node, text: str) -> int:
    """Where the words of a node end: comments and blank lines after it are not its own."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(_value_of(node, len(node.value) - 1), text)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip(" \n"))


def _after(text: str, end: int, indent: int | None) -> int:
    """The beginning of the line after `end`, and after comments that stand deeper than `indent`."""
    at = text.find("\n", end) + 1 or len(text)
    while indent is not None:
        line = re.compile(r"([ ]*)#[^\n]*(?:\n|\Z)").match(text, at)
        if line is None or len(line[1]) <= indent or not line[0]:
            break
        at = line.end()
    return at


def _line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


# Writing values


def _replaced(text: str, parent: yaml.Node, node: yaml.Node, value: Value) -> str:
    start, end = node.start_mark.index, _end(node, text)
    is_flow = _is_flow(parent)
    if is_flow or isinstance(value, str) or not isinstance(value, Mapping):
        column = 0 if is_flow else _column_of(parent)
        new = _flow(value) if is_flow else _inline(value, column)
        gap = " " if start and text[start - 1] == ":" else ""
        before = (
            text[:start].rstrip(" \n") + " " if isinstance(node, yaml.CollectionNode) and not is_flow else text[:start]
        )
        return f"{before}{gap}{new}{text[end:]}"
    column = _column_of(parent)
    return f"{text[:start].rstrip()}\n{_mapping(value, column + 2)[:-1]}{text[end:]}"


def _added(text: str, above: yaml.Node | None, holder: yaml.Node, key: str, value: Value) -> str:
    """`key: value` at the end of the mapping `holder`, which may be empty."""
    if not isinstance(holder, yaml.MappingNode):
        if not isinstance(holder, yaml.ScalarNode) or holder.value or above is None:
            raise CannotEdit(f"there is no place for '{key}'")
        return _replaced(text, above, holder, {key: value})
    if holder.flow_style:
        entry = f"{_flow(key)}: {_flow(value)}"
        if not holder.value:
            at = holder.start_mark.index + 1
            return f"{text[:at]}{entry}{text[at:]}"
        at = _end(holder.value[-1][1], text)
        return f"{text[:at]}, {entry}{text[at:]}"
    column = holder.start_mark.column
    at = _after(text, _end(holder.value[-1][1], text), None)
    return f"{_line_end(text[:at])}{_mapping({key: value}, column)}{text[at:]}"


def _column_of(parent: yaml.Node) -> int:
    return int(parent.start_mark.column)


def _without_key(text: str, root: yaml.MappingNode, key: str) -> str:
    """The text without a key of the file that holds nothing."""
    pair = next(pair for pair in root.value if pair[0].value == key)
    start = pair[0].start_mark.index
    return _line_end(text[:start] + text[_after(text, _end(pair[1], text), None) :])


def _entries(values: Sequence[Mapping[str, Any]], indent: int) -> str:
    """List entries: a dash before the first key of each."""
    lines = (_mapping(value, indent + 2)[indent + 2 :] for value in values)
    return "".join(f"{' ' * indent}- {entry}" for entry in lines)


def _mapping(value: Mapping[str, Any], indent: int) -> str:
    """`key: value` lines, each ending in a line break."""
    lines = []
    for key, entry in value.items():
        if isinstance(entry, Mapping):
            short = _flow(entry)
            plain = all(isinstance(v, str) for v in entry.values())
            below = f" {short}" if plain and len(short) <= _LONG else f"\n{_mapping(entry, indent + 2)[:-1]}"
            lines.append(f"{' ' * indent}{_flow(key)}:{below}\n")
        else:
            lines.append(f"{' ' * indent}{_flow(key)}: {_inline(entry, indent)}\n")
    return "".join(lines)


def _inline(value: Value, indent: int) -> str:
    """A text or a list behind its key: long text folded below it, as it is easier to read and to merge."""
    if isinstance(value, str) and len(value) > _LONG and " ".join(value.split()) == value:
        lines = textwrap.wrap(value, _WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
        if all(not line.startswith(("#", "%")) for line in lines):
            return ">-\n" + "\n".join(" " * (indent + 2) + line for line in lines)
    return _flow(value)


def _flow(value: Any) -> str:
    """A value on one line, quoted where it has to be, also inside brackets and braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    said: str = yaml.dump([value], Dumper=yaml.SafeDumper, default_flow_style=True, allow_unicode=True, width=10**9)
    return said.strip()[1:-1]
