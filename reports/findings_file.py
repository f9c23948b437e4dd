"""findings/<theme>.yaml: the sentences of one theme, read with the line of every fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from coding.coded_study import CodedStudy
from corpus.ids import Id, why_illegal
from corpus.problems import Problem, did_you_mean, hint
from reports.aggregate import columns
from reports.findings import PLACEHOLDERS, Finding, Stance, ThemeFindings
from reports.matrix import Column
from reports.theme_files import Named, ThemeFile, case_faults, evidence_faults, line_at, read_theme_files, theme_faults
from reports.wording.rendering import AGREEMENT

FINDINGS_FOLDER = "findings"


_IN_BRACES = re.compile(r"\{([^{}]*)\}")


class FindingEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence as the file has it; see `reports.findings.Finding`."""

    id: Id
    text: str
    group: str = ""
    claim: str = ""
    stances: dict[str, Stance] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    evidence_sha: str = ""
    note: str = ""
    by: str = ""
    line: int = 0


class FindingsFile(msgspec.Struct, frozen=True):
    """findings/<theme>.yaml. `difference` is a person's sentence on what differs between the groups."""

    theme: Id
    difference: str = ""
    findings: tuple[FindingEntry, ...] = ()


def findings_file(theme: str) -> str:
    """The file's path relative to the study folder."""
    return f"{FINDINGS_FOLDER}/{theme}.yaml"


def read_findings(root: Path, coded: CodedStudy) -> tuple[tuple[ThemeFindings, ...], list[Problem]]:
    """The sentences of all themes, in order of the files' names and of their entries, and every fault in them.

    What can be read is returned even where it names a theme, case or coding that is not there.
    """
    files, problems = read_theme_files(root, FINDINGS_FOLDER, FindingsFile)
    groups = columns(coded)
    themes: list[ThemeFindings] = []
    seen: dict[str, str] = {}
    for at in files:
        here = findings_in(at)
        problems += [*theme_faults(here.theme, at, coded), *_faults(here, at, groups, coded), *_twice(here, seen)]
        themes.append(here)
    return tuple(themes), problems


def findings_in(at: ThemeFile[FindingsFile]) -> ThemeFindings:
    """The sentences of one file."""
    theme = at.said.theme
    found = tuple(
        Finding(
            e.id, theme, e.group, e.text, e.claim, e.stances, e.evidence, e.evidence_sha, e.note, e.by, at.file, e.line
        )
        for e in at.said.findings
    )
    return ThemeFindings(theme, at.said.difference, found, at.file, line_at(at.marked, "theme"))


def _twice(here: ThemeFindings, seen: dict[str, str]) -> Iterator[Problem]:
    """Ids that cannot be ids or stand at another place already; `seen` is id → the place, and grows."""
    for finding in here.findings:
        if why := why_illegal(finding.id):
            yield Problem(here.file, finding.line, "illegal-id", f"finding id '{finding.id}' {why}")
        elif finding.id in seen:
            said = f"finding '{finding.id}' stands at {seen[finding.id]} already"
            yield Problem(here.file, finding.line, "duplicate-id", said)
        seen.setdefault(finding.id, f"{here.file}:{finding.line}")


def _faults(
    here: ThemeFindings, at: ThemeFile[FindingsFile], groups: tuple[Column, ...], coded: CodedStudy
) -> Iterator[Problem]:
    cases_of = {column.id: {case.id for case in column.cases} for column in groups}
    named = []
    for finding in here.findings:
        entry = at.entry("findings", finding.line)
        if finding.group and finding.group not in cases_of:
            near = hint(did_you_mean(finding.group, cases_of), f"groups: {', '.join(cases_of) or 'none'}")
            said = f"group '{finding.group}' is no column of the matrix"
            yield Problem(at.file, line_at(entry, "group"), "unknown-group", said, near)
        yield from placeholder_faults(finding.text, at.file, line_at(entry, "text"))
        inside = cases_of.get(finding.group) if finding.group else None
        for key, cases in (("stances", finding.stances), ("evidence", finding.evidence)):
            for case in cases:
                line = line_at(entry, key, case)
                yield from case_faults(case, at.file, line, coded)
                if inside is not None and case in coded.study.case_by_id and case not in inside:
                    said = f"case '{case}' is not in group '{finding.group}', which the sentence is about"
                    yield Problem(at.file, line, "case-outside-group", said)
        named += [
            Named(ids, case, here.theme, at.file, line_at(entry, "evidence", case))
            for case, ids in finding.evidence.items()
        ]
    yield from evidence_faults(named, coded)


def placeholder_faults(text: str, file: str, line: int) -> Iterator[Problem]:
    """Braces in a sentence that nothing fills in."""
    for found in _IN_BRACES.finditer(text):
        name = found[1]
        if name not in PLACEHOLDERS and not AGREEMENT.fullmatch(found[0]):
            near = hint(did_you_mean(name, PLACEHOLDERS), f"there are: {', '.join(f'{{{n}}}' for n in PLACEHOLDERS)}")
            yield Problem(file, line, "unknown-placeholder", f"'{found[0]}' is not filled in by anything", near)
    if re.search(r"[{}]", _IN_BRACES.sub("", text)):
        yield Problem(file, line, "unknown-placeholder", "a brace stands alone in the text")
