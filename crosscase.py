"""crosscase in scripts and notebooks: open a study, look at its sources and codings, compare groups, build.

    import crosscase

    study = crosscase.open_study("my-study")
    cell = study.cell("ressourcer", "few")
    print(cell.n_mentioning, "of", cell.n_applicable)
    for excerpt in cell.excerpts:
        print(excerpt.text, study.cite(excerpt))

Only the names in `__all__` are promised to stay. What they hold is read from the study's files once, when it is opened,
and never changed by looking; only `build` writes, and only below build/. See docs/library.md.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.coded_study import CodedStudy, matrix_coders
from coding.coding import Coding
from coding.suggest.segment_list import Segment
from coding.suggest.suggester import Example, Ranked, Suggester, Training
from corpus.cases import Case
from corpus.problems import Problem, did_you_mean, errors
from corpus.source import Source
from corpus.study import STUDY_FILE, Study, find_study
from reports.charts import Chart
from reports.findings import CaseStand, Finding, Ledger
from reports.matrix import CaseTheme, Cell, Column, ComparisonMatrix, Excerpt, FrameworkMatrix, Row

if TYPE_CHECKING:
    import pandas

    from reports.aggregate import Filters
    from reports.build import Build
    from reports.diff.difference import Difference
    from reports.evidence import Staleness
    from reports.records import Record, What
    from reports.whole_study import WholeStudy

__all__ = [
    "Case",
    "CaseStand",
    "CaseTheme",
    "Cell",
    "Chart",
    "Code",
    "Codebook",
    "Coding",
    "Column",
    "ComparisonMatrix",
    "Example",
    "Excerpt",
    "Finding",
    "FrameworkMatrix",
    "Guide",
    "Ledger",
    "OpenStudy",
    "Problem",
    "Ranked",
    "Row",
    "Segment",
    "Source",
    "Study",
    "StudyError",
    "Suggester",
    "Training",
    "errors",
    "open_study",
    "write_example",
]

T = TypeVar("T")
_ANYWHERE: Mapping[str, str] = MappingProxyType({})


class StudyError(Exception):
    """What was asked for cannot be had from this study; `problems` says why, with a hint for each."""

    def __init__(self, problems: Collection[Problem], message: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(message or "\n".join(map(str, self.problems)))


def open_study(path: str | Path = ".") -> OpenStudy:
    """The study in the folder `path`, or in the nearest folder above it. Raises StudyError where there is none.

    Faults in the study do not stop it: what they concern is left out, and `study.problems` holds them.
    """
    root = find_study(Path(path))
    if root is None:
        raise StudyError((), f"There is no {STUDY_FILE} in {path} or in any folder above it.")
    from reports.whole_study import read_whole_study

    whole, problems = read_whole_study(root)
    return OpenStudy(root, whole.coded, tuple(problems), whole)


def write_example(path: str | Path) -> Path:
    """Write the constructed Danish example study into the new folder `path`, as `crosscase demo` does."""
    from importlib.resources import as_file, files

    from corpus.new_study import copy_study

    folder = Path(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} already exists and is not an empty folder. Nothing was written.")
    with as_file(files("cli") / "example_study") as example:
        copy_study(example, folder)
    return folder


class OpenStudy(msgspec.Struct, frozen=True):
    """A study as it was when it was opened; open it again to see what has changed since.

    `coded` holds everything that was read, `whole` the same with charts and findings, `problems` the faults that
    reading met (`check` looks for more).
    """

    root: Path
    coded: CodedStudy
    problems: tuple[Problem, ...]
    whole: WholeStudy

    def __repr__(self) -> str:
        n = f"{len(self.cases)} cases, {len(self.sources)} sources, {len(self.codings)} codings"
        return f"<study '{self.title}': {n}>"

    @property
    def title(self) -> str:
        """The title in study.toml."""
        return self.coded.study.settings.title

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, in the order of cases.csv."""
        return self.coded.study.cases

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources with their texts, in order of their ids."""
        return self.coded.study.sources

    @property
    def guide(self) -> Guide:
        """The interview guide."""
        return self.coded.guide

    @property
    def codebook(self) -> Codebook:
        """Themes and codes."""
        return self.coded.codebook

    @property
    def codings(self) -> tuple[Coding, ...]:
        """All coders' codings that count, in order of coder, source and place."""
        return self.coded.codings

    @property
    def coders(self) -> tuple[str, ...]:
        """Everyone who has coded."""
        return self.coded.coders

    def source(self, id: str) -> Source:
        """One source. Raises KeyError, with the nearest id, where there is none."""
        return _one(self.coded.study.source_by_id, id, "source")

    def check(self) -> list[Problem]:
        """Every problem of the study as it is on disk now, as `crosscase check` finds them."""
        from reports.whole_study import check_whole_study

        return check_whole_study(self.root)[1]

    def matrix(
        self, coder: str = "", roles: Collection[str] = (), where: Mapping[str, str] = _ANYWHERE
    ) -> ComparisonMatrix:
        """The comparison matrix: themes × groups (or codes, where study.toml says so).

        `coder` fills it instead of those of study.toml; `roles` and `where` (attribute → value) take a part of the
        material. Raises StudyError where it is not clear whose codings count.
        """
        return self._compared(coder, roles, where)[0]

    def framework(
        self, coder: str = "", roles: Collection[str] = (), where: Mapping[str, str] = _ANYWHERE
    ) -> FrameworkMatrix:
        """The framework matrix: cases × themes, with the same arguments as `matrix`."""
        return self._compared(coder, roles, where)[1]

    def cell(
        self,
        theme: str,
        column: str,
        coder: str = "",
        roles: Collection[str] = (),
        where: Mapping[str, str] = _ANYWHERE,
    ) -> Cell:
        """One cell of the matrix, by the ids of theme and column. Raises KeyError where there is no such cell."""
        matrix = self.matrix(coder, roles, where)
        row = _one({row.theme.id: row for row in matrix.rows}, theme, "theme")
        return _one({cell.column.id: cell for cell in row.cells}, column, "column")

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The written summaries of cases under themes, in order of charts/<theme>.yaml and their entries."""
        return self.whole.charts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The sentences about groups, in order of findings/<theme>.yaml and their entries."""
        return tuple(self.whole.finding_by_id.values())

    def chart(self, case: str, theme: str) -> Chart | None:
        """The summary of a case under a theme, or None. Raises KeyError where there is no such case or theme."""
        _one(self.coded.study.case_by_id, case, "case")
        _one({code.id: code for code in self.codebook.themes}, theme, "theme")
        return self.whole.chart_by_cell.get((case, theme))

    def ledger(self, finding: Finding | str) -> Ledger:
        """Where each case of the group stands on a finding (or its id): a person's stance, else what the data give."""
        said = _one(self.whole.finding_by_id, finding, "finding") if isinstance(finding, str) else finding
        return self.whole.ledger(said)

    def staleness(self, said: Chart | Finding) -> Staleness:
        """Whether a summary or a sentence still rests on what it was written from: `is_stale`, `not_covered`, …"""
        return self.whole.staleness_of(said)

    def cite(self, words: Excerpt | Coding) -> str:
        """How an excerpt or coding is cited: `Birkeby, leder, afsnit 12`."""
        from reports.citation import citation
        from reports.words import words_for

        study = self.coded.study
        source = words.source if isinstance(words, Excerpt) else self.source(words.source)
        return citation(study, source, words.start, words.end, words_for(study.settings.report_language))

    def records(
        self,
        what: What = "codings",
        coder: str = "",
        roles: Collection[str] = (),
        where: Mapping[str, str] = _ANYWHERE,
    ) -> list[Record]:
        """Rows of plain values, a dict each, with the same keys in every row.

        - `codings`: every coding of every coder (or of `coder`), with its place and words;
        - `cases`, `sources`: a row for each, its attributes, and for each theme 1, 0 or None (see docs/methods.md);
        - `cells`: a row for each cell of the matrix, with its counts and their denominators;
        - `states`: a row for each case and theme, with its state.
        """
        from reports.records import WHAT, records_of

        if what not in WHAT:
            raise ValueError(f"there are no records of '{what}'; there are: {', '.join(WHAT)}")
        coders = () if what == "codings" and not coder else self._coders(coder)
        return records_of(self.coded, what, coders, self._filters(roles, where))

    def frame(
        self,
        what: What = "codings",
        coder: str = "",
        roles: Collection[str] = (),
        where: Mapping[str, str] = _ANYWHERE,
    ) -> pandas.DataFrame:
        """The same rows as a pandas data frame. Raises ImportError, with what to do, where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError(
                "A data frame needs pandas: pip install pandas. study.records() gives the same rows without it."
            ) from error
        return pandas.DataFrame.from_records(self.records(what, coder, roles, where))

    def build(self, *kinds: str, with_problems: bool = False) -> Build:
        """Write the reports to build/, or those of some kinds (`html`, `xlsx`, …), from the files as they are now.

        Errors in the study stop it (`.stopped`), unless `with_problems`. Raises OSError where a file cannot be written.
        """
        from reports.build import build
        from reports.outputs import KINDS

        if unknown := [kind for kind in kinds if kind not in KINDS]:
            raise ValueError(f"there is no kind '{unknown[0]}'; there are: {', '.join(KINDS)}")
        return build(self.root, with_problems, kinds=kinds or KINDS)

    def diff(self, old: str = "build", new: str = "now") -> Difference:
        """What changed in the matrix and because of what, as `crosscase diff OLD NEW` tells. Raises StudyError."""
        from reports.diff.difference import difference
        from reports.diff.revisions import CannotCompare, read_sides

        try:
            return difference(*read_sides(old, new, self.root))
        except CannotCompare as error:
            raise StudyError((), str(error)) from error

    def _coders(self, coder: str) -> tuple[str, ...]:
        coders, faults = matrix_coders(self.coded, coder)
        if faults:
            raise StudyError(faults)
        return coders

    def _compared(
        self, coder: str, roles: Collection[str], where: Mapping[str, str]
    ) -> tuple[ComparisonMatrix, FrameworkMatrix]:
        from reports.aggregate import compare

        matrix, framework, faults = compare(self.coded, self._coders(coder), self._filters(roles, where))
        if errors(faults):
            raise StudyError(faults)
        return matrix, framework

    def _filters(self, roles: Collection[str], where: Mapping[str, str]) -> Filters:
        """The part of the material that is asked for. Raises ValueError for a role or attribute that nothing has."""
        from reports.aggregate import Filters

        chosen = (roles,) if isinstance(roles, str) else tuple(roles)
        there = {role for source in self.sources for role in source.meta.roles}
        for asked, known, noun in ((chosen, there, "role"), (tuple(where), self.coded.study.attributes, "attribute")):
            if unknown := [name for name in asked if name not in known]:
                raise ValueError(f"there is no {noun} '{unknown[0]}'; there are: {', '.join(sorted(known))}")
        return Filters(chosen, tuple(where.items()))


def _one(found: Mapping[str, T], id: str, noun: str) -> T:
    if id not in found:
        raise KeyError(f"there is no {noun} '{id}'. {did_you_mean(id, found)}".strip())
    return found[id]


def __getattr__(name: str) -> str:
    if name == "__version__":
        return importlib.metadata.version("crosscase")
    raise AttributeError(f"module 'crosscase' has no attribute '{name}'")
