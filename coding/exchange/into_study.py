"""A project of another tool becomes a study, or is added to one: nothing half-written, nothing overwritten.

Everything is decided first and written in one go. Ids of events are made from what they say, so the same project
imported again adds nothing, also where its codings were retracted meanwhile.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from codebook.codebook import Codebook
from codebook.codebook_file import CODEBOOK_FILE, read_codebook
from coding.exchange.into_cases import PlacedCases, cases_text, placed_cases
from coding.exchange.into_coders import Coders
from coding.exchange.into_codes import PlacedCodes, codebook_with, placed_codes
from coding.exchange.into_codings import PlacedLogs, Quotes, place_codings, place_reads, place_unplaced
from coding.exchange.into_files import Plan, names, write_into, write_new
from coding.exchange.into_notes import Things, free_notes, source_memos, with_definitions
from coding.exchange.into_report import Report, SourceReport, doubts_about
from coding.exchange.into_settings import settings_text
from coding.exchange.into_sources import (
    PlacedSource,
    front_matter,
    own_original,
    placed_sources,
    project_original,
)
from coding.exchange.losses import Losses
from coding.exchange.names import one_line
from coding.exchange.notes_file import NOTES_FOLDER, note_text
from coding.exchange.project import Project
from coding.log import CODINGS_FOLDER, log_file
from corpus.cases import CASES_FILE
from corpus.collector import collector_paused
from corpus.files import read_text, shown
from corpus.problems import Problem
from corpus.source import SOURCES_FOLDER, source_file_text
from corpus.study import STUDY_FILE, Study, read_study

_UNKNOWN = "unknown-coder"
_DANISH = re.compile(r"\b(?:og|det|er|ikke|på|der|som|til)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|that|in|it)\b")


@collector_paused()
def into_study(
    project: Project,
    root: Path,
    *,
    at: datetime.datetime,
    file: Path | None = None,
    dry_run: bool = False,
) -> tuple[Report | None, list[Problem]]:
    """Write `project` into the study in `root`, or into a new one where `root` is no folder or an empty one.

    `file` is the project's file, kept in originals/. No report where nothing could be written, with a problem that
    says why.
    """
    is_new = not (root / STUDY_FILE).is_file()
    if is_new and root.exists() and (not root.is_dir() or any(root.iterdir())):
        said = "the folder is not empty and holds no study"
        return None, [Problem(root.name, 0, "unreadable-file", said, "Name a new folder, or a study's.")]
    with tempfile.TemporaryDirectory(prefix="crosscase-") as scratch:
        plan, report = _planned(project, root, is_new, at, file, Path(scratch))
        doubts = doubts_about(project, report, shown(file) if file else project.name)
        if dry_run:
            return report, doubts
        if is_new:
            write_new(root, one_line(project.name) or root.name, plan, STUDY_FILE in project.files)
            return report, doubts
        problems = write_into(root, at, plan)
    return (None, problems) if problems else (report, doubts)


def _planned(
    project: Project, root: Path, is_new: bool, at: datetime.datetime, file: Path | None, scratch: Path
) -> tuple[Plan, Report]:
    losses = Losses()
    losses.add_all(project.losses)
    study = None if is_new else read_study(root)[0]
    codebook = Codebook() if is_new else read_codebook(root)[0]
    plan = Plan([], {})
    project = with_definitions(project, losses)
    coders = Coders(project, study)
    codes = placed_codes(project.codes, codebook, losses)
    placed = placed_sources(project.sources, study.sources if study else (), _ids_in_use(root, study), losses)
    by_key = {entry.source.key: entry for entry in placed}
    own_case = {p.source.key: study.source_by_id[p.id].meta.case for p in placed if p.known and study}
    cases = placed_cases(project, study.cases if study else (), study.attributes if study else (), own_case, losses)
    logs = PlacedLogs(None if is_new else root, f"{_RUN}{at:%Y%m%dT%H%M%S}")
    place_codings(project, by_key, codes.id_of, coders.id_of, logs, losses)
    unplaced = place_unplaced(project, by_key, codes.id_of, coders.id_of, logs, losses)
    reads = place_reads(project, by_key, codes.id_of, coders.id_of, logs)
    things = Things(by_key, codes.id_of, cases.id_of)
    memos = source_memos(project, by_key, coders, logs)
    free = free_notes(project, things, coders, root if study else None)
    _plan_sources(plan, placed, cases, root, file, at, scratch, losses)
    _plan_logs(plan, logs)
    _plan_tables(plan, root, study, codes, cases, project.files, losses)
    for note in free:
        plan.add(f"{NOTES_FOLDER}/{note.id}.md", note_text(note))
    _plan_files(plan, project, root, study, losses)
    if settings := settings_text(project, root, study, coders, cases, placed):
        plan.add(STUDY_FILE, settings)
    report = Report(
        project.tool,
        project.name,
        root.name,
        is_new,
        tuple(_source_reports(placed, logs)),
        codes.added,
        codes.matched,
        cases.added,
        cases.matched,
        tuple(coders.used),
        sum(q.new for q in logs.quotes.values()),
        memos,
        sum(note.matter.kind == "note" for note in free),
        sum(note.matter.kind == "set" for note in free),
        reads,
        unplaced,
        names(plan.files),
        cases.group,
        logs.run,
        STUDY_FILE in project.files,
        losses.found,
    )
    return plan, report


_RUN = "import-"


def _ids_in_use(root: Path, study: Study | None) -> set[str]:
    """Ids that a new source cannot have: those of sources, and of logs whose source is gone."""
    if study is None:
        return set()
    return {s.id for s in study.sources} | {path.stem for path in root.glob(f"{CODINGS_FOLDER}/*/*.jsonl")}


def _plan_sources(
    plan: Plan,
    placed: Sequence[PlacedSource],
    cases: PlacedCases,
    root: Path,
    file: Path | None,
    at: datetime.datetime,
    scratch: Path,
    losses: Losses,
) -> None:
    is_needed = any(not entry.known and not entry.source.front for entry in placed)
    origin, copy = project_original(root, file, at.date(), losses) if is_needed else (None, None)
    if copy is not None:
        plan.files.append(copy)
    for entry in placed:
        if entry.known:
            continue
        own, own_copy = origin, None
        if entry.source.original is not None:
            own, own_copy = own_original(root, entry.source.original, scratch, at.date())
        if own_copy is not None and own_copy.path not in {planned.path for planned in plan.files}:
            plan.files.append(own_copy)
        key = entry.source.key
        attributes = cases.attributes_of_sources.get(key, {})
        meta = front_matter(entry, cases.case_of.get(key, ""), attributes, own, losses)
        plan.add(f"{SOURCES_FOLDER}/{entry.id}.md", source_file_text(meta, entry.text.text))


def _plan_logs(plan: Plan, logs: PlacedLogs) -> None:
    for log, lines in logs.lines.items():
        if lines and logs.old[log]:
            plan.appends[log_file(*log)] = b"\n".join([*lines, b""])
        elif lines:
            plan.add(log_file(*log), b"\n".join([*lines, b""]))


def _plan_tables(
    plan: Plan,
    root: Path,
    study: Study | None,
    codes: PlacedCodes,
    cases: PlacedCases,
    files: Collection[str],
    losses: Losses,
) -> None:
    """codebook.yaml and cases.csv, where something is new in them."""
    if codes.added:
        before = (read_text(root / CODEBOOK_FILE, CODEBOOK_FILE)[0] or "") if study else ""
        text, kept = codebook_with(before, codes)
        if not kept:
            losses.add("comments in codebook.yaml", "the file had to be written anew for codes below others", kept=True)
        plan.add(CODEBOOK_FILE, text)
    if cases.changed:
        before = (read_text(root / CASES_FILE, CASES_FILE)[0] or "") if study else ""
        if not study and not cases.group and STUDY_FILE not in files:
            cases = msgspec.structs.replace(cases, columns=("group", *cases.columns))
        text = cases_text(cases, before)
        plan.add(CASES_FILE, text)


def _plan_files(plan: Plan, project: Project, root: Path, study: Study | None, losses: Losses) -> None:
    """The files that came with a study of ours: guide, charts, findings. None that is there is overwritten."""
    for path, text in project.files.items():
        if path == STUDY_FILE:
            continue
        if study is None or not (root / path).exists():
            plan.add(path, text)
        elif read_text(root / path, path)[0] != text:
            losses.add("files", "the study has a file of this name with other contents, which stays", path)


def _source_reports(placed: Sequence[PlacedSource], logs: PlacedLogs) -> list[SourceReport]:
    reports = []
    for entry in placed:
        q = logs.quotes.get(entry.id, Quotes())
        reports.append(
            SourceReport(
                entry.id,
                entry.source.name,
                entry.known,
                q.codings,
                q.new,
                q.stored,
                q.exact,
                q.moved,
                q.n_others,
                entry.source.positions,
                tuple(q.others),
            )
        )
    return reports
