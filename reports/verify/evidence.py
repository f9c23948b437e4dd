"""Does a sentence rest on words that are still there? Evidence that is missing, changed, or only a silence."""

from __future__ import annotations

from collections.abc import Iterator

from coding.coding import Anchored
from coding.log import log_file
from reports.alarms import Alarm, AlarmSeverity, Side
from reports.charts import Chart
from reports.evidence_changes import EvidenceChange, evidence_changes
from reports.findings import CaseStand, Finding
from reports.verify.look import Look, labels, shortened

_STALE_FINDING: tuple[str, AlarmSeverity] = ("stale-finding", "error")
_STALE_CHART: tuple[str, AlarmSeverity] = ("stale-chart", "warning")
SILENT = ("read_absent", "asked_no_answer", "not_coded", "not_asked", "unknown")


def without_evidence(look: Look) -> Iterator[Alarm]:
    """Stances for or against a sentence that no coding is named for, and sentences that nobody gave any stance.

    A stance where nothing of the case is coded under the theme turns a silence into a claim: that "nobody mentions it"
    is no ground for saying that it is not so.
    """
    for finding in look.findings:
        stands = look.ledgers[finding.id].cases
        judged = [case for case in stands if case.is_persons]
        if not judged:
            reason = "no case has a stance, so nothing says whether the sentence holds"
            yield Alarm("finding-without-evidence", "error", reason, (look.said(finding), look.stands(finding)))
        bare = [case for case in judged if case.stand in ("supports", "contradicts") and not case.has_evidence]
        silences = [case for case in bare if _state(look, finding, case) in SILENT]
        spoken = [case for case in bare if case not in silences]
        if silences:
            yield _silence(look, finding, silences)
        for cases, why in (
            ([case for case in spoken if case.case.id not in finding.evidence], "no coding is named for the stance of"),
            (
                [case for case in spoken if case.case.id in finding.evidence],
                "no coding counts any more for the stance of",
            ),
        ):
            if cases:
                sides = (look.said(finding), look.stands(finding))
                yield Alarm("finding-without-evidence", "error", f"{why} {labels(cases)}", sides)


def _state(look: Look, finding: Finding, case: CaseStand) -> str:
    cell = look.whole.cells.get((case.case.id, finding.theme))
    return cell.state if cell else "unknown"


def _silence(look: Look, finding: Finding, silences: list[CaseStand]) -> Alarm:
    reason = f"{labels(silences)}: a stance, though nothing is coded there under this theme. Not said is not denied"
    side = Side(finding.file, finding.line, "; ".join(f"{case.case.id}: {case.stand}" for case in silences))
    return Alarm("silence-as-claim", "error", reason, (look.said(finding), side))


def changed_evidence(look: Look) -> Iterator[Alarm]:
    """Sentences and summaries whose evidence is not what it was when somebody last compared the two."""
    everything: tuple[Chart | Finding, ...] = (*look.findings, *look.whole.charts)
    for said in everything:
        freshness = look.whole.staleness_of(said).freshness
        if freshness == "stale":
            rule, severity = _STALE_FINDING if isinstance(said, Finding) else _STALE_CHART
            reason, sides = _what_changed(look, said)
            yield Alarm(rule, severity, reason, (_said(look, said), *sides), _look_again(said))
        elif freshness == "never_stamped":
            reason = "nobody has stamped it, so a change of its evidence would go unnoticed"
            yield Alarm("never-stamped", "note", reason, (_said(look, said),), _look_again(said))


def _said(look: Look, said: Chart | Finding) -> Side:
    return look.said(said) if isinstance(said, Finding) else Side(said.file, said.line, shortened(said.summary))


def _what_changed(look: Look, said: Chart | Finding) -> tuple[str, tuple[Side, ...]]:
    """How its evidence changed, and the changed codings as they were and as they read now, two at most.

    Where the coders' logs do not tell what it was, all of the evidence as it reads now, four codings at most.
    """
    ids = said.evidence_ids if isinstance(said, Finding) else said.evidence
    known = look.whole.coded.codings_by_id
    changes = evidence_changes(ids, said.evidence_sha, look.whole.coded)
    if not changes:
        there = tuple(look.words_at(known[id]) for id in ids if id in known)
        return "its words or codes changed after it was written", there[:4]
    reasons = dict.fromkeys(_how(change) for change in changes)
    sides = (side for change in changes[:2] for side in _then_and_now(look, change, said))
    return f"since it was written, {'; '.join(reasons)}", tuple(sides)


def _how(change: EvidenceChange) -> str:
    if not change.code_now:
        return "a coding that it rests on has ceased to count"
    if not change.code_then:
        return "a coding that did not count counts again"
    if change.words_then == change.words_now:
        return f"a coding that it rests on was moved from '{change.code_then}' to '{change.code_now}'"
    return "words that it rests on were changed"


def _then_and_now(look: Look, change: EvidenceChange, said: Chart | Finding) -> Iterator[Side]:
    """The words as they were coded, at their line of the coder's log, and what stands, or may stand, there now."""
    coded = look.whole.coded
    coding = coded.codings_by_id.get(change.id)
    anchor = next((anchor for anchor in coded.anchored if anchor.id == change.id), None)
    if change.words_then != change.words_now and change.words_then:
        at = coding or anchor
        file = log_file(at.coder, at.source) if at else said.file
        line = coding.file_line if coding else anchor.line if anchor else said.line
        yield Side(file, line, shortened(change.words_then))
    if coding:
        yield look.words_at(coding)
    elif anchor:
        yield from _perhaps_now(look, anchor)


def _perhaps_now(look: Look, anchor: Anchored) -> Iterator[Side]:
    """The place that is likest to the words of a coding that waits for a decision, where there is one."""
    for best in anchor.place.candidates[:1]:
        source = look.whole.coded.study.source_by_id[anchor.source]
        yield Side(source.file, source.file_line(best.start), shortened(source.text[best.start : best.end]))


def _look_again(said: Chart | Finding) -> str:
    what = f"finding {{}} {said.id}" if isinstance(said, Finding) else f"chart {{}} {said.case} {said.theme}"
    show, stamp = (f"crosscase {what.format(verb)}" for verb in ("show", "stamp"))
    return f"Read it against its evidence ({show}), then: {stamp}"
