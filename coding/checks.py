"""Everything `crosscase check` looks at: what reading the study shows, and the patterns and the matrix settings."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

from coding.coded_study import CodedStudy, matrix_coders, read_coded_study
from coding.patterns import check_patterns
from coding.tabulated import check_tabulations
from corpus.case_tables.checks import check_case_table
from corpus.case_tables.file import read_case_tables
from corpus.case_tables.table import TABLES_FOLDER
from corpus.import_interrupted import interrupted_imports
from corpus.places import check_places
from corpus.problems import Problem, did_you_mean, hint
from corpus.study import CITATION_FIELDS, STUDY_FILE
from corpus.tokens import check_nlp
from corpus.vectors import check_embeddings


def check_study(root: Path) -> tuple[CodedStudy, list[Problem]]:
    """The study and all its problems, in order of file and line."""
    coded, problems = read_coded_study(root)
    found = {
        *problems,
        *check_patterns(coded.codebook),
        *check_nlp(coded.study),
        *check_embeddings(coded.study),
        *_citation_faults(coded),
        *matrix_coders(coded)[1],
        *_column_faults(coded),
        *_table_faults(coded),
        *check_places(root, coded.study.source_by_id),
        *interrupted_imports(root),
    }
    return coded, sorted(found)


def _citation_faults(coded: CodedStudy) -> Iterator[Problem]:
    citation = coded.study.settings.citation
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(citation) if name is not None]
    except ValueError as error:
        yield Problem(STUDY_FILE, 0, "bad-value", f"'citation' cannot be read: {error}")
        return
    for field in fields:
        if field not in CITATION_FIELDS:
            near = hint(did_you_mean(field, CITATION_FIELDS), f"it can use {', '.join(CITATION_FIELDS)}")
            yield Problem(STUDY_FILE, 0, "bad-value", f"'citation' uses '{{{field}}}'", near)


def _table_faults(coded: CodedStudy) -> Iterator[Problem]:
    """Faults of the tables of case files, and of what study.toml wants to have counted."""
    if not coded.study.settings.tabulate and not (coded.study.root / TABLES_FOLDER).is_dir():
        return
    tables, problems = read_case_tables(coded.study.root)
    yield from problems
    for table in tables:
        yield from check_case_table(table, coded.study.cases)
    yield from check_tabulations(coded, tables)


def _column_faults(coded: CodedStudy) -> Iterator[Problem]:
    """Columns that are no codes, stand twice, lie below another column, or leave the matrix without a row."""
    columns, known = coded.study.settings.matrix.columns, coded.codebook.by_id
    for place, id in enumerate(columns):
        if id not in known:
            near = hint(did_you_mean(id, known), "crosscase codebook list shows all codes")
            yield Problem(STUDY_FILE, 0, "unknown-code", f"[matrix] columns: '{id}' is not in codebook.yaml", near)
        elif id in columns[:place]:
            yield Problem(STUDY_FILE, 0, "bad-value", f"[matrix] columns: '{id}' stands there twice", "Name it once.")
        elif above := next((c for c in columns if c != id and c in known and known[id] in [*known[c].walk()]), None):
            said = f"[matrix] columns: '{id}' lies below '{above}', so a passage would stand in both"
            yield Problem(STUDY_FILE, 0, "bad-value", said, "Name one of the two.")
    holding = {coded.codebook.theme_of[id].id for id in columns if id in coded.codebook.theme_of}
    if columns and all(theme.id in holding for theme in coded.codebook.active_themes):
        said = "[matrix] columns: every theme is a column, so that there is no row"
        yield Problem(STUDY_FILE, 0, "bad-value", said, "Leave at least one theme as a row.")
