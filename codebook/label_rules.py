"""What questions are made of, in Danish and English: how they open, what they ask about, where to cut them.

Tables of facts for `codebook.labels`. A rule is a pattern and what to make of its groups. A group called
`owner` is put in the genitive, `todo` is an infinitive and `act` a verb with its object (both become a noun
phrase), `verb` and `done` a verb alone; every other group is taken as it stands.
"""

# ruff: noqa: E501 - a pattern broken over two lines is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec


class LabelRules(msgspec.Struct, frozen=True):
    """The rules of one language: `tidy` replaces in a subject, `title` in a section's title.

    `request` is how a question in the form of a request begins; `stop` are loose words at the end; `clause`
    and `phrase` are places to cut at.
    """

    common: frozenset[str]
    request: re.Pattern[str]
    openings: tuple[re.Pattern[str], ...]
    rules: tuple[tuple[re.Pattern[str], str], ...]
    convert: Mapping[str, Callable[[str], str]]
    tidy: tuple[tuple[re.Pattern[str], str], ...]
    title: tuple[tuple[re.Pattern[str], str], ...]
    stop: re.Pattern[str]
    clause: re.Pattern[str]
    phrase: re.Pattern[str]


def _pairs(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), said) for pattern, said in pairs)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _loose(words: str) -> re.Pattern[str]:
    """Any of these words at the end."""
    return re.compile(rf"(?:(?:^|[\s,]+)(?:{words}))+$", re.IGNORECASE)


# Danish

_DA_ADVERB = (
    r"(?:(?:kort|lidt|indledningsvis|afslutningsvis|til sidst|til slut|først|generelt|eventuelt|nærmere|mere|noget|selv"
    r"|også|så|her|overordnet|typisk|i almindelighed|helt|gerne|venligst|mig|os|egentlig|nu|i dag|normalt) )*"
)
_DA_TELL = (
    r"(?:fortælle|beskrive|sige|pege på|forklare|nævne|uddybe|give|komme ind på|karakterisere|redegøre for"
    r"|sætte ord på)"
)
_DA_YOU = r"(?:I|du|De|man)"
_DA_HOW_FAR = r"(?:(?:i hvilken (?:grad|udstrækning)|i hvilket omfang|hvor (?:meget|ofte|tit|længe|godt)) )"
_DA_SET = r"(?:sat|lagt|vedtaget|indført|lavet|taget|oplevet|brugt|haft|fået|givet|gjort|besluttet|formuleret|aftalt)"
_DA_PERFECT = r"(?:\w+ )?(?!noget|meget|andet|særligt)\w{3,}(?:et|gt|bt|lt|rt)\b"
_DA_FINITE = (
    r"(?:er|var|har|havde|kan|skal|vil|må|bør|stiller|spiller|bruges|anvendes|gælder|får|giver|findes|kommer|går|ligger"
    r"|indgår|tager|lægges|bliver|blev|foregår|sker|benyttes|inddrages|mener|oplever|bruger|anvender|ser|synes)"
)

_DA_NOUNS = {
    "anvende": "", "arbejde med": "", "finde": "", "have": "", "træffe": "",
    "afgøre": "afgørelse af", "afklare": "afklaring af", "behandle": "behandling af", "beslutte": "beslutning om",
    "bevilge": "bevilling af", "bruge": "brug af", "bygge op": "opbygning af", "dele op": "opdeling af",
    "fastsætte": "fastsættelse af", "fordele": "fordeling af", "forberede": "forberedelse af",
    "følge op på": "opfølgning på", "få tildelt": "tildeling af", "gennemføre": "gennemførelse af",
    "hjælpe": "hjælp til", "håndtere": "håndtering af", "inddrage": "inddragelse af", "iværksætte": "iværksættelse af",
    "måle": "måling af", "møde": "møder med", "opleve": "oplevelse af", "planlægge": "planlægning af",
    "samarbejde med": "samarbejde med", "se på": "syn på", "støtte": "støtte til", "tale med": "samtaler med",
    "tilbyde": "tilbud til", "tildele": "tildeling af", "tilkende": "tilkendelse af",
    "tilrettelægge": "tilrettelæggelse af", "trække på": "brug af", "udarbejde": "udarbejdelse af",
    "udvikle": "udvikling af", "undersøge": "undersøgelse af", "vælge": "valg af",
}  # fmt: skip
"""Verb → noun with its preposition; an empty noun leaves the object alone. Verbs in `-ere` are formed by rule."""

_DA_DONE = {
    "bygget op": "opbygning af", "delt op": "opdeling af", "fordelt": "fordeling af", "placeret": "placering af",
    "tilrettelagt": "tilrettelæggelse af", "inddraget": "inddragelse af", "valgt": "valg af", "brugt": "brug af",
}  # fmt: skip


def _da_noun(verb: str) -> str | None:
    """`vurdere` → `vurdering af`; None for a verb that is not known."""
    if verb in _DA_NOUNS:
        return _DA_NOUNS[verb]
    return f"{verb[:-1]}ing af" if re.fullmatch(r"\w{2,}ere", verb) else None


def _da_infinitive(verb: str) -> str:
    """From the present tense, active or passive: `bruger`, `bruges` → `bruge`."""
    return "have" if verb == "har" else re.sub(r"[rs]$", "", verb)


def _da_todo(words: str) -> str:
    """`iværksætte revalidering` → `iværksættelse af revalidering`; `at …` where no noun is known."""
    parts = words.split()
    for size in (3, 2, 1):
        noun = _da_noun(" ".join(parts[:size]))
        if noun is not None and parts[size:]:
            return " ".join([noun, *parts[size:]])
    return f"at {words}"


def _da_act(words: str) -> str:
    """`tilrettelægger I typisk kontakten` → `tilrettelæggelse af kontakten`; the object alone where no noun is known."""
    verb, _, rest = words.partition(" ")
    rest = re.sub(rf"^(?:(?:{_DA_YOU}|der) )?{_DA_ADVERB}", "", rest)
    said = _da_todo(f"{_da_infinitive(verb)} {rest}")
    return re.sub(r"^(?:med|på|til|om|af|for) ", "", rest) if said.startswith("at ") else said


def _da_done(done: str) -> str:
    """`organiseret` → `organisering af`."""
    return _DA_DONE.get(done) or f"{done[:-2]}ing af"


def _da_owner(words: str) -> str:
    """`kommunalreformen` → `kommunalreformens`."""
    words = re.sub(r"\b(?:din|jeres) (kommune)\b", r"\1n", words)
    return words + ("’" if words.endswith(("s", "x", "z")) else "s")


DANISH = LabelRules(
    common=_words("og i er der det en et du til at for af på hvad hvordan hvilke hvilken hvor hvorfor har kan med"),
    request=re.compile(r"(?:(?:vil|kan|kunne) du )?(?:prøv at )?(?:fortæl|beskriv|forklar|giv|nævn|sæt)", re.IGNORECASE),
    openings=tuple(
        re.compile(pattern)
        for pattern in (
            r"(?:goddag|hej|tak)\b[^,.!]*[,.!] ",
            r"(?:og|men|så|desuden|endelig|til sidst|til slut|først|indledningsvis|afslutningsvis),? (?=\w+ )",
            rf"(?:kan|kunne|vil|ville) (?:du|I|De) {_DA_ADVERB}{_DA_TELL},? {_DA_ADVERB}(?:om\b,? )?",
            rf"(?:prøv at )?(?:fortælle?|beskrive?|forklare?|nævne?|giv(?: et)? eksempler? på),? {_DA_ADVERB}(?:om\b,? )?",
            rf"hvordan (?:vil|ville|kan) (?:du|I|De) {_DA_ADVERB}(?:beskrive|karakterisere|forklare|vurdere) ",
            r"(?:mener|tror|synes|oplever|føler|vurderer) (?:du|I|De),? at ",
            r"har (?:du|I|De) (?:nogen |en )?(?:fornemmelse|indtryk|idé|ide|oplevelse|viden) (?:af|om),? (?=hv)",
            r"er det (?:din|jeres|dit) (?:opfattelse|indtryk|erfaring),? at ",
            r"(?:sker|hænder|forekommer) det(?: nogensinde| ofte)?,? at ",
            rf"hvis (?:du|I|De) .*?(?:skulle|skal) {_DA_ADVERB}(?:beskrive|karakterisere|sammenfatte|pege på) ",
            r"(?:hvis|når) (?:du|I|De|vi|man) [^,]*, ",
            r"hvad er det (?:ved|i|for) ",
            r"hvor \w+ er det(?: for [^,]+)?,? at ",
        )
    ),
    rules=_pairs(
        (rf"(?:hvad (?:der )?skal (?:der )?{_DA_ADVERB}til|hvad kræves der|hvad kræver det),? for at (?P<todo>.+)",
         "betingelser for {todo}"),
        (rf"hvilke[nt]? (?P<x>.+?) {_DA_YOU} har\b(?P<y>.*)", "{x}{y}"),
        (r"hvor (?:(?:tror|mener) (?:du|I),? at )?(?P<owner>.+?) (?:befinder sig|ligger|hører til|er placeret)(?P<x>.*)",
         "{owner} placering{x}"),
        (r"hvor (?:er|ligger|hører) (?P<owner>.+?) (?:placeret|hjemme|til)(?P<x>.*)", "{owner} placering{x}"),
        (r"hvorfor (?:tror|mener|synes) (?:du|I),? at (?:I|du|kommunen) har (?P<x>.+)", "grunde til {x}"),
        (r"hvorfor (?:tror|mener|synes) (?:du|I),? at (?P<x>.+)", "grunde til, at {x}"),
        (r"(?:hvordan )?har (?P<x>.+?) (?:ændret|forandret|udviklet) sig(?P<y>.*)", "ændringer i {x}{y}"),
        (r"hvad (?:har (?P<owner>.+?) betydet|betyder (?P<own2>.+?)) for (?P<x>.+)", "{owner}{own2} betydning for {x}"),
        (r"hvordan har (?P<owner>.+?) (?:påvirket|præget|ændret) (?P<x>.+)", "{owner} betydning for {x}"),
        (r"hvilken betydning har (?P<owner>.+?) (?:haft )?for (?P<x>.+)", "{owner} betydning for {x}"),
        (r"hvilken (?:rolle|betydning|indflydelse|vægt) (?:spiller|har|får|tillægges) (?P<x>.+?)"
         r"(?: (?:for|i forhold til|på|ved|når|i) .*)?", "{x}"),
        (r"spiller (?P<x>.+?) (?:nogen|en|ingen) (?:\w+ )?rolle.*", "{x}"),
        (rf"(?:betyder|har) (?!{_DA_YOU} )(?P<x>.+?) (?:noget|nogen betydning|betydning|indflydelse)\b.*", "{x}"),
        (rf"har (?!{_DA_YOU} )(?P<x>.+?) været .*", "{x}"),
        (rf"har .+? {_DA_SET} (?P<x>.+)", "{x}"),
        (rf"{_DA_HOW_FAR}?(?:er|var|findes|blev|bliver) der (?:{_DA_SET} )?(?P<x>.+)", "{x}"),
        (r"der (?:er|var|findes) (?P<x>.+)", "{x}"),
        (rf"{_DA_HOW_FAR}betyder det,? (?P<x>.+)", "{x}"),
        (r"er det \w+(?: eller \w+)? at (?P<todo>.+)", "{todo}"),
        (r"hvad (?:er|var|bliver) (?P<x>.+)", "{x}"),
        (rf"hvordan (?:er|bliver|blev) (?P<x>.+?) (?P<done>\w+eret|{'|'.join(_DA_DONE)})(?:,.*)?", "{done} {x}"),
        (r"hvornår (?:bliver|er) (?P<x>.+?) (?:taget|inddraget|hørt|brugt|spurgt)\b.*", "{x}"),
        (r"(?:hvad gøres(?: der)? for at sikre(?: sig)?|hvordan sikre[rs](?: I| man| kommunen)?(?: jer| sig)?),? at "
         r"(?:.+? er så \w+,? at )?(?P<x>.+)", "{x}"),
        (r"(?:hvad får .+? til at \w+|hvordan (?P<verb>\w+es) det),? at (?:en |et )?\w+ har (?:behov|brug) for (?P<x>.+)",
         "{verb} behov for {x}"),
        (r"hvad får .+? til at \w+,? at (?P<x>.+)", "{x}"),
        (rf"(?:hvordan |hvornår |hvad |hvor )?(?:kan|vil|skal|må|plejer) {_DA_YOU} (?:at )?(?P<todo>.+)", "{todo}"),
        (rf"(?:hvordan |hvornår |hvad |{_DA_HOW_FAR})?(?P<act>(?!har {_DA_YOU} {_DA_PERFECT})\w+ {_DA_YOU} .+)", "{act}"),
        (rf"hvordan {_DA_YOU} (?P<act>\w+ .+)", "{act}"),
        (rf"(?:hvordan |hvornår |{_DA_HOW_FAR})?(?P<act>\w+es (?!det).+)", "{act}"),
        (rf"{_DA_HOW_FAR}?\w+er \w+(?:en|et|erne) (?P<x>(?:en|et|den|det|de|nogen|nogle) .+)", "{x}"),
        (r"hvilke[nt]? (?P<x>\w+) (?P<y>(?:skal|kan|må|bør) (?:ligge|være|have|foreligge|indgå|\w+es) .+?)(?:,.*)?",
         "{x}, der {y}"),
        (r"hvilke[nt]? (?P<x>.+?) har (?P<owner>\w+(?:en|et|ne))", "{owner} {x}"),
        (r"hvilke[nt]? (?P<x>\w+) (?P<verb2>går|får|\w+er) (?P<who>(?:en|et|den|det|de) \w+|\w+(?:en|et|ne))(?P<y> .+)?",
         "{x}, {who} {verb2}{y}"),
        (rf"hvilke[nt]? (?P<x>.+?) (?:\w+ {_DA_YOU}|{_DA_FINITE})\b.*", "{x}"),
        (r"hvem (?:er|bliver) (?:med|involveret|inddraget)(?:,? når der \w+| i| til| ved)? (?P<x>.+)", "{x}"),
        (r"hvem \w+(?: i| på| med| til| om)? (?P<x>.+)", "{x}"),
    ),
    convert={
        "todo": _da_todo, "act": _da_act, "done": _da_done, "owner": _da_owner, "own2": _da_owner,
        "verb": lambda verb: _da_noun(_da_infinitive(verb)) or "",
    },
    tidy=_pairs(
        (r"\b(?:fx|f\.eks\.|for eksempel) (?=\w+,)", ""),
        (r",? (?:fx|f\.eks\.|for eksempel|herunder|såsom) .*$", ""),
        (r", og hvilke[nt]? (\w+) (?:du|I) har\b", r" og \1"),
        (r",? (?:og|eller|men|samt),? (?:hv\w+|i hvilke[nt]?|på hvilke[nt]?) .*$", ""),
        (r"(?<! for)(?<! om)(?<! af)(?<! til)(?<! på), hv(?:ordan|orfor|ornår|em|or (?:meget|ofte|tit|længe)) .*$", ""),
        (r", (?:der|som) (?:gør sig gældende|findes)(?= i\b|,|$)", ""),
        (r" til rådighed i forhold til ", " til "),
        (r"\b(?:din|jeres) (kommune)\b", r"\1n"),
        (r"\b(?:din|jeres) (afdeling|organisation|virksomhed|arbejdsplads)\b", r"\1en"),
        (r"\b(?:denne|dette|disse|sådan en|en sådan|sådan et|et sådant) ", ""),
        (r"(^|, | og | om )(?:din|dit|dine|jeres) ", r"\1"),
        (r"^(?:en|et) (\w+) eller (?:en|et) ", r"\1 eller "),
        (r"^(?:nogen som helst|nogen|nogle|en|et) ", ""),
        (r"^noget særligt ved ", "særlige forhold ved "),
        (r" (?:her|hos jer|her i kommunen|her på stedet|med (?:nogle )?få ord)$", ""),
    ),
    title=_pairs(
        (r"^(?i:(?:åbent |åbne )?spørgsmål )?(?i:omkring|vedrørende|om) ", ""),
        (r"\b(?i:(grund\w*|årsag\w*)) til,? at ([^,]+?) er(?:, som .*)?$", r"\1 til \2"),
        (r"^(?i:kort præsentation)\b", "præsentation"),
    ),
    stop=_loose(
        "i forhold til|med hensyn til|i forhold|med hensyn|over for|over|og|eller|men|samt|i|på|til|for|af|om|ved|med|mod"
        "|fra|hos|under|efter|før|inden|som|der|at|er|en|et|den|det|de|når|hvis|antal|antallet|mellem|hvor|hvordan|hvad"
        "|hvilke|hvilken|så|også|ikke|kan|skal|har|din|dit|dine|jeres|sin|deres|herunder|blandt"
    ),
    clause=re.compile(r" [–—-] |, (?=(?:som|der|at|hv\w+|når|så|fordi|da|og|men|inden|før|fra|siden|uden)\b)"),
    phrase=re.compile(
        r",? (?=(?:i forhold til|med hensyn til|over for|i|på|til|for|af|om|ved|med|mod|fra|hos|under|efter|siden"
        r"|mellem|blandt|inden|uden|gennem|når|hvis)\b|(?:og|eller|samt) (?!\d))|, "
    ),
)  # fmt: skip


# English

_EN_ADVERB = r"(?:(?:briefly|please|also|first|just|perhaps|maybe|finally|usually|typically|normally|currently) )*"
_EN_TELL = (
    r"(?:tell (?:me|us)(?: a (?:little|bit))?(?: more)?(?: about)?|describe|explain|say (?:something|a few words) about"
    r"|talk (?:me |us )?(?:about|through)|walk (?:me|us) through|outline|summarise|summarize|give (?:me|us) an example of)"
)
_EN_HOW = r"(?:how(?: often| much| well| far)?|when|where|to what extent|in what ways?)"
_EN_GERUNDS = {"have": "", "use": "use of", "know": "knowledge of", "need": "need for", "decide": "deciding"}
_EN_DOUBLED = re.compile(r"(?:get|set|plan|run|stop|begin|cut|put|let|refer|permit|commit)$")
_EN_DONE = {
    "organised": "organisation of", "organized": "organization of", "structured": "structure of",
    "assessed": "assessment of", "evaluated": "evaluation of", "distributed": "distribution of",
}  # fmt: skip


def _en_todo(words: str) -> str:
    """`support clients` → `supporting clients`."""
    verb, _, rest = words.partition(" ")
    if verb in _EN_GERUNDS:
        return f"{_EN_GERUNDS[verb]} {rest}"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        verb = verb[:-2] + "y" if verb.endswith("ie") else verb[:-1]
    elif _EN_DOUBLED.search(verb):
        verb += verb[-1]
    return f"{verb}ing {rest}"


ENGLISH = LabelRules(
    common=_words("the and of to in a is are you your what how do does which who why have has for with on there any"),
    request=re.compile(rf"(?:(?:could|can|would|will) you {_EN_ADVERB}|please )?{_EN_TELL}", re.IGNORECASE),
    openings=tuple(
        re.compile(pattern)
        for pattern in (
            r"(?:hello|hi|thank you|thanks)\b[^,.!]*[,.!] ",
            r"(?:and|but|so|now|finally|first|firstly|lastly|to begin with),? (?=\w+ )",
            r"in your (?:opinion|view|experience),? ",
            rf"(?:(?:could|can|would|will) you |(?:i would|i'd) like you to )?{_EN_ADVERB}{_EN_TELL},? ",
            rf"how (?:would|do|can) you {_EN_ADVERB}(?:describe|characterise|characterize) ",
            r"do you (?:think|feel|believe|find)(?: that)? ",
            r"what do you think (?:about|of) ",
            r"(?:do you )?have any (?:thoughts|views|ideas) (?:on|about) ",
            r"(?:if|when) you [^,]*, ",
        )
    ),
    rules=_pairs(
        (r"what (?:does it take|is (?:needed|required)) to (?P<todo>.+)", "requirements for {todo}"),
        (r"why do you think (?:that )?(?P<x>.+)", "reasons why {x}"),
        (rf"(?:what (?:effect|impact|influence) (?:has|did|does) |{_EN_HOW} (?:has|have|did|does|do) )(?P<x>(?!you\b).+?)"
         r" (?:had on|have on|affect(?:ed)?|influenced?|impact(?:ed)?|shaped?) (?P<y>.+)", "effect of {x} on {y}"),
        (rf"(?:{_EN_HOW} )?(?:has|have) (?P<x>.+?) changed(?P<y>.*)", "changes in {x}{y}"),
        (r"what role (?:does|do|did) (?P<x>.+?) play(?P<y>.*)", "role of {x}{y}"),
        (r"(?:does|do|did) (?P<x>(?!you\b).+?) play (?:a|any) (?:\w+ )?role(?P<y>.*)", "role of {x}{y}"),
        (rf"(?:{_EN_HOW} )?(?:is|are|was|were) there (?P<x>.+)", "{x}"),
        (r"what (?:is|are|was|were) (?P<x>.+?)(?: like)?", "{x}"),
        (rf"how (?:is|are) (?P<x>.+?) (?P<done>{'|'.join(_EN_DONE)})(?P<y>.*)", "{done} {x}{y}"),
        (r"how (?P<verb>is|are) (?P<x>.+?) (?P<y>(?:\w+ed|made|taken|chosen|given|set|kept|done)\b.*)", "how {x} {verb} {y}"),
        (r"(?:what|which) (?P<x>.+?) (?:do|does|did|can|should|have) (?:you|they|we|the)\b.*", "{x}"),
        (r"(?:what|which) (?!(?:do|does|did|would|could|can|should|will) )(?P<x>.+?) (?:is|are|was|were|has|have) .*", "{x}"),
        (rf"(?:(?:how(?: often| much| well)?|to what extent|in what ways?) )?(?:do|did|can|should|would) (?:you|they|we) "
         rf"{_EN_ADVERB}(?P<todo>(?!have )\w+ .+)", "{todo}"),
        (r"(?:have|has) (?:you|they) (?:ever |had |experienced |used |seen )+(?P<x>.+)", "{x}"),
    ),
    convert={"todo": _en_todo, "done": lambda done: _EN_DONE[done]},
    tidy=_pairs(
        (r",? (?:for example|e\.g\.|such as|including) .*$", ""),
        (r",? (?:and|or|but),? (?:how|what|which|why|who|when|where)\b.*$", ""),
        (r"(^|, | and | of | on )your ", r"\1"),
        (r"^(?:any|some|a|an|the) ", ""),
        (r"\bof any ", "of "),
        (r" (?:in a few words|in your own words)$", ""),
    ),
    title=_pairs((r"^(?i:(?:open )?questions? (?:about|on) |about )", "")),
    stop=_loose(
        "in relation to|with regard to|and|or|but|in|on|to|for|of|about|at|with|from|by|as|that|which|who|is|are|a|an|the"
        "|when|if|your|their|its|how|what|so|also|not|can|do|does|have|has|such|between|among|through"
    ),
    clause=re.compile(r" [–—-] |, (?=(?:which|who|that|how|what|when|so|because|and|but|if|where)\b)"),
    phrase=re.compile(
        r",? (?=(?:in relation to|with regard to|in|on|to|for|of|about|at|with|from|by|when|if|that|which|who"
        r"|between|among|through|within|during)\b|(?:and|or) (?!\d))|, "
    ),
)  # fmt: skip
