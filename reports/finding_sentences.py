"""The sentences around findings: the line that counts every case, those who say otherwise, and what differs.

The finding's own sentence is a person's; only the shares and counts in it are filled in (`reports.wording`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from reports.differences import ClaimDifference
from reports.findings import CaseStand, Denominator, Ledger, Stand
from reports.wording.nouns import Noun
from reports.wording.rendering import AGREEMENT, render
from reports.words import Words, joined, number

T = TypeVar("T")
_OTHER: tuple[Stand, ...] = (
    "contradicts", "mixed", "unclear", "mentioned", "asked_no_answer", "read_absent", "not_coded", "not_asked",
    "unknown", "not_applicable",
)  # fmt: skip
"""All stands but support, in the order of the line that counts them."""
_DEVIATING: tuple[Stand, ...] = ("contradicts", "mixed")
_STUB = 2
"""Words behind a comma that are no clause of their own, where texts differ after them."""
_BRACE = re.compile(r"\{\w+\}")


def filled_in(ledger: Ledger, rule: Denominator, noun: Noun, words: Words) -> str:
    """The finding's sentence with its shares in words; empty where they cannot honestly be said."""
    said = render(ledger.finding.text, ledger.tally(rule), noun, words.language)
    return said if isinstance(said, str) else ""


def tally_line(ledger: Ledger, rule: Denominator, words: Words) -> str:
    """`3 af 6 · 1 modsiger · 2 ikke spurgt`: every case of the group once, and no nought.

    Where no case supports the sentence, the first of the others stands with the denominator: `4 af 6 modsiger`.
    """
    said, counted = words.finding, ledger.counted(rule)
    k, n = sum(case.stand == "supports" for case in counted), len(counted)
    parts = [said.of.format(k=k, n=n)] if k else []
    for stand in _OTHER:
        cases = [case for case in ledger.cases if case.stand == stand]
        if cases:
            whole = not parts and all(case in counted for case in cases)
            many = said.of.format(k=len(cases), n=n) if whole else len(cases)
            parts.append(said.tally[stand][len(cases) != 1].format(n=many))
    if unasked := sum(case.stand == "supports" and case not in counted for case in ledger.cases):
        parts.append(said.supports_unasked.format(n=unasked))
    return " · ".join(parts)


def is_none_of_all(ledger: Ledger, rule: Denominator) -> bool:
    """Whether the sentence is filled in as `ingen af de seks`: every counted case contradicts what it says of some.

    Those who contradict are then what the sentence rests on, and nobody who deviates from it.
    """
    counted = ledger.counted(rule)
    has_brace = bool(_BRACE.search(ledger.finding.text))
    return has_brace and bool(counted) and all(case.stand == "contradicts" for case in counted)


def without_braces(text: str) -> str:
    """The sentence without the places where shares are filled in."""
    return _BRACE.sub("", text)


def deviating(ledger: Ledger, rule: Denominator) -> Iterator[tuple[Stand, tuple[CaseStand, ...]]]:
    """The cases that say something else than the sentence, by stand."""
    for stand in _DEVIATING:
        cases = tuple(case for case in ledger.cases if case.stand == stand)
        if cases and not (stand == "contradicts" and is_none_of_all(ledger, rule)):
            yield stand, cases


def deviation_line(stand: Stand, cases: Sequence[CaseStand], words: Words) -> str:
    """`Elmsted modsiger`."""
    said = words.finding.deviates[stand][len(cases) != 1]
    return said.format(cases=joined([case.case.label for case in cases], words))


def deviation_said(stand: Stand, n: int, words: Words, noun: Noun) -> str:
    """The same of `n` cases that are not named: `Én kommune modsiger`."""
    said = words.finding.some_deviate[stand][n != 1]
    return capital(said.format(a_one=one_of(noun, words), n=number(n, words), many=noun.many))


def one_of(noun: Noun, words: Words) -> str:
    """`én kommune`, `ét jobcenter`."""
    return by_gender(words.finding.a_one, noun).format(one=noun.one)


def by_gender(frames: Mapping[str, T], noun: Noun) -> T:
    """The wording for the gender that the noun's article tells; the first where there is none for it."""
    return frames.get(noun.article, next(iter(frames.values())))


def claim_in_short(texts: Sequence[str]) -> str:
    """What a claim says, without the share, as far as all its texts say the same: `… har oplevet stor udskiftning`.

    Empty where they have less than three words in common. What is left of a clause that they do not share is cut off.
    """
    words = [_BRACE.sub("…", AGREEMENT.sub(r"\2", text)).split() for text in texts]
    same = list(takewhile(lambda at: len({word.rstrip(".,;:") for word in at}) == 1, zip(*words, strict=False)))
    said = [at[0] for at in same]
    ends = [n for n, word in enumerate(said, 1) if word.endswith((",", ";", ":")) and n + _STUB >= len(said)]
    if len(said) < max(map(len, words)) and ends:
        said = said[: ends[0]]
    return " ".join(said).rstrip(" .,;:") if len(said) > 2 or len(texts) == 1 else ""


def verdict_line(claim: ClaimDifference, words: Words) -> str:
    """`Ingen forskel`, `Forskel` or `Uafklaret`."""
    said = words.finding
    return {"same": said.same, "different": said.different, "uncertain": said.uncertain}[claim.verdict]


def sureness(
    claim: ClaimDifference, words: Words, noun: Noun, group: Callable[[str], str], case: Callable[[str], str] | None
) -> Iterator[str]:
    """How sure the verdict is, sentence by sentence. `group` and `case` give labels; without `case` none is named."""
    said = words.finding
    if claim.verdict == "same":
        if claim.n_open:
            yield _counted(said.same_open, claim.n_open, words)
    elif claim.verdict == "different":
        if len(claim.shares) > 2:
            yield said.between.format(more=group(claim.more), less=group(claim.less))
        yield _rests_on(claim, words, noun, case)
        pair = len(claim.share(claim.more).open) + len(claim.share(claim.less).open)
        if pair:
            yield _counted(said.holds_open, pair, words)
    elif claim.why == "nobody":
        yield said.nobody.format(group=group(claim.less))
    else:
        if len(claim.shares) > 2:
            yield said.between.format(more=group(claim.more), less=group(claim.less))
        yield _open(claim, words, group)


def _counted(frames: tuple[str, str], n: int, words: Words) -> str:
    return capital(frames[n != 1].format(n=number(n, words)))


def _rests_on(claim: ClaimDifference, words: Words, noun: Noun, case: Callable[[str], str] | None) -> str:
    """`Holder, uanset hvilken kommune der udelades`, or on which cases it depends."""
    said, n = words.finding, len(claim.rests_on)
    if not n:
        return by_gender(said.holds, noun).format(one=noun.one)
    frame = (said.depends if case else said.depends_hidden)[n != 1]
    names = joined([case(id) for id in claim.rests_on], words) if case else ""
    return frame.format(a_one=one_of(noun, words), n=number(n, words), many=noun.many, cases=names)


def _open(claim: ClaimDifference, words: Words, group: Callable[[str], str]) -> str:
    """How many open answers could close the gap, and how many of them would do."""
    said, stands = words.finding, claim.share(claim.less).open
    kinds = [(stand, stands.count(stand)) for stand in _OTHER if stand in stands]
    parts = " · ".join(said.tally[stand][k != 1].format(n=k) for stand, k in kinds)
    n, k = len(stands), claim.needed
    frame = said.one_open if n == 1 else said.all_needed if k == n else said.some_needed
    if n == 1:
        parts = words.finding.stands[stands[0]]
    needed = said.one_answer if k == 1 else number(k, words)
    return frame.format(group=group(claim.less), n=number(n, words), k=needed, parts=parts)


def capital(line: str) -> str:
    """The line with a capital at its start."""
    return line[:1].upper() + line[1:]
