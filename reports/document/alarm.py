"""How a finding of a rule becomes an alarm: both places quoted, why, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.problems import RULES
from reports.alarms import Alarm, AlarmSeverity, Side
from reports.document.statements import Report, Statement


def alarm(
    report: Report,
    rule: str,
    reason: str,
    sides: Iterable[Statement],
    score: float,
    severity: AlarmSeverity | None = None,
) -> Alarm:
    """The alarm of a rule about some statements, each quoted as the sentence or cell that it stands in."""
    places = dict.fromkeys(side_of(report, statement) for statement in sides)
    return Alarm(rule, severity or RULES[rule].severity, reason, tuple(places), "", round(score, 3))


def side_of(report: Report, statement: Statement) -> Side:
    """Where a statement stands, with its words; a cell with the label of its row."""
    text = " ".join(statement.sentence.text.split())
    return Side(report.file, statement.sentence.line, f"{statement.label}: {text}" if statement.label else text)


def quoted(label: str) -> str:
    """A heading or label as it is named in a reason."""
    return f"»{' '.join(label.split())}«"
