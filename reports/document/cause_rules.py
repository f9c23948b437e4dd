"""Causes that a summary states: the report says that it cannot tell, or only weighs them."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm, quoted
from reports.document.claim_rules import is_doubtful
from reports.document.likeness import is_one_sentence, overlap
from reports.document.statements import Report, Statement
from reports.wording.certainty import hedges

_LEAST, _LEAST_SHARE = 1.5, 0.5
"""How much of a stated cause the paragraph that doubts it has to be about, by weight and as a share."""


def cause_alarms(report: Report) -> Iterator[Alarm]:
    """Causes stated as certain that are not."""
    yield from _unknown(report)
    yield from _doubted(report)


def _unknown(report: Report) -> Iterator[Alarm]:
    """A cause that is stated, and elsewhere the report says that it cannot tell."""
    told = [s for s in report.statements if s.role in ("summary", "chapter") and "announces" not in s.flags]
    unknown = [s for s in told if "no cause" in s.flags]
    for stated in told:
        is_claim = stated.role == "summary" and "cause" in stated.flags and not stated.flags & {"no cause", "question"}
        if not is_claim or stated.scope in ("one", "some", "part"):
            continue
        best: tuple[float, Statement] | None = None
        for doubt in unknown:
            if is_one_sentence(stated, doubt):
                continue
            shared = overlap(stated.features, doubt.features)
            is_open = {"differs", "open"} <= doubt.flags and "differs" in stated.flags
            weight = shared.weight + (1.2 if is_open else 0.0)
            is_alike = weight >= 1.2 and (shared.of_lighter >= 0.3 or is_open)
            if is_alike and (best is None or weight > best[0]):
                best = (weight, doubt)
        if best is not None:
            yield alarm(
                report, "stronger-words", "a cause is stated that the report says elsewhere it cannot tell",
                [stated, best[1]], 0.55 + 0.08 * min(best[0], 3.0),
            )  # fmt: skip


def _doubted(report: Report) -> Iterator[Alarm]:
    """A cause that is stated, and that the chapter gives as one that there may be (`perhaps it plays a part`)."""
    code = report.language.code
    told = _with_paragraphs(report)
    doubts = [(s, topic) for s, topic in told if "doubted cause" in s.flags and is_doubtful(s, code)]
    firm = [s for s, _ in told if "cause" in s.flags and not is_doubtful(s, code)]
    for stated in report.statements:
        is_claim = stated.role == "summary" and "cause" in stated.flags and not stated.denied
        if not is_claim or stated.flags & {"no cause", "question", "advice"} or is_doubtful(stated, code):
            continue
        whole = sum(stated.topic.values()) or 1.0
        near = [(overlap(stated.topic, topic).weight, at) for at, (_, topic) in enumerate(doubts)]
        weight, at = max(near, key=lambda found: (found[0], -found[1]), default=(0.0, 0))
        if weight < _LEAST or weight < _LEAST_SHARE * whole:
            continue
        if any(overlap(stated.topic, s.topic).weight >= 0.75 * weight for s in firm):
            continue
        doubt = doubts[at][0]
        words = min(hedges(doubt.text, code), key=lambda hedge: hedge.rung).words
        reason = f"stated as certain, where the chapter says {quoted(words)}"
        yield alarm(report, "stronger-words", reason, [stated, doubt], 0.55 + 0.25 * min(weight / whole, 1.0))


def _with_paragraphs(report: Report) -> list[tuple[Statement, dict[str, float]]]:
    """The statements of the chapters, each with the topic of its paragraph up to it."""
    found: list[tuple[Statement, dict[str, float]]] = []
    topic: dict[str, float] = {}
    paragraph = -1
    for statement in report.statements:
        if statement.role != "chapter":
            continue
        topic = {**(topic if statement.sentence.paragraph == paragraph else {}), **statement.topic}
        paragraph = statement.sentence.paragraph
        found.append((statement, topic))
    return found
