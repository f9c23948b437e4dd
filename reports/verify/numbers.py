"""Do the numbers in a sentence follow: from each other, from the cases, and from the words it rests on?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.alarms import Alarm, Side
from reports.verify.look import Look, shortened
from reports.wording.numbers import number_of, number_pattern
from reports.wording.quantities import quantities
from reports.wording.ratios import wrong_ratios
from reports.wording.recomputed import unfollowed

_DIGITS = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0]\d+)*(?![\w]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SIZES = re.compile(r"\{[^{}]*\}")


def numbers_that_do_not_follow(look: Look) -> Iterator[Alarm]:
    """Shares that contradict each other, percentages no whole number gives, and numbers the evidence does not have."""
    known = look.whole.coded.codings_by_id
    for finding in look.findings:
        side = look.said(finding)
        text = look.sentence(finding)
        yield from within(text, look.language, side)
        evidence = [look.words_at(known[id]) for id in finding.evidence_ids if id in known]
        words = [known[id].quote for id in finding.evidence_ids if id in known]
        yield from _not_in_evidence(_SIZES.sub("", finding.text), words, evidence, look.language, side)
    for chart in look.whole.charts:
        side = Side(chart.file, chart.line, shortened(chart.summary))
        yield from within(chart.summary, look.language, side)
        evidence = [look.words_at(known[id]) for id in chart.evidence if id in known]
        words = [known[id].quote for id in chart.evidence if id in known]
        yield from _not_in_evidence(chart.summary, words, evidence, look.language, side)
    for of_theme in look.themes():
        if of_theme.difference:
            side = Side(of_theme.file, of_theme.line, shortened(of_theme.difference))
            yield from within(of_theme.difference, look.language, side)


def within(text: str, language: str, side: Side) -> Iterator[Alarm]:
    """Numbers of one sentence against each other: a share and its parts (GRIM), a ratio and what it is of."""
    for fault in unfollowed(text, language):
        share, parts = fault.share, fault.parts
        right = f"{float(fault.right):.1f} %" if fault.right is not None else ""
        if share.kind == "percent" and not fault.numerators:
            rest = f"; {parts.k} of them are {right}" if right else ""
            reason = f"no whole number of {parts.n} gives “{share.words}” (GRIM){rest}"
        else:
            reason = f"“{share.words}” is not “{parts.words}”, which is {right}"
        yield Alarm("number-does-not-follow", "error", reason, (side,))
    for ratio in wrong_ratios(text, language):
        reason = f"“{ratio.words}” is not the ratio of “{ratio.first.words}” and “{ratio.second.words}”"
        yield Alarm("number-does-not-follow", "error", reason, (side,))


def _not_in_evidence(
    text: str, words: Sequence[str], evidence: Sequence[Side], language: str, side: Side
) -> Iterator[Alarm]:
    """Numbers in digits that no coding the sentence rests on has, in digits or words, alone or as a sum.

    Numbers in words are left alone: they are mostly counts of what the writer himself lists. So are years, which a
    writer takes from the question.
    """
    if not words:
        return
    there = {number for said in words for number in _all_numbers(said, language)}
    counted = {n for q in quantities(text, language) if q.kind != "count" for n in (q.k, q.n)}
    for found in _DIGITS.finditer(text):
        number = number_of(found[0], language)
        is_count = number is not None and int(number) in counted
        if number is not None and number not in there and not is_count and not _YEAR.fullmatch(found[0]):
            reason = f"“{found[0]}” stands in none of the words that it rests on"
            yield Alarm("number-does-not-follow", "error", reason, (side, *evidence[:3]))


def _all_numbers(text: str, language: str) -> Iterator[Decimal]:
    for found in re.finditer(rf"(?<!\w){number_pattern(language, with_articles=True)}(?!\w)", text, re.IGNORECASE):
        number = number_of(found[0], language)
        if number is not None:
            yield number
