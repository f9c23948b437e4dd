"""Folders with one YAML file a theme (charts/, findings/): read with line marks, checked against the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from coding.coded_study import CodedStudy
from coding.history import coding_histories
from corpus.files import files_below, read_text, stray_files
from corpus.marked import Marked, read_yaml_text
from corpus.problems import Problem, did_you_mean, hint
from corpus.records import record
from reports.evidence import case_of, theme_of

T = TypeVar("T")


class ThemeFile(msgspec.Struct, Generic[T], frozen=True):
    """One file: its path in the study, what it says, and the same with line marks."""

    file: str
    said: T
    marked: Marked

    def entry(self, key: str, line: int) -> Marked:
        """The entry of the list `key` that begins on `line`; the file as a whole where there is none."""
        there = self.marked.value.get(key) if isinstance(self.marked.value, dict) else None
        entries = there.value if there is not None and isinstance(there.value, tuple) else ()
        return next((entry for entry in entries if entry.line == line), self.marked)


def read_theme_files(root: Path, folder: str, type_: type[T]) -> tuple[list[ThemeFile[T]], list[Problem]]:
    """Every `<theme>.yaml` in a folder of the study, in order of names, and its faults; no folder gives none."""
    found: list[ThemeFile[T]] = []
    problems = stray_files(root / folder, ".yaml", folder)
    for path in files_below(root / folder, ".yaml"):
        file = f"{folder}/{path.name}"
        text, faults = read_text(path, file)
        problems += faults
        if text is not None:
            one, faults = read_theme_text(text, file, type_)
            problems += faults
            found += [one] if one else []
    return found, problems


def read_theme_text(text: str, file: str, type_: type[T]) -> tuple[ThemeFile[T] | None, list[Problem]]:
    """What the content of one such file says, and its faults; None where it cannot be used at all."""
    marked, problems = read_yaml_text(text, file)
    if marked is None and problems:
        return None, problems
    said, faults = record(marked, type_, file)
    return (ThemeFile(file, said, marked or Marked({}, 1)) if said is not None else None), [*problems, *faults]


def theme_faults(theme: str, at: ThemeFile[T], coded: CodedStudy) -> Iterator[Problem]:
    """A file for a theme that is no row of the matrix, or that is not named as its theme."""
    rows = {theme.id for theme in coded.codebook.active_themes}
    line = line_at(at.marked, "theme")
    if theme not in rows:
        code = coded.codebook.theme_of.get(theme)
        moved = f"its codings count for '{code.id}' now" if code is not None and code.id != theme else ""
        near = hint(moved or did_you_mean(theme, rows), "crosscase codebook list shows all themes")
        yield Problem(at.file, line, "unknown-row", f"'{theme}' is no theme of the codebook", near)
    if Path(at.file).stem != theme:
        said = f"the file is about '{theme}', so it should be named {theme}.yaml"
        yield Problem(at.file, line, "misnamed-file", said)


def case_faults(case: str, file: str, line: int, coded: CodedStudy) -> Iterator[Problem]:
    """A case that cases.csv does not have."""
    if case not in coded.study.case_by_id:
        near = hint(did_you_mean(case, coded.study.case_by_id), "cases.csv lists all cases")
        yield Problem(file, line, "unknown-case", f"case '{case}' is not in cases.csv", near)


class Named(msgspec.Struct, frozen=True):
    """Evidence as a file names it: coding ids, for a case under a theme, at a line."""

    ids: tuple[str, ...]
    case: str
    theme: str
    file: str
    line: int


def evidence_faults(named: Sequence[Named], coded: CodedStudy) -> Iterator[Problem]:
    """Evidence that is no coding, counts no longer, or lies in another case or under another theme."""
    missing = {id for one in named for id in one.ids if id not in coded.codings_by_id}
    past = coding_histories(coded.study.root, missing)
    lost = {anchor.id for anchor in coded.anchored if not anchor.counts}
    for one in named:
        for id in dict.fromkeys(one.ids):
            if id in missing:
                said, rule, near = _missing(id, id in lost, id in past, one, coded)
                yield Problem(one.file, one.line, rule, said, near)
            else:
                yield from _foreign(id, one, coded)


def _missing(id: str, is_lost: bool, was_coded: bool, one: Named, coded: CodedStudy) -> tuple[str, str, str]:
    """What is to be said of an id that no counting coding has: message, rule, hint."""
    if is_lost:
        return f"the words of coding '{id}' are lost, so it does not count", "gone-evidence", "crosscase reanchor"
    if was_coded:
        return f"coding '{id}' was retracted", "gone-evidence", ""
    here = [c.id for s in coded.study.sources_of_case.get(one.case, ()) for c in coded.codings_in(s.id)]
    return f"there is no coding '{id}'", "unknown-evidence", did_you_mean(id, here)


def _foreign(id: str, one: Named, coded: CodedStudy) -> Iterator[Problem]:
    coding = coded.codings_by_id[id]
    case, theme = case_of(coding, coded), theme_of(coding, coded)
    if case != one.case and one.case in coded.study.case_by_id:
        said = f"coding '{id}' is of case '{case}', not of '{one.case}'"
        yield Problem(one.file, one.line, "foreign-evidence", said)
    if theme != one.theme and one.theme in {row.id for row in coded.codebook.active_themes}:
        said = f"coding '{id}' has code '{coding.code}', which is not '{one.theme}' nor below it"
        yield Problem(one.file, one.line, "foreign-evidence", said)


def line_at(marked: Marked, *keys: str) -> int:
    """The line of a key inside others; that of the last one found where it is not there."""
    for key in keys:
        inside: Mapping[str, Marked] = marked.value if isinstance(marked.value, dict) else {}
        if key not in inside:
            break
        marked = inside[key]
    return marked.line
