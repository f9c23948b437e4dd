"""Every alarm of a study, each rule looked at once; and all its problems, alarms among them, for a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.files import read_text
from corpus.problems import Problem, errors
from reports.alarms import Alarm, Side, to_problem
from reports.verify.between import contradictions
from reports.verify.evidence import changed_evidence, without_evidence
from reports.verify.licence import quantifiers
from reports.verify.look import Look, shortened
from reports.verify.numbers import numbers_that_do_not_follow
from reports.verify.quotes import typed_quotes
from reports.verify.strength import too_certain
from reports.verify.voices import merged_roles, unbalanced, unmentioned_contradictions
from reports.whole_study import WholeStudy, check_whole_study

CHECKS: tuple[Callable[[Look], Iterator[Alarm]], ...] = (
    quantifiers,
    without_evidence,
    changed_evidence,
    unmentioned_contradictions,
    contradictions,
    typed_quotes,
    numbers_that_do_not_follow,
    too_certain,
    merged_roles,
    unbalanced,
)


def verify_study(whole: WholeStudy) -> tuple[Alarm, ...]:
    """Whether the charts and findings of a study follow from its codings: all alarms, by file and line.

    Codings, files and ids that are broken are problems of `check_whole_study`; here everything is taken that was read.
    """
    look = Look(whole)
    found = dict.fromkeys(alarm for check in CHECKS for alarm in check(look))
    return tuple(sorted(found, key=lambda alarm: (alarm.sides[0].file, alarm.sides[0].line, alarm.rule, alarm.reason)))


def faults_of_files(root: Path, problems: Iterable[Problem], alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """The errors in charts/ and findings/ as alarms: what could not be read was not verified, and says so.

    Evidence that is gone is left out where `alarms` say already that it is stale, and what it was.
    """
    stale = {alarm.sides[0].file for alarm in alarms if alarm.rule in ("stale-chart", "stale-finding")}
    here = [problem for problem in errors(problems) if problem.file.startswith(("charts/", "findings/"))]
    found = [problem for problem in here if problem.rule != "gone-evidence" or problem.file not in stale]
    return tuple(
        Alarm(p.rule, "error", p.message, (Side(p.file, p.line, _line(root / p.file, p.line)),), p.hint) for p in found
    )


def _line(path: Path, line: int) -> str:
    """What stands on a line of a file; nothing where it cannot be read."""
    lines = ((read_text(path, path.name)[0] or "") if path.is_file() else "").split("\n")
    return shortened(lines[line - 1]) if 0 < line <= len(lines) else ""


def verified_study(root: Path) -> tuple[WholeStudy, list[Problem]]:
    """The study and all its problems, in order of file and line: those of its files, and what does not follow.

    A build starts from this, so that a sentence that does not follow cannot get into a report. Notes are left out, and
    so is what the files' own problems say already.
    """
    whole, problems = check_whole_study(root)
    known = {(problem.rule, problem.file, problem.line) for problem in problems}
    alarms = [to_problem(alarm) for alarm in verify_study(whole) if alarm.severity != "note"]
    return whole, sorted({*problems, *(p for p in alarms if (p.rule, p.file, p.line) not in known)})
