"""What the rules know of a language: words of negation, amount, silence, doubt, and pairs of opposites.

These are lists of general words, the same for every report; no rule knows what a report is about.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec


class Axis(msgspec.Struct, frozen=True):
    """A pair of opposites (enough and lacking, stable and changing) as patterns that fit whole words."""

    name: str
    plus: str
    minus: str


class Lexicon(msgspec.Struct, frozen=True):
    """The words of one language. Sets hold words in small letters; other entries are regular expressions."""

    code: str
    function: frozenset[str]
    """Words without a topic: of grammar, and of telling (`nævner`, `fremhæves`)."""
    negators: frozenset[str]
    articles: frozenset[str]
    """Words that come and go with a denial (`a say`, `no say`)."""
    none_of: str
    """A beginning of a sentence that negates all of it (`ingen af`, `hverken`)."""
    all_words: frozenset[str]
    most: str
    some: str
    one: str
    another: str
    """How one case after another is told of (`en anden`, `den tredje`, `samme`)."""
    same_case: str
    """How the case just told of is told of further (`denne`, `samme`)."""
    both_groups: str
    everywhere: str
    """Of all cases without naming them."""
    aside: str
    """A clause that tells more of what it follows, up to the next comma."""
    soft: str
    examples: str
    example: str
    except_for: str
    linking: str
    """A word that ties two nouns: what stands before it is not said of the second (`a barrier to farms`)."""
    relative: frozenset[str]
    """Words that open a relative clause after the noun of the cases."""
    having: frozenset[str]
    """Words that part cases by what they have (`farms with a well`, `farms without a well`)."""
    measure: frozenset[str]
    """Words before few and many (`relativt`, `forholdsvis`)."""
    splits: str
    """Where a sentence falls into two statements (`, men`, `, mens`)."""
    goes_on: str
    """Where something more is said of what has been said (`, and this …`)."""
    clause: str
    """Where a clause begins, at a comma or without."""
    that: str
    condition: str
    question: str
    announce: str
    """A sentence that says what a chapter is about, and claims nothing."""
    contrast: str
    also: str
    also_in: str
    """The same of another group (`also in large farms`)."""
    same: str
    exception: str
    silence: str
    inference: str
    next_step: str
    """What the study did for that reason, and not what it found (`we therefore asked`)."""
    past: str
    """How it was once, and is no more (`formerly`)."""
    unasked: str
    question_about: str
    """What a question was about that was not put to everybody, as the group `topic`."""
    about: str
    """Words that make a number a rough one (`about`, `ca.`)."""
    amounts_to: str
    """Words that lead from a count to its percentage (`that is`, `svarer til`)."""
    total: str
    listed: str
    """What stands between the parts of a list."""
    cause: str
    doubted_cause: str
    """Words of a sentence that weighs what something comes from (`plays a part`, `hænger sammen med`)."""
    no_cause: str
    open_question: str
    """What is not known is which causes there are, and not one of them."""
    no_difference: str
    differs: str
    design: str
    """A sentence about the study itself: whom it visited, what it compares."""
    advice: str
    """What should be done, and not what was found."""
    poles: tuple[tuple[str, str], ...]
    """Opposites that part cases into two groups (few and many, small and large)."""
    axes: tuple[Axis, ...]
    concepts: tuple[tuple[str, str], ...]
    """Word families that count as one topic (`økonomi`, `budget`, `penge`)."""
    endings: str
    numbers: dict[str, int]
    fraction: str
    """`k of n` with groups `k` and `n`."""


@cache
def lexicon(language: str) -> Lexicon:
    """The words of Danish or English; those of English for any other language."""
    from reports.document import lexicon_da, lexicon_en

    return lexicon_da.DANISH if language == "da" else lexicon_en.ENGLISH


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of the lexicon."""
    return re.compile(pattern, re.IGNORECASE)
