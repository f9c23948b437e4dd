"""A study folder: where it is, its settings, its cases and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from corpus.cases import CASES_FILE, Case, read_cases
from corpus.files import files_below, read_text, stray_files
from corpus.marked import read_toml_text
from corpus.places import Places, PlacesOfSources
from corpus.problems import Problem, did_you_mean, hint
from corpus.records import record
from corpus.source import SOURCES_FOLDER, Source, read_source

STUDY_FILE = "study.toml"
CACHE_FOLDER = ".crosscase"


Language = Literal["da", "en", "nb", "nn", "no", "sv", "de"]
"""What the material can be written in: words, lemmas and compounds of these languages are known. `no` is `nb`."""
CITATION_FIELDS = ("label", "roles", "date", "source", "title", "kind", "place", "heading", "page", "time")
"""What `citation` can name in braces: the case's label, the roles of those interviewed, the date, the source's id,
title and kind, the paragraph, the title of the heading it stands under, and the page or the time in the recording."""


class Groups(msgspec.Struct, frozen=True):
    """Which cases are compared: the attribute whose values are the columns, their labels in order.

    `noun` is what a case is called in a sentence, the singular with its article and the plural: `["en kommune",
    "kommuner"]`. Left out: "et tilfælde", "tilfælde", in English "a case", "cases".
    """

    attribute: str = "group"
    cluster: str = "cluster"
    labels: dict[str, str] = {}
    noun: tuple[str, ...] = ()


class MatrixSettings(msgspec.Struct, frozen=True):
    """Whose codings fill the matrix, and how many excerpts a cell shows.

    `columns` are codes; left out, the columns are the groups of cases. With codes a cell holds the passages that bear
    both the row's and the column's code in the same `unit`. `coders` is one coder's id, `consensus`, or a list of ids
    for their union (a passage that two of them gave the same code counts once). Left out: the consensus if there is
    one, else the only coder.
    """

    coders: str | tuple[str, ...] = ()
    excerpts: int = 2
    columns: tuple[str, ...] = ()
    unit: Literal["sentence", "paragraph"] = "sentence"


class FindingSettings(msgspec.Struct, frozen=True):
    """What a share in a sentence is of: the cases that the theme applies to, or those of them that were asked."""

    denominator: Literal["applicable", "asked"] = "applicable"


class Nlp(msgspec.Struct, frozen=True):
    """How words are found: `blank` for the language's tokeniser with simplemma's lemmas, or a spaCy pipeline's name."""

    pipeline: str = "blank"


class Tabulate(msgspec.Struct, frozen=True):
    """A table of counts in the reports: `[[tabulate]]`.

    `items` are an item of a table in tables/, an attribute of the cases or a theme; several are cross-tabulated. `by`
    is what is compared: an attribute (default: the groups), an item, or `none`. `where` keeps those with NAME=VALUE.
    `of` is what percentages are of: those to whom the item applies, or those with a documented answer.
    """

    items: str | tuple[str, ...]
    by: str | tuple[str, ...] = ()
    where: str | tuple[str, ...] = ()
    of: Literal["applies", "documented"] = "applies"
    title: str = ""
    line: int = 0


class Suggest(msgspec.Struct, frozen=True):
    """Which suggesters are asked (`text`, `structure`, `patterns` and any that is installed), how often what they
    propose has to be right, and when suggestions for a source are shown: when its coder has coded it, or always.

    `embeddings` is a static model of words as vectors that is asked too: a spaCy package, or in the study's folder a
    spaCy pipeline or a text file (.vec, .txt, also .gz). None is used unless it is named.
    """

    suggesters: tuple[str, ...] = ("text", "structure", "patterns")
    embeddings: str = ""
    precision: float = 0.9
    unlock: Literal["after-coding", "always"] = "after-coding"

    @property
    def wanted(self) -> float:
        """How often proposals have to be right: `precision`, and 0.9 where that is no share between 0 and 1."""
        return self.precision if 0 < self.precision < 1 else 0.9


class Settings(msgspec.Struct, frozen=True):
    """study.toml. `constructed` marks a study whose material is invented; every report then says so."""

    format: Literal["crosscase-study/1"]
    title: str
    language: Language = "da"
    description: str = ""
    constructed: bool = False
    citation: str = "{label}, {roles}, {place}, {page}, {time}"
    groups: Groups = Groups()
    matrix: MatrixSettings = MatrixSettings()
    coders: dict[str, str] = {}
    nlp: Nlp = Nlp()
    suggest: Suggest = Suggest()
    findings: FindingSettings = FindingSettings()
    tabulate: tuple[Tabulate, ...] = ()

    @property
    def report_language(self) -> Literal["da", "en"]:
        """What reports are written in: Danish for Danish material, English for all other."""
        return "da" if self.language == "da" else "en"


class Study(msgspec.Struct, frozen=True, dict=True):
    """The corpus of a study: settings, cases, sources. What codes say about them is read elsewhere.

    `places` is source id → where its pages and times begin; nothing of it is read before a source is asked for.
    """

    root: Path
    settings: Settings
    cases: tuple[Case, ...]
    attributes: tuple[str, ...]
    sources: tuple[Source, ...]
    places: Mapping[str, Places] = {}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Source id → source."""
        return {source.id: source for source in self.sources}

    @cached_property
    def case_by_id(self) -> dict[str, Case]:
        """Case id → case."""
        return {case.id: case for case in self.cases}

    @cached_property
    def sources_of_case(self) -> dict[str, tuple[Source, ...]]:
        """Case id → its sources, in order of their ids; every case has an entry."""
        found: dict[str, list[Source]] = {case.id: [] for case in self.cases}
        for source in self.sources:
            found.setdefault(source.meta.case, []).append(source)
        return {case: tuple(sources) for case, sources in found.items()}


def find_study(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a study.toml, or None."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / STUDY_FILE).is_file()), None)


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """study.toml of the study in `root`; None where it cannot be read."""
    text, problems = read_text(root / STUDY_FILE, STUDY_FILE)
    if text is None:
        return None, problems
    marked, faults = read_toml_text(text, STUDY_FILE)
    problems += faults
    if marked is None:
        return None, problems
    settings, faults = record(marked, Settings, STUDY_FILE)
    return settings, [*problems, *faults]


def read_study(root: Path) -> tuple[Study, list[Problem]]:
    """The study in `root`: everything that can be read, and every fault met.

    Where study.toml cannot be read, the sources are read all the same and the settings are the defaults.
    """
    settings, problems = read_settings(root)
    cases, attributes, faults = read_cases(root)
    problems += faults
    sources: list[Source] = []
    for path in files_below(root / SOURCES_FOLDER, ".md"):
        source, faults = read_source(path)
        problems += faults
        if source is not None:
            sources.append(source)
    settings = settings or Settings(format="crosscase-study/1", title=root.name)
    places = PlacesOfSources(root, {source.id: source for source in sources})
    study = Study(root, settings, cases, attributes, tuple(sources), places)
    problems += stray_files(root / SOURCES_FOLDER, ".md", SOURCES_FOLDER)
    return study, [*problems, *_case_faults(study), *_attribute_faults(study), *_settings_faults(study)]


def _case_faults(study: Study) -> Iterable[Problem]:
    for source in study.sources:
        case = source.meta.case
        if not case and study.cases:
            yield Problem(source.file, 0, "source-without-case", f"source '{source.id}' belongs to no case")
        elif case and case not in study.case_by_id:
            near = hint(did_you_mean(case, study.case_by_id), "cases.csv lists all cases")
            yield Problem(source.file, 0, "unknown-case", f"case '{case}' is not in {CASES_FILE}", near)
    for case_ in study.cases:
        if not study.sources_of_case[case_.id]:
            yield Problem(CASES_FILE, case_.line, "case-without-source", f"case '{case_.id}' has no source")


def _attribute_faults(study: Study) -> Sequence[Problem]:
    groups = study.settings.groups
    if not study.cases:
        return []
    if groups.attribute not in study.attributes:
        near = hint(did_you_mean(groups.attribute, study.attributes), f"columns: {', '.join(study.attributes)}")
        said = f"[groups] attribute '{groups.attribute}' is not a column of {CASES_FILE}"
        return [Problem(STUDY_FILE, 0, "unknown-attribute", said, near)]
    return [
        Problem(CASES_FILE, case.line, "case-without-group", f"case '{case.id}' has no '{groups.attribute}'")
        for case in study.cases
        if groups.attribute not in case.attributes
    ]


def _settings_faults(study: Study) -> Iterable[Problem]:
    """Settings that are of the right kind and mean nothing in this study."""
    settings = study.settings
    if settings.matrix.excerpts < 0:
        said = f"'excerpts' is {settings.matrix.excerpts}; it can be 0 or more"
        yield Problem(STUDY_FILE, 0, "bad-value", said)
    if not 0 < settings.suggest.precision < 1:
        said = f"[suggest] 'precision' is {settings.suggest.precision}; it is a share between 0 and 1"
        yield Problem(STUDY_FILE, 0, "bad-value", said)
    noun = settings.groups.noun
    if noun and (len(noun) != 2 or len(noun[0].split()) < 2 or not noun[1].strip()):
        said = "[groups] 'noun' is the singular with its article, and the plural"
        yield Problem(STUDY_FILE, 0, "bad-value", said, 'Write noun = ["en kommune", "kommuner"].')
    cluster = settings.groups.cluster
    if study.cases and cluster not in (*study.attributes, Groups().cluster):
        near = did_you_mean(cluster, study.attributes)
        said = f"[groups] cluster '{cluster}' is not a column of {CASES_FILE}"
        yield Problem(STUDY_FILE, 0, "unknown-attribute", said, near)
    for group, label in settings.groups.labels.items():
        if not label.strip():
            yield Problem(STUDY_FILE, 0, "bad-value", f"[groups.labels] '{group}' is empty")
    values = {case.attributes.get(settings.groups.attribute) for case in study.cases}
    for group in settings.groups.labels if study.cases else ():
        if group not in values:
            near = did_you_mean(group, sorted(filter(None, values)))
            said = f"[groups.labels] '{group}': no case has {settings.groups.attribute}={group}"
            yield Problem(STUDY_FILE, 0, "empty-group", said, near)
