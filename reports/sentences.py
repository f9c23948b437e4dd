"""The sentences that say a cell's numbers: always with their denominator, and with every empty case accounted for."""

from __future__ import annotations

from reports.matrix import STATES, CaseTheme, Cell, State
from reports.words import Words, counted, joined, number, share

NAMED = 10
"""In groups of at most this many cases, the silent cases are named and not only counted."""
UNREAD: tuple[State, ...] = ("not_coded", "unknown")


def count_line(cell: Cell, words: Words) -> str:
    """`Nævnt hos tre ud af seks`: cases that mention the theme out of those it applies to.

    `mindst` (at least) where a case is not read yet. Without a mention the line says no more than was read: that
    nobody has mentioned it, or, where nothing was read, that nothing can be said yet.
    """
    if cell.column.code:
        return _passages_line(cell, words)
    k, n = cell.n_mentioning, cell.n_applicable
    unread = n_unread(cell)
    if not cell.cases:
        return words.no_cases
    if n == 0:
        undecided = any(case.state != "not_applicable" for case in cell.cases)
        return words.nothing_read if undecided else words.not_applicable_here
    if k == 0:
        return (
            words.nothing_read if unread == n else words.mentioned_by_none_read if unread else words.mentioned_by_none
        )
    frame = words.mentioned_by_at_least if unread else words.mentioned_by
    return frame.format(share=share(k, n, words, applicable=n < cell.n_group))


def n_unread(cell: Cell) -> int:
    """Applicable cases of which it cannot be said yet whether they mention the theme."""
    return sum(case.is_applicable and case.state in UNREAD for case in cell.cases)


def _passages_line(cell: Cell, words: Words) -> str:
    """`12 passager`, where the column is a code; with several texts also in how many of them."""
    if not cell.n_codings:
        return words.passages_none
    passages = counted(cell.n_codings, words.passages_one, words.passages_many, words)
    n_texts = sum(len(case.sources) for case in cell.cases)
    if n_texts == 1:
        return passages
    speaking = sum(len(case.sources_mentioning) for case in cell.cases)
    return words.passages_in.format(passages=passages, k=speaking, n=n_texts)


def rest_line(cell: Cell, words: Words, named: bool = True) -> str:
    """The cases that do not mention the theme, by state: `Øvrige: to spurgt uden svar (Elmsted, Lindkær)`.

    Without `named` they are counted only, and that the theme does not apply to one of them not even that: an attribute
    would tell which.
    """
    if cell.column.code and cell.n_group == 1:
        return ""
    silent = {state: [case for case in cell.cases if case.state == state] for state in STATES[1:]}
    most = max(map(len, silent.values()))
    said = []
    for state, cases in silent.items():
        if cases:
            if not named and state == "not_applicable" and len(cases) == 1:
                said.append(words.finding.not_for_all)
                continue
            names = f" ({', '.join(case.case.label for case in cases)})" if named and len(cell.cases) <= NAMED else ""
            said.append(f"{number(len(cases), words, most)} {words.states[state]}{names}")
    line = "; ".join(said)
    return words.others.format(states=line) if line and cell.n_mentioning else _capital(line)


def asked_line(cell: Cell, words: Words) -> str:
    """Who was asked, where the states do not tell it: `Spurgt: fire, uvist om spurgt: to`.

    Only a case that mentions the theme, or is not read yet, can have been asked or not.
    """
    if all(case.asked is True or case.state not in ("mentioned", *UNREAD) for case in cell.cases):
        return ""
    not_asked = cell.n_applicable - cell.n_asked - cell.n_unknown
    counts = (
        (words.n_asked, cell.n_asked),
        (words.n_unknown, cell.n_unknown),
        (words.n_not_asked, not_asked),
        (words.n_not_applicable, cell.n_group - cell.n_applicable),
    )
    return _capital(", ".join(frame.format(n=number(n, words, cell.n_group)) for frame, n in counts if n))


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def case_facts(case: CaseTheme, words: Words) -> str:
    """What there is of a case under a theme: `spurgt: ja · leder og sagsbehandler · 3 kodninger`."""
    roles = tuple(dict.fromkeys(role for source in case.sources for role in source.meta.roles))
    n = len(case.codings)
    parts = (
        f"{words.was_asked.lower()}: {words.asked[case.asked]}",
        joined(roles, words),
        counted(len(case.sources), words.sources_one, words.sources_many, words) if len(case.sources) != 1 else "",
        counted(n, words.codings_one, words.codings_many, words) if n else "",
    )
    return " · ".join(part for part in parts if part)
