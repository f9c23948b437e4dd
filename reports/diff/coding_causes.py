"""Why the codings of a cell are others than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from coding.coding import Coding
from reports.diff.changes import Change
from reports.diff.two_versions import CodingKey, TwoVersions, coding_key, responsible
from reports.matrix import CaseTheme

OTHER_WORDS = ("resized", "reworded")
"""What can happen to a coding so that it has other words, and counts as it did."""
CasePair = tuple[CaseTheme, CaseTheme]
"""A case under a theme in the old version and in the new one."""
_Words = Mapping[CodingKey, list[str]]
"""Coding → its words; several where columns are codes and it was cut into passages."""


def causes_of_codings(two: TwoVersions, pair: CasePair) -> list[Change]:
    """Why codings count in a cell that did not, or no longer do."""
    theme, case = pair[0].theme.id, pair[0].case.id
    before, after = (_words(each) for each in pair)
    gone: Set[CodingKey] = before.keys() - after.keys()
    came: Set[CodingKey] = after.keys() - before.keys()
    if not two.by_codes:
        for swapped in _swaps(two, gone, came, before, after, theme, case):
            gone, came = gone - swapped, came - swapped
    found = [c for key in sorted(gone | came) for c in causes_of_counting(two, key, theme, case)]
    if two.by_codes:
        found += _causes_of_passages(two, pair, before, after)
    return found or (list(_causes_of_shared_words(two, pair)) if gone or came else [])


def _counting(two: TwoVersions, key: CodingKey, theme: str, case: str) -> Callable[..., bool]:
    """Whether one coding counts for a case and theme, each part of the answer taken from either version."""
    coder, source, _ = key

    def counts(coding: int, codebook: int, coders: int, case_of: int) -> bool:
        known = two.coding(coding, key)
        if known is None or coder not in two[coders].coders or two.case_of(case_of, source) != case:
            return False
        return two.row_of(codebook, known.code) == theme

    return counts


def causes_of_counting(two: TwoVersions, key: CodingKey, theme: str, case: str) -> Iterator[Change]:
    """Why one coding counts for a case and theme in one version only."""
    named = responsible(_counting(two, key, theme, case), "coding", "codebook", "coders", "case_of")
    if "coders" in named:
        yield from two.settings("matrix.coders")
    if "case_of" in named:
        yield from two.about("source", key[1], "case")
    if "codebook" in named:
        yield from two.changed_standing(two.codes_of(key))
    if "coding" in named:
        yield from (change for change in two.of_coding(key) if change.act not in OTHER_WORDS)


def _words(case: CaseTheme) -> _Words:
    found: dict[CodingKey, list[str]] = defaultdict(list)
    for coding in case.codings:
        found[coding_key(coding)].append(coding.quote)
    return dict(found)


def _swaps(
    two: TwoVersions, gone: Set[CodingKey], came: Set[CodingKey], before: _Words, after: _Words, theme: str, case: str
) -> Iterator[set[CodingKey]]:
    """Pairs that change nothing: in a union two coders gave these words the same code, and now the other one counts."""
    waiting: dict[tuple[str, tuple[str, ...]], list[CodingKey]] = defaultdict(list)
    for key in sorted(came):
        waiting[key[1], tuple(after[key])].append(key)
    for key in sorted(gone):
        others = [other for other in waiting[key[1], tuple(before[key])] if other[0] != key[0]]
        still = bool(others) and _counting(two, key, theme, case)(1, 1, 1, 1)
        hidden = next((other for other in others if still or _counting(two, other, theme, case)(0, 0, 0, 0)), None)
        if hidden is not None:
            waiting[key[1], tuple(before[key])].remove(hidden)
            yield {key, hidden}


def _causes_of_shared_words(two: TwoVersions, pair: CasePair) -> Iterator[Change]:
    """Where a union of coders counts the same words once: changes of the codings that may share them."""
    sources = {source.id for case in pair for source in case.sources}
    for change in two.changes:
        if change.kind == "coding" and change.source in sources and change.coder in two.coders:
            rows = {two.row_of(version, code) for version in (0, 1) for code in (change.code, change.was)}
            if pair[0].theme.id in rows:
                yield change


# Passages, where columns are codes


def _causes_of_passages(two: TwoVersions, pair: CasePair, before: _Words, after: _Words) -> Iterator[Change]:
    """Why a theme's codings speak of another column than before: what bears a column's code in their paragraphs."""
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not keys:
        return
    yield from two.settings("matrix.columns", "matrix.unit", "nlp.pipeline")
    for key in keys:
        if key in before and key in after:
            yield from (change for change in two.of_coding(key) if change.act in (*OTHER_WORDS, "settled"))
    for source in sorted({source for _, source, _ in keys}):
        yield from two.about("text", source)
        yield from (c for c in two.about("source", source) if c.field in ("kind", "language"))
        yield from _causes_in_paragraphs(two, source, [_regions(two, i, pair[i], source, keys) for i in (0, 1)])


def _regions(
    two: TwoVersions, version: int, case: CaseTheme, source: str, keys: Sequence[CodingKey]
) -> list[tuple[int, int]]:
    """The paragraphs of a source that hold the passages of these codings."""
    known = two.source(version, source)
    found = []
    for coding in case.codings if known else ():
        if coding.source == source and coding_key(coding) in keys:
            assert known is not None
            blocks = known.structure.paragraphs_in(coding.start, coding.end)
            found.append((blocks[0].start, blocks[-1].end) if blocks else (coding.start, coding.end))
    return found


def _causes_in_paragraphs(
    two: TwoVersions, source: str, regions: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[Change]:
    """Changes of codings with a column's code that touch one of the paragraphs."""
    for key in sorted({key for version in (0, 1) for key in two.codings_in(version, source)}):
        if any(_touches(two.coding(version, key), regions[version]) for version in (0, 1)):
            yield from _causes_of_column(two, key)


def _touches(coding: Coding | None, regions: Sequence[tuple[int, int]]) -> bool:
    return coding is not None and any(coding.start < end and start < coding.end for start, end in regions)


def _causes_of_column(two: TwoVersions, key: CodingKey) -> Iterator[Change]:
    """Why a coding says another column than before, or says it of other words."""

    def column(coding: int, codebook: int, coders: int) -> str:
        known = two.coding(coding, key)
        return two.column_of(codebook, known.code) if known and key[0] in two[coders].coders else ""

    named = responsible(column, "coding", "codebook", "coders")
    if "coders" in named:
        yield from two.settings("matrix.coders")
    if "codebook" in named:
        yield from two.changed_standing(two.codes_of(key))
    if "coding" in named:
        yield from two.of_coding(key)
    elif not named and column(1, 1, 1):
        yield from (change for change in two.of_coding(key) if change.act in (*OTHER_WORDS, "settled"))
