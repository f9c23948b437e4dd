"""The lemma of a word: the form that stands in a dictionary, by simplemma's tables and a few rules of our
own.

simplemma is imported, and a language's table unpacked (about a second), only when a lemma is asked for.
`stem` needs neither: it takes an ending off by rule alone and serves where two short texts are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

LEMMA_LANGUAGES = ("da", "en", "nb", "nn", "sv", "de")
_COMPOUNDING = frozenset({"da", "nb", "nn", "sv", "de"})
_SHORTEST_TAIL = 4
_LONGEST_WORD = 100
_NO_GENITIVE = ("ss", "us", "is", "as", "os")
_PRESENT_WITHOUT_ENDING = ("gør", "vil", "kom")

_DANISH = {
    "aftalt": "aftale", "an": "an", "bedes": "bede", "borger": "borger", "brugen": "brug", "børne": "barn",
    "centret": "center", "centrets": "center", "egne": "egen", "erfaren": "erfaren", "fase": "fase",
    "fx": "fx", "g": "g", "gældende": "gældende", "leder": "leder", "ment": "ment", "puklen": "pukkel",
    "rådgiver": "rådgiver", "sagsbehandler": "sagsbehandler", "sagstallet": "sagstal", "skabes": "skabe",
    "spiser": "spise", "stramt": "stram", "tiende": "tiende", "tunge": "tung", "vejleder": "vejleder",
    "årsskift": "årsskifte", "årsskiftet": "årsskifte",
}  # fmt: skip
"""Danish words that simplemma 2.0 takes for others: `leder` for `led`, `egne` for `egn` (region)."""


def lemmas(words: Iterable[str], language: str) -> dict[str, str]:
    """Word → lemma for every different word, both in small letters; one look-up in the dictionary each.

    `language` is one of `LEMMA_LANGUAGES`; in any other, a word is its own lemma. A compound that the
    dictionary does not have is read by the longest word that it ends with: `visitationsteamet` →
    `visitationsteam`.
    """
    wanted = {word: word.lower() for word in words}
    if language not in LEMMA_LANGUAGES:
        return wanted
    known = {word: lemma(word, language) for word in set(wanted.values())}
    return {word: known[small] for word, small in wanted.items()}


def lemma(word: str, language: str) -> str:
    """The lemma of one word, in small letters."""
    small = word.lower()
    if language not in LEMMA_LANGUAGES or not any(letter.isalpha() for letter in small):
        return small
    look_up = _dictionary(language)
    found = look_up(small)
    if found is not None:
        return _not_an_order(small, found, look_up)
    if "-" in small.strip("-"):
        head, _, tail = small.rpartition("-")
        return f"{head}-{lemma(tail, language)}"
    if language in _COMPOUNDING and len(small) <= _LONGEST_WORD:
        return _unknown(small, look_up)
    return small


def dictionary_lemma(word: str, language: str) -> str | None:
    """What the dictionary itself has for a word in small letters; None where it does not have it, and for a language
    that is not one of `LEMMA_LANGUAGES`."""
    return _dictionary(language)(word) if language in LEMMA_LANGUAGES else None


def is_dictionary_word(word: str, language: str) -> bool:
    """Whether the dictionary has a word just as it is written: `vejen` in small letters, but `viborg` only as `Viborg`.

    False for a language that is not one of `LEMMA_LANGUAGES`.
    """
    from simplemma.strategies import DictionaryLookupStrategy

    return language in LEMMA_LANGUAGES and DictionaryLookupStrategy().is_dictionary_member(word, language)


@cache
def _dictionary(language: str) -> Callable[[str], str | None]:
    """The look-up of one language: a word in small letters → its lemma in small letters, or None."""
    from simplemma.strategies import DictionaryLookupStrategy

    strategy = DictionaryLookupStrategy()

    @cache
    def look_up(word: str) -> str | None:
        if language == "da" and word in _DANISH:
            return _DANISH[word]
        found = strategy.get_lemma(word, language)
        if found is None and language == "nn":  # its table is small, and most words are those of Bokmål
            found = strategy.get_lemma(word, "nb")
        return found.lower() if found else None

    return look_up


def _not_an_order(word: str, found: str, look_up: Callable[[str], str | None]) -> str:
    """The lemma, unless the dictionary took the word for an imperative, which a summary hardly ever has.

    simplemma has `svært` as "blacken!" (`sværte`), `analyser` as "analyse!" and `stop` as "stop!". What is
    meant is the adjective in -t (`svær`), the plural in -r (`analyse`) or the noun as it stands.
    """
    is_order = found in (word + "e", word + word[-1] + "e")
    if not is_order or word.endswith(_PRESENT_WITHOUT_ENDING):
        return found
    stem = word[:-1]
    return stem if word[-1] in "tr" and len(stem) > 2 and look_up(stem) == stem else word


def _unknown(word: str, look_up: Callable[[str], str | None]) -> str:
    """The lemma of a word that the dictionary does not have: by its tail, with or without a genitive -s."""
    cut, found = _by_tail(word, look_up)
    if len(word) < 5 or not word.endswith("s") or word.endswith(_NO_GENITIVE):
        return found
    whole = look_up(word[:-1])
    if whole is not None:
        return whole
    bare_cut, bare = _by_tail(word[:-1], look_up)
    return bare if bare_cut < cut or cut == len(word) else found


def _by_tail(word: str, look_up: Callable[[str], str | None]) -> tuple[int, str]:
    """Where the longest known word at the end of a compound begins, and the compound with that word's lemma.

    Without such a word: the length of the compound, and the compound as it is. Lemmas that do not resemble
    the tail are slips of the table (`self` → `selvfølgelig`).
    """
    for cut in range(2, len(word) - _SHORTEST_TAIL + 1):
        tail = word[cut:]
        found = look_up(tail)
        if found is not None and found[:2] == tail[:2] and len(found) <= len(tail) + 1:
            return cut, word[:cut] + _not_an_order(tail, found, look_up)
    return len(word), word


_ENDINGS = re.compile(r"(?:ernes|erne|enes|ene|ens|ets|ers|ere|en|et|er|es|e|[’']?s)$")
"""Of nouns and adjectives in Danish, Norwegian, Swedish and English: enough to compare headings."""


@cache
def stem(word: str) -> str:
    """A word in small letters without its endings: `reformen` → `reform`, `praktikken` → `praktik`.

    By rule alone, the same for every language, at least three letters long. It is no word, and means nothing outside
    a comparison of stems.
    """
    short = word.lower()
    for least in (3, 4):
        cut = _ENDINGS.search(short, least)
        if cut:
            short = short[: cut.start()]
            if len(short) > 3 and short[-1] == short[-2]:
                short = short[:-1]
    return short
