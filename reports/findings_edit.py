"""Writing sentences into findings/<theme>.yaml, one place at a time."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from pathlib import Path

from corpus.yaml_edit import with_entries, with_value, without
from reports.findings import Finding
from reports.findings_file import FindingsFile, findings_file
from reports.theme_edit import NotChanged, edit_theme_file
from reports.theme_files import read_theme_text

_KEYS = ("group", "claim", "text", "stances", "evidence", "evidence_sha", "note", "by")
_RANDOM = "abcdefghjkmnpqrstuvwxyz23456789"


def new_finding_id(taken: Collection[str]) -> str:
    """`f-` and five random characters without look-alikes; more once they are used up."""
    for length in (5, 5, 5, 6, 7, 8):
        id = "f-" + "".join(secrets.choice(_RANDOM) for _ in range(length))
        if id not in taken:
            return id
    raise NotChanged("no new id was found; try again")


def add_finding(root: Path, finding: Finding) -> None:
    """Put a sentence at the end of its theme's file. Raises NotChanged."""
    entry = {"id": finding.id, **{key: value for key, value in _values(finding).items() if value}}
    _edit(root, _file(finding), finding.theme, lambda text: with_entries(text, "findings", [entry]))


def change_finding(root: Path, finding: Finding, before: Finding) -> None:
    """Make the sentence say what `finding` says; keys that are the same stay as they are written.

    `before` is the sentence as it was read. Raises NotChanged, also where somebody else changed it since.
    """

    def edit(text: str) -> str:
        place, there = _entry(text, before)
        for key, value in _values(finding).items():
            text = _changed(text, ("findings", place, key), there[key], value)
        return text

    _edit(root, _file(before), finding.theme, edit)


def remove_finding(root: Path, finding: Finding) -> None:
    """Take a sentence out of its file. Raises NotChanged, also where somebody else changed it since it was read."""
    _edit(root, _file(finding), finding.theme, lambda text: without(text, ("findings", _entry(text, finding)[0])))


def write_difference(root: Path, theme: str, difference: str) -> None:
    """Write what differs between the groups of a theme; an empty text takes it out. Raises NotChanged."""
    _edit(root, findings_file(theme), theme, lambda text: _changed(text, ("difference",), None, difference))


def _file(finding: Finding) -> str:
    """The file that the sentence was read from, whatever it is called; that of its theme for a new one."""
    return finding.file or findings_file(finding.theme)


def _edit(root: Path, file: str, theme: str, edit: Callable[[str], str]) -> None:
    edit_theme_file(root, file, edit, FindingsFile, f"theme: {theme}\n")


def _changed(text: str, path: tuple[str | int, ...], old: object, new: object) -> str:
    """The text with `new` at `path`; of a mapping only the keys that differ are touched."""
    if new == old:
        return text
    if not new:
        return without(text, path)
    if isinstance(old, dict) and old and isinstance(new, dict):
        for key in {**old, **new}:
            text = _changed(text, (*path, key), old.get(key), new.get(key))
        return text
    return with_value(text, path, new)  # type: ignore[arg-type]


def _values(finding: Finding) -> dict[str, object]:
    """The keys as the file has them, in its order."""
    values: dict[str, object] = {key: getattr(finding, key) for key in _KEYS}
    return values | {"evidence": {case: list(ids) for case, ids in finding.evidence.items()}}


def _entry(text: str, finding: Finding) -> tuple[int, dict[str, object]]:
    """Which entry is the finding, and its values. Raises NotChanged where none is, two are, or it says something else.

    Only so is nothing lost that somebody else wrote into the sentence since it was read.
    """
    said, _ = read_theme_text(text, "", FindingsFile)
    found = [(place, entry) for place, entry in enumerate(said.said.findings if said else ()) if entry.id == finding.id]
    if len(found) != 1:
        how_many = "no '{}' any more" if not found else "more than one '{}': give each an id of its own first"
        raise NotChanged(f"{_file(finding)} has {how_many.format(finding.id)}. Nothing was written.")
    place, entry = found[0]
    values = {key: getattr(entry, key) for key in _KEYS}
    values |= {"evidence": {case: list(ids) for case, ids in entry.evidence.items()}}
    if values != _values(finding):
        raise NotChanged(f"'{finding.id}' was changed by somebody else just now. Nothing was written; try again.")
    return place, values
