"""Compounds and their parts: `sygedagpengesager` → `syge`, `dagpenge`, `sag`.

In Danish, Norwegian, Swedish and German the word that says what a text is about often stands inside a longer one. The
lexicon is simplemma's dictionary (MIT, in its wheel) and the words of the study itself. A split that is wrong costs
little where parts are compared beside whole words, as they are here; nothing is shown to a reader as a split word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from corpus.lemmas import dictionary_lemma, lemma

COMPOUNDING = frozenset({"da", "nb", "nn", "sv", "de"})
_LINKS = {
    "da": ("", "s", "e"),
    "nb": ("", "s", "e"),
    "nn": ("", "s", "e"),
    "sv": ("", "s", "o", "e"),
    "de": ("", "s", "es", "n", "en", "er", "e"),
}
_NO_PARTS = {
    "da": """af an be bi bag den der det efter ende ene else ere eren erne for fore forud fra frem gen gennem halv han
        her hen hver hvor ind inde ing ingen inger ion lig lige med mellem mere min mod ned nogen når over om op opad
        oven paa på rest sam sammen selv ske som til ud ude under ved""",
    "nb": """av an be bak den der det etter ende ene else ere eren erne for fra fram frem gjen halv han her hen hver
        hvor inn inne ing ingen inger ion lig lige med mellom mer min mot ned noen når over om opp på sam sammen selv
        som til ut ute under ved""",
    "nn": """av an att att be bak den der det eit ei ein ende etter for fra fram frå gjen halv han her heim hen ho inn
        inne ing ingen inga ion kor lik med meir mellom min mot ned nokon når opp over om på sam saman sjølv som til
        under ut ute ved vidare""",
    "sv": """av an be bak den där det efter ende else för före från fram halv han här hen var in inne ing ingen ion lig
        med mellan mer min mot ned någon när över om upp på sam samman själv som till ut ute under vid""",
    "de": """ab an auf aus bei ber das dem den der die durch ein eine ende ent für gen ges her hin ich ihr ing inne ion
        ist lich mit nach oder samt sich und ung unter ver vor weg wie zer zum zur über""",
}
"""Prefixes and endings that are words by themselves: `til` in `tilskud`, `lige` in `faglige`."""
_SHORTEST_WORD, _LONGEST_WORD = 7, 60
_SHORTEST_PART = 3
_COST_OWN, _COST_KNOWN, _COST_SHORT, _COST_LINK = 1.0, 1.15, 0.6, 0.1
"""What a part costs: a word of the study, one of the dictionary, one of three letters, a linking letter. The split
that costs least is taken, so that few long parts win over many short ones."""


def compound_parts(words: Iterable[str], language: str, own: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Word → the lemmas of its parts, for every different word that can be split; the others have no entry.

    `own` are the words of the study, in small letters: they count as known words, and a part of three letters has to be
    one of them. A word with a hyphen is split there in every language.
    """
    own = frozenset(own)
    never = frozenset(_NO_PARTS.get(language, "").split())
    known: dict[str, float | None] = {}

    def cost(part: str) -> float | None:
        if part not in known:
            known[part] = None if part in never else _cost(part, language, own)
        return known[part]

    found = {}
    for word in dict.fromkeys(word.lower() for word in words):
        parts = _split(lemma(word, language), language, cost)
        if len(parts) > 1:
            found[word] = tuple(lemma(part, language) for part in parts)
    return found


def _cost(part: str, language: str, own: Collection[str]) -> float | None:
    """What it costs to take these letters for a word; None where nothing speaks for it."""
    if len(part) < _SHORTEST_PART:
        return None
    short = _COST_SHORT if len(part) == _SHORTEST_PART else 0.0
    if part in own:
        return _COST_OWN + short
    if short or dictionary_lemma(part, language) is None:
        return None
    return _COST_KNOWN


def _split(word: str, language: str, cost: Callable[[str], float | None]) -> list[str]:
    """The parts of one word as they are written, without linking letters; the word alone where it is no compound."""
    if "-" in word.strip("-"):
        return [
            part for piece in word.split("-") if len(piece) >= _SHORTEST_PART for part in _split(piece, language, cost)
        ]
    if language not in COMPOUNDING or not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or not word.isalpha():
        return [word]
    return _cheapest(word, _LINKS[language], cost) or [word]


def _cheapest(word: str, links: tuple[str, ...], cost: Callable[[str], float | None]) -> list[str]:
    """The cheapest way to cut the whole word into two or more known words, by dynamic programming over the cuts."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in range(_SHORTEST_PART, len(word) + 1):
        options = []
        for start in range(max(0, end - 25), end - _SHORTEST_PART + 1):
            if start not in best or (start == 0 and end == len(word)):
                continue
            paid, parts = best[start]
            for link in links if end < len(word) else ("",):
                letters = word[start:end]
                if link and not letters.endswith(link):
                    continue
                part = letters.removesuffix(link) if link else letters
                price = cost(part)
                if price is not None:
                    options.append((paid + price + (_COST_LINK if link else 0.0), (*parts, part)))
        if options:
            best[end] = min(options)
    return list(best.get(len(word), (0.0, ()))[1])
