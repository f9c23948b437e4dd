"""Why a wording is not licensed, in Danish and English: the sentences of `reports.wording.licence`."""

from __future__ import annotations

import msgspec


class Reasons(msgspec.Struct, frozen=True):
    """The reasons of one language; in braces `k` cases that support it, `c` that contradict it, `n` all."""

    no_cases: str
    support: str
    denied: str
    other_cases: str
    few_cases: str
    silent: str
    silent_all: str
    percent_of_few: str
    impossible: str


REASONS = {
    "en": Reasons(
        no_cases="there is no case that it is about",
        support="{k} of {n} support it",
        denied="it is denied, and {k} of {n} support it",
        other_cases="it is about {n} cases",
        few_cases="{k} of {n} support it, and there are fewer than {fewest} cases",
        silent="only {c} of {n} contradict it: the others are silent, and silent is not none",
        silent_all="none of {n} contradicts it: they are silent, and silent is not none",
        percent_of_few="a percentage of {n} cases: for up to ten write a fraction ({k} of {n} support it)",
        impossible="no whole number of {n} cases gives it",
    ),
    "da": Reasons(
        no_cases="der er intet tilfælde, som det handler om",
        support="{k} af {n} støtter det",
        denied="det benægtes, og {k} af {n} støtter det",
        other_cases="det handler om {n} tilfælde",
        few_cases="{k} af {n} støtter det, og der er under {fewest} tilfælde",
        silent="kun {c} af {n} modsiger det: de andre er tavse, og tavs er ikke ingen",
        silent_all="ingen af de {n} modsiger det: de er tavse, og tavs er ikke ingen",
        percent_of_few="en procent af {n} tilfælde: op til ti skrives som brøk ({k} af {n} støtter det)",
        impossible="intet helt antal af {n} tilfælde giver det",
    ),
}
