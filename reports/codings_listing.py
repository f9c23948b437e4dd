"""Every coding of a study as a row, of all coders or some: what a script starts from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coding.coded_study import CodedStudy
from coding.coding import Coding
from corpus.places import NO_PLACES
from reports.aggregate import EVERYTHING, Filters, cases_shown, source_fits
from reports.listing import Listing
from reports.words import Words


def codings_listing(
    coded: CodedStudy,
    words: Words,
    coders: Collection[str] = (),
    filters: Filters = EVERYTHING,
    codes: Collection[str] | None = None,
) -> Listing:
    """The codings in order of coder, source and place; without `coders` those of everyone, without `codes` all.

    `start` and `end` are code points into the text, end exclusive; `code` is the one that counts, where the codebook
    replaced the one that was given; `theme` is empty where the codebook does not have the code; `page` and `time` are
    those of the first word, empty where the source has none.
    """
    keys = ("id", "coder", "source", "case", "code", "theme", "start", "end", "words", "memo", "origin", "at",
            "page", "time")  # fmt: skip
    names = (
        words.coding_id, words.coder, words.source, words.case_id, words.code, words.theme, words.start, words.end,
        words.excerpt, words.memo, words.origin, words.at, words.page_column, words.time_column,
    )  # fmt: skip
    sources = coded.study.source_by_id
    rows = []
    for c in chosen_codings(coded, coders, filters, codes):
        source, theme = sources[c.source], coded.codebook.theme_of.get(c.code)
        said = source.text[c.start : c.end]
        code = coded.codebook.current(c.code)
        places = coded.study.places.get(c.source, NO_PLACES)
        page, time = places.value_at("page", c.start), places.value_at("time", c.start)
        rows.append((c.id, c.coder, c.source, source.meta.case, code, theme.id if theme else "", c.start, c.end,
                     said, c.memo, c.origin, c.at, page, time))  # fmt: skip
    return Listing(keys, names, tuple(rows))


def chosen_codings(
    coded: CodedStudy,
    coders: Collection[str] = (),
    filters: Filters = EVERYTHING,
    codes: Collection[str] | None = None,
) -> Iterator[Coding]:
    """The codings of these coders and codes in this part of the material, in order of coder, source and place."""
    sources = coded.study.source_by_id
    cases = {case.id for case in cases_shown(coded, filters)} if filters.where else None
    for coding in coded.codings:
        source = sources[coding.source]
        if (coders and coding.coder not in coders) or not source_fits(source, filters):
            continue
        if codes is not None and coding.code not in codes:
            continue
        if cases is None or source.meta.case in cases:
            yield coding
