"""Hand-written YAML and TOML as values that know their line, so that every fault can say where it is.

YAML scalars are kept as the words that were written: whether `1a`, `no` or `2009-01-14` is text, a truth value or a
date is decided by the field it is meant for (`corpus.records`), not by YAML's own guesses.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from corpus.problems import Problem

_MOST_NODES = 1_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Marked(msgspec.Struct, frozen=True):
    """A value and where it stands. `value` is a scalar, a tuple of `Marked`, or a dict of key → `Marked`.

    `plain` is true for an unquoted YAML scalar, whose kind is still open. `line` and `column` are 1-based.
    """

    value: Any
    line: int
    column: int = 0
    plain: bool = False


def read_yaml_text(text: str, file: str, first_line: int = 1) -> tuple[Marked | None, list[Problem]]:
    """The YAML document in `text` with line marks; `first_line` is where it begins in `file`. Empty text gives None."""
    walk = _YamlWalk(file, first_line)
    problems = walk.problems
    try:
        node = yaml.compose(text, Loader=_Loader)
        marked = walk.marked(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 0)
        said = " ".join(filter(None, (error.context, error.problem))) or "cannot be read"
        return None, [*problems, Problem(file, line, "bad-yaml", f"YAML: {said}", column=column)]
    except yaml.YAMLError as error:
        return None, [
            *problems,
            Problem(file, first_line, "bad-yaml", f"YAML: {' '.join(str(error).split())}"),
        ]
    except RecursionError:
        return None, [*problems, Problem(file, first_line, "bad-yaml", "YAML: nested too deeply")]
    return marked, problems


class _YamlWalk:
    """Turns YAML nodes into marked values. Aliases are written out, up to a number of nodes that no person writes."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first = file, first_line
        self.problems: list[Problem] = []
        self.left = _MOST_NODES

    def marked(self, node: Any, inside: frozenset[int] = frozenset()) -> Marked:
        line, column = node.start_mark.line + self.first, node.start_mark.column + 1
        self.left -= 1
        if self.left < 0:
            raise yaml.YAMLError("aliases make this file larger than any person could have meant")
        if id(node) in inside:
            self.fault(line, "bad-yaml", "YAML: an alias that contains itself", column)
            return Marked(None, line, column)
        if isinstance(node, yaml.ScalarNode):
            # None in Python's parser, empty in the one in C
            return Marked(node.value, line, column, plain=not node.style)
        inside = inside | {id(node)}
        if isinstance(node, yaml.SequenceNode):
            return Marked(tuple(self.marked(entry, inside) for entry in node.value), line, column)
        return Marked(self.entries(node, inside), line, column)

    def entries(self, node: Any, inside: frozenset[int]) -> dict[str, Marked]:
        found: dict[str, Marked] = {}
        for key, value in node.value:
            line, column = key.start_mark.line + self.first, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                self.fault(line, "bad-value", "a key must be a single word")
            elif key.value in found:
                self.fault(line, "duplicate-key", f"'{key.value}' stands here a second time")
            else:
                marked = self.marked(value, inside)
                found[key.value] = Marked(marked.value, line, column, marked.plain)
        return found

    def fault(self, line: int, rule: str, message: str, column: int = 0) -> None:
        self.problems.append(Problem(self.file, line, rule, message, column=column))


def read_toml_text(text: str, file: str) -> tuple[Marked | None, list[Problem]]:
    """The TOML document in `text`; keys carry the line that they are found on."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 0)
        said = re.sub(r" \(at .*\)$", "", str(error))
        return None, [Problem(file, line, "bad-toml", f"TOML: {said}", column=column)]
    except RecursionError:
        return None, [Problem(file, 0, "bad-toml", "TOML: nested too deeply")]
    try:
        return _from_toml(table, _toml_lines(text), (), 1), []
    except RecursionError:
        return None, [Problem(file, 0, "bad-toml", "TOML: nested too deeply")]


def _toml_lines(text: str) -> Mapping[tuple[str, ...], int]:
    """Where each table and key is written: path → line. Keys inside inline tables take their table's line.

    The tables of a list (`[[tabulate]]`) have their number, from 0, at the end of their path.
    """
    lines: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    entries: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*(\[+)([^\]#]+)\]+", line):
            section = _dotted(header[2])
            lines.setdefault(section, number)
            if header[1] == "[[":
                entries[section] += 1
                section = (*section, str(entries[section] - 1))
                lines[section] = number
        elif key := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            lines.setdefault(section + _dotted(key[1]), number)
    return lines


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _from_toml(value: Any, lines: Mapping[tuple[str, ...], int], path: tuple[str, ...], line: int) -> Marked:
    line = lines.get(path, line)
    if isinstance(value, dict):
        return Marked({k: _from_toml(v, lines, (*path, k), line) for k, v in value.items()}, line)
    if isinstance(value, list):
        return Marked(tuple(_from_toml(v, lines, (*path, str(n)), line) for n, v in enumerate(value)), line)
    return Marked(value, line)
