"""The file in which people choose where the words of a list of codings stand: csv; filled in, any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from coding.exchange.locate import LEFT_OUT, Question
from corpus.files import shown
from corpus.problems import Problem
from corpus.source import Source
from corpus.spreadsheets.file import read_sheet
from corpus.spreadsheets.header import headed_table

_AROUND = 40
_NOWHERE = ("0", "no", "nej", "none", "ingen")


def choices_csv(questions: Sequence[Question], sources: Mapping[str, Source]) -> bytes:
    """A row for each question: its row in the list, an empty `choice`, codes, words, and the places by number."""
    most = max((len(question.options) for question in questions), default=0)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["row", "choice", "codes", "words", *(f"place {number}" for number in range(1, most + 1))])
    for question in questions:
        places = [place_in_words(question, number, sources) for number in range(1, len(question.options) + 1)]
        places += [""] * (most - len(places))
        writer.writerow([question.row, "", *map(_safe, ("; ".join(question.codes), question.words)), *places])
    return out.getvalue().encode("utf-8-sig")


def _safe(words: str) -> str:
    """Words, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words


def place_in_words(question: Question, number: int, sources: Mapping[str, Source]) -> str:
    """The place with this number, as people recognise it: source and line, and the words with what is around them."""
    option = question.options[number - 1]
    source = sources[option.source]
    text = source.text
    before = text[max(0, option.start - _AROUND) : option.start]
    after = text[option.end : option.end + _AROUND]
    words = " ".join(f"…{before}[{text[option.start : option.end]}]{after}…".split())
    return f"{source.id} line {source.file_line(option.start)}: {words}"


def read_choices(path: Path) -> tuple[dict[int, int], list[Problem]]:
    """Row of the list → the number chosen, 0 for nowhere; rows that are not filled in are left out."""
    file = shown(path)
    sheet, problems = read_sheet(path)
    table, faults = headed_table(sheet, file) if sheet is not None else (None, [])
    problems += faults
    if table is None:
        return {}, problems
    row_place, choice_place = table.named("row"), table.named("choice")
    if row_place < 0 or choice_place < 0:
        said = "the table has no columns 'row' and 'choice'"
        return {}, [*problems, Problem(file, table.header_line, "missing-key", said, "Let crosscase write it anew.")]
    chosen: dict[int, int] = {}
    for row in table.rows:
        number, choice = row.cells[row_place].strip(), row.cells[choice_place].strip().lower()
        if not choice:
            continue
        if number.isdecimal() and (choice.isdecimal() or choice in _NOWHERE):
            chosen[int(number)] = LEFT_OUT if choice in _NOWHERE else int(choice)
        else:
            said = f"'{choice}' is no number of a place"
            problems.append(Problem(file, row.line, "bad-value", said, "Write 1, 2 …, or 0 where it is none of them."))
    return chosen, problems
