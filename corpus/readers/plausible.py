"""How likely letters and signs beyond ASCII are where they stand: what tells one encoding of a text from another.

`forst†r` and `forstår` are the same bytes. A dagger between two letters is unlikely in any language, å is usual in
Danish, and the words around it say that the text is Danish. Each place is scored by the natural logarithm of how often
such a letter or sign stands in such a place; the sums over all places are compared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_LETTERS = {
    "da": "å12 ø9.4 æ8.7 é.5 ö.05 ä.05 ü.05",
    "no": "å15 ø8 æ1.5 é.2 ò.1 ô.02",
    "sv": "ä18 å13 ö13 é.3",
    "en": "é.03 ï.01",
    "de": "ü6.6 ä5.7 ö3 ß3",
    "nl": "ë.3 é.3 ï.1 è.1 ö.05 ü.05",
    "fi": "ä36 ö4 å.03",
    "is": "ð44 á18 í16 þ15 ó10 æ9 ö8 é6 ú6 ý2",
    "fr": "é19 à5 è3 ê2 ç.9 ô.3 î.5 â.5 û.6 ù.6 œ.2 ë.1 ï.1",
    "es": "ó8 í7 á5 é4 ñ3 ú1.7 ü.1",
    "it": "à6 è3 ò2 ù2 ì1 é1",
    "pt": "ã7 á4 ç5 é5 ê4 í2 ó3 õ1 ú2 à.7 â.5 ô.4",
    "pl": "ł18 ę11 ą10 ó8 ś7 ż7 ć4 ń2 ź1",
    "cs": "í32 á22 ě16 é13 ř12 ý10 ž10 č9 š8 ů7 ú1 ť.4 ó.3 ď.2 ň.1",
    "hu": "á34 é34 ö8 ő9 ó9 í5 ú6 ü6 ű3",
}
"""Language → its letters beyond a-z, each with how many stand among a thousand letters."""

_COMMON_WORDS = {
    "da": "i og det at der er en til af ikke vi med den har som jeg de et men hvor hvad kan skal vil man om hun han "
    "eller mange blev bliver var ved fra efter sig nu hver dette havde ikke bare nogen noget meget mere end sin kun",
    "no": "i og det at der er en til av ikke vi med den har som jeg de et men hvor hva kan skal vil man om hun han "
    "eller mange ble blir var ved fra etter seg hver dette hadde bare noen noe mye mer enn sin kun",
    "sv": "i och det att en till av som inte vi med den har jag de ett men vad eller var sig man om hur kan finns "
    "ska blev blir efter sedan under detta hade bara mycket mer alla hon han nu vid",
    "en": "the and of to a in is that it was for on are with as they we be this have not but you what from or an at "
    "by can has were there their which would more if so about one when out no",
    "de": "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es wir ich war aber "
    "sind wie dass oder wenn hat man noch nur so einen haben werden ja da dann was",
    "nl": "de het een en van ik te dat die in is niet je zijn op aan met voor er maar om hebben naar ook als dan",
    "fi": "ja on ei se oli ovat mutta kun niin kuin joka ole sen ne tai vain sitten minun meidan tama",
    "is": "og er sem um ekki til var en af eru fyrir hann hefur eins sig hafa",
    "fr": "le la les de des et en un une du est que qui dans pour pas sur au ce il je nous vous avec mais on plus",
    "es": "el la los las de que y en un una es por con no se para su lo como pero al del muy ya este esta",
    "it": "il la di che e un una per non in sono con si le dei del della come ma anche al da ha",
    "pt": "o a os as de que e em um uma do da no na para com por se mais como mas ao dos das foi",
    "pl": "i w nie na z do to jest o jak po co ale tak za od przez tego jego jej sa dla tym",
    "cs": "a v se na to s z do ale jsem za by jak o tak po jako byl pro tam nebo je ve si",
    "hu": "a az hogy nem is egy ez meg csak de volt van mint ha ki azt sem",
}
"""Language → words of a-z alone that stand in nearly every paragraph."""

_UNUSUAL = {"fi": 1, "is": 1.5, "nl": 2, "fr": 0.5, "es": 1, "it": 1, "pt": 1.5, "pl": 1, "cs": 1, "hu": 1}
"""How much less is expected of a language before a word is read (logarithm): most studies are Nordic or English."""
_RARE_ENCODINGS = {"iso8859-15": 0.3, "mac_roman": 0.3, "cp865": 0.3, "cp850": 0.4, "cp1250": 1.5, "iso8859-2": 2.0}

_WORD = re.compile(r"[a-z]+")
_QUOTES = "“”‘’„‚«»‹›"
_SINGLE = {"da": "åø", "no": "åø", "sv": "åö", "fr": "àô", "es": "óá", "it": "èé", "pt": "éàóo", "hu": "é", "is": "áíó"}
"""Letters that are words of their own."""
_FOREIGN = math.log(0.0015)
_SIGNS = 4.0
"""Quotes, dashes and other signs beyond ASCII among a thousand characters."""
_WRONG = -9.0
"""A sign between two letters, a small letter before a capital …: about once in eight thousand places."""
_CAPITAL, _CAPITAL_BEGINS = -2.5, -1.2
_UNPAIRED = -1.5
_ENOUGH = 3.0
"""So much (logarithm) must one reading be likelier than another to count as certain: twenty times."""
_PER_WORD, _MOST_WORDS, _LIKELY = 1.0, 14, 8.0
_OFTEN = 5
"""A place that comes again and again is evidence so many times at most."""


def best_encodings(
    windows: Mapping[bytes, int], text: bytes, possible: Sequence[str]
) -> tuple[str, dict[str, list[bytes]]]:
    """The likeliest of the `possible` encodings, and those that could be right too, with the places where they differ.

    `windows` counts the places: a byte that is no ASCII between its neighbours. `text` is what they come from; its
    ASCII words say which languages are likely.
    """
    expected = _languages(text)
    scored = {encoding: _best_language(windows, encoding, expected) for encoding in possible}
    ranked = sorted(possible, key=lambda encoding: -scored[encoding][0])
    best, language = ranked[0], scored[ranked[0]][1]
    rivals = {}
    for other in ranked[1:]:
        differ = [window for window in windows if _reads(window, best) != _reads(window, other)]
        if not differ:
            continue
        if scored[best][0] - scored[other][0] < _ENOUGH:
            rivals[other] = differ
        elif odd := [window for window in differ if _is_odd(window, best, other, language)]:
            rivals[other] = odd
    return best, _one_for_each_reading(rivals, best)


def much_likelier(windows: Mapping[bytes, int], text: bytes, said: str, possible: Sequence[str]) -> str:
    """The likeliest of the `possible` encodings, if it is much likelier than the one that was `said`; else empty."""
    expected = _languages(text)
    scores = {encoding: _best_language(windows, encoding, expected)[0] for encoding in (*possible, said)}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] - scores[said] >= 2 * _ENOUGH else ""


def _one_for_each_reading(rivals: dict[str, list[bytes]], best: str) -> dict[str, list[bytes]]:
    """`rivals` without those that read every doubtful place as one before them does."""
    kept: dict[str, list[bytes]] = {}
    seen: set[tuple[tuple[bytes, str], ...]] = set()
    for other, windows in rivals.items():
        readings = tuple((window, _reads(window, other)) for window in windows)
        if readings not in seen:
            seen.add(readings)
            kept[other] = windows
    return kept


def _languages(text: bytes) -> dict[str, float]:
    """Language → how much its common words speak for it (logarithm); those out of the question are left out."""
    words = frozenset(_WORD.findall(text.decode("ascii", "replace").lower()))
    expected = {
        language: _PER_WORD * min(_MOST_WORDS, len(words.intersection(common.split()))) - _UNUSUAL.get(language, 0)
        for language, common in _COMMON_WORDS.items()
    }
    best = max(expected.values())
    return {language: score - best for language, score in expected.items() if score >= best - _LIKELY}


def _best_language(windows: Mapping[bytes, int], encoding: str, expected: Mapping[str, float]) -> tuple[float, str]:
    """How likely the text is in this encoding, in the language that fits it best, and that language."""
    read = [(_reads(window, encoding), min(count, _OFTEN)) for window, count in windows.items()]
    sums = (
        (prior + sum(count * likelihood(window, language) for window, count in read), language)
        for language, prior in expected.items()
    )
    score, language = max(sums)
    opening, closing = _quotes(windows, encoding)
    return score - _RARE_ENCODINGS.get(encoding, 0) + _UNPAIRED * min(abs(opening - closing), 4), language


def _quotes(windows: Mapping[bytes, int], encoding: str) -> tuple[int, int]:
    """How many quotes open before a word and how many close behind one."""
    opening = closing = 0
    for window, count in windows.items():
        read = _reads(window, encoding)
        left, sign, right = read[0], read[1], read[2]
        if sign in _QUOTES:
            opening += count * (not left.isalnum() and right.isalnum())
            closing += count * (not right.isalnum() and not left.isspace())
    return opening, closing


def _is_odd(window: bytes, best: str, other: str, language: str) -> bool:
    """Whether a place makes no sense as it is read, and much more as another encoding reads it."""
    here = likelihood(_reads(window, best), language)
    return here <= _WRONG + 1 and likelihood(_reads(window, other), language) > here + 4


@lru_cache(maxsize=8192)
def _reads(window: bytes, encoding: str) -> str:
    return window.decode(encoding, "replace")


@lru_cache(maxsize=65536)
def likelihood(window: str, language: str) -> float:
    """The logarithm of how likely the middle character of `window` is between its neighbours in this language."""
    left, sign, right = window[0], window[1], window[2]
    if sign.isalpha() and sign not in "ªº":
        return _of_letter(left, sign, right, language)
    return math.log(_SIGNS / _beyond_ascii(language)) + _of_sign(left, sign, right, language)


def _of_letter(left: str, letter: str, right: str, language: str) -> float:
    if not (letter.islower() or letter.isupper()) or left.isdigit() or right.isdigit():
        return _WRONG
    if (letter.islower() and right.isupper()) or (letter.isupper() and left.islower()):
        return _WRONG
    small = letter.lower()
    share = _shares(language).get(small)
    score = math.log(share) if share else _FOREIGN - (small not in _EVERYWHERE)
    if not left.isalpha() and not right.isalpha() and small not in _SINGLE.get(language, ""):
        score -= 4
    if letter.isupper():
        score += _CAPITAL_BEGINS if left == "\n" else _CAPITAL
    return score


_EVERYWHERE = "éèáöäüåøæñçíóàôêâß"
"""Letters that names bring into a text of another language."""


@lru_cache
def _shares(language: str) -> dict[str, float]:
    """Letter → its share of all characters beyond ASCII."""
    letters = {entry[0]: float(entry[1:]) for entry in _LETTERS[language].split()}
    return {letter: count / _beyond_ascii(language) for letter, count in letters.items()}


@lru_cache
def _beyond_ascii(language: str) -> float:
    """How many letters and signs beyond ASCII stand among a thousand characters."""
    return _SIGNS + sum(float(entry[1:]) for entry in _LETTERS[language].split())


def _of_sign(left: str, sign: str, right: str, language: str) -> float:
    """The logarithm of how usual a sign is in its place, among all signs."""
    beside_digit = left.isdigit() or right.isdigit()
    if left.isalpha() and right.isalpha():
        return _INSIDE.get(sign, _WRONG) + 3.0 * (sign == "’" and language in ("en", "fr", "it"))
    if sign in _QUOTES:
        opens = not (left.isalnum() or left in ".,!?") and not right.isspace()
        closes = not left.isspace() and not right.isalnum()
        return (-4.0 if sign in "‚‹›" else -1.3) if opens or closes else -6.0
    if sign in "–—":
        return -2.0 if left.isspace() or beside_digit else -4.0
    if sign in "½¼¾²³°ªº":
        return -3.0 if beside_digit else -4.0 if sign in "½²³°" else -5.5
    if sign in "€£§":
        return -2.5 if beside_digit or right in " \xa0§" else -5.0
    if sign in "•·¤■▪":
        return -3.0 if left in "\n\t" and right in " \t" else -6.0
    if sign in "¡¿":
        return -3.0 if language == "es" and not left.isalnum() and right.isalpha() else -7.0
    return {"…": -2.5, "\xa0": -3.0}.get(sign, -5.0 if sign in "©®™´×±µ†%‰" else _WRONG)


_INSIDE = {"’": -3.0, "\xad": -3.0, "–": -4.0, "—": -4.0, "…": -4.0, "·": -5.0, "\xa0": -3.0}
"""Signs that stand between two letters."""
