"""How sure a text sounds: the ladder from an example to a cause, and words that soften.

The ladder: eksempler på < tendens < indikation < stærk indikation < kan henføres til (METHODS, "Wording guards"). A
summary may stand no higher on it than what it summarises.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

RUNGS = ("", "eksempler på", "tendens", "indikation", "stærk indikation", "kan henføres til")
"""What the rungs 1 to 5 are called."""
SOFTENED = 0
"""The rung of words that take certainty away: måske, muligvis, perhaps."""


class Hedge(msgspec.Struct, frozen=True):
    """Words at `[start, end)` that say how sure something is, and their rung: 0 softens, 1 to 5 are the ladder."""

    start: int
    end: int
    rung: int
    words: str


_DANISH = (
    (SOFTENED, r"måske|muligvis|formentlig|formodentlig|sandsynligvis|antagelig(?:t|vis)?|tilsyneladende|eventuelt|"
     r"kan\s+være|kunne\s+være|kan\s+have|ser\s+ud\s+til|synes\s+at|ikke\s+udelukke\w*|til\s+dels|i\s+nogen\s+grad|et\s+indtryk"),
    (1, r"(?:et\s+)?eksempel\s+på|eksempler\s+på|for\s+eksempel|f\.eks\.|fx"),
    (2, r"tendens(?:en|er)?|tenderer|har\s+en\s+tilbøjelighed"),
    (3, r"indikation(?:en|er|erne)?|indikerer|tyder\s+på|tegn\s+på|peger\s+i\s+retning\s+af|peger\s+på,\s+at"),
    (4, r"(?:stærk|klar|tydelig|kraftig)e?\s+(?:indikation(?:er)?|tegn)|tyder\s+(?:stærkt|klart|tydeligt)\s+på|"
     r"i\s+høj\s+grad|tydeligvis|utvivlsomt|uden\s+tvivl|uvægerligt|klart|entydigt"),
    (5, r"kan\s+henføres\s+til|henføres\s+til|skyldes|skyldtes|forklares?\s+(?:af|ved|med)|årsagen\s+(?:er|til)|"
     r"fører\s+til|medfører|betyder,\s+at|dokumenterer|beviser|er\s+resultatet\s+af|som\s+følge\s+af|på\s+grund\s+af"),
)  # fmt: skip
_ENGLISH = (
    (SOFTENED, r"perhaps|maybe|possibly|probably|presumably|apparently|might|may|could\s+be|seems?|appears?|"
     r"to\s+some\s+extent|in\s+part|partly|an\s+impression"),
    (1, r"(?:an\s+|one\s+)?example\s+of|examples\s+of|for\s+example|for\s+instance|e\.g\."),
    (2, r"tendenc(?:y|ies)|tends?\s+to"),
    (3, r"indications?|indicates?|suggests?|signs?\s+of|points?\s+to"),
    (4, r"(?:strong|clear)\s+(?:indications?|signs?)|strongly\s+(?:suggests?|indicates?)|to\s+a\s+large\s+extent|"
     r"clearly|undoubtedly|inevitably|without\s+doubt"),
    (5, r"can\s+be\s+attributed\s+to|attributable\s+to|is\s+due\s+to|are\s+due\s+to|explained\s+by|explains?|"
     r"causes?|leads?\s+to|results?\s+in|the\s+reason\s+(?:is|for)|proves?|demonstrates?|because\s+of|as\s+a\s+result\s+of"),
)  # fmt: skip


@cache
def _pattern(language: str) -> re.Pattern[str]:
    table = _DANISH if language == "da" else _ENGLISH
    rungs = [f"(?P<r{rung}>{pattern})" for rung, pattern in sorted(table, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(rungs)})(?!\w)", re.IGNORECASE)


def hedges(text: str, language: str) -> tuple[Hedge, ...]:
    """The words of a text that say how sure it is, in its order; of words inside each other the longer."""
    return tuple(
        Hedge(*found.span(), int((found.lastgroup or "r0")[1:]), found[0])
        for found in _pattern("da" if language == "da" else "en").finditer(text)
    )


_GROUNDS = {
    "da": r"grunden?|årsag(?:en)?|fordi|derfor|da|siden|idet|så\s+at|når|eftersom|efter\s+at|gør\s+at|gjorde\s+at",
    "en": r"reasons?|because|therefore|since|as|so\s+that|so|when|after",
}


def gives_a_cause(text: str, language: str) -> bool:
    """Whether a text gives a ground or a cause at all, also by a conjunction (`fordi`, `derfor`, `because`)."""
    pattern = rf"(?<!\w)(?:{_GROUNDS['da' if language == 'da' else 'en']})(?!\w)"
    return re.search(pattern, text, re.IGNORECASE) is not None or any(h.rung == 5 for h in hedges(text, language))


def certainty(text: str, language: str) -> int | None:
    """The highest rung that a text stands on; one lower beside a word that softens it; None where it has none."""
    found = hedges(text, language)
    if not found:
        return None
    highest = max(hedge.rung for hedge in found)
    softened = any(hedge.rung == SOFTENED for hedge in found)
    return max(SOFTENED, highest - 1) if softened and highest else highest
