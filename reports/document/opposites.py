"""Statements that cannot both be true: what one says the other denies, or says the opposite of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from reports.document.lexicon import Lexicon
from reports.document.likeness import Index, Overlap, is_one_sentence, is_same_group, overlap
from reports.document.meaning import Sign
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of

Kind = Literal["opposite", "exception"]


_NAMED = Overlap(1.8, 0.65, 0.35, 3)
_UNNAMED = Overlap(2.4, 0.8, 0.6, 3)
"""The least that a denial and a statement share; more where neither names cases, since it may be of something else."""
_OF_A_GROUP = Overlap(1.8, 0.95, 0.35, 2)
"""The same where both name their group, and one has nothing that the other has not."""
_OF_A_ROW = Overlap(1.2, 0.65, 0.35, 2)
"""The same of a cell and a sentence of its section that names the group of its column."""
_ALL_OF_A_ROW = Overlap(0.7, 0.99, 0.99, 1)
"""The same where the two have all their telling words in common, be it one."""
_WORD_FOR_WORD = 0.8
_FEWEST_WORDS = 5
_COMMON = 40
"""A word that more statements have does not lead from one to another."""


class Clash(msgspec.Struct, frozen=True):
    """Two statements against each other: what turns one round, how much they share, how their cases relate."""

    one: Statement
    other: Statement
    kind: Kind
    sign: Sign | None
    shared: Overlap
    strength: float


def clashes(report: Report) -> Iterator[Clash]:
    """Every pair of statements of the text that cannot both be true."""
    told = [s for s in report.statements if s.role in ("summary", "chapter") and "announces" not in s.flags]
    index = Index(told)
    for at, one in enumerate(told):
        for there in index.near(one.features):
            if there > at and (clash := clash_of(one, told[there])):
                yield clash
    yield from _word_for_word(told, report.language)


def clash_of(one: Statement, other: Statement, is_near: bool = False) -> Clash | None:
    """Why two statements cannot both be true; None where they can. `is_near`: they are known to share a topic."""
    if not is_same_group(one, other) or is_one_sentence(one, other) or _is_conceded(one, other):
        return None
    if ("past" in one.flags) != ("past" in other.flags):
        return None
    fit = _scopes(one, other)
    if fit is None:
        return None
    kind, factor = fit
    is_near = is_near or one.sentence.section == other.sentence.section
    sign = _opposite_sign(one, other)
    shared = overlap(one.features, other.features)
    if sign is not None:
        about = _weight_of(sign, one, other)
        is_all_of_it = shared.of_lighter >= 0.9 and shared.weight >= 1.0 and "unsaid" not in (one.scope, other.scope)
        if about < (0.4 if is_near else 0.9) or (shared.weight < (0.5 if is_near else 1.6) and not is_all_of_it):
            return None
        grade = min(1.0, 0.6 + 0.25 * shared.of_lighter + 0.1 * min(about, 1.5))
        return Clash(one, other, kind, sign, shared, factor * grade * (1.0 if is_near else 0.85))
    if is_near and one.is_cell and _lacks(other, one) and shared.weight >= 3.0 and shared.of_lighter >= 0.5:
        return Clash(one, other, kind, other.signs[0], shared, factor * _grade(shared))
    denials = (_denial(one, other, is_near), _denial(other, one, is_near))
    found = max(denials, key=lambda o: o.weight if o else 0.0, default=None)
    if found is None:
        return None
    return Clash(one, other, kind, None, found, factor * _grade(found))


def _grade(shared: Overlap) -> float:
    return min(1.0, 0.25 + 0.45 * shared.of_lighter + 0.1 * min(shared.weight, 3.0))


def _opposite_sign(one: Statement, other: Statement) -> Sign | None:
    """The first sign of one statement of which the other has the opposite, and not the same too."""
    for sign in one.signs:
        same = [s for s in other.signs if s.axis == sign.axis]
        mine = [s for s in one.signs if s.axis == sign.axis]
        if same and all(s.plus != sign.plus for s in same) and all(s.plus == sign.plus for s in mine):
            return sign
    return None


def _lacks(told: Statement, cell: Statement) -> bool:
    """Whether the text says that what a cell states as being there is lacking, or called for."""
    lacking = [s for s in told.signs if s.axis == "enough" and not s.plus]
    return bool(lacking) and not cell.signs and not cell.denied and any(s.about & set(cell.stated) for s in lacking)


def _weight_of(sign: Sign, one: Statement, other: Statement) -> float:
    """How much the two have in common beside the opposite words themselves: what is lacking, in what they differ."""
    mine, theirs = one.features, other.features
    about = [s.about for s in other.signs if s.axis == sign.axis]
    return max(sum(min(mine.get(name, 0.0), theirs.get(name, 0.0)) for name in sign.about & there) for there in about)


def _denial(one: Statement, other: Statement, is_near: bool) -> Overlap | None:
    """What `one` denies and `other` states, where it is most of what either says."""
    shared = overlap(one.denied, other.stated)
    if one.signs or not any(_reaches(shared, least) for least in _least(one, other, is_near)):
        return None
    if overlap(one.denied, other.denied).weight >= 0.5 * shared.weight:
        return None
    return shared


def _least(one: Statement, other: Statement, is_near: bool) -> Iterator[Overlap]:
    """How much two statements have to share so that one can deny the other; one of these is enough."""
    yield _NAMED if one.scope != "unsaid" or other.scope != "unsaid" else _UNNAMED
    if one.is_group_said and other.is_group_said:
        yield _OF_A_GROUP
        if is_near and (one.is_cell or other.is_cell):
            yield _OF_A_ROW
            yield _ALL_OF_A_ROW


def _reaches(shared: Overlap, least: Overlap) -> bool:
    return (
        shared.weight >= least.weight
        and shared.of_lighter >= least.of_lighter
        and shared.of_heavier >= least.of_heavier
        and shared.count >= least.count
    )


def _word_for_word(told: Sequence[Statement], language: Lexicon) -> Iterator[Clash]:
    """Statements of nearly the same words, common ones too, of which one denies: `have a say`, `have no say`."""
    firsts = [re.split(language.goes_on, statement.text)[0] for statement in told]
    words = [frozenset(words_of(first)) - language.articles for first in firsts]
    numbers = [frozenset(re.findall(r"\d+", first)) for first in firsts]
    having: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(words):
        for word in sorted(own - language.negators):
            having[word].append(at)
    for at, own in enumerate(words):
        for there in _many_in_common(own, at, having):
            one, other = told[at], told[there]
            if bool(own & language.negators) == bool(words[there] & language.negators) or numbers[at] != numbers[there]:
                continue
            mine, theirs = own - language.negators, words[there] - language.negators
            shared = len(mine & theirs)
            if shared < _FEWEST_WORDS or shared < _WORD_FOR_WORD * len(mine | theirs):
                continue
            fit = _scopes(one, other)
            if fit is None or not is_same_group(one, other) or _is_conceded(one, other):
                continue
            yield Clash(one, other, fit[0], None, overlap(one.features, other.features), 0.85 * fit[1])


def _many_in_common(words: frozenset[str], at: int, having: Mapping[str, Sequence[int]]) -> list[int]:
    """The later statements that share two words or more with that at `at`, of words that are not everywhere."""
    counts = Counter(
        there for word in words if len(having.get(word, ())) <= _COMMON for there in having.get(word, ()) if there > at
    )
    return sorted(there for there, count in counts.items() if count >= 2)


def _scopes(one: Statement, other: Statement) -> tuple[Kind, float] | None:
    """How the cases of two statements relate, and how much an opposite weighs then; None where both can be true."""
    few = ("one", "some", "part")
    scopes = {one.scope, other.scope}
    if "all" in scopes:
        rest = other.scope if one.scope == "all" else one.scope
        if rest in few or rest == "most":
            return "exception", 1.0
        return ("opposite", 0.95) if rest != "soft" else None
    if scopes <= {"generic", "unsaid"}:
        return "opposite", 0.85 if scopes == {"generic"} else 0.6
    if "most" in scopes and scopes & {"generic", "soft"}:
        return "opposite", 0.8
    general = one if one.scope in ("generic", "unsaid") else other
    if scopes & {"generic"} and scopes & set(few) and (general.is_cell or general.is_group_said):
        return "exception", 0.6
    return None


def _is_conceded(one: Statement, other: Statement) -> bool:
    """Whether the writer knows: the exception stands in the same paragraph, or the two are set against each other."""
    first, second = one.sentence, other.sentence
    if first.paragraph == second.paragraph and first.paragraph >= 0:
        return True
    return first.section == second.section and bool({"contrast"} & (one.flags | other.flags))
