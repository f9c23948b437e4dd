"""How long a regular expression may take, judged before it is used.

Python's engine tries every way in which an expression can match, and some expressions have more ways than
there are atoms: `(a+)+b` hangs on thirty letters. Python offers no time limit, so such expressions are
refused.
"""

from __future__ import annotations

import re
import warnings
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

FLAGS = re.IGNORECASE
MOST_WAYS = 10_000
_CROSSES_WORDS, _WITHIN_WORD = 200, 30
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ALL = frozenset([*map(chr, range(0x250)), *"–—»«…’“”„"])
_IS_OF = {
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
_OF = {category: frozenset(filter(is_of, _ALL)) for category, is_of in _IS_OF.items()}
_OF |= {
    op.CATEGORY_NOT_SPACE: _ALL - _OF[op.CATEGORY_SPACE],
    op.CATEGORY_NOT_DIGIT: _ALL - _OF[op.CATEGORY_DIGIT],
    op.CATEGORY_NOT_WORD: _ALL - _OF[op.CATEGORY_WORD],
}


def compiled_regex(text: str) -> re.Pattern[str] | str:
    """The expression, without regard to case, or why it cannot be used, as the end of a sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(text, FLAGS)
            if tree.getwidth()[0] == 0:
                return "also matches where no letter stands, so that it would match everywhere"
            if _ways(tree, frozenset()) > MOST_WAYS:
                return "could take for ever: a repeat inside a repeat, or several `.*`; `.{0,60}` has an end"
            return re.compile(text, FLAGS)
    except (re.error, OverflowError) as error:
        return f"is not a regular expression: {error}"
    except RecursionError:
        return "is nested too deeply"


def needles(text: str) -> tuple[str, ...]:
    """Words in small letters of which at least one stands in every match; none where that cannot be said.

    Looking for them first is a hundred times faster than trying the expression everywhere.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _needles(_parser.parse(text, FLAGS))


def _ways(tree: Any, follow: frozenset[str]) -> int:
    """In how many ways the expression can match from one place, at most; beyond the limit the number is not
    exact.

    `follow` holds the characters that can come next. A repeat whose characters differ from what follows it
    can end at one place only, and adds no ways: `(\\w+ ){0,3}` is harmless, `(\\w+ ?)*` is not.
    """
    ways = 1
    for code, value in reversed(list(tree)):
        ways = min(ways * _ways_of(code, value, follow), MOST_WAYS + 1)
        first, can_be_empty = _first(code, value)
        follow = first | follow if can_be_empty else first
    return ways


def _ways_of(code: Any, value: Any, follow: frozenset[str]) -> int:
    if code in _REPEATS:
        low, high, body = value
        first, _ = _first_of(body)
        longest = _CROSSES_WORDS if " " in first else _WITHIN_WORD
        most = longest if high == op.MAXREPEAT else int(high)
        inner = _ways(body, first | follow)
        each = 1 if inner == 1 else min(inner ** min(most, 14), MOST_WAYS + 1)
        return each * (max(most - int(low), 0) + 1 if first & follow else 1)
    if code is op.BRANCH:
        firsts = [_first_of(alternative) for alternative in value[1]]
        is_clear = sum(len(f) for f, _ in firsts) == len(frozenset().union(*(f for f, _ in firsts)))
        each_way = [_ways(alternative, follow) for alternative in value[1]]
        return max(each_way) if is_clear and not any(empty for _, empty in firsts) else sum(each_way)
    if code is op.SUBPATTERN:
        return _ways(value[3], follow)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return _ways(value[1], _ALL)
    if code is op.ATOMIC_GROUP:
        return _ways(value, _ALL)
    if code is op.GROUPREF_EXISTS:
        return _ways(value[1], follow) + (_ways(value[2], follow) if value[2] else 1)
    return 1


def _first_of(tree: Any) -> tuple[frozenset[str], bool]:
    """The characters with which a sequence can begin, and whether it can match nothing."""
    found: frozenset[str] = frozenset()
    for code, value in tree:
        first, can_be_empty = _first(code, value)
        found |= first
        if not can_be_empty:
            return found, False
    return found, True


def _first(code: Any, value: Any) -> tuple[frozenset[str], bool]:
    if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
        return _characters(code, value), False
    if code in _REPEATS:
        first, can_be_empty = _first_of(value[2])
        return first, can_be_empty or value[0] == 0
    if code is op.SUBPATTERN:
        return _first_of(value[3])
    if code is op.BRANCH:
        each = [_first_of(alternative) for alternative in value[1]]
        return frozenset().union(*(first for first, _ in each)), any(empty for _, empty in each)
    return _ALL, True


def _characters(code: Any, value: Any) -> frozenset[str]:
    """The characters, of those that occur in the languages we know, that one item of an expression matches."""
    if code is op.LITERAL:
        return _both_cases({chr(value)})
    if code is op.NOT_LITERAL:
        return _ALL - _both_cases({chr(value)})
    if code is op.ANY:
        return _ALL - {"\n"}
    found: frozenset[str] = frozenset()
    for kind, inner in value:
        if kind is op.LITERAL:
            found |= _both_cases({chr(inner)})
        elif kind is op.RANGE:
            found |= _both_cases({letter for letter in _ALL if inner[0] <= ord(letter) <= inner[1]})
        elif kind is op.CATEGORY:
            found |= _OF[inner]
    return _ALL - found if any(kind is op.NEGATE for kind, _ in value) else found


def _both_cases(letters: set[str]) -> frozenset[str]:
    return frozenset([*letters, *(x.lower() for x in letters), *(x.upper() for x in letters)])


def _needles(tree: Any) -> tuple[str, ...]:
    """The best choice among the parts of a sequence: the one whose shortest word is longest."""
    choices: list[tuple[str, ...]] = []
    run = ""
    for code, value in tree:
        if code is op.LITERAL and value < 0x100 and chr(value) != "µ":
            run += chr(value).lower()
            continue
        choices.append((run,))
        run = ""
        if code is op.SUBPATTERN:
            choices.append(_needles(value[3]))
        elif code is op.BRANCH:
            choices.append(_any_of([_needles(alternative) for alternative in value[1]]))
        elif code in _REPEATS and value[0] > 0:
            choices.append(_needles(value[2]))
    choices.append((run,))
    best = max(choices, key=lambda words: min(map(len, words), default=0))
    return best if min(map(len, best), default=0) >= 2 else ()


def _any_of(alternatives: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for words in alternatives for word in words) if all(alternatives) else ()
