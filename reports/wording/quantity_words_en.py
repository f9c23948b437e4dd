"""How English words quantities: a table of facts for `reports.wording.quantities`."""

# ruff: noqa: E501 - a row of the table stays on its line

from __future__ import annotations

from reports.wording.quantity_words import QuantityWords, wordings

_MENTIONED = r"(?:(?:has|have|had) )?(?:mention(?:ed|s)?|brought up|brings up|referred to|refers to|spoke of|speaks of|touched on)"
_PART = r"thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_PERCENT = r"(?:%|per ?cent)"
TABLE = wordings(
    ("fraction", "#", r"<K> out of (?:the |a total of |all |every )?<N><NOUN>"),
    ("fraction", "#", r"<KN> (?P<noun><WORD>) (?:out )?of (?:the |all )?<N>"),
    ("fraction", "#", r"<K> of (?:the |our |all |these |a total of )?<N><NOUN>"),
    ("fraction", "#", r"<K> in (?:every )?<N>(?=[\s.,;:)]|$)"),
    ("all_but", "all", r"all but (?P<but><LOOSE>)(?: of (?:the )?<N>)?<NOUN>"),
    ("all_but", "all every", r"(?:all|every)(?: (?:of )?(?:the )?<N>)?<NOUN> (?:except(?: for)?|apart from|with the exception of) (?P<but><LOOSE>)"),
    ("all_but", "all every", r"(?:all|every)(?: (?:of )?(?:the )?<N>)?<NOUN> (?:except(?: for)?|apart from|with the exception of)"),
    ("none_mentioned", "none nobody no not neither",
     r"(?:none|neither|nobody|no one|not a single|no)(?: of (?:the )?<N>)?<NOUN> " + _MENTIONED),
    ("neither", "neither", r"neither (?:<WORD> ){1,4}nor"),
    ("not_all", "not far hardly", r"(?:not|far from|hardly) (?:of |in |by |for )?(?:all|both|every)(?: (?:of )?(?:the )?<N>)?<NOUN>"),
    ("none", "none neither", r"(?:none|neither) of (?:the )?<N><NOUN>"),
    ("none", "none nobody", r"(?:none(?: at all)?|nobody)<OF>"),
    ("none", "neither no", r"(?:neither|no one|no)<NOUN>"),
    ("none", "not", r"not (?:a single|one)(?: one)?<NOUN>"),
    ("large_majority", "the a", r"(?:the|a) (?:great|large|vast|overwhelming|clear) majority<OF>"),
    ("large_majority", "nearly almost virtually practically", r"(?:nearly|almost|virtually|practically) (?:all|every)(?: (?:of )?(?:the )?<N>)?<NOUN>"),
    ("most", "most", r"most<NOUN>"),
    ("most", "the", r"the (?:greater|larger) (?:part|number)<OF>"),
    ("majority", "a the", r"(?:a|the) majority<OF>"),
    ("majority", "over more just", r"(?:over|more than|just over) half<OF>"),
    ("minority", "a the", r"(?:a|the) (?:small )?minority<OF>"),
    ("minority", "under less fewer", r"(?:under|less than|fewer than) half<OF>"),
    ("half", "half one", r"(?:one )?half<OF>"),
    ("half", "half", r"half the<NOUN>"),
    ("half", "every", r"every (?:other|second)<NOUN>"),
    ("part", "a #", rf"(?P<top>a|one|two|three|four|five|six|seven|eight|nine)(?: |-)(?P<part>{_PART})<OF>"),
    ("part", "a #",
     rf"(?P<top>a|one|two|three|four|five|six|seven|eight|nine)(?: |-)(?P<part>{_PART}) of the<NOUN>"),
    ("part", "every", r"every (?P<part>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)<NOUN>"),
    ("percent", "between", rf"between <K>(?: ?{_PERCENT})? and <M> ?{_PERCENT}<NOUN>"),
    ("percent", "#", rf"<K>(?: ?{_PERCENT})? ?(?:-|–|to) ?<M> ?{_PERCENT}<NOUN>"),
    ("percent", "#", rf"<K> ?{_PERCENT}<NOUN>"),
    ("ratio", "twice half", r"(?P<times>twice|half) as (?:many|few|large|often|much|high)<NOUN>"),
    ("ratio", "#", r"<K> times as (?:many|large|often|much|high)<NOUN>"),
    ("examples", "examples", r"examples of"),
    ("examples", "several some many various a", r"(?:several|some|many|various|a number of|a few) (?:<WORD> )?examples of"),
    ("example", "an one a", r"(?:an|one|a single) example of"),
    ("all", "all", r"all (?:of )?(?:the )?<N><NOUN>"),
    ("all", "all every each", r"(?:all(?: of the| the)?|every(?: single)?|each)<NOUN>"),
    ("all", "both", r"(?P<both>both)(?: of)?(?: the)?(?: two)?<NOUN>"),
    ("couple", "a", r"a couple<NOUN>"),
    ("one", "only just", r"(?:only|just) one<NOUN>"),
    ("one", "a the", r"(?:a single|the one)<NOUN>"),
    ("one", "one", r"one<NOUN>"),
    ("some", "some certain a", r"(?:some|a few|a handful|certain)<NOUN>"),
    ("several", "several a", r"(?:several|a number of)<NOUN>"),
    ("many", "many a very", r"(?:(?:very |a great )?many)<NOUN>"),
    ("few", "few very only hardly", r"(?:(?:very |only a )?few|hardly any)<NOUN>"),
    ("base", "n", r"n ?= ?<N>"),
    ("count", "between", r"between <K> and <M><NOUN>"),
    ("count", "#", r"<K>(?: ?[-–] ?| to | or )<M><NOUN>"),
    ("count", "#", r"<N><NOUN>"),
)  # fmt: skip
ENGLISH = QuantityWords(
    table=TABLE,
    bounds={
        "at_least": r"at least|no fewer than|no less than",
        "at_most": r"at most|no more than|up to",
        "more_than": r"more than|over",
        "less_than": r"(?:less|fewer) than|under",
        "about": r"about|around|approximately|roughly|some",
        "just_below": r"nearly|almost|just under",
        "just_above": r"just over",
    },
    not_after=(
        r"(?:§+|chapter|section|sections|appendix|table|figure|page|pages|p\.|pp\.|no\.|number|paragraph|year|in year|article|part|"
        r"question|phase|step|volume|level|version|note|footnote|grade|january|february|march|april|may|june|july|"
        r"august|september|october|november|december) ?$"
    ),
    denied=r"(?:not|hardly|never) $",
    no_noun=frozenset(
        """
        has have is are was were can could will would shall should must may might say says said think thinks thought
        report reports reported mention mentions mentioned use uses used and or but who which that to in on at for from
        with about by not also only each of the them had do does did give gives gave see sees saw find finds found take
        takes took work works worked feel feels felt describe describes described experience experiences experienced
        it this they we he she there here when where while if as than then so such be been being still never always
        consider considers believe believes want wants wanted need needs needed know knows knew make makes made point
        points pointed stress stresses stressed lack lacks lacked hold holds held agree agrees agreed disagree state
        states stated tell tells told show shows showed a an longer more less better worse one two three four five six
        seven eight nine ten many few several all some both none nor neither times without after before during object
        """.split()  # noqa: SIM905
    ),
    units=frozenset(
        """
        percentage euro euros dollars pounds million billion hour hours minute minutes second seconds day days week weeks month
        months year years old percent km meter meters metres january february march april may june july august
        september october november december point points time times degree degrees chapters sections pages tables
        """.split()  # noqa: SIM905
    ),
    adjectives=(
        r"(?:<L>+(?:ed|ing|al|ous|ive|ic|ish)|new|small|large|larger|smaller|big|other|few|many|old|remaining|urban|poor|"
        r"rich)"
    ),
    of=r"(?:the|these|those|our|their|all)(?: the)?",
    parts={"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
           "tenth": 10},
    tops={"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    times={"twice": (2, 1), "half": (1, 2)},
    not_behind={
        "many": r"(?:how|as|so|too|twice as|half as|times as) $",
        "few": r"(?:too|how|so|as) $",
        "one": r"(?:at|this|that|each|every|any|no) $",
        "all": r"(?:at|after|above|not at) $",
        "most": r"(?:at|the|a) $",
    },
)  # fmt: skip
