"""How sure a text sounds: the ladder from an example to a cause, and words that soften.

The ladder: eksempler på < tendens < indikation < stærk indikation < kan henføres til (METHODS, "Wording guards"). A
summary may stand no higher on it than what it summarises. Words of certainty (klart), of evidence (viser, at) and of
cause (skyldes) stand on the rung that they claim; words that soften (måske) take one away.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Literal

import msgspec

from reports.wording.negation import Negation, negations, reaches

RUNGS = ("", "eksempler på", "tendens", "indikation", "stærk indikation", "kan henføres til")
"""What the rungs 1 to 5 are called."""
SOFTENED = 0
"""The rung of words that take certainty away: måske, muligvis, perhaps."""
RungKind = Literal["soft", "ladder", "certain", "evidence", "cause"]


class Hedge(msgspec.Struct, frozen=True):
    """Words at `[start, end)` that say how sure something is, and their rung: 0 softens, 1 to 5 are the ladder.

    `kind`: `soft` (måske), `ladder` (tendens), `certain` (klart, uden tvivl), `evidence` (viser at, dokumenterer),
    `cause` (skyldes). `negated`: a negation reaches it (»der er ingen tendens«, »det skyldes ikke«).
    """

    start: int
    end: int
    rung: int
    words: str
    kind: RungKind = "ladder"
    negated: bool = False


_DANISH: tuple[tuple[int, RungKind, str], ...] = (
    (0, "soft", r"måske|muligvis|formentlig|formodentlig|sandsynligvis|antagelig(?:t|vis)?|tilsyneladende|eventuelt|"
     r"kan\s+være|kunne\s+være|kan\s+have|kunne\s+tyde\s+på|kan\s+tyde\s+på|ser\s+ud\s+til|synes\s+at|lader\s+til|"
     r"det\s+er\s+muligt,\s+at|ikke\s+udelukke\w*|til\s+dels|delvis|i\s+nogen\s+grad|i\s+et\s+vist\s+omfang|et\s+indtryk|angiveligt|tilsyneladende"),
    (1, "ladder", r"(?:et\s+)?eksempel\s+på|eksempler\s+på|for\s+eksempel|f\.\s?eks\.|fx"),
    (2, "ladder", r"tendens(?:en|er|erne)?|tenderer|har\s+en\s+tilbøjelighed|hovedtendens(?:en|er)?"),
    (3, "ladder", r"indikation(?:en|er|erne)?|indikerer|tyder\s+på|tydede\s+på|tegn\s+på|peger\s+i\s+retning\s+af|"
     r"peger\s+på,\s+at|antyder|giver\s+indtryk\s+af"),
    (4, "ladder", r"(?:stærk|klar|tydelig|kraftig)e?\s+(?:indikation(?:er)?|tegn|tendens(?:er)?)|"
     r"tyder\s+(?:stærkt|klart|tydeligt)\s+på"),
    (4, "certain", r"i\s+høj\s+grad|tydeligvis|utvivlsomt|uden\s+tvivl|uvægerligt|klart|entydigt|afgjort|"
     r"(?:der\s+er\s+)?ingen\s+tvivl\s+om|utvetydigt|uomtvisteligt|helt\s+sikkert"),
    (4, "evidence", r"(?:viser|viste),?\s+at|viser\s+klart|det\s+fremgår(?:\s+\w+)?,\s+at|bekræfter,?\s+at"),
    (5, "evidence", r"dokumenterer|beviser|godtgør|påviser"),
    (5, "cause", r"kan\s+henføres\s+til|henføres\s+til|skyldes|skyldtes|forklares?\s+(?:af|ved|med)|"
     r"årsagen\s+(?:er|til)|fører\s+til|medfører|betyder,\s+at|er\s+resultatet\s+af|som\s+følge\s+af|på\s+grund\s+af|bevirker"),
)  # fmt: skip
_ENGLISH: tuple[tuple[int, RungKind, str], ...] = (
    (0, "soft", r"perhaps|maybe|possibly|probably|presumably|apparently|might|may|could\s+be|seems?|appears?|"
     r"to\s+some\s+extent|in\s+part|partly|an\s+impression|allegedly|cannot\s+be\s+ruled\s+out|"
     r"it\s+is\s+possible\s+that"),
    (1, "ladder", r"(?:an\s+|one\s+)?example\s+of|examples\s+of|for\s+example|for\s+instance|e\.\s?g\."),
    (2, "ladder", r"tendenc(?:y|ies)|tends?\s+to"),
    (3, "ladder", r"indications?|indicates?|suggests?|signs?\s+of|points?\s+to"),
    (4, "ladder", r"(?:strong|clear)\s+(?:indications?|signs?|tendenc(?:y|ies))|strongly\s+(?:suggests?|indicates?)"),
    (4, "certain", r"to\s+a\s+large\s+extent|clearly|undoubtedly|inevitably|without\s+(?:a\s+)?doubt|no\s+doubt|"
     r"unequivocally|certainly"),
    (4, "evidence", r"(?:shows?|showed)\s+that|it\s+is\s+evident|confirms?\s+that"),
    (5, "evidence", r"proves?|demonstrates?|documents\s+that|establishes\s+that"),
    (5, "cause", r"can\s+be\s+attributed\s+to|attributable\s+to|(?:is|are|was|were)\s+due\s+to|explained\s+by|"
     r"explains?|causes?|leads?\s+to|led\s+to|results?\s+in|the\s+reason\s+(?:is|for)|because\s+of|as\s+a\s+result\s+of"),
)  # fmt: skip


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], tuple[tuple[int, RungKind], ...]]:
    """One pattern with a group for each row, the longest wording of a place first, and what the groups stand for."""
    table = sorted(_DANISH if language == "da" else _ENGLISH, key=lambda row: -row[0])
    soft = [row for row in table if row[1] == "soft"]
    rows = soft + [row for row in table if row[1] != "soft"]
    groups = "|".join(f"(?P<r{number}>{pattern})" for number, (_, _, pattern) in enumerate(rows))
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE), tuple((rung, kind) for rung, kind, _ in rows)


def hedges(text: str, language: str) -> tuple[Hedge, ...]:
    """The words of a text that say how sure it is, in its order; of words inside each other the longer."""
    pattern, rows = _pattern("da" if language == "da" else "en")
    denied, made = negations(text, language), []
    for found in pattern.finditer(text):
        rung, kind = rows[int((found.lastgroup or "r0")[1:])]
        made.append(Hedge(*found.span(), rung, found[0], kind, _is_denied(denied, *found.span())))
    return tuple(made)


def _is_denied(denied: tuple[Negation, ...], start: int, end: int) -> bool:
    """Whether a negation before the words reaches them, or one stands right behind, as in »det skyldes ikke«.

    Of those before only the last few are looked at: more never reach.
    """
    last = bisect_right(denied, end + 1, key=lambda negation: negation.start)
    near = denied[max(0, last - 8) : last]
    before = tuple(negation for negation in near if negation.end <= start)
    behind = any(end <= negation.start and negation.kind == "not" for negation in near)
    return reaches(before, start) is not behind


_WHEN = r"(?<!vi\s)(?<!de\s)(?<!man\s)(?<!jeg\s)(?<!han\s)(?<!hun\s)når"
"""`når` (when), and not the verb (`vi når det ikke`)."""
_GROUNDS = {
    "da": _WHEN + r"|grunden?|årsag(?:en)?|fordi|derfor|da|siden|idet|så\s+at|eftersom|efter\s+at|gør\s+at|gjorde\s+at",
    "en": r"reasons?|because|therefore|since|as|so\s+that|so|when|after",
}


def gives_a_cause(text: str, language: str) -> bool:
    """Whether a text gives a ground or a cause at all, also by a conjunction (`fordi`, `derfor`, `because`)."""
    pattern = rf"(?<!\w)(?:{_GROUNDS['da' if language == 'da' else 'en']})(?!\w)"
    return re.search(pattern, text, re.IGNORECASE) is not None or any(h.rung == 5 for h in hedges(text, language))


def certainty(text: str, language: str) -> int | None:
    """The highest rung that a text stands on; one lower beside a word that softens it; None where it has none.

    What is denied (»der er ingen tendens til«) claims nothing of its rung and is left out.
    """
    found = [hedge for hedge in hedges(text, language) if not hedge.negated]
    if not found:
        return None
    highest = max(hedge.rung for hedge in found)
    softened = any(hedge.rung == SOFTENED for hedge in found)
    return max(SOFTENED, highest - 1) if softened and highest else highest
