"""What an import of a project did, or would do, as a report for people and programs."""

from __future__ import annotations

import msgspec

from coding.exchange.into_codings import Mismatch
from coding.exchange.project import Loss, Project
from corpus.problems import Problem

_SAYS_MUCH = 5
"""Stored quotes that it takes to call positions doubtful."""


class SourceReport(msgspec.Struct, frozen=True):
    """What became of one source: `known` where the study had its text. Of its codings `new` were added; `quotes` is
    how many stored quotes there were, `exact` how many of them stand at their place, `moved` how many codings follow
    their quote to the only other place where it stands, `elsewhere` how many keep a place with other words."""

    id: str
    name: str
    known: bool
    codings: int = 0
    new: int = 0
    quotes: int = 0
    exact: int = 0
    moved: int = 0
    elsewhere: int = 0
    positions: str = ""
    mismatches: tuple[Mismatch, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """What an import of a project did, or would do. Numbers count what is new; `*_known` what the study had.

    `group` is the attribute that was chosen for the groups of a new study, `run` the run of all codings that came from
    another tool, and `is_ours` whether the project came from a study of ours, settings and all.
    """

    tool: str
    name: str
    study: str
    is_new_study: bool
    sources: tuple[SourceReport, ...] = ()
    codes: int = 0
    codes_known: int = 0
    cases: int = 0
    cases_known: int = 0
    coders: tuple[str, ...] = ()
    codings: int = 0
    memos: int = 0
    notes: int = 0
    sets: int = 0
    reads: int = 0
    unplaced: int = 0
    files: tuple[str, ...] = ()
    group: str = ""
    run: str = ""
    is_ours: bool = False
    losses: tuple[Loss, ...] = ()

    @property
    def adds_nothing(self) -> bool:
        """Whether everything was there already."""
        new = self.files or self.codings or self.unplaced or self.memos or self.reads
        return not self.is_new_study and not new


def doubts_about(project: Project, report: Report, file: str) -> list[Problem]:
    """Sources in which most stored quotes stand elsewhere, and a project of which no text or no coding is left."""
    found = [
        Problem(
            file,
            0,
            "doubtful-positions",
            f"{source.exact + source.moved} of {source.quotes} quotes that were stored are found in '{source.name}'",
            f"Look at the codings in {source.id}: the other program may have counted in another version of the text. "
            "Export the project anew from there.",
        )
        for source in report.sources
        if source.quotes >= _SAYS_MUCH and 2 * (source.exact + source.moved) < source.quotes
    ]
    lost = {loss.what for loss in project.losses if not loss.kept}
    if not project.sources and lost & {"texts", "sources without a text"}:
        hint = "Export it with its sources, as .qdpx, or put the folder sources/ beside the .qde file."
        found.append(Problem(file, 0, "nothing-carried-over", "none of the project's texts can be read", hint))
    elif (project.codings or lost & {"selections", "codings"}) and not any(s.codings for s in report.sources):
        said = "none of the project's codings could be carried over"
        found.append(Problem(file, 0, "nothing-carried-over", said))
    return found
