"""From a tally to words: `{andel} har oplevet …` becomes `Tre ud af seks kommuner har oplevet …`.

| in a sentence          | twin           | k of n in words                                                          |
|------------------------|----------------|--------------------------------------------------------------------------|
| `{andel}` the share    | `{share}`      | tre ud af seks kommuner · to af de tre · begge · alle ni · ingen af de … |
| `{antal}` the count    | `{count}`      | tre kommuner · én kommune                                                |
| `{kvantor}` in a word  | `{quantifier}` | alle · langt de fleste · de fleste · et flertal · flere · et par · en    |

A noun that stands behind the placeholder is not said twice: `{andel} kommuner`, `{andel} af kommunerne`. Where cases
that a share is of were not asked, that is said beside it. `{has|have}` is the first form where one case supports the
sentence, and the second elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reports.wording.nouns import Noun
from reports.wording.numbers import spelled
from reports.wording.tally import Tally

_KINDS = {"andel": "share", "antal": "count", "kvantor": "quantifier", "share": "share", "count": "count",
          "quantifier": "quantifier"}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(andel|antal|kvantor|share|count|quantifier)\}")
AGREEMENT = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""A verb that agrees with the number of cases: `{has|have}`."""
_SENTENCE_START = re.compile(r"(?:^|[.!?…]['\"»«”)]*\s+)['\"»«“(]*$")


_OF_THE = 3
"""Up to so many cases a share is `to af de tre`, of more `tre ud af seks` (METHODS)."""


class Fault(msgspec.Struct, frozen=True):
    """Why a placeholder cannot be filled in, in a sentence, and what to write instead."""

    reason: str
    instead: str


def render(template: str, tally: Tally, noun: Noun, language: str) -> str | Fault:
    """The sentence with its placeholders filled in; a Fault where one of them cannot honestly be.

    Text without placeholders comes back as it is, its `{has|have}` decided.
    """
    template = AGREEMENT.sub(lambda forms: forms[1 if tally.supports == 1 else 2], template)
    made, at = "", 0
    for found in _PLACEHOLDER.finditer(template):
        words = _words(_KINDS[found[1]], tally, noun, language)
        if isinstance(words, Fault):
            return words
        made += template[at : found.start()]
        at = found.end() + _said_again(template[found.end() :], noun, language)
        is_start = _SENTENCE_START.search(made) is not None
        made += words[0].upper() + words[1:] if is_start else words
    return made + template[at:]


def placeholders(template: str) -> Iterator[str]:
    """The kinds of the placeholders in a sentence, in order: `share`, `count`, `quantifier`."""
    for found in _PLACEHOLDER.finditer(template):
        yield _KINDS[found[1]]


def _said_again(rest: str, noun: Noun, language: str) -> int:
    """How much of what follows a placeholder says the noun that it says itself."""
    forms = "|".join(sorted(map(re.escape, noun.forms()), key=len, reverse=True))
    between = r"(?:\s+af(?:\s+de)?)?" if language == "da" else r"(?:\s+of(?:\s+the)?)?"
    found = re.match(rf"{between}\s+(?:{forms})(?!\w)", rest, re.IGNORECASE)
    return found.end() if found else 0


def _words(kind: str, tally: Tally, noun: Noun, language: str) -> str | Fault:
    if tally.n == 0:
        return Fault("there is no case that the sentence is about", "Say so in words, or take the sentence out.")
    if tally.supports == 0 and not tally.is_none:
        return Fault(
            f"no case supports it and only {tally.contradicts} of {tally.n} contradict it, so that neither a share nor "
            "'ingen' (none) can be said",
            "Give the silent cases a stance, or write what is known: 'ingen har nævnt …' (none has mentioned …).",
        )
    if tally.supports == 0 and tally.n == 1:
        return Fault("the only case contradicts it", "Write the sentence the other way round.")
    made = {"share": _share, "count": _count, "quantifier": _quantifier}[kind](tally, noun, language)
    return made + (_not_asked(tally, language) if kind != "count" else "")


def _share(tally: Tally, noun: Noun, language: str) -> str:
    k, n = tally.supports, tally.n
    if k == n:
        return _every(tally, noun, language)
    many, danish = _asked(noun.many, tally, language), language == "da"
    said_k, said_n = spelled(k, language, noun.article, n), spelled(n, language, noun.article, k)
    if k == 0 and not danish:
        return f"neither of the two {many}" if n == 2 else f"none of the {said_n} {many}"
    if k == 0:
        return f"ingen af de {said_n} {many}"
    if n <= _OF_THE:
        return f"{said_k} {'af de' if danish else 'of the'} {said_n} {many}"
    return f"{said_k} {'ud af' if danish else 'of'} {said_n} {many}"


def _every(tally: Tally, noun: Noun, language: str) -> str:
    """All cases: the one, both, all three."""
    danish, n = language == "da", tally.n
    if n == 1:
        the = ("det ene" if noun.article == "et" else "den ene") if danish else "the one"
        return f"{the} {_asked(noun.one, tally, language)}"
    many = _asked(noun.many, tally, language)
    if n == 2:
        return f"{'begge' if danish else 'both'} {many}"
    return f"{'alle' if danish else 'all'} {spelled(n, language)} {many}"


def _count(tally: Tally, noun: Noun, language: str) -> str:
    k = tally.supports
    if k == 0:
        return f"{'ingen' if language == 'da' else 'no'} {noun.many}"
    return f"{spelled(k, language, noun.article)} {noun.one if k == 1 else noun.many}"


def _quantifier(tally: Tally, noun: Noun, language: str) -> str:
    """The strongest word that the tally licenses (`reports.wording.licence`)."""
    k, n = tally.supports, tally.n
    da = language == "da"
    many, the_many = noun.many, noun.the_many if da else f"the {noun.many}"
    if k == 0:
        return f"ingen af {the_many}" if da else f"none of {the_many}"
    if k == n:
        return _every(Tally(k, n), noun, language) if n < 3 else f"{'alle' if da else 'all'} {many}"
    if n >= 5 and 5 * k >= 4 * n:
        return f"langt de fleste {many}" if da else f"the great majority of {the_many}"
    if n >= 5 and 3 * k >= 2 * n:
        return f"de fleste {many}" if da else f"most {many}"
    if 2 * k > n:
        return f"et flertal af {the_many}" if da else f"a majority of {the_many}"
    if k == 1:
        return f"{noun.article} enkelt {noun.one}" if da else f"a single {noun.one}"
    if k == 2:
        return f"et par {many}" if da else f"a couple of {many}"
    return f"flere {many}" if da else f"several {many}"


def _asked(noun: str, tally: Tally, language: str) -> str:
    """The noun, with it that only those who were asked are meant where that leaves cases out."""
    if not tally.asked_only:
        return noun
    return f"spurgte {noun}" if language == "da" else f"{noun} asked"


def _not_asked(tally: Tally, language: str) -> str:
    """`(to er ikke spurgt)`, where cases of the denominator were not."""
    if not tally.unasked:
        return ""
    n = spelled(tally.unasked, language)
    return f" ({n} er ikke spurgt)" if language == "da" else f" ({n} not asked)"
