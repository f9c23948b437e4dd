"""Words that turn a sentence round without a negation: "for lidt tid" against "tid nok", "kort" against "lang"."""

from __future__ import annotations

import re
from functools import cache

_SCARCE_DA = r"(?:alt\s+)?for\s+(?:lidt|få|lille|små)|utilstrækkelig\w*|(?<=har )(?:kun )?få|(?<=er )få"
_ENOUGH_DA = r"nok|tilstrækkelig\w*|rigelig\w*|mange|megen|masser\s+af|god\s+(?=tid)"
_SCARCE_EN = (
    r"(?:far\s+)?too\s+(?:few|little)|insufficient\w*|short\s+of|(?:a\s+)?shortage\s+of|"
    r"(?<=has )few|(?<=had )few|(?<=have )few"
)
_ENOUGH_EN = r"enough|sufficient(?:ly)?|ample|plenty\s+of|many|much"

_POLES: dict[str, tuple[tuple[str, str], ...]] = {
    "da": (
        (r"god(?:t|e)?|velfungerende", r"dårlig(?:t|e)?|ringe"),
        (r"lang(?:t|e)?", r"korte?"),
        (r"høj(?:t|e)?", r"lav(?:t|e)?"),
        (r"stor(?:t|e)?", r"lille|små"),
        (r"let(?:te)?|nem(?:t|me)?", r"svær(?:t|e)?|vanskelig(?:t|e)?"),
        (r"tilfredse?", r"utilfredse?"),
        (r"enige?", r"uenige?"),
        (r"hurtig(?:t|e)?", r"langsom(?:t|me)?"),
        (r"ofte|tit", r"sjælden(?:t|e)?"),
    ),
    "en": (
        (r"good|well", r"bad(?:ly)?|poor(?:ly)?"),
        (r"long", r"short"),
        (r"high", r"low"),
        (r"large|big", r"small"),
        (r"easy|easily", r"difficult|hard"),
        (r"satisfied", r"dissatisfied|unsatisfied"),
        (r"quick(?:ly)?|fast", r"slow(?:ly)?"),
        (r"often|frequent(?:ly)?", r"seldom|rare(?:ly)?"),
    ),
}
"""Pairs of opposite words; which of the two comes first does not matter."""
_WHEN = {"da": r"før|inden|efter|under", "en": r"before|after|during"}


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def neutral(text: str, language: str) -> tuple[str, int]:
    """The text with the words of both poles made alike, those of how much left out; and how often it is turned round.

    Two texts that are alike so, and of which one is turned an odd number of times more, say the opposite.
    """
    danish = language == "da"
    text, turned = _pattern(_SCARCE_DA if danish else _SCARCE_EN).subn(" ", text)
    text = _pattern(_ENOUGH_DA if danish else _ENOUGH_EN).sub(" ", text)
    for number, (one, other) in enumerate(_POLES["da" if danish else "en"]):
        same = f"pole{chr(ord('a') + number)}"
        text, more = _pattern(other).subn(same, text)
        text, turned = _pattern(one).sub(same, text), turned + more
    return text, turned


def when(text: str, language: str) -> frozenset[str]:
    """The words of a text that say when: what is so before something may be otherwise after it."""
    return frozenset(word.lower() for word in _pattern(_WHEN["da" if language == "da" else "en"]).findall(text))
