"""Coding sheets: what a workbook holds in which a coder codes sources paragraph by paragraph, before there
are screens.

A sheet carries, out of sight, what it stood for when it was written (`Exported`). An import therefore
compares three things, the sheet as written, the sheet as it came back and the log as it is now, and applies
only what the person changed (`coding.sheet_changes`). Here is what a sheet shows, as values;
`coding.sheet_file` writes it and `coding.sheet_reader` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from codebook.codebook import Code, Codebook
from coding.coded_study import CodedStudy
from coding.coding import Coding, SourceMemo
from coding.sheet_cells import as_cell, fingerprint, memo_cell, note_of, shown
from coding.sheet_words import WORDS, SheetWords
from corpus.source import Source
from corpus.text import Paragraph

FORMAT: Literal["crosscase-sheet/1"] = "crosscase-sheet/1"
CODE_COLUMNS = 6
TAB_LIMIT = 200
"""Sources in one workbook; with more, spreadsheet programs become too slow to work in."""
DATA_TAB = "crosscase"


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A coding that a row stood for, and the code it had."""

    id: str
    code: str


class SheetRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph as it was when the sheet was written: its number, the span of its words, what was coded in
    it.

    `memo` is the memo cell as shown; `notes` are the ids of the coder's memos on the source that belong to
    this paragraph. A coding that covers several paragraphs is held by the rows of all of them.
    """

    number: int
    start: int
    end: int
    fingerprint: str
    codings: tuple[Held, ...] = ()
    memo: str = ""
    notes: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in its cells, each once, in order of the codings."""
        return tuple(dict.fromkeys(held.code for held in self.codings))


class SheetSource(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source as it was when the sheet was written; `reads` are the ids of the coder's read marks for all
    of it.
    """

    id: str
    tab: str
    sha256: str
    columns: int
    rows: tuple[SheetRow, ...]
    headings: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


class Exported(msgspec.Struct, frozen=True):
    """What a sheet stood for when it was written; kept in its hidden tab."""

    format: Literal["crosscase-sheet/1"]
    study: str
    coder: str
    tabs: tuple[str, ...]
    sources: tuple[SheetSource, ...]


class Line(msgspec.Struct, frozen=True):
    """A line of a tab as shown. `row` is None for a heading, which takes no codes."""

    words: str
    row: SheetRow | None = None
    speaker: str = ""
    cells: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """One source's tab."""

    source: SheetSource
    title: str
    about: str
    lines: tuple[Line, ...]
    speakers: bool


class CodeLine(msgspec.Struct, frozen=True):
    """A line of the code list; `choice` is what the drop-down lists show."""

    theme: str
    code: Code
    choice: str
    is_theme: bool


class SheetPlan(msgspec.Struct, frozen=True):
    """Everything that a workbook shows, and what it stood for."""

    exported: Exported
    words: SheetWords
    pages: tuple[Page, ...]
    codes: tuple[CodeLine, ...]


def sheet_plan(coded: CodedStudy, sources: Sequence[Source], coder: str) -> SheetPlan:
    """The coding sheet of `sources` for `coder`: every paragraph with this coder's own codings, nobody
    else's.
    """
    words = WORDS[coded.study.settings.report_language]
    tabs = tab_names([source.id for source in sources], (words.instructions_tab, words.codes_tab, DATA_TAB))
    pages = tuple(_page(coded, source, coder, tabs[source.id], words) for source in sources)
    fixed = (words.instructions_tab, words.codes_tab)
    exported = Exported(FORMAT, coded.study.settings.title, coder, fixed, tuple(page.source for page in pages))
    return SheetPlan(exported, words, pages, tuple(_code_lines(coded.codebook)))


def _page(coded: CodedStudy, source: Source, coder: str, tab: str, words: SheetWords) -> Page:
    codings = coded.codings_in(source.id, coder)
    notes = [memo for memo in coded.memos if (memo.coder, memo.source) == (coder, source.id)]
    held = _held_by_paragraph(source, codings)
    lines = [
        Line(shown(source.text[p.start : p.end].strip("# \t"))) if p.is_heading else _line(coded, source, p, held)
        for p in source.structure.paragraphs
        if p.is_heading or p.body < p.end
    ]
    lines = _with_memos(lines, coded, notes, words)
    rows = tuple(line.row for line in lines if line.row)
    reads = tuple(m.id for m in coded.reads if (m.coder, m.source, m.theme) == (coder, source.id, ""))
    most = max((len(row.codes) for row in rows), default=0)
    columns = CODE_COLUMNS if most < CODE_COLUMNS else most + 1
    headings = tuple(fingerprint(line.words) for line in lines if line.row is None)
    sheet = SheetSource(source.id, tab, source.sha256, columns, rows, headings, reads)
    speakers = any(line.speaker for line in lines)
    return Page(sheet, shown(source.title), _about(coded, source, words), tuple(lines), speakers)


def _held_by_paragraph(source: Source, codings: Sequence[Coding]) -> dict[int, list[Held]]:
    """Paragraph number → the codings that share words with it."""
    found: dict[int, list[Held]] = {}
    for coding in codings:
        for paragraph in source.structure.paragraphs_in(coding.start, coding.end):
            if coding.end > paragraph.body:
                found.setdefault(paragraph.number, []).append(Held(coding.id, coding.code))
    return found


def _line(coded: CodedStudy, source: Source, paragraph: Paragraph, held: dict[int, list[Held]]) -> Line:
    start, end, number = paragraph.body, paragraph.end, paragraph.number
    words = shown(source.text[start:end])
    row = SheetRow(number, start, end, fingerprint(words), tuple(held.get(number, ())))
    return Line(words, row, shown(paragraph.speaker), tuple(choice(coded.codebook, code) for code in row.codes))


def _about(coded: CodedStudy, source: Source, words: SheetWords) -> str:
    """`Kilde: birkeby-leder · Birkeby · leder · 2009-01-14`; the id is read back."""
    meta = source.meta
    case = coded.study.case_by_id.get(meta.case)
    date = meta.date.isoformat() if meta.date else ""
    parts = [f"{words.source}: {source.id}", case.label if case else "", ", ".join(meta.roles), date]
    return shown(" · ".join(filter(None, parts)))


def _with_memos(lines: Sequence[Line], coded: CodedStudy, memos: Sequence[SourceMemo], words: SheetWords) -> list[Line]:
    """The lines with their memo cells: the codings' memos and the notes on paragraphs without a code."""
    paragraphs = {line.row.number: line.words for line in lines if line.row}
    notes: dict[int, list[tuple[str, str]]] = {}
    for memo in memos:
        if found := note_of(memo.text, paragraphs):
            notes.setdefault(found[0], []).append((memo.id, found[1]))
    return [_with_memo(line, line.row, coded, notes, words) if line.row else line for line in lines]


def _with_memo(
    line: Line, row: SheetRow, coded: CodedStudy, notes: dict[int, list[tuple[str, str]]], words: SheetWords
) -> Line:
    here = notes.get(row.number, [])
    codings = [coded.codings_by_id[held.id] for held in row.codings]
    memo = as_cell(memo_cell(codings, [note for _, note in here], words))
    row = msgspec.structs.replace(row, memo=memo, notes=tuple(id for id, _ in here))
    return msgspec.structs.replace(line, row=row)


def choice(codebook: Codebook, id: str) -> str:
    """A code as the drop-down lists show it: `id — label`; an id that is not in the codebook stands alone."""
    code = codebook.by_id.get(id)
    return shown(f"{id} — {' '.join(code.label.split())}")[:120] if code else id


def _code_lines(codebook: Codebook) -> Iterator[CodeLine]:
    for theme in codebook.themes:
        for code in theme.walk():
            if not code.replaced_by:
                yield CodeLine(theme.label, code, choice(codebook, code.id), code is theme)


def tab_names(ids: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Source id → tab name: the id, cut to Excel's 31 characters and made unique without regard to case."""
    used = {name.casefold() for name in taken} | {"history"}
    names: dict[str, str] = {}
    for id in ids:
        name, n = id[:31], 2
        while name.casefold() in used:
            name, n = f"{id[: 30 - len(str(n))]}~{n}", n + 1
        used.add(name.casefold())
        names[id] = name
    return names
