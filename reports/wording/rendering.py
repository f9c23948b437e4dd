"""From a tally to words: `{andel} har oplevet …` becomes `Tre ud af seks kommuner har oplevet …`.

| in a sentence          | twin           | k of n in words                                                          |
|------------------------|----------------|--------------------------------------------------------------------------|
| `{andel}` the share    | `{share}`      | tre ud af seks kommuner · to af de tre · begge · alle ni · ingen af de … |
| `{antal}` the count    | `{count}`      | tre kommuner · én kommune                                                |
| `{kvantor}` in a word  | `{quantifier}` | alle · langt de fleste · de fleste · et flertal · flere · et par · en    |

A noun that stands behind the placeholder is not said twice: `{andel} kommuner`, `{andel} af kommunerne`, and words
that describe it stay: `{andel} af de små kommuner` becomes `tre ud af seks små kommuner`. Where cases that a share is
of were not asked, that is said beside it, once. Where a number of the sentence is above ten all are digits.

A verb that agrees is written `{has|have}`: the first form where the words before it are singular (one of the three
municipalities, neither of the two), and the second elsewhere. Danish verbs need none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from reports.wording.licence import FEWEST_FOR_MOST
from reports.wording.nouns import Noun
from reports.wording.numbers import WORDS_UP_TO, spelled
from reports.wording.quantities import words_of
from reports.wording.style import is_sentence_start, needs_digits, sentences
from reports.wording.tally import Tally

_KINDS = {"andel": "share", "antal": "count", "kvantor": "quantifier", "share": "share", "count": "count",
          "quantifier": "quantifier"}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(andel|antal|kvantor|share|count|quantifier)\}")
AGREEMENT = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""A verb that agrees with the number of cases: `{has|have}`."""
_TAIL = 80
_OF_THE = 3
"""Up to so many cases a share is `to af de tre`, of more `tre ud af seks` (METHODS)."""


class Fault(msgspec.Struct, frozen=True):
    """Why a placeholder cannot be filled in, in a sentence, and what to write instead.

    `alternative` begins a sentence that is true, in the report's language: `Ingen af de seks kommuner har nævnt`.
    """

    reason: str
    instead: str
    kind: Literal["no_case", "silent", "only_one_denies", "described"] = "no_case"
    alternative: str = ""


class _Frame(msgspec.Struct, frozen=True):
    """What the words of one placeholder are made from; `digits`: the sentence has a number above ten."""

    tally: Tally
    noun: Noun
    language: str
    digits: bool = False
    described: str = ""

    @property
    def danish(self) -> bool:
        return self.language == "da"

    def number(self, n: int) -> str:
        return spelled(n, self.language, self.noun.article, WORDS_UP_TO + 1 if self.digits else 0)

    def cases(self) -> str:
        """The plural with what describes it: `små kommuner`, `spurgte kommuner`, `municipalities asked`."""
        many = f"{self.described} {self.noun.many}".strip()
        if not self.tally.asked_only:
            return many
        return f"spurgte {many}" if self.danish else f"{many} asked"


def render(template: str, tally: Tally, noun: Noun, language: str) -> str | Fault:
    """The sentence with its placeholders filled in; a Fault where one of them cannot honestly be.

    Text without placeholders comes back as it is, its `{has|have}` decided.
    """
    template = AGREEMENT.sub(lambda forms: forms[1 if _is_singular(tally, language) else 2], template)
    in_digits = [span for span in sentences(template) if _all_digits(template[slice(*span)], tally, language)]
    made, at, says_unasked = "", 0, False
    for found in _PLACEHOLDER.finditer(template):
        length, described, is_part = _said_again(template[found.end() :], noun, language)
        digits = any(start <= found.start() < end for start, end in in_digits)
        frame = _Frame(tally, noun, language, digits, described)
        words = _words(_KINDS[found[1]], frame, is_part)
        if isinstance(words, Fault):
            return words
        if _KINDS[found[1]] != "count" and not says_unasked:
            words, says_unasked = words + _not_asked(frame), True
        made += template[at : found.start()]
        at = found.end() + length
        made += words[0].upper() + words[1:] if is_sentence_start(_tail(made)) else words
    return made + template[at:]


def _tail(made: str) -> str:
    """The end of a text, in which its last sentence begins or not; looking at all of it each time takes long."""
    return made if len(made) <= _TAIL else "x" + made[-_TAIL:]


def placeholders(template: str) -> Iterator[str]:
    """The kinds of the placeholders in a sentence, in order: `share`, `count`, `quantifier`."""
    for found in _PLACEHOLDER.finditer(template):
        yield _KINDS[found[1]]


def _is_singular(tally: Tally, language: str) -> bool:
    """Whether the words for the tally take a singular verb: one of the three has, neither of the two has."""
    return tally.supports == 1 or (language != "da" and tally.supports == 0 and tally.n == 2)


def _all_digits(sentence: str, tally: Tally, language: str) -> bool:
    """Whether a number that is filled in, or one that is there already, is above ten."""
    kinds = set(placeholders(sentence))
    filled = {"share": tally.n, "count": tally.supports}
    return needs_digits(sentence, language) or any(filled.get(kind, 0) > WORDS_UP_TO for kind in kinds)


def _said_again(rest: str, noun: Noun, language: str) -> tuple[int, str, bool]:
    """What follows a placeholder and says the noun again: its length, what describes the noun, and whether as `af`.

    What describes the noun is known by `af de` before it, or by being an adjective; a verb is neither.
    """
    forms = "|".join(sorted(map(re.escape, noun.forms()), key=len, reverse=True))
    of, the = (r"\s+af", r"(?:\s+de)?") if language == "da" else (r"\s+of", r"(?:\s+the)?")
    adjectives = words_of(language).adjectives.replace("<L>", r"[^\W\d_]")
    found = re.match(
        rf"(?:(?P<of>{of}{the})(?P<after>(?:\s+[^\W\d_]+){{0,2}}?)|(?P<bare>(?:\s+{adjectives}){{0,2}}?))\s+(?:{forms})(?!\w)",
        rest,
        re.IGNORECASE,
    )
    if found is None:
        return 0, "", False
    described = (found["after"] or found["bare"] or "").strip()
    return found.end(), described, bool(found["of"])


def _words(kind: str, frame: _Frame, is_part: bool) -> str | Fault:
    tally = frame.tally
    if tally.n == 0 and tally.asked_only:
        return Fault(
            "no case is known to have been asked, and shares are of those asked ([findings] denominator)",
            "Say in the sources what was asked (`asked:`), or count the cases that the theme applies to.",
        )
    if tally.n == 0:
        return Fault("there is no case that the sentence is about", "Say so in words, or take the sentence out.")
    if tally.supports == 0 and not tally.is_none:
        return _silent(frame)
    if tally.supports == 0 and tally.n == 1:
        return Fault("the only case contradicts it", "Write the sentence the other way round.", "only_one_denies")
    if frame.described and (tally.n == 1 or (tally.supports == 1 and kind != "share" and not is_part)):
        return Fault(
            f"there is one case, and '{frame.described}' is written for several",
            "Leave out what describes the noun, or write 'af de …' ('of the …') before it.",
            "described",
        )
    if kind == "count":
        return _count(frame, is_part)
    return _share(frame) if kind == "share" else _quantifier(frame, is_part)


def _silent(frame: _Frame) -> Fault:
    """No case supports it and some are silent: what can be said is that none has mentioned it."""
    tally, n = frame.tally, frame.number(frame.tally.n)
    if frame.danish:
        whole = _every(frame) + " har ikke nævnt" if tally.n == 1 else f"ingen af de {n} {frame.cases()} har nævnt"
    else:
        neither = "neither of the two" if tally.n == 2 else f"none of the {n}"
        whole = _every(frame) + " has not mentioned" if tally.n == 1 else f"{neither} {frame.cases()} has mentioned"
    said = whole[0].upper() + whole[1:]
    return Fault(
        f"no case supports it and only {tally.contradicts} of {tally.n} contradict it, so that neither a share nor "
        "'ingen' (none) can be said",
        f"Give the silent cases a stance, or write what is known: “{said} …”.",
        "silent",
        said,
    )


def _share(frame: _Frame) -> str:
    k, n, many = frame.tally.supports, frame.tally.n, frame.cases()
    if k == n:
        return _every(frame)
    said_k, said_n = frame.number(k), frame.number(n)
    if k == 0 and not frame.danish:
        return f"neither of the two {many}" if n == 2 else f"none of the {said_n} {many}"
    if k == 0:
        return f"ingen af de {said_n} {many}"
    if n <= _OF_THE:
        return f"{said_k} {'af de' if frame.danish else 'of the'} {said_n} {many}"
    return f"{said_k} {'ud af' if frame.danish else 'of'} {said_n} {many}"


def _every(frame: _Frame) -> str:
    """All cases: the one, both, all three."""
    n, many = frame.tally.n, frame.cases()
    if n == 1:
        the = ("det ene" if frame.noun.article == "et" else "den ene") if frame.danish else "the one"
        one = frame.noun.one
        if frame.tally.asked_only:
            one = f"spurgte {one}" if frame.danish else f"{one} asked"
        return f"{the} {one}"
    if n == 2:
        return f"{'begge' if frame.danish else 'both'} {many}"
    return f"{'alle' if frame.danish else 'all'} {frame.number(n)} {many}"


def _count(frame: _Frame, is_part: bool) -> str:
    """`tre kommuner`; `tre af de små kommuner` and `tre af kommunerne` where the sentence says so."""
    k, n, danish = frame.tally.supports, frame.tally.n, frame.danish
    if is_part and k == n:
        return _every(frame)
    if is_part:
        none = "ingen" if danish else "neither" if n == 2 else "none"
        return f"{frame.number(k) if k else none} {_of_them(frame)}"
    if k == 0:
        return f"{'ingen' if danish else 'no'} {frame.described} {frame.noun.many}".replace("  ", " ")
    if k == 1:
        return f"{frame.number(1)} {frame.noun.one}"
    return f"{frame.number(k)} {frame.described} {frame.noun.many}".replace("  ", " ")


def _of_them(frame: _Frame) -> str:
    """`af kommunerne`, `af de små kommuner`, `of the municipalities`."""
    if not frame.danish:
        return f"of the {frame.described} {frame.noun.many}".replace("  ", " ")
    return f"af de {frame.described} {frame.noun.many}" if frame.described else f"af {frame.noun.the_many}"


def _of_all(frame: _Frame) -> str:
    """The same where it is the denominator: `af de spurgte kommuner`, `of the municipalities asked`."""
    if not frame.tally.asked_only:
        return _of_them(frame)
    return f"af de {frame.cases()}" if frame.danish else f"of the {frame.cases()}"


def _quantifier(frame: _Frame, is_part: bool) -> str:
    """The strongest word that the tally licenses (`reports.wording.licence`)."""
    k, n, da = frame.tally.supports, frame.tally.n, frame.danish
    if k == 0:
        return f"{'ingen' if da else 'neither' if n == 2 else 'none'} {_of_all(frame)}"
    if k == n:
        return _every(frame) if n < 3 else f"{'alle' if da else 'all'} {frame.cases()}"
    if n >= FEWEST_FOR_MOST and 5 * k >= 4 * n:
        return f"langt de fleste {frame.cases()}" if da else f"the great majority {_of_all(frame)}"
    if n >= FEWEST_FOR_MOST and 3 * k >= 2 * n:
        return f"de fleste {frame.cases()}" if da else f"most {frame.cases()}"
    if 2 * k > n:
        return f"et flertal {_of_all(frame)}" if da else f"a majority {_of_all(frame)}"
    return _some(frame, k, is_part)


def _some(frame: _Frame, k: int, is_part: bool) -> str:
    """A few of them: no share, so that it needs no denominator."""
    da, of_them = frame.danish, _of_them(frame)
    many = of_them if is_part else f"{frame.described} {frame.noun.many}".strip()
    if k == 1:
        one = f"{frame.noun.article} enkelt" if da else "a single"
        whole = of_them if da else f"one {of_them}"
        return f"{one} {whole if is_part else frame.noun.one}"
    if k == 2:
        return f"et par {many}" if da else f"a couple of {many.removeprefix('of ')}"
    return f"flere {many}" if da else f"several {many}"


def _not_asked(frame: _Frame) -> str:
    """`(to er ikke spurgt)`, where cases of the denominator were not."""
    unasked = frame.tally.unasked
    if not unasked:
        return ""
    return f" ({frame.number(unasked)} er ikke spurgt)" if frame.danish else f" ({frame.number(unasked)} not asked)"
