"""Which survey an export belongs to: the one it is said to be, or an earlier one with the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.files import files_below
from corpus.ids import make_id
from corpus.surveys.survey import SURVEYS_FOLDER, ColumnUse, Respondents, Survey, read_survey

_ALIKE = 0.75


def earlier_survey(root: Path, name: str, stem: str, columns: Sequence[str]) -> tuple[str, Survey | None]:
    """The survey's name, and how it was imported before; None where it is new.

    Without a `name` it is the survey that the file's name (`stem`) gives, or one that has at least three quarters of
    its columns in common with the export, and all columns with texts.
    """
    id = make_id(name or stem)
    survey, _ = read_survey(root, id)
    if survey is not None or name:
        return id, survey
    here = {column.casefold() for column in columns}
    for path in files_below(root / SURVEYS_FOLDER, ".yaml"):
        survey, _ = read_survey(root, path.stem)
        there = {column.name.casefold() for column in survey.columns} if survey else set()
        texts = {column.name.casefold() for column in survey.used_as("open")} if survey else set()
        if survey is not None and texts <= here and len(here & there) >= _ALIKE * len(here | there):
            return path.stem, survey
    return id, None


def said_otherwise(before: Survey, uses: Sequence[ColumnUse], respondents: Respondents | None) -> list[str]:
    """What is said of columns and respondents otherwise than when the survey was imported before, each as words.

    A column that is new may be used in any way, but for the respondents' ids and cases: those are known by them.
    """
    there = {column.name.casefold(): column.use for column in (*before.gone, *before.columns)}
    found = [f"respondents are {before.respondents}"] if respondents not in (None, before.respondents) else []
    for column in uses:
        use = "closed" if column.use == "case" and respondents == before.respondents == "cases" else column.use
        old = there.get(column.name.casefold())
        if column.why == "as said" and use != old and (old is not None or use in ("id", "case")):
            found.append(f"column '{column.name}' is {old or 'new'}, not {use}")
    return found


def respondents_were_cases(root: Path) -> bool:
    """Whether the respondents of another survey of this study are cases of their own."""
    surveys = (read_survey(root, path.stem)[0] for path in files_below(root / SURVEYS_FOLDER, ".yaml"))
    return any(survey is not None and survey.respondents == "cases" for survey in surveys)
