"""Do the numbers in a sentence follow: from each other, from the cases, and from the words it rests on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.alarms import Alarm, Side
from reports.verify.figures import without_support
from reports.verify.look import Look, shortened
from reports.wording.ratios import wrong_ratios
from reports.wording.recomputed import unfollowed


def numbers_that_do_not_follow(look: Look) -> Iterator[Alarm]:
    """Shares that contradict each other, percentages no whole number gives, and numbers the evidence does not have."""
    known = look.whole.coded.codings_by_id
    for finding in look.findings:
        side = look.said(finding)
        text = look.sentence(finding)
        yield from within(text, look.language, side)
        evidence = [look.words_at(known[id]) for id in finding.evidence_ids if id in known]
        words = [known[id].quote for id in finding.evidence_ids if id in known]
        yield from _not_in_evidence(look, finding.text, words, evidence, side)
    for chart in look.whole.charts:
        side = Side(chart.file, chart.line, shortened(chart.summary))
        yield from within(chart.summary, look.language, side)
        evidence = [look.words_at(known[id]) for id in chart.evidence if id in known]
        words = [known[id].quote for id in chart.evidence if id in known]
        yield from _not_in_evidence(look, chart.summary, words, evidence, side)
    for of_theme in look.themes():
        if of_theme.difference:
            side = Side(of_theme.file, of_theme.line, shortened(of_theme.difference))
            yield from within(of_theme.difference, look.language, side)
            ids = dict.fromkeys(id for finding in of_theme.findings for id in finding.evidence_ids if id in known)
            said = [look.said(finding) for finding in of_theme.findings]
            words = [*(known[id].quote for id in ids), *(side.text for side in said)] if ids else []
            yield from _not_in_evidence(look, of_theme.difference, words, said, side)


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
    look: Look, text: str, words: Sequence[str], evidence: Sequence[Side], side: Side
) -> Iterator[Alarm]:
    """Numbers that no coding the sentence rests on has; a difference rests on the sentences of its theme."""
    for figure in without_support(text, words, look.noun, look.language) if words else ():
        reason = f"“{figure.words}” stands in none of the words that it rests on"
        yield Alarm("number-does-not-follow", "error", reason, (side, *evidence[:3]))
