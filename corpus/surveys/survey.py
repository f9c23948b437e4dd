"""A survey as values: what each of its columns is used for. surveys/<name>.yaml keeps it for the next export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from corpus.case_tables.draft import scalar
from corpus.case_tables.table import TableOrigin
from corpus.files import read_text
from corpus.marked import read_yaml_text
from corpus.problems import Problem
from corpus.records import record
from corpus.spreadsheets.guess import Facts, case_column, facts_of, id_column, is_noise, is_personal
from corpus.spreadsheets.header import Column, HeadedTable

SURVEYS_FOLDER = "surveys"
Use = Literal["id", "case", "open", "closed", "skip"]
Respondents = Literal["cases", "sources"]


class ColumnUse(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a column is used for: `id` and `case` of the respondent, `open` (text), `closed` (attribute), or `skip`.

    `question` is the question of the guide that it asks, `attribute` what a closed one is called in the study, `text`
    the question as the respondents read it (default: the column's name), `why` what the guess rests on.
    """

    name: str
    use: Use
    text: str = ""
    question: str = ""
    attribute: str = ""
    why: str = ""

    @property
    def heading(self) -> str:
        """The question as it stands above an answer."""
        return self.text or self.name


class Survey(msgspec.Struct, frozen=True, omit_defaults=True):
    """surveys/<name>.yaml. Respondents are `cases` of their own, or `sources` of the cases that the case column names.

    `asked`: `all` where every respondent saw every question, `answered` where a question that was passed over may not
    have been put. `gone` are columns of an earlier export that the latest one did not have.
    """

    columns: tuple[ColumnUse, ...]
    title: str = ""
    respondents: Respondents = "cases"
    asked: Literal["all", "answered"] = "all"
    gone: tuple[ColumnUse, ...] = ()
    origin: TableOrigin | None = None

    def used_as(self, use: Use) -> tuple[ColumnUse, ...]:
        """The columns with this use, in order."""
        return tuple(column for column in self.columns if column.use == use)


class Said(msgspec.Struct, frozen=True):
    """What a researcher says about the columns; names as in the file. Empty where nothing is said."""

    id: str = ""
    case: str = ""
    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    respondents: Respondents | None = None


def guess_uses(
    table: HeadedTable, cases: Mapping[str, str], questions: Mapping[str, str], said: Said
) -> tuple[tuple[ColumnUse, ...], list[str]]:
    """What each column is used for, and the names in `said` that no column has.

    `cases`: what a case can be called (casefolded) → its id. `questions`: id → words of the guide's questions.
    """
    values = [table.values(place) for place in range(len(table.columns))]
    facts = [facts_of(column) for column in values]
    given, unknown = _given(table, said)
    id = next((place for place, use in given.items() if use == "id"), None)
    case = next((place for place, use in given.items() if use == "case"), None)
    id = id_column(table.columns, values, facts, len(table.rows)) if id is None else id
    if case is None and said.respondents != "cases":
        case = case_column([[] if place == id else column for place, column in enumerate(values)], cases)
    uses = []
    for place, column in enumerate(table.columns):
        if place in given:
            use, why = given[place], "as said"
        elif place in (id, case):
            use, why = ("id", "different in every row") if place == id else ("case", "cases of this study")
        else:
            use, why = _use(column, values[place], facts[place])
        uses.append(_column_use(column, use, why, questions))
    return tuple(uses), unknown


def _given(table: HeadedTable, said: Said) -> tuple[dict[int, Use], list[str]]:
    given: dict[int, Use] = {}
    unknown = []
    lists: tuple[tuple[Use, Sequence[str]], ...] = (
        ("skip", said.skip), ("closed", said.closed), ("open", said.open),
        ("case", (said.case,) if said.case else ()), ("id", (said.id,) if said.id else ()),
    )  # fmt: skip
    for use, names in lists:
        for name in names:
            place = table.named(name)
            if place < 0:
                unknown.append(name)
            else:
                given[place] = use
    return given, unknown


def _use(column: Column, values: Sequence[str], facts: Facts) -> tuple[Use, str]:
    """The use of a column that nobody has said anything about, and why."""
    if not facts.filled:
        return "skip", "empty"
    if column.hidden:
        return "skip", "hidden in the spreadsheet"
    if is_personal(column, values):
        return "skip", "tells who somebody is"
    if is_noise(column):
        return "skip", "written by the survey tool"
    if facts.is_free_text:
        return "open", f"{facts.mean_words:.0f} words on average"
    if facts.is_unique and facts.filled > 20 and not facts.is_number:
        return "skip", "different in every row"
    return "closed", f"{facts.distinct} different values" if facts.distinct != 1 else "1 value"


def _column_use(column: Column, use: Use, why: str, questions: Mapping[str, str]) -> ColumnUse:
    text = column.text if column.text != column.name else ""
    question = question_of(column, questions) if use in ("open", "closed") else ""
    attribute = attribute_name(column.name) if use == "closed" else ""
    return ColumnUse(column.name, use, text, question, attribute, why)


def attribute_name(name: str) -> str:
    """A column's name as a column of cases.csv: `id` and `label` are taken there."""
    return f"{name}_" if name.casefold() in ("id", "label") else name


def question_of(column: Column, questions: Mapping[str, str]) -> str:
    """The question of the guide that a column asks: by its id (`3b`, `3b. …`, `Q3b`), or by its words."""
    ids = {id.casefold(): id for id in questions}
    for words in (column.name, column.text):
        first = words.split(maxsplit=1)[0].strip(".:()[]{#}").casefold() if words.strip() else ""
        for form in (words.casefold().strip(), first, first.removeprefix("q"), first.removeprefix("spm")):
            if form in ids:
                return ids[form]
    plain = {_plain(text): id for id, text in questions.items() if _plain(text)}
    named = next((id for words in (column.text, column.name) if (id := plain.get(_plain(words), ""))), "")
    if named:
        return named
    below = [id for text, id in plain.items() for words in (column.text, column.name)
             if len(_plain(words)) > 20 and text.startswith(_plain(words))]  # fmt: skip
    return below[0] if len(set(below)) == 1 else ""


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def survey_file(name: str) -> str:
    """The file that keeps how a survey was imported, relative to the study."""
    return f"{SURVEYS_FOLDER}/{name}.yaml"


def read_survey(root: Path, name: str) -> tuple[Survey | None, list[Problem]]:
    """How the survey `name` was imported before; None where it was not, or where the file cannot be read."""
    file = survey_file(name)
    if not (root / file).exists():
        return None, []
    text, problems = read_text(root / file, file)
    marked, faults = read_yaml_text(text or "", file)
    problems += faults
    if text is None or any(fault.rule == "bad-yaml" for fault in faults):
        return None, problems
    survey, faults = record(marked, Survey, file)
    return survey, [*problems, *faults]


def survey_text(survey: Survey) -> str:
    """surveys/<name>.yaml as it is written."""
    lines = [_HEAD.rstrip("\n"), f"title: {scalar(survey.title)}", f"respondents: {survey.respondents}"]
    lines += [f"asked: {survey.asked}"]
    if survey.origin:
        origin = msgspec.to_builtins(survey.origin)
        lines += ["origin:", *(f"  {key}: {scalar(value)}" for key, value in origin.items())]
    for key, columns in (("columns", survey.columns), ("gone", survey.gone)):
        lines += [f"{key}:"] if columns else []
        for column in columns:
            said = msgspec.to_builtins(column)
            first, *more = (f"{key}: {scalar(said[key])}" for key in ("name", "use", "text", "question", "attribute")
                            if said.get(key))  # fmt: skip
            lines += [f"- {first}", *(f"  {line}" for line in more)]
    return "\n".join(lines) + "\n"


_HEAD = """\
# How this survey was imported; the next export of it is imported in the same way. `use` is id, case, open (a text in
# the respondent's source), closed (an attribute) or skip. Written by `crosscase import-survey`.
"""


def with_new_columns(survey: Survey, uses: Sequence[ColumnUse]) -> tuple[tuple[ColumnUse, ...], list[str], list[str]]:
    """The columns of another export, used as before; the names of new ones (used as guessed), and of those gone."""
    before = {column.name.casefold(): column for column in (*survey.gone, *survey.columns)}
    merged = tuple(
        msgspec.structs.replace(before[key], why="as before") if (key := use.name.casefold()) in before else use
        for use in uses
    )
    new = [use.name for use in uses if use.name.casefold() not in before]
    here = {use.name.casefold() for use in uses}
    return merged, new, [column.name for key, column in before.items() if key not in here]
