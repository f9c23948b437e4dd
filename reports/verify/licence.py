"""Do the states of the cases allow what a sentence says of how many?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.alarms import Alarm
from reports.findings import Finding
from reports.verify.look import Look, labels
from reports.wording.licence import unlicensed
from reports.wording.quantities import Quantity, quantities
from reports.wording.rendering import Fault, placeholders

_SHARES = ("fraction", "part", "half", "percent", "majority", "most", "large_majority", "all", "none")
_BEGINS = re.compile(r"(?:^|[.!?:]\s)[\s\"»“]*$")
_SAYS_UNASKED = re.compile(r"ikke\s+(?:er\s+|blevet\s+)?(?:ad)?spurgt|(?:ad)?spurgte|\basked\b", re.IGNORECASE)


def quantifiers(look: Look) -> Iterator[Alarm]:
    """Every quantity of cases in a sentence, against the states of its cases; and placeholders nothing can fill."""
    for finding in look.findings:
        said = look.sentences[finding.id]
        if isinstance(said, Fault):
            sides = (look.said(finding), look.stands(finding))
            yield Alarm("unfilled-placeholder", "error", said.reason, sides, said.instead)
        elif any(case.is_persons for case in look.ledgers[finding.id].cases):
            for quantity in of_cases(look, said):
                yield from _measured(look, finding, quantity)


def of_cases(look: Look, said: str) -> list[Quantity]:
    """The quantities that count cases: by their noun, or without one where a sentence begins.

    "Det gælder for alle", "Elmsted har ingen" count something else than the cases of the group.
    """
    found = [q for q in quantities(said, look.language) if q.is_of(look.noun)]
    return [q for q in found if q.noun or q.kind in ("example", "examples") or _BEGINS.search(said[: q.start])]


def _measured(look: Look, finding: Finding, said: Quantity) -> Iterator[Alarm]:
    tally, sides = look.tally(finding), (look.said(finding), look.stands(finding))
    is_typed = said.words.lower() in finding.text.lower()
    why = unlicensed(said, tally) if is_typed else ""
    if why and said.kind in ("none", "none_mentioned") and tally.supports == 0:
        hint = "Say what is known: 'ingen har nævnt …' (none has mentioned …), or give the silent cases a stance."
        yield Alarm("none-with-silences", "error", f"“{said.words}”: {why}", sides, hint)
    elif why and said.kind in ("examples", "example"):
        yield Alarm("examples-of-one", "error", f"“{said.words}”: {why}", sides)
    elif why:
        yield Alarm("quantifier-not-licensed", "error", f"“{said.words}”: {why}", sides, _instead(look, finding))
    if is_typed and not why and said.kind in _SHARES:
        yield from _over_unasked(look, finding, said)


def _instead(look: Look, finding: Finding) -> str:
    """What can be said, in the words of a placeholder."""
    names = ("andel", "kvantor") if look.language == "da" else ("share", "quantifier")
    return f"Let it be computed: {{{names[0]}}} or {{{names[1]}}} in place of the typed words."


def _over_unasked(look: Look, finding: Finding, said: Quantity) -> Iterator[Alarm]:
    """A typed share over cases that were not asked, without a word of that."""
    tally = look.tally(finding)
    if tally.unasked and not _SAYS_UNASKED.search(f"{finding.text} {finding.note}"):
        unasked = [c for c in look.ledgers[finding.id].applicable if c.asked is False and not c.is_persons]
        reason = f"“{said.words}” is a share of {tally.n} cases, and {labels(unasked)} {_was(len(unasked))} not asked"
        hint = "Say so in the sentence or its note, or use {andel} ({share}), which does."
        yield Alarm("share-of-unasked", "error", reason, (look.said(finding), look.stands(finding)), hint)


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def has_living_share(finding: Finding) -> bool:
    """Whether the sentence's share is computed."""
    return any(kind in ("share", "quantifier") for kind in placeholders(finding.text))
