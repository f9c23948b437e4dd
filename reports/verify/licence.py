"""Do the states of the cases allow what a sentence says of how many?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.alarms import Alarm
from reports.findings import CaseStand, Finding
from reports.verify.look import Look, labels
from reports.verify.others import Others, named, others
from reports.wording.licence import unlicensed
from reports.wording.quantities import Quantity, quantities
from reports.wording.rendering import Fault

_SHARES = (
    "fraction",
    "part",
    "half",
    "percent",
    "majority",
    "minority",
    "most",
    "large_majority",
    "all",
    "all_but",
    "none",
)
_BEGINS = re.compile(r"(?:^|[.!?:]\s)[\s\"»“]*$")
_SAYS_UNASKED = re.compile(
    r"ikke\s+(?:er\s+|blev\s+|blevet\s+)?(?:(?:ad)?spurgt|stillet)|(?:ad|u)?spurgte|\basked\b|\bnot\s+(?:been\s+)?put\s+to",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?<!\w)(?:andre|anden|other|another)(?!\w)", re.IGNORECASE)
"""Cases outside the group: `to andre kommuner`."""
_NO_AUXILIARY = frozenset(
    "at i på til for fra om med ved af hos over under that of in on to from with about".split()  # noqa: SIM905
)
_IS = frozenset(("er", "var", "bliver", "blev", "are", "were"))
_EXCEPT = (
    r"undtagen|bortset\s+fra|på\s+nær|med\s+undtagelse\s+af|except(?:\s+for)?|apart\s+from|with\s+the\s+exception\s+of"
)
_ONLY = r"(?:kun|alene|only)(?:\s+(?:i|in))?"


def quantifiers(look: Look) -> Iterator[Alarm]:
    """Every quantity of cases in a sentence, against the states of its cases; and placeholders nothing can fill."""
    for finding in look.findings:
        said = look.sentences[finding.id]
        if not any(case.is_persons for case in look.ledgers[finding.id].cases):
            continue
        if isinstance(said, Fault):
            sides = (look.said(finding), look.stands(finding))
            yield Alarm("unfilled-placeholder", "error", said.reason, sides, said.instead)
        else:
            rest = tuple(others(said, look.noun, look.language))
            for quantity in of_cases(look, said, look.tally(finding).n):
                if not any(one.start <= quantity.start < one.end for one in rest):
                    yield from _measured(look, finding, quantity)
            for one in rest:
                yield from _against(look, finding, one)
            yield from _by_name(look, finding, said)


def of_cases(look: Look, said: str, n: int = 0) -> list[Quantity]:
    """The quantities that count cases of the group: by their noun, or without one where a sentence begins.

    Without a noun also "alle seks" where there are six cases (`n`), and "kommunerne har alle". "Det gælder for alle",
    "Elmsted har ingen", "to andre kommuner" count something else.
    """
    return [q for q in quantities(said, look.language) if _is_of_cases(look, q, said[: q.start], n)]


def _is_of_cases(look: Look, said: Quantity, before: str, n: int) -> bool:
    """Whether a quantity counts the cases of the group."""
    if said.kind not in ("half", "part") and _OTHERS.search(said.words):
        return False
    is_floating = said.kind == "all" and _floats(look, said, before)
    if said.noun or said.kind in ("example", "examples"):
        return is_floating or said.is_of(look.noun)
    return (
        is_floating or _BEGINS.search(before) is not None or (said.kind == "all" and said.n is not None and said.n == n)
    )


def _floats(look: Look, said: Quantity, before: str) -> bool:
    """Whether it stands behind its noun: "kommunerne har alle", "the municipalities are all short of time"."""
    the, many, the_many = ("de" if look.language == "da" else "the"), re.escape(look.noun.many), look.noun.the_many
    nouns = rf"{the}(?:\s+\w+)?\s+{many}" + (rf"|{re.escape(the_many)}" if look.language == "da" else "")
    found = re.search(rf"(?<!\w)(?:{nouns})\s+([^\W\d_]+)\s+$", before, re.IGNORECASE)
    verb = found[1].lower() if found else ""
    return bool(verb) and (verb in _IS or (not said.noun and verb not in _NO_AUXILIARY))


def _against(look: Look, finding: Finding, said: Others) -> Iterator[Alarm]:
    """A number of cases set against the others: as many have to contradict, or be mixed as well."""
    ledger = look.ledgers[finding.id]
    is_typed = said.words.lower() in finding.text.lower()
    if said.k is None or not said.against or said.silent or not is_typed:
        return
    if said.k not in (ledger.contradicts, ledger.contradicts + ledger.mixed):
        c, verb = ledger.contradicts, "contradicts" if ledger.contradicts == 1 else "contradict"
        reason = f"“{said.words}”, set against the others: {c} of {ledger.n_applicable} {verb} it"
        yield Alarm("quantifier-not-licensed", "error", reason, (look.said(finding), look.stands(finding)), _SPLIT)


_SPLIT = "Give those cases their stance, or make a finding of its own of what they say."


def _by_name(look: Look, finding: Finding, said: str) -> Iterator[Alarm]:
    """ "Alle kommuner undtagen Fjord", "kun Aaby og Birk": those named have to be the ones, and all of them."""
    counted = look.ledgers[finding.id].counted(look.whole.coded.study.settings.findings.denominator)
    supporting = {case.case.id for case in counted if case.stand == "supports"}
    says_all = any(q.kind in ("all", "all_but") for q in of_cases(look, said))
    cases = [case.case for case in counted]
    not_supporting = {case.case.id for case in counted} - supporting
    for behind, right in ((_EXCEPT, not_supporting), (_ONLY, supporting)) if says_all else ((_ONLY, supporting),):
        for words, ids in named(said, behind, cases):
            wrong = [case for case in counted if (case.case.id in right) is not (case.case.id in ids)]
            if wrong:
                reason = f"“{words}”: {_stand(wrong)}"
                yield Alarm("quantifier-not-licensed", "error", reason, (look.said(finding), look.stands(finding)))


def _stand(cases: list[CaseStand]) -> str:
    """`Egsted supports it, Birk does not`."""
    supporting, rest = ([c for c in cases if (c.stand == "supports") is yes] for yes in (True, False))
    said = [f"{labels(supporting)} {'supports' if len(supporting) == 1 else 'support'} it"] if supporting else []
    said += [f"{labels(rest)} {'does' if len(rest) == 1 else 'do'} not support it"] if rest else []
    return ", ".join(said)


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
