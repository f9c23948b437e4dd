"""The text of a respondent's source: each open question as a heading, and the answer below it, word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.source import Asked
from corpus.surveys.survey import ColumnUse

_HEADING_SIGN = re.compile(r"^(#{1,6})[ \t]+", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
NO_ANSWER = frozenset(("", "-", "--", ".", "n/a", "na", "nan", "#n/a"))


def answer_text(columns: Sequence[ColumnUse], answers: Mapping[str, str]) -> str:
    """The text with the answers that were given, column name → answer; empty where there are none."""
    parts = []
    for column in columns:
        answer = answers.get(column.name, "")
        if answer.strip().casefold() not in NO_ANSWER:
            parts += [f"## {heading(column)}", body(answer)]
    return "\n\n".join(parts) + "\n" if parts else ""


def heading(column: ColumnUse) -> str:
    """The question, with its number in the guide where it has one."""
    words = " ".join(column.heading.split()).lstrip("# ")
    first = words.split(maxsplit=1)[0].strip(".:()[]{#}").casefold() if words else ""
    return f"{column.question}. {words}" if column.question and first != column.question.casefold() else words


def body(answer: str) -> str:
    """An answer as paragraphs. A `#` that would make a line a heading keeps its place, with a no-break space behind."""
    lines = (" ".join(line.split(" ")).strip() for line in answer.split("\n"))
    text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return _HEADING_SIGN.sub("\\1\u00a0", text)


def asked_of(columns: Sequence[ColumnUse], answers: Mapping[str, str], answered_only: bool) -> Asked:
    """The questions of the guide that were put to a respondent; unknown where no column asks one."""
    asking = [column for column in columns if column.question]
    if not asking:
        return "unknown"
    put = (c for c in asking if not answered_only or answers.get(c.name, "").strip().casefold() not in NO_ANSWER)
    return tuple(dict.fromkeys(column.question for column in put)) or "unknown"
