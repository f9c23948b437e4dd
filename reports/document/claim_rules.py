"""Claims that say more than the chapters: of more cases, of several where there is one, and more surely."""

from __future__ import annotations

from collections.abc import Iterator

from reports.alarms import Alarm
from reports.document.alarm import alarm, quoted
from reports.document.claims import Claim, Support
from reports.document.likeness import is_same
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of
from reports.wording.certainty import certainty, hedges

_TELLING = 0.3
_TENDENCY = 2
"""The rung of the ladder up to which words are those of doubt: perhaps, examples, a tendency."""


def claim_alarms(report: Report, claims: tuple[Claim, ...]) -> Iterator[Alarm]:
    """What the claims of a report say beyond their support."""
    for claim in claims:
        rules = (_plural_for_one, _wider_scope, _stronger_words)
        yield from (found for rule in rules if (found := rule(report, claim)) is not None)


def _plural_for_one(report: Report, claim: Claim) -> Alarm | None:
    """`Examples of …` though the chapter tells of one case."""
    statement = claim.statement
    if "examples" not in statement.flags:
        return None
    near = [
        s
        for s in claim.of_group()
        if s.cover >= _least_cover(claim, s) and _is_same_thing(report, statement, s.statement)
    ]
    own = [s for s in near if s.statement.groups == statement.groups] or near
    strong = [s for s in own if s.cover >= 0.6 * own[0].cover]
    if not strong or not all(_is_one(report, s.statement) for s in strong) or _cases_told(strong) > 1:
        return None
    if len({s.statement.sentence.paragraph for s in strong}) > 1:
        return None
    reason = "examples in the plural, and the chapter tells of one case"
    score = 0.5 + 0.35 * min(strong[0].cover, 1.0)
    told = next((s.statement for s in strong if s.statement.k == 1), strong[0].statement)
    return alarm(report, "plural-for-one", reason, [statement, told], score)


def _least_cover(claim: Claim, support: Support) -> float:
    """How much of a claim a statement has to hold to be the one it sums up; less where they share a telling sign."""
    signs = {(sign.axis, sign.plus) for sign in claim.statement.signs}
    return 0.3 if signs & {(sign.axis, sign.plus) for sign in support.statement.signs} else 0.45


def _is_same_thing(report: Report, one: Statement, other: Statement) -> bool:
    """Whether two statements share two telling words; the parts of a compound count for one."""
    roots = report.words.roots
    shared = {roots.get(w, w) for w in words_of(one.text)} & {roots.get(w, w) for w in words_of(other.text)}
    return sum(one.topic.get(root, 0.0) >= _TELLING for root in shared) >= 2


def _is_one(report: Report, told: Statement) -> bool:
    """Whether a statement tells of one case: of the group, and not of those that are known to share the trait."""
    if told.scope == "part":
        return told.k == 1 and told.n in (0, *report.groups.sizes, report.groups.total)
    return told.scope == "one" and "examples" not in told.flags


def _cases_told(strong: list[Support]) -> int:
    """How many sentences introduce a case of their own."""
    return len({s.statement.sentence for s in strong if s.statement.k == 1 and "same case" not in s.statement.flags})


def _wider_scope(report: Report, claim: Claim) -> Alarm | None:
    """A sentence about a group, or about all, of which the chapter counts fewer."""
    if not _is_wide(claim.statement):
        return None
    fewer = [s for s in _elsewhere(claim) if _is_alike(claim, s) and _is_fewer(claim.statement, s.statement)]
    if not fewer:
        return None
    is_counted = fewer[0].statement.k > 0
    if (claim.statement.scope != "all" or not is_counted) and _is_said_of_all(claim, fewer[0]):
        return None
    told = fewer[0].statement
    whole = {"all": "all"}.get(claim.statement.scope, "the group" if claim.statement.is_group_said else "the cases")
    score = 0.45 + 0.4 * min(fewer[0].cover, 1.0) + (0.1 if claim.statement.scope == "all" else 0.0)
    reason = f"said of {whole}, and {_amount(told)} where it is told"
    return alarm(report, "wider-scope", reason, [claim.statement, told], score)


def _elsewhere(claim: Claim) -> list[Support]:
    """What other paragraphs say of the groups of a claim."""
    here = claim.statement.sentence.paragraph
    return [s for s in claim.of_group() if here < 0 or s.statement.sentence.paragraph != here]


def _is_wide(claim: Statement) -> bool:
    """Whether a statement holds of all its cases or of the group as such, without `generally` and the like."""
    if claim.denied or claim.flags & {"no cause", "no difference", "contrast"}:
        return False
    if claim.scope == "all":
        return claim.k > 0
    return (claim.scope == "generic" or (claim.scope == "unsaid" and claim.is_cell)) and "soft" not in claim.flags


def _is_alike(claim: Claim, support: Support) -> bool:
    least = 0.45 if claim.row is not None else 0.6
    said, told = claim.statement, support.statement
    if said.scope == "all" and said.n == told.n and is_same(support.shared):
        return True
    return support.cover >= least and support.shared.weight >= 1.5 and support.shared.count >= 2


def _is_fewer(claim: Statement, told: Statement) -> bool:
    if told.denied:
        return False
    if told.scope == "some":
        return claim.scope == "all" and not told.flags & {"also", "examples", "contrast"}
    if told.scope == "part":
        return 0 < told.k < (told.n or told.k + 1)
    return told.scope == "one" and told.k == 1


def _is_said_of_all(claim: Claim, fewer: Support) -> bool:
    """Whether the chapter says it of the whole group too, about as clearly."""
    return any(
        s.cover >= 0.75 * fewer.cover
        and s.statement.groups & fewer.statement.groups
        and s.statement.scope in ("all", "generic", "most", "soft")
        and s.statement.is_group_said
        and not s.statement.denied
        for s in claim.supports
    )


def _amount(told: Statement) -> str:
    if told.k and told.n:
        return f"of {told.k} of {told.n}"
    if told.scope == "some":
        return "of some"
    return "of one" if told.k == 1 else f"of {told.k}"


def _stronger_words(report: Report, claim: Claim) -> Alarm | None:
    """What the chapter says with doubt, the summary says without."""
    statement, code = claim.statement, report.language.code
    if statement.role != "summary" or statement.denied or statement.scope in ("some", "one"):
        return None
    if is_doubtful(statement, code):
        return None
    near = [s for s in claim.of_group() if s.cover >= 0.55 and s.shared.weight >= 1.5 and s.shared.count >= 3]
    if not near or not is_doubtful(near[0].statement, code):
        return None
    best = near[0]
    if any(s.cover >= 0.75 * best.cover and not is_doubtful(s.statement, code) for s in near):
        return None
    doubt = min(hedges(best.statement.text, code), key=lambda hedge: hedge.rung)
    reason = f"stated as certain, where the chapter says {quoted(doubt.words)}"
    score = 0.45 + 0.35 * min(best.cover, 1.0)
    return alarm(report, "stronger-words", reason, [statement, best.statement], score)


def is_doubtful(statement: Statement, language: str) -> bool:
    """Whether its words are on the lower rungs of the ladder."""
    found = certainty(statement.text, language)
    return found is not None and found <= _TENDENCY
