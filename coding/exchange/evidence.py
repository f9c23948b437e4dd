"""Which rule a tool counted by, judged by what stands at its positions.

Selections often bear their words as their name; where they do not, people still select whole words. Every rule that
makes a difference in a text is tried, and another than the plain one is taken only where it explains clearly more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from coding.exchange.offsets import PLAIN, Offsets, Rule, rules_for

_SAMPLE = 60
_ENOUGH = 0.15
"""How much better, of 1, another rule must explain the average selection on which the two differ."""
_NUMBERED = re.compile(r"\d+:\d+\s+")
_CUT_OFF = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_AT_LEAST = 3
"""Selections without fitting words that it takes to believe in another rule than the plain one."""
_SAYS_MUCH = 5
"""Selections that it takes to call positions doubtful."""
_HALF = 0.5
_QUOTED = 0.3


class Selected(NamedTuple):
    """A selection as a tool stores it: its positions in the tool's unit, and its name, often its words."""

    start: int
    end: int
    name: str


class Choice(msgspec.Struct, frozen=True):
    """The rule for one text, and the evidence: of `sampled` selections `quotes` have a name that stands in the text at
    their place, and `words` begin and end with whole words. `sure` is false where nothing speaks for one rule.
    `composed`: positions were counted in normal form C, which the file is not in."""

    rule: Rule
    sampled: int = 0
    quotes: int = 0
    words: int = 0
    sure: bool = False
    composed: bool = False

    @property
    def names_are_quotes(self) -> bool:
        """Whether the names of selections are their words, as far as can be seen."""
        return self.sampled == 0 or self.quotes >= _QUOTED * self.sampled

    @property
    def is_poor(self) -> bool:
        """Whether what stands at the positions speaks against them, under every rule that was tried."""
        return self.sampled >= _SAYS_MUCH and not self.names_are_quotes and self.words < _HALF * self.sampled

    def __str__(self) -> str:
        """The choice in words."""
        rule = f"{self.rule}, in normal form C" if self.composed else str(self.rule)
        if not self.sampled:
            return rule
        if self.quotes:
            return f"{rule} (the words fit in {self.quotes} of {self.sampled} selections looked at)"
        return f"{rule} (whole words in {self.words} of {self.sampled} selections looked at)"


def same_words(found: str, quote: str) -> float:
    """How well `quote`, as a tool stored it, fits the words `found`: 1 the same, 0.7 its cut-off beginning, 0 not.

    White space counts alike; `1:12 ` in front of a quotation (ATLAS.ti) is no word of it.
    """
    if found == quote:
        return 1.0 if quote else 0.0
    words, said = " ".join(found.split()), " ".join(quote.split())
    if not said:
        return 0.0
    if words == said:
        return 1.0
    bare = _NUMBERED.sub("", said, count=1) if said[0].isdigit() else said
    start = _CUT_OFF.sub("", bare)
    if words == bare:
        return 1.0
    if len(start) >= 8 and words.startswith(start) and (start != bare or len(start) >= 24):
        return 0.7
    return 0.0


def is_cut_off(quote: str) -> bool:
    """Whether a tool shortened the quote."""
    return _CUT_OFF.search(quote) is not None


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether the span begins and ends where words do, and not with white space; whole lines are whole words."""
    if not 0 <= start < end <= len(text):
        return False
    first, last = text[start], text[end - 1]
    if last == "\n" and (start == 0 or text[start - 1] == "\n"):
        return True
    if first.isspace() or last.isspace():
        return False
    cut_front = start > 0 and first.isalnum() and text[start - 1].isalnum()
    cut_back = end < len(text) and last.isalnum() and text[end].isalnum()
    return not (cut_front or cut_back)


def chosen_rule(text: str, selections: Sequence[Selected]) -> Choice:
    """The rule that explains the selections of `text` best; the plain one where nothing speaks against it."""
    sample = _sample(selections)
    if not sample:
        return Choice(PLAIN)
    best = _choice(text, PLAIN, sample)
    if best.quotes == len(sample) and _score(text, PLAIN, sample) >= len(sample):
        return Choice(PLAIN, len(sample), best.quotes, best.words, sure=True)
    scored = [(_score(text, rule, sample), rule) for rule in rules_for(text)]
    plain = scored[0][0]
    highest, rule = max(scored, key=lambda entry: entry[0])
    found = _choice(text, rule, sample)
    differing = _differing(text, rule, sample)
    clear = highest - plain > _ENOUGH * differing and (found.quotes > 0 or differing >= _AT_LEAST)
    if not clear and rule != PLAIN:
        rule, found = PLAIN, best
    others = [score for score, other in scored if other != rule and score >= highest - 1e-9]
    return Choice(rule, len(sample), found.quotes, found.words, sure=clear or (not others and found.quotes > 0))


def chosen_reading(text: str, selections: Sequence[Selected]) -> tuple[str, Choice]:
    """`text` as its positions were counted in it, and the rule: normal form C where that explains clearly more."""
    own = chosen_rule(text, selections)
    if unicodedata.is_normalized("NFC", text):
        return text, own
    composed, sample = unicodedata.normalize("NFC", text), _sample(selections)
    other = chosen_rule(composed, selections)
    pairs = zip(_spans(text, own.rule, sample), _spans(composed, other.rule, sample), strict=True)
    differing = sum(unicodedata.normalize("NFC", text[a:b]) != composed[c:d] for (a, b), (c, d) in pairs)
    gained = _score(composed, other.rule, sample) - _score(text, own.rule, sample)
    if gained <= _ENOUGH * differing or (differing < _AT_LEAST and not other.quotes):
        return text, own
    return composed, msgspec.structs.replace(other, sure=True, composed=True)


def common_rule(choices: Sequence[Choice]) -> Rule:
    """The rule that most selections of a project speak for, for the texts whose own selections say nothing."""
    votes: Counter[Rule] = Counter()
    for choice in choices:
        if choice.sure:
            votes[choice.rule] += choice.sampled
    return votes.most_common(1)[0][0] if votes else PLAIN


def with_common_rule(text: str, selections: Sequence[Selected], choice: Choice, common: Rule) -> Choice:
    """The choice for a text that is not sure of itself, by the rule of the others where that fits no worse."""
    if choice.sure or choice.rule == common or not choice.sampled:
        return choice
    sample = _sample(selections)
    if _score(text, common, sample) < _score(text, choice.rule, sample):
        return choice
    return _choice(text, common, sample)


def _sample(selections: Sequence[Selected]) -> Sequence[Selected]:
    """Some of the selections, spread over the text: late positions tell the units apart."""
    step = max(1, len(selections) // _SAMPLE)
    return selections[::-step][:_SAMPLE]


def _differing(text: str, rule: Rule, sample: Sequence[Selected]) -> int:
    """How many selections stand elsewhere under `rule` than under the plain one."""
    pairs = zip(_spans(text, rule, sample), _spans(text, PLAIN, sample), strict=True)
    return sum(span != plain for span, plain in pairs)


def _choice(text: str, rule: Rule, sample: Sequence[Selected]) -> Choice:
    spans = _spans(text, rule, sample)
    quotes = sum(same_words(text[s:e], entry.name) > 0 for (s, e), entry in zip(spans, sample, strict=True))
    return Choice(rule, len(sample), quotes, sum(whole_words(text, s, e) for s, e in spans))


def _score(text: str, rule: Rule, sample: Sequence[Selected]) -> float:
    """One for each selection whose words are its name, less for whole words and for a beginning that fits."""
    total = 0.0
    for (start, end), entry in zip(_spans(text, rule, sample), sample, strict=True):
        fits = same_words(text[start:end], entry.name)
        total += fits if fits == 1.0 else max(fits * 0.9, 0.0) + (0.3 if whole_words(text, start, end) else 0.0)
    return total


def _spans(text: str, rule: Rule, sample: Sequence[Selected]) -> list[tuple[int, int]]:
    offsets = Offsets(text, rule)
    spans = ((offsets.start(entry.start), offsets.end(entry.end)) for entry in sample)
    return [(start, end) if 0 <= start < end <= len(text) else (0, 0) for start, end in spans]
