"""Importing a survey: what an export would add to a study, as a plan that is then written whole or not at all.

The same export again adds nothing, a later one adds its new respondents. What it says otherwise about those who are
there is reported and changes nothing, unless an update is asked for; texts that were edited by hand stay even then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from corpus.case_tables.table import TableOrigin, case_names, case_of
from corpus.cases import CASES_FILE, Case
from corpus.files import forbidden_character, sha256, shown
from corpus.ids import make_id
from corpus.import_files import original_path
from corpus.import_journal import NewFile, copy_of_original, write_import
from corpus.import_names import spreadsheet_original
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import SOURCES_FOLDER, FrontMatter, Origin, Source, read_source, source_file_text
from corpus.spreadsheets.guess import may_identify
from corpus.spreadsheets.header import HeadedTable
from corpus.surveys.answers import answer_text, asked_of
from corpus.surveys.cases_csv import CasesSheet
from corpus.surveys.survey import ColumnUse, Survey, survey_file, survey_text

_MOST_SHOWN = 60


class Respondent(msgspec.Struct, frozen=True):
    """A row: its id as written (its number where no column holds one), the line it stands on, and column → cell."""

    id: str
    line: int
    cells: dict[str, str]


class ChangedRow(msgspec.Struct, frozen=True):
    """A respondent who is in the study with other answers. `edited`: the text was also edited by hand."""

    respondent: str
    line: int
    what: tuple[str, ...]
    edited: bool = False


class SurveyPlan(msgspec.Struct, frozen=True):
    """What an import will do. `files` is one unit: all of them are written, or none.

    `silent` respondents gave no open answer; `gone` were in an earlier export and are not in this one. `original` is
    where the file itself is kept, relative to the study.
    """

    name: str
    survey: Survey
    files: tuple[NewFile, ...] = ()
    cases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    filled: int = 0
    unchanged: int = 0
    silent: int = 0
    changed: tuple[ChangedRow, ...] = ()
    updated: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    original: str = ""


def respondents_of(
    table: HeadedTable, columns: Sequence[ColumnUse], file: str
) -> tuple[list[Respondent], list[Problem]]:
    """The rows as respondents; a second row with the same id is reported and left out."""
    id = next((place for place, column in enumerate(columns) if column.use == "id"), None)
    found: dict[str, Respondent] = {}
    problems = []
    for number, row in enumerate(table.rows, 1):
        name = " ".join(row.cells[id].split()) if id is not None else f"{number:04}"
        if not name:
            problems.append(Problem(file, row.line, "missing-key", "the row has no respondent id; it is left out"))
        elif name.casefold() in found:
            said = f"respondent '{name}' stands on line {found[name.casefold()].line} already; this row is left out"
            problems.append(Problem(file, row.line, "duplicate-id", said))
        else:
            cells = {column.name: cell for column, cell in zip(columns, row.cells, strict=True)}
            found[name.casefold()] = Respondent(name, row.line, cells)
    return list(found.values()), problems


def holds_left_out(table: HeadedTable, columns: Sequence[ColumnUse]) -> bool:
    """Whether the file holds what stays outside the study and may tell who somebody is."""
    pairs = enumerate(zip(columns, table.columns, strict=True))
    return any(use.use == "skip" and may_identify(column, table.values(place)) for place, (use, column) in pairs)


def case_label(respondent: str) -> str:
    """What a respondent is called as a case: a mere number would tell a reader nothing."""
    return respondent if any(map(str.isalpha, respondent)) else f"Respondent {respondent}"


class SurveyFile(msgspec.Struct, frozen=True):
    """The file of a survey: where it is, the digest of its bytes, and its table."""

    path: Path
    sha256: str
    table: HeadedTable


def plan_survey(
    root: Path, file: SurveyFile, name: str, survey: Survey, cases: Sequence[Case], today: datetime.date, update: bool
) -> tuple[SurveyPlan, list[Problem]]:
    """What importing the survey into the study in `root` would do.

    `update` lets changed answers take the place of those that are there.
    """
    rows, problems = respondents_of(file.table, survey.columns, shown(file.path))
    work = _Work(root, file, name, survey, cases, today, update)
    for row in rows:
        work.add(row)
    return work.plan(rows), [*problems, *work.problems]


class _Work:
    """A plan while it is made, row by row."""

    def __init__(
        self, root: Path, file: SurveyFile, name: str, survey: Survey, cases: Sequence[Case], today: datetime.date,
        update: bool,
    ) -> None:  # fmt: skip
        self.root, self.file, self.name, self.survey = root, file, name, survey
        self.today, self.update = today, update
        self.cases = CasesSheet(root)
        self.case_names = case_names([(case.id, case.label) for case in cases])
        self.case_ids = {case.id for case in cases}
        is_private = holds_left_out(file.table, survey.columns)
        self.original, self.is_kept = spreadsheet_original(root, file.path, file.sha256, name, is_private)
        self.new: dict[str, str] = {}
        self.replaced: dict[str, str] = {}
        self.new_cases: list[str] = []
        self.changed: list[ChangedRow] = []
        self.updated: list[str] = []
        self.problems: list[Problem] = []
        self.filled = self.unchanged = self.silent = 0
        self.source_ids: set[str] = set()
        self.texts_gone = any(column.use == "open" for column in survey.gone)

    def add(self, row: Respondent) -> None:
        """What becomes of one respondent."""
        if bad := forbidden_character("".join(row.cells.values())):
            said = f"the row holds the character {bad}; it is left out"
            self.problems.append(Problem(shown(self.file.path), row.line, "bad-characters", said))
            return
        closed = {c.attribute or c.name: row.cells[c.name] for c in self.survey.used_as("closed") if row.cells[c.name]}
        if self.survey.respondents == "cases":
            case, is_new, what = self._case(row, closed)
            attributes: dict[str, str] = {}
        else:
            found = self._existing_case(row)
            if found is None:
                return
            case, is_new, what, attributes = found, False, [], closed
        self._source(row, case, attributes, is_new, what)

    def _existing_case(self, row: Respondent) -> str | None:
        """The case that the row names; None, and reported, where there is no such case."""
        column = next(iter(self.survey.used_as("case")), None)
        written = row.cells[column.name] if column else ""
        case = case_of(written, self.case_names)
        if written and not case:
            near = hint(did_you_mean(written, self.case_names), f"{CASES_FILE} lists all cases")
            said = f"case '{written}' is not in {CASES_FILE}; the row is left out"
            self.problems.append(Problem(shown(self.file.path), row.line, "unknown-case", said, near))
            return None
        return case

    def _case(self, row: Respondent, closed: Mapping[str, str]) -> tuple[str, bool, list[str]]:
        """The respondent's own case: its id, whether it is new, and what the survey says otherwise about it."""
        label = case_label(row.id)
        case = case_of(row.id, self.case_names) or case_of(label, self.case_names)
        if not case:
            wanted = row.id if label == row.id else f"{self.name} {row.id}"
            case = make_id(wanted, self.case_ids)
            self.case_ids.add(case)
            self.cases.add(case, label, closed)
            self.new_cases.append(case)
            return case, True, []
        empty, changes = self.cases.compare(case, closed)
        for attribute, value in empty.items():
            self.cases.put(case, attribute, value)
        self.filled += len(empty)
        for change in changes if self.update else ():
            self.cases.put(case, change.attribute, change.after)
        return case, False, [f"{c.attribute}: '{c.before}' → '{c.after}'" for c in changes]

    def _source(self, row: Respondent, case: str, attributes: dict[str, str], is_new: bool, what: list[str]) -> None:
        """The respondent's text: a new source, the one that is there, or a change of it."""
        text = answer_text(self.survey.used_as("open"), row.cells)
        id = make_id(f"{self.name} {row.id}", self.source_ids)
        self.source_ids.add(id)
        path = self.root / SOURCES_FOLDER / f"{id}.md"
        old = read_source(path)[0] if path.exists() else None
        if old is None and text:
            self.new[id] = source_file_text(self._meta(row, case, attributes, text), text)
        elif not text and old is None:
            self.silent += 1
        if old is None:
            self._note(row, what, is_new or bool(text))
            return
        edited = self._changes(old, attributes, text, row, what)
        self._note(row, what, False, edited)

    def _changes(self, old: Source, attributes: dict[str, str], text: str, row: Respondent, what: list[str]) -> bool:
        """Compare a source that is there with the row, adding to `what` differs; whether it was edited by hand.

        An answer is never taken away: a row without any, or a file without the column, says nothing about a text.
        """
        origin = old.meta.origin
        imported = origin.text_sha256 if origin else ""
        differs = bool(text) and text != old.text and sha256(text) != imported and not self.texts_gone
        edited = differs and old.sha256 != imported
        what += ["an open answer"] if differs else []
        gone = {column.attribute or column.name for column in self.survey.gone}
        named = {*old.meta.attributes, *attributes} - gone
        attributes = {key: old.meta.attributes[key] for key in gone & old.meta.attributes.keys()} | attributes
        closed = [key for key in sorted(named) if old.meta.attributes.get(key, "") != attributes.get(key, "")]
        what += [f"{key}: '{old.meta.attributes.get(key, '')}' → '{attributes.get(key, '')}'" for key in closed]
        if self.update and (closed or (differs and not edited)):
            kept = old.text if edited or not differs else text
            meta = self._meta(row, old.meta.case, attributes, kept)
            if meta.origin and edited and origin:
                meta = msgspec.structs.replace(meta, origin=origin)
            meta = msgspec.structs.replace(
                old.meta, attributes=attributes, origin=meta.origin, asked=meta.asked or old.meta.asked
            )
            self.replaced[old.id] = source_file_text(meta, kept)
        return edited

    def _note(self, row: Respondent, what: Sequence[str], is_new: bool, edited: bool = False) -> None:
        if not what:
            self.unchanged += not is_new
        elif self.update and not edited:
            self.updated.append(row.id)
        else:
            self.changed.append(ChangedRow(row.id, row.line, tuple(what), edited))

    def _meta(self, row: Respondent, case: str, attributes: dict[str, str], text: str) -> FrontMatter:
        asking = (*self.survey.used_as("open"), *self.survey.used_as("closed"))
        title = f"{row.id}, {self.survey.title}" if self.survey.title else row.id
        origin = Origin(self.original, self.file.sha256, self.today.isoformat(), sha256(text), row=row.id)
        asked = asked_of(asking, row.cells, self.survey.asked == "answered")
        return FrontMatter(title=title, case=case, kind="document", asked=asked, attributes=attributes, origin=origin)

    def plan(self, rows: Sequence[Respondent]) -> SurveyPlan:
        """The finished plan. Nothing new and nothing changed writes nothing."""
        files = tuple(self._files())
        if files:
            files = (*self._record_files(), *files)
        return SurveyPlan(
            self.name, self.survey, files, tuple(self.new_cases), tuple(self.new), self.filled, self.unchanged,
            self.silent, tuple(self.changed), tuple(self.updated), tuple(self._gone(rows)),
            original_path(self.original),
        )  # fmt: skip

    def _files(self) -> Iterator[NewFile]:
        cases = self.cases.whole_text()
        if cases != self.cases.before:
            yield written_file(self.root, CASES_FILE, cases)
        for id, content in {**self.new, **self.replaced}.items():
            yield written_file(self.root, f"{SOURCES_FOLDER}/{id}.md", content)

    def _record_files(self) -> Iterator[NewFile]:
        """The original, and how it was imported."""
        if not self.is_kept:
            yield from copy_of_original(self.root, original_path(self.original), self.file.path, self.file.sha256)
        sheet = self.survey.origin.sheet if self.survey.origin else ""
        origin = TableOrigin(self.original, self.file.sha256, self.today.isoformat(), sheet=sheet)
        text = survey_text(msgspec.structs.replace(self.survey, origin=origin))
        yield written_file(self.root, survey_file(self.name), text)

    def _gone(self, rows: Sequence[Respondent]) -> Iterator[str]:
        """Sources of this survey whose respondents are not in the file."""
        here = {row.id for row in rows}
        for path in sorted((self.root / SOURCES_FOLDER).glob(f"{make_id(self.name)}-*.md")):
            source = read_source(path)[0]
            origin = source.meta.origin if source else None
            if origin and origin.row and origin.row not in here:
                yield origin.row


def written_file(root: Path, path: str, text: str) -> NewFile:
    """A file to be written, in the place of the one that is there now, if there is one."""
    there = sha256((root / path).read_bytes()) if (root / path).exists() else ""
    return NewFile(path, sha256(text), text, replaces=there)


def apply_survey(root: Path, plan: SurveyPlan, at: datetime.datetime) -> list[Problem]:
    """Write what the plan says, all or nothing; why it could not be written, where it could not."""
    if not plan.files:
        return []
    return write_import(root, at.isoformat(timespec="seconds"), [plan.files])[1]


def change_problems(plan: SurveyPlan, file: str) -> Iterator[Problem]:
    """A problem for each respondent whose answers differ from what is in the study and stayed as they are."""
    for row in plan.changed[:_MOST_SHOWN]:
        stays = "edited by hand here, so it stays" if row.edited else "it stays as it is; --update takes it over"
        said = f"respondent '{row.respondent}' has changed: {'; '.join(row.what)}"
        yield Problem(file, row.line, "import-conflict", said, f"In the study {stays}.")
    if len(plan.changed) > _MOST_SHOWN:
        said = f"{len(plan.changed) - _MOST_SHOWN:,} more respondents have changed"
        yield Problem(file, 0, "import-conflict", said, "--update takes their answers over.")


Shape = Literal["cases", "sources", "unclear"]


def shape_of(survey_columns: Sequence[ColumnUse], respondents: Sequence[Respondent], cases: Sequence[Case]) -> Shape:
    """What the respondents are, as far as the file tells: of cases that a column names, or cases of their own.

    `unclear` where the study has cases, and neither the respondents nor any column are among them.
    """
    if any(column.use == "case" for column in survey_columns):
        return "sources"
    names = case_names([(case.id, case.label) for case in cases])
    known = sum(bool(case_of(row.id, names) or case_of(case_label(row.id), names)) for row in respondents)
    return "cases" if not cases or known * 2 >= len(respondents) else "unclear"
