"""Does a sentence rest on words that are still there? Evidence that is missing, changed, or only a silence."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm, AlarmSeverity, Side
from reports.charts import Chart
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
        if spoken:
            reason = f"no coding is named for the stance of {labels(spoken)}"
            yield Alarm("finding-without-evidence", "error", reason, (look.said(finding), look.stands(finding)))


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
            reason = "its words or codes changed after it was written"
            yield Alarm(rule, severity, reason, (_said(said), *_evidence(look, said)), _look_again(said))
        elif freshness == "never_stamped":
            reason = "nobody has stamped it, so a change of its evidence would go unnoticed"
            yield Alarm("never-stamped", "note", reason, (_said(said),), _look_again(said))


def _said(said: Chart | Finding) -> Side:
    return Side(said.file, said.line, shortened(said.text if isinstance(said, Finding) else said.summary))


def _evidence(look: Look, said: Chart | Finding) -> tuple[Side, ...]:
    """The evidence as it reads now, four codings at most."""
    ids = said.evidence_ids if isinstance(said, Finding) else said.evidence
    known = look.whole.coded.codings_by_id
    return tuple(look.words_at(known[id]) for id in ids if id in known)[:4]


def _look_again(said: Chart | Finding) -> str:
    if isinstance(said, Finding):
        return (
            f"Read it against its evidence (crosscase finding show {said.id}), then: crosscase finding stamp {said.id}"
        )
    return (
        f"Read it against its evidence (crosscase chart show {said.case} {said.theme}), then: "
        f"crosscase chart stamp {said.case} {said.theme}"
    )
