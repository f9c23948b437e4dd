"""The wordings of quantities in Danish and English, as patterns: a table of facts for `reports.wording.quantities`.

In a pattern `<K>` and `<N>` stand for numbers and `<NOUN>` for what is counted, if it follows.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "fraction", "part", "percent", "all", "none", "none_mentioned", "not_all", "large_majority", "most", "majority",
    "half", "many", "several", "couple", "some", "few", "one", "count", "examples", "example",
]  # fmt: skip

LETTER = r"[a-zæøåäöüéA-ZÆØÅÄÖÜÉ]"
NOUN = {
    "da": (
        r"(?:\s+(?:af\s+)?(?:de\s+|det\s+|den\s+|disse\s+|deres\s+)?"
        rf"(?:{LETTER}+(?:ede|ende|ige|iske|te|nye|små|store|få|mange|andre|øvrige|spurgte|interviewede|undersøgte)\s+)?"
        rf"(?P<noun>{LETTER}[\w-]*))?"
    ),
    "en": (
        r"(?:\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|their\s+)?"
        rf"(?:{LETTER}+(?:ed|ing|al|ous|ive|ic|new|small|large|other|few|many)\s+)?(?P<noun>{LETTER}[\w-]*))?"
    ),
}
"""What is counted, behind its article and one adjective."""
NO_NOUN = {
    "da": frozenset(
        """
        har er var kan vil skal må bør siger sagde mener oplever nævner bruger peger angiver fortæller og
        eller men som der at i på til for fra med om ved ikke også kun hver af de den det dem havde blev
        bliver giver ser synes finder lægger gør går kommer får ud over under mellem efter før når hvis hvor
        hvad sig heraf hos begge tager ligger stiller arbejder svarer beskriver vurderer fremhæver anvender er
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        has have is are was were can will shall must may say says said think report mention use and or but who
        which that to in on at for from with about by not also only each of the them had do does did give see
        find take work feel describe
        """.split()  # noqa: SIM905
    ),
}
"""Verbs and small words that follow a quantity and are not what is counted."""
UNITS = frozenset(
    """
    kr kroner mio mia mill timer time minutter dage dag uger uge måneder måned år årige årig årsværk procent
    pct januar februar marts april maj juni juli august september oktober november december euro hours hour
    minutes days day weeks week months month years year percent million km meter
    """.split()  # noqa: SIM905
)
"""Units, months and the like: numbers of them count no cases."""
DANISH: tuple[tuple[Kind, str], ...] = (
    ("fraction", r"<K>(?:\s+af)?\s+ud\s+af\s+(?:de\s+|i\s+alt\s+|alle\s+)?<N><NOUN>"),
    ("fraction", r"<K>\s+af\s+(?:de\s+|i\s+alt\s+|vores\s+)(?:i\s+alt\s+)?<N><NOUN>"),
    ("fraction", r"<K>\s+af\s+<N><NOUN>"),
    ("fraction", r"<K>\s+(?P<noun>[a-zæøå]\w+)\s+ud\s+af\s+(?:de\s+|i\s+alt\s+)?<N>"),
    ("none_mentioned", r"(?:ingen|ikke\s+(?:én|en|ét|et)\s+eneste|hverken\s+\w+\s+eller\s+\w+)<NOUN>\s+"
     r"(?:har\s+|havde\s+)?(?:selv\s+)?(?:nævn(?:t|er|te)|omtal(?:t|er|te)|berør(?:t|er|te)|peg(?:et|er|ede)\s+på|fortalt\s+om|fortæller\s+om)"),
    ("not_all", r"(?:ikke|langt\s+fra|langtfra|næppe)\s+(?:af\s+|i\s+|hos\s+|for\s+)?"
     r"(?:alle|samtlige|begge)(?:\s+(?:de\s+)?<N>)?<NOUN>"),
    ("none", r"(?:slet\s+)?ingen\s+af\s+(?:de\s+)?<N><NOUN>"),
    ("none", r"(?:slet\s+)?(?:ingen|intet)(?:\s+af\s+de)?<NOUN>"),
    ("none", r"ikke\s+(?:én|en|ét|et)\s+eneste<NOUN>"),
    ("large_majority", r"langt\s+(?:de\s+fleste|størstedelen|den\s+overvejende\s+del)<NOUN>"),
    ("large_majority", r"(?:stort\s+set|næsten|så\s+godt\s+som)\s+(?:alle|samtlige)<NOUN>"),
    ("large_majority", r"(?:det|et)\s+(?:store|stort|overvældende|overvejende)\s+flertal<NOUN>"),
    ("most", r"de\s+(?:aller)?fleste<NOUN>"),
    ("most", r"(?:størstedelen|hovedparten)<NOUN>"),
    ("majority", r"(?:(?:et|det)\s+)?(?:flertal|flertallet)<NOUN>"),
    ("majority", r"(?:over|mere\s+end|godt)\s+halvdelen<NOUN>"),
    ("half", r"halvdelen<NOUN>"),
    ("half", r"hver\s+anden<NOUN>"),
    ("part", r"(?P<top>en|to|tre|fire)\s+(?P<part>tredjedele?|fjerdedele?|femtedele?|sjettedele?|tiendedele?)<NOUN>"),
    ("part", r"hver\s+(?P<part>tredje|fjerde|femte|sjette|tiende)<NOUN>"),
    ("percent", r"<K>\s*(?:%|pct\.?|procent(?:\s+point)?)(?=\W|$)<NOUN>"),
    ("examples", r"eksempler\s+på"),
    ("example", r"(?:et\s+(?:enkelt\s+)?|ét\s+)eksempel\s+på"),
    ("all", r"(?:alle|samtlige)\s+(?:de\s+)?<N><NOUN>"),
    ("all", r"(?:alle|samtlige|hver\s+eneste)(?:\s+de)?<NOUN>"),
    ("all", r"begge<NOUN>"),
    ("couple", r"et\s+par<NOUN>"),
    ("one", r"(?:kun|blot|bare)\s+(?:én|ét|en|et)(?:\s+enkelt)?<NOUN>"),
    ("one", r"(?:en|et|én|ét)\s+enkelt<NOUN>"),
    ("one", r"(?:én|ét|den\s+ene|det\s+ene)<NOUN>"),
    ("some", r"(?:nogle|nogen|enkelte|visse)(?:\s+få)?<NOUN>"),
    ("several", r"(?:flere|adskillige|en\s+række)<NOUN>"),
    ("many", r"(?:rigtig\s+|meget\s+)?mange<NOUN>"),
    ("many", r"en\s+(?:stor\s+)?del<NOUN>"),
    ("few", r"(?:meget\s+|ganske\s+)?få<NOUN>"),
    ("count", r"<N><NOUN>"),
)  # fmt: skip
ENGLISH: tuple[tuple[Kind, str], ...] = (
    ("fraction", r"<K>\s+out\s+of\s+(?:the\s+|a\s+total\s+of\s+|all\s+)?<N><NOUN>"),
    ("fraction", r"<K>\s+of\s+(?:the\s+|our\s+|all\s+)?<N><NOUN>"),
    ("fraction", r"<K>\s+(?P<noun>[a-z]\w+)\s+(?:out\s+)?of\s+(?:the\s+)?<N>"),
    ("none_mentioned", r"(?:none|nobody|no\s+one|not\s+a\s+single|no)<NOUN>\s+(?:has\s+|have\s+|had\s+)?"
     r"(?:mention(?:ed|s)?|brought\s+up|referred\s+to|spoke\s+of|touched\s+on)"),
    ("not_all", r"(?:not|far\s+from|hardly)\s+(?:of\s+|in\s+|by\s+|for\s+)?"
     r"(?:all|both|every)(?:\s+(?:of\s+)?(?:the\s+)?<N>)?<NOUN>"),
    ("none", r"(?:none|neither)\s+of\s+(?:the\s+)?<N><NOUN>"),
    ("none", r"(?:none(?:\s+of\s+the)?|neither|no)<NOUN>"),
    ("none", r"not\s+(?:a\s+single|one)<NOUN>"),
    ("large_majority", r"(?:the|a)\s+(?:great|large|vast|overwhelming)\s+majority<NOUN>"),
    ("large_majority", r"(?:nearly|almost|virtually|practically)\s+(?:all|every)<NOUN>"),
    ("most", r"most<NOUN>"),
    ("majority", r"(?:a|the)\s+majority<NOUN>"),
    ("majority", r"(?:over|more\s+than)\s+half<NOUN>"),
    ("half", r"(?:one\s+)?half<NOUN>"),
    ("half", r"every\s+(?:other|second)<NOUN>"),
    ("part", r"(?P<top>a|one|two|three|four)[\s-](?P<part>thirds?|quarters?|fourths?|fifths?|sixths?|tenths?)<NOUN>"),
    ("part", r"every\s+(?P<part>third|fourth|fifth|sixth|tenth)<NOUN>"),
    ("percent", r"<K>\s*(?:%|per\s?cent)(?=\W|$)<NOUN>"),
    ("examples", r"examples\s+of"),
    ("example", r"(?:an|one|a\s+single)\s+example\s+of"),
    ("all", r"all\s+(?:of\s+)?(?:the\s+)?<N><NOUN>"),
    ("all", r"(?:all(?:\s+of\s+the|\s+the)?|every(?:\s+single)?|each)<NOUN>"),
    ("all", r"both(?:\s+of\s+the)?<NOUN>"),
    ("couple", r"a\s+couple<NOUN>"),
    ("one", r"(?:only|just)\s+one<NOUN>"),
    ("one", r"(?:a\s+single|the\s+one)<NOUN>"),
    ("one", r"one<NOUN>"),
    ("some", r"(?:some|a\s+few|certain)<NOUN>"),
    ("several", r"(?:several|a\s+number\s+of)<NOUN>"),
    ("many", r"many<NOUN>"),
    ("few", r"few<NOUN>"),
    ("count", r"<N><NOUN>"),
)  # fmt: skip
