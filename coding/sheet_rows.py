"""What a filled tab says: which paragraph each row stands for, and which codes its cells name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from codebook.codebook import Codebook
from coding.acts import Span
from coding.sheet_cells import fingerprint
from coding.sheet_reader import FilledPage, FilledRow
from coding.sheets import SheetRow, SheetSource
from corpus.anchor import place
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import Source

_CHOICE = re.compile(r"(\S+)\s+[—–-]\s")

_SEARCHABLE = 40
"""Characters from which a paragraph is looked for inside other text; a shorter one may stand there by
chance.
"""


class Said(msgspec.Struct, frozen=True):
    """What a tab says about one paragraph. `line` is its row there.

    `codes` are what all its cells name, each once. `replaced` is code → the code that stands in the same cell
    now.
    """

    row: SheetRow
    line: int
    codes: tuple[str, ...]
    memo: str
    replaced: Mapping[str, str] = {}


class CodeNames:
    """The codes of a codebook by what people write for them: id, label, or `id — label`, in any case of
    letters.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.ids = {id.casefold(): id for id in codebook.by_id}
        self.labels: dict[str, list[str]] = {}
        for code in codebook.by_id.values():
            current = codebook.current(code.id)
            ids = self.labels.setdefault(_folded(code.label), [])
            if current in codebook.by_id and current not in ids:
                ids.append(current)

    def codes_in(self, cell: str, held: Collection[str]) -> tuple[tuple[str, ...], str, str]:
        """The codes that a cell names, or why it names none and a hint; `held` are the codes it may keep as
        they are.

        A cell names one code, or several with `;`, line breaks or commas between them.
        """
        if not cell:
            return (), "", ""
        for parts in ([cell], re.split(r"[;\n]", cell), re.split(r"[;,\n]", cell)):
            ids = [self._codes(part, held) for part in parts if part.strip()]
            if ids and all(len(found) == 1 for found in ids):
                return tuple(dict.fromkeys(found[0] for found in ids)), "", ""
        several = self._codes(cell, held)
        if several:
            return (
                (),
                f"'{_short(cell)}' is the label of several codes",
                f"write one id: {', '.join(several)}",
            )
        near = did_you_mean(_folded(cell), [*self.ids, *self.labels])
        return (), f"'{_short(cell)}' is no code", hint(near, "the tab with the codes lists them all")

    def _codes(self, text: str, held: Collection[str]) -> list[str]:
        """The ids that `text` may mean: none, one, or several where codes share a label."""
        if found := self._id(text, held) or self.labels.get(_folded(text), []):
            return found
        start = _CHOICE.match(text.strip())
        return self._id(start[1], held) if start else []

    def _id(self, text: str, held: Collection[str]) -> list[str]:
        folded = _folded(text)
        if kept := [id for id in held if id.casefold() == folded]:
            return kept
        current = self.codebook.current(self.ids.get(folded, ""))
        return [current] if current in self.codebook.by_id else []


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def said_by_paragraph(
    page: FilledPage, source: SheetSource, names: CodeNames, file: str
) -> tuple[dict[int, Said], list[Problem]]:
    """Paragraph number → what the tab says about it, and the rows that cannot be used.

    A paragraph whose row has a problem is left out, so that nothing changes in it; so is one whose row was
    deleted.
    """
    problems: list[Problem] = []
    rows_of: dict[int, list[FilledRow]] = {}
    faulty: set[int] = set()
    lost = False
    index = _index(source)
    for filled in page.rows:
        row, fault = _paragraph_of(filled, page, index, file)
        if fault is not None:
            problems.append(fault)
            lost = lost or fault.severity == "error"
        if row is not None:
            rows_of.setdefault(row.number, []).append(filled)
            if not filled.readable:
                faulty.add(row.number)
    found: dict[int, Said] = {}
    for row in source.rows:
        if row.number in rows_of and row.number not in faulty:
            said, faults = _said(row, rows_of[row.number], page, names, file)
            problems += faults
            if said is not None:
                found[row.number] = said
    gone = [row.number for row in source.rows if row.number not in rows_of and (row.codings or row.memo)]
    if gone and not lost:
        said_ = f"tab '{page.tab}' has no row for paragraph {_list(gone)} any more; what was coded there stays"
        problems.append(Problem(file, 0, "sheet-not-used", said_, "To take codes back, empty their cells."))
    return found, problems


class _Index(msgspec.Struct, frozen=True):
    """The paragraphs of a source by number and by fingerprint, and the fingerprints of its headings."""

    by_number: dict[int, SheetRow]
    by_words: dict[str, list[SheetRow]]
    headings: frozenset[str]


def _index(source: SheetSource) -> _Index:
    by_words: dict[str, list[SheetRow]] = {}
    for row in source.rows:
        by_words.setdefault(row.fingerprint, []).append(row)
    return _Index({row.number: row for row in source.rows}, by_words, frozenset(source.headings))


def _paragraph_of(
    filled: FilledRow, page: FilledPage, index: _Index, file: str
) -> tuple[SheetRow | None, Problem | None]:
    """The paragraph that a row stands for: its number and its words must not contradict each other."""
    mark = fingerprint(filled.words) if filled.words else ""
    numbered = index.by_number.get(filled.number or 0)
    same = index.by_words.get(mark, [])
    if numbered is not None and numbered in same:
        return numbered, None
    if numbered is None and len(same) == 1 and mark not in index.headings:
        return same[0], None
    if numbered is not None and not same:
        if not (filled.says_something or numbered.codings):
            return numbered, None
        said = f"tab '{page.tab}': the words of paragraph {numbered.number} were changed; the source was not"
        return numbered, Problem(file, filled.line, "sheet-text-changed", said)
    concerned = any(row.codings or row.memo for row in (numbered, *same) if row is not None)
    if not concerned and not filled.says_something and filled.readable:
        return None, None
    if mark in index.headings and not filled.says_something and filled.readable:
        return None, None
    why = _why_lost(numbered, same, mark in index.headings)
    return None, Problem(file, filled.line, "sheet-row-lost", f"tab '{page.tab}': {why}")


def _why_lost(numbered: SheetRow | None, same: Sequence[SheetRow], is_heading: bool) -> str:
    if numbered is not None:
        return f"the number is that of paragraph {numbered.number}, the words are those of {_numbers(same)}"
    if is_heading:
        return "the row is a heading; code the paragraphs below it"
    if same:
        return f"the row has no number, and its words stand in {_numbers(same)}"
    return "the row is none of the source's paragraphs"


def _numbers(rows: Iterable[SheetRow]) -> str:
    return f"paragraph {_list([row.number for row in rows])}"


def _list(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:6]))
    return f"{shown} and {len(numbers) - 6} more" if len(numbers) > 6 else shown


def _said(
    row: SheetRow, rows: Sequence[FilledRow], page: FilledPage, names: CodeNames, file: str
) -> tuple[Said | None, list[Problem]]:
    """What the rows of one paragraph say together: a copied row adds codes, its memo counts if it was
    changed.
    """
    problems = []
    cells: list[list[tuple[str, ...]]] = []
    for filled in rows:
        cells.append([])
        for cell in filled.cells:
            codes, fault, near = names.codes_in(cell, row.codes)
            cells[-1].append(codes)
            if fault:
                problems.append(Problem(file, filled.line, "unknown-code", f"tab '{page.tab}': {fault}", near))
    memos = list(dict.fromkeys(filled.memo for filled in rows if filled.memo != row.memo)) or [row.memo]
    if len(memos) > 1:
        said = f"tab '{page.tab}': paragraph {row.number} stands in {len(rows)} rows with different memos"
        problems.append(Problem(file, rows[-1].line, "sheet-conflict", said, "Keep one of the rows."))
    if problems:
        return None, problems
    all_codes = tuple(dict.fromkeys(code for line in cells for codes in line for code in codes))
    replaced = _replaced(row.codes, cells[0], all_codes) if len(rows) == 1 else {}
    return Said(row, rows[0].line, all_codes, memos[0], replaced), []


def _replaced(before: Sequence[str], cells: Sequence[tuple[str, ...]], now: Collection[str]) -> dict[str, str]:
    """Code → the one code that now stands in its cell, where the old one is gone and the new one is new."""
    return {
        old: cell[0]
        for old, cell in zip(before, cells, strict=False)
        if len(cell) == 1 and old not in now and cell[0] not in before
    }


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else one_line[:57] + "…"


def spans_now(base: SheetSource, source: Source, texts: Mapping[int, str]) -> dict[int, Span]:
    """Paragraph number → where its words stand now; paragraphs that cannot be found are left out.

    In a source that was edited since, a paragraph is found by its words if they stand at one place only, or
    between the same neighbours as before; else the text of its row (`texts`) is looked for. Nothing is
    guessed.
    """
    if source.sha256 == base.sha256:
        return {row.number: Span(row.start, row.end) for row in base.rows}
    paragraphs = [p for p in source.structure.paragraphs if not p.is_heading and p.body < p.end]
    old = [row.fingerprint for row in base.rows]
    new = [fingerprint(source.text[p.body : p.end]) for p in paragraphs]
    found: dict[int, Span] = {}
    for marks_old, marks_new in ((old, new), (_with_neighbours(old), _with_neighbours(new))):
        once_old, at_new = Counter(marks_old), {mark: n for n, mark in enumerate(marks_new)}
        once_new = Counter(marks_new)
        for row, mark in zip(base.rows, marks_old, strict=True):
            if once_old[mark] == once_new[mark] == 1:
                p = paragraphs[at_new[mark]]
                found.setdefault(row.number, Span(p.body, p.end))
    for row in base.rows:
        text = texts.get(row.number, "")
        if row.number not in found and len(text) >= _SEARCHABLE and fingerprint(text) == row.fingerprint:
            here = place(source.text, row.start, row.end, text)
            if here.how in ("exact", "moved"):
                found[row.number] = Span(here.start, here.end)
    return found


def _with_neighbours(marks: Sequence[str]) -> list[tuple[str, str, str]]:
    return list(zip(["", *marks[:-1]], marks, [*marks[1:], ""], strict=True))
