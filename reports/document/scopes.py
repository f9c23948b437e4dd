"""Of how many cases a sentence speaks: all, most, some, one, or so many of so many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from reports.document.groups import Mention, value_of
from reports.document.lexicon import Lexicon, compiled

Scope = Literal["all", "generic", "soft", "most", "part", "some", "one", "unsaid"]
"""`generic`: the group as such (`large farms own …`); `soft`: as a rule; `part`: counted; `unsaid`: no cases named."""

FEW: frozenset[Scope] = frozenset(("part", "some", "one"))


class Amount(msgspec.Struct, frozen=True):
    """How many cases: `k` of `n` where it is said, else 0."""

    scope: Scope
    k: int = 0
    n: int = 0


class CaseWords(msgspec.Struct, frozen=True):
    """The word for a case in this report, in all its forms, as a regular expression."""

    unit: str
    number: str
    language: Lexicon

    def has(self, pattern: str, text: str) -> re.Match[str] | None:
        """The first place of a pattern in which `UNIT` and `NUMBER` stand for the words of the report."""
        return compiled(pattern.replace("UNIT", self.unit).replace("NUMBER", self.number)).search(text)


def case_words(words: Iterable[str], language: Lexicon) -> CaseWords:
    """The patterns for the forms of the word for a case."""
    units = "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    number = "|".join(sorted(language.numbers, key=len, reverse=True))
    return CaseWords(rf"(?:{units})\b" if units else r"(?!)", rf"(?:{number}|\d+)", language)


def amount_of(text: str, named: Sequence[Mention], size: int, before: Scope, cases: CaseWords) -> Amount:
    """How many cases a statement is about. `size`: of its group; `before`: the scope of the statement before it."""
    low = text.lower()
    for reading in _READINGS:
        found = reading(low, bool(named), size, cases)
        if found is not None:
            return found
    if before in FEW and not any(mention.groups for mention in named):
        return Amount(before)
    if compiled(cases.language.soft).search(compiled(cases.language.aside).sub("", low)):
        return Amount("soft")
    return Amount("generic" if named else "unsaid")


def _fraction(low: str, is_named: bool, size: int, cases: CaseWords) -> Amount | None:
    """`three of the six`, `to af de kommuner`, `all but one`."""
    language = cases.language
    if fraction := compiled(language.fraction).search(low):
        if fraction["one"]:
            return Amount("part", 1, value_of(fraction["one"], language))
        k, n = value_of(fraction["k"], language), value_of(fraction["n"], language)
        if 0 < k <= n and n > 1:
            return Amount("all" if k == n else "part", k, n)
    if some := cases.has(r"(?<![\w-])(NUMBER)\s+(?:ud\s+)?(?:af|of) (?:de|disse|the|these)\s+UNIT", low):
        return Amount("part", value_of(some[1], language), size)
    if compiled(language.except_for).search(low):
        return Amount("part", max(size - 1, 0), size)
    return None


def _none(low: str, is_named: bool, size: int, cases: CaseWords) -> Amount | None:
    return Amount("all", 0, size) if is_none(low, cases) else None


def is_none(text: str, cases: CaseWords) -> bool:
    """Whether a statement denies something of all its cases: `none of the`, `no municipality`."""
    low = text.lower()
    return bool(compiled(cases.language.none_of).search(low) or cases.has(r"\b(?:ingen|no)\s+(?:\w+\s+)?UNIT", low))


def _counted(low: str, is_named: bool, size: int, cases: CaseWords) -> Amount | None:
    """`several farms`, `one of these`, `four farms`, `the four farms` where there are four."""
    language = cases.language
    if cases.has(rf"(?:{language.some})\s+(?:\w+\s+)?UNIT", low):
        return Amount("some")
    if cases.has(rf"(?:{language.one}|{language.another})\s+(?:af|of) (?:de|disse|the|these)\b", low):
        return Amount("one", 1)
    counted = cases.has(
        r"\b(de|the|(?:alle|samtlige|all)(?: de| the| of the)?)?\s*(?<![\w-])(NUMBER)\s+(\w+\s+)?UNIT", low
    )
    if counted is None:
        return None
    k = value_of(counted[2], language)
    if (counted[1] or "").startswith(("al", "samt")) and k > 1:
        return Amount("all", k, k)
    if counted[1] and k == size and k > 1 and not counted[3]:
        return Amount("all", k, k)
    return Amount("one", 1) if k == 1 else Amount("part", k, size if k < size else 0)


def _every(low: str, is_named: bool, size: int, cases: CaseWords) -> Amount | None:
    every = "|".join(sorted(cases.language.all_words))
    if compiled(cases.language.everywhere).search(low):
        return Amount("all", size, size)
    is_all = cases.has(rf"\b(?:{every})\s+(?:\w+\s+){{0,2}}UNIT", low) or (
        is_named and compiled(r"(?<!\w)(?:alle|all)\b(?!\s+\w+(?:er|s|e)\b)").search(low)
    )
    return Amount("all", size, size) if is_all else None


def _vague(low: str, is_named: bool, size: int, cases: CaseWords) -> Amount | None:
    """`most`, `examples of`, `another farm`, `there are farms that`."""
    language = cases.language
    if compiled(language.most).search(low):
        return Amount("most")
    if compiled(language.examples).search(low):
        return Amount("some")
    if compiled(language.example).search(low):
        return Amount("one", 1)
    if cases.has(rf"(?:{language.one}|{language.another})\s+(?:(?!{language.linking})\w+\s+){{0,2}}UNIT", low):
        return Amount("one", 1)
    if compiled(rf"^(?:\w+\s+)?(?!dette\b|denne\b|this\b)(?:{language.another})").search(low):
        return Amount("one", 1)
    there_are = r"\b(?:er|are)\s+(?:dog\s+|også\s+|however\s+|also\s+)?UNIT,?\s+(?:der|som|that|which)"
    return Amount("some") if cases.has(there_are, low) else None


_Reading = Callable[[str, bool, int, CaseWords], Amount | None]
_READINGS: tuple[_Reading, ...] = (_fraction, _none, _counted, _every, _vague)
