"""What an import of a project did, or would do, as a report for people and programs."""

from __future__ import annotations

import msgspec

from coding.exchange.into_codings import Mismatch
from coding.exchange.project import Loss


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
    files: tuple[str, ...] = ()
    group: str = ""
    run: str = ""
    is_ours: bool = False
    losses: tuple[Loss, ...] = ()

    @property
    def adds_nothing(self) -> bool:
        """Whether everything was there already."""
        return not self.is_new_study and not self.files and not self.codings and not self.memos and not self.reads
