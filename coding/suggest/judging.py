"""What a coder says of suggestions: accept, reject, change; as events ready to be appended, and what follows from them.

A rejection belongs to the coder, the code and the words of the segment. It holds whatever model suggests the same again
and wherever the words stand in the source, and it ends when the words are changed: then they are another passage. What
was accepted later counts for more than what was rejected before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from codebook.codebook import Codebook
from coding.acts import Span, added, spans_of
from coding.coding import Judgement
from coding.events import Accept, Add, Reject, now
from coding.suggest.segment_list import Segment
from coding.suggest.suggestion import SegmentSuggestions, Suggestion, suggested, suggestion_id
from corpus.ids import random_id
from corpus.source import Source

Way = Literal["", "review", "batch"]


def words_digest(text: str) -> str:
    """What tells whether a segment still has the words that were judged; white space does not count."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def accepting(
    source: Source,
    segment: SegmentSuggestions,
    suggestion: Suggestion,
    *,
    code: str = "",
    span: Span | None = None,
    way: Way = "",
    run: str = "",
) -> tuple[Accept, Add]:
    """The events that make a suggestion a coding, of the whole segment or of the words of `span`.

    With another `code` the suggestion is changed: the coding is then the person's own, and its origin says so. Both
    events have one run, so that one undo takes both back.
    """
    run = run or random_id("b")
    given = code if code != suggestion.code else ""
    where = span or Span(segment.start, segment.end)
    add = added(source, given or suggestion.code, where, origin="person" if given else suggestion.origin, run=run)
    said = Accept(id=random_id("k"), at=now(), target=suggestion_id(segment, suggestion), coding=add.id, code=given,
                  words=words_digest(source.text[segment.start : segment.end]), way=way, run=run)  # fmt: skip
    return said, add


def rejecting(
    source: Source, segment: SegmentSuggestions, suggestion: Suggestion, *, way: Literal["", "review"] = ""
) -> Reject:
    """The event that says no to a suggestion."""
    digest = words_digest(source.text[segment.start : segment.end])
    return Reject(id=random_id("j"), at=now(), target=suggestion_id(segment, suggestion), words=digest, way=way)


def turned_down(
    judgements: Iterable[Judgement], coder: str, codebook: Codebook
) -> dict[tuple[str, str], frozenset[str]]:
    """Source and digest of a segment's words → the codes that the coder rejected there, or gave another instead of.

    Who gives a code below the suggested one has not rejected it. What was accepted later takes back what was rejected
    before: the code itself, and those above it.
    """
    found: dict[tuple[str, str], set[str]] = {}
    mine = [judgement for judgement in judgements if judgement.coder == coder and judgement.words]
    for judgement in sorted(mine, key=lambda j: (j.at.removesuffix("Z"), j.id)):
        codes = found.setdefault((judgement.source, judgement.words), set())
        _, code = suggested(judgement.target)
        if judgement.verdict != "accepted":
            codes.add(code)
        given = judgement.code or (code if judgement.verdict == "accepted" else "")
        codes -= {no for no in codes if given and given in _with_below(no, codebook)}
    return {key: frozenset(codes) for key, codes in found.items() if codes}


def _with_below(code: str, codebook: Codebook) -> set[str]:
    """The code and all below it; only itself where the codebook does not have it."""
    return {below.id for below in codebook.by_id[code].walk()} if code in codebook.by_id else {code}


def segment_at(source: Source, segments: Sequence[Segment], place: str) -> Segment | str:
    """The segment of the source at a place, or a sentence that says why there is none.

    A place is a line of the source's file (`14`), as `crosscase suggest` shows it, or the span of the segment
    (`120-310`), as --json has it.
    """
    start, dash, end = place.partition("-")
    if not start.isdecimal() or (dash and not end.isdecimal()):
        return f"'{place}' is no place: give a line of {source.file}, or the segment's START-END"
    if dash:
        exact = next((s for s in segments if (s.start, s.end) == (int(start), int(end))), None)
        return exact or f"there is no segment {place} in {source.file}: crosscase suggest --json lists them"
    line = int(start)
    for segment in segments:
        if source.file_line(segment.start) <= line <= source.file_line(max(segment.start, segment.end - 1)):
            return segment
    lines = [source.file_line(segment.start) for segment in segments]
    near = ", ".join(map(str, sorted(sorted(lines, key=lambda n: abs(n - line))[:3])))
    return f"no segment stands on line {line} of {source.file}" + (f"; the nearest begin on {near}" if near else "")


def words_inside(source: Source, segment: SegmentSuggestions, quote: str) -> Span | str:
    """Where the words stand in the segment, or a sentence that says why it cannot be told."""
    found = [span for span in spans_of(source, quote) if segment.start <= span.start and span.end <= segment.end]
    if not found or not quote.split():
        return f"these words are not in the segment: '{quote}'"
    if len(found) > 1:
        return f"these words stand {len(found)} times in the segment: give more of them"
    return found[0]
