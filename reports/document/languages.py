"""Which language a report is written in, by its small words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.document.lines import Line
from reports.document.vocabulary import words_of

READ = ("en", "da")
"""The languages whose reports are read; the first where a text has the words of neither."""
NAMES = {
    "da": "Danish", "en": "English", "sv": "Swedish", "nb": "Norwegian", "de": "German", "nl": "Dutch", "fr": "French",
    "es": "Spanish",
}  # fmt: skip
_SMALL = {
    "da": "og at af ikke på for til med der som har er en et den det blev sig",
    "en": "and that of not on for to with which has is a an the this was are its",
    "sv": "och att av inte på för till med där som har är en ett den det blev sig",
    "nb": "og at av ikke på for til med der som har er en et den det ble seg",
    "de": "und dass von nicht auf für zu mit der die das hat ist ein eine den wurde sich",
    "nl": "en dat van niet op voor te met de het die heeft is een er werd zich aan",
    "fr": "et que de ne pas sur pour avec qui a est un une le la les des dans",
    "es": "y que de no en para con por el la los las se es un una del al",
}
"""The same number of words for each language."""


def language_of(lines: Sequence[Line]) -> str:
    """Danish or English, whichever has more of its small words in the text; English where neither has any."""
    counts = _counts(lines)
    return max(READ, key=lambda code: counts[code])


def other_language(lines: Sequence[Line]) -> str | None:
    """The name of the language of a report that is neither Danish nor English; None where it is one of them."""
    counts = _counts(lines)
    best = max(NAMES, key=lambda code: counts[code])
    return NAMES[best] if best not in READ and counts[best] > max(counts[code] for code in READ) else None


def _counts(lines: Sequence[Line]) -> Counter[str]:
    """How often the small words of each language stand in a text."""
    words = Counter(words_of("\n".join(line.text for line in lines)))
    return Counter({code: sum(words[word] for word in small.split()) for code, small in _SMALL.items()})
