"""Of which cases a sentence speaks: the groups that a report compares, in its own words.

The words above the columns of its table name the groups (`municipalities that grant few pensions`, `large farms`).
Where there is no table, pairs of opposites before or behind the word for a case do. Nothing has to be declared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reports.document.lexicon import Lexicon, compiled
from reports.document.vocabulary import WORD, words_of

ALL = frozenset((0, 1, 2, 3))


class Group(msgspec.Struct, frozen=True):
    """One group: the words that set it apart, whether they stand before the noun, and the words beside them."""

    poles: frozenset[str]
    is_before: bool
    beside: frozenset[str]


class Groups(msgspec.Struct, frozen=True):
    """The word for a case (its root) and the groups that are compared; there may be none."""

    units: frozenset[str]
    groups: tuple[Group, ...] = ()
    links: frozenset[str] = frozenset()
    """Words that tie the noun to what sets its group apart, where no relative clause does (`farms on clay`)."""
    sizes: tuple[int, ...] = ()
    total: int = 0


class Mention(msgspec.Struct, frozen=True):
    """A place where cases are named: its span, where the noun ends, and the groups; none where it does not say."""

    start: int
    end: int
    groups: frozenset[int]
    noun: str


def groups_of(
    headers: Iterable[tuple[str, ...]], sentences: Sequence[str], roots: Mapping[str, str], language: Lexicon
) -> Groups:
    """The groups of a report, and how many cases each has where the report says so.

    `headers`: what stands above the columns of its tables, and the labels of the groups of its study.
    """
    found = next((g for header in headers if (g := _from_header(header, roots, language))), None)
    if found is None or not found.units:
        units = _units(sentences, roots, language)
        named = found.groups if found is not None else _from_poles(sentences, units, roots, language)
        found = Groups(units, named)
    return msgspec.structs.replace(found, **_sizes(found, sentences, roots, language))


def names_groups(header: tuple[str, ...], roots: Mapping[str, str], language: Lexicon) -> bool:
    """Whether the columns of a table stand for groups."""
    return _from_header(header, roots, language) is not None


def _from_header(header: tuple[str, ...], roots: Mapping[str, str], language: Lexicon) -> Groups | None:
    """The groups that the header of a table names; None where it names none."""
    cells = [words_of(cell) for cell in header if cell]
    if not 2 <= len(cells) <= 4:
        return None
    common = set(cells[0]).intersection(*map(set, cells[1:]))
    unit = next((word for word in cells[0] if word in common and word not in language.function), "")
    poles_known = {pole for pair in language.poles for pole in pair}
    if not unit and all(len(words) == 1 and words[0] in poles_known for words in cells):
        return Groups(frozenset(), tuple(Group(frozenset(words), True, frozenset()) for words in cells))
    if not unit:
        return None
    poles = _poles_of(cells, common, language)
    if not all(poles):
        return None
    groups, links = [], set()
    for words, own in zip(cells, poles, strict=True):
        beside = frozenset(roots.get(w, w) for w in common if w != unit and w not in language.function)
        at, behind = words.index(unit), words[words.index(unit) + 1 :]
        groups.append(Group(frozenset(own), words.index(own[0]) < at, beside))
        links |= {word for word in behind[:1] if word in language.function and len(behind) > 1}
    return Groups(frozenset([roots.get(unit, unit)]), tuple(groups), frozenset(links))


def _poles_of(cells: Sequence[list[str]], common: set[str], language: Lexicon) -> list[list[str]]:
    """The words that each cell has alone; `with` and `without` where they are all that parts the cells."""
    known = {pole for pair in language.poles for pole in pair}
    poles = [[w for w in words if w not in common and (w not in language.function or w in known)] for words in cells]
    if not all(poles):
        return [[w for w in words if w not in common and w in language.having] for words in cells]
    counts = Counter(word for own in poles for word in set(own))
    return [[w for w in own if counts[w] == 1] or own for own in poles]


def _units(sentences: Sequence[str], roots: Mapping[str, str], language: Lexicon) -> frozenset[str]:
    """The word for a case: the noun that is most often counted (`alle K`, `three of the five K`)."""
    number = "|".join(sorted(language.numbers, key=len, reverse=True))
    every = "|".join(sorted(language.all_words))
    counted = compiled(
        rf"\b(?:{every}|ingen af de|none of the|{number}|\d+)\s+"
        rf"(?:(?:ud\s+)?(?:af|of)\s+(?:de\s+|the\s+)?(?:{number}|\d+)\s+)?"
        r"(?:de\s+|the\s+|af\s+de\s+|of\s+the\s+)?(?:(\w+)\s+)?(\w+)"
    )
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for match in counted.finditer(sentence.lower()):
            words = [w for w in match.groups() if w and w not in language.function and not w.isdigit()]
            counts.update(sorted({roots.get(word, word) for word in words if word not in language.numbers}))
    best = counts.most_common(1)
    return frozenset([best[0][0]]) if best and best[0][1] >= 2 else frozenset()


def _from_poles(
    sentences: Sequence[str], units: frozenset[str], roots: Mapping[str, str], language: Lexicon
) -> tuple[Group, ...]:
    """The pair of opposites that most often parts the cases, where both of it occur."""
    best: tuple[int, tuple[Group, ...]] = (0, ())
    for pair in language.poles:
        for before in (True, False):
            groups = tuple(Group(frozenset([pole]), before, frozenset()) for pole in pair)
            known = Groups(units, groups)
            found = [m.groups for s in sentences for m in mentions(s, known, roots, language)]
            counts = [sum(at in said for said in found) for at in (0, 1)]
            if min(counts) >= 1 and sum(counts) >= 3 and sum(counts) > best[0]:
                best = (sum(counts), groups)
    return best[1]


def mentions(sentence: str, groups: Groups, roots: Mapping[str, str], language: Lexicon) -> list[Mention]:
    """Where a sentence names cases, in order."""
    words = [(m[0].lower(), m.start(), m.end()) for m in WORD.finditer(sentence)]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        word, start, end = words[at]
        is_noun = roots.get(word, word) in groups.units
        follows = (
            at + 1 < len(words)
            and (words[at + 1][0] in language.relative or words[at + 1][0] in groups.links)
            and _touch(sentence, end, words[at + 1][1])
        )
        if not is_noun and word in groups.links and (short := _without_noun(words, at, groups)):
            found.append(Mention(start, words[at + 1][2], short, ""))
            at += 2
            continue
        if not is_noun and not (word in ("de", "dem", "those", "ones") and follows):
            at += 1
            continue
        said, first, last = _adjectives(words, at, groups)
        if not said and follows:
            said, last = _clause(words, at + 1, groups, roots, language)
        if is_noun or said:
            found.append(Mention(words[first][1], words[last][2], said, word if is_noun else ""))
        at = max(last, at) + 1
    return found


def _without_noun(words: Sequence[tuple[str, int, int]], at: int, groups: Groups) -> frozenset[int]:
    """The group that is named by its own word alone: `on clay` for `on farms on clay`."""
    word = words[at + 1][0] if at + 1 < len(words) else ""
    return frozenset(i for i, g in enumerate(groups.groups) if not g.is_before and not g.beside and word in g.poles)


def _touch(sentence: str, end: int, start: int) -> bool:
    return not sentence[end:start].strip(" ,*")


def _adjectives(words: Sequence[tuple[str, int, int]], at: int, groups: Groups) -> tuple[frozenset[int], int, int]:
    """Groups named before the noun (`large farms`), and the words they take."""
    for back in (at - 1, at - 2):
        if back >= 0:
            said = frozenset(i for i, g in enumerate(groups.groups) if g.is_before and words[back][0] in g.poles)
            if said:
                return said, back, at
    return frozenset(), at, at


def _clause(
    words: Sequence[tuple[str, int, int]], at: int, groups: Groups, roots: Mapping[str, str], language: Lexicon
) -> tuple[frozenset[int], int]:
    """Groups named in the relative clause that begins at word `at`, and the last word of the clause that names them."""
    said: set[int] = set()
    last = at - 1
    first = at if words[at][0] in language.having else at + 1
    for here in range(first, min(at + 16, len(words))):
        word = words[here][0]
        if last >= at and not _goes_on(word, groups, roots, language):
            break
        if roots.get(word, word) in groups.units and not said:
            break
        poles = {i for i, g in enumerate(groups.groups) if not g.is_before and word in g.poles}
        if poles and _is_pole(words, here, groups, roots, language):
            said |= poles
            last = here
        elif said:
            last = here
    while last > at and said and words[last][0] in ("og", "eller", "and", "or"):
        last -= 1
    return frozenset(said), last if said else at - 1


def _goes_on(word: str, groups: Groups, roots: Mapping[str, str], language: Lexicon) -> bool:
    """Whether a word still belongs to the words that name a group, once one is found."""
    beside = groups.groups[0].beside
    poles = {pole for g in groups.groups for pole in g.poles}
    stem = roots.get(word, word)
    return word in poles or stem in beside or word in language.measure or word in ("og", "eller", "and", "or")


def _is_pole(
    words: Sequence[tuple[str, int, int]], at: int, groups: Groups, roots: Mapping[str, str], language: Lexicon
) -> bool:
    """Whether `few` at this place is the few of the group, and not just any few."""
    following = words[at + 1][0] if at + 1 < len(words) else ""
    before = words[at - 1][0] if at else ""
    beside = groups.groups[0].beside
    if beside and beside <= {roots.get(word, word) for word, _, _ in words[max(0, at - 4) : at]}:
        return True
    if before in language.measure or roots.get(following, following) in beside:
        return True
    if not beside or beside <= {roots.get(before, before)} or roots.get(before, before) in beside:
        return roots.get(following, following) not in groups.units
    return following in ("og", "eller", "and", "or", "") or before in ("og", "and")


def _sizes(groups: Groups, sentences: Sequence[str], roots: Mapping[str, str], language: Lexicon) -> dict[str, object]:
    """How many cases each group has, and all together: what is most often said as `the six K that …`."""
    number = "|".join(sorted(language.numbers, key=len, reverse=True))
    counts: list[Counter[int]] = [Counter() for _ in groups.groups]
    totals: Counter[int] = Counter()
    before = re.compile(rf"\b({number}|\d+)\s*(?:\w+\s+)?$", re.IGNORECASE)
    for sentence in sentences:
        for mention in mentions(sentence, groups, roots, language):
            said = before.search(sentence[max(0, mention.start - 30) : mention.start])
            value = value_of(said[1], language) if said else 0
            if value < 2 or value > 200:
                continue
            if len(mention.groups) == 1:
                counts[min(mention.groups)][value] += 1
            elif not mention.groups:
                totals[value] += 1
    sizes = tuple(max(c, key=lambda v: (c[v], v)) if c else 0 for c in counts)
    total = sum(sizes) if sizes and all(sizes) else max(totals, key=lambda v: (v, totals[v]), default=0)
    return {"sizes": sizes, "total": total}


def value_of(word: str, language: Lexicon) -> int:
    """A number in words or digits; 0 for anything else."""
    word = word.lower()
    if word in language.numbers:
        return language.numbers[word]
    digits = word.replace(".", "").replace(",", "")
    return int(digits) if digits.isdigit() and len(digits) < 10 else 0
