"""What a sentence says of the cases that are otherwise: "mens to har tid nok", "de to øvrige", "undtagen Fjord"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from corpus.cases import Case
from reports.wording.nouns import Noun
from reports.wording.numbers import number_pattern, whole_number_of
from reports.wording.quantities import words_of


class Others(msgspec.Struct, frozen=True):
    """A number of cases that are otherwise, at `[start, end)`; `k` is None where only "de øvrige" is said.

    `against`: the words set them against the others (mens, men, øvrige); of "…, to har …" that is not known. `silent`:
    what follows says that they are silent, divided or not asked, and not that they contradict.
    """

    start: int
    end: int
    words: str
    k: int | None
    against: bool
    silent: bool


_CONTRAST = {"da": r"mens|medens|men|hvorimod", "en": r"while|(?<!all )(?<!every )(?<!none )but|whereas"}
_REST = {"da": r"øvrige|andre|resterende|sidste", "en": r"others?|remaining|rest"}
_SILENT = {
    "da": r"nævn\w*|omtal\w*|spurgt\w*|stillet|tavse?|uklar\w*|delt\w*|begge\s+(?:dele|veje)|ved\s+ikke|svar\w*|intet",
    "en": r"mention\w*|asked|silent|unclear|divided|mixed|answer\w*|both\s+ways|do(?:es)?\s+not\s+(?:say|know)|nothing",
}
_CLAUSE_END = re.compile(r"[.;!?](?:\s|$)|,\s")


def others(text: str, noun: Noun, language: str) -> Iterator[Others]:
    """The numbers of cases in a text that are said to be otherwise than its first clause says."""
    tongue = "da" if language == "da" else "en"
    for found in _pattern(tongue, noun).finditer(text):
        number, is_rest = found["k"] or found["k2"], bool(found["rest"] or found["rest2"])
        if not (found["comma"] or found["contrast"] or is_rest) or not _goes_on(text, found.end(), tongue):
            continue
        ends = _CLAUSE_END.search(text, found.end())
        clause = text[found.end() : ends.start() if ends else len(text)]
        silent = re.search(rf"(?<!\w)(?:{_SILENT[tongue]})(?!\w)", clause, re.IGNORECASE) is not None
        k = whole_number_of(number, tongue) if number else None
        start, end = found.span("what")
        yield Others(start, end, text[start:end], k, bool(found["contrast"]) or is_rest, silent)


@cache
def _pattern(language: str, noun: Noun) -> re.Pattern[str]:
    number, rest, the = number_pattern(language), _REST[language], "de" if language == "da" else "the"
    cases = rf"(?:\s+(?:{'|'.join(sorted(map(re.escape, noun.forms()), key=len, reverse=True))}))?"
    counted = rf"(?:{the}\s+)?(?P<k>{number})(?:\s+(?P<rest>{rest}))?{cases}"
    left = rf"(?:{the}\s+(?P<rest2>{rest})(?:\s+(?P<k2>{number}))?|resten){cases}"
    contrast = rf"(?:(?P<contrast>{_CONTRAST[language]})\s+)?"
    return re.compile(rf"(?:(?P<comma>[,;])\s*(?:(?:og|and)\s+)?|\s){contrast}(?P<what>{left}|{counted})(?!\w)", re.I)


def _goes_on(text: str, at: int, language: str) -> bool:
    """Whether a verb follows, so that what was counted are cases and no things."""
    word = re.match(r"\s+([^\W\d_]+)", text[at : at + 40])
    return word is not None and word[1].lower() in words_of(language).no_noun - _NO_VERBS[language]


_NO_VERBS = {
    "da": frozenset("og eller men som der at i på til for fra med om ved af over under mellem efter før gange".split()),  # noqa: SIM905
    "en": frozenset("and or but who which that to in on at for from with about by of times".split()),  # noqa: SIM905
}


def named(text: str, behind: str, cases: Sequence[Case]) -> Iterator[tuple[str, frozenset[str]]]:
    """The cases that stand by name behind some words, as ids, with the place as it is written: `undtagen Fjord`."""
    ids = {case.label.lower(): case.id for case in cases} | {case.id: case.id for case in cases}
    name = rf"(?:{'|'.join(sorted(map(re.escape, ids), key=len, reverse=True))})"
    pattern = rf"(?<!\w)(?:{behind})\s+(?P<names>{name}(?:\s*,\s*{name})*(?:\s+(?:og|and)\s+{name})?)(?!\w)"
    for found in re.finditer(pattern, text, re.IGNORECASE) if ids else ():
        there = re.findall(rf"(?<!\w){name}(?!\w)", found["names"], re.IGNORECASE)
        yield found[0], frozenset(ids[one.lower()] for one in there)
