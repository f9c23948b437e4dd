"""Do two cells say the same of one case, and its opposite? Sentences, differences and summaries against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from corpus.lemmas import stem
from reports.alarms import Alarm, Side
from reports.verify.licence import of_cases
from reports.verify.look import Look, shortened
from reports.verify.polarity import neutral, when
from reports.wording.negation import negations
from reports.wording.quantities import Quantity, quantities
from reports.wording.rendering import AGREEMENT

_ALIKE = 0.6
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_][\w-]*")
_BRACE = re.compile(r"\{[^{}]*\}")
_BESIDE = re.compile(
    r"\s*;\s|,\s+(?:mens|men|hvorimod|undtagen|bortset\s+fra|while|whereas|but|except)(?!\w)", re.IGNORECASE
)
"""Where a sentence turns from what it says of its cases to those that are otherwise: `…, mens Elmsted ikke gør`."""
_EMPTY = frozenset(
    """
    af alle at begge blev bliver da de dem den denne der deres det dette disse du efter eller en end er et for fra få
    får før ham han har hende hos hun hvor hver i ikke ingen ind jeg kan kun man med men mere nogle nu når og også om op
    over på sig sin sine som så til ud under var ved vi vil være har blevet et sit selv
    a all an and any are as at be been both but by do does each for from had has have he her his in into is it its no
    none nor not of on or our she so some that the their them then there they this to under was we were which
    who will with
    """.split()  # noqa: SIM905
)


class Said(msgspec.Struct, frozen=True):
    """A text, what it is about (stems of its words, without numbers of cases), and for each case what it says.

    `of`: case → whether it is said of the case (True) or denied (False), the text's own negations taken in. `when`:
    words that say when (before, after).
    """

    side: Side
    about: frozenset[str]
    of: Mapping[str, bool]
    when: frozenset[str] = frozenset()


def contradictions(look: Look) -> Iterator[Alarm]:
    """Pairs of texts of nearly the same words of which one says of a case what the other denies.

    A case supports a sentence or contradicts it by its stance; a negation in the sentence turns that around (METHODS:
    negation is compared before similarity). "Ingen af kommunerne har …" is no such negation but a number: a stance
    says of the case whether it has, and none is what is left when all contradict. A summary says of its case what it
    says.
    """
    texts = [*_findings(look), *_charts(look), *_differences(look)]
    for first, second in _alike(texts):
        cases = [case for case in first.of if case in second.of and first.of[case] is not second.of[case]]
        if cases:
            known = look.whole.coded.study.case_by_id
            named = ", ".join(known[case].label if case in known else case for case in cases)
            reason = f"of {named} one says what the other denies"
            yield Alarm("cells-contradict", "error", reason, (first.side, second.side))


def _findings(look: Look) -> Iterator[Said]:
    for finding in look.findings:
        claim = parts(AGREEMENT.sub(r"\2", finding.text))[0]
        none = tuple(q for q in of_cases(look, claim) if q.kind in ("none", "none_mentioned"))
        is_denied = denies(claim, look.language, none)
        judged = [case for case in look.ledgers[finding.id].cases if case.stand in ("supports", "contradicts")]
        of = {case.case.id: (case.stand == "supports") is not is_denied for case in judged}
        yield Said(look.said(finding), about(claim, look.language), of, when(claim, look.language))


def _charts(look: Look) -> Iterator[Said]:
    """Summaries, sentence by sentence: drafts too, as they are shown."""
    for chart in look.whole.charts:
        for sentence in re.split(r"(?<=[.!?])\s+", chart.summary):
            side = Side(chart.file, chart.line, shortened(sentence))
            for part in parts(sentence):
                of = {chart.case: not denies(part, look.language)}
                yield Said(side, about(part, look.language), of, when(part, look.language))


def _differences(look: Look) -> Iterator[Said]:
    """A difference that speaks of all groups at once says of every case what it says."""
    for of_theme in look.themes():
        for sentence in re.split(r"(?<=[.!?])\s+", of_theme.difference):
            if any(q.kind in ("all", "none") for q in quantities(sentence, look.language)):
                claim = parts(sentence)[0]
                cases = {case.id: not denies(claim, look.language) for c in look.columns for case in c.cases}
                side = Side(of_theme.file, of_theme.line, shortened(sentence))
                yield Said(side, about(claim, look.language), cases, when(claim, look.language))


def parts(sentence: str) -> list[str]:
    """What a sentence says of its cases, and behind it what it says of those that are otherwise.

    The stances are about the first part: in "{andel} har ro, mens Elmsted ikke har" nothing is denied of those who
    support it.
    """
    return [part for part in _BESIDE.split(sentence) if part.strip()] or [sentence]


def denies(text: str, language: str, besides: Sequence[Quantity] = ()) -> bool:
    """Whether a sentence denies: it holds an odd number of negating words; "for lidt tid" denies that there is enough.

    `ikke alle` (not all) is left out, and so are the negating words of the quantities in `besides`.
    """
    not_all = [quantity for quantity in quantities(text, language) if quantity.kind == "not_all"]
    left_out = [(quantity.start, quantity.end) for quantity in (*not_all, *besides)]
    denying = [n for n in negations(text, language) if not any(a <= n.start < b for a, b in left_out)]
    return (len(denying) + neutral(text, language)[1]) % 2 == 1


def about(text: str, language: str) -> frozenset[str]:
    """The stems of a text's words without placeholders, negations, words of how much, and words of grammar."""
    plain = neutral(_BRACE.sub(" ", text), language)[0]
    denied = {negation.words.lower() for negation in negations(plain, language)}
    words = {word[0].lower() for word in _WORD.finditer(plain)}
    return frozenset(stem(word) for word in words - denied - _EMPTY)


def _alike(texts: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs with nearly the same words, found by the words they share; each pair once, in order."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        shared: dict[int, int] = defaultdict(int)
        for word in text.about:
            for other in holding[word]:
                shared[other] += 1
            holding[word].append(number)
        for other, n in sorted(shared.items()):
            both = len(text.about | texts[other].about)
            apart = text.when and texts[other].when and text.when != texts[other].when
            if n >= _FEWEST_WORDS and n >= _ALIKE * both and not apart:
                yield texts[other], text
