"""What an imported coding sheet changes: the sheet as written, as it came back, and the log as it is now,
compared.

Only what the person changed in the sheet is applied. What was added elsewhere since the sheet was written
stays, and so does every coding whose cell was left alone. Where sheet and log changed the same coding,
nothing is decided and the conflict is reported. Importing the same sheet again finds everything done and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from coding.acts import Span, added
from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.events import Add, AnyEvent, Event, Memo, Read, Recode, Resize, Retract, now
from coding.sheet_cells import as_cell, memos_by_code, note_on_paragraph
from coding.sheet_reader import FilledPage, FilledSheet
from coding.sheet_rows import CodeNames, Said, said_by_paragraph, spans_now
from coding.sheet_words import NO, WORDS, YES
from coding.sheets import Exported, SheetSource
from corpus.ids import random_id
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import Source

Kind = Literal["add", "retract", "recode", "shorten", "memo", "note", "read", "unread"]


class SheetChange(msgspec.Struct, frozen=True):
    """One change, for people: in which paragraph (0: the source), which code, its new code or memo, some
    words.
    """

    source: str
    paragraph: int
    kind: Kind
    code: str = ""
    to: str = ""
    words: str = ""


class SheetChanges(msgspec.Struct, frozen=True):
    """All that an import would write: events by source, under one run id, and the same as a list for
    people.
    """

    run: str
    events: Mapping[str, tuple[AnyEvent, ...]] = {}
    changes: tuple[SheetChange, ...] = ()


_Effect = AnyEvent | SheetChange | Problem


class _Here(msgspec.Struct, frozen=True):
    """One source of the sheet: as written (`base`), as it came back (`page`, `said`), and as it is now."""

    coded: CodedStudy
    source: Source
    coder: str
    base: SheetSource
    page: FilledPage
    said: Mapping[int, Said]
    spans: Mapping[int, Span]
    codings: Mapping[str, Coding]
    active: Collection[str]
    file: str
    run: str

    def change(self, number: int, kind: Kind, code: str = "", to: str = "", words: str = "") -> SheetChange:
        """A change in a paragraph of this source; without `words` it is shown with those of the paragraph."""
        span = self.spans.get(number)
        words = words or (self.source.text[span.start : span.end] if span else "")
        return SheetChange(self.source.id, number, kind, code, to, words)

    def problem(self, said: Said, rule: str, message: str, near: str = "") -> Problem:
        """A problem with what a row says."""
        place = f"tab '{self.page.tab}', paragraph {said.row.number}"
        return Problem(self.file, said.line, rule, f"{place}: {message}", near)


def changes_from_sheet(
    coded: CodedStudy, sheet: FilledSheet, coder: str, active: Collection[str] = ()
) -> tuple[SheetChanges, list[Problem]]:
    """What `sheet` changes in the codings of `coder`, and what in it cannot be applied.

    Rows with a problem change nothing. `active` are ids of events in force in the coder's logs: with them, a
    coding whose words are lost can still be retracted.
    """
    run = random_id("x")
    problems = refusals(coded, sheet.exported, coder, sheet.file)
    if problems:
        return SheetChanges(run), problems
    pages = {page.source: page for page in sheet.pages}
    names = CodeNames(coded.codebook)
    events: dict[str, tuple[AnyEvent, ...]] = {}
    changes: list[SheetChange] = []
    for base in sheet.exported.sources:
        page, source = pages.get(base.id), coded.study.source_by_id.get(base.id)
        if page is None or source is None:
            problems += _missing(base, source, coded, sheet)
            continue
        said, faults = said_by_paragraph(page, base, names, sheet.file)
        spans = spans_now(base, source, {row.number: row.words for row in page.rows if row.number})
        codings = {coding.id: coding for coding in coded.codings_in(source.id, coder)}
        here = _Here(coded, source, coder, base, page, said, spans, codings, active, sheet.file, run)
        effects = list(_compare(here))
        problems += [*faults, *(e for e in effects if isinstance(e, Problem))]
        changes += sorted((e for e in effects if isinstance(e, SheetChange)), key=lambda change: change.paragraph)
        written = [e for e in effects if isinstance(e, Event)]
        if written:
            events[source.id] = tuple(sorted(written, key=lambda event: not isinstance(event, Add)))
    return SheetChanges(run, events, tuple(changes)), problems


def refusals(coded: CodedStudy, exported: Exported, coder: str, file: str) -> list[Problem]:
    """Why the sheet cannot be imported here at all: another study's, or another coder's."""
    title = coded.study.settings.title
    texts = {source.id: source.sha256 for source in coded.study.sources}
    if exported.study != title and not any(texts.get(s.id) == s.sha256 for s in exported.sources):
        said = f"the sheet belongs to the study “{exported.study}”; this is “{title}”"
        return [Problem(file, 0, "sheet-other-study", said)]
    if exported.coder != coder:
        said = f"the sheet is {exported.coder}'s, and you code as {coder}"
        near = f"To import it as {exported.coder}'s work: --coder {exported.coder}"
        return [Problem(file, 0, "sheet-other-coder", said, near)]
    return []


def _missing(base: SheetSource, source: Source | None, coded: CodedStudy, sheet: FilledSheet) -> Iterator[Problem]:
    if source is None:
        near = hint(did_you_mean(base.id, coded.study.source_by_id), "It may have been renamed or taken out.")
        yield Problem(sheet.file, 0, "unknown-source", f"the study has no source '{base.id}' any more", near)
    elif any(row.codings for row in base.rows):
        said = f"no tab of '{base.id}' can be read; its codings stay as they are"
        yield Problem(sheet.file, 0, "sheet-not-used", said)


def _compare(here: _Here) -> Iterator[_Effect]:
    """Codes, memos, notes and the read mark: events, the same for people, and what cannot be applied."""
    memos: dict[str, str] = {}
    for said in here.said.values():
        yield from _changed_memos(here, said, memos)
    taken = list(_take_back(here, memos))
    yield from taken
    recoded = {event.target: event.code for event in taken if isinstance(event, Recode)}
    for said in here.said.values():
        yield from _add_codes(here, said, recoded)
        yield from _change_note(here, said)
    yield from _read_mark(here)


def _take_back(here: _Here, memos: Mapping[str, str]) -> Iterator[_Effect]:
    """What happens to the codings whose cells were emptied or given another code."""
    cleared: dict[str, list[Said]] = {}
    rows_of: dict[str, set[int]] = {}
    codes: dict[str, str] = {}
    for row in here.base.rows:
        said = here.said.get(row.number)
        for held in row.codings:
            codes[held.id] = held.code
            rows_of.setdefault(held.id, set()).add(row.number)
            if said is not None and held.code not in said.codes:
                cleared.setdefault(held.id, []).append(said)
    for id, rows in cleared.items():
        yield from _take_back_one(here, id, codes[id], rows, rows_of[id], memos)


def _take_back_one(
    here: _Here, id: str, code: str, rows: Sequence[Said], held_in: Collection[int], memos: Mapping[str, str]
) -> Iterator[_Effect]:
    """Retract the coding, give it the code that took its place, or shorten it to the paragraphs that keep
    it.
    """
    coding, first = here.codings.get(id), rows[0]
    numbers = {said.row.number for said in rows}
    wholly = numbers.issuperset(held_in)
    instead = {said.replaced.get(code, "") for said in rows}
    if coding is None:
        if id in here.active and wholly:
            yield Retract(id=random_id("r"), at=now(), target=id, run=here.run)
            yield here.change(first.row.number, "retract", code)
        return
    if coding.code != code:
        if instead != {coding.code}:
            said = f"coding '{id}' was '{code}' in the sheet, was changed there, and is now '{coding.code}'"
            yield here.problem(first, "sheet-conflict", said)
        return
    touched = [row.number for row in here.base.rows if _overlaps(coding, here.spans.get(row.number))]
    kept = [number for number in touched if number not in numbers]
    if not kept and (wholly or touched):
        new = instead.pop() if len(instead) == 1 else ""
        yield _taken(here, coding, new)
        kind: Kind = "recode" if new else "retract"
        yield from (here.change(said.row.number, kind, code, new, coding.quote) for said in rows)
    elif not numbers.issubset(here.spans):
        yield _lost(here, first)
    elif numbers.intersection(touched):
        yield from _shortened(here, coding, touched, kept, memos)
        yield from (here.change(number, "shorten", code) for number in touched if number in numbers)


def _taken(here: _Here, coding: Coding, new: str) -> Recode | Retract:
    if new:
        return Recode(id=random_id("e"), at=now(), target=coding.id, code=new, run=here.run)
    return Retract(id=random_id("r"), at=now(), target=coding.id, run=here.run)


def _shortened(
    here: _Here, coding: Coding, touched: Sequence[int], kept: Sequence[int], memos: Mapping[str, str]
) -> Iterator[AnyEvent]:
    """The coding over the first run of paragraphs that keep it, and a new one like it over each further
    run.
    """
    runs: list[list[int]] = []
    for n, number in enumerate(touched):
        if number in kept:
            if n and touched[n - 1] in kept:
                runs[-1].append(number)
            else:
                runs.append([number])
    for n, run in enumerate(runs):
        start = coding.start if run[0] == touched[0] else here.spans[run[0]].start
        end = coding.end if run[-1] == touched[-1] else here.spans[run[-1]].end
        memo = memos.get(coding.id, coding.memo)
        new = added(here.source, coding.code, Span(start, end), memo, "sheet", here.run)
        if n:
            yield new
        else:
            yield Resize(id=random_id("e"), at=now(), target=coding.id, start=start, end=end, quote=new.quote,
                         prefix=new.prefix, suffix=new.suffix, run=here.run)  # fmt: skip


def _add_codes(here: _Here, said: Said, recoded: Mapping[str, str]) -> Iterator[_Effect]:
    """New codes of a row, over all words of its paragraph; one that is there already, however it came, is
    left.
    """
    number, span = said.row.number, here.spans.get(said.row.number)
    memos = memos_by_code(said.memo, said.codes) if said.memo != said.row.memo else {}
    changed = {recoded.get(held.id) for held in said.row.codings}
    for code in said.codes:
        if code in said.row.codes or code in changed:
            continue
        if span is None:
            yield _lost(here, said)
            return
        there = [c for c in here.codings.values() if c.code == code and _overlaps(c, span)]
        memo = memos.get(code, "")
        if not there:
            yield added(here.source, code, span, memo, "sheet", here.run)
            yield here.change(number, "add", code, memo)
        for coding in there:
            yield from _new_memo(here, said, coding, "", memo)


def _changed_memos(here: _Here, said: Said, seen: dict[str, str]) -> Iterator[_Effect]:
    """Memos of the row's codings that its memo cell changes; `seen` collects them by coding."""
    if said.memo == said.row.memo:
        return
    before = memos_by_code(said.row.memo, said.row.codes)
    after = memos_by_code(said.memo, (*said.codes, *said.row.codes))
    for held in said.row.codings:
        code, coding = said.replaced.get(held.code, held.code), here.codings.get(held.id)
        old, new = before.get(held.code, ""), after.get(code, after.get(held.code, ""))
        if coding is None or code not in said.codes or old == new:
            continue
        if seen.setdefault(held.id, new) != new:
            message = f"coding '{held.id}' is given two different memos, by this row and by another"
            yield here.problem(said, "sheet-conflict", message, "A coding of several paragraphs has one memo.")
            continue
        yield from _new_memo(here, said, coding, old, new)


def _new_memo(here: _Here, said: Said, coding: Coding, old: str, new: str) -> Iterator[_Effect]:
    """The memo `new` for a coding that had `old` in the sheet, unless it has another one by now."""
    current = as_cell(coding.memo)
    if current == new or old == new:
        return
    if current != old:
        message = f"the memo of coding '{coding.id}' is “{_short(current)}” in the log, not what the sheet changed"
        near = f"Change it by itself: crosscase code memo {coding.id} TEXT"
        yield here.problem(said, "sheet-conflict", message, near)
        return
    yield Memo(id=random_id("m"), at=now(), text=new, target=coding.id, run=here.run)
    yield here.change(said.row.number, "memo", coding.code, new, coding.quote)


def _change_note(here: _Here, said: Said) -> Iterator[_Effect]:
    """The note on a paragraph without codes, kept as a memo on the source.

    A memo that is left in a row whose last code was cleared becomes such a note.
    """
    row, emptied = said.row, bool(said.row.codes and not said.codes)
    if said.memo == row.memo and not emptied:
        return
    old = memos_by_code(row.memo, row.codes).get("", "")
    new = memos_by_code(said.memo, said.codes).get("", "")
    if old == new:
        return
    span = here.spans.get(row.number)
    if span is None:
        yield _lost(here, said)
        return
    words = WORDS[here.coded.study.settings.report_language]
    text = note_on_paragraph(words, row.number, here.source.text[span.start : span.end], new)
    mine = {m.id: m.text for m in here.coded.memos if (m.coder, m.source) == (here.coder, here.source.id)}
    effects: list[_Effect] = [
        Retract(id=random_id("r"), at=now(), target=id, run=here.run)
        for id in row.notes
        if id in mine and mine[id] != text
    ]
    if new and text not in mine.values():
        effects.append(Memo(id=random_id("m"), at=now(), text=text, run=here.run))
    if effects:
        yield from (*effects, here.change(row.number, "note", to=new))


def _read_mark(here: _Here) -> Iterator[_Effect]:
    """The read mark set, or the ones taken back that it stood for."""
    base, page = here.base, here.page
    said = (page.read or "").casefold()
    if page.read is None or ((said in YES) == bool(base.reads) and said in YES | NO):
        return
    if said not in YES | NO:
        words = WORDS[here.coded.study.settings.report_language]
        message = f"tab '{page.tab}': the read mark is '{_short(said)}'; it can be '{words.yes}' or '{words.no}'"
        yield Problem(here.file, page.read_line, "sheet-cell", message)
        return
    marks = [m.id for m in here.coded.reads if (m.coder, m.source, m.theme) == (here.coder, here.source.id, "")]
    if said in YES and not marks:
        yield Read(id=random_id("d"), at=now(), run=here.run)
        yield here.change(0, "read")
    taken = [id for id in marks if id in base.reads] if said in NO else []
    yield from (Retract(id=random_id("r"), at=now(), target=id, run=here.run) for id in taken)
    if taken:
        yield here.change(0, "unread")


def _lost(here: _Here, said: Said) -> Problem:
    message = f"{here.source.file} was edited, and these words are not found in it any more, or at several places"
    return here.problem(said, "sheet-row-lost", message)


def _overlaps(coding: Coding, span: Span | None) -> bool:
    return span is not None and coding.start < span.end and coding.end > span.start


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else one_line[:57] + "…"
