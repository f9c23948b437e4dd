"""The codes of a project in a study's codebook: found there by id or label, else added, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import yaml

from codebook.codebook import Code, Codebook
from codebook.codebook_file import codebook_text, with_theme
from coding.exchange.losses import Losses
from coding.exchange.names import clean_text, name_key, one_line
from coding.exchange.project import ProjectCode
from corpus.ids import make_id, why_illegal


class PlacedCodes(msgspec.Struct, frozen=True):
    """What becomes of a project's codes: the id of each by its key, and the codes that are new in the codebook.

    `below` are the new codes by the id of the code of the study that they stand under; `themes` are those at the top.
    """

    id_of: dict[str, str]
    themes: tuple[Code, ...]
    below: dict[str, tuple[Code, ...]]
    matched: int

    @property
    def added(self) -> int:
        """How many codes are new."""
        tops = (*self.themes, *(code for codes in self.below.values() for code in codes))
        return sum(1 for top in tops for _ in top.walk())


def placed_codes(codes: Sequence[ProjectCode], codebook: Codebook, losses: Losses) -> PlacedCodes:
    """The codes as they will stand in the study."""
    parents = _parents(codes, losses)
    id_of = _matches(codes, parents, codebook)
    matched = len(id_of)
    taken = {id.lower() for id in codebook.by_id}
    wanted = {code.id for code in codes if code.id and not why_illegal(code.id)}
    new = [code for code in codes if code.key not in id_of]
    for code in new:
        if code.id in wanted and code.id not in taken:
            id_of[code.key] = code.id
            taken.add(code.id)
    by_key = {code.key: code for code in codes}
    for code in new:
        if code.key not in id_of:
            id_of[code.key] = id = _new_id(code, by_key.get(parents[code.key]), taken | wanted)
            taken.add(id)
    themes, below = _trees(new, parents, id_of, losses)
    return PlacedCodes(id_of, themes, below, matched)


def _parents(codes: Sequence[ProjectCode], losses: Losses) -> dict[str, str]:
    """Key → key of the code above; a code that stands below itself, or below one that is not there, goes to the top."""
    known = {code.key: code.parent for code in codes}
    settled: set[str] = {""}
    for code in codes:
        path: list[str] = []
        key = code.key
        while key not in settled and key in known and key not in path:
            path.append(key)
            key = known[key]
        if key in path:
            known[key] = ""
            losses.add("codes", "it stood below itself; it was put at the top", code.name, kept=True)
        elif key not in settled and key not in known:
            known[path[-1]] = ""
            losses.add("codes", "the code above it is not in the project; it was put at the top", code.name, kept=True)
        settled.update(path)
    return known


def _matches(codes: Sequence[ProjectCode], parents: Mapping[str, str], codebook: Codebook) -> dict[str, str]:
    """Key → id of the same code in the study: by id, by label below the same code, or by a label that is there once."""
    if not codebook.themes:
        return {}
    found: dict[str, str] = {}
    taken: set[str] = set()
    paths: dict[tuple[str, str], str] = {}
    labels: dict[str, list[str]] = {}
    for theme in codebook.themes:
        _note_labels(theme, "", paths, labels)
    names = Counter(name_key(code.name) for code in codes)
    for code in reversed(_deepest_first(codes, parents)):
        name = name_key(code.name)
        above = found.get(parents[code.key], "") if parents[code.key] else ""
        alone = labels.get(name, []) if names[name] == 1 else []
        candidates = [code.id if code.id in codebook.by_id else "", paths.get((above, name), "")]
        candidates += alone if len(alone) == 1 else []
        id = next((id for id in candidates if id and id not in taken), "")
        if id:
            found[code.key] = id
            taken.add(id)
    return found


def _note_labels(code: Code, above: str, paths: dict[tuple[str, str], str], labels: dict[str, list[str]]) -> None:
    paths.setdefault((above, name_key(code.label)), code.id)
    labels.setdefault(name_key(code.label), []).append(code.id)
    for below in code.codes:
        _note_labels(below, code.id, paths, labels)


def _new_id(code: ProjectCode, parent: ProjectCode | None, taken: set[str]) -> str:
    """An id that reads like the name, with the parent's in front where two codes have one name."""
    id = make_id(code.name)
    if id in taken and parent is not None:
        id = make_id(f"{parent.name}.{code.name}")
    return make_id(id, taken) if id in taken else id


def _trees(
    new: Sequence[ProjectCode], parents: Mapping[str, str], id_of: Mapping[str, str], losses: Losses
) -> tuple[tuple[Code, ...], dict[str, tuple[Code, ...]]]:
    """The new codes nested: those at the top, and those below a code that the study has, by its id."""
    keys = {code.key for code in new}
    children: dict[str, list[ProjectCode]] = {}
    for code in new:
        children.setdefault(parents[code.key], []).append(code)
    built: dict[str, Code] = {}
    order = _deepest_first(new, parents)
    for code in order:
        below = tuple(built[child.key] for child in children.get(code.key, ()))
        built[code.key] = _code(code, id_of[code.key], below, losses)
    themes = tuple(built[code.key] for code in children.get("", ()))
    under = {
        id_of[parent]: tuple(built[code.key] for code in found)
        for parent, found in children.items()
        if parent and parent not in keys
    }
    return themes, under


def _deepest_first(new: Sequence[ProjectCode], parents: Mapping[str, str]) -> list[ProjectCode]:
    """The codes so that none comes before one below it; backwards, they are in their order within each level."""
    depth: dict[str, int] = {"": 0}
    for code in new:
        path, key = [], code.key
        while key not in depth:
            path.append(key)
            key = parents.get(key, "")
        depth |= {above: n for n, above in enumerate(reversed(path), depth[key] + 1)}
    order = {code.key: number for number, code in enumerate(new)}
    return sorted(new, key=lambda code: (depth[code.key], order[code.key]), reverse=True)


def _code(code: ProjectCode, id: str, below: tuple[Code, ...], losses: Losses) -> Code:
    label = one_line(code.name) or id
    made = Code(id, label, definition=clean_text(code.description), color=code.colour, codes=below)
    if not code.details:
        return made
    plain = {"id": id, "label": label, "definition": made.definition, "color": code.colour, **code.details}
    try:
        full = msgspec.convert({k: v for k, v in plain.items() if k not in ("codes", "line")}, Code, strict=False)
    except msgspec.ValidationError as error:
        losses.add("keys of codes", f"they are not of the kind expected ({error})", code.name)
        return made
    return msgspec.structs.replace(full, codes=below)


def codebook_with(text: str, placed: PlacedCodes) -> tuple[str, bool]:
    """codebook.yaml with the new codes, and whether its comments and layout could be kept.

    `text` is the file as it is; an empty one, or one without themes, is written anew with its comments on top.
    """
    from codebook.codebook_file import read_codebook_text
    from codebook.draft import codebook_bytes

    codebook, _ = read_codebook_text(text)
    if not codebook.themes:
        return codebook_bytes(Codebook(placed.themes), text).decode(), True
    kept = True
    for parent, codes in placed.below.items():
        inserted = _inserted(text, parent, codes)
        if inserted is None:
            kept = False
            text = codebook_text(_grown(read_codebook_text(text)[0], parent, codes))
        else:
            text = inserted
    for theme in placed.themes:
        text = with_theme(text, theme)
    return text, kept


def _grown(codebook: Codebook, parent: str, codes: tuple[Code, ...]) -> Codebook:
    def grown(code: Code) -> Code:
        below = tuple(map(grown, code.codes))
        return msgspec.structs.replace(code, codes=below + (codes if code.id == parent else ()))

    return Codebook(tuple(map(grown, codebook.themes)))


def _inserted(text: str, parent: str, codes: tuple[Code, ...]) -> str | None:
    """The file with `codes` below the code `parent` and every other line as it is; None where YAML's form (braces, a
    list on one line) leaves no place for a line."""
    try:
        node = _mapping_of(yaml.compose(text), parent)
    except yaml.YAMLError:
        return None
    if node is None or node.flow_style:
        return None
    entries = {key.value: value for key, value in node.value}
    if "codes" in entries and (entries["codes"].flow_style or not entries["codes"].value):
        return None
    column = node.start_mark.column
    lines = text.split("\n")
    if "codes" in entries:
        last, indent = entries["codes"].value[-1], entries["codes"].start_mark.column
        head: list[str] = []
    else:
        last, indent, head = node, column, [" " * column + "codes:"]
    at = last.end_mark.line + (1 if last.end_mark.column and last.end_mark.line < len(lines) else 0)
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    body = codebook_text(Codebook(codes)).split("\n", 1)[1].rstrip("\n").split("\n")
    body = [" " * indent + line if line else line for line in body]
    return "\n".join([*lines[:at], *head, *body, *lines[at:]])


def _mapping_of(node: Any, id: str) -> Any:
    """The mapping of the code with this id, wherever it stands."""
    stack = [node] if node is not None else []
    while stack:
        current = stack.pop()
        if isinstance(current, yaml.MappingNode):
            for key, value in current.value:
                if key.value == "id" and isinstance(value, yaml.ScalarNode) and value.value == id:
                    return current
                stack.append(value)
        elif isinstance(current, yaml.SequenceNode):
            stack += current.value
    return None
