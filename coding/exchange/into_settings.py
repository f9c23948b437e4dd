"""study.toml after an import: of a new study its title, language, groups and coders, else the names of new coders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from coding.exchange.into_cases import PlacedCases
from coding.exchange.into_coders import Coders
from coding.exchange.into_sources import PlacedSource
from coding.exchange.names import clean_text, one_line
from coding.exchange.project import Project
from corpus.files import read_text
from corpus.settings_file import with_setting
from corpus.study import STUDY_FILE, Study

_DANISH = re.compile(r"\b(?:og|det|er|ikke|på|der|som|til)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|that|in|it)\b")
_EMPTY = """\
# The settings of this study. Lines that begin with # are comments. All keys: docs/study-format.md
format = "crosscase-study/1"
title = ""
language = "en"

# The matrix has a column for each value of this column of cases.csv.
[groups]
attribute = "group"

# Whose codings fill the matrix: one coder's id, "consensus", or a list of ids for their union.
[matrix]
excerpts = 2

# The coders' names, as reports show them.
[coders]

[nlp]
pipeline = "blank"
"""


def settings_text(
    project: Project,
    root: Path,
    study: Study | None,
    coders: Coders,
    cases: PlacedCases,
    placed: Sequence[PlacedSource],
) -> str:
    """The text of study.toml; empty where it stays as it is."""
    if study is None and STUDY_FILE in project.files:
        return project.files[STUDY_FILE]
    before = (read_text(root / STUDY_FILE, STUDY_FILE)[0] or "") if study else ""
    text = before or _new(project, root, coders, cases, placed)
    for id, name in coders.used.items():
        if id not in coders.names and "." not in id and (study is None or name != id):
            text = with_setting(text, f"coders.{id}", name)
    return text if text != before else ""


def _new(project: Project, root: Path, coders: Coders, cases: PlacedCases, placed: Sequence[PlacedSource]) -> str:
    """The settings of a new study, without its coders."""
    text = with_setting(_EMPTY, "title", one_line(project.name) or root.name)
    text = with_setting(text, "language", project.language or _language(placed))
    if project.description:
        text = with_setting(text, "description", clean_text(project.description))
    text = with_setting(text, "groups.attribute", cases.group or "group")
    if len(coders.used) == 1:
        text = with_setting(text, "matrix.coders", next(iter(coders.used)))
    return text


def _language(placed: Sequence[PlacedSource]) -> str:
    """Da or en, by the small words in the beginnings of the texts."""
    sample = "\n".join(entry.text.text[:4000] for entry in placed[:20]).lower()
    return "da" if len(_DANISH.findall(sample)) > len(_ENGLISH.findall(sample)) else "en"
