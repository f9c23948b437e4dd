"""Claims that say more than the chapters: of more cases, of several where there is one, more surely, of nobody."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm, quoted
from reports.document.claims import Claim, Support
from reports.document.lexicon import compiled
from reports.document.statements import Report, Statement, rung

_WIDE = ("all", "generic", "unsaid")


def claim_alarms(report: Report, claims: tuple[Claim, ...]) -> Iterator[Alarm]:
    """What the claims of a report say beyond their support."""
    for claim in claims:
        rules = (_plural_for_one, _wider_scope, _stronger_words, _without_support)
        yield from (found for rule in rules if (found := rule(report, claim)) is not None)


def _plural_for_one(report: Report, claim: Claim) -> Alarm | None:
    """`Examples of …` though the chapter tells of one case."""
    statement = claim.statement
    if "examples" not in statement.flags:
        return None
    near = [s for s in claim.of_group() if s.cover >= 0.4 and s.shared.weight >= 1.2]
    if not near or any(s.statement.scope not in ("one", "part") for s in near if s.cover >= 0.5 * near[0].cover):
        return None
    strong = [s for s in near if s.cover >= 0.6 * near[0].cover]
    if any(s.statement.scope == "part" and s.statement.k != 1 for s in strong):
        return None
    if len({s.statement.sentence.paragraph for s in strong}) > 1 or _cases_told(strong) > 1:
        return None
    return alarm(
        report, "plural-for-one", "examples in the plural, and the chapter tells of one case",
        [statement, strong[0].statement], 0.5 + 0.35 * min(near[0].cover, 1.0),
    )  # fmt: skip


def _cases_told(strong: list[Support]) -> int:
    """How many sentences introduce a case of their own."""
    return len(
        {s.statement.sentence for s in strong if s.statement.scope == "one" and s.statement.k == 1 and s.cover >= 0.5}
    )


def _wider_scope(report: Report, claim: Claim) -> Alarm | None:
    """A sentence about a group, or about all, of which the chapter counts fewer."""
    statement = claim.statement
    if statement.scope not in _WIDE or statement.denied or (statement.scope == "all" and not statement.k):
        return None
    if statement.scope != "all" and ("soft" in statement.flags or statement.n):
        return None
    if not statement.is_cell and statement.scope == "unsaid":
        return None
    near = [s for s in claim.of_group() if _is_alike(claim, s)]
    fewer = [s for s in near if _is_fewer(statement, s.statement)]
    if not fewer:
        return None
    best = fewer[0]
    if any(
        s.cover >= 0.75 * best.cover and not _is_fewer(statement, s.statement)
        and s.statement.groups & best.statement.groups and s.statement.scope in ("all", "generic", "most", "soft")
        and s.statement.role == "chapter" and s.statement.is_group_said and not s.statement.denied
        for s in claim.supports
    ) and statement.scope != "all":  # fmt: skip
        return None
    said = (
        "all" if statement.scope == "all" else "the group as a whole" if statement.is_group_said else "cases as a whole"
    )
    return alarm(
        report, "wider-scope", f"said of {said}, and {_amount(best.statement)} where it is told",
        [statement, best.statement], 0.45 + 0.4 * min(best.cover, 1.0) + (0.1 if statement.scope == "all" else 0.0),
    )  # fmt: skip


def _is_alike(claim: Claim, support: Support) -> bool:
    least = 0.45 if claim.row is not None else 0.6
    return support.cover >= least and support.shared.weight >= 1.5 and support.shared.count >= 2


def _is_fewer(claim: Statement, told: Statement) -> bool:
    if told.denied or told.scope not in ("part", "one"):
        return False
    if told.scope == "part":
        return 0 < told.k < (told.n or told.k + 1)
    return told.k == 1 and claim.scope in ("generic", "all")


def _amount(told: Statement) -> str:
    if told.k and told.n:
        return f"of {told.k} of {told.n}"
    return "of one" if told.k == 1 or told.scope == "one" else f"of {told.k}"


def _stronger_words(report: Report, claim: Claim) -> Alarm | None:
    """What the chapter says with doubt, the summary says without."""
    statement = claim.statement
    if statement.role != "summary" or rung(statement.text, report.language) in (1, 2) or statement.denied:
        return None
    if statement.scope in ("some", "one"):
        return None
    near = [s for s in claim.of_group() if s.cover >= 0.55 and s.shared.weight >= 1.5 and s.shared.count >= 3]
    if not near:
        return None
    best = near[0]
    level = rung(best.statement.text, report.language)
    sure = [s for s in near if s.cover >= 0.75 * best.cover and rung(s.statement.text, report.language) not in (1, 2)]
    if level not in (1, 2) or sure:
        return None
    words = [
        m[0]
        for step, pattern in report.language.hedged
        if step == level
        for m in [compiled(pattern).search(best.statement.text)]
        if m
    ]
    return alarm(
        report, "stronger-words", f"stated as certain, where the chapter says {quoted(words[0])}",
        [statement, best.statement], 0.45 + 0.35 * min(best.cover, 1.0),
    )  # fmt: skip


def _without_support(report: Report, claim: Claim) -> Alarm | None:
    """A claim about a group that no chapter makes, or makes only of another group."""
    statement = claim.statement
    if statement.role != "summary" or not statement.features:
        return None
    own = claim.of_group()
    elsewhere = [s for s in claim.supports if not s.statement.groups & statement.groups]
    if claim.row is not None and elsewhere and elsewhere[0].shared.weight >= 1.2:
        other = elsewhere[0]
        if other.cover >= 0.25 and other.shared.weight >= 1.6 * (own[0].shared.weight if own else 0.0):
            return alarm(
                report, "no-support", "the chapter says this of the other group only",
                [statement, other.statement], 0.5 + 0.4 * min(other.cover, 1.0),
            )  # fmt: skip
    return None
