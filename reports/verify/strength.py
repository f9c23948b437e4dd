"""Does a summary claim more than the words under it? The ladder of certainty, sentence against evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coding.coding import Coding
from reports.alarms import Alarm, Side
from reports.findings import Finding
from reports.verify.look import Look, shortened
from reports.wording.certainty import RUNGS, SOFTENED, Hedge, certainty, gives_a_cause, hedges

_SENTENCE_END = re.compile(r"[.!?](?=\s)\s*|\n\s*")
_FAR = 400
_CAUSE, _STRONG, _INDICATION, _TENDENCY = 5, 4, 3, 2


def too_certain(look: Look) -> Iterator[Alarm]:
    """Sentences and summaries that stand higher on the ladder than their evidence, or than their cases allow.

    - A cause ("kan henføres til", "because of") needs one in the words it rests on.
    - Words that are all softened ("måske", "perhaps") do not carry a sentence on rung 3 or above, nor one that says the
      same without reserve.
    - "Tendens" needs two supporting cases and more for than against, "indikation" the same, "stærk indikation" two
      thirds of the applicable cases and none against.
    """
    for finding in look.findings:
        text = look.sentence(finding)
        yield from _against_words(look, text, look.said(finding), look.whole.coded.codings_by_id, finding.evidence_ids)
        yield from _against_cases(look, finding, text)
    for chart in look.whole.charts:
        side = Side(chart.file, chart.line, shortened(chart.summary))
        yield from _against_words(look, chart.summary, side, look.whole.coded.codings_by_id, chart.evidence)


def _against_words(look: Look, text: str, side: Side, known: dict[str, Coding], ids: Sequence[str]) -> Iterator[Alarm]:
    rung, evidence = certainty(text, look.language), [known[id] for id in ids if id in known]
    if not evidence or (rung is not None and rung < _INDICATION):
        return
    rungs = [certainty(_sentence(look, coding), look.language) for coding in evidence]
    if rung is None:
        if all(one == SOFTENED for one in rungs):
            softening = hedges(_sentence(look, evidence[0]), look.language)[0]
            reason = f"said without reserve, though all that it rests on is softened (“{softening.words}”)"
            yield Alarm("stronger-than-evidence", "warning", reason, (side, look.words_at(evidence[0])))
        return
    said = _highest(hedges(text, look.language))
    if rung == _CAUSE and not any(gives_a_cause(_paragraph(look, coding), look.language) for coding in evidence):
        reason = f"“{said.words}” says what causes it, and nothing in the words that it rests on does"
        yield Alarm("stronger-than-evidence", "warning", reason, (side, look.words_at(evidence[0])))
    elif all(one == SOFTENED for one in rungs):
        reason = f"“{said.words}” ({RUNGS[rung]}), though all that it rests on is softened"
        yield Alarm("stronger-than-evidence", "warning", reason, (side, look.words_at(evidence[0])))


def _highest(found: Sequence[Hedge]) -> Hedge:
    return max(found, key=lambda hedge: hedge.rung)


def _paragraph(look: Look, coding: Coding) -> str:
    """The paragraph that a coding's words stand in: a ground may stand beside them."""
    source = look.whole.coded.study.source_by_id[coding.source]
    block = source.structure.paragraph_at(coding.start)
    return source.text[block.body : block.end] if block else coding.quote


def _sentence(look: Look, coding: Coding) -> str:
    """A coding's words to the ends of their sentences: what softens them may stand just before."""
    text = look.whole.coded.study.source_by_id[coding.source].text
    before = [end.end() for end in _SENTENCE_END.finditer(text, max(0, coding.start - _FAR), coding.start)]
    after = _SENTENCE_END.search(text, max(coding.start, coding.end - 1), coding.end + _FAR)
    return text[before[-1] if before else max(0, coding.start - _FAR) : after.start() + 1 if after else coding.end]


def _against_cases(look: Look, finding: Finding, text: str) -> Iterator[Alarm]:
    rung, ledger = certainty(text, look.language), look.ledgers[finding.id]
    if rung is None or rung < _TENDENCY or rung == _CAUSE or not any(case.is_persons for case in ledger.cases):
        return
    s, c, n = ledger.supports, ledger.contradicts, ledger.n_applicable
    if rung == _STRONG:
        is_enough, needs = 3 * s >= 2 * n and not c, "two thirds of the cases and none against"
    else:
        is_enough, needs = s >= 2 and s > c, "two cases at least, and more for than against"
    if not is_enough:
        said = _highest(hedges(text, look.language))
        reason = f"“{said.words}” needs {needs}; {s} of {n} support it and {c} contradict it"
        yield Alarm("stronger-than-evidence", "warning", reason, (look.said(finding), look.stands(finding)))
