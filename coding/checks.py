"""Everything `crosscase check` looks at: what reading the study shows, and the patterns and the matrix settings."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

from coding.coded_study import CodedStudy, matrix_coders, read_coded_study
from coding.patterns import check_patterns
from corpus.problems import Problem, did_you_mean, hint
from corpus.study import CITATION_FIELDS, STUDY_FILE
from corpus.tokens import check_nlp


def check_study(root: Path) -> tuple[CodedStudy, list[Problem]]:
    """The study and all its problems, in order of file and line."""
    coded, problems = read_coded_study(root)
    found = {
        *problems,
        *check_patterns(coded.codebook),
        *check_nlp(coded.study),
        *_citation_faults(coded),
        *matrix_coders(coded)[1],
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
