"""A new study folder: commented files that say what goes where, or a copy of an existing study."""

from __future__ import annotations

import shutil
from pathlib import Path

from corpus.files import write_whole

GITATTRIBUTES = """\
# Text files keep LF on every computer, since positions count characters.
*.md text eol=lf
*.toml text eol=lf
*.yaml text eol=lf
*.csv text eol=lf
# The meaning of a log does not depend on the order of its lines: git may keep the lines of both branches.
*.jsonl text eol=lf merge=union
originals/** -text
build/** -text
"""

GITIGNORE = """\
# Real names never leave this computer; caches are rebuilt.
private/
.crosscase/
"""

_STUDY = """\
# The settings of this study. Lines that begin with # are comments. All keys: docs/study-format.md
format = "crosscase-study/1"
title = {title}

# Language of the material: "da", "en", "nb", "nn", "sv" or "de". Reports are Danish for "da", else English.
language = "{language}"

# How an excerpt is cited. Can use {{label}} {{roles}} {{date}} {{source}} {{title}} {{kind}} {{place}} {{heading}}, and
# {{page}} or {{time}} where the source has them. What is empty is left out.
citation = "{{label}}, {{roles}}, {{place}}, {{page}}, {{time}}"

# The matrix has a column for each value of this column of cases.csv ...
[groups]
attribute = "group"

# What a case is called in a sentence: the singular with its article, and the plural.
# noun = ["a municipality", "municipalities"]

# ... in this order, with these labels:
[groups.labels]
# few = "Municipalities that grant few"
# many = "Municipalities that grant many"

# Whose codings fill the matrix: one coder's id, "consensus", or a list of ids for their union.
[matrix]
# coders = "ana"
excerpts = 2

# The coders' names, as reports show them.
[coders]
# ana = "Ana Holm"

# "blank" needs no download. A spaCy pipeline that is installed can be named instead, e.g. "da_core_news_md".
[nlp]
pipeline = "blank"
"""

_CODEBOOK = """\
# The codebook: themes are the rows of the matrix, codes below them roll up to their theme. All keys:
# docs/study-format.md. Let `crosscase codebook derive GUIDE` write a first draft from the interview guide, or begin:
#
# themes:
# - id: resources
#   label: Resources
#   definition: Whether there are staff, time and money enough.
#   include: Caseloads, waiting times.
#   exclude: Who the staff are (staff).
#   examples: ["We are always one short."]
#   questions: [3f]
#   patterns: [caseload*, waiting time, '"short of staff"']
#   codes:
#   - id: resources.staff
#     label: Staff
themes: []
"""

_README = """\
# {title}

A crosscase study: a folder that people can read, compare and merge.

- `study.toml` settings · `guide.md` the interview guide · `codebook.yaml` themes and codes · `cases.csv` the cases
- `sources/` one text per interview · `originals/` the imported files, untouched
- `charts/` what each case says under each theme · `findings/` sentences about groups, with their evidence
- `codings/CODER/` what each coder did, line by line · `anchors/` where codings went when a text was edited
- `build/` the reports, made by `crosscase build`
- `private/` real names; ignored by git

Next steps: `crosscase status`
"""


def write_new_study(folder: Path, title: str, language: str) -> list[str]:
    """Write the files of an empty study into `folder` and return their names. Raises OSError if that fails."""
    import json

    content = {
        "study.toml": _STUDY.format(title=json.dumps(title, ensure_ascii=False), language=language),
        "cases.csv": "id,label,group,cluster\n",
        "codebook.yaml": _CODEBOOK,
        "README.md": _README.format(title=title),
        ".gitattributes": GITATTRIBUTES,
        ".gitignore": GITIGNORE,
    }
    for name, text in content.items():
        write_whole(folder / name, text.encode())
    for name in ("sources", "originals", "codings", "charts", "findings", "private"):
        (folder / name).mkdir(exist_ok=True)
    return [*content, "sources/"]


def copy_study(source: Path, folder: Path) -> int:
    """Copy the study in `source` to `folder`, with git's settings, and return how many files it has."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".crosscase", "build")
    )
    write_whole(folder / ".gitattributes", GITATTRIBUTES.encode())
    write_whole(folder / ".gitignore", GITIGNORE.encode())
    return sum(path.is_file() for path in folder.rglob("*"))
