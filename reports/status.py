"""A study at a glance: how much of it there is, who has read and coded what, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from coding.coded_study import CodedStudy, matrix_coders
from coding.suggest.judgement_stats import JudgementStats, all_judgement_stats
from corpus.problems import Problem, errors
from reports.aggregate import columns
from reports.build import is_up_to_date
from reports.charts import missing_in
from reports.manifest import read_manifest
from reports.whole_study import WholeStudy, check_whole_study


class ColumnStatus(msgspec.Struct, frozen=True):
    """A group: its cases and their sources."""

    id: str
    label: str
    cases: int
    sources: int


class CoderStatus(msgspec.Struct, frozen=True):
    """A coder's codings, the sources they are in, and the sources read to the end."""

    id: str
    codings: int
    sources: int
    read: int
    fills_matrix: bool


class WrittenStatus(msgspec.Struct, frozen=True):
    """Charts and findings: how many there are, how many rest on words that changed, which summaries are wanting.

    `missing` are cells with codings and no summary, in a study that has summaries at all.
    """

    summaries: int = 0
    drafts: int = 0
    missing: int = 0
    stale_summaries: int = 0
    findings: int = 0
    stale_findings: int = 0


class Status(msgspec.Struct, frozen=True):
    """Everything that `crosscase status` shows.

    Of codings in texts that were edited: `found_again` elsewhere or with other words and not confirmed yet, `to_decide`
    wait and do not count, `orphans` were kept without their words. `suggestions`: how each coder who answered any, or
    looked at them before coding, dealt with them.
    """

    title: str
    constructed: bool
    sources: int
    sources_elsewhere: int
    columns: tuple[ColumnStatus, ...]
    questions: int
    themes: int
    codes: int
    coders: tuple[CoderStatus, ...]
    errors: int
    warnings: int
    found_again: int
    to_decide: int
    orphans: int
    build: str
    next_steps: tuple[str, ...]
    written: WrittenStatus = WrittenStatus()
    suggestions: tuple[JudgementStats, ...] = ()


def study_status(root: Path) -> Status:
    """The state of the study in `root`."""
    whole, problems = check_whole_study(root)
    coded, written = whole.coded, _written(whole)
    n_errors = len(errors(problems))
    shown = _columns(coded)
    coders = _coders(coded)
    build = "not built yet" if read_manifest(root) is None else "up to date" if is_up_to_date(root) else "out of date"
    return Status(
        title=coded.study.settings.title,
        constructed=coded.study.settings.constructed,
        sources=len(coded.study.sources),
        sources_elsewhere=len(coded.study.sources) - sum(column.sources for column in shown),
        columns=shown,
        questions=len(coded.guide.questions),
        themes=len(coded.codebook.active_themes),
        codes=len(coded.codebook.by_id) - len(coded.codebook.themes),
        coders=coders,
        errors=n_errors,
        warnings=len(problems) - n_errors,
        found_again=sum(anchor.state in ("moved", "changed") for anchor in coded.anchored),
        to_decide=sum(anchor.waits for anchor in coded.anchored),
        orphans=sum(anchor.state == "orphan" for anchor in coded.anchored),
        build=build,
        next_steps=(*_to_finish(problems), *_next_steps(coded, coders, n_errors, build, written)),
        written=written,
        suggestions=tuple(all_judgement_stats(coded)),
    )


def _written(whole: WholeStudy) -> WrittenStatus:
    if not whole.charts and not whole.finding_by_id:
        return WrittenStatus()
    return WrittenStatus(
        summaries=len(whole.charts),
        drafts=sum(chart.is_draft for chart in whole.charts),
        missing=len(missing_in(whole.cells.values(), whole.charts)) if whole.charts else 0,
        stale_summaries=sum(whole.staleness_of(chart).is_stale for chart in whole.charts),
        findings=len(whole.finding_by_id),
        stale_findings=sum(whole.staleness_of(finding).is_stale for finding in whole.finding_by_id.values()),
    )


def _columns(coded: CodedStudy) -> tuple[ColumnStatus, ...]:
    return tuple(
        ColumnStatus(c.id, c.label, len(c.cases), sum(len(coded.study.sources_of_case[case.id]) for case in c.cases))
        for c in columns(coded)
    )


def _coders(coded: CodedStudy) -> tuple[CoderStatus, ...]:
    filling, _ = matrix_coders(coded)
    found = []
    for coder in coded.coders:
        sources = [coding.source for coding in coded.codings if coding.coder == coder]
        read = {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme}
        found.append(CoderStatus(coder, len(sources), len(set(sources)), len(read), coder in filling))
    return tuple(found)


def _to_finish(problems: Sequence[Problem]) -> Iterator[str]:
    """The imports that were cut off: before all else, since part of them is in the study."""
    for problem in problems:
        if problem.rule == "interrupted-import":
            yield f"{problem.message}. {problem.hint}"


def _next_steps(
    coded: CodedStudy, coders: tuple[CoderStatus, ...], n_errors: int, build: str, written: WrittenStatus
) -> list[str]:
    """What to do now, most pressing first."""
    steps = []
    if waiting := sum(anchor.waits for anchor in coded.anchored):
        steps.append(f"crosscase reanchor                      {waiting} codings of edited texts wait for a decision")
    if n_errors:
        steps.append("crosscase check                         shows the errors and how to mend them")
    if not coded.study.sources:
        steps.append("crosscase import FOLDER                 turns interview files into sources")
    if not coded.study.cases:
        steps.append("edit cases.csv                          a row per case, with the attribute that groups them")
    if not coded.codebook.themes:
        steps.append("crosscase codebook derive GUIDE         drafts a codebook from the interview guide")
    if coded.study.sources and coded.codebook.themes and not coders:
        steps.append("crosscase code sheet -o sheet.xlsx      code in Excel, then crosscase code import sheet.xlsx")
    for coder in coders:
        if coder.fills_matrix and coder.read < len(coded.study.sources):
            left = len(coded.study.sources) - coder.read
            steps.append(f"crosscase code read --coder {coder.id:12} {left} sources are not marked as read")
    for n, command, said in (
        (written.stale_summaries, "chart list --stale", "stale: words that they rest on changed"),
        (written.stale_findings, "finding list --stale", "stale: words that they rest on changed"),
        (written.drafts, "chart list --drafts", "drafted, and taken on by nobody yet"),
        (written.missing, "chart list --missing", "missing: cells with codings and no summary"),
    ):
        if n:
            steps.append(f"crosscase {command:30}{n} {said}")
    if written.findings and not n_errors and build != "up to date":
        steps.append(
            "crosscase verify                        says which sentences do not follow; a build needs them to"
        )
    if any(c.codings for c in coders) and not n_errors and build != "up to date":
        steps.append("crosscase build                         writes the matrix as web page, Excel, Word and more")
    if not steps:
        page = " or ".join(f"build/{name}" for name in _readable(coded.study.root))
        steps.append(f"open {page}, or crosscase matrix" if page else "crosscase matrix")
    return steps


def _readable(root: Path) -> list[str]:
    """The built files that a person would open first."""
    manifest = read_manifest(root)
    return [name for name in ("matrix.html", "matrix.docx") if manifest and name in manifest.outputs]
