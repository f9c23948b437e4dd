"""The carry-over rule: a passage that goes on about the group that was named before it.

Reports name a group once and go on: »In the three municipalities that grant many … One of them … The other …«. Codes
with `carry_over` in the codebook stand for such groups. A sentence in which exactly one of them is named opens it; the
sentences after it in the paragraph get the code too. At a new paragraph the code goes on only where the paragraph
begins with one of the code's `carry_over` patterns (»In another municipality«). A sentence that names several of the
codes, a paragraph that begins otherwise, and a heading end it; but where a paragraph begins with a sentence that names
several and fits a `carry_over` pattern of one of them (»Municipalities that grant many do not differ from those that
grant few.«), what follows goes on about that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from codebook.codebook import Codebook
from coding.draft import Draft
from coding.patterns import Match, pattern_matches
from corpus.source import Source
from corpus.tokens import TokenIndex


def suggest_by_carry_over(
    codebook: Codebook, indexes: Mapping[str, TokenIndex], sources: Iterable[Source]
) -> list[Draft]:
    """A draft for every run of sentences that goes on about a code with `carry_over`, in order of source and place.

    The sentences that name the code themselves are not among them: they are `coding.patterns`' own.
    """
    carrying = tuple(code for code in codebook.by_id.values() if code.carry_over and not code.replaced_by)
    if not carrying:
        return []
    sources = list(sources)
    naming = Codebook(tuple(msgspec.structs.replace(code, codes=()) for code in carrying))
    openers = Codebook(tuple(msgspec.structs.replace(code, codes=(), patterns=code.carry_over) for code in carrying))
    named, opened = (
        _by_source(pattern_matches(naming, indexes, sources)),
        _by_source(pattern_matches(openers, indexes, sources)),
    )
    return [
        draft
        for source in sources
        if source.id in indexes and source.id in named
        for draft in _drafts(source, indexes[source.id], named[source.id], opened.get(source.id, []))
    ]


def _by_source(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.source, []).append(match)
    return found


def _drafts(source: Source, index: TokenIndex, named: Sequence[Match], opened: Sequence[Match]) -> Iterator[Draft]:
    names = _by_sentence(named, index)
    openings = _by_sentence((m for m in opened if _begins_sentence(m, index)), index)
    headings = {p.number: p.heading for p in source.structure.paragraphs if not p.is_heading}
    run: list[int] = []
    about: Match | None = None
    for sentence, paragraph in enumerate(index.paragraphs):
        before = index.paragraphs[sentence - 1] if sentence else None
        opening = openings.get(sentence, {}) if paragraph != before else {}
        here = names.get(sentence, {})
        if paragraph != before or here:
            yield from _draft(source, index, run, about)
            run = []
        if paragraph != before and (before is None or headings[paragraph] != headings[before]):
            about = None
        if len(here) == 1:
            about = next(iter(here.values()))
        elif here:
            begun = [here[code] for code in opening if code in here]
            about = begun[0] if len(begun) == 1 else None
        elif paragraph != before and (about is None or about.code not in opening):
            about = None
        if about is not None and not here:
            run.append(sentence)
    yield from _draft(source, index, run, about)


def _begins_sentence(match: Match, index: TokenIndex) -> bool:
    return match.start == index.sentence_span(index.sentence_at(match.start))[0]


def _by_sentence(matches: Iterable[Match], index: TokenIndex) -> dict[int, dict[str, Match]]:
    """Sentence → code → the first words in it that name the code."""
    found: dict[int, dict[str, Match]] = defaultdict(dict)
    for match in matches:
        found[index.sentence_at(match.start)].setdefault(match.code, match)
    return found


def _draft(source: Source, index: TokenIndex, run: Sequence[int], about: Match | None) -> Iterator[Draft]:
    if run and about is not None:
        yield Draft(
            source=source.id,
            start=index.sentence_span(run[0])[0],
            end=index.sentence_span(run[-1])[1],
            code=about.code,
            origin="carry-over",
            evidence=((about.start, about.end),),
            why=f"goes on about “{' '.join(source.text[about.start : about.end].split())}”",
        )
