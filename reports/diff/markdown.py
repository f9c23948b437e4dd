"""A comparison of two versions as a Markdown page, to go with a new version of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.diff.view import CellView, ChangeView, DiffView, HeadView
from reports.markdown import escaped

_SIGNS = {"+": "➕", "-": "➖", "~": "✎"}


def diff_markdown(view: DiffView) -> bytes:
    """The whole page."""
    return ("\n".join(_lines(view)).rstrip() + "\n").encode()


def _lines(view: DiffView) -> Iterator[str]:
    yield f"# {view.words.title}: {escaped(view.study)}"
    yield ""
    for name, label in view.sides:
        yield f"- {name}: {escaped(label)}"
    yield from ("", f"**{view.summary}** {escaped(view.no_effect)}".rstrip(), "")
    for note in view.notes:
        yield from (escaped(note), "")
    for title, changes in ((view.words.what_changed, view.changes), (view.words.inputs, view.inputs)):
        if changes:
            yield from (f"## {title}", "", *(f"{_number(change)}{_change(change)}" for change in changes), "")
    for head in view.heads:
        yield from _head(view, head)
    for row in view.rows:
        yield from (f"## {escaped(row.label)}", "")
        for cell in row.cells:
            yield from _cell(view, cell)
    if view.sentences:
        yield from (f"## {view.words.sentences}", "")
    for said in view.sentences:
        yield from (f"### {escaped(said.place)}", "")
        yield from (f"- {_SIGNS[sign]} {escaped(words)}" for sign, words in said.words)
        yield from (f"- {escaped(': '.join(filter(None, fact)))}" for fact in said.facts)
        yield ""


def _number(change: ChangeView) -> str:
    return f"{change.number}. " if change.number else "- "


def _change(change: ChangeView) -> str:
    parts = (change.place and f"`{change.place}`", change.when, change.cells)
    aside = ", ".join(part for part in parts if part)
    memo = f" {escaped(change.memo)}." if change.memo else ""
    return f"{escaped(change.sentence)}.{memo}" + (f" ({aside})" if aside else "")


def _head(view: DiffView, head: HeadView) -> Iterator[str]:
    yield from (f"**{escaped(head.sentence)}**", "")
    yield from (*_causes(view, head.causes), "")


def _cell(view: DiffView, cell: CellView) -> Iterator[str]:
    yield from (f"### {escaped(cell.column)}" + (f" ({cell.note})" if cell.note else ""), "")
    yield from (f"- {escaped(name)}: {escaped(value)}" for name, value in cell.facts)
    yield from (f"- {_SIGNS[sign]} {escaped(text)}" for sign, text in cell.excerpts)
    yield from (("",) if cell.facts or cell.excerpts else ())
    yield from (*_causes(view, cell.causes), "")


def _causes(view: DiffView, causes: Sequence[ChangeView]) -> Iterator[str]:
    """The causes of a row, column or cell, by their numbers in the list above."""
    for index, cause in enumerate(causes):
        yield from ((">",) if index else ())
        yield f"> {view.words.because} ({cause.number}) {escaped(cause.short)}"
