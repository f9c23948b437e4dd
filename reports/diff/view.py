"""A comparison of two versions in words: what a terminal and a Markdown page show, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from reports.diff.cell_facts import NUMBERS, ExcerptDifference
from reports.diff.changes import Change
from reports.diff.difference import CellDifference, Difference, HeadDifference, SideInfo
from reports.diff.sentences import SentenceDifference
from reports.diff.words import DiffWords
from reports.words import joined, words_for

_LONG, _SHORT = 90, 36
"""Characters of a quote in the list of changes, and in a cell that names one of them as its cause."""
Sign = str
"""`+` for an excerpt that is new, `-` for one that is gone, `~` for one that is cited otherwise."""


class ChangeView(msgspec.Struct, frozen=True):
    """One change: where it stands (`codings/ana/x.jsonl:14`), what happened, when, the note on it, where it shows.

    `number` counts from 1, those that most cells show first; 0 where the change has none. `short` names it in a cell.
    """

    number: int
    place: str
    sentence: str
    short: str
    when: str
    memo: str
    cells: str


class CellView(msgspec.Struct, frozen=True):
    """A cell that differs: its column, what differs as (name, old → new), excerpts with their signs, and causes."""

    column: str
    note: str
    facts: tuple[tuple[str, str], ...]
    excerpts: tuple[tuple[Sign, str], ...]
    causes: tuple[ChangeView, ...]


class RowView(msgspec.Struct, frozen=True):
    """A theme and its cells that differ."""

    id: str
    label: str
    cells: tuple[CellView, ...]


class SentenceView(msgspec.Struct, frozen=True):
    """A summary or finding that differs: where it stands, its words with their signs, and what they rest on."""

    place: str
    words: tuple[tuple[Sign, str], ...]
    facts: tuple[tuple[str, str], ...]


class HeadView(msgspec.Struct, frozen=True):
    """A row or column that came, went, is called otherwise or stands elsewhere, and why."""

    sentence: str
    causes: tuple[ChangeView, ...]


class DiffView(msgspec.Struct, frozen=True):
    """The whole comparison in words."""

    title: str
    study: str
    sides: tuple[tuple[str, str], ...]
    summary: str
    notes: tuple[str, ...]
    heads: tuple[HeadView, ...]
    changes: tuple[ChangeView, ...]
    inputs: tuple[ChangeView, ...]
    rows: tuple[RowView, ...]
    no_effect: str
    words: DiffWords
    sentences: tuple[SentenceView, ...] = ()


def diff_view(diff: Difference, words: DiffWords) -> DiffView:
    """The comparison in words."""
    heads = [*((words.rows, head) for head in diff.rows), *((words.columns, head) for head in diff.columns)]
    shown = Counter(index for cell in diff.cells for index in cell.causes)
    shown.update({index: 0 for _, head in heads for index in head.causes})
    said = _Sentences(diff, words, shown)
    return DiffView(
        title=words.title,
        study=diff.new.title or diff.old.title,
        sides=((words.old, _side(diff.old, words)), (words.new, _side(diff.new, words))),
        summary=_summary(diff, words),
        notes=tuple(_notes(diff, words)),
        heads=tuple(HeadView(_head(frames, head), said.causes(head.causes)) for frames, head in heads),
        changes=said.causes(said.order),
        inputs=tuple(said.change(change) for change in diff.inputs if change not in diff.changes),
        rows=tuple(_rows(diff, words, said)),
        no_effect=_no_effect(diff, words),
        words=words,
        sentences=tuple(_said(diff, words, said) for said in diff.sentences),
    )


def _side(side: SideInfo, words: DiffWords) -> str:
    return words.sides.get(side.label, side.label)


def _summary(diff: Difference, words: DiffWords) -> str:
    n_said = len(diff.sentences)
    said = words.sentences_differ[n_said != 1].format(n=n_said) if n_said else ""
    if not diff.cells:
        heads = words.heads_differ if diff.rows or diff.columns else words.only_sentences
        return words.equal if diff.equal else f"{heads} {said}".rstrip()
    n, n_rows = len(diff.cells), len(diff.only_themes or diff.labels.themes)
    themes = {cell.theme for cell in diff.cells}
    frame = words.cells_differ[n != 1]
    cells = frame.format(n=n, total=n_rows * len(diff.labels.columns), themes=len(themes), rows=n_rows)
    return f"{cells} {said}".rstrip()


def _notes(diff: Difference, words: DiffWords) -> Iterator[str]:
    if words.causes[diff.causes] and not diff.equal:
        yield words.causes[diff.causes]
    for side in (diff.old, diff.new):
        if side.errors:
            yield words.errors[side.errors != 1].format(side=_side(side, words), n=side.errors)


def _no_effect(diff: Difference, words: DiffWords) -> str:
    if diff.only_themes or (diff.causes != "exact" and not diff.no_effect):
        return ""
    counts = [words.kinds[kind][n != 1].format(n=n) for kind, n in diff.no_effect.items()]
    if not counts:
        return words.no_effect_none
    many = joined(counts, words_for("da" if words.and_ == "og" else "en"))
    return words.no_effect.format(what=many)


def _head(frames: dict[str, str], head: HeadDifference) -> str:
    return frames[head.change].format(label=head.label, was=head.was)


def _said(diff: Difference, words: DiffWords, said: SentenceDifference) -> SentenceView:
    """A summary or finding that differs, in words."""
    labels = diff.labels
    place = words.sentence_places[said.kind].format(
        theme=labels.themes.get(said.theme, said.theme),
        group=labels.columns.get(said.group, said.group) or words.all_groups,
        case=labels.cases.get(said.subject, said.subject),
        id=said.subject,
    )
    is_same = said.was == said.now
    lines = (("~", said.now),) if is_same else tuple((s, w) for s, w in (("-", said.was), ("+", said.now)) if w)
    facts = [
        (labels.cases.get(case, case), f"{words.stances[was]} → {words.stances[now]}")
        for case, (was, now) in said.stances.items()
    ]
    facts += [(name, ", ".join(ids)) for name, ids in
              ((words.evidence_new, said.evidence_new), (words.evidence_gone, said.evidence_gone)) if ids]  # fmt: skip
    facts += [(words.became_stale, "")] if said.stale else []
    return SentenceView(place, lines, tuple(facts))


def _rows(diff: Difference, words: DiffWords, said: _Sentences) -> Iterator[RowView]:
    by_theme: dict[str, list[CellDifference]] = {}
    for cell in diff.cells:
        by_theme.setdefault(cell.theme, []).append(cell)
    for theme, inside in by_theme.items():
        yield RowView(theme, diff.labels.themes[theme], tuple(_cell(diff, words, cell, said) for cell in inside))


def _cell(diff: Difference, words: DiffWords, cell: CellDifference, said: _Sentences) -> CellView:
    note = {"new": words.cell_new, "gone": words.cell_gone}.get(cell.change, "")
    states = () if note else tuple(_states(diff, words, cell))
    excerpts = () if note else tuple(said.excerpt(excerpt) for excerpt in cell.excerpts)
    facts = (*_numbers(words, cell), *states)
    return CellView(diff.labels.columns[cell.column], note, facts, excerpts, said.causes(cell.causes))


def _numbers(words: DiffWords, cell: CellDifference) -> Iterator[tuple[str, str]]:
    """Numbers that differ; of those who mention the theme, out of how many it applies to."""
    for name in ("n_mentioning", *(name for name in NUMBERS if name != "n_mentioning")):
        if name not in cell.numbers:
            continue
        pair = [str(n) if n is not None else "" for n in cell.numbers[name]]
        if name == "n_mentioning":
            pair = [words.of.format(k=k, n=n) if k else "" for k, n in zip(pair, cell.of, strict=True)]
        yield words.numbers[name], " → ".join(part for part in pair if part)


def _states(diff: Difference, words: DiffWords, cell: CellDifference) -> Iterator[tuple[str, str]]:
    for case, pair in cell.states.items():
        yield diff.labels.cases.get(case, case), " → ".join(words.states[state] for state in pair)


class _Sentences:
    """Sentences about changes, with the labels and quotation marks of one study; `shown`: change → number of cells."""

    def __init__(self, diff: Difference, words: DiffWords, shown: Mapping[int, int]) -> None:
        self.diff, self.words, self.shown = diff, words, shown
        self.marks = words_for(diff.language).quotes
        self.order = sorted(shown, key=lambda index: (-shown[index], index))
        self.numbers = {index: number for number, index in enumerate(self.order, 1)}

    def causes(self, indexes: Sequence[int]) -> tuple[ChangeView, ...]:
        """The changes with these places in the list of all."""
        return tuple(self.change(self.diff.changes[i], self.numbers[i], self.shown[i]) for i in indexes)

    def excerpt(self, excerpt: ExcerptDifference) -> tuple[Sign, str]:
        """An excerpt as its cell shows it, or how its citation differs."""
        quote = self._quote(excerpt.text, 10_000 if excerpt.change != "cited" else _LONG)
        if excerpt.change == "cited":
            return "~", f"{quote} {self.words.cited.format(was=excerpt.was, citation=excerpt.citation)}"
        return "+" if excerpt.change == "new" else "-", f"{quote} ({excerpt.citation})"

    def change(self, change: Change, number: int = 0, n_cells: int = 0) -> ChangeView:
        """What happened, in a sentence."""
        place = f"{change.file}:{change.line}" if change.line else change.file
        memo = self.words.memo.format(memo=change.memo) if change.memo and change.kind == "coding" else ""
        cells = self.words.shown_in[n_cells != 1].format(n=n_cells) if n_cells else ""
        sentence, short = self._sentence(change, _LONG), self._sentence(change, _SHORT)
        return ChangeView(number, place, sentence, short, change.at[:16].replace("T", " "), memo, cells)

    def _sentence(self, change: Change, longest: int) -> str:
        is_words = change.kind in ("text", "coding", "guide") and change.act != "recoded"

        def value(text: str) -> str:
            if not text:
                return self.words.nothing
            return self._quote(text, longest) if is_words else self._named(change, text, longest)

        theme = self.words.changes["read.theme"].format(code=self._code(change.code)) if change.code else ""
        return self._frame(change).format(
            subject=change.subject,
            coder=change.coder,
            source=change.source,
            case=self.diff.labels.cases.get(change.subject, change.subject),
            code=self._code(change.code if change.kind == "coding" else change.subject),
            field=self.words.fields.get(change.field, change.field),
            quote=self._quote(change.quote, longest),
            theme=theme,
            n=change.count,
            was=value(change.was),
            now=value(change.now),
        )

    def _frame(self, change: Change) -> str:
        """The most special wording that there is for the change."""
        name = f"{change.kind}.{change.act}"
        special = f"{name}.{change.field}" if change.field else f"{name}.more" if change.count > 1 else name
        if change.field == "replaced_by" and not change.now:
            special += ".back"
        return self.words.changes.get(special, self.words.changes[name])

    def _named(self, change: Change, value: str, longest: int) -> str:
        """A value as people know it: a code by its label."""
        if change.act == "recoded" or change.field in ("theme", "replaced_by"):
            return self._code(value)
        return _short(value, longest)

    def _code(self, id: str) -> str:
        """A code by its label, below its theme's; by its id where the codebooks have no label for it."""
        return self.diff.labels.codes.get(id, id)

    def _quote(self, text: str, longest: int) -> str:
        return f"{self.marks[0]}{_short(' '.join(text.split()), longest)}{self.marks[1]}"


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    cut = text.rfind(" ", longest // 2, longest)
    return text[: cut if cut > 0 else longest].rstrip(" ,;") + "\N{NO-BREAK SPACE}…"
