"""A tabulation as readers see it: every cell a number with its denominator, in the study's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from reports.listing import Entry, Listing
from reports.tabulate import Column, Tabulation
from reports.words import Words, digits, joined, number

FEW = 10
"""Up to this many a share is a fraction and no percentage."""
_MOST_SAID = 6


class TabulationRow(msgspec.Struct, frozen=True):
    """A row of the table: an answer, a state without one, or a sum. Cells are in the order of the columns."""

    label: str
    cells: tuple[str, ...]
    kind: Literal["answer", "rest", "sum"]


class TabulationView(msgspec.Struct, frozen=True):
    """A table of counts in words. `head` are (label, size) of the columns; `said` can be taken over into a text."""

    title: str
    facts: str
    head: tuple[tuple[str, str], ...]
    rows: tuple[TabulationRow, ...]
    said: tuple[str, ...]
    notes: tuple[str, ...]


def percent(k: int, n: int) -> int | None:
    """`k` of `n` in whole percent, halves up; None where `n` is too few for a percentage."""
    return (200 * k + n) // (2 * n) if n > FEW else None


def tabulation_view(found: Tabulation, words: Words, coders: Mapping[str, str] | None = None) -> TabulationView:
    """The table in the study's language. `coders` are id → name."""
    said = words.tabulation
    head = tuple((column.label, words.n_is.format(n=digits(column.n_all, words))) for column in found.columns)
    by = (said.by.format(by=joined(found.by, words)),) if found.by else ()
    where = (said.where.format(where=", ".join(f"{k} = {v}" for k, v in found.where)),) if found.where else ()
    return TabulationView(
        title=found.title,
        facts=" ".join((*by, *where)),
        head=head,
        rows=tuple(_rows(found, words)),
        said=tuple(_sentences(found, words)),
        notes=tuple(_notes(found, words, coders or {})),
    )


def _rows(found: Tabulation, words: Words) -> Iterator[TabulationRow]:
    """Answers, then what is no answer, then whom the item applies to, and all."""
    said, columns = words.tabulation, found.columns
    for value, label in found.values:
        cells = (_share(column.values.get(value, 0), _base(column, found), words) for column in columns)
        yield TabulationRow(label, tuple(cells), "answer")
    labels = found.state_labels
    if "not_documented" in labels or "missing" in labels:
        documented = (_share(column.n_documented, column.n_applies, words) for column in columns)
        yield TabulationRow(said.documented, tuple(documented), "sum")
        for state in ("not_documented", "missing"):
            if state in labels:
                cells = (_share(column.states.get(state, 0), column.n_applies, words) for column in columns)
                yield TabulationRow(labels[state], tuple(cells), "rest")
    if "not_asked" in labels or "unclear" in labels:
        applies = (_share(column.n_applies, column.n_all, words) for column in columns)
        yield TabulationRow(said.applies, tuple(applies), "sum")
        for state in ("not_asked", "unclear"):
            if state in labels:
                cells = (_share(column.states.get(state, 0), column.n_all, words) for column in columns)
                yield TabulationRow(labels[state], tuple(cells), "rest")
    yield TabulationRow(said.total, tuple(digits(column.n_all, words) for column in columns), "sum")


def _base(column: Column, found: Tabulation) -> int:
    """What the answers of a column are counted of."""
    return column.n_documented if found.of == "documented" else column.n_applies


def _share(k: int, n: int, words: Words) -> str:
    """`32 af 79 · 41 %`; no percentage of a few."""
    said = words.tabulation
    of = said.k_of_n.format(k=digits(k, words), n=digits(n, words))
    whole = percent(k, n)
    return of if whole is None else f"{of} · {said.percent.format(p=whole)}"


def _sentences(found: Tabulation, words: Words) -> Iterator[str]:
    """The answers of all columns together as sentences: `32 ud af de 79 sager, som spørgsmålet gælder for …`."""
    said, total = words.tabulation, found.total
    base = _base(total, found)
    if not base or len(found.values) > _MOST_SAID:
        return
    frame = said.said_documented if found.of == "documented" else said.said
    frame = said.said_of_all if base == total.n_all else frame
    for value, label in found.values:
        k = total.values.get(value, 0)
        whole = percent(k, base)
        in_percent = said.percent_said.format(p=whole) if whole is not None else ""
        yield frame.format(
            value=label, k=number(k, words, base), n=number(base, words, k), rows=found.rows[1], percent=in_percent,
            all=number(total.n_all, words, base),
        )  # fmt: skip


def _notes(found: Tabulation, words: Words, coders: Mapping[str, str]) -> Iterator[str]:
    said, rows = words.tabulation, found.rows[1]
    bases = [_base(column, found) for column in found.columns]
    if max(bases, default=0) > FEW and any(column.n_documented < column.n_all for column in found.columns):
        yield (said.base_documented if found.of == "documented" else said.base_applies).format(rows=rows)
    if min(bases, default=0) <= FEW:
        yield said.few
    if found.several:
        yield said.several
    if found.table and found.state_labels:
        yield said.states
    if found.coders:
        yield said.coded_by.format(coders=joined([coders.get(id, id) for id in found.coders], words))


def tabulation_listing(found: Tabulation, words: Words) -> Listing:
    """The counts for a script: a row for each answer and group, each number beside its denominators."""
    keys = ("item", "answer", "answer_id", "group", "group_id", "n", "n_documented", "n_applies", "n_all", "percent")
    said = words.tabulation
    names = (
        said.item, said.answer, words.code_id, words.group, f"{words.group} {words.code_id}", "n",
        said.documented, said.applies, said.total, "%",
    )  # fmt: skip
    return Listing(keys, names, tuple(_entries(found)))


def _entries(found: Tabulation) -> Iterator[tuple[Entry, ...]]:
    item = ", ".join(found.items)
    for column in found.columns:
        sizes = (column.n_documented, column.n_applies, column.n_all)
        for value, label in found.values:
            k = column.values.get(value, 0)
            id = value.replace("\t", " · ")
            yield item, label, id, column.label, column.id, k, *sizes, percent(k, _base(column, found))
        for state, label in found.state_labels.items():
            k = column.states.get(state, 0)
            base = column.n_applies if state in ("not_documented", "missing") else column.n_all
            yield item, label, f"({state})", column.label, column.id, k, *sizes, percent(k, base)


def tabulation_value(found: Tabulation) -> dict[str, Any]:
    """The tabulation in plain values, for programs."""
    return {
        "format": "crosscase-tabulation/1",
        "title": found.title,
        "items": found.items,
        "by": found.by,
        "where": dict(found.where),
        "of": found.of,
        "rows": found.rows,
        "several": found.several,
        "columns": [_column_value(column, found) for column in found.columns],
    }


def _column_value(column: Column, found: Tabulation) -> dict[str, Any]:
    base = _base(column, found)
    return {
        "id": column.id,
        "label": column.label,
        "n_all": column.n_all,
        "n_applies": column.n_applies,
        "n_documented": column.n_documented,
        "n_not_documented": column.states.get("not_documented", 0),
        "n_missing": column.states.get("missing", 0),
        "n_not_asked": column.states.get("not_asked", 0),
        "n_unclear": column.states.get("unclear", 0),
        "answers": [_answer_value(value, label, column.values.get(value, 0), base) for value, label in found.values],
    }


def _answer_value(value: str, label: str, k: int, base: int) -> dict[str, Any]:
    id = value.split("\t") if "\t" in value else value
    return {"id": id, "label": label, "n": k, "of": base, "percent": percent(k, base)}


def text_table(view: TabulationView) -> Sequence[tuple[str, ...]]:
    """The table as rows of text, its head first: for the terminal and for Markdown."""
    head = ("", *(f"{label} ({size})" for label, size in view.head))
    return (head, *((row.label, *row.cells) for row in view.rows))
