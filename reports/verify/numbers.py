"""Do the numbers in a sentence follow: from each other, from the cases, and from the words it rests on?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from reports.alarms import Alarm, Side
from reports.verify.look import Look, shortened
from reports.wording.numbers import number_of, number_pattern
from reports.wording.quantities import Quantity, quantities, reachable

_NEAR = 60
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
    """A share beside its percentage: "79 ud af 130 (62 procent)" must be reachable, and be that share (GRIM)."""
    found = quantities(text, language)
    for first, second in itertools.pairwise(found):
        pair = (first, second) if second.kind == "percent" else (second, first)
        whole, percent = pair
        if whole.kind == "fraction" and percent.kind == "percent" and second.start - first.end <= _NEAR:
            if _sentence_ends(text[first.end : second.start]):
                continue
            yield from _share_and_percent(whole, percent, side)


def _sentence_ends(between: str) -> bool:
    return re.search(r"[.!?]\s", between) is not None


def _share_and_percent(whole: Quantity, percent: Quantity, side: Side) -> Iterator[Alarm]:
    assert percent.share is not None and whole.k is not None and whole.n is not None
    numerators, right = reachable(percent.share, whole.n, percent.decimals), _percent(Fraction(whole.k, whole.n))
    if whole.k in numerators:
        return
    if numerators:
        reason = f"“{percent.words}” is not “{whole.words}”, which is {right}"
    else:
        reason = f"no whole number of {whole.n} gives “{percent.words}” (GRIM); {whole.k} of them are {right}"
    yield Alarm("number-does-not-follow", "error", reason, (side,))


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"


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
